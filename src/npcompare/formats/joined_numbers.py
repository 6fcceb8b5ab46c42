"""Numbers that stay on one line with the signs beside them, in scripts without spaces."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Tone
from npcompare.messages import current
from npcompare.text import JOINER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from npcompare.document import Cell, Column, Document, Run, Table

#: The words of a law, which stay as they are.
_LAW = frozenset({Tone.QUOTE, Tone.INSERTED, Tone.DELETED})


def with_joined_numbers(document: Document) -> Document:
    """Return a document in which an invisible character joins numbers to the signs beside them.

    The catalogue of the language in use says which signs these are; most languages have none.
    """
    catalogue = current()
    sides = (catalogue.kept_before, catalogue.kept_after)
    if not all(sides):
        return document
    before, after = map(re.escape, sides)
    place = re.compile(f"(?<=[{before}])(?=[0-9])|(?<=[0-9])(?=[{after}])")
    join = partial(place.sub, JOINER)
    return document.replace(
        title=join(document.title),
        number=join(document.number),
        tables=lambda: tuple(_table(table, join) for table in document.tables),
    )


def _table(table: Table, join: Callable[[str], str]) -> Table:
    return replace(
        table,
        title=join(table.title),
        columns=tuple(_column(column, join) for column in table.columns),
        rows=tuple(_cells(row, join) for row in table.rows),
        remarks=tuple(map(join, table.remarks)),
        notes=tuple((letter, join(text)) for letter, text in table.notes),
        revised_notes=_cells(table.revised_notes, join),
        revised_remarks=_cells(table.revised_remarks, join),
        revised_headnote=_cells(table.revised_headnote, join),
        headnote=join(table.headnote),
        subject=join(table.subject),
    )


def _column(column: Column, join: Callable[[str], str]) -> Column:
    return replace(column, heading=join(column.heading), short=join(column.short))


def _cells(cells: Iterable[Cell], join: Callable[[str], str]) -> tuple[Cell, ...]:
    return tuple(replace(cell, runs=tuple(_run(run, join) for run in cell.runs)) for cell in cells)


def _run(run: Run, join: Callable[[str], str]) -> Run:
    return run if run.tone in _LAW or run.language else replace(run, text=join(run.text))
