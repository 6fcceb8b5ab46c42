"""Markdown: emphasis, escapes and tables."""

from __future__ import annotations

import re

import pytest
from builders import HOSTILE, hostile_document

from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, columns
from npcompare.formats.markdown import write


def test_every_row_has_the_same_columns() -> None:
    text = write(hostile_document(HOSTILE))
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(lines) == len(HOSTILE) + 2
    for line in lines:
        assert len(re.findall(r"(?<!\\)\|", line)) == 3
    assert not re.search(r"<(?!/?(sup|br)>)", re.sub(r"\\<", "", text))
    assert "\\<script\\>" in text


def in_markdown(*runs: Run) -> str:
    table = Table("T", columns(text="Text"), ((Cell(runs),),))
    return write(Document("T", (table,), {}, table)).split("| --- |\n| ")[1][:-3]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run("a "), Run("b", Tone.STRONG), Run(" c")], "a **b** c"),
        ([Run("a."), Run("b", Tone.STRONG), Run(".c")], "a.**b**.c"),
        ([Run("ab."), Run("b", Tone.STRONG), Run(".cd")], "ab.**b**.cd"),
        ([Run("a"), Run("b", Tone.STRONG)], "a<strong>b</strong>"),
        ([Run("b", Tone.INSERTED), Run("c")], "<strong>\\{+b+\\}</strong>c"),
        ([Run("b", Tone.DELETED), Run("c")], "<del>\\[-b-\\]</del>c"),
        ([Run(" b "), Run("(c)", Tone.DELETED)], " b ~~\\[-(c)-\\]~~"),
        (
            [Run("b", Tone.STRONG), Run("c", Tone.STRONG)],
            "<strong>b</strong><strong>c</strong>",
        ),
        (
            [Run("b.", Tone.DELETED), Run("c.", Tone.INSERTED)],
            "~~\\[-b.-\\]~~**\\{+c.+\\}**",
        ),
        (
            [Run("b.", Tone.STRONG), Run(".c", Tone.STRONG)],
            "<strong>b.</strong><strong>.c</strong>",
        ),
        ([Run("https://x www.y a@b\tc")], "https:&#47;/x www&#46;y a&#64;b c"),
        ([Run(" b ", Tone.STRONG, ("a", "b"))], " **b**<sup>a, b</sup> "),
        ([Run("", Tone.STRONG, ("a",))], "<sup>a</sup>"),
        ([Run("  ", Tone.STRONG)], "  "),
        ([Run("a\nb")], "a<br>b"),
    ],
)
def test_emphasis_works_beside_any_neighbour(runs: list[Run], expected: str) -> None:
    assert in_markdown(*runs) == expected


def test_remark_like_a_list_is_a_paragraph() -> None:
    table = Table("T", columns(a="A"), (), ("- x", "12. y", "= z", " + w", "1) v", "(1) u"))
    text = write(Document("T", (table,), {}, table))
    assert text.split("\n\n")[2:] == ["\\- x", "12\\. y", "\\= z", "\\+ w", "1\\) v", "(1) u\n"]


def test_blank_title_is_left_out() -> None:
    table = Table(" ", columns(a="A"), ())
    assert write(Document("T", (table,), {}, table, " ")) == "# T\n\n| A |\n| --- |\n"


def test_shared_heading_is_above_and_signs_are_centred() -> None:
    heads = (
        Column("a", "Name"),
        Column("b", "Stage: charge", Role.ANSWER, "Stage", "charge"),
        Column("c", "Sum", Role.NUMBER),
    )
    table = Table("T", heads, ())
    lines = write(Document("T", (table,), {}, table)).split("\n")
    assert "| Name | Stage<br>charge | Sum |" in lines
    assert "| --- | :---: | ---: |" in lines


def test_lines_of_notes_and_headnotes_are_divided() -> None:
    heads = (Column("a", "Name", group="Names"), Column("b", "Long", short="L"))
    notes = (("a", "First."), ("b", "Second."))
    table = Table("Table", heads, (), notes=notes, headnote="\nOne.\n\nTwo.")
    assert write(Document("Title", (table,), {}, table, number="Annex 1")) == (
        "# Annex 1: Title\n\n## Table\n\nOne.<br>\nTwo.\n\n| Name | Long |\n| --- | --- |\n\n"
        "<sup>a</sup> First.<br>\n<sup>b</sup> Second.\n"
    )


def test_document_without_a_title_has_no_heading() -> None:
    table = Table("Table", columns(a="A"), ())
    assert write(Document("", (table,), {}, table)) == "## Table\n\n| A |\n| --- |\n"
