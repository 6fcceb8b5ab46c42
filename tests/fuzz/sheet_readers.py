"""Properties of the readers of coding forms and surveys: cells have findings, or make files."""

from __future__ import annotations

import csv
import io
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz.packages import SEPARATOR, new_parts, package, parts_of, seed
from fuzz.readers import CONTROLS, corpus
from fuzz.trees import ROOT
from npcompare.coding.form_sheets import coding_form
from npcompare.coding.survey import read_survey
from npcompare.coding.workbook_entries import read_entries, sheets_of_form
from npcompare.coding.workbook_import import Imported, imported
from npcompare.errors import NpcompareError, Problem, ProblemsError, refusals
from npcompare.formats.excel_form import write_form
from npcompare.law.yaml_reader import YamlFile
from npcompare.readers.csv_reader import read_csv
from npcompare.readers.spreadsheets import read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from npcompare.coding.workbook_entries import ReadForm
    from npcompare.form import Form
    from npcompare.model.codebook import Codebook
    from npcompare.readers.sheet_cells import SheetCell, SheetFile

#: Provisions that together have most of what a form can have.
_PROVISIONS = ("gambia", "us-vacatur-broad")

_MAPPING = "mapping.yaml"

#: The sheets of a form that explain it.
_NOT_FILLED_IN = ("How to use", "Codebook")

#: The parts of a workbook that bytes may replace, in their order.
WORKBOOK_PARTS = (
    *(f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 4, 5, 6)),
    *("xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
    "[Content_Types].xml",
)


@cache
def _form() -> Form:
    files = {file.header.id: file.data() for file in corpus().files}
    provisions = [files[name] for name in _PROVISIONS]
    documents = {
        name: corpus().documents[name] for name in ("paper",) if name in corpus().documents
    }
    return coding_form(corpus().codebook, documents or corpus().documents, provisions)


@cache
def workbook_sample() -> dict[str, bytes]:
    """Return the parts of a filled form."""
    return parts_of(write_form(_form()))


@cache
def _csv_sheets() -> dict[str, bytes]:
    """Return the sheets of a filled form as separated values, by the name of their file."""
    return {f"{sheet.name}.csv": _csv(sheet.rows) for sheet in sheets_of_form(_form()).sheets[1:-2]}


def separated_sheets(form: Form) -> list[SheetFile]:
    """Return the sheets of a form that are filled in, each saved as separated values and read."""
    sheets = sheets_of_form(form).sheets
    return [
        read_csv(_csv(sheet.rows), f"{sheet.name}.csv")
        for sheet in sheets
        if sheet.name not in _NOT_FILLED_IN
    ]


def _csv(rows: dict[int, dict[int, SheetCell]]) -> bytes:
    stream = io.StringIO(newline="")
    width = max(max(cells, default=0) for cells in rows.values())
    csv.writer(stream).writerows(
        [cells[column].text if column in cells else "" for column in range(1, width + 1)]
        for cells in rows.values()
    )
    return stream.getvalue().encode()


def workbook(raw: bytes) -> None:
    """Assert that a workbook, or the sample with other parts, is imported or has findings."""
    content = package(raw, workbook_sample(), WORKBOOK_PARTS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(content)
        _check([lambda: read_spreadsheet(path)], lambda sheets: read_entries(sheets, _book()))


def separated(raw: bytes) -> None:
    """Assert that sheets of separated values are imported or have findings."""
    names = tuple(_csv_sheets())
    contents = new_parts(raw, names)
    readers = [
        lambda name=name, content=content: read_csv(content, name)
        for name, content in contents.items()
    ]
    _check(readers, lambda sheets: read_entries(sheets, _book()))


def survey(raw: bytes) -> None:
    """Assert that a survey with its mapping is imported or has findings."""
    mapping, _, table = raw.partition(SEPARATOR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _MAPPING
        path.write_bytes(mapping)
        _check(
            [lambda: read_csv(table, "survey.csv")],
            lambda sheets: read_survey(sheets, path, _book()),
        )


def _book() -> Codebook:
    return corpus().codebook


def _check(
    readers: Iterable[Callable[[], SheetFile]], read: Callable[[list[SheetFile]], ReadForm]
) -> None:
    """Assert that sheets are refused, have findings at their cells, or become sound files."""
    try:
        sheets = [reader() for reader in readers]
        if not sheets:
            return
        form = read(sheets)
    except ProblemsError as error:
        assert error.problems
        return
    except NpcompareError:
        return
    places = {(file.path, sheet.name): sheet.rows for file in sheets for sheet in file.sheets}
    try:
        result = imported(form, corpus(), None, sheets)
    except ProblemsError as error:
        assert refusals(error.problems)
        _check_places(error.problems, places)
    except NpcompareError:
        return
    else:
        _check_places(result.warnings, places)
        check_files(result)


def _check_places(
    problems: Iterable[Problem], places: dict[tuple[str, str], dict[int, dict[int, SheetCell]]]
) -> None:
    """Assert that every finding is at a row of a sheet, and can be printed."""
    for problem in problems:
        if not problem.path.endswith(_MAPPING):
            rows = places[problem.path, problem.sheet]
            assert 1 <= problem.line <= max(rows, default=1), problem
            assert 1 <= problem.column <= 16_384, problem
        assert not CONTROLS.search(str(problem)), problem
        problem.hint.encode()


def check_files(result: Imported) -> None:
    """Assert that the files that an import makes are read again without a finding."""
    for path, text in result.files.items():
        file = YamlFile(path, path.name, text.encode())
        assert file.problems == [], (path, file.problems)


# --- What the searches begin with ----------------------------------------------------------------


def workbook_seeds() -> list[bytes]:
    """Return each part of a filled form alone."""
    parts = workbook_sample()
    return [seed({name: parts[name]}, WORKBOOK_PARTS) for name in WORKBOOK_PARTS]


def separated_seeds() -> list[bytes]:
    """Return the sheets of a filled form."""
    return [seed(_csv_sheets(), tuple(_csv_sheets()))]


def survey_seeds() -> list[bytes]:
    """Return a survey with its mapping."""
    folder = ROOT / "tests" / "surveys"
    mapping = (folder / "vacatur-mapping.yaml").read_bytes()
    return [b"# mapping\n" + mapping + SEPARATOR + (folder / "vacatur.csv").read_bytes()]
