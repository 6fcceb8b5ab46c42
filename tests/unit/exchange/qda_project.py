"""Read a REFI-QDA project as another program does: by its elements, identifiers and positions."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMESPACE = "{urn:QDA-XML:project:1.0}"


class Coding(NamedTuple):
    """A code on words of a text."""

    text: str
    words: str
    code: str
    user: str


class Project:
    """A project that was unpacked."""

    def __init__(self, content: bytes) -> None:
        """Unpack a project."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.files["project.qde"])
        self.by_guid = {
            element.get("guid", ""): element for element in self.root.iter() if element.get("guid")
        }

    def all(self, tag: str) -> list[Element]:
        """Return all elements of a kind."""
        return list(self.root.iter(f"{_NAMESPACE}{tag}"))

    def text_of(self, element: Element) -> str:
        """Return the text in the file that a text or note refers to."""
        scheme, _, name = element.get("plainTextPath", "").partition("://")
        assert scheme == "internal"
        return self.files[f"sources/{name}"].decode()

    def description(self, element: Element) -> str:
        """Return the description of an element."""
        return element.findtext(f"{_NAMESPACE}Description", "")

    def notes(self) -> dict[str, str]:
        """Return the notes by name."""
        return {note.get("name", ""): self.text_of(note) for note in self.all("Note")}

    def codings(self) -> list[Coding]:
        """Return what is coded, with the words at the positions in the file."""
        return [
            Coding(
                source.get("name", ""),
                self.words(source, selection),
                self._name(coding.find(f"{_NAMESPACE}CodeRef"), "targetGUID"),
                self._name(coding, "creatingUser"),
            )
            for source in self.all("TextSource")
            for selection in source.findall(f"{_NAMESPACE}PlainTextSelection")
            for coding in selection.findall(f"{_NAMESPACE}Coding")
        ]

    def words(self, source: Element, selection: Element) -> str:
        """Return the words at the positions of a selection, which are also its name."""
        start, end = (int(selection.get(f"{key}Position", "")) for key in ("start", "end"))
        words = self.text_of(source)[start:end]
        assert len(words) == end - start > 0
        assert selection.get("name") == words
        return words

    def values(self, element: Element) -> dict[str, str]:
        """Return the variables of a case or text with their values."""
        return {
            self._name(value[0], "targetGUID"): value[1].text or ""
            for value in element.findall(f"{_NAMESPACE}VariableValue")
        }

    def _name(self, element: Element | None, attribute: str) -> str:
        assert element is not None
        return self.by_guid[element.get(attribute, "")].get("name", "")
