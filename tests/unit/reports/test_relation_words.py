"""Relations in words: who reaches further, and the summary of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.model.results import Relation
from npcompare.reports.relation_words import Parties, parties, reach, summary

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
            (
                "Neither covers the other in scope (on one reading); same threshold, stage, "
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
