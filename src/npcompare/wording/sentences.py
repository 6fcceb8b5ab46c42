"""Sentence segmentation for legal texts: numbered sub-sections, lists and abbreviations.

General sentence splitters treat "s. 14" and "(a)" as the ends of sentences; the rules here are for
the layout of statutes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A number or letter that begins a sub-section or a list item; in an amending law, with the opening
#: quotation mark before it.
_LABEL = re.compile(
    r"(?<!\S)(?:[\u00ab\u201c]\s*)?"
    r"(?:\((?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,5})\)|\d{1,3}[A-Za-z]?[.)]|[a-z]\)"
    r"|(?:§+|Art(?:icle|\.)?|Sec(?:tion|\.)?)\s*[\dXIV]+(?:-\d+)*[A-Za-z]?\."
    r"(?:\s*[\u2013\u2014-])?(?=\s)"
    r"|[IVX]{1,5}\.\s*[\u2013\u2014-])(?=\s)"
)

#: Words before a number that make it a reference, not a label.
_REFERENCES = re.compile(
    r"\b(?:(?:sub-?)?(?:section|paragraph|article|clause|schedule|para|art|alin[eé]a|no)s?)\b\.?\s*"
    r"(?:\(?\w{1,4}\)?,?\s+(?:(?:and|or|et|ou|to|[aà])\s+)?)*\Z",
    re.IGNORECASE,
)

#: The end of a sentence, unless the full stop belongs to an abbreviation.
_END = re.compile("[.?!](?=['\"\u201d\u2019\u00bb)\\]]*(?:\\s|\\Z))")

#: A comma before a new sentence: "nor shall he be detained".
_NEW_SENTENCE = re.compile(r",(?=\s+nor\s+(?:shall|may|must|is|are|will)\b)", re.IGNORECASE)
#: The end of an abbreviation, without its full stop.
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|art|sec|s|ss|para|paras|cf|etc|vs|v|e\.g|i\.e|u\.s|u\.s\.c|cap|ch|p|pp)|\b[A-Z])\Z",
    re.IGNORECASE,
)

#: The end of the words before a label inside a sentence.
_CONTINUED = re.compile(r"(?:[,;:\u2013\u2014-]|\b(?:and|or|et|ou))\s*\Z", re.IGNORECASE)

#: The most characters of a sentence; a longer one is split, so that no text takes long to read.
_MOST_CHARACTERS = 6_000

#: How many characters before a label are examined.
_CONTEXT = 24


class Sentence(Struct, frozen=True):
    """A sentence: its place in the text, its sub-section and the labels of its list."""

    start: int
    end: int
    #: The number of the sub-section, from 0; all sentences of a sub-section have the same.
    section: int
    #: The start and end of the label of each list item.
    labels: tuple[tuple[int, int], ...] = ()
    #: Whether it ends without a full stop where a sub-section begins, as a heading does.
    is_open: bool = False


def is_abbreviation(word: str) -> bool:
    """Return whether the full stop at the end of a word need not end a sentence: "Art.", "s."."""
    return word.endswith(".") and bool(_ABBREVIATION.search(word.removesuffix(".")))


def divide(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in order, without the labels of sub-sections."""
    section = 0
    start: int | None = None
    labels: list[tuple[int, int]] = []
    for kind, position, end in _boundaries(text):
        is_section = kind == "label" and (start is None or _begins_section(text, start, position))
        if start is not None and (is_section or kind == "end"):
            pieces = _sentences(text, start, position, section, labels)
            yield from (replace(piece, is_open=is_section) for piece in pieces)
            start, labels = None, []
        if is_section:
            section += 1
            start = end
        elif kind == "label":
            labels.append((position, end))
        elif start is None:
            start = end
    if start is not None:
        yield from _sentences(text, start, len(text), section, labels)


def _boundaries(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the kind, start and end of each possible boundary: the start, labels and ends."""
    yield "start", 0, 0
    labels = [match for match in _LABEL.finditer(text) if not _is_reference(text, match)]
    inside_labels = {position for label in labels for position in range(label.start(), label.end())}
    ends = [
        match
        for match in _END.finditer(text)
        if match.start() not in inside_labels
        and not _ABBREVIATION.search(text, max(match.start() - 6, 0), match.start())
    ]
    boundaries = [("label", match.start(), match.end()) for match in labels]
    boundaries += [
        ("end", match.end(), match.end()) for match in (*ends, *_NEW_SENTENCE.finditer(text))
    ]
    yield from sorted(boundaries, key=lambda boundary: boundary[1])


def _is_reference(text: str, label: re.Match[str]) -> bool:
    """Return whether a label is part of a reference, such as "under section (3)"."""
    before = text[max(label.start() - _CONTEXT, 0) : label.start()]
    return "\n" not in before[len(before.rstrip()) :] and bool(_REFERENCES.search(before))


def _begins_section(text: str, start: int, label: int) -> bool:
    """Return whether a label begins a sub-section, and not an item of the sentence before it."""
    before = text[max(label - _CONTEXT, start) : label]
    if not before.strip():
        return not text[start:label].strip()
    starts_line = "\n" in before[len(before.rstrip()) :]
    return starts_line and not _CONTINUED.search(before)


def _sentences(
    text: str, start: int, end: int, section: int, labels: list[tuple[int, int]]
) -> Iterator[Sentence]:
    """Yield a sentence without surrounding white space, in several pieces if it is too long."""
    while start < end:
        is_too_long = end - start > _MOST_CHARACTERS
        stop = _last_space(text, start, start + _MOST_CHARACTERS) if is_too_long else end
        piece = text[start:stop]
        first = start + len(piece) - len(piece.lstrip())
        last = stop - len(piece) + len(piece.rstrip())
        if first < last:
            inside = tuple(label for label in labels if first < label[0] and label[1] < last)
            yield Sentence(first, last, section, inside)
        start = stop


def _last_space(text: str, start: int, end: int) -> int:
    space = max(text.rfind(char, start + 1, end) for char in " \n")
    return space if space > 0 else end
