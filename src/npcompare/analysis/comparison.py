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
from npcompare.analysis.implications import implications
from npcompare.analysis.readings import other_readings
from npcompare.analysis.shortfall import IDENTITY, Covering, covering
from npcompare.model.codebook import PERSONS
from npcompare.model.logic import conjunction, relation_from
from npcompare.model.results import (
    Classification,
    Compared,
    Comparison,
    QualifiedRelation,
    Relation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.model.codebook import Codebook, Dimension

#: Whether the left provision covers the right one, and the reverse.
Pair = tuple[Covering, Covering]


def compare(codebook: Codebook, left: Classification, right: Classification) -> Comparison:
    """Return the relation of the left provision to the right: "broader" protects further."""
    comparison = _compare_as_coded(codebook, left, right)
    if left.provision == right.provision:
        return comparison
    comparison = _with_implications(codebook, comparison)
    left_readings = other_readings(left.provision)
    right_readings = other_readings(right.provision)
    others = [
        *(_compare_as_coded(codebook, classify(codebook, each), right) for each in left_readings),
        *(_compare_as_coded(codebook, left, classify(codebook, each)) for each in right_readings),
    ]
    return with_other_readings(comparison, others) if others else comparison


def _with_implications(codebook: Codebook, comparison: Comparison) -> Comparison:
    """Return a comparison with the classes that follow from others where a relation needs them."""
    left, right = comparison.left, comparison.right
    dimensions = [
        outcome
        if outcome.relation is Relation.UNKNOWN
        else replace(
            outcome,
            implications=implications(
                codebook, codebook.dimensions[outcome.dimension], left, right
            ),
        )
        for outcome in comparison.dimensions
    ]
    return replace(comparison, dimensions=tuple(dimensions))


def with_other_readings(comparison: Comparison, others: Sequence[Comparison]) -> Comparison:
    """Return a comparison with the relations of others on the readings that these are of."""
    dimensions = [
        replace(
            outcome,
            other_readings=_different(
                QualifiedRelation(outcome.relation, outcome.hedge),
                [QualifiedRelation(part.relation, part.hedge) for part in parts],
            ),
        )
        for outcome, *parts in zip(
            comparison.dimensions, *(other.dimensions for other in others), strict=True
        )
    ]
    return replace(
        comparison,
        dimensions=tuple(dimensions),
        overall_other_readings=_different(
            QualifiedRelation(comparison.overall, comparison.hedge),
            [QualifiedRelation(other.overall, other.hedge) for other in others],
        ),
    )


def _different(
    relation: QualifiedRelation, others: Sequence[QualifiedRelation]
) -> tuple[QualifiedRelation, ...]:
    """Return the relations that differ from one, in the order of relations."""
    different = [other for other in others if other != relation]
    return tuple(sorted(different, key=lambda other: list(Relation).index(other.relation)))


def _compare_as_coded(
    codebook: Codebook, left: Classification, right: Classification
) -> Comparison:
    """Return the relation of the left provision to the right on the readings that are coded."""
    pairs = {
        dimension.id: _both_ways(codebook, dimension, left, right)
        for dimension in codebook.dimensions.values()
    }
    return compared_as_coded(codebook, left, right, pairs)


def compared_as_coded(
    codebook: Codebook, left: Classification, right: Classification, pairs: Mapping[str, Pair]
) -> Comparison:
    """Return a comparison from whether each covers the other in each dimension of the codebook."""
    overall = _relation(pairs[dimension.id] for dimension in codebook.core)
    return Comparison(
        left,
        right,
        tuple(
            _compared(dimension, left, right, pairs[dimension.id])
            for dimension in codebook.dimensions.values()
        ),
        overall.relation,
        overall.hedge,
    )


def compare_in(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> Compared:
    """Return the relation of the left provision to the right in one dimension, as coded."""
    return _compared(dimension, left, right, _both_ways(codebook, dimension, left, right))


def _both_ways(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> Pair:
    """Return whether the left provision covers the right one, and the reverse."""
    if left.provision == right.provision:
        return IDENTITY, IDENTITY
    return covering(codebook, dimension, left, right), covering(codebook, dimension, right, left)


def _compared(
    dimension: Dimension, left: Classification, right: Classification, pair: Pair
) -> Compared:
    relation = _relation([pair]).relation
    steps = {step for each in pair for step in each.steps}
    is_known = relation is not Relation.UNKNOWN
    return Compared(
        dimension=dimension.id,
        left=left.dimensions[dimension.id],
        right=right.dimensions[dimension.id],
        relation=relation,
        qualification=next((each.qualification for each in pair if each.qualification), ""),
        authority=tuple(step for step in dimension.order if step in steps and is_known),
        by_person=_by_person(pair),
    )


def _relation(pairs: Iterable[Pair]) -> QualifiedRelation:
    """Return the relation in one or several dimensions, qualified if it depends on such a step."""
    left, right = zip(*pairs, strict=True)
    relation = relation_from(
        conjunction(answer for each in left for answer in each.answers),
        conjunction(answer for each in right for answer in each.answers),
    )
    cautious = relation_from(
        conjunction(answer for each in left for answer in each.cautious_answers),
        conjunction(answer for each in right for answer in each.cautious_answers),
    )
    hedges = (each.hedge for each in (*left, *right) if each.hedge)
    return QualifiedRelation(relation, "" if relation is cautious else next(hedges))


def _by_person(pair: Pair) -> dict[str, QualifiedRelation]:
    """Return the relations for adults and for children; none where these are not distinguished."""
    left_covers, right_covers = (each.by_person for each in pair)
    if len(left_covers) == 1:
        return {}
    return {
        person: _relation([by_person])
        for person, by_person in zip(
            PERSONS, zip(left_covers, right_covers, strict=True), strict=True
        )
    }
