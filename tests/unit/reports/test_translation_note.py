"""The line above a table whose translation is not official."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.messages import Catalogue, using
from npcompare.reports.annex_layouts import export
from npcompare.reports.annex_recipe import Wish

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

NOTE = {"Unofficial translation.": "Traduction non officielle."}


def headnotes(corpus: Corpus, catalogue: Catalogue, layout: str = "side-by-side") -> list[str]:
    with using(catalogue):
        corpus = corpus.in_language(catalogue)
        results = list(ClassifiedCorpus(corpus, ["kenya", "coe-26"]))
        document = export(corpus, results, Wish(layout=layout))
        return [table.headnote for table in document.tables]


@pytest.mark.parametrize(
    "proposed",
    [
        {"Scope": "Portée"},
        # The values of a message do not matter, and a number may have any of its forms.
        {"{jurisdiction}, {pinpoint}": "{jurisdiction} (soit {pinpoint})"},
        {"{count} provisions": {"one": "{count} texte", "other": "Sans objet"}, "same": "Même"},
    ],
)
def test_table_says_that_its_translation_is_not_official(
    corpus: Corpus, proposed: dict[str, Any]
) -> None:
    messages = {**NOTE, **proposed, "Stage": "Stade", "Force": "Sans objet", "Relief": "Portée"}
    catalogue = Catalogue(language="fr", messages=messages, proposed=frozenset(proposed))
    lines = "\n".join(headnotes(corpus, catalogue)).split("\n")
    assert lines.count("Traduction non officielle.") == 1
    assert lines[0] == "Traduction non officielle."


@pytest.mark.parametrize("layout", ["annex", "matrix", "typology"])
def test_each_layout_says_so_once(layout: str, corpus: Corpus) -> None:
    messages = {**NOTE, "None": "Aucune", "Stage": "Stade"}
    catalogue = Catalogue(language="fr", messages=messages, proposed=frozenset(("None", "Stage")))
    lines = "\n".join(headnotes(corpus, catalogue, layout)).split("\n")
    assert lines.count("Traduction non officielle.") == 1
    in_english = "Notes that have no translation are in English."
    assert lines.count(in_english) <= 1


@pytest.mark.parametrize(
    "proposed", [{}, {"No table has this": "Absent"}, {"{words}.": "{words}."}]
)
def test_translation_with_sources_needs_no_line(corpus: Corpus, proposed: dict[str, str]) -> None:
    messages = {**NOTE, **proposed, "Scope": "Portée"}
    catalogue = Catalogue(language="fr", messages=messages, proposed=frozenset((*NOTE, *proposed)))
    assert "Traduction non officielle." not in "".join(headnotes(corpus, catalogue))


def test_term_of_a_body_is_not_official(corpus: Corpus) -> None:
    messages = {**NOTE, "Scope": "Portée de la traite"}
    terms = {"traite": "exploitation"}
    catalogue = Catalogue(language="fr", messages=messages, terms=terms)
    assert headnotes(corpus, catalogue)[0].startswith("Traduction non officielle.")


def test_english_needs_no_line(corpus: Corpus) -> None:
    catalogue = Catalogue(terms={"scope": "reach", "Scope": "Reach"}, body="eu")
    assert "Unofficial translation." not in "".join(headnotes(corpus, catalogue))
