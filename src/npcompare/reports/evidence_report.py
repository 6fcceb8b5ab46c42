"""The words of provisions with each coded phrase marked, to documents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from npcompare.document import Cell, Document, Notes, Run, Table, Tone, cell, columns, flat_table
from npcompare.reports.cells import finished
from npcompare.reports.provision_records import show_output
from npcompare.text import fold
from npcompare.wording.quotations import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


def evidence(corpus: Corpus, provisions: Sequence[Provision]) -> Document:
    """Return the words of provisions with each coded phrase marked, and what it is coded as."""
    tables = []
    flat = []
    for one in provisions:
        tables += [_marked(one), _phrases(one)]
        flat += [
            [one.id, mark, str(start), str(end), phrase, coding]
            for mark, start, end, phrase, codings in _spans(one)
            for coding in codings
        ]
    plain = flat_table("Evidence", "id mark start end words coding", flat)
    title = ", ".join(one.label for one in provisions)
    return finished(corpus, title, tables, plain, show_output(corpus, provisions))


def _spans(one: Provision) -> list[tuple[str, int, int, str, list[str]]]:
    """Return each coded phrase: its mark, where it stands in the folded body, and its codings.

    Phrases come in the order of the body, the longer first where two begin together.
    """
    body = fold(one.text.body)
    coded: dict[tuple[int, int], list[str]] = {}
    parts = [(f"limb {limb.id}, ", limb.coded) for limb in one.limbs] + [("", one.coded)]
    for limb, fields in parts:
        for field, values in fields.items():
            for each in values:
                for words in each.evidence:
                    start = places(body, words)[0]
                    found = coded.setdefault((start, start + len(words)), [])
                    found.append(f"{limb}{field}: {each.value}")
    ordered = sorted(coded, key=lambda span: (span[0], -span[1]))
    notes = Notes()
    return [(notes.mark(str(span)), *span, body[slice(*span)], coded[span]) for span in ordered]


def _marked(one: Provision) -> Table:
    """Return the words, each coded phrase in brackets that bear its letter.

    Phrases may lie within one another or overlap, so both brackets bear it.
    """
    heads = columns(text="Words, with each coded phrase between a[ and ]a, b[ and ]b ...")
    body = fold(one.text.body)
    if not body:
        return Table(one.label, heads, ((cell("no text is held", Tone.UNKNOWN),),))
    spans = _spans(one)
    opening = {at: [span for span in spans if span[1] == at] for _, at, *_ in spans}
    closing = {at: [span for span in spans if span[2] == at] for _, _, at, *_ in spans}
    runs: list[Run] = []
    cuts = sorted({0, len(body), *opening, *closing})
    for start, end in pairwise([*cuts, len(body)]):
        for mark, *_ in reversed(closing.get(start, [])):
            runs.append(Run(f"]{mark}", Tone.STRONG))
        runs += [Run(f"{mark}[", Tone.STRONG) for mark, *_ in opening.get(start, [])]
        if start < end:
            inside = any(left <= start and end <= right for _, left, right, *_ in spans)
            runs.append(Run(body[start:end], Tone.QUOTE if inside else Tone.PLAIN))
    return Table(one.label, heads, ((Cell(tuple(runs)),),))


def _phrases(one: Provision) -> Table:
    body = tuple(
        (cell(mark, Tone.STRONG), cell(f"“{phrase}”", Tone.QUOTE), cell("\n".join(codings)))
        for mark, _, _, phrase, codings in _spans(one)
    )
    heads = columns(mark="Mark", words="Words", coding="Coded as")
    return Table(f"{one.label}: coded phrases", heads, body)
