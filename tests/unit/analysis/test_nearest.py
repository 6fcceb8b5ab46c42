"""The provisions nearest to one: relations are those of `diff`, and unknown ones are left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from bundled import CODEBOOK, CORE
from conftest import TESTS, provision

from npcompare.analysis.classification import classify
from npcompare.analysis.nearest import nearest
from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.model.results import Classification


def classifications(**shorts: dict[str, Any]) -> list[Classification]:
    return [classify(CODEBOOK, provision({"limbs": [limb]}, name)) for name, limb in shorts.items()]


def test_nearest_are_the_same_in_most_dimensions() -> None:
    any_offence, drugs = {"extent": "any"}, {"extent": "listed", "categories": ["drugs"]}
    bill, *candidates = classifications(
        bill={"offences": any_offence, "link": "compulsion", "persons": "any_victim"},
        zebra={"offences": any_offence, "link": "compulsion", "persons": "any_victim"},
        open={"offences": any_offence},
        one={"offences": any_offence, "link": "none", "persons": "any_victim"},
        both={"offences": drugs, "link": "none", "persons": "any_victim"},
        able={"offences": any_offence, "link": "compulsion", "persons": "any_victim"},
    )
    neighbours = nearest(
        CODEBOOK, CODEBOOK.chosen("scope,threshold,persons"), bill, candidates
    ).near
    assert [
        (neighbour.provision.provision.id, neighbour.same, neighbour.different, neighbour.unknown)
        for neighbour in neighbours
    ] == [
        ("able", 3, 0, 0),
        ("zebra", 3, 0, 0),
        ("one", 2, 1, 0),
        ("open", 1, 0, 2),
        ("both", 1, 2, 0),
    ]
    assert neighbours[4].relations == {
        "scope": Relation.BROADER,
        "threshold": Relation.NARROWER,
        "persons": Relation.SAME,
    }


@pytest.mark.further
def test_relations_are_those_of_diff(run: Callable[..., Ran]) -> None:
    bill = TESTS / "bills" / "utopia.yaml"
    output = json.loads(run("nearest", bill, "--limit", 60, "--across", "-f", "json").out)
    ids = [neighbour["id"] for neighbour in output["nearest"]]
    comparisons = json.loads(run("diff", bill, *ids, "-f", "json").out)["comparisons"]
    assert len(ids) == 39 - len(output["unknown"])
    for neighbour, comparison in zip(output["nearest"], comparisons, strict=True):
        for name in CORE:
            for key in ("left", "right", "relation", "hedge", "left_basis", "right_basis"):
                assert neighbour["dimensions"][name][key] == comparison["dimensions"][name][key]
    assert output["others"] == 0
    assert output["provision"] == "utopia"


def test_provision_is_not_its_own_neighbour(run: Callable[..., Ran]) -> None:
    output = json.loads(run("nearest", "KE", "--limit", 99, "-f", "json").out)
    ids = [neighbour["id"] for neighbour in output["nearest"]]
    assert output["provision"] == "kenya"
    assert "kenya" not in [*ids, *output["unknown"]]
    assert output["effects"] == ["operative", "bill"]
    assert ids[0] == "belgium"
    assert "asean-14-7" not in ids


def test_unknown_provision_is_not_a_neighbour(run: Callable[..., Ran]) -> None:
    output = json.loads(run("nearest", "coe-26", "--by", "threshold", "-f", "json").out)
    assert "eu-directive-8" in output["unknown"]
    assert all(neighbour["unknown"] == 0 for neighbour in output["nearest"])
    table = run("nearest", "oas-2006", "--across").out
    assert (
        "Left out because nothing is known in any of these dimensions (38 provisions)"
        in " ".join(table.split())
    )


def test_corpus_of_one_has_no_nearest(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    for path in corpus_copy.glob("*.yaml"):
        if path.stem not in ("kenya", "sources"):
            path.unlink()
    ran = run("nearest", "kenya", "--corpus", corpus_copy)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no other provision of like effect to compare kenya with" in ran.err
