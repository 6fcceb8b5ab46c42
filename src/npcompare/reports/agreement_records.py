"""The records of `agree`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, UnsetType

from npcompare.coding.adjudication import State, state
from npcompare.coding.agreement import Outcome
from npcompare.reports.records import (
    TOOL,
    ClassifiedRecord,
    CorpusRecord,
    Count,
    Output,
    Record,
    classified_record,
    corpus_record,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from npcompare.coding.adjudication import Decision, Key
    from npcompare.coding.agreement import Agreement, Figures, Unit
    from npcompare.law.corpus import Corpus


class CoderRecord(Record, frozen=True):
    """A coder and the corpus coded."""

    name: str
    corpus: CorpusRecord


class CodersRecord(Record, frozen=True):
    """The two coders."""

    a: CoderRecord
    b: CoderRecord


class MarginalRecord(Record, frozen=True):
    """How often each coder gave these classes."""

    classes: Annotated[list[str], Meta(description="empty where the text is silent")]
    a: Count
    b: Count


class FiguresRecord(Record, frozen=True):
    """The agreement in one dimension; figures are rounded to twelve places."""

    units: Count
    agreed: Count
    agreement: Annotated[float, Meta(ge=0, le=1)] | None
    alpha: Annotated[
        Annotated[float, Meta(ge=-1, le=1)] | None,
        Meta(description="null if no unit counts, and if all answers are the same (0/0)"),
    ]
    ac1: Annotated[float, Meta(ge=-1, le=1)] | None
    parted: Annotated[
        bool,
        Meta(description="whether alpha is at most 0, or below .667 or .800, and AC1 is not"),
    ]
    marginals: list[MarginalRecord]


class DisagreementRecord(Record, frozen=True):
    """A provision and dimension on which the coders differ, and what was decided."""

    provision: str
    dimension: str
    outcome: Outcome
    fields: list[str]
    a: ClassifiedRecord
    b: ClassifiedRecord
    state: State | UnsetType = UNSET
    decision: list[str] | UnsetType | None = UNSET
    reason: str | UnsetType | None = UNSET


class AgreeOutput(Output, frozen=True, tag=urn("agree")):
    """The output of `agree`."""

    coders: CodersRecord
    shared: Annotated[list[str], Meta(min_length=1)]
    only_a: list[str]
    only_b: list[str]
    dimensions: dict[str, FiguresRecord]
    disagreements: list[DisagreementRecord]
    unlike: dict[str, Annotated[list[str], Meta(min_length=1)]]


def agreement_output(
    corpora: tuple[Corpus, Corpus],
    names: tuple[str, str],
    result: Agreement,
    decisions: Mapping[Key, Decision] | None,
) -> AgreeOutput:
    """Return the output of `agree`; disagreements have a state if there are `decisions`."""
    first, second = (
        CoderRecord(name=name, corpus=corpus_record(corpus))
        for name, corpus in zip(names, corpora, strict=True)
    )
    return AgreeOutput(
        tool=TOOL,
        coders=CodersRecord(a=first, b=second),
        shared=list(result.shared),
        only_a=list(result.only_a),
        only_b=list(result.only_b),
        dimensions={name: _figures(figures) for name, figures in result.figures.items()},
        disagreements=[_disagreement(corpora, unit, decisions) for unit in result.disagreements],
        unlike={name: list(fields) for name, fields in result.other_differences.items()},
    )


def _figures(figures: Figures) -> FiguresRecord:
    return FiguresRecord(
        units=figures.units,
        agreed=figures.agreed,
        agreement=_rounded(figures.agreement),
        alpha=_rounded(figures.alpha),
        ac1=_rounded(figures.ac1),
        parted=figures.diverge,
        marginals=[
            MarginalRecord(classes=sorted(classes), a=a, b=b)
            for classes, (a, b) in figures.marginals.items()
        ],
    )


def _rounded(figure: Fraction | None) -> float | None:
    return None if figure is None else float(round(figure, 12))


def _disagreement(
    corpora: tuple[Corpus, Corpus], unit: Unit, decisions: Mapping[Key, Decision] | None
) -> DisagreementRecord:
    is_adjudicated = decisions is not None
    decision = (decisions or {}).get((unit.provision, unit.dimension))
    return DisagreementRecord(
        provision=unit.provision,
        dimension=unit.dimension,
        outcome=unit.outcome,
        fields=list(unit.fields),
        a=classified_record(corpora[0], unit.a),
        b=classified_record(corpora[1], unit.b),
        state=state(unit, decision) if is_adjudicated else UNSET,
        decision=(list(decision.words) if decision else None) if is_adjudicated else UNSET,
        reason=(decision.reason if decision else None) if is_adjudicated else UNSET,
    )
