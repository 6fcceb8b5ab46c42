"""How the parts of a figure are placed on pages: at one scale, on pages of one direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.document import Document
    from npcompare.formats.figures.canvas import Picture

#: The size of a pixel at which the type of a picture is as large as that of a table, in points.
LARGEST = 0.75

#: How much larger a figure is on pages that are turned for it.
_CLEARLY = 1.2


class Placing(NamedTuple):
    """Whether a figure is on upright pages, and its size in points for a pixel."""

    is_upright: bool
    scale: float


def placing(
    pictures: Sequence[Picture], area: tuple[float, float], upright_area: tuple[float, float]
) -> Placing:
    """Return how the parts of a figure are placed on pages that can be turned.

    Args:
        pictures: The parts of the figure.
        area: The room for a picture on a wide page, in points.
        upright_area: The room on an upright page.
    """
    scale, upright_scale = common_scale(pictures, area), common_scale(pictures, upright_area)
    if upright_scale > _CLEARLY * scale:
        return Placing(is_upright=True, scale=upright_scale)
    return Placing(is_upright=False, scale=scale)


def part_title(document: Document, number: int, picture: Picture) -> str:
    """Return the title of a part of the figure of a table."""
    title = document.tables[number].title
    return message("{title}: {part}", title=title, part=picture.part)


def common_scale(pictures: Sequence[Picture], area: tuple[float, float]) -> float:
    """Return the size of a pixel at which each part of a figure fits an area, in points."""
    width, height = area
    fitting = (min(width / each.width, height / each.height) for each in pictures)
    return min((LARGEST, *fitting))
