"""Spreadsheets: which reader reads a file, by its content; others are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.files import read_bytes, show_path
from npcompare.readers.document_kinds import document_kind

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.readers.sheet_cells import SheetFile

#: No workbook of codings is this large.
_LARGEST = 16 * 1024**2

#: The endings of the files that are read.
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
SHEET_SUFFIXES = (*WORKBOOK_SUFFIXES, ".csv")

_SAVE_IN_EXCEL = "open it in Excel and save it as .xlsx: File, Save As, Excel Workbook (*.xlsx)"
_HINTS = {
    "an old Excel workbook (.xls)": _SAVE_IN_EXCEL,
    "an encrypted document": (
        "open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with "
        "Password), save it and try again"
    ),
    "an OpenDocument spreadsheet": (
        "open it in LibreOffice and save it as .xlsx: File, Save As, Excel 2007-365 (.xlsx)"
    ),
    "a binary Excel workbook (.xlsb)": _SAVE_IN_EXCEL,
    "a Numbers spreadsheet": "open it in Numbers and choose File, Export To, Excel",
}
_OTHERWISE = "save it as an Excel workbook (.xlsx) or as separated values (.csv)"


def read_spreadsheet(path: Path) -> SheetFile:
    """Return the sheets of a file; raise NpcompareError if it cannot be read."""
    name = show_path(path)
    content = read_bytes(path, _LARGEST, name)
    kind = _kind(content, name)
    if kind == "an Excel workbook":
        from npcompare.readers.xlsx_reader import read_xlsx

        return read_xlsx(content, name)
    if kind == "a plain text":
        from npcompare.readers.csv_reader import read_csv

        if not content.strip():
            raise NpcompareError(f"{name} is empty")
        return read_csv(content, name)
    raise NpcompareError(f"{name} is {kind} and cannot be read", _HINTS.get(kind, _OTHERWISE))


def _kind(content: bytes, name: str) -> str:
    kind = document_kind(content, name)
    if kind not in ("an Excel workbook", "a zip archive"):
        return kind
    from npcompare.readers.zip_package import ZipPackage

    package = ZipPackage(content, name)
    if "xl/workbook.bin" in package:
        return "a binary Excel workbook (.xlsb)"
    if any(part.casefold().startswith("index/") for part in package.names()):
        return "a Numbers spreadsheet"
    return kind
