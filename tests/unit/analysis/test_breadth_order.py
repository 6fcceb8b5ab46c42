"""The order of many provisions: each relation is that of `compare`, and steps are transitive."""

from __future__ import annotations

import json
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
from builders import generated_corpora
from bundled import CODEBOOK, CORE, CORPUS
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


def every_bundled() -> list[Classification]:
    return [classify(CODEBOOK, provision) for provision in CORPUS.all_provisions()]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> list[Classification]:
    folder = generated_corpora().write(tmp_path_factory.mktemp("generated") / "corpus", 40)
    corpus = load_corpus(folder, CheckOptions(use_cache=False))
    return [classify(corpus.codebook, provision) for provision in corpus.all_provisions()]


# --- The order ----------------------------------------------------------------------------------


def named(ranking: Order, numbers: Any) -> list[str]:
    return [ranking.provisions[number].provision.id for number in numbers]


@pytest.mark.parametrize("case", cases("orders"))
def test_case(case: dict[str, Any]) -> None:
    classifications = [
        classify(CODEBOOK, provision(short, name)) for name, short in case["provisions"].items()
    ]
    ranking = order(CODEBOOK, CODEBOOK.chosen(case["by"]), classifications)
    levels = [[named(ranking, group) for group in groups] for groups in ranking.levels]
    assert levels == case["levels"]
    assert named(ranking, ranking.isolated) == case.get("apart", [])
    assert named(ranking, ranking.unknown) == case.get("unknown", [])
    for name, position in zip(case["provisions"], ranking.positions, strict=True):
        if "next" in case:
            assert named(ranking, position.next_below) == case["next"][name], name
        assert named(ranking, position.unranked) == case.get("beside", {}).get(name, []), name
        for relation in (Relation.SAME, Relation.BROADER, Relation.INCOMPARABLE):
            if relation in case:
                assert named(ranking, position.related(relation)) == case[relation][name], name


def orders(classifications: list[Classification]) -> list[Order]:
    choices = [None, "scope,threshold", *CODEBOOK.dimensions]
    return [order(CODEBOOK, CODEBOOK.chosen(choice), classifications) for choice in choices]


@pytest.mark.slow
def test_steps_down_are_transitive(generated: list[Classification]) -> None:
    """Along any steps down, the first provision is broader than the last."""
    rankings_with_unranked = 0
    for classifications in (every_bundled(), generated):
        for ranking in orders(classifications):
            rankings_with_unranked += ranking.has_unranked
            for number, position in enumerate(ranking.positions):
                lower_numbers = set(position.next_below)
                to_visit = list(position.next_below)
                while to_visit:
                    new_numbers = set(ranking.positions[to_visit.pop()].next_below) - lower_numbers
                    lower_numbers |= new_numbers
                    to_visit += new_numbers
                assert lower_numbers <= set(position.related(Relation.BROADER))
                assert number not in lower_numbers
                assert all(
                    ranking.positions[lower].level > position.level for lower in lower_numbers
                )
                # Everything else that it covers is unranked.
                covered_numbers = {
                    *position.related(Relation.BROADER),
                    *position.related(Relation.SAME),
                }
                assert covered_numbers == lower_numbers | set(position.equals) | set(
                    position.unranked
                )
                assert not set(position.unranked) & (lower_numbers | set(position.equals))
                assert set(position.equals) <= set(position.related(Relation.SAME))
    assert rankings_with_unranked


def test_no_step_skips_another(generated: list[Classification]) -> None:
    for ranking in orders(generated):
        for position in ranking.positions:
            for lower in position.next_below:
                assert not set(ranking.positions[lower].next_below) & set(position.next_below)


def test_covering_is_transitive_in_the_core(generated: list[Classification]) -> None:
    for classifications in (every_bundled(), generated):
        ranking = order(CODEBOOK, CODEBOOK.chosen(None), classifications)
        assert not ranking.has_unranked
        assert len(ranking.levels) >= 3


@pytest.mark.slow
def test_every_provision_is_placed_once() -> None:
    classifications = every_bundled()
    for ranking in orders(classifications):
        placed = [number for groups in ranking.levels for group in groups for number in group]
        assert sorted([*placed, *ranking.isolated, *ranking.unknown]) == list(
            range(len(classifications))
        )
        for number, position in enumerate(ranking.positions):
            all_others = (1 << len(classifications)) - 1 & ~(1 << number)
            assert reduce(int.__or__, position.relations.values()) == all_others
            assert sum(position.relations.values()) == all_others
            for relation in Relation:
                for related_number in position.related(relation):
                    backward = ranking.positions[related_number].relations[CONVERSE[relation]]
                    assert backward >> number & 1


def test_level_is_one_below_the_lowest_above() -> None:
    ranking = order(CODEBOOK, CODEBOOK.chosen(None), every_bundled())
    for number, position in enumerate(ranking.positions):
        levels_above = [upper.level for upper in ranking.positions if number in upper.next_below]
        assert position.level == (max(levels_above) + 1 if levels_above else position.level and 1)


def test_order_of_the_paper(run: Callable[..., Ran]) -> None:
    ranking = json.loads(run("order", "-f", "json").out)
    assert ranking["dimensions"] == CORE
    operative, obligations, recommendations, models = ranking["groups"]
    assert operative["effects"] == ["operative"]
    assert operative["levels"] == [[["belgium", "kenya"]], [["jamaica"], ["qatar"]]]
    assert "gambia" in operative["apart"]
    assert obligations["effects"] == ["obligation"]
    assert obligations["levels"] == []
    assert {"asean-14-7", "coe-26"} <= set(obligations["apart"])
    assert recommendations["effects"] == ["recommendation"]
    kenya = next(entry for entry in ranking["provisions"] if entry["id"] == "kenya")
    assert kenya["next"] == kenya["broader"] == ["jamaica", "qatar"]
    assert models["unknown"] == ["unodc-model-13", "unodc-model-law-2009"]
    assert [group["effects"] for group in ranking["not_compared"]] == [["finding"], ["unknown"]]
    assert ranking["not_compared"][0]["provisions"] == ["tip-protocol-2"]
    assert "barbados" in ranking["not_compared"][1]["provisions"]


def test_repeated_provision_counts_once(run: Callable[..., Ran]) -> None:
    ranking = json.loads(run("order", "kenya", "KE", "jamaica", "-f", "json").out)
    assert [entry["id"] for entry in ranking["provisions"]] == ["kenya", "jamaica"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["order", "kenya"], "an order needs two provisions or more"),
        (["order", "kenya", "KE"], "an order needs two provisions or more"),
        (["order", "kenia", "jamaica"], 'there is no provision "kenia" in the corpus'),
        (["order", "--by", "treshold"], 'there is no dimension "treshold"'),
        (["order", "--by", ""], "--by is empty"),
        (["nearest", "kenia"], 'there is no provision "kenia" in the corpus'),
        (["nearest", "nothing.yaml"], "there is no file nothing.yaml"),
    ],
)
def test_mistakes_are_explained(
    arguments: list[str], message: str, run: Callable[..., Ran]
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    *_, refusal = ran.err.partition("npcompare: ")
    assert refusal.startswith(message)
    assert "hint: " in ran.err or "nothing.yaml" in message


def test_misspelt_name_gets_a_suggestion(run: Callable[..., Ran]) -> None:
    assert 'did you mean "kenya"?' in run("nearest", "kenia").err
    assert 'did you mean "threshold"?' in run("order", "--by", "scope,treshold").err


def test_repeated_dimension_counts_once() -> None:
    assert [dimension.id for dimension in CODEBOOK.chosen(" Scope,threshold, scope")] == [
        "scope",
        "threshold",
    ]


def test_order_needs_two_provisions() -> None:
    with pytest.raises(NpcompareError, match="two provisions or more"):
        order(CODEBOOK, CODEBOOK.chosen(None), [])


@pytest.mark.slow
@pytest.mark.parametrize("command", [["order"], ["nearest", "kenya"]])
def test_output_is_the_same_twice(command: list[str], run: Callable[..., Ran]) -> None:
    for name in ("terminal", "csv", "json", "html"):
        first = run(*command, "--collection", "all", "-f", name)
        assert first.code == 0
        assert run(*command, "--collection", "all", "-f", name) == first
