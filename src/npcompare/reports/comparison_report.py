"""Comparisons to documents: a table for each pair, and the redline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.versions import spoken
from npcompare.model.results import CONVERSE, Change, Edit, Relation
from npcompare.reports import json_output
from npcompare.reports.cells import Cells, finished, in_words, namer, with_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classified, Compared, Comparison

#: How each kind of change of a redline is shown.
EDITS = {Edit.SAME: Tone.PLAIN, Edit.DELETED: Tone.DELETED, Edit.INSERTED: Tone.INSERTED}


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
    data = _data(corpus, results, changes)
    if only_differences:
        for record, one in zip(data["comparisons"], results, strict=True):
            for each in one.dimensions:
                if each.relation is Relation.SAME:
                    del record["dimensions"][each.dimension]
    return finished(corpus, "Comparison", tables, plain, data)


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
        return " | ".join(evidence for evidence, _ in json_output.proofs(classified) if evidence)

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


def _data(
    corpus: Corpus,
    results: Sequence[Comparison],
    changes: Sequence[Sequence[Change] | None] | None,
) -> json_output.Record:
    """Return the output of `diff`; `changes` holds the redline of each comparison."""
    return json_output.envelope(
        "diff",
        corpus=json_output.corpus_of(corpus),
        comparisons=[
            {
                "left": one.left.provision.id,
                "right": one.right.provision.id,
                "dimensions": {each.dimension: _compared(corpus, each) for each in one.dimensions},
                "overall": one.overall,
                **({} if changes is None else {"text": _redline(one, changes[place])}),
            }
            for place, one in enumerate(results)
        ],
    )


def _compared(corpus: Corpus, one: Compared) -> json_output.Record:
    return {
        "left": list(one.left.values),
        "right": list(one.right.values),
        "relation": one.relation,
        "left_basis": one.left.basis,
        "right_basis": one.right.basis,
        **json_output.present(
            left_categories=list(one.left.categories),
            right_categories=list(one.right.categories),
            left_excluded=list(one.left.excluded),
            right_excluded=list(one.right.excluded),
        ),
        "left_words": _words(corpus, one.left),
        "right_words": _words(corpus, one.right),
        **json_output.present(
            authority=[json_output.authority(corpus, each) for each in one.authority],
            by_person=_by_person(one),
        ),
    }


def _by_person(one: Compared) -> dict[str, str]:
    """Return the relation for adults and for children, where it is not the same for both."""
    if len(set(one.by_person.values())) < 2:
        return {}
    return {person: str(relation) for person, relation in one.by_person.items()}


def _words(corpus: Corpus, one: Classified) -> list[json_output.Record]:
    return [
        {"evidence": evidence or None, "source": json_output.source_of(corpus, source)}
        for evidence, source in json_output.proofs(one)
    ]


def _redline(one: Comparison, pieces: Sequence[Change] | None) -> json_output.Record:
    return {
        "left_status": one.left.provision.text.status,
        "right_status": one.right.provision.text.status,
        "changes": None
        if pieces is None
        else [{"op": piece.edit, "text": piece.text} for piece in pieces],
    }
