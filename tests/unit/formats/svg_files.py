"""Reading SVG: what the figures write, and where their texts are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, fromstring

from npcompare.formats.figures.canvas import measure
from npcompare.formats.figures.selection import write

if TYPE_CHECKING:
    from npcompare.document import Document

SVG = "{http://www.w3.org/2000/svg}"

LONG = "A provision of a very long name indeed, article 1000000000000000000000000000000000 " * 3


def draw(document: Document) -> Element:
    """Return the figure of a document as a tree."""
    return fromstring(write(document))  # noqa: S314 - it is our own


def titles(root: Element, name: str) -> list[str]:
    """Return the title of each group of a class."""
    groups = (group for group in root.iter(f"{SVG}g") if name in group.get("class", "").split())
    return [group.findtext(f"{SVG}title", "") for group in groups]


def texts(root: Element) -> list[str]:
    """Return the printed texts, line by line."""
    return [text.text or "" for text in root.iter(f"{SVG}text")]


class Area(NamedTuple):
    """A rectangle of a figure and what is in it."""

    left: float
    top: float
    right: float
    bottom: float
    words: str = ""

    def overlaps(self, area: Area) -> bool:
        """Return whether two rectangles have a part in common."""
        return not (
            self.right <= area.left
            or area.right <= self.left
            or self.bottom <= area.top
            or area.bottom <= self.top
        )


def text_areas(root: Element) -> list[Area]:
    """Return the estimated area of each text."""
    areas = []
    for text in root.iter(f"{SVG}text"):
        size, words = int(text.get("font-size", "0")), text.text or ""
        width = measure(words, size, bold="font-weight" in text.attrib)
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor", ""), 0)
        areas.append(Area(left, y - 0.75 * size, left + width, y + 0.2 * size, words))
    return areas
