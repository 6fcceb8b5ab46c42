"""The report of `gaps`: provisions assessed against a benchmark, element by element."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.gap_overview import FEW, overview
from npcompare.document import Cell, Document, Notes, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.benchmark import Benchmark, Status
from npcompare.law.citations import cited
from npcompare.messages import (
    deferred,
    enumerated,
    message,
    plural,
)
from npcompare.model.jurisdiction_names import at_start, in_sentence
from npcompare.model.version_notes import all_caveats
from npcompare.reports.cells import (
    clause,
    finished,
    namer,
    proof_place,
    quotation,
    with_place,
)
from npcompare.reports.doubts import note_with_doubt
from npcompare.reports.gap_overview_table import overview_table, status_word
from npcompare.reports.gap_records import gaps_output, record_of
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.proposed_coding import MARK
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.analysis.gap_overview import Overview
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision, Text
    from npcompare.model.results import Classification

_HOW_TO_SEE_DETAILS = deferred(
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
    glance = overview(corpus.codebook, assessed) if len(assessed) > FEW else None
    document = finished(
        corpus,
        _title(target),
        lambda: _tables(corpus, target, assessed, glance, with_details=with_details),
        lambda: _flat(assessed),
        lambda: gaps_output(corpus, record_of(target), assessed, glance),
    )
    return with_texts_apart(document)


def gaps_at_a_glance(
    corpus: Corpus,
    target: Benchmark,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
) -> Document:
    """Return the overview of any number of provisions, which can be drawn."""
    name = namer(classification for classification, _ in assessed)
    glance = overview(corpus.codebook, assessed)
    table = overview_table(corpus, glance, name, _title_of_overview(target))
    return finished(corpus, _title(target), [table], _flat(assessed))


def _title(target: Benchmark | Classification) -> str:
    return message("Gaps: {benchmark}", benchmark=record_of(target).title)


def _title_of_overview(target: Benchmark | Classification) -> str:
    if isinstance(target, Benchmark):
        return message(
            "Overview of the provisions assessed against: {benchmark}", benchmark=target.title
        )
    name = in_sentence(target.provision.label)
    return message("Overview of the provisions assessed against {provision}", provision=name)


def _title_of_details(subject: str, target: Benchmark | Classification) -> str:
    if isinstance(target, Benchmark):
        return message(
            "{subject}, assessed against: {benchmark}", subject=subject, benchmark=target.title
        )
    name = in_sentence(target.provision.label)
    return message("{subject}, assessed against {provision}", subject=subject, provision=name)


def _tables(
    corpus: Corpus,
    target: Benchmark | Classification,
    assessed: Sequence[tuple[Classification, Sequence[Assessment]]],
    glance: Overview | None,
    *,
    with_details: bool,
) -> list[Table]:
    name = namer(classification for classification, _ in assessed)
    title = _title_of_overview(target)
    tables = [overview_table(corpus, glance, name, title)] if glance else []
    if glance and not with_details:
        remarks = (*tables[0].remarks, message(_HOW_TO_SEE_DETAILS))
        return [replace(tables[0], remarks=remarks)]
    return tables + [
        _table(
            corpus, at_start(name(classification.provision)), target, classification, assessments
        )
        for classification, assessments in assessed
    ]


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
    target: Benchmark | Classification,
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
        _title_of_details(subject, target),
        columns(element="Element", status="Status", because="Reason and words"),
        body,
        all_caveats(classification.provision, partial(cited, corpus)),
        notes.listed(),
        headnote=_summary(classification.provision, assessments),
        row_keys=tuple(
            f"{classification.provision.id}/{assessment.element.id}" for assessment in assessments
        ),
        subject=subject,
        sheet=message("Details") if subject else "",
    )


def _summary(provision: Provision, assessments: Sequence[Assessment]) -> str:
    """Return in one sentence how many elements a provision meets, and what is said of the others.

    A policy choice is not an element that can be met.
    """
    counts = Counter(assessment.status for assessment in assessments)
    predicates = [_meets(in_sentence(provision.jurisdiction.name), counts)]
    if partly := counts[Status.PARTLY]:
        predicates.append(plural("partly meets {count}", "partly meets {count}", partly))
    if not_met := counts[Status.NOT_MET]:
        predicates.append(plural("does not meet {count}", "does not meet {count}", not_met))
    clauses = enumerated([enumerated(predicates), *_neither_met_nor_not(counts)], is_strong=True)
    if provision.is_proposed:
        return capitalized(message("on the proposed coding, {clauses}.", clauses=clauses))
    return capitalized(message("{clauses}.", clauses=clauses))


def _meets(name: str, counts: Counter[Status]) -> str:
    """Return how many elements are met; none is not said where some are not known."""
    total = counts.total() - counts[Status.POLICY_CHOICE]
    if met := counts[Status.MET]:
        return plural(
            "{name} meets {met} of {count} element",
            "{name} meets {met} of {count} elements",
            total,
            name=name,
            met=met,
        )
    if not counts[Status.UNKNOWN]:
        return plural(
            "{name} meets none of {count} element",
            "{name} meets none of {count} elements",
            total,
            name=name,
        )
    return plural(
        "{name} is not known to meet any of {count} element",
        "{name} is not known to meet any of {count} elements",
        total,
        name=name,
    )


def _neither_met_nor_not(counts: Counter[Status]) -> Iterator[str]:
    """Yield how many elements a provision neither meets nor fails to meet, and why."""
    if silent := counts[Status.SILENT]:
        yield plural(
            "the full text or a source is silent on {count}",
            "the full text or a source is silent on {count}",
            silent,
        )
    if inapplicable := counts[Status.NOT_APPLICABLE]:
        yield plural("{count} does not apply", "{count} do not apply", inapplicable)
    if unknown := counts[Status.UNKNOWN]:
        yield plural("{count} is not known", "{count} are not known", unknown)
    if choices := counts[Status.POLICY_CHOICE]:
        yield plural("{count} more is a policy choice", "{count} more are policy choices", choices)


def _element_cell(corpus: Corpus, assessment: Assessment) -> Cell:
    element = assessment.element
    question = with_place(corpus, f"{clause(element.asks)}.", element.source)
    return Cell((Run(element.label, Tone.STRONG), Run(f"\n{question}")))


def _reason_cell(corpus: Corpus, text: Text, assessment: Assessment, notes: Notes) -> Cell:
    doubts = dict.fromkeys(reason.doubt for reason in assessment.reasons if reason.doubt)
    marks = tuple(notes.mark(note_with_doubt("", doubt)) for doubt in doubts)
    runs = [Run(assessment.because, marks=marks)]
    proofs = dict.fromkeys(
        (reason.evidence, reason.source, reason.confidence, reason.language)
        for reason in assessment.reasons
    )
    for evidence, source, confidence, language in proofs:
        if evidence:
            runs += quotation(text, evidence, language, before="\n")
        if source:
            runs.append(proof_place(corpus, source, confidence, follows_words=bool(evidence)))
    return Cell(tuple(runs))
