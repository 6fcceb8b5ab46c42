"""Terms that a text defines, and the offences that their definitions leave out.

"“Minor offence” means an offence that is not a violent crime": a rule on minor offences excludes
violent ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.model.field_sets import OFFENCE_LISTS

if TYPE_CHECKING:
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader
    from npcompare.wording.sentences import Sentence

_TERM = re.compile(
    r"[\"\u201c\u00ab]\s?([^\"\u201c\u201d\u00ab\u00bb\n]{3,60}?)\s?[\"\u201d\u00bb]"
)

#: The fields of a sentence that defines a term.
_DEFINING = frozenset({"definition", "scope"})

#: What in a definition may leave offences out.
_LIMITS = frozenset({"negation", "exception"})


class DefinedTerms:
    """The terms for offences that the sentences read so far define."""

    def __init__(self, reader: Reader) -> None:
        """Prepare to note terms."""
        self._reader = reader
        #: Each term, with the place of its definition and what this excludes.
        self._terms: dict[str, tuple[tuple[int, int], list[Passage]]] = {}
        #: The definitions of terms in a rule that leave out what is not understood.
        self.unread: set[tuple[int, int]] = set()

    def applied(self, sentence: Sentence, passages: list[Passage]) -> list[Passage]:
        """Return passages, in a rule with the offences that its terms leave out.

        Note the terms that a sentence defines, whose negated offences are left out.
        """
        fields = {passage.field for passage in passages}
        if fields & _DEFINING:
            return self._defined(sentence, passages)
        if not self._terms or "relief" not in fields:
            return passages
        words = self._words(sentence.start, sentence.end)
        excluded: list[Passage] = []
        for term, (place, exclusions) in self._terms.items():
            if term in words:
                excluded += exclusions
                self.unread |= set() if exclusions else {place}
        return [*passages, *excluded]

    def _defined(self, sentence: Sentence, passages: list[Passage]) -> list[Passage]:
        words = self._reader.words(sentence)
        marks = [words.tokens[each.first].start for each in words.marks if each.kind in _LIMITS]
        terms = list(_TERM.finditer(words.text, sentence.start, sentence.end))
        ends = [*(term.start() for term in terms[1:]), sentence.end]
        for term, end in zip(terms, ends, strict=False):
            limits = [place for place in marks if term.end() <= place < end]
            inner = [each for each in passages if term.end() <= each.start < end]
            named = [each for each in passages if _overlaps(each, term)]
            if not limits or all(each.field != "offences.extent" for each in named):
                continue
            # What an item of a list leaves out is not left out of the others.
            left_out = [each for each in inner if _is_left_out(each, limits[0]) and not each.item]
            others = [each for each in passages if each not in left_out]
            exclusions = [each.as_field("offences.excluded") for each in left_out]
            passages = [*others, *exclusions]
            self._terms[self._words(term.start(1), term.end(1))] = (
                (sentence.start, sentence.end),
                exclusions,
            )
        return passages

    def _words(self, start: int, end: int) -> str:
        """Return the words of a place, each between spaces."""
        tokens = self._reader.language.tokens(self._reader.text, start, end)
        return f" {' '.join(token.word for token in tokens)} "


def _is_left_out(passage: Passage, limit: int) -> bool:
    """Return whether a passage names offences after the words that leave some out."""
    is_named = passage.field in OFFENCE_LISTS
    return is_named and passage.start >= limit


def _overlaps(passage: Passage, term: re.Match[str]) -> bool:
    return passage.start < term.end() and term.start() < passage.end
