"""The report of `diff`: a table for each pair, and the redline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Column, Document, Table, Tone, cell, columns
from npcompare.messages import (
    deferred,
    enumerated,
    in_brackets,
    in_quotation_marks,
    listed,
    message,
    sentences,
    spaced_brackets,
    spoken,
)
from npcompare.model.jurisdiction_names import at_start, in_sentence
from npcompare.model.provision import Basis
from npcompare.model.results import CONVERSE, Change, Relation
from npcompare.reports.cells import (
    Cells,
    caveats,
    clause,
    finished,
    in_words,
    namer,
    owned,
    with_place,
)
from npcompare.reports.effect_words import note_on_effects
from npcompare.reports.folding import remarks_on_folded, shown
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.proposed_coding import MARK, marks_of
from npcompare.reports.relation_words import (
    READING,
    hedged,
    parties,
    protects_further,
    reach,
    summary,
    with_other_readings,
)
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classified, Compared, Comparison
    from npcompare.reports.records import Output
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
    compared = [
        (comparison, comparison.outcomes(only_differences=only_differences))
        for comparison in results
    ]

    def tables() -> Iterator[Table]:
        for number, (comparison, outcomes) in enumerate(compared):
            table = _comparison_table(corpus, comparison, outcomes, detail=detail)
            yield from _with_redline(table, comparison, changes[number]) if changes else (table,)

    def flat() -> Table:
        from npcompare.reports.comparison_records import flat_comparisons

        return flat_comparisons(compared)

    def output() -> Output:
        from npcompare.reports.comparison_records import diff_output

        return diff_output(corpus, results, changes, only_differences=only_differences)

    return with_texts_apart(finished(corpus, message("Comparison"), tables, flat, output))


def _with_redline(
    table: Table, comparison: Comparison, changes: Sequence[Change] | None
) -> Iterator[Table]:
    """Yield a table, with the reason why there is no redline, or with the redline after it."""
    from npcompare.reports.redline_report import reason, redline_table

    if changes is None:
        yield replace(table, remarks=(*table.remarks, reason(comparison)))
        return
    yield table
    if changes:
        yield redline_table(comparison, changes)


def title(first: str, others: Sequence[str]) -> str:
    """Return the title of a table with the names of what is compared."""
    return message(
        "{first}, compared with {others}", first=first, others=listed(others, is_strong=True)
    )


def _comparison_table(
    corpus: Corpus, comparison: Comparison, outcomes: Sequence[Compared], *, detail: bool
) -> Table:
    cells = Cells(corpus)
    both = (comparison.left, comparison.right)
    dimensions = [corpus.codebook.dimensions[outcome.dimension] for outcome in outcomes]
    kept = {dimension.id for dimension in shown(dimensions, both, detail=detail)}
    left, right = comparison.left.provision, comparison.right.provision
    names = parties(left, right)
    body = [
        _row(cells, comparison, outcome, names) for outcome in outcomes if outcome.dimension in kept
    ]
    body.append(
        (
            cell(message("Overall"), Tone.STRONG),
            cell(in_brackets(in_words(corpus.codebook.core))),
            in_column(overall_cell(comparison, names)),
            cell(""),
        )
    )
    name = namer(both)
    return Table(
        title(at_start(name(left)), [in_sentence(name(right))]),
        (
            *columns(dimension="Dimension"),
            Column("left", name(left)),
            *columns(relation="Relation"),
            Column("right", name(right)),
        ),
        tuple(body),
        (
            *_reading(corpus, comparison),
            *remarks_on_folded(dimensions, both, detail=detail),
            *_succession(corpus, comparison),
            *caveats((left, right), name, corpus),
        ),
        cells.notes.listed(),
        headnote="\n".join(
            filter(None, (summary(corpus.codebook, comparison, names), note_on_effects(both)))
        ),
    )


def _row(
    cells: Cells, comparison: Comparison, outcome: Compared, names: Parties
) -> tuple[Cell, ...]:
    return (
        cell(cells.book.dimensions[outcome.dimension].label, Tone.STRONG),
        side(cells, comparison.left.provision, outcome.left),
        in_column(relation_cell(cells, outcome, names)),
        side(cells, comparison.right.provision, outcome.right),
    )


def _succession(corpus: Corpus, comparison: Comparison) -> Iterator[str]:
    """Yield when and why one of the two replaced the other, and what that changed."""
    left, right = comparison.left.provision, comparison.right.provision
    name = namer((comparison.left, comparison.right))
    for later, earlier, is_left in ((left, right, True), (right, left, False)):
        if later.succeeds is None or later.succeeds.id != earlier.id:
            continue
        why = with_place(corpus, f"{clause(later.succeeds.because)}.", later.succeeds.source)
        values = {
            "later": at_start(name(later)),
            "earlier": in_sentence(name(earlier)),
            "reason": why,
        }
        if first_day := later.dates.get("in_force_from", ""):
            replaced = message(
                "{later} replaced {earlier} from {date}: {reason}",
                date=spoken(first_day),
                **values,
            )
        else:
            replaced = message("{later} replaced {earlier}: {reason}", **values)
        yield sentences(replaced, _differences(corpus, comparison, is_later_left=is_left))


#: What is said of a later provision in a dimension, as it is and with a hedge.
_DIFFERENCES = {
    Relation.BROADER: (
        deferred("is broader in {dimension}"),
        deferred("may be broader in {dimension}"),
    ),
    Relation.NARROWER: (
        deferred("is narrower in {dimension}"),
        deferred("may be narrower in {dimension}"),
    ),
    Relation.INCOMPARABLE: (
        deferred("is incomparable in {dimension}"),
        deferred("may be incomparable in {dimension}"),
    ),
}


def _differences(corpus: Corpus, comparison: Comparison, *, is_later_left: bool) -> str:
    """Return in which dimensions the later of two provisions is broader or narrower."""
    differences = []
    for outcome in comparison.dimensions:
        relation = outcome.relation if is_later_left else CONVERSE[outcome.relation]
        if relation in _DIFFERENCES:
            name = in_words([corpus.codebook.dimensions[outcome.dimension]])
            differences.append(hedged(_DIFFERENCES[relation], outcome.hedge, dimension=name))
    if not differences:
        return message("The later provision is not known to differ.")
    return message("The later provision {differences}.", differences=listed(differences))


#: What each overall relation means, and the same with a qualification.
_MEANINGS = {
    Relation.SAME: (
        deferred("Taking {core} together, the two are coded as protecting equally far."),
        deferred(
            "Taking {core} together, the two are coded as protecting equally far, subject to the "
            "qualification as regards {dimensions}."
        ),
    ),
    Relation.INCOMPARABLE: (
        deferred("Taking {core} together, each protects further than the other in some respect."),
        deferred(
            "Taking {core} together, each protects further than the other in some respect, subject "
            "to the qualification as regards {dimensions}."
        ),
    ),
    Relation.UNKNOWN: (
        deferred("Taking {core} together, too little is known to decide which protects further."),
        "",
    ),
}
_FURTHER = (
    deferred("Taking {core} together, {provision} protects further wherever the two differ."),
    deferred(
        "Taking {core} together, {provision} protects further wherever the two differ, subject to "
        "the qualification as regards {dimensions}."
    ),
)


def _reading(corpus: Corpus, comparison: Comparison) -> tuple[str, str]:
    """Return how the relations are read, and what the overall relation means."""
    left, right = comparison.left.provision, comparison.right.provision
    first, second = owned(left), owned(right)
    if left.jurisdiction.name == right.jurisdiction.name:
        first, second = message("the first provision"), message("the second provision")
    overall = comparison.overall
    values = {
        "core": in_words(corpus.codebook.core),
        "provision": first if overall is Relation.BROADER else second,
    }
    certain, qualified = _MEANINGS.get(overall, _FURTHER)
    dimensions = _qualification(corpus, comparison)
    if not dimensions:
        return message(READING), message(certain, **values)
    if overall is Relation.INCOMPARABLE and not comparison.hedge:
        independent = message(
            "This does not depend on the qualification as regards {dimensions}.",
            dimensions=dimensions,
        )
        return message(READING), sentences(message(certain, **values), independent)
    return message(READING), message(qualified, dimensions=dimensions, **values)


def _qualification(corpus: Corpus, comparison: Comparison) -> str:
    """Return in which dimensions an overall relation that is known is qualified."""
    names = parties(comparison.left.provision, comparison.right.provision)
    qualified = [
        _qualified(corpus.codebook.dimensions[outcome.dimension], outcome, names)
        for outcome in comparison.dimensions
        if corpus.codebook.dimensions[outcome.dimension].core
        and (outcome.hedge or (outcome.qualification and comparison.hedge))
    ]
    if not qualified or comparison.overall is Relation.UNKNOWN:
        return ""
    return listed(qualified)


def _qualified(dimension: Dimension, outcome: Compared, names: Parties) -> str:
    """Return a dimension with its qualified relation or, if that is unknown, with the reason."""
    if outcome.hedge:
        words = in_quotation_marks(reach(outcome.relation, outcome.hedge, names))
        return message("{dimension} {words}", dimension=dimension.label.lower(), words=words)
    places = [step.source.place for step in dimension.order if step.hedge and step.source]
    return f"{dimension.label.lower()}{spaced_brackets(enumerated(places))}"


def side(cells: Cells, provision: Provision, classified: Classified) -> Cell:
    """Return the classes of one side, and the words and places that they are based on."""
    head = cells.classes(provision, classified)
    return Cell((*head.runs, *cells.proofs(provision, classified)))


def relation_cell(
    cells: Cells, outcome: Compared, names: Parties, *, is_beside_classes: bool = False
) -> Cell:
    """Return who reaches further, with the place that supports it and notes on the reasons.

    Args:
        cells: Makes the cells of the table.
        outcome: The comparison in a dimension.
        names: What the two are called.
        is_beside_classes: Whether the relation is in a cell with classes, which may be unknown too.
    """
    marks = [cells.notes.mark(note) for note in _notes(cells, outcome, names)]
    is_known = outcome.relation is not Relation.UNKNOWN
    is_proposed = Basis.PROPOSED in (outcome.left.basis, outcome.right.basis)
    marks += [MARK] if is_known and is_proposed else []
    words = reach(outcome.relation, outcome.hedge, names)
    if is_beside_classes and not is_known:
        words = message("relation unknown")
    if outcome.places:
        words = f"{words}{spaced_brackets(enumerated(outcome.places))}"
    words = with_other_readings(words, outcome.other_readings, names)
    return cell(words, Tone(outcome.relation), marks)


def _notes(cells: Cells, outcome: Compared, names: Parties) -> list[str]:
    """Return the notes on the reasons for a relation."""
    notes = []
    dimension = cells.book.dimensions[outcome.dimension]
    for step in outcome.authority:
        wider, narrower = (dimension.classes[word].label for word in (step.wider, step.narrower))
        why = with_place(cells.corpus, step.because, step.source)
        notes.append(sentences(protects_further(wider, narrower, step.hedge), why))
    for implication in outcome.implications:
        name, label = implication.provision.label, dimension.label_of(implication.value)
        why = with_place(cells.corpus, implication.because, implication.source)
        notes.append(
            message(
                "{provision}: The provision also covers {class_label}. {reason}",
                provision=name,
                class_label=label,
                reason=why,
            )
        )
    if by_person := outcome.differing_by_person:
        relations = [
            message(
                "for {persons}, {relation}",
                persons=cells.book.label("persons", person),
                relation=reach(part.relation, part.hedge, names),
            )
            for person, part in by_person.items()
        ]
        notes.append(
            message(
                "{dimension}: {relations}.",
                dimension=dimension.label,
                relations=enumerated(relations, is_strong=True),
            )
        )
    return notes


def in_column(relation: Cell) -> Cell:
    """Return a relation that begins a cell."""
    (run,) = relation.runs
    return replace(relation, runs=(replace(run, text=capitalized(run.text)),))


def overall_cell(comparison: Comparison, names: Parties) -> Cell:
    """Return who reaches further overall."""
    words = reach(comparison.overall, comparison.hedge, names, is_overall=True)
    others = comparison.overall_other_readings
    words = with_other_readings(words, others, names, is_overall=True)
    provisions = (comparison.left.provision, comparison.right.provision)
    is_known = comparison.overall is not Relation.UNKNOWN
    marks = [mark for each in provisions for mark in marks_of(each)] if is_known else []
    return cell(words, Tone(comparison.overall), marks)
