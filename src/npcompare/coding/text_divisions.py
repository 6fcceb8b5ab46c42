"""Sentences that limit all rules of a Part, a Chapter or an Act: "nothing in this Part"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from npcompare.coding.paragraph_references import with_numbers
from npcompare.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_content import SentenceContent
    from npcompare.wording.sentences import Sentence

#: A heading: the kind of division, its number, and then the end of the line, or a title.
_HEADING = re.compile(
    r"^[^\S\n]*(?P<kind>(?i:part|chapter|division|title|subtitle|partie|chapitre|titre"
    r"|section|parte|cap[i\u00ed]tulo|t[i\u00ed]tulo|secci[o\u00f3]n))[^\S\n]+"
    r"(?:[IVXLC]+|[ivxlc]+|\d+(?:er)?[A-Za-z]?|[A-Z]|(?i:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|premi(?:er|\u00e8re)|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|[u\u00fa]nic[oa]))"
    r"\b[^\S\n]*(?:$|[.:\u2013\u2014-]|(?=[A-Z]{2}))",
    re.MULTILINE,
)

#: A reference of a sentence to the division that it is in: "this Part".
_REFERENCE = re.compile(
    r"\b(?:this|pr[\u00e9e]sente?|ce|cette|est[ea])\s+(?P<kind>part|chapter|division|title|subtitle"
    r"|partie|chapitre|titre|section|parte|cap[i\u00ed]tulo|t[i\u00ed]tulo|secci[o\u00f3]n)\b",
    re.IGNORECASE,
)

#: What a sentence is about: divisions by kind and number, and the numbers of paragraphs.
Divisions = tuple[frozenset[tuple[str, int]], frozenset[str]]


class SentencesOnParts:
    """The sentences about all rules of their Part, for when all of these are known."""

    def __init__(self, text: str) -> None:
        """Find the headings of a text: where its divisions of each kind begin."""
        self._text = text
        self._starts: dict[str, list[int]] = defaultdict(list)
        for match in _HEADING.finditer(text):
            self._starts[_kind(match)].append(match.start("kind"))
        self._sentences: list[tuple[Sentence, list[Passage], SentenceContent]] = []
        #: The limbs of some divisions by these and by numbers, and how many limbs the text had.
        self._limited: dict[Divisions, list[LimbDraft]] = {}
        self._known = 0

    def add(self, sentence: Sentence, passages: list[Passage], content: SentenceContent) -> None:
        """Add a sentence, its passages and its content."""
        self._sentences.append((sentence, passages, content))

    def __iter__(self) -> Iterator[tuple[Sentence, list[Passage], SentenceContent]]:
        """Yield each sentence, with its passages and its content."""
        return iter(self._sentences)

    def is_heading(self, sentence: Sentence, content: SentenceContent) -> bool:
        """Return whether a sentence is the heading of a division: "PART III - VICTIMS"."""
        return self.is_numbered(sentence) and content.is_heading

    def is_numbered(self, sentence: Sentence) -> bool:
        """Return whether a sentence begins with the number of a division."""
        return any(sentence.start in starts for starts in self._starts.values())

    def divisions(self, sentence: Sentence, numbers: frozenset[str] = frozenset()) -> Divisions:
        """Return the divisions that a sentence refers to and is in, with some paragraphs of them.

        A text that is not divided so is one division, as it is for "this Act".
        """
        references = _REFERENCE.finditer(self._text, sentence.start, sentence.end)
        kinds = frozenset(
            (kind, bisect_right(self._starts.get(kind, []), sentence.start))
            for kind in map(_kind, references)
        )
        return kinds, numbers

    def limited(self, divisions: Divisions, limbs: Sequence[LimbDraft]) -> list[LimbDraft]:
        """Return the limbs in some divisions; of the paragraphs that are named, if these have any.

        The same divisions have the same list: the time would grow with the product of sentences and
        limbs if each sentence had its own.

        Args:
            divisions: The divisions and paragraphs.
            limbs: The limbs of the text so far.
        """
        if len(limbs) != self._known:
            self._known = len(limbs)
            self._limited.clear()
        if divisions not in self._limited:
            kinds, numbers = divisions
            within = [limb for limb in limbs if self._is_within(limb, kinds)]
            self._limited[divisions] = with_numbers(within, numbers)
        return self._limited[divisions]

    def _is_within(self, limb: LimbDraft, divisions: Collection[tuple[str, int]]) -> bool:
        """Return whether a limb is in one of some divisions, or there are none."""
        return not divisions or any(
            bisect_right(self._starts.get(kind, []), limb.start) == number
            for kind, number in divisions
        )


def _kind(match: re.Match[str]) -> str:
    return alphabetical(match["kind"])
