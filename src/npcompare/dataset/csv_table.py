"""Tables as CSV: UTF-8 without a byte-order mark, as RFC 4180 has it; an empty cell is null."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from npcompare.dataset.coded_rows import Value
    from npcompare.dataset.tables import Column, Row, Table


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV.

    Raises NpcompareError if an item of a list contains what separates the items.
    """
    content = io.BytesIO()
    stream = io.TextIOWrapper(content, encoding="utf-8", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(cell_texts(table, row) for row in table.rows)
    stream.flush()
    return content.getvalue()


def cell_texts(table: Table, row: Row) -> list[str]:
    """Return the texts of the cells of a row.

    Raises NpcompareError if an item of a list contains what separates the items.
    """
    return [_cell(table, column, value) for column, value in zip(table.columns, row, strict=True)]


def _cell(table: Table, column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        if bad := next((item for item in value if column.separator in item), ""):
            separator = "a line break" if column.separator == "\n" else f'"{column.separator}"'
            raise NpcompareError(
                f'an item of {table.name}.{column.name} contains {separator}: "{bad[:60]}"',
                "it separates the items of a cell, so that the release cannot be written",
            )
        return column.separator.join(value)
    return str(value)
