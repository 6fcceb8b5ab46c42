"""What an atlas of provisions contains: counts, marks, texts, relatives and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classification import classify
from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.charts import CellAnswer
from npcompare.reports.atlas_content import atlas
from npcompare.reports.law_of_the_day import superseded_ids

if TYPE_CHECKING:
    from npcompare.atlas import Atlas, Entry
    from npcompare.document import Cell
    from npcompare.law.corpus import Corpus

NAMES = [
    "kenya",
    "gambia",
    "coe-26",
    "asean-14-7",
    "belgium-264",
    "belgium-433quinquies-5",
    "botswana",
]


def of(corpus: Corpus, *names: str, detail: bool = False) -> Atlas:
    """Return the atlas of some provisions."""
    results = [classify(corpus.codebook, corpus.find(name)) for name in names or NAMES]
    return atlas(corpus, results, frozenset(), detail=detail)


def entry(content: Atlas, key: str) -> Entry:
    """Return an entry by its key."""
    return next(each for each in content.entries if each.key == key)


def words(cell: Cell) -> str:
    """Return the words of a cell, with its marks in brackets."""
    return "".join(
        run.text + (f" ({' '.join(run.marks)})" if run.marks else "") for run in cell.runs
    )


def test_kinds_are_the_classes_of_classify(corpus: Corpus) -> None:
    content = of(corpus)
    for part in content.entries:
        result = classify(corpus.codebook, corpus.find(part.key))
        for dimension in corpus.codebook.core:
            assert tuple(part.kinds[dimension.id]) == result.dimensions[dimension.id].answers
    kenya = entry(content, "kenya").kinds
    assert kenya["effect"] == {"operative": ()}
    assert kenya["region"] == {"002": ()}
    assert kenya["kind"] == {"state": ()}
    assert kenya["text"] == {"excerpt": ()}
    assert kenya["collection"] == {"paper": ()}


def test_every_kind_of_an_entry_is_one_of_its_facet(corpus: Corpus) -> None:
    content = of(corpus)
    vocabulary = {facet.key: {kind.key for kind in facet.kinds} for facet in content.facets}
    for part in content.entries:
        for key, kinds in part.kinds.items():
            assert set(kinds) <= vocabulary[key]


def test_class_has_definition_and_rules_with_sources(corpus: Corpus) -> None:
    threshold = next(facet for facet in of(corpus).facets if facet.key == "threshold")
    causation = next(kind for kind in threshold.kinds if kind.key == "causation")
    assert causation.label == "causation-based"
    assert causation.definition
    rule = "Only a link between the act and the trafficking is required"
    assert causation.details == (f"threshold-causation: {rule} (para.\N{NO-BREAK SPACE}61).",)


def test_evidence_is_marked_in_the_text(corpus: Corpus) -> None:
    quotation = entry(of(corpus), "gambia").quotation
    assert quotation
    assert "".join(part for part, _ in quotation.parts) == corpus.find("gambia").text.body.strip()
    quoted = [part for part, is_marked in quotation.parts if is_marked]
    assert quoted == [
        "where the circumstances so justify",
        "a victim of trafficking shall not be detained",
        "imprisoned",
        "prosecuted",
        "offences related to being a victim of trafficking",
    ]
    assert entry(of(corpus), "belgium-264").quotation is None


def test_classes_have_grounds_notes_and_doubts(corpus: Corpus) -> None:
    table = entry(of(corpus), "gambia").table
    rows = {row[0].text: [words(each) for each in row[1:]] for row in table.rows}
    assert rows["Scope"] == [
        "status-related offences (a)",
        " “offences related to being a victim of trafficking” [1]",
    ]
    notes = dict(table.notes)
    assert notes["a"].startswith("Doubtful: “Offences related to being a victim”")
    assert "Beneficiaries" not in rows
    detailed = entry(of(corpus, "gambia", detail=True), "gambia").table
    assert "Beneficiaries" in [row[0].text for row in detailed.rows]


def test_marks_say_what_is_reported_doubtful_and_noted(corpus: Corpus) -> None:
    content = of(corpus)
    assert entry(content, "gambia").kinds["scope"] == {"status_related": ("d",)}
    assert entry(content, "gambia").marks == ()
    assert entry(content, "belgium-264").marks == ("r", "c")
    assert entry(content, "botswana").kinds["scope"] == {"unknown": ()}
    assert [mark for mark, _ in content.marks] == ["r", "d", "n", "c"]


def test_row_has_the_answers_of_the_matrix(corpus: Corpus) -> None:
    content = of(corpus)
    keys = [column.key for column in content.columns]
    row = dict(zip(keys, entry(content, "botswana").row, strict=True))
    assert row["scope-any_offence"].answer is CellAnswer.UNKNOWN
    row = dict(zip(keys, entry(content, "coe-26").row, strict=True))
    assert row["scope-any_unlawful_act"].answer is CellAnswer.YES
    assert row["scope-any_offence"].answer is CellAnswer.NO


def test_related_rows_are_linked_both_ways(corpus: Corpus) -> None:
    content = of(corpus, "belgium", "belgium-264", "belgium-433quinquies-5")
    related = dict(entry(content, "belgium").related)
    assert [key for key, _ in related["Fuller rows on the same law"]] == [
        "belgium-433quinquies-5",
        "belgium-264",
    ]
    assert dict(related["Fuller rows on the same law"])["belgium-264"]
    related = dict(entry(content, "belgium-264").related)
    assert [key for key, _ in related["Rows with less detail on the same law"]] == ["belgium"]
    assert [key for key, _ in related["Replaces"]] == ["belgium-433quinquies-5"]
    assert related.keys() == {"Rows with less detail on the same law", "Replaces"}


def phrases(content: Atlas, left: str, right: str) -> dict[str, str]:
    """Return the phrases for a pair with the names of the two."""
    keys = [each.key for each in content.entries]
    i, j = keys.index(left), keys.index(right)
    place = i * len(keys) - i * (i + 1) // 2 + j - i - 1
    return {
        pairing.heading: pairing.phrases[pairing.numbers[place]].format(left, right)
        for pairing in content.pairings
    }


def test_phrases_name_who_reaches_further(corpus: Corpus) -> None:
    content = of(corpus, "jamaica", "kenya", "coe-26", "gambia")
    para = "para.\N{NO-BREAK SPACE}"
    assert phrases(content, "kenya", "coe-26") == {
        "Scope": "coe-26 reaches further",
        "Threshold": f"kenya may reach further ({para}62)",
        "Stage": "the same",
        "Persons": "the same",
        "Force": "kenya reaches further",
        "Overall": "each reaches further in some respect",
    }
    assert phrases(content, "jamaica", "kenya")["Overall"] == "kenya reaches further"
    assert phrases(content, "coe-26", "gambia")["Threshold"] == (
        f"gambia may reach further ({para}62); on the other reading, gambia reaches further"
    )


def test_bodies_of_a_state_are_one_jurisdiction(corpus: Corpus) -> None:
    content = of(corpus, "us-states-duress", "us-vacatur-broad", "kenya")
    assert content.introduction[0].startswith("3 provisions of 2 jurisdictions. ")


def test_absence_is_a_kind_of_its_own(corpus: Corpus) -> None:
    content = of(corpus, "chile-none", "kenya")
    assert entry(content, "chile-none").kinds["scope"] == {"none_reported": ()}
    assert entry(content, "chile-none").kinds["effect"] == {"none": ()}


@pytest.mark.slow
def test_bundled_collections_are_counted_once(corpus: Corpus) -> None:
    collection = corpus.restricted("all")
    results = ClassifiedCorpus(collection, with_superseded=True)
    superseded = superseded_ids(results)
    assert {"kenya", "belgium"} <= superseded
    assert len(list(results)) == len(collection.files)
    content = atlas(collection, list(results), superseded)
    counted_ids = {each.key for each in content.entries if each.is_counted}
    assert counted_ids == {each.provision.id for each in ClassifiedCorpus(collection)}
    assert content.uncounted.startswith(f"{len(superseded)} further rows give less detail")
