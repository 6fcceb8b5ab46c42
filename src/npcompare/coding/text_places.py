"""Places in a text as a lawyer refers to them: by line and subsection."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.wording.rewriting import RewrittenText
    from npcompare.wording.sentences import Sentence

_LABEL_PARTS = re.compile(r"[\w()§°-]+")


class TextPlaces(Struct, frozen=True):
    """Where the lines of a text end, and where its subsections and list items begin."""

    line_ends: tuple[int, ...] = ()
    #: The places where a subsection or item begins, and the labels that lead to it: "12(1)(a)".
    starts: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()

    def line(self, place: int) -> int:
        """Return the number of the line that a character is on, from 1."""
        return bisect_right(self.line_ends, place - 1) + 1

    def subsection(self, place: int) -> str:
        """Return the labels of the subsection that a character is in; empty before any label."""
        index = bisect_right(self.starts, place) - 1
        return self.labels[index] if index >= 0 else ""

    def article(self, place: int) -> str:
        """Return the label of the article or section that a character is in: "12" for "12(1)"."""
        return self.subsection(place).partition("(")[0]

    def published(self, clean: RewrittenText) -> TextPlaces:
        """Return the places of a clean text as those in the text as published."""
        starts = tuple(clean.published(start, start)[0] for start in self.starts)
        return TextPlaces(_line_ends(clean.original), starts, self.labels)


def text_places(text: str, sentences: Iterable[Sentence]) -> TextPlaces:
    """Return the places of a text that is divided into sentences."""
    starts: list[int] = []
    labels: list[str] = []
    section_number, end = -1, 0
    section = top = ""
    for sentence in sentences:
        if sentence.section != section_number:
            section_number = sentence.section
            section = _label(text[end : sentence.start])
            # "(1)" is a subsection of the section before it.
            if section.startswith("("):
                section = top + section
            else:
                top = section.partition("(")[0]
        starts.append(sentence.start)
        labels.append(section)
        for label_start, label_end in sentence.labels:
            starts.append(label_end)
            labels.append(section + _label(text[label_start:label_end]))
        end = sentence.end
    return TextPlaces(_line_ends(text), tuple(starts), tuple(labels))


def _line_ends(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer("\n", text))


def _label(text: str) -> str:
    """Return a label without space and full stops: "12(1)" for "12. (1)"."""
    return "".join(_LABEL_PARTS.findall(text))
