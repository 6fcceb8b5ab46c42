"""The screen: no markup in texts, and rows one above the other where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import hostile_document

from npcompare.document import Document, Table, columns, rows
from npcompare.formats.terminal import write

if TYPE_CHECKING:
    import pytest


def test_markup_in_texts_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = write(hostile_document(["[bold]x[/bold] :smile:"]))
    assert "[bold]x[/bold] :smile:" in text


def test_narrow_terminal_has_stacked_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    table = Table("T", columns(a="First", b="Second", c="Third"), rows([["incomparable"] * 3]))
    text = write(Document("T", (table,), {}, table))
    assert text == "T\n\nFirst   incomparable\nSecond  incomparable\nThird   incomparable\n\n\n"


WIDE = Table(
    "T",
    columns(a="Id", b="Name", c="Scope", d="Stage", e="Force"),
    rows([["States", *[""] * 4], ["ke", "Kenya, section 14", *(letter * 21 for letter in "xyz")]]),
    group_rows=(0,),
)


def test_names_are_printed_above_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    text = write(Document("T", (WIDE,), {}, WIDE))
    assert text.split("\n")[1:8] == [
        "",
        " Id  Name",
        " Scope                  Stage                  Force",
        f" {'─' * 67}",
        " States",
        " ke  Kenya, section 14",
        f" {'x' * 21}  {'y' * 21}  {'z' * 21}",
    ]


def test_head_of_a_group_is_a_line_among_stacked_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = write(Document("T", (WIDE,), {}, WIDE)).split("\n")
    assert lines[:5] == ["T", "", "States", "", "Id     ke"]


def test_values_in_stacked_rows_are_not_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    table = Table("T", columns(a="First", b="Second", c="Third"), rows([["incomparable"] * 3]))
    text = write(Document("T", (table,), {}, table))
    assert "\x1b[34mFirst \x1b[0m\x1b[34m  \x1b[0mincomparable" in text


def test_lines_do_not_end_at_no_break_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "22")
    table = Table("T", columns(a="First", b="Second"), rows([["see para.\xa057", "para.\xa057"]]))
    text = write(Document("T", (table,), {}, table))
    assert text.count("para.\xa057") == 2
