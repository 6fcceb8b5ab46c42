"""The widths of columns from their contents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.charts import AnswerOverview
from npcompare.document import Column, Role, Table, cell, columns, rows
from npcompare.formats.column_widths import column_shares, column_widths, fits
from npcompare.formats.plain import plain_text

WORDS = st.lists(st.sampled_from(["a", "of", "victim", "prosecution", "x" * 24]), max_size=12)


def table_of(*values: str, heads: str = "ABCDEFGH") -> Table:
    headings = {f"c{number}": heads[number] for number in range(len(values))}
    return Table("T", columns(**headings), rows([values]))


@given(st.lists(st.lists(WORDS.map(" ".join), min_size=3, max_size=3), min_size=1, max_size=4))
def test_widths_fit_the_line_and_every_word(values: list[list[str]]) -> None:
    table = Table("T", columns(a="A", b="B", c="C"), rows(values))
    widths = column_widths(table, 80, plain_text)
    assert widths is not None
    assert sum(widths) <= 80
    for width, column in zip(widths, zip(*values, strict=True), strict=True):
        assert all(len(word) <= width for text in column for word in text.split())
        assert width <= max(1, *(len(text) for text in column))


@pytest.mark.parametrize(
    ("values", "widths"),
    [
        # Every line fits: no column is wider than its longest line.
        (("ab cd", "efg"), [5, 3]),
        # Each gets 2 for its words, and of the rest as much as its maximum wants.
        (("aa bb cc dd", "ee ff gg hh ii jj"), [8, 12]),
        # No line is broken at a no-break space.
        (("para.\xa057", "x " * 90), [8, 12]),
        # Not even the words fit.
        (("x" * 12, "y" * 12), None),
    ],
)
def test_rest_of_a_line_is_shared_out(values: tuple[str, ...], widths: list[int] | None) -> None:
    assert column_widths(table_of(*values), 20, plain_text) == widths


def test_long_text_is_bounded() -> None:
    """With 5,000 letters, it would get all of the line but a word."""
    table = table_of("word " * 10, "word " * 1000)
    assert column_widths(table, 100, plain_text) == [7, 93]


def test_one_long_cell_does_not_make_all_rows_high() -> None:
    few = [["State", "Not looked at", ""]] * 19
    table = Table(
        "T", columns(a="A", b="B", c="C"), rows([*few, ["One", "Reported", "word " * 90]])
    )
    assert column_widths(table, 60, plain_text) == [5, 13, 41]


def test_address_may_be_broken_but_a_word_is_not() -> None:
    address = "x" * 90
    assert column_widths(table_of("y" * 40, "z " * 300), 120, plain_text) == [40, 80]
    assert column_widths(table_of(address, "z " * 300), 120, plain_text) == [34, 86]
    assert column_widths(table_of(address), 34, plain_text) == [34]
    assert column_widths(table_of(address), 33, plain_text) is None


def test_east_asian_text_breaks_after_some_characters() -> None:
    law = "被害者は罰せられない" * 9
    widths = column_widths(table_of(law, "x " * 300), 30, plain_text, lambda text: 2 * len(text))
    assert widths is not None
    assert widths[0] >= 8
    assert column_shares(table_of(law, "x " * 300, "y" * 30), 60)[0] >= 8


@pytest.mark.parametrize("line", [150, 100, 60])
def test_printed_columns_fill_the_line(line: int) -> None:
    table = table_of("Gambia", "any offence", "word " * 300)
    shares = column_shares(table, line)
    assert sum(shares) == line
    assert shares[0] <= shares[1] < shares[2]


@pytest.mark.parametrize("values", [("x", "y"), ("", ""), ("x" * 30, "y")])
def test_short_texts_fill_the_line_in_proportion(values: tuple[str, str]) -> None:
    first, second = column_shares(table_of(*values), 100)
    assert (first + second, first == second) == (100, values[0] != "x" * 30)


def test_words_that_do_not_fit_share_the_line() -> None:
    table = table_of("x" * 20, "x" * 30)
    assert column_shares(table, 40) == [21, 30]
    assert (fits(table, 40), fits(table, 50), fits(table, 51)) == (False, False, True)


def test_columns_to_write_in_have_room() -> None:
    heads = (Column("a", "A"), Column("b", "B", Role.OWN))
    table = Table("T", heads, ((cell("word " * 90), cell("")),))
    assert column_shares(table)[1] > 5
    assert column_widths(table, 100, plain_text)[1] > 5  # type: ignore[index] # it fits


def test_heading_over_columns_widens_them() -> None:
    group = "Sentencing and liability"
    heads = (
        Column("a", "Provision"),
        Column("b", f"{group}: yes", group=group, short="yes"),
        Column("c", f"{group}: no", group=group, short="no"),
    )
    long = "word " * 300
    table = Table("T", heads, ((cell(long), cell("x"), cell("x")),))
    _, *below = column_shares(table)
    alone = Table("T", tuple(Column(head.key, head.short or "P") for head in heads), table.rows)
    assert sum(column_shares(alone)[1:]) < sum(below)


def test_headings_that_run_upwards_need_no_width() -> None:
    heads = (Column("a", "Provision"), Column("b", "Investigation and trial", Role.ANSWER))
    table = Table("T", heads, ((cell("Kenya"), cell("✓")),), figure=AnswerOverview(()))
    assert column_shares(table, 20) == [14, 6]


def test_long_headings_without_rows_are_laid_out() -> None:
    table = Table("T", columns(a="A b " * 60, b="B c " * 60), ())
    assert column_shares(table, 100) == [50, 50]
