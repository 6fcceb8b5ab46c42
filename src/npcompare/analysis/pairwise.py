"""Every provision compared with every other, in the core dimensions.

The answers are those of `compare`, which a test holds. They are worked out for all pairs at once
with `coverage_matrix`; only the pairs in which the order of classes decides are compared one by
one, as their relations may be qualified.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compared_as_coded, with_other_readings
from npcompare.analysis.coverage_matrix import matrices_by_person
from npcompare.analysis.readings import other_readings
from npcompare.analysis.shortfall import Covering, covering
from npcompare.model.logic import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.coverage_matrix import Matrix
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification, Comparison


def compare_pairs(codebook: Codebook, provisions: Sequence[Classification]) -> Iterator[Comparison]:
    """Yield the relation of each provision to every later one, in the core dimensions only.

    Classes that follow from others are not among the results.
    """
    core = replace(codebook, dimensions={each.id: each for each in codebook.core})
    sides = list(provisions)
    readings: list[range] = []
    for provision in provisions:
        start = len(sides)
        sides += [classify(core, reading) for reading in other_readings(provision.provision)]
        readings.append(range(start, len(sides)))
    pairs = _Pairs(core, sides)
    for left, right in combinations(range(len(provisions)), 2):
        alternatives = [
            *(pairs.compare(reading, right) for reading in readings[left]),
            *(pairs.compare(left, reading) for reading in readings[right]),
        ]
        comparison = pairs.compare(left, right)
        yield with_other_readings(comparison, alternatives) if alternatives else comparison


class _Pairs:
    """Provisions, and other readings of them, that are compared by their numbers."""

    def __init__(self, codebook: Codebook, sides: Sequence[Classification]) -> None:
        self._codebook = codebook
        self._sides = sides
        self._matrices: dict[str, list[Matrix]] = {
            dimension.id: matrices_by_person(codebook, dimension, sides)
            for dimension in codebook.dimensions.values()
        }

    def compare(self, left: int, right: int) -> Comparison:
        """Return the relation of two sides on the readings that are coded."""
        pairs = {
            dimension.id: (
                self._covering(dimension, left, right),
                self._covering(dimension, right, left),
            )
            for dimension in self._codebook.dimensions.values()
        }
        return compared_as_coded(self._codebook, self._sides[left], self._sides[right], pairs)

    def _covering(self, dimension: Dimension, a: int, b: int) -> Covering:
        answers = tuple(matrix[a].answer(b) for matrix in self._matrices[dimension.id])
        if Answer.NO in answers and dimension.order:
            return covering(self._codebook, dimension, self._sides[a], self._sides[b])
        return Covering(answers, answers)
