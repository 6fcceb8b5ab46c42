"""What the tests of Word files share: a small annex, and the file written for a document."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.formats.word import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: A row of `small_annex`: a stub, and a quotation with marks of notes and a language.
ROW = (cell("Kenya", Tone.STRONG), Cell((Run("“shall not be”", Tone.QUOTE, ("a", "b"), "fr-BE"),)))


def small_annex(*rows: tuple[Cell, ...], **options: Any) -> Document:
    """Return an annex of one table with the columns State and Words."""
    table = Table("Provisions", columns(a="State", b="Words"), rows, **options)
    return Document("Non-punishment", (table,), {}, table, "made with", "Annex II")


def opened(document: Document) -> Any:
    """Return a document as python-docx opens the Word file that is written for it."""
    return docx.Document(io.BytesIO(write(document)))


def xml_of(document: Document, part: str = "word/document.xml") -> str:
    """Return the XML of a part of the Word file that is written for a document."""
    return zipfile.ZipFile(io.BytesIO(write(document))).read(part).decode()


def repack(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Change the parts of a Word file; `change` gets the name and the content of each."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            archive.writestr(name, change(name, parts.read(name)))
    path.write_bytes(packed.getvalue())
