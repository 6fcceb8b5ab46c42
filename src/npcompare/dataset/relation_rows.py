"""The rows of the relations: each pair of provisions in each core dimension, and overall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.pairwise import compare_pairs
from npcompare.dataset.codebook_rows import order_id
from npcompare.dataset.coded_rows import row_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.dataset.coded_rows import Cells, Placed
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification, Compared, Comparison, QualifiedRelation

#: Of more provisions, the pairs would be most of the release, and nobody could read them.
MOST_PAIRED = 250


def relation_rows(codebook: Codebook, results: Sequence[Classification]) -> Iterator[Placed]:
    """Yield the rows of each pair; nothing if there are more than MOST_PAIRED provisions."""
    if len(results) > MOST_PAIRED:
        return
    for comparison in compare_pairs(codebook, results):
        for outcome in comparison.dimensions:
            yield "relations", {**_pair(comparison, outcome.dimension), **_outcome(outcome)}
        overall: Cells = {
            "relation": str(comparison.overall),
            "hedge": comparison.hedge or None,
            "other_readings": _readings(comparison.overall_other_readings),
        }
        yield "relations", {**_pair(comparison, ""), **overall}


def _pair(comparison: Comparison, dimension: str) -> Cells:
    left, right = comparison.left.provision.id, comparison.right.provision.id
    return {
        "id": row_id(left, right, dimension or "overall"),
        "left_id": left,
        "right_id": right,
        "dimension_id": dimension or None,
    }


def _outcome(outcome: Compared) -> Cells:
    by_person = {name: _words(each) for name, each in outcome.differing_by_person.items()}
    steps = (order_id(outcome.dimension, each.wider, each.narrower) for each in outcome.authority)
    return {
        "relation": str(outcome.relation),
        "hedge": outcome.hedge or None,
        "because": tuple(dict.fromkeys(steps)),
        "adults": by_person.get("adult"),
        "children": by_person.get("child"),
        "other_readings": _readings(outcome.other_readings),
    }


def _readings(readings: Iterable[QualifiedRelation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_words, readings)))


def _words(relation: QualifiedRelation) -> str:
    """Return a relation with its qualification: "broader (may be)"."""
    hedge = relation.hedge.replace(";", ",")
    return f"{relation.relation} ({hedge})" if hedge else str(relation.relation)
