"""The agreement of two coders to documents: figures, disagreements, what one holds alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
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
    rows,
)
from npcompare.reports.agreement_records import agreement_output
from npcompare.reports.cells import Cells, digest
from npcompare.reports.comparison_report import side
from npcompare.reports.records import as_data, proofs
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from npcompare.coding.adjudication import Decision, Key
    from npcompare.coding.agreement import Agreement, Classes, Figures, Unit
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classified

_COUNTED = (
    "A provision counts in a dimension where both coders know it; they agree on it where both "
    "give the same classes, or both find the text silent. The last three columns count the "
    "disagreements listed below: other classes; the same classes with other detail, taken for "
    "agreement; and what is unknown to one of them, left out. The figures say how reliably the law "
    "is coded, not whether it is coded rightly."
)
_COEFFICIENTS = (
    "Alpha (Krippendorff) and AC1 (Gwet) are agreement beyond chance: 1 is perfect, 0 what chance "
    "would give. Krippendorff asks for an alpha of .800, and of .667 for tentative conclusions "
    "(Content Analysis, 2nd ed. 2004)."
)
_UNDEFINED = (
    "Alpha is undefined (0/0): all answers are the same, so that nothing varies that it could "
    "measure. AC1 takes none of this for chance."
)
_NONE = "No provision is known to both coders in this dimension."

#: What differs, in words.
_OUTCOMES = {
    Outcome.CLASSES: "classes",
    Outcome.DETAIL: "detail; the classes are the same",
    Outcome.ONE_UNKNOWN: "known to one only; not counted",
}


@dataclass
class _Sides:
    """The two coders' corpora and names, with the notes that their cells share."""

    corpora: tuple[Corpus, Corpus]
    names: tuple[str, str]
    decisions: Mapping[Key, Decision] | None
    cells: tuple[Cells, Cells] = field(init=False)
    provisions: tuple[Mapping[str, Provision], Mapping[str, Provision]] = field(init=False)

    def __post_init__(self) -> None:
        a, b = (Cells(one) for one in self.corpora)
        b.notes = a.notes
        self.cells = a, b
        first, second = ({one.id: one for one in each.all_provisions()} for each in self.corpora)
        self.provisions = first, second

    def dimension(self, unit: Unit) -> Dimension:
        """Return the dimension of a unit."""
        return self.cells[0].book.dimensions[unit.dimension]

    def decision(self, unit: Unit) -> Decision | None:
        """Return what was decided of a disagreement, if anything was."""
        return (self.decisions or {}).get((unit.provision, unit.dimension))


def agreement(
    corpora: tuple[Corpus, Corpus],
    names: tuple[str, str],
    result: Agreement,
    decisions: Mapping[Key, Decision] | None = None,
) -> Document:
    """Return how far two coders agree; with `decisions`, how far the rest has been settled.

    The corpora are those that the two have coded, and the names are those of the coders.
    """
    sides = _Sides(corpora, names, decisions)
    tables = [_figures(sides, result)]
    if result.disagreements:
        tables.append(_disagreements(sides, result))
    if beside := [*_alone(sides, result)]:
        heads = columns(id="Id", provision="Provision", differs="Difference")
        tables.append(Table("Beside the dimensions", heads, rows(beside), weights=(3, 5, 8)))
    digests = "; ".join(f"{name} {digest(one)}" for name, one in zip(names, corpora, strict=True))
    version = corpora[0].codebook.version
    return Document(
        f"Agreement of {names[0]} and {names[1]}",
        tuple(tables),
        as_data(agreement_output(corpora, names, result, decisions)),
        _flat(sides, result),
        f"npcompare {__version__}; codebook {version}; {digests}",
    )


# --- The figures -------------------------------------------------------------------------------


def _figures(sides: _Sides, result: Agreement) -> Table:
    notes = Notes()
    book = sides.corpora[0].codebook
    outcomes = Counter((one.dimension, one.outcome) for one in result.units)
    body = tuple(
        (
            cell(book.dimensions[name].label, Tone.STRONG),
            cell(str(one.units)),
            cell(_percent(one.agreement), marks=[] if one.units else [notes.mark(_NONE)]),
            _alpha(notes, book.dimensions[name], one),
            cell(_decimal(one.ac1)),
            cell(_number(outcomes[name, Outcome.CLASSES])),
            cell(_number(outcomes[name, Outcome.DETAIL])),
            cell(_number(outcomes[name, Outcome.ONE_UNKNOWN])),
        )
        for name, one in result.figures.items()
    )
    return Table(
        "Agreement by dimension",
        columns(
            dimension="Dimension",
            units="Counted",
            agreement="Agreement",
            alpha="Alpha",
            ac1="AC1",
            classes="Classes",
            detail="Detail",
            one_unknown="Unknown",
        ),
        body,
        (_COUNTED, _COEFFICIENTS, *_caution(result), *_settled(sides, result)),
        notes.listed(),
        (6, 3, 4, 5, 3, 3, 3, 3),
    )


def _alpha(notes: Notes, dimension: Dimension, one: Figures) -> Cell:
    if one.alpha is None:
        return cell("undefined", Tone.UNKNOWN, [notes.mark(_UNDEFINED)]) if one.units else cell("-")
    marks = [notes.mark(_paradox(dimension, one))] if one.diverge else []
    return cell(_decimal(one.alpha), marks=marks)


def _paradox(dimension: Dimension, one: Figures) -> str:
    """Return why alpha is low although the coders mostly agree."""
    most = one.most_common
    return (
        f"{dimension.label}: alpha and AC1 part. {sum(one.marginals[most])} of the "
        f"{2 * one.units} answers are the same ({_classes(dimension, most)}). The more are the "
        "same, the more agreement alpha takes for chance, and the further one disagreement brings "
        f"it down; AC1 takes less for chance. Read both with the {one.agreed} of {one.units} "
        "agreed, and look at the disagreements themselves."
    )


def _classes(dimension: Dimension, classes: Classes) -> str:
    return (
        "; ".join(dimension.label_of(one) for one in dimension.classes if one in classes)
        or "silent"
    )


def _caution(result: Agreement) -> Iterator[str]:
    number = len(result.shared)
    yield (
        f"Both hold {counted(number, 'provision')}. Where n of them count, one answer more or less "
        "moves the agreement by 1/n, and alpha and AC1 with it: figures from few provisions are no "
        "more than a hint."
    )


def _settled(sides: _Sides, result: Agreement) -> Iterator[str]:
    if not result.disagreements:
        yield "They differ in nothing that is coded."
    elif sides.decisions is not None:
        states = Counter(state(one, sides.decision(one)) for one in result.disagreements)
        yield (
            f"Of {counted(len(result.disagreements), 'disagreement')}: settled "
            f"{states[State.SETTLED]}, open {states[State.OPEN]}, to be decided again since the "
            f"coding has changed {states[State.OUTDATED]}."
        )


def _number(count: int) -> str:
    return str(count) if count else ""


def _percent(share: Fraction | None) -> str:
    return "-" if share is None else f"{float(round(share * 100, 1)):.1f}%"


def _decimal(figure: Fraction | None) -> str:
    return "-" if figure is None else f"{float(round(figure, 3)):.3f}"


# --- The disagreements -------------------------------------------------------------------------


def _disagreements(sides: _Sides, result: Agreement) -> Table:
    heads = columns(
        provision="Provision", dimension="Dimension", a=sides.names[0], b=sides.names[1]
    )
    heads += columns(differs="What differs")
    if sides.decisions is not None:
        heads += columns(decision="Decision")
    body = tuple(tuple(_row(sides, one)) for one in result.disagreements)
    return Table(
        f"Disagreements of {sides.names[0]} and {sides.names[1]}",
        heads,
        body,
        notes=sides.cells[0].notes.listed(),
        weights=(3, 3, 6, 6, 4, 4)[: len(heads)],
    )


def _row(sides: _Sides, one: Unit) -> Iterator[Cell]:
    yield cell(one.provision, Tone.STRONG)
    yield cell(sides.dimension(one).label)
    for cells, held, coding in zip(sides.cells, sides.provisions, (one.a, one.b), strict=True):
        yield side(cells, held[one.provision], coding)
    yield cell(f"{_OUTCOMES[one.outcome]}\n{', '.join(one.fields)}".strip())
    if sides.decisions is not None:
        yield _decided(sides, one)


def _decided(sides: _Sides, one: Unit) -> Cell:
    decision = sides.decision(one)
    found = state(one, decision)
    if decision is None:
        return cell("open", Tone.PROBLEM)
    coders = dict(zip("ab", sides.names, strict=True))
    dimension = sides.dimension(one)
    words = "; ".join(
        f"as {coders[word]}" if word in coders else dimension.label_of(word)
        for word in decision.words
    )
    if found is State.OUTDATED:
        return cell(f"to be decided again; the coding has changed since: {words}", Tone.PROBLEM)
    return Cell((Run(words, Tone.STRONG), Run(f"\n{decision.reason.strip()}")))


def _alone(sides: _Sides, result: Agreement) -> Iterator[tuple[str, str, str]]:
    """Yield what one coder holds alone, and what the two hold differently beside what is coded."""
    alone = (result.only_a, result.only_b)
    for name, ids, held in zip(sides.names, alone, sides.provisions, strict=True):
        yield from ((one, held[one].label, f"held by {name} alone") for one in ids)
    for one, said in result.other_differences.items():
        yield one, sides.provisions[0][one].label, f"differs: {', '.join(said)}"


# --- For machines ------------------------------------------------------------------------------


def _flat(sides: _Sides, result: Agreement) -> Table:
    """Return the data that the figures are made of: each provision in each dimension."""
    lines = [
        [
            *(one.provision, one.dimension, str(one.outcome)),
            *_answer(one.a),
            *_answer(one.b),
            " ".join(one.fields),
            *_decision(sides, one),
        ]
        for one in result.units
    ]
    keys = (
        "provision dimension outcome a_classes a_basis a_words b_classes b_basis b_words fields "
        "decision reason"
    )
    return flat_table("Agreement", keys, lines)


def _answer(one: Classified) -> tuple[str, str, str]:
    words = " | ".join(evidence for evidence, _ in proofs(one) if evidence)
    return "; ".join(one.values), str(one.basis), words


def _decision(sides: _Sides, one: Unit) -> tuple[str, str]:
    decision = sides.decision(one)
    if decision is None or state(one, decision) is not State.SETTLED:
        return "", ""
    return "; ".join(decision.words), decision.reason
