"""Sentence segmentation for legal texts: sections, subsections, lists, headings and abbreviations.

General sentence splitters treat "s. 14" and "(a)" as the ends of sentences; the rules here are for
the layout of statutes. A label at the start of a line begins a section or subsection, or an item
that continues the words before its list.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from npcompare.wording.abbreviations import ends_sentence
from npcompare.wording.label_path import LabelPath
from npcompare.wording.labels import BARE, COMPOUND, PARAGRAPH, SECTION, labels
from npcompare.wording.lines import ends_paragraph, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.wording.labels import Label

#: The end of a sentence, with the quotation marks and brackets that it closes, and with the dash
#: that may follow a heading: "Exención.- La víctima".
_END = re.compile("[.?!\u061f]['\"\u201d\u2019\u00bb)\\]]*[\u2013\u2014-]{0,2}(?=\\s|\\Z)")

#: A comma before a new sentence: "nor shall he be detained".
_NEW_SENTENCE = re.compile(r",(?=\s+nor\s+(?:shall|may|must|is|are|will)\b)", re.IGNORECASE)

#: The end of the words before a label inside a sentence.
_CONTINUED = re.compile(
    r"(?:[,;:\u060c\u061b\u2013\u2014-]|\b(?:and|or|et|ou|y|e|o|u))\s*\Z", re.IGNORECASE
)

_WORD = re.compile(r"\S")

#: A word with which each item of a list of clauses begins, each with a full stop at its end.
_OF_CLAUSE = re.compile(r"\s*(?:That|Que|Qu['\u2019]|If|Si)\b")

#: What may be between a heading and the rule in the same line.
_DASHES = ("-", "\u2013", "\u2014")

#: The end of a short item of a list.
_END_OF_ITEM = re.compile(r"[.;](?:\s|\Z)")

#: The most characters of a sentence; a longer one is split, so that no text takes long to read.
_MOST_CHARACTERS = 6_000

#: How many characters before a label are examined.
_CONTEXT = 24

#: The most characters of an item that ends with a full stop, and of the heading of a section.
_SHORT = 80


class Sentence(Struct, frozen=True):
    """A sentence: its place in the text, its subsection and the items of its list."""

    start: int
    end: int
    #: The number of the subsection, from 0; all sentences of a subsection have the same.
    section: int
    #: The start and end of the label of each list item.
    labels: tuple[tuple[int, int], ...] = ()
    #: Whether it may be a heading: without a full stop, or alone on its line after a label.
    is_open: bool = False
    #: The labels of its section, as in a reference: "12(1)"; and those of each item: "(a)(i)".
    number: str = ""
    items: tuple[str, ...] = ()
    #: The depth of each item, from 1.
    depths: tuple[int, ...] = ()
    #: Whether it is a later main clause of a sentence, and no part of the rule that this states.
    is_apart: bool = False


class _Event(NamedTuple):
    """A possible boundary: a label, or the place after the end of a sentence or heading."""

    place: int
    label: Label | None = None
    #: Whether a heading ends there, without a full stop.
    is_break: bool = False


class _Item(NamedTuple):
    """An item of a list: the place of its label, its labels as in a reference, and its depth."""

    start: int
    end: int
    number: str
    depth: int


_start_of, _end_of = attrgetter("start"), attrgetter("end")


def divide(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in order, without the labels of sections and subsections."""
    division = _Division(text)
    events = _events(text)
    for index, event in enumerate(events):
        following = events[index + 1] if index + 1 < len(events) else None
        yield from division.sentences(event, following)
    yield from division.sentences(_Event(len(text)), None)


def _events(text: str) -> list[_Event]:
    """Return the possible boundaries of a text in order."""
    all_labels = list(labels(text))
    events = [_Event(label.start, label) for label in all_labels]
    events += [_Event(place, is_break=True) for place in _breaks(text, all_labels)]
    events += [_Event(match.end()) for match in _NEW_SENTENCE.finditer(text)]
    following = iter(all_labels)
    label = next(following, None)
    for match in _END.finditer(text):
        while label and label.end <= match.start():
            label = next(following, None)
        is_in_label = label and label.start <= match.start()
        if not is_in_label and _ends(text, match):
            events.append(_Event(match.end()))
    return sorted(events, key=lambda event: event.place)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Return whether a full stop or another mark ends a sentence."""
    if match[0][0] != ".":
        return True
    before = text[max(match.start() - 2, 0) : match.start()].rstrip()
    if before.endswith(".") or text[match.end() : match.end() + 2].strip() == ".":
        # Dots for words that are left out: a new sentence begins with a capital.
        return text[match.end() : match.end() + _CONTEXT].lstrip()[:1].isupper()
    return ends_sentence(text, match.start())


def _breaks(text: str, all_labels: list[Label]) -> Iterator[int]:
    """Yield the ends of headings: lines that end without a full stop, before a new beginning."""
    starts = {label.start for label in all_labels}
    ends = {label.end for label in all_labels}
    rows = list(lines(text))
    for number, row in enumerate(rows[:-1]):
        if row.is_closed or row.end in ends or rows[number + 1].start in starts:
            continue
        if ends_paragraph(rows, number):
            yield row.end


class _Division:
    """A text in the course of division: the sentence that has begun, and its list."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = 0
        self._section = 0
        self._path = LabelPath()
        self._items: list[_Item] = []
        self._item_path = LabelPath(of_items=True)
        #: The label of the section of which no sentence has ended yet.
        self._new_section: Label | None = None

    def sentences(self, event: _Event, following: _Event | None) -> Iterator[Sentence]:
        """Yield the sentence that ends at an event, if one does; in pieces if it is too long."""
        label = event.label
        if label and self._is_item(label):
            self._item_path.add(label)
            path = self._item_path
            self._items.append(_Item(label.start, label.end, path.text, path.depth))
            return
        if not label and not event.is_break and self._has_next_item(event.place, following):
            return
        is_open = bool(label) or event.is_break or self._is_heading(event.place, following)
        yield from self._pieces(event.place, is_open=is_open)
        self._start = event.place
        if label:
            self._section += 1
            self._path.add(label)
            self._new_section = label
            self._start = label.end

    def _is_item(self, label: Label) -> bool:
        """Return whether a label is that of an item which continues the sentence that has begun."""
        if not _WORD.search(self._text, self._start, label.start):
            return False
        if not label.begins_line:
            return True
        if label.styles & {SECTION, PARAGRAPH, BARE} or label.is_section:
            return False
        before = self._text[max(self._start, label.start - _CONTEXT) : label.start]
        if _CONTINUED.search(before) or self._item_path.continues(label):
            return True
        return self._text[label.end : label.end + _CONTEXT].lstrip()[:1].islower()

    def _has_next_item(self, end: int, following: _Event | None) -> bool:
        """Return whether the next item of a list follows the full stop of an item.

        The items are short, or go on in small letters or with "That"; otherwise they are sections.
        """
        label = following.label if following else None
        if not label or not self._items or self._text[end : label.start].strip():
            return False
        if label.is_section or not label.begins_line or not self._item_path.continues(label):
            return False
        words = self._text[label.end : label.end + _SHORT + 2].lstrip()
        is_short = end - self._items[-1].end <= _SHORT and bool(_END_OF_ITEM.search(words))
        items = (self._items[-1].end, label.end)
        is_clause = all(_OF_CLAUSE.match(self._text, place) for place in items)
        return words[:1].islower() or is_short or is_clause

    def _is_heading(self, end: int, following: _Event | None) -> bool:
        """Return whether a sentence is the heading of a section: short, and alone on its line.

        A heading before a rule in the same line ends with a dash.
        """
        section = self._new_section
        words = self._text[self._start : end]
        if not section or self._items or "\n" in words or len(words) > _SHORT:
            return False
        if words.endswith(_DASHES):
            return True
        next_label = following.label if following else None
        if next_label and not self._text[end : next_label.start].strip():
            # In a table of contents, the heading of the next section follows.
            is_contents = COMPOUND in next_label.styles & section.styles
            is_subsection = not next_label.is_section and self._path.begins_list(next_label)
            return is_contents or is_subsection
        line_end = self._text[end : end + 2].lstrip(" ")[:1]
        return SECTION in section.styles and line_end == "\n"

    def _pieces(self, end: int, *, is_open: bool) -> Iterator[Sentence]:
        """Yield a sentence without surrounding white space, in several pieces if it is too long."""
        start = self._start
        while start < end:
            is_too_long = end - start > _MOST_CHARACTERS
            stop = self._last_space(start, start + _MOST_CHARACTERS) if is_too_long else end
            piece = self._text[start:stop]
            first = start + len(piece) - len(piece.lstrip())
            last = stop - len(piece) + len(piece.rstrip())
            if first < last:
                begin = bisect_right(self._items, first, key=_start_of)
                end_of_items = bisect_left(self._items, last, key=_end_of)
                yield self._sentence(first, last, self._items[begin:end_of_items], is_open=is_open)
                self._new_section = None
            start = stop
        self._items, self._item_path = [], LabelPath(of_items=True)

    def _sentence(self, start: int, end: int, items: list[_Item], *, is_open: bool) -> Sentence:
        return Sentence(
            start,
            end,
            self._section,
            tuple((item.start, item.end) for item in items),
            is_open,
            self._path.text,
            tuple(item.number for item in items),
            tuple(item.depth for item in items),
        )

    def _last_space(self, start: int, end: int) -> int:
        space = max(self._text.rfind(char, start + 1, end) for char in " \n")
        return space if space > 0 else end
