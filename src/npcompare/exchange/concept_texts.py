"""The texts of a codebook in all languages of the outputs, and which translations are proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.exchange.rdf import Literal
from npcompare.law.translation import LANGUAGES, catalogue_of
from npcompare.messages import ENGLISH_TAG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class ConceptTexts:
    """Translates the texts of a codebook in English."""

    def __init__(self, statutes: Path) -> None:
        """Load the translations, with those that a corpus in this folder has of its own."""
        self._catalogues = {tag: catalogue_of(tag, statutes=statutes) for tag in LANGUAGES}

    def of(self, english: str, around: str = "{sentence}") -> list[Literal]:
        """Return a text in each language that it has; English comes first.

        It is put into another text that has all languages, in place of {sentence}.
        """
        if not english:
            return []
        return [
            Literal(catalogue.text(around).format(sentence=catalogue.text(english)), tag)
            for tag, catalogue in self._catalogues.items()
            if tag == ENGLISH_TAG or english in catalogue.messages
        ]

    def proposed(self, english: str) -> list[Literal]:
        """Return the translations of a text that are not from a published document."""
        return [
            Literal(catalogue.text(english), tag)
            for tag, catalogue in self._catalogues.items()
            if english in catalogue.proposed
        ]

    def note_on(self, texts: Mapping[str, str]) -> list[Literal]:
        """Return a note that says which translations are proposed, if any are.

        The texts are given by what they are, such as "label".
        """
        proposed = {kind: self.proposed(english) for kind, english in texts.items()}
        parts = [
            f"{kind} in {', '.join(literal.language for literal in literals)}"
            for kind, literals in proposed.items()
            if literals
        ]
        if not parts:
            return []
        note = "Proposed translations, made for npcompare and not taken from a published document: "
        return [Literal(f"{note}{'; '.join(parts)}.", ENGLISH_TAG)]
