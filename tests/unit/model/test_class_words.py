"""The words for the classes of a dimension where limbs differ, or many of them do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.model.codebook import class_words

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        # Up to three limbs with the same classes have a line each.
        (("a", "b", "c"), ["last: no prosecution", "a: no penalty", "b: no penalty"]),
        (tuple("abcd"), ["last: no prosecution", "a, b, c, d: no penalty"]),
        (tuple("1234"), ["last: no prosecution", "limbs 1–4: no penalty"]),
        (tuple("12457"), ["last: no prosecution", "limbs 1–2, 4–5, 7: no penalty"]),
    ],
)
def test_many_limbs_with_the_same_classes_share_a_line(
    names: tuple[str, ...], expected: list[str], corpus: Corpus
) -> None:
    limbs = [
        {"id": "last", "relief": "no_prosecution"},
        *({"id": name, "relief": "no_penalty"} for name in names),
    ]
    result = classify(corpus.codebook, provision({"limbs": limbs}))
    words = class_words(corpus.codebook, result.dimensions["relief"])
    assert words.split("\n")[: len(expected)] == expected
