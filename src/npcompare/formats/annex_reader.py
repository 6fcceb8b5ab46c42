"""Annexes as they were filed: Word and JSON files that `export` wrote, read back to their cells."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import Cell, Column, Filed, Run, Table
from npcompare.errors import NpcompareError
from npcompare.formats.word import RECIPE, is_mark, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_json(content: bytes) -> Filed:
    """Return the annex that JSON of `export` holds; raise NpcompareError for any other."""
    try:
        data = json.loads(content)
        tables = [
            Table(
                str(one["title"]),
                tuple(Column(str(each["key"]), str(each["heading"])) for each in one["columns"]),
                tuple(filter(None, (_json_row(one["columns"], row) for row in one["rows"]))),
                notes=tuple((str(note["letter"]), str(note["text"])) for note in one["notes"]),
            )
            for one in data["tables"]
        ]
        return Filed(dict(data["recipe"]), tuple(tables))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NpcompareError("it is not JSON that `export` wrote") from error


def _json_row(heads: list[Any], row: list[dict[str, Any]]) -> tuple[Cell, ...]:
    """Return the cells of a row; raise ValueError if they are not one for each head."""
    return tuple(
        Cell((Run(str(one["text"]), marks=tuple(map(str, one["marks"]))),))
        for _, one in zip(heads, row, strict=True)
    )


def read_docx(content: bytes) -> Filed:
    """Return the annex that a Word file of ours holds, with every revision in it accepted.

    Raises NpcompareError for a file that is none of ours.
    """
    word = parsed(content)
    blobs = [part.blob for part in word.part.package.iter_parts() if part.partname == RECIPE]
    found = re.search(
        rb'name="npcompare".*?<vt:lpwstr[^>]*>(.*?)</vt:lpwstr>', b"".join(blobs), re.DOTALL
    )
    if found is None:
        raise NpcompareError("the file does not say how it was made", "only `export` writes that")
    try:
        recipe = dict(json.loads(html.unescape(found[1].decode())))
        return Filed(recipe, tuple(_read_tables(word)))
    except Exception as error:
        raise NpcompareError("it is not a Word file that `export` wrote") from error


def _read_tables(word: Any) -> list[Table]:
    """Return each grid with the title above it and the notes under it."""
    from docx.table import Table as Grid

    tables: list[Table] = []
    title = ""
    for part in word.iter_inner_content():
        if isinstance(part, Grid):
            head, *body = [row for row in map(_read_row, part.rows) if row] or [()]
            heads = tuple(Column(str(at), one.text) for at, one in enumerate(head))
            tables.append(Table(title, heads, tuple(body)))
            title = ""
            continue
        runs = list(_read_runs(part))
        if part.style is not None and part.style.name == "Caption":
            title = "".join(run.text for run in runs).partition(". ")[2]
        elif tables and runs and runs[0].marks:
            note = (", ".join(runs[0].marks), "".join(run.text for run in runs).strip())
            tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, note))
    return tables


def _read_row(row: Any) -> tuple[Cell, ...]:
    """Return the cells of a row, and nothing of one that is deleted."""
    if row._tr.xpath("./w:trPr/w:del"):  # noqa: SLF001
        return ()
    cells = []
    for place in row.cells:
        runs: list[Run] = []
        for number, paragraph in enumerate(place.paragraphs):
            runs += [Run("\n")] if number else []
            runs += _read_runs(paragraph)
        cells.append(Cell(tuple(runs)))
    return tuple(cells)


def _read_runs(paragraph: Any) -> Iterator[Run]:
    """Yield the runs of a paragraph, what is raised as marks; what is deleted is left out."""
    from docx.text.run import Run as Held

    for element in paragraph._p.xpath(".//w:r[not(ancestor::w:del)]"):  # noqa: SLF001
        text = Held(element, paragraph).text
        if is_mark(element):
            yield Run("", marks=tuple(text.split(", ")))
        else:
            yield Run(text)
