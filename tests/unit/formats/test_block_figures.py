"""Figures that are drawn as one block, of everything that is in the bundled corpus."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pytest
from svg_files import SVG, text_areas

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


@pytest.mark.parametrize("name", ["map", "overlap", "timeline"])
def test_whole_corpus_is_drawn_without_overlaps(name: str, run: Callable[..., Ran]) -> None:
    root = fromstring(run("figure", name, "--collection", "all", "-f", "svg").out)  # noqa: S314
    areas = text_areas(root)
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []
    width, height = int(root.get("width", "")), int(root.get("height", ""))
    assert all(area.left >= 0 and area.right <= width for area in areas)
    assert all(area.top >= 0 and area.bottom <= height for area in areas)


@pytest.mark.parametrize("name", ["map", "overlap", "timeline"])
def test_figure_is_described_for_screen_readers(name: str, run: Callable[..., Ran]) -> None:
    root = fromstring(run("figure", name, "kenya-14", "coe-26", "-f", "svg").out)  # noqa: S314
    title, description = (root.findtext(f"{SVG}{tag}", "") for tag in ("title", "desc"))
    assert root.get("role") == "img"
    assert title
    assert "Kenya" in description
    assert "Council of Europe" in description
