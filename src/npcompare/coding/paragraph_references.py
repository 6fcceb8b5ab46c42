"""The paragraphs that a sentence names: "subsection (1)", "le premier alinéa"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.wording.sentences import Sentence

_ONE = (
    r"(?:sub-?section|sub-?paragraph|paragraph|clause|alin[ée]a|paragraphe"
    r"|p[áa]rrafo|numeral|apartado|inciso)"
)
_SEVERAL = rf"(?:{_ONE}(?:e?s)?)"

#: Numbers after the noun: "(1), (2) and (3)", "1 to 3". Those of a schedule are of no paragraph,
#: nor is a part of them (?>), such as the first digit of "12 of the Schedule".
_NUMBER = r"\(?\d+(?:\.\d+)*[A-Za-z]{0,2}\)?"
_JOIN = r"\s*(?:,|and|or|to|through|y|e|o|a|al|et|ou|à|au|-|\u2013)\s*"
_NUMBERED = re.compile(
    rf"\b{_SEVERAL}\s+(?P<numbers>(?>{_NUMBER}(?:{_JOIN}{_NUMBER})*))"
    r"(?!\s*(?:of|to|de|du|del)\s+(?:the|la|el|l['\u2019])?\s*"
    r"(?:(?:first|second|third)\s+)?(?:schedule|annex|annexe|anexo|appendix)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<!\d)(\d{1,4})[A-Za-z]*\)?\s*(?:to|through|al?|à|au|-|\u2013)\s*\(?(\d{1,4})(?!\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:\.\d+)*(?:[A-Za-z](?![A-Za-z]))?")

#: The most characters of a label and the spaces around it.
_LABEL = 40

#: The most paragraphs of a range.
_MOST = 50

#: Ordinals before the noun or after it, each with its number.
_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "first premier première primer primero one",
            "second deuxième segundo two",
            "third troisième tercer tercero three",
            "fourth quatrième cuarto four",
            "fifth cinquième quinto five",
        ),
        1,
    )
    for word in words.split()
}
_ORDINAL = "|".join(_ORDINALS)
_NAMED = re.compile(
    rf"\b(?:(?P<before>{_ORDINAL})\s+{_ONE}|{_ONE}\s+(?P<after>{_ORDINAL}))\b", re.IGNORECASE
)
_PRECEDING = re.compile(
    rf"\b(?:(?:preceding|previous|foregoing)\s+{_ONE}|{_ONE}\s+(?:anterior|precedente|précédent))\b",
    re.IGNORECASE,
)


class ParagraphReferences(Struct, frozen=True):
    """The paragraphs that a sentence names: by their numbers, and the one before its own."""

    numbers: frozenset[str] = frozenset()
    #: The paragraphs by their place in the text of which one is the paragraph before its own.
    preceding: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, sentence: Sentence) -> ParagraphReferences:
        """Return the references of a sentence, which is a place in a text."""
        words = text[sentence.start : sentence.end]
        if not _PRECEDING.search(words):
            return cls(frozenset(_numbers(words)))
        # A paragraph without a label counts as part of the one before it.
        before = text[max(sentence.start - _LABEL, 0) : sentence.start]
        has_label = not before.rstrip(" \t").endswith("\n")
        own = () if has_label else (sentence.section,)
        return cls(frozenset(_numbers(words)), (*own, sentence.section - 1))

    def among(self, limbs: list[LimbDraft]) -> list[LimbDraft]:
        """Return the limbs of the paragraphs that are named, or all if none of these has a limb."""
        named = _with_numbers(limbs, self.numbers)
        before = ([limb for limb in limbs if limb.section == place] for place in self.preceding)
        return [*named, *next(filter(None, before), [])] or limbs

    def addressed(self, own: list[LimbDraft], near: list[LimbDraft]) -> list[LimbDraft]:
        """Return the limbs that the sentence is about.

        Args:
            own: The limbs of its paragraph, which it is about if it names no other.
            near: The limbs of all paragraphs near it.
        """
        named = self.among(near)
        return own or near if len(named) == len(near) else named


def with_numbers(limbs: list[LimbDraft], numbers: frozenset[str]) -> list[LimbDraft]:
    """Return the limbs of the paragraphs with some numbers, or all if there are none."""
    return _with_numbers(limbs, numbers) or limbs


def _with_numbers(limbs: list[LimbDraft], numbers: frozenset[str]) -> list[LimbDraft]:
    ends = tuple(f"({number})" for number in numbers)
    return [
        limb for limb in limbs if numbers and (limb.number in numbers or limb.number.endswith(ends))
    ]


def _numbers(words: str) -> Iterator[str]:
    """Yield the numbers of the paragraphs that words name."""
    for match in _NUMBERED.finditer(words):
        yield from _DIGITS.findall(match["numbers"])
        for first, last in _RANGE.findall(match["numbers"]):
            yield from map(str, range(int(first), min(int(last), int(first) + _MOST)))
    for match in _NAMED.finditer(words):
        yield _ORDINALS[(match["before"] or match["after"]).casefold()]
