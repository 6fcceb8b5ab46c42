"""The changelog of a corpus: what changed in law, under the headings of each version.

It is CHANGELOG.md beside the provisions, or beside the folder `statutes` that has them, in the form
of Keep a Changelog: a heading of the second level for each version, and one of the third level,
"Law", for its changes of provisions, rules and classes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from npcompare.errors import NpcompareError
from npcompare.files import LARGEST_FILE, read_bytes, show_path
from npcompare.law.folders import STATUTES, leads_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANGELOG = "CHANGELOG.md"

#: The heading of the changes of law, in any case.
_LAW = "law"
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r"\s*(```|~~~)")


class LawChanges(NamedTuple):
    """What changed in law in one version: its heading, and the lines below "Law"."""

    version: str
    lines: tuple[str, ...]


def changelog_path(statutes: Path) -> Path | None:
    """Return the changelog of the provisions in a folder; None if there is none."""
    folders = [statutes]
    if statutes.resolve().name == STATUTES:
        folders.append(statutes.resolve().parent)
    for folder in folders:
        path = folder / CHANGELOG
        if path.is_file() and not leads_out(path, folder):
            return path
    return None


def read_changelog(path: Path) -> str:
    """Return the text of a changelog; raise NpcompareError if it is not text in UTF-8."""
    raw = read_bytes(path, LARGEST_FILE, show_path(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{show_path(path)} is not plain text in UTF-8"
        raise NpcompareError(message, "save it again as UTF-8") from error


def law_changes(text: str) -> Iterator[LawChanges]:
    """Yield what a changelog has under each heading "Law", in its order."""
    version, lines, is_law, is_code = "", list[str](), False, False
    for line in (*text.splitlines(), "# "):
        is_code ^= bool(_FENCE.match(line))
        heading = None if is_code else _HEADING.fullmatch(line)
        if heading is None or len(heading[1]) > 3:
            lines += [line] if is_law else []
            continue
        if is_law and (kept := _stripped(lines)):
            yield LawChanges(version, kept)
        lines = []
        is_law = len(heading[1]) == 3 and heading[2].casefold() == _LAW
        if len(heading[1]) < 3:
            version = heading[2]


def _stripped(lines: list[str]) -> tuple[str, ...]:
    """Return lines without empty ones at both ends."""
    return tuple("\n".join(lines).strip("\n").split("\n")) if any(map(str.strip, lines)) else ()
