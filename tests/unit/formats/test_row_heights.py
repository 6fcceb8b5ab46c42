"""The widths at which a table is low."""

from __future__ import annotations

from npcompare.formats.row_heights import lowest


def test_width_moves_to_the_column_that_makes_rows_high() -> None:
    columns = [[[10], [10], [10]], [[100], [100], [100]]]
    assert lowest(columns, [30, 30], [12, 12], padding=2) == [14, 46]


def test_width_stays_where_no_row_becomes_lower() -> None:
    columns = [[[10]], [[10]]]
    assert lowest(columns, [20, 30], [12, 12], padding=2) == [20, 30]


def test_one_column_keeps_its_width() -> None:
    assert lowest([[[50]]], [20], [5], padding=2) == [20]
