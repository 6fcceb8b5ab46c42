"""Where the cells of a workbook are, which of its sheets are read, and within which limits."""

from __future__ import annotations

import pytest
from sheet_files import RELATIONSHIPS, STYLES, WORKBOOK, R, S, packed, parts, worksheet

from npcompare.errors import NpcompareError
from npcompare.readers import xlsx_reader
from npcompare.readers.sheet_cells import CellKind, Sheet, SheetCell, SheetFile
from npcompare.readers.xlsx_reader import read_xlsx

NUMBER, DECIMAL, DATE = CellKind.NUMBER, CellKind.DECIMAL, CellKind.DATE
ONE = SheetCell("1", NUMBER)
SHEET = '<sheet name="A" r:id="rId1"/>'


def read(contents: dict[str, str]) -> SheetFile:
    return read_xlsx(packed(contents), "a.xlsx")


def sheet_of(cells: str, **changes: str) -> Sheet:
    (sheet,) = read(parts(cells, **changes)).sheets
    return sheet


def refusal(contents: dict[str, str]) -> str:
    with pytest.raises(NpcompareError) as raised:
        read(contents)
    return raised.value.message


def with_first_row(contents: dict[str, str], cell: str) -> dict[str, str]:
    return {**contents, "xl/worksheets/sheet1.xml": worksheet(f"<row>{cell}</row>")}


def test_sheet_has_its_name_and_its_path() -> None:
    rows = {1: {1: ONE}}
    expected = SheetFile("a.xlsx", (Sheet("A", rows),))
    assert read(parts("<row><c><v>1</v></c></row>")) == expected


def test_sheet_without_a_name_is_read() -> None:
    book = WORKBOOK.replace('name="A" ', "")
    assert sheet_of("", workbook=book) == Sheet("", {})


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ('<row r="3"><c r="B3"/><c r="AB3"><v>1</v></c><c><v>1</v></c></row>', [(3, 28), (3, 29)]),
        ('<row r="3"><c><v>1</v></c></row><row><c><v>1</v></c></row>', [(3, 1), (4, 1)]),
        ('<row r="3"><c><v>1</v></c></row><row r="x"><c><v>1</v></c></row>', [(3, 1), (4, 1)]),
        # No sheet has so many rows: such a number is not one.
        ('<row r="3"/><row r="10000000"><c><v>1</v></c></row>', [(4, 1)]),
        ('<row r="9"><c r="A2"><v>1</v></c></row>', [(2, 1)]),
        ('<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', [(1, 1), (2, 1)]),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', [(1_048_576, 16_384)]),
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', []),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', []),
    ],
)
def test_cells_are_where_their_addresses_are(rows: str, places: list[tuple[int, int]]) -> None:
    cells = sheet_of(rows).rows
    assert [(row, column) for row in cells for column in cells[row]] == places


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("yyyy", SheetCell("2019-07-01", DATE)),
        ("DD", SheetCell("2019-07-01", DATE)),
        ("mm:ss", SheetCell("43647", NUMBER)),
        ("0;yyyy", SheetCell("43647", NUMBER)),
        ("0 &quot;days&quot;", SheetCell("43647", NUMBER)),
        ("[Red]0\\d", SheetCell("43647", NUMBER)),
        ("", SheetCell("43647", NUMBER)),
    ],
)
def test_format_of_a_number_shows_a_day(code: str, expected: SheetCell) -> None:
    styles = STYLES.replace("h:mm;@", code)
    contents = {**parts(), "xl/styles.xml": styles}
    (sheet,) = read(with_first_row(contents, '<c s="2"><v>43647</v></c>')).sheets
    assert sheet.rows == {1: {1: expected}}


@pytest.mark.parametrize(
    "styles",
    [
        "",
        f"<styleSheet {S}/>",
        f'<styleSheet {S}><cellXfs><xf numFmtId="14"/><xf/></cellXfs></styleSheet>',
        STYLES.replace('<xf numFmtId="14"/>', '<xf numFmtId="164"/>').replace(
            ' formatCode="h:mm;@"', ""
        ),
    ],
)
def test_number_without_a_format_is_a_number(styles: str) -> None:
    contents = {**parts(), "xl/styles.xml": styles}
    (sheet,) = read(with_first_row(contents, '<c s="1"><v>43647</v></c>')).sheets
    assert sheet.rows == {1: {1: SheetCell("43647", NUMBER)}}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        # Excel has a 29 February 1900, so that no day before March is certain.
        ("60", SheetCell("60", DECIMAL)),
        ("61", SheetCell("1900-03-01", DATE)),
    ],
)
def test_first_certain_day_is_in_march_1900(number: str, expected: SheetCell) -> None:
    assert sheet_of(f'<row><c s="1"><v>{number}</v></c></row>').rows == {1: {1: expected}}


@pytest.mark.parametrize(
    ("is_1904", "day"),
    [("true", "2023-07-02"), ("on", "2023-07-02"), ("1", "2023-07-02"), ("0", "2019-07-01")],
)
def test_calendar_is_that_of_the_workbook(is_1904: str, day: str) -> None:
    book = WORKBOOK.replace("<sheets>", f'<workbookPr date1904="{is_1904}"/><sheets>')
    sheet = sheet_of('<row><c s="1"><v>43647</v></c></row>', workbook=book)
    assert sheet.rows == {1: {1: SheetCell(day, DATE)}}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c t="inlineStr"/>', None),
        ('<c t="inlineStr"><is><t/><r><t/></r></is></c>', None),
        ('<c t="str"><f>B1</f><v>one_x000D_two</v></c>', SheetCell("one\rtwo")),
        ('<c t="e"><v>_x000D_</v></c>', SheetCell("_x000D_", CellKind.ERROR)),
        ('<c t="n" s="2"><v>43647.5</v></c>', SheetCell("43647.5", DECIMAL)),
        (f'<c s="{"9" * 5000}"><v>1</v></c>', ONE),
    ],
)
def test_cell_has_its_own_text(cell: str, expected: SheetCell | None) -> None:
    assert sheet_of(f"<row>{cell}</row>").rows.get(1, {}).get(1) == expected


def test_thousands_of_shared_texts_are_read() -> None:
    texts = "".join(f"<si><t>the words of cell {n}</t></si>" for n in range(5000))
    rows = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(5000))
    cells = sheet_of(rows, strings=f"<sst {S}>{texts}</sst>").rows
    assert [row[1].text for row in cells.values()] == [
        f"the words of cell {n}" for n in range(5000)
    ]


@pytest.mark.parametrize("number", ["2", "x", "-1", "1.5", "9" * 5000])
def test_missing_shared_text_is_a_damage(number: str) -> None:
    strings = f"<sst {S}><si><t>one</t></si><si><t>two</t></si></sst>"
    row = f'<row><c t="s"><v>{number}</v></c></row>'
    expected = "a.xlsx is damaged: a cell refers to a text that is missing"
    assert refusal(parts(row, strings=strings)) == expected


def test_merged_cells_are_ranges_of_cells() -> None:
    ranges = ("A2:A4", "", "A:A", "2:3", "A2:A" + "9" * 5000, "B7")
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in ranges) + "<mergeCell/>"
    sheet = worksheet("", f"<mergeCells>{merged}</mergeCells>")
    assert sheet_of("", sheet=sheet).merged == ("A2:A4", "B7")


@pytest.mark.parametrize(
    "target",
    ["/xl/worksheets/sheet1.xml", "/XL/Worksheets/Sheet1.xml", "../xl/./worksheets/sheet1.xml"],
)
def test_path_of_a_sheet_may_be_absolute(target: str) -> None:
    relationships = RELATIONSHIPS.replace("worksheets/sheet1.xml", target)
    assert sheet_of("", relationships=relationships) == Sheet("A", {})


@pytest.mark.parametrize(
    ("workbook", "relationships"),
    [
        (WORKBOOK, RELATIONSHIPS.replace("Target=", 'TargetMode="External" Target=')),
        (WORKBOOK, RELATIONSHIPS.replace('Target="worksheets/sheet1.xml"', "")),
        (WORKBOOK, RELATIONSHIPS.replace('Id="rId1"', "")),
        (WORKBOOK.replace(' r:id="rId1"', ""), RELATIONSHIPS),
        (WORKBOOK, ""),
    ],
)
def test_sheet_without_a_part_is_left_out(workbook: str, relationships: str) -> None:
    contents = parts(workbook=workbook, relationships=relationships)
    assert read(contents) == SheetFile("a.xlsx", ())


def test_link_to_another_workbook_is_not_a_sheet() -> None:
    link = '<externalReferences><externalReference r:id="rId2"/></externalReferences>'
    book = WORKBOOK.replace("</workbook>", f"{link}</workbook>")
    related = f'<Relationship Id="rId2" Type="{R}/x" Target="externalLinks/externalLink1.xml"/>'
    relationships = RELATIONSHIPS.replace("</Relationships>", f"{related}</Relationships>")
    contents = parts(workbook=book, relationships=relationships)
    assert read({**contents, "xl/externalLinks/externalLink1.xml": worksheet("")}) == SheetFile(
        "a.xlsx",
        (Sheet("A", {}),),
        ("a.xlsx has links to other files; they were not followed",),
    )


@pytest.mark.parametrize(
    ("comments", "notes"),
    [
        ("", ()),
        (f'<comments {S}><comment ref="A1"/><comment/></comments>', ()),
        (f'<comments {S}><comment ref="A2"><x ref="A3"/></comment></comments>',
         ("a.xlsx has 1 comment below its headings; it was not read",)),
        (f'<comments {S}><comment ref="A1"/><comment ref="B2"/><comment ref="C3"/></comments>',
         ("a.xlsx has 2 comments below its headings; they were not read",)),
    ],
)  # fmt: skip
def test_comments_are_counted(comments: str, notes: tuple[str, ...]) -> None:
    assert read({**parts(), "xl/comments1.xml": comments}).notes == notes


def test_hundred_sheets_are_read() -> None:
    book = WORKBOOK.replace(SHEET, SHEET * 100)
    assert len(read(parts(workbook=book)).sheets) == 100


def test_limit_of_characters_is_for_all_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "_MOST_CHARACTERS", 5)
    assert list(sheet_of("<row><c><v>123</v></c><c><v>45</v></c></row>").rows[1]) == [1, 2]
    expected = "a.xlsx was not read: its cells have more than 5 characters"
    assert refusal(parts("<row><c><v>123</v></c><c><v>456</v></c></row>")) == expected


PARTS = ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("part", PARTS)
def test_damaged_part_is_named(part: str) -> None:
    expected = f"a.xlsx is damaged: its part {part} is not well-formed XML"
    assert refusal({**parts(), part: "<x"}) == expected


@pytest.mark.parametrize("part", PARTS)
def test_large_part_is_named(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "_LARGEST_PART", 1024**2)
    expected = f"a.xlsx is too large to be unpacked: its part {part} is larger than 1 MB"
    assert refusal({**parts(), part: parts()[part] + " " * 1024**2}) == expected


def test_damaged_workbooks_are_said_to_be_so() -> None:
    without = parts()
    del without["xl/workbook.xml"]
    assert refusal(without) == "a.xlsx is damaged: it has no list of sheets"
    with pytest.raises(NpcompareError) as raised:
        read_xlsx(b"PK", "a.xlsx")
    assert raised.value.message == "a.xlsx is damaged: its end is missing, or it was changed"
