"""Turn bytes into documents of tables, so that a fuzzer can generate them; any bytes will do.

Four separator characters of ASCII divide tables, rows, cells and runs. The first character of a run
selects its tone, marks and language. The first row of a table has its title, its remark and its
notes; the second has its headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.charts import (
    AnswerOverview,
    BarStep,
    Box,
    CellAnswer,
    Certainty,
    Diagram,
    Dot,
    DotPlot,
    HeatMap,
    NameList,
    Profile,
    ProfileMark,
    ProfileRow,
    Sign,
    SignKey,
    StepBars,
)
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE, ROW, CELL, RUN = "\x1c\x1d\x1e\x1f"

_TONES = tuple(Tone)
_LANGUAGES = ("", "en", "ar", "fr-BE", "x")
#: The answers that a grid has; the others are those of an overview.
_ANSWERS = (
    *(CellAnswer.YES, CellAnswer.NO, CellAnswer.NOT_SHOWN),
    *(CellAnswer.SILENT, CellAnswer.UNKNOWN),
)
_LEGEND = tuple(
    Sign(answer, sign, str(answer), f"{answer}: in other words")
    for answer, sign in zip(_ANSWERS, ("✓", "–", "", "(–)", "?"), strict=True)
)
#: Control characters that Python treats as spaces. Runs do not begin or end with them, because a
#: test of them there would be a test of Python.
_SPACES = r"[\x0b\x0c\r\x85\u2028\u2029]"
_OUTER_SPACES = re.compile(rf"^\s*{_SPACES}\s*|\s*{_SPACES}\s*$")
#: Larger tables take longer and test nothing new.
_MAX_TABLES, _MAX_COLUMNS, _MAX_ROWS = 3, 8, 12


def document(raw: bytes) -> Document:
    """Return the document that bytes encode."""
    text = raw.decode("utf-8", "surrogateescape")
    head, *tables = text.split(TABLE)
    title, number, provenance = (*head.split(CELL), "", "", "")[:3]
    parsed = tuple(map(_table, tables[:_MAX_TABLES])) or (_table(head),)
    records = [{"name": title, "text": provenance}]
    data = {"words": [title, number]}
    return Document(title, parsed, data, parsed[0], provenance, number, linked_data=records)


def matrix(raw: bytes) -> Document:
    """Return the same document with an answer in each cell but the first of a row."""
    sample = document(raw)
    (table, *_) = sample.tables
    first = Column("provision", "Provision")
    heads = table.columns if len(table.columns) > 1 else (first, *table.columns)
    answers = tuple(
        Column(f"answer-{at}", head.heading, Role.ANSWER, head.heading[:3], head.heading[3:])
        for at, head in enumerate(heads[1:])
    )
    rows = tuple(
        (row[0], *(_answer(row, at) for at in range(1, len(heads))))
        for row in table.rows or ((Cell(),),)
    )
    counts = (Cell((Run(table.title),)), *[Cell((Run("1"),))] * len(answers))
    result = Table(
        table.title,
        (heads[0], *answers),
        (*rows, counts),
        table.remarks,
        table.notes,
        figure=AnswerOverview(_LEGEND),
    )
    return sample.replace(tables=(result,), flat=result)


def diagram(raw: bytes) -> Document:
    """Return the same document with a diagram: a box for each cell, its runs as names."""
    sample = document(raw)
    table, *list_tables = sample.tables
    boxes = tuple(
        Box(tuple(run.text for run in cell.runs), row, table.title if row % 2 else "")
        for row, cells in enumerate(table.rows, 1)
        for cell in cells
        if cell.runs
    )
    lines = tuple(
        (high, low)
        for low, box in enumerate(boxes)
        for high, upper in enumerate(boxes[:low])
        # The first letter of a name decides which boxes above it have a line to it.
        if upper.row < box.row and ord(box.names[0][:1] or "a") >> high % 5 & 1
    )
    lists = tuple(
        NameList(names.title, tuple(cell.text for row in names.rows for cell in row), unknown)
        for names, unknown in zip(list_tables, (False, True), strict=False)
    )
    words = tuple(boxes[low].names[0] for _, low in lines) if len(table.title) % 2 else ()
    figure = Diagram(boxes, lines, table.title, lists, words, table.title)
    result = replace(table, figure=figure)
    return sample.replace(tables=(result,), flat=result)


def charts(raw: bytes) -> Iterator[Document]:
    """Yield the same document once with each figure that is drawn row by row."""
    sample = matrix(raw)
    (table,) = sample.tables
    for chart in (_step_bars(table), _heat_map(table), _dot_plot(table), _profile(table)):
        result = replace(table, figure=chart)
        yield sample.replace(tables=(result,), flat=result)


def _dot_plot(table: Table) -> DotPlot:
    """Return rows of dots: a dot for each cell, as certain as the length of its text says."""
    certainties = (*Certainty, None)
    return DotPlot(
        tuple(row[0].text for row in table.rows),
        tuple(row[0].text[:2] for row in table.rows),
        tuple(
            tuple(Dot(cell.text, certainties[len(cell.text) % len(certainties)]) for cell in row)
            for row in table.rows
        ),
        tuple((certainty, table.title) for certainty in certainties),
    )


def _heat_map(table: Table) -> HeatMap:
    """Return a heat map: the length of the text of a cell decides its shade."""
    return HeatMap(
        tuple(SignKey(table.title[:2], shade, table.title, is_hatched=True) for shade in range(5)),
        tuple(tuple(len(cell.text) % 5 for cell in row[1:]) for row in table.rows),
        tuple(column.key for column in table.columns[::2]),
    )


def _profile(table: Table) -> Profile:
    """Return a profile of at most four names: the length of a text decides where each stands."""
    names = tuple(column.heading for column in table.columns[:4])
    rows = tuple(
        ProfileRow(
            row[0].text[:2],
            names[:3],
            tuple(
                ProfileMark((None, *range(len(names[:3])))[len(cell.text) % 4 % 3], cell.text)
                for cell in row[: len(names)]
            ),
            tuple((0, at, row[0].text[:1]) for at in range(1, len(names))),
            (row[-1].text,),
        )
        for row in table.rows
    )
    return Profile(names, table.title, table.title, ((table.title[:1], table.title),), rows)


def _step_bars(table: Table) -> StepBars:
    """Return bars: the answer of a cell decides whether a step is reached, and how certainly."""
    certainties = tuple(Certainty)
    rows = tuple(
        tuple(
            BarStep(
                cell.answer or CellAnswer.UNKNOWN,
                certainties[len(cell.text) % len(certainties)]
                if cell.answer is CellAnswer.YES
                else None,
                cell.text,
            )
            for cell in row[1:]
        )
        for row in table.rows
    )
    return StepBars(
        rows,
        tuple(row[0].text[:2] for row in table.rows),
        table.title,
        tuple(range(len(table.columns) - 1)),
        tuple((sign.answer, sign.meaning) for sign in _LEGEND),
        tuple((certainty, table.title) for certainty in certainties),
    )


def _answer(row: tuple[Cell, ...], at: int) -> Cell:
    text = row[at % len(row)].text
    answer = _ANSWERS[ord(text[0]) % len(_ANSWERS)] if text else CellAnswer.UNKNOWN
    marks = tuple(mark for run in row[0].runs for mark in run.marks)
    return Cell((Run(text, marks=marks),), answer)


def _table(text: str) -> Table:
    lines = text.split(ROW)
    title, remark, *notes = (*lines[0].split(CELL), "")
    heads = (lines[1] if len(lines) > 1 else title).split(CELL)[:_MAX_COLUMNS]
    # The first column is one by which a reader can filter the rows of a page.
    columns = tuple(
        Column(f"c{at}", head, Role.TEXT if at else Role.FILTER) for at, head in enumerate(heads)
    )
    rows = tuple(_row(line, len(heads)) for line in lines[2 : 2 + _MAX_ROWS])
    return Table(
        title,
        columns,
        rows,
        (remark,) if remark else (),
        tuple(zip("abcdef", (note for note in notes if note), strict=False)),
        headnote=remark if len(title) % 3 == 1 else "",
    )


def _row(line: str, length: int) -> tuple[Cell, ...]:
    cells = [
        Cell(tuple(_run(run) for run in cell.split(RUN) if run), values=tuple(cell.split(RUN)))
        for cell in line.split(CELL)
    ]
    return tuple((*cells, *[Cell()] * length)[:length])


def _run(text: str) -> Run:
    look = ord(text[0])
    marks = ((), ("a",), ("a", "b"))[look // len(_TONES) % 3]
    language = _LANGUAGES[look % len(_LANGUAGES)]
    return Run(_OUTER_SPACES.sub("", text[1:]), _TONES[look % len(_TONES)], marks, language)
