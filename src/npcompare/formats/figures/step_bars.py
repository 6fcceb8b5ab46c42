"""The figure of bars over steps: a bar in each row, from left to right, as far as it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import CellAnswer, Certainty, StepBars
from npcompare.formats.figures.canvas import (
    MARGIN,
    Paragraph,
    headed,
    one_line,
    place_keys,
    wrapped,
)
from npcompare.formats.figures.row_figure import RowFigure, counted_rows
from npcompare.messages import deferred, enumerated, message, number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.charts import BarStep
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet

#: The width of a step.
_STEP = 104

#: The width of the sample of a legend.
_SAMPLE = 40

#: What is printed in a bar.
_CERTAINTIES = {
    Certainty.TEXT: deferred("text"),
    Certainty.REPORTED: deferred("reported"),
    Certainty.DOUBTFUL: deferred("doubtful"),
    Certainty.PROPOSED: deferred("proposed"),
}

_REACHED = (CellAnswer.YES, CellAnswer.PARTLY)


def figure_of(table: Table) -> RowFigure | None:
    """Return the figure of a table of steps; None if it has no rows."""
    bars = table.figure
    return _StepBars(table, bars) if isinstance(bars, StepBars) and table.rows else None


class _Segment(NamedTuple):
    """A step of a bar, with what is printed in it."""

    title: str
    step: BarStep
    x: int


class _Row(NamedTuple):
    text: Paragraph
    top: int
    height: int
    segments: list[_Segment]


class _Key(NamedTuple):
    label: str
    answer: CellAnswer
    certainty: Certainty | None
    x: int
    y: int


class _StepBars(RowFigure):
    """The figure of the bars of a table."""

    template = "step_bars.svg.j2"

    def __init__(self, table: Table, bars: StepBars) -> None:
        super().__init__(table, bars.groups)
        self.bars = bars
        #: The place of the first step among the columns.
        self.first = len(table.columns) - len(bars.totals)
        self.headings = [one_line(column.heading) for column in table.columns[self.first :]]

    @property
    def width(self) -> int:
        return self.names + _STEP * len(self.headings) + 4

    @property
    def description(self) -> str:
        totals = [
            f"{heading} {number(total)}"
            for heading, total in zip(self.headings, self.bars.totals, strict=True)
        ]
        return message(
            "Bars in {rows} and {steps}. {heading}: {totals}. The table has every step.",
            rows=counted_rows(len(self.table.rows)),
            steps=plural("{count} step", "{count} steps", len(self.headings)),
            heading=one_line(self.bars.counted),
            totals=enumerated(totals, is_strong=True),
        )

    def height(self, place: int) -> int:
        return super().height(place) + 5

    def place(self, sheet: Sheet, part: Sequence[int]) -> dict[str, object]:
        left = MARGIN + self.names
        heads = self._place_heads(sheet, left)
        top = sheet.y
        groups: list[Paragraph] = []
        rows = []
        for place in part:
            groups += self.place_group(sheet, part, place)
            rows.append(self._place_row(sheet, left, place))
        totals_top = sheet.y
        sheet.y += 26
        drawing = {
            "heads": heads,
            "groups": groups,
            "rows": rows,
            "top": top,
            "bottom": totals_top,
            "left": left,
            "right": left + _STEP * len(self.headings),
            "step": _STEP,
            "counted": one_line(self.bars.counted),
            "totals": [
                (number(total), left + _STEP * at + _STEP // 2)
                for at, total in enumerate(self.bars.totals)
            ],
            "labels": {certainty: message(_CERTAINTIES[certainty]) for certainty in _CERTAINTIES},
            "sample": _SAMPLE,
        }
        return drawing | {"keys": self._place_keys(sheet)}

    def _place_heads(self, sheet: Sheet, left: int) -> list[Paragraph]:
        """Place the headings of the steps; their last lines are level."""
        wrapped_headings = [
            wrapped(heading, _STEP - 8, 13, 3, bold=True) for heading in self.headings
        ]
        most = max(map(len, wrapped_headings), default=0)
        heads = [
            Paragraph(
                heading,
                lines,
                left + _STEP * at + _STEP // 2,
                sheet.y + 15 * (most - len(lines) + 1),
                13,
                15,
                bold=True,
            )
            for at, (heading, lines) in enumerate(zip(self.headings, wrapped_headings, strict=True))
        ]
        sheet.y += 15 * most + 8
        return heads

    def _place_row(self, sheet: Sheet, left: int, place: int) -> _Row:
        name = self.name(place)
        height = self.height(place)
        segments = [
            _Segment(
                headed(headed(name.title, self.headings[at]), one_line(step.words)),
                step,
                left + _STEP * at,
            )
            for at, step in enumerate(self.bars.rows[place])
        ]
        row = _Row(name._replace(y=sheet.y + name.y + 2), sheet.y, height, segments)
        sheet.y += height
        return row

    def _place_keys(self, sheet: Sheet) -> list[_Key]:
        """Place what bars of each certainty and what the other answers mean."""
        sheet.y += 10
        certain = self.bars.certainties[0][0] if self.bars.certainties else None
        entries = [
            (one_line(label), answer, certain if answer in _REACHED else None)
            for answer, label in self.bars.answers
        ]
        entries += [
            (one_line(label), CellAnswer.YES, certainty)
            for certainty, label in self.bars.certainties
        ]
        places = place_keys(sheet, [label for label, *_ in entries], _SAMPLE + 6)
        return [_Key(*entry, x, y) for entry, (x, y) in zip(entries, places, strict=True)]
