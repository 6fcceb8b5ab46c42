"""The reports of `stats` and `proof`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, UnsetType, field

from npcompare.analysis import queries
from npcompare.document import (
    Cell,
    Column,
    Document,
    Role,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    number_columns,
)
from npcompare.messages import deferred, message, number, plural, sentences
from npcompare.model.provision import NONE_REPORTED, Basis
from npcompare.reports.cells import finished
from npcompare.reports.proposed_coding import MARK
from npcompare.reports.records import TOOL, CorpusOutput, Count, Record, corpus_record, stream, urn
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification

_PROOF = deferred(
    "Each provision has one cell for each dimension. Every quotation was found letter for letter, "
    "and in one place only, in the text of the provision."
)


_PROPOSED = deferred("The words of a proposed value may occur in the text more than once.")


class CrossCellRecord(Record, frozen=True):
    """The provisions that have both classes."""

    row: str
    column: str
    provisions: list[str]


class CrossRecord(Record, frozen=True):
    """The classes of two dimensions, crossed."""

    rows: str
    columns: str
    cells: list[CrossCellRecord]


class StatsOutput(CorpusOutput, frozen=True, tag=urn("stats")):
    """The output of `stats`: provisions by class of each dimension."""

    provisions: Count
    dimensions: dict[str, dict[str, list[str]]]
    cross: CrossRecord | None
    conditions: list[str] | UnsetType = field(name="where", default=UNSET)
    unknown_ids: list[str] | UnsetType = field(name="open", default=UNSET)


class ProvedCellsRecord(Record, frozen=True):
    """The number of cells by what they are based on."""

    text: Count
    reported: Count
    silent: Count
    unknown: Count
    proposed: Annotated[
        Count | UnsetType, Meta(description="Only if a text is among the provisions.")
    ] = UNSET


class ProofRecord(Record, frozen=True):
    """What the cells of a provision are based on."""

    id: str
    cells: ProvedCellsRecord
    quotations: Count


class ProofOutput(CorpusOutput, frozen=True, tag=urn("proof")):
    """The output of `proof`."""

    provisions: list[ProofRecord]


# --- Counts ------------------------------------------------------------------------------------


def statistics(
    corpus: Corpus, results: Sequence[Classification], dimensions: Sequence[Dimension]
) -> Document:
    """Return the number of provisions by class of each dimension; two dimensions are crossed."""
    ids_by_class = {dimension.id: _ids_by_class(results, dimension) for dimension in dimensions}
    tables = [_counts(results, dimension, ids_by_class[dimension.id]) for dimension in dimensions]
    values = [
        [dimension.id, word, "", "", str(len(ids)), "; ".join(ids)]
        for dimension in dimensions
        for word, ids in ids_by_class[dimension.id].items()
    ]
    cross = None
    if len(dimensions) == 2:
        first, second = dimensions
        crossed = queries.cross_tabulation(results, first.id, second.id)
        tables.append(_cross(results, first, second, crossed))
        cells = [
            CrossCellRecord(row=row, column=column, provisions=list(ids))
            for (row, column), ids in crossed.items()
        ]
        cross = CrossRecord(rows=first.id, columns=second.id, cells=cells)
        values += [
            [first.id, row, second.id, column, str(len(ids)), "; ".join(ids)]
            for (row, column), ids in crossed.items()
        ]
    flat = flat_table("Counts", "dimension class by class_by count provisions[]", values)
    output = StatsOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        provisions=len(results),
        dimensions={
            name: {word: list(ids) for word, ids in classes.items()}
            for name, classes in ids_by_class.items()
        },
        cross=cross,
    )
    return finished(corpus, message("Counts"), tables, flat, output)


def _ids_by_class(
    results: Sequence[Classification], dimension: Dimension
) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(
            result.provision.id
            for result in results
            if word in result.dimensions[dimension.id].answers
        )
        for word in queries.possible_answers(dimension)
    }


def _counts(
    results: Sequence[Classification],
    dimension: Dimension,
    ids_by_class: Mapping[str, Sequence[str]],
) -> Table:
    reported = {
        result.provision.id
        for result in results
        if result.dimensions[dimension.id].basis is Basis.REPORTED
    }
    body = []
    for word, ids in ids_by_class.items():
        if word == NONE_REPORTED and not ids:
            continue
        by_source = len(reported & set(ids))
        # An unknown class is based on nothing.
        is_known = word != Basis.UNKNOWN
        body.append(
            (
                cell(capitalized(dimension.label_of(word)), Tone.STRONG),
                cell(number(len(ids) - by_source) if is_known else "–"),
                cell(number(by_source) if is_known else "–"),
                cell(number(len(ids))),
            )
        )
    return Table(
        message("Provisions by {dimension}", dimension=dimension.label.lower()),
        columns(cls="Class")
        + number_columns(text="Based on the text", reported="Based on a source", all="Provisions"),
        tuple(body),
        (_total(len(results), sum(len(ids) for ids in ids_by_class.values())),),
    )


def _total(provisions: int, entries: int) -> str:
    total = plural("Total: {count} provision.", "Total: {count} provisions.", provisions)
    if entries > provisions:
        several = message("A provision with several classes is counted under each of them.")
        return sentences(total, several)
    return total


def _cross(
    results: Sequence[Classification],
    first: Dimension,
    second: Dimension,
    crossed: Mapping[tuple[str, str], Sequence[str]],
) -> Table:
    row_words, column_words = (
        [
            word
            for word in queries.possible_answers(dimension)
            if word != NONE_REPORTED or any(pair[place] == word for pair in crossed)
        ]
        for place, dimension in enumerate((first, second))
    )
    headings = [
        Column(word, capitalized(second.label_of(word)), Role.NUMBER) for word in column_words
    ]
    body = tuple(
        (
            cell(capitalized(first.label_of(row)), Tone.STRONG),
            *(cell(number(len(crossed.get((row, column), ())))) for column in column_words),
        )
        for row in row_words
    )
    return Table(
        message("{dimension} by {second}", dimension=first.label, second=second.label.lower()),
        (Column("row", first.label), *headings),
        body,
        (_total(len(results), sum(len(ids) for ids in crossed.values())),),
    )


# --- Proof -------------------------------------------------------------------------------------


def proof(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return for each provision what its cells are based on, and the total."""
    counts = [
        (
            result.provision.id,
            queries.count_by_basis(result),
            queries.quotation_count(result.provision),
        )
        for result in results
    ]
    total = sum((cells for _, cells, _ in counts), Counter[Basis]())
    quoted = sum(quotations for *_, quotations in counts)
    bases = [basis for basis in Basis if basis is not Basis.PROPOSED or total[basis]]
    values = [
        [name, *(str(cells[basis]) for basis in bases), str(cells.total()), str(quotations)]
        for name, cells, quotations in counts
    ]
    totals = (str(total[basis]) for basis in bases)
    total_row = [message("All"), *totals, str(total.total()), str(quoted)]
    table = Table(
        message("What the cells are based on"),
        columns(id="Provision")
        + number_columns(
            **{str(basis): _BASES[basis] for basis in bases},
            cells="Cells",
            quotations="Quotations found",
        ),
        tuple(
            _counted(bases, row, Tone.STRONG if row is total_row else Tone.PLAIN)
            for row in [*values, total_row]
        ),
        tuple(map(message, (_PROOF, _PROPOSED) if total[Basis.PROPOSED] else (_PROOF,))),
    )
    keys = " ".join(["id", *bases, "cells", "quotations"])
    flat = flat_table(table.title, keys, values)
    output = ProofOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        provisions=stream(lambda: (_proof_record(bases, *numbers) for numbers in counts)),
    )
    return finished(corpus, table.title, [table], flat, output)


def _counted(bases: Sequence[Basis], row: Sequence[str], tone: Tone) -> tuple[Cell, ...]:
    """Return the numbers of a row, with the mark of those that are proposed."""
    columns_marked = {bases.index(Basis.PROPOSED) + 1} if Basis.PROPOSED in bases else set()
    return tuple(
        cell(value, tone, [MARK] if column in columns_marked and value != "0" else [])
        for column, value in enumerate(row)
    )


#: The heading of each basis.
_BASES = {
    Basis.TEXT: deferred("Quoted words"),
    Basis.REPORTED: deferred("A source"),
    Basis.SILENT: deferred("Silence of the full text"),
    Basis.UNKNOWN: deferred("Unknown"),
    Basis.PROPOSED: deferred("Proposed"),
}


def _proof_record(
    bases: Sequence[Basis], name: str, cells: Mapping[Basis, int], quotations: int
) -> ProofRecord:
    numbers = {str(basis): cells.get(basis, 0) for basis in bases}
    return ProofRecord(id=name, cells=ProvedCellsRecord(**numbers), quotations=quotations)
