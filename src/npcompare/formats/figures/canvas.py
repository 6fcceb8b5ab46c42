"""What pictures are drawn on: a sheet of SVG, its texts measured and made safe."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from npcompare.text import visible

if TYPE_CHECKING:
    from npcompare.document import Document

#: Dark enough to be read on white.
INK = "#1a1a1a"
FONT = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

MARGIN = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in SVG, what it is called, what it shows in words, and its size in pixels."""

    svg: str
    title: str
    #: Which part of the table it is, such as "rows 1 to 16 of 26".
    part: str
    description: str
    width: int
    height: int


@dataclass(slots=True)
class Sheet:
    """The picture, and how far down it is drawn."""

    root: Element
    #: What every id begins with, because pictures may stand together in a page.
    name: str
    #: The room between the margins.
    inner: int
    y: int = MARGIN

    def lines(self, words: str, size: int, *, bold: bool = False) -> None:
        """Write a paragraph in as many lines as it needs, to four."""
        block = titled(self.root, words)
        for line in wrapped(words, self.inner, size, 4, bold=bold):
            self.y += size + 4
            draw_text(block, (MARGIN, self.y), line, size, bold=bold)
        self.y += 4

    def heads(self, titles: tuple[str, ...]) -> None:
        """Write the titles at the top."""
        for number, words in enumerate(titles):
            self.lines(words, 20 if number == 0 else 15, bold=True)
        self.y += 12

    def picture(self, part: str) -> Picture:
        """Return what has been drawn."""
        width, height = self.inner + 2 * MARGIN, self.y + MARGIN
        size = {"width": str(width), "height": str(height)}
        paper = Element("rect", {"fill": "#ffffff", "x": "0", "y": "0"} | size)
        self.root.insert(sum(one.tag in {"title", "desc", "defs"} for one in self.root), paper)
        self.root.attrib |= {
            "xmlns": "http://www.w3.org/2000/svg",
            **size,
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-labelledby": f"{self.name}-title {self.name}-desc",
            "font-family": FONT,
            "fill": INK,
        }
        indent(self.root, " ")
        svg = tostring(self.root, encoding="unicode") + "\n"
        title, told = (self.root[place].text or "" for place in (0, 1))
        return Picture(svg, title, part, told, width, height)


def begun(name: str, inner: int, title: str, description: str) -> Sheet:
    """Return a sheet with its title and what it shows in words."""
    root = Element("svg")
    SubElement(root, "title", {"id": f"{name}-title"}).text = title
    SubElement(root, "desc", {"id": f"{name}-desc"}).text = description
    return Sheet(root, name, inner)


def titles(document: Document, number: int) -> tuple[str, ...]:
    """Return what stands above the picture of a table: the document's titles, and its own."""
    table = document.tables[number]
    several = len(document.tables) > 1
    part = f" (table {number + 1} of {len(document.tables)})" if several else ""
    own = table.title + part if part or table.title != document.title else ""
    return tuple(filter(None, map(shown, (document.number, document.title, own))))


def shown(text: str) -> str:
    """Return a text in one line that can do nothing."""
    return " ".join(visible(text).split())


def measure(text: str, size: int, *, bold: bool = False) -> int:
    """Return the room of a text in a sans-serif face, rather too much than too little."""
    units = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return units * size * (68 if bold else 60) // 100 + 1


def wrapped(text: str, room: int, size: int, most: int, *, bold: bool = False) -> list[str]:
    """Return a text in lines that fit the room; what goes beyond the last is left out as "…"."""

    def fits(line: str) -> bool:
        return measure(line, size, bold=bold) <= room

    lines = [""]
    for word in text.split():
        if fits(f"{lines[-1]} {word}".strip()):
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        lines.append("")
        for character in word:
            if lines[-1] and not fits(lines[-1] + character):
                lines.append("")
            lines[-1] += character
    lines = [line for line in lines if line]
    if len(lines) > most:
        last = lines[most - 1]
        while last and not fits(f"{last}…"):
            last = last[:-1]
        lines[most - 1 :] = [f"{last.rstrip()}…"]
    return lines


def titled(parent: Element, title: str, name: str = "") -> Element:
    """Return a group that is told in full where a reader points at it."""
    group = SubElement(parent, "g", {"class": name} if name else {})
    SubElement(group, "title").text = title
    return group


def draw_text(
    parent: Element, at: tuple[int, int], words: str, size: int = 12, *, bold: bool = False
) -> Element:
    """Write a line of text whose foot begins at a place."""
    place = {"x": str(at[0]), "y": str(at[1]), "font-size": str(size)}
    one = SubElement(parent, "text", place | ({"font-weight": "bold"} if bold else {}))
    one.text = words
    return one


def draw_rect(parent: Element, at: tuple[int, int], size: tuple[int, int], **look: str) -> None:
    """Draw a rectangle from its upper left corner."""
    names = ("x", "y", "width", "height")
    place = {name: str(value) for name, value in zip(names, (*at, *size), strict=True)}
    SubElement(parent, "rect", place | {key.replace("_", "-"): one for key, one in look.items()})


def draw_path(parent: Element, drawn: str, colour: str, width: int) -> None:
    """Draw a line in the words of SVG."""
    look = {"d": drawn, "fill": "none", "stroke": colour, "stroke-width": str(width)}
    SubElement(parent, "path", look)
