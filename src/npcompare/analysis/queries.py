"""Questions put to many classifications at once: conditions, counts, and what the cells rest on.

A class that is given is a fact. That a class is not there is a fact only of a complete text in the
law's own words; of all others it is not known, however much has been coded.
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
    from npcompare.model.results import Classification, Classified

_CONDITION = re.compile(r"\s*(?P<dimension>[^=!\s]+)\s*(?P<sign>!?=)\s*(?P<word>[^=!\s]+)\s*")


class Condition(Struct, frozen=True):
    """A class that a provision must have in a dimension, or must not."""

    dimension: str
    word: str
    wanted: bool

    def __str__(self) -> str:
        """Return the condition as it is written."""
        return f"{self.dimension}{'=' if self.wanted else '!='}{self.word}"

    def holds(self, one: Classification) -> Answer:
        """Say whether a provision meets the condition."""
        if self.word in one.dimensions[self.dimension].values:
            return Answer.YES if self.wanted else Answer.NO
        if not one.provision.text.is_whole:
            return Answer.CANNOT_TELL
        return Answer.NO if self.wanted else Answer.YES


class Matches(Struct, frozen=True):
    """What became of the provisions that conditions were put to."""

    #: Those that meet every condition.
    certain: tuple[Classification, ...]
    #: Those that have each class wanted, and of which it is not known that they lack the others.
    as_far_as_known: tuple[Classification, ...]
    #: Those of which it is not known whether they have a class wanted.
    open: tuple[Classification, ...]
    #: Those that fail a condition.
    failing: tuple[Classification, ...]


def condition(codebook: Codebook, written: str) -> Condition:
    """Return a condition as written: "threshold=duress" or "stage!=records"."""
    found = _CONDITION.fullmatch(written)
    if found is None:
        raise NpcompareError(
            f'"{written}" is no condition', "write threshold=duress, or stage!=records for what not"
        )
    dimension = codebook.dimension(found["dimension"])
    word = found["word"].casefold()
    if word not in dimension.classes:
        raise NpcompareError(
            f'"{found["word"]}" is no class of {dimension.id}',
            suggestion(word, "the classes are", dimension.classes),
        )
    return Condition(dimension.id, word, wanted=found["sign"] == "=")


def where(conditions: Sequence[Condition], results: Iterable[Classification]) -> Matches:
    """Return which provisions meet every condition, and of which it is not known."""
    found: dict[str, list[Classification]] = {}
    for one in results:
        answer = conjunction(each.holds(one) for each in conditions)
        kind = answer.value
        if answer is Answer.CANNOT_TELL and all(
            each.holds(one) is Answer.YES for each in conditions if each.wanted
        ):
            kind = "as far as known"
        found.setdefault(kind, []).append(one)
    kinds = (Answer.YES.value, "as far as known", Answer.CANNOT_TELL.value, Answer.NO.value)
    return Matches(*(tuple(found.get(kind, ())) for kind in kinds))


def answers(one: Classified) -> tuple[str, ...]:
    """Return the classes of a provision in a dimension, or that it is silent or unknown."""
    return one.values or (str(one.basis),)


def rows(dimension: Dimension) -> tuple[str, ...]:
    """Return all that a provision may be counted under: each class, silent, and unknown."""
    return (*dimension.classes, str(Basis.SILENT), str(Basis.UNKNOWN))


def cross(
    results: Iterable[Classification], first: str, second: str
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the ids under each pair of classes of two dimensions.

    A provision with several classes stands under each; one whose class is silent or unknown
    stands under that.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for one in results:
        for pair in product(answers(one.dimensions[first]), answers(one.dimensions[second])):
            found.setdefault(pair, []).append(one.provision.id)
    return {pair: tuple(ids) for pair, ids in found.items()}


def cells(one: Classification) -> Counter[Basis]:
    """Return how many dimensions of a provision rest on text, are reported, silent, unknown."""
    return Counter(each.basis for each in one.dimensions.values())


def quotations(provision: Provision) -> int:
    """Return how many times words of the law or of its description are quoted as evidence."""
    fields = [provision.coded, *(limb.coded for limb in provision.limbs)]
    return sum(len(one.evidence) for coded in fields for values in coded.values() for one in values)
