"""The forms that a table may have in a Word file, read back to one row of heads and plain rows.

A table may have a second row of heads, or be a stack of blocks: a row over the whole width, and
under it a row with a heading and a value for each further column.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from npcompare.document import Cell, Run, row_anchor
from npcompare.formats.word_anchors import SHORT_SUBHEAD, STACKED, SUBHEAD
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.formats.word_grid import GridRow

_SUBHEAD, _SHORT_SUBHEAD, _STACKED = map(row_anchor, (SUBHEAD, SHORT_SUBHEAD, STACKED))


def unfolded(rows: Sequence[GridRow], legend: str = "") -> tuple[list[str], list[GridRow]]:
    """Return the heading of each column of a table in any form, and its rows.

    Args:
        rows: The rows of the table.
        legend: What the numbers in its head stand for, if it has such.
    """
    if legend:
        heads = 2 if _is_second_head(rows[1:]) else 1
        names = _names_by_number(legend)
        rows = [*(_with_names(row, names) for row in rows[:heads]), *rows[heads:]]
    head, *body = rows
    if _is_named(head, _STACKED):
        return _unstacked(head, body)
    if not _is_second_head(body):
        return list(head.texts), body
    is_joined = _is_named(body[0], _SUBHEAD)
    return list(_headings(head.texts, body[0].texts, is_joined=is_joined)), body[1:]


def _names_by_number(legend: str) -> dict[str, str]:
    """Return the headings in a legend by their numbers, which follow one another from 1."""
    names = {}
    number, place = 1, 0
    while match := re.compile(rf"(?:\A|\W){number}\s").search(legend, place):
        if number > 1:
            names[str(number - 1)] = legend[place : match.start()]
        number, place = number + 1, match.end()
    names[str(number - 1)] = legend[place:]
    return {number: fold(name).rstrip(";\u061b\uff1b ") for number, name in names.items()}


def _with_names(row: GridRow, names: dict[str, str]) -> GridRow:
    """Return a row of heads with the headings that its numbers stand for."""
    cells = (
        Cell((Run(name),)) if (name := names.get(fold(cell.text))) else cell for cell in row.cells
    )
    return row._replace(cells=tuple(cells))


def without_head(rows: Sequence[GridRow], first_rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the rows of a part of a table without the heads that it repeats from the first."""
    heads = 2 if _is_second_head(first_rows[1:]) else 1
    repeated = [row.texts for row in first_rows[:heads]]
    is_repeated = [row.texts for row in rows[:heads]] == repeated
    return list(rows[heads:] if is_repeated else rows)


def _is_second_head(body: Sequence[GridRow]) -> bool:
    return bool(body) and (_is_named(body[0], _SUBHEAD) or _is_named(body[0], _SHORT_SUBHEAD))


def _is_named(row: GridRow, anchor: str) -> bool:
    return any(name == anchor for _, name in row.names)


def _headings(groups: Sequence[str], own: Sequence[str], *, is_joined: bool) -> Iterator[str]:
    """Yield the whole heading of each column; that of a group is above its first column only."""
    group = ""
    for above, below in zip(groups, own, strict=False):
        group = above or group
        if not below:
            yield group
        else:
            yield f"{group}: {below}" if is_joined else below


def _unstacked(head: GridRow, body: Sequence[GridRow]) -> tuple[list[str], list[GridRow]]:
    blocks: list[list[GridRow]] = []
    for row in body:
        if row.is_merged or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    values = [_values(block[1:]) for block in blocks]
    keys = list(dict.fromkeys(key for block in values for key in block))
    rows = []
    for (first, *_), block in zip(blocks, values, strict=True):
        cells = (first.cells[0], *(block.get(key, Cell()) for key in keys))
        rows.append(first._replace(cells=cells, is_merged=False))
    return [head.texts[0], *(heading for heading, _ in keys)], rows


def _values(rows: Sequence[GridRow]) -> dict[tuple[str, int], Cell]:
    """Return the value below each heading; equal headings are counted."""
    counts: Counter[str] = Counter()
    values = {}
    for row in rows:
        heading = row.texts[0]
        values[heading, counts[heading]] = row.cells[1] if len(row.cells) > 1 else Cell()
        counts[heading] += 1
    return values
