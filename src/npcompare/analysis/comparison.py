"""The comparison of two classified provisions, dimension by dimension.

For each dimension: does the left provision cover the right one? Does the right one cover the left?
The two answers give the relation.

Where words are doubtful, the relation on the other reading is given beside it, if it differs. Only
one doubt at a time is resolved the other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.coverage import coverage
from npcompare.analysis.readings import other_readings
from npcompare.model.codebook import PERSONS
from npcompare.model.logic import Answer, conjunction, relation_from
from npcompare.model.results import (
    Authority,
    Classification,
    Compared,
    Comparison,
    OtherRelation,
    Relation,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.model.codebook import Codebook, Dimension


def compare(codebook: Codebook, left: Classification, right: Classification) -> Comparison:
    """Return the relation of the left provision to the right: "broader" protects further."""
    comparison = _compare_as_coded(codebook, left, right)
    if left.provision == right.provision:
        return comparison
    left_readings = other_readings(left.provision)
    right_readings = other_readings(right.provision)
    others = [
        *(_compare_as_coded(codebook, classify(codebook, each), right) for each in left_readings),
        *(_compare_as_coded(codebook, left, classify(codebook, each)) for each in right_readings),
    ]
    return _with_other_readings(comparison, others) if others else comparison


def _with_other_readings(comparison: Comparison, others: Sequence[Comparison]) -> Comparison:
    """Return a comparison with the relations of others on the readings that these are of."""
    dimensions = [
        replace(
            outcome,
            other_readings=_different(
                outcome.relation,
                [OtherRelation(part.relation, part.hedge) for part in parts],
            ),
        )
        for outcome, *parts in zip(
            comparison.dimensions, *(other.dimensions for other in others), strict=True
        )
    ]
    overall = [OtherRelation(other.overall, other.hedge) for other in others]
    return replace(
        comparison,
        dimensions=tuple(dimensions),
        overall_other_readings=_different(comparison.overall, overall),
    )


def _different(relation: Relation, others: Sequence[OtherRelation]) -> tuple[OtherRelation, ...]:
    """Return the relations that differ from one, in the order of relations."""
    different = [other for other in others if other.relation is not relation]
    return tuple(sorted(different, key=lambda other: list(Relation).index(other.relation)))


def _compare_as_coded(
    codebook: Codebook, left: Classification, right: Classification
) -> Comparison:
    """Return the relation of the left provision to the right on the readings that are coded."""
    dimensions = []
    core_answers: list[tuple[tuple[Answer, Answer], str]] = []
    # A provision protects as far as itself, even where it is unknown how far that is.
    is_itself = left.provision == right.provision
    for dimension in codebook.dimensions.values():
        left_covers: tuple[Answer, ...] = (Answer.YES,)
        right_covers: tuple[Answer, ...] = (Answer.YES,)
        if not is_itself:
            left_covers = coverage(codebook, dimension, left, right)
            right_covers = coverage(codebook, dimension, right, left)
        answers = conjunction(left_covers), conjunction(right_covers)
        relation = relation_from(*answers)
        dimensions.append(
            Compared(
                dimension=dimension.id,
                left=left.dimensions[dimension.id],
                right=right.dimensions[dimension.id],
                relation=relation,
                authority=authority(dimension, left, right, relation),
                by_person=_by_person(left_covers, right_covers),
            )
        )
        if dimension.core:
            core_answers.append((answers, dimensions[-1].hedge))
    overall, hedge = _overall(core_answers)
    return Comparison(left, right, tuple(dimensions), overall, hedge)


def _overall(answers: Sequence[tuple[tuple[Answer, Answer], str]]) -> tuple[Relation, str]:
    """Return the overall relation, and how it is qualified if it depends on a qualified one.

    A step that is qualified leaves open whether the lower class covers the higher one.
    """
    overall = _joint_relation([pair for pair, _ in answers])
    if overall is Relation.UNKNOWN:
        return overall, ""
    cautious = [(_without_no(pair) if hedge else pair, hedge) for pair, hedge in answers]
    if _joint_relation([pair for pair, _ in cautious]) is overall:
        return overall, ""
    return overall, next(hedge for _, hedge in answers if hedge)


def _without_no(pair: tuple[Answer, Answer]) -> tuple[Answer, Answer]:
    left, right = (Answer.UNKNOWN if answer is Answer.NO else answer for answer in pair)
    return left, right


def _joint_relation(answers: Sequence[tuple[Answer, Answer]]) -> Relation:
    """Return the relation in all the core dimensions together."""
    return relation_from(
        conjunction(left_covers for left_covers, _ in answers),
        conjunction(right_covers for _, right_covers in answers),
    )


def _by_person(
    left_covers: Sequence[Answer], right_covers: Sequence[Answer]
) -> dict[str, Relation]:
    """Return the relations for adults and for children; none where these are not distinguished."""
    if len(left_covers) == 1:
        return {}
    return {
        person: relation_from(*answers)
        for person, *answers in zip(PERSONS, left_covers, right_covers, strict=True)
    }


def authority(
    dimension: Dimension, left: Classification, right: Classification, relation: Relation
) -> tuple[Authority, ...]:
    """Return the declared orders that a relation is based on."""
    if relation in (Relation.SAME, Relation.UNKNOWN):
        return ()
    return authorities(dimension, left, right)


def authorities(
    dimension: Dimension, left: Classification, right: Classification
) -> tuple[Authority, ...]:
    """Return the declared orders of the classes of two provisions."""
    words = dimension.scale.authority_words(
        left.dimensions[dimension.id].values, right.dimensions[dimension.id].values
    )
    return tuple(step for step in dimension.order if {step.wider, step.narrower} <= words)
