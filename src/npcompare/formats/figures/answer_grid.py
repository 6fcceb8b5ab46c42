"""The figure of a table of answers: a grid with a mark for each, and bars that count them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from npcompare.charts import AnswerGrid, CellAnswer
from npcompare.document import Role
from npcompare.formats.figures.canvas import (
    LEAST_WIDTH,
    MARGIN,
    Caption,
    Paragraph,
    Sheet,
    draw,
    measure,
    one_line,
    one_line_each,
    titles,
    wrapped,
)
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.document import Cell, Column, Document
    from npcompare.formats.figures.canvas import Picture
    from npcompare.formats.figures.row_figure import Page

#: The width of the names of the rows.
_NAMES = 270

#: The least and the greatest width of a column.
_NARROWEST, _WIDEST = 64, 132

#: The sign of a note below the table.
_NOTE = "*"

_TEMPLATE = "answer_grid.svg.j2"


def whole(document: Document, number: int, name: str) -> Picture | None:
    """Return the figure of a table with its titles, or None if it has no answers to draw."""
    matrix = _matrix(document, number)
    return _picture(matrix, name) if matrix else None


def pages(document: Document, number: int, name: str, page: Page) -> list[Picture]:
    """Return the figure of a table in parts without titles: some rows each, then the bars."""
    matrix = _matrix(document, number)
    if matrix is None:
        return []
    untitled = replace(matrix, has_titles=False)
    total, rows = len(matrix.rows), page.rows
    parts = [
        replace(
            untitled,
            rows=matrix.rows[start : start + rows],
            bars=(),
            part=f"rows {start + 1} to {min(start + rows, total)} of {total}",
        )
        for start in range(0, total, rows)
    ]
    if matrix.bars:
        parts.append(replace(untitled, has_grid=False, part="number of answers"))
    return [_picture(part, f"{name}-{place}") for place, part in enumerate(parts)]


# --- What is drawn -------------------------------------------------------------------------------


class _Column(NamedTuple):
    """A column of answers: the heading of its group, its own, both together, and its width."""

    group: str
    short: str
    heading: str
    width: int


class _Mark(NamedTuple):
    """An answer, the texts of its notes, and the signs that stand for them beside it."""

    answer: CellAnswer
    notes: tuple[str, ...]
    signs: str


@dataclass(frozen=True, slots=True)
class _Matrix:
    """The answers of a table; all texts are single lines without control characters."""

    titles: tuple[str, ...]
    headnote: tuple[str, ...]
    columns: tuple[_Column, ...]
    #: The label of each answer, in the order of the legend.
    labels: Mapping[CellAnswer, str]
    rows: tuple[tuple[str, tuple[_Mark, ...]], ...]
    foot: tuple[str, ...]
    #: The place of each column that is drawn as a bar, and the number of each of its answers.
    bars: tuple[tuple[int, Counter[CellAnswer]], ...]
    part: str = ""
    has_titles: bool = True
    has_grid: bool = True

    @property
    def total(self) -> Counter[CellAnswer]:
        """The number of each answer in the table."""
        return Counter(mark.answer for _, marks in self.rows for mark in marks)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Each group of neighbouring columns with the number of its columns."""
        grouped = groupby(column.group for column in self.columns)
        return [(group, len(list(members))) for group, members in grouped]

    @property
    def lefts(self) -> list[int]:
        """Where each column begins, and where the last one ends."""
        return list(accumulate((column.width for column in self.columns), initial=MARGIN + _NAMES))

    def tally(self, count: Counter[CellAnswer]) -> str:
        """Return numbers of answers in words."""
        return ", ".join(
            f"{count[answer]:,} {label}" for answer, label in self.labels.items() if count[answer]
        )


def _matrix(document: Document, number: int) -> _Matrix | None:
    """Return the answers of a table, or None if its data do not say that it has any."""
    table = document.tables[number]
    grid = table.figure
    places = [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]
    if not isinstance(grid, AnswerGrid) or not places or not table.rows:
        return None
    # A cell that shows how its answer has changed has no single answer.
    if any(row[at].answer is None for row in table.rows for at in places):
        return None
    notes = {letter: one_line(text) for letter, text in table.notes}
    columns = [table.columns[at] for at in places]
    rows = tuple(
        (_row_name(row[0], notes), tuple(_mark(row[at], notes) for at in places))
        for row in table.rows
    )
    return _Matrix(
        titles(document, number) or ("Matrix",),
        one_line_each(table.headnote),
        _columns(columns),
        {answer: one_line(label) for answer, label in grid.legend},
        rows,
        tuple(filter(None, map(one_line, (*table.remarks, document.provenance)))),
        tuple(
            (place, Counter(marks[place].answer for _, marks in rows))
            for place, column in enumerate(columns)
            if column.key in grid.bars
        ),
    )


def _columns(columns: Sequence[Column]) -> tuple[_Column, ...]:
    """Return the columns, each as wide as the longest word of its headings, within limits."""
    members = Counter(one_line(column.group) for column in columns)
    measured = []
    for column in columns:
        heading, group = one_line(column.heading), one_line(column.group)
        short = one_line(column.short) or heading
        word_width = max((measure(word, 12) + 8 for word in short.split()), default=0)
        group_width = max((measure(word, 13, bold=True) + 14 for word in group.split()), default=0)
        width = min(max(word_width, -(-group_width // members[group]), _NARROWEST), _WIDEST)
        measured.append(_Column(group, short, heading, width))
    return tuple(measured)


def _mark(cell: Cell, notes: Mapping[str, str]) -> _Mark:
    letters = dict.fromkeys(letter for run in cell.runs for letter in run.marks)
    texts = tuple(notes.get(letter, one_line(letter)) for letter in letters)
    signs = _signs(cell, notes)
    has_other = len(texts) > len(signs)
    return _Mark(cell.answer or CellAnswer.UNKNOWN, texts, _NOTE * has_other + signs)


def _signs(cell: Cell, notes: Mapping[str, str]) -> str:
    """Return the marks of a cell that have no note, as those that the headnote explains."""
    marks = dict.fromkeys(mark for run in cell.runs for mark in run.marks)
    return "".join(mark for mark in marks if mark not in notes and len(one_line(mark)) == 1)


def _row_name(cell: Cell, notes: Mapping[str, str]) -> str:
    return " ".join(filter(None, (one_line(cell.text), _signs(cell, notes))))


def _description(matrix: _Matrix) -> str:
    """Return the figure in words."""
    sentences = []
    if matrix.has_grid:
        size = f"{counted(len(matrix.rows), 'row')} and {counted(len(matrix.columns), 'column')}"
        sentences.append(f"A grid of {size}: {matrix.tally(matrix.total)}.")
    if matrix.bars:
        bars = "Below it, a bar" if matrix.has_grid else "A bar"
        sentences.append(f"{bars} for each of these columns.")
    sentences += [
        f"{matrix.columns[at].heading}: {matrix.tally(count)}." for at, count in matrix.bars
    ]
    return " ".join(sentences)


# --- Where it is drawn ---------------------------------------------------------------------------


class _Group(NamedTuple):
    text: Paragraph
    room: int


class _PlacedMark(NamedTuple):
    title: str
    answer: CellAnswer
    x: int
    signs: str


class _Row(NamedTuple):
    text: Paragraph
    top: int
    height: int
    marks: list[_PlacedMark]


class _Key(NamedTuple):
    """An entry of the legend; one without an answer explains the sign of a note."""

    label: str
    answer: CellAnswer | None
    x: int
    y: int


class _Grid(NamedTuple):
    groups: list[_Group]
    group_rule: int
    heads: list[Paragraph]
    rows: list[_Row]
    #: The vertical rules between groups.
    rules: list[int]
    top: int
    bottom: int
    right: int
    keys: list[_Key]


class _Part(NamedTuple):
    """A part of a bar; it has no label if the label would not fit."""

    title: str
    answer: CellAnswer
    left: int
    width: int
    label: str
    label_width: int


class _Bar(NamedTuple):
    text: Paragraph
    tally: str
    left: int
    top: int
    parts: list[_Part]


def _picture(matrix: _Matrix, name: str) -> Picture:
    sheet = Sheet(max(LEAST_WIDTH, matrix.lefts[-1] - MARGIN))
    if matrix.has_titles:
        sheet.write_titles(matrix.titles)
        sheet.write_headnote(matrix.headnote)
    grid = _place_grid(sheet, matrix) if matrix.has_grid else None
    bars = _place_bars(sheet, matrix)
    if matrix.has_titles:
        sheet.y += 8
        for text in matrix.foot:
            sheet.write(text, 11)
    caption = Caption(name, ": ".join(matrix.titles), _description(matrix), matrix.part)
    return draw(_TEMPLATE, sheet, caption, grid=grid, bars=bars)


def _place_grid(sheet: Sheet, matrix: _Matrix) -> _Grid:
    lefts = matrix.lefts
    groups = _place_groups(sheet, matrix)
    group_rule = sheet.y - 5
    heads = _place_heads(sheet, matrix)
    top = sheet.y
    rows = [_place_row(sheet, matrix, name, marks) for name, marks in matrix.rows]
    bottom = sheet.y
    sheet.y += 12
    ends = accumulate((number for _, number in matrix.groups), initial=0)
    return _Grid(
        groups,
        group_rule,
        heads,
        rows,
        [lefts[place] for place in ends],
        top,
        bottom,
        lefts[-1],
        _place_keys(sheet, matrix),
    )


def _place_groups(sheet: Sheet, matrix: _Matrix) -> list[_Group]:
    """Place the headings of groups over their columns; their last lines are level."""
    lefts = matrix.lefts
    spans = []
    place = 0
    for group, number in matrix.groups:
        left, right = lefts[place], lefts[place + number]
        lines = wrapped(group, right - left - 12, 13, 3, bold=True)
        spans.append((group, (left + right) // 2, right - left - 12, lines))
        place += number
    line_count = max(len(lines) for *_, lines in spans)
    groups = []
    for group, middle, room, lines in spans:
        y = sheet.y + 16 * (line_count - len(lines) + 1)
        if group:
            groups.append(_Group(Paragraph(group, lines, middle, y, 13, 16, bold=True), room))
    sheet.y += 16 * line_count + 12
    return groups


def _place_heads(sheet: Sheet, matrix: _Matrix) -> list[Paragraph]:
    heads = [wrapped(column.short, column.width - 6, 12, 4) for column in matrix.columns]
    line_count = max(map(len, heads))
    placed = [
        Paragraph(
            column.heading,
            lines,
            left + column.width // 2,
            sheet.y + 15 * (line_count - len(lines) + 1),
        )
        for column, left, lines in zip(matrix.columns, matrix.lefts, heads, strict=False)
    ]
    sheet.y += 15 * line_count + 8
    return placed


def _place_row(sheet: Sheet, matrix: _Matrix, name: str, marks: Sequence[_Mark]) -> _Row:
    lines = wrapped(name, _NAMES - 12, 12, 3)
    top, height = sheet.y, 9 + 15 * max(len(lines), 1)
    placed = []
    for column, left, mark in zip(matrix.columns, matrix.lefts, marks, strict=False):
        answer = f"{name}: {column.heading}: {matrix.labels[mark.answer]}"
        title = ". ".join([answer, *(f"Note: {note}" for note in mark.notes)])
        x = left + column.width // 2
        placed.append(_PlacedMark(title, mark.answer, x, mark.signs))
    sheet.y += height
    return _Row(Paragraph(name, lines, MARGIN + 4, top + 16), top, height, placed)


def _place_keys(sheet: Sheet, matrix: _Matrix) -> list[_Key]:
    """Place the legend, in as many lines as it needs."""
    entries: list[tuple[str, CellAnswer | None]] = [
        (label, answer) for answer, label in matrix.labels.items()
    ]
    if any(_NOTE in mark.signs for _, marks in matrix.rows for mark in marks):
        entries.append((f"{_NOTE} see the notes under the table", None))
    keys = []
    left = MARGIN + 12
    x, y = left, sheet.y + 10
    for label, answer in entries:
        width = measure(label, 12) + (52 if answer else 0)
        if x > left and x + width > MARGIN + sheet.inner:
            x, y = left, y + 24
        keys.append(_Key(label, answer, x, y))
        x += width
    sheet.y = y + 20
    return keys


def _place_bars(sheet: Sheet, matrix: _Matrix) -> list[_Bar]:
    """Place a bar for each column that has one: lengths, numbers and words."""
    if not matrix.bars:
        return []
    sheet.y += 8
    group = matrix.columns[matrix.bars[0][0]].group
    heading = f"answers of {counted(len(matrix.rows), 'row')}"
    sheet.write(f"{group}: {heading}" if group else heading.capitalize(), 15, bold=True)
    sheet.y += 4
    bars = []
    for at, count in matrix.bars:
        column, tally = matrix.columns[at], matrix.tally(count)
        lines = wrapped(column.short, _NAMES - 12, 12, 2)
        text = Paragraph(f"{column.heading}: {tally}", lines, MARGIN + 4, sheet.y + 17)
        parts = _parts(matrix, count, sheet.inner - _NAMES)
        bars.append(_Bar(text, tally, MARGIN + _NAMES, sheet.y, parts))
        sheet.y += 56
    return bars


def _parts(matrix: _Matrix, count: Counter[CellAnswer], room: int) -> list[_Part]:
    """Return the parts of a bar, each as long as its number."""
    ends = [
        room * end // count.total() for end in accumulate(count[answer] for answer in matrix.labels)
    ]
    parts = []
    for (answer, name), start, end in zip(matrix.labels.items(), [0, *ends], ends, strict=False):
        if count[answer]:
            number = f"{count[answer]:,}"
            width = measure(number, 13, bold=True)
            label = number if width + 2 <= end - start else ""
            left = MARGIN + _NAMES + start
            parts.append(_Part(f"{number} {name}", answer, left, end - start, label, width))
    return parts
