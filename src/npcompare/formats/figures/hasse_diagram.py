"""Hasse diagrams: boxes in rows, and lines down from each box to those next below it.

Each box can have details below its names, and each line words on what its ends differ in.
"""

from __future__ import annotations

from functools import reduce
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import Diagram
from npcompare.formats.figures.canvas import (
    MARGIN,
    Caption,
    Paragraph,
    Sheet,
    caption_title,
    draw,
    headed,
    one_line,
    one_line_each,
    titles,
    wrapped,
)
from npcompare.formats.figures.layered_layout import BOX, GAP, LABEL, LayeredLayout
from npcompare.formats.figures.line_labels import Bend, Rectangle, place_labels
from npcompare.messages import enumerated, listed, message, plural, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from npcompare.charts import Box
    from npcompare.document import Document
    from npcompare.formats.figures.canvas import Picture
    from npcompare.formats.figures.layered_layout import Node
    from npcompare.formats.figures.line_labels import LineLabel
    from npcompare.formats.figures.row_figure import Page

#: The height between two rows, where the lines bend.
_BETWEEN = 72
#: The most lines of a name in a box.
_MAX_LINES = 6
#: The size of the details below the names in a box, and the most lines of them.
_DETAILS, _MAX_DETAILS = 11, 12

#: A box with more names is given by the first of them where lines are listed.
_MOST_NAMED = 2

_TEMPLATE = "hasse_diagram.svg.j2"


def whole(document: Document, number: int, name: str) -> Picture | None:
    """Return the diagram of a table with titles and lists, or None if it has none to draw."""
    diagram = document.tables[number].figure
    if not isinstance(diagram, Diagram) or not diagram.is_readable:
        return None
    layout = LayeredLayout(diagram)
    sheet = Sheet(layout.width)
    sheet.write_titles(titles(document, number))
    sheet.write_headnote(one_line_each(document.tables[number].headnote))
    boxes = _place_boxes(sheet, diagram, layout)
    lists = _place_lists(sheet, diagram)
    if document.imprint:
        sheet.y += 8
        sheet.write(one_line(document.imprint), 11)
    caption = Caption(name, caption_title(document, number), _description(diagram))
    return draw(_TEMPLATE, sheet, caption, **boxes._asdict(), **lists._asdict())


def pages(document: Document, number: int, name: str, page: Page) -> list[Picture]:
    """Return the boxes and lines alone: titles and lists are printed by the page around them."""
    del page
    diagram = document.tables[number].figure
    if not isinstance(diagram, Diagram) or not diagram.is_readable or not diagram.boxes:
        return []
    layout = LayeredLayout(diagram)
    sheet = Sheet(layout.width)
    boxes = _place_boxes(sheet, diagram, layout)
    title = caption_title(document, number)
    caption = Caption(name, title, _description(diagram), message("the diagram"))
    return [draw(_TEMPLATE, sheet, caption, **boxes._asdict(), **_Lists([], [])._asdict())]


def _description(diagram: Diagram) -> str:
    """Return the diagram in words."""
    statements = [
        plural(
            "A diagram with {count} line. A line leads down from a box that covers another.",
            "A diagram with {count} lines. A line leads down from a box that covers another.",
            len(diagram.lines),
        )
    ]
    for number, box in enumerate(diagram.boxes):
        child_names = [
            headed(_names(diagram.boxes[lower]), _words(diagram, place))
            if _words(diagram, place)
            else _names(diagram.boxes[lower])
            for place, (upper, lower) in enumerate(diagram.lines)
            if upper == number
        ]
        statements.append(_sentence(box, child_names))
    statements += [
        message("{heading}: {names}.", heading=names.heading, names=enumerated(names.names))
        for names in diagram.lists
    ]
    return one_line(sentences(*statements))


def _sentence(box: Box, child_names: Sequence[str]) -> str:
    """Return a sentence on a box and those that it covers."""
    names = _names(box)
    if box.details:
        names = message("{name} ({detail})", name=names, detail=box.details)
    if not child_names:
        return message("Level {level}: {names}.", level=box.row, names=names)
    return message(
        "Level {level}: {names}, covers {others}.",
        level=box.row,
        names=names,
        others=enumerated(child_names, is_strong=True),
    )


def _names(box: Box) -> str:
    # Names have commas, so that each of them has the conjunction.
    return reduce(lambda first, second: listed([first, second]), map(one_line, box.names))


def _words(diagram: Diagram, line: int) -> str:
    """Return the words of a line; nothing if it has none."""
    return diagram.line_words[line] if diagram.line_words else ""


def _first_names(box: Box) -> str:
    """Return the names of a box, or only the first of many."""
    if len(box.names) <= _MOST_NAMED:
        return _names(box)
    return message(
        "{name} and {count} others", name=one_line(box.names[0]), count=len(box.names) - 1
    )


def _line_title(diagram: Diagram, line: int, names: Callable[[Box], str] = _names) -> str:
    upper, lower = diagram.lines[line]
    ends = message(
        "{upper}, covers {lower}",
        upper=names(diagram.boxes[upper]),
        lower=names(diagram.boxes[lower]),
    )
    words = _words(diagram, line)
    return one_line(headed(ends, words) if words else ends)


def _level(box: Box) -> str:
    return message("Level {level}", level=box.row)


# --- Where it is drawn ---------------------------------------------------------------------------


class _PlacedBox(NamedTuple):
    title: str
    names: list[Paragraph]
    details: Paragraph | None
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
    line_labels: list[LineLabel]


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


class _Text(NamedTuple):
    """The names and the details of a box, in lines."""

    names: list[list[str]]
    details: list[str]

    @property
    def height(self) -> int:
        """The height of the box."""
        height = 12 + sum(15 * max(len(lines), 1) + 5 for lines in self.names)
        return height + (13 * len(self.details) + 5 if self.details else 0)


def _text(box: Box) -> _Text:
    names = [wrapped(one_line(name), BOX - 16, 12, _MAX_LINES) for name in box.names]
    details = one_line(box.details)
    return _Text(names, wrapped(details, BOX - 16, _DETAILS, _MAX_DETAILS) if details else [])


def _place_boxes(sheet: Sheet, diagram: Diagram, layout: LayeredLayout) -> _Boxes:
    if not diagram.boxes:
        return _Boxes([], [], [], [])
    shift = MARGIN + LABEL - layout.left
    shift += (sheet.inner - LABEL - (layout.right - layout.left)) / 2
    texts = [_text(box) for box in diagram.boxes]
    heights = [
        max(texts[node.box].height for node in row if node.box is not None) for row in layout.rows
    ]
    tops = [sheet.y, *(sheet.y + end for end in accumulate(h + _BETWEEN for h in heights))]

    def x(node: Node) -> int:
        return round(node.x + shift)

    boxes = []
    labels: dict[int, _Label] = {}
    for row, top in zip(layout.rows, tops, strict=False):
        for node in row:
            if node.box is not None:
                box = diagram.boxes[node.box]
                label = _level(box)
                boxes.append(_place_box(label, (x(node) - BOX // 2, top), box, texts[node.box]))
                labels.setdefault(box.row, _Label(label, top + 20))
    bends = [_bends(path, x, tops, heights) for path in layout.paths]
    lines = []
    for number, (path, (upper, _)) in enumerate(zip(layout.paths, diagram.lines, strict=True)):
        start = tops[path[0].row] + texts[upper].height
        lines.append(_PlacedLine(_line_title(diagram, number), _curve(bends[number], start)))
    sheet.y = tops[-1] - _BETWEEN + 12
    sheet.write(one_line(diagram.reading), 12)
    line_labels = _label_lines(sheet, diagram, bends, boxes) if diagram.line_words else []
    return _Boxes(boxes, lines, list(labels.values()), line_labels)


def _place_box(label: str, corner: tuple[int, int], box: Box, text: _Text) -> _PlacedBox:
    left, top = corner
    names = []
    y = top + 19
    for name, lines in zip(box.names, text.names, strict=True):
        names.append(Paragraph(one_line(name), lines, left + 8, y))
        y += 15 * max(len(lines), 1) + 5
    title, details = headed(label, _names(box)), None
    if text.details:
        words = one_line(box.details)
        title = headed(title, words)
        details = Paragraph(words, text.details, left + 8, y, _DETAILS, 13)
    return _PlacedBox(title, names, details, left, top, BOX, text.height)


def _bends(
    path: Sequence[Node], x: Callable[[Node], int], tops: Sequence[int], heights: Sequence[int]
) -> list[Bend]:
    """Return the parts of a line between rows; past a row, it is upright."""
    return [
        Bend(x(upper), tops[upper.row] + heights[upper.row], x(lower), tops[lower.row])
        for upper, lower in pairwise(path)
    ]


def _curve(bends: Sequence[Bend], start: int) -> str:
    """Return a line from the foot of its first box to the top of its last, past all others."""
    curve = f"M{bends[0].x} {start}"
    for bend in bends:
        middle = bend.to_y - _BETWEEN // 2
        ends = f"{bend.to_x} {middle} {bend.to_x} {bend.to_y}"
        curve += f"V{bend.y}C{bend.x} {middle} {ends}"
    return curve


def _label_lines(
    sheet: Sheet, diagram: Diagram, bends: Sequence[Sequence[Bend]], boxes: Sequence[_PlacedBox]
) -> list[LineLabel]:
    """Return the labels on lines, and write below the diagram those that are not on them."""
    areas = [
        Rectangle(box.left, box.top, box.left + box.width, box.top + box.height) for box in boxes
    ]
    words = [one_line(text) for text in diagram.line_words]
    placed = place_labels(bends, words, areas)
    if placed.listed:
        sheet.y += 6
        sheet.write(one_line(diagram.line_key), 13, bold=True)
        for number in placed.listed:
            sheet.write(f"{number + 1} {_line_title(diagram, number, _first_names)}", 11)
    return placed.labels


def _place_lists(sheet: Sheet, diagram: Diagram) -> _Lists:
    """Place each list of names under its heading."""
    across = max(1, (sheet.inner + GAP) // (BOX + 2 * GAP))
    width = (sheet.inner + GAP) // across - GAP
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
            lefts: Iterable[int] = range(MARGIN, MARGIN + sheet.inner + GAP, width + GAP)
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
