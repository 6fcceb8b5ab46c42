"""Read the places of the tiles of the map from `schemas/tile-grid.yaml`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.law.bundled_data import bundled_data

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A place without a tile.
_EMPTY = ".."


class TileGrid(Struct, frozen=True):
    """The column and the row of each State, from the north-west, and what every map must say."""

    places: Mapping[str, tuple[int, int]]
    designations: str


@cache
def tile_grid() -> TileGrid:
    """Return the bundled places; raise ProblemsError if the file has findings."""
    data = bundled_data("tile-grid")
    places = {
        code: (column, row)
        for row, codes in enumerate(data["rows"])
        for column, code in enumerate(codes.split(" "))
        if code != _EMPTY
    }
    return TileGrid(places, data["designations"])
