"""The JSON output of `gaps`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from npcompare.law.benchmark import Benchmark, Status
from npcompare.model.provision import Basis
from npcompare.reports.records import (
    TOOL,
    CitationRecord,
    CorpusOutput,
    ProvisionRecord,
    Record,
    citation_record,
    corpus_record,
    naming,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.analysis.gap_overview import Overview
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification, Reason


class BenchmarkRecord(Record, frozen=True):
    """The benchmark, or the provision used as one."""

    id: str
    title: str


class EvidenceRecord(Record, frozen=True):
    """A class that an assessment is based on, with its proof."""

    value: str
    basis: Basis
    limb: str | None
    evidence: str | None
    source: CitationRecord | None


class AssessmentRecord(Record, frozen=True):
    """One element of the benchmark and the status of the provision."""

    id: str
    label: str
    asks: str
    source: CitationRecord | None
    status: Status
    because: str
    words: list[EvidenceRecord]
    basis: Annotated[
        Literal["proposed"] | UnsetType,
        Meta(description="Only if the status follows from a coding that is only proposed."),
    ] = UNSET


class AssessedRecord(ProvisionRecord, frozen=True):
    """A provision with its status in every element."""

    elements: list[AssessmentRecord]


class OverviewElementRecord(Record, frozen=True):
    """An element with its short label and the number of provisions in the rows that meet it."""

    id: str
    label: str
    met: int


class OverviewRowRecord(Record, frozen=True):
    """A provision with the number of elements in each status."""

    id: str
    effect: str
    met: int
    partly: int
    not_met: int
    silent: int
    not_applicable: int
    policy_choice: int
    unknown: int


class OverviewRecord(Record, frozen=True):
    """Provisions by effect, those that meet most elements first, and those without a row."""

    elements: list[OverviewElementRecord]
    provisions: list[OverviewRowRecord]
    too_little_available: list[str]
    without_rule: list[str]


class GapsOutput(CorpusOutput, frozen=True, tag=urn("gaps")):
    """The output of `gaps`."""

    benchmark: BenchmarkRecord
    gaps: list[AssessedRecord]
    overview: Annotated[
        OverviewRecord | UnsetType, Meta(description="Only for more than four provisions.")
    ] = UNSET


def record_of(target: Benchmark | Classification) -> BenchmarkRecord:
    """Return the benchmark, or the provision used as one."""
    if isinstance(target, Benchmark):
        return BenchmarkRecord(id=target.id, title=target.title)
    return BenchmarkRecord(id=target.provision.id, title=target.provision.label)


def gaps_output(
    corpus: Corpus,
    benchmark: BenchmarkRecord,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
    glance: Overview | None,
) -> GapsOutput:
    """Return the output of `gaps` for provisions, with their overview if there is one."""
    return GapsOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        benchmark=benchmark,
        gaps=[
            AssessedRecord(
                **naming(classification.provision),
                elements=[_record(corpus, assessment) for assessment in assessments],
            )
            for classification, assessments in assessed
        ],
        overview=_overview_record(glance) if glance else UNSET,
    )


def _record(corpus: Corpus, assessment: Assessment) -> AssessmentRecord:
    element = assessment.element
    return AssessmentRecord(
        id=element.id,
        label=element.label,
        asks=element.asks,
        source=citation_record(corpus, element.source),
        status=assessment.status,
        because=assessment.because,
        words=[_evidence(corpus, reason) for reason in assessment.reasons],
        basis="proposed" if assessment.is_proposed else UNSET,
    )


def _evidence(corpus: Corpus, reason: Reason) -> EvidenceRecord:
    return EvidenceRecord(
        value=reason.value,
        basis=reason.basis,
        limb=reason.limb or None,
        evidence=reason.evidence or None,
        source=citation_record(corpus, reason.source),
    )


def _overview_record(glance: Overview) -> OverviewRecord:
    return OverviewRecord(
        elements=[
            OverviewElementRecord(element.id, element.short or element.label, glance.meeting(place))
            for place, element in enumerate(glance.elements)
        ],
        provisions=[
            OverviewRowRecord(
                row.classification.provision.id,
                row.classification.effect,
                **{status.value: row.count(status) for status in Status},
            )
            for row in glance.rows
        ],
        too_little_available=[each.provision.id for each in glance.too_little],
        without_rule=[each.provision.id for _, members in glance.without_rule for each in members],
    )
