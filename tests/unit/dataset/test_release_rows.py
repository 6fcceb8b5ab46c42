"""The rows of the tables of a release."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from npcompare.dataset.coded_rows import provision_rows
from npcompare.dataset.tables import Table, layout, release_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.dataset.coded_rows import Value
    from npcompare.law.corpus import Corpus

#: What is in the cells of each type of column.
TYPES = {"integer": int, "boolean": bool}
#: CLDF allows these characters in the ids of its components.
ID = re.compile("[a-zA-Z0-9_-]+")
DATE = re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@pytest.fixture(scope="module")
def tables(varied: Corpus) -> dict[str, Table]:
    """Return the tables of the release of a small corpus, by name."""
    return {table.name: table for table in release_tables(varied)}


def dicts(table: Table, **cells: Value) -> list[dict[str, Any]]:
    """Return the rows that have certain cells, without their empty cells."""
    names = [column.name for column in table.columns]
    rows = (dict(zip(names, row, strict=True)) for row in table.rows)
    return [
        {name: value for name, value in row.items() if value not in (None, ())}
        for row in rows
        if cells.items() <= row.items()
    ]


def items(value: Value) -> Iterator[Any]:
    yield from value if isinstance(value, tuple) else [] if value is None else [value]


@pytest.mark.parametrize("name", [table.name for table in layout()])
def test_cells_have_the_type_of_their_column(name: str, tables: dict[str, Table]) -> None:
    table = tables[name]
    assert table.rows
    for place, column in enumerate(table.columns):
        for row in table.rows:
            value = row[place]
            assert isinstance(value, tuple) == bool(column.separator)
            assert not (column.is_required and value in (None, ()))
            for item in items(value):
                assert type(item) is TYPES.get(column.datatype, str)
                assert item != ""
                assert not (column.separator and column.separator in str(item))
                if column.datatype == "json":
                    assert json.loads(str(item))
                if column.datatype == "date":
                    assert DATE.fullmatch(str(item))


@pytest.mark.parametrize("name", [table.name for table in layout()])
def test_keys_are_unique_and_found(name: str, tables: dict[str, Table]) -> None:
    table = tables[name]
    ids = [row[table.place("id")] for row in table.rows]
    assert len(set(ids)) == len(ids)
    assert not table.role or all(ID.fullmatch(str(each)) for each in ids)
    for key in table.foreign_keys:
        (column,) = key.columns
        targets = {row[tables[key.table].place("id")] for row in tables[key.table].rows}
        named = {item for row in table.rows for item in items(row[table.place(column)])}
        assert named <= targets, column


def test_provision_has_a_cell_in_every_dimension(varied: Corpus, tables: dict[str, Table]) -> None:
    cells = {(row["provision_id"], row["dimension_id"]) for row in dicts(tables["values"])}
    provisions = varied.all_provisions()
    assert cells == {(each.id, name) for each in provisions for name in varied.codebook.dimensions}


def test_what_a_report_leaves_open_is_a_row(tables: dict[str, Table]) -> None:
    """A footnote on adults says nothing about children."""
    place = {"provision_id": "united-kingdom", "dimension_id": "threshold"}
    cells = dicts(tables["values"], **place)
    assert [(each["value"], each["basis"], each["persons"]) for each in cells] == [
        ("duress", "reported", ("adult",)),
        ("unknown", "unknown", ("child",)),
    ]
    assert not any(each["is_complete"] for each in cells)


def test_unknown_value_is_a_row(tables: dict[str, Table]) -> None:
    place = {"provision_id": "botswana", "dimension_id": "stage"}
    assert dicts(tables["values"], **place) == [
        {
            "id": "botswana--stage--unknown",
            **place,
            "value": "unknown",
            "basis": "unknown",
            "is_complete": False,
            "coder": "first",
        }
    ]


def test_cell_has_its_proof(tables: dict[str, Table]) -> None:
    (cell,) = dicts(tables["values"], id="gambia--threshold--causation")
    doubt = cell.pop("doubt")
    assert doubt[0].startswith("The same words determine the scope and the link.")
    assert cell == {
        "id": "gambia--threshold--causation",
        "provision_id": "gambia",
        "dimension_id": "threshold",
        "value": "causation",
        "class_id": "threshold--causation",
        "basis": "text",
        "is_complete": True,
        "limbs": ("gambia--1",),
        "persons": ("adult", "child"),
        "quotations": ("related to being a victim of trafficking",),
        "rules": ("threshold-causation",),
        "source": ("background-paper[para. 54]",),
        "places": ("para. 54",),
        "coder": "first",
        "note": ("The background paper does not classify the article by threshold.",),
    }
    (reason,) = dicts(tables["reasons"], value_id=cell["id"])
    assert (reason["source_id"], reason["paragraph"]) == ("background-paper", "54")


def test_text_in_two_languages_has_two_rows(tables: dict[str, Table]) -> None:
    texts = dicts(tables["texts"], provision_id="ruritania")
    assert [(text["language"], text["status"]) for text in texts] == [
        ("en", "authentic"),
        ("fr", "authentic"),
    ]
    quotations = dicts(tables["quotations"], provision_id="ruritania")
    assert {(each["language"], each["text_id"]) for each in quotations} == {
        ("en", "ruritania--1"),
        ("fr", "ruritania--2"),
    }


def test_difference_of_versions_is_not_coded(tables: dict[str, Table]) -> None:
    """What another version says is a doubt of the class, but nobody has coded it."""
    assert not [row for row in dicts(tables["codings"], provision_id="ruritania") if "doubt" in row]
    assert [row for row in dicts(tables["values"], provision_id="ruritania") if "doubt" in row]


def test_same_coding_has_the_same_rows(varied: Corpus) -> None:
    """One value or a list, a number or its digits, a note or its text: it is the same."""
    base = {
        "id": "example",
        "jurisdiction": {"name": "Example", "code": None, "kind": "state"},
        "form": None,
        "text": {"status": "not_held"},
    }
    proof = {"source": {"ref": "background-paper", "paragraph": 57}}
    short = {
        **base,
        "instrument": {"title": "Act", "kind": "statute", "number": 5},
        "limbs": [{"link": {"value": "relation", **proof}}],
        "notes": ["A note."],
    }
    written_out = {
        **base,
        "instrument": {"title": "Act", "kind": "statute", "number": "5"},
        "limbs": [
            {
                "link": [
                    {
                        "values": ["relation"],
                        "source": {"ref": "background-paper", "paragraph": "57"},
                    }
                ]
            }
        ],
        "notes": [{"kind": "reading", "note": "A note."}],
        "aliases": [],
    }
    first, second = (
        list(provision_rows(varied.codebook, data, "paper", "")) for data in (short, written_out)
    )
    assert first == second


def test_relations_are_those_of_each_pair(varied: Corpus, tables: dict[str, Table]) -> None:
    count = len(varied.files)
    pairs = count * (count - 1) // 2
    assert len(tables["relations"].rows) == pairs * (len(varied.codebook.core) + 1)
