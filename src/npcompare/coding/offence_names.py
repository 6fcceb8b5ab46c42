"""Words beside an offence that say which one it is, and offences of which a person is the victim.

"An offence against section 70 (unlawful entry)" is illegal entry, and so is "illegal entry under
section 70". "The victim of an offence against section 12" did not commit that offence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.model.field_sets import OFFENCE_LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from npcompare.coding.passages import Passage, SentenceWords
    from npcompare.coding.phrasebook import Language

#: The category of offences that are named by a number only.
_NUMBERED = "scheduled"

#: The signal of words such as "section 70".
_CITATION = "about_law"

#: What follows a number in brackets, to say which offence it is.
_GLOSS = re.compile(r"\s*\(([^()]*)\)?")


def with_names(
    passages: Sequence[Passage], read_words: Callable[[], SentenceWords], language: Language
) -> list[Passage]:
    """Return the passages, with the offences that the words beside them name."""
    offences = [passage for passage in passages if passage.field in OFFENCE_LISTS]
    if not offences:
        return list(passages)
    persons = [passage for passage in passages if passage.field == "persons"]
    suffered = [each for each in offences if _is_suffered(each, persons, language)]
    committed = [each for each in offences if each not in suffered]
    words = read_words()
    return [
        _named(words, passage, committed, language)
        for passage in passages
        if passage not in suffered
    ]


def _is_suffered(offence: Passage, persons: Sequence[Passage], language: Language) -> bool:
    """Return whether the words for a victim begin to name an offence: "victim of a crime"."""
    return any(
        person.start < offence.start < person.end and offence.start in person.named_places(language)
        for person in persons
    )


def _named(
    words: SentenceWords, passage: Passage, offences: Sequence[Passage], language: Language
) -> Passage:
    """Return a passage that cites a law as one for the offence that is named beside it."""
    is_number = passage.field in OFFENCE_LISTS and passage.value == _NUMBERED
    if not is_number and passage.field != _CITATION:
        return passage
    named = [each for each in offences if each.value != _NUMBERED]
    if gloss := _GLOSS.match(words.text, passage.end):
        for offence in named:
            if gloss.start(1) <= offence.start < gloss.end(1):
                field = passage.field if is_number else offence.field
                return passage.as_field(field, offence.value)
    for offence in named if passage.field == _CITATION else ():
        between = language.tokens(words.text, offence.end, passage.start)
        is_beside = offence.end <= passage.start and len(between) == 1
        if is_beside and between[0].word in language.empty - language.joins["and"]:
            return passage.as_field(offence.field, offence.value)
    return passage
