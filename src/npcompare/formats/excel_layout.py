"""The layout of a sheet: its name, the widths of its columns, and the heights of its rows."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from npcompare.document import Role
from npcompare.formats import column_widths as contents
from npcompare.formats.excel_text import cell_text, shortened
from npcompare.formats.plain import pieces
from npcompare.messages import message
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import Cell, Table

#: The most characters that Excel allows in a cell, and in the name of a sheet.
LONGEST_CELL = 32_767
_LONGEST_NAME = 31

#: The characters that Excel does not allow in the name of a sheet, and white space.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\s]+")

#: Column widths, in characters: the least, the most, the most where not even words fit a page, and
#: the sum of widths on a page that can still be read in print.
_NARROWEST, WIDEST, _WIDEST_ON_FULL_PAGE, _PAGE = 8, 60, 24, 170

#: The width of the button of a filter.
_BUTTON = 3

#: The least width of a column to write in.
_WIDTH_TO_WRITE = 30

#: The height of a line, of one in a script of East Asia, whose fonts are taller, and the most that
#: Excel allows for a row, in points.
_LINE, _TALL_LINE, _HIGHEST = 15, 18, 409
_MOST_LINES = _HIGHEST // _LINE

#: The column for texts that are too long for a row: its width in characters, and the lines of each
#: row. Words leave ragged lines, so there are fewer lines than a row has room for.
LONG_WIDTH, _LONG_LINES = 120, 20

#: How many lines of such a text are shown in its own place.
_FIRST_LINES = 12

#: Characters that can be as wide as two; none comes before the first of Hangul.
_PERHAPS_WIDE = re.compile("[\u1100-\U0010ffff]")


def sheet_name(title: str, used_names: set[str]) -> str:
    """Return a name that Excel allows for a sheet, and add it in lower case to those in use."""
    base = _NOT_IN_NAMES.sub(" ", visible(title)).strip(" '") or message("Table")
    name, number = shortened(base, _LONGEST_NAME), 1
    while name.casefold() in used_names:
        number += 1
        ending = f" ({number})"
        name = shortened(base, _LONGEST_NAME - len(ending)) + ending
    used_names.add(name.casefold())
    return name


def is_cut(title: str) -> bool:
    """Return whether the name of a sheet has no room for a title."""
    return shortened(title, _LONGEST_NAME) != title


def column_widths(table: Table, widest: int) -> list[int]:
    """Return the widths of columns: as wide as the longest line, if the page has room for it."""
    heads = [visible(column.heading) for column in table.columns]
    longest = [_line_width(head) + _BUTTON for head in heads]
    for row in table.rows:
        for number, cell in enumerate(row):
            lines = cell_text(cell).split("\n")
            longest[number] = max(longest[number], *map(_line_width, lines))
    for number, column in enumerate(table.columns):
        if column.role is Role.OWN:
            longest[number] = max(longest[number], _WIDTH_TO_WRITE)
    if sum(min(width, widest) for width in longest) > _PAGE:
        widths = contents.column_widths(table, _PAGE, cell_text, _line_width)
        longest = widths or [min(width, _WIDEST_ON_FULL_PAGE) for width in longest]
    return [
        max(_NARROWEST, min(width + 1, widest), _head_width(head))
        for width, head in zip(longest, heads, strict=True)
    ]


def _head_width(heading: str) -> int:
    """Return the width for the longest word of a heading and the button of the filter."""
    longest = max(map(_line_width, heading.split()), default=0)
    return min(longest + _BUTTON, _WIDEST_ON_FULL_PAGE)


def row_height(texts: Iterable[str], widths: Sequence[int]) -> int:
    """Return the height of a row in points, because not every program works it out."""
    texts = list(texts)
    lines = max(_line_count(text, width) for text, width in zip(texts, widths, strict=True))
    is_tall = any(map(_wide_characters, texts))
    return min(lines * (_TALL_LINE if is_tall else _LINE), _HIGHEST)


def fits_row(text: str, width: int) -> bool:
    """Return whether a text fits the highest row, where its length is never too much for a cell."""
    return _line_count(text, width) <= _MOST_LINES


def beginning(cell: Cell, width: int) -> Cell:
    """Return the beginning of a cell that is too long for a row."""
    return next(pieces(cell, width, _FIRST_LINES, _line_width))


def long_parts(cell: Cell) -> Iterator[Cell]:
    """Yield a cell that is too long for a row in parts that each fit one."""
    return pieces(cell, LONG_WIDTH, _LONG_LINES, _line_width)


def _line_count(text: str, width: int) -> int:
    """Return how many lines a text has in a column; a lower bound if no row has so many."""
    lines = text.split("\n")
    fewest = [max(-(-_line_width(line) // width), 1) for line in lines]
    if sum(fewest) > _MOST_LINES:
        return sum(fewest)
    return sum(
        max(len(textwrap.wrap(line, width)), few) if len(line) > width else few
        for line, few in zip(lines, fewest, strict=True)
    )


def _line_width(line: str) -> int:
    """Return the width of a line in characters; a wide character of East Asia counts as two."""
    return len(line) + _wide_characters(line)


def _wide_characters(text: str) -> int:
    """Return how many characters of a text are wide, as those of East Asia are."""
    candidates = _PERHAPS_WIDE.findall(text)
    return sum(unicodedata.east_asian_width(sign) in "WF" for sign in candidates)
