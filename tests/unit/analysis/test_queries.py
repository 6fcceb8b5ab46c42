"""Many provisions at once: conditions, counts with the unknown in them, proof, gap tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, cases, provision

from npcompare.analysis import gaps, queries
from npcompare.analysis.classification import classify
from npcompare.errors import ProblemsError
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus


# --- Conditions ---------------------------------------------------------------------------------

HELD: dict[str, dict[str, Any]] = {
    "whole": {"text": "verbatim", "limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "part": {"limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "records": {"limbs": [{"link": "compulsion", "relief": "vacatur"}]},
    "causal": {"text": "verbatim", "limbs": [{"link": "direct_result", "relief": "vacatur"}]},
    "nothing": {"limbs": [{"persons": "child"}]},
}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        # those that certainly meet it; as far as is known; those left open; those that fail
        (["threshold=duress"], ["whole part records", "", "nothing", "causal"]),
        (["threshold!=duress"], ["causal", "nothing", "", "whole part records"]),
        (["threshold=duress", "stage!=records"], ["whole", "part", "nothing", "records causal"]),
        (["stage=records"], ["records causal", "", "part nothing", "whole"]),
        ([" Stage != Records "], ["whole", "part nothing", "", "records causal"]),
    ],
)
def test_where(asked: list[str], wanted: list[str], corpus: Corpus) -> None:
    book = corpus.codebook
    results = [classify(book, provision(short, name)) for name, short in HELD.items()]
    found = queries.where([queries.condition(book, one) for one in asked], results)
    groups = (found.certain, found.as_far_as_known, found.open, found.failing)
    names = [" ".join(one.provision.id for one in group) for group in groups]
    assert names == wanted


# --- Counts -------------------------------------------------------------------------------------


def test_every_provision_is_counted_and_the_unknown_too(
    corpus: Corpus, run: Callable[..., Ran]
) -> None:
    found = json.loads(run("stats", "threshold", "stage", "--collection", "all", "-f", "json").out)
    every = {one.id for one in corpus.every()}
    assert found["provisions"] == len(every)
    for name in ("threshold", "stage"):
        counted = found["dimensions"][name]
        assert list(counted) == [*corpus.codebook.dimensions[name].classes, "silent", "unknown"]
        assert {one for ids in counted.values() for one in ids} == every
        assert set(counted["unknown"]) == {
            one.id
            for one in corpus.every()
            if classify(corpus.codebook, one).dimensions[name].basis is Basis.UNKNOWN
        }
    assert {one for cell in found["cross"]["cells"] for one in cell["provisions"]} == every


def test_every_cell_has_one_of_the_four_answers(corpus: Corpus, run: Callable[..., Ran]) -> None:
    found = json.loads(run("proof", "--collection", "all", "-f", "json").out)["provisions"]
    assert {one["id"] for one in found} == {one.id for one in corpus.every()}
    for one in found:
        assert sum(one["cells"].values()) == len(corpus.codebook.dimensions)
    kenya = next(one for one in found if one["id"] == "kenya")
    assert kenya["cells"] == {"text": 8, "reported": 0, "silent": 0, "unknown": 5}
    assert kenya["quotations"] == 6


# --- Gaps ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("gaps"))
def test_against_the_secretariat(
    case: dict[str, Any], run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    (found,) = json.loads(run("gaps", case["name"], "-f", "json").out)["gaps"]
    assert {one["id"]: one["status"] for one in found["elements"]} == case["expected"]
    for one in found["elements"]:
        assert one["because"]
        assert one["source"]["paragraph"]
        shown = one["status"] in ("met", "partly", "policy_choice")
        assert bool(one["words"]) == shown, one["id"]


def statuses(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    book = corpus.codebook
    one, other = (classify(book, provision(short, "x")) for short in (left, right))
    return {each.element.id: str(each.status) for each in gaps.assess(book, one, other)}


CONVENTION = {
    "text": "verbatim",
    "limbs": [
        {
            "persons": "any_victim",
            "offences": {"extent": "any"},
            "link": "compulsion",
            "relief": "no_penalty",
            "force": "discretionary",
        }
    ],
}


@pytest.mark.parametrize(
    ("text", "limb", "wanted"),
    [
        ("verbatim", {"persons": "any_victim", "offences": {"extent": "any"}}, {"scope": "met"}),
        ("not_held", {"link": "direct_result", "persons": "any_victim"}, {"threshold": "met"}),
        (
            "verbatim",
            {"offences": {"extent": "listed", "categories": ["drugs"]}},
            {"scope": "partly"},
        ),
        ("not_held", {"offences": {"extent": "status_related"}}, {"scope": "partly"}),
        ("verbatim", {"persons": "child"}, {"persons": "partly"}),
        ("verbatim", {"relief": "no_charge"}, {"stage": "not_met", "relief": "unknown"}),
        ("not_held", {"relief": "no_charge"}, {"stage": "unknown"}),
        ("not_held", {"force": "consideration"}, {"force": "not_met"}),
        ("verbatim", {"relief": "defence"}, {"threshold": "silent", "force": "silent"}),
        ("not_held", {"relief": "defence"}, {"threshold": "unknown", "force": "unknown"}),
    ],
)
def test_against_a_treaty(
    text: str, limb: dict[str, Any], wanted: dict[str, str], corpus: Corpus
) -> None:
    found = statuses(corpus, {"text": text, "limbs": [limb]}, CONVENTION)
    assert list(found) == ["scope", "threshold", "stage", "persons", "relief", "force"]
    assert {name: found[name] for name in wanted} == wanted


def test_a_treaty_that_asks_for_no_condition_is_silent_on_it(corpus: Corpus) -> None:
    treaty = {"text": "verbatim", "limbs": [{"conditions": "appropriate_cases"}]}
    assert statuses(corpus, {"text": "verbatim", "limbs": [{"relief": "defence"}]}, treaty) == {
        "conditions": "met"
    }


def test_what_is_asked_names_what_the_other_leaves_out(corpus: Corpus) -> None:
    book = corpus.codebook
    utopia = classify(book, corpus.find(str(TESTS / "bills" / "utopia.yaml")))
    found = {one.element.id: one.element.asks for one in gaps.assess(book, utopia, utopia)}
    asks = "At least as far as Utopia, clause 1.10: "
    assert (
        found["scope"]
        == f"{asks}adults: any offence other than drug offences; children: any offence."
    )
    assert found["persons"] == f"{asks}adults; children."


def test_a_status_rests_on_the_words_of_every_limb_that_has_it(corpus: Corpus) -> None:
    book = corpus.codebook
    limbs = [{"link": "compulsion"}, {"link": "direct_result"}, {"relief": "no_charge"}]
    found = {
        number: gaps.assess(
            book,
            classify(book, provision({"text": "verbatim", "limbs": limbs[:number]}, "x")),
            gaps.secretariat(book),
        )
        for number in (2, 3)
    }
    stated = {
        number: next(one for one in each if one.element.id == "threshold-stated")
        for number, each in found.items()
    }
    assert [reason.limb for reason in stated[2].reasons] == ["1", "2"]
    # The third limb states none, and no words of the others make up for it.
    assert (str(stated[3].status), stated[3].reasons) == ("silent", ())


BENCHMARK = """\
id: mine
title: What the ministry asks
elements:
  - id: no-arrest
    label: No arrest
    asks: Victims are not arrested.
    of: some_limb
    outcomes:
      - {status: met, when: {in: {relief: [no_arrest]}}, because: Arrest is barred.}
    otherwise: {status: not_met, because: Arrest is not barred.}
"""


def test_a_benchmark_of_ones_own(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(BENCHMARK)
    ran = run("gaps", "coe-26", "--against", "mine.yaml", "-f", "json", "--exit-code")
    assert ran.code == 1
    (found,) = json.loads(ran.out)["gaps"]
    assert [(one["id"], one["status"]) for one in found["elements"]] == [("no-arrest", "not_met")]
    (tmp_path / "mine.yaml").write_text(BENCHMARK.replace("[no_arrest]", "[no_arest]"))
    ran = run("gaps", "coe-26", "--against", "mine.yaml")
    assert ran.code == 1
    assert ran.err.startswith(
        'mine.yaml:9:29 NP301 the element "no-arrest" looks for the unknown "no_arest"\n'
    )
    (tmp_path / "mine.yaml").write_text(BENCHMARK.replace("relief:", "releif:"))
    assert 'the unknown "releif"' in run("gaps", "coe-26", "--against", "mine.yaml").err
    (tmp_path / "mine.yaml").write_text(BENCHMARK.replace("    label: No arrest\n", ""))
    assert "NP202" in run("gaps", "coe-26", "--against", "mine.yaml").err


def test_the_bundled_benchmark_is_sound(corpus: Corpus) -> None:
    found = gaps.secretariat(corpus.codebook)
    assert len({one.id for one in found.elements}) == len(found.elements) == 13
    assert all(one.source and one.source.paragraph for one in found.elements)


def test_what_is_no_benchmark(corpus: Corpus, tmp_path: Path) -> None:
    assert gaps.benchmark(corpus.codebook, tmp_path / "missing.yaml") is None
    assert gaps.benchmark(corpus.codebook, TESTS / "bills" / "utopia.yaml") is None
    (tmp_path / "broken.yaml").write_text("elements: [\n")
    assert gaps.benchmark(corpus.codebook, tmp_path / "broken.yaml") is None
    (tmp_path / "twice.yaml").write_text("elements: []\nelements: []\n")
    with pytest.raises(ProblemsError):
        gaps.benchmark(corpus.codebook, tmp_path / "twice.yaml")
