"""Sheets from files with separated values, as Excel, LibreOffice, R and pandas write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.readers.plain_text import decoded
from npcompare.readers.sheet_cells import Sheet, SheetCell, SheetFile

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The most cells of a file, empty ones included.
_MOST_CELLS = 500_000

#: The most characters of a value.
LONGEST_VALUE = 131_072

#: What separates values: a semicolon where a comma is the decimal sign, and a tab after copying.
_SEPARATORS = ",;\t"

#: A first line that tells Excel what separates the values.
_NAMED_SEPARATOR = re.compile(r"\"?sep=([^\w\"\s]|\t)\"?(?=[\r\n]|\Z)", re.IGNORECASE)

_LINES = re.compile(r"[^\r\n]+")

#: What to do about wrong quotation marks; read leniently, they join rows or lose words.
_QUOTATION_HINT = (
    "write a quotation mark within a value twice, and the whole value in quotation marks; Excel "
    "and LibreOffice do so when they save the file"
)


def read_csv(content: bytes, path: str) -> SheetFile:
    """Return a file with separated values as one sheet; a row is the line at which it begins.

    Raises NpcompareError if it is not a text, or too large.
    """
    import csv

    text, encoding = decoded(content, path)
    if "\0" in text:
        raise NpcompareError(f"{path} is not a text: it contains control characters")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    first_line = 1 + names_separator(text)
    rows: dict[int, dict[int, SheetCell]] = {}
    count = line = 0
    try:
        for line, values in numbered_rows(text, separator, is_strict=True):
            count += len(values)
            if count > _MOST_CELLS:
                raise NpcompareError(f"{path} has more than {_MOST_CELLS:,} cells")
            cells = {number: SheetCell(value) for number, value in enumerate(values, 1) if value}
            if cells and line >= first_line:
                rows[line] = cells
    except csv.Error as error:
        after = f" after the row in line {line}" if line else ""
        fault = _wrong_quotation(str(error))
        message = f"{path} cannot be read as separated values{after}: {fault or error}"
        raise NpcompareError(message, _QUOTATION_HINT if fault else "") from error
    notes = (f"{path} is not in UTF-8; it was read as {encoding}",) if encoding else ()
    return SheetFile(path, (Sheet("", rows),), notes)


def _wrong_quotation(message: str) -> str:
    """Return what is wrong with quotation marks, for a message of the library; else nothing."""
    if message == "unexpected end of data":
        return "a quotation mark is opened and never closed"
    return "there is text after a value in quotation marks" if "expected after" in message else ""


def numbered_rows(
    text: str, separator: str = ",", *, longest: int = LONGEST_VALUE, is_strict: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of the line at which it begins.

    Raises csv.Error if a value has more than `longest` characters or, with `is_strict`, if the
    quotation marks are wrong.
    """
    import csv
    import io

    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=is_strict)
    line = 1
    while True:
        # The limit is that of the process, where others may read files at the same time.
        limit_of_process = csv.field_size_limit(longest)
        try:
            values = next(reader, None)
        finally:
            csv.field_size_limit(limit_of_process)
        if values is None:
            return
        yield line, values
        line = reader.line_num + 1


def separator_of(text: str) -> str:
    """Return what separates the values: what the first line names, or what it has most of."""
    if match := _NAMED_SEPARATOR.match(text):
        return match[1]
    lines = (match[0] for match in _LINES.finditer(text))
    first_line = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=first_line.count)


def names_separator(text: str) -> bool:
    """Return whether the first line only names the separator for Excel."""
    return bool(_NAMED_SEPARATOR.match(text))
