"""Comments and footnotes of a Word file, and its pictures: those in a part, and those not used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml
from lxml import etree

from npcompare.formats.word_xml import qn
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

#: For each kind of note, the reference to it, its element, and the ending of its type.
_KINDS = {
    "comment": ("w:commentReference", "w:comment", "/comments"),
    "footnote": ("w:footnoteReference", "w:footnote", "/footnotes"),
    "endnote": ("w:endnoteReference", "w:endnote", "/endnotes"),
}

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def notes_in(word: WordDocument, block: Any) -> Iterator[tuple[str, str]]:
    """Yield the kind and the words of each comment and footnote that a block refers to."""
    for kind, (reference, note, ending) in _KINDS.items():
        numbers = {mark.get(qn("w:id")) for mark in block.iter(qn(reference))}
        for part in _parts(word, ending) if numbers else ():
            for element in _root(part).iter(qn(note)):
                if element.get(qn("w:id")) in numbers:
                    texts = (node.text or "" for node in element.iter(qn("w:t")))
                    yield kind, fold("".join(texts))


def remove_unused(word: WordDocument) -> None:
    """Remove the comments and pictures to which nothing in the body refers any more."""
    body = word.element.body
    numbers = {mark.get(qn("w:id")) for mark in body.iter(qn("w:commentReference"))}
    for part in _parts(word, "/comments"):
        root = _root(part)
        for comment in [each for each in root if each.get(qn("w:id")) not in numbers]:
            root.remove(comment)
        if not hasattr(part, "element"):
            part._blob = etree.tostring(root, encoding="UTF-8", standalone=True)  # noqa: SLF001
    references = {
        value
        for element in body.iter("*")
        for name, value in element.items()
        if name.startswith(f"{{{_RELATIONSHIPS}}}")
    }
    relationships = word.part.rels
    for key in [key for key, value in relationships.items() if value.reltype.endswith("/image")]:
        if key not in references:
            del relationships[key]


def _parts(word: WordDocument, ending: str) -> list[Any]:
    return [
        relationship.target_part
        for relationship in word.part.rels.values()
        if not relationship.is_external and relationship.reltype.endswith(ending)
    ]


def _root(part: Any) -> Any:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)
