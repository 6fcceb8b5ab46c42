"""Authorities that are no subject of a verb: "cooperated with the police, the Director may"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader

#: Fields of words that extend from an authority to its verb.
_OF_SUBJECT = frozenset({"addressee", "force"})


def without_borrowed_verbs(reader: Reader, passages: list[Passage]) -> list[Passage]:
    """Return the passages without those from an authority to the verb of another one.

    A comma is between the two, and no conjunction as in "the police, the prosecutor and the court".
    """
    subjects = [each for each in passages if each.field == "addressee"]
    return [
        passage
        for passage in passages
        if passage.field not in _OF_SUBJECT
        or not any(_is_of_next(reader, passage, subject) for subject in subjects)
    ]


def _is_of_next(reader: Reader, passage: Passage, subject: Passage) -> bool:
    """Return whether the verb of a passage is that of a subject after a comma."""
    if not passage.start < subject.start < passage.end <= subject.end:
        return False
    between = reader.text[passage.start : subject.start]
    words = {
        token.word for token in reader.language.tokens(reader.text, passage.start, passage.end)
    }
    joins = reader.language.joins
    return between.rstrip().endswith(",") and not words & (joins["or"] | joins["and"])
