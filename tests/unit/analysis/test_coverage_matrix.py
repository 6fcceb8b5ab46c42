"""The coverage of many provisions at once: each pair gets the answer of the plain path."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import pytest
from builders import generated_corpora
from bundled import CODEBOOK, CORPUS
from conftest import provision
from hypothesis import given, settings
from hypothesis import strategies as st
from random_provisions import random_provision
from small_worlds import GROUND, LADDER, PROVISIONS, Short, parts

from npcompare.analysis.classification import classify
from npcompare.analysis.coverage import coverage, covers_where_both_apply
from npcompare.analysis.coverage_matrix import (
    Row,
    bit_set,
    coverage_matrix,
    matrix_of_parts,
    members,
)
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.model.logic import Answer, conjunction

if TYPE_CHECKING:
    from npcompare.model.results import Classification


# --- The same answers as the plain path ---------------------------------------------------------


def disagreements(provisions: list[Classification]) -> list[tuple[str, str, str]]:
    """Return each dimension and pair of provisions for which the two paths differ."""
    differing = []
    for name, dimension in CODEBOOK.dimensions.items():
        matrix = coverage_matrix(CODEBOOK, [dimension], provisions)
        for (row, a), (number, b) in product(
            zip(matrix, provisions, strict=True), enumerate(provisions)
        ):
            if row.answer(number) is not conjunction(coverage(CODEBOOK, dimension, a, b)):
                differing.append((name, a.provision.id, b.provision.id))
    return differing


@pytest.mark.slow
def test_paths_agree_on_a_sample_of_bundled_pairs() -> None:
    sample = CORPUS.all_provisions()[::6]
    assert disagreements([classify(CODEBOOK, parsed) for parsed in sample]) == []


@pytest.mark.slow
def test_paths_agree_on_all_bundled_pairs() -> None:
    provisions = [classify(CODEBOOK, parsed) for parsed in CORPUS.all_provisions()]
    assert len(provisions) >= 56
    assert disagreements(provisions) == []


@pytest.mark.slow
def test_paths_agree_on_a_generated_corpus(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = generated_corpora().write(tmp_path_factory.mktemp("generated") / "corpus", 40)
    corpus = load_corpus(folder, CheckOptions(use_cache=False))
    classifications = [classify(corpus.codebook, parsed) for parsed in corpus.all_provisions()]
    assert disagreements(classifications) == []


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_paths_agree_on_random_provisions(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    provisions = [random_provision(chance, f"p{number}") for number in range(4)]
    assert disagreements(provisions) == []


def test_paths_agree_where_limbs_state_no_persons() -> None:
    """A limb without persons may protect children; with seven such limbs nothing is known."""
    adult, child = {"persons": "adult"}, {"persons": "child"}
    no_penalty = {"offences": {"extent": "any"}, "relief": "no_penalty"}
    must, may = (no_penalty | {"force": force} for force in ("mandatory", "discretionary"))
    by_limb = ([adult | must], [adult | must, may], [adult | may, may], [child | may, *[must] * 7])
    provisions = [
        classify(CODEBOOK, provision({"limbs": limbs}, f"p{number}"))
        for number, limbs in enumerate(by_limb)
    ]
    assert disagreements(provisions) == []
    assert disagreements(provisions[1:3]) == []
    force = CODEBOOK.dimensions["force"]
    assert coverage_matrix(CODEBOOK, [force], provisions) == [
        Row(0b0001, 0b0000),
        Row(0b0001, 0b0000),
        Row(0b0000, 0b0011),
        Row(0b0000, 0b0000),
    ]


def test_paths_agree_in_small_worlds() -> None:
    sides = [(), *(parts(limbs, f"p{number}-") for number, limbs in enumerate(PROVISIONS[::7]))]
    for a, row in zip(sides, matrix_of_parts(LADDER, GROUND, sides), strict=True):
        for number, b in enumerate(sides):
            assert row.answer(number) is covers_where_both_apply(LADDER, GROUND, a, b), (a, b)


# --- The rows -----------------------------------------------------------------------------------


def test_bit_sets_give_back_their_members() -> None:
    assert bit_set([5, 0, 2]) == 0b100101
    assert list(members(0b100101)) == [0, 2, 5]
    assert list(members(bit_set([]))) == []


def test_row_without_either_bit_is_unknown() -> None:
    row = Row(yes=0b001, no=0b100)
    assert [row.answer(number) for number in range(3)] == [
        Answer.YES,
        Answer.UNKNOWN,
        Answer.NO,
    ]


def test_row_has_a_bit_for_each_side() -> None:
    low, high = (parts([("any", "s", rung)], rung) for rung in ("low", "high"))
    # The first side is the last bit.
    assert matrix_of_parts(LADDER, GROUND, [low, (), high]) == [
        Row(0b011, 0b100),
        Row(0b010, 0b101),
        Row(0b111, 0b000),
    ]


def test_side_covers_any_part_of_itself() -> None:
    """The offences of the limbs are unknown, but a limb has the same offences as itself."""
    low, high = parts([("unknown", "s", "low"), ("unknown", "s", "high")], "a")
    foreign = parts([("unknown", "s", "low")], "b")
    sides = [(low,), (high, low), (high,), (high, *foreign)]
    assert matrix_of_parts(LADDER, GROUND, sides) == [
        Row(0b0001, 0b0100),
        Row(0b0111, 0b0000),
        Row(0b1111, 0b0000),
        Row(0b1101, 0b0000),
    ]


@pytest.mark.parametrize(
    ("provisions", "expected"),
    [
        # A limb for any offence also covers the unknown offences of another limb.
        (
            ([("unknown", "s", "low"), ("a list", "t", "high")], [("any", "s", "low")]),
            [Row(0b11, 0b00), Row(0b11, 0b00)],
        ),
        (
            ([("unknown", "t", "low")], [("any", "t", "high"), ("a list", "t", "low")]),
            [Row(0b01, 0b10), Row(0b11, 0b00)],
        ),
        (
            (
                [("any", "t", "high"), ("listed x", "s", "low")],
                [("unknown", "t", "low"), ("a list", "s", "low")],
            ),
            [Row(0b11, 0b00), Row(0b10, 0b01)],
        ),
        # They apply at different stages, so they are compared as a whole.
        (
            ([("any", "t", "low"), ("any but x", "t", "low")], [("unknown", "s", "high")]),
            [Row(0b01, 0b10), Row(0b11, 0b00)],
        ),
        # The second and the third do not both apply to offences that only the first may reach.
        (
            (
                [("unknown", "s", "high")],
                [("listed x", "s", "low"), ("any but x", "t", "high")],
                [("listed x", "t", "low"), ("any but x", "t", "high")],
            ),
            [Row(0b111, 0b000), Row(0b110, 0b000), Row(0b110, 0b000)],
        ),
        (
            (
                [("listed x", "t", "high")],
                [("any", "t", "high"), ("unknown", "t", "high")],
                [("any", "t", "low"), ("a list", "s", "high")],
            ),
            [Row(0b111, 0b000), Row(0b111, 0b000), Row(0b100, 0b011)],
        ),
    ],
)
def test_places_of_limbs_are_partly_unknown(
    provisions: tuple[list[Short], ...], expected: list[Row]
) -> None:
    sides = [parts(limbs, f"p{number}-") for number, limbs in enumerate(provisions)]
    assert matrix_of_parts(LADDER, GROUND, sides) == expected
