"""The atlas of `site`: provisions with their classes, the matrix, and how each pair compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.atlas import Atlas, Facet, Kind
from npcompare.messages import deferred, message, plural
from npcompare.model.provision import Basis
from npcompare.reports.atlas_entries import (
    OUTSIDE,
    Setting,
    entries,
    entry_columns,
)
from npcompare.reports.atlas_pairs import MOST_PAIRED, pairings
from npcompare.reports.cells import in_words, provenance, with_place
from npcompare.reports.class_matrix import LEGEND
from npcompare.reports.linked_data import dataset_record
from npcompare.reports.proposed_coding import MARK, notice, remarks_on_unread
from npcompare.reports.row_groups import number_of_jurisdictions, region_key, region_names
from npcompare.reports.tile_map_report import tile_map
from npcompare.reports.timeline_report import timeline
from npcompare.reports.typology_tables import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.atlas import Entry
    from npcompare.document import Table
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification

#: The marks beside classes and names, with their meanings.
_MARKS = {
    "r": deferred(
        "all that is known, or this class, is what a source reports; the text was not available"
    ),
    "d": deferred("the reading is doubtful; the part on the provision gives the other reading"),
    "n": deferred("the part on the provision has a note on this"),
    "c": deferred("the part on the provision has a caveat"),
    MARK: deferred("coding proposed by npcompare and not confirmed"),
}


def atlas(  # noqa: PLR0913 - everything that an atlas is made of
    corpus: Corpus,
    results: Sequence[Classification],
    superseded: frozenset[str],
    remarks: Sequence[str] = (),
    *,
    title: str = "",
    detail: bool = False,
) -> Atlas:
    """Return the atlas of provisions.

    Args:
        corpus: The corpus.
        results: The provisions, classified, in their order; what is counted is shown first.
        superseded: The ids of those of which a fuller one is among them.
        remarks: Sentences below everything.
        title: The title; by default, that of the codebook.
        detail: Whether the parts have the classes of the detail dimensions, too.
    """
    results = sorted(results, key=lambda result: result.provision.id in superseded)
    setting = Setting(corpus, tuple(results), _collections(corpus), superseded, detail)
    parts = tuple(entries(setting))
    provisions = [result.provision for result in results]
    return Atlas(
        title=title or corpus.codebook.title,
        introduction=tuple(filter(None, (_introduction(results, superseded), notice(provisions)))),
        entry_heading=message("Provision"),
        all_heading=message("All provisions"),
        each_heading=message("Each provision"),
        list_caption=message("All provisions, with their classes"),
        facets=_facets(setting),
        columns=entry_columns(corpus),
        tables=_figures(setting),
        legend=tuple((answer, message(label)) for answer, label in LEGEND),
        reading=message(_READING),
        entries=parts,
        marks=_marks(parts),
        uncounted=_uncounted(superseded),
        pairings=pairings(corpus, results) if 2 <= len(results) <= MOST_PAIRED else (),
        pairing_note=_pairing_note(corpus),
        command="npcompare diff",
        remarks=(*remarks, *remarks_on_unread(provisions)),
        provenance=provenance(corpus),
        linked_data=tuple(dataset_record(corpus)),
    )


def _collections(corpus: Corpus) -> dict[str, str]:
    return {file.header.id: file.collection for file in corpus.files if file.is_valid}


def _marks(parts: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """Return the marks that are used, with their meanings."""
    present = {mark for part in parts for marks in (part.marks, *part.kind_marks) for mark in marks}
    return tuple((mark, message(meaning)) for mark, meaning in _MARKS.items() if mark in present)


def _introduction(results: Sequence[Classification], superseded: frozenset[str]) -> str:
    counted_results = [result for result in results if result.provision.id not in superseded]
    return message(
        "{provisions} of {jurisdictions}. Every class is based on words of the text or on a "
        "source, which the part on the provision gives; what is not known is marked as unknown.",
        provisions=plural("{count} provision", "{count} provisions", len(counted_results)),
        jurisdictions=number_of_jurisdictions(counted_results),
    )


def _uncounted(superseded: frozenset[str]) -> str:
    if not superseded:
        return ""
    return plural(
        "{count} further row gives less detail on a law that is shown more fully, and is not "
        "counted.",
        "{count} further rows give less detail on a law that is shown more fully, and are not "
        "counted.",
        len(superseded),
    )


def _pairing_note(corpus: Corpus) -> str:
    return message(
        "Overall takes {dimensions} together. Only the content is compared, whatever the effect.",
        dimensions=in_words(corpus.codebook.core),
    )


#: How to read the answers.
_READING = deferred(
    "“No” means that the full text does not have the class, or that a source reports none; “not "
    "shown” that the part of the text that is available does not have it; “silent” that the full "
    "text does not address the question; “unknown” that nothing is known on the question."
)

#: The collections of the bundled corpus, and what is in none.
_COLLECTIONS = {
    "paper": deferred("paper"),
    "world": deferred("world"),
    OUTSIDE: deferred("not in the corpus"),
}

#: The facets beside the classes whose provisions are listed and counted.
_LISTED = ("effect",)


def _figures(setting: Setting) -> tuple[Table, ...]:
    """Return the tables of the map and the timeline, with their figures."""
    members = [
        result for result in setting.results if result.provision.id not in setting.superseded
    ]
    documents = (tile_map(setting.corpus, members), timeline(setting.corpus, members))
    return tuple(table for document in documents for table in document.tables if table.figure)


# --- Facets ------------------------------------------------------------------------------------


def _facets(setting: Setting) -> tuple[Facet, ...]:
    return (
        *(_class_facet(setting, dimension) for dimension in setting.corpus.codebook.core),
        *(
            Facet(key, heading, question, tuple(kinds_), is_listed=key in _LISTED)
            for key, heading, question, kinds_ in _further_facets(setting)
        ),
    )


def _further_facets(setting: Setting) -> tuple[tuple[str, str, str, list[Kind]], ...]:
    """Return the key, the heading, the question and the kinds of each facet beside the classes."""
    results = setting.results
    regions = {region_key(result.provision.jurisdiction) for result in results}
    collections = sorted({setting.collection(result.provision) for result in results})
    return (
        (
            "effect",
            message("Effect"),
            message("What kind of norm is the provision?"),
            _terms(setting, "effect"),
        ),
        (
            "region",
            message("Region"),
            message("In which region of the United Nations standard M49 is the State?"),
            [Kind(key, name) for key, name in region_names().items() if key in regions],
        ),
        (
            "kind",
            message("Jurisdiction"),
            message("Whose law is it?"),
            _terms(setting, "jurisdiction_kind"),
        ),
        (
            "text",
            message("Text"),
            message("How much of the text is available?"),
            _terms(setting, "text_status"),
        ),
        (
            "collection",
            message("Collection"),
            message("In which collection of the corpus is it?"),
            [Kind(name, message(_COLLECTIONS.get(name, name))) for name in collections],
        ),
    )


def _class_facet(setting: Setting, dimension: Dimension) -> Facet:
    """Return a dimension as a facet; each class has its definition and its rules."""
    corpus = setting.corpus
    present = {
        word for result in setting.results for word in result.dimensions[dimension.id].answers
    }
    rules = corpus.codebook.rules_of(dimension.id)
    return Facet(
        dimension.id,
        dimension.label,
        dimension.question,
        tuple(
            Kind(
                word,
                label,
                definition,
                tuple(
                    message(
                        "{heading}: {words}",
                        heading=rule.id,
                        words=with_place(corpus, rule.because, rule.source),
                    )
                    for rule in rules
                    if rule.then == word
                ),
            )
            for word, label, definition in kinds(corpus, dimension)
            if word in dimension.classes or word in present
        ),
    )


def _terms(setting: Setting, vocabulary: str) -> list[Kind]:
    """Return the words of a vocabulary as kinds, and that it is unknown."""
    terms = setting.corpus.codebook.vocabulary[vocabulary].values()
    return [
        *(Kind(term.word, term.label, term.definition) for term in terms),
        Kind(str(Basis.UNKNOWN), message("unknown")),
    ]
