"""The tables of a filled form: sheets found by their headings, and the tidied text of each cell."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.form_cells import tidy
from npcompare.coding.form_columns import FURTHER_TEXTS, sheets
from npcompare.coding.sheet_columns import Kind, SheetColumn, SheetLayout
from npcompare.errors import Code, NpcompareError, Problem
from npcompare.readers.sheet_cells import CellKind
from npcompare.text import is_control, number_in_letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from npcompare.readers.sheet_cells import Sheet, SheetCell, SheetFile

#: The sheets that a form has beside those that are filled in.
_READ_ONLY = frozenset({"how to use", "codebook", "lists"})

#: The most rows of a sheet, and for how many headings or cells in vain something is looked for.
MOST_ROWS = 5_000
MOST_HINTS = 50

_SPACES = re.compile(r"\s+")
#: The first cell of an area, and the last if it has several.
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


class Place(NamedTuple):
    """A cell: its file, its sheet, which has no name in a file without sheets, and its numbers."""

    path: str
    sheet: str
    row: int
    column: int

    def problem(self, code: Code, message: str, hint: str = "") -> Problem:
        """Return a finding at the cell."""
        return Problem(self.path, self.row, self.column, code, message, hint, self.sheet)


class FormRow(NamedTuple):
    """A row: the texts that are not empty by column, and the place of every column."""

    texts: dict[SheetColumn, str]
    places: dict[SheetColumn, Place]
    #: The first cell.
    place: Place

    def text(self, heading: str) -> str:
        """Return the text in the column with a heading; empty if there is none."""
        return next((text for column, text in self.texts.items() if column.heading == heading), "")

    def cell(self, heading: str) -> Place:
        """Return the place of the column with a heading, or the first one of the row."""
        places = (place for column, place in self.places.items() if column.heading == heading)
        return next(places, self.place)


class FormTable(NamedTuple):
    """A sheet of a form, with its rows that are not empty."""

    layout: SheetLayout
    rows: list[FormRow]


class FoundTables(NamedTuple):
    """The tables of a file, findings about their cells, and notes for the user."""

    tables: dict[str, FormTable]
    problems: list[Problem]
    notes: list[str]


def find_tables(files: Sequence[SheetFile]) -> FoundTables:
    """Return the tables in files by name; raise NpcompareError if there are none, or one twice."""
    tables: dict[str, FormTable] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for file in files:
        notes += file.notes
        for sheet in file.sheets:
            heads = headings_of(sheet)
            layout = _layout(heads)
            description = f"the sheet “{sheet.name}” of {file.path}" if sheet.name else file.path
            if layout is None:
                findings = list(_lost_headings(file.path, sheet, heads))
                problems += findings
                is_known = sheet.name.casefold() in _READ_ONLY or findings or not sheet.rows
                notes += (
                    [] if is_known else [f"{description} is not part of the form and was not read"]
                )
                continue
            if layout.name in tables:
                raise NpcompareError(
                    f"{description} has the columns of “{layout.name}”, like a sheet before it",
                    "delete one of the two, or its first row",
                )
            if len(sheet.rows) > MOST_ROWS:
                raise NpcompareError(
                    f"{description} has more than {MOST_ROWS:,} rows",
                    "divide it into several workbooks",
                )
            reader = _SheetReader(file.path, sheet, layout, description)
            tables[layout.name] = FormTable(layout, list(reader.rows()))
            problems += reader.problems
            notes += reader.notes
    return FoundTables(tables, problems, notes)


def headings_of(sheet: Sheet) -> dict[int, str]:
    """Return the headings of a sheet by column: the texts of its first row that is not empty."""
    first = next(iter(sheet.rows.values()), {})
    return {number: _SPACES.sub(" ", cell.text).strip() for number, cell in first.items()}


def _layout(headings: dict[int, str]) -> SheetLayout | None:
    """Return the sheet of the form that has these headings; None if there is none."""
    present = {heading.casefold() for heading in headings.values()}
    matches = [layout for layout in sheets() if present.issuperset(map(str.casefold, layout.marks))]
    return matches[0] if matches else None


def _lost_headings(path: str, sheet: Sheet, headings: dict[int, str]) -> Iterator[Problem]:
    """Yield the headings that a sheet lacks by which the sheet of the form with its name is known.

    What coders have filled in below would be left out otherwise.
    """
    name = (sheet.name or PurePath(path).stem).casefold()
    layouts = [layout for layout in sheets() if layout.name.casefold() == name]
    present = {heading.casefold() for heading in headings.values()}
    for layout in layouts if sheet.rows else ():
        for mark in layout.marks:
            if mark.casefold() not in present:
                message = f"the sheet “{layout.name}” has no column with the heading “{mark}”"
                hint = "write it into the first row; a sheet of your own needs another name"
                place = Place(path, sheet.name, next(iter(sheet.rows)), 1)
                yield place.problem(Code.MISSING_KEY, message, hint)


@cache
def columns_of(name: str) -> dict[str, SheetColumn]:
    """Return the columns of a sheet by heading in small letters."""
    layout = next(layout for layout in sheets() if layout.name == name)
    further = FURTHER_TEXTS if name == "Texts" else ()
    return {column.heading.casefold(): column for column in (*layout.columns, *further)}


def _probable(heading: str, headings: dict[int, str], columns: dict[str, SheetColumn]) -> str:
    """Return the heading that a misspelt one probably is, if no column has it."""
    from difflib import get_close_matches

    present = {text.casefold() for text in headings.values()}
    missing = [name for name in columns if name not in present]
    matches = get_close_matches(heading.casefold(), missing, n=1, cutoff=0.85)
    return columns[matches[0]].heading if matches else ""


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, path: str, sheet: Sheet, layout: SheetLayout, description: str) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self._path = path
        self._sheet = sheet
        self._head = next(iter(sheet.rows))
        self._columns = self._match(headings_of(sheet), layout, description)
        self.problems += merged_cells(path, sheet, self._columns)

    def _place(self, row: int, column: int) -> Place:
        return Place(self._path, self._sheet.name, row, column)

    def _match(
        self, headings: dict[int, str], layout: SheetLayout, description: str
    ) -> dict[int, SheetColumn]:
        """Return the columns of the sheet by number."""
        columns = columns_of(layout.name)
        matched: dict[int, SheetColumn] = {}
        ignored: list[str] = []
        for number, heading in headings.items():
            column = columns.get(heading.casefold())
            place = self._place(self._head, number)
            if column in matched.values():
                message = f"a second column has the heading “{heading}”"
                self.problems.append(place.problem(Code.DUPLICATE_KEY, message, "delete one"))
            elif column:
                matched[number] = column
            elif len(ignored) < MOST_HINTS and (match := _probable(heading, headings, columns)):
                message = f"“{heading}” is not a heading of the form"
                hint = f"did you mean “{match}”? A column of your own needs another name"
                self.problems.append(place.problem(Code.UNKNOWN_KEY, message, hint))
            elif heading:
                ignored.append(f"“{heading}”")
        if ignored:
            names = ", ".join(ignored[:MOST_HINTS]) + (" …" if ignored[MOST_HINTS:] else "")
            self.notes.append(f"columns of your own in {description} were not read: {names}")
        self.problems += cells_without_heading(self._path, self._sheet, headings)
        return matched

    def rows(self) -> Iterator[FormRow]:
        """Yield the rows below the headings that are not empty."""
        for row, cells in self._sheet.rows.items():
            if row == self._head:
                continue
            places = {column: self._place(row, number) for number, column in self._columns.items()}
            texts = {}
            for number, column in self._columns.items():
                if number in cells and (text := self._text(cells[number], column, places[column])):
                    texts[column] = text
            if texts:
                yield FormRow(texts, places, self._place(row, min(self._columns, default=1)))

    def _text(self, cell: SheetCell, column: SheetColumn, place: Place) -> str:
        """Return the tidied text of a cell; a cell without a certain text is a finding."""
        fault, hint = fault_of_cell(cell, column.kind)
        if fault:
            self.problems.append(place.problem(Code.WRONG_TYPE, fault, hint))
            return ""
        text = tidy(column.kind, cell.text)
        if control := next(filter(is_control, text), ""):
            message = f"the cell contains the control character U+{ord(control):04X}"
            self.problems.append(place.problem(Code.CONTROL_CHARACTER, message, "delete it"))
            text = "".join(letter for letter in text if not is_control(letter))
        return text


def cells_without_heading(
    path: str, sheet: Sheet, headings: dict[int, str], start: int = 1
) -> Iterator[Problem]:
    """Yield a finding for each column, from one on, that has cells but no heading."""
    columns = {
        number: row
        for row, cells in reversed(sheet.rows.items())
        for number, cell in cells.items()
        if number >= start and not headings.get(number) and cell.text.strip()
    }
    for number, row in sorted(columns.items())[:MOST_HINTS]:
        message = "the column of this cell has no heading"
        hint = "write its heading into the first row, or delete the column"
        place = Place(path, sheet.name, row, number)
        yield place.problem(Code.UNKNOWN_KEY, message, hint)


def merged_cells(path: str, sheet: Sheet, columns: Collection[int]) -> Iterator[Problem]:
    """Yield a finding for each area of merged cells that has a cell of one of the columns.

    Areas above the headings, such as a title, have none.
    """
    head = next(iter(sheet.rows), 1)
    for area in sheet.merged:
        letters, row, last_letters, last_row = _AREA.findall(area)[0]
        last = number_in_letters(last_letters or letters)
        merged = [column for column in columns if number_in_letters(letters) <= column <= last]
        if merged and int(last_row or row) >= head:
            message = f"the cells {area} are merged, so that only one of them has a value"
            hint = "unmerge them, and write the value into each of them"
            place = Place(path, sheet.name, max(int(row), head), min(merged))
            yield place.problem(Code.WRONG_FORM, message, hint)


_FORMAT_AS_TEXT = "format the cell as Text (Home, Number, Text), and type it again"


def fault_of_cell(cell: SheetCell, kind: Kind) -> tuple[str, str]:
    """Return why a cell has no certain text, and what to do; empty if it has one."""
    if cell.kind is CellKind.ERROR:
        return f"the formula of this cell has the result {cell.text}", "write the value itself"
    if cell.kind is CellKind.UNCOMPUTED:
        hint = "open the file in Excel and save it, or write the value itself"
        return "the formula of this cell has no result in the file", hint
    if cell.kind is CellKind.DATE and kind is not Kind.DATE:
        return f"the spreadsheet has made a date of this cell, {cell.text}", _FORMAT_AS_TEXT
    if cell.kind is CellKind.DECIMAL:
        return (
            f"the cell contains the number {cell.text}, which may have lost digits",
            _FORMAT_AS_TEXT,
        )
    return "", ""
