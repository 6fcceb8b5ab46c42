"""A workbook: a sheet a table, every cell a string, and the same bytes for the same document.

A cell that is higher than Excel lets a row be shows how its text begins, and where the whole of it
stands: in the last sheet, which goes on over as many rows as it takes.
"""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import Cell, Column, Run, Table, Tone, cell, is_right_to_left, rows
from npcompare.errors import NpcompareError
from npcompare.formats.plain import bracketed, pieces
from npcompare.formats.registry import instant
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from npcompare.document import Document

    #: A stretch of a cell: how it is set, and its text.
    _Part = tuple[dict[str, Any], str]

#: The most that Excel keeps in a cell, in a sheet's name, and in the head of a page.
_MOST_IN_CELL = 32_767

#: With more rows than these, a workbook would take more memory than one would give it.
_MANY_ROWS = 2000

_MOST_IN_NAME = 31
_MOST_IN_HEAD = 255

#: Column widths, in characters: the least, the most, and the sum that can still be read in print.
_NARROWEST, _WIDEST, _PAGE = 8, 60, 170

#: The height of a line, and the most that Excel gives to a row, in points.
_LINE, _HIGHEST = 15, 409
_MOST_LINES = _HIGHEST // _LINE

#: The sheet of the texts that no row can hold; how wide it is, in characters, and how many lines a
#: row of it has, and how many the row has that it is taken from. There is room for ragged lines.
_LONG, _LONG_WIDTH, _LONG_LINES, _FIRST_LINES = "Long texts", 120, 20, 12

_STRONG, _ITALIC, _UNDERLINED = {"bold": True}, {"italic": True}, {"underline": 1}
_STRUCK, _RAISED = {"font_strikeout": True}, {"font_script": 1}
_FONTS: dict[Tone, dict[str, Any]] = {
    Tone.STRONG: _STRONG,
    Tone.PROBLEM: _STRONG,
    Tone.QUOTE: _ITALIC,
    Tone.INSERTED: _UNDERLINED,
    Tone.DELETED: _STRUCK,
}
_CELL = {"text_wrap": True, "valign": "top"}
_HEAD = {**_CELL, **_STRONG, "bottom": 2}
_RIGHT_TO_LEFT = {"reading_order": 2}

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\s]+")


def write(document: Document) -> bytes:
    """Return the document as a workbook."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    is_large = sum(len(table.rows) for table in document.tables) > _MANY_ROWS
    options = {
        # Of a large workbook each row is put aside as soon as it is written.
        "in_memory": not is_large,
        "constant_memory": is_large,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with Workbook(stream, options) as book:
        book.set_properties(
            {
                "title": _one_line(document.title, _MOST_IN_HEAD),
                "comments": _one_line(document.provenance, _MOST_IN_HEAD),
                "created": instant(),
            }
        )
        sheets = _Sheets(book, document)
        for name, table in sheets.named:
            sheets.add(name, table)
        if any(table.notes for table in document.tables):
            sheets.add("Notes", _notes(sheets.named))
        sheets.add("About", _about(document, sheets.named))
        sheets.add_long()
    return stream.getvalue()


def _notes(named: list[tuple[str, Table]]) -> Table:
    """Return the notes of all tables as one table."""
    found = [
        (letter, note, name, table.title) for name, table in named for letter, note in table.notes
    ]
    return Table("Notes", _columns("Letter", "Note", "Sheet", "Table"), rows(found))


def _about(document: Document, named: list[tuple[str, Table]]) -> Table:
    """Return what the document is and was made from, and what holds for a whole table."""
    found = [
        ("", what, text)
        for what, text in (
            ("Number", document.number),
            ("Title", document.title),
            ("Made with", document.provenance),
        )
        if text
    ]
    for name, table in named:
        found.append((name, "Table", table.title))
        found += [(name, "Remark", remark) for remark in table.remarks]
    return Table("About", _columns("Sheet", "What", "Text"), rows(found))


def _columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, heading) for heading in headings)


#: Characters that may be as wide as two: none is before the first of Hangul.
_PERHAPS_WIDE = re.compile("[\u1100-\U0010ffff]")


#: What a workbook would take for the number of a character.
_LIKE_AN_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


class _Sheets:
    """Adds sheets to a workbook, each with a name that Excel takes."""

    def __init__(self, book: Workbook, document: Document) -> None:
        self.book = book
        self.provenance = document.provenance
        self._taken = {"about", "notes", "history", _LONG.lower()}
        #: The cells that no row can hold, each with its sheet, its name and how many parts it has.
        self._long: list[tuple[Cell, str, str, int]] = []
        self._long_rows = 0
        self.named = [(self._name(table.title), table) for table in document.tables]
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def _name(self, title: str) -> str:
        """Return a name made from a title that no other sheet has."""
        base = _FORBIDDEN.sub(" ", visible(title)).strip(" '") or "Table"
        name, number = _cut(base, _MOST_IN_NAME), 1
        while name.casefold() in self._taken or name.lower() in self._taken:
            number += 1
            end = f" ({number})"
            name = _cut(base, _MOST_IN_NAME - len(end)) + end
        self._taken |= {name.casefold(), name.lower()}
        return name

    def add(self, name: str, table: Table) -> None:
        """Add a table as a sheet; what is too long for a row is kept for `add_long`."""
        widths = _widths(table, _WIDEST)
        body = (
            [
                self._fitted(each, width, name, f"{_letters(column)}{row}")
                for column, (each, width) in enumerate(zip(cells, widths, strict=True))
            ]
            for row, cells in enumerate(table.rows, 2)
        )
        self._add(name, table, body, widths)

    def add_long(self) -> None:
        """Add the sheet of the texts that were too long for a row, if there were any."""
        if self._long:
            wholes = (
                (cell(sheet), cell(name), cell(f"{most} of {most}"), whole)
                for whole, sheet, name, most in self._long
            )
            table = Table(_LONG, _columns("Sheet", "Cell", "Part", "Text"), tuple(wholes))
            self._add(_LONG, table, self._parted(), _widths(table, _LONG_WIDTH))

    def _parted(self) -> Iterator[list[Cell]]:
        """Yield the texts that were too long, a part a row: all of them are never held."""
        for whole, sheet, name, most in self._long:
            for number, part in enumerate(_long_parts(whole), 1):
                yield [cell(sheet), cell(name), cell(f"{number} of {most}"), part]

    def _fitted(self, whole: Cell, width: int, sheet: str, name: str) -> Cell:
        """Return a cell that fits a row: itself, or its beginning and where the whole stands."""
        text = _joined(_parts(whole))
        if _lines(text, width) <= _MOST_LINES and _units(text) <= _MOST_IN_CELL:
            return whole
        row = self._long_rows + 2
        parts = sum(1 for _ in _long_parts(whole))
        self._long.append((whole, sheet, name, parts))
        self._long_rows += parts
        first = next(pieces(whole, width, _FIRST_LINES, _measure))
        marks = tuple(dict.fromkeys(mark for run in whole.runs for mark in run.marks))
        said = f"\n… the whole in “{_LONG}”, row {row}"
        begun = (replace(run, marks=()) for run in first.runs)
        return Cell((*begun, Run(said, Tone.STRONG, marks)))

    def _add(self, name: str, table: Table, body: Iterable[list[Cell]], widths: list[int]) -> None:
        """Add a sheet with the head of a table over a body."""
        sheet = self.book.add_worksheet(name)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        headings = [visible(column.heading) for column in table.columns]
        sheet.set_row(0, _height(headings, widths))
        for number, heading in enumerate(headings):
            said = _checked(heading, name, 0, number)
            sheet.write_string(0, number, said, self._format({**_HEAD, **_direction(said)}))
        last = 0
        # A row is written whole before the next, as a large workbook asks.
        for last, row in enumerate(body, 1):
            held = [list(_parts(each)) for each in row]
            sheet.set_row(last, _height(map(_joined, held), widths))
            for number, parts in enumerate(held):
                self._write(sheet, last, number, parts)
        if not last:
            sheet.write_string(1, 0, "(none)", self._format(_CELL))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
        self._lay_out(sheet, table)

    def _lay_out(self, sheet: Worksheet, table: Table) -> None:
        """Lay a sheet out for print: landscape, one page wide, its head on every page."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(_head("&L", table.title))
        sheet.set_footer(f"{_head('&L', self.provenance)}&RPage &P of &N")

    def _write(self, sheet: Worksheet, row: int, column: int, parts: Sequence[_Part]) -> None:
        whole = _checked(_joined(parts), sheet.get_name(), row, column)
        base = {**_CELL, **_direction(whole)}
        # XlsxWriter escapes twice what looks like an escape, in a text of several fonts.
        is_plain = _LIKE_AN_ESCAPE.search(whole)
        if len(parts) < 2 or is_plain:
            font = parts[0][0] if parts and not is_plain else {}
            sheet.write_string(row, column, whole, self._format({**base, **font}))
            return
        fragments: list[str | Format] = []
        for font, text in parts:
            fragments += [self._format(font), text] if font else [text]
        sheet.write_rich_string(row, column, *fragments, self._format(base))

    def _format(self, properties: dict[str, Any]) -> Format:
        """Return a format, the same one for the same properties."""
        key = tuple(properties.items())
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]


def _parts(cell: Cell) -> Iterator[_Part]:
    """Yield font and text of each stretch of a cell that is not set like the one before."""
    font: dict[str, Any] = {}
    held = ""
    for each, text in (part for run in cell.runs for part in _run(run)):
        if each != font and held:
            yield font, held
            held = ""
        font = each
        held += text
    if held:
        yield font, held


def _joined(parts: Iterable[_Part]) -> str:
    return "".join(text for _, text in parts)


def _run(run: Run) -> Iterator[_Part]:
    """Yield the text of a run and its marks; these keep their brackets for who copies the text."""
    if run.text:
        yield _FONTS.get(run.tone, {}), visible(bracketed(run))
    if run.marks:
        yield _RAISED, visible("".join(f" [{mark}]" for mark in run.marks))


def _one_line(text: str, most: int) -> str:
    """Return text as one line of a length that fits."""
    return _cut(re.sub(r"\s+", " ", visible(text)).strip(), most)


def _head(place: str, text: str) -> str:
    """Return text for the head or foot of a page, where & is a command and &G a picture."""
    line = re.sub(r"&(?=[G\[])", "& ", _one_line(text, _MOST_IN_HEAD // 2 - 10)).replace("&", "&&")
    return f"{place}{line}" if line else ""


def _cut(text: str, most: int) -> str:
    """Return text cut to a number of UTF-16 units, as Excel counts, with dots where it is cut."""
    if _units(text) <= most:
        return text
    text = text[: most - 1]
    while _units(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip(' ' + chr(39))}…"


def _letters(column: int) -> str:
    """Return the letters by which Excel names a column."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _checked(text: str, sheet: str, row: int, column: int) -> str:
    """Return text that fits a cell of Excel."""
    if _units(text) > _MOST_IN_CELL:
        raise NpcompareError(
            f'the text in row {row + 1}, column {column + 1} of the sheet "{sheet}" is longer than '
            f"the {_MOST_IN_CELL:,} characters that a cell of Excel can hold",
            "write it in another format, such as html or docx",
        )
    return text


def _direction(text: str) -> dict[str, Any]:
    return _RIGHT_TO_LEFT if is_right_to_left(text) else {}


def _widths(table: Table, widest: int) -> list[int]:
    """Return how wide each column is: as its longest line asks, within what a page can hold."""
    wanted = [_measure(visible(column.heading)) + 3 for column in table.columns]
    for row in table.rows:
        for number, each in enumerate(row):
            text = _joined(_parts(each))
            wanted[number] = max(wanted[number], *(_measure(one) for one in text.split("\n")))
    while widest > 24 and sum(min(one, widest) for one in wanted) > _PAGE:
        widest -= 1
    return [max(_NARROWEST, min(one + 1, widest)) for one in wanted]


def _long_parts(whole: Cell) -> Iterator[Cell]:
    """Yield a cell that no row can hold in parts that each fit one."""
    return pieces(whole, _LONG_WIDTH, _LONG_LINES, _measure)


def _height(texts: Iterable[str], widths: list[int]) -> int:
    """Return how high a row is: not every program finds it out."""
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(lines * _LINE, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column, at the least if no row has so many."""
    import textwrap

    every = text.split("\n")
    least = [max(-(-_measure(line) // width), 1) for line in every]
    if sum(least) > _MOST_LINES:
        return sum(least)
    return sum(
        max(len(textwrap.wrap(line, width)), few) if len(line) > width else few
        for line, few in zip(every, least, strict=True)
    )


def _measure(line: str) -> int:
    perhaps = _PERHAPS_WIDE.findall(line)
    return len(line) + sum(unicodedata.east_asian_width(one) in "WF" for one in perhaps)
