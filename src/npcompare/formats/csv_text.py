"""CSV: one table with one value in each cell, and a second file that describes its columns."""

from __future__ import annotations

import csv
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from npcompare.document import SEPARATORS
from npcompare.formats import json_text
from npcompare.formats.plain import plain_text
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Document

#: The start of a text that a spreadsheet would read as a formula. Some countries' spreadsheets take
#: a semicolon or a tab for the end of a cell, even between quotation marks.
_FORMULA = re.compile(r"(?:^|(?<=[;\t]))(?=\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")


def write(document: Document) -> Iterator[str]:
    """Yield the flat table as CSV; what looks like a formula is prefixed with '."""
    buffer = _Buffer()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_heading(column.key) for column in document.flat.columns])
    for row in document.flat.rows:
        writer.writerow([_without_formula(plain_text(cell)) for cell in row])
        yield from buffer.drain()
    yield from buffer.drain()


class _Buffer:
    """Collects what the csv module writes, so that it can be yielded."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def write(self, text: str) -> None:
        self._lines.append(text)

    def drain(self) -> list[str]:
        """Return the lines written since the last call."""
        lines, self._lines = self._lines, []
        return lines


def describe(document: Document, name: str) -> tuple[str, str]:
    """Return the ending and the text of the CSVW metadata of a CSV file with that name."""
    metadata = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": quote(os.fsencode(name)),
        "dc:title": document.title,
        "dc:provenance": document.provenance,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {
                    "name": re.sub(r"\W", "_", column.key, flags=re.ASCII),
                    "titles": _heading(column.key),
                    "datatype": "string",
                }
                | ({"separator": SEPARATORS[column.role]} if column.role in SEPARATORS else {})
                for column in document.flat.columns
            ]
        },
    }
    return "-metadata.json", f"{json_text.format_json(metadata)}\n"


def _heading(key: str) -> str:
    return _without_formula(visible(key))


def _without_formula(text: str) -> str:
    return _FORMULA.sub("'", text)
