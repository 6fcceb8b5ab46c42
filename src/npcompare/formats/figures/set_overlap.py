"""Overlaps of sets as an UpSet plot (Lex et al. 2014): a column for each combination of sets."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import SetOverlap
from npcompare.formats.figures.block_figure import BlockFigure
from npcompare.formats.figures.canvas import (
    LEAST_WIDTH,
    MARGIN,
    Paragraph,
    headed,
    one_line,
    wrapped,
)
from npcompare.messages import enumerated, message, number, sentences

if TYPE_CHECKING:
    from npcompare.charts import Intersection
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet

#: The widths of labels, of the longest bar of a set, and the most and least of a column.
_LABELS, _BAR, _COLUMN, _NARROW = 190, 110, 38, 27

#: The height of the highest bar of a column, and of a row.
_HIGH, _ROW = 130, 26


def figure_of(table: Table) -> BlockFigure | None:
    """Return the figure of an overlap, or None if it has no columns or too many to be read."""
    chart = table.figure
    if not isinstance(chart, SetOverlap) or not chart.intersections or not chart.is_readable:
        return None
    return _OverlapFigure(chart)


class _Set(NamedTuple):
    """A row: its label, and its bar, which ends at the columns."""

    text: Paragraph
    y: int
    bar: int
    tally: str


class _Column(NamedTuple):
    title: str
    x: int
    #: The top of the bar, and the number above it.
    top: int
    tally: str
    filled: list[int]
    empty: list[int]


class _OverlapFigure(BlockFigure):
    """The figure of an overlap."""

    template = "set_overlap.svg.j2"

    def __init__(self, chart: SetOverlap) -> None:
        self.part = message("the overlap")
        self._chart = chart
        room = LEAST_WIDTH - _LABELS - _BAR - 40
        columns = len(chart.intersections)
        self._column = min(max(room // columns, _NARROW), _COLUMN)
        self._left = MARGIN + _LABELS + _BAR + 40

    @property
    def width(self) -> int:
        """The width between the margins."""
        columns = len(self._chart.intersections)
        return max(LEAST_WIDTH, self._left - MARGIN + columns * self._column)

    @property
    def description(self) -> str:
        """The overlap in words: the number in each set, and the names in each column."""
        sets = [f"{one_line(row.label)} {number(row.count)}" for row in self._chart.sets]
        opening = message(
            "An overlap of sets of {names}. {sets}.",
            names=one_line(self._chart.counted).lower(),
            sets=enumerated(sets),
        )
        columns = [
            message("{words}.", words=self._title(column)) for column in self._chart.intersections
        ]
        return sentences(opening, *columns)

    def _title(self, column: Intersection) -> str:
        names = enumerated(list(map(one_line, column.names)), is_strong=True)
        return headed(headed(self._in_words(column), number(len(column.names))), names)

    def _in_words(self, column: Intersection) -> str:
        labels = [one_line(self._chart.sets[place].label) for place in column.sets]
        return " + ".join(labels) or one_line(self._chart.none)

    def place(self, sheet: Sheet) -> dict[str, object]:
        """Place the bars of the columns, and the rows of the sets with their marks below them."""
        foot = sheet.y + _HIGH + 22
        head = Paragraph("", [one_line(self._chart.counted)], self._left - 12, foot - 4, bold=True)
        sheet.y = foot + 14
        groups, rows = self._place_rows(sheet)
        columns = [
            self._place_column(column, place, foot, [row.y for row in rows])
            for place, column in enumerate(self._chart.intersections)
        ]
        sheet.y += 4
        return {
            "head": head,
            "foot": foot,
            "groups": groups,
            "sets": rows,
            "columns": columns,
            "bar": min(self._column - 9, 24),
            "left": self._left,
            "right": self._left + self._column * len(columns),
            "row": _ROW,
        }

    def _place_rows(self, sheet: Sheet) -> tuple[list[Paragraph], list[_Set]]:
        most = max((row.count for row in self._chart.sets), default=0) or 1
        groups, rows = [], []
        for group, members in groupby(self._chart.sets, key=lambda row: row.group):
            heading = one_line(group)
            if heading:
                groups.append(Paragraph(heading, [heading], MARGIN, sheet.y + 14, bold=True))
                sheet.y += 20
            for row in members:
                label = one_line(row.label)
                (line,) = wrapped(label, _LABELS - 16, 12, 1) or [""]
                text = Paragraph(label, [line], MARGIN + 10, sheet.y + 17)
                width = round(_BAR * row.count / most)
                rows.append(_Set(text, sheet.y + _ROW // 2, width, number(row.count)))
                sheet.y += _ROW
            sheet.y += 8
        return groups, rows

    def _place_column(
        self, column: Intersection, place: int, foot: int, rows: list[int]
    ) -> _Column:
        most = max(len(each.names) for each in self._chart.intersections) or 1
        return _Column(
            self._title(column),
            self._left + place * self._column + self._column // 2,
            foot - max(round(_HIGH * len(column.names) / most), 2),
            number(len(column.names)),
            [y for row, y in enumerate(rows) if row in column.sets],
            [y for row, y in enumerate(rows) if row not in column.sets],
        )
