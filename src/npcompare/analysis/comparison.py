"""The comparison of two classified provisions, dimension by dimension.

For each dimension: does the left provision cover the right one? Does the right one cover the left?
The two answers give the relation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.coverage import coverage
from npcompare.model.codebook import PERSONS
from npcompare.model.logic import Answer, conjunction, relation_from
from npcompare.model.results import Authority, Classification, Compared, Comparison, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.model.codebook import Codebook, Dimension


def compare(codebook: Codebook, left: Classification, right: Classification) -> Comparison:
    """Return the relation of the left provision to the right: "broader" protects further."""
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
