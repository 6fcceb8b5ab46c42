"""Queries over many classifications: conditions, counts, and what each class is based on.

A class that a provision has is a fact. That it does not have a class is a fact only if the complete
text is available in the law's own words, or if a source reports it; otherwise it is unknown,
however much has been coded.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.query_fields import COLLECTION, QueryField, field_names, query_field
from npcompare.errors import NpcompareError
from npcompare.messages import deferred, listed, message
from npcompare.model.logic import Answer, conjunction, disjunction, negation
from npcompare.model.provision import NONE_REPORTED, Basis
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_SIGN = r"\s*(?:!=|[<>]=|[<>=])"
_CONDITION = re.compile(rf"(?P<field>[^=!<>]+?)(?P<sign>{_SIGN})\s*(?P<words>[^=!<>]+)")

#: The sign for the opposite of a comparison of years.
_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
#: For each sign, its words and whether it holds between a year and a limit.
_COMPARISONS: dict[str, tuple[str, Callable[[str, str], bool]]] = {
    "<": (deferred("before {year}"), lambda year, limit: year < limit),
    "<=": (deferred("{year} or earlier"), lambda year, limit: year <= limit),
    ">": (deferred("after {year}"), lambda year, limit: year > limit),
    ">=": (deferred("{year} or later"), lambda year, limit: year >= limit),
}

_EXAMPLE = "write threshold=duress, stage!=records, or several conditions joined by “and”"


class Condition(Struct, frozen=True, eq=False):
    """Words of a field of which a provision must have one, or must not have any."""

    field: QueryField
    words: tuple[str, ...]
    #: Whether the provision must have a word.
    is_required: bool = True
    #: How a year is compared: "<", "<=", ">" or ">="; empty for a word.
    comparison: str = ""

    def __str__(self) -> str:
        """Return the condition in the form in which it is written."""
        sign = self.comparison or ("=" if self.is_required else "!=")
        return f"{self.field.name}{sign}{','.join(self.words)}"

    @property
    def clause(self) -> str:
        """The condition as a clause after "whose": "scope is not any offence"."""
        labels = [self.field.words.get(word, word) for word in self.words]
        if self.comparison:
            labels = [message(_COMPARISONS[self.comparison][0], year=self.words[0])]
        values = {
            "field": self.field.label.lower(),
            "classes": listed(labels, conjunction="or"),
        }
        if self.is_required:
            return message("{field} is {classes}", **values)
        return message("{field} is not {classes}", **values)

    @property
    def may_be_hidden(self) -> bool:
        """Whether the part of a text that is not available may contain what is excluded."""
        return self.field.is_coded and not self.is_required

    def evaluate(self, classification: Classification) -> Answer:
        """Return whether a provision meets the condition."""
        known = self.field.known(classification)
        if self.comparison:
            if not known.words:
                return Answer.UNKNOWN
            compare = _COMPARISONS[self.comparison][1]
            # Years of four digits are ordered as their texts are.
            is_met = any(compare(year, self.words[0]) for year in known.words)
            return Answer.YES if is_met else Answer.NO
        answer = disjunction(known.answer(word) for word in self.words)
        return answer if self.is_required else negation(answer)


def in_words(conditions: Iterable[Condition]) -> str:
    """Return conditions as a remark: "Only provisions whose effect is operative."."""
    first, *further = [condition.clause for condition in conditions]
    clauses = first
    for clause in further:
        clauses = message(
            "{conditions} and whose {condition}", conditions=clauses, condition=clause
        )
    return message("Only provisions whose {conditions}.", conditions=clauses)


class Fit(Enum):
    """How a provision meets conditions."""

    CERTAIN = "certain"
    AS_FAR_AS_KNOWN = "as far as known"
    OPEN = "open"
    FAILING = "failing"


class Matches(Struct, frozen=True):
    """Provisions by whether they meet a list of conditions."""

    conditions: tuple[Condition, ...]
    #: Those that meet every condition.
    certain: tuple[Classification, ...]
    #: Those that meet every condition unless the part of the text that is not available contains a
    #: class that is excluded.
    as_far_as_known: tuple[Classification, ...]
    #: Those of which it is unknown whether they meet a condition.
    open: tuple[Classification, ...]
    #: Those that fail a condition.
    failing: tuple[Classification, ...]
    #: The first two kinds in the order in which they were given.
    selected: tuple[Classification, ...]


def parse_conditions(corpus: Corpus, texts: Iterable[str]) -> tuple[Condition, ...]:
    """Return the conditions in texts such as "effect=operative and not scope=any_offence".

    All of them must be met. Raises NpcompareError if a text has another form, or if a field or a
    word does not exist.
    """
    collections = {file.header.id: file.collection for file in corpus.files if file.is_valid}
    book = corpus.codebook
    # Without long runs of white space, which the patterns would need much time for.
    parts = [part for text in texts for part in _parts(book, fold(text))]
    return tuple(parse_condition(book, part, collections) for part in parts)


def selected_collections(corpus: Corpus, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the collections that meet the conditions on the collection; none without any.

    Raises NpcompareError as `parse_conditions` does.
    """
    conditions = [
        condition
        for condition in parse_conditions(corpus, texts)
        if condition.field.name == COLLECTION
    ]
    return tuple(
        name
        for name in corpus.collections
        if conditions
        and all((name in condition.words) is condition.is_required for condition in conditions)
    )


def _parts(book: Codebook, text: str) -> list[str]:
    """Return the conditions that a text joins by "and".

    A label may contain the word too, as in "sentencing and liability", so that it joins conditions
    only before a field and a sign.
    """
    names = "|".join(re.escape(name).replace("_", "[ _-]") for name in field_names(book))
    next_condition = rf"(?:not\s+)*(?:{names}|[\w-]+){_SIGN}"
    return re.split(rf"\s+and\s+(?={next_condition})", text.strip(), flags=re.IGNORECASE)


def parse_condition(
    book: Codebook, text: str, collections: Mapping[str, str] | None = None
) -> Condition:
    """Return a condition such as "threshold=duress", "not stage=records" or "year>=2010".

    Words separated by commas are alternatives. Raises NpcompareError if the text has another form,
    or if the field or a word does not exist.
    """
    negations = re.match(r"\s*((?:not\s+)*)", text, re.IGNORECASE)
    condition = text[negations.end() :].strip() if negations else text
    parts = _CONDITION.fullmatch(condition)
    if parts is None or "(" in parts["field"]:
        raise _malformed(text)
    is_required = len(negations[1].split()) % 2 == 0 if negations else True
    field = query_field(book, parts["field"].strip(), collections or {})
    sign = parts["sign"].strip()
    words = _words(field, parts["words"])
    if sign in _COMPARISONS:
        if not field.is_ordered or len(words) > 1:
            raise NpcompareError(
                f'"{text}" is not a valid condition',
                "only one year can be compared with <, <=, > or >=, as in year>=2010",
            )
        return Condition(field, words, comparison=sign if is_required else _OPPOSITE[sign])
    return Condition(field, words, is_required=is_required is (sign == "="))


def _words(field: QueryField, text: str) -> tuple[str, ...]:
    """Return the words in a list separated by commas; a label may contain a comma itself."""
    text = _unquoted(text)
    try:
        return (field.word(text),)
    except NpcompareError:
        if "," not in text:
            raise
    return tuple(dict.fromkeys(field.word(_unquoted(part)) for part in text.split(",")))


def _unquoted(text: str) -> str:
    return text.strip().strip("\"'“”").strip()


def _malformed(text: str) -> NpcompareError:
    """Return the error for a text that is not a condition, with a hint for what it may mean."""
    hint = _EXAMPLE
    if re.search(r"[=<>].*\bor\b.*[=<>]", text, re.IGNORECASE):
        hint = "alternatives of one field are separated by commas, as in effect=operative,bill"
    elif re.search(r"[()]", text):
        hint = "brackets are not used; " + _EXAMPLE
    elif len(re.findall("!=|[<>]=|[=<>]", text)) > 1:
        hint = "write “and” between two conditions"
    return NpcompareError(f'"{text}" is not a valid condition', hint)


def find_matches(
    conditions: Sequence[Condition], classifications: Iterable[Classification]
) -> Matches:
    """Return which provisions meet every condition, and of which it is unknown."""
    results = [(_fit(conditions, result), result) for result in classifications]

    def having(*fits: Fit) -> tuple[Classification, ...]:
        return tuple(result for fit, result in results if fit in fits)

    return Matches(
        conditions=tuple(conditions),
        certain=having(Fit.CERTAIN),
        as_far_as_known=having(Fit.AS_FAR_AS_KNOWN),
        open=having(Fit.OPEN),
        failing=having(Fit.FAILING),
        selected=having(Fit.CERTAIN, Fit.AS_FAR_AS_KNOWN),
    )


def require_match(matches: Matches) -> tuple[Classification, ...]:
    """Return the provisions selected; raise NpcompareError if there are none."""
    if not matches.selected:
        ids = ", ".join(result.provision.id for result in matches.open)
        hint = f"it is unknown whether these do: {ids}" if ids else ""
        raise NpcompareError("no provision is known to meet the conditions", hint)
    return matches.selected


def _fit(conditions: Iterable[Condition], classification: Classification) -> Fit:
    """Return how a provision meets the conditions together."""
    answers = [(condition, condition.evaluate(classification)) for condition in conditions]
    answer = conjunction(answer for _, answer in answers)
    if answer is not Answer.UNKNOWN:
        return Fit.CERTAIN if answer is Answer.YES else Fit.FAILING
    is_likely = all(
        answer is Answer.YES or condition.may_be_hidden for condition, answer in answers
    )
    return Fit.AS_FAR_AS_KNOWN if is_likely else Fit.OPEN


def possible_answers(dimension: Dimension) -> tuple[str, ...]:
    """Return all that a provision can be counted under.

    These are each class, that a source reports none, that the text is silent, and unknown.
    """
    return (*dimension.classes, NONE_REPORTED, str(Basis.SILENT), str(Basis.UNKNOWN))


def cross_tabulation(
    classifications: Iterable[Classification], first: str, second: str
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the ids of the provisions under each pair of answers in two dimensions.

    A provision with several classes is counted under each of them.
    """
    ids: dict[tuple[str, str], list[str]] = {}
    for classification in classifications:
        rows, columns = (classification.dimensions[name].answers for name in (first, second))
        for pair in product(rows, columns):
            ids.setdefault(pair, []).append(classification.provision.id)
    return {pair: tuple(under_pair) for pair, under_pair in ids.items()}


def count_by_basis(classification: Classification) -> Counter[Basis]:
    """Return how many dimensions of a provision have each basis."""
    return Counter(classified.basis for classified in classification.dimensions.values())


def quotation_count(provision: Provision) -> int:
    """Return how many times words of the law, or of its description, are quoted as evidence."""
    return sum(len(value.coded.evidence) for value in provision.coded_values)
