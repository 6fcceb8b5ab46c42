"""Forms as workbooks: sheets to be filled in, with drop-down lists and help in comments.

The headings are protected, without a password, and everything below them can be edited. The lists
are on a hidden sheet, because Excel allows only 255 characters in a list of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import NpcompareError
from npcompare.formats.excel_book import FormatCache, write_book
from npcompare.formats.excel_layout import LONGEST_CELL, row_height
from npcompare.formats.excel_text import utf16_length
from npcompare.formats.registry import timestamp
from npcompare.text import cell_name, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from npcompare.form import Form, FormColumn, FormSheet

#: The sheet with the lists of words.
_LISTS = "Lists"

#: The last row in which a list can be chosen from, and the last column of Excel.
_LAST_ROW, _LAST_COLUMN = 5_000, 16_383

#: A comment: its width in pixels, the characters of a line, and the height of a line in pixels.
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_HEIGHT = 420, 62, 17
_TALLEST_COMMENT = 640

#: The highest row of a filled form, in points; a longer text is read in its cell.
_HIGHEST_ROW = 180

_HEADING = {"bold": 1, "bottom": 2, "text_wrap": 1, "valign": "top", "bg_color": "#D9E2F3"}
_CELL = {"text_wrap": 1, "valign": "top"}
#: The format of cells in which a program must not make days and numbers of texts.
_LITERAL = {"num_format": "@"}

#: What may be done in a sheet whose headings are protected.
_ALLOWED = {
    **dict.fromkeys(("format_cells", "format_columns", "format_rows", "insert_rows"), True),
    **dict.fromkeys(("delete_rows", "sort", "autofilter", "objects"), True),
}


def write_form(form: Form) -> bytes:
    """Return a form as a workbook; raise NpcompareError if a text is too long for a cell."""
    return write_book(
        lambda book: _FormBook(book, form).add_all(), timestamp(), {"title": form.title}
    )


class _FormBook:
    """Adds the sheets of a form to a workbook."""

    def __init__(self, book: Workbook, form: Form) -> None:
        self._book = book
        self._form = form
        self._format = FormatCache(book).of
        self._ranges = _ranges(form.lists)

    def add_all(self) -> None:
        for sheet in self._form.sheets:
            self._add_sheet(sheet)
        self._add_lists()

    def _add_sheet(self, form_sheet: FormSheet) -> None:
        sheet = self._book.add_worksheet(form_sheet.name)
        unlocked = self._format(**_CELL, locked=0)
        if not form_sheet.is_read_only:
            # A row can only be deleted if all of it is unlocked.
            sheet.set_column(len(form_sheet.columns), _LAST_COLUMN, None, unlocked)
            # Otherwise XlsxWriter looks for cells in all these columns, which takes seconds.
            sheet.dim_colmax = None
        widths = [column.width for column in form_sheet.columns]
        headings = [visible(column.heading) for column in form_sheet.columns]
        sheet.set_row(0, row_height(headings, widths))
        for number, column in enumerate(form_sheet.columns):
            self._add_column(sheet, number, column, is_read_only=form_sheet.is_read_only)
        self._add_rows(sheet, form_sheet, widths)
        sheet.freeze_panes(1, form_sheet.fixed)
        sheet.autofilter(0, 0, max(len(form_sheet.rows), 1), len(form_sheet.columns) - 1)
        sheet.protect("", _ALLOWED)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if form_sheet.is_hidden:
            sheet.hide()

    def _column_format(self, column: FormColumn, *, is_read_only: bool) -> Format:
        literal = _LITERAL if column.is_literal else {}
        return self._format(**_CELL, **literal, locked=int(is_read_only))

    def _add_column(
        self, sheet: Worksheet, number: int, column: FormColumn, *, is_read_only: bool
    ) -> None:
        options = {"hidden": True} if column.is_hidden else {}
        cell_format = self._column_format(column, is_read_only=is_read_only)
        sheet.set_column(number, number, column.width, cell_format, options)
        sheet.write_string(0, number, visible(column.heading), self._format(**_HEADING))
        if column.help:
            sheet.write_comment(0, number, visible(column.help), _comment_size(column.help))
        if column.words:
            sheet.data_validation(1, number, _LAST_ROW, number, self._validation(column))

    def _validation(self, column: FormColumn) -> dict[str, Any]:
        """Return the drop-down list of a column; a list that allows several words only warns."""
        several = (
            "This is not a word from the list. Separate several words by commas; otherwise "
            "choose a word from the list."
        )
        return {
            "validate": "list",
            "source": self._ranges[column.words],
            "error_type": "stop" if column.is_one_word else "information",
            "error_title": "The codebook",
            "error_message": "Choose a word from the list." if column.is_one_word else several,
        }

    def _add_rows(self, sheet: Worksheet, form_sheet: FormSheet, widths: list[int]) -> None:
        formats = [
            self._column_format(column, is_read_only=form_sheet.is_read_only)
            for column in form_sheet.columns
        ]
        for row, texts in enumerate(form_sheet.rows, 1):
            shown = [
                "" if column.is_hidden else text
                for column, text in zip(form_sheet.columns, texts, strict=True)
            ]
            sheet.set_row(row, min(row_height(shown, widths), _HIGHEST_ROW))
            for number, text in enumerate(texts):
                if text:
                    _check_length(text, form_sheet.name, row, number)
                    sheet.write_string(row, number, text, formats[number])

    def _add_lists(self) -> None:
        sheet = self._book.add_worksheet(_LISTS)
        for number, (name, words) in enumerate(self._form.lists.items()):
            sheet.write_column(0, number, [name, *words])
        sheet.protect()
        sheet.hide()


def _ranges(lists: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the cells with the words of each list, as a formula."""
    from xlsxwriter.utility import xl_range_abs

    return {
        name: f"={_LISTS}!{xl_range_abs(1, number, len(words), number)}"
        for number, (name, words) in enumerate(lists.items())
    }


def _comment_size(text: str) -> dict[str, Any]:
    lines = sum(1 + len(line) // _COMMENT_LINE for line in text.split("\n"))
    height = min(_COMMENT_HEIGHT * (lines + 1), _TALLEST_COMMENT)
    return {"width": _COMMENT_WIDTH, "height": height, "font_size": 9}


def _check_length(text: str, sheet: str, row: int, column: int) -> None:
    """Raise NpcompareError if a text is too long for a cell."""
    if utf16_length(text) > LONGEST_CELL:
        raise NpcompareError(
            f"the text for {sheet}!{cell_name(row + 1, column + 1)} is longer than the "
            f"{LONGEST_CELL:,} characters that Excel allows in a cell",
            "shorten it in its file, or code this provision in YAML",
        )
