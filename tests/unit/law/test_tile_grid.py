"""The tiles of the map: one for each Member State, none in the place of another."""

from __future__ import annotations

from collections import Counter

import pytest

from npcompare.law.tile_grid import tile_grid
from npcompare.law.un_states import united_nations

GRID = tile_grid()


def test_each_member_state_has_one_tile() -> None:
    members = {area.code for area in united_nations().members}
    assert len(members) == 193
    assert set(GRID.places) == members


def test_no_two_tiles_are_in_one_place() -> None:
    assert [place for place, count in Counter(GRID.places.values()).items() if count > 1] == []


def test_grid_has_no_empty_column_at_the_edges() -> None:
    columns = [column for column, _ in GRID.places.values()]
    rows = [row for _, row in GRID.places.values()]
    assert (min(columns), max(columns)) == (0, 25)
    assert (min(rows), max(rows)) == (0, 16)


@pytest.mark.parametrize(
    ("west", "east"),
    [
        *(("CA", "RU"), ("PT", "ES"), ("SN", "SD"), ("IN", "MM"), ("GB", "DK"), ("CL", "AR")),
        *(("EG", "SA"), ("AU", "NZ"), ("CN", "JP"), ("NA", "MG"), ("JM", "HT"), ("PL", "BY")),
    ],
)
def test_tile_is_west_of_its_neighbour(west: str, east: str) -> None:
    assert GRID.places[west][0] < GRID.places[east][0]


@pytest.mark.parametrize(
    ("north", "south"),
    [
        *(("CA", "US"), ("US", "MX"), ("NO", "DK"), ("DE", "CH"), ("IT", "MT"), ("KE", "TZ")),
        *(("EG", "ZA"), ("KZ", "IN"), ("CN", "TH"), ("PH", "AU"), ("CO", "AR"), ("EE", "LV")),
    ],
)
def test_tile_is_north_of_its_neighbour(north: str, south: str) -> None:
    assert GRID.places[north][1] < GRID.places[south][1]


def test_every_map_has_the_designations() -> None:
    assert GRID.designations.startswith("The designations employed ")
    assert GRID.designations.endswith("frontiers or boundaries.")
