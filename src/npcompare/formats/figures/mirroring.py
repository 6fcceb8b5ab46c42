"""Figures in the language of their document: its tag and fonts and, for Arabic, a mirror image.

A figure is laid out from left to right and then mirrored as a whole. Programs disagree on where a
text begins whose direction is an attribute, so each text is an isolate of Unicode in a figure that
runs from left to right. What has a meaning from west to east, or is a sign, is moved and not
mirrored: the tiles of a map, ticks, and headings on end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from npcompare.formats.figures.canvas import FONT
from npcompare.formats.language_scripts import directions, has_loose_edge, language_of
from npcompare.messages import ENGLISH_TAG

if TYPE_CHECKING:
    from npcompare.document import Document

_NAMESPACE = "http://www.w3.org/2000/svg"
ET.register_namespace("", _NAMESPACE)

#: Begin a text from right to left among others, and one from left to right, and end either.
_RIGHT, _LEFT, _END = "\u2067", "\u2066", "\u2069"
ISOLATES = _RIGHT + _LEFT + _END

#: The attributes for horizontal places.
_PLACES = ("x", "cx", "x1", "x2")

#: Where a text ends that began in a place, and the reverse.
_ANCHORS = {"": "end", "start": "end", "end": "", "middle": "middle"}

#: A command of a path with its numbers, and how many numbers a point has in it.
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?[0-9.]+")

#: A tick, and its width.
_TICK, _TICK_WIDTH = re.compile(r"M(-?\d+) (-?\d+)(l4 4l6 -8)"), 10

_TURN = re.compile(r"rotate\((-?[\d.]+) (-?[\d.]+) (-?[\d.]+)\)")

_ARROWS = str.maketrans("→←", "←→")


def in_language(svg: str, document: Document) -> str:
    """Return a figure in the language of its document; in English, the same."""
    if document.language == ENGLISH_TAG:
        return svg
    root = ET.fromstring(svg)  # noqa: S314 - the SVG is our own
    root.set("{http://www.w3.org/XML/1998/namespace}lang", document.language)
    root.set("font-family", _fonts(document))
    if document.is_right_to_left:
        # A page around it may run from right to left.
        root.set("direction", "ltr")
        _mirror(root, float(root.attrib["width"]))
    return ET.tostring(root, encoding="unicode")


def _fonts(document: Document) -> str:
    """Return the fonts of a figure: those of its script come first.

    Browsers look for each letter in all fonts that are named; resvg looks in the first one that is
    installed, and then in any.
    """
    named = (f"'{font}'" if " " in font else font for font in language_of(document.language).sans)
    return ", ".join((*named, FONT))


def _mirror(element: ET.Element, width: float) -> None:
    """Mirror the elements in another, in a figure of a width; patterns and maps stay."""
    for child in element:
        kind = child.tag.rpartition("}")[2]
        if child.get("class") == "tile":
            _isolate(child)
        elif kind not in _WITHOUT_PLACE:
            _MIRRORS.get(kind, _mirror_places)(child, width)
            _mirror(child, width)


def _isolate(element: ET.Element) -> None:
    for text in element.iter(f"{{{_NAMESPACE}}}text"):
        text.text = _isolated(text.text or "")


def _mirror_text(text: ET.Element, width: float) -> None:
    """Move a text to the other side, where it ends in its place; one on end begins there."""
    x = _shown(width - _number(text, "x"))
    text.set("x", x)
    if turn := _TURN.fullmatch(text.get("transform", "")):
        text.set("transform", f"rotate({turn[1]} {x} {turn[3]})")
    elif anchor := _ANCHORS[text.get("text-anchor", "")]:
        text.set("text-anchor", anchor)
    else:
        del text.attrib["text-anchor"]
    text.text = _isolated((text.text or "").translate(_ARROWS))


def _isolated(text: str) -> str:
    parts = list(directions(text))
    words = "".join(
        f"{_LEFT}{part}{_END}" if not is_turned and has_loose_edge(part) else part
        for part, is_turned in parts
    )
    is_left_to_right = not any(is_turned for _, is_turned in parts)
    return f"{_LEFT}{text}{_END}" if is_left_to_right else f"{_RIGHT}{words}{_END}"


def _mirror_rectangle(rectangle: ET.Element, width: float) -> None:
    right = _number(rectangle, "x") + _number(rectangle, "width")
    rectangle.set("x", _shown(width - right))


def _mirror_path(path: ET.Element, width: float) -> None:
    path.set("d", _mirrored_path(path.attrib["d"], width))


def _mirror_places(element: ET.Element, width: float) -> None:
    for name in _PLACES:
        if name in element.attrib:
            element.set(name, _shown(width - _number(element, name)))


#: How the elements are mirrored that have more than places.
_MIRRORS = {"text": _mirror_text, "rect": _mirror_rectangle, "path": _mirror_path}

#: The elements that draw nothing where they are.
_WITHOUT_PLACE = frozenset({"defs", "title", "desc"})


def _mirrored_path(path: str, width: float) -> str:
    if tick := _TICK.fullmatch(path):
        return f"M{_shown(width - float(tick[1]) - _TICK_WIDTH)} {tick[2]}{tick[3]}"
    return "".join(
        command + _mirrored_numbers(command, list(map(float, _NUMBER.findall(numbers))), width)
        for command, numbers in _COMMAND.findall(path)
    )


def _mirrored_numbers(command: str, numbers: list[float], width: float) -> str:
    """Return the numbers of a command mirrored; each second one is horizontal, in H all are."""
    step = 1 if command in "Hh" else 2
    if command not in "Vv":
        start = width if command.isupper() else 0
        numbers[::step] = [start - number for number in numbers[::step]]
    return " ".join(map(_shown, numbers))


def _number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))


def _shown(number: float) -> str:
    return f"{number:g}"
