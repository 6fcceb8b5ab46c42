"""Plain text, and the widths and pieces of cells that other formats use too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from npcompare.document import Cell, Document, Notes, Run, Table, Tone, cell, columns, rows
from npcompare.formats.plain import column_shares, column_widths, pieces, plain_text, write


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


def test_table_wider_than_a_line_is_stacked() -> None:
    long, words = "word " * 12, ["x" * 40] * 4
    table = Table("T", columns(a="A", b="B"), rows([[long, long]]))
    wide = Table("T", columns(a="A", b="B", c="C", d="D"), rows([words]))
    lines = write(Document("T", (table,), {}, table)).split("\n")
    assert lines[3] == f"{'-' * 49}  {'-' * 49}"
    lines = write(Document("T", (wide,), {}, wide)).split("\n")
    assert lines[2:] == [f"{name}  {'x' * 40}" for name in "ABCD"] + [""]


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


WORDS = st.lists(st.sampled_from(["a", "of", "victim", "prosecution", "x" * 24]), max_size=12)


@given(st.lists(st.lists(WORDS.map(" ".join), min_size=3, max_size=3), min_size=1, max_size=4))
def test_widths_fit_the_line_and_every_word(values: list[list[str]]) -> None:
    table = Table("T", columns(a="A", b="B", c="C"), rows(values))
    widths = column_widths(table, 80)
    assert widths is not None
    assert sum(widths) <= 80
    for width, column in zip(widths, zip(*values, strict=True), strict=True):
        assert all(len(word) <= width for text in column for word in text.split())
        assert width <= max(1, *(len(text) for text in column))


def test_no_break_space_does_not_end_a_word() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["para.\xa057", "x " * 90]]))
    widths = column_widths(table, 20)
    assert widths is not None
    assert widths[0] == len("para.\xa057")


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ((1, 1, 1), [50, 50, 50]),
        ((1, 1, 13), [12, 10, 128]),
        ((13, 1, 1), [130, 10, 10]),
    ],
)
def test_words_of_headings_are_not_broken(weights: tuple[int, ...], shares: list[int]) -> None:
    heads = columns(a="Stage: investigation", b="Threshold", c="Words")
    if weights[0] == 13:
        heads = columns(a="Words", b="A", c="B")
    assert column_shares(Table("T", heads, (), weights=weights)) == shares


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        (["any offence", "consideration", "c"], [25, 25, 100]),
        (["x " + "y" * 30, "z", "c"], [30, 24, 96]),
        (["x" * 30, "y" * 26, "c"], [30, 26, 94]),
        (["x" * 90, "z", "c"], [36, 23, 91]),
        (["Schedule\xa02\xa0to\xa0the\xa0Act\xa0of\xa02010", "z", "c"], [26, 25, 99]),
        (["a\nb" * 20, "z", "c"], [25, 25, 100]),
        (["被害者は罰せられない" * 5, "z", "c"], [25, 25, 100]),
        (["m" * 20, "l" * 20, "c"], [30, 24, 96]),
    ],
)
def test_words_of_cells_are_not_broken(values: list[str], shares: list[int]) -> None:
    table = Table("T", columns(a="A", b="B", c="C"), rows([values]), weights=(1, 1, 4))
    assert column_shares(table) == shares


def test_columns_with_room_give_it_in_proportion() -> None:
    values = [["x", "x", "x" * 30, "x"]]
    table = Table("T", columns(a="A", b="B", c="C", d="D"), rows(values), weights=(5, 3, 1, 1))
    assert column_shares(table) == [66, 40, 30, 14]


def test_too_many_words_for_a_line_share_it() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["x" * 20, "x" * 30]]), weights=(1, 9))
    assert column_shares(table, 40) == [21, 30]


def test_shares_of_a_short_line() -> None:
    values = [["causation-based", "any offence", "words " * 30]]
    table = Table("T", columns(a="A", b="B", c="C"), rows(values), weights=(1, 1, 3))
    assert column_shares(table) == [30, 30, 90]
    assert column_shares(table, 50) == [15, 10, 25]
    assert column_shares(replace(table, weights=()), 50) == column_widths(table, 50)


def test_notes_get_letters_in_order() -> None:
    notes = Notes()
    assert [notes.mark(text) for text in ("x", "y", "x")] == ["a", "b", "a"]
    for number in range(26):
        notes.mark(str(number))
    assert [letter for letter, _ in notes.listed()][-3:] == ["z", "aa", "ab"]


def test_letters_of_two_cells_stay_in_their_column() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["被害人", "1"], ["victim", "2"]]))
    lines = write(Document("T", (table,), {}, table)).splitlines()
    assert lines[3:6] == ["------  ---", "被害人  1", "victim  2"]
