"""Numbered paragraphs as the elements of Akoma Ntoso, so that they are read back as they are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from npcompare.readers.typed_labels import typed_labels
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.readers.paragraphs import Paragraph

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

#: The elements of labels that begin with a word, and of other labels by their depth; the last one
#: is that of all deeper ones. Each has the short form that identifiers have.
_BY_WORD = (
    (re.compile(r"(?i:art[ií]culo|article|art\.)"), ("article", "art")),
    (re.compile(r"(?i:section|sec\.|secci[oó]n|§)"), ("section", "sec")),
    (re.compile(r"(?i:chapter|chapitre|cap[ií]tulo)"), ("chapter", "chp")),
    (re.compile(r"(?i:part)\b"), ("part", "part")),
    (re.compile(r"(?i:rule)"), ("rule", "rule")),
)
_BY_DEPTH = (("paragraph", "para"), ("subparagraph", "subpara"), ("point", "point"))


class _Part(Struct):
    """A paragraph with a label, the texts that follow it, and the paragraphs below it."""

    depth: int
    element: str
    identifier: str
    label: str = ""
    texts: list[str] = field(default_factory=list)
    #: The parts below it, and texts without a label that come after one of them.
    entries: list[_Part | str] = field(default_factory=list)

    def add_text(self, text: str) -> None:
        """Add a text without a label."""
        if self.entries:
            self.entries.append(text)
        elif text:
            self.texts.append(text)


class _Outline:
    """The parts of a text; identifiers are unique."""

    def __init__(self) -> None:
        self.root = _Part(0, "hcontainer", "hcontainer_1")
        self._open = [self.root]
        self._identifiers: set[str] = set()

    def add(self, paragraph: Paragraph) -> None:
        """Add the next paragraph; each of several labels, as in "12. (1)", has its own element."""
        if not paragraph.label:
            self._open[-1].add_text(paragraph.words)
            return
        while self._open[-1].depth >= paragraph.depth:
            self._open.pop()
        names = paragraph.path[paragraph.depth - 1 :]
        labels = _parts(paragraph.label)
        if len(labels) != len(names):
            labels, names = [paragraph.label], ("-".join(names),)
        for number, (label, name) in enumerate(zip(labels, names, strict=True)):
            self._append(paragraph.depth + number, label, name)
        self._open[-1].add_text(paragraph.words)

    def _append(self, depth: int, label: str, name: str) -> None:
        parent = self._open[-1]
        element, short = _element(label, depth)
        prefix = f"{parent.identifier}__" if parent is not self.root else ""
        identifier = self._unique(f"{prefix}{short}", re.sub(r"[^\w.-]", "", name))
        part = _Part(depth, element, identifier, label)
        parent.entries.append(part)
        self._open.append(part)

    def _unique(self, prefix: str, name: str) -> str:
        identifier = f"{prefix}_{name or 'nn'}"
        number = 1
        while identifier in self._identifiers:
            number += 1
            identifier = f"{prefix}-{number}_{name or 'nn'}"
        self._identifiers.add(identifier)
        return identifier


def structured(paragraphs: Iterable[Paragraph], remark: str = "") -> Any:
    """Return paragraphs nested by their labels, after an editorial remark if there is one."""
    outline = _Outline()
    for paragraph in paragraphs:
        outline.add(paragraph)
    return _written(outline.root, remark)


def unstructured(paragraphs: Iterable[Paragraph], remark: str = "") -> Any:
    """Return paragraphs one after the other, each with its label before its words."""
    root = _Part(0, "hcontainer", "hcontainer_1")
    for paragraph in paragraphs:
        root.add_text(paragraph.line)
    return _written(root, remark)


def _parts(label: str) -> list[str]:
    """Return the labels in one: "12." and "(1)" in "12. (1)"."""
    ends = [typed.end for typed in typed_labels(label)]
    return [label[start:end].strip() for start, end in pairwise([0, *ends])]


def _element(label: str, depth: int) -> tuple[str, str]:
    """Return the name of the element for a label, and its short form."""
    for pattern, names in _BY_WORD:
        if pattern.match(label):
            return names
    return _BY_DEPTH[min(depth, len(_BY_DEPTH)) - 1]


def _written(part: _Part, remark: str = "") -> Any:
    attributes = {"name": "provision"} if part.element == "hcontainer" else {}
    element = make(part.element, eId=part.identifier, **attributes)
    if part.label:
        element.append(make("num", part.label))
    texts = [make("p", text) for text in part.texts]
    if remark:
        texts.insert(0, make("p", make("remark", f"[{remark}]", status="editorial")))
    if texts:
        element.append(make("intro" if part.entries else "content", *texts))
    for number, entry in enumerate(part.entries, 1):
        if isinstance(entry, _Part):
            element.append(_written(entry))
        else:
            identifier = f"{part.identifier}__hcontainer_{number}"
            content = make("content", make("p", entry))
            element.append(make("hcontainer", content, eId=identifier, name="text"))
    return element


def make(tag: str, /, *content: Any, **attributes: str) -> Any:
    """Return an element with texts or other elements in it; control characters become visible."""
    from lxml import etree

    prefixes: dict[Any, str] = {None: NAMESPACE}
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap=prefixes)
    for key, value in attributes.items():
        element.set(key, visible(value))
    for part in content:
        if isinstance(part, str):
            element.text = visible(part)
        else:
            element.append(part)
    return element
