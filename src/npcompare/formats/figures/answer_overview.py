"""The figure of an overview: a row for each name, a coloured box or a sign for each answer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import AnswerOverview
from npcompare.document import Role
from npcompare.formats.figures.canvas import (
    MARGIN,
    Caption,
    Paragraph,
    Sheet,
    draw,
    measure,
    one_line,
    titles,
    wrapped,
)
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.charts import CellAnswer
    from npcompare.document import Cell, Column, Document, Table
    from npcompare.formats.figures.canvas import Picture

#: The widths of the names of the rows, of a column, of the number at the end, and between groups.
_NAMES, _COLUMN, _NUMBER, _GAP = 330, 27, 48, 8

#: The size of type, the height of a line, and of a row beside its lines.
_TYPE, _LINE, _ROW = 13, 14, 4

#: The greatest height of the rows on an upright page of A4, and on one that is not, on which they
#: can still be read.
_UPRIGHT_PAGE, _PAGE = 1250, 560

#: The most lines of a remark under the figure, which names many.
_REMARK_LINES = 60

_TEMPLATE = "answer_overview.svg.j2"


def whole(document: Document, number: int, name: str) -> Picture | None:
    """Return the figure of an overview with titles and remarks, or None for another table."""
    table = _drawable(document, number)
    if table is None:
        return None
    columns = _Columns(table)
    sheet = Sheet(columns.width)
    sheet.write_titles(titles(document, number))
    drawing = _place(sheet, columns, table, range(len(table.rows)))
    sheet.y += 8
    # The last line of the headnote explains the signs of the table, which the legend does here.
    headnote = table.headnote.rpartition("\n")[0]
    for text in filter(None, (headnote, *table.remarks, document.provenance)):
        sheet.write(one_line(text), 12, max_lines=_REMARK_LINES)
    caption = Caption(name, ": ".join(titles(document, number)), _description(table))
    return draw(_TEMPLATE, sheet, caption, **drawing)


def pages(document: Document, number: int, name: str, *, is_upright: bool) -> list[Picture]:
    """Return the figure in parts without titles, each with its heads, that fit a page."""
    table = _drawable(document, number)
    if table is None:
        return []
    columns = _Columns(table)
    parts = list(_parts(table, _UPRIGHT_PAGE if is_upright else _PAGE))
    pictures = []
    for place, part in enumerate(parts):
        sheet = Sheet(columns.width)
        drawing = _place(sheet, columns, table, part)
        words = "all rows"
        if len(parts) > 1:
            words = f"rows {part[0] + 1} to {part[-1] + 1} of {len(table.rows)}"
        caption = Caption(
            f"{name}-{place}", ": ".join(titles(document, number)), _description(table), words
        )
        pictures.append(draw(_TEMPLATE, sheet, caption, **drawing))
    return pictures


def _drawable(document: Document, number: int) -> Table | None:
    """Return a table whose answers can be drawn; one with revised answers cannot."""
    table = document.tables[number]
    overview = table.figure
    if not isinstance(overview, AnswerOverview):
        return None
    places = [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]
    for place, row in enumerate(table.rows):
        if not overview.is_count(place, len(table.rows)) and any(
            row[at].answer is None for at in places
        ):
            return None
    return table


def _description(table: Table) -> str:
    """Return the figure in words; the table has the same cell by cell."""
    overview = table.figure
    assert isinstance(overview, AnswerOverview)  # noqa: S101 - only these are drawn
    answers = [column for column in table.columns if column.role is Role.ANSWER]
    names = sum(not overview.is_count(place, len(table.rows)) for place in range(len(table.rows)))
    size = f"{counted(names, 'row')} and {counted(len(answers), 'column')}"
    *_, total = table.rows
    counts = "; ".join(
        f"{one_line(column.heading)} {total[at].text}"
        for at, column in enumerate(table.columns)
        if column.role is Role.ANSWER
    )
    return f"A grid of {size}. {one_line(total[0].text)}: {counts}. The table has every answer."


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
        left, following = MARGIN + _NAMES, iter(self.answers)
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


def _place(sheet: Sheet, columns: _Columns, table: Table, part: Sequence[int]) -> dict[str, object]:
    """Return what the template draws: heads, rows and the legend."""
    groups = _place_groups(sheet, columns)
    rule = sheet.y - 4
    heads = _place_heads(sheet, columns, table.columns)
    top = sheet.y
    rows = [_place_row(sheet, columns, table, place) for place in part]
    bottom = sheet.y
    return {
        "groups": groups,
        "rule": rule,
        "heads": heads,
        "rows": rows,
        "top": top,
        "bottom": bottom,
        "left": MARGIN,
        "right": MARGIN + columns.width,
        "column": _COLUMN,
        "keys": _place_keys(sheet, table),
    }


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


def _name_lines(table: Table, place: int) -> list[str]:
    overview = table.figure
    is_count = isinstance(overview, AnswerOverview) and overview.is_count(place, len(table.rows))
    return wrapped(_name(table.rows[place][0]), _NAMES - 14, _TYPE, 12, bold=is_count) or [""]


def _name(cell: Cell) -> str:
    """Return the name of a row with the marks that are not letters of notes."""
    marks = [mark for run in cell.runs for mark in run.marks if not mark.isalpha()]
    return one_line(" ".join((cell.text, *marks)))


def _height(table: Table, place: int) -> int:
    return _ROW + _LINE * len(_name_lines(table, place))


def _place_row(sheet: Sheet, columns: _Columns, table: Table, place: int) -> _Row:
    overview, row = table.figure, table.rows[place]
    assert isinstance(overview, AnswerOverview)  # noqa: S101 - only these are drawn
    is_count = overview.is_count(place, len(table.rows))
    name = _name(row[0])
    boxes, counts = [], []
    for at, left in columns.lefts.items():
        if answer := row[at].answer:
            heading = one_line(table.columns[at].heading)
            title = f"{name}: {heading}: {one_line(overview.label(answer))}"
            boxes.append(_Box(title, answer, left))
        else:
            counts.append(_Count(one_line(row[at].text), left + _COLUMN // 2))
    if columns.number is not None:
        counts.append(_Count(one_line(row[columns.number].text), columns.right + _NUMBER // 2))
    lines = _name_lines(table, place)
    text = Paragraph(name, lines, MARGIN + 4, sheet.y + _LINE, _TYPE, _LINE, bold=is_count)
    placed = _Row(text, sheet.y, _height(table, place), boxes, counts, is_count)
    sheet.y += placed.height
    return placed


def _place_keys(sheet: Sheet, table: Table) -> list[_Key]:
    """Place the legend, in as many lines as it needs."""
    overview = table.figure
    assert isinstance(overview, AnswerOverview)  # noqa: S101 - only these are drawn
    sheet.y += 12
    keys = []
    x, y = MARGIN + 4, sheet.y
    for sign in overview.legend:
        label = one_line(sign.meaning)
        width = measure(label, 12) + _COLUMN + 26
        if x > MARGIN + 4 and x + width > MARGIN + sheet.inner:
            x, y = MARGIN + 4, y + 24
        keys.append(_Key(label, sign.answer, x, y))
        x += width
    sheet.y = y + 24
    return keys


def _parts(table: Table, most: int) -> Iterator[list[int]]:
    """Yield the places of the rows of each page; a row that heads a group is not the last one."""
    overview = table.figure
    assert isinstance(overview, AnswerOverview)  # noqa: S101 - only these are drawn
    heights = [_height(table, place) for place in range(len(table.rows))]
    # The pages are about equally full.
    page = sum(heights) // -(-sum(heights) // most) + 2 * max(heights)
    part: list[int] = []
    height = 0
    for place, row_height in enumerate(heights):
        is_head = place in overview.group_rows
        needed = row_height + (heights[place + 1] if is_head else 0)
        if part and height + needed // 2 > page:
            yield part
            part, height = [], 0
        part.append(place)
        height += row_height
    yield part
