"""The heights of rows, and the widths of columns at which a table is low: hill climbing.

A row is as high as its highest cell. Width is moved from the column that needs it least to the one
that needs it most, for as long as the sum of the heights of all rows becomes less.
"""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The widths that are moved between columns, and how often each of them is at most.
_STEPS, _MOST_MOVES = (16, 8, 4, 2, 1), 20


class _Change(NamedTuple):
    """A column with another width, the heights of its cells then, and that of the table."""

    place: int
    heights: list[int]
    total: float


def lowest(
    columns: Sequence[Sequence[Sequence[int]]],
    widths: Sequence[float],
    minima: Sequence[float],
    padding: float,
) -> list[float]:
    """Return widths with the same sum at which a table is lower, or as low.

    Args:
        columns: The lengths of the lines of each cell of each column, in characters.
        widths: The width of each column to begin with.
        minima: The least width of each column.
        padding: What of a width is not for characters.
    """
    widths = list(widths)
    heights = [_heights(*pair, padding) for pair in zip(columns, widths, strict=True)]

    def changes(step: int) -> Iterator[_Change]:
        for place, column in enumerate(columns):
            if widths[place] + step >= minima[place]:
                cells = _heights(column, widths[place] + step, padding)
                total = _total([*heights[:place], cells, *heights[place + 1 :]])
                yield _Change(place, cells, total)

    for step in _STEPS:
        for _ in range(_MOST_MOVES):
            wider = min(changes(step), key=_by_total)
            candidates = (change for change in changes(-step) if change.place != wider.place)
            narrower = min(candidates, key=_by_total, default=_Change(-1, [], inf))
            if narrower.place < 0:
                break
            new_heights = list(heights)
            new_heights[wider.place] = wider.heights
            new_heights[narrower.place] = narrower.heights
            if _total(new_heights) >= _total(heights):
                break
            heights[:] = new_heights
            widths[wider.place] += step
            widths[narrower.place] -= step
    return widths


def height(
    columns: Sequence[Sequence[Sequence[int]]], widths: Sequence[float], padding: float
) -> int:
    """Return how many lines a table has; the arguments are those of `lowest`."""
    return _total([_heights(*pair, padding) for pair in zip(columns, widths, strict=True)])


def _by_total(change: _Change) -> float:
    return change.total


def _total(heights: Iterable[Sequence[int]]) -> int:
    """Return the sum of the heights of rows from the heights of the cells of each column."""
    return sum(map(max, zip(*heights, strict=True)))


def _heights(column: Iterable[Sequence[int]], width: float, padding: float) -> list[int]:
    """Return how many lines each cell of a column has at a width."""
    room = max(width - padding, 1)
    return [sum(ceil(length / room) or 1 for length in lengths) for lengths in column]
