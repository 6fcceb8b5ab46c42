"""Hidden bookmarks that say which parts of a Word file npcompare wrote, whatever is edited later.

Word hides bookmarks whose names begin with a line below, and moves them with their paragraphs.
The name of a row is that of its table and its key; the name of a paragraph has a digest of its
text, so that an edited paragraph can be recognized.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.document import row_anchor
from npcompare.formats.word_xml import element, qn
from npcompare.text import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Row as WordRow

_ROW = re.compile(r"_npr(\d{1,4})_([0-9a-f]{16})(g?)")
_PART = re.compile(r"_npp(\d{1,4})_([a-z]+)_(\d{1,5})_(\w{8})")

#: The key of the head of a table, and that of one with the names of each row above its values.
HEAD, TWO_LINES = "head", "two lines"

#: The key of the first row of a table whose rows are blocks of headings and values. In earlier
#: files such a table has a head with the first heading, and blocks begin with the name alone.
BLOCKS, STACKED = "blocks", "stacked"

#: The keys of a second row of heads. The whole heading of a column is that of the group above it, a
#: colon as the language writes it, and its own; or, with the last key, its own.
SUBHEADS = {": ": "subhead", "\u00a0: ": "spaced subhead", "\uff1a": "wide subhead"}
SHORT_SUBHEAD = "short subhead"

#: The kind of the paragraph that says which headings the numbers in a head stand for.
LEGEND = "legend"

#: Bookmarks are numbered from here on, after those that a template may have in its headers.
_FIRST_NUMBER = 7000


class PartName(NamedTuple):
    """The kind of a paragraph that npcompare wrote, its table counted from 1, and its digest."""

    table: int
    kind: str
    digest: str


def mark_row(row: WordRow, table: int, key: str, *, is_group: bool = False) -> None:
    """Name a row of a table by its key, if it has one, and whether it is the head of a group."""
    if key:
        name = row_anchor(key).removeprefix("#") + "g" * is_group
        _wrap(next(row._tr.iter(qn("w:p"))), f"_npr{table}_{name}")  # noqa: SLF001


def mark_part(paragraph: Any, table: int, kind: str, number: int = 0) -> None:
    """Name a paragraph that is filled: its table, or 0 if it belongs to none, and its kind."""
    _wrap(paragraph, f"_npp{table}_{kind}_{number}_{text_digest(paragraph)}")


def text_digest(paragraph: Any) -> str:
    """Return a digest of the text of a paragraph without deletions, space and invisible marks."""
    texts = (node.text or "" for node in paragraph.iter(qn("w:t")))
    words = without_marks("".join(texts))
    return sha256(fold(words).encode()).hexdigest()[:8]


def row_names(row: Any) -> Iterator[tuple[int, str]]:
    """Yield the number of the table and the anchor of each row that is named in a part of one."""
    for name in _names(row):
        if match := _ROW.fullmatch(name):
            yield int(match[1]), f"#{match[2]}"


def is_group_row(row: Any) -> bool:
    """Return whether a row is the head of a group of rows, whose cells npcompare merged."""
    return any((match := _ROW.fullmatch(name)) and match[3] for name in _names(row))


def part_names(block: Any) -> Iterator[PartName]:
    """Yield the names of the paragraphs that begin in a block."""
    for name in _names(block):
        if match := _PART.fullmatch(name):
            yield PartName(int(match[1]), match[2], match[4])


def number_anchors(body: BaseOxmlElement) -> None:
    """Give the bookmarks of npcompare in a body numbers of their own, as Word requires."""
    used_numbers = {
        mark.get(qn("w:id"))
        for mark in body.iter(qn("w:bookmarkStart"))
        if not (mark.get(qn("w:name")) or "").startswith("_np")
    }
    number = _FIRST_NUMBER
    for start, end in _pairs(body):
        if end is None:
            start.getparent().remove(start)
            continue
        while str(number) in used_numbers:
            number += 1
        start.set(qn("w:id"), str(number))
        end.set(qn("w:id"), str(number))
        number += 1


def _pairs(body: BaseOxmlElement) -> list[tuple[Any, Any]]:
    """Return the bookmarks of npcompare, each with its end; it may be in a later paragraph."""
    starts: list[Any] = []
    ends: dict[Any, Any] = {}
    open_starts: dict[str | None, list[Any]] = {}
    for mark in body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        number = mark.get(qn("w:id"))
        if mark.tag == qn("w:bookmarkEnd"):
            if open_starts.get(number):
                ends[open_starts[number].pop()] = mark
        elif (mark.get(qn("w:name")) or "").startswith("_np"):
            open_starts.setdefault(number, []).append(mark)
            starts.append(mark)
    return [(start, ends.get(start)) for start in starts]


def _names(block: Any) -> Iterator[str]:
    for mark in block.iter(qn("w:bookmarkStart")):
        yield mark.get(qn("w:name")) or ""


def _wrap(paragraph: Any, name: str) -> None:
    """Put a bookmark around the content of a paragraph."""
    properties = paragraph.find(qn("w:pPr"))
    start = element("w:bookmarkStart", id="0", name=name)
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(element("w:bookmarkEnd", id="0"))
