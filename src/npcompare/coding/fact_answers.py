"""The answers to what a text cannot answer: names, years, dates, codes and sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare.coding.field_answers import RefusedError
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from npcompare.coding.interview_questions import Choice
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

#: A reference to a numbered paragraph of a document.
_PARAGRAPH = re.compile(r"(?:para(?:graph|s)?s?\.?\s*)([0-9].*)", re.IGNORECASE)


def fact_value(
    fact: FactWords, line: str, choices: Sequence[Choice], documents: Collection[str]
) -> Any:
    """Return the value that a line gives; raise RefusedError if it gives none."""
    if fact.answer == "yes_no":
        return is_yes(line)
    if choices:
        return _chosen(line, choices)
    if fact.answer == "source":
        return _source(line, documents)
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


def _source(line: str, documents: Collection[str]) -> dict[str, str]:
    ref, _, place = (part.strip() for part in line.partition(","))
    if ref not in documents:
        match = near(ref, documents)
        hint = f'did you mean "{match}"? ' if match else ""
        raise RefusedError(
            f'sources.yaml has no document "{ref}"',
            f"{hint}s skips the question, so that you can add the document first",
        )
    paragraph = _PARAGRAPH.fullmatch(place)
    if paragraph:
        return {"ref": ref, "paragraph": paragraph[1]}
    return {"ref": ref, "pinpoint": place} if place else {"ref": ref}
