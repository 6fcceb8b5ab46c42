"""What was changed in a release since it was written: warnings that name the file and the row."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from npcompare.dataset import checksums
from npcompare.dataset.folder import files_with_checksums
from npcompare.dataset.release_reader import LARGEST_TABLE, read_lines
from npcompare.dataset.tables import layout
from npcompare.errors import Code, Problem
from npcompare.files import read_up_to, show_path
from npcompare.law.folders import leads_out
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: No file of a release is larger.
_LARGEST_FILE = 1024 * 1024 * 1024
#: What spreadsheets make of a cell, with what a release has.
_AS_SPREADSHEETS = {"TRUE": "true", "FALSE": "false"}

#: So many rows of a file are named.
_MOST_NAMED = 20

_HINT = "if you did not change it, compare it with the release as it was published"


def changes(folder: Path) -> Iterator[Problem]:
    """Yield a warning for each file and row of a release that is not as it was written."""
    try:
        listed = files_with_checksums(folder)
    except OSError:
        message = "the release has no checksums, so that nobody can see what was changed in it"
        yield _warning(folder / checksums.FILES, 1, message)
        return
    tables = {table.file_name: table.is_derived for table in layout()}
    rows = _row_checksums(folder) if checksums.ROWS in listed else {}
    for name, checksum in sorted(listed.items()):
        path = folder / name
        if leads_out(path, folder) or not path.is_file():
            yield _warning(path, 1, "the file is not in the folder any more")
        elif path.stat().st_size > _LARGEST_FILE:
            yield _warning(path, 1, "the file is too large to be that of a release")
        elif _digest(path) != checksum:
            if name in tables and name in rows:
                yield from _changed_rows(path, rows[name], is_derived=tables[name])
            elif name != checksums.FILES:
                yield _warning(path, 1, "the file is not the one that was released")


def _warning(path: Path, line: int, message: str, hint: str = _HINT) -> Problem:
    return Problem(show_path(path), line, 1, Code.RELEASE_CHANGED, message, hint)


def _digest(path: Path) -> str:
    """Return the checksum of a file; nothing if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _row_checksums(folder: Path) -> dict[str, list[str]]:
    """Return the checksums of the rows of each table; nothing if they cannot be read."""
    path = folder / checksums.ROWS
    if leads_out(path, folder):
        return {}
    try:
        text = read_up_to(path, LARGEST_TABLE).decode(errors="replace")
    except OSError:
        return {}
    lines = (line.split(" ") for line in text.splitlines())
    return {name: digests for name, *digests in lines}


def _changed_rows(path: Path, released: list[str], *, is_derived: bool) -> Iterator[Problem]:
    """Yield a warning for each row that was not released, and one for rows that are missing."""
    hint = _HINT
    if is_derived:
        hint = "it is not imported: the table is worked out from the codings; change these instead"
    try:
        lines, missing = _compared(path, released)
    except (OSError, UnicodeDecodeError, csv.Error):
        # A coded table that cannot be read has a finding of its own.
        yield _warning(path, 1, "the file is not the one that was released", hint)
        return
    for line in lines[:_MOST_NAMED]:
        yield _warning(path, line, "the row is not one that was released", hint)
    if len(lines) > _MOST_NAMED:
        further = counted(len(lines) - _MOST_NAMED, "row")
        yield _warning(path, lines[_MOST_NAMED], f"{further} from here on were not released", hint)
    if missing > len(lines):
        count = missing - len(lines)
        message = f"{count} of the released rows {'is' if count == 1 else 'are'} missing"
        yield _warning(path, 1, message, hint)
    if not (lines or missing):
        message = "the file is not the one that was released, but has the same rows"
        yield _warning(path, 1, message, hint)


def _compared(path: Path, released: list[str]) -> tuple[list[int], int]:
    """Return the lines of rows that were not released, and how many released ones are not there."""
    remaining = Counter(released)
    lines = []
    rows = read_lines(path)
    next(rows, None)
    for line, cells in rows:
        checksum = checksums.row_checksum([_AS_SPREADSHEETS.get(cell, cell) for cell in cells])
        if remaining[checksum] > 0:
            remaining[checksum] -= 1
        else:
            lines.append(line)
    return lines, remaining.total()
