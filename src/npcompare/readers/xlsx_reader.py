"""Sheets from Excel workbooks (.xlsx, and .xlsm without its macros).

Only the parts with cells are read: links to other files, macros, pictures and settings are never
opened. The value of a formula is the one that the file contains; nothing is computed.
"""

from __future__ import annotations

import posixpath
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from npcompare.errors import NpcompareError
from npcompare.readers.safe_xml import events, parse
from npcompare.readers.sheet_cells import CellKind, Sheet, SheetCell, SheetFile
from npcompare.readers.zip_package import ZipPackage
from npcompare.text import counted, number_in_letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORKBOOK = "xl/workbook.xml"

#: The most sheets, and the most bytes of a part.
_MOST_SHEETS = 100
_LARGEST_PART = 24 * 1024**2

#: The most characters of all cells: a text that many cells share is small in the file.
_MOST_CHARACTERS = 20_000_000

#: The last row and column of Excel.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d+\.xml", re.IGNORECASE)
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(f"{_ADDRESS.pattern}(?::{_ADDRESS.pattern})?")
#: A character by its code; half of one, in UTF-16, is left as it is.
_ESCAPE = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"-?[0-9]{1,15}(?:\.0+)?")

#: The built-in formats of days; those of times alone are not among them.
_DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
#: Texts, colours and conditions in a format, which contain no letters of a day.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')

#: The first days of the two calendars of Excel; it takes 1900 for a leap year.
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_CERTAIN_DAY = 61


def read_xlsx(content: bytes, path: str) -> SheetFile:
    """Return the sheets of a workbook; raise NpcompareError if it is damaged or too large."""
    package = ZipPackage(content, path)
    return _Workbook(package, path).read()


class _Workbook:
    """The parts of one workbook."""

    def __init__(self, package: ZipPackage, path: str) -> None:
        self._package = package
        self._path = path
        self._strings: list[str] = []
        self._day_styles: frozenset[int] = frozenset()
        self._first_day = _FIRST_DAY
        self._characters = 0

    def read(self) -> SheetFile:
        root = self._part(_WORKBOOK)
        if root is None:
            raise self._package.damaged("it has no list of sheets")
        properties = root.find(f"{_S}workbookPr")
        if properties is not None and properties.get("date1904") in ("1", "true", "on"):
            self._first_day = _FIRST_DAY_1904
        targets, names = self._targets(), []
        for element in root.iter(f"{_S}sheet"):
            target = targets.get(element.get(f"{_R}id", ""), "")
            if target in self._package:
                names.append((element.get("name", ""), target))
        if len(names) > _MOST_SHEETS:
            raise NpcompareError(f"{self._path} has more than {_MOST_SHEETS} sheets")
        self._day_styles = self._styles()
        self._strings = self._shared_strings()
        sheets = tuple(self._sheet(name, target) for name, target in names)
        return SheetFile(self._path, sheets, tuple(self._notes()))

    def _notes(self) -> list[str]:
        names = [name.casefold() for name in self._package.names()]
        notes = []
        if any(name.endswith("vbaproject.bin") for name in names):
            notes.append(f"{self._path} contains macros; they were not read")
        if any(name.startswith("xl/externallinks/") for name in names):
            notes.append(f"{self._path} has links to other files; they were not followed")
        if count := sum(map(self._count_comments, self._package.names())):
            were = "it was" if count == 1 else "they were"
            notes.append(
                f"{self._path} has {counted(count, 'comment')} below its headings; {were} not read"
            )
        return notes

    def _count_comments(self, name: str) -> int:
        """Return how many comments a part has, apart from those on headings, the help of a form."""
        if not _COMMENTS.fullmatch(name):
            return 0
        root = self._part(name)
        cells = () if root is None else root.iter(f"{_S}comment")
        addresses = (_ADDRESS.fullmatch(cell.get("ref", "")) for cell in cells)
        return sum(1 for address in addresses if address and address[2] != "1")

    def _part(self, name: str) -> Element | None:
        return parse(self._package.read(name, _LARGEST_PART), self._path, name)

    def _targets(self) -> dict[str, str]:
        """Return the name of each part of the workbook by the id of its relationship."""
        root = self._part("xl/_rels/workbook.xml.rels")
        targets = {}
        for element in () if root is None else root:
            if element.get("TargetMode") != "External":
                name = posixpath.normpath(posixpath.join("/xl", element.get("Target", "")))
                targets[element.get("Id", "")] = name.lstrip("/")
        return targets

    def _styles(self) -> frozenset[int]:
        """Return the numbers of the styles that show a number as a day."""
        root = self._part("xl/styles.xml")
        if root is None:
            return frozenset()
        formats = {
            str(element.get("numFmtId")): element.get("formatCode", "")
            for element in root.iter(f"{_S}numFmt")
        }
        styles = root.find(f"{_S}cellXfs")
        identifiers = [] if styles is None else [style.get("numFmtId", "0") for style in styles]
        return frozenset(
            number
            for number, identifier in enumerate(identifiers)
            if (identifier.isdecimal() and int(identifier) in _DAY_FORMATS)
            or _shows_day(formats.get(identifier, ""))
        )

    def _shared_strings(self) -> list[str]:
        name = "xl/sharedStrings.xml"
        if name not in self._package:
            return []
        strings = []
        for event, element in events(self._package.read(name, _LARGEST_PART), self._path, name):
            if event == "end" and element.tag == f"{_S}si":
                strings.append(_text(element))
                element.clear()
        return strings

    def _sheet(self, name: str, part: str) -> Sheet:
        rows: dict[int, dict[int, SheetCell]] = {}
        merged: list[str] = []
        row = column = 0
        for event, element in events(self._package.read(part, _LARGEST_PART), self._path, part):
            if event == "start" and element.tag == f"{_S}row":
                row, column = _row_number(element, row), 0
            if event == "start":
                continue
            if element.tag == f"{_S}c":
                row, column = _address(element, row, column)
                cell = self._cell(element)
                if cell and 1 <= row <= _LAST_ROW and column <= _LAST_COLUMN:
                    self._count(cell)
                    rows.setdefault(row, {})[column] = cell
                element.clear()
            elif element.tag == f"{_S}row":
                element.clear()
            elif element.tag == f"{_S}mergeCell":
                merged.append(element.get("ref", ""))
        return Sheet(name, dict(sorted(rows.items())), tuple(filter(_RANGE.fullmatch, merged)))

    def _count(self, cell: SheetCell) -> None:
        """Count the characters of a cell; raise NpcompareError if there are too many."""
        self._characters += len(cell.text)
        if self._characters > _MOST_CHARACTERS:
            raise NpcompareError(
                f"{self._path} was not read: its cells have more than {_MOST_CHARACTERS:,} "
                "characters"
            )

    def _cell(self, element: Element) -> SheetCell | None:
        """Return what a cell contains; None if it is empty."""
        kind = element.get("t", "n")
        value: Any = element.find(f"{_S}v")
        text = "" if value is None else str(value.text or "")
        if kind == "inlineStr":
            inline = element.find(f"{_S}is")
            text = "" if inline is None else _text(inline)
        elif kind == "s":
            text = self._shared(text)
        elif kind == "str":
            text = _unescaped(text)
        if not text:
            is_formula = element.find(f"{_S}f") is not None
            is_open = is_formula and kind != "str"
            return SheetCell("", CellKind.UNCOMPUTED) if is_open else None
        if kind == "b":
            return SheetCell("yes" if text == "1" else "no", CellKind.BOOLEAN)
        if kind == "e":
            return SheetCell(text, CellKind.ERROR)
        if kind == "d":
            return SheetCell(text[:10], CellKind.DATE)
        return self._number(text, element.get("s", "")) if kind == "n" else SheetCell(text)

    def _shared(self, text: str) -> str:
        number = int(text) if text.isdecimal() and len(text) < 10 else -1
        if not 0 <= number < len(self._strings):
            raise self._package.damaged("a cell refers to a text that is missing")
        return self._strings[number]

    def _number(self, text: str, style: str) -> SheetCell:
        """Return a number, which its style may show as a day."""
        if style.isdecimal() and len(style) < 7 and int(style) in self._day_styles:
            day = self._day(text)
            return SheetCell(day or text, CellKind.DATE if day else CellKind.DECIMAL)
        if _WHOLE.fullmatch(text):
            return SheetCell(text.partition(".")[0], CellKind.NUMBER)
        return SheetCell(text, CellKind.DECIMAL)

    def _day(self, text: str) -> str:
        """Return the day of a number in the calendar of the workbook; empty if it has none."""
        try:
            number = int(float(text))
            if self._first_day == _FIRST_DAY and number < _FIRST_CERTAIN_DAY:
                return ""
            return (self._first_day + timedelta(days=number)).isoformat()
        except (ValueError, OverflowError):
            return ""


def _shows_day(code: str) -> bool:
    letters = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "y" in letters or "d" in letters


def _row_number(element: Element, before: int) -> int:
    number = element.get("r", "")
    return int(number) if number.isdecimal() and len(number) < 8 else before + 1


def _address(element: Element, row: int, column: int) -> tuple[int, int]:
    """Return the row and the column of a cell; without an address it is next to the one before."""
    match = _ADDRESS.fullmatch(element.get("r", ""))
    if not match:
        return row, column + 1
    return int(match[2]), number_in_letters(match[1])


def _text(element: Element) -> str:
    """Return the text of a string, with all its fonts; phonetic hints are left out."""
    texts = []
    for child in element:
        if child.tag == f"{_S}t":
            texts.append(child.text or "")
        elif child.tag == f"{_S}r":
            texts += [part.text or "" for part in child.findall(f"{_S}t")]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Return a text in which escaped characters, such as _x000D_ for a line end, are themselves."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
