"""The layered drawing of Sugiyama, Tagawa and Toda (1981): where the boxes of a diagram are.

The rows are given, a line that passes a row gets a dummy node in it, and the nodes of each row are
ordered by barycentre.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from npcompare.formats.figures.canvas import LEAST_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.charts import Diagram

#: The widths of the label of a row, of a box, of a line that passes a row, and of a gap.
LABEL = 84
BOX = 184
_LANE = 10
GAP = 20

#: The most boxes side by side; a row of more is split.
_MAX_ACROSS = 5

_SWEEPS = 12


@dataclass(slots=True)
class Node:
    """A box, or a dummy node where a long line passes a row."""

    row: int
    #: The number of the box; None for a dummy node.
    box: int | None
    width: int
    parents: list[Node] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    #: The middle.
    x: float = 0.0

    def barycentre(self, neighbours: Sequence[Node]) -> float:
        """Return the mean place of neighbours, or its own place if there are none."""
        return sum(node.x for node in neighbours) / len(neighbours) if neighbours else self.x


class LayeredLayout:
    """The nodes of a diagram row by row, each in its place, and each line as a path of nodes."""

    def __init__(self, diagram: Diagram) -> None:
        self.rows, boxes = _rows_of(diagram)
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
        return max(LEAST_WIDTH, LABEL + round(self.right - self.left))


def _rows_of(diagram: Diagram) -> tuple[list[list[Node]], list[Node]]:
    """Return the nodes of boxes in rows that fit the page, and by the number of the box."""
    by_row: dict[int, list[int]] = {}
    for number, box in enumerate(diagram.boxes):
        by_row.setdefault(box.row, []).append(number)
    rows: list[list[Node]] = []
    boxes: dict[int, Node] = {}
    for _, numbers in sorted(by_row.items()):
        parts = -(-len(numbers) // _MAX_ACROSS)
        across = -(-len(numbers) // parts)
        for start in range(0, len(numbers), across):
            part = numbers[start : start + across]
            rows.append([Node(len(rows), number, BOX) for number in part])
            boxes |= dict(zip(part, rows[-1], strict=True))
    return rows, [boxes[number] for number in range(len(diagram.boxes))]


def _path(rows: Sequence[list[Node]], upper: Node, lower: Node) -> list[Node]:
    """Return the nodes of a line, with a dummy node in every row that it passes."""
    path = [upper]
    for number in range(upper.row + 1, lower.row):
        path.append(Node(number, None, _LANE))
        rows[number].append(path[-1])
    path.append(lower)
    for parent, child in pairwise(path):
        parent.children.append(child)
        child.parents.append(parent)
    return path


def _order(rows: Sequence[list[Node]], *, is_down: bool) -> None:
    """Order each row by the barycentres of its neighbours in the row that was ordered before."""
    for row in rows[:: 1 if is_down else -1]:
        centres = [
            (node.barycentre(node.parents if is_down else node.children), node) for node in row
        ]
        centres.sort(key=lambda pair: pair[0])
        row[:] = [node for _, node in centres]
        _settle(row, [centre for centre, _ in centres])


def _settle(row: Sequence[Node], targets: Sequence[float]) -> None:
    """Place each node of a row as near to its target as the others allow, in their order.

    This is isotonic regression by pooling adjacent violators (Ayer et al. 1955): nodes that would
    overlap form a block at the mean of their targets.
    """
    steps = (left.width / 2 + GAP + right.width / 2 for left, right in pairwise(row))
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
