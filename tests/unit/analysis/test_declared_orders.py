"""Declared orders of classes give a relation and its converse, and missing ones are explained.

The reasons for missing orders are in cases/undeclared-orders.yaml.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
import yaml
from bundled import CODEBOOK
from conftest import TESTS, provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.model.results import Authority, Compared, Relation

if TYPE_CHECKING:
    from npcompare.model.codebook import Dimension

DECLARED = [
    pytest.param(dimension, authority, id=f"{authority.wider}-{authority.narrower}")
    for dimension in CODEBOOK.dimensions.values()
    for authority in dimension.order
]


def compared(dimension: Dimension, left: str, right: str) -> Compared:
    """Return the comparison of two provisions with one class each."""
    provisions = (
        provision({"reported": [{"dimension": dimension.id, "values": [class_name]}]}, name)
        for class_name, name in ((left, "left"), (right, "right"))
    )
    comparison = compare(CODEBOOK, *(classify(CODEBOOK, parsed) for parsed in provisions))
    return next(entry for entry in comparison.dimensions if entry.dimension == dimension.id)


@pytest.mark.parametrize(("dimension", "authority"), DECLARED)
def test_declared_order_gives_both_relations(dimension: Dimension, authority: Authority) -> None:
    forward = compared(dimension, authority.wider, authority.narrower)
    assert (forward.relation, forward.authority) == (Relation.BROADER, (authority,))
    backward = compared(dimension, authority.narrower, authority.wider)
    assert (backward.relation, backward.authority) == (Relation.NARROWER, (authority,))


@pytest.mark.parametrize("name", CODEBOOK.dimensions)
def test_each_declared_order_states_its_reason(name: str) -> None:
    for authority in CODEBOOK.dimensions[name].order:
        assert authority.because


@pytest.mark.slow
def test_missing_orders_have_a_reason_each() -> None:
    """A dimension without a reason fails, and so does a reason that is no longer needed."""
    reasons = yaml.safe_load(
        (TESTS / "cases" / "undeclared-orders.yaml").read_text(encoding="utf-8")
    )
    without_order = {
        dimension.id
        for dimension in CODEBOOK.dimensions.values()
        for left, right in combinations(dimension.classes, 2)
        if compared(dimension, left, right).relation is Relation.UNKNOWN
    }
    assert reasons.keys() == without_order
    assert all(reasons.values())
