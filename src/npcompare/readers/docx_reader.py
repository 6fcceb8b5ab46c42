"""Word files: .docx, .docm, .dotx and .dotm, also Strict Office Open XML."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from npcompare.readers.docx_body import BodyReader
from npcompare.readers.docx_numbering import Numbering
from npcompare.readers.docx_styles import Styles
from npcompare.readers.docx_xml import W
from npcompare.readers.outline import outlined
from npcompare.readers.paragraphs import DocumentText, LeftOutCounts
from npcompare.readers.safe_xml import events, parse
from npcompare.readers.zip_package import ZipPackage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The most bytes of a part that is read as a whole.
_LARGEST_SMALL_PART = 12 * 1024**2

#: The most headers, footers and other parts of which the words are counted.
_MOST_PARTS = 200

#: Parts whose text is left out: the end of their relationship, the elements that are counted
#: one by one, and what they are called. No element: the part is one passage.
_APART = {
    "footnotes": ("footnote", "footnote"),
    "endnotes": ("endnote", "endnote"),
    "comments": ("comment", "comment"),
    "header": ("", "header"),
    "footer": ("", "footer"),
}


def read_docx(content: bytes, path: str, revisions: str) -> DocumentText:
    """Return the text of a Word file; raise NpcompareError if it cannot be read."""
    return _DocxFile(content, path).read(revisions)


class _DocxFile:
    """The parts of a Word file."""

    def __init__(self, content: bytes, path: str) -> None:
        self._path = path
        self._package = ZipPackage(content, path)
        targets = self._relations("_rels/.rels").get("officeDocument", ["word/document.xml"])
        self._main = targets[0]
        if self._main not in self._package:
            raise self._package.damaged("it has no document part")
        folder, _, name = self._main.rpartition("/")
        self._related = self._relations(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)

    def read(self, revisions: str) -> DocumentText:
        """Return the text with revisions accepted or rejected."""
        left_out = LeftOutCounts()
        styles = Styles(self._first("styles"))
        numbering = Numbering(self._first("numbering"), styles)
        body = BodyReader(styles, numbering, left_out, revisions)
        # Comments, notes and so on are in parts of their own.
        lines = body.read(events(self._package.read(self._main), self._path, self._main))
        for relation, (name, kind) in _APART.items():
            for part in self._related.get(relation, [])[:_MOST_PARTS]:
                self._count(part, name, kind, left_out)
        notes = tuple(
            f"{self._path}: the numbers of a list are in the format {name}, shown here as 1, 2, 3"
            for name in sorted(numbering.unknown_formats)
        )
        return DocumentText(outlined(lines), left_out.listed(), notes)

    def _first(self, relation: str) -> Element | None:
        """Return the root of a part that the document has at most once."""
        for part in self._related.get(relation, [])[:1]:
            return parse(self._package.read(part, _LARGEST_SMALL_PART), self._path, part)
        return None

    def _relations(self, part: str, folder: str = "") -> dict[str, list[str]]:
        """Return the parts that a part refers to, by the last word of the kind of reference.

        References to anything outside the file are passed over: they are never followed.
        """
        root = parse(self._package.read(part, _LARGEST_SMALL_PART), self._path, part)
        relations: dict[str, list[str]] = {}
        for element in [] if root is None else root:
            if element.get("TargetMode", "").casefold() == "external":
                continue
            target = element.get("Target", "")
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            if target in self._package:
                relations.setdefault(kind, []).append(target)
        return relations

    def _count(self, part: str, name: str, kind: str, left_out: LeftOutCounts) -> None:
        """Count the passages of a part that is left out."""
        pieces: list[str] = []
        for event, element in events(self._package.read(part), self._path, part):
            tag = str(element.tag)
            if event == "start":
                if name and tag == W + name:
                    pieces.clear()
                continue
            if tag in {f"{W}t", f"{W}delText"}:
                pieces.append(element.text or "")
            elif tag == f"{W}p":
                pieces.append(" ")
                element.clear()
            elif tag == W + name:
                left_out.add(kind, "".join(pieces))
                element.clear()
        if not name:
            left_out.add(kind, "".join(pieces))
