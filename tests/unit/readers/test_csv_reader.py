"""Separated values: separators, line numbers, encodings and limits."""

from __future__ import annotations

import csv

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers import csv_reader
from npcompare.readers.csv_reader import numbered_rows, read_csv
from npcompare.readers.sheet_cells import SheetCell


def cells(content: bytes) -> dict[int, dict[int, str]]:
    """Return the texts of the one sheet of a file."""
    (sheet,) = read_csv(content, "x.csv").sheets
    assert sheet.name == ""
    return {
        row: {column: cell.text for column, cell in columns.items()}
        for row, columns in sheet.rows.items()
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b;c,d\n", {1: {1: "a", 2: "b;c", 3: "d"}}),
        (b"a;b,c;d\n", {1: {1: "a", 2: "b,c", 3: "d"}}),
        (b"a\tb,c\td\n", {1: {1: "a", 2: "b,c", 3: "d"}}),
        (b"a,b;c\n", {1: {1: "a", 2: "b;c"}}),
        (b"\n  \na;b\nc,d,e\n", {2: {1: "  "}, 3: {1: "a", 2: "b"}, 4: {1: "c,d,e"}}),
        (b"a,,c\n,,\n,x\n", {1: {1: "a", 3: "c"}, 3: {2: "x"}}),
        (b'"a\nb",c\r\nd\re\n', {1: {1: "a\nb", 2: "c"}, 3: {1: "d"}, 4: {1: "e"}}),
        (b"a;b\rc,d,e\r", {1: {1: "a", 2: "b"}, 2: {1: "c,d,e"}}),
        (b"\xef\xbb\xbfa,b", {1: {1: "a", 2: "b"}}),
        (b"sep=;\r\na,b;c\r\n", {2: {1: "a,b", 2: "c"}}),
        (b'"sep=|"\na|b,c\n', {2: {1: "a", 2: "b,c"}}),
        (b"SEP=\t\na\tb\n", {2: {1: "a", 2: "b"}}),
        (b"sep=x\na,b\n", {1: {1: "sep=x"}, 2: {1: "a", 2: "b"}}),
        (b"\xef\xbb\xbf\xef\xbb\xbfa,b", {1: {1: "a", 2: "b"}}),
        (b"", {}),
    ],
)
def test_rows_are_numbered_by_their_first_line(
    content: bytes, expected: dict[int, dict[int, str]]
) -> None:
    assert cells(content) == expected


def test_other_encoding_is_noted() -> None:
    assert read_csv("é".encode(), "x.csv").notes == ()
    read = read_csv(b"caf\xe9,b\n", "x.csv")
    assert read.path == "x.csv"
    assert read.sheets[0].rows == {1: {1: SheetCell("café"), 2: SheetCell("b")}}
    assert read.notes == ("x.csv is not in UTF-8; it was read as Windows-1252",)


def test_number_of_cells_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reader, "_MOST_CELLS", 4)
    assert cells(b"a,\nc,d\n") == {1: {1: "a"}, 2: {1: "c", 2: "d"}}
    with pytest.raises(NpcompareError) as raised:
        read_csv(b"a,b\nc,d\n,\n", "x.csv")
    assert raised.value.message == "x.csv has more than 4 cells"


def test_control_characters_are_refused() -> None:
    with pytest.raises(NpcompareError) as raised:
        read_csv(b"\xef\xbb\xbfa,\0b\n", "x.csv")
    assert raised.value.message == "x.csv is not a text: it contains control characters"


def test_unknown_encoding_is_refused() -> None:
    with pytest.raises(NpcompareError) as raised:
        read_csv(b"\xff\xfe\xfd", "x.csv")
    assert raised.value.message == "the encoding of x.csv is not known"


def test_line_ends_within_a_value_are_kept() -> None:
    assert list(numbered_rows('"a\r\nb",c\r\nd\n')) == [(1, ["a\r\nb", "c"]), (3, ["d"])]
    assert list(numbered_rows("a\rb\n")) == [(1, ["a"]), (2, ["b"])]


def test_value_that_is_too_long_is_refused() -> None:
    with pytest.raises(NpcompareError) as raised:
        read_csv(b"a" * 131_073, "x.csv")
    assert raised.value.message == (
        "x.csv cannot be read as separated values: field larger than field limit (131072)"
    )


def test_limit_of_the_process_is_kept_while_files_are_read() -> None:
    limit = csv.field_size_limit()
    first, second = (numbered_rows("a\nb\n", longest=200_000) for _ in range(2))
    assert (next(first), next(second)) == ((1, ["a"]), (1, ["a"]))
    assert csv.field_size_limit() == limit
    assert (list(first), list(second)) == ([(2, ["b"])], [(2, ["b"])])
    assert csv.field_size_limit() == limit


def test_wrong_quotation_marks_are_refused_on_request() -> None:
    assert list(numbered_rows('"a"b,c\nd;e')) == [(1, ["ab", "c"]), (2, ["d;e"])]
    assert list(numbered_rows("a;b", ";")) == [(1, ["a", "b"])]
    with pytest.raises(csv.Error):
        list(numbered_rows('"a"b,c\n', is_strict=True))


@pytest.mark.parametrize(
    ("content", "after", "fault"),
    [
        (b'a,b\nc,"d\ne,f\n', " after the row in line 1", "a quotation mark is opened and never"),
        (b'a,b\nc,d\ne,"x" y\n', " after the row in line 2", "there is text after a value in"),
        (b'"a" b,c\n', "", "there is text after a value in quotation marks"),
    ],
)
def test_wrong_quotation_marks_lose_no_rows(content: bytes, after: str, fault: str) -> None:
    with pytest.raises(NpcompareError) as raised:
        read_csv(content, "x.csv")
    start = f"x.csv cannot be read as separated values{after}: {fault}"
    assert raised.value.message.startswith(start)
    assert raised.value.hint.startswith("write a quotation mark within a value twice")
