"""How far the classes of a provision reach in one dimension, in four steps, for a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classified

#: How many steps are told apart.
STEPS = 4


def step(dimension: Dimension, classified: Classified) -> int:
    """Return how far classes reach, from 1 to 4, or 0 if the dimension does not say.

    Where classes have an order, the highest class counts; where they are a set, how many there
    are. Two sets of the same size may still be different.
    """
    words = [word for word in classified.values if word in dimension.classes]
    if not words:
        return 0
    scale = dimension.scale
    if order := scale.steps(dimension.classes):
        return _part(max(order[word] for word in words), max(order.values()))
    if scale.is_cumulative:
        return _part(len(scale.expand(words)), len(scale.expand(dimension.classes)))
    return 0


def _part(number: int, most: int) -> int:
    """Return a number as a part of the greatest one, rounded up to a step."""
    return -(-STEPS * number // most)
