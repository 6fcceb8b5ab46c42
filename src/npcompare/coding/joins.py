"""The conjunctions between the passages of a text: "or", "and", and a preposition that repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        """Return whether the words from a passage to a place are "and for": a new part begins."""
        words = [token.word for token in self._language.tokens(self._text, passage.end, end)]
        joins = self._language.joins
        return len(words) == 2 and words[0] in joins["and"] and words[1] in joins["for"]

    def within(self, words: Sequence[Token], following: Sequence[Token] = ()) -> tuple[int, int]:
        """Return where words start and end, without the conjunctions before and after them.

        A negation that begins them, as in "nor shall", is none.

        Args:
            words: The words.
            following: The words after them, if a conjunction that is a negation belongs to them:
                they then end with what it negates, as in "ne sont ni (d\u00e9tenues)".
        """
        language = self._language
        joins = language.joins["or"] | language.joins["and"]
        inner = [index for index, word in enumerate(words) if word.word not in joins]
        first, last = (inner[0], inner[-1]) if inner else (0, len(words) - 1)
        if words[0].word in language.negations:
            first = 0
        if following and last < len(words) - 1 and words[-1].word in language.negations:
            content = (each for each in following if each.word not in language.empty)
            return words[first].start, next(content, words[-1]).end
        return words[first].start, words[last].end

    def precede(self, start: int, place: int) -> bool:
        """Return whether the last word between two places is "and": "and may expunge"."""
        words = [token.word for token in self._language.tokens(self._text, start, place)]
        return bool(words) and words[-1] in self._language.joins["and"]

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
