"""Where the words of the lines of a diagram are: on the lines, or else numbers and a list below.

Words are on the lines if each line has a place for its words that meets no box, no other words and
no other line. Otherwise each line gets a number where there is room for it, and the words are
listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.formats.figures.canvas import measure, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The size of words, the width that they may have, and the height of a line of them.
TYPE, _ROOM, LEADING = 11, 118, 13

#: How far along a bend words may be: in the middle, if there is room.
_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)

#: The number of points of a bend that words of other lines must not meet.
_SAMPLES = 24

#: More lines than these have numbers at once.
_MOST = 24


class Bend(NamedTuple):
    """A part of a line between two rows, upright at both ends."""

    x: int
    y: int
    to_x: int
    to_y: int

    def point(self, share: float) -> tuple[float, float]:
        """Return a point of the curve, a Bézier curve that is upright at its ends."""
        rest = 1 - share
        middle = (self.y + self.to_y) / 2
        inner = 3 * share * rest
        x = self.x * (rest**3 + inner * rest) + self.to_x * (share**3 + inner * share)
        y = self.y * rest**3 + middle * inner + self.to_y * share**3
        return x, y


class Rectangle(NamedTuple):
    """A part of the sheet that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, area: Rectangle) -> bool:
        """Return whether two parts overlap."""
        return (
            self.left < area.right
            and area.left < self.right
            and self.top < area.bottom
            and area.top < self.bottom
        )

    def contains(self, point: tuple[float, float]) -> bool:
        """Return whether a point is in the part."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom


class LineLabel(NamedTuple):
    """Words on a line, or its number: lines of text around a middle, on a plate."""

    title: str
    lines: list[str]
    x: int
    y: int
    left: int
    top: int
    width: int
    height: int
    is_number: bool


class LineLabels(NamedTuple):
    """The labels on lines, and the lines that are listed below, each with its number."""

    labels: list[LineLabel]
    listed: list[int]


def place_labels(
    paths: Sequence[Sequence[Bend]], words: Sequence[str], boxes: Sequence[Rectangle]
) -> LineLabels:
    """Return where the words of each line are.

    Args:
        paths: The bends of each line, from its upper end down.
        words: The words of each line.
        boxes: What no words may cover.
    """
    texts = [wrapped(text, _ROOM, TYPE, 4) or [""] for text in words]
    if len(paths) <= _MOST:
        labels = list(_labels(paths, list(zip(words, texts, strict=True)), boxes))
        if len(labels) == len(paths):
            return LineLabels(labels, [])
    numbers = [(text, [str(place)]) for place, text in enumerate(words, 1)]
    labels = list(_labels(paths, numbers, boxes, is_number=True))
    return LineLabels(labels, list(range(len(paths))))


def _labels(
    paths: Sequence[Sequence[Bend]],
    texts: Sequence[tuple[str, list[str]]],
    boxes: Sequence[Rectangle],
    *,
    is_number: bool = False,
) -> Iterator[LineLabel]:
    """Yield the label of each line that has a place for it; of words, until one has none."""
    taken = list(boxes)
    points = [
        [bend.point(at / _SAMPLES) for bend in path for at in range(_SAMPLES + 1)] for path in paths
    ]
    for number, (path, (title, lines)) in enumerate(zip(paths, texts, strict=True)):
        crossing = [point for other, line in enumerate(points) if other != number for point in line]
        size = _size(lines, is_number=is_number)
        area = _free(path, size, taken, crossing)
        if area is None and is_number:
            area = _free(path, size, taken, [])
        if area is None:
            if is_number:
                continue
            return
        taken.append(area)
        yield _label(title, lines, area, is_number=is_number)


def _size(lines: Sequence[str], *, is_number: bool) -> tuple[int, int]:
    width = max(measure(line, TYPE, bold=is_number) for line in lines)
    return (max(width, 10) + 8, LEADING * len(lines) + 5)


def _free(
    path: Sequence[Bend],
    size: tuple[int, int],
    taken: Sequence[Rectangle],
    crossing: Sequence[tuple[float, float]],
) -> Rectangle | None:
    """Return the first place on a line that is free, from its last bend up."""
    width, height = size
    for bend in reversed(path):
        for share in _PLACES:
            x, y = bend.point(share)
            left, top = round(x - width / 2), round(y - height / 2)
            area = Rectangle(left, top, left + width, top + height)
            is_within = bend.y <= area.top and area.bottom <= bend.to_y
            if (
                is_within
                and not any(area.meets(other) for other in taken)
                and not any(area.contains(point) for point in crossing)
            ):
                return area
    return None


def _label(title: str, lines: list[str], area: Rectangle, *, is_number: bool) -> LineLabel:
    left, top, right, bottom = map(round, area)
    return LineLabel(
        title,
        lines,
        (left + right) // 2,
        top + LEADING - 1,
        left,
        top,
        right - left,
        bottom - top,
        is_number,
    )
