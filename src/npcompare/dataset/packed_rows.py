"""Rows in little memory, so that a large corpus can be released on one machine."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.dataset.coded_rows import Value

    Row = tuple[Value, ...]

#: How many rows are packed together: enough that they have much in common.
_ROWS_IN_BLOCK = 1000

_DECODER = msgspec.msgpack.Decoder(list[tuple[str | int | bool | tuple[str, ...] | None, ...]])

#: The fastest level; higher ones save little.
_LEVEL = 1


class PackedRows(Collection["Row"]):
    """Rows that are compressed in blocks, and unpacked as they are iterated over.

    They take a tenth of the memory of tuples, or less.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """Take the first rows."""
        self._blocks: list[bytes] = []
        self._recent: list[Row] = []
        for row in rows:
            self.append(row)

    def append(self, row: Row) -> None:
        """Add a row at the end."""
        self._recent.append(row)
        if len(self._recent) == _ROWS_IN_BLOCK:
            self._blocks.append(zlib.compress(msgspec.msgpack.encode(self._recent), _LEVEL))
            self._recent.clear()

    def __len__(self) -> int:
        """Return how many rows there are."""
        return _ROWS_IN_BLOCK * len(self._blocks) + len(self._recent)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows in their order."""
        for block in self._blocks:
            yield from _DECODER.decode(zlib.decompress(block))
        yield from self._recent

    def __contains__(self, row: object) -> bool:
        """Return whether a row is among them."""
        return any(each == row for each in self)
