"""The forms that a table may have in a Word file, read back to one row of heads and plain rows.

A table may have a second row of heads, two rows for each row, with the names in the upper one, or
be a stack of blocks: a row with a heading and a value for each column.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from npcompare.document import Cell, Run, row_anchor
from npcompare.formats.word_anchors import (
    BLOCKS,
    HEAD,
    SHORT_SUBHEAD,
    STACKED,
    SUBHEADS,
    TWO_LINES,
)
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.formats.word_grid import GridRow

_SHORT_SUBHEAD, _STACKED, _BLOCKS, _TWO_LINES = map(
    row_anchor, (SHORT_SUBHEAD, STACKED, BLOCKS, TWO_LINES)
)

#: The anchors that the first row of a table may have.
_HEADS = frozenset({row_anchor(HEAD), _STACKED, _BLOCKS, _TWO_LINES})

#: The colon that the anchor of a second row of heads stands for.
_COLONS = {row_anchor(key): colon for colon, key in SUBHEADS.items()}


def lacks_head(rows: Sequence[GridRow]) -> bool:
    """Return whether the row of headings was deleted, so that the first row is one of values."""
    names = {name for row in rows for _, name in row.names}
    return bool(rows[0].names) and names.isdisjoint(_HEADS)


def unfolded(rows: Sequence[GridRow], legend: str = "") -> tuple[list[str], list[GridRow]]:
    """Return the heading of each column of a table in any form, and its rows.

    Args:
        rows: The rows of the table.
        legend: What the numbers in its head stand for, if it has such.
    """
    if legend:
        heads = 2 if _is_second_head(rows[1:]) else 1
        by_number = _names_by_number(legend)
        rows = [*(_with_names(row, by_number) for row in rows[:heads]), *rows[heads:]]
    head, *body = rows
    if _is_named(head, _BLOCKS):
        return _from_blocks(rows)
    if _is_named(head, _STACKED):
        return _from_headed_blocks(head, body)
    if _is_named(head, _TWO_LINES) and body:
        names = [cell.text for cell in _names(head)]
        return [*names, *body[0].texts], list(_from_two_lines(body[1:], len(body[0].cells)))
    if not _is_second_head(body):
        return list(head.texts), body
    colon = _colon(body[0])
    return list(_headings(head.texts, body[0].texts, colon)), body[1:]


def _names_by_number(legend: str) -> dict[str, str]:
    """Return the headings in a legend by their numbers, which follow one another from 1."""
    names = {}
    number, place = 1, 0
    # A number in a heading, such as "article 2 of the law", is after no semicolon.
    while match := re.compile(rf"(?:\A|[;\u061b\uff1b])\s*{number}\s").search(legend, place):
        names[str(number - 1)] = legend[place : match.start()]
        number, place = number + 1, match.end()
    names[str(number - 1)] = legend[place:]
    return {number: fold(name) for number, name in names.items()}


def _with_names(row: GridRow, names: dict[str, str]) -> GridRow:
    """Return a row of heads with the headings that its numbers stand for."""
    cells = (
        Cell((Run(name),)) if (name := names.get(fold(cell.text))) else cell for cell in row.cells
    )
    return row._replace(cells=tuple(cells))


def without_head(rows: Sequence[GridRow], first_rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the rows of a part of a table without the heads that it repeats from the first."""
    first = first_rows[0]
    if _is_named(first, _BLOCKS):
        return list(rows)
    heads = 2 if _is_named(first, _TWO_LINES) or _is_second_head(first_rows[1:]) else 1
    repeated = [row.texts for row in first_rows[:heads]]
    is_repeated = [row.texts for row in rows[:heads]] == repeated
    return list(rows[heads:] if is_repeated else rows)


def _is_second_head(body: Sequence[GridRow]) -> bool:
    return bool(body) and (bool(_colon(body[0])) or _is_named(body[0], _SHORT_SUBHEAD))


def _colon(row: GridRow) -> str:
    """Return the colon that joins the headings of a row to those above them; "" if none does."""
    return next((_COLONS[name] for _, name in row.names if name in _COLONS), "")


def _is_named(row: GridRow, anchor: str) -> bool:
    return any(name == anchor for _, name in row.names)


def _headings(groups: Sequence[str], own: Sequence[str], colon: str) -> Iterator[str]:
    """Yield the whole heading of each column; that of a group is above its first column only."""
    group = ""
    for above, below in zip(groups, own, strict=False):
        group = above or group
        if not below:
            yield group
        else:
            yield group + colon + below if colon else below


def _names(row: GridRow) -> tuple[Cell, Cell]:
    """Return the two cells of a row, which are over several columns each."""
    first, *others = row.cells
    return first, next((other for other in others if other.text), Cell())


def _from_two_lines(body: Sequence[GridRow], width: int) -> Iterator[GridRow]:
    """Yield the rows of a table in which each has its names in one row and its values below it."""
    following = iter([*body[1:], None])
    for row, below in zip(body, following, strict=True):
        if row.is_group:
            yield row._replace(cells=(row.cells[0], *[Cell()] * (width + 1)))
        elif row.is_merged or row.names:
            is_pair = below is not None and not (below.is_merged or below.names)
            values = below.cells if below is not None and is_pair else (Cell(),) * width
            yield row._replace(cells=(*_names(row), *values), is_merged=False)


class _Block(NamedTuple):
    """The row that a block begins with, its name, and the rows of its values."""

    first: GridRow
    name: Cell
    rows: Sequence[GridRow]


def _from_blocks(rows: Sequence[GridRow]) -> tuple[list[str], list[GridRow]]:
    heading = next((row.texts[0] for row in rows if not row.is_group), "")
    blocks: list[list[GridRow]] = []
    for row in rows:
        if row.is_group or row.names or row.texts[0] == heading or not blocks:
            names = tuple(name for name in row.names if name[1] != _BLOCKS)
            blocks.append([row._replace(names=names)])
        else:
            blocks[-1].append(row)
    return _from_parts(
        heading,
        [_Block(first, first.cells[not first.is_group], below) for first, *below in blocks],
    )


def _from_headed_blocks(head: GridRow, body: Sequence[GridRow]) -> tuple[list[str], list[GridRow]]:
    blocks: list[list[GridRow]] = []
    for row in body:
        if row.is_merged or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    return _from_parts(
        head.texts[0], [_Block(first, first.cells[0], below) for first, *below in blocks]
    )


def _from_parts(heading: str, blocks: Sequence[_Block]) -> tuple[list[str], list[GridRow]]:
    """Return the headings of the columns of blocks, and a row for each block."""
    values = [_values(block.rows) for block in blocks]
    keys = list(dict.fromkeys(key for value in values for key in value))
    rows = [
        block.first._replace(
            cells=(block.name, *(value.get(key, Cell()) for key in keys)), is_merged=False
        )
        for block, value in zip(blocks, values, strict=True)
    ]
    return [heading, *(name for name, _ in keys)], rows


def _values(rows: Sequence[GridRow]) -> dict[tuple[str, int], Cell]:
    """Return the value below each heading; equal headings are counted."""
    counts: Counter[str] = Counter()
    values = {}
    for row in rows:
        heading = row.texts[0]
        values[heading, counts[heading]] = row.cells[1] if len(row.cells) > 1 else Cell()
        counts[heading] += 1
    return values
