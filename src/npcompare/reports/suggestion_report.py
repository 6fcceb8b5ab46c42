"""Proposed codings to documents: each value with its words, the classes, and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, Run, Table, Tone, cell, columns, flat_table
from npcompare.model.codebook import FIELDS, class_words
from npcompare.model.provision import Basis
from npcompare.reports import json_output
from npcompare.reports.cells import finished

if TYPE_CHECKING:
    from npcompare.coding.suggestions import Proposal, Reading
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

_REMARK = (
    "These are proposals. A value that no words give is left out; confirm each before it counts."
)


def suggestions(corpus: Corpus, reading: Reading, one: Classification) -> Document:
    """Return the coding that a text proposes, with the words that each value rests on."""
    tables = [_proposals(corpus, reading), _classes(corpus, one), _unread(reading)]
    lines = [
        [
            str(each.limb or ""),
            each.field,
            each.value,
            reading.words(each.start, each.end),
            str(each.start),
            str(each.end),
            each.rule,
        ]
        for each in reading.proposals
    ]
    keys = "limb field value evidence start end rule"
    data = _data(corpus, reading, one)
    return finished(corpus, tables[0].title, tables, flat_table(tables[0].title, keys, lines), data)


def _data(corpus: Corpus, reading: Reading, one: Classification) -> json_output.Record:
    """Return the output of `suggest`; places are characters of the text, the limb null for all."""
    return json_output.envelope(
        "suggest",
        codebook=corpus.codebook.version,
        language=reading.language,
        proposals=[
            {
                "limb": each.limb or None,
                "field": each.field,
                "value": each.value,
                "evidence": reading.words(each.start, each.end),
                "start": each.start,
                "end": each.end,
                "rule": each.rule,
            }
            for each in reading.proposals
        ],
        unread=[
            {"text": reading.words(start, end), "start": start, "end": end}
            for start, end in reading.unread
        ],
        dimensions=json_output.classes(corpus, one),
    )


def _proposals(corpus: Corpus, reading: Reading) -> Table:
    heads = columns(limb="Limb", field="Field", value="Value", words="Words", rule="Rule")
    book = corpus.codebook
    body = tuple(
        (
            cell(str(one.limb) if one.limb else "all", Tone.STRONG),
            cell(one.field),
            cell(f"{book.label(FIELDS[one.field], one.value)} ({one.value})"),
            Cell((_quoted(reading, one),)),
            cell(one.rule),
        )
        for one in reading.proposals
    )
    return Table("Coding proposed", heads, body, (_REMARK,), weights=(2, 6, 8, 12, 6))


def _quoted(reading: Reading, one: Proposal) -> Run:
    return Run(f"“{reading.words(one.start, one.end)}”", Tone.QUOTE, (), reading.language)


def _classes(corpus: Corpus, one: Classification) -> Table:
    body = tuple(
        (
            cell(corpus.codebook.dimensions[name].label, Tone.STRONG),
            cell("unknown", Tone.UNKNOWN)
            if classified.basis is Basis.UNKNOWN
            else cell(class_words(corpus.codebook, classified)),
        )
        for name, classified in one.dimensions.items()
    )
    heads = columns(dimension="Dimension", classes="Class")
    return Table("Classes, were the coding confirmed", heads, body, weights=(1, 3))


def _unread(reading: Reading) -> Table:
    body = tuple(
        (
            cell(f"{start}-{end}"),
            Cell((Run(reading.words(start, end), Tone.QUOTE, (), reading.language),)),
        )
        for start, end in reading.unread
    )
    heads = columns(place="Characters", words="Words")
    remark = "No rule of the phrase book was met here. Read these yourself."
    return Table("Not understood", heads, body, (remark,) if body else (), weights=(1, 6))
