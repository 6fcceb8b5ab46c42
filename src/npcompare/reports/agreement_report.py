"""The report of `agree`: figures, disagreements, and other differences between two coders."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare._version import __version__
from npcompare.coding.adjudication import State, state
from npcompare.coding.agreement import Outcome
from npcompare.document import (
    Cell,
    Document,
    Notes,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    number_columns,
    rows,
)
from npcompare.messages import (
    decimal,
    deferred,
    enumerated,
    message,
    number,
    percentage,
    plural,
)
from npcompare.reports.agreement_records import agreement_output
from npcompare.reports.cells import Cells, digest, quotations
from npcompare.reports.comparison_report import side
from npcompare.reports.records import as_data
from npcompare.reports.translation_note import with_note_on_translation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from npcompare.coding.adjudication import Decision, Key
    from npcompare.coding.agreement import Agreement, Classes, Figures, Unit
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classified

_COUNTED = deferred(
    "A provision is counted in a dimension if both coders know its class. The coders agree if they "
    "give the same classes, or if both find the text silent. The last three columns count the "
    "disagreements listed below: different classes; the same classes with different details, which "
    "counts as agreement; and a class known to only one coder, which is not counted. These figures "
    "measure how reliable the coding is, not whether it is correct."
)
_COEFFICIENTS = deferred(
    "Alpha (Krippendorff) and AC1 (Gwet) measure agreement beyond chance: 1 is perfect agreement, "
    "0 is what chance would give. Krippendorff requires an alpha of at least .800, or .667 for "
    "tentative conclusions (Content Analysis, 2nd ed., 2004)."
)
_UNDEFINED = deferred(
    "Alpha is undefined (0/0) because all answers are the same, so there is no variation to "
    "measure. AC1 attributes none of this agreement to chance."
)
_NONE = deferred("Both coders know no provision in this dimension.")

#: What the coders disagree on.
_OUTCOMES = {
    Outcome.CLASSES: deferred("classes"),
    Outcome.DETAIL: deferred("details; the classes are the same"),
    Outcome.ONE_UNKNOWN: deferred("known to one coder only; not counted"),
}


class _Sides:
    """The corpora and names of the two coders, with the cells and notes of their tables."""

    def __init__(
        self,
        corpora: tuple[Corpus, Corpus],
        names: tuple[str, str],
        decisions: Mapping[Key, Decision] | None,
    ) -> None:
        self.corpora = corpora
        self.names = names
        self.decisions = decisions
        first, second = (Cells(corpus) for corpus in corpora)
        # Both columns of the table share its notes.
        second.notes = first.notes
        self.cells = first, second
        #: The provisions of each coder by id.
        self.provisions: list[Mapping[str, Provision]] = [
            {provision.id: provision for provision in corpus.all_provisions()} for corpus in corpora
        ]

    def dimension(self, unit: Unit) -> Dimension:
        """Return the dimension of a unit."""
        return self.cells[0].book.dimensions[unit.dimension]

    def decision(self, unit: Unit) -> Decision | None:
        """Return the decision on a disagreement, if there is one."""
        return (self.decisions or {}).get((unit.provision, unit.dimension))


def agreement(
    corpora: tuple[Corpus, Corpus],
    names: tuple[str, str],
    result: Agreement,
    decisions: Mapping[Key, Decision] | None = None,
) -> Document:
    """Return how far two coders agree; with `decisions`, how many disagreements are settled.

    Args:
        corpora: The corpus of each coder.
        names: The name of each coder.
        result: Their agreement.
        decisions: The decisions on their disagreements, if they have been adjudicated.
    """
    sides = _Sides(corpora, names, decisions)
    tables = [_figures(sides, result)]
    if result.disagreements:
        tables.append(_disagreements(sides, result))
    if differences := [*_other_differences(sides, result)]:
        headings = columns(id="Id", provision="Provision", differs="Difference")
        tables.append(Table(message("Other differences"), headings, rows(differences)))
    digests = "; ".join(
        f"{name} {digest(corpus)}" for name, corpus in zip(names, corpora, strict=True)
    )
    version = message("codebook {version}", version=corpora[0].codebook.version)
    document = Document(
        message("Agreement between {first} and {second}", first=names[0], second=names[1]),
        tuple(tables),
        as_data(agreement_output(corpora, names, result, decisions)),
        _flat(sides, result),
        enumerated([f"npcompare {__version__}", version, digests], is_strong=True),
    )
    return with_note_on_translation(document)


# --- The figures -------------------------------------------------------------------------------


def _figures(sides: _Sides, result: Agreement) -> Table:
    notes = Notes()
    dimensions = sides.corpora[0].codebook.dimensions
    outcomes = Counter((unit.dimension, unit.outcome) for unit in result.units)
    body = tuple(
        (
            cell(dimensions[name].label, Tone.STRONG),
            cell(number(figures.units)),
            cell(
                _percent(figures.agreement),
                marks=[] if figures.units else [notes.mark(message(_NONE))],
            ),
            _alpha(notes, dimensions[name], figures),
            cell(_decimal(figures.ac1)),
            cell(_number(outcomes[name, Outcome.CLASSES])),
            cell(_number(outcomes[name, Outcome.DETAIL])),
            cell(_number(outcomes[name, Outcome.ONE_UNKNOWN])),
        )
        for name, figures in result.figures.items()
    )
    return Table(
        message("Agreement by dimension"),
        columns(dimension="Dimension")
        + number_columns(
            units="Counted",
            agreement="Agreement",
            alpha="Alpha",
            ac1="AC1",
            classes="Classes",
            detail="Details",
            one_unknown="Unknown",
        ),
        body,
        (
            message(_COUNTED),
            message(_COEFFICIENTS),
            *_caution(result),
            *_settled(sides, result),
        ),
        notes.listed(),
    )


def _alpha(notes: Notes, dimension: Dimension, figures: Figures) -> Cell:
    if figures.alpha is None:
        if not figures.units:
            return cell("-")
        return cell(message("undefined"), Tone.UNKNOWN, [notes.mark(message(_UNDEFINED))])
    marks = [notes.mark(_paradox(dimension, figures))] if figures.diverge else []
    return cell(_decimal(figures.alpha), marks=marks)


def _paradox(dimension: Dimension, figures: Figures) -> str:
    """Return why alpha is low although the coders mostly agree (Feinstein and Cicchetti 1990)."""
    answer = figures.most_common
    return message(
        "{dimension}: alpha and AC1 differ because {same} of the {all} answers are the same "
        "({classes}). The more answers are the same, the more agreement alpha attributes to "
        "chance and the more a single disagreement lowers it; AC1 attributes less to chance. Read "
        "both together with the number of agreements ({agreed} of {units}), and look at the "
        "disagreements.",
        dimension=dimension.label,
        same=sum(figures.marginals[answer]),
        all=2 * figures.units,
        classes=_classes(dimension, answer),
        agreed=figures.agreed,
        units=figures.units,
    )


def _classes(dimension: Dimension, classes: Classes) -> str:
    labels = [dimension.label_of(word) for word in dimension.classes if word in classes]
    return enumerated(labels, is_strong=True) or dimension.label_of("silent")


def _caution(result: Agreement) -> Iterator[str]:
    yield plural(
        "Both coders coded {count} provision. If n of them are counted, one answer changes the "
        "agreement by 1/n, and alpha and AC1 with it: figures from few provisions are only an "
        "indication.",
        "Both coders coded {count} provisions. If n of them are counted, one answer changes the "
        "agreement by 1/n, and alpha and AC1 with it: figures from few provisions are only an "
        "indication.",
        len(result.shared),
    )


def _settled(sides: _Sides, result: Agreement) -> Iterator[str]:
    if not result.disagreements:
        yield message("The coding of the two coders does not differ.")
    elif sides.decisions is not None:
        states = Counter(state(unit, sides.decision(unit)) for unit in result.disagreements)
        yield plural(
            "Of {count} disagreement: {settled} settled, {open} open, {outdated} to be decided "
            "again because the coding has changed.",
            "Of {count} disagreements: {settled} settled, {open} open, {outdated} to be decided "
            "again because the coding has changed.",
            len(result.disagreements),
            settled=states[State.SETTLED],
            open=states[State.OPEN],
            outdated=states[State.OUTDATED],
        )


def _number(count: int) -> str:
    return number(count) if count else ""


def _percent(share: Fraction | None) -> str:
    return "-" if share is None else percentage(float(round(share, 3)), 1)


def _decimal(figure: Fraction | None) -> str:
    return "-" if figure is None else decimal(float(round(figure, 3)), 3)


# --- The disagreements -------------------------------------------------------------------------


def _disagreements(sides: _Sides, result: Agreement) -> Table:
    first, second = sides.names
    headings = columns(provision="Provision", dimension="Dimension", a=first, b=second)
    headings += columns(differs="Difference")
    if sides.decisions is not None:
        headings += columns(decision="Decision")
    body = tuple(tuple(_row(sides, unit)) for unit in result.disagreements)
    return Table(
        message("Disagreements between {first} and {second}", first=first, second=second),
        headings,
        body,
        notes=sides.cells[0].notes.listed(),
    )


def _row(sides: _Sides, unit: Unit) -> Iterator[Cell]:
    yield cell(unit.provision, Tone.STRONG)
    yield cell(sides.dimension(unit).label)
    codings = (unit.a, unit.b)
    for cells, provisions, coding in zip(sides.cells, sides.provisions, codings, strict=True):
        yield side(cells, provisions[unit.provision], coding)
    yield cell(f"{message(_OUTCOMES[unit.outcome])}\n{enumerated(unit.fields)}".strip())
    if sides.decisions is not None:
        yield _decision_cell(sides, unit)


def _decision_cell(sides: _Sides, unit: Unit) -> Cell:
    decision = sides.decision(unit)
    if decision is None:
        return cell(message("open"), Tone.PROBLEM)
    coders = dict(zip("ab", sides.names, strict=True))
    dimension = sides.dimension(unit)
    parts = [
        message("as coded by {coder}", coder=coders[word])
        if word in coders
        else dimension.label_of(word)
        for word in decision.words
    ]
    words = enumerated(parts, is_strong=True)
    if state(unit, decision) is State.OUTDATED:
        text = message(
            "to be decided again because the coding has changed; earlier decision: {decision}",
            decision=words,
        )
        return cell(text, Tone.PROBLEM)
    return Cell((Run(words, Tone.STRONG), Run(f"\n{decision.reason.strip()}")))


def _other_differences(sides: _Sides, result: Agreement) -> Iterator[tuple[str, str, str]]:
    """Yield the provisions of one coder only, and differences outside the dimensions."""
    ids_alone = (result.only_a, result.only_b)
    for name, ids, provisions in zip(sides.names, ids_alone, sides.provisions, strict=True):
        for provision_id in ids:
            difference = message("coded by {coder} only", coder=name)
            yield provision_id, provisions[provision_id].label, difference
    for provision_id, fields in result.other_differences.items():
        label = sides.provisions[0][provision_id].label
        yield provision_id, label, message("different: {fields}", fields=enumerated(fields))


# --- For machines ------------------------------------------------------------------------------


def _flat(sides: _Sides, result: Agreement) -> Table:
    """Return the data that the figures are calculated from: each provision in each dimension."""
    values = [
        [
            *(unit.provision, unit.dimension, str(unit.outcome)),
            *_answer(unit.a),
            *_answer(unit.b),
            "; ".join(unit.fields),
            *_decision_values(sides, unit),
        ]
        for unit in result.units
    ]
    keys = (
        "provision dimension outcome a_classes[] a_basis a_words[|] b_classes[] b_basis b_words[|] "
        "fields[] decision reason"
    )
    return flat_table("Agreement", keys, values)


def _answer(classified: Classified) -> tuple[str, str, str]:
    return "; ".join(classified.values), str(classified.basis), quotations(classified)


def _decision_values(sides: _Sides, unit: Unit) -> tuple[str, str]:
    decision = sides.decision(unit)
    if decision is None or state(unit, decision) is not State.SETTLED:
        return "", ""
    return "; ".join(decision.words), decision.reason
