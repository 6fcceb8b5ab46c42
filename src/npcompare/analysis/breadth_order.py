"""How far many provisions protect: their order of breadth, as far as it is one.

The relation of two is the one that `compare` gives. What is drawn from it is an order only where
it can be: a provision stands above another that it is broader than if it is broader too, or the
same, of all that the other is. In some dimensions, such as the threshold where scopes differ, to
be broader is not handed on, since two are compared only where both reach; what cannot be ordered
for that is aside. What is not known is never drawn, and never taken for the same or for
incomparable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.coverage_matrix import bit_set, coverage_matrix, members
from npcompare.errors import NpcompareError
from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.analysis.coverage_matrix import Row
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification


class Standing(Struct, frozen=True):
    """How one provision stands to the others, these by number."""

    #: How it stands to them, as a bit for each other provision.
    related: Mapping[Relation, int]
    #: Its level, the widest protection being 1; 0 if it is not in the order.
    level: int
    #: Those it is the same as in the order.
    equals: tuple[int, ...]
    #: Those next below it in the order: no other stands between.
    below: tuple[int, ...]
    #: Those it is broader than or the same as without standing above them.
    aside: tuple[int, ...]

    def numbers(self, wanted: Relation) -> Iterator[int]:
        """Yield the others to which it stands so."""
        return members(self.related[wanted])

    @property
    def is_unknown(self) -> bool:
        """Whether it is not known how it stands to any other."""
        return not any(found for one, found in self.related.items() if one is not Relation.UNKNOWN)


class Order(Struct, frozen=True):
    """The partial order of provisions over dimensions."""

    dimensions: tuple[Dimension, ...]
    provisions: tuple[Classification, ...]
    standings: tuple[Standing, ...]

    @property
    def levels(self) -> list[list[tuple[int, ...]]]:
        """The numbers of the provisions by level, the widest first, those that are equal together.

        They stand in the order in which the provisions were given.
        """
        found: list[list[tuple[int, ...]]] = [
            [] for _ in range(max((one.level for one in self.standings), default=0))
        ]
        for number, one in enumerate(self.standings):
            if one.level and not any(other < number for other in one.equals):
                found[one.level - 1].append((number, *one.equals))
        return found

    @property
    def apart(self) -> list[int]:
        """Those that stand neither above nor below any other, though it is known how to some."""
        return [
            number
            for number, one in enumerate(self.standings)
            if not one.level and not one.is_unknown
        ]

    @property
    def has_aside(self) -> bool:
        """Whether some are broader than others, or the same, without standing above them."""
        return any(one.aside for one in self.standings)

    @property
    def unknown(self) -> list[int]:
        """Those of which it is not known how they stand to any other."""
        return [number for number, one in enumerate(self.standings) if one.is_unknown]


def order(
    codebook: Codebook, over: Sequence[Dimension], provisions: Sequence[Classification]
) -> Order:
    """Return the partial order of provisions over dimensions.

    Raises NpcompareError for fewer than two.
    """
    every = tuple({one.provision.id: one for one in provisions}.values())
    if len(every) < 2:
        raise NpcompareError("an order needs two provisions or more", "name more, or none for all")
    related = _related(coverage_matrix(codebook, over, every))
    equal, under = _ordered(related)
    levels = _levels(under)
    below = bit_set(other for found in under for other in members(found))
    return Order(
        tuple(over),
        every,
        tuple(
            Standing(
                related=one,
                level=levels[number] if equal[number] | under[number] | below & 1 << number else 0,
                equals=tuple(members(equal[number])),
                below=_next(under, number),
                aside=tuple(members(_wide(one) & ~equal[number] & ~under[number])),
            )
            for number, one in enumerate(related)
        ),
    )


def _related(found: Sequence[Row]) -> list[dict[Relation, int]]:
    """Return for each provision the others by how it stands to them."""
    size = len(found)
    back_yes = _turned([one.yes for one in found], size)
    back_no = _turned([one.no for one in found], size)
    related = []
    for number, one in enumerate(found):
        known = {
            Relation.SAME: one.yes & back_yes[number],
            Relation.BROADER: one.yes & back_no[number],
            Relation.NARROWER: one.no & back_yes[number],
            Relation.INCOMPARABLE: one.no & back_no[number],
        }
        others = (1 << size) - 1 & ~(1 << number)
        known = {name: held & others for name, held in known.items()}
        rest = others
        for held in known.values():
            rest &= ~held
        related.append(known | {Relation.UNKNOWN: rest})
    return related


def _turned(masks: Sequence[int], size: int) -> list[int]:
    """Return a square of bits with its rows as its columns."""
    columns = zip(*(f"{one & (1 << size) - 1:0{size}b}" for one in reversed(masks)), strict=True)
    return [int("".join(column), 2) for column in columns][::-1]


def _wide(related: Mapping[Relation, int]) -> int:
    return related[Relation.SAME] | related[Relation.BROADER]


def _ordered(related: Sequence[Mapping[Relation, int]]) -> tuple[list[int], list[int]]:
    """Return for each its equals, and what it stands above.

    Those are equal that are the same and reach the same; one stands above another that it is
    broader than, if it is broader or the same of all that the other is, and both are so of their
    equals too. Hence whatever stands below what stands below one stands below that one.
    """
    wide = [_wide(one) | 1 << number for number, one in enumerate(related)]
    equal = [
        bit_set(other for other in members(one[Relation.SAME]) if wide[other] == wide[number])
        for number, one in enumerate(related)
    ]
    under = []
    for number, one in enumerate(related):
        found = one[Relation.BROADER]
        for other in members(equal[number]):
            found &= related[other][Relation.BROADER]
        under.append(
            bit_set(
                other
                for other in members(found)
                if not wide[other] & ~wide[number] and not equal[other] & ~found
            )
        )
    return equal, under


def _levels(under: Sequence[int]) -> list[int]:
    """Return the level of each: one below the lowest of those that stand above it."""
    found = [0] * len(under)
    left, level = (1 << len(under)) - 1, 0
    while left:
        level += 1
        covered = 0
        for number in members(left):
            covered |= under[number]
        for number in members(left & ~covered):
            found[number] = level
        left &= covered
    return found


def _next(under: Sequence[int], number: int) -> tuple[int, ...]:
    """Return those that one stands above with no other between."""
    further = 0
    for other in members(under[number]):
        further |= under[other]
    return tuple(members(under[number] & ~further))
