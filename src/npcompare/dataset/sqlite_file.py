"""The tables of a release as one SQLite file: the same bytes from the same tables.

A list is a JSON array, which `json_each` opens. Types are declared, but tables are not STRICT:
programs with a SQLite of before November 2021 could not open the file.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.dataset.named_cells import CELL_COLUMNS
from npcompare.dataset.tables import Column, ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.dataset.coded_rows import Value
    from npcompare.dataset.tables import Row

#: What the header says of the format of the file: the letters "npcp", and its number.
_APPLICATION_ID = 0x6E706370
_FORMAT = 1

_SETTINGS = f"""
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_FORMAT};
"""

#: What is written over numbers in the header that depend on the program that wrote the file: how
#: often it was changed, twice, and the release of SQLite, 3.9.0, the first that has all that it
#: uses. Programs that only read do not use them.
_HEADER = {24: 1, 92: 1, 96: 3_009_000}

#: The relations with the names of the provisions, each pair in both directions.
_PAIRS = """
CREATE VIEW "pairs" AS
WITH "both" AS (
  SELECT "left_id" AS "provision_id", "right_id" AS "other_id", "dimension_id", "relation", "hedge"
  FROM "relations"
  UNION ALL
  SELECT "right_id", "left_id", "dimension_id", CASE "relation" WHEN 'broader' THEN 'narrower'
    WHEN 'narrower' THEN 'broader' ELSE "relation" END, "hedge"
  FROM "relations"
)
SELECT r."provision_id", a."name" AS "provision", r."other_id", b."name" AS "other",
  r."dimension_id", COALESCE(d."name", 'Overall') AS "dimension", r."relation", r."hedge"
FROM "both" AS r
JOIN "provisions" AS a ON a."id" = r."provision_id"
JOIN "provisions" AS b ON b."id" = r."other_id"
LEFT JOIN "dimensions" AS d ON d."id" = r."dimension_id";
"""

#: The tables of the view of cells.
_CELL_TABLES = """
FROM "values"
JOIN "provisions" ON "provisions"."id" = "values"."provision_id"
JOIN "dimensions" ON "dimensions"."id" = "values"."dimension_id"
LEFT JOIN "classes" ON "classes"."id" = "values"."class_id";
"""

_ABOUT = Table(
    name="about",
    description="What a reader must know of the release: its title, versions, licence and terms.",
    is_derived=True,
    columns=(
        Column("name", "What the row is about.", is_required=True),
        Column("value", "What is said of it.", is_required=True),
    ),
    primary_key=("name",),
)

_TABLES = Table(
    name="tables",
    description="The tables of this file.",
    is_derived=True,
    columns=(
        Column("name", "The name of the table.", is_required=True),
        Column("number", "The place among the tables.", "integer", is_required=True),
        Column("is_derived", "Whether it is worked out from others.", "boolean", is_required=True),
        Column("description", "What its rows are.", is_required=True),
    ),
    primary_key=("name",),
)

_COLUMNS = Table(
    name="columns",
    description="The columns of the tables.",
    is_derived=True,
    columns=(
        Column("table_name", "The table.", is_required=True),
        Column("name", "The name of the column.", is_required=True),
        Column("number", "The place among the columns of the table.", "integer", is_required=True),
        Column("type", "string, integer, boolean, date, uri or json.", is_required=True),
        Column("is_list", "Whether a cell is a JSON array.", "boolean", is_required=True),
        Column("is_required", "Whether no cell is empty.", "boolean", is_required=True),
        Column("refers_to", "The table whose rows the cells name by their ids."),
        Column("property", "The term of CLDF or Dublin Core with this meaning.", "uri"),
        Column("description", "What the cells contain.", is_required=True),
    ),
    primary_key=("table_name", "name"),
    foreign_keys=(ForeignKey(("table_name",), "tables"), ForeignKey(("refers_to",), "tables")),
)


def sqlite_bytes(tables: Sequence[Table], about: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return a database with the tables of a release, their descriptions, and views.

    Args:
        tables: The tables of the release.
        about: What is said of the release, for those who have the file without its folder.
    """
    tables = (*tables, replace(_ABOUT, rows=tuple(about.items())))
    tables = (*tables, *_descriptions(tables))
    with tempfile.TemporaryDirectory(prefix="npcompare.") as folder:
        path = Path(folder) / "release.sqlite"
        _write(tables, path)
        with path.open("r+b") as stream:
            for place, number in _HEADER.items():
                stream.seek(place)
                stream.write(number.to_bytes(4, "big"))
        return path.read_bytes()


def _write(tables: Sequence[Table], path: Path) -> None:
    """Write the tables into a new database."""
    import sqlite3

    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(_SETTINGS)
        database.executescript(";\n".join([*map(_definition, tables), _view_of_cells(), _PAIRS]))
        database.execute("BEGIN")
        for table in tables:
            places = ", ".join("?" * len(table.columns))
            statement = f"INSERT INTO {_quoted(table.name)} VALUES ({places})"  # noqa: S608 - quoted
            database.executemany(statement, map(_cells, table.rows))
        # An index is smaller, and made sooner, when the rows are there already.
        for index in _indexes(tables):
            database.execute(index)
        database.execute("COMMIT")


def _descriptions(tables: Sequence[Table]) -> tuple[Table, Table]:
    """Return the tables that say what all tables, these included, and their columns are."""
    tables = (*tables, _TABLES, _COLUMNS)
    names = [
        (table.name, number, table.is_derived, table.description)
        for number, table in enumerate(tables, 1)
    ]
    columns = [row for table in tables for row in _described_columns(table)]
    return replace(_TABLES, rows=tuple(names)), replace(_COLUMNS, rows=tuple(columns))


def _described_columns(table: Table) -> Iterator[Row]:
    targets = {name: key.table for key in table.foreign_keys for name in key.columns}
    for number, column in enumerate(table.columns, 1):
        yield (
            table.name,
            column.name,
            number,
            column.datatype,
            bool(column.separator),
            column.is_required,
            targets.get(column.name),
            column.property_url or None,
            column.description,
        )


def _definition(table: Table) -> str:
    """Return the statement that creates a table."""
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    parts += [
        f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {_quoted(key.table)}"
        for key in table.single_keys
    ]
    lines = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(table.name)} (\n  {lines}\n)"


def _view_of_cells() -> str:
    """Return the statement that creates the view of the cells with the names of their parts."""
    names = []
    for name, table, column in CELL_COLUMNS:
        place = f"{_quoted(table)}.{_quoted(column)}"
        place = f'COALESCE({place}, "values"."value")' if table == "classes" else place
        names.append(f"{place} AS {_quoted(name)}")
    columns = ",\n  ".join(names)
    return f'CREATE VIEW "cells" AS SELECT\n  {columns}{_CELL_TABLES}'


def _column(column: Column) -> str:
    is_number = column.datatype in ("integer", "boolean") and not column.separator
    parts = [_quoted(column.name), "INTEGER" if is_number else "TEXT"]
    if column.is_required:
        parts.append("NOT NULL")
    if column.datatype == "boolean":
        parts.append(f"CHECK ({_quoted(column.name)} IN (0, 1))")
    return " ".join(parts)


def _indexes(tables: Sequence[Table]) -> Iterator[str]:
    """Yield the statements that index foreign keys, by which tables are joined, and values."""
    for table in tables:
        for key in table.single_keys:
            if table.primary_key[: len(key.columns)] != key.columns:
                yield _index(table.name, key.columns)
        if {"dimension_id", "value"} <= {column.name for column in table.columns}:
            yield _index(table.name, ("dimension_id", "value"))


def _index(table: str, columns: Sequence[str]) -> str:
    name = _quoted("_".join((table, *columns)))
    return f"CREATE INDEX {name} ON {_quoted(table)} ({_names(columns)})"


def _cells(row: Row) -> list[str | int | None]:
    return list(map(_cell, row))


def _cell(value: Value) -> str | int | None:
    """Return a value of SQLite; an empty list is null, as an empty cell is in every format."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    """Return a name in quotation marks, as some are words of SQL, such as values."""
    return '"{}"'.format(name.replace('"', '""'))
