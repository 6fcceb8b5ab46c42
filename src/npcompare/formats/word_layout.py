"""How a table is laid out on a page of Word: its form, the widths of its columns, its high rows.

Nothing here writes; `word_table` does.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from docx.shared import Cm
from msgspec.structs import replace

from npcompare.charts import SignTable
from npcompare.document import Role
from npcompare.formats.column_widths import column_shares, fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.document import Cell, Column, Table

#: The width of a character in our font and in one that may be wider, and the height of a line, all
#: as parts of the size of the font.
_CHARACTER, _HOUSE_CHARACTER, _LEADING = 0.54, 0.59, 1.32

#: The most columns that Word allows in a table.
_MOST_COLUMNS = 63

#: The space on both sides of a column, in characters.
_PADDING = 2

#: The widths of words are estimates on the safe side: a line has room for a little more of them.
_SLACK = 1.03

#: A row that is higher than this part of a page may break across pages.
_HIGHEST_ROW = 1 / 3


class Form(Enum):
    """The form of a table; a later one needs less width and is harder to read."""

    #: A row for each row, with headings that run from left to right.
    LEVEL = 0
    #: The same, with headings of answers that run upwards.
    UPRIGHT = 1
    #: A block of headings and values for each row.
    STACKED = 2


class Area(NamedTuple):
    """The room between the margins of a page, in EMU, and for characters in a line and lines."""

    width: int
    height: int
    line: int
    lines: int

    @staticmethod
    def of(size: tuple[int, int], font_size: int, *, is_house_font: bool) -> Area:
        """Return the area of a size, for a font of a size, all in EMU."""
        width, height = size
        character = font_size * (_HOUSE_CHARACTER if is_house_font else _CHARACTER)
        return Area(width, height, int(width / character), int(height / (font_size * _LEADING)))

    def characters(self, width: int) -> int:
        """Return how many characters a column of a width has room for."""
        return max(self.line * width // self.width - _PADDING, 1)

    def is_high(self, lines: int) -> bool:
        """Return whether so many lines are so high that they may be on two pages."""
        return lines > self.lines * _HIGHEST_ROW


class Layout(NamedTuple):
    """The form of a table and the widths of its columns."""

    form: Form
    widths: Sequence[int]
    #: Whether headings that columns share are printed once, above them all.
    has_spanners: bool = False


def laid_out(table: Table, area: Area) -> Layout:
    """Return the best layout in which no word of a table is broken."""
    has_spanners = len({is_joined(column) for column in table.columns if column.group}) == 1
    level = table if has_spanners else _without_groups(table)
    if len(table.columns) <= _MOST_COLUMNS:
        if isinstance(table.figure, SignTable):
            return Layout(Form.UPRIGHT, _upright_widths(level, area), has_spanners)
        for form, printed in ((Form.LEVEL, level), (Form.UPRIGHT, _without_answer_heads(level))):
            if fits(printed, int(area.line * _SLACK)):
                measure = _widths if form is Form.LEVEL else _upright_widths
                return Layout(form, measure(printed, area), has_spanners)
    heading = min(area.width // 3, Cm(5))
    return Layout(Form.STACKED, (heading, area.width - heading))


def line_counts(cells: Iterable[Cell], widths: Iterable[int], area: Area) -> list[int]:
    """Return how many lines each cell of a row fills, approximately."""
    return [_lines(cell, width, area) for cell, width in zip(cells, widths, strict=True)]


def is_joined(column: Column) -> bool:
    """Return whether the heading of a column is those of its group and its own, with a colon."""
    return column.heading == f"{column.group}: {column.short}"


def _without_groups(table: Table) -> Table:
    """Return a table whose columns share no headings."""
    columns = (replace(column, group="", short="") for column in table.columns)
    return replace(table, columns=tuple(columns))


def _without_answer_heads(table: Table) -> Table:
    """Return a table in which the headings of answers need no width."""
    columns = (
        column if column.role is Role.TEXT else replace(column, heading="", short="")
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _widths(table: Table, area: Area) -> list[int]:
    shares = column_shares(table, area.line)
    return [area.width * share // sum(shares) for share in shares]


def _upright_widths(table: Table, area: Area) -> list[int]:
    """Return widths of which each has room for a heading that runs upwards."""
    least = area.height // area.lines + _PADDING * area.width // area.line
    widths = [
        width if column.role is Role.TEXT else max(width, least)
        for column, width in zip(table.columns, _widths(table, area), strict=True)
    ]
    widest = widths.index(max(widths))
    widths[widest] = max(widths[widest] - max(sum(widths) - area.width, 0), least)
    return widths


def _lines(cell: Cell, width: int, area: Area) -> int:
    room = area.characters(width)
    return sum(-(-_length(line) // room) or 1 for line in cell.text.split("\n"))


def _length(text: str) -> int:
    """Return the width of a text in characters; one of an East Asian script takes two."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
