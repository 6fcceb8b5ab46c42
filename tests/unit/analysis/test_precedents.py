"""Wordings for a clause: quoted letter for letter, and only from the texts of laws."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS
from jsonschema_rs import Draft7Validator
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.precedents import clause_request, find_wordings, surrounding_words
from npcompare.law import json_schema
from npcompare.law.provision_parser import parse_provision
from npcompare.text import fold
from npcompare.wording.quotations import places

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


def clause_data(run: Callable[..., Ran], *arguments: object) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run("clause", *arguments, "-f", "json").out)
    Draft7Validator(json_schema.load_schema("clause")).validate(data)
    return data


def menus(data: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    """Return the wordings of each class, with the ids of the provisions that have them."""
    return {
        menu["class"]: {
            " … ".join(wording["words"]): [source["id"] for source in wording["provisions"]]
            for wording in menu["wordings"]
        }
        for menu in data["menus"]
    }


def test_wordings_of_the_first_request(run: Callable[..., Ran]) -> None:
    conditions = (
        "--threshold",
        "causation",
        "--scope",
        "any_offence",
        "--stage",
        "prosecution,records",
    )
    data = clause_data(run, *conditions, "--effect", "any")
    assert [(entry["dimension"], entry["class"]) for entry in data["asked"]] == [
        ("scope", "any_offence"),
        ("threshold", "causation"),
        ("stage", "prosecution"),
        ("stage", "records"),
    ]
    assert data["matches"] == []
    assert menus(data) == {
        "any_offence": {
            "any criminal act": ["kenya"],
        },
        "causation": {
            "directly related to the acts of trafficking": ["asean-14-7"],
            "related to being a victim of trafficking": ["gambia"],
            "a direct result of being trafficked": ["kenya"],
            "to the extent that such involvement is a direct consequence of their situation as "
            "trafficked persons": ["ohchr-principle-7"],
            "related to their status": ["ohchr-1999-note"],
            "such a crime is initiated": ["qatar"],
            "directly associated with such person as being a victim": ["qatar"],
            "as a direct consequence of their situation as trafficked persons": ["wg-2009"],
        },
        "prosecution": {
            "prosecuted": ["gambia", "ohchr-principle-7"],
            "prosecuting trafficked persons for such status-related offences": ["ohchr-1999-note"],
            "prosecuting": ["wg-2009"],
        },
        "records": {},
    }
    records = data["menus"][-1]
    assert [entry["id"] for entry in records["reported"]] == [
        "us-vacatur-broad",
        "us-vacatur-prostitution",
    ]


# --- The effect of the provisions -----------------------------------------------------------------


def test_recommendation_is_no_model_for_a_statute(run: Callable[..., Ran]) -> None:
    requested = ("--where", "force=consideration", "--threshold", "causation")
    data = clause_data(run, *requested)
    assert data["effects"] == ["operative", "bill"]
    assert menus(data)["consideration"] == {}
    assert menus(data)["causation"].keys() >= {"a direct result of being trafficked"}
    left_out = {entry["id"]: entry["effect"] for entry in data["left_out"]}
    assert left_out["asean-14-7"] == "obligation"
    assert left_out["wg-2009"] == "recommendation"
    assert not set(left_out) & {"kenya", "gambia", "qatar"}
    text = " ".join(run("clause", *requested, "-f", "plain").out.split())
    assert "Effects requested: operative and bill. Left out, because their effect" in text
    assert "Working Group on Trafficking in Persons (recommendation)" in text


@pytest.mark.parametrize(
    ("effect", "effects", "ids"),
    [
        ("any", [], ["asean-14-7", "wg-2009"]),
        ("obligation", ["obligation"], ["asean-14-7"]),
        ("Recommendation, model", ["recommendation", "model"], ["wg-2009"]),
        ("bill", ["bill"], []),
    ],
)
def test_wordings_of_other_effects(
    effect: str, effects: list[str], ids: list[str], run: Callable[..., Ran]
) -> None:
    requested = ("--where", "force=consideration", "--effect", effect)
    data = clause_data(run, *requested)
    assert data["effects"] == effects
    wordings = menus(data)["consideration"].values()
    assert sorted({name for names in wordings for name in names}) == ids
    assert effect != "any" or data["left_out"] == []


def test_bill_is_a_model_for_a_statute(corpus: Corpus) -> None:
    provision = two_quotations()
    bill = replace(provision, id="draft", instrument=replace(provision.instrument, kind="bill"))
    soft = replace(provision, id="soft", instrument=replace(provision.instrument, kind="soft_law"))
    request = clause_request(corpus, {"relief": "no_charge"})
    wordings = find_wordings(
        corpus.codebook, request, [classify(corpus.codebook, part) for part in (bill, soft)]
    )
    assert [match.provision.id for match in wordings.matches] == ["draft"]
    assert [(part.id, effect) for part, effect in wordings.left_out] == [("soft", "recommendation")]


def test_wordings_of_one_region(run: Callable[..., Ran]) -> None:
    requested = ("--threshold", "causation", "--where", "region=western africa")
    data = clause_data(run, *requested)
    assert data["where"] == ["region=western_africa"]
    assert menus(data)["causation"] == {"related to being a victim of trafficking": ["gambia"]}
    assert data["left_out"] == []
    text = run("clause", *requested, "-f", "plain").out
    assert "Only provisions whose region is Western Africa." in text


def test_class_without_a_wording(run: Callable[..., Ran]) -> None:
    text = run("clause", "--stage", "records", "-f", "plain").out
    assert "No available text has all of these classes in its own words." in text
    assert "No available text has this class in its own words." in text
    assert "without its words: United States of America (states with broader vacatur)" in text


def test_whole_provisions_come_first(run: Callable[..., Ran]) -> None:
    requested = ("--threshold", "causation", "--relief", "no_liability")
    data = clause_data(run, *requested, "--effect", "any")
    assert [entry["id"] for entry in data["matches"]] == ["asean-14-7", "kenya", "qatar"]
    assert [entry["id"] for entry in clause_data(run, *requested)["matches"]] == ["kenya", "qatar"]
    text = run("clause", *requested, "-f", "plain").out
    assert text.index("Kenya, ") < text.index("Threshold: causation-based\n")


def test_limbs_with_one_class_each_are_named(run: Callable[..., Ran]) -> None:
    bill = TESTS / "bills" / "utopia.yaml"
    data = clause_data(run, bill, "--threshold", "duress", "--persons", "child")
    (match,) = data["matches"]
    assert match["in_one_limb"] is False
    assert [entry["limbs"] for entry in match["limbs"]] == [["adults"], ["children"]]
    together = clause_data(run, bill, "--threshold", "causation", "--persons", "child")
    assert together["matches"][0]["in_one_limb"] is True
    text = run("clause", bill, "--threshold", "duress", "--persons", "child", "-f", "markdown").out
    assert "No single limb has all the classes" in text


@pytest.mark.parametrize("dimension", ["scope", "threshold", "stage", "relief", "liability"])
def test_every_wording_is_in_the_law(
    dimension: str, corpus: Corpus, run: Callable[..., Ran]
) -> None:
    """Each wording is in the text of a law, letter for letter, and never in a description."""
    classes = ",".join(corpus.codebook.dimensions[dimension].classes)
    data = clause_data(run, f"--{dimension}", classes, "--collection", "all", "--effect", "any")
    quoted_ids = set()
    for menu in data["menus"]:
        for wording in menu["wordings"]:
            for source in wording["provisions"]:
                provision = corpus.find(source["id"])
                quoted_ids.add(provision.id)
                assert provision.text.status in ("verbatim", "excerpt", "translation")
                for words, context in zip(wording["words"], source["context"], strict=True):
                    assert len(places(fold(provision.text.body), words)) == 1
                    without_brackets = context.replace(f"[{words}]", words)
                    assert re.sub(r"^… | …$", "", without_brackets) in fold(provision.text.body)
    assert "kenya" in quoted_ids or dimension == "stage"


def two_quotations() -> Provision:
    """Return a provision with one value that two quotations support."""
    proof = {"ref": "background-paper", "paragraph": "1"}
    return parse_provision(
        {
            "id": "example",
            "jurisdiction": {"name": "Example", "code": None, "kind": "state"},
            "instrument": {"title": "Example Act", "kind": "statute"},
            "form": "statutory_defence",
            "text": {
                "status": "verbatim",
                "complete": True,
                "language": "en",
                "body": "No charge shall lie, be it by the police or by any other, for such acts.",
                "source": proof,
            },
            "sources": [proof],
            "limbs": [
                {"relief": {"value": "no_charge", "evidence": ["No charge", "for such acts"]}}
            ],
        }
    )


def test_quotations_of_one_value_stay_together(corpus: Corpus) -> None:
    provision = two_quotations()
    request = clause_request(corpus, {"relief": "no_charge"})
    (menu,) = find_wordings(corpus.codebook, request, [classify(corpus.codebook, provision)]).menus
    (wording,) = menu.wordings
    assert wording.words == ("No charge", "for such acts")
    assert wording.provisions == ((provision, ("1",)),)


@pytest.mark.parametrize(
    ("words", "reach", "expected"),
    [
        ("shall lie", 8, ("No charge ", ", be it by the police or by any …")),
        ("No charge", 2, ("", " shall lie, …")),
        ("for such acts", 3, ("… by any other, ", ".")),
    ],
)
def test_quotation_is_shown_in_context(words: str, reach: int, expected: tuple[str, str]) -> None:
    assert surrounding_words(two_quotations(), words, reach) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no class is requested for the clause"),
        (["--stage", " , "], "no class is requested for the clause"),
        (["--threshold", "causatoin"], 'hint: did you mean "causation"?'),
        (["--where", "region=africa"], "no class is requested for the clause"),
        (["--where", "stage=records,prosecution"], "a clause cannot have alternatives"),
        (["--stage", "records", "--effect", "operativ"], 'did you mean "operative"?'),
        (["--where", "stage!=records"], "a wording cannot be found for what a clause does not do"),
        (["--where", "nothing"], '"nothing" is not a valid condition'),
        (["nowhere", "--stage", "records"], "nowhere"),
    ],
)
def test_invalid_requests(arguments: list[str], message: str, run: Callable[..., Ran]) -> None:
    ran = run("clause", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""


def test_repeated_class_is_requested_once(run: Callable[..., Ran]) -> None:
    data = clause_data(run, "--stage", "Prosecution,prosecution", "--where", "stage=prosecution")
    assert len(data["asked"]) == len(data["menus"]) == 1
