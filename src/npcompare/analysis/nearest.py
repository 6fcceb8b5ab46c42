"""The provisions nearest to one: the same in most dimensions, and known to differ in fewest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.comparison import compare_in
from npcompare.analysis.effects import is_like, like_effects
from npcompare.errors import NpcompareError
from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification


class Near(Struct, frozen=True):
    """Another provision, and the relation of the one asked about to it in each dimension."""

    provision: Classification
    relations: Mapping[str, Relation]
    #: How relations are qualified, such as "may be", by dimension; most are not.
    hedges: Mapping[str, str]

    @property
    def same(self) -> int:
        """The number of dimensions in which the two are the same."""
        return sum(relation is Relation.SAME for relation in self.relations.values())

    @property
    def unknown(self) -> int:
        """The number of dimensions in which the relation is unknown."""
        return sum(relation is Relation.UNKNOWN for relation in self.relations.values())

    @property
    def is_known(self) -> bool:
        """Whether the relation is known in any dimension."""
        return self.unknown < len(self.relations)

    @property
    def different(self) -> int:
        """The number of dimensions in which the two are known to differ."""
        return len(self.relations) - self.same - self.unknown


class Neighbours(Struct, frozen=True):
    """The provisions nearest to one in some dimensions, the nearest first."""

    target: Classification
    dimensions: tuple[Dimension, ...]
    #: The effects of the provisions considered; empty if those of every effect are.
    effects: tuple[str, ...]
    near: tuple[Near, ...]


def nearest(
    codebook: Codebook,
    dimensions: Sequence[Dimension],
    target: Classification,
    provisions: Sequence[Classification],
    *,
    across: bool = False,
) -> Neighbours:
    """Return the relations of a provision to each of the others, the nearest first.

    The nearest are the same in most dimensions; of these, the ones known to differ in fewest come
    first, then the order is that of the ids. A dimension in which the relation is unknown counts
    neither way.

    Args:
        codebook: The codebook.
        dimensions: The dimensions to compare.
        target: The provision for which the nearest are wanted.
        provisions: The provisions to choose from.
        across: Whether to choose from provisions of every effect; else only from those of like
            effect.

    Raises NpcompareError if there is no other provision to choose from.
    """
    own_id = target.provision.id
    if not across:
        provisions = [each for each in provisions if is_like(target.effect, each.effect)]
    near = [
        _near(codebook, dimensions, target, provision)
        for provision in provisions
        if provision.provision.id != own_id
    ]
    if not near:
        raise _no_other(own_id, across=across)
    near.sort(
        key=lambda neighbour: (
            -neighbour.same,
            neighbour.different,
            neighbour.provision.provision.id,
        )
    )
    effects = () if across else like_effects(codebook, target.effect)
    return Neighbours(target, tuple(dimensions), effects, tuple(near))


def _no_other(own_id: str, *, across: bool) -> NpcompareError:
    of_like_effect = "" if across else " of like effect"
    every_effect = "" if across else ", --across those of every effect"
    return NpcompareError(
        f"there is no other provision{of_like_effect} to compare {own_id} with",
        f"--collection all includes every provision in the corpus{every_effect}",
    )


def _near(
    codebook: Codebook,
    dimensions: Sequence[Dimension],
    left: Classification,
    right: Classification,
) -> Near:
    outcomes = [compare_in(codebook, dimension, left, right) for dimension in dimensions]
    return Near(
        right,
        {outcome.dimension: outcome.relation for outcome in outcomes},
        {outcome.dimension: outcome.hedge for outcome in outcomes if outcome.hedge},
    )
