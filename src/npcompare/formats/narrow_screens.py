"""Tables on a screen that is too narrow for them as they are: what gives way so that they fit.

First, words are broken after the hyphen of a compound. Then the second column goes below the first
one in each row. Last, the first two are printed above the others, over the whole width. A table in
which rows would be too high for that is not made to fit.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.document import Cell, Role, Run
from npcompare.formats.column_widths import column_widths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.document import Column, Table

#: The most lines of a cell in a table that was made to fit, but for one row in so many; and how
#: many these are if names are above each row, since long texts are easier to read as a list.
_MOST_LINES, _ONE_IN, _ONE_IN_NAMED = 8, 4, 10

#: How many columns can be above the others, and how many others there are then at least.
_NAMES, _FEWEST_VALUES = 2, 3

#: The least line that a table is made to fit.
_LEAST_LINE = 50

#: The end of a part of a compound, where its word may be broken.
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")

#: Words between spaces and line breaks; other spaces, such as those before units, are within words.
_WORD = re.compile(r"[^ \n]+")


class FittedTable(NamedTuple):
    """A table and the widths of its columns."""

    table: Table
    widths: list[int]
    #: What is printed above the headings and above each row, over the whole width; else nothing.
    names: tuple[Cell, ...] = ()


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
    # Each cell is looked at several times.
    show = cache(show)
    if widths := column_widths(table, line_of(len(table.columns)), show, measure):
        return FittedTable(table, widths)
    for candidate in _candidates(table):
        if fit := _with_breaks(candidate, line_of, show, measure, _ONE_IN):
            return fit
    if len(table.columns) < _NAMES + _FEWEST_VALUES or not _has_names(table):
        return None
    rows = tuple(row[_NAMES:] for row in table.rows)
    values = replace(table, columns=table.columns[_NAMES:], rows=rows)
    fit = _with_breaks(values, line_of, show, measure, _ONE_IN_NAMED)
    return fit and fit._replace(names=tuple(_names(table)))


def _with_breaks(
    table: Table,
    line_of: Callable[[int], int],
    show: Callable[[Cell], str],
    measure: Callable[[str], int],
    one_in: int,
) -> FittedTable | None:
    """Return a table that fits if words are broken after hyphens; None if it does not."""
    line = line_of(len(table.columns))
    widths = column_widths(table, line, show, measure, breaks_compounds=True)
    if not widths or line < _LEAST_LINE:
        return None
    high_rows = _count_high_rows(table, widths, show, measure)
    if one_in * high_rows > len(table.rows):
        return None
    return FittedTable(_with_broken_words(table, widths, measure), widths)


def _has_names(table: Table) -> bool:
    """Return whether the first columns are names: none to write in, no answers and no numbers."""
    return all(column.role in (Role.TEXT, Role.FILTER) for column in table.columns[:_NAMES])


def _names(table: Table) -> Iterator[Cell]:
    """Yield the first headings, and the first cells of each row, on one line."""
    headings = (Cell((Run(column.heading),)) for column in table.columns[:_NAMES])
    for first, second in (headings, *(row[:_NAMES] for row in table.rows)):
        is_same = first.text == second.text
        yield first if is_same else Cell((*first.runs, Run("  "), *second.runs))


def _candidates(table: Table) -> Iterator[Table]:
    """Yield the table as it is, and with its second column below the first."""
    yield table
    if len(table.columns) > _NAMES and _has_names(table):
        first, second, *columns = table.columns
        heading = Cell((Run(first.heading), Run(f"\n{second.heading}"))).text
        rows = tuple((_below(*row[:2]), *row[2:]) for row in table.rows)
        yield replace(table, columns=(replace(first, heading=heading), *columns), rows=rows)


def _below(first: Cell, second: Cell) -> Cell:
    """Return a cell with another one below it, unless both say the same."""
    if first.text == second.text or not second.runs:
        return first
    return Cell((*first.runs, Run("\n"), *second.runs))


def _count_high_rows(
    table: Table, widths: list[int], show: Callable[[Cell], str], measure: Callable[[str], int]
) -> int:
    """Return how many rows have more lines than a reader can follow across them."""
    return sum(
        any(_lines(show(cell), width, measure) > _MOST_LINES for cell, width in cells)
        for cells in (zip(row, widths, strict=True) for row in table.rows)
    )


def _lines(text: str, width: int, measure: Callable[[str], int]) -> int:
    return sum(-(-measure(line) // width) for line in text.split("\n"))


def _with_broken_words(table: Table, widths: list[int], measure: Callable[[str], int]) -> Table:
    """Return a table whose words that are too long have line breaks after hyphens."""

    def broken(text: str, width: int) -> str:
        return _WORD.sub(
            lambda word: _HYPHEN.sub("\n", word[0]) if measure(word[0]) > width else word[0], text
        )

    def with_breaks(cell: Cell, width: int) -> Cell:
        return cell.map_runs(lambda run: replace(run, text=broken(run.text, width)))

    def with_heading(column: Column, width: int) -> Column:
        return replace(column, heading=broken(column.heading, width))

    return replace(
        table,
        columns=tuple(map(with_heading, table.columns, widths)),
        rows=tuple(tuple(map(with_breaks, row, widths)) for row in table.rows),
    )
