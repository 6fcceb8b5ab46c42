"""Relations in words: who reaches further, and the summary of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.messages import Catalogue, using
from npcompare.model.results import QualifiedRelation, Relation
from npcompare.reports.relation_words import (
    Parties,
    parties,
    reach,
    summary,
    with_other_readings,
)

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

NAMES = Parties("Utopia", "the Gambia")


@pytest.mark.parametrize(
    ("relation", "hedge", "expected"),
    [
        (Relation.SAME, "", "same"),
        (Relation.SAME, "may be", "may be the same"),
        (Relation.BROADER, "", "Utopia reaches further"),
        (Relation.NARROWER, "", "the Gambia reaches further"),
        (Relation.NARROWER, "may be", "the Gambia may reach further"),
        (Relation.BROADER, "arguably", "Utopia reaches further (arguably)"),
        (Relation.INCOMPARABLE, "", "neither covers the other"),
        (Relation.INCOMPARABLE, "may be", "it may be that neither covers the other"),
        (Relation.UNKNOWN, "", "unknown"),
    ],
)
def test_relation_names_who_reaches_further(relation: Relation, hedge: str, expected: str) -> None:
    assert reach(relation, hedge, NAMES) == expected


#: Sentences of another language, in which a hedge is not an auxiliary verb.
FRENCH = Catalogue(
    language="fr",
    messages={
        "{name} reaches further": "la disposition de {name} va plus loin",
        "{name} may reach further": "il se peut que la disposition de {name} aille plus loin",
        "{words} ({qualification})": "{words}, {qualification}",
        "arguably": "sous réserve de discussion",
        "neither covers the other": "aucune ne couvre l’autre",
        "{relation}; {other} on the other reading": "{relation} ; selon l’autre lecture, {other}",
    },
)


@pytest.mark.parametrize(
    ("hedge", "expected"),
    [
        ("", "la disposition de Utopia va plus loin"),
        ("may be", "il se peut que la disposition de Utopia aille plus loin"),
        ("arguably", "la disposition de Utopia va plus loin, sous réserve de discussion"),
    ],
)
def test_hedge_is_a_sentence_of_its_own(hedge: str, expected: str) -> None:
    with using(FRENCH):
        assert reach(Relation.BROADER, hedge, NAMES) == expected


def test_other_reading_is_in_one_sentence() -> None:
    other = [QualifiedRelation(Relation.BROADER, "")]
    with using(FRENCH):
        words = with_other_readings("aucune ne couvre l’autre", other, NAMES)
    assert words == (
        "aucune ne couvre l’autre ; selon l’autre lecture, la disposition de Utopia va plus loin"
    )


def test_names_have_no_english_article(corpus: Corpus) -> None:
    gambia, council = corpus.find("gambia"), corpus.find("coe-26")
    assert parties(gambia, council) == ("the Gambia", "the Council of Europe")
    with using(FRENCH):
        assert parties(gambia, council) == ("Gambia", "Council of Europe")


def test_incomparable_overall_is_in_some_respect() -> None:
    words = reach(Relation.INCOMPARABLE, "", NAMES, is_overall=True)
    assert words == "each reaches further in some respect"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            *("kenya", "coe-26"),
            (
                "Kenya reaches further in threshold (may) and force, the Council of Europe in "
                "scope; same stage and persons."
            ),
        ),
        (
            *("coe-26", "kenya"),
            (
                "The Council of Europe reaches further in scope, Kenya in threshold (may) and "
                "force; same stage and persons."
            ),
        ),
        (
            *("jamaica", "qatar"),
            "Neither covers the other in scope; same threshold, stage, persons and force.",
        ),
        (
            *("jamaica", "paraguay-14"),
            (
                "Paraguay reaches further in scope (on one reading); same threshold, stage, "
                "persons and force."
            ),
        ),
        (
            *("jamaica", "united-kingdom"),
            (
                "Too little is known to tell which reaches further in scope, threshold, stage, "
                "persons and force."
            ),
        ),
        ("kenya", "kenya", "Same scope, threshold, stage, persons and force."),
    ],
)
def test_summary_of_the_core(left: str, right: str, expected: str, corpus: Corpus) -> None:
    book = corpus.codebook
    first, second = (classify(book, corpus.find(name)) for name in (left, right))
    comparison = compare(book, first, second)
    names = parties(first.provision, second.provision)
    assert summary(book, comparison, names) == expected


def test_one_jurisdiction_is_not_named_twice(corpus: Corpus) -> None:
    kenya = corpus.find("kenya")
    assert parties(kenya, kenya) == ("the first provision", "the second provision")


def test_long_name_is_replaced(corpus: Corpus) -> None:
    kenya, resolution = corpus.find("kenya"), corpus.find("cop-resolution-5-2")
    assert parties(kenya, resolution) == ("Kenya", "the second provision")
