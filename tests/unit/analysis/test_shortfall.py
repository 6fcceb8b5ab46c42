"""Relations are qualified exactly where they depend on a qualified step of a ladder."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from bundled import CODEBOOK, CORPUS
from conftest import provision
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare_in
from npcompare.analysis.shortfall import covering
from npcompare.model.logic import Answer
from npcompare.model.results import Classification, Relation

if TYPE_CHECKING:
    from typing import Any

THRESHOLD = CODEBOOK.dimensions["threshold"]
DEFENCE = {"persons": "any_victim", "offences": {"extent": "any"}, "relief": "defence"}


def with_equal_rungs(classification: Classification) -> Classification:
    """Return a provision whose causal link counts no more than compulsion."""
    classified = classification.dimensions["threshold"]
    limbs = tuple(
        limb
        if limb.values is None
        else replace(
            limb,
            values=frozenset("duress" if word == "causation" else word for word in limb.values),
        )
        for limb in classified.limbs
    )
    dimensions = {name: classification.dimensions[name] for name in ("scope", "stage")}
    return replace(
        classification, dimensions=dimensions | {"threshold": replace(classified, limbs=limbs)}
    )


@pytest.mark.slow
def test_hedged_relations_depend_on_paragraph_62() -> None:
    """If causation were no more than duress, exactly the qualified relations would change."""
    coded = [classify(CODEBOOK, each) for each in CORPUS.all_provisions()]
    counts = {"": 0, "may be": 0}
    for (left, equal_left), (right, equal_right) in permutations(
        zip(coded, map(with_equal_rungs, coded), strict=True), 2
    ):
        outcome = compare_in(CODEBOOK, THRESHOLD, left, right)
        equal = compare_in(CODEBOOK, THRESHOLD, equal_left, equal_right)
        changes = (
            outcome.relation is not Relation.UNKNOWN and outcome.relation is not equal.relation
        )
        assert outcome.hedge == ("may be" if changes else "")
        counts[outcome.hedge] += 1
    assert all(counts.values())


def short(*limbs: dict[str, Any], name: str) -> Classification:
    return classify(CODEBOOK, provision({"limbs": list(limbs)}, name))


def test_steps_are_those_of_the_side_that_falls_short() -> None:
    left = short({**DEFENCE, "link": "compulsion"}, name="left")
    right = short({**DEFENCE, "link": "direct_result"}, name="right")
    forward = covering(CODEBOOK, THRESHOLD, left, right)
    assert (forward.answers, forward.hedge) == ((Answer.NO, Answer.NO), "may be")
    assert forward.cautious_answers == (Answer.UNKNOWN, Answer.UNKNOWN)
    assert [(step.wider, step.narrower) for step in forward.steps] == [("causation", "duress")]
    backward = covering(CODEBOOK, THRESHOLD, right, left)
    assert (backward.answers, backward.steps) == ((Answer.YES, Answer.YES), ())


def test_relations_by_person_have_their_own_hedge() -> None:
    left = short({**DEFENCE, "link": "compulsion"}, name="left")
    right = short(
        {**DEFENCE, "persons": "adult", "link": "direct_result"},
        {**DEFENCE, "persons": "child", "link": "none"},
        name="right",
    )
    outcome = compare_in(CODEBOOK, THRESHOLD, left, right)
    assert (outcome.relation, outcome.hedge) == (Relation.NARROWER, "")
    assert {person: (part.relation, part.hedge) for person, part in outcome.by_person.items()} == {
        "adult": (Relation.NARROWER, "may be"),
        "child": (Relation.NARROWER, ""),
    }
