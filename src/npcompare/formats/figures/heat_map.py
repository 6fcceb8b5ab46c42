"""The figure of a heat map: a box for each answer, in a shade that shows how far it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import CellAnswer, HeatMap
from npcompare.formats.figures.canvas import measure, one_line, place_keys
from npcompare.formats.figures.row_figure import counted_rows
from npcompare.formats.figures.sign_figure import (
    SignFigure,
    answer_places,
    counted_columns,
    has_answers,
)
from npcompare.messages import message

if TYPE_CHECKING:
    from npcompare.charts import SignKey
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet
    from npcompare.formats.figures.row_figure import RowFigure

#: The least width of a column, and what a sign needs beside its letters.
_COLUMN, _BESIDE = 25, 8

#: The size of a sign.
_TYPE = 12


def figure_of(table: Table) -> RowFigure | None:
    """Return the figure of a heat map; None if it has no answers."""
    chart = table.figure
    if not isinstance(chart, HeatMap) or not has_answers(table):
        return None
    return _HeatMap(table, chart)


class _Box(NamedTuple):
    title: str
    sign: str
    shade: int
    is_hatched: bool
    is_known: bool
    x: int
    width: int


class _Key(NamedTuple):
    key: SignKey
    sign: str
    label: str
    x: int
    y: int


class _HeatMap(SignFigure):
    """The figure of a heat map."""

    template = "heat_map.svg.j2"

    def __init__(self, table: Table, chart: HeatMap) -> None:
        places = answer_places(table)
        super().__init__(table, chart, {at: _width(table, at) for at in places})
        self.heat_map = chart
        #: The place of each column among those of answers.
        self.numbers = {at: number for number, at in enumerate(places)}

    @property
    def description(self) -> str:
        rows = sum(not self.is_count(place) for place in range(len(self.table.rows)))
        return message(
            "A grid of {rows} and {columns}, whose shades show how far answers reach. The table "
            "has them all.",
            rows=counted_rows(rows),
            columns=counted_columns(len(self.numbers)),
        )

    def box(self, place: int, at: int, title: str, left: int) -> _Box:
        cell = self.table.rows[place][at]
        return _Box(
            title,
            one_line(cell.text),
            self.heat_map.shades[place][self.numbers[at]],
            self.table.columns[at].key in self.heat_map.hatched,
            cell.answer is CellAnswer.YES,
            left,
            self.columns.widths[at],
        )

    def place_keys(self, sheet: Sheet) -> list[_Key]:
        labels = [one_line(key.label) for key in self.heat_map.legend]
        places = place_keys(sheet, labels, _COLUMN + 6)
        return [
            _Key(key, one_line(key.sign), label, *corner)
            for key, label, corner in zip(self.heat_map.legend, labels, places, strict=True)
        ]


def _width(table: Table, at: int) -> int:
    """Return the width of a column, which its longest sign needs."""
    longest = max((measure(one_line(row[at].text), _TYPE) for row in table.rows), default=0)
    return max(_COLUMN, longest + _BESIDE)
