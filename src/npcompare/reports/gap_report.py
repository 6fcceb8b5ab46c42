"""The report of `gaps`: provisions assessed against a benchmark, element by element."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from npcompare.analysis.gap_overview import FEW, overview
from npcompare.document import Cell, Document, Notes, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.benchmark import Benchmark, Status
from npcompare.messages import in_quotation_marks
from npcompare.model.jurisdiction_names import at_start, in_sentence
from npcompare.model.provision import Basis
from npcompare.reports.cells import finished, namer, place, proof_place
from npcompare.reports.doubts import note_with_doubt
from npcompare.reports.gap_overview_table import overview_table, status_word
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.proposed_coding import MARK, ON_PROPOSED
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
from npcompare.text import capitalized, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.analysis.gap_overview import Overview
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision, Text
    from npcompare.model.results import Classification, Reason

_HOW_TO_SEE_DETAILS = (
    "To see the reasons and the words for each provision, add --detail, or write the result to a "
    "file: -o gaps.docx."
)

_TONES = {
    Status.MET: Tone.SAME,
    Status.PARTLY: Tone.INCOMPARABLE,
    Status.NOT_MET: Tone.PROBLEM,
    Status.POLICY_CHOICE: Tone.PLAIN,
    Status.NOT_APPLICABLE: Tone.PLAIN,
    Status.SILENT: Tone.SILENT,
    Status.UNKNOWN: Tone.UNKNOWN,
}


#: What a provision does about elements that it does not meet, or not in full.
_VERBS = ((Status.PARTLY, "partly meets"), (Status.NOT_MET, "does not meet"))


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


def gaps(
    corpus: Corpus,
    target: Benchmark | Classification,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
    *,
    with_details: bool = True,
) -> Document:
    """Return for each provision every element of a benchmark, its status, and why.

    If the provisions are many, an overview of them comes first.

    Args:
        corpus: The corpus.
        target: The benchmark, or the provision used as one.
        assessed: Each provision with its assessments.
        with_details: Whether the details of many provisions follow their overview.
    """
    benchmark, against = _named(target)
    glance = overview(corpus.codebook, assessed) if len(assessed) > FEW else None
    tables = _tables(corpus, against, assessed, glance, with_details=with_details)
    output = _output(corpus, benchmark, assessed, glance)
    title = f"Gaps: {benchmark.title}"
    return with_texts_apart(finished(corpus, title, tables, _flat(assessed), output))


def gaps_at_a_glance(
    corpus: Corpus,
    target: Benchmark,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
) -> Document:
    """Return the overview of any number of provisions, which can be drawn."""
    benchmark, against = _named(target)
    name = namer(classification for classification, _ in assessed)
    table = overview_table(corpus, overview(corpus.codebook, assessed), name, against)
    return finished(corpus, f"Gaps: {benchmark.title}", [table], _flat(assessed))


def _named(target: Benchmark | Classification) -> tuple[BenchmarkRecord, str]:
    """Return the benchmark, or the provision used as one, and the end of a title with its name."""
    if isinstance(target, Benchmark):
        return BenchmarkRecord(id=target.id, title=target.title), f": {target.title}"
    label = target.provision.label
    return BenchmarkRecord(id=target.provision.id, title=label), f" {in_sentence(label)}"


def _tables(
    corpus: Corpus,
    against: str,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
    glance: Overview | None,
    *,
    with_details: bool,
) -> list[Table]:
    name = namer(classification for classification, _ in assessed)
    tables = [overview_table(corpus, glance, name, against)] if glance else []
    if glance and not with_details:
        remarks = (*tables[0].remarks, _HOW_TO_SEE_DETAILS)
        return [replace(tables[0], remarks=remarks)]
    return tables + [
        _table(
            corpus, at_start(name(classification.provision)), against, classification, assessments
        )
        for classification, assessments in assessed
    ]


def _output(
    corpus: Corpus,
    benchmark: BenchmarkRecord,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
    glance: Overview | None,
) -> GapsOutput:
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
    keys = "id element source status because words[|]"
    if any(row[-1] for row in values):
        return flat_table("Gaps", f"{keys} basis", values)
    return flat_table("Gaps", keys, (row[:-1] for row in values))


def _table(
    corpus: Corpus,
    subject: str,
    against: str,
    classification: Classification,
    assessments: Sequence[Assessment],
) -> Table:
    notes = Notes()
    body = tuple(
        (
            _element_cell(corpus, assessment),
            cell(
                capitalized(status_word(assessment.status)),
                _TONES[assessment.status],
                [MARK] if assessment.is_proposed else [],
            ),
            _reason_cell(corpus, classification.provision.text, assessment, notes),
        )
        for assessment in assessments
    )
    return Table(
        f"{subject}, assessed against{against}",
        columns(element="Element", status="Status", because="Reason and words"),
        body,
        classification.provision.caveats,
        notes.listed(),
        headnote=_summary(classification.provision, assessments),
        row_keys=tuple(
            f"{classification.provision.id}/{assessment.element.id}" for assessment in assessments
        ),
        subject=subject,
        sheet="Details" if subject else "",
    )


def _summary(provision: Provision, assessments: Sequence[Assessment]) -> str:
    """Return in one sentence how many elements a provision meets, and what is said of the others.

    A policy choice is not an element that can be met.
    """
    counts = Counter(assessment.status for assessment in assessments)
    total = len(assessments) - counts[Status.POLICY_CHOICE]
    predicates = [f"{_meets(counts)} of {counted(total, 'element')}"]
    predicates += [f"{verb} {counts[status]}" for status, verb in _VERBS if counts[status]]
    name = in_sentence(provision.jurisdiction.name)
    name = capitalized(f"{ON_PROPOSED}, {name}" if provision.is_proposed else name)
    clauses = [f"{name} {', '.join(predicates)}", *_neither_met_nor_not(counts)]
    return f"{'; '.join(clauses)}."


def _meets(counts: Counter[Status]) -> str:
    """Return how many elements are met; none is not said where some are not known."""
    if counts[Status.MET] or not counts[Status.UNKNOWN]:
        return f"meets {counts[Status.MET] or 'none'}"
    return "is not known to meet any"


def _neither_met_nor_not(counts: Counter[Status]) -> Iterator[str]:
    """Yield how many elements a provision neither meets nor fails to meet, and why."""
    if silent := counts[Status.SILENT]:
        yield f"the full text is silent on {silent}"
    if number := counts[Status.NOT_APPLICABLE]:
        yield "1 does not apply" if number == 1 else f"{number} do not apply"
    if number := counts[Status.UNKNOWN]:
        yield "1 is not known" if number == 1 else f"{number} are not known"
    if number := counts[Status.POLICY_CHOICE]:
        yield "1 more is a policy choice" if number == 1 else f"{number} more are policy choices"


def _element_cell(corpus: Corpus, assessment: Assessment) -> Cell:
    element = assessment.element
    reference = f" ({place(corpus, element.source)})" if element.source else ""
    question = f"\n{element.asks.removesuffix('.')}{reference}."
    return Cell((Run(element.label, Tone.STRONG), Run(question)))


def _reason_cell(corpus: Corpus, text: Text, assessment: Assessment, notes: Notes) -> Cell:
    doubts = dict.fromkeys(reason.doubt for reason in assessment.reasons if reason.doubt)
    marks = tuple(notes.mark(note_with_doubt("", doubt)) for doubt in doubts)
    runs = [Run(assessment.because, marks=marks)]
    proofs = dict.fromkeys(
        (reason.evidence, reason.source, reason.confidence) for reason in assessment.reasons
    )
    for evidence, source, confidence in proofs:
        if evidence:
            words = in_quotation_marks(text.with_sic(evidence))
            runs.append(Run(f"\n{words}", Tone.QUOTE))
        if source:
            runs.append(proof_place(corpus, source, confidence, follows_words=bool(evidence)))
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
