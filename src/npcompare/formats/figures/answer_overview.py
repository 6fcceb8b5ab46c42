"""The figure of an overview: a row for each name, a coloured box or a sign for each answer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import AnswerOverview
from npcompare.document import Role
from npcompare.formats.figures.canvas import (
    MARGIN,
    Paragraph,
    measure,
    one_line,
    place_keys,
    wrapped,
)
from npcompare.formats.figures.row_figure import RowFigure
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.charts import CellAnswer
    from npcompare.document import Column, Table
    from npcompare.formats.figures.canvas import Sheet

#: The widths of a column, of the number at the end, and between groups.
_COLUMN, _NUMBER, _GAP = 27, 48, 8

#: The size of type of a heading.
_TYPE = 13


def figure_of(table: Table) -> RowFigure | None:
    """Return the figure of an overview, or None if its answers cannot be drawn.

    Those of an overview whose answers were revised cannot.
    """
    overview = table.figure
    if not isinstance(overview, AnswerOverview):
        return None
    places = [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]
    for place, row in enumerate(table.rows):
        if not overview.is_count(place, len(table.rows)) and any(
            row[at].answer is None for at in places
        ):
            return None
    return _Overview(table, overview)


class _Overview(RowFigure):
    """The figure of an overview."""

    template = "answer_overview.svg.j2"

    def __init__(self, table: Table, overview: AnswerOverview) -> None:
        super().__init__(table)
        self.overview = overview
        self.columns = _Columns(table)

    @property
    def width(self) -> int:
        return self.columns.width

    @property
    def headnote(self) -> str:
        # The last line explains the signs of the table, which the legend does in the figure.
        return self.table.headnote.rpartition("\n")[0]

    @property
    def description(self) -> str:
        rows, columns = self.table.rows, self.table.columns
        answers = [at for at, column in enumerate(columns) if column.role is Role.ANSWER]
        names = sum(not self.is_count(place) for place in range(len(rows)))
        size = f"{counted(names, 'row')} and {counted(len(answers), 'column')}"
        *_, total = rows
        counts = "; ".join(f"{one_line(columns[at].heading)} {total[at].text}" for at in answers)
        return f"A grid of {size}. {one_line(total[0].text)}: {counts}. The table has every answer."

    def is_count(self, place: int) -> bool:
        """Return whether a row counts answers."""
        return self.overview.is_count(place, len(self.table.rows))

    def is_head(self, place: int) -> bool:
        return place in self.overview.group_rows

    def is_strong(self, place: int) -> bool:
        return self.is_count(place)

    def place(self, sheet: Sheet, part: Sequence[int]) -> dict[str, object]:
        groups = _place_groups(sheet, self.columns)
        rule = sheet.y - 4
        heads = _place_heads(sheet, self.columns, self.table.columns)
        top = sheet.y
        rows = [self._place_row(sheet, place) for place in part]
        bottom = sheet.y
        sheet.y += 12
        labels = [one_line(sign.meaning) for sign in self.overview.legend]
        places = place_keys(sheet, labels, _COLUMN + 6)
        return {
            "groups": groups,
            "rule": rule,
            "heads": heads,
            "rows": rows,
            "top": top,
            "bottom": bottom,
            "left": MARGIN,
            "right": MARGIN + self.width,
            "column": _COLUMN,
            "keys": [
                _Key(label, sign.answer, *corner)
                for sign, label, corner in zip(self.overview.legend, labels, places, strict=True)
            ],
        }

    def _place_row(self, sheet: Sheet, place: int) -> _Row:
        row, columns = self.table.rows[place], self.columns
        is_count = self.is_count(place)
        name = self.name(place)
        boxes, counts = [], []
        for at, left in columns.lefts.items():
            if answer := row[at].answer:
                heading = one_line(self.table.columns[at].heading)
                title = f"{name.title}: {heading}: {one_line(self.overview.label(answer))}"
                boxes.append(_Box(title, answer, left))
            else:
                counts.append(_Count(one_line(row[at].text), left + _COLUMN // 2))
        if columns.number is not None:
            number = one_line(row[columns.number].text)
            counts.append(_Count(number, columns.right + _NUMBER // 2))
        text = name._replace(y=sheet.y + name.y)
        placed = _Row(text, sheet.y, self.height(place), boxes, counts, is_count)
        sheet.y += placed.height
        return placed


# --- Where it is drawn ---------------------------------------------------------------------------


class _Columns:
    """The places of the columns of a table, and of the groups that they are in."""

    def __init__(self, table: Table) -> None:
        self.answers = [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]
        self.number = next(
            (at for at, column in enumerate(table.columns) if column.role is Role.NUMBER), None
        )
        members = [table.columns[at] for at in self.answers]
        self.groups = [
            (group, len(list(columns)))
            for group, columns in groupby(members, key=lambda column: column.group)
        ]
        self.lefts: dict[int, int] = {}
        left, following = MARGIN + RowFigure.names, iter(self.answers)
        for group, size in self.groups:
            for _ in range(size):
                self.lefts[next(following)] = left
                left += _COLUMN
            # A word of a heading may need more room than its columns.
            left += max(_widest_word(group) - size * _COLUMN, 0) + _GAP
        self.right = left
        self.width = left - MARGIN + (_NUMBER if self.number is not None else 0)


def _widest_word(group: str) -> int:
    return max((measure(word, 12, bold=True) for word in one_line(group).split()), default=0)


class _Head(NamedTuple):
    """A heading on end, which begins at the foot of its column."""

    title: str
    label: str
    x: int
    y: int


class _Group(NamedTuple):
    text: Paragraph
    left: int
    right: int


class _Box(NamedTuple):
    title: str
    answer: CellAnswer
    x: int


class _Count(NamedTuple):
    label: str
    x: int


class _Row(NamedTuple):
    text: Paragraph
    top: int
    height: int
    boxes: list[_Box]
    counts: list[_Count]
    is_count: bool


class _Key(NamedTuple):
    label: str
    answer: CellAnswer
    x: int
    y: int


def _place_groups(sheet: Sheet, columns: _Columns) -> list[_Group]:
    """Place the headings of groups over their columns; their last lines are level."""
    placed = []
    first = 0
    for group, size in columns.groups:
        left = columns.lefts[columns.answers[first]]
        right = columns.lefts[columns.answers[first + size - 1]] + _COLUMN
        room = max(right - left, _widest_word(group))
        lines = wrapped(one_line(group), room, 12, 9, bold=True)
        placed.append((one_line(group), lines, left, right))
        first += size
    most = max((len(lines) for _, lines, *_ in placed), default=0)
    groups = []
    for group, lines, left, right in placed:
        y = sheet.y + 14 * (most - len(lines) + 1)
        end = max(right, left + _widest_word(group))
        text = Paragraph(group, lines, (left + end) // 2, y, 12, 14, bold=True)
        groups.append(_Group(text, left, end))
    sheet.y += 14 * most + 10 if any(group for group, *_ in placed) else 0
    return [group for group in groups if group.text.title]


def _place_heads(sheet: Sheet, columns: _Columns, headings: Sequence[Column]) -> list[_Head]:
    labels = {at: one_line(headings[at].heading) for at in columns.answers}
    if columns.number is not None:
        labels[columns.number] = one_line(headings[columns.number].heading)
    sheet.y += max(measure(label, _TYPE) for label in labels.values()) + 8
    lefts = columns.lefts | {columns.number: columns.right + (_NUMBER - _COLUMN) // 2}
    return [
        _Head(label, label, lefts[at] + _COLUMN // 2 + 5, sheet.y - 6)
        for at, label in labels.items()
    ]
