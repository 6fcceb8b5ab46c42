"""How a table is laid out on a page of Word: its form, the widths of its columns, its high rows.

Nothing here writes; `word_table` does.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from itertools import chain
from operator import ge
from typing import TYPE_CHECKING, NamedTuple

from docx.shared import Cm, Pt
from msgspec.structs import replace

from npcompare.charts import SignTable
from npcompare.document import Column, Role
from npcompare.formats.column_widths import column_shares, fits, word_widths
from npcompare.formats.headings import label, spanners
from npcompare.formats.word_anchors import SUBHEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import Cell, Table

#: The width of a character in our font and in one that may be wider, and the height of a line, all
#: as parts of the size of the font.
_CHARACTER, _HOUSE_CHARACTER, _LEADING = 0.54, 0.59, 1.32

#: The most columns that Word allows in a table.
_MOST_COLUMNS = 63

#: The space on both sides of a column, in characters.
_PADDING = 2

#: The widths of words are estimates on the safe side: a line has room for a little more of them.
_SLACK = 1.03

#: The height of a line that runs upwards, as some programs set it, in lines.
_UPRIGHT_LINE = 1.15

#: The space on each side of a sign below a heading that runs upwards.
SIGN_MARGIN = Pt(1)

#: The most lines that a name in the first column should have.
_MOST_NAME_LINES = 3

#: How many names a row may have above its values, and how many values it then has at least.
NAME_COLUMNS, _FEWEST_VALUES = 2, 3

#: A table that is lower than this part of its height with two lines for each row has them.
_MUCH_LOWER = 0.75

#: The space above and below the text of a row, in lines.
_ROW_MARGIN = 0.5

#: A column of answers whose heading needs no width.
_BLANK = (Column("", "", Role.ANSWER),)

#: A row that is higher than this part of a page may break across pages.
_HIGHEST_ROW = 1 / 3

#: A row whose name fills half of it may break only if it is higher than this part of a page.
_HIGHEST_NAMED_ROW = 2 / 3

#: A row that is not higher than this part of a page may stay with the next one.
_LOW_ROW = 1 / 6

#: A table that is not higher than this part of a page is on one page.
_SHORT_TABLE = 1 / 2


class Form(Enum):
    """The form of a table; a later one needs less width and is harder to read."""

    #: A row for each row, with headings that run from left to right.
    LEVEL = 0
    #: The same, with headings of answers that run upwards.
    UPRIGHT = 1
    #: Two lines for each row: the names in its first columns, and the others below them.
    TWO_LINES = 2
    #: A block of headings and values for each row.
    STACKED = 3


class Area(NamedTuple):
    """The room between the margins of a page, in EMU, and for characters in a line and lines."""

    width: int
    height: int
    line: int
    lines: int

    @staticmethod
    def of(size: tuple[int, int], font_size: int, *, is_house_font: bool) -> Area:
        """Return the area of a size, for a font of a size, all in EMU."""
        width, height = size
        character = font_size * (_HOUSE_CHARACTER if is_house_font else _CHARACTER)
        return Area(width, height, int(width / character), int(height / (font_size * _LEADING)))

    def characters(self, width: int) -> int:
        """Return how many characters a column of a width has room for."""
        return max(self.line * width // self.width - _PADDING, 1)

    def is_high(self, lines: int) -> bool:
        """Return whether so many lines are so high that they may be on two pages."""
        return lines > self.lines * _HIGHEST_ROW

    def is_filled(self, lines: int, name_lines: int) -> bool:
        """Return whether a name fills a row of so many lines, which is not much too high."""
        return 2 * name_lines > lines and lines <= self.lines * _HIGHEST_NAMED_ROW

    def is_low(self, lines: int) -> bool:
        """Return whether so many lines are so low that they may be kept with others."""
        return lines <= self.lines * _LOW_ROW


class Layout(NamedTuple):
    """The form of a table and the widths of its columns."""

    form: Form
    widths: Sequence[int]
    #: Whether headings that columns share are printed once, above them all.
    has_spanners: bool = False
    #: How many columns of the lower line the first name is above, if rows have two lines.
    span: int = 0


def laid_out(table: Table, area: Area) -> Layout:
    """Return the best layout in which no word of a table is broken."""
    has_spanners = _has_spanners(table)
    level = table if has_spanners else _without_groups(table)
    if len(table.columns) <= _MOST_COLUMNS:
        # Signs are beside names; without these, it is a table like any other.
        has_names = any(column.role is Role.TEXT for column in table.columns)
        is_of_signs = isinstance(table.figure, SignTable) and has_names
        two_lines = None if is_of_signs else _two_lines(_without_groups(table), area)
        if not is_of_signs and fits(level, int(area.line * _SLACK)):
            layout = Layout(Form.LEVEL, _shared(level, area.width, area.line), has_spanners)
            is_high = two_lines and _is_much_higher(table, layout, two_lines, area)
            return two_lines if two_lines and is_high else layout
        if widths := _upright_widths(level, area):
            return Layout(Form.UPRIGHT, widths, has_spanners)
        if two_lines:
            return two_lines
    heading = min(area.width // 3, Cm(5))
    return Layout(Form.STACKED, (heading, area.width - heading))


def is_crowded(table: Table, layout: Layout, area: Area) -> bool:
    """Return whether signs leave so little room that names have more lines than they should."""
    names = (line_counts(cells[:1], layout.widths[:1], area) for cells in table.rows)
    most = max((lines for (lines,) in names), default=0)
    return layout.form is Form.UPRIGHT and most > _MOST_NAME_LINES


def _two_lines(table: Table, area: Area) -> Layout | None:
    """Return the layout with two names above the other columns; None if it does not fit."""
    names, values = table.columns[:NAME_COLUMNS], table.columns[NAME_COLUMNS:]
    is_named = all(column.role is Role.TEXT for column in names)
    if not is_named or len(values) < _FEWEST_VALUES:
        return None
    upper = _with_columns(table, range(NAME_COLUMNS))
    lower = _with_columns(table, range(NAME_COLUMNS, len(table.columns)))
    if not fits(lower, int(area.line * _SLACK)):
        return None
    widths = _shared(lower, area.width, area.line)
    words = word_widths(upper)
    heights = {}
    for span in range(1, len(widths)):
        sides = [sum(widths[:span]), sum(widths[span:])]
        if all(map(ge, map(area.characters, sides), words)):
            heights[span] = sum(max(line_counts(row, sides, area)) for row in upper.rows)
    if not heights:
        return None
    return Layout(Form.TWO_LINES, widths, span=min(heights, key=lambda span: heights[span]))


def _is_much_higher(table: Table, layout: Layout, lower: Layout, area: Area) -> bool:
    """Return whether a table is much higher in a layout than in another one."""
    return _height(table, layout, area) * _MUCH_LOWER > _height(table, lower, area)


def _height(table: Table, layout: Layout, area: Area) -> float:
    """Return the height of the rows of a table, in lines."""
    heights = chain.from_iterable(row_heights(table, layout, area))
    return sum(lines + _ROW_MARGIN for lines in heights)


def is_short(heights: Iterable[Iterable[int]], area: Area) -> bool:
    """Return whether a table is so low that it is on one page, with a blank line for each row.

    Args:
        heights: Those of its rows, as `row_heights` returns them.
        area: The room on a page.
    """
    return sum(sum(lines) + 1 for lines in heights) <= area.lines * _SHORT_TABLE


def row_heights(table: Table, layout: Layout, area: Area) -> list[list[int]]:
    """Return for each row of a table how many lines each of its rows in the grid has."""
    return [list(map(max, _row_lines(cells, layout, area))) for cells in table.rows]


def _row_lines(cells: Sequence[Cell], layout: Layout, area: Area) -> list[list[int]]:
    """Return how many lines each cell of a row fills, approximately, for each row of the grid."""
    if layout.form is Form.STACKED:
        return [line_counts([content], layout.widths[1:], area) for content in cells]
    if layout.form is not Form.TWO_LINES:
        return [line_counts(cells, layout.widths, area)]
    names, values = cells[:NAME_COLUMNS], cells[NAME_COLUMNS:]
    sides = [sum(layout.widths[: layout.span]), sum(layout.widths[layout.span :])]
    return [line_counts(names, sides, area), line_counts(values, layout.widths, area)]


def line_counts(cells: Iterable[Cell], widths: Iterable[int], area: Area) -> list[int]:
    """Return how many lines each cell of a row fills, approximately."""
    return [_lines(cell, width, area) for cell, width in zip(cells, widths, strict=True)]


def joining_colon(columns: Iterable[Column]) -> str:
    """Return the colon that joins each shared heading and the own one to the whole; "" if none."""
    grouped = [column for column in columns if column.group]
    return next(
        (
            colon
            for colon in SUBHEADS
            if all(column.heading == column.group + colon + column.short for column in grouped)
        ),
        "",
    )


def _has_spanners(table: Table) -> bool:
    """Return whether shared headings are above the others, and all can be told from the file."""
    grouped = [column for column in table.columns if column.group]
    is_whole = bool(joining_colon(grouped)) or all(
        label(column) == column.heading for column in grouped
    )
    return bool(grouped) and is_whole and all(label(column).strip() for column in table.columns)


def _without_groups(table: Table) -> Table:
    """Return a table whose columns share no headings."""
    columns = (replace(column, group="", short="") for column in table.columns)
    return replace(table, columns=tuple(columns))


def _with_columns(table: Table, places: Sequence[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
    )


def _upright_widths(table: Table, area: Area) -> list[int]:
    """Return widths with which the headings of answers run upwards; nothing if there are none.

    Each of these columns has room for a line that runs upwards, and the others have the rest.
    """
    texts, answers = (
        [
            place
            for place, column in enumerate(table.columns)
            if (column.role is Role.TEXT) is is_text
        ]
        for is_text in (True, False)
    )
    if not texts or not answers:
        return []
    character = area.width / area.line
    blank = replace(_with_columns(table, answers), columns=_BLANK * len(answers))
    least = int(area.height / area.lines * _UPRIGHT_LINE)
    words = (max(least, int(character * word)) for word in word_widths(blank))
    shared = _needs_of_shared(_with_columns(table, answers), character)
    needs = [max(word + 2 * SIGN_MARGIN, need) for word, need in zip(words, shared, strict=True)]
    stubs = _with_columns(table, texts)
    room = area.width - sum(needs)
    if room <= 0 or not fits(stubs, int(room / character)):
        return []
    # What the other columns do not need makes these wider, up to twice as wide.
    spare = max(room - int(_longest_lines(stubs) * character), 0)
    needs = [need + min(spare // len(needs), need) for need in needs]
    room = area.width - sum(needs)
    widths = dict(zip(answers, needs, strict=True))
    widths |= zip(texts, _shared(stubs, room, int(room / character)), strict=True)
    return [widths[place] for place in range(len(table.columns))]


def _needs_of_shared(table: Table, character: float) -> Iterator[int]:
    """Yield the width of each column with which no word of the heading above it is broken."""
    for group, size in spanners(table) or [("", len(table.columns))]:
        (word,) = word_widths(replace(table, columns=(Column("", group),), rows=()))
        yield from [int(character * (word + _PADDING) / size) if group else 0] * size


def _longest_lines(table: Table) -> int:
    """Return the sum of the longest lines of the columns, in characters."""
    return sum(
        max(text_width(line) for cell in column for line in cell.text.split("\n")) + _PADDING
        for column in zip(*table.rows, strict=True)
    )


def _shared(table: Table, width: int, line: int) -> list[int]:
    """Return the widths of columns that share a width, on which a line has so many characters."""
    shares = column_shares(table, line)
    return [width * share // sum(shares) for share in shares]


def _lines(cell: Cell, width: int, area: Area) -> int:
    room = area.characters(width)
    return sum(-(-text_width(line) // room) or 1 for line in cell.text.split("\n"))


def text_width(text: str) -> int:
    """Return the width of a text in characters; one of an East Asian script takes two."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
