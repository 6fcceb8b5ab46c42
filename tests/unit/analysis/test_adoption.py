"""When provisions were adopted: which date counts, and what has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import provision
from msgspec.structs import replace

from npcompare.analysis.adoption import adoptions
from npcompare.analysis.classification import classify
from npcompare.law.versions import DatedBy
from npcompare.model.provision import ProposedCoding
from npcompare.reports.annex_tables import date_of

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


def dated(name: str, year: str = "", **dates: str) -> Provision:
    plain = provision({"limbs": [{"link": "direct_result"}]}, name)
    return replace(plain, dates=dates, instrument=replace(plain.instrument, year=year))


@pytest.mark.parametrize(
    ("law", "date", "dated_by", "year"),
    [
        (
            dated("a", "1999", enacted="2000-02-03", in_force_from="2001-05"),
            "2001-05",
            DatedBy.IN_FORCE,
            2001,
        ),
        (dated("b", "1999", enacted="2000"), "2000", DatedBy.ENACTED, 2000),
        (dated("c", "1999"), "1999", DatedBy.INSTRUMENT, 1999),
    ],
)
def test_first_date_that_is_known_counts(
    law: Provision, date: str, dated_by: DatedBy, year: int, corpus: Corpus
) -> None:
    (adoption,) = adoptions([classify(corpus.codebook, law)]).dated
    assert (adoption.date, adoption.dated_by, adoption.year) == (date, dated_by, year)
    assert adoption.last_year is None
    assert date_of(law) == date


def test_provisions_without_a_date_are_apart(corpus: Corpus) -> None:
    laws = [dated("late", "2010"), dated("never"), dated("early", "2005", in_force_to="2008-01")]
    found = adoptions([classify(corpus.codebook, law) for law in laws])
    assert [adoption.result.provision.id for adoption in found.dated] == ["early", "late"]
    assert found.dated[0].last_year == 2008
    assert [adoption.result.provision.id for adoption in found.undated] == ["never"]


def test_what_is_not_adopted_is_left_out(corpus: Corpus) -> None:
    bill = dated("bill", "2025")
    laws = [
        replace(bill, instrument=replace(bill.instrument, kind="bill")),
        replace(dated("text", "2024"), proposed=ProposedCoding("Clause.docx")),
        replace(dated("finding", "2001"), form="finding"),
        replace(dated("none", "2002"), form="none_specific"),
    ]
    found = adoptions([classify(corpus.codebook, law) for law in laws])
    assert not found.dated
    assert {
        effect: [each.provision.id for each in members] for effect, members in found.left_out
    } == {
        "bill": ["bill", "text"],
        "finding": ["finding"],
        "none": ["none"],
    }
