"""Overall as what it means: whoever, whatever act, at whichever stage, protected on no more."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

from builders import LINKS, OFFENCES, PEOPLE, STAGES, Limb, random_limb, random_limb_with_gaps
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def protected(limbs: list[Limb]) -> dict[tuple[str, str, int], int]:
    """Return for each person, offence and stage the least demanding link that protects."""
    found: dict[tuple[str, str, int], int] = {}
    for one in limbs:
        people = PEOPLE if one["persons"] == "any_victim" else (one["persons"],)
        offences = one["offences"].get("categories", OFFENCES)
        reached = [each for each in offences if each not in one["offences"].get("excluded", ())]
        for who, what, relief in product(people, reached, one["relief"]):
            place = (who, what, STAGES[relief])
            found[place] = max(found.get(place, -1), LINKS.index(one["link"]))
    return found


def truth(left: list[Limb], right: list[Limb]) -> str:
    a, b = protected(left), protected(right)
    forth = all(place in a and a[place] >= link for place, link in b.items())
    back = all(place in b and b[place] >= link for place, link in a.items())
    names = {(True, True): "same", (True, False): "broader", (False, True): "narrower"}
    return names.get((forth, back), "incomparable")


def overall(corpus: Corpus, left: list[Limb], right: list[Limb]) -> str:
    one, other = (
        classify(corpus.codebook, provision({"limbs": limbs}, name))
        for name, limbs in (("left", left), ("right", right))
    )
    return str(compare(corpus.codebook, one, other).overall)


def test_overall_follows_from_persons_places_and_links(corpus: Corpus) -> None:
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    for _ in range(400):
        left, right = ([random_limb(chance) for _ in range(chance.choice((1, 2)))] for _ in "ab")
        found = overall(corpus, left, right)
        assert found == truth(left, right), (left, right)


def test_answer_with_gaps_is_right_however_filled(corpus: Corpus) -> None:
    chance = random.Random(2)  # noqa: S311 - a sample, not a secret
    for _ in range(400):
        left, right = (
            [random_limb_with_gaps(chance) for _ in range(chance.choice((1, 2)))] for _ in "ab"
        )
        found = overall(corpus, left, right)
        for _ in range(20 if found != "unknown" else 0):
            filled = [[random_limb(chance) | one for one in limbs] for limbs in (left, right)]
            assert found == truth(*filled), (left, right, filled)
