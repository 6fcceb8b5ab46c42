"""Rows of a table in Word: heads, the heads of groups, and rows that stay on one page."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docx.table import _Row as WordRow

from npcompare.document import Role
from npcompare.formats import word_styles as styles
from npcompare.formats.word_revisions import common_revision, track_row
from npcompare.formats.word_text import add_run, fill_cell
from npcompare.formats.word_xml import element, qn
from npcompare.text import visible

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.table import Table as WordTable
    from docx.table import _Cell as TableCell

    from npcompare.document import Cell, Column, Table
    from npcompare.formats.word_layout import Area

#: The roles of columns whose cells are short and centred.
CENTRED = frozenset({Role.ANSWER, Role.NUMBER})

#: A first row with no more lines is not alone on a page.
_FEW_LINES = 2

#: The key of a column that cites sources.
_SOURCES = "source"


def add_row(grid: WordTable) -> WordRow:
    """Add a row of empty cells, as wide as the columns of a table."""
    row = element("w:tr")
    for column in grid._tbl.tblGrid:  # noqa: SLF001
        properties = element("w:tcPr")
        properties.append(element("w:tcW", type="dxa", w=column.get(qn("w:w"), "0")))
        place = element("w:tc")
        place.extend((properties, element("w:p")))
        row.append(place)
    grid._tbl.append(row)  # noqa: SLF001
    return WordRow(row, grid)


def add_group(grid: WordTable, cells: tuple[Cell, ...]) -> WordRow:
    """Add the head of a group of rows over the whole width; the next row stays with it."""
    row = add_row(grid)
    fill_cell(merged(row), cells[0], styles.TEXT, is_first=True)
    keep_whole(row)
    keep_with_next(row)
    track_row(row._tr, common_revision(cells))  # noqa: SLF001
    return row


def has_foot(table: Table) -> bool:
    """Return whether a table has remarks or notes below it."""
    return bool(table.notes or table.revised_notes or table.remarks)


def stays_with_next(table: Table, place: int, lines: int, area: Area, *, is_whole: bool) -> bool:
    """Return whether a row is on one page with the next one or, if it is the last, with the notes.

    Neither a first row of a few lines nor the last one is alone on a page, unless that is high.

    Args:
        table: The table.
        place: The place of the row, counted from 0.
        lines: How many lines the row has.
        area: The room that a page has.
        is_whole: Whether all the rows are on one page.
    """
    below = len(table.rows) - place - 1
    if below == 0:
        return has_foot(table)
    is_first = place == 0 and lines <= _FEW_LINES
    return is_whole or is_first or (below == 1 and area.is_low(lines))


def add_head(grid: WordTable) -> WordRow:
    """Add a row that is repeated on each page."""
    row = add_row(grid)
    keep_whole(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
    return row


def keep_whole(row: WordRow) -> None:
    """Keep all of a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001


def keep_names(row: WordRow, count: int = 1) -> None:
    """Keep the lines of the names at the start of a row together, if it is on several pages."""
    for place in row.cells[:count]:
        for paragraph in place.paragraphs:
            paragraph.paragraph_format.keep_together = True


def keep_with_next(row: WordRow) -> None:
    """Keep a row on one page with what follows it."""
    for place in row.cells:
        for paragraph in place.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def merged(row: WordRow) -> TableCell:
    """Return the cell over the whole width of a row."""
    cell: TableCell = row.cells[0].merge(row.cells[-1])
    return cell


def fill_head(place: TableCell, heading: str, style: str) -> None:
    """Put a heading into its place."""
    paragraph = place.paragraphs[0]
    styles.set_style(paragraph, style)
    if heading:
        add_run(paragraph, visible(heading))


def take_over_rule(grid: WordTable, properties: Any) -> None:
    """Give a cell of the second head row the rule and shade that the table's style has for heads.

    A style can describe the first row only.
    """
    path = "w:tblStylePr[@w:type='firstRow']/w:tcPr/*[self::w:tcBorders or self::w:shd]"
    for part in grid.style.element.xpath(path):  # type: ignore[union-attr]
        properties.append(deepcopy(part))


def text_style(column: Column) -> str:
    """Return the style of the cells of a column."""
    if column.role in CENTRED:
        return styles.ANSWER
    return styles.SOURCE if column.key == _SOURCES else styles.TEXT


def margins(**sides: Length) -> Any:
    """Return margins of a cell that differ from those of the table's style.

    Args:
        sides: The sides in the order top, left, bottom, right.
    """
    parts = element("w:tcMar")
    for side, size in sides.items():
        parts.append(element(f"w:{side}", w=str(int(size.pt * 20)), type="dxa"))
    return parts
