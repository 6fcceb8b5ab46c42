"""Authorities that are no subject of a verb: "cooperated with the police, the Director may"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.coding.passages import Passage
    from npcompare.coding.phrasebook import Language

#: Fields of words that extend from an authority to its verb.
_OF_SUBJECT = frozenset({"addressee", "force"})


def without_borrowed_verbs(
    text: str, language: Language, passages: Sequence[Passage]
) -> list[Passage]:
    """Return the passages without those from an authority to the verb of another one.

    A comma is between the two, and no conjunction as in "the police, the prosecutor and the court".
    """
    subjects = [each for each in passages if each.field == "addressee"]
    return [
        passage
        for passage in passages
        if passage.field not in _OF_SUBJECT
        or not any(_is_of_next(text, language, passage, subject) for subject in subjects)
    ]


def _is_of_next(text: str, language: Language, passage: Passage, subject: Passage) -> bool:
    """Return whether the verb of a passage is that of a subject after a comma."""
    if not passage.start < subject.start < passage.end <= subject.end:
        return False
    between = text[passage.start : subject.start]
    words = {token.word for token in language.tokens(text, passage.start, passage.end)}
    joins = language.joins["or"] | language.joins["and"]
    return between.rstrip().endswith(",") and not words & joins
