"""The overview of gaps: who has a row, in which order, and what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conftest import provision

from npcompare.analysis.assessment import Assessment
from npcompare.analysis.classification import classify
from npcompare.analysis.gap_overview import overview
from npcompare.law.benchmark import Element, Outcome, Status

if TYPE_CHECKING:
    from npcompare.analysis.gap_overview import Overview
    from npcompare.law.corpus import Corpus

_OTHERWISE = Outcome(Status.UNKNOWN, {}, "")
_STATUSES = {
    "+": Status.MET,
    "~": Status.PARTLY,
    "-": Status.NOT_MET,
    "s": Status.SILENT,
    "?": Status.UNKNOWN,
    "/": Status.NOT_APPLICABLE,
    "c": Status.POLICY_CHOICE,
}


def element(name: str, *statuses: Status) -> Element:
    outcomes = tuple(Outcome(status, {}, "") for status in statuses)
    return Element(name, name.title(), "", None, "provision", outcomes, _OTHERWISE)


ELEMENTS = (
    element("one", Status.MET),
    element("choice", Status.POLICY_CHOICE),
    element("two", Status.PARTLY, Status.MET),
    element("three", Status.MET, Status.POLICY_CHOICE),
    element("four", Status.MET),
)


def overview_of(corpus: Corpus, *provisions: tuple[str, str, dict[str, Any]]) -> Overview:
    """Return the overview of provisions, each with a name, its statuses and what is coded."""
    assessed = []
    for name, statuses, short in provisions:
        classification = classify(corpus.codebook, provision(short, name))
        assessments = [
            Assessment(part, _STATUSES[sign], "")
            for part, sign in zip(ELEMENTS, statuses, strict=True)
        ]
        assessed.append((classification, assessments))
    return overview(corpus.codebook, assessed)


def rows(result: Overview) -> list[list[str]]:
    return [[row.classification.provision.id for row in block.rows] for block in result.blocks]


def test_most_elements_met_come_first_then_names(corpus: Corpus) -> None:
    result = overview_of(
        corpus,
        ("zambia", "+c+++", {}),
        ("albania", "+c--s", {}),
        ("latvia", "+c+++", {}),
        ("benin", "~c--+", {}),
    )
    assert rows(result) == [["latvia", "zambia", "albania", "benin"]]
    assert [result.meeting(place) for place in range(4)] == [3, 2, 2, 3]
    assert [row.met for row in result.rows] == [4, 4, 1, 1]


def test_choice_of_each_state_has_no_column(corpus: Corpus) -> None:
    result = overview_of(corpus, ("a", "+ccc+".replace("ccc", "c+c"), {}))
    assert [part.id for part in result.elements] == ["one", "two", "three", "four"]
    assert [part.id for part in result.choices] == ["choice"]
    assert result.rows[0].count(Status.POLICY_CHOICE) == 1


def test_fewer_than_three_known_elements_are_too_little(corpus: Corpus) -> None:
    result = overview_of(
        corpus,
        ("enough", "s?-+/", {}),
        ("little", "++?c?", {}),
        ("nothing", "?c/??", {}),
    )
    assert rows(result) == [["enough"]]
    assert [each.provision.id for each in result.too_little] == ["little", "nothing"]


def test_each_effect_has_a_block_in_codebook_order(corpus: Corpus) -> None:
    treaty = {"kind": "treaty", "form": "state_obligation"}
    result = overview_of(
        corpus,
        ("treaty", "+++++", treaty),
        ("bill", "++++-", {"kind": "bill"}),
        ("law", "+----", {}),
    )
    assert [block.effects for block in result.blocks] == [("operative", "bill"), ("obligation",)]
    assert rows(result) == [["bill", "law"], ["treaty"]]
    assert [block.meeting(3) for block in result.blocks] == [0, 1]


def test_texts_without_a_rule_have_no_row(corpus: Corpus) -> None:
    result = overview_of(
        corpus,
        ("law", "+----", {}),
        ("none", "-----", {"form": "none_specific"}),
        ("finding", "-----", {"form": "finding"}),
    )
    assert rows(result) == [["law"]]
    assert {
        effect: [each.provision.id for each in members] for effect, members in result.without_rule
    } == {"finding": ["finding"], "none": ["none"]}
