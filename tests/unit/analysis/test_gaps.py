"""Assessments against a benchmark (cases/gaps.yaml) and against another provision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, cases, provision

from npcompare.analysis.classification import classify
from npcompare.analysis.gaps import assess
from npcompare.law.benchmark import secretariat

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus


@pytest.mark.parametrize("case", cases("gaps"))
def test_secretariat_benchmark(
    case: dict[str, Any], run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    (output,) = json.loads(run("gaps", case["name"], "-f", "json").out)["gaps"]
    assert {entry["id"]: entry["status"] for entry in output["elements"]} == case["expected"]
    for entry in output["elements"]:
        assert entry["because"]
        assert entry["source"]["paragraph"]
        has_words = entry["status"] in ("met", "partly", "policy_choice")
        assert bool(entry["words"]) == has_words, entry["id"]


def statuses(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    book = corpus.codebook
    assessed, benchmark = (classify(book, provision(short, "x")) for short in (left, right))
    return {gap.element.id: str(gap.status) for gap in assess(book, assessed, benchmark)}


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
    ("text", "limb", "expected"),
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
def test_treaty_as_benchmark(
    text: str, limb: dict[str, Any], expected: dict[str, str], corpus: Corpus
) -> None:
    by_element = statuses(corpus, {"text": text, "limbs": [limb]}, CONVENTION)
    assert list(by_element) == ["scope", "threshold", "stage", "persons", "relief", "force"]
    assert {name: by_element[name] for name in expected} == expected


def test_silence_meets_a_requirement_without_conditions(corpus: Corpus) -> None:
    treaty = {"text": "verbatim", "limbs": [{"conditions": "appropriate_cases"}]}
    assert statuses(corpus, {"text": "verbatim", "limbs": [{"relief": "defence"}]}, treaty) == {
        "conditions": "met"
    }


def test_requirement_names_exclusions_of_the_benchmark(corpus: Corpus) -> None:
    book = corpus.codebook
    utopia = classify(book, corpus.find(str(TESTS / "bills" / "utopia.yaml")))
    requirements = {gap.element.id: gap.element.asks for gap in assess(book, utopia, utopia)}
    start = "Protects at least as far as Utopia, clause\N{NO-BREAK SPACE}1.10: "
    assert (
        requirements["scope"]
        == f"{start}adults: any offence other than drug offences; children: any offence."
    )
    assert requirements["persons"] == f"{start}adults; children."


def test_status_is_based_on_every_limb_that_has_it(corpus: Corpus) -> None:
    book = corpus.codebook
    limbs = [{"link": "compulsion"}, {"link": "direct_result"}, {"relief": "no_charge"}]
    assessments = {
        number: assess(
            book,
            classify(book, provision({"text": "verbatim", "limbs": limbs[:number]}, "x")),
            secretariat(book),
        )
        for number in (2, 3)
    }
    stated = {
        number: next(gap for gap in gaps if gap.element.id == "threshold-stated")
        for number, gaps in assessments.items()
    }
    assert [reason.limb for reason in stated[2].reasons] == ["1", "2"]
    # The third limb does not state a threshold, and the other limbs do not make up for it.
    assert (str(stated[3].status), stated[3].reasons) == ("silent", ())
