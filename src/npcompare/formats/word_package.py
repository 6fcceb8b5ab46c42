"""Word files as packages: opened within limits, given properties, and packed without a clock."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from npcompare.errors import NpcompareError
from npcompare.formats.language_scripts import language_of
from npcompare.formats.registry import EPOCH, date_of
from npcompare.formats.word_xml import qn
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docx.document import Document as WordDocument
    from docx.opc.coreprops import CoreProperties
    from docx.opc.rel import _Relationship as Relationship

    from npcompare.document import Document

#: The most bytes that a Word file may have once it is unpacked.
_LARGEST = 256 * 1024 * 1024

#: The most parts of a Word file: an annex has fewer than thirty, a book with pictures hundreds.
_MOST_PARTS = 10_000

#: The most elements that its parts may have together: an annex of 10,000 provisions has fewer. A
#: megabyte of empty elements takes a hundred megabytes of memory.
_MOST_ELEMENTS = 1_500_000

#: The types of the main part of templates and of files with macros, and that of a document.
_MAIN_TYPE = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: The type of the relationship to the core properties, as some versions of LibreOffice write it.
_LIBREOFFICE_CORE = re.compile(
    rb"http://schemas\.openxmlformats\.org/officedocument/2006/relationships/metadata/core-properties"
)
_CORE = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
#: What every name in a Strict Open XML document begins with; these are other names than Word's own.
_STRICT = b"http://purl.oclc.org/ooxml/"
#: The parts with macros, and what refers to them: a type or a relationship.
_MACROS = re.compile(rb"/vba[A-Za-z]*\.(?:bin|xml)")
_MACRO_ENTRY = re.compile(rb"<(?:Override|Relationship)\s[^<>]*\bvba(?:Project|Data)[^<>]*/>")

#: The most columns that Word lets a cell span.
_WIDEST = 63

#: The most characters that Word keeps of a property.
_LONGEST_PROPERTY = 255

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES, _VARIANT = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"
_PROPERTIES_PART = "/docProps/custom.xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NO_PROPERTIES = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VARIANT}"/>'

#: The format identifier that Word gives to every custom property.
_PROPERTY_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

#: The custom property that contains the recipe: how to make the annex again.
_RECIPE = "npcompare"


def open_document(content: bytes) -> WordDocument:
    """Return the document in a Word file or template of any origin, size and shape.

    Raises NpcompareError if it is not a Word file, or is too large to be unpacked safely.
    """
    try:
        converted = _as_document(content)
        word = docx.Document(io.BytesIO(converted))
        spans = [int(value) for value in word.element.body.xpath("//w:gridSpan/@w:val")]
    except NpcompareError:
        raise
    except Exception as error:  # python-docx raises errors of many kinds for a damaged file
        raise NpcompareError("it is not a Word file") from error
    if any(span > _WIDEST for span in spans):
        raise NpcompareError("it has a table that is wider than Word allows")
    return word


def _as_document(content: bytes) -> bytes:
    """Return a Word template as the document that Word would make from it, without macros."""
    converted = io.BytesIO()
    elements = 0
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(converted, "w") as archive:
        if sum(entry.file_size for entry in parts.infolist()) > _LARGEST:
            raise NpcompareError(f"it would be larger than {_LARGEST // 1024**2} MB once unpacked")
        for name in _names(parts):
            if _MACROS.search(name.encode()):
                continue
            part = parts.read(name)
            # Each element has a tag that starts it. A part may be XML whatever its name is.
            elements += part.count(b"<") - part.count(b"</")
            if elements > _MOST_ELEMENTS:
                raise NpcompareError(f"it has more than {_MOST_ELEMENTS:,} elements")
            if name == "[Content_Types].xml":
                part = _MACRO_ENTRY.sub(b"", _MAIN_TYPE.sub(_DOCUMENT_TYPE, part))
            elif name == "_rels/.rels" and _STRICT in part:
                raise NpcompareError(
                    "it is a Strict Open XML document",
                    "open it in Word, and save it as a Word document (.docx) without “Strict”",
                )
            elif name.endswith(".rels"):
                part = _LIBREOFFICE_CORE.sub(_CORE, _MACRO_ENTRY.sub(b"", part))
            archive.writestr(name, part)
    return converted.getvalue()


def _names(parts: zipfile.ZipFile) -> list[str]:
    """Return the names of the parts of a file; raise NpcompareError if there are too many."""
    names = parts.namelist()
    if len(names) > _MOST_PARTS:
        raise NpcompareError(f"it has more than {_MOST_PARTS:,} parts")
    # The names of parts are the same in capitals and in small letters.
    if len({name.casefold() for name in names}) < len(names):
        raise NpcompareError("it has a part twice")
    return names


def pack(word: WordDocument) -> bytes:
    """Return a document as a file whose parts all have the same date, not that of a clock."""
    stream = io.BytesIO()
    word.save(stream)
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(packed, "w") as archive:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(part.filename))
    return packed.getvalue()


def set_core_properties(word: WordDocument, document: Document) -> None:
    """Set title, subject, author, language and date, as a file manager shows them.

    A file without a known date has none.
    """
    properties = word.core_properties
    properties.title = visible(document.title)[:_LONGEST_PROPERTY]
    properties.subject = visible(document.number)[:_LONGEST_PROPERTY]
    properties.author = "npcompare"
    properties.comments = visible(document.provenance)[:_LONGEST_PROPERTY]
    properties.language = language_of(document.language).tag
    _set_dates(properties, date_of(document))
    properties.last_modified_by = ""
    properties.revision = 1


def _set_dates(properties: CoreProperties, moment: datetime | None) -> None:
    element = properties._element  # noqa: SLF001
    for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted"):
        for previous in element.findall(qn(name)):
            element.remove(previous)
    if moment:
        properties.created = properties.modified = moment


def custom_properties(word: WordDocument) -> Any:
    """Return the custom properties of a file, as an element of XML that may be empty."""
    parts = [
        relationship.target_part
        for relationship in word.part.package.rels.values()
        if _leads_to_properties(relationship)
    ]
    return parse_xml(parts[0].blob if parts else _NO_PROPERTIES)


def read_recipe(word: WordDocument) -> dict[str, Any] | None:
    """Return the recipe in a file, or None without one; raise ValueError if it is damaged."""
    values = custom_properties(word).xpath(
        "*[local-name() = 'property'][@name = $name]/*", name=_RECIPE
    )
    return dict(json.loads(values[0].text or "")) if values else None


def set_recipe(word: WordDocument, recipe: Mapping[str, Any]) -> None:
    """Put a recipe into a custom property, which stays when the file is edited.

    The other custom properties, those of a template, are kept.
    """
    if not recipe:
        return
    properties = custom_properties(word)
    for previous in properties.xpath("*[@name = $name]", name=_RECIPE):
        properties.remove(previous)
    prop = etree.SubElement(
        properties, f"{{{_PROPERTIES}}}property", fmtid=_PROPERTY_FORMAT, name=_RECIPE
    )
    value = etree.SubElement(prop, f"{{{_VARIANT}}}lpwstr", nsmap={"vt": _VARIANT})
    value.text = json.dumps(recipe, sort_keys=True)
    for number, child in enumerate(properties, 2):
        child.set("pid", str(number))
    _replace_properties(word, properties)


def _replace_properties(word: WordDocument, properties: Any) -> None:
    package = word.part.package
    relationships = package.rels
    for key in [key for key, value in relationships.items() if _leads_to_properties(value)]:
        del relationships[key]
    blob = etree.tostring(properties, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(_PROPERTIES_PART), _PROPERTIES_TYPE, blob, package)
    package.relate_to(part, f"{_OFFICE}/relationships/custom-properties")


def _leads_to_properties(relationship: Relationship) -> bool:
    return not relationship.is_external and relationship.target_part.partname == _PROPERTIES_PART
