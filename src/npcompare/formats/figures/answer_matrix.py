"""The layout matrix as a picture in SVG: answers told apart by shapes as well as by colours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from npcompare.document import Answer, AnswerGrid, Role
from npcompare.formats.figures.canvas import (
    INK,
    MARGIN,
    begun,
    draw_path,
    draw_rect,
    draw_text,
    measure,
    shown,
    titled,
    titles,
    wrapped,
)
from npcompare.text import counted

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from npcompare.document import Cell, Column, Document
    from npcompare.formats.figures.canvas import Picture, Sheet

_COLOURS = {
    Answer.YES: "#0b4f8a",
    Answer.NO: "#7a3e00",
    Answer.NOT_SHOWN: "#555555",
    Answer.SILENT: "#1a1a1a",
    Answer.UNKNOWN: "#6a1b6a",
}

_NAMES = 270
_LEAST_WIDTH = 860
_HALF = 8


def whole(document: Document, number: int, name: str) -> Picture | None:
    """Return a matrix with its titles, or nothing if the table is none."""
    matrix = _matrix(document, number)
    return _drawn(matrix, name) if matrix else None


def pages(document: Document, number: int, most: int, name: str) -> list[Picture]:
    """Return a matrix as pictures without titles: some rows each, then the stages; else nothing."""
    matrix = _matrix(document, number)
    if matrix is None:
        return []
    bare = replace(matrix, headed=False)
    parts = []
    for start in range(0, len(bare.rows), most):
        rows = bare.rows[start : start + most]
        what = f"rows {start + 1} to {start + len(rows)} of {len(bare.rows)}"
        parts.append(replace(bare, rows=rows, stages=(), part=what))
    if bare.stages:
        parts.append(replace(bare, has_grid=False, part="the answers at each stage"))
    return [_drawn(part, f"{name}-{place}") for place, part in enumerate(parts)]


def _drawn(matrix: _Matrix, name: str) -> Picture:
    inner = max(_LEAST_WIDTH, _NAMES + sum(one.width for one in matrix.columns))
    sheet = begun(name, inner, ": ".join(matrix.titles), _summary(matrix))
    _patterns(SubElement(sheet.root, "defs"), name)
    if matrix.headed:
        sheet.heads(matrix.titles)
    if matrix.has_grid:
        _heads(sheet, matrix)
        _grid(sheet, matrix)
        _legend(sheet, matrix)
    _chart(sheet, matrix)
    if matrix.headed:
        sheet.y += 8
        for words in matrix.foot:
            sheet.lines(words, 11)
    return sheet.picture(matrix.part)


# --- What is drawn ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its dimension, its class, and its room."""

    group: str
    name: str
    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a cell says, and the texts of its notes."""

    kind: Answer
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Matrix:
    """The table as it is drawn; all its texts can be shown as they are."""

    titles: tuple[str, ...]
    columns: tuple[_Column, ...]
    #: The label of each answer, in the order of the legend.
    labels: dict[Answer, str]
    rows: tuple[tuple[str, tuple[_Mark, ...]], ...]
    foot: tuple[str, ...]
    #: The places of the columns that go into the chart, and what the chart counts.
    stages: tuple[tuple[int, Counter[Answer]], ...]
    part: str = ""
    headed: bool = True
    has_grid: bool = True

    @property
    def total(self) -> Counter[Answer]:
        """Count the answers in the table."""
        return Counter(mark.kind for _, marks in self.rows for mark in marks)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Return each dimension with the number of its columns that stand together."""
        found = groupby(one.group for one in self.columns)
        return [(group, len(list(members))) for group, members in found]


def _matrix(document: Document, number: int) -> _Matrix | None:
    """Return a table whose cells, but for the names, are all answers; nothing of any other."""
    table = document.tables[number]
    grid = table.figure
    places = [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]
    if not isinstance(grid, AnswerGrid) or not places or not table.rows:
        return None
    # A cell has no answer if it shows how the answer has changed.
    if any(row[at].answer is None for row in table.rows for at in places):
        return None
    notes = {letter: shown(text) for letter, text in table.notes}
    rows = tuple(
        (shown(row[0].text), tuple(_mark(row[at], notes) for at in places)) for row in table.rows
    )
    columns = [table.columns[at] for at in places]
    return _Matrix(
        titles(document, number) or ("Matrix",),
        _columns(columns),
        {answer: shown(label) for answer, label in grid.legend},
        rows,
        tuple(filter(None, map(shown, (*table.remarks, document.provenance)))),
        tuple(
            (place, Counter(marks[place].kind for _, marks in rows))
            for place, column in enumerate(columns)
            if column.key in grid.bars
        ),
    )


def _columns(columns: list[Column]) -> tuple[_Column, ...]:
    """Return the columns, each as wide as the longest words over it need, within reason."""
    heads = [shown(one.heading) for one in columns]
    parts = [(shown(one.group), shown(one.short or one.heading)) for one in columns]
    members = Counter(group for group, _ in parts)
    found = []
    for heading, (group, name) in zip(heads, parts, strict=True):
        own = max((measure(word, 12) + 8 for word in name.split()), default=0)
        shared = max((measure(word, 13, bold=True) + 14 for word in group.split()), default=0)
        width = min(max(own, -(-shared // members[group]), 64), 132)
        found.append(_Column(group, name, heading, width))
    return tuple(found)


def _mark(one: Cell, notes: dict[str, str]) -> _Mark:
    letters = dict.fromkeys(letter for run in one.runs for letter in run.marks)
    texts = tuple(notes.get(letter, shown(letter)) for letter in letters)
    return _Mark(one.answer or Answer.UNKNOWN, texts)


def _tally(matrix: _Matrix, count: Counter[Answer]) -> str:
    return ", ".join(
        f"{count[kind]:,} {label}" for kind, label in matrix.labels.items() if count[kind]
    )


def _summary(matrix: _Matrix) -> str:
    """Return the picture in words."""
    said = []
    if matrix.has_grid:
        size = f"{counted(len(matrix.rows), 'row')} and {counted(len(matrix.columns), 'column')}"
        said.append(f"A grid of {size}: {_tally(matrix, matrix.total)}.")
    if matrix.stages:
        below = "Below it a bar" if matrix.has_grid else "A bar"
        said.append(f"{below} for each of these columns.")
    said += [
        f"{matrix.columns[at].heading}: {_tally(matrix, count)}." for at, count in matrix.stages
    ]
    return " ".join(said)


# --- How it is drawn ----------------------------------------------------------------------------


def _patterns(parent: Element, name: str) -> None:
    """Define what the bars are filled with, each told from the others without colour."""
    drawn = {
        Answer.NOT_SHOWN: "M2 3h2M6 7h2",
        Answer.SILENT: "M0 2h8M0 6h8",
        Answer.UNKNOWN: "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    }
    for kind, path in drawn.items():
        one = SubElement(
            parent,
            "pattern",
            {
                "id": _pattern(name, kind),
                "width": "8",
                "height": "8",
                "patternUnits": "userSpaceOnUse",
            },
        )
        draw_rect(one, (0, 0), (8, 8), fill="#ffffff")
        draw_path(one, path, _COLOURS[kind], 2 if kind is Answer.NOT_SHOWN else 1)


def _pattern(name: str, kind: Answer) -> str:
    return f"{name}-{kind}"


def _heads(sheet: Sheet, matrix: _Matrix) -> None:
    """Draw the dimensions over their classes, and the classes over their columns."""
    lefts = _lefts(matrix)
    groups, place = [], 0
    for group, number in matrix.groups:
        room = lefts[place + number] - lefts[place] - 12
        lines = wrapped(group, room, 13, 3, bold=True)
        groups.append((group, lefts[place] + room // 2 + 6, room, lines))
        place += number
    most = max(len(lines) for *_, lines in groups)
    for group, middle, room, lines in groups:
        if not group:
            continue
        block = titled(sheet.root, group, "group")
        for number, line in enumerate(lines, most - len(lines) + 1):
            draw_text(block, (middle, sheet.y + 16 * number), line, 13, bold=True).set(
                "text-anchor", "middle"
            )
        level = sheet.y + 16 * most + 7
        draw_path(block, f"M{middle - room // 2} {level}h{room}", INK, 1)
    sheet.y += 16 * most + 12
    heads = [wrapped(one.name, one.width - 6, 12, 4) for one in matrix.columns]
    most = max(map(len, heads))
    for one, left, lines in zip(matrix.columns, lefts, heads, strict=False):
        block = titled(sheet.root, one.heading, "head")
        for number, line in enumerate(lines, most - len(lines) + 1):
            at = (left + one.width // 2, sheet.y + 15 * number)
            draw_text(block, at, line).set("text-anchor", "middle")
    sheet.y += 15 * most + 8


def _lefts(matrix: _Matrix) -> list[int]:
    """Return where each column begins, and where the last one ends."""
    return list(accumulate((one.width for one in matrix.columns), initial=MARGIN + _NAMES))


def _grid(sheet: Sheet, matrix: _Matrix) -> None:
    """Draw a row for each name, and a mark for each of its answers."""
    lefts = _lefts(matrix)
    top, right = sheet.y, lefts[-1]
    for number, (name, marks) in enumerate(matrix.rows):
        lines = wrapped(name, _NAMES - 12, 12, 3)
        height = 9 + 15 * max(len(lines), 1)
        middle = sheet.y + height // 2
        if number % 2 == 0:
            corner = (MARGIN, sheet.y)
            draw_rect(sheet.root, corner, (right - MARGIN, height), fill="#f2f4f7")
        block = titled(sheet.root, name, "row")
        for line, words in enumerate(lines):
            draw_text(block, (MARGIN + 4, sheet.y + 16 + 15 * line), words)
        for one, left, mark in zip(matrix.columns, lefts, marks, strict=False):
            said = f"{name}: {one.heading}: {matrix.labels[mark.kind]}"
            told = ". ".join([said, *(f"Note: {note}" for note in mark.notes)])
            at = (left + one.width // 2, middle)
            _draw(titled(sheet.root, told, _name("mark", mark.kind)), at, mark)
        sheet.y += height
    for place in accumulate((number for _, number in matrix.groups), initial=0):
        draw_path(sheet.root, f"M{lefts[place]} {top}V{sheet.y}", "#9aa3ad", 1)
    draw_path(sheet.root, f"M{MARGIN} {top}H{right}M{MARGIN} {sheet.y}H{right}", INK, 1)
    sheet.y += 12


def _name(what: str, kind: Answer) -> str:
    return f"{what} {what}-{kind}"


def _draw(group: Element, at: tuple[int, int], mark: _Mark) -> None:
    """Draw a mark with its middle at a place: each kind has a shape of its own."""
    x, y = at
    colour = _COLOURS[mark.kind]
    corner, size = (x - _HALF, y - _HALF), (2 * _HALF, 2 * _HALF)
    if mark.kind is Answer.YES:
        draw_rect(group, corner, size, fill=colour, stroke=colour)
        draw_path(group, f"M{x - 5} {y}l4 4l6 -8", "#ffffff", 2)
    elif mark.kind is Answer.NO:
        draw_rect(group, corner, size, fill="#ffffff", stroke=colour)
        draw_path(group, f"M{x - 4} {y}h8", colour, 2)
    elif mark.kind is Answer.NOT_SHOWN:
        look = {"stroke_dasharray": "2 2", "stroke_width": "2"}
        draw_rect(group, corner, size, fill="#ffffff", stroke=colour, **look)
    else:
        sign = "?" if mark.kind is Answer.UNKNOWN else "\N{EN DASH}"
        one = draw_text(group, (x, y + 5), sign, 15, bold=True)
        one.attrib |= {"text-anchor": "middle", "fill": colour}
    if mark.notes:
        draw_text(group, (x + _HALF + 3, y + 2), "*", 13, bold=True)


def _legend(sheet: Sheet, matrix: _Matrix) -> None:
    """Say what each mark means, in words."""
    x, y = MARGIN + 12, sheet.y + 10
    shown = [(_Mark(kind, ()), label) for kind, label in matrix.labels.items()]
    for mark, words in shown:
        group = SubElement(sheet.root, "g", {"class": _name("key", mark.kind)})
        _draw(group, (x, y), mark)
        draw_text(group, (x + 16, y + 4), words)
        x += 52 + measure(words, 12)
    if any(mark.notes for _, marks in matrix.rows for mark in marks):
        draw_text(sheet.root, (x, y + 4), "* bears a note, which stands under the table")
    sheet.y += 30


def _chart(sheet: Sheet, matrix: _Matrix) -> None:
    """Draw for each stage how many rows give which answer: as lengths, numbers and words."""
    if not matrix.stages:
        return
    sheet.y += 8
    dimension = matrix.columns[matrix.stages[0][0]].group
    what = f"{dimension}: " if dimension else ""
    sheet.lines(f"{what}answers of {counted(len(matrix.rows), 'row')}", 15, bold=True)
    sheet.y += 4
    for at, count in matrix.stages:
        one = matrix.columns[at]
        block = titled(sheet.root, f"{one.heading}: {_tally(matrix, count)}", "stage")
        for number, line in enumerate(wrapped(one.name, _NAMES - 12, 12, 2)):
            draw_text(block, (MARGIN + 4, sheet.y + 17 + 15 * number), line)
        _bar(block, sheet, matrix, count)
        draw_text(block, (MARGIN + _NAMES, sheet.y + 42), _tally(matrix, count), 11)
        sheet.y += 56


def _bar(block: Element, sheet: Sheet, matrix: _Matrix, count: Counter[Answer]) -> None:
    """Draw one bar in parts as long as their numbers."""
    room, whole = sheet.inner - _NAMES, count.total()
    ends = [room * end // whole for end in accumulate(count[kind] for kind in matrix.labels)]
    for kind, start, end in zip(matrix.labels, [0, *ends], ends, strict=False):
        if not count[kind]:
            continue
        left, middle = MARGIN + _NAMES + start, MARGIN + _NAMES + (start + end) // 2
        fill = {Answer.YES: _COLOURS[Answer.YES], Answer.NO: "#ffffff"}.get(
            kind, f"url(#{_pattern(sheet.name, kind)})"
        )
        group = titled(block, f"{count[kind]:,} {matrix.labels[kind]}", _name("part", kind))
        draw_rect(group, (left, sheet.y), (end - start, 28), fill=fill, stroke=INK)
        words = f"{count[kind]:,}"
        wide = measure(words, 13, bold=True)
        if wide + 2 > end - start:
            continue
        if kind not in {Answer.YES, Answer.NO}:
            draw_rect(group, (middle - wide // 2 - 1, sheet.y + 5), (wide + 2, 18), fill="#ffffff")
        one = draw_text(group, (middle, sheet.y + 19), words, 13, bold=True)
        one.attrib |= {"text-anchor": "middle", "fill": "#ffffff" if kind is Answer.YES else INK}
