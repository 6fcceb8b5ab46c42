"""The sheets of a workbook: which tables share one, and its cells without the letters of notes.

A filter shows each cell with other words as another value, so the letters are in a last column.
Only in a list, whose parts have letters of their own, they stay beside what they belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.charts import SignTable
from npcompare.document import Cell, Column, Run, Table, Tone, cell
from npcompare.formats.excel_overview import filterable, with_groups_in_rows
from npcompare.messages import deferred, enumerated, listed, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.worksheet import Worksheet

    from npcompare.document import Document

#: The key of the column with the letters of notes.
_LETTERS = "letters of notes"

_PROMPT = deferred(
    "npcompare fills this column: what you write here is not kept. Write in a column of your own "
    "(--column)."
)


class Sheet(NamedTuple):
    """A sheet: its title, what is written in it, and the tables of the document that it has."""

    title: str
    table: Table
    tables: Sequence[Table]


def sheets(document: Document) -> Iterator[Sheet]:
    """Yield the sheets of a document; tables with the same columns on several subjects share one.

    A sheet that the drafter writes in is read back as the table that it was.
    """
    is_read_back = any(table.has_own_columns for table in document.tables)
    groups: dict[tuple[object, ...], list[Table]] = {}
    for number, table in enumerate(document.tables):
        is_part = table.subject and not is_read_back
        groups.setdefault(_heads(table) if is_part else (number,), []).append(table)
    for tables in groups.values():
        first = tables[0]
        if len(tables) > 1:
            yield Sheet(first.sheet or document.title, _joined(document.title, tables), tables)
        elif isinstance(first.figure, SignTable) and not is_read_back:
            yield Sheet(
                first.sheet or message("Overview"), without_letters(filterable(first)), tables
            )
        else:
            table = first if is_read_back else with_groups_in_rows(first)
            yield Sheet(first.sheet or first.title, without_letters(table), tables)


def _heads(table: Table) -> tuple[object, ...]:
    return tuple((column.key, column.heading) for column in table.columns)


def _joined(title: str, tables: Sequence[Table]) -> Table:
    """Return tables with the same columns as one, with the subject of each in its rows."""
    cleaned = [without_letters(with_groups_in_rows(table)) for table in tables]
    columns = max((table.columns for table in cleaned), key=len)
    rows = tuple(
        (cell(table.subject, Tone.STRONG), *row, *_missing(columns, row))
        for table in cleaned
        for row in table.rows
    )
    subject = Column("subject", tables[0].subject_heading)
    headnote = _shared_headnote(tables)
    remarks = tuple(_remarks(tables, headnote))
    return Table(title, (subject, *columns), rows, remarks, headnote=headnote)


def _shared_headnote(tables: Sequence[Table]) -> str:
    """Return the lines of headnotes that all tables have; the others are below the rows."""
    headnotes = [table.headnote.split("\n") for table in tables]
    return "\n".join(line for line in headnotes[0] if all(line in other for other in headnotes))


def _remarks(tables: Sequence[Table], headnote: str) -> Iterator[str]:
    """Yield the other lines of headnotes and the remarks; one on some tables names its subjects."""
    subjects: dict[str, list[str]] = {}
    for table in tables:
        for text in dict.fromkeys((*table.headnote.split("\n"), *table.remarks)):
            if text and text not in headnote.split("\n"):
                subjects.setdefault(text, []).append(table.subject)
    for text, names in subjects.items():
        named = message("{heading}: {words}", heading=listed(names), words=text)
        is_about_all = len(names) == len(tables)
        yield text if is_about_all or all(name in text for name in names) else named


def _missing(columns: Sequence[Column], row: Sequence[Cell]) -> tuple[Cell, ...]:
    return (Cell(),) * (len(columns) - len(row))


def without_letters(table: Table) -> Table:
    """Return a table whose letters of notes are in a last column, with what they belong to."""
    letters = {letter for letter, _ in table.notes}
    has_lists = not table.has_own_columns
    moved = [[_moved(value, letters, has_lists=has_lists) for value in row] for row in table.rows]
    if not any(marks for row in moved for marks in row):
        return table
    rows = tuple(
        (*map(Cell.without_marks, row, marks), _notes(table.columns, marks))
        for row, marks in zip(table.rows, moved, strict=True)
    )
    letter_column = Column(_LETTERS, message("Notes"))
    return replace(table, columns=(*table.columns, letter_column), rows=rows)


def add_prompt(sheet: Worksheet, table: Table, first: int, last: int) -> None:
    """Say beside a selected cell in the column of letters, in these rows, that it is not kept."""
    for place, column in enumerate(table.columns):
        if column.key == _LETTERS:
            prompt = {"validate": "any", "input_title": column.heading}
            prompt["input_message"] = message(_PROMPT)
            sheet.data_validation(first, place, last, place, prompt)


def _moved(value: Cell, letters: set[str], *, has_lists: bool) -> list[str]:
    """Return the letters that are moved out of a cell: none of a list."""
    marked = [run for run in value.runs if letters.intersection(run.marks)]
    if has_lists and len(marked) > 1:
        return []
    return list(dict.fromkeys(mark for run in marked for mark in run.marks if mark in letters))


def _notes(columns: Sequence[Column], marks: Sequence[Sequence[str]]) -> Cell:
    """Return the letters of a row by column: "Scope: a, b; Stage: c"."""
    parts = [
        message("{heading}: {words}", heading=column.heading, words=", ".join(letters))
        for column, letters in zip(columns, marks, strict=True)
        if letters
    ]
    return Cell((Run(enumerated(parts, is_strong=True)),)) if parts else Cell()
