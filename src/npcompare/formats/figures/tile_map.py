"""Tile maps: a tile of one size for each name with a place, and strips of names without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.charts import Look, TileMap
from npcompare.formats.figures.block_figure import BlockFigure
from npcompare.formats.figures.canvas import (
    LEAST_WIDTH,
    MARGIN,
    Paragraph,
    headed,
    measure,
    one_line,
    wrapped,
)
from npcompare.messages import enumerated, message, number, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.charts import KeyedName, MapKey, Tile
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet

#: The size of a tile, of the code at its top, and the gap between tiles.
_WIDTH, _HEIGHT, _CODE, _GAP = 34, 42, 16, 3

#: The size of a panel beside a name, and the widths of a column of names and of a gap.
_PANEL, _COLUMN, _SPACE = 24, 270, 16

_PANEL_HEIGHT = 22

#: The shades of classes, from the first to the last, and those on which letters are white.
_SHADES = ("#e3eef8", "#b5d3ea", "#8abbdf", "#4f95c9", "#1f5f9e", "#0a3566")
_DARK = frozenset(_SHADES[4:])

#: The patterns of classes: no two that follow one another are alike in grey either.
_PATTERNS = ("", "dots", "lines", "crosses")


def figure_of(table: Table) -> BlockFigure | None:
    """Return the figure of a tile map, or None if it has too many names to be read."""
    chart = table.figure
    return _MapFigure(chart) if isinstance(chart, TileMap) and chart.is_readable else None


class _Panel(NamedTuple):
    """The part of a tile that shows one key."""

    look: Look
    left: int
    top: int
    width: int
    height: int
    letter: str
    size: int
    fill: str
    ink: str
    pattern: str


class _Tile(NamedTuple):
    title: str
    code: str
    left: int
    top: int
    panels: list[_Panel]


class _Name(NamedTuple):
    """A name of a strip, or a label of the legend, after its panels."""

    text: Paragraph
    panels: list[_Panel]


class _MapFigure(BlockFigure):
    """The figure of a tile map."""

    template = "tile_map.svg.j2"

    def __init__(self, chart: TileMap, part: str = "") -> None:
        self.part = part or message("the map")
        self._chart = chart
        self._columns = max((tile.column for tile in chart.tiles), default=0) + 1
        classes = [key for key in chart.legend if key.look is Look.CLASS]
        steps = max(len(classes) - 1, 1)
        self._shades = {
            place: _SHADES[round(place * (len(_SHADES) - 1) / steps)]
            for place in range(len(classes))
        }

    @property
    def width(self) -> int:
        """The width between the margins."""
        return max(LEAST_WIDTH, self._columns * (_WIDTH + _GAP) - _GAP)

    @property
    def notice(self) -> str:
        """What is printed with the map wherever it is shown."""
        return self._chart.notice

    @property
    def description(self) -> str:
        """The map in words: the names with each key; of tiles without a letter, their number."""
        names: list[Tile | KeyedName] = [
            *self._chart.tiles,
            *(name for strip in self._chart.strips for name in strip.names),
        ]
        statements = [message("A map of {count} tiles.", count=len(self._chart.tiles))]
        for place, key in enumerate(self._chart.legend):
            members = [one_line(name.name) for name in names if place in name.keys]
            names_of_key = number(len(members))
            if key.letter:
                names_of_key = enumerated(members, is_strong=True) or message("none")
            statements.append(
                message("{heading}: {names}.", heading=one_line(key.label), names=names_of_key)
            )
        return sentences(*statements)

    @property
    def low_parts(self) -> list[BlockFigure]:
        """The tiles, and the strips."""
        if not (self._chart.tiles and self._chart.strips):
            return [self]
        return [
            _MapFigure(replace(self._chart, strips=()), message("the tiles")),
            _MapFigure(replace(self._chart, tiles=()), message("the names without a tile")),
        ]

    def place(self, sheet: Sheet) -> dict[str, object]:
        """Place the legend, the tiles and the strips on a sheet."""
        keys = self._place_legend(sheet)
        left = MARGIN + (sheet.inner - self._columns * (_WIDTH + _GAP) + _GAP) // 2
        top = sheet.y
        tiles = [self._place_tile(tile, left, top) for tile in self._chart.tiles]
        rows = max((tile.row for tile in self._chart.tiles), default=-1) + 1
        sheet.y += rows * (_HEIGHT + _GAP)
        names = list(self._place_strips(sheet))
        return {
            "keys": keys,
            "tiles": tiles,
            "names": names,
            "tile_width": _WIDTH,
            "tile_height": _HEIGHT,
            "code_height": _CODE,
        }

    def _place_legend(self, sheet: Sheet) -> list[_Name]:
        entries = []
        x, y = MARGIN, sheet.y
        for place, key in enumerate(self._chart.legend):
            label = one_line(key.label)
            width = _PANEL + 6 + measure(label, 12) + 18
            if x > MARGIN and x + width > MARGIN + sheet.inner:
                x, y = MARGIN, y + 28
            panels = self._panels((place,), x, y, _PANEL, _PANEL_HEIGHT)
            text = Paragraph(label, [label], x + _PANEL + 6, y + 15)
            entries.append(_Name(text, panels))
            x += width
        sheet.y = y + 36
        return entries

    def _place_tile(self, tile: Tile, left: int, top: int) -> _Tile:
        x, y = left + tile.column * (_WIDTH + _GAP), top + tile.row * (_HEIGHT + _GAP)
        name = message("{name} ({detail})", name=one_line(tile.name), detail=one_line(tile.code))
        name = headed(name, self._in_words(tile.keys))
        panels = self._panels(tile.keys, x, y + _CODE, _WIDTH, _HEIGHT - _CODE)
        return _Tile(name, one_line(tile.code), x, y, panels)

    def _in_words(self, keys: Sequence[int]) -> str:
        labels = [one_line(self._chart.legend[key].label) for key in keys]
        return enumerated(labels, is_strong=True)

    def _place_strips(self, sheet: Sheet) -> Iterator[_Name]:
        """Yield the names of each strip in columns under its heading."""
        across = (sheet.inner + _SPACE) // (_COLUMN + _SPACE)
        column = (sheet.inner + _SPACE) // across - _SPACE
        for strip in self._chart.strips:
            sheet.y += 8
            sheet.write(one_line(strip.heading), 13, bold=True)
            sheet.y += 4
            for start in range(0, len(strip.names), across):
                part = strip.names[start : start + across]
                placed = [
                    self._place_name(name, MARGIN + at * (column + _SPACE), sheet.y, column)
                    for at, name in enumerate(part)
                ]
                yield from placed
                sheet.y += max(27, *(6 + 14 * len(name.text.lines) for name in placed))

    def _place_name(self, name: KeyedName, x: int, y: int, room: int) -> _Name:
        width = _PANEL * max(len(name.keys), 1)
        label = one_line(name.name)
        lines = wrapped(label, room - width - 8, 12, 4)
        title = headed(label, self._in_words(name.keys))
        text = Paragraph(title, lines, x + width + 8, y + 15, leading=14)
        return _Name(text, self._panels(name.keys, x, y, width, _PANEL_HEIGHT))

    def _panels(
        self, keys: Sequence[int], left: int, top: int, width: int, height: int
    ) -> list[_Panel]:
        """Return a panel for each key, side by side in an area."""
        panels = []
        for at, place in enumerate(keys):
            start, end = (left + width * edge // len(keys) for edge in (at, at + 1))
            panels.append(self._panel(place, (start, top, end - start, height)))
        return panels

    def _panel(self, place: int, area: tuple[int, int, int, int]) -> _Panel:
        key: MapKey = self._chart.legend[place]
        fill, ink, pattern = "#ffffff", "#1a1a1a", ""
        if key.look is Look.CLASS:
            fill = self._shades[place]
            ink = "#ffffff" if fill in _DARK else ink
            pattern = _PATTERNS[place % len(_PATTERNS)]
        elif key.look is Look.NOT_EXAMINED:
            fill = "#eef0f2"
        letter = one_line(key.letter)
        size = 13
        while size > 6 and measure(letter, size, bold=True) > area[2]:
            size -= 1
        return _Panel(key.look, *area, letter, size, fill, ink, pattern)
