"""How figures are placed on pages."""

from __future__ import annotations

import pytest

from npcompare.formats.figures.canvas import Picture
from npcompare.formats.figures.placing import Placing, placing

AREA, UPRIGHT_AREA = (728, 385), (481, 615)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([(800, 400)], Placing(is_upright=False, scale=0.75)),
        ([(800, 1000)], Placing(is_upright=True, scale=0.60125)),
        ([(1456, 400)], Placing(is_upright=False, scale=0.5)),
        ([(800, 1000), (800, 100)], Placing(is_upright=True, scale=0.60125)),
        ([(1456, 400), (200, 200)], Placing(is_upright=False, scale=0.5)),
    ],
)
def test_parts_of_a_figure_have_one_scale(sizes: list[tuple[int, int]], expected: Placing) -> None:
    pictures = [Picture("", "", "", "", width, height) for width, height in sizes]
    assert placing(pictures, AREA, UPRIGHT_AREA) == expected
