"""The order of many provisions: every relation as `compare` gives it, every step handed on."""

from __future__ import annotations

import json
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
from builders import generated_corpora
from conftest import cases, provision

from npcompare.analysis.breadth_order import Order, order
from npcompare.analysis.classification import classify
from npcompare.errors import NpcompareError
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.model.results import CONVERSE, Classification, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


BUNDLED = load_corpus(None, CheckOptions(use_cache=False))
BOOK = BUNDLED.codebook


def every_bundled() -> list[Classification]:
    return [classify(BOOK, one) for one in BUNDLED.all_provisions()]


@pytest.fixture(scope="module")
def imagined(tmp_path_factory: pytest.TempPathFactory) -> list[Classification]:
    folder = generated_corpora().write(tmp_path_factory.mktemp("imagined") / "corpus", 40)
    held = load_corpus(folder, CheckOptions(use_cache=False))
    return [classify(held.codebook, one) for one in held.all_provisions()]


CORE = [dimension.id for dimension in BOOK.core]


# --- The order ----------------------------------------------------------------------------------


def named(found: Order, numbers: Any) -> list[str]:
    return [found.provisions[number].provision.id for number in numbers]


@pytest.mark.parametrize("case", cases("orders"))
def test_case(case: dict[str, Any]) -> None:
    held = [classify(BOOK, provision(short, name)) for name, short in case["provisions"].items()]
    found = order(BOOK, BOOK.chosen(case["by"]), held)
    levels = [[named(found, group) for group in groups] for groups in found.levels]
    assert levels == case["levels"]
    assert named(found, found.isolated) == case.get("apart", [])
    assert named(found, found.unknown) == case.get("unknown", [])
    standings = dict(zip(case["provisions"], found.positions, strict=True))
    for name, one in standings.items():
        if "next" in case:
            assert named(found, one.next_below) == case["next"][name], name
        assert named(found, one.unranked) == case.get("beside", {}).get(name, []), name
        for related in (Relation.SAME, Relation.BROADER, Relation.INCOMPARABLE):
            if related in case:
                assert named(found, one.related(related)) == case[related][name], name


def orders(held: list[Classification]) -> list[Order]:
    names = [None, "scope,threshold", *BOOK.dimensions]
    return [order(BOOK, BOOK.chosen(name), held) for name in names]


def test_steps_down_are_transitive(imagined: list[Classification]) -> None:
    """Along any steps down, the first provision is broader than the last."""
    asides = 0
    for held in (every_bundled(), imagined):
        for found in orders(held):
            asides += found.has_unranked
            for number, one in enumerate(found.positions):
                reached = set(one.next_below)
                left = list(one.next_below)
                while left:
                    further = set(found.positions[left.pop()].next_below) - reached
                    reached |= further
                    left += further
                assert reached <= set(one.related(Relation.BROADER))
                assert number not in reached
                assert all(found.positions[each].level > one.level for each in reached)
                # Everything else that it covers is unranked.
                wide = {*one.related(Relation.BROADER), *one.related(Relation.SAME)}
                assert wide == reached | set(one.equals) | set(one.unranked)
                assert not set(one.unranked) & (reached | set(one.equals))
                assert set(one.equals) <= set(one.related(Relation.SAME))
    assert asides


def test_no_step_skips_another(imagined: list[Classification]) -> None:
    for found in orders(imagined):
        for one in found.positions:
            for other in one.next_below:
                assert not set(found.positions[other].next_below) & set(one.next_below)


def test_covering_is_transitive_in_the_core(imagined: list[Classification]) -> None:
    for held in (every_bundled(), imagined):
        found = order(BOOK, BOOK.chosen(None), held)
        assert not found.has_unranked
        assert len(found.levels) >= 3


def test_every_provision_is_placed_once() -> None:
    held = every_bundled()
    for found in orders(held):
        placed = [number for groups in found.levels for group in groups for number in group]
        assert sorted([*placed, *found.isolated, *found.unknown]) == list(range(len(held)))
        for number, one in enumerate(found.positions):
            every_other = (1 << len(held)) - 1 & ~(1 << number)
            assert reduce(int.__or__, one.relations.values()) == every_other
            assert sum(one.relations.values()) == every_other
            for related in Relation:
                for other in one.related(related):
                    back = found.positions[other].relations[CONVERSE[related]]
                    assert back >> number & 1


def test_level_is_one_below_the_lowest_above() -> None:
    found = order(BOOK, BOOK.chosen(None), every_bundled())
    for number, one in enumerate(found.positions):
        above = [each.level for each in found.positions if number in each.next_below]
        assert one.level == (max(above) + 1 if above else one.level and 1)


def test_order_of_the_paper(run: Callable[..., Ran]) -> None:
    found = json.loads(run("order", "-f", "json").out)
    assert found["dimensions"] == CORE
    assert found["levels"] == [
        [["cop-resolution-5-2", "wg-2009"]],
        [["asean-14-7", "belgium", "kenya"]],
        [["coe-26"], ["jamaica"], ["qatar"]],
    ]
    kenya = next(one for one in found["provisions"] if one["id"] == "kenya")
    assert kenya["next"] == kenya["broader"] == ["coe-26", "jamaica", "qatar"]
    assert "barbados" in found["unknown"]
    assert "gambia" in found["apart"]


def test_repeated_provision_counts_once(run: Callable[..., Ran]) -> None:
    found = json.loads(run("order", "kenya", "KE", "jamaica", "-f", "json").out)
    assert [one["id"] for one in found["provisions"]] == ["kenya", "jamaica"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["order", "kenya"], "an order needs two provisions or more"),
        (["order", "kenya", "KE"], "an order needs two provisions or more"),
        (["order", "kenia", "jamaica"], 'there is no provision "kenia" in the corpus'),
        (["order", "--by", "treshold"], 'there is no dimension "treshold"'),
        (["order", "--by", ""], 'there is no dimension ""'),
        (["nearest", "kenia"], 'there is no provision "kenia" in the corpus'),
        (["nearest", "nothing.yaml"], "there is no file nothing.yaml"),
    ],
)
def test_mistakes_are_explained(arguments: list[str], said: str, run: Callable[..., Ran]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"npcompare: {said}")
    assert "hint: " in ran.err or "nothing.yaml" in said


def test_misspelt_name_gets_a_suggestion(run: Callable[..., Ran]) -> None:
    assert 'did you mean "kenya"?' in run("nearest", "kenia").err
    assert 'did you mean "threshold"?' in run("order", "--by", "scope,treshold").err


def test_repeated_dimension_counts_once() -> None:
    assert [one.id for one in BOOK.chosen(" Scope,threshold, scope")] == ["scope", "threshold"]


def test_order_needs_two_provisions() -> None:
    with pytest.raises(NpcompareError, match="two provisions or more"):
        order(BOOK, BOOK.chosen(None), [])


@pytest.mark.parametrize("command", [["order"], ["nearest", "kenya"]])
def test_output_is_the_same_twice(command: list[str], run: Callable[..., Ran]) -> None:
    for name in ("terminal", "csv", "json", "html"):
        first = run(*command, "--collection", "all", "-f", name)
        assert first.code == 0
        assert run(*command, "--collection", "all", "-f", name) == first
