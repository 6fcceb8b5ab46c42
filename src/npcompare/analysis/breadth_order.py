"""The order of many provisions by how far they protect: a partial order.

Two provisions have the relation that `compare` gives. One is placed above another if it is broader
and also covers everything that the other covers. The second condition is needed because covering is
not transitive in every dimension: thresholds, for instance, are compared only where both provisions
apply. What a provision covers without being placed above it is kept apart (`Position.unranked`).
An unknown relation places nothing.

The algorithms are those of order theory on bit sets: equivalence classes, topological levels by
repeated removal of the maximal elements (A. B. Kahn, "Topological sorting of large networks",
1962), and the Hasse diagram, which is the transitive reduction of the order (A. V. Aho, M. R. Garey
and J. D. Ullman, "The transitive reduction of a directed graph", 1972).
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.comparison import compare_in
from npcompare.analysis.coverage_matrix import bit_set, coverage_matrix, members
from npcompare.analysis.effects import groups_by_effect
from npcompare.errors import NpcompareError
from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.analysis.coverage_matrix import Matrix
    from npcompare.analysis.effects import EffectGroup
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification, Compared

#: For one provision, the others with each relation, as a bit set.
Relations = dict[Relation, int]


class Position(Struct, frozen=True):
    """The place of one provision in the order, with the others by number."""

    #: For each relation, the others to which the provision has it, as a bit set.
    relations: Mapping[Relation, int]
    #: The level, 1 being the widest protection; 0 if the provision is not ranked.
    level: int
    #: Those that are equivalent in the order.
    equals: tuple[int, ...]
    #: Those below with no other in between.
    next_below: tuple[int, ...]
    #: Those that the provision covers although the order does not place it above them.
    unranked: tuple[int, ...]

    def related(self, relation: Relation) -> Iterator[int]:
        """Yield the others to which the provision has a relation."""
        return members(self.relations[relation])

    @property
    def is_unknown(self) -> bool:
        """Whether the relation to every other is unknown."""
        return not any(
            bits for relation, bits in self.relations.items() if relation is not Relation.UNKNOWN
        )


class Order(Struct, frozen=True):
    """The partial order of provisions in some dimensions taken together."""

    dimensions: tuple[Dimension, ...]
    provisions: tuple[Classification, ...]
    #: The position of each provision, in the same sequence.
    positions: tuple[Position, ...]
    #: The effects of the provisions, if these are of like effect.
    effects: tuple[str, ...] = ()

    @property
    def levels(self) -> list[list[tuple[int, ...]]]:
        """The provisions by level, the widest first, in groups of equivalent ones.

        Within a level they are in the sequence in which the provisions were given.
        """
        depth = max((position.level for position in self.positions), default=0)
        levels: list[list[tuple[int, ...]]] = [[] for _ in range(depth)]
        for number, position in enumerate(self.positions):
            is_first = all(number < equal for equal in position.equals)
            if position.level and is_first:
                levels[position.level - 1].append((number, *position.equals))
        return levels

    @property
    def isolated(self) -> list[int]:
        """Those neither above nor below any other, although some relation of theirs is known."""
        return [
            number
            for number, position in enumerate(self.positions)
            if not position.level and not position.is_unknown
        ]

    @property
    def has_unranked(self) -> bool:
        """Whether any provision covers another without being placed above it."""
        return any(position.unranked for position in self.positions)

    @property
    def unknown(self) -> list[int]:
        """Those whose relation to every other is unknown."""
        return [number for number, position in enumerate(self.positions) if position.is_unknown]


class Orders(Struct, frozen=True):
    """The orders of provisions, each of provisions of like effect."""

    dimensions: tuple[Dimension, ...]
    orders: tuple[Order, ...]
    #: Those that are not compared, because no other is known to be of like effect.
    not_compared: tuple[EffectGroup, ...] = ()


def orders_by_effect(
    codebook: Codebook, dimensions: Sequence[Dimension], classifications: Sequence[Classification]
) -> Orders:
    """Return an order for each effect of which there are at least two provisions.

    Raises NpcompareError if there are no two different provisions of like effect.
    """
    provisions = {each.provision.id: each for each in classifications}
    if len(provisions) < 2:
        raise _too_few()
    groups = list(groups_by_effect(codebook, provisions.values()))
    orders = tuple(
        replace(order(codebook, dimensions, group.members), effects=group.effects)
        for group in groups
        if group.is_comparable
    )
    if not orders:
        raise NpcompareError(
            "no two of these provisions are known to be of like effect",
            "`npcompare order --across` ranks provisions of every effect together",
        )
    not_compared = tuple(group for group in groups if not group.is_comparable)
    return Orders(tuple(dimensions), orders, not_compared)


def further_in(
    codebook: Codebook, ranking: Order, upper: int, lower: int
) -> list[tuple[Dimension, str]]:
    """Return the dimensions in which a provision protects further than one that it covers.

    With each is how the relation is qualified, such as "may be"; most are not. Where the upper one
    protects more persons, it is broader in every dimension for those whom the lower one leaves out;
    then only dimensions count in which it is broader for all others too.
    """
    left, right = ranking.provisions[upper], ranking.provisions[lower]
    broader = [
        (dimension, outcome)
        for dimension in ranking.dimensions
        if (outcome := compare_in(codebook, dimension, left, right)).relation is Relation.BROADER
    ]
    has_more_persons = any(dimension.field == "persons" for dimension, _ in broader)
    return [
        (dimension, outcome.hedge)
        for dimension, outcome in broader
        if not (has_more_persons and _is_same_for_some(outcome))
    ]


def _is_same_for_some(outcome: Compared) -> bool:
    return any(each.relation is Relation.SAME for each in outcome.by_person.values())


def order(
    codebook: Codebook, dimensions: Sequence[Dimension], classifications: Sequence[Classification]
) -> Order:
    """Return the partial order of provisions in some dimensions taken together.

    Raises NpcompareError for fewer than two different provisions.
    """
    provisions = tuple({each.provision.id: each for each in classifications}.values())
    if len(provisions) < 2:
        raise _too_few()
    relations = _relations(coverage_matrix(codebook, dimensions, provisions))
    equals = _equivalents(relations)
    lower_sets = _lower_sets(relations, equals)
    levels = _levels(lower_sets)
    ranked = reduce(or_, (*equals, *lower_sets)) | bit_set(
        number for number, lower in enumerate(lower_sets) if lower
    )
    return Order(
        tuple(dimensions),
        provisions,
        tuple(
            Position(
                relations=relations[number],
                level=levels[number] if ranked >> number & 1 else 0,
                equals=tuple(members(equals[number])),
                next_below=_next_below(lower_sets, number),
                unranked=tuple(
                    members(_covered(relations[number]) & ~equals[number] & ~lower_sets[number])
                ),
            )
            for number in range(len(provisions))
        ),
    )


def _too_few() -> NpcompareError:
    return NpcompareError("an order needs two provisions or more", "name more, or none for all")


def _relations(matrix: Matrix) -> list[Relations]:
    """Return for each provision the others by its relation to them."""
    size = len(matrix)
    covered_by = _transposed([row.yes for row in matrix], size)
    not_covered_by = _transposed([row.no for row in matrix], size)
    all_relations = []
    for number, row in enumerate(matrix):
        all_others = (1 << size) - 1 & ~(1 << number)
        relations = {
            Relation.SAME: row.yes & covered_by[number] & all_others,
            Relation.BROADER: row.yes & not_covered_by[number] & all_others,
            Relation.NARROWER: row.no & covered_by[number] & all_others,
            Relation.INCOMPARABLE: row.no & not_covered_by[number] & all_others,
        }
        relations[Relation.UNKNOWN] = all_others & ~reduce(or_, relations.values())
        all_relations.append(relations)
    return all_relations


def _transposed(rows: Sequence[int], size: int) -> list[int]:
    """Return the columns of a square Boolean matrix, each as a bit set like the rows."""
    columns = zip(*(f"{row & (1 << size) - 1:0{size}b}" for row in reversed(rows)), strict=True)
    return [int("".join(column), 2) for column in columns][::-1]


def _covered(relations: Mapping[Relation, int]) -> int:
    return relations[Relation.SAME] | relations[Relation.BROADER]


def _equivalents(all_relations: Sequence[Relations]) -> list[int]:
    """Return for each provision the rest of its equivalence class.

    Two provisions are equivalent if they are the same and cover the same others.
    """
    covered_sets = [
        _covered(relations) | 1 << number for number, relations in enumerate(all_relations)
    ]
    return [
        bit_set(
            member
            for member in members(relations[Relation.SAME])
            if covered_sets[member] == covered_sets[number]
        )
        for number, relations in enumerate(all_relations)
    ]


def _lower_sets(all_relations: Sequence[Relations], equals: Sequence[int]) -> list[int]:
    """Return for each provision those that it is placed above: a strict, transitive order.

    It is placed above another if it is broader, and covers everything that the other covers, and
    both are also true of every provision equivalent to either.
    """
    covered_sets = [
        _covered(relations) | 1 << number for number, relations in enumerate(all_relations)
    ]
    lower_sets = []
    for number in range(len(all_relations)):
        whole_class = (number, *members(equals[number]))
        broader = reduce(and_, (all_relations[member][Relation.BROADER] for member in whole_class))
        lower_sets.append(
            bit_set(
                member
                for member in members(broader)
                if not covered_sets[member] & ~covered_sets[number]
                and not equals[member] & ~broader
            )
        )
    return lower_sets


def _levels(lower_sets: Sequence[int]) -> list[int]:
    """Return the topological level of each: one more than that of the lowest above it."""
    levels = [0] * len(lower_sets)
    remaining, level = (1 << len(lower_sets)) - 1, 0
    while remaining:
        level += 1
        has_higher = reduce(or_, (lower_sets[number] for number in members(remaining)))
        for number in members(remaining & ~has_higher):
            levels[number] = level
        remaining &= has_higher
    return levels


def _next_below(lower_sets: Sequence[int], number: int) -> tuple[int, ...]:
    """Return those below with no other in between: the edges of the Hasse diagram.

    The order is transitive already, so its reduction leaves out what is below something below.
    """
    indirect = reduce(or_, (lower_sets[member] for member in members(lower_sets[number])), 0)
    return tuple(members(lower_sets[number] & ~indirect))
