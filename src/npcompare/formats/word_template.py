"""House templates: what of one may be part of an annex that is filed.

A template may come from anywhere, and an annex must not fetch or run anything when it is opened.
Styles, numbering, page setup, headers and footers are kept. What is fetched from outside the file
(a linked picture, an attached template), embedded objects and macros are removed. Fields are
replaced by their last result, unless they only count or repeat what is in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml
from lxml import etree

from npcompare.formats.word_xml import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

#: The last words of the types of relationships that are kept: styles, page setup, pictures.
_KEPT_RELATIONSHIPS = frozenset(
    {
        "officeDocument",
        "styles",
        "stylesWithEffects",
        "numbering",
        "settings",
        "webSettings",
        "fontTable",
        "font",
        "theme",
        "themeOverride",
        "header",
        "footer",
        "image",
        "footnotes",
        "endnotes",
        "core-properties",
        "extended-properties",
        "custom-properties",
    }
)

#: The fields that are kept: each shows only what is in the document itself.
_KEPT_FIELDS = frozenset(
    {
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "PAGEREF",
        "REF",
        "NOTEREF",
        "STYLEREF",
        "SEQ",
        "TITLE",
        "SUBJECT",
        "AUTHOR",
        "KEYWORDS",
        "COMMENTS",
        "DOCPROPERTY",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "FILENAME",
    }
)

_RELATIONSHIP_ID = re.compile(
    r"\{http://(schemas\.openxmlformats\.org/officeDocument/2006|purl\.oclc\.org/ooxml/officeDocument)"
    r"/relationships\}"
)

#: Attributes of old drawings that name a file or a page directly.
_ADDRESSES = frozenset({"src", "href", "althref"})

#: The elements that are removed whole if the picture or object in them is removed.
_CONTAINERS = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))


#: What people call the targets of relationships that are removed; others are not seen by readers.
_KINDS = {
    "image": "linked picture",
    "oleObject": "embedded object",
    "package": "embedded object",
    "chart": "chart",
    "diagramData": "diagram",
    "control": "form control",
    "vbaProject": "macro",
    "aFChunk": "inserted file",
    "subDocument": "inserted file",
    "video": "video",
    "audio": "sound",
    "hyperlink": "link to a file",
}

#: The addresses that a link may lead to; the link is followed only when a reader clicks on it.
_SAFE_ADDRESS = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)


def contain(word: WordDocument, more_types: frozenset[str] = frozenset()) -> None:
    """Remove from a Word file all that is fetched from outside it or can run.

    Args:
        word: The file.
        more_types: Further types of relationships that are kept; links to web pages if "hyperlink".
    """
    package = word.part.package
    for key in _forbidden(package.rels, more_types):
        del package.rels[key]
    # Each removal is made before the next part is walked to: a part that nothing refers to any
    # longer is not walked to, and is not saved.
    for part in package.iter_parts():
        root = _root(part)
        forbidden = _forbidden(part.rels, more_types)
        for key in forbidden:
            del part.rels[key]
        if root is None:
            continue
        _remove_references(root, forbidden)
        _remove_fields(root)
        if not hasattr(part, "element"):
            part._blob = etree.tostring(root, encoding="UTF-8", standalone=True)  # noqa: SLF001


def left_out(word: WordDocument, more_types: frozenset[str]) -> Counter[str]:
    """Return what `contain` would remove of what readers see, by its kind with its count."""
    counts: Counter[str] = Counter()
    for part in word.part.package.iter_parts():
        for key in _forbidden(part.rels, more_types):
            kind = _KINDS.get(part.rels[key].reltype.rpartition("/")[2])
            counts.update([kind] if kind else [])
    return counts


def _forbidden(relationships: Any, more_types: frozenset[str]) -> set[str]:
    """Return the ids of relationships that lead outside, or to a part that is not kept."""
    types = _KEPT_RELATIONSHIPS | more_types
    return {
        key
        for key, relationship in relationships.items()
        if (relationship.is_external and not _is_safe_link(relationship, more_types))
        or relationship.reltype.rpartition("/")[2] not in types
    }


def _is_safe_link(relationship: Any, more_types: frozenset[str]) -> bool:
    is_link = relationship.reltype.rpartition("/")[2] == "hyperlink"
    is_kept = is_link and "hyperlink" in more_types
    return is_kept and _SAFE_ADDRESS.fullmatch(relationship.target_ref) is not None


def _root(part: Any) -> Any:
    """Return the XML of a part, or None for a part of another kind, such as a picture."""
    if hasattr(part, "element"):
        return part.element
    return parse_xml(part.blob) if part.content_type.endswith("xml") else None


def _remove_references(root: Any, forbidden: set[str]) -> None:
    """Remove each element that uses a forbidden relationship, and every direct address.

    A hyperlink becomes plain text, and a picture with a link loses the link.
    """
    for element in list(root.iter("*")):
        for name in [name for name in element.attrib if _local(name) in _ADDRESSES]:
            del element.attrib[name]
        references = [
            name
            for name, value in element.items()
            if value in forbidden and _RELATIONSHIP_ID.match(name)
        ]
        if references and element.tag == qn("w:hyperlink"):
            for name in references:
                del element.attrib[name]
        elif references:
            _remove(_container(element))


def _container(element: Any) -> Any:
    """Return what to remove with an element: the drawing around it, unless it is only a link."""
    if _local(element.tag).startswith("hlink"):
        return element
    ancestors = (ancestor for ancestor in element.iterancestors() if ancestor.tag in _CONTAINERS)
    return next(ancestors, element)


def _remove(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def _remove_fields(root: Any) -> None:
    """Replace each field that is not kept by its last result."""
    for field in list(root.iter(qn("w:fldSimple"))):
        if not _is_kept(field.get(qn("w:instr"), "")):
            for child in list(field):
                field.addprevious(child)
            field.getparent().remove(field)
    for marks in _complex_fields(root):
        instruction = "".join(mark.text or "" for mark in marks if mark.tag == qn("w:instrText"))
        if not _is_kept(instruction):
            for mark in marks:
                mark.getparent().remove(mark)


def _complex_fields(root: Any) -> Iterator[list[Any]]:
    """Yield the marks and instructions of each field that is not one element.

    Fields nest; a field without an end is yielded too.
    """
    open_fields: list[list[Any]] = []
    for element in list(root.iter(qn("w:fldChar"), qn("w:instrText"))):
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin" or not open_fields:
            open_fields.append([])
        open_fields[-1].append(element)
        if kind == "end":
            yield open_fields.pop()
    yield from open_fields


def _is_kept(instruction: str) -> bool:
    name, *_ = [*instruction.split(), ""]
    return name.upper() in _KEPT_FIELDS
