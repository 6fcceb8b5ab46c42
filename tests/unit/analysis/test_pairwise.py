"""Pairs compared all at once have the relations that `compare` finds one by one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.analysis.pairwise import compare_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification


def check_pairs(book: Codebook, provisions: Sequence[Classification]) -> None:
    """Assert that every pair is compared as `compare` does it."""
    core = {dimension.id for dimension in book.core}
    pairs = list(combinations(provisions, 2))
    for (left, right), comparison in zip(pairs, compare_pairs(book, provisions), strict=True):
        single = compare(book, left, right)
        dimensions = tuple(
            replace(outcome, implications=())
            for outcome in single.dimensions
            if outcome.dimension in core
        )
        assert comparison == replace(single, dimensions=dimensions)


def test_pairs_are_compared_as_compare_does_it(corpus: Corpus) -> None:
    # Doubtful readings, persons that differ, several limbs, and hardly anything known.
    names = ["kenya", "gambia", "coe-26", "england-and-wales-s45", "belgium-264", "barbados"]
    check_pairs(corpus.codebook, [classify(corpus.codebook, corpus.find(each)) for each in names])


@pytest.mark.slow
def test_all_bundled_pairs_are_compared_alike(corpus: Corpus) -> None:
    provisions = corpus.all_provisions()[::3]
    check_pairs(corpus.codebook, [classify(corpus.codebook, each) for each in provisions])
