"""Sheets from workbooks and separated values: what cells contain, and which files are refused."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_files import RELATIONSHIPS, WORKBOOK, R, S, packed, parts, worksheet

from npcompare.errors import NpcompareError
from npcompare.readers.csv_reader import read_csv
from npcompare.readers.sheet_cells import CellKind, SheetCell
from npcompare.readers.spreadsheets import read_spreadsheet
from npcompare.readers.xlsx_reader import read_xlsx

if TYPE_CHECKING:
    from pathlib import Path

TEXT, NUMBER, DECIMAL, DATE = CellKind.TEXT, CellKind.NUMBER, CellKind.DECIMAL, CellKind.DATE


def cell(xml: str, strings: str = "") -> SheetCell | None:
    """Return what a reader makes of the XML of one cell in A1."""
    contents = parts(f'<row r="1">{xml}</row>', strings=f"<sst {S}>{strings}</sst>")
    (sheet,) = read_xlsx(packed(contents), "a.xlsx").sheets
    return sheet.rows.get(1, {}).get(1)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', SheetCell("one\r\ntwo")),
        ('<c r="A1" t="s"><v>1</v></c>', SheetCell("bold plain")),
        ('<c r="A1" t="inlineStr"><is><t>in place</t></is></c>', SheetCell("in place")),
        ('<c r="A1" t="str"><f>B1</f><v>result</v></c>', SheetCell("result")),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', None),
        ('<c r="A1"><f>B1+1</f></c>', SheetCell("", CellKind.UNCOMPUTED)),
        ('<c r="A1"><v>2019</v></c>', SheetCell("2019", NUMBER)),
        ('<c r="A1"><v>2019.0</v></c>', SheetCell("2019", NUMBER)),
        ('<c r="A1"><v>1.1000000000000001</v></c>', SheetCell("1.1000000000000001", DECIMAL)),
        ('<c r="A1"><v>1E+20</v></c>', SheetCell("1E+20", DECIMAL)),
        ('<c r="A1" s="1"><v>43647</v></c>', SheetCell("2019-07-01", DATE)),
        ('<c r="A1" s="1"><v>43647.75</v></c>', SheetCell("2019-07-01", DATE)),
        ('<c r="A1" s="3"><v>43647</v></c>', SheetCell("2019-07-01", DATE)),
        ('<c r="A1" s="2"><v>0.5</v></c>', SheetCell("0.5", DECIMAL)),
        ('<c r="A1" s="1"><v>59</v></c>', SheetCell("59", DECIMAL)),
        ('<c r="A1" s="1"><v>1e300</v></c>', SheetCell("1e300", DECIMAL)),
        ('<c r="A1" s="99"><v>7</v></c>', SheetCell("7", NUMBER)),
        ('<c r="A1" t="d"><v>2019-07-01T00:00:00</v></c>', SheetCell("2019-07-01", DATE)),
        ('<c r="A1" t="b"><v>1</v></c>', SheetCell("yes", CellKind.BOOLEAN)),
        ('<c r="A1" t="e"><v>#REF!</v></c>', SheetCell("#REF!", CellKind.ERROR)),
        ('<c r="A1" s="1"/>', None),
        ("<c><v>1</v></c>", SheetCell("1", NUMBER)),
        ('<c r="A1" t="inlineStr"><is><t>_xD83D_ _x005F_x000D_</t></is></c>',
         SheetCell("_xD83D_ _x000D_")),
    ],
)  # fmt: skip
def test_cell_is_read_as_excel_means_it(xml: str, expected: SheetCell | None) -> None:
    strings = (
        "<si><t>one_x000D_\ntwo</t></si>"
        "<si><r><rPr><b/></rPr><t>bold</t></r><r><t> plain</t></r><rPh><t>hint</t></rPh></si>"
    )
    assert cell(xml, strings) == expected


def test_calendar_of_old_macs_is_read() -> None:
    book = WORKBOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    contents = parts('<row><c s="1"><v>42185</v></c></row>', workbook=book)
    (sheet,) = read_xlsx(packed(contents), "a.xlsx").sheets
    assert sheet.rows[1][1] == SheetCell("2019-07-01", DATE)


def test_strict_workbook_is_read() -> None:
    strict = {
        name: text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            f'xmlns:r="{R}"', 'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"'
        )
        for name, text in parts("<row><c><v>5</v></c></row>").items()
    }
    (sheet,) = read_xlsx(packed(strict), "a.xlsx").sheets
    assert sheet.rows == {1: {1: SheetCell("5", NUMBER)}}


def test_merged_cells_are_listed() -> None:
    merged = worksheet("", '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>')
    (sheet,) = read_xlsx(packed(parts(sheet=merged)), "a.xlsx").sheets
    assert sheet.merged == ("A2:A4",)


def test_macros_and_links_are_not_opened() -> None:
    contents = {
        **parts("<row><c><v>5</v></c></row>"),
        "xl/vbaProject.bin": "macro",
        "xl/externalLinks/externalLink1.xml": "<!DOCTYPE x><x/>",
    }
    read = read_xlsx(packed(contents), "a.xlsm")
    assert read.sheets[0].rows == {1: {1: SheetCell("5", NUMBER)}}
    assert read.notes == (
        "a.xlsm contains macros; they were not read",
        "a.xlsm has links to other files; they were not followed",
    )


def test_sheet_outside_the_file_is_left_out() -> None:
    outside = RELATIONSHIPS.replace('Target="', 'TargetMode="External" Target="file:///etc/')
    assert read_xlsx(packed(parts(relationships=outside)), "a.xlsx").sheets == ()


DAYS = st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001 - Excel has no zones


def expected(value: object) -> SheetCell:
    if isinstance(value, bool):
        return SheetCell("yes" if value else "no", CellKind.BOOLEAN)
    if isinstance(value, datetime):
        return SheetCell(value.date().isoformat(), DATE)
    return SheetCell(str(value), NUMBER if isinstance(value, int) else TEXT)


@given(
    st.lists(
        st.one_of(
            st.text("abc é日 =+-_xD00A&<>'\"\n", min_size=1, max_size=12),
            st.integers(-(10**14), 10**14),
            st.booleans(),
            DAYS,
        ),
        max_size=6,
    )
)
def test_workbook_of_another_program_is_read(values: list[object]) -> None:
    book = openpyxl.Workbook()
    for column, value in enumerate(values, 1):
        target = book.worksheets[0].cell(1, column)
        target.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            target.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = read_xlsx(stream.getvalue(), "a.xlsx").sheets
    assert list(sheet.rows.get(1, {}).values()) == list(map(expected, values))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('a;b\n"x;y";2\n', [["a", "b"], ["x;y", "2"]]),
        ("a\tb\n1\t2", [["a", "b"], ["1", "2"]]),
        ('\ufeffa,b\r\n"one\r\ntwo",2\r\n', [["a", "b"], ["one\ntwo", "2"]]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_separated_values_are_read(text: str, rows: list[list[str]], encoding: str) -> None:
    (sheet,) = read_csv(text.encode(encoding), "a.csv").sheets
    assert [[cell.text for cell in row.values()] for row in sheet.rows.values()] == rows


def test_row_of_separated_values_is_its_first_line() -> None:
    (sheet,) = read_csv(b'a,b\n"1\n2",3\n\n4,5\n', "a.csv").sheets
    assert list(sheet.rows) == [1, 2, 5]


def test_encoding_of_windows_is_told() -> None:
    read = read_csv("Name;Straße\nMünchen;é\n".encode("cp1252"), "a.csv")
    assert read.sheets[0].rows[2][1] == SheetCell("München")
    assert read.notes == ("a.csv is not in UTF-8; it was read as Windows-1252",)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        (
            "a.xls",
            OLE + "Workbook".encode("utf-16-le"),
            "an old Excel workbook (.xls)",
            "save it as .xlsx",
        ),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted", "password"),
        (
            "a.ods",
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "an OpenDocument spreadsheet",
            "LibreOffice",
        ),
        ("a.numbers", packed({"Index/Document.iwa": "x"}), "a Numbers spreadsheet", "Export To"),
        (
            "a.xlsb",
            packed({"[Content_Types].xml": "spreadsheetml", "xl/workbook.bin": "x"}),
            "a binary Excel workbook (.xlsb)",
            "save it as .xlsx",
        ),
        ("a.pdf", b"%PDF-1.7", "a PDF document", ".xlsx"),
        ("a.docx", packed({"[Content_Types].xml": "wordprocessingml"}), "a Word document", ".xlsx"),
    ],
)
def test_other_files_are_refused_by_name(
    tmp_path: Path, name: str, content: bytes, message: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NpcompareError) as raised:
        read_spreadsheet(tmp_path / name)
    assert f"is {message}" in raised.value.message
    assert hint in raised.value.hint


def test_comments_below_the_headings_are_told() -> None:
    comments = "".join(f'<comment ref="{cell}"/>' for cell in ("A1", "B1", "A2", "C11"))
    contents = {**parts(), "xl/comments1.xml": f"<comments {S}>{comments}</comments>"}
    assert read_xlsx(packed(contents), "a.xlsx").notes == (
        "a.xlsx has 2 comments below its headings; they were not read",
    )
