"""The report of `diff`: a table for each pair, and the redline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Document, Table, Tone, cell, columns, flat_table
from npcompare.messages import listed, spoken
from npcompare.model.jurisdiction_names import at_start, in_sentence
from npcompare.model.provision import Basis
from npcompare.model.results import CONVERSE, Change, Relation
from npcompare.reports.cells import (
    Cells,
    caveats,
    finished,
    in_words,
    namer,
    owned,
    quotations,
    with_place,
)
from npcompare.reports.comparison_records import diff_output, selected
from npcompare.reports.effect_words import note_on_effects
from npcompare.reports.folding import remarks_on_folded, shown
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.proposed_coding import MARK, marks_of
from npcompare.reports.redline_report import reason, redline_table
from npcompare.reports.relation_words import (
    READING,
    other_readings,
    parties,
    reach,
    relation_words,
    summary,
)
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classified, Compared, Comparison, QualifiedRelation
    from npcompare.reports.relation_words import Parties


def comparisons(
    corpus: Corpus,
    results: Sequence[Comparison],
    changes: Sequence[Sequence[Change] | None] | None = None,
    *,
    only_differences: bool = False,
    detail: bool = False,
) -> Document:
    """Return the classes, the words and the relation of each pair, by dimension.

    Args:
        corpus: The corpus.
        results: The comparisons.
        changes: For each comparison its redline, or None if a text is not available. If this is
            None, no redline is shown.
        only_differences: Leave out dimensions in which the two are the same.
        detail: Show the dimensions in which nothing is known, too.
    """
    tables = []
    values = []
    for number, comparison in enumerate(results):
        outcomes = selected(comparison, only_differences=only_differences)
        table = _comparison_table(corpus, comparison, outcomes, detail=detail)
        text_changes = changes[number] if changes is not None else ()
        if text_changes is None:
            table = replace(table, remarks=(*table.remarks, reason(comparison)))
        tables.append(table)
        if text_changes:
            tables.append(redline_table(comparison, text_changes))
        values += [_flat_compared(comparison, outcome) for outcome in outcomes]
        pair = [comparison.left.provision.id, comparison.right.provision.id]
        overall = str(comparison.overall)
        others = _flat_others(comparison.overall_other_readings)
        hedge = comparison.hedge
        values.append([*pair, "overall", "", "", "", overall, "", "", "", "", hedge, others])
    keys = (
        "left right dimension left_values[] left_basis left_words[|] relation "
        "right_values[] right_basis right_words[|] authority hedge other_readings"
    )
    output = diff_output(corpus, results, changes, only_differences=only_differences)
    flat = flat_table("Comparison", keys, values)
    return with_texts_apart(finished(corpus, "Comparison", tables, flat, output))


def _comparison_table(
    corpus: Corpus, comparison: Comparison, outcomes: Sequence[Compared], *, detail: bool
) -> Table:
    cells = Cells(corpus)
    both = (comparison.left, comparison.right)
    dimensions = [corpus.codebook.dimensions[outcome.dimension] for outcome in outcomes]
    kept = {dimension.id for dimension in shown(dimensions, both, detail=detail)}
    left, right = comparison.left.provision, comparison.right.provision
    core = in_words(corpus.codebook.core)
    names = parties(left, right)
    body = [
        (
            cell(corpus.codebook.dimensions[outcome.dimension].label, Tone.STRONG),
            side(cells, left, outcome.left),
            in_column(relation_cell(cells, outcome, names)),
            side(cells, right, outcome.right),
        )
        for outcome in outcomes
        if outcome.dimension in kept
    ]
    body.append(
        (
            cell("Overall", Tone.STRONG),
            cell(f"({core})"),
            in_column(overall_cell(comparison, names)),
            cell(""),
        )
    )
    name = namer(both)
    return Table(
        f"{at_start(name(left))}, compared with {in_sentence(name(right))}",
        columns(dimension="Dimension", left=name(left), relation="Relation", right=name(right)),
        tuple(body),
        (
            *_reading(corpus, comparison),
            *remarks_on_folded(dimensions, both, detail=detail),
            *_succession(corpus, comparison),
            *caveats((left, right), name),
        ),
        cells.notes.listed(),
        headnote="\n".join(
            filter(None, (summary(corpus.codebook, comparison, names), note_on_effects(both)))
        ),
    )


def _succession(corpus: Corpus, comparison: Comparison) -> Iterator[str]:
    """Yield when and why one of the two replaced the other, and what that changed."""
    left, right = comparison.left.provision, comparison.right.provision
    name = namer((comparison.left, comparison.right))
    for later, earlier, is_left in ((left, right, True), (right, left, False)):
        if later.succeeds is None or later.succeeds.id != earlier.id:
            continue
        first_day = later.dates.get("in_force_from", "")
        since = f" from {spoken(first_day)}" if first_day else ""
        because = f"{later.succeeds.because.removesuffix('.')}."
        why = with_place(corpus, because, later.succeeds.source)
        differences = [
            f"{outcome.hedge or 'is'} "
            f"{outcome.relation if is_left else CONVERSE[outcome.relation]} in "
            f"{in_words([corpus.codebook.dimensions[outcome.dimension]])}"
            for outcome in comparison.dimensions
            if outcome.relation not in (Relation.SAME, Relation.UNKNOWN)
        ]
        yield (
            f"{at_start(name(later))} replaced {in_sentence(name(earlier))}{since}: {why} "
            f"The later provision {listed(differences or ['is not known to differ'])}."
        )


def _reading(corpus: Corpus, comparison: Comparison) -> tuple[str, str]:
    """Return how the relations are read, and what the overall relation means."""
    left, right = comparison.left.provision, comparison.right.provision
    first, second = owned(left), owned(right)
    if left.jurisdiction.name == right.jurisdiction.name:
        first, second = "the first provision", "the second provision"
    meaning = {
        Relation.SAME: "the two are coded as protecting equally far",
        Relation.BROADER: f"{first} protects further wherever the two differ",
        Relation.NARROWER: f"{second} protects further wherever the two differ",
        Relation.INCOMPARABLE: "each protects further than the other in some respect",
        Relation.UNKNOWN: "too little is known to decide which protects further",
    }[comparison.overall]
    core = in_words(corpus.codebook.core)
    return READING, f"Taking {core} together, {meaning}{_qualification(corpus, comparison)}."


def _qualification(corpus: Corpus, comparison: Comparison) -> str:
    """Return in which dimensions the relation is qualified, and whether that matters overall."""
    names = parties(comparison.left.provision, comparison.right.provision)
    qualified = [
        _qualified(corpus.codebook.dimensions[outcome.dimension], outcome, names)
        for outcome in comparison.dimensions
        if corpus.codebook.dimensions[outcome.dimension].core
        and (outcome.hedge or (outcome.qualification and comparison.hedge))
    ]
    if not qualified or comparison.overall is Relation.UNKNOWN:
        return ""
    subject = f"the qualification as regards {listed(qualified)}"
    if comparison.overall is Relation.INCOMPARABLE and not comparison.hedge:
        return f". This does not depend on {subject}"
    return f", subject to {subject}"


def _qualified(dimension: Dimension, outcome: Compared, names: Parties) -> str:
    """Return a dimension with its qualified relation or, if that is unknown, with the reason."""
    if outcome.hedge:
        words = reach(outcome.relation, outcome.hedge, names)
        return f"{dimension.label.lower()} “{words}”"
    places = [step.source.place for step in dimension.order if step.hedge and step.source]
    return f"{dimension.label.lower()} ({', '.join(places)})"


def side(cells: Cells, provision: Provision, classified: Classified) -> Cell:
    """Return the classes of one side, and the words and places that they are based on."""
    head = cells.classes(provision, classified)
    return Cell((*head.runs, *cells.proofs(provision, classified)))


def relation_cell(cells: Cells, outcome: Compared, names: Parties) -> Cell:
    """Return who reaches further, with the place that supports it and notes on the reasons."""
    notes = []
    dimension = cells.book.dimensions[outcome.dimension]
    for step in outcome.authority:
        wider, narrower = (dimension.classes[word].label for word in (step.wider, step.narrower))
        why = with_place(cells.corpus, step.because, step.source)
        verb = f"{step.hedge} broader" if step.hedge else "protects further"
        notes.append(f"“{wider.capitalize()}” {verb} than “{narrower}”. {why}")
    for implication in outcome.implications:
        name, label = implication.provision.label, dimension.label_of(implication.value)
        why = with_place(cells.corpus, implication.because, implication.source)
        notes.append(f"{name}: The provision also covers {label}. {why}")
    if by_person := outcome.differing_by_person:
        relations = "; ".join(
            f"for {cells.book.label('persons', person)}, {reach(part.relation, part.hedge, names)}"
            for person, part in by_person.items()
        )
        notes.append(f"{dimension.label}: {relations}.")
    marks = [cells.notes.mark(note) for note in notes]
    is_known = outcome.relation is not Relation.UNKNOWN
    is_proposed = Basis.PROPOSED in (outcome.left.basis, outcome.right.basis)
    marks += [MARK] if is_known and is_proposed else []
    places = [
        step.source.place
        for step in outcome.authority
        if step.source and bool(step.hedge) == bool(outcome.hedge)
    ]
    place_words = f" ({', '.join(places)})" if places else ""
    text = reach(outcome.relation, outcome.hedge, names) + place_words
    text += other_readings(outcome.other_readings, names)
    return cell(text, Tone(outcome.relation), marks)


def in_column(relation: Cell) -> Cell:
    """Return a relation that begins a cell."""
    (run,) = relation.runs
    return replace(relation, runs=(replace(run, text=capitalized(run.text)),))


def overall_cell(comparison: Comparison, names: Parties) -> Cell:
    """Return who reaches further overall."""
    words = reach(comparison.overall, comparison.hedge, names, is_overall=True)
    words += other_readings(comparison.overall_other_readings, names, is_overall=True)
    provisions = (comparison.left.provision, comparison.right.provision)
    is_known = comparison.overall is not Relation.UNKNOWN
    marks = [mark for each in provisions for mark in marks_of(each)] if is_known else []
    return cell(words, Tone(comparison.overall), marks)


def _flat_compared(comparison: Comparison, outcome: Compared) -> list[str]:
    left, right = outcome.left, outcome.right
    return [
        comparison.left.provision.id,
        comparison.right.provision.id,
        outcome.dimension,
        "; ".join(left.values),
        str(left.basis),
        quotations(left),
        str(outcome.relation),
        "; ".join(right.values),
        str(right.basis),
        quotations(right),
        "; ".join(str(step.source) for step in outcome.authority if step.source),
        outcome.hedge,
        _flat_others(outcome.other_readings),
    ]


def _flat_others(others: Iterable[QualifiedRelation]) -> str:
    return "; ".join(dict.fromkeys(relation_words(each.relation, each.hedge) for each in others))
