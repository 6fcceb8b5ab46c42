"""Timelines: lanes with a mark for each name in its year, and labels that do not meet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import Timeline
from npcompare.formats.figures.block_figure import BlockFigure
from npcompare.formats.figures.canvas import (
    MARGIN,
    Paragraph,
    Sheet,
    headed,
    measure,
    one_line,
    wrapped,
)
from npcompare.messages import enumerated, message, plural, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.charts import Moment, NameList, Shape
    from npcompare.document import Table

#: The widths of the figure and of the labels of lanes.
_INNER, _LABELS = 1060, 134

#: The height of a row of marks, the greatest width of a label, and the space around it.
_ROW, _LABEL, _SPACE = 19, 230, 9

#: The greatest height of the lanes on a page that is not upright, on which they can be read.
_LOW_PAGE = 480

#: The size of labels.
_TYPE = 11

#: The steps between the years that are written, of which the first that has room is used.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)

#: The least width between two years that are written.
_YEAR = 44


def figure_of(table: Table) -> BlockFigure | None:
    """Return the figure of a timeline, or None if it has no marks or too many to be read."""
    chart = table.figure
    if not isinstance(chart, Timeline) or not chart.moments or not chart.is_readable:
        return None
    return _TimelineFigure(chart)


def _shortened(name: str) -> str:
    """Return a name that fits a label; what follows its last comma or bracket is kept if it can."""
    if measure(name, _TYPE) <= _LABEL:
        return name
    cut = max(name.rfind(", "), name.rfind(" ("))
    end = name[cut:] if cut > 0 else ""
    room = _LABEL - measure(end, _TYPE)
    if room < _LABEL // 3:
        end, room = "", _LABEL
    start = name[:cut] if end else name
    (line,) = wrapped(f"{start} …", room, _TYPE, 1)
    return f"{line}{end}"


class _Mark(NamedTuple):
    title: str
    shape: Shape
    is_vague: bool
    x: int
    y: int
    #: The end of the bar; 0 if there is none.
    end: int
    label: str
    label_x: int = 0
    anchor: str = ""
    #: Whether the label is in the row below the mark, because it has no room beside it.
    is_below: bool = False


class _Lane(NamedTuple):
    text: Paragraph
    top: int
    height: int


class _Tick(NamedTuple):
    label: str
    x: int


class _Key(NamedTuple):
    #: A shape, "vague" or "bar".
    sign: str
    label: str
    x: int
    y: int


class _TimelineFigure(BlockFigure):
    """The figure of a timeline."""

    template = "timeline.svg.j2"

    def __init__(self, chart: Timeline, lanes: Sequence[int] = ()) -> None:
        """Take the timeline, and the numbers of the lanes to be drawn; all if there are none."""
        self._chart = chart
        self._lanes = lanes or range(len(chart.lanes))
        self.part = message("the timeline")
        if lanes:
            labels = [one_line(chart.lanes[lane]) for lane in lanes]
            self.part = enumerated(labels, is_strong=True)
        years = [moment.year for moment in chart.moments]
        ends = [moment.last_year for moment in chart.moments if moment.last_year is not None]
        self._first = min(years)
        self._last = max(*years, *ends, self._first + 1)
        self._left = MARGIN + _LABELS + 14
        self._right = MARGIN + _INNER - 14

    @property
    def width(self) -> int:
        """The width between the margins."""
        return _INNER

    @property
    def description(self) -> str:
        """The timeline in words: each lane with its names by year."""
        statements = [
            plural(
                "A timeline of {count} mark.",
                "A timeline of {count} marks.",
                len(self._chart.moments),
            )
        ]
        for lane, label in enumerate(self._chart.lanes):
            moments = [moment for moment in self._chart.moments if moment.lane == lane]
            by_year = groupby(moments, key=lambda moment: moment.year)
            names = [
                f"{year} {enumerated([one_line(moment.name) for moment in members])}"
                for year, members in by_year
            ]
            names_of_lane = enumerated(names, is_strong=True) or message("none")
            statements.append(
                message("{heading}: {names}.", heading=one_line(label), names=names_of_lane)
            )
        statements += [
            message(
                "{heading}: {names}.",
                heading=one_line(names.heading),
                names=enumerated(list(map(one_line, names.names)), is_strong=True),
            )
            for names in self._chart.lists
        ]
        return sentences(*statements)

    @property
    def low_parts(self) -> list[BlockFigure]:
        """The lanes in parts that are about as high as a page that is not upright."""
        parts: list[list[int]] = []
        filled = 0
        for lane, label in enumerate(self._chart.lanes):
            sheet = Sheet(self.width, 0)
            self._place_lane(sheet, lane, one_line(label))
            if not parts or filled + sheet.y > _LOW_PAGE:
                parts.append([])
                filled = 0
            parts[-1].append(lane)
            filled += sheet.y
        return [_TimelineFigure(self._chart, part) for part in parts] if parts[1:] else [self]

    def place(self, sheet: Sheet) -> dict[str, object]:
        """Place the legend, the years, the lanes and the lists on a sheet."""
        keys = self._place_keys(sheet)
        heads = sheet.y + 12
        sheet.y += 20
        top = sheet.y
        lanes, marks = [], []
        for number in self._lanes:
            lane, placed = self._place_lane(sheet, number, one_line(self._chart.lanes[number]))
            lanes.append(lane)
            marks += placed
        bottom = sheet.y
        sheet.y += 18
        if len(self._chart.lanes) - 1 in self._lanes:
            for names in self._chart.lists:
                self._write_list(sheet, names)
        return {
            "keys": keys,
            "lanes": lanes,
            "marks": marks,
            "ticks": list(self._ticks()),
            "heads": heads,
            "top": top,
            "bottom": bottom,
            "left": MARGIN,
            "right": MARGIN + _INNER,
            "row": _ROW,
        }

    def _x(self, year: int) -> int:
        """Return the middle of the column of a year."""
        share = (year - self._first) / (self._last - self._first)
        return self._left + round(share * (self._right - self._left))

    def _ticks(self) -> Iterator[_Tick]:
        room = (self._right - self._left) / (self._last - self._first)
        step = next((step for step in _STEPS if step * room >= _YEAR), _STEPS[-1])
        for year in range(-(-self._first // step) * step, self._last + 1, step):
            yield _Tick(str(year), self._x(year))

    def _place_keys(self, sheet: Sheet) -> list[_Key]:
        entries = [(str(shape), label) for shape, label in self._chart.shapes]
        if any(moment.is_vague for moment in self._chart.moments):
            entries.append(("vague", self._chart.vague))
        if any(moment.last_year is not None for moment in self._chart.moments):
            entries.append(("bar", self._chart.bar))
        keys = []
        x, y = MARGIN, sheet.y
        for sign, label in entries:
            width = measure(label, 12) + 44
            if x > MARGIN and x + width > MARGIN + sheet.inner:
                x, y = MARGIN, y + 22
            keys.append(_Key(sign, one_line(label), x, y))
            x += width
        sheet.y = y + 30
        return keys

    def _place_lane(self, sheet: Sheet, number: int, label: str) -> tuple[_Lane, list[_Mark]]:
        """Place the marks of a lane in as many rows as their labels need."""
        top = sheet.y
        ends: list[int] = []
        marks = []
        moments = [moment for moment in self._chart.moments if moment.lane == number]
        for moment in sorted(moments, key=lambda moment: moment.year):
            mark, start, end = self._mark(moment, label)
            # A label that is below its bar takes a second row.
            height = 1 + mark.is_below
            row = next(
                (row for row in range(len(ends)) if max(ends[row : row + height]) < start),
                len(ends),
            )
            ends[row : row + height] = [end] * height
            marks.append(mark._replace(y=top + 14 + row * _ROW))
        lines = wrapped(label, _LABELS - 10, 12, 4, bold=True)
        height = max(len(ends) * _ROW + 10, len(lines) * 15 + 12)
        text = Paragraph(label, lines, MARGIN + 4, top + 18, bold=True)
        sheet.y += height
        return _Lane(text, top, height), marks

    def _mark(self, moment: Moment, lane: str) -> tuple[_Mark, int, int]:
        """Return a mark in the first row, and where its space in a row begins and ends."""
        name = one_line(moment.name)
        label = _shortened(name)
        title = headed(lane, enumerated((name, one_line(moment.words))))
        x = self._x(moment.year)
        end = x if moment.last_year is None else self._x(moment.last_year)
        width = measure(label, _TYPE)
        bar = end if moment.last_year is not None else 0
        mark = _Mark(title, moment.shape, moment.is_vague, x, 0, bar, label)
        if end + _SPACE + width <= MARGIN + _INNER:
            return mark._replace(label_x=end + _SPACE), x - 8, end + _SPACE + width + 6
        if x - _SPACE - width >= self._left - 14:
            mark = mark._replace(label_x=x - _SPACE, anchor="end")
            return mark, x - _SPACE - width - 6, end + 8
        middle = min(max((x + end) // 2, self._left + width // 2), self._right - width // 2)
        mark = mark._replace(label_x=middle, anchor="middle", is_below=True)
        return mark, min(x - 8, middle - width // 2 - 6), max(end + 8, middle + width // 2 + 6)

    @staticmethod
    def _write_list(sheet: Sheet, names: NameList) -> None:
        words = message(
            "{heading} ({count}): {names}.",
            heading=one_line(names.heading),
            count=len(names.names),
            names=enumerated(list(map(one_line, names.names)), is_strong=True),
        )
        sheet.write(words, 12, max_lines=60)
