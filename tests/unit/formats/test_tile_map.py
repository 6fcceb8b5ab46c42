"""Tile maps: a tile for each name with a place, strips of the others, the notice everywhere."""

from __future__ import annotations

from itertools import combinations

import pytest
from builders import HOSTILE
from svg_files import LONG, SVG, draw, text_areas, texts, titles

from npcompare.charts import MAX_STRIP_NAMES, KeyedName, Look, MapKey, Strip, Tile, TileMap
from npcompare.document import Column, Document, Table
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, write

LEGEND = (
    MapKey(Look.CLASS, "N", "narrow"),
    MapKey(Look.CLASS, "M", "middle"),
    MapKey(Look.CLASS, "W", "wide"),
    MapKey(Look.SILENT, "–", "silent"),
    MapKey(Look.NONE, "0", "none reported"),
    MapKey(Look.UNKNOWN, "?", "not known"),
    MapKey(Look.ABSENT, "×", "no law"),  # noqa: RUF001
    MapKey(Look.BELOW, "↓", "below"),
    MapKey(Look.NOT_SHOWN, "", "not shown"),
    MapKey(Look.NOT_EXAMINED, "", "not looked at"),
)
NOTICE = "No opinion is expressed."


def document(name: str = "Kenya", tiles: int = len(LEGEND)) -> Document:
    """Return a map of tiles with one key each, one with three, and two strips."""
    placed = [
        Tile(f"T{place}", f"Tile {place}", place % 9, 1 + place // 9, (place,))
        for place in range(tiles)
    ]
    chart = TileMap(
        LEGEND,
        (Tile("KE", name, 0, 0, (0, 2, 5)), *placed),
        (Strip("Parts", (KeyedName(name, (1,)),)), Strip("Bodies", (KeyedName("Body", (0, 5)),))),
        NOTICE,
    )
    table = Table("Map", (Column("a", "A"),), (), ("A remark.", NOTICE), figure=chart)
    return Document("Map", (table,), {}, table, "made by hand")


def test_each_tile_and_name_says_what_it_shows() -> None:
    root = draw(document())
    assert titles(root, "tile")[:3] == [
        "Kenya (KE): narrow; wide; not known",
        "Tile 0 (T0): narrow",
        "Tile 1 (T1): middle",
    ]
    assert titles(root, "name") == ["Kenya: middle", "Body: narrow; not known"]
    assert {"KE", "T9", "N", "W", "?", "Parts", "Bodies", "not looked at"} <= set(texts(root))


def test_map_is_described_in_words() -> None:
    assert (
        "A map of 11 tiles. narrow: Kenya; Tile 0; Body. middle: Tile 1; Kenya. "
        "wide: Kenya; Tile 2." in write(document())
    )
    assert "not looked at: 1." in write(document())


def test_classes_differ_in_shade_letter_and_pattern() -> None:
    root = draw(document())
    tiles = [group for group in root.iter(f"{SVG}g") if group.get("class") == "tile"]
    fills = [[rect.get("fill") for rect in tile.iter(f"{SVG}rect")] for tile in tiles[1:4]]
    assert [each[0] for each in fills] == ["#e3eef8", "#8abbdf", "#0a3566"]
    patterns = [each[1] for each in fills]
    assert patterns == [
        "#ffffff",
        "url(#npcompare-figure-0-dots)",
        "url(#npcompare-figure-0-lines-light)",
    ]


def test_notice_is_in_the_figure_once_wherever_it_is() -> None:
    assert texts(draw(document())).count(NOTICE) == 1
    (picture,) = pages(document(), 0)
    assert picture.part == "the map"
    assert picture.svg.count(f">{NOTICE}<") == 2
    assert "A remark." not in picture.svg


def test_texts_of_a_map_do_not_overlap() -> None:
    areas = text_areas(draw(document(LONG)))
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_stays_text(words: str) -> None:
    plain, root = draw(document("word")), draw(document(words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert one_line(f"{words}: middle") in titles(root, "name")


def test_map_without_tiles_is_drawn() -> None:
    chart = TileMap((), (), (), NOTICE)
    table = Table("Map", (Column("a", "A"),), (), figure=chart)
    assert "A map of 0 tiles." in write(Document("Map", (table,), {}, table))


def test_low_page_has_tiles_and_strips_apart() -> None:
    tiles, strips = pages(document(), 0, is_upright=False)
    assert (tiles.part, strips.part) == ("the tiles", "the names without a tile")
    assert ">KE<" in tiles.svg
    assert ">Parts<" not in tiles.svg
    assert ">KE<" not in strips.svg
    assert ">Parts<" in strips.svg
    assert NOTICE in tiles.svg
    assert NOTICE in strips.svg


def test_too_many_names_without_a_tile_are_refused() -> None:
    names = (KeyedName("Body", (0,)),) * (MAX_STRIP_NAMES + 1)
    chart = TileMap(LEGEND, (), (Strip("Bodies", names),), NOTICE)
    table = Table("Map", (Column("a", "A"),), (), figure=chart)
    sample = Document("Map", (table,), {}, table)
    with pytest.raises(NpcompareError, match="too large to read") as error:
        write(sample)
    assert error.value.hint == (
        "name fewer: a map has at most 150 names without a tile; or choose another format"
    )
    assert pages(sample, 0) == []
