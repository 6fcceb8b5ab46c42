"""Elements of WordprocessingML, made without the layers of python-docx.

An annex has some 15,000 elements. For each, python-docx resolves its name and searches its place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import nsmap
from docx.oxml.ns import qn as name_in_full
from docx.oxml.parser import oxml_parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAMESPACE = {"w": nsmap["w"]}

#: The name of an element or attribute, such as "w:lang", with its namespace in full.
qn = cache(name_in_full)

#: What a run has besides text: a tab, or a line that ends.
_NOT_TEXT = re.compile("([\t\n\r])")
_ELEMENTS = {"\t": "w:tab", "\n": "w:br", "\r": "w:br"}


def element(name: str, /, **attributes: str) -> Any:
    """Return an element such as "w:lang", its attributes in the namespace of Word."""
    attributes_in_full = {qn(f"w:{key}"): value for key, value in attributes.items()}
    return oxml_parser.makeelement(qn(name), attributes_in_full, _NAMESPACE)


def run_of(text: str, properties: Sequence[Any] = ()) -> Any:
    """Return a run with a text, in which tabs and line breaks are elements of their own.

    Args:
        text: The text, without characters that XML does not allow.
        properties: The elements of its properties, in the order that Word requires.
    """
    run = element("w:r")
    if properties:
        run.append(element("w:rPr"))
        run[0].extend(properties)
    for part in _NOT_TEXT.split(text):
        if name := _ELEMENTS.get(part):
            run.append(element(name))
        elif part:
            words = element("w:t")
            words.text = part
            if part != part.strip():
                words.set(qn("xml:space"), "preserve")
            run.append(words)
    return run


def append_block(body: Any, block: Any) -> None:
    """Add a paragraph or table at the end of a body, before its page setup if it has one.

    It is looked for at the end: to search a body from its beginning for each block takes time that
    grows with the square of their number.
    """
    setup = None
    for child in body.iterchildren(reversed=True):
        if child.tag != qn("w:sectPr"):
            break
        setup = child
    if setup is None:
        body.append(block)
    else:
        setup.addprevious(block)


def discard(parent: Any, children: Iterable[Any]) -> None:
    """Remove children of an element, with everything in them.

    To take an element with its content out of a document takes time that grows with the square of
    the content: lxml looks for the names of each element in it among those of all others.
    """
    for child in children:
        child.clear()
        parent.remove(child)
