"""Coding forms as a coder fills them in: quickly, as sheets in memory, or with another program."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import openpyxl
from bundled import CODEBOOK, CORPUS
from openpyxl.cell.cell import MergedCell

from npcompare.coding.form_sheets import coding_form
from npcompare.coding.workbook_entries import read_entries, sheets_of_form
from npcompare.coding.workbook_import import imported
from npcompare.errors import ProblemsError
from npcompare.formats.excel_form import write_form
from npcompare.readers.sheet_cells import SheetCell

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

    from npcompare.form import Form
    from npcompare.readers.sheet_cells import Sheet, SheetFile

    Edit = Callable[[SheetFile], Any]

FILES = {file.header.id: file for file in CORPUS.files}


def data_of(*ids: str) -> list[dict[str, Any]]:
    return [FILES[name].data() for name in ids]


@cache
def form_of(*ids: str) -> Form:
    return coding_form(CODEBOOK, CORPUS.documents, data_of(*ids))


def sheets_of(*ids: str) -> SheetFile:
    """Return the form of bundled provisions, which can be edited."""
    return msgspec.structs.replace(sheets_of_form(form_of(*ids)), path="form.xlsx")


def workbook_of(*ids: str) -> Workbook:
    """Return the form of bundled provisions as another program opens it."""
    return openpyxl.load_workbook(io.BytesIO(write_form(form_of(*ids))))


def cell_of(book: Workbook, sheet: str, heading: str, row: int = 2) -> Cell:
    """Return the cell below a heading."""
    headings = [cell.value for cell in book[sheet][1]]
    cell = book[sheet].cell(row, headings.index(heading) + 1)
    assert not isinstance(cell, MergedCell)
    return cell


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def named(sheets: SheetFile, name: str) -> Sheet:
    return next(sheet for sheet in sheets.sheets if sheet.name == name)


def column_of(sheet: Sheet, heading: str) -> int:
    return next(number for number, cell in sheet.rows[1].items() if cell.text == heading)


def put(sheet: str, heading: str, value: str | SheetCell, row: int = 2) -> Edit:
    """Return an edit that writes into a cell, or empties it."""

    def edit(sheets: SheetFile) -> None:
        cells = named(sheets, sheet).rows.setdefault(row, {})
        cell = SheetCell(value) if isinstance(value, str) else value
        column = column_of(named(sheets, sheet), heading)
        cells.pop(column, None)
        if value != "":
            cells[column] = cell

    return edit


def findings(*ids: str, edits: list[Edit]) -> list[str]:
    """Return the findings about an edited form, as they are printed, without the path."""
    sheets = sheets_of(*ids)
    for edit in edits:
        edit(sheets)
    try:
        form = read_entries([sheets], CODEBOOK)
        problems = imported(form, CORPUS, None, [sheets]).warnings
    except ProblemsError as error:
        problems = error.problems
    return [str(problem).removeprefix("form.xlsx:") for problem in problems]


def changed(sheets: SheetFile) -> dict[str, Any]:
    """Return the data of provisions in an edited form, by id, without findings."""
    read = read_entries([sheets], CODEBOOK)
    assert read.problems == []
    return {entry.id: entry.data for entry in read.entries}
