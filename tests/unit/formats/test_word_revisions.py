"""Tracked changes: each inserted or deleted run, paragraph and row is a revision of Word's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from lxml import etree
from word_files import opened, small_annex

from npcompare.document import Cell, Run, Tone, cell

if TYPE_CHECKING:
    import pytest


def inserted(text: str, *marks: str) -> Run:
    return Run(text, marks=marks, revision=Tone.INSERTED)


def deleted(text: str, *marks: str) -> Run:
    return Run(text, marks=marks, revision=Tone.DELETED)


def revisions(body: Any) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the kind, the parent and the texts of each revision, in the order of the document."""
    return [
        (
            etree.QName(revision).localname,
            etree.QName(revision.getparent()).localname,
            [
                (etree.QName(text).localname, text.text)
                for text in revision.iter(qn("w:t"), qn("w:delText"))
            ],
        )
        for revision in body.iter(qn("w:ins"), qn("w:del"))
    ]


def test_runs_and_line_ends_are_tracked() -> None:
    words = Cell((Run("stays "), deleted("goes", "a"), inserted("x\ny")))
    body = opened(small_annex((cell("Kenya"), words))).element.body
    assert revisions(body) == [
        # The end of a paragraph is in its properties, before its text.
        ("ins", "rPr", []),
        ("del", "p", [("delText", "goes")]),
        ("del", "p", [("delText", "a")]),
        ("ins", "p", [("t", "x")]),
        ("ins", "p", [("t", "y")]),
    ]


def test_row_is_tracked_only_as_a_whole() -> None:
    body = opened(
        small_annex(
            (Cell((inserted("r"),)), Cell((inserted("s"),))),
            (Cell((deleted("t"),)), cell("")),
            (Cell((deleted("u"),)), Cell((inserted("v"),))),
        )
    ).element.body
    assert revisions(body) == [
        ("ins", "trPr", []),
        ("ins", "p", [("t", "r")]),
        ("ins", "p", [("t", "s")]),
        ("del", "trPr", []),
        ("del", "p", [("delText", "t")]),
        ("del", "p", [("delText", "u")]),
        ("ins", "p", [("t", "v")]),
    ]


def test_note_is_tracked_with_its_paragraph() -> None:
    notes = (
        Cell((deleted("w"),)),
        Cell((Run("kept"),)),
        Cell((inserted("n"),)),
        Cell((inserted("k"), Run("l"))),
    )
    body = opened(small_annex((cell("Kenya"), cell("x")), revised_notes=notes)).element.body
    assert revisions(body) == [
        ("del", "rPr", []),
        ("del", "p", [("delText", "w")]),
        ("ins", "rPr", []),
        ("ins", "p", [("t", "n")]),
        ("ins", "p", [("t", "k")]),
    ]


def test_revisions_have_author_date_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    words = Cell((deleted("old"), inserted("new\nline")))
    body = opened(small_annex((cell("Kenya"), words))).element.body
    attributes = [dict(element.attrib) for element in body.iter(qn("w:ins"), qn("w:del"))]
    assert attributes == [
        {
            qn("w:id"): str(number),
            qn("w:author"): "npcompare",
            qn("w:date"): "2023-11-14T22:13:20Z",
        }
        for number in range(1, 5)
    ]
