"""Plain text: its encoding is told by its bytes, and its lines are paragraphs or parts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers.document_kinds import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.readers.paragraphs import DocumentText

CLAUSE = "12. Non-punishment\n(1) A victim’s act – “forced” –\n\n(2) Café, señal"


def read(content: bytes, folder: Path, name: str = "a clause.txt") -> DocumentText:
    path = folder / name
    path.write_bytes(content)
    return read_document(path)


@pytest.mark.parametrize(
    ("encoding", "mark", "note"),
    [
        ("utf-8", b"", ""),
        ("utf-8-sig", b"", ""),
        ("utf-16", b"", ""),
        ("utf-16-be", b"\xfe\xff", ""),
        ("utf-32", b"", ""),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
def test_encoding_is_told_by_the_bytes(
    encoding: str, mark: bytes, note: str, tmp_path: Path
) -> None:
    document = read(mark + CLAUSE.encode(encoding), tmp_path)
    assert document.text == CLAUSE.replace("\n\n", "\n")
    path = tmp_path / "a clause.txt"
    assert document.notes == ((f"{path} is not in UTF-8; it was read as {note}",) if note else ())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "contains no text"),
        (b" \r\n\f", "contains no text"),
        ("Жертва торговли людьми".encode("cp1251"), "the encoding of "),
        ("被害者".encode("shift-jis"), "the encoding of "),
        (b"caf\x81", "the encoding of "),
        (b"\xff\xfeA", "the encoding of "),
        (b"words \x07 words", "is not a text: it contains control characters"),
        (b"\x7fELF\x00\x00\x01\x02", "is not a text"),
    ],
)
def test_what_is_not_a_text_is_a_sentence(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(NpcompareError) as caught:
        read(content, tmp_path)
    assert message in caught.value.message


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_broken_lines_are_joined(line_end: str, tmp_path: Path) -> None:
    rows = [
        "(1) A victim of trafficking shall not be prosecuted for, or convicted of, an",
        "offence that the victim committed as a direct consequence of being a victim.",
        "(2) The court decides.",
        "A short line.",
        "Another one.",
    ]
    text = read(line_end.join(rows).encode(), tmp_path).text
    assert text.splitlines() == [f"{rows[0]} {rows[1]}", *rows[2:]]


def test_long_lines_are_paragraphs(tmp_path: Path) -> None:
    rows = ["word " * 40, "A paragraph.", "word " * 40, "the next"]
    text = read("\n".join(rows).encode(), tmp_path).text
    assert text.splitlines() == [row.strip() for row in rows]


def test_form_feed_is_a_line_break(tmp_path: Path) -> None:
    assert read(b"12.\tOne\f13.\tTwo", tmp_path).text == "12. One\n13. Two"


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    assert read(b"(1) Words", tmp_path, "clause.docx").text == "(1) Words"
    for content, kind in (
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "an XML document"),
        (b"%PDF-1.7", "a PDF document"),
    ):
        with pytest.raises(NpcompareError, match=kind):
            read(content, tmp_path)
