"""Tables of Word whose rows have several lines, since a page is too narrow for all columns.

Either the names in the first columns are above the others, and so are their headings, or each row
is a block with a heading and a value for each column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt
from msgspec import Struct

from npcompare.formats import word_styles as styles
from npcompare.formats.word_anchors import BLOCKS, TWO_LINES, mark_row
from npcompare.formats.word_layout import NAME_COLUMNS, Area, Layout, is_short
from npcompare.formats.word_revisions import common_revision, track_row
from npcompare.formats.word_rows import (
    add_group,
    add_head,
    add_row,
    fill_head,
    has_foot,
    keep_whole,
    keep_with_next,
    margins,
    stays_with_next,
    take_over_rule,
    text_style,
)
from npcompare.formats.word_text import fill_cell
from npcompare.formats.word_xml import element, qn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.shared import Length
    from docx.table import Table as WordTable
    from docx.table import _Cell as TableCell
    from docx.table import _Row as WordRow

    from npcompare.document import Cell, Table

#: The space between a row and the next one, where each has several lines.
_SPACE, _NONE = Pt(8), Pt(0)


class TwoLines(Struct):
    """Adds two rows to a grid of Word for each row of a table: its names, and its values."""

    grid: WordTable
    table: Table
    number: int
    area: Area
    layout: Layout
    #: How many lines each row of the table has, and of these each of its rows in the grid.
    heights: Sequence[Sequence[int]]

    def add(self) -> None:
        """Add the head and the rows."""
        self._add_head()
        is_whole = is_short(self.heights, self.area)
        for index, (cells, heights) in enumerate(zip(self.table.rows, self.heights, strict=True)):
            is_kept = stays_with_next(self.table, index, sum(heights), self.area, is_whole=is_whole)
            is_group = index in self.table.group_rows
            row = (
                add_group(self.grid, cells)
                if is_group
                else self._add_rows(cells, heights, is_kept=is_kept)
            )
            if self.table.row_keys:
                mark_row(row, self.number, self.table.row_keys[index], is_group=is_group)

    def _add_head(self) -> None:
        upper, lower = add_head(self.grid), add_head(self.grid)
        headings = [column.heading for column in self.table.columns]
        places = self._names(upper)
        for place, heading in zip(places, headings[:NAME_COLUMNS], strict=True):
            fill_head(place, heading, styles.HEAD)
            properties = place._tc.get_or_add_tcPr()  # noqa: SLF001
            borders = element("w:tcBorders")
            borders.append(element("w:bottom", val="nil"))
            properties.append(borders)
        for place, heading in zip(lower.cells, headings[NAME_COLUMNS:], strict=True):
            fill_head(place, heading, styles.HEAD)
            take_over_rule(self.grid, place._tc.get_or_add_tcPr())  # noqa: SLF001
        _set_margins(places, bottom=_NONE)
        _set_margins(lower.cells, top=_NONE)
        mark_row(upper, self.number, TWO_LINES)

    def _names(self, row: WordRow) -> list[TableCell]:
        """Return the places of the names in a row, each over several columns."""
        span = self.layout.span
        first: TableCell = row.cells[0].merge(row.cells[span - 1])
        return [first, row.cells[span].merge(row.cells[-1])]

    def _add_rows(
        self, cells: tuple[Cell, ...], heights: Iterable[int], *, is_kept: bool
    ) -> WordRow:
        rows = upper, lower = add_row(self.grid), add_row(self.grid)
        places = [*self._names(upper), *lower.cells]
        for place, column, cell in zip(places, self.table.columns, cells, strict=True):
            is_first = column is self.table.columns[0]
            fill_cell(place, cell, text_style(column), is_first=is_first)
        _set_margins(places[:NAME_COLUMNS], bottom=_NONE)
        _set_margins(lower.cells, top=_NONE, bottom=_SPACE)
        for row, lines in zip(rows, heights, strict=True):
            if not self.area.is_high(lines):
                keep_whole(row)
                if is_kept or row is upper:
                    keep_with_next(row)
            track_row(row._tr, common_revision(cells))  # noqa: SLF001
        return upper


class Stack(Struct):
    """Adds a block of headings and values to a grid of Word for each row of a table."""

    grid: WordTable
    table: Table
    number: int
    area: Area
    #: How many lines each row of the table has, and of these each of its rows in the grid.
    heights: Sequence[Sequence[int]]

    def add(self) -> None:
        """Add the blocks; as each has its headings, the first row is not a head."""
        for look in self.grid._tbl.iter(qn("w:tblLook")):  # noqa: SLF001
            look.set(qn("w:firstRow"), "0")
            look.set(qn("w:val"), "0480")
        for index, cells in enumerate(self.table.rows):
            is_last = index == len(self.table.rows) - 1
            is_group = index in self.table.group_rows
            is_kept = is_last and has_foot(self.table)
            rows = (
                [add_group(self.grid, cells)]
                if is_group
                else self._add_block(cells, self.heights[index], is_kept=is_kept)
            )
            if index == 0:
                mark_row(rows[0], self.number, BLOCKS)
            if self.table.row_keys:
                mark_row(rows[0], self.number, self.table.row_keys[index], is_group=is_group)

    def _add_block(
        self, cells: tuple[Cell, ...], heights: Sequence[int], *, is_kept: bool
    ) -> list[WordRow]:
        rows = [add_row(self.grid) for _ in cells]
        is_high = self.area.is_high(sum(heights))
        for place, (row, column, cell) in enumerate(
            zip(rows, self.table.columns, cells, strict=True)
        ):
            heading, value = row.cells
            fill_head(heading, column.heading, styles.TEXT)
            fill_cell(value, cell, styles.TEXT, is_first=place == 0)
            if place == 0:
                _set_margins((heading, value), top=_SPACE)
        for place, row in enumerate(rows):
            if not self.area.is_high(heights[place]):
                keep_whole(row)
            is_last = place == len(rows) - 1
            if place == 0 or (not is_high and (is_kept or not is_last)):
                keep_with_next(row)
            track_row(row._tr, common_revision(cells))  # noqa: SLF001
        return rows


def _set_margins(places: Iterable[TableCell], **sides: Length) -> None:
    for place in places:
        place._tc.get_or_add_tcPr().append(margins(**sides))  # noqa: SLF001
