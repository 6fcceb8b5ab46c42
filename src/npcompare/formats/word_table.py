"""Tables in Word: heads that repeat on each page, rows that do not split, and described columns.

The rules of a table and the margins of its cells are those of its style, in styles.docx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm, Emu

from npcompare.charts import SignTable
from npcompare.document import Role
from npcompare.errors import NpcompareError
from npcompare.formats import column_widths
from npcompare.formats import word_styles as styles
from npcompare.formats.word_anchors import HEAD, mark_row
from npcompare.formats.word_revisions import common_revision, track_row
from npcompare.formats.word_text import fill_cell
from npcompare.formats.word_xml import element
from npcompare.text import visible

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Row as WordRow

    from npcompare.document import Cell, Table


#: The width of a line of PAGE_LINE characters, in our font and in one that may be wider.
_LINE, _HOUSE_LINE = Cm(25.7), Cm(28)

#: The most columns that Word allows in a table.
MOST_COLUMNS = 63

#: The headings of an overview run upwards: the length of a character, and the most in a line.
_CHARACTER, _MOST_CHARACTERS = Cm(0.18), 40


def characters(width: int, *, is_house_font: bool = False) -> int:
    """Return how many characters a line has that is as wide as that, in EMU."""
    return column_widths.PAGE_LINE * width // (_HOUSE_LINE if is_house_font else _LINE)


def fits(table: Table, line: int) -> bool:
    """Return whether the longest words of a table fit a line of so many characters."""
    return column_widths.fits(table, line)


def add_table(word: WordDocument, table: Table, number: int, width: int, line: int) -> None:
    """Add a table at the end of a document.

    Args:
        word: The document.
        table: The table.
        number: Its number in the document, counted from 1.
        width: The width of the table, in EMU.
        line: How many characters a line as wide as that has.
    """
    if len(table.columns) > MOST_COLUMNS:
        raise NpcompareError(
            f"the table “{visible(table.title)}” has {len(table.columns)} columns, and Word allows "
            f"{MOST_COLUMNS}",
            "choose fewer with --columns, or another format, such as xlsx or html",
        )
    grid = word.add_table(rows=0, cols=len(table.columns), style=styles.TABLE)
    grid.autofit = False
    shares = column_widths.column_shares(table, line)
    for column, share in zip(grid.columns, shares, strict=True):
        # The cells of the rows that are added below take over the width of their column.
        column.width = Emu(width * share // sum(shares))
    _describe(grid, table)
    _add_head(grid, table, number)
    for index, cells in enumerate(table.rows):
        row = _add_row(grid, cells)
        if table.row_keys:
            mark_row(row, number, table.row_keys[index])


def _describe(grid: WordTable, table: Table) -> None:
    """Set the title and description that a screen reader reads out."""
    headings = ", ".join(column.heading for column in table.columns)
    rows = "1 row" if len(table.rows) == 1 else f"{len(table.rows)} rows"
    description = f"{rows}. Columns: {headings}."
    properties = grid._tbl.tblPr  # noqa: SLF001
    properties.append(element("w:tblCaption", val=visible(table.title)))
    properties.append(element("w:tblDescription", val=visible(description)))


def _add_head(grid: WordTable, table: Table, number: int) -> None:
    row = _new_row(grid)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
    is_overview = isinstance(table.figure, SignTable)
    for place, column in zip(row.cells, table.columns, strict=True):
        place.paragraphs[0].style = styles.HEAD
        place.paragraphs[0].add_run(visible(column.heading))
        if is_overview and column.role is not Role.TEXT:
            place._tc.get_or_add_tcPr().append(element("w:textDirection", val="btLr"))  # noqa: SLF001
    if is_overview:
        longest = max(len(column.heading) for column in table.columns)
        row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
        row.height = Emu(_CHARACTER * min(longest + 4, _MOST_CHARACTERS))
    mark_row(row, number, HEAD)


def _add_row(grid: WordTable, cells: tuple[Cell, ...]) -> WordRow:
    row = _new_row(grid)
    for number, (place, cell) in enumerate(zip(row.cells, cells, strict=True)):
        fill_cell(place, cell, is_first=number == 0)
    track_row(row._tr, common_revision(cells))  # noqa: SLF001
    return row


def _new_row(grid: WordTable) -> WordRow:
    row: WordRow = grid.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001
    return row
