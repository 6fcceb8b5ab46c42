"""Plain text, and the pieces of cells that other formats use too."""

from __future__ import annotations

import re

import pytest
from wcwidth import wcswidth

from npcompare.document import Cell, Column, Document, Notes, Run, Table, Tone, cell, columns, rows
from npcompare.formats.plain import pieces, plain_text, write


def test_whole_output() -> None:
    """Section 1.10 must not become the number 1.1."""
    table = Table(
        "Scope",
        columns(a="No", b="Words"),
        ((cell("1.10"), cell("x", marks=("a", "b"))), (cell("007"), cell("1e3")), (cell(""),) * 2),
        ("A remark.",),
        (("a", "A note."),),
    )
    assert write(Document("T", (table, table), {}, table, "npcompare 0")) == (
        "".join(
            f"Table {number}. Scope\n\nNo    Words\n----  ---------\n1.10  x [a] [b]\n"
            "007   1e3\n\n\nA remark.\n[a] A note.\n\n"
            for number in (1, 2)
        )
        + "npcompare 0\n"
    )


def test_blank_line_divides_long_rows() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["x", "y\nz"], ["x", "y\nz"], ["x", "y"]]))
    assert write(Document("T", (table,), {}, table)) == (
        "T\n\nA  B\n-  -\nx  y\n   z\n\nx  y\n   z\n\nx  y\n"
    )


def test_headings_are_broken_within_a_line() -> None:
    headings = dict.fromkeys("abcd", "the Council of Europe, article 26")
    table = Table("T", columns(**headings), rows([["word " * 8] * 4]))
    first, second, rule, *body = write(Document("T", (table,), {}, table)).split("\n")[2:]
    assert re.split(" {2,}", first) == ["the Council of Europe,"] * 4
    assert second.split() == ["article", "26"] * 4
    assert set(rule) == {"-", " "}
    assert max(map(len, (rule, *body))) <= 100


def test_table_wider_than_a_line_is_stacked() -> None:
    long, words = "word " * 12, ["x" * 40] * 4
    table = Table("T", columns(a="A", b="B"), rows([[long, long]]))
    wide = Table("T", columns(a="A", b="B", c="C", d="D"), rows([words]))
    lines = write(Document("T", (table,), {}, table)).split("\n")
    assert lines[3] == f"{'-' * 49}  {'-' * 49}"
    lines = write(Document("T", (wide,), {}, wide)).split("\n")
    assert lines[2:] == [f"{name}  {'x' * 40}" for name in "ABCD"] + [""]


@pytest.mark.parametrize(
    ("length", "lines"),
    [
        (
            31,
            [
                "Id  Name",
                f"Scope{' ' * 28}Stage{' ' * 28}Force",
                "  ".join(["-" * 31] * 3),
                "States",
                "ke  Kenya, section 14",
                "  ".join(letter * 31 for letter in "xyz"),
            ],
        ),
        (40, ["States", "", "Id     ke", "Name   Kenya, section 14", f"Scope  {'x' * 40}"]),
    ],
)
def test_names_above_values_and_heads_of_groups(length: int, lines: list[str]) -> None:
    values = ["ke", "Kenya, section 14", *(letter * length for letter in "xyz")]
    headings = columns(a="Id", b="Name", c="Scope", d="Stage", e="Force")
    table = Table("T", headings, rows([["States", *[""] * 4], values]), group_rows=(0,))
    text = write(Document("T", (table,), {}, table))
    assert text.split("\n")[2 : 2 + len(lines)] == lines


@pytest.mark.parametrize(
    ("text", "line", "lines", "expected"),
    [
        # After a sentence if one ends in the second half of what fits, else after a word.
        ("aa bb cc. dd ee ff", 12, 1, ["aa bb cc. ", "dd ee ff"]),
        ("a. bbbb cccc dd", 12, 1, ["a. bbbb ", "cccc dd"]),
        ("aaa. bb ccccc dd", 12, 1, ["aaa. bb ", "ccccc dd"]),
        ("aaa bbb ccc ddd eee fff ggg", 8, 2, ["aaa bbb ", "ccc ddd ", "eee fff ggg"]),
        ("x" * 20, 8, 1, ["x" * 8, "x" * 8, "x" * 4]),
        # A text that just fits is not cut; a line break between two pieces is left out.
        ("abcd fgh", 8, 1, ["abcd fgh"]),
        ("ab\ncd\nef\ngh", 8, 2, ["ab\ncd", "ef\ngh"]),
        ("", 8, 1, [""]),
        # A long line counts as several.
        ("\n".join(["x" * 20] * 6), 8, 6, ["\n".join(["x" * 20] * 2)] * 3),
        ("\n".join(["x" * 6] * 7), 8, 3, [*["xxxxxx\nxxxxxx\nxxxxxx"] * 2, "xxxxxx"]),
    ],
)
def test_long_cell_is_cut_after_a_sentence_or_word(
    text: str, line: int, lines: int, expected: list[str]
) -> None:
    assert [piece.text for piece in pieces(cell(text), line, lines)] == expected


def test_letter_wider_than_the_line_is_a_piece() -> None:
    cut = pieces(cell("xyz"), 4, 1, lambda text: 9 * len(text))
    assert [piece.text for piece in cut] == ["x", "y", "z"]


def test_pieces_keep_tones_and_each_mark_once() -> None:
    runs = (Run("aaa bbb ccc", Tone.QUOTE, ("a",), "fr"), Run(" ddd", Tone.STRONG, ("b",)))
    first, second = pieces(Cell(runs), 8, 1)
    assert first == Cell((Run("aaa bbb ", Tone.QUOTE, (), "fr"),))
    assert plain_text(second) == "ccc [a] ddd [b]"
    assert {(run.text, run.tone) for run in second.runs if run.text} == {
        ("ccc", Tone.QUOTE),
        (" ddd", Tone.STRONG),
    }


def test_run_is_cut_only_between_pieces() -> None:
    """Otherwise each part of a deleted text would have its own brackets."""
    run = Run("aaa bbb ccc ddd eee", Tone.DELETED, ("a",))
    (only,) = pieces(Cell((run,)), 8, 4)
    assert plain_text(only) == "[-aaa bbb ccc ddd eee-] [a]"
    assert plain_text(Cell((Run("  ", Tone.DELETED), Run("\n", Tone.INSERTED)))) == "  \n"


def test_notes_get_letters_in_order() -> None:
    notes = Notes()
    assert [notes.mark(text) for text in ("x", "y", "x")] == ["a", "b", "a"]
    for number in range(26):
        notes.mark(str(number))
    assert [letter for letter, _ in notes.listed()][-3:] == ["z", "aa", "ab"]


def test_letters_of_two_cells_stay_in_their_column() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["被害人", "1"], ["victim", "2"]]))
    lines = write(Document("T", (table,), {}, table)).splitlines()
    assert lines[3:6] == ["------  -", "被害人  1", "victim  2"]


def test_chinese_sentences_are_wrapped_between_characters() -> None:
    sentence = "表中所列条款均以现有案文为依据，" * 8  # noqa: RUF001 - a comma of Chinese
    table = Table("T", columns(a="A"), (), headnote=sentence)
    lines = write(Document("T", (table,), {}, table)).split("\n")[1:4]
    assert "".join(lines) == sentence
    assert [wcswidth(line) <= 100 for line in lines] == [True] * 3
    assert not any(line.startswith("，") for line in lines)  # noqa: RUF001


@pytest.mark.parametrize("number", ["1,234", "-1,234,567", "1,000.5", "0,250", "+1,000"])
def test_number_with_commas_stays_text(number: str) -> None:
    for count in (1, 60):
        headings = tuple(Column(str(place), "Words of a heading") for place in range(count))
        table = Table("T", headings, ((cell(number),) * count,))
        assert number in write(Document("T", (table,), {}, table))


def test_ids_are_whole_on_their_lines() -> None:
    """They are copied into commands."""
    words = ", ".join(f"south-africa-s{10**number}" for number in range(9))
    for count in (2, 9):
        heads = columns(a="Ids", **{letter: letter * 9 for letter in "bcdefghij"[: count - 1]})
        table = Table("T", heads, rows([[words, *["y y " * 30] * (count - 1)]]))
        assert not re.search(r"[a-z]-(\s|$)", write(Document("D", (table,), {}, table)))
