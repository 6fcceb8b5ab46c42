"""Redlines of pairs: their CSV, and pairs that are not compared."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from builders import annex
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.document import Tone
from npcompare.formats import excel, html_page, terminal
from npcompare.reports.annex_layouts import export
from npcompare.reports.annex_recipe import Wish
from npcompare.wording.redline import redlines

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus


def test_pairs_without_texts_are_in_one_line(corpus: Corpus) -> None:
    names = ["coe-26", "asean-14-7", "barbados", "botswana"]
    (table,) = annex(corpus, names, layout="redline").tables
    assert table.title.startswith("Changes from the text of the Council of Europe")
    assert table.remarks[-1] == (
        "Not compared, because the text is not available: Barbados; Botswana."
    )
    (empty,) = annex(corpus, ["coe-26", "barbados"], layout="redline").tables
    assert (empty.rows, len(empty.remarks)) == ((), 1)


def test_reason_is_given_once_for_all_pairs(corpus: Corpus) -> None:
    coe, asean, kenya, barbados = map(corpus.find, ("coe-26", "asean-14-7", "kenya", "barbados"))
    foreign = [replace(each, text=replace(each.text, language="es")) for each in (asean, kenya)]
    results = [classify(corpus.codebook, each) for each in (coe, *foreign, barbados)]
    (table,) = export(corpus, results, Wish(layout="redline")).tables
    (remark,) = table.remarks
    assert remark.replace("\N{NO-BREAK SPACE}", " ") == (
        "Not compared, because the text is not available: Barbados. Not compared, because the "
        "texts are in different languages: Association of Southeast Asian Nations, article 14, "
        "paragraph 7; Kenya, section 14."
    )


def test_csv_has_a_row_for_each_change(run: Callable[..., Ran]) -> None:
    ran = run("export", "coe-26", "asean-14-7", "barbados", "--layout", "redline", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    first, *_, last = rows
    assert first == {
        "left": "coe-26",
        "right": "asean-14-7",
        "number": "1",
        "change": "same",
        "words": "Each Party shall,",
        "reason": "",
    }
    assert {row["change"] for row in rows} == {"same", "deleted", "inserted", "not compared"}
    assert (last["words"], last["reason"]) == (
        *("", "The text of Barbados is not available, so the two are not compared."),
    )


@pytest.mark.parametrize(("language", "is_compared"), [("es", False), ("en-GB", True), ("", True)])
def test_texts_in_two_languages_are_not_compared(
    language: str, is_compared: bool, corpus: Corpus
) -> None:
    book = corpus.codebook
    left, right = corpus.find("coe-26"), corpus.find("asean-14-7")
    assert left.text.language == "en"
    right = replace(right, text=replace(right.text, language=language))
    (changes,) = redlines([compare(book, classify(book, left), classify(book, right))])
    assert (changes is not None) is is_compared


def test_type_shows_changes_without_brackets(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = annex(corpus, ["coe-26", "asean-14-7"], layout="redline")
    page = "".join(html_page.write(document))
    assert "<ins>" in page
    assert "{+" not in page
    assert "{+" in terminal.write(document)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    screen = terminal.write(document)
    assert "{+" not in screen
    assert "\x1b[4;32m" in screen
    assert "\x1b[9;31m" in screen


def test_workbook_has_all_redlines_in_one_sheet(corpus: Corpus) -> None:
    book = excel.write(annex(corpus, ["coe-26", "asean-14-7", "kenya"], layout="redline"))
    changes, _ = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    assert changes.title == "Changes"
    title, head, *subjects, _, part = [place.value for place in changes["A"]]
    assert title == "Changes from the text of the Council of Europe, article\xa026"
    assert head == "Provision"
    assert [subject.partition(",")[0] for subject in subjects] == [
        "Association of Southeast Asian Nations",
        "Kenya",
    ]
    assert part.startswith("Kenya, section\xa014: only a part of the text was available")


def test_space_divides_deleted_and_inserted_words(corpus: Corpus) -> None:
    (table, *_) = annex(corpus, ["coe-26", "asean-14-7"], layout="redline").tables
    *_, deleted, space, inserted, end = table.rows[0][0].runs
    assert deleted.text.endswith("been compelled to do so")
    assert (space.text, space.tone) == (" ", Tone.PLAIN)
    assert (inserted.text, end.text) == ("acts of trafficking", ".")
