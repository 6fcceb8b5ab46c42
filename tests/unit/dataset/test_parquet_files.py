"""The Parquet files of a release, as DuckDB and Arrow read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from pyarrow import parquet

from npcompare.dataset.parquet_files import parquet_bytes
from npcompare.dataset.tables import Table, layout, release_tables

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

pytestmark = pytest.mark.slow

TYPES = {"integer": "INTEGER", "boolean": "BOOLEAN"}


@pytest.fixture(scope="module")
def tables(varied: Corpus) -> tuple[Table, ...]:
    return release_tables(varied)


def test_duckdb_reads_rows_and_types(tables: tuple[Table, ...], tmp_path: Path) -> None:
    for table in tables:
        path = tmp_path / f"{table.name}.parquet"
        content = parquet_bytes(table)
        assert content == parquet_bytes(table)
        path.write_bytes(content)
        relation = duckdb.read_parquet(str(path))
        assert [
            (name, str(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)
        ] == [
            (
                column.name,
                "VARCHAR[]" if column.separator else TYPES.get(column.datatype, "VARCHAR"),
            )
            for column in table.columns
        ]
        rows: list[Any] = [
            tuple((list(value) or None) if isinstance(value, tuple) else value for value in row)
            for row in table.rows
        ]
        assert relation.fetchall() == rows


def test_metadata_describes_every_column(tmp_path: Path) -> None:
    (table,) = (part for part in layout() if part.name == "values")
    path = tmp_path / "values.parquet"
    path.write_bytes(parquet_bytes(table))
    schema = parquet.read_schema(path)
    assert schema.metadata[b"description"].decode() == table.description
    data = json.loads(schema.metadata[b"npcompare"])
    assert data["primary_key"] == ["id"]
    assert {"columns": ["class_id"], "table": "classes"} in data["foreign_keys"]
    for column in table.columns:
        field = schema.field(column.name)
        assert field.metadata[b"description"].decode() == column.description
        assert data["columns"][column.name] == column.description
        assert field.nullable is not column.is_required
    query = "SELECT decode(key) FROM parquet_kv_metadata(?)"
    keys = duckdb.execute(query, [str(path)]).fetchall()
    assert ("npcompare",) in keys
