"""Elements of WordprocessingML that python-docx has no class for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable


def element(name: str, /, **attributes: str) -> Any:
    """Return an element such as "w:lang", its attributes in the namespace of Word."""
    return OxmlElement(name, attrs={qn(f"w:{key}"): value for key, value in attributes.items()})


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
