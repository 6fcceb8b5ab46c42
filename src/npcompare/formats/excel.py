"""Workbooks, written with XlsxWriter: a sheet for each table, and each cell a string.

Excel limits the height of a row. A longer text begins in its own place and is whole in the last
sheet, over as many rows as it needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from npcompare.charts import SignTable
from npcompare.document import (
    RECIPE_SHEET,
    REMARK_KEY,
    Cell,
    Role,
    Run,
    Table,
    Tone,
    cell,
    columns,
    rows,
)
from npcompare.errors import NpcompareError
from npcompare.formats import excel_layout as layout
from npcompare.formats import excel_overview
from npcompare.formats.excel_book import LONGEST_PROPERTY, FormatCache, write_book
from npcompare.formats.excel_recipe import (
    add_recipe,
    is_key_column,
    with_keys,
)
from npcompare.formats.excel_sheets import Sheet, add_prompt, sheets
from npcompare.formats.excel_text import (
    Font,
    Fragment,
    fragments,
    joined,
    one_line,
    parsed,
    utf16_length,
)
from npcompare.formats.language_scripts import Script, is_left_to_right, language_of, row_with_marks
from npcompare.formats.registry import date_of, timestamp
from npcompare.messages import deferred, message
from npcompare.text import is_right_to_left, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from npcompare.document import Document

#: With more rows than these, a workbook is written row by row to save memory.
_MANY_ROWS = 2000

#: The names of the sheets of notes, of what the document is, and of the texts that are too long for
#: a row.
_NOTES, _ABOUT, _LONG_TEXTS = deferred("Notes"), deferred("About"), deferred("Long texts")

#: The names that no table may have: Excel keeps "History" for itself.
_RESERVED_NAMES = frozenset({"history", RECIPE_SHEET})

#: What Excel would read as the code of a character.
_LIKE_AN_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")

#: Properties of formats, as XlsxWriter names them.
_CELL = {"text_wrap": 1, "valign": "top"}
_HEADING, _ITALIC, _BOLD = {"bottom": 2}, {"italic": 1}, {"bold": 1}
_LEFT = {"align": "left"}
_LOW = {"valign": "bottom"}
_UPRIGHT = {"rotation": 90, **_LOW, **_LEFT}
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = {"reading_order": 1}, {"reading_order": 2}

#: What begins and ends a text from right to left in the head or foot of a page.
_EMBEDDING = ("\N{RIGHT-TO-LEFT EMBEDDING}", "\N{POP DIRECTIONAL FORMATTING}")

#: The number of the paper size, and the margins on the left and right in inches.
_A4, _SIDE_MARGIN = 9, 0.4


def write(document: Document) -> bytes:
    """Return the document as a workbook."""
    language = language_of(document.language)

    def fill(book: Workbook) -> None:
        book.set_custom_property("Language", language.tag, "text")
        _Sheets(book, document).add_all()

    return write_book(
        fill,
        date_of(document) or timestamp(),
        {"title": document.title, "author": "npcompare", "comments": document.provenance},
        font=language.office,
        is_large=sum(len(table.rows) for table in document.tables) > _MANY_ROWS,
    )


class _LongText(NamedTuple):
    """A cell that is too long for a row, the place that it is from, and the number of its parts."""

    cell: Cell
    sheet: str
    place: str
    parts: int


class _Sheets:
    """Adds the sheets of a document to a workbook."""

    def __init__(self, book: Workbook, document: Document) -> None:
        self._book = book
        self._document = document
        self._formats = _Formats(book, document)
        self._long: list[_LongText] = []
        self._next_long_row = 2

    def add_all(self) -> None:
        """Add a sheet for each table, then the notes, what the document is, and the long texts."""
        used_names = set(_RESERVED_NAMES)
        for name in (_NOTES, _ABOUT, _LONG_TEXTS):
            layout.sheet_name(message(name), used_names)
        named = []
        for sheet in sheets(self._document):
            name = layout.sheet_name(sheet.title, used_names)
            named += [(name, table) for table in sheet.tables]
            self._add_table(name, replace(sheet.table, headnote=self._lines_above(sheet)))
        if any(table.notes for _, table in named):
            self._add_table(message(_NOTES), _notes(named))
        self._add_table(message(_ABOUT), _about(self._document, named))
        if any(table.has_own_columns for _, table in named):
            add_recipe(self._book, self._document.recipe)
        if self._long:
            self._add_long_texts()

    def _lines_above(self, sheet: Sheet) -> str:
        """Return what is above a table: the head of an annex, a title that was cut, a headnote."""
        lines = dict.fromkeys(map(visible, self._document.heading))
        title = visible(sheet.table.title)
        if layout.is_cut(title):
            lines[title] = None
        return "\n".join(filter(None, (*lines, sheet.table.headnote)))

    def _add_table(self, name: str, table: Table) -> None:
        """Add a table as a sheet; texts that are too long for a row are kept for the last sheet."""
        table = with_keys(table) if table.has_own_columns else table
        if self._document.is_right_to_left:
            table = replace(table, rows=tuple(map(row_with_marks, table.rows)))
        is_overview = isinstance(table.figure, SignTable)
        widths = (
            excel_overview.widths(table)
            if is_overview
            else layout.column_widths(table, layout.WIDEST)
        )
        body = (
            [
                self._fitted(value, width, name, f"{_column_letters(column)}{row}")
                for column, (value, width) in enumerate(zip(cells, widths, strict=True))
            ]
            for row, cells in enumerate(table.rows, _top(table) + 2)
        )
        self._add_sheet(name, table, body, widths)

    def _fitted(self, value: Cell, width: int, sheet: str, place: str) -> list[Fragment]:
        """Return the text of a cell or, if it is too long, its beginning and a reference."""
        texts = fragments(value)
        if layout.fits_row(joined(texts), width):
            return texts
        row = self._next_long_row
        parts = sum(1 for _ in layout.long_parts(value))
        self._long.append(_LongText(value, sheet, place, parts))
        self._next_long_row += parts
        first = layout.beginning(value, width)
        marks = tuple(dict.fromkeys(mark for run in value.runs for mark in run.marks))
        reference = message(
            "… full text in the sheet “{sheet}”, row {row}",
            sheet=message(_LONG_TEXTS),
            row=str(row),
        )
        runs = (replace(run, marks=()) for run in first.runs)
        return fragments(Cell((*runs, Run(f"\n{reference}", Tone.STRONG, marks))))

    def _add_long_texts(self) -> None:
        heads = columns(sheet="Sheet", cell="Cell", part="Part", text="Text")
        values = (
            (cell(text.sheet), cell(text.place), _part(text.parts, text.parts), text.cell)
            for text in self._long
        )
        name = message(_LONG_TEXTS)
        table = Table(name, heads, tuple(values))
        widths = layout.column_widths(table, layout.LONG_WIDTH)
        self._add_sheet(name, table, self._long_rows(), widths)

    def _long_rows(self) -> Iterator[list[list[Fragment]]]:
        """Yield a row for each part of a long text; the parts are never all in memory."""
        for text in self._long:
            for number, part in enumerate(layout.long_parts(text.cell), 1):
                counted = _part(number, text.parts)
                row = (cell(text.sheet), cell(text.place), counted, part)
                yield [fragments(value) for value in row]

    def _add_sheet(
        self, name: str, table: Table, body: Iterable[list[list[Fragment]]], widths: list[int]
    ) -> None:
        """Add a sheet with the headings of a table above rows of cells, each in fragments."""
        sheet = self._book.add_worksheet(name)
        if self._document.is_right_to_left:
            sheet.right_to_left()
        for column, width in enumerate(widths):
            options = {"hidden": True} if is_key_column(table.columns[column]) else {}
            sheet.set_column(column, column, width, None, options)
        top = _top(table)
        if top:
            self._write_headnote(sheet, visible(table.headnote), widths)
        self._write_headings(sheet, table, widths)
        numeric = [column.role in {Role.NUMBER, Role.ANSWER} for column in table.columns]
        last = top
        # A large workbook takes one row after another, each of them whole.
        for last, row in enumerate(body, top + 1):
            sheet.set_row(last, layout.row_height(map(joined, row), widths))
            for column, texts in enumerate(row):
                number = parsed(joined(texts)) if numeric[column] else None
                if number is None:
                    self._write_cell(sheet, last, column, texts)
                else:
                    number_format = self._formats.number(texts[0].font, number.format)
                    sheet.write_number(last, column, number.value, number_format)
        if last == top:
            sheet.write_string(top + 1, 0, message("(none)"), self._formats.cell(""))
        add_prompt(sheet, table, top + 1, last)
        self._write_remarks(sheet, table, max(last, top + 1) + 2, widths)
        # A column that is alone must be free to scroll.
        sheet.freeze_panes(top + 1, 1 if len(widths) > 1 else 0)
        # The last row of an overview has the totals.
        last_filtered = last - isinstance(table.figure, SignTable)
        sheet.autofilter(top, 0, max(last_filtered, top + 1), len(table.columns) - 1)
        self._set_page(sheet, table.title)
        sheet.repeat_rows(0, top)

    def _write_headings(self, sheet: Worksheet, table: Table, widths: list[int]) -> None:
        top = _top(table)
        is_overview = isinstance(table.figure, SignTable)
        headings = [visible(column.heading) for column in table.columns]
        height = layout.row_height(headings, widths)
        sheet.set_row(top, excel_overview.heading_height(table) if is_overview else height)
        for place, (column, heading) in enumerate(zip(table.columns, headings, strict=True)):
            _check_length(heading, sheet.get_name(), top, place)
            is_upright = is_overview and column.role in {Role.NUMBER, Role.ANSWER}
            heading_format = self._formats.heading(
                heading, is_upright=is_upright, is_low=is_overview
            )
            sheet.write_string(top, place, heading, heading_format)

    def _write_headnote(self, sheet: Worksheet, text: str, widths: Sequence[int]) -> None:
        """Write a headnote above the headings, across all columns."""
        _check_length(text, sheet.get_name(), 0, 0)
        self._write_across(sheet, 0, [Fragment(Font.PLAIN, text)], widths)

    def _write_remarks(
        self, sheet: Worksheet, table: Table, first: int, widths: Sequence[int]
    ) -> None:
        """Write the remarks on a table below it, each across all columns."""
        has_keys = is_key_column(table.columns[-1])
        widths = widths[:-1] if has_keys else widths
        for row, remark in enumerate(table.remarks, first):
            value = cell(visible(remark))
            (value,) = row_with_marks((value,)) if self._document.is_right_to_left else (value,)
            texts = self._fitted(value, sum(widths), sheet.get_name(), f"A{row + 1}")
            self._write_across(sheet, row, texts, widths)
            if has_keys:
                sheet.write_string(row, len(widths), REMARK_KEY, self._formats.cell(""))

    def _write_across(
        self, sheet: Worksheet, row: int, texts: Sequence[Fragment], widths: Sequence[int]
    ) -> None:
        """Write a text across the columns of a table."""
        text = joined(texts)
        sheet.set_row(row, layout.row_height([text], [sum(widths)]))
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self._formats.cell(text))
        self._write_cell(sheet, row, 0, texts)

    def _write_cell(
        self, sheet: Worksheet, row: int, column: int, texts: Sequence[Fragment]
    ) -> None:
        text = joined(texts)
        _check_length(text, sheet.get_name(), row, column)
        if _LIKE_AN_ESCAPE.search(text):
            # XlsxWriter escapes it twice in a text of several fonts.
            texts = [Fragment(Font.PLAIN, text)]
        if len(texts) < 2:
            font = texts[0].font if texts else Font.PLAIN
            sheet.write_string(row, column, text, self._formats.cell(text, font))
            return
        rich: list[str | Format] = []
        for fragment in texts:
            if fragment.font is not Font.PLAIN:
                rich.append(self._formats.font(fragment.font))
            rich.append(fragment.text)
        sheet.write_rich_string(row, column, *rich, self._formats.cell(text))

    def _set_page(self, sheet: Worksheet, title: str) -> None:
        """Set a sheet up for print: landscape, one page wide, with its headings on every page."""
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=_SIDE_MARGIN, right=_SIDE_MARGIN)
        sheet.fit_to_pages(1, 0)
        start, end, page = "", "", message("Page {number} of {count}", number="&P", count="&N")
        if self._document.is_right_to_left:
            # Words beside the numbers of pages are in the wrong order in LibreOffice.
            (start, end), page = _EMBEDDING, "&P/&N"
        sheet.set_header(_page_header(title, start, end))
        foot = _page_header(self._document.imprint, start, end)
        sheet.set_footer(f"{foot}&R{page}")


class _Formats(FormatCache):
    """The formats of the sheets of a document."""

    def __init__(self, book: Workbook, document: Document) -> None:
        super().__init__(book)
        self._in_right_to_left = document.is_right_to_left
        #: Scripts other than Latin and Cyrillic have no italics.
        is_simple = language_of(document.language).script is Script.SIMPLE
        self._heading = _HEADING | (_ITALIC if is_simple else _BOLD)

    def heading(self, text: str, *, is_upright: bool = False, is_low: bool = False) -> Format:
        """Return the format of a heading, which may run upwards or be beside one that does."""
        upright = _UPRIGHT if is_upright else _LOW if is_low else {}
        return self.of(**(_CELL | self._heading | self._direction(text) | upright))

    def cell(self, text: str, font: Font = Font.PLAIN) -> Format:
        """Return the format of a cell whose text is in one font or, in the plain one, in many."""
        return self.of(**_CELL, **self._direction(text), **_properties(font))

    def number(self, font: Font, number_format: str) -> Format:
        """Return the format of a number, which is below the words of its column."""
        return self.of(**_CELL, **_LEFT, **_properties(font), num_format=number_format)

    def font(self, font: Font) -> Format:
        """Return the format of a part of a cell."""
        return self.of(**_properties(font))

    def _direction(self, text: str) -> dict[str, int]:
        """Return the direction of a text, if it is not that of the sheet."""
        if self._in_right_to_left:
            return _LEFT_TO_RIGHT if is_left_to_right(text) else _RIGHT_TO_LEFT
        return _RIGHT_TO_LEFT if is_right_to_left(text) else {}


def _properties(font: Font) -> dict[str, Any]:
    return dict([font.value]) if font.value else {}


def _top(table: Table) -> int:
    """Return the row of the headings, counted from 0: it follows the headnote."""
    return 1 if table.headnote else 0


def _notes(named: list[tuple[str, Table]]) -> Table:
    """Return the notes of all tables as one table."""
    values = [
        (letter, note, name, table.title) for name, table in named for letter, note in table.notes
    ]
    heads = columns(letter="Letter", note="Note", sheet="Sheet", table="Table")
    return Table(message(_NOTES), heads, rows(values))


def _about(document: Document, named: list[tuple[str, Table]]) -> Table:
    """Return what the document is and was made with, and the remarks on whole tables."""
    values = [
        ("", item, text)
        for item, text in (
            (message("Number of the annex"), document.number),
            (message("Title"), document.title),
            (message("Made with"), document.provenance),
        )
        if text
    ]
    for name, table in named:
        values.append((name, message("Table"), table.title))
        values += [(name, message("Headnote"), table.headnote)] if table.headnote else []
        values += [(name, message("Remark"), remark) for remark in table.remarks]
    heads = columns(sheet="Sheet", item="Item", text="Text")
    return Table(message(_ABOUT), heads, rows(values))


def _part(number: int, parts: int) -> Cell:
    return cell(message("{number} of {count}", number=number, count=parts))


def _page_header(text: str, start: str, end: str) -> str:
    """Return the left part of a page header or footer between two marks; & begins a command."""
    line = one_line(text, LONGEST_PROPERTY // 2 - 10)
    line = re.sub(r"&(?=[G\[])", "& ", line).replace("&", "&&")
    return f"&L{start}{line}{end}" if line else ""


def _column_letters(column: int) -> str:
    """Return the letters by which Excel names a column."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _check_length(text: str, sheet: str, row: int, column: int) -> None:
    """Raise NpcompareError if a text is too long for a cell."""
    if utf16_length(text) > layout.LONGEST_CELL:
        raise NpcompareError(
            f"the text in row {row + 1}, column {column + 1} of the sheet “{sheet}” is longer than "
            f"the {layout.LONGEST_CELL:,} characters that Excel allows in a cell",
            "choose another format, such as html or docx",
        )
