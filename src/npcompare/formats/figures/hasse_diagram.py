"""Diagrams as pictures in SVG: boxes in rows and lines down; hides where each is put."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from npcompare.document import Diagram, Tone
from npcompare.formats.figures.canvas import (
    INK,
    MARGIN,
    begun,
    draw_path,
    draw_rect,
    draw_text,
    shown,
    titled,
    titles,
    wrapped,
)
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from xml.etree.ElementTree import Element

    from npcompare.document import Box, Document
    from npcompare.formats.figures.canvas import Picture, Sheet

#: The room for the name of a row, for a box, for a line between boxes, and between any two.
_LABEL = 84
_BOX = 168
_LANE = 10
_GAP = 20
#: Boxes in one row; more of one row go into rows of their own.
_ACROSS = 5
#: What stands between two rows, where the lines bend.
_BETWEEN = 64
_LEAST_WIDTH = 860
#: Of a name in a box.
_LINES = 6
_SWEEPS = 12

_LINE = "#4a5560"
_UNKNOWN = "#6a1b6a"


def whole(document: Document, number: int, name: str) -> Picture | None:
    """Return the diagram of a table with its titles, or nothing if it has none to be read."""
    found = document.tables[number].figure
    if not isinstance(found, Diagram) or not found.is_readable:
        return None
    laid = _laid(found)
    sheet = begun(name, _width(laid), ": ".join(titles(document, number)), _told(found))
    sheet.heads(titles(document, number))
    _draw_boxes(sheet, found, laid)
    _draw_apart(sheet, found)
    if document.provenance:
        sheet.y += 8
        sheet.lines(shown(document.provenance), 11)
    return sheet.picture("")


def page(document: Document, number: int, name: str) -> Picture | None:
    """Return the boxes of a table's diagram alone: titles, and what is apart, the page has."""
    found = document.tables[number].figure
    if not isinstance(found, Diagram) or not found.is_readable or not found.boxes:
        return None
    laid = _laid(found)
    sheet = begun(name, _width(laid), ": ".join(titles(document, number)), _told(found))
    _draw_boxes(sheet, found, laid)
    return sheet.picture("the diagram")


def _told(found: Diagram) -> str:
    """Return the diagram in words."""
    lines = counted(len(found.lines), "line")
    said = [f"A diagram with {lines}, each down from what {found.line} to what it {found.line}."]
    for number, box in enumerate(found.boxes):
        below = [_names(found.boxes[low]) for high, low in found.lines if high == number]
        said.append(f"{_row(found, box)}: {_names(box)}" + (f", {found.line} " if below else "."))
        if below:
            said[-1] += f"{'; '.join(below)}."
    said += [f"{shown(one.heading)}: {', '.join(map(shown, one.names))}." for one in found.lists]
    return shown(" ".join(said))


def _names(box: Box) -> str:
    return " and ".join(map(shown, box.names))


def _row(found: Diagram, box: Box) -> str:
    return f"{shown(found.row).capitalize()} {box.row}"


# --- Where each is put --------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    """A box, or the place where a long line passes a row."""

    row: int
    #: The number of the box; None where a line passes.
    box: int | None
    width: int
    above: list[_Node] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)
    #: The middle.
    x: float = 0.0

    def towards(self, nodes: Sequence[_Node]) -> float:
        """Return the middle of its neighbours, or its own where it has none."""
        return sum(one.x for one in nodes) / len(nodes) if nodes else self.x


@dataclass(frozen=True, slots=True)
class _Laid:
    """The nodes row by row, each in its place, and each line as the nodes it passes."""

    rows: list[list[_Node]]
    paths: list[list[_Node]]


def _laid(found: Diagram) -> _Laid:
    rows, boxes = _rows(found)
    paths = [_path(rows, boxes[high], boxes[low]) for high, low in found.lines]
    for row in rows:
        _settle(row, [0.0] * len(row))
    for sweep in range(_SWEEPS):
        is_down = sweep % 2 == 0
        for row in rows[:: 1 if is_down else -1]:
            wanted = [(one.towards(one.above if is_down else one.below), one) for one in row]
            wanted.sort(key=lambda each: each[0])
            row[:] = [one for _, one in wanted]
            _settle(row, [place for place, _ in wanted])
    for row in rows:
        _settle(row, [one.towards([*one.above, *one.below]) for one in row])
    return _Laid(rows, paths)


def _path(rows: Sequence[list[_Node]], high: _Node, low: _Node) -> list[_Node]:
    """Return the nodes of a line, with a place of its own in every row that it passes."""
    path = [high]
    for number in range(high.row + 1, low.row):
        path.append(_Node(number, None, _LANE))
        rows[number].append(path[-1])
    path.append(low)
    for one, other in pairwise(path):
        one.below.append(other)
        other.above.append(one)
    return path


def _rows(found: Diagram) -> tuple[list[list[_Node]], list[_Node]]:
    """Return the boxes in rows that fit the page, and by number."""
    held: dict[int, list[int]] = {}
    for number, box in enumerate(found.boxes):
        held.setdefault(box.row, []).append(number)
    rows: list[list[_Node]] = []
    boxes: dict[int, _Node] = {}
    for _, numbers in sorted(held.items()):
        parts = -(-len(numbers) // _ACROSS)
        most = -(-len(numbers) // parts)
        for start in range(0, len(numbers), most):
            here = numbers[start : start + most]
            rows.append([_Node(len(rows), number, _BOX) for number in here])
            boxes |= dict(zip(here, rows[-1], strict=True))
    return rows, [boxes[number] for number in range(len(found.boxes))]


def _offsets(row: Sequence[_Node]) -> list[float]:
    """Return how far each node must at least be from the first."""
    steps = (one.width / 2 + _GAP + other.width / 2 for one, other in pairwise(row))
    return [0.0, *accumulate(steps)]


def _settle(row: Sequence[_Node], wanted: Sequence[float]) -> None:
    """Put each node as near to where it is wanted as the others let it be, in this order.

    Those that would stand too close are moved together to the mean of what they want.
    """
    offsets = _offsets(row)
    blocks: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        blocks.append([want - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, many = blocks.pop()
            before, few = blocks[-1]
            blocks[-1] = [(mean * many + before * few) / (many + few), many + few]
    places = [mean for mean, many in blocks for _ in range(int(many))]
    for one, place, offset in zip(row, places, offsets, strict=False):
        one.x = place + offset


# --- How it is drawn ----------------------------------------------------------------------------


def _width(laid: _Laid) -> int:
    left, right = _sides(laid.rows)
    return max(_LEAST_WIDTH, _LABEL + round(right - left))


def _sides(rows: Iterable[Sequence[_Node]]) -> tuple[float, float]:
    nodes = [one for row in rows for one in row]
    left = min((one.x - one.width / 2 for one in nodes), default=0)
    return left, max((one.x + one.width / 2 for one in nodes), default=0)


def _draw_boxes(sheet: Sheet, found: Diagram, laid: _Laid) -> None:
    if not found.boxes:
        return
    rows = laid.rows
    left, right = _sides(rows)
    spare = (sheet.inner - _LABEL - (right - left)) / 2
    shift = MARGIN + _LABEL + spare - left
    lines = [_lines_of(box) for box in found.boxes]
    heights = [max(_height(lines[one.box]) for one in row if one.box is not None) for row in rows]
    tops = [sheet.y, *(sheet.y + end for end in accumulate(h + _BETWEEN for h in heights))]

    def x(node: _Node) -> int:
        return round(node.x + shift)

    for path, ends in zip(laid.paths, found.lines, strict=True):
        high, low = (_names(found.boxes[end]) for end in ends)
        told = shown(f"{high}, {found.line} {low}")
        drawn = _line(path, x, tops, heights, _height(lines[ends[0]]))
        draw_path(titled(sheet.root, told, "line"), drawn, _LINE, 2)
    named = 0
    for row, top in zip(rows, tops, strict=False):
        for node in row:
            if node.box is None:
                continue
            box = found.boxes[node.box]
            _draw_box(sheet, box, _row(found, box), (x(node) - _BOX // 2, top), lines[node.box])
            if box.row != named:
                named = box.row
                draw_text(sheet.root, (MARGIN, top + 20), _row(found, box), 13, bold=True)
    sheet.y = tops[-1] - _BETWEEN + 12
    sheet.lines(shown(found.reading), 12)


def _line(
    path: Sequence[_Node],
    x: Callable[[_Node], int],
    tops: Sequence[int],
    heights: Sequence[int],
    start: int,
) -> str:
    """Return a line from the foot of its first box to the head of its last, past all others."""
    first, last = path[0], path[-1]
    drawn = f"M{x(first)} {tops[first.row] + start}V{tops[first.row] + heights[first.row]}"
    for before, node in pairwise(path):
        top = tops[node.row]
        bend = top - _BETWEEN // 2
        drawn += f"C{x(before)} {bend} {x(node)} {bend} {x(node)} {top}"
        if node is not last:
            drawn += f"V{top + heights[node.row]}"
    return drawn


def _lines_of(box: Box) -> list[list[str]]:
    return [wrapped(shown(name), _BOX - 16, 12, _LINES) for name in box.names]


def _height(names: Sequence[Sequence[str]]) -> int:
    return 12 + sum(15 * max(len(lines), 1) + 5 for lines in names)


def _draw_box(
    sheet: Sheet, box: Box, row: str, at: tuple[int, int], names: Sequence[Sequence[str]]
) -> None:
    left, top = at
    block = titled(sheet.root, f"{row}: {_names(box)}", "box")
    draw_rect(block, at, (_BOX, _height(names)), fill="#ffffff", stroke=INK, stroke_width="2")
    y = top + 6
    for number, lines in enumerate(names):
        if number:
            draw_path(block, f"M{left} {y}h{_BOX}", "#9aa3ad", 1)
        for line, words in enumerate(lines):
            draw_text(block, (left + 8, y + 13 + 15 * line), words)
        y += 15 * max(len(lines), 1) + 5


def _draw_apart(sheet: Sheet, found: Diagram) -> None:
    """Draw what stands apart, under its heading: each name by itself, with no line to any."""
    across = max(1, (sheet.inner + _GAP) // (_BOX + 2 * _GAP))
    room = (sheet.inner + _GAP) // across - _GAP
    for one in found.lists:
        sheet.y += 14
        draw_path(sheet.root, f"M{MARGIN} {sheet.y}h{sheet.inner}", "#9aa3ad", 1)
        sheet.lines(shown(one.heading), 15, bold=True)
        sheet.y += 6
        held = [wrapped(shown(name), room - 30, 12, _LINES) for name in one.names]
        for start in range(0, len(held), across):
            row = held[start : start + across]
            height = 12 + 15 * max(1, *map(len, row))
            for number, lines in enumerate(row):
                at = (MARGIN + number * (room + _GAP), sheet.y)
                block = titled(sheet.root, shown(one.names[start + number]), f"apart {one.tone}")
                _draw_name(block, at, (room, height), lines, is_known=one.tone != Tone.UNKNOWN)
            sheet.y += height + 10


def _draw_name(
    block: Element,
    at: tuple[int, int],
    size: tuple[int, int],
    lines: Sequence[str],
    *,
    is_known: bool,
) -> None:
    """Draw a name that stands apart, with a question mark if that is for want of knowledge."""
    left, top = at
    colour = _LINE if is_known else _UNKNOWN
    draw_rect(block, at, size, fill="#ffffff", stroke=colour, stroke_dasharray="4 3")
    if not is_known:
        draw_text(block, (left + size[0] - 15, top + 18), "?", 13, bold=True).set("fill", colour)
    for number, words in enumerate(lines):
        draw_text(block, (left + 8, top + 18 + 15 * number), words)
