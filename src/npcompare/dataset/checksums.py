"""The checksums of a release: of its files, and of the rows of its tables."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from npcompare.dataset.csv_table import cell_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.dataset.tables import Table

#: The checksums of the files, as `sha256sum` reads them.
FILES = "SHA256SUMS"
#: One line for each table: its file, and the checksum of each row.
ROWS = "row-checksums.txt"

#: Enough hexadecimal digits to notice that a row is not the same; they prove nothing.
_DIGITS = 8


def row_checksum(cells: Sequence[str]) -> str:
    """Return the checksum of a row from the texts of its cells."""
    return sha256("\x1f".join(cells).encode()).hexdigest()[:_DIGITS]


def row_checksums(tables: Iterable[Table]) -> bytes:
    """Return the contents of the file with the checksums of all rows."""
    lines = (
        " ".join([table.file_name, *(row_checksum(cell_texts(table, row)) for row in table.rows)])
        for table in tables
    )
    return "".join(f"{line}\n" for line in lines).encode()
