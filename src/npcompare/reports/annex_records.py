"""The records of `export`: the annex cell by cell, and what it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from npcompare.reports.annex_recipe import RecipeRecord
from npcompare.reports.law_of_the_day import in_force_word
from npcompare.reports.records import (
    TOOL,
    ClassificationRecord,
    CorpusOutput,
    Record,
    classification_record,
    corpus_record,
    present,
    stream,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.document import Cell, Table
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


class ColumnRecord(Record, frozen=True):
    """A column of an annex."""

    key: str
    heading: str


class CellRecord(Record, frozen=True):
    """The text of a cell and the letters of its notes."""

    text: str
    marks: list[str]


class LetteredNoteRecord(Record, frozen=True):
    """A note below a table."""

    letter: str
    text: str


class TableRecord(Record, frozen=True):
    """A table of an annex as readers see it."""

    title: str
    columns: list[ColumnRecord]
    rows: list[list[CellRecord]]
    remarks: list[str]
    notes: list[LetteredNoteRecord]
    headnote: str | UnsetType = UNSET
    #: What each row is about, in an annex with columns of the drafter's own.
    row_keys: list[str] | UnsetType = UNSET
    group_rows: Annotated[
        list[int] | UnsetType,
        Meta(description="The rows that are the head of those below them, counted from 0."),
    ] = UNSET


class LegislationRecord(Record, frozen=True):
    """A provision in the vocabulary of schema.org/Legislation."""

    type: Literal["Legislation"] = field(name="@type")
    name: str
    jurisdiction: str = field(name="legislationJurisdiction")
    identifier: str | UnsetType = field(name="legislationIdentifier", default=UNSET)
    date: str | UnsetType = field(name="legislationDate", default=UNSET)
    coverage: str | UnsetType = field(name="temporalCoverage", default=UNSET)
    url: str | UnsetType = UNSET


class ExportOutput(CorpusOutput, frozen=True, tag=urn("export")):
    """The output of `export`."""

    layout: str
    recipe: RecipeRecord
    tables: list[TableRecord]
    classifications: list[ClassificationRecord]
    legislation: list[LegislationRecord]
    conditions: list[str] | UnsetType = field(name="where", default=UNSET)
    unknown_ids: list[str] | UnsetType = field(name="open", default=UNSET)


def export_output(
    corpus: Corpus,
    layout: str,
    results: Sequence[Classification],
    recipe: RecipeRecord,
    tables: Iterable[Table],
) -> ExportOutput:
    """Return the output of `export`."""
    return ExportOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        layout=layout,
        recipe=recipe,
        tables=stream(lambda: map(_table, tables)),
        classifications=stream(
            lambda: (
                classification_record(corpus, result, in_force_word(corpus, result.provision))
                for result in results
            )
        ),
        legislation=stream(lambda: legislation_records(results)),
    )


def _table(table: Table) -> TableRecord:
    return TableRecord(
        title=table.title,
        columns=[ColumnRecord(key=column.key, heading=column.heading) for column in table.columns],
        rows=[list(map(_cell, row)) for row in table.rows],
        remarks=list(table.remarks),
        notes=[LetteredNoteRecord(letter=letter, text=text) for letter, text in table.notes],
        headnote=present(table.headnote),
        row_keys=present(list(table.row_keys) if table.has_own_columns else []),
        group_rows=present(list(table.group_rows)),
    )


def _cell(cell: Cell) -> CellRecord:
    """Return the record of a cell: an answer is a word, where readers see a sign."""
    return CellRecord(
        text=cell.words or cell.text,
        marks=[mark for run in cell.runs for mark in run.marks],
    )


def legislation_records(results: Iterable[Classification]) -> Iterator[LegislationRecord]:
    """Yield the record of each provision, except of texts that are not coded."""
    for result in results:
        if not result.provision.is_proposed:
            yield _legislation_record(result.provision)


def _legislation_record(provision: Provision) -> LegislationRecord:
    """Return a provision in the vocabulary of schema.org/Legislation."""
    identifiers, dates = provision.identifiers, provision.dates
    return LegislationRecord(
        type="Legislation",
        name=provision.citation,
        jurisdiction=provision.jurisdiction.code or provision.jurisdiction.name,
        identifier=present(identifiers.get("eli") or identifiers.get("akn")),
        date=present(dates.get("enacted")),
        coverage=present(_coverage(dates)),
        url=present(identifiers.get("url")),
    )


def _coverage(dates: Mapping[str, str]) -> str:
    """Return the period in force as an ISO 8601 interval, open ends as "..": "2010-01-01/.."."""
    first, last = dates.get("in_force_from", ".."), dates.get("in_force_to", "..")
    return "" if first == last == ".." else f"{first}/{last}"
