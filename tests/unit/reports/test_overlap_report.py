"""The overlap of stages and thresholds: its table, its sets, and what is not counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.charts import Intersection, SetOverlap
from npcompare.reports.overlap_report import overlap

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.document import Table
    from npcompare.law.corpus import Corpus

NAMED = ["kenya", "jamaica", "gambia", "coe-26", "barbados", "chile-none", "tip-protocol-2"]


@pytest.fixture(scope="module")
def table(corpus: Corpus) -> Table:
    (only,) = overlap(corpus, list(ClassifiedCorpus(corpus, NAMED))).tables
    return only


def test_table_has_a_row_for_each_combination(table: Table) -> None:
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        (
            *("Sentencing and liability", "Causation-based", "2"),
            "Kenya, section\N{NO-BREAK SPACE}14; Jamaica, section\N{NO-BREAK SPACE}8",
        ),
        (
            *("Investigation; prosecution; sentencing and liability", "Causation-based", "1"),
            "Gambia, article\N{NO-BREAK SPACE}49",
        ),
        (
            *("Sentencing and liability", "Duress-based", "1"),
            "Council of Europe, article\N{NO-BREAK SPACE}26",
        ),
    ]
    assert table.headnote == "4 provisions in 3 combinations of classes, the largest first."
    assert table.row_keys[0] == "sentencing_liability causation"


def test_figure_has_sets_and_columns(table: Table) -> None:
    chart = table.figure
    assert isinstance(chart, SetOverlap)
    assert [(row.group, row.label, row.count) for row in chart.sets] == [
        ("Stage", "investigation", 1),
        ("Stage", "prosecution", 1),
        ("Stage", "sentencing and liability", 4),
        ("Stage", "criminal records", 0),
        ("Threshold", "duress- and causation-based", 0),
        ("Threshold", "duress-based", 1),
        ("Threshold", "causation-based", 3),
        ("Threshold", "status-based", 0),
    ]
    assert chart.intersections[1] == Intersection(
        (0, 1, 2, 6), ("Gambia, article\N{NO-BREAK SPACE}49",)
    )


def test_what_is_not_counted_is_named(table: Table) -> None:
    assert table.remarks[1:] == (
        "Not counted, because not all of their classes are known (1): Barbados.",
        "Reported to have no specific provision (1): Chile.",
        (
            "Findings, which contain no rule (1): United Nations (Trafficking in Persons "
            "Protocol), article\N{NO-BREAK SPACE}2 (b)."
        ),
    )


def test_table_for_programs_has_words(run: Callable[..., Ran]) -> None:
    output = json.loads(run("figure", "overlap", *NAMED, "-f", "json").out)
    assert output["rows"][1] == {
        "stage": "investigation prosecution sentencing_liability",
        "threshold": "causation",
        "number": "1",
        "provisions": "gambia",
    }


def test_nothing_known_has_no_figure(run: Callable[..., Ran]) -> None:
    assert run("figure", "overlap", "barbados", "-f", "svg").code == 2
    plain = run("figure", "overlap", "barbados", "-f", "plain").out
    assert "0 provisions in 0 combinations of classes" in plain
    assert "not all of their classes are known (1): Barbados." in plain
