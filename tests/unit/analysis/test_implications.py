"""Stages that follow from a bar to prosecution are named where a relation depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare

if TYPE_CHECKING:
    from typing import Any

    from npcompare.law.corpus import Corpus

SENTENCE = "sentencing_liability"


def limb(relief: str | list[str], force: str = "mandatory", **fields: Any) -> dict[str, Any]:
    """Return a limb for any victim and any offence in short form."""
    reach = {"persons": "any_victim", "offences": {"extent": "any"}}
    return {"limbs": [reach | {"relief": relief, "force": force} | fields]}


#: A limb that bars prosecution, and one of which only the persons are known.
PARTLY_KNOWN = {"limbs": [*limb("no_prosecution")["limbs"], {"persons": "any_victim"}]}


def implied(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the implied stages that a relation depends on, each with its provision."""
    book = corpus.codebook
    comparison = compare(
        book, classify(book, provision(left, "left")), classify(book, provision(right, "right"))
    )
    (stage,) = (part for part in comparison.dimensions if part.dimension == "stage")
    return [(each.provision.id, each.value) for each in stage.implications]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # Without the rule, each would protect where the other does not.
        (limb("no_penalty"), limb("no_prosecution"), [("right", SENTENCE)]),
        (limb("no_prosecution"), limb("no_penalty"), [("left", SENTENCE)]),
        # Both bar the prosecution and its consequences, with or without words on the sentence.
        (limb("no_prosecution"), limb(["no_prosecution", "no_penalty"]), [("left", SENTENCE)]),
        (limb("no_charge"), limb("no_prosecution"), [
            ("left", "prosecution"), ("left", SENTENCE), ("right", SENTENCE)
        ]),
        # The rule adds what only one of them has.
        (limb("no_prosecution"), limb("no_prosecution", "discretionary"), [("left", SENTENCE)]),
        # The relation would be the same without it.
        (limb("no_prosecution"), limb("no_prosecution"), []),
        (limb(["no_charge", "no_prosecution"]), limb("no_prosecution", "discretionary"), []),
        (limb("no_penalty"), limb("vacatur"), []),
        # An unknown relation depends on nothing.
        (limb("no_prosecution"), {"limbs": [{"persons": "any_victim"}]}, []),
        (PARTLY_KNOWN, limb(["no_prosecution", "no_penalty"]), []),
    ],
)  # fmt: skip
def test_implied_stages_are_those_that_decide(
    left: dict[str, Any], right: dict[str, Any], expected: list[tuple[str, str]], corpus: Corpus
) -> None:
    assert implied(corpus, left, right) == expected


def test_rule_of_another_limb_is_not_named(corpus: Corpus) -> None:
    """One limb bars charges subject to the circumstances, so only the other implies a stage."""
    left = limb("no_charge", conditions="circumstances_justify")
    left["limbs"] += limb("no_prosecution")["limbs"]
    assert implied(corpus, left, limb("no_penalty")) == [("left", SENTENCE)]
