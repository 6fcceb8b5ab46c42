"""Annexes in Excel with columns of the drafter's own: read back to their recipes and cells."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import (
    KEY_HEADING,
    RECIPE_SHEET,
    REMARK_KEY,
    Cell,
    Column,
    FiledAnnex,
    Run,
    Table,
    in_order,
    row_anchor,
)
from npcompare.errors import NpcompareError
from npcompare.messages import enumerated, message
from npcompare.readers.xlsx_reader import read_xlsx
from npcompare.reports.annex_recipe import catalogue_of_annex
from npcompare.text import LEFT_TO_RIGHT_MARK, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.readers.sheet_cells import Sheet


#: Several letters of notes, after the heading that they belong to.
_LETTERS = re.compile(r"(?<=[: \uff1a])[a-z]{1,2}(?:, [a-z]{1,2})+(?=[;\u061b\uff1b]|\Z)")


def read_workbook(content: bytes, path: str) -> FiledAnnex:
    """Return the annex in a workbook.

    Raises NpcompareError if it is damaged, or has no columns of the drafter's own: only then does
    `export` record how a workbook was made.
    """
    sheets = read_xlsx(content, path).sheets
    recipe = _recipe(sheets)
    if recipe is None:
        raise NpcompareError(
            f"the annex {path} cannot be read: the workbook does not record how it was made",
            'only `export --column "Remarks"` writes a workbook that can be read back',
        )
    heading = catalogue_of_annex(recipe).text("Notes")
    notes = list(_notes(sheets, heading))
    tables, edits = [], []
    for sheet in sheets:
        table = _table(sheet, notes)
        tables += [_with_letters_in_order(table, heading)] if table else []
        if table and (merged := _merged_in_table(sheet)):
            edits.append(
                message(
                    "Cells were merged in the sheet {sheet}: {areas}.",
                    sheet=sheet.name,
                    areas=enumerated(merged),
                )
            )
    return FiledAnnex(recipe, tuple(tables), tuple(edits))


def words_in_notes(filed: FiledAnnex) -> Iterator[tuple[str, str]]:
    """Yield each row with words that were typed into the column of letters, and its text there."""
    heading = catalogue_of_annex(filed.recipe).text("Notes")
    for table in filed.tables:
        headings = sorted((column.heading for column in table.columns), key=len, reverse=True)
        letters = {letter for letter, _ in table.notes}
        for place, column in enumerate(table.columns):
            for row in table.rows if column.heading == heading else ():
                rest = row[place].text
                for written in filter(None, headings):
                    rest = rest.replace(written, "")
                if set(re.findall(r"\w+", rest)) - letters:
                    yield fold(row[0].text), fold(row[place].text)


def _recipe(sheets: Iterable[Sheet]) -> dict[str, Any] | None:
    """Return the recipe in the hidden sheet; None without one or if it is damaged."""
    for sheet in sheets:
        if sheet.name == RECIPE_SHEET:
            cells = (sheet.rows[row].get(1) for row in sorted(sheet.rows))
            try:
                recipe = json.loads("".join(cell.text for cell in cells if cell))
            except (ValueError, RecursionError):
                return None
            return recipe if isinstance(recipe, dict) else None
    return None


def _notes(sheets: Iterable[Sheet], name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the letter, the text and the title of the table of each note in the sheet of a name."""
    for sheet in sheets:
        if sheet.name == name:
            for row in sorted(sheet.rows)[1:]:
                letter, text, _, title = _texts(sheet, row, range(1, 5))
                yield letter, text, title


def _merged_in_table(sheet: Sheet) -> list[str]:
    """Return the merged ranges of a table other than its headnote and its remarks."""
    top = _row_of_headings(sheet) or 0
    rows = {area: int(re.sub(r"[^0-9]", "", area.rpartition(":")[2])) for area in sheet.merged}
    return [area for area, row in rows.items() if row >= top and not _is_remark(sheet, row)]


def _is_remark(sheet: Sheet, row: int) -> bool:
    """Return whether a row has a remark below the table."""
    return any(cell.text == REMARK_KEY for cell in sheet.rows.get(row, {}).values())


def _row_of_headings(sheet: Sheet) -> int | None:
    """Return the number of the row with the heading of the hidden keys, or None without one."""
    for row in sorted(sheet.rows)[:5]:
        texts = {cell.text for cell in sheet.rows[row].values()} - {REMARK_KEY}
        if any(text.startswith(KEY_HEADING) for text in texts):
            return row
    return None


def _table(sheet: Sheet, notes: Iterable[tuple[str, str, str]]) -> Table | None:
    """Return the table in a sheet, or None if none of its rows has a hidden key."""
    top = _row_of_headings(sheet)
    if top is None:
        return _without_headings(sheet)
    heads = {place: cell.text for place, cell in sheet.rows[top].items()}
    keys = [place for place, text in heads.items() if text.startswith(KEY_HEADING)]
    places = [place for place in range(1, max(heads) + 1) if place != keys[0]]
    title = heads[keys[0]].removeprefix(KEY_HEADING)
    columns = tuple(Column(str(place), heads.get(place, "")) for place in places)
    numbers = [row for row in sorted(sheet.rows) if row > top and not _is_remark(sheet, row)]
    return Table(
        title,
        columns,
        tuple(tuple(_cell(text) for text in _texts(sheet, row, places)) for row in numbers),
        notes=tuple((letter, text) for letter, text, of_table in notes if of_table == title),
        row_keys=tuple(row_anchor(_texts(sheet, row, keys)[0]) for row in numbers),
    )


def _without_headings(sheet: Sheet) -> Table | None:
    """Return the table in a sheet whose row of headings was deleted, or None if there is none.

    The remarks below it have a hidden key, too, in the same column as the rows.
    """
    keys = [
        place
        for cells in sheet.rows.values()
        for place, cell in cells.items()
        if cell.text == REMARK_KEY
    ]
    if not keys:
        return None
    places = range(1, keys[0])
    numbers = [
        row
        for row in sorted(sheet.rows)
        if keys[0] in sheet.rows[row] and not _is_remark(sheet, row)
    ]
    return Table(
        "",
        tuple(Column(str(place), "") for place in places),
        tuple(tuple(map(_cell, _texts(sheet, row, places))) for row in numbers),
        row_keys=tuple(row_anchor(_texts(sheet, row, keys)[0]) for row in numbers),
    )


def _with_letters_in_order(table: Table, heading: str) -> Table:
    """Return a table whose column of letters has them in order, unlike some earlier files."""
    places = [place for place, column in enumerate(table.columns) if column.heading == heading]
    rows = (
        tuple(
            _cell(_LETTERS.sub(_in_order, content.text)) if place in places else content
            for place, content in enumerate(row)
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _in_order(letters: re.Match[str]) -> str:
    return ", ".join(in_order(letters[0].split(", ")))


def _texts(sheet: Sheet, row: int, places: Iterable[int]) -> list[str]:
    cells = sheet.rows[row]
    # Invisible marks keep signs beside words from left to right in Arabic.
    texts = (cells[place].text if place in cells else "" for place in places)
    return [text.replace(LEFT_TO_RIGHT_MARK, "") for text in texts]


def _cell(text: str) -> Cell:
    return Cell((Run(text),) if text else ())
