"""Tables in Word: heads that repeat on each page, rows that stay whole, and described columns.

The rules of a table, the margins of its cells and the look of its text are those of styles, in
styles.docx or in a house template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Emu
from msgspec import Struct
from msgspec.structs import replace

from npcompare.document import Role
from npcompare.formats import word_styles as styles
from npcompare.formats.headings import heading_rows, label, spanners
from npcompare.formats.word_anchors import HEAD, SHORT_SUBHEAD, SUBHEADS, mark_row
from npcompare.formats.word_blocks import Stack, TwoLines
from npcompare.formats.word_layout import (
    SIGN_MARGIN,
    Area,
    Form,
    Layout,
    is_short,
    joining_colon,
    laid_out,
    line_counts,
    row_heights,
    text_width,
)
from npcompare.formats.word_revisions import common_revision, track_row
from npcompare.formats.word_rows import (
    CENTRED,
    add_group,
    add_head,
    add_row,
    fill_head,
    keep_names,
    keep_whole,
    keep_with_next,
    margins,
    stays_with_next,
    take_over_rule,
    text_style,
)
from npcompare.formats.word_text import fill_cell
from npcompare.formats.word_xml import element
from npcompare.messages import enumerated, plural
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Row as WordRow

    from npcompare.document import Cell, Column, Table

#: The most characters in a line of a heading that runs upwards.
_MOST_CHARACTERS = 40


class AddedTable(NamedTuple):
    """What the notes of a table must know of it."""

    #: The legend of its heads, or nothing.
    legend: str
    #: Whether its last row is low, so that all its notes can be on the page of that row.
    ends_low: bool


def add_table(
    word: WordDocument, table: Table, number: int, area: Area, *, is_turned: bool = False
) -> AddedTable:
    """Add a table at the end of a document; return what its notes must know of it.

    Args:
        word: The document.
        table: The table.
        number: Its number in the document, counted from 1.
        area: The room that a page has.
        is_turned: Whether it runs from right to left. Its narrow columns are then headed by numbers
            with a legend, as LibreOffice loses headings on end in such tables.
    """
    layout = laid_out(table, area)
    legend = ""
    if is_turned and layout.form is Form.UPRIGHT:
        table, legend = _numbered(table, has_spanners=layout.has_spanners)
    grid = word.add_table(rows=0, cols=len(layout.widths), style=styles.TABLE)
    grid.autofit = False
    for column, width in zip(grid.columns, layout.widths, strict=True):
        # The cells of the rows that are added below take over the width of their column.
        column.width = Emu(width)
    _describe(grid, table)
    heights = row_heights(table, layout, area)
    if layout.form is Form.STACKED:
        Stack(grid, table, number, area, heights).add()
    elif layout.form is Form.TWO_LINES:
        TwoLines(grid, table, number, area, layout, heights).add()
    else:
        _Grid(grid, table, number, area, layout, heights, has_numbers=bool(legend)).add()
    return AddedTable(legend, area.is_low(sum(heights[-1])))


def _numbered(table: Table, *, has_spanners: bool) -> tuple[Table, str]:
    """Return a table in which numbers head the narrow columns, and what the numbers stand for."""
    headings: list[str] = []
    columns = []
    for column in table.columns:
        if column.role is Role.TEXT:
            columns.append(column)
            continue
        headings.append(label(column) if has_spanners else column.heading)
        number = str(len(headings))
        columns.append(replace(column, heading=number, short=number))
    legend = enumerated(
        [f"{number}\N{NO-BREAK SPACE}{words}" for number, words in enumerate(headings, 1)],
        is_strong=True,
    )
    return replace(table, columns=tuple(columns)), legend


def _describe(grid: WordTable, table: Table) -> None:
    """Set the title and description that a screen reader reads out."""
    headings = enumerated([column.heading for column in table.columns])
    description = plural(
        "{count} row. Columns: {headings}.",
        "{count} rows. Columns: {headings}.",
        len(table.rows),
        headings=headings,
    )
    properties = grid._tbl.tblPr  # noqa: SLF001
    properties.append(element("w:tblCaption", val=visible(table.title)))
    properties.append(element("w:tblDescription", val=visible(description)))


class _Grid(Struct):
    """Adds the head of a table to a grid of Word, and a row for each of its rows."""

    grid: WordTable
    table: Table
    number: int
    area: Area
    layout: Layout
    #: How many lines each of its rows has.
    heights: Sequence[Sequence[int]]
    #: Whether numbers head its narrow columns, instead of headings that run upwards.
    has_numbers: bool = False

    def add(self) -> None:
        """Add the head and the rows."""
        table = self.table
        if self.layout.has_spanners:
            self._add_spanners()
            key = SUBHEADS.get(joining_colon(table.columns), SHORT_SUBHEAD)
            self._add_head([*map(_heading_below, table.columns)], key)
        else:
            self._add_head([column.heading for column in table.columns], HEAD)
        is_whole = is_short(self.heights, self.area)
        heads = heading_rows(table)
        for index, cells in enumerate(table.rows):
            is_group = index in table.group_rows
            lines = sum(self.heights[index])
            is_kept = index in heads or stays_with_next(
                table, index, lines, self.area, is_whole=is_whole
            )
            row = (
                add_group(self.grid, cells)
                if is_group
                else self._add_row(cells, is_kept=is_kept, is_high=self._may_break(cells, lines))
            )
            if table.row_keys:
                mark_row(row, self.number, table.row_keys[index], is_group=is_group)

    def _may_break(self, cells: tuple[Cell, ...], lines: int) -> bool:
        """Return whether a row may be on two pages: it is high, and its name does not fill it."""
        if not self.area.is_high(lines):
            return False
        (name_lines,) = line_counts(cells[:1], self.layout.widths[:1], self.area)
        return not self.area.is_filled(lines, name_lines)

    def _add_spanners(self) -> None:
        """Add a row with the headings that columns share; the others go on in the row below."""
        row = add_head(self.grid)
        cells = row.cells
        first = 0
        for group, size in spanners(self.table):
            if group:
                place = cells[first].merge(cells[first + size - 1])
                fill_head(place, group, styles.SPANNER)
            for number in range(first, first + (0 if group else size)):
                column = self.table.columns[number]
                fill_head(cells[number], column.heading, self._head_style(column))
                properties = cells[number]._tc.get_or_add_tcPr()  # noqa: SLF001
                properties.append(element("w:vMerge", val="restart"))
                self._turn_heading(column, properties)
            first += size
        mark_row(row, self.number, HEAD)

    def _add_head(self, headings: Sequence[str], key: str) -> None:
        is_below = key != HEAD
        row = add_head(self.grid)
        for place, column, heading in zip(row.cells, self.table.columns, headings, strict=True):
            fill_head(place, heading, self._head_style(column))
            properties = place._tc.get_or_add_tcPr()  # noqa: SLF001
            if is_below and not column.group:
                properties.append(element("w:vMerge"))
            if is_below:
                take_over_rule(self.grid, properties)
            self._turn_heading(column, properties)
        if self.layout.form is Form.UPRIGHT and not self.has_numbers:
            longest = max(map(text_width, headings))
            row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
            character = self.area.width // self.area.line
            row.height = Emu(character * min(longest + 2, _MOST_CHARACTERS))
        mark_row(row, self.number, key)

    def _head_style(self, column: Column) -> str:
        """Return the style of a heading; one that runs upwards begins at the bottom."""
        is_level = self.layout.form is Form.LEVEL or self.has_numbers
        is_centred = column.role in CENTRED and is_level
        return styles.ANSWER_HEAD if is_centred else styles.HEAD

    def _turn_heading(self, column: Column, properties: Any) -> None:
        """Let the heading of a column of answers run upwards if that is the form of the table."""
        if self._is_narrow(column):
            properties.append(_sign_margins())
            if not self.has_numbers:
                properties.append(element("w:textDirection", val="btLr"))

    def _is_narrow(self, column: Column) -> bool:
        """Return whether a column is only as wide as its signs."""
        return self.layout.form is Form.UPRIGHT and column.role is not Role.TEXT

    def _add_row(self, cells: tuple[Cell, ...], *, is_kept: bool, is_high: bool) -> WordRow:
        row = add_row(self.grid)
        for place, column, cell in zip(row.cells, self.table.columns, cells, strict=True):
            fill_cell(place, cell, text_style(column), is_first=column is self.table.columns[0])
            if self._is_narrow(column):
                place._tc.get_or_add_tcPr().append(_sign_margins())  # noqa: SLF001
        if is_high:
            keep_names(row)
        else:
            keep_whole(row)
            if is_kept:
                keep_with_next(row)
        track_row(row._tr, common_revision(cells))  # noqa: SLF001
        return row


def _heading_below(column: Column) -> str:
    """Return the heading of a column in the row below those of groups."""
    return label(column) if column.group else ""


def _sign_margins() -> Any:
    """Return the margins of a sign in a narrow column, which leave room for names."""
    return margins(left=SIGN_MARGIN, right=SIGN_MARGIN)
