"""Hasse diagrams: boxes in rows, and lines down from each box to those next below it.

The layout is the layered drawing of Sugiyama, Tagawa and Toda (1981): the rows are given, a line
that passes a row gets a dummy node in it, and the nodes of each row are ordered by barycentre.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import Diagram
from npcompare.formats.figures.canvas import (
    LEAST_WIDTH,
    MARGIN,
    Caption,
    Paragraph,
    Sheet,
    draw,
    one_line,
    one_line_each,
    titles,
    wrapped,
)
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from npcompare.charts import Box
    from npcompare.document import Document
    from npcompare.formats.figures.canvas import Picture
    from npcompare.formats.figures.row_figure import Page

#: The widths of the label of a row, of a box, of a line that passes a row, and of a gap.
_LABEL = 84
_BOX = 168
_LANE = 10
_GAP = 20
#: The most boxes side by side; a row of more is split.
_MAX_ACROSS = 5
#: The height between two rows, where the lines bend.
_BETWEEN = 64
#: The most lines of a name in a box.
_MAX_LINES = 6
_SWEEPS = 12

_TEMPLATE = "hasse_diagram.svg.j2"


def whole(document: Document, number: int, name: str) -> Picture | None:
    """Return the diagram of a table with titles and lists, or None if it has none to draw."""
    diagram = document.tables[number].figure
    if not isinstance(diagram, Diagram) or not diagram.is_readable:
        return None
    layout = _Layout(diagram)
    sheet = Sheet(layout.width)
    sheet.write_titles(titles(document, number))
    sheet.write_headnote(one_line_each(document.tables[number].headnote))
    boxes = _place_boxes(sheet, diagram, layout)
    lists = _place_lists(sheet, diagram)
    if document.provenance:
        sheet.y += 8
        sheet.write(one_line(document.provenance), 11)
    caption = Caption(name, ": ".join(titles(document, number)), _description(diagram))
    return draw(_TEMPLATE, sheet, caption, **boxes._asdict(), **lists._asdict())


def pages(document: Document, number: int, name: str, page: Page) -> list[Picture]:
    """Return the boxes and lines alone: titles and lists are printed by the page around them."""
    del page
    diagram = document.tables[number].figure
    if not isinstance(diagram, Diagram) or not diagram.is_readable or not diagram.boxes:
        return []
    layout = _Layout(diagram)
    sheet = Sheet(layout.width)
    boxes = _place_boxes(sheet, diagram, layout)
    title = ": ".join(titles(document, number))
    caption = Caption(name, title, _description(diagram), "the diagram")
    return [draw(_TEMPLATE, sheet, caption, **boxes._asdict(), **_Lists([], [])._asdict())]


def _description(diagram: Diagram) -> str:
    """Return the diagram in words."""
    verb = diagram.line
    lines = counted(len(diagram.lines), "line")
    sentences = [f"A diagram with {lines}. A line leads down from a box that {verb} another."]
    for number, box in enumerate(diagram.boxes):
        child_names = [
            _names(diagram.boxes[lower]) for upper, lower in diagram.lines if upper == number
        ]
        sentence = f"{_row_label(diagram, box)}: {_names(box)}"
        sentences.append(
            f"{sentence}, {verb} {'; '.join(child_names)}." if child_names else f"{sentence}."
        )
    sentences += [
        f"{name_list.heading}: {', '.join(name_list.names)}." for name_list in diagram.lists
    ]
    return one_line(" ".join(sentences))


def _names(box: Box) -> str:
    return " and ".join(map(one_line, box.names))


def _row_label(diagram: Diagram, box: Box) -> str:
    return f"{one_line(diagram.row).capitalize()} {box.row}"


# --- The layered layout --------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    """A box, or a dummy node where a long line passes a row."""

    row: int
    #: The number of the box; None for a dummy node.
    box: int | None
    width: int
    parents: list[_Node] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)
    #: The middle.
    x: float = 0.0

    def barycentre(self, neighbours: Sequence[_Node]) -> float:
        """Return the mean place of neighbours, or its own place if there are none."""
        return sum(node.x for node in neighbours) / len(neighbours) if neighbours else self.x


class _Layout:
    """The nodes of a diagram row by row, each in its place, and each line as a path of nodes."""

    def __init__(self, diagram: Diagram) -> None:
        self.rows, boxes = _rows(diagram)
        self.paths = [
            _path(self.rows, boxes[upper], boxes[lower]) for upper, lower in diagram.lines
        ]
        for row in self.rows:
            _settle(row, [0.0] * len(row))
        for sweep in range(_SWEEPS):
            _order(self.rows, is_down=sweep % 2 == 0)
        for row in self.rows:
            _settle(row, [node.barycentre([*node.parents, *node.children]) for node in row])
        nodes = [node for row in self.rows for node in row]
        self.left = min((node.x - node.width / 2 for node in nodes), default=0)
        self.right = max((node.x + node.width / 2 for node in nodes), default=0)

    @property
    def width(self) -> int:
        """The width of a sheet for the diagram."""
        return max(LEAST_WIDTH, _LABEL + round(self.right - self.left))


def _rows(diagram: Diagram) -> tuple[list[list[_Node]], list[_Node]]:
    """Return the nodes of boxes in rows that fit the page, and by the number of the box."""
    by_row: dict[int, list[int]] = {}
    for number, box in enumerate(diagram.boxes):
        by_row.setdefault(box.row, []).append(number)
    rows: list[list[_Node]] = []
    boxes: dict[int, _Node] = {}
    for _, numbers in sorted(by_row.items()):
        parts = -(-len(numbers) // _MAX_ACROSS)
        across = -(-len(numbers) // parts)
        for start in range(0, len(numbers), across):
            part = numbers[start : start + across]
            rows.append([_Node(len(rows), number, _BOX) for number in part])
            boxes |= dict(zip(part, rows[-1], strict=True))
    return rows, [boxes[number] for number in range(len(diagram.boxes))]


def _path(rows: Sequence[list[_Node]], upper: _Node, lower: _Node) -> list[_Node]:
    """Return the nodes of a line, with a dummy node in every row that it passes."""
    path = [upper]
    for number in range(upper.row + 1, lower.row):
        path.append(_Node(number, None, _LANE))
        rows[number].append(path[-1])
    path.append(lower)
    for parent, child in pairwise(path):
        parent.children.append(child)
        child.parents.append(parent)
    return path


def _order(rows: Sequence[list[_Node]], *, is_down: bool) -> None:
    """Order each row by the barycentres of its neighbours in the row that was ordered before."""
    for row in rows[:: 1 if is_down else -1]:
        centres = [
            (node.barycentre(node.parents if is_down else node.children), node) for node in row
        ]
        centres.sort(key=lambda pair: pair[0])
        row[:] = [node for _, node in centres]
        _settle(row, [centre for centre, _ in centres])


def _settle(row: Sequence[_Node], targets: Sequence[float]) -> None:
    """Place each node of a row as near to its target as the others allow, in their order.

    This is isotonic regression by pooling adjacent violators (Ayer et al. 1955): nodes that would
    overlap form a block at the mean of their targets.
    """
    steps = (left.width / 2 + _GAP + right.width / 2 for left, right in pairwise(row))
    offsets = [0.0, *accumulate(steps)]
    blocks: list[tuple[float, int]] = []
    for target, offset in zip(targets, offsets, strict=False):
        blocks.append((target - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, size = blocks.pop()
            previous_mean, previous_size = blocks.pop()
            total = previous_size + size
            blocks.append(((mean * size + previous_mean * previous_size) / total, total))
    places = [mean for mean, size in blocks for _ in range(size)]
    for node, place, offset in zip(row, places, offsets, strict=False):
        node.x = place + offset


# --- Where it is drawn ---------------------------------------------------------------------------


class _PlacedBox(NamedTuple):
    title: str
    names: list[Paragraph]
    left: int
    top: int
    width: int
    height: int


class _PlacedLine(NamedTuple):
    title: str
    path: str


class _Label(NamedTuple):
    words: str
    y: int


class _Boxes(NamedTuple):
    boxes: list[_PlacedBox]
    drawn_lines: list[_PlacedLine]
    labels: list[_Label]


class _ListedName(NamedTuple):
    """A name of a list; it gets a question mark if it is listed because facts are missing."""

    text: Paragraph
    is_unknown: bool
    left: int
    top: int
    width: int
    height: int


class _Lists(NamedTuple):
    list_rules: list[int]
    listed: list[_ListedName]


def _place_boxes(sheet: Sheet, diagram: Diagram, layout: _Layout) -> _Boxes:
    if not diagram.boxes:
        return _Boxes([], [], [])
    shift = MARGIN + _LABEL - layout.left
    shift += (sheet.inner - _LABEL - (layout.right - layout.left)) / 2
    names = [
        [wrapped(one_line(name), _BOX - 16, 12, _MAX_LINES) for name in box.names]
        for box in diagram.boxes
    ]
    heights = [
        max(_height(names[node.box]) for node in row if node.box is not None) for row in layout.rows
    ]
    tops = [sheet.y, *(sheet.y + end for end in accumulate(h + _BETWEEN for h in heights))]

    def x(node: _Node) -> int:
        return round(node.x + shift)

    lines = []
    for path, (upper, lower) in zip(layout.paths, diagram.lines, strict=True):
        ends = f"{_names(diagram.boxes[upper])}, {diagram.line} {_names(diagram.boxes[lower])}"
        curve = _curve(path, x, tops, heights, _height(names[upper]))
        lines.append(_PlacedLine(one_line(ends), curve))
    boxes = []
    labels: dict[int, _Label] = {}
    for row, top in zip(layout.rows, tops, strict=False):
        for node in row:
            if node.box is not None:
                box = diagram.boxes[node.box]
                label = _row_label(diagram, box)
                corner = (x(node) - _BOX // 2, top)
                boxes.append(_place_box(f"{label}: {_names(box)}", corner, box, names[node.box]))
                labels.setdefault(box.row, _Label(label, top + 20))
    sheet.y = tops[-1] - _BETWEEN + 12
    sheet.write(one_line(diagram.reading), 12)
    return _Boxes(boxes, lines, list(labels.values()))


def _height(names: Sequence[Sequence[str]]) -> int:
    return 12 + sum(15 * max(len(lines), 1) + 5 for lines in names)


def _place_box(
    title: str, corner: tuple[int, int], box: Box, names: Sequence[list[str]]
) -> _PlacedBox:
    left, top = corner
    texts = []
    y = top + 19
    for name, lines in zip(box.names, names, strict=True):
        texts.append(Paragraph(one_line(name), lines, left + 8, y))
        y += 15 * max(len(lines), 1) + 5
    return _PlacedBox(title, texts, left, top, _BOX, _height(names))


def _curve(
    path: Sequence[_Node],
    x: Callable[[_Node], int],
    tops: Sequence[int],
    heights: Sequence[int],
    start: int,
) -> str:
    """Return a line from the foot of its first box to the top of its last, past all others."""
    first, last = path[0], path[-1]
    curve = f"M{x(first)} {tops[first.row] + start}V{tops[first.row] + heights[first.row]}"
    for previous, node in pairwise(path):
        top = tops[node.row]
        bend = top - _BETWEEN // 2
        curve += f"C{x(previous)} {bend} {x(node)} {bend} {x(node)} {top}"
        if node is not last:
            curve += f"V{top + heights[node.row]}"
    return curve


def _place_lists(sheet: Sheet, diagram: Diagram) -> _Lists:
    """Place each list of names under its heading."""
    across = max(1, (sheet.inner + _GAP) // (_BOX + 2 * _GAP))
    width = (sheet.inner + _GAP) // across - _GAP
    rules = []
    listed: list[_ListedName] = []
    for name_list in diagram.lists:
        sheet.y += 14
        rules.append(sheet.y)
        sheet.write(one_line(name_list.heading), 15, bold=True)
        sheet.y += 6
        for start in range(0, len(name_list.names), across):
            names = [one_line(name) for name in name_list.names[start : start + across]]
            texts = [wrapped(name, width - 30, 12, _MAX_LINES) for name in names]
            height = 12 + 15 * max(1, *map(len, texts))
            lefts: Iterable[int] = range(MARGIN, MARGIN + sheet.inner + _GAP, width + _GAP)
            listed += [
                _ListedName(
                    Paragraph(name, lines, left + 8, sheet.y + 18),
                    name_list.is_unknown,
                    left,
                    sheet.y,
                    width,
                    height,
                )
                for name, lines, left in zip(names, texts, lefts, strict=False)
            ]
            sheet.y += height + 10
    return _Lists(rules, listed)
