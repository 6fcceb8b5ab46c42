"""Provisions held against a benchmark, to documents: what is met, what is open, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis.gaps import Assessment, Benchmark, Status
from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.reports import json_output
from npcompare.reports.cells import finished, namer, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

_TONES = {
    Status.MET: Tone.SAME,
    Status.PARTLY: Tone.INCOMPARABLE,
    Status.NOT_MET: Tone.PROBLEM,
    Status.POLICY_CHOICE: Tone.PLAIN,
    Status.SILENT: Tone.SILENT,
    Status.UNKNOWN: Tone.UNKNOWN,
}


def gaps(
    corpus: Corpus,
    target: Benchmark | Classification,
    results: Sequence[tuple[Classification, Sequence[Assessment]]],
) -> Document:
    """Return for each provision every element of a benchmark, its status, and why.

    The target is the benchmark, or the provision that stands as one.
    """
    if isinstance(target, Benchmark):
        name, title = target.id, target.title
    else:
        name, title = target.provision.id, target.provision.label
    name_of = namer(one for one, _ in results)
    tables = [
        _gaps(corpus, f"{name_of(one.provision)}, against: {title}", found)
        for one, found in results
    ]
    flat = [
        [
            one.provision.id,
            each.element.id,
            str(each.element.source or ""),
            str(each.status),
            each.because,
            " | ".join(
                dict.fromkeys(reason.evidence for reason in each.reasons if reason.evidence)
            ),
        ]
        for one, found in results
        for each in found
    ]
    plain = flat_table("Gaps", "id element source status because words", flat)
    data = _data(corpus, (name, title), results)
    return finished(corpus, f"Gaps: {title}", tables, plain, data)


def _gaps(corpus: Corpus, title: str, found: Sequence[Assessment]) -> Table:
    body = tuple(
        (
            _asked(corpus, each),
            cell(str(each.status).replace("_", " "), _TONES[each.status]),
            _why(corpus, each),
        )
        for each in found
    )
    counts = Counter(each.status for each in found)
    said = ", ".join(
        f"{str(status).replace('_', ' ')} {counts[status]}" for status in Status if counts[status]
    )
    return Table(
        title,
        columns(element="Element", status="Status", because="Why, and the words"),
        body,
        (f"Of {len(found)} elements: {said}.",),
    )


def _asked(corpus: Corpus, each: Assessment) -> Cell:
    where = f" ({place(corpus, each.element.source)})" if each.element.source else ""
    asks = f"\n{each.element.asks.removesuffix('.')}{where}."
    return Cell((Run(each.element.label, Tone.STRONG), Run(asks)))


def _why(corpus: Corpus, each: Assessment) -> Cell:
    runs = [Run(each.because)]
    for evidence, source in dict.fromkeys((one.evidence, one.source) for one in each.reasons):
        where = place(corpus, source)
        if evidence:
            runs.append(Run(f"\n“{evidence}”", Tone.QUOTE))
        runs.append(Run(f"{' ' if evidence else chr(10)}{where}"))
    return Cell(tuple(runs))


def _data(
    corpus: Corpus,
    benchmark: tuple[str, str],
    results: Iterable[tuple[Classification, Sequence[Assessment]]],
) -> json_output.Record:
    """Return the output of `gaps`; the benchmark is its id and its title."""
    name, title = benchmark
    return json_output.envelope(
        "gaps",
        corpus=json_output.corpus_of(corpus),
        benchmark={"id": name, "title": title},
        gaps=[
            {
                "id": one.provision.id,
                "jurisdiction": one.provision.jurisdiction.name,
                "citation": one.provision.citation,
                "elements": [_assessment(corpus, each) for each in found],
            }
            for one, found in results
        ],
    )


def _assessment(corpus: Corpus, one: Assessment) -> json_output.Record:
    return {
        "id": one.element.id,
        "label": one.element.label,
        "asks": one.element.asks,
        "source": json_output.source_of(corpus, one.element.source),
        "status": one.status,
        "because": one.because,
        "words": [
            {
                "value": reason.value,
                "basis": reason.basis,
                "limb": reason.limb or None,
                "evidence": reason.evidence or None,
                "source": json_output.source_of(corpus, reason.source),
            }
            for reason in one.reasons
        ],
    }
