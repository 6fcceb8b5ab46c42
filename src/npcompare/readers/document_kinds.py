"""Which reader reads a document: its content decides, not its name alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.files import LARGEST_FILE, read_bytes, show_path
from npcompare.readers.markup_kinds import AKOMA_NTOSO, HINTS, HTML, markup_kind
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from npcompare.readers.paragraphs import DocumentText

    Reader = Callable[[bytes, str, str], DocumentText]

#: No bill is this large, even with pictures.
_LARGEST = 64 * 1024**2

#: No bill has more text, and no code of which a section is read has more paragraphs: what is done
#: with each of them takes far longer than reading it.
_LONGEST_TEXT = LARGEST_FILE
_MOST_PARAGRAPHS = 100_000

REVISIONS = ("accepted", "rejected")


def _docx() -> Reader:
    from npcompare.readers.docx_reader import read_docx

    return read_docx


def _odt() -> Reader:
    from npcompare.readers.odt_reader import read_odt

    return read_odt


def _html() -> Reader:
    from npcompare.readers.html_reader import read_html

    return read_html


def _akoma_ntoso() -> Reader:
    from npcompare.readers.akn_reader import read_akoma_ntoso

    return read_akoma_ntoso


def _plain_text() -> Reader:
    from npcompare.readers.plain_text import read_plain_text

    return read_plain_text


def _pdf() -> Reader:
    from npcompare.readers.pdf_reader import read_pdf

    return read_pdf


#: The readers by the kind of document. Each is imported when it is used; it takes the bytes of the
#: file, the path to show in messages, and whether revisions are accepted or rejected.
READERS: dict[str, Callable[[], Reader]] = {
    "a Word document": _docx,
    "an OpenDocument text": _odt,
    "a PDF document": _pdf,
    HTML: _html,
    AKOMA_NTOSO: _akoma_ntoso,
    "a plain text": _plain_text,
}

#: What is read, for hints.
_READABLE = (
    "save it as a Word document (.docx), an OpenDocument text (.odt), a web page (.html), plain "
    "text (.txt) or PDF"
)

_HINTS = {
    **HINTS,
    "an old Word document (.doc)": (
        "open it in Word and save it as .docx: File, Save As, Word Document (*.docx)"
    ),
    "a rich-text document (.rtf)": (
        "open it in Word and save it as .docx: File, Save As, Word Document (*.docx)"
    ),
    "an encrypted document": (
        "open it in Word, remove the password (File, Info, Protect Document, Encrypt with "
        "Password), save it and try again"
    ),
}

_SIGNATURES = {
    b"{\\rtf": "a rich-text document (.rtf)",
    b"bplist00": "a web archive of Safari (.webarchive)",
    b"\xffWPC": "a WordPerfect document",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"\x1f\x8b": "an archive",
}

#: The beginning of a PDF, which may have other bytes before it.
_PDF = b"%PDF-"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names in an OLE file, which are in UTF-16, and what they show it to be.
_OLE_NAMES = {
    "EncryptedPackage": "an encrypted document",
    "WordDocument": "an old Word document (.doc)",
    "Workbook": "an old Excel workbook (.xls)",
    "PowerPoint Document": "an old PowerPoint presentation (.ppt)",
}

#: What the list of types in a zipped Office document shows it to be.
_OFFICE_TYPES = {
    b"wordprocessingml": "a Word document",
    b"ms-word": "a Word document",
    b"spreadsheetml": "an Excel workbook",
    b"presentationml": "a PowerPoint presentation",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def read_document(path: Path, revisions: str = "accepted", section: str = "") -> DocumentText:
    """Return the numbered paragraphs of a document, and what was left out of them.

    Args:
        path: The file.
        revisions: Whether tracked changes are "accepted" or "rejected".
        section: The section to return alone, such as "12(1)"; empty for the whole document.

    Raises:
        NpcompareError: If the file or the section is missing, or it cannot be read.
    """
    if revisions not in REVISIONS:
        raise NpcompareError(
            f'tracked changes cannot be read as "{revisions}"',
            suggestion(revisions, "known", REVISIONS),
        )
    name = show_path(path)
    content = read_bytes(path, _LARGEST, name)
    kind = document_kind(content, name)
    reader = READERS.get(kind)
    if reader is None:
        raise NpcompareError(f"{name} is {kind} and cannot be read", _HINTS.get(kind, _READABLE))
    document = reader()(content, name, revisions)
    if not document.paragraphs:
        raise NpcompareError(f"{name} contains no text{_instead(document)}")
    if section:
        from npcompare.readers import outline

        paragraphs, note = outline.section(document.paragraphs, section, name)
        notes = (*document.notes, note) if note else document.notes
        document = replace(document, paragraphs=paragraphs, notes=notes)
    _refuse_excess(document, name)
    return document


def _refuse_excess(document: DocumentText, name: str) -> None:
    """Raise NpcompareError if a document, or the section of it that is read, is too long."""
    excess = ""
    if len(document.paragraphs) > _MOST_PARAGRAPHS:
        excess = f"more than {_MOST_PARAGRAPHS:,} paragraphs"
    elif sum(len(paragraph.text) for paragraph in document.paragraphs) > _LONGEST_TEXT:
        excess = f"more than {_LONGEST_TEXT // 1024**2} MB of text"
    if excess:
        hint = "name the section that you need with --section, or save its pages in another file"
        raise NpcompareError(f"{name} has {excess}", hint)


def kind_of_file(path: Path) -> tuple[str, bool]:
    """Return what a file is, with its article, and whether it is in UTF-8."""
    name = show_path(path)
    content = read_bytes(path, _LARGEST, name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return document_kind(content, name), False
    return document_kind(content, name), True


def _instead(document: DocumentText) -> str:
    """Return what an empty document has besides text."""
    kinds = [entry.kind for entry in document.left_out]
    return f" that can be read; it has: {', '.join(kinds)}" if kinds else ""


def document_kind(content: bytes, path: str) -> str:
    """Return what a file is, with its article: "a Word document"."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(content, path)
    if content.startswith(_OLE):
        names = (kind for name, kind in _OLE_NAMES.items() if name.encode("utf-16-le") in content)
        return next(names, "an old Office document")
    if _PDF in content[:1024]:
        return "a PDF document"
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    return markup_kind(content) or "a plain text"


def _zip_kind(content: bytes, path: str) -> str:
    from npcompare.readers.zip_package import ZipPackage

    package = ZipPackage(content, path)
    media_type = package.read("mimetype", 1024).decode("ascii", "replace").strip()
    if media_type.startswith(_OPEN_DOCUMENT):
        media = media_type.removeprefix(_OPEN_DOCUMENT)
        return "an OpenDocument text" if media.startswith("text") else f"an OpenDocument {media}"
    types = package.read("[Content_Types].xml", 1024**2)
    kinds = (kind for word, kind in _OFFICE_TYPES.items() if word in types)
    return next(kinds, "a zip archive")
