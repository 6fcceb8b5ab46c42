"""Columns of the drafter's own: empty when they are made, and kept with her words afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from npcompare.document import Cell, Column, Role, cell
from npcompare.errors import NpcompareError
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.messages import deferred, message
from npcompare.reports.annex_matching import (
    anchored,
    current_heading,
    matched,
    matching_rows,
)
from npcompare.reports.annex_recipe import catalogue_of_annex, printed_columns
from npcompare.reports.long_texts import is_table_of_texts
from npcompare.text import fold, is_control, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.document import Document, FiledAnnex, Table
    from npcompare.reports.annex_matching import TablePair

#: The most characters of a heading.
_LONGEST_HEADING = 100

#: The key of a column of one's own in JSON, before its number.
_KEY = "own-"


class _Words(NamedTuple):
    """Words that have no place in the table that they were in."""

    heading: str
    #: The anchor of the row, empty if it has none, and its name.
    anchor: str
    row: str
    text: str


#: The place of a cell: its table, row and column, counted from 0.
_Place = tuple[int, int, int]


def checked_headings(names: Iterable[str]) -> tuple[str, ...]:
    """Return the headings of columns of one's own, with simple spaces.

    Raises NpcompareError for one that is empty, too long or repeated, or has control characters.
    """
    headings: dict[str, str] = {}
    for name in names:
        heading = fold(name)
        if any(map(is_control, name)):
            raise NpcompareError(f'"{visible(name)}" cannot be a heading', "use plain text")
        if not heading or len(heading) > _LONGEST_HEADING:
            raise NpcompareError(
                "a column of your own needs a heading of 1 to 100 characters",
                'for example --column "Remarks"',
            )
        if heading.casefold() in headings:
            raise NpcompareError(f'the column "{heading}" is named twice', "name it once")
        headings[heading.casefold()] = heading
    return tuple(headings.values())


def with_own_columns(
    document: Document,
    headings: Sequence[str],
    flat_key: Sequence[str],
    filed: FiledAnnex | None = None,
) -> Document:
    """Return a document whose tables end with columns that have these headings.

    Args:
        document: The document; the rows of its tables have keys.
        headings: The headings of the columns.
        flat_key: The columns of the flat table that make up the key of a row.
        filed: An earlier annex, whose words in these columns are kept; otherwise they are empty.
    """
    if not headings:
        return document
    _refuse_taken(document, headings)
    tables = [_widened(table, headings) for table in document.tables]
    placed = _placed(_Matching.of(tables, filed), filed)[0] if filed else {}
    words: dict[tuple[str, str], list[str]] = {}
    for (number, row, column), text in placed.items():
        keys = tables[number].row_keys
        key = tables[number].columns[column].heading, keys[row] if keys else ""
        texts = words.setdefault(key, [])
        texts += [text] if text not in texts else []
    return document.replace(
        tables=tuple(_filled(table, number, placed) for number, table in enumerate(tables)),
        flat=lambda: _flat(document.flat, headings, flat_key, words),
    )


def lost_words(document: Document, filed: FiledAnnex) -> Iterator[str]:
    """Yield a sentence for each row of an earlier annex whose words are not in a document."""
    headings = {column.heading for table in document.tables for column in table.columns}
    matching = _Matching.of(document.tables, filed)
    for words in (*_placed(matching, filed)[1], *_below_changed_headings(matching, filed)):
        is_column = words.heading not in headings
        yield message(
            _NO_COLUMN if is_column else _NO_ROW,
            row=words.row,
            heading=words.heading,
            text=words.text.replace("\n", " / "),
        )


def _below_changed_headings(matching: _Matching, filed: FiledAnnex) -> Iterator[_Words]:
    """Yield the words below headings that were changed by hand and are not in a document."""
    headings = [heading for pair in matching.pairs for heading in pair.headings]
    dropped = {heading.old for heading in headings if not heading.new}
    dropped -= {current_heading(heading) for heading in own_headings(filed)}
    for table in filed.tables:
        for at, heading in _typed_columns(table, filed):
            for row in table.rows if heading in dropped else ():
                if at < len(row) and (text := _typed(row[at])):
                    yield _Words(heading, "", fold(row[0].text), text)


_NO_COLUMN = deferred("the column is no longer in the annex: “{row}”, {heading}: “{text}”")
_NO_ROW = deferred("the row is no longer in the annex: “{row}”, {heading}: “{text}”")


def own_headings(filed: FiledAnnex) -> tuple[str, ...]:
    """Return the headings of the columns of one's own that an earlier annex was made with."""
    headings = list(map(fold, _recorded(filed.recipe)))
    in_file = {
        current_heading(column.heading) for table in filed.tables for column in table.columns
    }
    return tuple(heading for heading in headings if current_heading(heading) in in_file)


def with_recorded_headings(filed: FiledAnnex) -> FiledAnnex:
    """Return an annex in which columns of one's own have headings where their row was deleted."""
    recorded = _recorded(filed.recipe)
    first_own = len(printed_columns(filed.recipe))
    if not recorded or not any(map(_lacks_headings, filed.tables)):
        return filed
    headings = [*[""] * first_own, *recorded]
    tables = (
        replace(table, columns=tuple(map(_headed, table.columns, headings)))
        if _lacks_headings(table) and len(table.columns) == len(headings)
        else table
        for table in filed.tables
    )
    return replace(filed, tables=tuple(tables))


def _headed(column: Column, heading: str) -> Column:
    return replace(column, heading=heading)


def _lacks_headings(table: Table) -> bool:
    return not any(column.heading for column in table.columns)


def hidden_columns(filed: FiledAnnex) -> tuple[str, ...]:
    """Return the columns of one's own that cannot be found, as the headings were deleted."""
    recorded = _recorded(filed.recipe)
    if filed.tables and not any(map(_lacks_headings, filed.tables)):
        return ()
    return tuple(recorded)


def with_own_roles(table: Table, recipe: Mapping[str, Any]) -> Table:
    """Return a table whose last columns are one's own if its recipe has columns of these names."""
    recorded_headings = {current_heading(heading) for heading in _recorded(recipe)}
    columns = (
        replace(column, role=Role.OWN)
        if current_heading(column.heading) in recorded_headings
        else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _recorded(recipe: Mapping[str, Any]) -> list[str]:
    """Return the headings of the columns of one's own that a recipe records."""
    return [str(name) for name in sequence(mapping(recipe.get("wish")).get("own_columns"))]


def typed_words(filed: FiledAnnex) -> frozenset[tuple[str, str, str]]:
    """Return the words in columns of one's own, each with the heading and the row."""
    return frozenset(
        (heading, fold(row[0].text), text)
        for table in filed.tables
        for at, heading in _typed_columns(table, filed)
        for row in table.rows
        if at < len(row) and (text := _typed(row[at]))
    )


def _typed_columns(table: Table, filed: FiledAnnex) -> Iterator[tuple[int, str]]:
    """Yield the columns of one's own with their headings, which may have been changed.

    If no column was added or deleted, those that the recipe has are the last ones.
    """
    recorded = _recorded(filed.recipe)
    spellings = {current_heading(heading): heading for heading in own_headings(filed)}
    first_own = len(printed_columns(filed.recipe))
    # A workbook has a column of notes, too; a Word file, which has its bytes, has none.
    notes = None if filed.content else catalogue_of_annex(filed.recipe).text("Notes")
    width = sum(column.heading != notes for column in table.columns)
    is_whole = first_own > 0 and width == first_own + len(recorded)
    for at, column in enumerate(table.columns):
        heading = current_heading(column.heading)
        is_last = is_whole and at >= first_own and column.heading != notes
        if heading in spellings or is_last:
            yield at, spellings.get(heading, heading)


def _refuse_taken(document: Document, headings: Sequence[str]) -> None:
    """Raise NpcompareError if a heading is that of another column."""
    used_names = {
        name.casefold()
        for table in (*document.tables, document.flat)
        for column in table.columns
        for name in (column.heading, column.key)
    }
    for heading in headings:
        if heading.casefold() in used_names:
            raise NpcompareError(
                f'the annex already has a column "{heading}"', "choose another heading"
            )


def _widened(table: Table, headings: Sequence[str]) -> Table:
    """Return a table with further columns; one of texts has none."""
    if is_table_of_texts(table):
        return table
    columns = tuple(
        Column(f"{_KEY}{number}", heading, Role.OWN) for number, heading in enumerate(headings, 1)
    )
    empty = (Cell(),) * len(columns)
    return replace(
        table,
        columns=(*table.columns, *columns),
        rows=tuple((*row, *empty) for row in table.rows),
    )


def _filled(table: Table, number: int, placed: Mapping[_Place, str]) -> Table:
    rows = tuple(
        tuple(
            cell(placed[number, at, column]) if (number, at, column) in placed else content
            for column, content in enumerate(row)
        )
        for at, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _flat(
    flat: Table,
    headings: Sequence[str],
    flat_key: Sequence[str],
    words: Mapping[tuple[str, str], Sequence[str]],
) -> Table:
    """Return the flat table with the words in each column, by heading and key of the row."""
    places = [at for at, column in enumerate(flat.columns) if column.key in flat_key]
    if not places:
        return flat
    rows = []
    for row in flat.rows:
        key = "/".join(row[at].text for at in places)
        texts = ("\n".join(words.get((heading, key), ())) for heading in headings)
        rows.append((*row, *map(cell, texts)))
    columns = tuple(Column(heading, heading, Role.OWN) for heading in headings)
    return replace(flat, columns=(*flat.columns, *columns), rows=tuple(rows))


class _Matching(NamedTuple):
    """The tables of a document with anchors, and those of an earlier annex that match them."""

    tables: tuple[Table, ...]
    pairs: tuple[TablePair, ...]

    @classmethod
    def of(cls, tables: Iterable[Table], filed: FiledAnnex) -> _Matching:
        """Match the tables of a document with those of an earlier annex."""
        with_anchors = tuple(map(anchored, tables))
        return cls(with_anchors, tuple(matched(filed.tables, with_anchors).pairs))


def _placed(matching: _Matching, filed: FiledAnnex) -> tuple[dict[_Place, str], list[_Words]]:
    """Return the words of an earlier annex by their places, and those that have none."""
    tables = matching.tables
    placed: dict[_Place, str] = {}
    left_over: list[_Words] = []
    spellings = {current_heading(heading) for heading in own_headings(filed)}
    for pair in matching.pairs:
        number = next((at for at, table in enumerate(tables) if table is pair.new), -1)
        for before, after in matching_rows(pair):
            if before is None or pair.old is None:
                continue
            row = pair.old.rows[before]
            for column, heading in _own_cells(pair, spellings):
                text = _typed(row[column]) if column < len(row) else ""
                if text and after is not None and column in pair.own_columns:
                    placed[number, after, column] = text
                elif text:
                    anchor = (pair.old.row_keys or [""] * len(pair.old.rows))[before]
                    left_over.append(_Words(heading, anchor, fold(row[0].text), text))
    return placed, _without_place(tables, placed, left_over)


def _own_cells(pair: TablePair, spellings: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the columns of one's own in the earlier table, with their headings."""
    old = pair.old
    for column, content in enumerate(old.columns if old else ()):
        if pair.new is not None and column in pair.own_columns:
            yield column, pair.new.columns[column].heading
        elif current_heading(content.heading) in spellings:
            yield column, content.heading


def _without_place(
    tables: Sequence[Table], placed: dict[_Place, str], left_over: Sequence[_Words]
) -> list[_Words]:
    """Place words in the same row of another table, such as that of another group.

    Return those that have no place there.
    """
    without_place = []
    for words in left_over:
        places = [
            (number, row, column)
            for number, table in enumerate(tables)
            for column, content in enumerate(table.columns)
            if content.role is Role.OWN and content.heading == words.heading
            for row, anchor in enumerate(table.row_keys)
            if words.anchor and anchor == words.anchor and (number, row, column) not in placed
        ]
        if places:
            placed[places[0]] = words.text
        else:
            without_place.append(words)
    return without_place


def _typed(content: Cell) -> str:
    """Return the words that were typed into a cell; raised ones may look like marks of notes."""
    text = "".join(f"{run.text}{', '.join(run.marks)}" for run in content.runs)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
