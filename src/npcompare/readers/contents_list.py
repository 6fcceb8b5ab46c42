"""Lists of contents: which numbered paragraphs only name a section that is printed below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from npcompare.readers.paragraphs import Paragraph

_PROVISIONS = "clauses|sections|articles|provisions|regulations|rules|paragraphs|parts"

#: What is above a list of contents.
_HEADING = re.compile(
    rf"(?:arrangement|table|list|index)\s+of\s+(?:{_PROVISIONS}|contents)|contents|index"
    r"|table\s+des\s+(?:mati[èe]res|articles)|sommaire"
    r"|tabla\s+de\s+(?:contenidos?|materias)|[íi]ndice|contenido|sumario",
    re.IGNORECASE,
)

#: The end of a sentence or of a part of it, and a number of a page.
_SENTENCE_END = re.compile(r"[.;:,!?\u2013\u2014-][\s\"'\u201d\u2019\u00bb)\]]*\Z")
_PAGE = re.compile(r"(?:\s|\.{2}|\u2026)\s*\d{1,4}\Z")

#: The number that a label begins with.
_NUMBER = re.compile(r"\d[\d.]*(?<=\d)[A-Za-z]{0,2}")

#: The most words of an entry, and the fewest entries of a list without a heading.
_MOST_WORDS = 25
_FEWEST_ENTRIES = 3


def contents_list(paragraphs: Sequence[Paragraph]) -> range:
    """Return which paragraphs are the list of contents of a document; it may be empty.

    It ends where its labels begin again. Without a heading, it is at the beginning and has only
    words like those of headings.
    """
    start = next(
        (index for index, paragraph in enumerate(paragraphs) if is_contents_heading(paragraph)),
        None,
    )
    entries: dict[tuple[str, ...], Paragraph] = {}
    for index in range(start or 0, len(paragraphs)):
        key = _key(paragraphs[index])
        if start is None and entries and key == next(iter(entries)):
            return range(index) if _is_list(entries.values()) else range(0)
        if start is not None and key in entries:
            return range(start, index)
        if key:
            entries[key] = paragraphs[index]
    return range(0)


def _key(paragraph: Paragraph) -> tuple[str, ...]:
    """Return what distinguishes a label from others: its number, or the labels that lead to it.

    In the list and below it, a number may have different marks, and then it has another depth.
    """
    if number := _NUMBER.match(paragraph.label):
        return (number[0].casefold(),)
    return paragraph.path if paragraph.path and paragraph.path[-1] else ()


def is_contents_heading(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is what is above a list of contents: "Arrangement of sections"."""
    return not paragraph.path and bool(_HEADING.fullmatch(paragraph.text.strip(" .:")))


def _is_list(entries: Collection[Paragraph]) -> bool:
    """Return whether paragraphs are a list of contents without a heading."""
    return len(entries) >= _FEWEST_ENTRIES and all(map(is_like_a_heading, entries))


def is_like_a_heading(paragraph: Paragraph) -> bool:
    """Return whether the words of a paragraph can be those of an entry, and are no sentence."""
    words = paragraph.text
    has_end = bool(_SENTENCE_END.search(words))
    return bool(_PAGE.search(words)) or (not has_end and len(words.split()) <= _MOST_WORDS)
