"""Comparisons to documents: a table for each pair, and the redline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.versions import spoken
from npcompare.model.provision import Basis
from npcompare.model.results import CONVERSE, Change, Edit, Relation
from npcompare.reports.cells import Cells, finished, in_words, namer, with_place
from npcompare.reports.records import (
    TOOL,
    AuthorityRecord,
    CitationRecord,
    CorpusOutput,
    Record,
    authority_record,
    citation_record,
    corpus_record,
    present,
    proofs,
    stream,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classified, Compared, Comparison

#: How each kind of change of a redline is shown.
EDITS = {Edit.SAME: Tone.PLAIN, Edit.DELETED: Tone.DELETED, Edit.INSERTED: Tone.INSERTED}


class WordsRecord(Record, frozen=True):
    """Words that a class is based on, or a source without words."""

    evidence: str | None
    source: CitationRecord | None


class ComparedRecord(Record, frozen=True, kw_only=True):
    """Two provisions in one dimension; the relation is that of the left to the right."""

    left: list[str]
    right: list[str]
    relation: Relation
    left_basis: Basis
    right_basis: Basis
    left_categories: list[str] | UnsetType = UNSET
    right_categories: list[str] | UnsetType = UNSET
    left_excluded: list[str] | UnsetType = UNSET
    right_excluded: list[str] | UnsetType = UNSET
    left_words: list[WordsRecord]
    right_words: list[WordsRecord]
    authority: list[AuthorityRecord] | UnsetType = UNSET
    by_person: dict[str, Relation] | UnsetType = UNSET


class ChangeRecord(Record, frozen=True):
    """A run of words that both texts have, or only the left or the right."""

    op: Edit
    text: str


class RedlineRecord(Record, frozen=True):
    """The texts of two provisions compared; null if one of them is not available."""

    left_status: str
    right_status: str
    changes: list[ChangeRecord] | None


class ComparisonRecord(Record, frozen=True):
    """Two provisions compared."""

    left: str
    right: str
    dimensions: dict[str, ComparedRecord]
    overall: Relation
    text: RedlineRecord | UnsetType = UNSET


class DiffOutput(CorpusOutput, frozen=True, tag=urn("diff")):
    """The output of `diff`."""

    comparisons: list[ComparisonRecord]


def comparisons(
    corpus: Corpus,
    results: Sequence[Comparison],
    changes: Sequence[Sequence[Change] | None] | None = None,
    *,
    only_differences: bool = False,
) -> Document:
    """Return for each pair the values, the words and the relation in every dimension.

    `changes` holds the redline of each comparison, None where a text is not held.
    """
    tables = []
    flat = []
    redlined: list[RedlineRecord | UnsetType] = (
        [UNSET] * len(results)
        if changes is None
        else [_redline(one, pieces) for one, pieces in zip(results, changes, strict=True)]
    )
    for number, one in enumerate(results):
        shown = [
            each
            for each in one.dimensions
            if not (only_differences and each.relation is Relation.SAME)
        ]
        tables.append(_comparison(corpus, one, shown))
        if changes is not None:
            tables.append(redline_table(one, changes[number]))
        flat += [_flat_compared(one, each) for each in shown]
        pair = [one.left.provision.id, one.right.provision.id]
        flat.append([*pair, "overall", "", "", "", str(one.overall), "", "", "", ""])
    keys = (
        "left right dimension left_values left_basis left_words relation "
        "right_values right_basis right_words authority"
    )
    plain = flat_table("Comparison", keys, flat)
    output = DiffOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        comparisons=stream(
            lambda: (
                _record(corpus, comparison, redline, only_differences=only_differences)
                for comparison, redline in zip(results, redlined, strict=True)
            )
        ),
    )
    return finished(corpus, "Comparison", tables, plain, output)


def _comparison(corpus: Corpus, one: Comparison, shown: Iterable[Compared]) -> Table:
    cells = Cells(corpus)
    left, right = one.left.provision, one.right.provision
    body = []
    for each in shown:
        dimension = corpus.codebook.dimensions[each.dimension]
        body.append(
            (
                cell(dimension.label, Tone.STRONG),
                side(cells, left, each.left),
                relation_cell(cells, each),
                side(cells, right, each.right),
            )
        )
    core = in_words(corpus.codebook.core)
    body.append(
        (
            cell("Overall", Tone.STRONG),
            cell(f"({core})"),
            cell(one.overall, Tone(one.overall)),
            cell(""),
        )
    )
    name = namer((one.left, one.right))
    return Table(
        f"{name(left)}, compared with {name(right)}",
        columns(dimension="Dimension", left=left.id, relation="Relation", right=right.id),
        tuple(body),
        (_reading(left, right, one.overall, core), *_succession(corpus, one)),
        cells.notes.listed(),
    )


def _succession(corpus: Corpus, one: Comparison) -> Iterator[str]:
    """Yield when and why one of the two took the other's place, and what that changed."""
    left, right = one.left.provision, one.right.provision
    name = namer((one.left, one.right))
    for later, earlier, is_left in ((left, right, True), (right, left, False)):
        if later.succeeds is None or later.succeeds.id != earlier.id:
            continue
        first = later.dates.get("in_force_from", "")
        since = f" from {spoken(first)}" if first else ""
        because = f"{later.succeeds.because.removesuffix('.')}."
        why = with_place(corpus, because, later.succeeds.source)
        changed = {
            corpus.codebook.dimensions[each.dimension].label.lower(): each.relation
            if is_left
            else CONVERSE[each.relation]
            for each in one.dimensions
            if each.relation not in (Relation.SAME, Relation.UNKNOWN)
        }
        said = ", ".join(f"{relation} in {name}" for name, relation in changed.items())
        yield (
            f"{name(later)} took the place of {name(earlier)}{since}: {why} "
            f"The later one is {said or 'not known to differ'}."
        )


def _reading(left: Provision, right: Provision, overall: Relation, core: str) -> str:
    a, b = left.jurisdiction.name, right.jurisdiction.name
    if a == b:
        a, b = left.id, right.id
    said = {
        Relation.SAME: "the two protect equally far, as coded",
        Relation.BROADER: f"{a} protects further wherever the two differ",
        Relation.NARROWER: f"{b} protects further wherever the two differ",
        Relation.INCOMPARABLE: "each protects further than the other somewhere",
        Relation.UNKNOWN: "what is not known could decide it either way",
    }[overall]
    return (
        f"The relation is that of {a} to {b}: broader means that {a} protects further, "
        f"narrower that {b} does. In {core} taken together, {said}."
    )


def side(cells: Cells, provision: Provision, one: Classified) -> Cell:
    """Return the classes of one side, and the words and places they rest on."""
    head = cells.classes(provision, one)
    return Cell((*head.runs, *cells.proofs(one)))


def relation_cell(cells: Cells, each: Compared) -> Cell:
    """Return a relation, the paragraph it rests on, and notes of why."""
    notes = []
    dimension = cells.book.dimensions[each.dimension]
    for one in each.authority:
        wider, narrower = (dimension.classes[word].label for word in (one.wider, one.narrower))
        why = with_place(cells.corpus, one.because, one.source)
        notes.append(f"{wider.capitalize()} reaches further than {narrower}: {why}")
    if apart := _by_person(each):
        said = "; ".join(
            f"for {cells.book.label('persons', person)}, {related}"
            for person, related in apart.items()
        )
        notes.append(f"{dimension.label}: {said}.")
    marks = [cells.notes.mark(note) for note in notes]
    # The paragraph stands in the cell itself: it is what the relation rests on.
    places = [one.source.place for one in each.authority if one.source]
    said = each.relation + (f" ({', '.join(places)})" if places else "")
    return cell(said, Tone(each.relation), marks)


def redline_table(one: Comparison, changes: Sequence[Change] | None) -> Table:
    """Return the redline from the left text to the right, or that there is none."""
    left, right = one.left.provision, one.right.provision
    name = namer((one.left, one.right))
    title = f"From the words of {name(left)} to those of {name(right)}"
    heads = columns(text="Deleted words stand in [-…-], inserted ones in {+…+}")
    if changes is None:
        lacking = [each.label for each in (left, right) if not each.text.body]
        said = f"No text is held of {' and '.join(lacking)}; there is nothing to set side by side."
        return Table(title, heads, ((cell(said, Tone.UNKNOWN),),))
    remarks = tuple(
        f"{each.label}: these are the source's words about the law, not the law's own."
        for each in (left, right)
        if each.text.is_description
    )
    runs = tuple(Run(change.text, EDITS[change.edit]) for change in changes)
    return Table(title, heads, ((Cell(runs),),), remarks)


def _flat_compared(one: Comparison, each: Compared) -> list[str]:
    def words(classified: Classified) -> str:
        return " | ".join(evidence for evidence, _ in proofs(classified) if evidence)

    return [
        one.left.provision.id,
        one.right.provision.id,
        each.dimension,
        "; ".join(each.left.values),
        str(each.left.basis),
        words(each.left),
        str(each.relation),
        "; ".join(each.right.values),
        str(each.right.basis),
        words(each.right),
        "; ".join(str(authority.source) for authority in each.authority if authority.source),
    ]


# --- As data ------------------------------------------------------------------------------------


def _record(
    corpus: Corpus,
    comparison: Comparison,
    redline: RedlineRecord | UnsetType,
    *,
    only_differences: bool,
) -> ComparisonRecord:
    return ComparisonRecord(
        left=comparison.left.provision.id,
        right=comparison.right.provision.id,
        dimensions={
            compared.dimension: _compared(corpus, compared)
            for compared in comparison.dimensions
            if not (only_differences and compared.relation is Relation.SAME)
        },
        overall=comparison.overall,
        text=redline,
    )


def _compared(corpus: Corpus, compared: Compared) -> ComparedRecord:
    left, right = compared.left, compared.right
    return ComparedRecord(
        left=list(left.values),
        right=list(right.values),
        relation=compared.relation,
        left_basis=left.basis,
        right_basis=right.basis,
        left_categories=present(list(left.categories)),
        right_categories=present(list(right.categories)),
        left_excluded=present(list(left.excluded)),
        right_excluded=present(list(right.excluded)),
        left_words=_words(corpus, left),
        right_words=_words(corpus, right),
        authority=present([authority_record(corpus, reason) for reason in compared.authority]),
        by_person=present(_by_person(compared)),
    )


def _by_person(compared: Compared) -> dict[str, Relation]:
    """Return the relation for adults and for children, if the two differ."""
    if len(set(compared.by_person.values())) < 2:
        return {}
    return dict(compared.by_person)


def _words(corpus: Corpus, classified: Classified) -> list[WordsRecord]:
    return [
        WordsRecord(evidence=evidence or None, source=citation_record(corpus, source))
        for evidence, source in proofs(classified)
    ]


def _redline(comparison: Comparison, changes: Sequence[Change] | None) -> RedlineRecord:
    return RedlineRecord(
        left_status=comparison.left.provision.text.status,
        right_status=comparison.right.provision.text.status,
        changes=None
        if changes is None
        else [ChangeRecord(op=change.edit, text=change.text) for change in changes],
    )
