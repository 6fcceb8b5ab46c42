"""A walk through the elements of a page without recursion, in which some are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element


def walk(root: Element, is_left_out: Callable[[Element], bool]) -> Iterator[tuple[str, Element]]:
    """Yield "start" and "end" with each element, and only "skip" for one that is left out."""
    element = root
    while True:
        if element is not root and is_left_out(element):
            yield "skip", element
        else:
            yield "start", element
            if len(element):
                element = element[0]
                continue
            yield "end", element
        following = None
        while element is not root and (following := element.getnext()) is None:
            parent = element.getparent()
            # Only the root has no parent.
            element = root if parent is None else parent
            yield "end", element
        if following is None:
            return
        element = following
