"""The SQLite file of a release: its bytes, types, keys, indexes, views and descriptions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE

from npcompare.dataset.named_cells import CELL_COLUMNS, cells_table
from npcompare.dataset.sqlite_file import sqlite_bytes
from npcompare.dataset.tables import Column, Table, layout, release_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from npcompare.dataset.tables import Row
    from npcompare.law.corpus import Corpus


ABOUT = {"title": "Laws", "licence of the coding": "Licence"}

PAIRS = 'SELECT "provision_id", "other_id", "dimension_id", "relation", "hedge" FROM "pairs"'


@pytest.fixture(scope="module")
def tables(varied: Corpus) -> tuple[Table, ...]:
    return release_tables(varied)


@pytest.fixture(scope="module")
def path(tables: tuple[Table, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("release") / "npcompare.sqlite"
    file.write_bytes(sqlite_bytes(tables, ABOUT))
    return file


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file as a program opens it that only reads."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        yield connection


def expected(row: Row) -> tuple[Any, ...]:
    """Return a row as SQLite has it."""
    lists = [
        json.dumps(value, ensure_ascii=False) if value else None
        for value in row
        if isinstance(value, tuple)
    ]
    return tuple(lists.pop(0) if isinstance(value, tuple) else value for value in row)


@pytest.mark.further
def test_bytes_are_the_same_twice(tables: tuple[Table, ...], path: Path) -> None:
    content = path.read_bytes()
    assert content == sqlite_bytes(tables, ABOUT)
    assert content.startswith(b"SQLite format 3\x00")
    numbers = {
        place: int.from_bytes(content[place : place + 4], "big") for place in range(24, 100, 4)
    }
    # Changes, encoding, number of the format, letters of the program, release of SQLite.
    assert [numbers[place] for place in (24, 56, 60, 68, 92, 96)] == [
        1,
        1,
        1,
        int.from_bytes(b"npcp", "big"),
        1,
        3_009_000,
    ]
    assert numbers[28] * 4096 == len(content)
    # Neither a write-ahead log nor free pages.
    assert content[18:20] == b"\x01\x01"
    assert numbers[36] == 0


def test_rows_are_those_of_the_tables(
    tables: tuple[Table, ...], database: sqlite3.Connection
) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for table in tables:
        rows = database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
        assert rows == list(map(expected, table.rows)), table.name


def test_keys_are_declared_and_valid(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in layout():
        information = database.execute(f'PRAGMA table_info("{table.name}")').fetchall()
        keys = [(name, key) for _, name, _, _, _, key in information if key]
        assert [name for name, _ in sorted(keys, key=lambda pair: pair[1])] == list(
            table.primary_key
        )
        required = [name for _, name, _, is_required, _, _ in information if is_required]
        assert required == [column.name for column in table.columns if column.is_required]
        lists = {column.name for column in table.columns if column.separator}
        declared = {
            (row[3], row[2]) for row in database.execute(f'PRAGMA foreign_key_list("{table.name}")')
        }
        assert declared == {
            (key.columns[0], key.table)
            for key in table.foreign_keys
            if lists.isdisjoint(key.columns)
        }


def test_lists_name_rows_that_exist(database: sqlite3.Connection) -> None:
    keys = [
        (table.name, name, key.table)
        for table in layout()
        for key in table.foreign_keys
        for name in key.columns
        if table.columns[table.place(name)].separator
    ]
    assert ("provisions", "fuller", "provisions") in keys
    for table, name, target in keys:
        query = (
            f'SELECT item.value FROM "{table}", json_each("{table}"."{name}") AS item '
            f'WHERE item.value NOT IN (SELECT "id" FROM "{target}")'
        )
        assert database.execute(query).fetchall() == [], (table, name)


def test_joins_use_indexes(database: sqlite3.Connection) -> None:
    for table in layout():
        for key in table.foreign_keys:
            column = key.columns[0]
            if table.columns[table.place(column)].separator:
                continue
            plan = database.execute(
                f'EXPLAIN QUERY PLAN SELECT * FROM "{table.name}" WHERE "{column}" = ?', ["x"]
            ).fetchall()
            assert plan[0][3].startswith(f"SEARCH {table.name} USING "), (table.name, column)
    plan = database.execute(
        'EXPLAIN QUERY PLAN SELECT * FROM "cells" WHERE "dimension_id" = ? AND "value" = ?',
        ["threshold", "duress"],
    ).fetchall()
    assert not any(step.startswith("SCAN") for _, _, _, step in plan)


def test_cells_are_those_of_to_frame(database: sqlite3.Connection, varied: Corpus) -> None:
    cursor = database.execute('SELECT * FROM "cells"')
    assert [column[0] for column in cursor.description] == [name for name, _, _ in CELL_COLUMNS]
    rows = cells_table(varied, varied.files).rows
    assert set(cursor) == set(map(expected, rows))
    assert len(rows) == len(set(map(str, rows)))


def test_pairs_are_relations_in_both_directions(database: sqlite3.Connection) -> None:
    query = 'SELECT "left_id", "right_id", "dimension_id", "relation", "hedge" FROM "relations"'
    relations = {row[:3]: row[3:] for row in database.execute(query)}
    converse = {"broader": "narrower", "narrower": "broader"}
    pairs = {row[:3]: row[3:] for row in database.execute(PAIRS)}
    assert len(pairs) == 2 * len(relations)
    for (left, right, dimension), (relation, hedge) in relations.items():
        assert pairs[left, right, dimension] == (relation, hedge)
        assert pairs[right, left, dimension] == (converse.get(relation, relation), hedge)
    query = 'SELECT * FROM "pairs" WHERE "other_id" = ? AND "dimension" = ?'
    rows = database.execute(query, ["gambia", "Overall"]).fetchall()
    names = dict(database.execute('SELECT "id", "name" FROM "provisions"'))
    assert {(row[1], row[3]) for row in rows} == {
        (name, "Gambia, article 49") for key, name in names.items() if key != "gambia"
    }


def test_file_says_what_it_is(database: sqlite3.Connection) -> None:
    assert dict(database.execute('SELECT * FROM "about"')) == ABOUT


def test_every_column_is_described(database: sqlite3.Connection) -> None:
    query = 'SELECT "table_name", "name" FROM "columns" ORDER BY rowid'
    described = database.execute(query).fetchall()
    columns = [
        (name, row[1])
        for (name,) in database.execute('SELECT "name" FROM "tables" ORDER BY "number"')
        for row in database.execute(f'PRAGMA table_info("{name}")')
    ]
    assert described == columns
    all_names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    assert {name for (name,) in all_names} == {name for name, _ in columns}
    row = database.execute(
        'SELECT * FROM "columns" WHERE "table_name" = ? AND "name" = ?', ["values", "class_id"]
    ).fetchone()
    assert row == (
        "values",
        "class_id",
        5,
        "string",
        0,
        0,
        "classes",
        "http://cldf.clld.org/v1.0/terms.rdf#codeReference",
        "The class; empty if the value is not a class.",
    )


def test_hostile_text_is_kept() -> None:
    names = ['a"b', "select", "x; DROP TABLE y"]
    extra = Table(
        name='an "extra" table',
        description=HOSTILE[0],
        is_derived=False,
        columns=tuple(Column(name, words) for name, words in zip(names, HOSTILE, strict=False)),
        primary_key=('a"b',),
        rows=tuple((f"{number} {words}", words, None) for number, words in enumerate(HOSTILE)),
    )
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(sqlite_bytes((*layout(), extra)))
        rows = database.execute('SELECT * FROM "an ""extra"" table" ORDER BY rowid').fetchall()
    assert rows == list(extra.rows)
