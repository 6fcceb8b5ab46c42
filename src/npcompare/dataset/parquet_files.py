"""The tables of a release as Parquet: the same bytes from the same tables and release of pyarrow.

The description of a table and of each column is in the metadata of its file: once for programs of
Arrow, at each field, and once as JSON under the key "npcompare", for all others. No column has a
unit: numbers are years, counts and places in a sequence.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from npcompare.dataset.coded_rows import Value
    from npcompare.dataset.tables import Column, Table

#: How many rows are read together; the usual size for DuckDB and Spark.
_ROWS_TOGETHER = 122_880


def parquet_bytes(table: Table) -> bytes:
    """Return a table as Parquet; needs the package pyarrow."""
    import pyarrow as pa
    from pyarrow import parquet

    fields = [_field(column) for column in table.columns]
    schema = pa.schema(fields, {"description": table.description, "npcompare": _described(table)})
    sink = pa.BufferOutputStream()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        rows = iter(table.rows)
        while group := list(islice(rows, _ROWS_TOGETHER)):
            arrays = [
                pa.array(map(_cell, values), field.type)
                for field, values in zip(fields, zip(*group, strict=True), strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), _ROWS_TOGETHER)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _field(column: Column) -> Any:
    """Return the field of a column; a list is a list, and a date is text, as it may be a year."""
    import pyarrow as pa

    types = {"integer": pa.int32(), "boolean": pa.bool_()}
    kind = types.get(column.datatype, pa.string())
    return pa.field(
        column.name,
        pa.list_(kind) if column.separator else kind,
        nullable=not column.is_required,
        metadata={"description": column.description, "type": column.datatype},
    )


def _described(table: Table) -> str:
    """Return what a table and its columns are, and what they refer to, as JSON."""
    data = {
        "name": table.name,
        "description": table.description,
        "primary_key": table.primary_key,
        "foreign_keys": [
            {"columns": key.columns, "table": key.table} for key in table.foreign_keys
        ],
        "columns": {column.name: column.description for column in table.columns},
    }
    return json.dumps(data, ensure_ascii=False)


def _cell(value: Value) -> Any:
    """Return a value of Arrow; an empty list is null, as an empty cell is in every format."""
    return value or None if isinstance(value, tuple) else value
