"""Names and values in the XML of Word files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The namespace of Word, in braces as lxml writes it.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_VALUE = f"{W}val"
_OFF = {"0", "false", "off"}


def local(element: Element) -> str:
    """Return the name of an element of Word without its namespace; other elements keep theirs."""
    return str(element.tag).removeprefix(W)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element of Word below an element on a path of names."""
    for name in path:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return element


def value(element: Element | None, *path: str) -> str | None:
    """Return the value of the element on a path; None if there is no such element."""
    target = child(element, *path)
    return None if target is None else str(target.get(_VALUE, ""))


def number(element: Element | None, *path: str) -> int | None:
    """Return the value on a path as a number; None if it is missing or not a number."""
    return whole_number(value(element, *path))


def whole_number(text: str | None) -> int | None:
    """Return a short text as a whole number, or None if it is not one."""
    text = (text or "").strip()
    return int(text) if text.removeprefix("-").isdecimal() and len(text) <= 9 else None


def is_on(element: Element | None, *path: str) -> bool | None:
    """Return whether a property on a path is on; None if it is not mentioned."""
    target = child(element, *path)
    return None if target is None else target.get(_VALUE, "true").lower() not in _OFF


def hides(run_properties: Element | None) -> bool | None:
    """Return whether run properties hide text, in print or on the web; None if they do not say."""
    is_hidden = is_on(run_properties, "vanish")
    return is_on(run_properties, "webHidden") if is_hidden is None else is_hidden
