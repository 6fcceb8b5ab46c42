"""The parts of REFI-QDA files: identifiers, elements, and archives that are the same every time.

REFI-QDA (www.qdasoftware.org) is the format in which programs for qualitative data analysis
exchange codebooks (.qdc) and projects (.qdpx).
"""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from npcompare._version import __version__
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

#: What the file says about the program that wrote it.
ORIGIN = f"npcompare {__version__}"

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:npcompare:refi-qda")

#: Joins names that have no control characters.
_SEPARATOR = "\x1f"


class UniqueNames:
    """Names that are all different, also for programs that ignore the case of letters."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def unique(self, name: str) -> str:
        """Return a name, with a number after it if something has that name already."""
        candidate, number = name, 1
        while candidate.casefold() in self._names:
            number += 1
            candidate = f"{name} ({number})"
        self._names.add(candidate.casefold())
        return candidate


def guid(*names: str) -> str:
    """Return the identifier of what has these names; the same names give the same identifier."""
    return str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join(names)))


def root(tag: str, namespace: str, **attributes: str) -> Element:
    """Return the element of a whole file; elements below it are in the same namespace."""
    values = {name: _line(value) for name, value in attributes.items()}
    return ET.Element(tag, {"xmlns": namespace, **values})


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Return a new element below another one; attributes that are empty are left out."""
    values = {name: _line(value) for name, value in attributes.items() if value}
    child = ET.SubElement(parent, tag, values)
    child.text = visible(text) or None
    return child


def add_reference(parent: Element, tag: str, target: str) -> None:
    """Add an element that refers to another one by its identifier."""
    add(parent, tag, targetGUID=target)


def described(parent: Element, text: str) -> None:
    """Add a description, unless it is empty."""
    if text:
        add(parent, "Description", text)


def _line(value: str) -> str:
    return visible(value, keep_lines=False)


def as_bytes(element: Element) -> bytes:
    """Return a file with an element in it, in UTF-8."""
    ET.indent(element)
    text = ET.tostring(element, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def packed(files: Mapping[str, bytes], date: tuple[int, int, int, int, int, int]) -> bytes:
    """Return an archive with files in their order, whose bytes do not depend on the computer."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()
