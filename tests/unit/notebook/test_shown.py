"""What a notebook shows of a corpus, a classification and a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from lxml import html

import npcompare
from npcompare.analysis import classification, comparison
from npcompare.law.translation import catalogue_of
from npcompare.notebook import shown

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.notebook.shown import Classification, Comparison, Corpus

BILL = TESTS / "bills" / "clause-12.txt"


@pytest.fixture(scope="module")
def notebook() -> Corpus:
    return npcompare.load_corpus()


def table(result: Classification | Comparison | Corpus) -> list[list[str]]:
    """Return the cells of the only table that a notebook shows of a result."""
    text = result._repr_html_()
    assert text
    (element,) = html.fragment_fromstring(text).iter("table")
    return [[cell.text_content() for cell in row] for row in element.findall("tbody/tr")]


def test_comparison_is_a_table(notebook: Corpus) -> None:
    result = notebook.compare("kenya", "coe-26")
    assert repr(result) == "<Comparison of kenya with coe-26: incomparable>"
    body = table(result)
    assert body[0] == [
        "Scope",
        "Any offence“any criminal act” (para.\N{NO-BREAK SPACE}57)",
        "The Council of Europe reaches further",
        "Any unlawful act“unlawful activities” (para.\N{NO-BREAK SPACE}15)",
    ]
    assert body[-1][2] == "Each reaches further in some respect"


def test_classification_is_a_table_of_reasons(notebook: Corpus) -> None:
    result = notebook.classify("KE")
    assert repr(result) == (
        "<Classification of kenya: operative; scope: any_offence; threshold: causation; "
        "stage: sentencing_liability; persons: any_victim; force: mandatory>"
    )
    words = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in table(result)[1]]
    assert words[:3] == [
        "Threshold: causation-based",
        "Text",
        "“a direct result of being trafficked” Secretariat background paper, para. 57",
    ]
    assert words[3].startswith("threshold-causation, limb 1Only a link between the act and ")


def test_results_equal_those_of_analysis(notebook: Corpus) -> None:
    book = notebook.codebook
    left, right = (
        classification.classify(book, notebook.find(name)) for name in ("kenya", "coe-26")
    )
    result = notebook.compare("kenya", "coe-26")
    plain = comparison.compare(book, left, right)
    assert result.dimensions == plain.dimensions
    assert result.overall is plain.overall
    assert result.left.dimensions == left.dimensions


def test_results_made_with_a_codebook_are_shown(notebook: Corpus) -> None:
    book = notebook.codebook
    kenya, treaty = (npcompare.classify(book, notebook.find(name)) for name in ("kenya", "coe-26"))
    assert kenya.origin is book
    assert "background-paper, para.\N{NO-BREAK SPACE}57" in table(kenya)[0][2]
    result = npcompare.compare(book, kenya, treaty)
    assert table(result) == table(notebook.compare("kenya", "coe-26"))
    same = npcompare.compare(book, notebook.classify("kenya"), notebook.classify("coe-26"))
    assert same.origin is notebook
    mixed = npcompare.compare(book, notebook.classify("kenya"), treaty)
    assert mixed.origin is book


def test_corpus_shows_its_first_rows(notebook: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repr(notebook) == f"<Corpus: {len(notebook.files)} provisions; collection paper>"
    assert len(table(notebook)) == len(notebook.provisions())
    monkeypatch.setattr(shown, "_MOST_ROWS", 3)
    assert len(table(notebook)) == 3
    text = notebook._repr_html_()
    assert text
    assert f"<p>3 of {len(notebook.provisions())} rows shown</p>" in text
    assert isinstance(notebook.restricted("world"), shown.Corpus)


def test_corpus_with_findings_is_shown_as_text(corpus_copy: Path) -> None:
    (corpus_copy / "kenya.yaml").write_text("id: kenya\n", encoding="utf-8")
    notebook = npcompare.load_corpus(corpus_copy)
    assert notebook._repr_html_() is None
    count = len(notebook.problems)
    assert count > 1
    assert f", {count} findings; collection " in repr(notebook)


def test_result_is_in_the_language_of_its_corpus(notebook: Corpus) -> None:
    french = notebook.in_language(catalogue_of("fr", "un", notebook.folder))
    body = table(french.compare("kenya", "coe-26"))
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in body[1][:2]] == [
        "Seuil",
        "Fondé sur la causalité« a direct result of being trafficked » (par. 57)",
    ]


@pytest.mark.filterwarnings("ignore:.*not understood")
def test_coding_of_a_text_is_marked_as_proposed(notebook: Corpus) -> None:
    notice = "† Coding proposed by npcompare and not confirmed: clause-12.txt."
    result = notebook.compare(str(BILL), "kenya")
    provision = result.left.provision
    alone = npcompare.classify(notebook.codebook, provision)
    for text in (result._repr_html_(), alone._repr_html_()):
        assert notice in text
        assert "<sup>†</sup>" in text


def test_warning_says_what_was_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "clause.txt"
    path.write_text(
        "12. A victim of trafficking shall not be punished for an offence.\n"
        "13. The victim is exempt from fees in the manner of the moon.\n",
        encoding="utf-8",
    )
    with pytest.warns(UserWarning, match="clause.txt"):
        npcompare.load_corpus().find(str(path))


def test_corpora_of_coders_are_shown() -> None:
    corpora = npcompare.load_together([TESTS / "coders" / name for name in ("first", "second")])
    assert [type(corpus) for corpus in corpora] == [shown.Corpus, shown.Corpus]
