"""A text of law to its sentences: numbered sub-sections, lists, and what belongs together.

Hides how statutes are laid out. Nothing is read here; see `suggestion`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A number or letter that begins a sub-section or one thing of a list, and in an amending law the
#: mark that opens a quotation before it.
_LABEL = re.compile(
    r"(?<!\S)(?:[\u00ab\u201c]\s*)?"
    r"(?:\((?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,5})\)|\d{1,3}[A-Za-z]?[.)]|[a-z]\)"
    r"|(?:§+|Art(?:icle|\.)?|Sec(?:tion|\.)?)\s*[\dXIV]+(?:-\d+)*[A-Za-z]?\."
    r"(?:\s*[\u2013\u2014-])?(?=\s)"
    r"|[IVX]{1,5}\.\s*[\u2013\u2014-])(?=\s)"
)

#: Words after which a number is a place and begins nothing.
_PLACES = re.compile(
    r"\b(?:(?:sub-?)?(?:section|paragraph|article|clause|schedule|para|art|alin[eé]a|no)s?)\b\.?\s*"
    r"(?:\(?\w{1,4}\)?,?\s+(?:(?:and|or|et|ou|to|[aà])\s+)?)*\Z",
    re.IGNORECASE,
)

#: The end of a sentence; what may end in a full stop without ending one is told by `_SHORT`.
_END = re.compile("[.?!](?=['\"\u201d\u2019\u00bb)\\]]*(?:\\s|\\Z))")

#: A comma after which a sentence begins anew: "nor shall he be detained".
_FURTHER = re.compile(r",(?=\s+nor\s+(?:shall|may|must|is|are|will)\b)", re.IGNORECASE)
_SHORT = re.compile(
    r"(?:\b(?:no|art|sec|s|ss|para|paras|cf|etc|vs|v|e\.g|i\.e|u\.s|u\.s\.c|cap|ch|p|pp)|\b[A-Z])\Z",
    re.IGNORECASE,
)

#: What stands before a label that goes on with the sentence.
_GOING_ON = re.compile(r"(?:[,;:\u2013\u2014-]|\b(?:and|or|et|ou))\s*\Z", re.IGNORECASE)

#: The most characters of a sentence: what is longer is cut, so that no text takes long to read.
_LONGEST = 6_000

#: How far before a label is looked to tell what it is.
_BEFORE = 24


class Sentence(Struct, frozen=True):
    """A sentence of a text: its place, the sub-section it stands in, and where its list is."""

    start: int
    end: int
    #: The number of the sub-section, counted from 0 at the first; sentences of one share it.
    section: int
    #: Where the label of each thing of a list begins, and where it ends.
    labels: tuple[tuple[int, int], ...] = ()
    #: Whether it breaks off without a full stop where a sub-section begins, as a heading does.
    is_open: bool = False


def is_cut_short(word: str) -> bool:
    """Say whether a word may end in a full stop without ending a sentence: "Art.", "s."."""
    return word.endswith(".") and bool(_SHORT.search(word.removesuffix(".")))


def divide(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in their order; its labels are in none."""
    section = 0
    start: int | None = None
    labels: list[tuple[int, int]] = []
    for kind, at, after in _marks(text):
        begins = kind == "label" and (start is None or _is_new(text, start, at))
        if start is not None and (begins or kind == "end"):
            made = _made(text, start, at, section, labels)
            yield from (replace(one, is_open=begins) for one in made)
            start, labels = None, []
        if begins:
            section += 1
            start = after
        elif kind == "label":
            labels.append((at, after))
        elif start is None:
            start = after
    if start is not None:
        yield from _made(text, start, len(text), section, labels)


def _marks(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what the text is cut at, in order: its start, its labels and the ends of sentences."""
    yield "start", 0, 0
    labels = [one for one in _LABEL.finditer(text) if not _is_place(text, one)]
    spans = {at for one in labels for at in range(one.start(), one.end())}
    ends = [
        one
        for one in _END.finditer(text)
        if one.start() not in spans
        and not _SHORT.search(text, max(one.start() - 6, 0), one.start())
    ]
    found = [("label", one.start(), one.end()) for one in labels]
    found += [("end", one.end(), one.end()) for one in (*ends, *_FURTHER.finditer(text))]
    yield from sorted(found, key=lambda mark: mark[1])


def _is_place(text: str, label: re.Match[str]) -> bool:
    """Say whether a label is the number of a place that the sentence names."""
    before = text[max(label.start() - _BEFORE, 0) : label.start()]
    return "\n" not in before[len(before.rstrip()) :] and bool(_PLACES.search(before))


def _is_new(text: str, start: int, at: int) -> bool:
    """Say whether a label begins a sub-section, and does not go on with the sentence before it."""
    before = text[max(at - _BEFORE, start) : at]
    if not before.strip():
        return not text[start:at].strip()
    starts_line = "\n" in before[len(before.rstrip()) :]
    return starts_line and not _GOING_ON.search(before)


def _made(
    text: str, start: int, end: int, section: int, labels: list[tuple[int, int]]
) -> Iterator[Sentence]:
    """Yield a sentence without the space around it, in pieces if it is too long."""
    while start < end:
        stop = end if end - start <= _LONGEST else _last_space(text, start, start + _LONGEST)
        piece = text[start:stop]
        first = start + len(piece) - len(piece.lstrip())
        last = stop - len(piece) + len(piece.rstrip())
        if first < last:
            held = tuple(one for one in labels if first < one[0] and one[1] < last)
            yield Sentence(first, last, section, held)
        start = stop


def _last_space(text: str, start: int, end: int) -> int:
    found = max(text.rfind(space, start + 1, end) for space in " \n")
    return found if found > 0 else end
