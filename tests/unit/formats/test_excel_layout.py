"""The layout of a sheet: the widths of its columns, and the heights of its rows."""

from __future__ import annotations

import pytest

from npcompare.document import Column, Role, Table, rows
from npcompare.formats.excel_layout import column_widths, fits_row, row_height

LONG = "word " * 80


def table_of(*contents: tuple[str, str], role: Role = Role.TEXT) -> Table:
    """Return a table of one row from the heading and the text of each column."""
    heads = tuple(
        Column(f"c{number}", heading, role) for number, (heading, _) in enumerate(contents)
    )
    return Table("T", heads, rows([[text for _, text in contents]]))


def widths(*contents: tuple[str, str], role: Role = Role.TEXT) -> list[int]:
    return column_widths(table_of(*contents, role=role), 60)


def test_column_is_as_wide_as_its_longest_line() -> None:
    assert widths(("A", "one\nthe longest\ntwo"), ("Heads of state", "x")) == [12, 18]


def test_narrow_columns_have_a_least_width() -> None:
    assert widths(("", "x"), ("A", "x"), ("A", "x" * 7), ("A", "x" * 8)) == [8, 8, 8, 9]


def test_column_to_write_in_has_room_for_words() -> None:
    contents = (("Remark", "x"), ("x" * 40, "y"), ("z", "q" * 50))
    assert widths(*contents, role=Role.OWN) == [31, 44, 51]
    assert widths(*contents) == [10, 44, 51]


@pytest.mark.parametrize(
    ("heading", "width"),
    [
        ("Act", 10),
        ("Criminalization", 18),
        ("Link to the criminalization of", 18),
        # A word may be so long that it is broken.
        ("x" * 20, 23),
        ("x" * 22, 24),
    ],
)
def test_heading_has_room_for_a_word_and_the_button(heading: str, width: int) -> None:
    assert column_widths(table_of((heading, LONG)), 10) == [width]


def test_columns_are_narrower_only_beyond_the_page() -> None:
    """The third column has room for 47 characters and the button of the filter: 50 of 170."""
    heading = "Who decides if the victim is not to be punished"
    assert widths(("A", LONG), ("B", LONG), (heading, "x")) == [60, 60, 51]
    assert widths(("A", LONG), ("B", LONG), (f"{heading}?", "x")) == [60, 60, 14]


def test_wide_characters_count_as_two_on_the_page() -> None:
    contents = (("A", LONG), ("B", LONG), ("C", LONG), ("D", "多 " * 60))
    assert widths(*contents) == [49, 49, 50, 26]


def test_words_too_many_for_the_page_are_broken() -> None:
    assert widths(*[("A", "x" * 30)] * 3, *[("B", "x" * 20)] * 5) == [25, 25, 25, *[21] * 5]


def test_row_has_a_width_for_each_text() -> None:
    assert row_height(["a b", "a b"], [3, 2]) == 30
    with pytest.raises(ValueError, match="longer"):
        row_height(["a b"], [3, 2])


def test_text_that_fits_a_row_fits_a_cell() -> None:
    """The widest column of Excel has 255 characters, and a cell 32,767, also of two units each."""
    longest = "\N{GRINNING FACE}" * (27 * 255 // 2)
    assert fits_row(longest, 255)
    assert not fits_row(f"{longest}aa", 255)
    assert len(longest.encode("utf-16-le")) // 2 < 32_767
