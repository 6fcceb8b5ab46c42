"""The agreement on the bundled corpus: what docs/explanation/reliability.md publishes is true."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.coding.adjudication import unsettled
from npcompare.coding.agreement import Outcome
from npcompare.coding.double_coding import load_double_coding
from npcompare.law.checking import DEFAULT_OPTIONS

if TYPE_CHECKING:
    from fractions import Fraction

    from npcompare.coding.double_coding import DoubleCoding
    from npcompare.law.corpus import Corpus

PAGE = (TESTS.parent / "docs" / "explanation" / "reliability.md").read_text(encoding="utf-8")
FOLDER = TESTS.parent / "statutes" / "double-coding"


@pytest.fixture(scope="module")
def coded_twice(corpus: Corpus) -> DoubleCoding:
    double_coding = load_double_coding(corpus, DEFAULT_OPTIONS)
    assert double_coding
    return double_coding


def decimals(coefficient: Fraction | None) -> str:
    """Return a coefficient as the page prints it."""
    return "undefined" if coefficient is None else f"{float(coefficient):.3f}"


def test_published_figures_are_those_of_agree(coded_twice: DoubleCoding) -> None:
    book = coded_twice.corpora[0].codebook
    only_one = Counter(
        unit.dimension
        for unit in coded_twice.agreement.units
        if unit.outcome is Outcome.ONE_UNKNOWN
    )
    expected = [
        (
            book.dimensions[dimension].label.casefold(),
            *(str(figures.units), str(figures.agreed)),
            *(decimals(figures.alpha), decimals(figures.ac1)),
            str(only_one[dimension]),
        )
        for dimension, figures in coded_twice.agreement.figures.items()
    ]
    table = PAGE.split("<!-- agreement -->")[1].split("<!-- end of agreement -->")[0]
    rows = [row.strip("| ").split(" | ") for row in table.strip().split("\n")[2:]]
    assert [(row[0].casefold(), *row[1:]) for row in rows] == expected


def test_published_totals_are_those_of_agree(coded_twice: DoubleCoding) -> None:
    outcomes = Counter(unit.outcome for unit in coded_twice.agreement.units)
    agreed = outcomes[Outcome.SAME] + outcomes[Outcome.DETAIL]
    assert len(coded_twice.agreement.shared) == 14
    assert f"{agreed + outcomes[Outcome.CLASSES]} answers of both coders" in PAGE
    assert f"and {agreed} are the same" in PAGE
    assert f"In {outcomes[Outcome.BOTH_UNKNOWN]} of the {outcomes.total()} places" in PAGE
    assert f"in {outcomes[Outcome.ONE_UNKNOWN]}, one does" in PAGE


def test_core_dimensions_agree_as_published(coded_twice: DoubleCoding) -> None:
    book = coded_twice.corpora[0].codebook
    core = [
        figures
        for dimension, figures in coded_twice.agreement.figures.items()
        if book.dimensions[dimension].core
    ]
    answered = sum(figures.units for figures in core)
    assert answered == sum(figures.agreed for figures in core)
    assert f"in all {answered} cases" in " ".join(PAGE.split())


def test_every_disagreement_is_settled(coded_twice: DoubleCoding) -> None:
    disagreements = coded_twice.agreement.disagreements
    decisions = coded_twice.decisions
    assert unsettled(disagreements, decisions) == ()
    assert {(unit.provision, unit.dimension) for unit in disagreements} == set(decisions)
    assert all(decision.reason for decision in decisions.values())
    words = Counter(decision.words for decision in decisions.values())
    sentence = re.search(
        r"There are (\d+)\. In (\d+) the first coding was right, in (\d+) the second", PAGE
    )
    assert sentence
    assert [int(number) for number in sentence.groups()] == [
        *(len(disagreements), words["a",], words["b",])
    ]


def test_folder_names_the_provisions_drawn(coded_twice: DoubleCoding) -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| (\d+) \| (\d+) \| ([a-z0-9, -]+) \|", page)
    drawn = [name for _, _, names in rows for name in names.split(", ")]
    assert sorted(drawn) == sorted(coded_twice.agreement.shared)
    assert [int(count) for _, count, _ in rows] == [len(names.split(", ")) for _, _, names in rows]
    assert sum(int(total) for total, _, _ in rows) == 106
