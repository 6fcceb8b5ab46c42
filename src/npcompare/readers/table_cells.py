"""Rows and cells of tables as they are read: which lines share a row, and which are alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from npcompare.readers.outline import Line


class TableCells:
    """The rows and cells that are open; it marks the lines that are alone in a cell."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._count = 0
        self._rows: list[int] = []
        #: How many lines there were at the start of each cell.
        self._cells: list[int] = []

    @property
    def row(self) -> int:
        """The number of the row that is open; 0 outside tables."""
        return self._rows[-1] if self._rows else 0

    def new_row(self) -> int:
        """Return the number of a row that no other lines have."""
        self._count += 1
        return self._count

    def start_row(self) -> None:
        """Open a row."""
        self._rows.append(self.new_row())

    def end_row(self) -> None:
        """Close a row."""
        if self._rows:
            self._rows.pop()

    def start_cell(self) -> None:
        """Open a cell."""
        self._cells.append(len(self._lines))

    def end_cell(self) -> None:
        """Close a cell."""
        start = self._cells.pop() if self._cells else len(self._lines)
        in_cell = range(start, len(self._lines))
        with_words = [index for index in in_cell if not self._lines[index].is_empty]
        if len(with_words) == 1:
            only = with_words[0]
            self._lines[only] = replace(self._lines[only], is_alone=True)
