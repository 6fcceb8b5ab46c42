"""The provisions nearest to one: the same in most dimensions, and known to differ in fewest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.comparison import authority
from npcompare.analysis.coverage import coverage
from npcompare.errors import NpcompareError
from npcompare.model.logic import conjunction, relation_from
from npcompare.model.results import Relation, hedge_of

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


def nearest(
    codebook: Codebook,
    dimensions: Sequence[Dimension],
    classification: Classification,
    provisions: Sequence[Classification],
) -> list[Near]:
    """Return the relations of a provision to each of the others, the nearest first.

    The nearest are the same in most dimensions; of these, the ones known to differ in fewest come
    first, then the order is that of the ids. A dimension in which the relation is unknown counts
    neither way.

    Raises NpcompareError if there is no other provision.
    """
    own_id = classification.provision.id
    near = [
        _near(codebook, dimensions, classification, provision)
        for provision in provisions
        if provision.provision.id != own_id
    ]
    if not near:
        raise NpcompareError(
            f"there is no other provision to compare {own_id} with",
            "--collection all includes every provision in the corpus",
        )
    return sorted(
        near,
        key=lambda neighbour: (
            -neighbour.same,
            neighbour.different,
            neighbour.provision.provision.id,
        ),
    )


def _near(
    codebook: Codebook,
    dimensions: Sequence[Dimension],
    left: Classification,
    right: Classification,
) -> Near:
    relations = {
        dimension.id: _relation(codebook, dimension, left, right) for dimension in dimensions
    }
    hedges = {
        dimension.id: hedge_of(authority(dimension, left, right, relations[dimension.id]))
        for dimension in dimensions
    }
    return Near(right, relations, {name: hedge for name, hedge in hedges.items() if hedge})


def _relation(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> Relation:
    return relation_from(
        conjunction(coverage(codebook, dimension, left, right)),
        conjunction(coverage(codebook, dimension, right, left)),
    )
