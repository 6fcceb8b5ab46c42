"""The conjunctions between the passages of a text: "or", "and", and a preposition that repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcompare.coding.passages import Passage
    from npcompare.coding.patterns import Token
    from npcompare.coding.phrasebook import Language


class Joins:
    """Which words join the passages of one text in one language."""

    def __init__(self, text: str, language: Language) -> None:
        """Prepare to look at places in the text."""
        self._text = text
        self._language = language

    def are_between(self, start: int, end: int, *kinds: str) -> bool:
        """Return whether the words between two places include each kind of join, and no "and".

        The "or" of "he or she" joins nothing else.
        """
        words = {token.word for token in self._without_pronouns(start, end)}
        joins = self._language.joins
        return all(words & joins[kind] for kind in kinds) and not words & joins["and"]

    def repeat_preposition(self, passage: Passage, end: int) -> bool:
        """Return whether the words from a passage to a place are "and for": a new part begins.

        The "and" may be the last word of the passage.
        """
        start = self._start_of_last(passage, "and")
        words = [token.word for token in self._language.tokens(self._text, start, end)]
        joins = self._language.joins
        return len(words) == 2 and words[0] in joins["and"] and words[1] in joins["for"]

    def end_before(self, passage: Passage) -> int:
        """Return where a passage ends, without an "or" that is its last word."""
        return self._start_of_last(passage, "or")

    def precede(self, start: int, place: int) -> bool:
        """Return whether the last word between two places is "and": "and may expunge"."""
        words = [token.word for token in self._language.tokens(self._text, start, place)]
        return bool(words) and words[-1] in self._language.joins["and"]

    def _start_of_last(self, passage: Passage, kind: str) -> int:
        """Return where the last word of a passage begins if it is a join, else where it ends."""
        last = self._language.tokens(self._text, passage.start, passage.end)[-1]
        return last.start if last.word in self._language.joins[kind] else passage.end

    def _without_pronouns(self, start: int, end: int) -> list[Token]:
        """Return the words between two places without those from a pronoun to the next."""
        tokens = self._language.tokens(self._text, start, end)
        joins = self._language.joins["or"]
        if not any(token.word in joins for token in tokens):
            return tokens
        pronouns = {
            index
            for mark in self._language.beneficiaries(tokens)
            if mark.kind == "pronouns"
            for index in range(mark.first, mark.end)
        }
        return [
            token
            for index, token in enumerate(tokens)
            if token.word not in joins or not {index - 1, index + 1} <= pronouns
        ]
