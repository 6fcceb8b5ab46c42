"""Read the coded tables of a release from its folder: nothing in it is trusted.

Every fault is a finding at the line and the cell, and a row with a fault is left out.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from npcompare.dataset.tables import layout
from npcompare.errors import Code, Problem
from npcompare.files import LARGEST_FILE, read_up_to, show_path
from npcompare.law.folders import leads_out
from npcompare.readers.csv_reader import names_separator, numbered_rows, separator_of
from npcompare.text import counted, is_control, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from npcompare.dataset.coded_rows import Cells, Value
    from npcompare.dataset.tables import Column, Table

#: No table of a release is larger, and no coded table has more rows.
LARGEST_TABLE = 64 * 1024 * 1024
MOST_ROWS = 500_000
#: No table has more columns; of a longer first row, nothing else is looked at.
MOST_COLUMNS = 1_000
#: Of more findings in a table, the rest is not looked for: something is wrong with all rows.
MOST_FINDINGS = 200

_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile("[0-9]{1,9}")


class Place(NamedTuple):
    """A cell: the file, the line at which its row begins, and its number in the row."""

    path: str
    line: int
    column: int

    def problem(self, code: Code, message: str, hint: str = "") -> Problem:
        """Return a finding at the cell."""
        return Problem(*self, code, message, hint)


class ReadRow(NamedTuple):
    """A row: its cells by column, and the place of each."""

    cells: Cells
    path: str
    line: int
    #: The number of each column in the file.
    numbers: Mapping[str, int]

    def place(self, column: str = "id") -> Place:
        """Return the place of a cell."""
        return Place(self.path, self.line, self.numbers[column])

    def text(self, column: str) -> str:
        """Return the text of a cell; empty if it is empty."""
        return str(self.cells[column] or "")


class ReadTables(NamedTuple):
    """The rows of the coded tables by table, and the findings about them."""

    rows: dict[str, list[ReadRow]]
    problems: list[Problem]


def read_tables(folder: Path) -> ReadTables:
    """Return the coded tables in the folder of a release."""
    result = ReadTables({}, [])
    for table in layout():
        if not table.is_derived:
            reader = _TableReader(table, folder)
            result.rows[table.name] = list(reader.rows())
            result.problems.extend(reader.problems)
    # A row with a fault is left out, so that the rows that name it would have findings, too.
    if not result.problems:
        for table in layout():
            if not table.is_derived:
                result.problems.extend(_broken_keys(table, result.rows))
    return result


def read_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a CSV file with the number of the line at which it begins.

    Raises OSError if it cannot be read, UnicodeDecodeError if it is not in UTF-8, and csv.Error if
    it is not CSV or too large. Spreadsheets of many countries separate the cells with semicolons.
    """
    raw = read_up_to(path, LARGEST_TABLE)
    if len(raw) > LARGEST_TABLE:
        raise csv.Error(f"it is larger than {LARGEST_TABLE // 1024 // 1024} MB")
    text = raw.decode("utf-8-sig")
    separator, has_name = separator_of(text), names_separator(text)
    # Before the cells of the first row are made; in a name there is no separator or line break.
    start = text.find("\n") + 1 if has_name else 0
    if text.count(separator, start, text.find("\n", start) + 1 or len(text)) >= MOST_COLUMNS:
        raise csv.Error(f"it has more than {MOST_COLUMNS:,} columns")
    rows = numbered_rows(text, separator, longest=LARGEST_FILE, is_strict=True)
    if has_name:
        next(rows)
    yield from rows


class _TableReader:
    """Reads the file of one table."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._folder = folder
        self._path = folder / table.file_name
        self._name = show_path(self._path)

    def rows(self) -> Iterator[ReadRow]:
        """Yield the rows without a fault; the others are among the problems."""
        if leads_out(self._path, self._folder):
            self._refuse(1, 1, Code.UNREADABLE, "it is a link that leads out of the release")
            return
        try:
            yield from self._read()
        except UnicodeDecodeError:
            hint = "save it as CSV in UTF-8"
            self._refuse(1, 1, Code.NOT_UTF8, "the table is not in UTF-8", hint)
        except csv.Error as error:
            self._refuse(1, 1, Code.UNREADABLE, f"the table cannot be read: {error}")
        except OSError as error:
            hint = f"a release has a file {self._table.file_name}, even if it has no rows"
            message = f"the table cannot be read: {error.strerror}"
            self._refuse(1, 1, Code.UNREADABLE, message, hint)

    def _read(self) -> Iterator[ReadRow]:
        lines = read_lines(self._path)
        header = next(lines, (1, []))[1]
        if not self._check_header(header):
            return
        numbers = {name: number for number, name in enumerate(header, 1)}
        for count, (line, texts) in enumerate(lines, 1):
            if len(self.problems) > MOST_FINDINGS:
                return
            if count > MOST_ROWS:
                self._refuse(line, 1, Code.TOO_LARGE, f"the table has more than {MOST_ROWS:,} rows")
                return
            if len(texts) != len(header):
                message = (
                    f"the row has {counted(len(texts), 'cell')}, the first row has {len(header)}"
                )
                self._refuse(line, 1, Code.WRONG_COUNT, message)
                continue
            cells = self._cells(line, dict(zip(header, texts, strict=True)), numbers)
            if cells is not None:
                yield ReadRow(cells, self._name, line, numbers)

    def _check_header(self, header: Sequence[str]) -> bool:
        """Return whether the first row has the names of the columns, each once."""
        names = [column.name for column in self._table.columns]
        hint = f"the columns are: {', '.join(names)}"
        if len(header) == 1 and header[0] not in names:
            hint = "save the file with commas between the cells"
        known: set[str] = set()
        for number, name in enumerate(header, 1):
            if name not in names:
                match = near(name, names)
                guess = f'did you mean "{match}"? ' if match else ""
                message = f'there is no column "{name}"'
                self._refuse(1, number, Code.UNKNOWN_KEY, message, f"{guess}{hint}")
            elif name in known:
                message = f'the column "{name}" is there twice'
                self._refuse(1, number, Code.DUPLICATE_KEY, message)
            known.add(name)
        for name in names:
            if name not in header:
                self._refuse(1, 1, Code.MISSING_KEY, f'the column "{name}" is missing', hint)
        return not self.problems

    def _cells(
        self, line: int, texts: Mapping[str, str], numbers: Mapping[str, int]
    ) -> Cells | None:
        """Return the values of a row, or None if one of them has a fault."""
        before = len(self.problems)
        cells: Cells = {}
        for column in self._table.columns:
            place = Place(self._name, line, numbers[column.name])
            cells[column.name] = self._value(column, texts[column.name], place)
        return cells if len(self.problems) == before else None

    def _value(self, column: Column, text: str, place: Place) -> Value:
        if not text:
            if column.is_required:
                message = f"the cell of {column.name} is empty"
                self.problems.append(place.problem(Code.MISSING_KEY, message, column.description))
            return () if column.separator else None
        if control := next(filter(is_control, text), ""):
            message = f"the cell contains the control character U+{ord(control):04X}"
            self.problems.append(place.problem(Code.CONTROL_CHARACTER, message, "delete it"))
        if column.separator:
            items = tuple(text.split(column.separator))
            if not all(items):
                message = f"an item of {column.name} is empty"
                self.problems.append(place.problem(Code.WRONG_FORM, message))
            return items
        if column.datatype == "boolean":
            return self._typed(_BOOLEANS.get(text.casefold()), "true or false", text, place)
        if column.datatype == "integer":
            number = int(text) if _INTEGER.fullmatch(text) else None
            return self._typed(number, "a whole number", text, place)
        return text

    def _typed(self, value: Value, kind: str, text: str, place: Place) -> Value:
        if value is None:
            message = f'"{text[:40]}" is not {kind}'
            self.problems.append(place.problem(Code.WRONG_TYPE, message))
        return value

    def _refuse(self, line: int, column: int, code: Code, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self._name, line, column, code, message, hint))


def _broken_keys(table: Table, rows: Mapping[str, list[ReadRow]]) -> Iterator[Problem]:
    """Yield the findings about ids that are taken, and about rows that name no row."""
    first_lines: dict[str, int] = {}
    for row in rows[table.name]:
        line = first_lines.setdefault(row.text("id"), row.line)
        if line != row.line:
            message = f'"{row.text("id")}" is already the id of the row in line {line}'
            yield row.place().problem(Code.ID_TAKEN, message, "choose another id")
    for key in table.foreign_keys:
        if key.table in rows:
            ids = {row.text("id") for row in rows[key.table]}
            for column in key.columns:
                yield from _dangling(rows[table.name], column, key.table, ids)


def _dangling(rows: Sequence[ReadRow], column: str, table: str, ids: set[str]) -> Iterator[Problem]:
    count = 0
    for row in rows:
        value = row.cells[column]
        for name in value if isinstance(value, tuple) else (value,) if value else ():
            if name not in ids:
                count += 1
                if count > MOST_FINDINGS:
                    return
                match = near(str(name), ids - {row.text("id")}) if count <= 10 else ""
                hint = f'did you mean "{match}"?' if match else f"add a row for it to {table}.csv"
                message = f'{table}.csv has no row "{name}"'
                yield row.place(column).problem(Code.VERSION_UNKNOWN, message, hint)
