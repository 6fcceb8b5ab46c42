"""Which tables, rows and lines of an earlier annex and of a later one belong together."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from npcompare.text import capitalized, fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import Cell, Table

    Row = tuple[Cell, ...]
    RowKey = tuple[str, ...]

_NUMBER = re.compile("[0-9]+")

#: The article before a name in a title.
_ARTICLE = re.compile(r"\b[Tt]he ")


def aligned(
    old: Sequence[object], new: Sequence[object]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the indices of items in both sequences, or in one of them and None, in their order.

    The items in both are those of the longest matching blocks (Ratcliff and Obershelp 1988).
    """
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(range(old_start, old_end), range(new_start, new_end), strict=True)
            continue
        yield from ((index, None) for index in range(old_start, old_end))
        yield from ((None, index) for index in range(new_start, new_end))


def paired_tables(
    old: Sequence[Table], new: Sequence[Table]
) -> Iterator[tuple[Table | None, Table | None]]:
    """Yield the tables that belong together: by position if as many, else by title."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    titles = ([_current_title(table.title) for table in tables] for tables in (old, new))
    for before, after in aligned(*titles):
        yield (
            None if before is None else old[before],
            None if after is None else new[after],
        )


def _current_title(title: str) -> str:
    """Return a title without what earlier annexes had otherwise: articles, and a plural."""
    return _ARTICLE.sub("", title).replace("Provisions by classes", "Provisions by class")


def paired_rows(old: Table, new: Table) -> Iterator[tuple[RowKey, Row, Row]]:
    """Yield the key of each row and the row of each table that has it, else an empty row."""
    old_keys, new_keys = keys_of_rows(old, new)
    for before, after in aligned(old_keys, new_keys):
        if before is not None:
            yield old_keys[before], old.rows[before], () if after is None else new.rows[after]
        elif after is not None:
            yield new_keys[after], (), new.rows[after]


def keys_of_rows(old: Table, new: Table) -> list[list[RowKey]]:
    """Return a key for each row of both tables.

    It is the anchor of the row if all rows of the new table have one, and the old table has any. A
    row without an anchor was inserted by hand, and its text is its key.
    """
    is_anchored = any(old.row_keys) and len(set(new.row_keys)) == len(new.rows) > 0
    if not is_anchored or "" in new.row_keys:
        return _keys(old.rows, new.rows)
    count: Counter[str] = Counter()
    old_keys: list[RowKey] = []
    for anchor, row in zip(old.row_keys, old.rows, strict=True):
        count[anchor] += 1
        # Of the copies of a row only the first has its key.
        is_first = anchor and count[anchor] == 1
        texts = [fold(text_of(cell)) for cell in row]
        old_keys.append((anchor,) if is_first else ("", str(count[anchor]), *texts))
    return [old_keys, [(anchor,) for anchor in new.row_keys]]


def _keys(*tables: Sequence[Row]) -> list[list[RowKey]]:
    """Return a key for each row: the text of its first cell, or of as many as make it unique.

    Rows that are alike in every cell are told apart by a number. The key of a numbered row is the
    text of its other cells without numbers, because a new row changes the numbers of all below.
    """
    if all(map(_is_numbered, tables)):
        return [
            _with_count([_NUMBER.sub("0", text_of(cell)) for cell in row[1:]] for row in table)
            for table in tables
        ]
    texts = [[[fold(text_of(cell)) for cell in row] for row in table] for table in tables]
    width_of_all = min((len(row) for table in texts for row in table), default=0)
    for width in range(1, width_of_all + 1):
        keys = [[tuple(row[:width]) for row in table] for table in texts]
        if all(len(set(table_keys)) == len(table_keys) for table_keys in keys):
            return keys
    return [_with_count(table) for table in texts]


def _is_numbered(table: Sequence[Row]) -> bool:
    return all(row and text_of(row[0]) == str(number) for number, row in enumerate(table, 1))


def _with_count(table: Iterable[Sequence[str]]) -> list[RowKey]:
    count: Counter[RowKey] = Counter()
    keys = []
    for texts in map(tuple, table):
        count[texts] += 1
        keys.append((*texts, str(count[texts])))
    return keys


def is_same_item(old: str, new: str) -> bool:
    """Return whether two texts are the same, except for the capital that lines begin with."""
    return fold(capitalized(old)) == fold(capitalized(new))


def text_of(cell: Cell) -> str:
    """Return the text of a cell with control characters made visible."""
    return visible(cell.text)
