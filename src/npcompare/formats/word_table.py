"""Tables in Word: heads that repeat on each page, rows that stay whole, and described columns.

The rules of a table, the margins of its cells and the look of its text are those of styles, in
styles.docx or in a house template.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Emu
from msgspec import Struct
from msgspec.structs import replace

from npcompare.document import Role
from npcompare.formats import word_styles as styles
from npcompare.formats.headings import label, spanners
from npcompare.formats.word_anchors import HEAD, SHORT_SUBHEAD, STACKED, SUBHEAD, mark_row
from npcompare.formats.word_layout import (
    SIGN_MARGIN,
    Area,
    Form,
    Layout,
    is_joined,
    is_short,
    laid_out,
    line_counts,
)
from npcompare.formats.word_revisions import common_revision, track_row
from npcompare.formats.word_text import fill_cell
from npcompare.formats.word_xml import element
from npcompare.messages import enumerated, plural
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell as TableCell
    from docx.table import _Row as WordRow

    from npcompare.document import Cell, Column, Table

#: The most characters in a line of a heading that runs upwards.
_MOST_CHARACTERS = 40

#: How many rows at least are on a page with the beginning of the notes.
_ROWS_WITH_FOOT = 2

#: The key of a column that cites sources.
_SOURCES = "source"

#: The roles of columns whose cells are short and centred.
_CENTRED = frozenset({Role.ANSWER, Role.NUMBER})


def add_table(
    word: WordDocument, table: Table, number: int, area: Area, *, is_turned: bool = False
) -> str:
    """Add a table at the end of a document; return the legend of its heads, or nothing.

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
    if layout.form is Form.STACKED:
        _Stack(grid, table, number, area, layout.widths).add()
    else:
        _Grid(grid, table, number, area, layout, has_numbers=bool(legend)).add()
    return legend


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
        columns.append(replace(column, heading=number, short=number if column.short else ""))
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
    #: Whether numbers head its narrow columns, instead of headings that run upwards.
    has_numbers: bool = False

    def add(self) -> None:
        """Add the head and the rows."""
        table = self.table
        if self.layout.has_spanners:
            self._add_spanners()
            key = SUBHEAD if all(is_joined(each) for each in table.columns if each.group) else ""
            self._add_head([*map(_heading_below, table.columns)], key or SHORT_SUBHEAD)
        else:
            self._add_head([column.heading for column in table.columns], HEAD)
        is_whole = is_short(table, self.layout.widths, self.area)
        for index, cells in enumerate(table.rows):
            left = len(table.rows) - index
            is_kept = (is_whole and left > 1) or (_has_foot(table) and left <= _ROWS_WITH_FOOT)
            is_group = index in table.group_rows
            row = (
                _add_group(self.grid, cells) if is_group else self._add_row(cells, is_kept=is_kept)
            )
            if table.row_keys:
                mark_row(row, self.number, table.row_keys[index], is_group=is_group)

    def _add_spanners(self) -> None:
        """Add a row with the headings that columns share; the others go on in the row below."""
        row = _new_head(self.grid)
        cells = row.cells
        first = 0
        for group, size in spanners(self.table):
            if group:
                place = cells[first].merge(cells[first + size - 1])
                _fill_head(place, group, styles.SPANNER)
            for number in range(first, first + (0 if group else size)):
                column = self.table.columns[number]
                _fill_head(cells[number], column.heading, self._head_style(column))
                properties = cells[number]._tc.get_or_add_tcPr()  # noqa: SLF001
                properties.append(element("w:vMerge", val="restart"))
                self._turn_heading(column, properties)
            first += size
        mark_row(row, self.number, HEAD)

    def _add_head(self, headings: Sequence[str], key: str) -> None:
        is_below = key != HEAD
        row = _new_head(self.grid)
        for place, column, heading in zip(row.cells, self.table.columns, headings, strict=True):
            _fill_head(place, heading, self._head_style(column))
            properties = place._tc.get_or_add_tcPr()  # noqa: SLF001
            if is_below and not column.group:
                properties.append(element("w:vMerge"))
            if is_below:
                _take_over_rule(self.grid, properties)
            self._turn_heading(column, properties)
        if self.layout.form is Form.UPRIGHT and not self.has_numbers:
            longest = max(map(len, headings))
            row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
            character = self.area.width // self.area.line
            row.height = Emu(character * min(longest + 2, _MOST_CHARACTERS))
        mark_row(row, self.number, key)

    def _head_style(self, column: Column) -> str:
        """Return the style of a heading; one that runs upwards begins at the bottom."""
        is_level = self.layout.form is Form.LEVEL or self.has_numbers
        is_centred = column.role in _CENTRED and is_level
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

    def _add_row(self, cells: tuple[Cell, ...], *, is_kept: bool) -> WordRow:
        row: WordRow = self.grid.add_row()  # type: ignore[no-untyped-call]
        for place, column, cell in zip(row.cells, self.table.columns, cells, strict=True):
            fill_cell(place, cell, _text_style(column), is_first=column is self.table.columns[0])
            if self._is_narrow(column):
                place._tc.get_or_add_tcPr().append(_sign_margins())  # noqa: SLF001
        if not self.area.is_high(max(line_counts(cells, self.layout.widths, self.area))):
            _keep_whole(row)
            if is_kept:
                _keep_with_next(row)
        track_row(row._tr, common_revision(cells))  # noqa: SLF001
        return row


class _Stack(Struct):
    """Adds a block of headings and values to a grid of Word for each row of a table."""

    grid: WordTable
    table: Table
    number: int
    area: Area
    widths: Sequence[int]

    def add(self) -> None:
        """Add the head and the blocks."""
        head = _new_head(self.grid)
        _fill_head(_merged(head), self.table.columns[0].heading, styles.HEAD)
        mark_row(head, self.number, STACKED)
        for index, cells in enumerate(self.table.rows):
            is_last = index == len(self.table.rows) - 1
            is_group = index in self.table.group_rows
            is_kept = is_last and _has_foot(self.table)
            rows = (
                [_add_group(self.grid, cells)]
                if is_group
                else self._add_block(cells, is_kept=is_kept)
            )
            if self.table.row_keys:
                mark_row(rows[0], self.number, self.table.row_keys[index], is_group=is_group)

    def _add_block(self, cells: tuple[Cell, ...], *, is_kept: bool) -> list[WordRow]:
        rows: list[WordRow] = [self.grid.add_row() for _ in cells]  # type: ignore[no-untyped-call]
        lines = line_counts(cells, [self.widths[1]] * len(cells), self.area)
        is_high = self.area.is_high(sum(lines))
        fill_cell(_merged(rows[0]), cells[0], styles.TEXT, is_first=True)
        for row, column, cell in zip(rows[1:], self.table.columns[1:], cells[1:], strict=True):
            heading, value = row.cells
            _fill_head(heading, column.heading, styles.TEXT)
            fill_cell(value, cell, styles.TEXT, is_first=False)
        for place, row in enumerate(rows):
            if not self.area.is_high(lines[place]):
                _keep_whole(row)
            is_last = place == len(rows) - 1
            if place == 0 or (not is_high and (is_kept or not is_last)):
                _keep_with_next(row)
            track_row(row._tr, common_revision(cells))  # noqa: SLF001
        return rows


def _add_group(grid: WordTable, cells: tuple[Cell, ...]) -> WordRow:
    """Add the head of a group of rows over the whole width; the next row stays with it."""
    row: WordRow = grid.add_row()  # type: ignore[no-untyped-call]
    fill_cell(_merged(row), cells[0], styles.TEXT, is_first=True)
    _keep_whole(row)
    _keep_with_next(row)
    track_row(row._tr, common_revision(cells))  # noqa: SLF001
    return row


def _has_foot(table: Table) -> bool:
    return bool(table.notes or table.revised_notes or table.remarks)


def _new_head(grid: WordTable) -> WordRow:
    row: WordRow = grid.add_row()  # type: ignore[no-untyped-call]
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
    return row


def _keep_whole(row: WordRow) -> None:
    """Keep all of a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001


def _keep_with_next(row: WordRow) -> None:
    """Keep a row on one page with what follows it."""
    for place in row.cells:
        for paragraph in place.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _merged(row: WordRow) -> TableCell:
    """Return the cell over the whole width of a row."""
    cell: TableCell = row.cells[0].merge(row.cells[-1])
    return cell


def _fill_head(place: TableCell, heading: str, style: str) -> None:
    paragraph = place.paragraphs[0]
    paragraph.style = style
    if heading:
        paragraph.add_run(visible(heading))


def _heading_below(column: Column) -> str:
    """Return the heading of a column in the row below those of groups."""
    return label(column) if column.group else ""


def _text_style(column: Column) -> str:
    if column.role in _CENTRED:
        return styles.ANSWER
    return styles.SOURCE if column.key == _SOURCES else styles.TEXT


def _sign_margins() -> Any:
    """Return the margins of a sign in a narrow column, which leave room for names."""
    margins = element("w:tcMar")
    for side in ("w:left", "w:right"):
        margins.append(element(side, w=str(int(SIGN_MARGIN.pt * 20)), type="dxa"))
    return margins


def _take_over_rule(grid: WordTable, properties: Any) -> None:
    """Give a cell of the second head row the rule and shade that the table's style has for heads.

    A style can describe the first row only.
    """
    path = "w:tblStylePr[@w:type='firstRow']/w:tcPr/*[self::w:tcBorders or self::w:shd]"
    for part in grid.style.element.xpath(path):  # type: ignore[union-attr]
        properties.append(deepcopy(part))
