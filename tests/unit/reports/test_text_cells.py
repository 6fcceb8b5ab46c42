"""Texts in cells: whether they are the law's words, all of them, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import annex

from npcompare.document import Run, Tone
from npcompare.law.translation import catalogue_of
from npcompare.messages import using
from npcompare.reports.text_cells import text_cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

NARROW = ("jurisdiction", "scope", "words")


@pytest.mark.parametrize(
    ("name", "opening", "flat"),
    [
        ("kenya", "Excerpt: “a victim of", "Excerpt: “a victim of"),
        ("jamaica", "Described: provides a", "Described: provides a"),
        ("asean-14-7", "“Each Party shall", "“Each Party shall"),
        ("barbados", "Text not available", "Text not available"),
    ],
)
def test_cell_says_what_its_words_are(name: str, opening: str, flat: str, corpus: Corpus) -> None:
    provision = corpus.find(name)
    assert text_cell(provision).text.startswith(opening)
    assert text_cell(provision, is_flat=True).text.startswith(flat)


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("fr", "Extrait\N{NO-BREAK SPACE}: "),
        ("es", "Extracto: "),
        ("ar", "مقتطف: "),
        ("ru", "Выдержка: "),
        ("zh", "摘录：\N{LEFT DOUBLE QUOTATION MARK}"),  # noqa: RUF001 - Chinese
    ],
)
def test_excerpt_is_quoted_law_in_its_language(language: str, opening: str, corpus: Corpus) -> None:
    catalogue = catalogue_of(language)
    with using(catalogue):
        cell = text_cell(corpus.in_language(catalogue).find("kenya"))
    assert cell.text.startswith(opening)
    quoted = [run for run in cell.runs if run.tone is Tone.QUOTE]
    assert [(run.language, "a victim of trafficking" in run.text) for run in quoted] == [
        ("en", True)
    ]


def test_bill_is_not_called_an_excerpt(tmp_path: Path, run: Callable[..., Ran]) -> None:
    """Whether a text that is not coded is the whole provision is not known."""
    bill = tmp_path / "bill.txt"
    bill.write_text("9. A victim of trafficking shall not be prosecuted for any offence.")
    out = run("export", bill, "kenya", "-f", "csv").out
    assert "Excerpt: “a victim of" in out
    assert "Excerpt: “9. A victim" not in out


def test_excerpt_in_english_is_two_runs(corpus: Corpus) -> None:
    before, quotation = text_cell(corpus.find("kenya")).runs
    assert before == Run("Excerpt: ")
    assert quotation.tone is Tone.QUOTE


def test_annex_of_an_earlier_edition_has_the_words_alone(corpus: Corpus) -> None:
    for edition, opening in ((1, "“a victim of"), (2, "Excerpt: “a victim of")):
        (table,) = annex(corpus, ["kenya"], columns=NARROW, edition=edition).tables
        assert table.rows[0][-1].text.startswith(opening)
