"""The data of one file that is being filled from rows, with the cell of each value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from npcompare.coding.form_tables import Place as FormPlace
from npcompare.coding.workbook_entries import Entry
from npcompare.dataset.coded_rows import PLACE_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.dataset.release_reader import ReadRow
    from npcompare.law.yaml_reader import Pointer

#: The columns that have another name than the key in a file.
_KEYS = {"dimension_id": "dimension", "classes": "values", "is_open": "open"}


class EntryBuilder:
    """Fills the data of one file, and keeps the cell that each value is from."""

    def __init__(self, name: str, row: ReadRow) -> None:
        """Take the id of the file, and the row that it begins with."""
        self.entry = Entry(name, {})
        self.mark((), row)

    def mark(self, pointer: Pointer, row: ReadRow, column: str = "id") -> None:
        """Keep the cell of a value, if it has none yet."""
        path, line, number = row.place(column)
        self.entry.places.setdefault(pointer, FormPlace(path, "", line, number))

    def begin(self, pointer: Pointer, row: ReadRow, column: str = "id") -> None:
        """Begin a mapping at a place, which may be the next item of a list."""
        data: Any = self.entry.data
        for length, part in enumerate(pointer, 1):
            new: Any = [] if isinstance(next(iter(pointer[length:]), ""), int) else {}
            if isinstance(data, list):
                data += [new] if part == len(data) else []
                data = data[cast("int", part)]
            else:
                data = data.setdefault(part, new)
            self.mark(pointer[:length], row, column)

    def put(self, pointer: Pointer, value: Any, row: ReadRow, column: str) -> None:
        """Put a value into a mapping, unless it is empty."""
        if value is None or value == ():
            return
        *path, key = pointer
        self.begin(tuple(path), row, column)
        data: Any = self.entry.data
        for part in path:
            data = data[part]
        data[key] = list(value) if isinstance(value, tuple) else value
        self.mark(pointer, row, column)

    def put_cells(self, pointer: Pointer, row: ReadRow, *columns: str) -> None:
        """Put cells into a mapping, under the names of their columns."""
        for column in columns:
            self.mark((*pointer, _KEYS.get(column, column)), row, column)
            self.put((*pointer, _KEYS.get(column, column)), row.cells[column], row, column)

    def put_citation(self, pointer: Pointer, row: ReadRow, prefix: str = "") -> None:
        """Put the citation of a row, if it has one."""
        for key, column in PLACE_KEYS.items():
            self.put((*pointer, key), row.cells[prefix + column], row, prefix + column)


def in_order(rows: Iterable[ReadRow]) -> list[ReadRow]:
    """Return rows by their numbers."""
    return sorted(rows, key=lambda row: cast("int", row.cells["number"]))


def by_owner(rows: Iterable[ReadRow], column: str) -> dict[str, list[ReadRow]]:
    """Return the rows of each owner, which a column names, by their numbers."""
    owners: dict[str, list[ReadRow]] = {}
    for row in rows:
        owners.setdefault(row.text(column), []).append(row)
    return {name: in_order(group) for name, group in owners.items()}
