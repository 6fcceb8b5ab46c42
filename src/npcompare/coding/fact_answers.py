"""The answers to what a text cannot answer: names, years, dates, codes and sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare.coding.field_answers import RefusedError
from npcompare.coding.interview_sources import source_of
from npcompare.coding.interview_words import SOURCE
from npcompare.law.yaml_edits import REMOVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.coding.interview_file import InterviewFile
    from npcompare.coding.interview_questions import Choice
    from npcompare.coding.interview_sources import Documents
    from npcompare.coding.interview_words import FactWords

#: By kind of answer, its form and what is wrong otherwise.
_FORMS = {
    "year": (re.compile("[0-9]{4}"), "a year has four digits, such as 2010"),
    "date": (
        re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"),
        "write the date as 2010-10-01, 2010-10 or 2010",
    ),
    "code": (
        re.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?"),
        "a code has two letters, such as KE; that of a part of a State continues, as in US-NY",
    ),
    "tag": (
        re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
        "write a language tag, such as en, fr or pt-BR",
    ),
}

#: The fact without which the provision has no instrument.
INSTRUMENT = "instrument.kind"

#: The statuses of texts that can be complete.
_WHOLE = frozenset({"verbatim", "translation"})

#: Facts that a file states as empty where they are not known.
_EMPTY = frozenset({"form", "pinpoint", "jurisdiction.code"})


def fact_value(fact: FactWords, line: str, choices: Sequence[Choice], documents: Documents) -> Any:
    """Return the value that a line gives; raise RefusedError if it gives none."""
    if fact.answer == "yes_no":
        return is_yes(line)
    if choices:
        return _chosen(line, choices)
    if fact.answer == SOURCE:
        return source_of(line, documents)
    text = line.upper() if fact.answer == "code" else line
    form = _FORMS.get(fact.answer)
    if form and not form[0].fullmatch(text):
        raise RefusedError(form[1])
    if len(text) < 2:
        raise RefusedError("type the answer in words; ? shows the keys")
    return int(text) if fact.answer == "year" else text


def is_yes(line: str) -> bool:
    """Return whether a line says yes; raise RefusedError if it says neither yes nor no."""
    if line.casefold() not in {"y", "yes", "n", "no"}:
        raise RefusedError("type y for yes or n for no")
    return line.casefold().startswith("y")


def _chosen(line: str, choices: Sequence[Choice]) -> str:
    for choice in choices:
        if line.casefold() in {str(choice.number), choice.word.casefold(), choice.label.casefold()}:
            return choice.word
    raise RefusedError(f"type a number from 1 to {len(choices)}")


def without_fact(file: InterviewFile, fact: FactWords) -> InterviewFile:
    """Return a file in which a fact is not known."""
    if fact.name == INSTRUMENT:
        file = file.with_value(("instrument",), None)
    elif file.value(fact.pointer) is not None:
        file = file.with_value(fact.pointer, None if fact.name in _EMPTY else REMOVED)
    return file.with_answered({fact.name})


def with_fact(file: InterviewFile, fact: FactWords, value: Any) -> InterviewFile:
    """Return a file with a fact, and with what follows from it."""
    if fact.name == INSTRUMENT and file.value(("instrument",)) is None:
        file = file.with_value(("instrument",), {"title": None, "kind": value})
    file = file.with_value(fact.pointer, value)
    file = _with_consequences(file, fact.name, value)
    return file.with_answered((), without=fact.name)


def _with_consequences(file: InterviewFile, name: str, value: Any) -> InterviewFile:
    if name == "text.status":
        complete = file.value(("text", "complete"))
        if value not in _WHOLE:
            return file.with_value(("text", "complete"), value=False)
        return file if complete is True else file.with_value(("text", "complete"), None)
    if name == "text.source" and file.value(("sources",)) is None:
        return file.with_value(("sources",), [value])
    return file
