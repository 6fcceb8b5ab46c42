"""What a notebook shows of a corpus, a classification and a comparison."""

from __future__ import annotations

import json
import os
import warnings
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from lxml import html

import npcompare
from npcompare.analysis import classification, comparison
from npcompare.law.translation import catalogue_of
from npcompare.notebook import shown
from npcompare.text import is_control, visible

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


#: Names and words that would act in a page, and that a coded file may have.
ACTIVE = (
    "<script>alert(1)</script>",
    "&lt;img src=x onerror=alert(1)&gt;",
    'x"><svg onload=alert(1)>',
    "'onclick='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "](javascript:alert(1))",
)
TAGS = {*"div style table caption strong br thead tbody tr th td p sup span".split()}  # noqa: SIM905
ATTRIBUTES = {"class", "lang", "dir", "scope", "colspan", "title"}


def harmless(text: str | None) -> str:
    """Return the text that a notebook shows, after a look for anything else in it."""
    assert text
    tree = html.fragment_fromstring(text)
    assert {element.tag for element in tree.iter()} <= TAGS
    assert {name for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    assert not [letter for letter in text if is_control(letter) and letter != "\n"]
    tree.remove(tree.find("style"))
    return str(tree.text_content())


@pytest.mark.parametrize("words", ACTIVE)
def test_words_of_a_hostile_corpus_are_text(words: str, corpus_copy: Path) -> None:
    path = corpus_copy / "kenya.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("name: Kenya", f"name: {json.dumps(words)}"),
        ("title: ", f"title: {words!r} #"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    loaded = npcompare.load_corpus(corpus_copy)
    results = (loaded, loaded.classify("kenya"), loaded.compare("jamaica", "kenya"))
    for result in results:
        assert words in harmless(result._repr_html_())


@pytest.mark.parametrize("letter", ["\0", "\x1b[31m", "\u202e", "\ud800", "\u2066"])
def test_corpus_with_control_characters_is_not_shown(letter: str, corpus_copy: Path) -> None:
    path = corpus_copy / "kenya.yaml"
    text = path.read_text(encoding="utf-8").replace("name: Kenya", f"name: Ken{letter}ya")
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    loaded = npcompare.load_corpus(corpus_copy)
    assert loaded._repr_html_() is None
    with pytest.raises(npcompare.NpcompareError):
        loaded.classify("kenya")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)<script>",
        "&lt;b&gt;\"'onload=x",
        "\u202ex\u2066",
        "x\x1b[31m",
        "a\nb",
        "\udcff",
    ],
)
def test_name_of_a_hostile_file_is_text(name: str, tmp_path: Path, notebook: Corpus) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(BILL.read_text(encoding="utf-8"), encoding="utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        results = (notebook.classify(str(path)), notebook.compare(str(path), "kenya"))
    shown_name = visible(name).split("\n")[-1]
    for result in results:
        assert shown_name in harmless(result._repr_html_())
        assert not [letter for letter in repr(result) if is_control(letter) and letter != "\n"]
    for warning in caught:
        assert not [letter for letter in str(warning.message) if is_control(letter)]
