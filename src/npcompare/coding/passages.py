"""The words of a sentence, and those of them that match a rule of the phrase book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.coding.patterns import Token
    from npcompare.coding.phrasebook import Language, Mark, PhraseRule


class Passage(Struct, frozen=True, gc=False):
    """The words that match a rule, and the item of a list that they are in; 0 before the list."""

    rule: PhraseRule
    start: int
    end: int
    item: int = 0
    #: The phrases that match, by their numbers, each with the words of the match.
    matches: tuple[tuple[int, tuple[Token, ...]], ...] = ()

    @property
    def field(self) -> str:
        """The field, or signal, of the rule."""
        return self.rule.field

    @property
    def value(self) -> str:
        """The value of the rule."""
        return self.rule.value

    @property
    def gives_way(self) -> bool:
        """Whether other values of its field prevail: over "a victim", and over "any offence"."""
        return self.rule.is_weak or self.field == "offences.extent"

    def named_places(self, language: Language) -> set[int]:
        """Return the places, in characters, of the words that the phrases name."""
        return {
            tokens[index].start
            for number, tokens in self.matches
            for index in language.named(number, [token.word for token in tokens])
        }

    def as_field(self, field: str, value: str = "", rule: str = "") -> Passage:
        """Return the passage as a match of a rule for another field."""
        rule_for_field = replace(
            self.rule, id=rule or self.rule.id, field=field, value=value or self.rule.value
        )
        return replace(self, rule=rule_for_field)


class SentenceWords(Struct, frozen=True):
    """The words of a sentence, without labels and barriers, and the marks among them."""

    text: str
    tokens: Sequence[Token]
    marks: Sequence[Mark]

    @property
    def is_question(self) -> bool:
        """Whether the sentence asks, so that it gives no relief."""
        return self.text[self.tokens[-1].end :].lstrip().startswith("?")
