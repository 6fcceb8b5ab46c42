"""Two classified provisions to a comparison, dimension by dimension."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import and_, or_
from typing import TYPE_CHECKING

from npcompare.analysis import overlap
from npcompare.analysis.coverage_matrix import Row, mask, matrix
from npcompare.analysis.overlap import Part
from npcompare.model.codebook import PERSONS
from npcompare.model.logic import Answer, conjunction, relation_from
from npcompare.model.results import (
    Classification,
    Classified,
    Compared,
    Comparison,
    LimbValue,
    Relation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Authority

#: With more limbs than this of which it is not known whom they are for, nothing is told: each more
#: would double the ways it may be.
_MOST_OPEN = 6


def compare(codebook: Codebook, left: Classification, right: Classification) -> Comparison:
    """Return how the left provision stands to the right: broader protects further."""
    compared = []
    forth, back = [], []
    for dimension in codebook.dimensions.values():
        here, there = left.dimensions[dimension.id], right.dimensions[dimension.id]
        answers = both_ways(codebook, dimension, left, right)
        ahead = conjunction(answer for answer, _ in answers)
        behind = conjunction(answer for _, answer in answers)
        if dimension.core:
            forth.append(ahead)
            back.append(behind)
        related = relation_from(ahead, behind)
        compared.append(
            Compared(
                dimension=dimension.id,
                left=here,
                right=there,
                relation=related,
                authority=_authority(dimension, here, there, related),
                by_person=_by_person(answers),
            )
        )
    overall = relation_from(conjunction(forth), conjunction(back))
    return Comparison(left, right, tuple(compared), overall)


def both_ways(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> list[tuple[Answer, Answer]]:
    """Return whether left covers right, and right left: for adults, then for children.

    In the dimension of persons itself there is one pair of answers.
    """
    found = by_person(codebook, dimension, (left, right))
    return [(forth.answer(1), back.answer(0)) for forth, back in found]


def rows(
    codebook: Codebook, dimensions: Iterable[Dimension], provisions: Sequence[Classification]
) -> list[Row]:
    """Return for each provision which of them all it covers in each of the dimensions."""
    every_row = [
        one for dimension in dimensions for one in by_person(codebook, dimension, provisions)
    ]
    return [_and(ones) for ones in zip(*every_row, strict=True)]


def _and(ones: Iterable[Row]) -> Row:
    """Return the three-valued AND of rows: one no decides, and only all yes are a yes."""
    held = list(ones)
    return Row(
        reduce(and_, (one.yes for one in held)),
        reduce(or_, (one.no for one in held)),
    )


def by_person(
    codebook: Codebook, dimension: Dimension, provisions: Sequence[Classification]
) -> list[list[Row]]:
    """Return for each provision which of them all it covers: for adults, then for children.

    In the dimension of persons itself there is one answer: who is protected is one question; it is
    not split by its own answer.
    """
    held = [one.dimensions[dimension.id] for one in provisions]
    if dimension.field == "persons":
        return [matrix(dimension.scale, [one.limbs for one in held])]
    found = [_rows(codebook, dimension, provisions, person) for person in PERSONS]
    unsaid = mask(
        number for number, one in enumerate(held) if all(limb.persons is None for limb in one.limbs)
    )
    judged = (_if_for_all(unsaid, ones) for ones in zip(*found, strict=True))
    return [list(ones) for ones in zip(*judged, strict=True)]


def _if_for_all(unsaid: int, ones: tuple[Row, ...]) -> list[Row]:
    """Return the rows for adults and for children, knowing that it may be for one of them alone.

    What does not say for whom it is, may not be for those for whom it is not covered; unless it is
    covered for none.
    """
    for_none = reduce(and_, (one.no for one in ones))
    return [Row(one.yes, one.no & ~unsaid | for_none) for one in ones]


def _rows(
    codebook: Codebook, dimension: Dimension, provisions: Sequence[Classification], person: str
) -> list[Row]:
    """Return which provisions each covers for a person, whoever the limbs that do not say are for.

    An answer holds if every set of limbs that may be those for the person gives it.
    """
    sides: list[tuple[Part, ...]] = []
    held: list[range] = []
    for one in provisions:
        start = len(sides)
        sides += [
            _parts(codebook, dimension, one, limbs)
            for limbs in _protecting(one.dimensions[dimension.id], person)
        ]
        held.append(range(start, len(sides)))
    found = _rows_of_sides(codebook, dimension, sides)
    if all(len(one) == 1 for one in held):
        return found
    masks = [mask(one) for one in held]

    def agreed(ones: list[int]) -> int:
        every_one = reduce(and_, ones, -1 if ones else 0)
        return mask(number for number, one in enumerate(masks) if one and one & every_one == one)

    return [
        Row(agreed([found[side].yes for side in one]), agreed([found[side].no for side in one]))
        for one in held
    ]


def _by_person(answers: list[tuple[Answer, Answer]]) -> dict[str, Relation]:
    if len(answers) == 1:
        return {}
    return {
        person: relation_from(ahead, behind)
        for person, (ahead, behind) in zip(PERSONS, answers, strict=True)
    }


def _protecting(one: Classified, person: str) -> Iterator[tuple[LimbValue, ...]]:
    """Yield each set of limbs that may be those that protect a person.

    There is more than one where some limbs say whom they are for and others do not; none where
    these are too many for all to be tried. Where none does, no distinction is known, and the
    question is asked of all alike.
    """
    if all(limb.persons is None for limb in one.limbs):
        yield one.limbs
        return
    sure = [limb for limb in one.limbs if limb.persons is not None and person in limb.persons]
    open_ = [limb for limb in one.limbs if limb.persons is None]
    if len(open_) > _MOST_OPEN:
        return
    for size in range(len(open_) + 1):
        for more in combinations(open_, size):
            yield tuple(limb for limb in one.limbs if limb in sure or limb in more)


def _parts(
    codebook: Codebook, dimension: Dimension, one: Classification, limbs: tuple[LimbValue, ...]
) -> tuple[Part, ...]:
    """Return limbs with the offences they reach, and the stages where these are told apart."""
    by_stage = dimension.scale.compared_by_stage
    return tuple(
        Part(
            limb,
            _of_limb(one.dimensions[codebook.scope.id], limb.limb),
            _of_limb(one.dimensions[codebook.stage.id], limb.limb) if by_stage else None,
        )
        for limb in limbs
    )


def _of_limb(one: Classified, name: str) -> tuple[LimbValue, ...]:
    """Return what a limb holds in a dimension, or the provision where that is not said by limb."""
    return tuple(limb for limb in one.limbs if limb.limb == name) or one.limbs


def _rows_of_sides(
    codebook: Codebook, dimension: Dimension, sides: list[tuple[Part, ...]]
) -> list[Row]:
    if dimension.scale.compared_by_offence:
        scale = dimension.scale
        return overlap.rows(scale, codebook.offences, codebook.stage.classes, sides)
    held = [tuple(part.value for part in side) for side in sides]
    return overlap.nobody_is_least(sides, matrix(dimension.scale, held))


def _authority(
    dimension: Dimension, left: Classified, right: Classified, related: Relation
) -> tuple[Authority, ...]:
    """Return the declared orders that a relation rests on."""
    if related in (Relation.SAME, Relation.UNKNOWN):
        return ()
    words = dimension.scale.authority_words(left.values, right.values)
    return tuple(one for one in dimension.order if {one.wider, one.narrower} <= words)
