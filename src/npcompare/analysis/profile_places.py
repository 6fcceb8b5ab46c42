"""Where a few provisions stand in one dimension, from the one that reaches least far."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.comparison import compare_in
from npcompare.errors import NpcompareError
from npcompare.model.provision import Basis
from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification, Classified

#: How many provisions a profile compares.
FEWEST, MOST = 2, 4


class Places(Struct, frozen=True):
    """The places of provisions in one dimension."""

    #: How many places there are.
    count: int
    #: The classes at the places, if these are the rungs of a ladder.
    classes: tuple[str, ...]
    #: The place of each provision, counted from 0; None if nothing is known of it.
    places: tuple[int | None, ...]
    #: The relation of each pair of provisions.
    relations: Mapping[tuple[int, int], Relation]

    @property
    def can_be_compared(self) -> bool:
        """Whether something is known of at least two of the provisions."""
        return len(self.places) - self.places.count(None) > 1


def require_few(results: Sequence[Classification]) -> None:
    """Raise NpcompareError if there are too few or too many provisions for a profile."""
    if not FEWEST <= len(results) <= MOST:
        raise NpcompareError(
            f"a profile compares two to four provisions, not {len(results):,}",
            "name two to four provisions",
        )


def places(book: Codebook, dimension: Dimension, results: Sequence[Classification]) -> Places:
    """Return where provisions stand in a dimension.

    On a ladder, they stand on its rungs. In any other dimension, a provision stands one place
    above the highest of those that it reaches further than.
    """
    relations = {
        (first, second): compare_in(book, dimension, results[first], results[second]).relation
        for first, second in combinations(range(len(results)), 2)
    }
    if dimension.scale.is_ranked:
        return _rungs(dimension, results, relations)
    levels = _levels(len(results), relations)
    known = [_is_known(dimension, result.dimensions[dimension.id]) for result in results]
    return Places(
        max(levels) + 1,
        (),
        tuple(level if is_known else None for level, is_known in zip(levels, known, strict=True)),
        relations,
    )


def _is_known(dimension: Dimension, classified: Classified) -> bool:
    """Return whether a class is known; silence is one only where it means that there is none."""
    if classified.basis is Basis.SILENT:
        return dimension.silence_is_none
    return classified.basis is not Basis.UNKNOWN


def _rungs(
    dimension: Dimension,
    results: Sequence[Classification],
    relations: Mapping[tuple[int, int], Relation],
) -> Places:
    rungs = dimension.scale.ladder
    highest = (
        [rungs.index(word) for word in result.dimensions[dimension.id].values if word in rungs]
        for result in results
    )
    return Places(
        len(rungs), rungs, tuple(max(numbers, default=None) for numbers in highest), relations
    )


def _levels(count: int, relations: Mapping[tuple[int, int], Relation]) -> list[int]:
    """Return for each provision the length of the longest chain below it."""
    broader = [pair for pair, relation in relations.items() if relation is Relation.BROADER]
    broader += [(b, a) for (a, b), relation in relations.items() if relation is Relation.NARROWER]
    levels = [0] * count
    # A chain has no more steps than there are provisions, even if relations go round in a circle.
    for _ in range(count - 1):
        for wider, narrower in broader:
            levels[wider] = min(max(levels[wider], levels[narrower] + 1), count - 1)
    return levels
