"""The figure of dots: a row of dots in each row of the table, and their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import DotPlot
from npcompare.formats.figures.canvas import LEAST_WIDTH, MARGIN, Paragraph, one_line, place_keys
from npcompare.formats.figures.row_figure import RowFigure
from npcompare.messages import enumerated, message, number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.charts import Certainty, Dot
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet

#: The distance of two dots, and of two lines of dots.
_PITCH = 13

#: The width of the number of dots at the end of a row.
_NUMBER = 56

#: The most dots in a row; of more, each dot stands for several.
_MOST = 600

#: The width of the sample of a legend.
_SAMPLE = 14


def figure_of(table: Table) -> RowFigure | None:
    """Return the figure of a table of dots; None if it has no rows."""
    plot = table.figure
    return _DotPlot(table, plot) if isinstance(plot, DotPlot) and table.rows else None


class _PlacedDot(NamedTuple):
    title: str
    certainty: Certainty | None
    x: int
    y: int


class _Row(NamedTuple):
    text: Paragraph
    top: int
    height: int
    dots: list[_PlacedDot]
    number: str


class _Key(NamedTuple):
    label: str
    certainty: Certainty | None
    x: int
    y: int


class _DotPlot(RowFigure):
    """The figure of the dots of a table."""

    template = "dot_plot.svg.j2"
    names = 250

    def __init__(self, table: Table, plot: DotPlot) -> None:
        super().__init__(table, plot.groups)
        self.plot = plot
        self.across = (LEAST_WIDTH - self.names - _NUMBER) // _PITCH
        #: How many names a dot stands for.
        self.unit = -(-max(map(len, plot.rows), default=0) // _MOST) or 1

    @property
    def width(self) -> int:
        return LEAST_WIDTH

    @property
    def description(self) -> str:
        numbers = [
            f"{' '.join(filter(None, (group, one_line(label))))} {number(len(dots))}"
            for group, label, dots in zip(
                self.groups, self.plot.labels, self.plot.rows, strict=True
            )
        ]
        return message(
            "Rows of dots. {numbers}. The table has the names.",
            numbers=enumerated(numbers, is_strong=True),
        )

    def name(self, place: int) -> Paragraph:
        return self.label(self.plot.labels[place])

    def height(self, place: int) -> int:
        dots = -(-len(self.plot.rows[place]) // self.unit)
        lines = -(-dots // self.across)
        return max(super().height(place) + 2, _PITCH * lines + 7)

    def place(self, sheet: Sheet, part: Sequence[int]) -> dict[str, object]:
        top = sheet.y
        groups: list[Paragraph] = []
        rows = []
        for place in part:
            groups += self.place_group(sheet, part, place)
            rows.append(self._place_row(sheet, place))
        bottom = sheet.y
        sheet.y += 10
        return {
            "groups": groups,
            "rows": rows,
            "top": top,
            "bottom": bottom,
            "right": MARGIN + self.width,
            "keys": self._place_keys(sheet),
        }

    def _place_row(self, sheet: Sheet, place: int) -> _Row:
        name, height = self.name(place), self.height(place)
        left = MARGIN + self.names + _PITCH // 2
        dots = []
        row_dots = self.plot.rows[place]
        for place_of_dot, start in enumerate(range(0, len(row_dots), self.unit)):
            members = row_dots[start : start + self.unit]
            line, at = divmod(place_of_dot, self.across)
            x, y = left + _PITCH * at, sheet.y + 10 + _PITCH * line
            dots.append(_PlacedDot(self._title(members), members[0].certainty, x, y))
        text = name._replace(y=sheet.y + name.y + 1)
        row = _Row(text, sheet.y, height, dots, number(len(row_dots)))
        sheet.y += height
        return row

    @staticmethod
    def _title(members: Sequence[Dot]) -> str:
        return one_line(enumerated([member.name for member in members], is_strong=True))

    def _place_keys(self, sheet: Sheet) -> list[_Key]:
        entries = [(one_line(label), certainty) for certainty, label in self.plot.certainties]
        places = place_keys(sheet, [label for label, _ in entries], _SAMPLE + 6)
        if self.unit > 1:
            unit = plural(
                "Each dot stands for {count} name or fewer.",
                "Each dot stands for {count} names or fewer.",
                self.unit,
            )
            sheet.write(unit, 12)
        return [_Key(*entry, *corner) for entry, corner in zip(entries, places, strict=True)]
