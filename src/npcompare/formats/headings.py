"""The headings of a table as its columns show them: below headings that several columns share."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from npcompare.document import Role

if TYPE_CHECKING:
    from npcompare.charts import SignTable
    from npcompare.document import Column, Table


def spanners(table: Table) -> list[tuple[str, int]]:
    """Return the headings above neighbouring columns, each with the number of its columns.

    Columns without one have an empty heading. Returns nothing if no column has one.
    """
    groups = [
        (group, len(list(members)))
        for group, members in groupby(table.columns, key=lambda column: column.group)
    ]
    return groups if any(group for group, _ in groups) else []


def label(column: Column) -> str:
    """Return the heading of a column where the heading that it shares is above it."""
    return column.short if column.group and column.short else column.heading


def is_upright(table: Table, column: Column) -> bool:
    """Return whether a heading runs upwards: over a sign or a number of an overview."""
    return column.role in {Role.ANSWER, Role.NUMBER} and _overview(table) is not None


def heading_rows(table: Table) -> frozenset[int]:
    """Return the places of the rows that head those below them, from which no page divides them."""
    overview = _overview(table)
    return frozenset(table.group_rows).union(overview.group_rows if overview else ())


def _overview(table: Table) -> SignTable | None:
    """Return the overview that a table shows in signs; None for any other table."""
    if table.figure is None:
        return None
    from npcompare.charts import SignTable

    return table.figure if isinstance(table.figure, SignTable) else None
