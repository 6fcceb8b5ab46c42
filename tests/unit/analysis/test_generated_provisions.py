"""What holds for any provisions: converse, reflexivity, transitivity, and one answer everywhere.

`diff`, `order`, `gaps --against` and the engine for many pairs work in different ways, and say the
same of every pair.
"""

from __future__ import annotations

import random
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

import pytest
from builders import generated_corpora
from bundled import CODEBOOK
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_provisions import related_provisions

from npcompare.analysis.breadth_order import order
from npcompare.analysis.classification import classify
from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.analysis.comparison import compare
from npcompare.analysis.gaps import assess
from npcompare.analysis.pairwise import compare_pairs
from npcompare.errors import refusals
from npcompare.law.benchmark import Status
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.model.results import CONVERSE, Relation

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.model.results import Classification, Comparison

REACHES = {Relation.SAME, Relation.BROADER}
FALLS_SHORT = {Relation.NARROWER, Relation.INCOMPARABLE}

SEEDS = st.integers(0, 10**9)


def drawn(seed: int, number: int) -> list[Classification]:
    return related_provisions(random.Random(seed), number)  # noqa: S311 - not a secret


def relations(comparison: Comparison) -> dict[str, Relation]:
    """Return the relation in each dimension, and overall."""
    by_dimension = {outcome.dimension: outcome.relation for outcome in comparison.dimensions}
    return {**by_dimension, "overall": comparison.overall}


@given(SEEDS)
def test_relations_have_their_converse(seed: int) -> None:
    for left, right in combinations(drawn(seed, 3), 2):
        forward = relations(compare(CODEBOOK, left, right))
        backward = relations(compare(CODEBOOK, right, left))
        assert {name: CONVERSE[relation] for name, relation in forward.items()} == backward


@given(SEEDS)
def test_provision_is_never_unlike_itself(seed: int) -> None:
    (result,) = drawn(seed, 1)
    assert set(relations(compare(CODEBOOK, result, result)).values()) <= {
        Relation.SAME,
        Relation.UNKNOWN,
    }


@pytest.mark.slow
@settings(max_examples=20)
@given(SEEDS)
def test_reaching_as_far_overall_is_transitive(seed: int) -> None:
    """In the core, from the first to the second and on to the third provision."""
    results = drawn(seed, 4)
    overall = {
        (left.provision.id, right.provision.id): compare(CODEBOOK, left, right).overall
        for left, right in permutations(results, 2)
    }
    for first, second, third in permutations([result.provision.id for result in results], 3):
        steps = {overall[first, second], overall[second, third]}
        if steps <= REACHES:
            assert overall[first, third] in REACHES
            assert overall[first, third] is Relation.SAME or Relation.BROADER in steps


@pytest.mark.slow
@settings(max_examples=20)
@given(SEEDS)
def test_order_has_the_relations_of_diff(seed: int) -> None:
    results = drawn(seed, 5)
    ranking = order(CODEBOOK, CODEBOOK.chosen(None), results)
    for (number, left), (other_number, right) in permutations(enumerate(results), 2):
        relation = compare(CODEBOOK, left, right).overall
        assert other_number in ranking.positions[number].related(relation)
        if other_number in ranking.positions[number].next_below:
            assert relation is Relation.BROADER


@pytest.mark.slow
@settings(max_examples=20)
@given(SEEDS)
def test_pairs_are_compared_as_diff_compares_them(seed: int) -> None:
    results = drawn(seed, 4)
    core = {dimension.id for dimension in CODEBOOK.core}
    pairs = combinations(results, 2)
    for (left, right), pair in zip(pairs, compare_pairs(CODEBOOK, results), strict=True):
        single = compare(CODEBOOK, left, right)
        dimensions = tuple(
            replace(outcome, implications=())
            for outcome in single.dimensions
            if outcome.dimension in core
        )
        assert pair == replace(single, dimensions=dimensions)


# A limb without exclusions reaches as far as any list, whatever is excluded in another one.
@pytest.mark.slow
@settings(max_examples=20)
@example(46391)
@given(SEEDS)
def test_gaps_against_a_provision_follow_diff(seed: int) -> None:
    """What is met reaches as far; what is not met, or in part, falls short."""
    for subject, target in permutations(drawn(seed, 3), 2):
        by_dimension = relations(compare(CODEBOOK, subject, target))
        for gap in assess(CODEBOOK, subject, target):
            relation = by_dimension[gap.element.id]
            if gap.because.startswith("The threshold decides"):
                relation = by_dimension["threshold"]
            if gap.status is Status.MET:
                assert relation not in FALLS_SHORT
            if gap.status in {Status.NOT_MET, Status.PARTLY}:
                assert relation not in REACHES
            if relation in REACHES:
                assert gap.status is Status.MET
            if relation in FALLS_SHORT:
                assert gap.status is not Status.MET


@pytest.mark.further
@pytest.mark.parametrize("faults", [0.0, 0.1])
def test_generated_corpus_is_the_same_with_a_cache(faults: float, tmp_path: Path) -> None:
    """Without a cache, with a new one, and with a full one."""
    folder = generated_corpora().write(tmp_path / "corpus", 30, faults=faults)
    fresh = load_corpus(folder, CheckOptions(use_cache=False))
    assert bool(refusals(fresh.problems)) == bool(faults)
    for corpus in (load_corpus(folder), load_corpus(folder)):
        assert corpus.problems == fresh.problems
        if not faults:
            assert corpus.all_provisions() == fresh.all_provisions()
            provisions = [classify(fresh.codebook, each) for each in fresh.all_provisions()]
            assert list(ClassifiedCorpus(corpus)) == provisions


@pytest.mark.slow
def test_gaps_and_relations_are_drawn_of_every_kind() -> None:
    statuses, kinds = set(), set()
    for seed in range(12):
        for subject, target in product(drawn(seed, 3), repeat=2):
            kinds.add(compare(CODEBOOK, subject, target).overall)
            statuses |= {gap.status for gap in assess(CODEBOOK, subject, target)}
    assert kinds == set(Relation)
    assert {Status.MET, Status.PARTLY, Status.NOT_MET, Status.UNKNOWN, Status.SILENT} <= statuses
