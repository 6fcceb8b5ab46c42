"""Annexes that `export` wrote, as Word or JSON files: read back to their recipes and cells."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from npcompare.document import Cell, Column, FiledAnnex, Run, Table, row_anchor
from npcompare.errors import NpcompareError
from npcompare.messages import deferred, enumerated, in_quotation_marks, message
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument

    from npcompare.formats.word_anchors import PartName
    from npcompare.formats.word_grid import GridRow

#: What was done to the tables of a file by hand.
_DIVIDED = deferred("Table {number} was divided; its parts are read as one table.")
_LEFT_OUT = deferred("A table that is not part of the annex is left out: “{words}”.")
_NO_HEADINGS = deferred(
    "Table {number}: the row of headings is missing from the file; its columns are read by their "
    "places."
)
_MERGED = deferred("Cells were merged in table {number}, in these rows: {rows}.")

_NOT_EXPORTED = "it was not written by `npcompare export`"

#: Headings of version 0.1, and what they are now.
_MOVED_HEADINGS = {
    "Deleted words are shown as [-…-], inserted words as {+…+}": (
        "Text, with deleted and inserted words marked"
    ),
}

#: The first words of a caption with its number, in any language: "Table 2. ".
_CAPTION_NUMBER = re.compile(r"\A(?:\D*\d+[\s.:\u3002\uff0e\uff1a]*|.*)", re.DOTALL)

#: The most characters of a row in a sentence that names it.
_LONGEST_NAME = 40


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
        Column(str(column["key"]), _current(str(column["heading"]))) for column in table["columns"]
    )
    rows = (_row_from_json(row, len(columns)) for row in table["rows"])
    return Table(
        str(table["title"]),
        columns,
        tuple(row for row in rows if row),
        notes=tuple((str(note["letter"]), str(note["text"])) for note in table["notes"]),
        row_keys=_anchors(table),
        group_rows=tuple(map(int, table.get("group_rows", ()))),
        remarks=tuple(map(str, table.get("remarks", ()))),
        headnote=str(table.get("headnote", "")),
    )


def _current(heading: str) -> str:
    return _MOVED_HEADINGS.get(heading, heading)


def _anchors(table: dict[str, Any]) -> tuple[str, ...]:
    """Return the anchors of the rows of a table; raise ValueError if some rows have none."""
    keys = [str(key) for key in table.get("row_keys", [])]
    if keys and len(keys) != len(table["rows"]):
        raise ValueError("a row does not have a key")
    return tuple(map(row_anchor, keys))


def _row_from_json(row: list[dict[str, Any]], width: int) -> tuple[Cell, ...]:
    """Return the cells of a row; raise ValueError if there is not one for each column."""
    if len(row) != width:
        raise ValueError("a row does not have a cell for each column")
    return tuple(
        Cell((Run(str(cell["text"]), marks=tuple(map(str, cell["marks"]))),)) for cell in row
    )


def read_docx(content: bytes) -> FiledAnnex:
    """Return the annex in a Word file, with every tracked change in it accepted.

    Raises NpcompareError if the file is damaged, or if `export` did not write it.
    """
    from npcompare.formats.word_package import open_document, read_recipe

    word = open_document(content)
    try:
        recipe = read_recipe(word)
        tables, edits = _read_tables(word)
    except Exception as error:  # python-docx raises errors of many kinds for an edited file
        raise NpcompareError(_NOT_EXPORTED) from error
    if recipe is None:
        raise NpcompareError("the file does not record how it was made", "only `export` does that")
    return FiledAnnex(recipe, tuple(tables), tuple(edits), content)


def _read_tables(word: WordDocument) -> tuple[list[Table], list[str]]:
    """Return each table with the title above it and the notes under it, and how it was changed."""
    from npcompare.formats.word_anchors import part_names
    from npcompare.formats.word_grid import RunStyles, read_rows, read_runs, shown_blocks
    from npcompare.formats.word_styles import CAPTION, DELETED, INSERTED, MARK

    styles = {style.name: style.style_id for style in word.styles}
    run_styles = RunStyles(*(styles.get(name, name) for name in (MARK, INSERTED, DELETED)))
    tables = _TableParts()
    title = ""
    for block in shown_blocks(word.element.body):
        if block.tag.endswith("}tbl"):
            title = "" if tables.add(title, read_rows(block, run_styles)) else title
        elif block.style == styles.get(CAPTION):
            title = _CAPTION_NUMBER.sub("", _text(read_runs(block, run_styles)))
        elif note := _note(list(read_runs(block, run_styles))):
            tables.add_note(note)
        else:
            for name in part_names(block):
                tables.add_text(name, _text(read_runs(block, run_styles)))
    return tables.joined()


def _note(runs: list[Run]) -> tuple[str, str] | None:
    """Return the letter and the text of a note, or None for a paragraph that is not a note."""
    if not runs or not runs[0].marks:
        return None
    return ", ".join(runs[0].marks), _text(runs).strip()


def _text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


class _Part(Struct):
    """A table of a Word file: its number if npcompare named its rows, its title and its rows."""

    number: int
    title: str
    rows: list[GridRow]
    notes: list[tuple[str, str]] = field(default_factory=list)


class _TableParts:
    """Collects the tables of an annex, and puts the parts of one that was divided together."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._edits: list[str] = []
        #: The words of further paragraphs, by the number of their table and their kind.
        self._texts: defaultdict[tuple[int, str], list[str]] = defaultdict(list)

    def add(self, title: str, rows: list[GridRow]) -> bool:
        """Add a table; return whether the title above it is its own."""
        from npcompare.formats.word_forms import without_head

        if not rows:
            return False
        numbers = Counter(number for row in rows for number, _ in row.names)
        number = numbers.most_common(1)[0][0] if numbers else 0
        for part in self._parts if number else ():
            if part.number == number:
                self._edits.append(message(_DIVIDED, number=number))
                part.rows += without_head(rows, part.rows)
                return True
        self._parts.append(_Part(number, title, rows))
        return bool(number) or len(rows) > 1

    def add_note(self, note: tuple[str, str]) -> None:
        """Add a note to the last table."""
        if self._parts:
            self._parts[-1].notes.append(note)

    def add_text(self, name: PartName, text: str) -> None:
        """Add the words of a paragraph above or below a table, unless they are deleted."""
        if text:
            self._texts[name.table, name.kind].append(text)

    def joined(self) -> tuple[list[Table], list[str]]:
        """Return the tables that npcompare wrote, or all if none is named, and how they changed."""
        is_named = any(part.number for part in self._parts)
        tables: list[Table] = []
        for part in self._parts:
            if part.number or not is_named:
                tables.append(self._table(part, len(tables) + 1))
                continue
            words = next((fold(text) for row in part.rows for text in row.texts if fold(text)), "")
            self._edits.append(message(_LEFT_OUT, words=words))
            if tables:
                tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, *part.notes))
        return tables, self._edits

    def _table(self, part: _Part, number: int) -> Table:
        from npcompare.formats.word_anchors import LEGEND
        from npcompare.formats.word_earlier import HEADNOTE, REMARK
        from npcompare.formats.word_forms import lacks_head, unfolded

        legend, headnote, remarks = (
            self._texts[part.number, kind] for kind in (LEGEND, HEADNOTE, REMARK)
        )
        if lacks_head(part.rows):
            self._edits.append(message(_NO_HEADINGS, number=number))
            headings, rows = [""] * max(len(row.cells) for row in part.rows), part.rows
        else:
            headings, rows = unfolded(part.rows, "".join(legend))
        merged = [
            fold(" ".join(row.texts))[:_LONGEST_NAME]
            for row in rows
            if row.is_merged and not row.is_group
        ]
        if merged:
            names = enumerated([*map(in_quotation_marks, merged)], is_strong=True)
            self._edits.append(message(_MERGED, number=number, rows=names))
        columns = tuple(Column(str(place), _current(text)) for place, text in enumerate(headings))
        anchors = [
            next((anchor for table, anchor in row.names if table == part.number), "")
            for row in rows
        ]
        return Table(
            part.title,
            columns,
            tuple(row.cells for row in rows),
            notes=tuple(part.notes),
            row_keys=tuple(anchors) if part.number else (),
            group_rows=tuple(place for place, row in enumerate(rows) if row.is_group),
            remarks=tuple(remarks),
            headnote="".join(headnote),
        )
