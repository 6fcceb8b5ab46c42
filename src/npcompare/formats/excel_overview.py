"""Overviews in a workbook: rows that can be filtered, with words for signs."""

from __future__ import annotations

from msgspec.structs import replace

from npcompare.charts import SignTable
from npcompare.document import Cell, Column, Role, Run, Table
from npcompare.messages import message

#: The widths of the columns of names, of groups, of numbers and of others such as notes, in
#: characters. A page that is printed has room for a few more than a hundred.
_NAMES, _GROUPS, _NUMBERS, _OTHER = 36, 14, 6, 26

#: The least width of a column of answers, and what it has beside its longest word.
_LEAST_WIDTH, _BESIDE = 5, 1

#: The height of a letter in a heading that runs upwards, and the least height, in points.
_LETTER, _LEAST_HEIGHT = 7, 40


def widths(table: Table) -> list[int]:
    """Return the widths of the columns of an overview."""
    return [_width(table, place) for place in range(len(table.columns))]


def _width(table: Table, place: int) -> int:
    role = table.columns[place].role
    if role is Role.ANSWER:
        words = (word for row in table.rows for word in row[place].text.split())
        return max(_LEAST_WIDTH, max(map(len, words), default=0) + _BESIDE)
    if place == 0:
        return _NAMES
    return {Role.FILTER: _GROUPS, Role.NUMBER: _NUMBERS}.get(role, _OTHER)


def heading_height(table: Table) -> int:
    """Return the height of headings that run upwards."""
    longest = max(len(column.heading) for column in table.columns)
    return max(_LETTER * longest, _LEAST_HEIGHT)


def filterable(table: Table) -> Table:
    """Return an overview with words for signs, and a column for the groups of rows."""
    overview = table.figure
    assert isinstance(overview, SignTable)  # noqa: S101 - only these are arranged
    groups = overview.group_rows
    rows = []
    group = Cell()
    for place, row in enumerate(table.rows):
        if place in groups:
            group = Cell((Run(row[0].text.rpartition(" (")[0]),))
            continue
        is_total = place == len(table.rows) - 1
        name, *answers = row
        words = [_in_words(answer) for answer in answers]
        grouping = [Cell() if is_total else group] if groups else []
        rows.append((name, *grouping, *words))
    first, *columns = table.columns
    grouping_columns = [Column("group", overview.grouped_by, Role.FILTER)] if groups else []
    return replace(
        table,
        columns=(first, *grouping_columns, *columns),
        rows=tuple(rows),
        # The last line explains signs.
        headnote=table.headnote.rpartition("\n")[0],
        row_keys=(),
        figure=replace(overview, group_rows=()),
    )


def with_groups_in_rows(table: Table) -> Table:
    """Return a table with a column for the groups of rows, so that it can be sorted."""
    if not table.group_rows:
        return table
    rows: list[tuple[Cell, ...]] = []
    keys: list[str] = []
    group = Cell()
    for place, row in enumerate(table.rows):
        if place in table.group_rows:
            group = Cell((Run(row[0].text),))
            continue
        rows.append((group, *row))
        keys += table.row_keys[place : place + 1]
    return replace(
        table,
        columns=(Column("group", message("Group"), Role.FILTER), *table.columns),
        rows=tuple(rows),
        row_keys=tuple(keys),
        group_rows=(),
    )


def _in_words(answer: Cell) -> Cell:
    """Return the label of an answer, or a number as it is; what is not known stays blank."""
    if not answer.words or not answer.runs:
        return answer
    return replace(answer, runs=(replace(answer.runs[0], text=answer.words),))
