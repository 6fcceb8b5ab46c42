"""Provisions of like effect: only these are ranked together. The cases are cases/effects.yaml."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from bundled import CODEBOOK
from conftest import TESTS, cases, provision

from npcompare.analysis.breadth_order import orders_by_effect
from npcompare.analysis.classification import classify
from npcompare.analysis.effects import is_like
from npcompare.analysis.nearest import nearest
from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.model.results import Classification


def classified(provisions: dict[str, dict[str, Any]]) -> list[Classification]:
    """Return the classifications of provisions in short form."""
    return [classify(CODEBOOK, provision(short, name)) for name, short in provisions.items()]


@pytest.mark.parametrize("case", cases("effects"))
def test_case(case: dict[str, Any]) -> None:
    result = orders_by_effect(CODEBOOK, CODEBOOK.chosen(case["by"]), classified(case["provisions"]))
    groups = []
    for ranking in result.orders:
        ids = [classification.provision.id for classification in ranking.provisions]
        levels = [[[ids[number] for number in group] for group in row] for row in ranking.levels]
        groups.append({"effects": list(ranking.effects), "levels": levels})
    assert groups == case["groups"]
    assert {
        group.effects[0]: [member.provision.id for member in group.members]
        for group in result.not_compared
    } == case.get("not_compared", {})


def test_unlike_effects_cannot_be_ordered() -> None:
    unlike = classified({"act": {"kind": "statute"}, "treaty": {"kind": "treaty"}})
    with pytest.raises(NpcompareError, match="no two of these provisions are known to be of like"):
        orders_by_effect(CODEBOOK, CODEBOOK.core, unlike)


@pytest.mark.parametrize(
    ("effect", "other_effect", "expected"),
    [
        ("operative", "operative", True),
        ("operative", "bill", True),
        ("bill", "bill", True),
        ("operative", "obligation", False),
        ("model", "bill", False),
        ("none", "none", False),
        ("unknown", "unknown", False),
    ],
)
def test_bill_is_like_a_law(effect: str, other_effect: str, expected: bool) -> None:
    assert is_like(effect, other_effect) is expected
    assert is_like(other_effect, effect) is expected


def test_nearest_are_of_like_effect() -> None:
    bill, *others = classified(
        {
            "bill": {"kind": "bill", "limbs": [{"offences": {"extent": "any"}}]},
            "act": {"kind": "statute", "limbs": [{"offences": {"extent": "status_related"}}]},
            "treaty": {"kind": "treaty", "form": "state_obligation"},
        }
    )
    like = nearest(CODEBOOK, CODEBOOK.core, bill, others)
    assert [near.provision.provision.id for near in like.near] == ["act"]
    assert like.effects == ("operative", "bill")
    across = nearest(CODEBOOK, CODEBOOK.core, bill, others, across=True)
    assert {near.provision.provision.id for near in across.near} == {"act", "treaty"}
    assert across.effects == ()


def test_nothing_is_like_an_unknown_effect() -> None:
    target, *others = classified({"open": {"kind": "", "form": ""}, "act": {}})
    with pytest.raises(NpcompareError, match="no other provision of like effect") as error:
        nearest(CODEBOOK, CODEBOOK.core, target, others)
    assert "--across" in error.value.hint


def test_no_recommendation_is_ranked_with_a_law(run: Callable[..., Ran]) -> None:
    output = json.loads(run("order", "--collection", "all", "-f", "json").out)
    effects = {entry["id"]: entry["effect"] for entry in output["provisions"]}
    for group in output["groups"]:
        ids = [name for level in group["levels"] for equal in level for name in equal]
        ids += group["apart"] + group["unknown"]
        assert {effects[name] for name in ids} == set(group["effects"])
    families = [set(group["effects"]) for group in output["groups"]]
    assert all("recommendation" not in family or len(family) == 1 for family in families)


def test_across_ranks_all_together(run: Callable[..., Ran]) -> None:
    bill = TESTS / "bills" / "utopia.yaml"
    output = json.loads(run("order", bill, "kenya", "coe-26", "--across", "-f", "json").out)
    (group,) = output["groups"]
    assert (group["effects"], output["not_compared"]) == ([], [])
    assert [entry["id"] for entry in output["provisions"]] == ["utopia", "kenya", "coe-26"]
