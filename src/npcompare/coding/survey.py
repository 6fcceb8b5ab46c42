"""Surveys of law: a table with a row for each jurisdiction and a column for each question.

A mapping says which field each question is about, and which word each answer means. With it, a
survey is turned into the tables of a coding form, so that it is read and checked as one; the cells
of findings are those of the survey.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.coding.form_cells import tidy
from npcompare.coding.form_columns import BIBLIOGRAPHY, FURTHER_TEXTS, ROW_SOURCE, sheets
from npcompare.coding.form_tables import (
    MOST_ROWS,
    FormRow,
    FormTable,
    FoundTables,
    Place,
    cells_without_heading,
    columns_of,
    fault_of_cell,
    headings_of,
    merged_cells,
)
from npcompare.coding.sheet_columns import Group, Kind
from npcompare.coding.workbook_entries import ReadForm, entries_of
from npcompare.errors import Code, NpcompareError, Problem, ProblemsError
from npcompare.law.json_schema import require_valid
from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.law.yaml_reader import read_yaml
from npcompare.model.codebook import FIELDS
from npcompare.readers.sheet_cells import SheetCell
from npcompare.text import foreign, near, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from npcompare.coding.sheet_columns import SheetColumn
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.readers.sheet_cells import Sheet, SheetFile

_BRACES = re.compile(r"\{([^{}]*)\}")
_NOT_IN_IDS = re.compile("[^a-z0-9]+")


def read_survey(files: Sequence[SheetFile], mapping: Path, codebook: Codebook) -> ReadForm:
    """Return the data that a survey has by its mapping.

    Raises ProblemsError if the mapping has findings, and NpcompareError if there is no such sheet.
    """
    if len(files) > 1:
        message = f"a survey is one table, and {len(files)} files were named"
        raise NpcompareError(message, "import one after the other, each with its mapping")
    file = read_yaml(mapping)
    require_valid(file, "mapping")
    path, sheet = _sheet(files[0], file.data.get("sheet", ""))
    if len(sheet.rows) > MOST_ROWS:
        raise NpcompareError(f"{path} has more than {MOST_ROWS:,} rows", "divide it")
    survey = _Survey(path, sheet, file)
    survey.check()
    tables = FoundTables(survey.tables(), survey.problems, survey.notes(files[0]))
    return entries_of(tables, codebook, path)


def _sheet(file: SheetFile, name: str) -> tuple[str, Sheet]:
    """Return the sheet with a name, or the first one that has rows, with the path of the file."""
    for sheet in file.sheets:
        if sheet.name == name or (not name and sheet.rows):
            return file.path, sheet
    raise NpcompareError(
        f'{file.path} has no sheet "{name}"' if name else f"{file.path} is empty",
        suggestion(name, "the sheets are", [sheet.name for sheet in file.sheets]),
    )


class _Text(NamedTuple):
    """A text made of cells, and the first of these."""

    text: str
    place: Place


class _Survey:
    """One sheet, read as its mapping says."""

    def __init__(self, path: str, sheet: Sheet, file: YamlFile) -> None:
        self.problems: list[Problem] = []
        self._path, self._sheet, self._file = path, sheet, file
        self._mapping: Mapping[str, Any] = file.data
        self._headings = headings_of(sheet)
        #: The column of each heading; the first one if several have it.
        self._numbers: dict[str, int] = {}
        for number, heading in self._headings.items():
            self._numbers.setdefault(heading, number)
        #: The cells that values are made of, and those of questions without an answer.
        self._read: set[tuple[int, str]] = set()
        self._unread: list[tuple[int, str]] = []

    # --- The mapping ----------------------------------------------------------------------

    def check(self) -> None:
        """Raise ProblemsError if the mapping names what does not exist, or one thing twice."""
        problems = [
            *self._unknown_columns(),
            *self._unknown_targets(),
            *self._contradictory_answers(),
            *self._unknown_facts_of_documents(),
            *self._uncertain_columns(),
        ]
        if problems:
            raise ProblemsError(tuple(sorted(problems)))

    def _templates(self) -> Iterator[tuple[Pointer, str]]:
        """Yield each text of the mapping that names columns in braces, with its place."""
        for key in ("id", "source"):
            if key in self._mapping:
                yield (key,), self._mapping[key]
        for heading, template in self._mapping["facts"].items():
            yield ("facts", heading), template
        for index, question in enumerate(self._mapping["questions"]):
            yield ("questions", index, "column"), "{" + question["column"] + "}"
            for key in ("words", "source", "note"):
                if key in question:
                    yield ("questions", index, key), question[key]

    def _unknown_columns(self) -> Iterator[Problem]:
        for pointer, template in self._templates():
            for heading in _BRACES.findall(template):
                if heading.strip() not in self._numbers:
                    match = near(heading, self._numbers)
                    hint = f'did you mean "{match}"?' if match else ""
                    message = f'{self._path} has no column "{heading}"'
                    yield self._file.problem(pointer, Code.UNKNOWN_KEY, message, hint)

    def _unknown_targets(self) -> Iterator[Problem]:
        headings = [column.heading for name in ("Provisions", "Texts") for column in _facts(name)]
        further = {column.heading for column in FURTHER_TEXTS}
        for heading in self._mapping["facts"]:
            if heading not in headings or heading == "Provision":
                message = f'"{heading}" is not a heading of the sheets Provisions and Texts'
                names = [known for known in headings if known not in further]
                hint = suggestion(heading, "the headings are", names)
                yield self._file.problem(
                    ("facts", heading), Code.UNKNOWN_KEY, message, hint, key=True
                )
        for index, question in enumerate(self._mapping["questions"]):
            if question["field"] not in FIELDS:
                message = f'"{question["field"]}" is not a coded field'
                hint = suggestion(question["field"], "the fields are", FIELDS)
                pointer = ("questions", index, "field")
                yield self._file.problem(pointer, Code.NOT_A_WORD, message, hint)

    def _contradictory_answers(self) -> Iterator[Problem]:
        """Yield a finding for each answer of a question that has two words; case is ignored."""
        for index, question in enumerate(self._mapping["questions"]):
            words: dict[str, str | None] = {}
            for answer, word in question["answers"].items():
                earlier = words.setdefault(answer.casefold(), word)
                if earlier != word:
                    message = f'the answer "{answer}" already means {earlier or "null"}'
                    hint = "upper and lower case are not distinguished: delete one of the two"
                    pointer = ("questions", index, "answers", answer)
                    yield self._file.problem(pointer, Code.DUPLICATE_KEY, message, hint, key=True)

    def _unknown_facts_of_documents(self) -> Iterator[Problem]:
        """Yield a finding for each fact of a document that a bibliography does not have."""
        names = [column.pointer[0] for column in BIBLIOGRAPHY.columns if column.pointer]
        for name, document in self._mapping.get("documents", {}).items():
            for key, value in document.items():
                pointer = ("documents", name, key)
                if key not in names:
                    message = f'a document has no "{key}"'
                    hint = suggestion(key, "a document may have", names)
                    yield self._file.problem(pointer, Code.UNKNOWN_KEY, message, hint, key=True)
                elif isinstance(value, dict | list):
                    message = f'"{key}" of a document must be text'
                    yield self._file.problem(pointer, Code.WRONG_TYPE, message)

    def _mapped_headings(self) -> set[str]:
        return {
            heading.strip()
            for _, template in self._templates()
            for heading in _BRACES.findall(template)
        }

    def _uncertain_columns(self) -> Iterator[Problem]:
        """Yield the findings about repeated headings, merged cells and cells without a heading."""
        mapped = self._mapped_headings()
        for number, heading in self._headings.items():
            if heading in mapped and self._numbers[heading] != number:
                message = f"a second column has the heading “{heading}”, which the mapping names"
                place = Place(self._path, self._sheet.name, next(iter(self._sheet.rows)), number)
                yield place.problem(Code.DUPLICATE_KEY, message, "give one another heading")
        columns = [self._numbers[heading] for heading in mapped if heading in self._numbers]
        yield from merged_cells(self._path, self._sheet, columns)
        end = max(self._headings, default=0) + 1
        yield from cells_without_heading(self._path, self._sheet, self._headings, end)

    def notes(self, file: SheetFile) -> list[str]:
        """Return what was not read, after what is to be known about the file."""
        mapped = self._mapped_headings()
        unused = [f"“{heading}”" for heading in self._numbers if heading not in mapped]
        other_sheets = [sheet for sheet in file.sheets if sheet.rows and sheet is not self._sheet]
        notes = [f"the sheet “{sheet.name}” of {file.path} was not read" for sheet in other_sheets]
        notes = [*file.notes, *notes, *self._unread_notes()]
        return notes + ([f"columns not in the mapping: {', '.join(unused)}"] if unused else [])

    def _unread_notes(self) -> Iterator[str]:
        """Yield the columns with words and notes of questions whose answer is coded as nothing."""
        rows: dict[str, list[int]] = {}
        for row, heading in self._unread:
            if (row, heading) not in self._read and row not in rows.setdefault(heading, []):
                rows[heading].append(row)
        for heading, numbers in rows.items():
            further = f" and {len(numbers) - 1} more" if numbers[1:] else ""
            yield (
                f"“{heading}” was not read in row {numbers[0]}{further}, because nothing is coded "
                "for the answer there"
            )

    # --- The tables -----------------------------------------------------------------------

    def tables(self) -> dict[str, FormTable]:
        """Return the tables of a form."""
        rows: dict[str, list[FormRow]] = {name: [] for name in ("Provisions", "Texts", "Coding")}
        names: set[str] = set()
        for number, cells in list(self._sheet.rows.items())[1:]:
            if not any(cell.text.strip() for cell in cells.values()):
                continue
            name = self._id(number, cells)
            coded = {table: _NewRow(table, name) for table in rows}
            for heading, template in self._mapping["facts"].items():
                table = "Texts" if heading.casefold() in columns_of("Texts") else "Provisions"
                kind = columns_of(table)[heading.casefold()].kind
                coded[table].put(heading, self._filled(template, number, cells, kind))
            if "source" in self._mapping:
                source = self._filled(self._mapping["source"], number, cells)
                coded["Coding"].put(ROW_SOURCE, source)
            self._answer(coded, number, cells)
            is_repeated = name.text in names
            names.add(name.text)
            for table, new_row in coded.items():
                if table == "Provisions" or not is_repeated:
                    rows[table].append(new_row.row())
        layouts = {layout.name: layout for layout in sheets()}
        tables = {name: FormTable(layouts[name], listed) for name, listed in rows.items()}
        return {**tables, BIBLIOGRAPHY.name: FormTable(BIBLIOGRAPHY, list(self._documents()))}

    def _place(self, row: int, heading: str = "") -> Place:
        column = self._numbers.get(heading.strip(), 1)
        return Place(self._path, self._sheet.name, row, column)

    def _id(self, row: int, cells: Mapping[int, SheetCell]) -> _Text:
        """Return the id of a row: lower-case letters and digits, with hyphens between words."""
        source_text = self._filled(self._mapping["id"], row, cells, Kind.DATE)
        name = _NOT_IN_IDS.sub("-", source_text.text.casefold()).strip("-")
        if foreign(source_text.text):
            message = f'"{source_text.text}" cannot be made into an id without guessing letters'
            hint = "add a column with ids, and name it under id in the mapping"
            self.problems.append(source_text.place.problem(Code.WRONG_FORM, message, hint))
        return _Text(name, source_text.place)

    def _filled(
        self, template: str, row: int, cells: Mapping[int, SheetCell], kind: Kind = Kind.TEXT
    ) -> _Text:
        """Return a text with the cells of a row in it; empty if one of these cells is."""
        headings = _BRACES.findall(template)
        values = {heading: self._text(heading, row, cells, kind) for heading in headings}
        place = self._place(row, headings[0] if headings else "")
        if not all(values.values()):
            return _Text("", place)
        return _Text(_BRACES.sub(lambda match: values[match[1]], template), place)

    def _text(self, heading: str, row: int, cells: Mapping[int, SheetCell], kind: Kind) -> str:
        """Return the text of a cell; a cell without a certain text is a finding."""
        cell = cells.get(self._numbers[heading.strip()], SheetCell(""))
        fault, hint = fault_of_cell(cell, kind)
        if fault:
            self.problems.append(self._place(row, heading).problem(Code.WRONG_TYPE, fault, hint))
        return "" if fault else tidy(Kind.TEXT, cell.text)

    def _answer(
        self, coded: Mapping[str, _NewRow], row: int, cells: Mapping[int, SheetCell]
    ) -> None:
        """Put the answers of a row into the columns of its fields."""
        counts: dict[str, int] = {}
        for question in self._mapping["questions"]:
            answer = self._filled("{" + question["column"] + "}", row, cells, Kind.DATE)
            words = self._words(question, answer)
            self._mark(question, row, cells, is_coded=bool(words))
            if not words:
                continue
            field, _, part = question["field"].partition(".")
            counts[field] = 1 if part else counts.get(field, 0) + 1
            heading = Group(field, counts[field]).heading
            target = coded["Provisions" if field in FIELDS_OF_PROVISION else "Coding"]
            if not target.has_column(heading):
                # A field with one value: another answer must be the same.
                heading = Group(field).heading
            suffix = "" if part in ("", "extent") else f": {part}"
            self._put(target, heading + suffix, _Text(", ".join(words), answer.place))
            for key, ending in _PROOF.items():
                if key in question:
                    text = self._filled(question[key], row, cells)
                    self._put(target, heading + ending, text)

    def _mark(
        self,
        question: Mapping[str, Any],
        row: int,
        cells: Mapping[int, SheetCell],
        *,
        is_coded: bool,
    ) -> None:
        """Keep whether the words and the note of a row belong to an answer that is coded."""
        for template in (question[key] for key in ("words", "note") if key in question):
            for heading in map(str.strip, _BRACES.findall(template)):
                cell = cells.get(self._numbers[heading])
                if is_coded:
                    self._read.add((row, heading))
                elif cell is not None and cell.text.strip():
                    self._unread.append((row, heading))

    def _put(self, target: _NewRow, heading: str, text: _Text) -> None:
        """Put a text into a column of a row; that something else is there is a finding."""
        if earlier := target.put(heading, text):
            message = f'“{heading}” of this row is already "{earlier}", and not "{text.text}"'
            hint = "it has one text a row: leave one out of the mapping, or map it to null"
            self.problems.append(text.place.problem(Code.CODING_CONFLICT, message, hint))

    def _words(self, question: Mapping[str, Any], answer: _Text) -> list[str]:
        """Return the words that an answer means; one that is not in the mapping is a finding."""
        by_answer = {text.casefold(): word for text, word in question["answers"].items()}
        parts = [answer.text]
        if "separator" in question and answer.text.casefold() not in by_answer:
            parts = answer.text.split(question["separator"])
        words = []
        for part in filter(None, (tidy(Kind.ID, part) for part in parts)):
            if part.casefold() in by_answer:
                words += [by_answer[part.casefold()]]
                continue
            message = f'the mapping has no answer "{part}" for this column'
            hint = "add it under its answers, with a word of the codebook, or null if none fits"
            self.problems.append(answer.place.problem(Code.NOT_A_WORD, message, hint))
        return [word for word in dict.fromkeys(words) if word]

    def _documents(self) -> Iterator[FormRow]:
        """Yield the documents of the mapping as rows of a bibliography."""
        columns = {column.pointer[:1]: column for column in BIBLIOGRAPHY.columns}
        for name, document in self._mapping.get("documents", {}).items():
            finding = self._file.problem(("documents", name), Code.UNKNOWN_KEY, "", key=True)
            place = Place(finding.path, "", finding.line, finding.column)
            texts = {columns[()]: name}
            for key, value in document.items():
                if (key,) in columns:
                    texts[columns[key,]] = str(value)
            yield FormRow(texts, dict.fromkeys(BIBLIOGRAPHY.columns, place), place)


#: The endings of the columns that prove a value, by the key of a question.
_PROOF = {"words": ": words of the law", "source": ": source", "note": ": note"}


def _facts(table: str) -> list[SheetColumn]:
    """Return the columns of a sheet that are not those of coded values."""
    return [column for column in columns_of(table).values() if not column.group]


class _NewRow:
    """A row of a form that is made from cells elsewhere."""

    def __init__(self, table: str, name: _Text) -> None:
        self._columns = columns_of(table)
        self._texts: dict[SheetColumn, str] = {}
        self._places = dict.fromkeys(_facts(table), name.place)
        self._place = name.place
        self.put("Provision", name)

    def has_column(self, heading: str) -> bool:
        """Return whether the row has a column with a heading."""
        return heading.casefold() in self._columns

    def put(self, heading: str, text: _Text) -> str:
        """Put a text into the column with a heading, and return what is kept there instead of it.

        A list of words gets those that it lacks.
        """
        column = self._columns[heading.casefold()]
        tidied, earlier = tidy(column.kind, text.text), self._texts.get(column, "")
        if earlier and column.kind is Kind.WORDS:
            words = dict.fromkeys([*earlier.split(", "), *tidied.split(", ")])
            tidied, earlier = ", ".join(filter(None, words)), ""
        if earlier:
            return earlier if tidied not in ("", earlier) else ""
        self._places[column] = text.place
        for neighbour in self._columns.values():
            if column.group and neighbour.group == column.group:
                self._places.setdefault(neighbour, text.place)
        if tidied:
            self._texts[column] = tidied
        return ""

    def row(self) -> FormRow:
        """Return the row."""
        return FormRow(self._texts, self._places, self._place)
