"""Places in a text as a lawyer refers to them: by line and subsection."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.wording.rewriting import RewrittenText
    from npcompare.wording.sentences import Sentence

#: A reference to articles or sections: "section 4", "articles 12, 13 et 15".
_REFERENCE = re.compile(
    r"\b(?:sections?|art(?:icle|[i\u00ed]culo)s?)\s+(?P<numbers>\d[\w.\u2013-]*(?:\(\w+\))*"
    r"(?:(?:,|,?\s(?:and|or|to|et|ou|[\u00e0a]|y|o))\s\d[\w.\u2013-]*(?:\(\w+\))*){0,20})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w(])\d[\w.\u2013-]*")

#: The most articles of a text that may be one provision, with its paragraphs numbered as articles.
_PROVISION = 12


class TextPlaces(Struct, frozen=True, dict=True):
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

    @cached_property
    def is_act(self) -> bool:
        """Whether the text has so many articles that most are on subjects of their own."""
        return len({label.partition("(")[0] for label in self.labels}) > _PROVISION

    def published(self, clean: RewrittenText) -> TextPlaces:
        """Return the places of a clean text as those in the text as published."""
        starts = tuple(clean.published(start, start)[0] for start in self.starts)
        return TextPlaces(_line_ends(clean.original), starts, self.labels)


def referred_articles(words: str) -> set[str]:
    """Return the articles and sections that words refer to by their numbers."""
    return {
        number.rstrip(".\u2013-")
        for match in _REFERENCE.finditer(words)
        for number in _NUMBER.findall(match["numbers"])
    }


def text_places(text: str, sentences: Iterable[Sentence]) -> TextPlaces:
    """Return the places of a text that is divided into sentences."""
    starts: list[int] = []
    labels: list[str] = []
    for sentence in sentences:
        starts.append(sentence.start)
        labels.append(sentence.number)
        for (_, label_end), item in zip(sentence.labels, sentence.items, strict=True):
            starts.append(label_end)
            labels.append(sentence.number + item)
    return TextPlaces(_line_ends(text), tuple(starts), tuple(labels))


def _line_ends(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer("\n", text))
