"""No-break spaces in the tables of a document, by the rules of its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Tone, in_order
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.document import Cell, Column, Document, Run, Table

#: The words of the law, which stay as they are.
_AS_THEY_ARE = frozenset({Tone.QUOTE, Tone.INSERTED, Tone.DELETED})


def typeset(document: Document) -> Document:
    """Return a document with a no-break space wherever no line may end, and letters in order.

    The data and the table for programs stay as they are.
    """
    return document.replace(
        title=no_break(document.title),
        tables=lambda: tuple(map(_table, document.tables)),
    )


def _table(table: Table) -> Table:
    return replace(
        table,
        title=no_break(table.title),
        columns=tuple(map(_column, table.columns)),
        rows=tuple(tuple(map(_cell, row)) for row in table.rows),
        remarks=tuple(map(no_break, table.remarks)),
        headnote=no_break(table.headnote),
        subject=no_break(table.subject),
    )


def _column(column: Column) -> Column:
    return replace(column, heading=no_break(column.heading), short=no_break(column.short))


def _cell(content: Cell) -> Cell:
    runs = tuple(_runs(content.runs))
    return content if runs == content.runs else replace(content, runs=runs)


def _runs(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        text = run.text if run.tone in _AS_THEY_ARE else no_break(run.text)
        if text != run.text or len(run.marks) > 1:
            yield replace(run, text=text, marks=in_order(run.marks))
        else:
            yield run
