"""What the figures of tables of signs share: upright headings, groups of columns, and counts."""

from __future__ import annotations

from abc import abstractmethod
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from npcompare.document import Role
from npcompare.formats.figures.canvas import (
    MARGIN,
    Paragraph,
    headed,
    measure,
    one_line,
    wrapped,
)
from npcompare.formats.figures.row_figure import RowFigure
from npcompare.messages import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.charts import SignTable
    from npcompare.document import Column, Table
    from npcompare.formats.figures.canvas import Sheet

#: The widths of the number at the end, and between groups.
_NUMBER, _GAP = 48, 8

#: The size of type of a heading.
_TYPE = 13


class Head(NamedTuple):
    """A heading on end, which begins at the foot of its column."""

    title: str
    label: str
    x: int
    y: int


class Group(NamedTuple):
    """The common heading of neighbouring columns, and where they begin and end."""

    text: Paragraph
    left: int
    right: int


class Count(NamedTuple):
    """A number, and where its middle is."""

    label: str
    x: int


class Row(NamedTuple):
    """A row: its name, and a box for each answer or a number for each count."""

    text: Paragraph
    top: int
    height: int
    boxes: list[NamedTuple]
    counts: list[Count]
    is_count: bool


class SignFigure(RowFigure):
    """A figure of a table of signs: a box for each answer, and the same counts."""

    def __init__(self, table: Table, chart: SignTable, widths: Mapping[int, int]) -> None:
        """Take a table, its chart, and the width of each column of answers by its place."""
        super().__init__(table)
        self.chart = chart
        self.columns = _Columns(table, widths, MARGIN + self.names)

    @property
    def width(self) -> int:
        """The width between the margins."""
        return self.columns.width

    @property
    def headnote(self) -> str:
        """What readers must know first, without the signs, which the legend explains."""
        return self.table.headnote.rpartition("\n")[0]

    def is_count(self, place: int) -> bool:
        """Return whether a row counts answers."""
        return self.chart.is_count(place, len(self.table.rows))

    def is_head(self, place: int) -> bool:
        """Return whether a row heads others."""
        return place in self.chart.group_rows

    def is_strong(self, place: int) -> bool:
        """Return whether the name of a row is printed in bold."""
        return self.is_count(place)

    @abstractmethod
    def box(self, place: int, at: int, title: str, left: int) -> NamedTuple:
        """Return what the template draws for an answer.

        Args:
            place: The place of the row.
            at: The place of the column.
            title: The name of the row, the heading of the column, and the answer in words.
            left: Where the column begins.
        """

    @abstractmethod
    def place_keys(self, sheet: Sheet) -> Sequence[NamedTuple]:
        """Place the legend."""

    def place(self, sheet: Sheet, part: Sequence[int]) -> dict[str, object]:
        """Place heads, some rows and the legend on a sheet; return what the template draws."""
        groups = _place_groups(sheet, self.columns)
        rule = sheet.y - 4
        heads = _place_heads(sheet, self.columns, self.table.columns)
        top = sheet.y
        rows = [self._place_row(sheet, place) for place in part]
        bottom = sheet.y
        sheet.y += 12
        return {
            "groups": groups,
            "rule": rule,
            "heads": heads,
            "rows": rows,
            "top": top,
            "bottom": bottom,
            "left": MARGIN,
            "right": MARGIN + self.width,
            "keys": self.place_keys(sheet),
        }

    def _place_row(self, sheet: Sheet, place: int) -> Row:
        row, columns = self.table.rows[place], self.columns
        name = self.name(place)
        boxes, counts = [], []
        for at, left in columns.lefts.items():
            if row[at].answer:
                heading = one_line(self.table.columns[at].heading)
                title = headed(headed(name.title, heading), one_line(row[at].words))
                boxes.append(self.box(place, at, title, left))
            else:
                counts.append(Count(one_line(row[at].text), left + columns.widths[at] // 2))
        if columns.number is not None:
            number = one_line(row[columns.number].text)
            counts.append(Count(number, columns.right + _NUMBER // 2))
        text = name._replace(y=sheet.y + name.y)
        placed = Row(text, sheet.y, self.height(place), boxes, counts, self.is_count(place))
        sheet.y += placed.height
        return placed


class _Columns:
    """The places of the columns of a table, and of the groups that they are in."""

    def __init__(self, table: Table, widths: Mapping[int, int], start: int) -> None:
        self.answers = list(widths)
        self.widths = widths
        self.number = next(
            (at for at, column in enumerate(table.columns) if column.role is Role.NUMBER), None
        )
        members = groupby(self.answers, key=lambda at: table.columns[at].group)
        self.groups = [(group, list(places)) for group, places in members]
        self.lefts: dict[int, int] = {}
        left = start
        for group, places in self.groups:
            begin = left
            for at in places:
                self.lefts[at] = left
                left += widths[at]
            # A word of a heading may need more room than its columns.
            left += max(_widest_word(group) - (left - begin), 0) + _GAP
        self.right = left
        self.width = left - MARGIN + (_NUMBER if self.number is not None else 0)


def answer_places(table: Table) -> list[int]:
    """Return the places of the columns of answers."""
    return [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]


def counted_columns(count: int) -> str:
    """Return a number of columns in words."""
    return plural("{count} column", "{count} columns", count)


def has_answers(table: Table) -> bool:
    """Return whether any row has answers, not counts alone."""
    return any(cell.answer for row in table.rows for cell in row)


def _widest_word(group: str) -> int:
    return max((measure(word, 12, bold=True) for word in one_line(group).split()), default=0)


def _place_groups(sheet: Sheet, columns: _Columns) -> list[Group]:
    """Place the headings of groups over their columns; their last lines are level."""
    placed = []
    for group, places in columns.groups:
        left = columns.lefts[places[0]]
        right = columns.lefts[places[-1]] + columns.widths[places[-1]]
        room = max(right - left, _widest_word(group))
        lines = wrapped(one_line(group), room, 12, 9, bold=True)
        placed.append((one_line(group), lines, left, right))
    most = max((len(lines) for _, lines, *_ in placed), default=0)
    groups = []
    for group, lines, left, right in placed:
        y = sheet.y + 14 * (most - len(lines) + 1)
        end = max(right, left + _widest_word(group))
        text = Paragraph(group, lines, (left + end) // 2, y, 12, 14, bold=True)
        groups.append(Group(text, left, end))
    sheet.y += 14 * most + 10 if any(group for group, *_ in placed) else 0
    return [group for group in groups if group.text.title]


def _place_heads(sheet: Sheet, columns: _Columns, headings: Sequence[Column]) -> list[Head]:
    middles = {at: left + columns.widths[at] // 2 for at, left in columns.lefts.items()}
    if columns.number is not None:
        middles[columns.number] = columns.right + _NUMBER // 2
    labels = {at: one_line(headings[at].short or headings[at].heading) for at in middles}
    sheet.y += max((measure(label, _TYPE) for label in labels.values()), default=0) + 8
    return [Head(label, label, middles[at] + 5, sheet.y - 6) for at, label in labels.items()]
