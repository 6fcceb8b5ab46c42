"""The overall relation against its meaning: which persons, acts and stages are protected.

One provision is broader than another if it protects every person for every act at every stage at
which the other protects, on the same link or a less demanding one, and as strongly.
"""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from builders import (
    FORCES,
    LINKS,
    OFFENCES,
    PEOPLE,
    STAGES,
    Limb,
    random_limb,
    random_limb_with_gaps,
)
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def protected(limbs: list[Limb]) -> dict[tuple[str, str, int], tuple[int, int]]:
    """Return for each person, offence and stage the laxest link and the strongest force."""
    protection: dict[tuple[str, str, int], tuple[int, int]] = {}
    for limb in limbs:
        people = PEOPLE if limb["persons"] == "any_victim" else (limb["persons"],)
        offences = set(limb["offences"].get("categories", OFFENCES))
        offences -= set(limb["offences"].get("excluded", ()))
        for person, offence, relief in product(people, offences, limb["relief"]):
            place = (person, offence, STAGES[relief])
            link, force = protection.get(place, (-1, -1))
            protection[place] = (
                max(link, LINKS.index(limb["link"])),
                max(force, FORCES.index(limb["force"])),
            )
    return protection


def reaches(a: dict[Any, tuple[int, int]], b: dict[Any, tuple[int, int]]) -> bool:
    """Return whether a protects wherever b does, on no stricter link and as strongly."""
    return all(
        place in a and a[place][0] >= link and a[place][1] >= force
        for place, (link, force) in b.items()
    )


def expected_overall(left: list[Limb], right: list[Limb]) -> str:
    """Return the relation that follows from what two provisions protect."""
    a, b = protected(left), protected(right)
    names = {(True, True): "same", (True, False): "broader", (False, True): "narrower"}
    return names.get((reaches(a, b), reaches(b, a)), "incomparable")


def overall(corpus: Corpus, left: list[Limb], right: list[Limb]) -> str:
    """Return the overall relation that `compare` gives."""
    classifications = (
        classify(corpus.codebook, provision({"limbs": limbs}, name))
        for name, limbs in (("left", left), ("right", right))
    )
    return str(compare(corpus.codebook, *classifications).overall)


#: How many random pairs are compared, in a quick run and in a full one.
SIZES = [40, pytest.param(400, marks=pytest.mark.slow)]


@pytest.mark.further
@pytest.mark.parametrize("pairs", SIZES)
def test_overall_follows_from_persons_places_and_links(pairs: int, corpus: Corpus) -> None:
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    for _ in range(pairs):
        left, right = ([random_limb(chance) for _ in range(chance.choice((1, 2)))] for _ in "ab")
        assert overall(corpus, left, right) == expected_overall(left, right), (left, right)


@pytest.mark.parametrize("pairs", SIZES)
def test_known_answer_is_right_however_gaps_are_filled(pairs: int, corpus: Corpus) -> None:
    chance = random.Random(2)  # noqa: S311 - a sample, not a secret
    for _ in range(pairs):
        left, right = (
            [random_limb_with_gaps(chance) for _ in range(chance.choice((1, 2)))] for _ in "ab"
        )
        answer = overall(corpus, left, right)
        for _ in range(20 if answer != "unknown" else 0):
            completed = [[random_limb(chance) | limb for limb in limbs] for limbs in (left, right)]
            assert answer == expected_overall(*completed), (left, right, completed)
