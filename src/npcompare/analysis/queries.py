"""Queries over many classifications: conditions, counts, and what each class is based on.

A class that a provision has is a fact. That it does not have a class is a fact only if the complete
text is available in the law's own words; otherwise it is unknown, however much has been coded.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.model.logic import Answer, conjunction
from npcompare.model.provision import Basis
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_CONDITION = re.compile(r"\s*(?P<dimension>[^=!\s]+)\s*(?P<sign>!?=)\s*(?P<word>[^=!\s]+)\s*")


class Condition(Struct, frozen=True):
    """A class that a provision must have in a dimension, or must not have."""

    dimension: str
    word: str
    #: Whether the provision must have the class.
    is_required: bool

    def __str__(self) -> str:
        """Return the condition in the form in which it is written."""
        return f"{self.dimension}{'=' if self.is_required else '!='}{self.word}"

    def evaluate(self, classification: Classification) -> Answer:
        """Return whether a provision meets the condition."""
        if self.word in classification.dimensions[self.dimension].values:
            return Answer.YES if self.is_required else Answer.NO
        if not classification.provision.text.is_whole:
            return Answer.UNKNOWN
        return Answer.NO if self.is_required else Answer.YES


class Matches(Struct, frozen=True):
    """Provisions by whether they meet a list of conditions."""

    #: Those that meet every condition.
    certain: tuple[Classification, ...]
    #: Those that have each required class and are not known to have an excluded one.
    as_far_as_known: tuple[Classification, ...]
    #: Those of which it is unknown whether they have a required class.
    open: tuple[Classification, ...]
    #: Those that fail a condition.
    failing: tuple[Classification, ...]


def parse_condition(codebook: Codebook, text: str) -> Condition:
    """Return a condition such as "threshold=duress" or "stage!=records".

    Raises NpcompareError if it has another form, or if the dimension or class does not exist.
    """
    parts = _CONDITION.fullmatch(text)
    if parts is None:
        raise NpcompareError(
            f'"{text}" is not a valid condition',
            "write threshold=duress, or stage!=records to exclude a class",
        )
    dimension = codebook.dimension(parts["dimension"])
    word = parts["word"].casefold()
    if word not in dimension.classes:
        raise NpcompareError(
            f'"{parts["word"]}" is not a class of {dimension.id}',
            suggestion(word, "the classes are", dimension.classes),
        )
    return Condition(dimension.id, word, is_required=parts["sign"] == "=")


def find_matches(
    conditions: Sequence[Condition], classifications: Iterable[Classification]
) -> Matches:
    """Return which provisions meet every condition, and of which it is unknown."""
    certain, as_far_as_known, unknown, failing = [], [], [], []
    for classification in classifications:
        answers = {condition: condition.evaluate(classification) for condition in conditions}
        answer = conjunction(answers.values())
        if answer is Answer.YES:
            certain.append(classification)
        elif answer is Answer.NO:
            failing.append(classification)
        elif all(
            answer is Answer.YES for condition, answer in answers.items() if condition.is_required
        ):
            as_far_as_known.append(classification)
        else:
            unknown.append(classification)
    return Matches(tuple(certain), tuple(as_far_as_known), tuple(unknown), tuple(failing))


def possible_answers(dimension: Dimension) -> tuple[str, ...]:
    """Return all that a provision can be counted under: each class, silent, and unknown."""
    return (*dimension.classes, str(Basis.SILENT), str(Basis.UNKNOWN))


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
    coded_values = (
        coded
        for by_field in (provision.coded, *(limb.coded for limb in provision.limbs))
        for values in by_field.values()
        for coded in values
    )
    return sum(len(coded.evidence) for coded in coded_values)
