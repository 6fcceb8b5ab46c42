"""Links that the words before them deny or except: "even if it was not the result of coercion"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from npcompare.model.field_sets import OF_LINK, OFFENCE_LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from npcompare.coding.passages import Passage, SentenceWords
    from npcompare.coding.phrasebook import Language

#: Fields whose words explain a negation before a link: "shall not, as a result of".
_STATED = frozenset({"relief", "burden", "cooperation", "liability", *OF_LINK})

#: How many words may be between a negation and a link: "was not in any way the result of coercion".
_ADJACENT = 3


def without_denied_links(
    passages: Sequence[Passage], read_words: Callable[[], SentenceWords], language: Language
) -> list[Passage]:
    """Return the passages without the links that a rule does not require.

    A negation directly before a link denies it, and an exception after the relief turns it round,
    unless there are both. Words that a passage of another kind names do neither.
    """
    if not any(passage.field == "link" and passage.value != "none" for passage in passages):
        return list(passages)
    words = _Words(read_words(), passages, language)
    # "Not out of proportion", and "unless the act was", are tests of the rule.
    denied = [
        passage
        for passage in passages
        if passage.field in OF_LINK and passage.field != "tests" and words.deny(passage)
    ]
    return [
        passage
        for passage in passages
        if passage.field not in OF_LINK
        or not any(outer.start <= passage.start and passage.end <= outer.end for outer in denied)
    ]


def without_borrowed_negations(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """Return the passages without the reliefs whose first word is part of a link.

    The "no" of "had no choice but to commit it shall be punished" gives no relief.
    """
    links = [passage for passage in passages if passage.field in OF_LINK]
    return [
        passage
        for passage in passages
        if passage.field != "relief"
        or not any(
            link.start <= passage.start < link.end < passage.end
            and passage.start in link.named_places(language)
            for link in links
        )
    ]


def without_wide_links(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages without links that reach across an offence to the words of another.

    "On account of offences connected with the trafficking" states a connection.
    """
    offences = [passage for passage in passages if passage.field.startswith("offences.")]
    links = [passage for passage in passages if passage.field == "link"]

    def is_wide(link: Passage) -> bool:
        return any(
            link.start < offence.start and offence.end <= inner.start and inner.end == link.end
            for offence in offences
            for inner in links
            if inner.value != link.value and inner.start > link.start
        )

    wide = {id(link) for link in links if len(links) > 1 and is_wide(link)}
    return [passage for passage in passages if id(passage) not in wide]


class _Words:
    """The words of a sentence, by their indexes, with its negations and exceptions."""

    def __init__(
        self, words: SentenceWords, passages: Sequence[Passage], language: Language
    ) -> None:
        self._text = words.text
        self._tokens = words.tokens
        self._starts = [token.start for token in words.tokens]
        self._empty = language.empty
        reliefs = [passage for passage in passages if passage.field == "relief"]
        exceptions = [passage for passage in passages if passage.field == "exception"]
        self._reliefs = [passage.end for passage in reliefs]
        # After what an exception names, a link is one of the rule.
        self._named = [passage.start for passage in passages if passage.field in OFFENCE_LISTS]
        stated = _places((passage for passage in passages if passage.field in _STATED), language)
        granted = _places(reliefs, language)
        self._negations = [
            mark.end - 1
            for mark in words.marks
            if mark.kind == "denying" and self._starts[mark.end - 1] not in stated
        ]
        self._exceptions = [mark.end - 1 for mark in words.marks if mark.kind == "clausal"]
        self._exceptions += [
            bisect_left(self._starts, passage.end) - 1
            for passage in exceptions
            # "The penalties do not apply to" is the relief.
            if not granted & passage.named_places(language)
        ]

    def deny(self, passage: Passage) -> bool:
        """Return whether the words before a passage deny it, or except it from the rule."""
        first = bisect_left(self._starts, passage.start)
        is_negated = any(self._is_adjacent(index, first) for index in self._negations)
        is_excepted = any(self._is_excepted(index, first) for index in self._exceptions)
        return is_negated != is_excepted

    def _is_adjacent(self, index: int, first: int) -> bool:
        """Return whether only words that can carry no condition are between two words."""
        between = range(index + 1, first)
        return index < first and len(between) <= _ADJACENT and self._are_empty(between)

    def _is_excepted(self, index: int, first: int) -> bool:
        """Return whether an exception reaches a passage: no named offence or comma is between."""
        start, end = self._starts[index], self._starts[first]
        return (
            index < first
            and any(relief <= start for relief in self._reliefs)
            and not any(start <= named < end for named in self._named)
            and "," not in self._text[start:end]
        )

    def _are_empty(self, indexes: range) -> bool:
        return all(self._tokens[index].word in self._empty for index in indexes)


def _places(passages: Iterable[Passage], language: Language) -> set[int]:
    """Return the places of the words that passages name."""
    return {place for passage in passages for place in passage.named_places(language)}
