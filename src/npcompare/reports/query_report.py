"""Surveys to documents: counts and cross-tabulations, proof, and what meets conditions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis import queries
from npcompare.document import Column, Document, Table, Tone, cell, columns, flat_table
from npcompare.model.provision import Basis
from npcompare.reports.cells import finished
from npcompare.reports.provision_report import listing
from npcompare.reports.records import TOOL, CorpusOutput, Count, Record, corpus_record, stream, urn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification

_PROOF = (
    "A cell is one provision in one dimension. Each quotation was found in the text that is held, "
    "letter for letter and in one place."
)
_KNOWN = "As far as is known: no complete text is held, so that a class not shown may yet be there."


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


class ProvedCellsRecord(Record, frozen=True):
    """The number of cells by what they are based on."""

    text: Count
    reported: Count
    silent: Count
    unknown: Count


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
    corpus: Corpus, results: Sequence[Classification], wanted: Sequence[Dimension]
) -> Document:
    """Return how many provisions stand under each class of dimensions; of two, crossed."""
    counted = {each.id: _under(results, each) for each in wanted}
    tables = [_counts(results, each, counted[each.id]) for each in wanted]
    flat = [
        [each.id, word, "", "", str(len(ids)), " ".join(ids)]
        for each in wanted
        for word, ids in counted[each.id].items()
    ]
    crossed = None
    if len(wanted) == 2:
        first, second = wanted
        found = queries.cross(results, first.id, second.id)
        tables.append(_cross(results, first, second, found))
        crossed = CrossRecord(
            rows=first.id,
            columns=second.id,
            cells=[
                CrossCellRecord(row=row, column=column, provisions=list(ids))
                for (row, column), ids in found.items()
            ],
        )
        flat += [
            [first.id, row, second.id, column, str(len(ids)), " ".join(ids)]
            for (row, column), ids in found.items()
        ]
    plain = flat_table("Counts", "dimension class by class_by count provisions", flat)
    output = StatsOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        provisions=len(results),
        dimensions={
            name: {word: list(ids) for word, ids in classes.items()}
            for name, classes in counted.items()
        },
        cross=crossed,
    )
    return finished(corpus, "Counts", tables, plain, output)


def _under(results: Sequence[Classification], dimension: Dimension) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(
            one.provision.id
            for one in results
            if word in queries.answers(one.dimensions[dimension.id])
        )
        for word in queries.rows(dimension)
    }


def _counts(
    results: Sequence[Classification],
    dimension: Dimension,
    counted: Mapping[str, Sequence[str]],
) -> Table:
    reported = {
        one.provision.id for one in results if one.dimensions[dimension.id].basis is Basis.REPORTED
    }
    body = []
    for word, ids in counted.items():
        by_source = len(reported & set(ids))
        body.append(
            (
                cell(dimension.label_of(word), Tone.STRONG),
                cell(str(len(ids) - by_source)),
                cell(str(by_source)),
                cell(str(len(ids))),
            )
        )
    return Table(
        f"Provisions by {dimension.label.lower()}",
        columns(cls="Class", text="By its text", reported="By a source", all="Provisions"),
        tuple(body),
        (_total(results, sum(len(ids) for ids in counted.values())),),
    )


def _total(results: Sequence[Classification], counted: int) -> str:
    said = f"{len(results)} provisions in all."
    if counted > len(results):
        said += " One with several classes is counted under each, so the column comes to more."
    return said


def _cross(
    results: Sequence[Classification],
    first: Dimension,
    second: Dimension,
    found: Mapping[tuple[str, str], Sequence[str]],
) -> Table:
    heads = [Column(word, second.label_of(word)) for word in queries.rows(second)]
    body = tuple(
        (
            cell(first.label_of(row), Tone.STRONG),
            *(cell(str(len(found.get((row, head.key), ())))) for head in heads),
        )
        for row in queries.rows(first)
    )
    counted = sum(len(ids) for ids in found.values())
    return Table(
        f"{first.label} by {second.label.lower()}",
        (Column("row", first.label), *heads),
        body,
        (_total(results, counted),),
    )


# --- Proof -------------------------------------------------------------------------------------


def proof(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return for each provision how many of its cells rest on what, and the sum."""
    lines = [
        (one.provision.id, queries.cells(one), queries.quotations(one.provision)) for one in results
    ]
    total = sum((cells for _, cells, _ in lines), Counter[Basis]())
    quoted = sum(quotations for *_, quotations in lines)
    values = [
        [name, *(str(cells[basis]) for basis in Basis), str(cells.total()), str(quotations)]
        for name, cells, quotations in lines
    ]
    last = ["All", *(str(total[basis]) for basis in Basis), str(total.total()), str(quoted)]
    table = Table(
        "What the cells rest on",
        columns(
            id="Provision",
            text="Quoted words",
            reported="A source",
            silent="Silence of a complete text",
            unknown="Not known",
            cells="Cells",
            quotations="Quotations found",
        ),
        tuple(
            tuple(cell(value, Tone.STRONG if row is last else Tone.PLAIN) for value in row)
            for row in [*values, last]
        ),
        (_PROOF,),
    )
    keys = "id text reported silent unknown cells quotations"
    plain = flat_table(table.title, keys, values)
    output = ProofOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        provisions=stream(lambda: (_proof_record(*line) for line in lines)),
    )
    return finished(corpus, table.title, [table], plain, output)


def _proof_record(name: str, cells: Mapping[Basis, int], quotations: int) -> ProofRecord:
    counts = {str(basis): cells.get(basis, 0) for basis in Basis}
    return ProofRecord(id=name, cells=ProvedCellsRecord(**counts), quotations=quotations)


# --- Conditions --------------------------------------------------------------------------------


def matching(
    corpus: Corpus, conditions: Sequence[queries.Condition], found: queries.Matches
) -> Document:
    """Return the provisions that meet conditions, and how many do not or cannot be told."""
    matches = {one.provision.id: "yes" for one in found.certain}
    matches |= {one.provision.id: "as far as is known" for one in found.as_far_as_known}
    return listing(
        corpus,
        [one for one in corpus.provisions() if one.id in matches],
        matches,
        _remarks(conditions, found),
        where=[str(one) for one in conditions],
        open_ids=[one.provision.id for one in found.open],
    )


def _remarks(conditions: Sequence[queries.Condition], found: queries.Matches) -> tuple[str, ...]:
    """Return what a list of the provisions that match has to say of the others."""
    asked = " and ".join(str(one) for one in conditions)
    every = found.certain + found.as_far_as_known + found.open + found.failing
    counted = (
        f"Asked: {asked}. Provisions: {len(every)}; that meet it for certain: "
        f"{len(found.certain)}; as far as is known: {len(found.as_far_as_known)}; that do not: "
        f"{len(found.failing)}."
    )
    said = [counted]
    if found.as_far_as_known:
        said.append(_KNOWN)
    if found.open:
        names = ", ".join(one.provision.id for one in found.open)
        said.append(f"Not known, {len(found.open)}: {names}.")
    return tuple(said)
