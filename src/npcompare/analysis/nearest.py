"""The provisions nearest to one: the same in most dimensions, and known to differ in fewest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.comparison import rows
from npcompare.errors import NpcompareError
from npcompare.model.logic import relation_from
from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification


class Near(Struct, frozen=True):
    """One provision, and how another stands to it in each dimension."""

    provision: Classification
    relations: Mapping[str, Relation]

    @property
    def same(self) -> int:
        """In how many dimensions the two are the same."""
        return sum(one is Relation.SAME for one in self.relations.values())

    @property
    def unknown(self) -> int:
        """In how many dimensions it is not known."""
        return sum(one is Relation.UNKNOWN for one in self.relations.values())

    @property
    def is_known(self) -> bool:
        """Whether it is known in any dimension how the two stand."""
        return self.unknown < len(self.relations)

    @property
    def different(self) -> int:
        """In how many dimensions the two are known to differ."""
        return len(self.relations) - self.same - self.unknown


def nearest(
    codebook: Codebook,
    over: Sequence[Dimension],
    one: Classification,
    others: Sequence[Classification],
) -> list[Near]:
    """Return how a provision stands to each of the others, the nearest first.

    Nearest are those that are the same in most dimensions; of these, those that are known to
    differ in fewest; then they go by id. What is not known counts as neither. Raises
    NpcompareError where there is no other.
    """
    held = [other for other in others if other.provision.id != one.provision.id]
    if not held:
        raise NpcompareError(
            f"there is no other provision to set beside {one.provision.id}",
            "--collection all looks at every provision held",
        )
    relations: list[dict[str, Relation]] = [{} for _ in held]
    for dimension in over:
        found = rows(codebook, [dimension], [one, *held])
        for number, each in enumerate(relations, 1):
            each[dimension.id] = relation_from(found[0].answer(number), found[number].answer(0))
    near = [Near(other, each) for other, each in zip(held, relations, strict=True)]
    return sorted(near, key=lambda it: (-it.same, it.different, it.provision.provision.id))
