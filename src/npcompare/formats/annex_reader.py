"""Annexes that `export` wrote, as Word or JSON files: read back to their recipes and cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import Cell, Column, FiledAnnex, Run, Table
from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Row as WordRow
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run as WordRun

_NOT_EXPORTED = "it was not written by `npcompare export`"


def read_json(content: bytes) -> FiledAnnex:
    """Return the annex in a JSON file.

    Raises NpcompareError if `export` did not write the file.
    """
    try:
        data = json.loads(content)
        return FiledAnnex(dict(data["recipe"]), tuple(map(_table_from_json, data["tables"])))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NpcompareError(_NOT_EXPORTED) from error


def _table_from_json(table: dict[str, Any]) -> Table:
    columns = tuple(
        Column(str(column["key"]), str(column["heading"])) for column in table["columns"]
    )
    rows = (_row_from_json(row, len(columns)) for row in table["rows"])
    return Table(
        str(table["title"]),
        columns,
        tuple(row for row in rows if row),
        notes=tuple((str(note["letter"]), str(note["text"])) for note in table["notes"]),
    )


def _row_from_json(row: list[dict[str, Any]], width: int) -> tuple[Cell, ...]:
    """Return the cells of a row; raise ValueError if there is not one for each column."""
    if len(row) != width:
        raise ValueError("a row does not have a cell for each column")
    return tuple(
        Cell((Run(str(cell["text"]), marks=tuple(map(str, cell["marks"]))),)) for cell in row
    )


def read_docx(content: bytes) -> FiledAnnex:
    """Return the annex in a Word file, with every tracked change in it accepted.

    Raises NpcompareError if `export` did not write the file.
    """
    from npcompare.formats.word_package import open_document, read_recipe

    word = open_document(content)
    try:
        recipe = read_recipe(word)
        tables = tuple(_read_tables(word))
    except Exception as error:  # python-docx raises errors of many kinds for an edited file
        raise NpcompareError(_NOT_EXPORTED) from error
    if recipe is None:
        raise NpcompareError("the file does not record how it was made", "only `export` does that")
    return FiledAnnex(recipe, tables)


def _read_tables(word: WordDocument) -> list[Table]:
    """Return each table with the title above it and the notes under it."""
    from docx.table import Table as WordTable

    from npcompare.formats.word_styles import CAPTION

    tables: list[Table] = []
    title = ""
    for block in word.iter_inner_content():
        if isinstance(block, WordTable):
            tables.append(_read_table(block, title))
            title = ""
        elif block.style is not None and block.style.name == CAPTION:
            title = _text(_read_runs(block)).partition(". ")[2]
        elif tables and (note := _read_note(block)):
            tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, note))
    return tables


def _read_table(grid: WordTable, title: str) -> Table:
    head, *rows = [row for row in map(_read_row, grid.rows) if row] or [()]
    columns = tuple(Column(str(number), cell.text) for number, cell in enumerate(head))
    return Table(title, columns, tuple(rows))


def _read_note(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return the letter and the text of a note, or None for a paragraph that is not a note."""
    runs = list(_read_runs(paragraph))
    if not runs or not runs[0].marks:
        return None
    return ", ".join(runs[0].marks), _text(runs).strip()


def _read_row(row: WordRow) -> tuple[Cell, ...]:
    """Return the cells of a row; a deleted row has none."""
    if row._tr.xpath("./w:trPr/w:del"):  # noqa: SLF001
        return ()
    cells = []
    for place in row.cells:
        runs: list[Run] = []
        for number, paragraph in enumerate(place.paragraphs):
            if number:
                runs.append(Run("\n"))
            runs += _read_runs(paragraph)
        cells.append(Cell(tuple(runs)))
    return tuple(cells)


def _read_runs(paragraph: Paragraph) -> Iterator[Run]:
    """Yield the runs of a paragraph without those that are deleted; raised text is note marks."""
    from docx.text.run import Run as WordRun

    for element in paragraph._p.xpath(".//w:r[not(ancestor::w:del)]"):  # noqa: SLF001
        run = WordRun(element, paragraph)
        if _is_mark(run):
            # Word may split “a, b” into several runs when it saves an edited file.
            marks = (mark.strip() for mark in run.text.split(","))
            yield Run("", marks=tuple(filter(None, marks)))
        else:
            yield Run(run.text)


def _is_mark(run: WordRun) -> bool:
    """Return whether a run is the mark of a note; until version 0.1 marks had no style."""
    from npcompare.formats.word_styles import MARK

    return run.style.name == MARK or bool(run.font.superscript)


def _text(runs: Iterator[Run] | list[Run]) -> str:
    return "".join(run.text for run in runs)
