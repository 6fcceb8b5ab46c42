"""The line above a table whose translation is not official."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.messages import Catalogue, using
from npcompare.reports.annex_layouts import export
from npcompare.reports.annex_recipe import Wish

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

NOTE = {"Unofficial translation.": "Traduction non officielle."}


def headnotes(corpus: Corpus, catalogue: Catalogue) -> list[str]:
    with using(catalogue):
        results = list(ClassifiedCorpus(corpus, ["kenya", "coe-26"]))
        document = export(corpus, results, Wish(layout="side-by-side"))
        return [table.headnote.partition("\n")[0] for table in document.tables]


def test_table_says_that_its_translation_is_not_official(corpus: Corpus) -> None:
    catalogue = Catalogue(language="fr", messages=NOTE, proposed=frozenset(NOTE))
    first, *further = headnotes(corpus, catalogue)
    assert first == "Traduction non officielle."
    assert "Traduction non officielle." not in further


def test_translation_with_sources_needs_no_line(corpus: Corpus) -> None:
    catalogue = Catalogue(language="fr", messages=NOTE)
    assert "Traduction non officielle." not in headnotes(corpus, catalogue)
