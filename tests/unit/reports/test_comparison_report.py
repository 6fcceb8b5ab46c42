"""The tables of `diff`, and its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.reports.comparison_report import comparisons

if TYPE_CHECKING:
    from npcompare.document import Document, Table
    from npcompare.law.corpus import Corpus


def limb(**fields: Any) -> dict[str, Any]:
    """Return a provision with one limb in which the core is known, in short form."""
    known = {
        "persons": "any_victim",
        "offences": {"extent": "any"},
        "link": "direct_result",
        "relief": "no_penalty",
        "force": "mandatory",
    }
    return {"limbs": [known | fields]}


def diff(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> Document:
    """Return the report on two provisions in short form, of Utopia and Arcadia."""
    book = corpus.codebook
    first = classify(book, provision(left, "utopia"))
    second = classify(book, provision(right, "arcadia"))
    return comparisons(corpus, [compare(book, first, second)])


def relations(table: Table) -> dict[str, str]:
    """Return the words of the relation in each row of a table."""
    return {row[0].text: row[2].text for row in table.rows}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("direct_result", "compulsion", "may be broader (para. 62)"),
        ("compulsion", "direct_result", "may be narrower (para. 62)"),
        ("none", "direct_result", "broader (para. 21)"),
        ("none", "compulsion", "broader"),
    ],
)
def test_hedged_step_is_hedged_in_words(
    left: str, right: str, expected: str, corpus: Corpus
) -> None:
    (table,) = diff(corpus, limb(link=left), limb(link=right)).tables
    assert relations(table)["Threshold"] == expected.replace("para. ", "para.\N{NO-BREAK SPACE}")


def test_overall_is_hedged_if_a_hedge_decides(corpus: Corpus) -> None:
    document = diff(corpus, limb(), limb(link="compulsion"))
    (table,) = document.tables
    assert relations(table)["Overall"] == "may be broader"
    assert table.remarks[1] == (
        "Taking scope, threshold, stage, persons and force together, Utopia’s provision protects "
        "further wherever the two differ, subject to the qualification as regards threshold "
        "“may be broader”."
    )


def test_records_have_effect_and_hedge(corpus: Corpus) -> None:
    (record,) = diff(
        corpus,
        limb(link="direct_result"),
        limb(link="compulsion") | {"kind": "treaty", "form": "state_obligation"},
    ).data["comparisons"]
    assert (record.left_effect, record.right_effect) == ("operative", "obligation")
    assert record.hedge == "may be"
    assert record.dimensions["threshold"].hedge == "may be"
    assert record.dimensions["scope"].hedge is None
