"""House templates: which parts of one may travel into an annex that is filed.

A template may come from anywhere, and whoever opens the annex must not call out or run anything
because of it. Styles, numbering, the page, headers and footers stay. Whatever is fetched from
outside the file (a linked picture, an attached template), embedded objects and macros are removed,
and fields are replaced by their last result unless they only count or repeat what is in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The last words of the types of relationships that stay: styles, page furniture and pictures.
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

#: The fields that stay: each shows only what is in the document itself.
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

#: Attributes of old drawings that name a file or page directly.
_ADDRESSES = frozenset({"src", "href", "althref"})

#: The elements that are removed whole when what they show is gone.
_CONTAINERS = ("w:drawing", "w:pict", "w:object")


def contain(word: Any) -> None:
    """Remove from an opened Word file whatever would reach out of it or run."""
    package = word.part.package
    for key in _barred(package.rels):
        del package.rels[key]
    # The parts are walked after each removal, so that what is no longer referred to is not.
    for part in package.iter_parts():
        root = _root(part)
        barred = _barred(part.rels)
        for key in barred:
            del part.rels[key]
        if root is None:
            continue
        _remove_references(root, barred)
        _remove_fields(root)
        if not hasattr(part, "element"):
            from lxml import etree

            part._blob = etree.tostring(root, encoding="UTF-8", standalone=True)  # noqa: SLF001


def _barred(relationships: Any) -> set[str]:
    """Return the ids of relationships that lead outside, or to a part that does not stay."""
    return {
        key
        for key, relationship in relationships.items()
        if relationship.is_external
        or relationship.reltype.rpartition("/")[2] not in _KEPT_RELATIONSHIPS
    }


def _root(part: Any) -> Any:
    """Return the XML of a part, or None for a part of another kind, such as a picture."""
    if hasattr(part, "element"):
        return part.element
    if not part.content_type.endswith("xml"):
        return None
    from docx.oxml import parse_xml

    return parse_xml(part.blob)


def _remove_references(root: Any, barred: set[str]) -> None:
    """Remove each element that refers to a removed relationship; a hyperlink keeps its text.

    A picture with a link keeps the picture. `r:href` is a relationship too, and is removed with its
    element or, where the relationship is internal, as an address.
    """
    from docx.oxml.ns import qn

    containers = {qn(name) for name in _CONTAINERS}
    for element in list(root.iter("*")):
        for name in [name for name in element.attrib if name.rpartition("}")[2] in _ADDRESSES]:
            del element.attrib[name]
        names = [
            name
            for name, value in element.items()
            if value in barred and _RELATIONSHIP_ID.match(name)
        ]
        if not names:
            continue
        if element.tag == qn("w:hyperlink"):
            for name in names:
                del element.attrib[name]
            continue
        shown = element
        if not element.tag.rpartition("}")[2].startswith("hlink"):
            ancestors = (above for above in element.iterancestors() if above.tag in containers)
            shown = next(ancestors, element)
        if shown.getparent() is not None:
            shown.getparent().remove(shown)


def _remove_fields(root: Any) -> None:
    """Replace each field that does not stay by the result that it last had."""
    from docx.oxml.ns import qn

    for field in list(root.iter(qn("w:fldSimple"))):
        if not _is_kept(field.get(qn("w:instr"), "")):
            for child in list(field):
                field.addprevious(child)
            field.getparent().remove(field)
    for marks, instruction in _complex_fields(root):
        if not _is_kept(instruction):
            for mark in marks:
                mark.getparent().remove(mark)


def _complex_fields(root: Any) -> Iterator[tuple[list[Any], str]]:
    """Yield each field that spans runs: its marks and instruction elements, and its instruction.

    Fields nest; a field that is never ended is yielded too.
    """
    from docx.oxml.ns import qn

    begun: list[list[Any]] = []
    for element in list(root.iter(qn("w:fldChar"), qn("w:instrText"))):
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin" or not begun:
            begun.append([])
        begun[-1].append(element)
        if kind == "end":
            marks = begun.pop()
            yield marks, _instruction(marks)
    for marks in begun:
        yield marks, _instruction(marks)


def _instruction(marks: list[Any]) -> str:
    from docx.oxml.ns import qn

    return "".join(mark.text or "" for mark in marks if mark.tag == qn("w:instrText"))


def _is_kept(instruction: str) -> bool:
    name, *_ = [*instruction.split(), ""]
    return name.upper() in _KEPT_FIELDS
