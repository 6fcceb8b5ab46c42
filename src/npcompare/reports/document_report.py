"""The report of `read`: the paragraphs of a document, and what was left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Document, Table, columns, flat_table, number_columns, rows
from npcompare.messages import deferred, message, number
from npcompare.reports.records import TOOL, Count, Ordinal, Output, Record, as_data, urn

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText

_REMARK = deferred("These passages of the file are not part of its text.")
_NOTHING = deferred("Nothing was left out.")


class ParagraphRecord(Record, frozen=True):
    """A paragraph: its label as it is shown, its depth, and its words without the label."""

    label: str
    depth: Count
    text: str


class LeftOutRecord(Record, frozen=True):
    """What was left out, by kind: how often it occurs, and the first occurrence."""

    kind: str
    count: Ordinal
    example: str


class ReadOutput(Output, frozen=True, tag=urn("read")):
    """The output of `read`."""

    paragraphs: list[ParagraphRecord]
    left_out: list[LeftOutRecord]


def document_report(name: str, document: DocumentText) -> Document:
    """Return the paragraphs of a document, a row each, and what was left out.

    Args:
        name: The name of the file.
        document: Its text.
    """
    paragraphs = Table(
        name,
        columns(label="Label", text="Text"),
        rows([paragraph.label, paragraph.text] for paragraph in document.paragraphs),
        remarks=() if document.left_out else (message(_NOTHING),),
    )
    left_out = Table(
        message("Left out"),
        (
            *columns(kind="Kind"),
            *number_columns(count="Count"),
            *columns(example="First example"),
        ),
        rows([entry.kind, number(entry.count), entry.example] for entry in document.left_out),
        remarks=(message(_REMARK),),
    )
    flat = flat_table(
        name,
        "label depth text",
        [
            [paragraph.label, str(paragraph.depth), paragraph.text]
            for paragraph in document.paragraphs
        ],
    )
    tables = (paragraphs, left_out) if document.left_out else (paragraphs,)
    return Document(name, tables, as_data(_output(document)), flat)


def _output(document: DocumentText) -> ReadOutput:
    return ReadOutput(
        tool=TOOL,
        paragraphs=[
            ParagraphRecord(label=paragraph.label, depth=paragraph.depth, text=paragraph.text)
            for paragraph in document.paragraphs
        ],
        left_out=[
            LeftOutRecord(kind=entry.kind, count=entry.count, example=entry.example)
            for entry in document.left_out
        ],
    )
