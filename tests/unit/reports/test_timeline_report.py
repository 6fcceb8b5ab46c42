"""The timeline of thresholds: its table, its lanes and marks, and what has no place in time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.charts import Moment, Shape, Timeline
from npcompare.reports.timeline_report import timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.document import Table
    from npcompare.law.corpus import Corpus

NAMED = [
    *("kenya", "greece-187b", "coe-26", "luxembourg-71-2", "barbados", "chile-none", "wg-2009"),
    *("tip-protocol-2", "bangladesh-37-1"),
]


@pytest.fixture(scope="module")
def table(corpus: Corpus) -> Table:
    (only,) = timeline(corpus, list(ClassifiedCorpus(corpus, NAMED))).tables
    return only


def test_table_is_in_the_order_of_the_dates(table: Table) -> None:
    assert [" | ".join(cell.text for cell in row) for row in table.rows] == [
        (
            "2005 | year of the instrument | Council of Europe, article\N{NO-BREAK SPACE}26 | "
            "Obligation | Duress-based | "
        ),
        (
            "2009 | year of the instrument | Working Group on Trafficking in Persons | "
            "Recommendation | Consequence: causation-based\nCompulsion: duress-based | "
        ),
        (
            "2012 | in force from | Bangladesh, section\N{NO-BREAK SPACE}37(1) | Operative | "
            "Status-based | January 2026"
        ),
        (
            "11 October 2013 | in force from | Greece, article\N{NO-BREAK SPACE}187B, "
            "paragraph\N{NO-BREAK SPACE}3 | Operative | Aliens and paid sex: "
            "status-based\nCriminal activities: causation-based | 30 June 2019"
        ),
        (
            "28 February 2018 | enacted | Luxembourg, article\N{NO-BREAK SPACE}71-2, "
            "paras.\N{NO-BREAK SPACE}2 and 3 | Operative | Unlawful activities: duress-based\n"
            "Soliciting: status-based | "
        ),
        "not known |  | Kenya, section\N{NO-BREAK SPACE}14 | Operative | Causation-based | ",
        "not known |  | Barbados | Effect unknown | Duress-based | ",
    ]


def test_marks_are_in_the_lane_of_each_class(table: Table) -> None:
    chart = table.figure
    assert isinstance(chart, Timeline)
    assert chart.lanes == (
        "duress- and causation-based",
        "duress-based",
        "causation-based",
        "status-based",
    )
    assert [(moment.lane, moment.year, moment.shape) for moment in chart.moments] == [
        (1, 2005, Shape.SQUARE),
        (1, 2009, Shape.DIAMOND),
        (1, 2018, Shape.CIRCLE),
        (2, 2009, Shape.DIAMOND),
        (2, 2013, Shape.CIRCLE),
        (3, 2012, Shape.CIRCLE),
        (3, 2013, Shape.CIRCLE),
        (3, 2018, Shape.CIRCLE),
    ]
    assert chart.moments[4] == Moment(
        "Greece, article\N{NO-BREAK SPACE}187B, paragraph\N{NO-BREAK SPACE}3",
        2,
        2013,
        Shape.CIRCLE,
        "in force from 11 October 2013, until 30 June 2019",
        2019,
        key="greece-187b",
    )
    assert chart.moments[0].is_vague
    assert chart.lists[0].names == ("Kenya, section\N{NO-BREAK SPACE}14", "Barbados")


def test_what_has_no_place_in_time_is_named(table: Table) -> None:
    assert table.headnote == "5 provisions with a date, 2005 to 2018; 2 more without a date."
    assert table.remarks[-2:] == (
        "Reported to have no specific provision (1): Chile.",
        (
            "Findings, which contain no rule (1): United Nations (Trafficking in Persons "
            "Protocol), article\N{NO-BREAK SPACE}2 (b)."
        ),
    )


def test_table_for_programs_has_dates_as_they_are(run: Callable[..., Ran]) -> None:
    output = json.loads(run("figure", "timeline", *NAMED, "-f", "json").out)
    assert output["rows"][3] == {
        "id": "greece-187b",
        "date": "2013-10-11",
        "dated_by": "in_force",
        "until": "2019-06-30",
        "threshold": "causation status",
        "effect": "operative",
    }


def test_nothing_is_drawn_without_a_date(run: Callable[..., Ran]) -> None:
    assert run("figure", "timeline", "barbados", "-f", "svg").code == 2
    assert (
        "No provision with a date; 1 more without a date."
        in run("figure", "timeline", "barbados", "-f", "plain").out
    )
