"""Turn bytes into documents with figures that are drawn as one block, and what they must name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fuzz.documents import document
from npcompare.charts import (
    Intersection,
    KeyedName,
    Look,
    MapKey,
    Moment,
    SetOverlap,
    SetRow,
    Shape,
    Strip,
    Tile,
    TileMap,
    Timeline,
)
from npcompare.formats.figures.canvas import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.charts import Chart
    from npcompare.document import Document, Table


def blocks(raw: bytes) -> Iterator[tuple[Document, Counter[str]]]:
    """Yield a document with each figure, and the titles that must be in it."""
    sample = document(raw)
    table = sample.tables[0]
    names = [cell.text for row in table.rows for cell in row] or [table.title]
    for chart, titles in (
        _tile_map(table, names),
        _timeline(table, names),
        _set_overlap(table, names),
    ):
        result = replace(table, figure=chart)
        expected = Counter(map(one_line, titles))
        yield sample.replace(tables=(result, *sample.tables[1:])), expected


def _tile_map(table: Table, names: list[str]) -> tuple[Chart, list[str]]:
    """Return a map in which every other name has a tile; the looks are those of the legend."""
    legend = tuple(MapKey(look, table.title[:2], str(look)) for look in Look)
    tiles = tuple(
        Tile(name[:2], name, place % 9, place // 9, (place % len(legend),))
        for place, name in enumerate(names[::2])
    )
    keyed = tuple(KeyedName(name, (0, len(name) % len(legend))) for name in names[1::2])
    named = [(f"{one_line(tile.name)} ({one_line(tile.code)})", tile.keys) for tile in tiles]
    named += [(one_line(name.name), name.keys) for name in keyed]
    titles = [f"{name}: {'; '.join(legend[key].label for key in keys)}" for name, keys in named]
    return TileMap(legend, tiles, (Strip(table.title, keyed),), table.title), titles


def _timeline(table: Table, names: list[str]) -> tuple[Chart, list[str]]:
    """Return a timeline of two lanes; the lengths of names are the years."""
    shapes = tuple(Shape)
    moments = tuple(
        Moment(
            name=name,
            lane=place % 2,
            year=1990 + len(name) % 40,
            shape=shapes[place % len(shapes)],
            words="then",
            last_year=2030 + place if place % 3 == 0 else None,
            is_vague=place % 5 == 0,
        )
        for place, name in enumerate(names)
    )
    legend = tuple((shape, table.title) for shape in shapes)
    lanes = ("One", "Two")
    chart = Timeline(lanes, moments, legend, table.title, table.title)
    titles = [f"{lanes[moment.lane]}: {one_line(moment.name)}, then" for moment in moments]
    return chart, titles


def _set_overlap(table: Table, names: list[str]) -> tuple[Chart, list[str]]:
    """Return an overlap of three sets; the first of the names are in columns."""
    sets = tuple(SetRow(name, table.title, 1) for name in (*names, "B", "C")[:3])
    columns = tuple(
        Intersection(tuple(row for row in range(3) if place >> row & 1), (name,))
        for place, name in enumerate(names[:40])
    )
    titles = [
        f"{' + '.join(one_line(sets[row].label) for row in column.sets) or 'none'}: 1: "
        f"{one_line(column.names[0])}"
        for column in columns
    ]
    return SetOverlap(sets, columns, table.title, "none"), titles
