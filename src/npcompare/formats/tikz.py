r"""Figures in LaTeX: our own SVG as a picture of TikZ, so that the file has all it needs.

Only what the templates of `formats/figures` contain is known. TikZ itself reads the paths. Known
programs that convert SVG are not used: they do not write patterns, and know nothing of the escapes
of this format.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from npcompare.formats.figures.mirroring import ISOLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_NAMESPACE = "{http://www.w3.org/2000/svg}"

#: Elements without a drawing of their own, whose children are looked at; and what is not drawn.
_GROUPS, _SILENT = frozenset({"svg", "g"}), frozenset({"title", "desc", "defs"})

#: What an element takes over from those around it.
_INHERITED = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")

_ANCHORS = {"": "base west", "start": "base west", "middle": "base", "end": "base east"}
_TURN = re.compile(r"rotate\((-?[\d.]+)[ ,]+(-?[\d.]+)[ ,]+(-?[\d.]+)\)")
_REFERENCE = re.compile(r"url\(#(.+)\)")


class _Tile(NamedTuple):
    """A pattern, and the size of its tile."""

    element: ET.Element
    width: float
    height: float


def tikz(svg: str, scale: float, escape: Callable[[str], str]) -> str:
    """Return a picture of TikZ that shows what an SVG shows.

    Args:
        svg: A figure of `formats/figures`.
        scale: The size of a pixel in points.
        escape: Returns a text as it is written in LaTeX.
    """
    # The SVG is our own, with every text in it escaped.
    root = ET.fromstring(svg)  # noqa: S314
    picture = _Picture(root, scale, escape)
    commands = list(picture.commands(root, {}))
    colours = [f"\\definecolor{{{name}}}{{HTML}}{{{name[1:]}}}" for name in sorted(picture.colours)]
    options = f"xscale={scale:.4f},yscale=-{scale:.4f}"
    body = "\n".join(commands)
    return "\n".join([*colours, f"\\begin{{tikzpicture}}[{options}]", body, "\\end{tikzpicture}"])


class _Picture:
    """Turns elements into commands, and collects the colours that they use."""

    def __init__(self, root: ET.Element, scale: float, escape: Callable[[str], str]) -> None:
        self.colours: set[str] = set()
        self._scale = scale
        self._escape = escape
        self._tiles = {
            pattern.get("id", ""): _Tile(pattern, *_numbers(pattern, "width", "height"))
            for pattern in root.iter(f"{_NAMESPACE}pattern")
        }

    def commands(self, element: ET.Element, around: Mapping[str, str]) -> Iterator[str]:
        """Yield the commands that draw an element, which is in others with some attributes."""
        kind = element.tag.removeprefix(_NAMESPACE)
        if kind in _SILENT:
            return
        inherited = {name: around[name] for name in _INHERITED if name in around}
        looks = inherited | dict(element.attrib)
        if kind in _GROUPS:
            for child in element:
                yield from self.commands(child, looks)
        elif kind == "text":
            yield self._text(element, looks)
        else:
            yield from self._shape(kind, element, looks)

    def _shape(self, kind: str, element: ET.Element, looks: Mapping[str, str]) -> Iterator[str]:
        """Yield the commands that fill and draw a shape."""
        reference = _REFERENCE.fullmatch(looks.get("fill", ""))
        if reference:
            yield from self._tiled(element, self._tiles[reference[1]])
        options = []
        fill = "" if reference else looks.get("fill", "#000000")
        if fill not in {"", "none"}:
            options.append(f"fill={self._colour(fill)}")
        if looks.get("stroke", "none") != "none":
            width = float(looks.get("stroke-width", "1")) * self._scale
            options += [f"draw={self._colour(looks['stroke'])}", f"line width={width:.2f}pt"]
        if "stroke-dasharray" in looks:
            options.append(f"dash pattern={self._dashes(looks['stroke-dasharray'])}")
        if options:
            yield f"\\path[{','.join(options)}] {_outline(kind, element)};"

    def _tiled(self, element: ET.Element, tile: _Tile) -> Iterator[str]:
        """Yield the commands that fill a rectangle with a pattern, which begins at the origin."""
        x, y, width, height = _numbers(element, "x", "y", "width", "height")
        yield f"\\begin{{scope}}\\clip {_outline('rect', element)};"
        yield (
            f"\\foreach \\x in {_steps(x, width, tile.width)}"
            f"\\foreach \\y in {_steps(y, height, tile.height)}{{%"
        )
        yield "\\begin{scope}[shift={(\\x pt,\\y pt)}]"
        for child in tile.element:
            yield from self.commands(child, {})
        yield "\\end{scope}}\\end{scope}"

    def _dashes(self, lengths: str) -> str:
        names = ("on", "off")
        return " ".join(
            f"{names[place % 2]} {float(length) * self._scale:.2f}pt"
            for place, length in enumerate(re.split(r"[ ,]+", lengths.strip()))
        )

    def _text(self, element: ET.Element, looks: Mapping[str, str]) -> str:
        x, y = _numbers(element, "x", "y")
        size = float(looks.get("font-size", "12")) * self._scale
        font = f"\\fontsize{{{size:.2f}}}{{{size * 1.2:.2f}}}\\selectfont\\sffamily"
        if looks.get("font-weight") == "bold":
            font += "\\bfseries"
        options = [f"anchor={_ANCHORS[looks.get('text-anchor', '')]}", "inner sep=0pt"]
        options += [f"text={self._colour(looks.get('fill', '#000000'))}", f"font={font}"]
        if turn := _TURN.fullmatch(element.get("transform", "")):
            # SVG turns clockwise.
            options.append(f"rotate={-float(turn[1]):g}")
        words = self._escape("".join(element.itertext()).strip(ISOLATES))
        return f"\\node[{','.join(options)}] at ({x:g}pt,{y:g}pt) {{{words}}};"

    def _colour(self, colour: str) -> str:
        """Return the name of a colour that is given by its number."""
        digits = colour.removeprefix("#").upper()
        if not re.fullmatch("[0-9A-F]{6}", digits):
            raise ValueError(f"not a colour of a figure: {colour}")
        self.colours.add(f"c{digits}")
        return f"c{digits}"


def _outline(kind: str, element: ET.Element) -> str:
    """Return the outline of a shape as a path of TikZ."""
    if kind == "path":
        return f"svg {{{element.attrib['d']}}}"
    if kind == "rect":
        x, y, width, height = _numbers(element, "x", "y", "width", "height")
        return f"({x:g}pt,{y:g}pt) rectangle ({x + width:g}pt,{y + height:g}pt)"
    if kind == "circle":
        x, y, radius = _numbers(element, "cx", "cy", "r")
        return f"({x:g}pt,{y:g}pt) circle[radius={radius:g}pt]"
    if kind == "line":
        x, y, end_x, end_y = _numbers(element, "x1", "y1", "x2", "y2")
        return f"({x:g}pt,{y:g}pt) -- ({end_x:g}pt,{end_y:g}pt)"
    raise ValueError(f"not an element of a figure: {kind}")


def _numbers(element: ET.Element, *names: str) -> list[float]:
    return [float(element.get(name, "0")) for name in names]


def _steps(start: float, length: float, step: float) -> str:
    """Return the multiples of a step in a stretch, and the one before it, as a list of TikZ."""
    first, last = int(start // step), int((start + length) // step)
    return "{" + ",".join(f"{place * step:g}" for place in range(first, last + 1)) + "}"
