"""How far classes reach, in the four steps of a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.class_steps import step
from npcompare.analysis.classification import classify

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kenya", {"scope": 3, "threshold": 3, "stage": 1, "persons": 4, "force": 4, "link": 0}),
        ("coe-26", {"scope": 4, "threshold": 2, "stage": 1, "persons": 4, "force": 3, "link": 0}),
        ("gambia", {"scope": 2, "threshold": 3, "stage": 3, "persons": 4, "force": 4, "burden": 0}),
        ("barbados", {"scope": 0, "threshold": 2, "stage": 0, "persons": 0, "force": 0}),
    ],
)
def test_step_of_each_dimension(name: str, expected: dict[str, int], corpus: Corpus) -> None:
    (provision,) = corpus.select([name])
    result = classify(corpus.codebook, provision)
    steps = {key: step(corpus.codebook.dimension(key), result.dimensions[key]) for key in expected}
    assert steps == expected


def test_wider_class_is_never_on_a_lower_step(corpus: Corpus) -> None:
    for dimension in corpus.codebook.dimensions.values():
        order = dimension.scale.steps(dimension.classes)
        assert set(order) in (set(), set(dimension.classes))
        for wider, narrower in dimension.scale.wider if order else ():
            assert order[wider] > order[narrower]
