"""The report of `gaps`: provisions assessed against a benchmark, element by element."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.benchmark import Benchmark, Status
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.provision import Basis
from npcompare.reports.cells import finished, listed, namer, place
from npcompare.reports.proposed_coding import MARK
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
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification, Reason

_TONES = {
    Status.MET: Tone.SAME,
    Status.PARTLY: Tone.INCOMPARABLE,
    Status.NOT_MET: Tone.PROBLEM,
    Status.POLICY_CHOICE: Tone.PLAIN,
    Status.NOT_APPLICABLE: Tone.PLAIN,
    Status.SILENT: Tone.SILENT,
    Status.UNKNOWN: Tone.UNKNOWN,
}


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


class GapsOutput(CorpusOutput, frozen=True, tag=urn("gaps")):
    """The output of `gaps`."""

    benchmark: BenchmarkRecord
    gaps: list[AssessedRecord]


def gaps(
    corpus: Corpus,
    target: Benchmark | Classification,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
) -> Document:
    """Return for each provision every element of a benchmark, its status, and why.

    Args:
        corpus: The corpus.
        target: The benchmark, or the provision used as one.
        assessed: Each provision with its assessments.
    """
    if isinstance(target, Benchmark):
        benchmark = BenchmarkRecord(id=target.id, title=target.title)
        against = f": {benchmark.title}"
    else:
        benchmark = BenchmarkRecord(id=target.provision.id, title=target.provision.label)
        against = f" {in_sentence(benchmark.title)}"
    name = namer(classification for classification, _ in assessed)
    tables = [
        _table(
            corpus,
            f"{name(classification.provision)}, assessed against{against}",
            classification,
            assessments,
        )
        for classification, assessments in assessed
    ]
    output = GapsOutput(
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
    )
    return finished(corpus, f"Gaps: {benchmark.title}", tables, _flat(assessed), output)


def _flat(assessed: Sequence[tuple[Classification, Sequence[Assessment]]]) -> Table:
    values = [
        [
            classification.provision.id,
            assessment.element.id,
            str(assessment.element.source or ""),
            str(assessment.status),
            assessment.because,
            " | ".join(
                dict.fromkeys(reason.evidence for reason in assessment.reasons if reason.evidence)
            ),
            "proposed" if assessment.is_proposed else "",
        ]
        for classification, assessments in assessed
        for assessment in assessments
    ]
    keys = "id element source status because words"
    if any(row[-1] for row in values):
        return flat_table("Gaps", f"{keys} basis", values)
    return flat_table("Gaps", keys, (row[:-1] for row in values))


def _table(
    corpus: Corpus, title: str, classification: Classification, assessments: Sequence[Assessment]
) -> Table:
    body = tuple(
        (
            _element_cell(corpus, assessment),
            cell(
                _label(assessment.status),
                _TONES[assessment.status],
                [MARK] if assessment.is_proposed else [],
            ),
            _reason_cell(corpus, assessment),
        )
        for assessment in assessments
    )
    caveats = classification.provision.caveats
    counts = Counter(assessment.status for assessment in assessments)
    summary = listed(
        [_count(counts[status], _label(status)) for status in Status if counts[status]]
    )
    return Table(
        title,
        columns(element="Element", status="Status", because="Reason and words"),
        body,
        (f"Of {counted(len(assessments), 'element')}: {summary}.", *caveats),
        row_keys=tuple(
            f"{classification.provision.id}/{assessment.element.id}" for assessment in assessments
        ),
    )


def _label(status: Status) -> str:
    return "partly met" if status is Status.PARTLY else str(status).replace("_", " ")


def _count(number: int, label: str) -> str:
    return counted(number, label) if label == "policy choice" else f"{number} {label}"


def _element_cell(corpus: Corpus, assessment: Assessment) -> Cell:
    element = assessment.element
    reference = f" ({place(corpus, element.source)})" if element.source else ""
    question = f"\n{element.asks.removesuffix('.')}{reference}."
    return Cell((Run(element.label, Tone.STRONG), Run(question)))


def _reason_cell(corpus: Corpus, assessment: Assessment) -> Cell:
    runs = [Run(assessment.because)]
    proofs = dict.fromkeys(
        (reason.evidence, reason.source, reason.confidence) for reason in assessment.reasons
    )
    for evidence, source, confidence in proofs:
        if evidence:
            runs.append(Run(f"\n“{evidence}”", Tone.QUOTE))
        reliability = f" ({confidence} confidence)" if confidence else ""
        runs.append(Run(f"{' ' if evidence else chr(10)}{place(corpus, source)}{reliability}"))
    doubts = dict.fromkeys(reason.doubt for reason in assessment.reasons if reason.doubt)
    runs += [Run(f"\nThis reading is doubtful. {doubt}") for doubt in doubts]
    return Cell(tuple(runs))


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
