"""The figure of an overview: a row for each name, a coloured box or a sign for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import AnswerOverview, CellAnswer
from npcompare.formats.figures.canvas import one_line, place_keys
from npcompare.formats.figures.row_figure import counted_rows
from npcompare.formats.figures.sign_figure import (
    SignFigure,
    answer_places,
    counted_columns,
    has_answers,
)
from npcompare.messages import enumerated, message

if TYPE_CHECKING:
    from npcompare.charts import Sign
    from npcompare.document import Table
    from npcompare.formats.figures.canvas import Sheet
    from npcompare.formats.figures.row_figure import RowFigure

#: The width of a column.
_COLUMN = 27


def figure_of(table: Table) -> RowFigure | None:
    """Return the figure of an overview, or None if its answers cannot be drawn.

    Those of an overview whose answers were revised cannot.
    """
    overview = table.figure
    if not isinstance(overview, AnswerOverview) or not has_answers(table):
        return None
    places = answer_places(table)
    for place, row in enumerate(table.rows):
        if not overview.is_count(place, len(table.rows)) and any(
            row[at].answer is None for at in places
        ):
            return None
    return _Overview(table, overview)


class _Box(NamedTuple):
    title: str
    sign: Sign
    x: int


class _Key(NamedTuple):
    label: str
    sign: Sign
    x: int
    y: int


class _Overview(SignFigure):
    """The figure of an overview."""

    template = "answer_overview.svg.j2"

    def __init__(self, table: Table, overview: AnswerOverview) -> None:
        super().__init__(table, overview, dict.fromkeys(answer_places(table), _COLUMN))
        self.overview = overview

    @property
    def description(self) -> str:
        rows, columns = self.table.rows, self.table.columns
        answers = self.columns.answers
        names = sum(not self.is_count(place) for place in range(len(rows)))
        *_, total = rows
        counts = [f"{one_line(columns[at].heading)} {total[at].text}" for at in answers]
        return message(
            "A grid of {rows} and {columns}. {heading}: {counts}. The table has every answer.",
            rows=counted_rows(names),
            columns=counted_columns(len(answers)),
            heading=one_line(total[0].text),
            counts=enumerated(counts, is_strong=True),
        )

    def box(self, place: int, at: int, title: str, left: int) -> _Box:
        answer = self.table.rows[place][at].answer or CellAnswer.UNKNOWN
        return _Box(title, self.overview.sign(answer), left)

    def place_keys(self, sheet: Sheet) -> list[_Key]:
        labels = [one_line(sign.meaning) for sign in self.overview.legend]
        places = place_keys(sheet, labels, _COLUMN + 6)
        return [
            _Key(label, sign, *corner)
            for sign, label, corner in zip(self.overview.legend, labels, places, strict=True)
        ]
