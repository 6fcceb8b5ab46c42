"""The words of the interview: its questions and keys, as data that a lawyer can edit.

They are in `schemas/interview.yaml`. The classes and their definitions come from the codebook.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.law.bundled_data import bundled_data

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The kind of answer that is a document of the bibliography.
SOURCE = "source"


class FieldWords(Struct, frozen=True):
    """The question for a coded field, if a value is proposed and if none is."""

    ask: str
    silent: str
    #: The condition on the rule under which it is asked; empty for always.
    when: Mapping[str, Any]


class FactWords(Struct, frozen=True):
    """The question for a fact that the text cannot answer."""

    name: str
    ask: str
    help: str
    #: A kind of answer, such as "year", or a vocabulary of the codebook.
    answer: str
    is_required: bool
    #: Words of the vocabulary that are not offered.
    excluded: tuple[str, ...]
    #: The kinds of instruments for which it is not asked.
    unless_kind: tuple[str, ...]

    @property
    def pointer(self) -> tuple[str, ...]:
        """The place of the fact in the file."""
        return tuple(self.name.split("."))


class KeyWords(Struct, frozen=True):
    """What a key is called, and what it does."""

    name: str
    help: str


class InterviewWords(Struct, frozen=True):
    """All words of the interview."""

    fields: Mapping[str, FieldWords]
    facts: tuple[FactWords, ...]
    keys: Mapping[str, KeyWords]
    reasons: tuple[str, ...]
    #: The heading of each kind of question that is not about a field or a fact.
    headings: Mapping[str, str]
    #: What is asked of a new document, by step, and what is said about it.
    source: Mapping[str, str]
    #: Single questions and notes by their names in the file, such as "details".
    texts: Mapping[str, str]

    def fact(self, name: str) -> FactWords:
        """Return the question for a fact."""
        return next(fact for fact in self.facts if fact.name == name)


@cache
def interview_words() -> InterviewWords:
    """Return the bundled words; raise ProblemsError if the file has findings."""
    data: Mapping[str, Any] = bundled_data("interview")
    return InterviewWords(
        fields={
            name: FieldWords(words["ask"], words["silent"], words.get("when", {}))
            for name, words in data["fields"].items()
        },
        facts=tuple(map(_fact, data["facts"])),
        keys={key: KeyWords(words["name"], words["help"]) for key, words in data["keys"].items()},
        reasons=tuple(data["reasons"]),
        headings=data["headings"],
        source=data["source"],
        texts={name: text for name, text in data.items() if isinstance(text, str)},
    )


def _fact(data: Mapping[str, Any]) -> FactWords:
    return FactWords(
        name=data["name"],
        ask=data["ask"],
        help=data.get("help", ""),
        answer=data["answer"],
        is_required=data.get("required", False),
        excluded=tuple(data.get("excluded", ())),
        unless_kind=tuple(data.get("unless_kind", ())),
    )
