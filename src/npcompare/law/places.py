"""Places in laws and documents, such as "article 14, paragraph 7", in another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.messages import deferred, listed, message, plural, subdivided, using

if TYPE_CHECKING:
    from npcompare.messages import Catalogue

#: The words for a place with one number.
_PLACES = {
    "article": deferred("article {number}"),
    "section": deferred("section {number}"),
    "clause": deferred("clause {number}"),
    "paragraph": deferred("paragraph {number}"),
    "principle": deferred("principle {number}"),
    "guideline": deferred("guideline {number}"),
    "recital": deferred("recital {number}"),
}

#: The words for several places.
_LISTS = {"articles": deferred("articles {numbers}"), "sections": deferred("sections {numbers}")}

#: What may be around places: in the text of a place, and as it is said.
_AROUND = (
    (re.compile("note to ((?:article|section) .+)"), deferred("note to {place}")),
    (re.compile("notes to ((?:articles|sections) .+)"), deferred("notes to {place}")),
    (re.compile("(.+) of the bill"), deferred("{place} of the bill")),
)

_NUMBER = r"(?:\d\S*|[IVX]+)(?: bis(?:\(\d+\))?)?"
_RANGE = rf"{_NUMBER}(?: to {_NUMBER})?"
_NUMBERS = rf"{_RANGE}(?:, {_RANGE})*(?: and {_RANGE})?"
_ONE = re.compile(rf"({'|'.join(_PLACES)}) ({_NUMBER})")
_SEVERAL = re.compile(rf"({'|'.join(_LISTS)}) ({_NUMBERS})")
_PARAGRAPHS = re.compile(rf"paras?\. ({_NUMBERS})")
_SIGNS = re.compile(rf"§§ ({_NUMBERS})")

#: The comma before a further part of a place, and not that between numbers.
_COMMA = re.compile(r", (?=[a-z§])")


def place_in(pinpoint: str, catalogue: Catalogue) -> str:
    """Return a place in a law in the words of a language.

    A place with other words, such as "summary", stays as it is; a sign, such as "§ 5", is the same
    in every language.
    """
    with using(catalogue):
        place = _place(pinpoint)
    return pinpoint if place in {"", pinpoint} else place


def _place(pinpoint: str) -> str:
    """Return a place in the language in use; empty if it has other words."""
    for pattern, words in _AROUND:
        if match := pattern.fullmatch(pinpoint):
            place = _place(match[1])
            return message(words, place=place) if place else ""
    parts = [_part(part) for part in _COMMA.split(pinpoint)]
    if not all(parts):
        return ""
    place, *others = parts
    for part in others:
        place = message("{place}, {part}", place=place, part=part)
    return place


def _part(part: str) -> str:
    if match := _ONE.fullmatch(part):
        return message(_PLACES[match[1]], number=subdivided(match[2]))
    if match := _SEVERAL.fullmatch(part):
        return message(_LISTS[match[1]], numbers=_listed(match[2]))
    if match := _PARAGRAPHS.fullmatch(part):
        numbers = re.split(", | and | to ", match[1])
        return plural(
            "para.\N{NO-BREAK SPACE}{numbers}",
            "paras.\N{NO-BREAK SPACE}{numbers}",
            len(numbers),
            numbers=_listed(match[1]),
        )
    if match := _SIGNS.fullmatch(part):
        return f"§§ {_listed(match[1])}"
    return part if part.startswith("§") else ""


def _listed(numbers: str) -> str:
    return listed([_range(number) for number in re.split(", | and ", numbers)])


def _range(numbers: str) -> str:
    """Return a number, or the first and the last of several, as the language writes them."""
    first, _, last = map(subdivided, numbers.partition(" to "))
    return message("{first} to {last}", first=first, last=last) if last else first
