"""Tables on a screen that is too narrow for them as they are: what gives way so that they fit.

First, words are broken after the hyphen of a compound. Then the second column goes below the first
one in each row. A table in which rows would be too high for that is not made to fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.document import Cell, Role, Run
from npcompare.formats.column_widths import column_widths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.document import Column, Table

#: The most lines of a cell in a table that was made to fit, but for one row in so many.
_MOST_LINES, _ONE_IN = 8, 4

#: The least line that a table is made to fit.
_LEAST_LINE = 50

#: The end of a part of a compound, where its word may be broken.
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")


class FittedTable(NamedTuple):
    """A table and the widths of its columns."""

    table: Table
    widths: list[int]


def fitted(
    table: Table,
    line_of: Callable[[int], int],
    show: Callable[[Cell], str],
    measure: Callable[[str], int],
) -> FittedTable | None:
    """Return a table as it fits a screen; None if it does not.

    Args:
        table: The table.
        line_of: Returns the most characters of a line with so many columns.
        show: Returns the text that is shown for a cell.
        measure: Returns the width of a text on the screen.
    """
    if widths := column_widths(table, line_of(len(table.columns)), show, measure):
        return FittedTable(table, widths)
    for candidate in _candidates(table):
        line = line_of(len(candidate.columns))
        widths = column_widths(candidate, line, show, measure, breaks_compounds=True)
        if widths and line >= _LEAST_LINE and _is_low(candidate, widths, show, measure):
            return FittedTable(_with_broken_words(candidate, widths, measure), widths)
    return None


def _candidates(table: Table) -> Iterator[Table]:
    """Yield the table as it is, and with its second column below the first."""
    yield table
    if len(table.columns) > 2 and all(column.role is not Role.OWN for column in table.columns[:2]):
        first, second, *columns = table.columns
        heading = Cell((Run(first.heading), Run(f"\n{second.heading}"))).text
        rows = tuple((_below(*row[:2]), *row[2:]) for row in table.rows)
        yield replace(table, columns=(replace(first, heading=heading), *columns), rows=rows)


def _below(first: Cell, second: Cell) -> Cell:
    """Return a cell with another one below it, unless both say the same."""
    if first.text == second.text or not second.runs:
        return first
    return Cell((*first.runs, Run("\n"), *second.runs))


def _is_low(
    table: Table, widths: list[int], show: Callable[[Cell], str], measure: Callable[[str], int]
) -> bool:
    """Return whether most rows have no more lines than a reader can follow across them."""
    high = [
        any(_lines(show(cell), width, measure) > _MOST_LINES for cell, width in cells)
        for cells in (zip(row, widths, strict=True) for row in table.rows)
    ]
    return _ONE_IN * sum(high) <= len(high)


def _lines(text: str, width: int, measure: Callable[[str], int]) -> int:
    return sum(-(-measure(line) // width) for line in text.split("\n"))


def _with_broken_words(table: Table, widths: list[int], measure: Callable[[str], int]) -> Table:
    """Return a table whose words that are too long have line breaks after hyphens."""

    def broken(text: str, width: int) -> str:
        return " ".join(
            _HYPHEN.sub("\n", word) if measure(word) > width else word for word in text.split(" ")
        )

    def with_breaks(cell: Cell, width: int) -> Cell:
        runs = (replace(run, text=broken(run.text, width)) for run in cell.runs)
        return replace(cell, runs=tuple(runs))

    def with_heading(column: Column, width: int) -> Column:
        return replace(column, heading=broken(column.heading, width))

    return replace(
        table,
        columns=tuple(map(with_heading, table.columns, widths)),
        rows=tuple(tuple(map(with_breaks, row, widths)) for row in table.rows),
    )
