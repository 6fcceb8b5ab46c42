"""The texts of tables: a change of all of them, and no-break spaces by the rules of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import in_order
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from npcompare.document import Cell, Document, Run, Table


def map_texts(table: Table, change: Callable[[str], str]) -> Table:
    """Return a table with a change of each text that is not in a cell."""
    return replace(
        table,
        title=change(table.title),
        columns=tuple(
            replace(column, heading=change(column.heading), short=change(column.short))
            for column in table.columns
        ),
        remarks=tuple(map(change, table.remarks)),
        notes=tuple((letter, change(text)) for letter, text in table.notes),
        headnote=change(table.headnote),
        subject=change(table.subject),
    )


def map_runs(table: Table, change: Callable[[Run], Run]) -> Table:
    """Return a table with a change of each run, also of those that show what was revised."""

    def changed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
        return tuple(cell.map_runs(change) for cell in cells)

    return replace(
        table,
        rows=tuple(map(changed, table.rows)),
        revised_notes=changed(table.revised_notes),
        revised_remarks=changed(table.revised_remarks),
        revised_headnote=changed(table.revised_headnote),
    )


def typeset(document: Document) -> Document:
    """Return a document with a no-break space wherever no line may end, and letters in order.

    The data and the table for programs stay as they are.
    """
    return document.replace(
        title=no_break(document.title),
        tables=lambda: tuple(
            map_runs(map_texts(table, no_break), _typeset) for table in document.tables
        ),
    )


def _typeset(run: Run) -> Run:
    text = run.text if run.is_law else no_break(run.text)
    if text == run.text and len(run.marks) < 2:
        return run
    return replace(run, text=text, marks=in_order(run.marks))
