"""Properties of the readers of documents: no exception, words on one line, and labels that lead.

The readers are called as `read_document` calls them. A PDF is given as PDFium describes its pages,
because PDFium itself runs in a process of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

import msgspec
from markup_bills import AknAct, ListPage, TypedPage, sample_page
from odt_files import odt
from pdf_bills import make_bill
from word_bills import NAMES as WORD_NAMES
from word_bills import BillMaker, sample_clause

from fuzz.packages import package, parts_of, seed
from fuzz.trees import ROOT
from npcompare.errors import NpcompareError
from npcompare.formats import plain
from npcompare.readers import outline, pdf_pages, pdf_reader
from npcompare.readers.document_kinds import READERS, document_kind
from npcompare.readers.paragraphs import one_line
from npcompare.readers.pdf_pages import Pages
from npcompare.reports.document_report import document_report

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText

_PATH = "a.file"

#: The parts of a package that bytes may replace, in their order.
DOCX_PARTS = (
    *("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"),
    *("word/comments.xml", "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"),
)
ODT_PARTS = ("content.xml", "styles.xml", "META-INF/manifest.xml", "mimetype")

_ODT_BODY = (
    "<text:h text:outline-level='1'>Victims</text:h><text:list text:style-name='L'><text:list-item>"
    "<text:p>A victim <text:span text:style-name='Hides'>hidden</text:span> shall not<text:tab/>be "
    "punished.<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>Aside</text:p></text:note-body></text:note></text:p><text:list>"
    "<text:list-item text:start-value='3'><text:p text:style-name='Listed'>one<text:s text:c='2'/>"
    "</text:p></text:list-item></text:list></text:list-item></text:list><text:tracked-changes>"
    "<text:changed-region text:id='c'><text:deletion><text:p>gone</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes><text:p>An<text:change text:change-id='c'/> act"
    "<text:change-start text:change-id='c'/>ed<text:change-end text:change-id='c'/></text:p>"
    "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a"
    "</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
    "<text:section text:display='none'><text:p>away</text:p></text:section><draw:frame><draw:text-"
    "box><text:p>box</text:p></draw:text-box></draw:frame>"
)


@cache
def word_sample() -> dict[str, bytes]:
    """Return the parts of a Word file with lists, notes, comments, revisions and text boxes."""
    maker = BillMaker(11)
    parts = {**parts_of(maker.make().content), **_styles(maker)}
    return {name: parts[name] for name in DOCX_PARTS}


@cache
def odt_sample() -> dict[str, bytes]:
    """Return the parts of an OpenDocument text with all that the reader knows."""
    return parts_of(odt(_ODT_BODY))


def _styles(maker: BillMaker) -> dict[str, bytes]:
    """Return the styles that a bill uses, without the hundreds that every new file has."""
    styles = f"<w:styles {WORD_NAMES}>{maker.styles()}</w:styles>"
    return {"word/styles.xml": styles.encode()}


def word_text(raw: bytes) -> None:
    """Assert that a Word file, or the sample with other parts, is read or refused."""
    _check(package(raw, word_sample(), DOCX_PARTS))


def odt_text(raw: bytes) -> None:
    """Assert that an OpenDocument text, or the sample with other parts, is read or refused."""
    _check(package(raw, odt_sample(), ODT_PARTS))


def markup_text(raw: bytes) -> None:
    """Assert that any bytes are read as what they seem to be, or refused."""
    _check(raw)


def akn_text(raw: bytes) -> None:
    """Assert that any bytes are read as Akoma Ntoso or refused."""
    _check(raw, "an Akoma Ntoso document")


def plain_text(raw: bytes) -> None:
    """Assert that a plain text keeps every sign that can be seen."""
    document = _check(raw, "a plain text")
    if document is None or document.notes:
        return
    with suppress(UnicodeDecodeError):
        # Only the sign for a place where a word may be divided is not a part of the words.
        expected = one_line(raw.decode("utf-8-sig").replace("\x0b", " "))
        left_out = Counter("".join(expected.split())) - Counter("".join(document.text.split()))
        assert not left_out, left_out


def pdf_text(raw: bytes) -> None:
    """Assert that any pages of a PDF are read or refused; JSON is what PDFium gives of them."""
    if b"%PDF-" in raw[:1024]:
        _check(raw)
        return
    try:
        pages = msgspec.json.decode(raw, type=Pages)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    if any(run.size <= 0 for page in pages.pages for run in page.runs):
        # What is read of PDFium has a size.
        return
    with patch.object(pdf_reader, "read_pages", lambda _content, _path: pages):
        _check(b"%PDF-")


def _check(content: bytes, kind: str = "") -> DocumentText | None:
    """Return what is read of a document, or None if it is refused with a sentence."""
    document = None
    for revisions in ("rejected", "accepted"):
        try:
            name = kind or document_kind(content, _PATH)
            reader = READERS.get(name)
            if reader is None:
                return None
            document = reader()(content, _PATH, revisions)
        except NpcompareError as error:
            assert _PATH in error.message, error
            return None
        _check_text(document)
    return document


def _check_text(document: DocumentText) -> None:
    """Assert that words are on one line, that depths are sound, and that sections are found."""
    for paragraph in document.paragraphs:
        assert paragraph.line
        assert paragraph.text == one_line(paragraph.text)
        assert paragraph.label == one_line(paragraph.label)
        assert paragraph.depth >= 0
        assert not paragraph.label or paragraph.depth >= 1
    for entry in document.left_out:
        assert entry.count > 0
        assert entry.example == one_line(entry.example) != ""
    paths = {paragraph.path for paragraph in document.paragraphs if paragraph.path}
    for path in sorted(paths)[:20]:
        name = f"{path[0]}{''.join(f'({part})' for part in path[1:])}"
        with suppress(NpcompareError):
            paragraphs, _ = outline.section(document.paragraphs, name, _PATH)
            assert paragraphs
    report = document_report(_PATH, document)
    assert json.loads(msgspec.json.encode(report.data))
    assert plain.write(report)


# --- What the searches begin with ----------------------------------------------------------------


def word_seeds() -> list[bytes]:
    """Return Word files of several kinds as their parts."""
    makers = [BillMaker(number) for number in range(6)]
    bills = [{**parts_of(maker.make().content), **_styles(maker)} for maker in makers]
    clause = {**parts_of(sample_clause()), "word/styles.xml": b""}
    return [seed(parts, DOCX_PARTS) for parts in (*bills, clause)]


def odt_seeds() -> list[bytes]:
    """Return the parts of an OpenDocument text."""
    return [seed(odt_sample(), ODT_PARTS)]


def markup_seeds() -> list[bytes]:
    """Return pages of several kinds."""
    pages = [ListPage(number).make_page().content for number in range(4)]
    return [
        *pages,
        *(TypedPage(number).make_page().content for number in range(6)),
        sample_page().encode(),
    ]


def plain_seeds() -> list[bytes]:
    """Return texts with labels, and one whose lines are broken."""
    clause = (ROOT / "tests" / "bills" / "clause-12.txt").read_bytes()
    broken = "\r\n".join(f"{number}. {'word ' * 14}\r\nand more of it" for number in range(1, 9))
    return [clause, broken.encode(), "§ 5 Café\n(1) x".encode("cp1252"), b"a\x00b\x00"]


def akn_seeds() -> list[bytes]:
    """Return Acts in Akoma Ntoso."""
    return [AknAct(number).make_act().content for number in range(6)]


def pdf_seeds() -> list[bytes]:
    """Return the pages of bills that are set in several ways."""
    bills = (make_bill(number).content for number in range(6))
    return [msgspec.json.encode(pdf_pages._pages(content)) for content in bills]
