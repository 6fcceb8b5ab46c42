"""From the tables of a filled form to the data of provisions, with the cell of each value.

The data are what a YAML file would contain, so that they are checked as such. Findings of this
module are about rows that belong to no provision, or twice to the same place.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct, field

from npcompare.coding.form_cells import spellings, to_value
from npcompare.coding.form_columns import LISTS, ROW_SOURCE
from npcompare.coding.form_help import vocabularies
from npcompare.coding.form_tables import MOST_HINTS, FormRow, FoundTables, Place, find_tables
from npcompare.coding.sheet_columns import Kind
from npcompare.coding.spelling import Spelling, respell
from npcompare.errors import Code, NpcompareError
from npcompare.file_names import check_name
from npcompare.law.folders import fault_of_file_name
from npcompare.readers.sheet_cells import Sheet, SheetCell, SheetFile
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.sheet_columns import Group, SheetColumn
    from npcompare.errors import Problem
    from npcompare.form import Form
    from npcompare.law.yaml_reader import Pointer
    from npcompare.model.codebook import Codebook


class Entry(Struct):
    """A provision or a bibliography as cells have it, and the cell of each value."""

    id: str
    data: dict[str, Any]
    places: dict[Pointer, Place] = field(default_factory=dict)


class ReadForm(NamedTuple):
    """What the sheets of a form contain."""

    entries: list[Entry]
    bibliography: Entry
    problems: list[Problem]
    #: What a user should know about columns and sheets that were not read.
    notes: list[str]


def read_entries(files: Sequence[SheetFile], codebook: Codebook) -> ReadForm:
    """Return the data in the sheets of a form; raise NpcompareError if it is not a form."""
    return entries_of(find_tables(files), codebook, ", ".join(file.path for file in files))


def entries_of(tables: FoundTables, codebook: Codebook, path: str) -> ReadForm:
    """Return the data in the tables of a form; raise NpcompareError if it has no provisions."""
    reader = _Reader(tables, codebook, path)
    return ReadForm(list(reader.entries()), reader.bibliography(), reader.problems, reader.notes)


def sheets_of_form(form: Form) -> SheetFile:
    """Return a form as it would be read."""
    sheets = []
    for sheet in form.sheets:
        lines = [tuple(column.heading for column in sheet.columns), *sheet.rows]
        rows = {
            number: {column: SheetCell(text) for column, text in enumerate(line, 1) if text}
            for number, line in enumerate(lines, 1)
        }
        sheets.append(Sheet(sheet.name, rows))
    return SheetFile("form", tuple(sheets))


class _Reader:
    """Reads the tables of a form."""

    def __init__(self, tables: FoundTables, codebook: Codebook, path: str) -> None:
        self.problems, self.notes = list(tables.problems), tables.notes
        self._tables = tables.tables
        if "Provisions" not in self._tables:
            raise NpcompareError(
                f"{path} has no sheet with the columns Provision and Jurisdiction",
                "`npcompare form -o coding.xlsx` makes a workbook with all sheets; for another "
                "table, describe its columns in a file and add --mapping FILE",
            )
        self._words = {name: spellings(words) for name, words in vocabularies(codebook).items()}
        # The classes of all dimensions are words of the same column.
        self._words[""] = {}

    @cached_property
    def _facts(self) -> dict[str, FormRow]:
        """The rows of the provisions by id."""
        rows: dict[str, FormRow] = {}
        for row in self._rows("Provisions"):
            name = row.text("Provision")
            if not name:
                self._refuse(row, Code.MISSING_KEY, "the row has no id of a provision")
            elif name in rows:
                self._refuse(row, Code.ID_TAKEN, f'"{name}" is the id of a row above')
            else:
                if fault := fault_of_name(name):
                    self._refuse(row, Code.WRONG_FORM, fault, "choose another id")
                rows[name] = row
        return rows

    def _rows(self, table: str) -> list[FormRow]:
        return self._tables[table].rows if table in self._tables else []

    def _refuse(self, row: FormRow, code: Code, message: str, hint: str = "") -> None:
        self.problems.append(row.cell("Provision").problem(code, message, hint))

    def _by_provision(self, table: str) -> dict[str, list[FormRow]]:
        """Return the rows of a table by provision, in the order of their numbers."""
        rows: dict[str, list[FormRow]] = {}
        unknown: set[str] = set()
        for row in self._rows(table):
            name = row.text("Provision")
            if not name:
                self._refuse(row, Code.MISSING_KEY, "the row has no id of a provision")
            elif name not in self._facts:
                unknown.add(name)
                match = near(name, self._facts) if len(unknown) <= MOST_HINTS else ""
                hint = f'did you mean "{match}"?' if match else "add a row for it there"
                message = f'the sheet “Provisions” has no provision "{name}"'
                self._refuse(row, Code.VERSION_UNKNOWN, message, hint)
            else:
                rows.setdefault(name, []).append(row)
        return {name: list(self._in_order(group)) for name, group in rows.items()}

    def _in_order(self, rows: Sequence[FormRow]) -> Iterable[FormRow]:
        """Return rows by their numbers; one without a number follows the row above it."""
        numbers: dict[int, FormRow] = {}
        last = 0
        for row in rows:
            column = next((column for column in row.texts if column.kind is Kind.NUMBER), None)
            text = row.texts[column] if column else str(last + 1)
            if column and not (text.isdecimal() and 0 < len(text) < 7):
                message = f'"{text}" is not a number of a row'
                self.problems.append(row.places[column].problem(Code.WRONG_TYPE, message))
                text = str(last + 1)
            last = int(text)
            if last in numbers:
                place = row.places[column] if column else row.place
                message = (
                    f"number {last} of this provision is in row {numbers[last].place.row}, too"
                )
                self.problems.append(place.problem(Code.ID_TAKEN, message, "write the next number"))
                last = max(numbers) + 1
            numbers[last] = row
        return [row for _, row in sorted(numbers.items())]

    # --- Provisions -----------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        """Yield the provisions in the order of their rows."""
        items = {table.layout.key: self._by_provision(name) for name, table in self._lists()}
        texts = self._by_provision("Texts")
        for name, row in self._facts.items():
            entry = Entry(name, {}, {(): row.cell("Provision")})
            self._fill(entry, (), row)
            self._add_text(entry, texts.get(name, []))
            for key, rows in items.items():
                for index, item in enumerate(rows.get(name, [])):
                    entry.data.setdefault(key, []).append({})
                    entry.places.setdefault((key,), item.place)
                    self._fill(entry, (key, index), item)
            entry.data = respell(entry.data, self._spellings.get(name, []))
            yield entry

    def _lists(self) -> list[tuple[str, Any]]:
        names = ("Coding", *(layout.name for layout in LISTS))
        return [(name, self._tables[name]) for name in names if name in self._tables]

    def _add_text(self, entry: Entry, rows: Sequence[FormRow]) -> None:
        """Add the text of a provision, or a list of its versions if it has several rows."""
        texts: list[dict[str, Any]] = [{} for _ in rows]
        is_list = len(rows) > 1 or any(map(_is_version, rows))
        if rows:
            entry.data["text"] = texts if is_list else texts[0]
            entry.places["text",] = rows[0].place
        for index, row in enumerate(rows):
            body = "".join(
                text
                for column, text in sorted(row.texts.items(), key=_number_of_text)
                if column.kind is Kind.BODY
            )
            facts = {
                column: text for column, text in row.texts.items() if column.kind is not Kind.BODY
            }
            pointer = ("text", index) if is_list else ("text",)
            self._fill(entry, pointer, FormRow(facts, row.places, row.place))
            if body.strip():
                texts[index]["body"] = body

    def _fill(self, entry: Entry, start: Pointer, row: FormRow) -> None:
        """Fill a mapping from the cells of a row that are not columns of coded values."""
        target = entry.data
        for part in start:
            target = target[part]  # type: ignore[index]
        entry.places[start] = row.place
        groups: dict[Group, dict[SheetColumn, str]] = {}
        for column, place in row.places.items():
            text = row.texts.get(column, "")
            if column.group:
                groups.setdefault(column.group, {}).update({column: text} if text else {})
            elif column.pointer:
                _put_place(entry, start, column, place)
                if text:
                    _put(target, column.pointer, self._value(column, text))
                elif column.is_nullable:
                    _put(target, column.pointer, None)
        if not start:
            target["instrument"] = target.get("instrument")
        self._fill_groups(entry, start, row, groups)

    def _fill_groups(
        self,
        entry: Entry,
        start: Pointer,
        row: FormRow,
        groups: Mapping[Group, Mapping[SheetColumn, str]],
    ) -> None:
        """Fill in the coded values, each from its group of columns."""
        by_field: dict[str, list[Group]] = {}
        for group in sorted(groups, key=lambda group: group.number):
            if groups[group]:
                by_field.setdefault(group.field, []).append(group)
        target = entry.data
        for part in start:
            target = target[part]  # type: ignore[index]
        for name, of_field in by_field.items():
            values = [self._coded(groups[group], row) for group in of_field]
            target[name] = values[0] if len(values) == 1 else values
            for index, group in enumerate(of_field):
                place = (*start, name) if len(of_field) == 1 else (*start, name, index)
                _put_group_places(entry, place, group, row)
            entry.places.setdefault(
                (*start, name), entry.places[*start, name, 0] if len(of_field) > 1 else row.place
            )

    def _coded(self, texts: Mapping[SheetColumn, str], row: FormRow) -> dict[str, Any]:
        """Return the mapping of one coded value."""
        coded: dict[str, Any] = {}
        for column, text in texts.items():
            value, pointer = self._value(column, text), column.pointer
            if column.kind is Kind.CODED and isinstance(value, list):
                is_one = len(value) == 1
                pointer = (*pointer[:-1], "value" if is_one else "values")
                value = value[0] if is_one else value
            _put(coded, pointer, value)
        if not {"evidence", "source"} & set(coded) and (text := row.text(ROW_SOURCE)):
            coded["source"] = to_value(Kind.CITATION, text, {})
        return coded

    def _value(self, column: SheetColumn, text: str) -> Any:
        return to_value(column.kind, text, self._words.get(column.vocabulary, {}))

    @cached_property
    def _spellings(self) -> dict[str, list[Spelling]]:
        """The spellings of the files by provision; a row that is damaged has none."""
        by_provision: dict[str, list[Spelling]] = {}
        for row in self._rows("Spelling"):
            texts = [text for column, text in row.texts.items() if column.kind is Kind.BODY]
            try:
                place, read, original = map(msgspec.json.decode, texts)
                spelling = msgspec.convert(
                    {"place": place, "read": read, "original": original}, Spelling
                )
            except (msgspec.MsgspecError, ValueError, RecursionError):
                continue
            by_provision.setdefault(row.text("Provision"), []).append(spelling)
        return by_provision

    # --- The bibliography -----------------------------------------------------------------

    def bibliography(self) -> Entry:
        """Return the documents."""
        entry = Entry("", {})
        for row in self._rows("Bibliography"):
            name = row.text("Document")
            if not name or name in entry.data:
                message = f'"{name}" is the id of a row above' if name else "the row has no id"
                code = Code.ID_TAKEN if name else Code.MISSING_KEY
                self.problems.append(row.cell("Document").problem(code, message))
                continue
            entry.places.setdefault((), row.place)
            entry.data[name] = {}
            self._fill_document(entry, name, row)
        return entry

    def _fill_document(self, entry: Entry, name: str, row: FormRow) -> None:
        entry.places[name,] = row.cell("Document")
        for column, place in row.places.items():
            if column.pointer:
                entry.places[name, *column.pointer] = place
                if column in row.texts:
                    value = self._value(column, row.texts[column])
                    _put(entry.data[name], column.pointer, value)


def fault_of_name(name: str) -> str:
    """Return why the file of a provision cannot have its id as its name; empty if it can."""
    path = PurePath(f"{name}.yaml")
    if fault := fault_of_file_name(path.name):
        return fault
    try:
        check_name(path, on_windows=False)
    except NpcompareError as error:
        return error.message
    return ""


def _is_version(row: FormRow) -> bool:
    """Return whether a text has a status that only one of several versions has."""
    return row.text("Status of the text").casefold() in ("authentic", "official")


def _number_of_text(item: tuple[SheetColumn, str]) -> int:
    pointer = item[0].pointer
    return int(pointer[1]) if len(pointer) > 1 and pointer[0] == "body" else 1


def _put(target: dict[str, Any], pointer: Sequence[str], value: Any) -> None:
    """Put a value at a place in a mapping, with the mappings that lead to it."""
    *path, last = pointer
    for part in path:
        target = target.setdefault(part, {})
    target[last] = value


def _put_place(entry: Entry, start: Pointer, column: SheetColumn, place: Place) -> None:
    """Keep the cell of a value, and as that of the mappings above it if they have none yet."""
    for length in range(1, len(column.pointer)):
        entry.places.setdefault((*start, *column.pointer[:length]), place)
    entry.places[*start, *column.pointer] = place


def _put_group_places(entry: Entry, start: Pointer, group: Group, row: FormRow) -> None:
    for column, place in row.places.items():
        if column.group == group:
            entry.places.setdefault(start, place)
            _put_place(entry, start, column, place)
            if column.pointer[-1] == "value":
                entry.places[*start, *column.pointer[:-1], "values"] = place
