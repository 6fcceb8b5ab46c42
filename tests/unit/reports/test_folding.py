"""Dimensions in which nothing is known: left out, and named in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.reports.folding import remarks_on_folded, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus

NAMES = ["link", "burden", "timing", "records"]


def folded(
    corpus: Corpus, *shorts: dict[str, Any], detail: bool = False
) -> tuple[list[str], list[str]]:
    """Return which dimensions of NAMES are shown, and the remarks on the others."""
    book = corpus.codebook
    provisions = [classify(book, provision(short)) for short in shorts]
    dimensions = [book.dimensions[name] for name in NAMES]
    kept = [dimension.id for dimension in shown(dimensions, provisions, detail=detail)]
    return kept, list(remarks_on_folded(dimensions, provisions, detail=detail))


LINK = {"limbs": [{"link": "direct_result"}]}
RECORDS = {"limbs": [{"records": "arrest"}]}
SILENT = {"text": "verbatim", **LINK}
DETAILS = "Further details are shown only where a provision is known to address them."


@pytest.mark.parametrize(
    ("shorts", "kept", "remarks"),
    [
        ([LINK, {}], ["link"], ["Not known on either side: burden.", DETAILS]),
        ([LINK], ["link"], ["Not known: burden.", DETAILS]),
        (
            [{}, {}, RECORDS],
            ["records"],
            ["Not known of any of the provisions: link and burden.", DETAILS],
        ),
        # Silence is known, but a detail that is not addressed is left out.
        ([SILENT, {}], ["link", "burden"], [DETAILS]),
        ([{"burden": "none_reported"}], ["burden"], ["Not known: link.", DETAILS]),
        ([{"form": "none_specific"}], [], ["Not known: link and burden.", DETAILS]),
    ],
)
def test_dimensions_without_knowledge_are_folded(
    shorts: list[dict[str, Any]], kept: list[str], remarks: list[str], corpus: Corpus
) -> None:
    assert folded(corpus, *shorts) == (kept, remarks)


def test_detail_shows_all(corpus: Corpus) -> None:
    assert folded(corpus, {}, {}, detail=True) == (NAMES, [])


COMMANDS = (
    ["diff", "kenya", "jamaica"],
    ["export", "kenya", "jamaica", "--layout", "side-by-side"],
    ["classify", "jamaica", "--explain"],
)


@pytest.mark.parametrize("command", COMMANDS)
def test_rows_are_folded_unless_detail(command: list[str], run: Callable[..., Ran]) -> None:
    command = [*command, "-f", "markdown"]
    short, full = run(*command).out, run(*command, "--detail").out
    assert "Standard of proof" not in short
    assert "standard of proof" in " ".join(short.split()).partition("Not known")[2]
    assert "Standard of proof" in full
    assert "Not known" not in full
    assert "Timing" in full


def test_columns_are_shown_as_named(run: Callable[..., Ran]) -> None:
    command = ["export", "kenya", "jamaica", "--layout", "side-by-side", "--columns", "standard"]
    assert "Standard of proof" in run(*command).out


def test_json_has_every_dimension(corpus: Corpus, run: Callable[..., Ran]) -> None:
    (comparison,) = json.loads(run("diff", "kenya", "jamaica", "-f", "json").out)["comparisons"]
    assert list(comparison["dimensions"]) == list(corpus.codebook.dimensions)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["classify", "kenya", "--detail"], "--detail works only with --explain"),
        (["export", "kenya", "--detail"], "the layout annex does not take --detail"),
    ],
)
def test_detail_is_refused_where_it_does_nothing(
    arguments: list[str], message: str, run: Callable[..., Ran]
) -> None:
    ran = run(*arguments)
    assert (ran.code, message in ran.err) == (2, True)
