"""CSV: cells are not formulas, and a file describes the columns."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from builders import HOSTILE, hostile_document
from hypothesis import given
from hypothesis import strategies as st

from npcompare.document import Column, Document, Table, columns, flat_table, rows
from npcompare.formats.csv_text import describe, write
from npcompare.formats.registry import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def read(document: Document) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(write(document)), newline="")))


def test_no_cell_is_a_formula_or_loses_text() -> None:
    heads, *lines = read(hostile_document(HOSTILE))
    assert heads == ["one", "two"]
    for word, (marked, plain) in zip(HOSTILE, lines, strict=True):
        assert plain[0] not in "=+-@\t\r"
        readable = word.replace("\x1b", "<U+001B>").replace("\x07", "<U+0007>")
        assert plain.removeprefix("'") == readable.replace("\u202e", "<U+202E>")
        assert marked.endswith(" [a]")


@pytest.mark.parametrize("sign", [*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "\n@"])
def test_formula_is_marked_as_text(sign: str) -> None:
    table = Table("T", columns(a="a"), rows([[f"{sign}1"], [f"1{sign}"], ["'x"]]))
    assert read(Document("T", (table,), {}, table)) == [["a"], [f"'{sign}1"], [f"1{sign}"], ["'x"]]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("x; =1+1", "x;' =1+1"),
        ("x;=1+1;;@a", "x;'=1+1;;'@a"),
        ("x\t=1", "x\t'=1"),
        ("a; b - c; d", "a; b - c; d"),
    ],
)
def test_formula_after_another_separator_is_marked(text: str, cell: str) -> None:
    table = Table("T", columns(a="a"), rows([[text]]))
    assert read(Document("T", (table,), {}, table)) == [["a"], [cell]]


def test_description_is_csvw() -> None:
    flat = Table("T", (Column("full title", "X"), Column("ä-b", "Y")), ())
    name, text = describe(Document("Laws", (), {}, flat, "npcompare 0"), "my ä.csv")
    assert name == "-metadata.json"
    assert text.endswith("}\n")
    assert json.loads(text) == {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "my%20%C3%A4.csv",
        "dc:title": "Laws",
        "dc:provenance": "npcompare 0",
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {"name": "full_title", "titles": "full title", "datatype": "string"},
                {"name": "__b", "titles": "ä-b", "datatype": "string"},
            ]
        },
    }


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_any_text_is_read_back(words: list[str]) -> None:
    table = Table("T", columns(a="a"), rows([[word] for word in words]))
    document = Document("T", (table,), {"words": words}, table)
    assert json.loads(render(document, FORMATS["json"])) == {"words": words}
    assert len(read(document)) == len(words) + 1


def test_description_is_written_beside_the_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "my annex.csv"
    ran = run("export", "kenya", "jamaica", "-o", path)
    assert ran.err.splitlines()[:2] == [f"wrote {path}", f"wrote {path}-metadata.json"]
    metadata = json.loads((tmp_path / "my annex.csv-metadata.json").read_text())
    assert metadata["@context"] == "http://www.w3.org/ns/csvw"
    assert metadata["url"] == "my%20annex.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        (heads, *rows) = csv.reader(stream)
    assert [column["titles"] for column in metadata["tableSchema"]["columns"]] == heads
    assert [row[0] for row in rows] == ["jamaica", "kenya"]
    # The file is not written if the description may not be overwritten.
    path.unlink()
    assert run("export", "kenya", "-o", path).code == 2
    assert not path.exists()


def test_lists_have_declared_separators() -> None:
    table = flat_table("T", "id values[] words[|]", [["a", "b; c", "d | e"]])
    sample = Document("T", [], {}, table)
    columns = json.loads(describe(sample, "t.csv")[1])["tableSchema"]["columns"]
    assert [column.get("separator") for column in columns] == [None, "; ", " | "]
    assert [column["name"] for column in columns] == ["id", "values", "words"]


def test_byte_order_mark_is_for_csv_files(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert run("list", "--bom", "-o", path).code == 0
    assert path.read_bytes().startswith("\ufeffid,".encode())
    for arguments in (["-f", "csv"], ["-o", tmp_path / "list.json"]):
        ran = run("list", "--bom", *arguments)
        assert (ran.code, "--bom is for CSV files" in ran.err) == (2, True)
