"""The tables of a release as CSV, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.dataset.csv_table import cell_texts, csv_bytes
from npcompare.dataset.tables import Column, Table
from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from npcompare.dataset.coded_rows import Value

COLUMNS = (
    Column("id", "d"),
    Column("lines", "d", separator="\n"),
    Column("words", "d", separator="; "),
)


def table(*rows: tuple[Value, ...]) -> Table:
    return Table("laws", "d", is_derived=False, columns=COLUMNS, primary_key=("id",), rows=rows)


def test_each_kind_of_value_has_its_text() -> None:
    empty = table()
    assert cell_texts(empty, ("a", ("b", "c"), ("d", "e"))) == ["a", "b\nc", "d; e"]
    assert cell_texts(empty, (None, (), ("",))) == ["", "", ""]
    assert cell_texts(empty, (True, False, 0)) == ["true", "false", "0"]
    with pytest.raises(ValueError, match="shorter"):
        cell_texts(empty, ("a", ()))


def test_table_is_utf_8_with_a_header() -> None:
    content = csv_bytes(table(("é", ("b", "c"), ('"d"', "e,f")), (None, None, None)))
    assert content.decode("utf-8") == ('id,lines,words\r\né,"b\nc","""d""; e,f"\r\n,,\r\n')
    assert csv_bytes(table()) == b"id,lines,words\r\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            ("a", ("b", "c\nd"), ()),
            'an item of laws.lines contains a line break: "c\nd"',
        ),
        (
            ("a", (), ("b", f"{'c' * 57}; d", "e; f")),
            f'an item of laws.words contains "; ": "{"c" * 57}; d"',
        ),
        (
            ("a", (), (f"{'c' * 58}; d",)),
            f'an item of laws.words contains "; ": "{"c" * 58}; "',
        ),
    ],
)
def test_separator_within_an_item_is_refused(row: tuple[Value, ...], message: str) -> None:
    with pytest.raises(NpcompareError) as raised:
        csv_bytes(table(row))
    assert (raised.value.message, raised.value.hint) == (
        message,
        "it separates the items of a cell, so that the release cannot be written",
    )
