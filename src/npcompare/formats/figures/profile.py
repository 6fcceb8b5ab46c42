"""The figure of a profile: marks on a line for each row, the further right the further on."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import Profile
from npcompare.formats.figures.canvas import (
    MARGIN,
    Paragraph,
    headed,
    one_line,
    place_keys,
    wrapped,
)
from npcompare.formats.figures.row_figure import RowFigure, counted_rows
from npcompare.messages import enumerated, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.charts import ProfileRow
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet

#: The widths of the place for what is not known, of the line, and of the words at the side.
_UNKNOWN, _LINE, _SIDE = 76, 400, 240

#: How far the first and the last place are from the ends of the line.
_INSET = 56

#: The distance of two marks at one place, and of two of which nothing is known.
_APART, _CLOSE = 36, 24

#: Where the line of a row is below its top, and the height of a line of small words.
_AXIS, _LEADING = 18, 12


def figure_of(table: Table) -> RowFigure | None:
    """Return the figure of a profile; None if it has no rows."""
    profile = table.figure
    return _Profile(table, profile) if isinstance(profile, Profile) and table.rows else None


class _Mark(NamedTuple):
    """The mark of a name in a row; it is hollow if nothing is known."""

    title: str
    number: int
    x: int
    y: int
    is_hollow: bool = False


class _Sign(NamedTuple):
    """What stands between two marks at one place."""

    sign: str
    x: int
    y: int


class _Row(NamedTuple):
    text: Paragraph
    top: int
    height: int
    #: Where the line of the row is, or 0 if it has none.
    axis: int
    stops: list[int]
    ticks: list[Paragraph]
    marks: list[_Mark]
    signs: list[_Sign]
    verdict: list[Paragraph]


class _Key(NamedTuple):
    text: Paragraph
    mark: _Mark


class _Profile(RowFigure):
    """The figure of a profile."""

    template = "profile.svg.j2"
    names = 140

    def __init__(self, table: Table, profile: Profile) -> None:
        super().__init__(table, [row.group for row in profile.rows])
        self.profile = profile
        #: Where the line begins and ends.
        self.start = MARGIN + self.names + _UNKNOWN
        self.end = self.start + _LINE

    @property
    def width(self) -> int:
        return self.names + _UNKNOWN + _LINE + _SIDE

    @property
    def description(self) -> str:
        names = [
            headed(ascii_uppercase[number], one_line(name))
            for number, name in enumerate(self.profile.names)
        ]
        return message(
            "A profile of {names}. {rows}; the table has the words of each.",
            names=enumerated(names, is_strong=True),
            rows=counted_rows(len(self.table.rows)),
        )

    def height(self, place: int) -> int:
        row = self.profile.rows[place]
        ticks = max(map(len, self._tick_lines(row)), default=0)
        verdict = sum(map(len, self._verdict_lines(row)))
        marked = _AXIS + 14 + _LEADING * ticks if row.marks else 0
        return max(super().height(place) + 4, marked, 15 * verdict + 9)

    def place(self, sheet: Sheet, part: Sequence[int]) -> dict[str, object]:
        keys = self._place_names(sheet)
        direction = Paragraph(
            one_line(self.profile.direction),
            [f"{one_line(self.profile.direction)} →"],
            self.end,
            sheet.y + 14,
        )
        unknown = Paragraph(
            one_line(self.profile.unknown),
            wrapped(one_line(self.profile.unknown), _UNKNOWN, 12, 1),
            self.start - _UNKNOWN // 2,
            sheet.y + 14,
        )
        sheet.y += 20
        top = sheet.y
        groups: list[Paragraph] = []
        rows: list[_Row] = []
        for place in part:
            groups += self.place_group(sheet, part, place)
            rows.append(self._place_row(sheet, place))
        bottom = sheet.y
        sheet.y += 8
        labels = [one_line(label) for _, label in self.profile.signs]
        corners = place_keys(sheet, labels, 20)
        return {
            "keys": keys,
            "direction": direction,
            "unknown": unknown,
            "groups": groups,
            "rows": rows,
            "joins": list(self._joins(rows)),
            "top": top,
            "bottom": bottom,
            "right": MARGIN + self.width,
            "start": self.start,
            "end": self.end,
            "letters": ascii_uppercase,
            "sign_keys": [
                (one_line(sign), label, x, y)
                for (sign, _), label, (x, y) in zip(
                    self.profile.signs, labels, corners, strict=True
                )
            ],
        }

    def _place_names(self, sheet: Sheet) -> list[_Key]:
        """Place the names with their marks, each on lines of its own."""
        keys = []
        for number, name in enumerate(map(one_line, self.profile.names)):
            lines = wrapped(name, sheet.inner - 40, 13, 6)
            text = Paragraph(name, lines, MARGIN + 30, sheet.y + 15, 13, 16)
            keys.append(_Key(text, _Mark(name, number, MARGIN + 14, sheet.y + 10)))
            sheet.y += 16 * len(lines) + 8
        sheet.y += 4
        return keys

    def _place_row(self, sheet: Sheet, place: int) -> _Row:
        row, name, height = self.profile.rows[place], self.name(place), self.height(place)
        axis = sheet.y + _AXIS
        stops = self._stops(row)
        tick_lines = self._tick_lines(row)
        ticks = [
            Paragraph(one_line(label), lines, x, axis + 22, 10, _LEADING)
            for label, lines, x in zip(row.ticks, tick_lines, stops, strict=True)
        ]
        verdict = []
        y = sheet.y + 17
        for words, lines in zip(row.verdict, self._verdict_lines(row), strict=True):
            verdict.append(Paragraph(one_line(words), lines, self.end + 16, y))
            y += 15 * len(lines)
        marks, signs = self._place_marks(row, name.title, stops, axis)
        text = name._replace(y=sheet.y + name.y + 3)
        placed = _Row(
            text, sheet.y, height, axis if row.marks else 0, stops, ticks, marks, signs, verdict
        )
        sheet.y += height
        return placed

    def _place_marks(
        self, row: ProfileRow, name: str, stops: Sequence[int], axis: int
    ) -> tuple[list[_Mark], list[_Sign]]:
        """Place the marks of a row, those at one place side by side with a sign between them."""
        signs_of = {(first, second): sign for first, second, sign in row.signs}
        marks, signs = [], []
        for stop in (None, *range(len(stops))):
            members = [number for number, mark in enumerate(row.marks) if mark.place == stop]
            middle = self.start - _UNKNOWN // 2 if stop is None else stops[stop]
            apart = _CLOSE if stop is None else _APART
            left = middle - apart * (len(members) - 1) // 2
            for at, number in enumerate(members):
                words = one_line(row.marks[number].words)
                title = headed(headed(name, one_line(self.profile.names[number])), words)
                marks.append(_Mark(title, number, left + apart * at, axis, stop is None))
            for at, pair in enumerate(pairwise(members)):
                if stop is not None:
                    sign = one_line(signs_of.get(pair, ""))
                    signs.append(_Sign(sign, left + apart * at + apart // 2, axis))
        return marks, signs

    def _joins(self, rows: Sequence[_Row]) -> list[tuple[int, str]]:
        """Return for each name the lines that join its marks in one row and the next.

        What is not known is not joined to anything: it is not the least of all.
        """
        joins = []
        for number in range(len(self.profile.names)):
            path = ""
            for row, below in pairwise(rows):
                ends = [
                    mark
                    for each in (row, below)
                    for mark in each.marks
                    if mark.number == number and not mark.is_hollow
                ]
                if len(ends) > 1:
                    first, second = ends
                    path += f"M{first.x} {first.y}L{second.x} {second.y}"
            if path:
                joins.append((number, path))
        return joins

    def _stops(self, row: ProfileRow) -> list[int]:
        """Return where the places of a row are."""
        count = len(row.ticks)
        if count == 1:
            return [(self.start + self.end) // 2]
        room = _LINE - 2 * _INSET
        return [self.start + _INSET + room * at // max(count - 1, 1) for at in range(count)]

    def _tick_lines(self, row: ProfileRow) -> list[list[str]]:
        """Return the labels of the places of a row in lines."""
        room = min((_LINE - 2 * _INSET) // max(len(row.ticks) - 1, 1) - 6, 2 * _INSET + 40)
        return [wrapped(one_line(label), room, 10, 3) for label in row.ticks]

    @staticmethod
    def _verdict_lines(row: ProfileRow) -> list[list[str]]:
        return [wrapped(one_line(words), _SIDE - 20, 12, 6) for words in row.verdict]
