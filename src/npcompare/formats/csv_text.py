"""CSV: one table, a value a cell, and beside it what its columns are."""

from __future__ import annotations

import csv
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from npcompare.formats import json_text
from npcompare.formats.plain import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Document

#: What a spreadsheet takes for a formula.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def write(document: Document) -> Iterator[str]:
    """Yield the flat table as CSV; what a spreadsheet would compute gets a leading '."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([column.key for column in document.flat.columns])
    for row in document.flat.rows:
        writer.writerow([_harmless(plain_text(cell)) for cell in row])
        yield from lines.taken()
    yield from lines.taken()


class _Lines:
    """Takes what the csv module writes, for it to be handed on."""

    def __init__(self) -> None:
        self._held: list[str] = []

    def write(self, text: str) -> None:
        self._held.append(text)

    def taken(self) -> list[str]:
        """Return what was written since this was last asked."""
        held, self._held = self._held, []
        return held


def describe(document: Document, name: str) -> tuple[str, str]:
    """Return the CSVW metadata of a CSV file: what its columns are and what it was made from."""
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": quote(os.fsencode(name)),
        "dc:title": document.title,
        "dc:provenance": document.provenance,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {
                    "name": re.sub(r"\W", "_", column.key, flags=re.ASCII),
                    "titles": column.key,
                    "datatype": "string",
                }
                for column in document.flat.columns
            ]
        },
    }
    return "-metadata.json", f"{json_text.in_lines(described)}\n"


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
