"""The report of `show --evidence`: texts with each coded phrase marked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.uncoded_words import unquoted_passages
from npcompare.document import Cell, Document, Notes, Run, Table, Tone, cell, columns, flat_table
from npcompare.messages import enumerated, in_quotation_marks, message
from npcompare.model.version_notes import all_caveats
from npcompare.reports.cells import finished
from npcompare.reports.proposed_coding import marks_of
from npcompare.reports.provision_records import show_output
from npcompare.text import fold
from npcompare.wording.quotation_places import QuotationPlaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


class _Span(NamedTuple):
    """A coded phrase: its letter, its place in the folded text, its words and its codings."""

    mark: str
    start: int
    end: int
    words: str
    #: Each coding with its limb, which is empty for the whole provision.
    codings: tuple[tuple[str, str], ...]


def evidence(corpus: Corpus, provisions: Sequence[Provision]) -> Document:
    """Return the text of provisions with each coded phrase marked, and how it is coded."""
    tables = []
    values = []
    for provision in provisions:
        tables += [_marked(provision), _phrases(provision)]
        tables += [_unquoted(provision)] if provision.text.body else []
        values += [
            [provision.id, span.mark, str(span.start), str(span.end), span.words, coding]
            for span in _spans(provision)
            for coding in (_english(*each) for each in span.codings)
        ]
    flat = flat_table("Evidence", "id mark start end words coding", values)
    title = enumerated([provision.label for provision in provisions])
    return finished(corpus, title, tables, flat, show_output(corpus, provisions))


def _english(limb: str, coding: str) -> str:
    """Return a coding and its limb for programs."""
    return f"limb {limb}, {coding}" if limb else coding


def _with_limb(limb: str, coding: str) -> str:
    return message("limb {limb}, {coding}", limb=limb, coding=coding) if limb else coding


def _spans(provision: Provision) -> list[_Span]:
    """Return the coded phrases in the order of the text, the longer first of two that overlap."""
    body = fold(provision.text.body)
    quotations = QuotationPlaces(body)
    codings: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for limb, field, coded in provision.coded_values:
        for words in () if coded.language else coded.evidence:
            place = quotations.find(words)[0]
            codings.setdefault(place, []).append((limb, f"{field}: {coded.value}"))
    notes = Notes()
    return [
        _Span(notes.mark(str(place)), *place, body[slice(*place)], tuple(codings[place]))
        for place in sorted(codings, key=lambda place: (place[0], -place[1]))
    ]


def _marked(provision: Provision) -> Table:
    """Return the text with each coded phrase in brackets.

    Both brackets have the letter of the phrase, because phrases may overlap.
    """
    headings = columns(text="Text, with the coded phrases in brackets: a[ … ]a, b[ … ]b")
    body = fold(provision.text.body)
    if not body:
        missing = cell(message("Text not available"), Tone.UNKNOWN)
        return Table(provision.label, headings, ((missing,),), all_caveats(provision))
    spans = _spans(provision)
    runs: list[Run] = []
    cuts = sorted({0, len(body), *(place for span in spans for place in (span.start, span.end))})
    for start, end in pairwise([*cuts, len(body)]):
        closing = [span for span in spans if span.end == start]
        runs += [Run(f"]{span.mark}", Tone.STRONG) for span in reversed(closing)]
        runs += [Run(f"{span.mark}[", Tone.STRONG) for span in spans if span.start == start]
        if start < end:
            is_coded = any(span.start <= start and end <= span.end for span in spans)
            words = provision.text.with_sic(body[start:end])
            runs.append(Run(words, Tone.QUOTE if is_coded else Tone.PLAIN))
    return Table(provision.label, headings, ((Cell(tuple(runs)),),), all_caveats(provision))


def _phrases(provision: Provision) -> Table:
    body = tuple(
        (
            cell(span.mark, Tone.STRONG),
            cell(in_quotation_marks(provision.text.with_sic(span.words)), Tone.QUOTE),
            cell("\n".join(_with_limb(*each) for each in span.codings), marks=marks_of(provision)),
        )
        for span in _spans(provision)
    )
    headings = columns(mark="Mark", words="Words", coding="Coded as")
    title = message("{provision}: coded phrases", provision=provision.label)
    return Table(title, headings, body)


def _unquoted(provision: Provision) -> Table:
    """Return the words of the text that no value quotes, passage by passage."""
    body = tuple(
        (cell(in_quotation_marks(provision.text.with_sic(words)), Tone.QUOTE),)
        for words in unquoted_passages(provision)
    )
    title = message("{provision}: words that no value quotes", provision=provision.label)
    return Table(title, columns(words="Words"), body)
