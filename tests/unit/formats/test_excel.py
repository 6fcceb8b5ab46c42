"""Workbooks, read back by another program: cells, names, layout, and the same bytes twice."""

from __future__ import annotations

import html
import io
import re
import time
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdf
import pytest
from builders import HOSTILE
from conftest import office
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.cell.rich_text import CellRichText, TextBlock

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, number_columns, rows
from npcompare.errors import NpcompareError
from npcompare.formats import excel
from npcompare.formats.excel import write
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WORDS = [
    *HOSTILE,
    "_x0041_",
    "\ufffe\uffff\r",
    " a  ",
    "\tb",
    "'=1",
    "'",
    "1e5",
    "TRUE",
    "2020-01-01",
]


@pytest.fixture(scope="module", autouse=True, params=["small", "large"])
def size(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run each test twice: a large workbook is written row by row, and must read the same."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "large":
            patch.setattr(excel, "_MANY_ROWS", -1)
        yield


def table(title: str, *values: str, notes: tuple[tuple[str, str], ...] = ()) -> Table:
    return Table(title, columns(a="First", b="Second"), rows([[v, v] for v in values]), (), notes)


def document(*tables: Table, title: str = "Laws") -> Document:
    return Document(title, tables, {}, tables[0], "npcompare 0", "Annex II")


def read(content: bytes, *, rich: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=rich)


def values(sheet: Worksheet) -> list[list[str]]:
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


def readable(text: str) -> str:
    return visible(text).replace("\ufffe", "<U+FFFE>").replace("\uffff", "<U+FFFF>")


def unescaped(value: object) -> str:
    """Return a text without the escape that openpyxl resolves only in shared strings."""
    return str(value or "").replace("_x005F_", "_")


def xml(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode()


def test_sheets_are_tables_then_notes_then_about() -> None:
    data = Table("Scope", columns(a="A"), rows([["x"]]), ("A remark.",), (("a", "Doubtful."),))
    book = read(write(document(data, table("Stage", "y"))))
    assert book.sheetnames == ["Scope", "Stage", "Notes", "About"]
    assert values(book["Scope"]) == [["A"], ["x"], [""], ["A remark."]]
    assert values(book["Notes"]) == [
        ["Letter", "Note", "Sheet", "Table"],
        ["a", "Doubtful.", "Scope", "Scope"],
    ]
    assert values(book["About"]) == [
        ["Sheet", "Item", "Text"],
        ["", "Number of the annex", "Annex II"],
        ["", "Title", "Laws"],
        ["", "Made with", "npcompare 0"],
        ["Scope", "Table", "Scope"],
        ["Scope", "Remark", "A remark."],
        ["Stage", "Table", "Stage"],
    ]


def test_head_of_an_annex_is_above_its_tables() -> None:
    annex = document(table("Scope", "x"), table("T" * 40, "y")).replace(is_headed=True)
    first, second, _ = read(write(annex)).worksheets
    assert first["A1"].value == "Annex II\nLaws"
    assert second["A1"].value == f"Annex II\nLaws\n{'T' * 40}"


def test_remarks_of_joined_tables_name_their_subjects() -> None:
    parts = [
        replace(table("One", "x"), subject="Kenya", remarks=("For all.", "For one.")),
        replace(table("Two", "z"), subject="Qatar", remarks=("For all.",), headnote="Head."),
    ]
    sheet = read(write(document(*parts))).worksheets[0]
    below = [row[0] for row in values(sheet)[3:]]
    assert below == ["", "For all.", "Kenya: For one.", "Qatar: Head."]
    assert len(sheet.merged_cells.ranges) == 3


def test_document_without_notes_has_no_notes_sheet() -> None:
    assert read(write(document(table("T", "x")))).sheetnames == ["T", "About"]


def test_hostile_text_stays_text() -> None:
    runs = [Cell((Run(word, Tone.DELETED), Run(word, Tone.STRONG, ("a",)))) for word in WORDS]
    data = Table(
        "T",
        columns(plain="=1+1", mixed="@x"),
        tuple((cell(word), mixed) for word, mixed in zip(WORDS, runs, strict=True)),
    )
    content = write(document(data))
    sheet = read(content)["T"]
    for word, (plain, mixed) in zip(WORDS, sheet.iter_rows(min_row=2), strict=True):
        assert (plain.data_type, mixed.data_type) == ("s", "s")
        assert unescaped(plain.value) == readable(word)
        text = f"{readable(word)}{readable(word)} [a]"
        assert unescaped(mixed.value) == text
        assert plain.hyperlink is None
    for name in zipfile.ZipFile(io.BytesIO(content)).namelist():
        assert "externalLink" not in name
        assert "<f>" not in xml(content, name)
        assert "hyperlink" not in xml(content, name).replace("hyperlinkBase", "")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_any_text_reads_back(words: list[str]) -> None:
    data = Table("T", columns(a="a"), rows([[word] for word in words]))
    sheet = read(write(document(data)))["T"]
    for number, word in enumerate(words, 2):
        assert unescaped(sheet.cell(number, 1).value) == readable(word)


def test_tones_have_fonts() -> None:
    runs = (
        Run("a "),
        Run("quoted", Tone.QUOTE),
        Run("new", Tone.INSERTED),
        Run("old", Tone.DELETED),
        Run("strong", Tone.STRONG, ("a", "b")),
        Run(" same", Tone.SAME),
        Run(" aside", Tone.ASIDE),
    )
    data = Table("T", columns(a="A", b="B"), ((Cell(runs), cell("alone", Tone.QUOTE)),))
    sheet = read(write(document(data)), rich=True)["T"]
    rich = sheet["A2"].value
    assert isinstance(rich, CellRichText)
    assert str(rich) == "a quotednewoldstrong [a] [b] same aside"
    blocks = [part for part in rich if isinstance(part, TextBlock)]
    fonts = [part.font for part in blocks]
    looks = [
        (part.text, bool(font.i), bool(font.b), font.u or "", bool(font.strike), font.vertAlign)
        for part, font in zip(blocks, fonts, strict=True)
    ]
    assert looks[:4] == [
        ("new", False, False, "single", False, None),
        ("old", False, False, "", True, None),
        ("strong", False, True, "", False, None),
        (" [a] [b]", False, False, "", False, "superscript"),
    ]
    colour: Any = blocks[-1].font.color
    assert (blocks[-1].text, colour.rgb) == (" aside", "FF404040")
    assert not sheet["B2"].font.i


def test_sheet_is_laid_out_for_screen_and_print() -> None:
    long = "many words " * 40
    data = Table("T & T", columns(a="A", b="B", c="C"), rows([["x", long, "y" * 30], ["", "", ""]]))
    content = write(document(data))
    sheet = read(content)["T & T"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    # The width of one page is the default, which is not in the file.
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert '<pageSetUpPr fitToPage="1"/>' in xml(content, "xl/worksheets/sheet1.xml")
    widths = [round(sheet.column_dimensions[name].width) for name in "ABC"]
    assert widths[0] < 12
    assert widths[1] in (60, 61)
    assert 30 <= widths[2] <= 33
    # A row without a height in the file is 15 points high.
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3)] == [None, 120, None]
    assert (sheet["A1"].font.i, sheet["A1"].font.b) == (True, False)
    assert sheet["A1"].border.bottom.style == "medium"
    for name in ("A1", "B2", "A3"):
        assert sheet[name].alignment.wrap_text
        assert sheet[name].alignment.vertical == "top"
    assert "&amp;LT &amp;&amp; T" in xml(content, "xl/worksheets/sheet1.xml")


def test_many_wide_columns_share_the_page() -> None:
    data = Table("T", columns(**dict.fromkeys("abcdef", "H")), rows([["many words " * 20] * 6]))
    sheet = read(write(document(data)))["T"]
    assert sum(sheet.column_dimensions[name].width for name in "ABCDEF") < 180


def test_right_to_left_text_has_its_direction() -> None:
    data = Table("T", columns(a="A", b="لا"), rows([["لا يُعاقَب الضحية", "no"]]))
    sheet = read(write(document(data)))["T"]
    orders = [sheet[name].alignment.readingOrder for name in ("A1", "B1", "A2", "B2")]
    assert orders == [0, 2, 2, 0]


def test_sheet_names_are_valid_and_differ() -> None:
    titles = [*WORDS, "", "Notes", "about", "HISTORY", "[]:*?/\\", "''", "a" * 40, "A" * 40]
    titles += ["'quoted'", "x" * 30 + "'y", "😀" * 20, "Straße", "STRASSE", "a" * 40]
    names = read(write(document(*(table(title, "x") for title in titles)))).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == len(titles) + 1
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\n\x1b\u202e")
        assert name.strip("' ") == name
        assert name.casefold() != "history"
    assert "NO" in names
    assert f"{'a' * 30}…" in names
    assert f"{'A' * 26}… (2)" in names


def test_sheet_names_differ_without_regard_to_case() -> None:
    titles = ("stra\u00dfe", "STRASSE", "' x '", " ' ", "table", "About")
    book = read(write(document(*(table(title, "y") for title in titles))))
    expected = ["stra\u00dfe", "STRASSE (2)", "x", "Table", "table (2)", "About (2)", "About"]
    assert book.sheetnames == expected
    book = read(write(document(table("STRASSE", "y"), table("stra\u00dfe", "y"))))
    assert book.sheetnames == ["STRASSE", "stra\u00dfe (2)", "About"]


def test_table_without_rows_says_so() -> None:
    sheet = read(write(document(table("T"))))["T"]
    assert values(sheet) == [["First", "Second"], ["(none)", ""]]


SECTION = " ".join(f"w{number:04}" for number in range(3000))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [SECTION, "x" * 40_000, "😀" * 20_000, "line\n" * 500, "多" * 9_000],
    ids=["words", "one word", "wide", "lines", "east"],
)
def test_long_text_is_whole_in_the_last_sheet(text: str) -> None:
    words = (Run("before "), Run(text, Tone.DELETED, ("a",)), Run(" after", marks=("b",)))
    data = Table("T", columns(a="A", b="B"), ((cell("Kenya"), Cell(words)), (cell("x"), cell("y"))))
    book = read(write(document(data)))
    assert book.sheetnames == ["T", "About", "Long texts"]
    first_lines = str(book["T"]["B2"].value)
    assert first_lines.endswith("\n… full text in the sheet “Long texts”, row 2 [a] [b]")
    assert str(book["T"]["A2"].value) == "Kenya"
    heads, *lines = values(book["Long texts"])
    assert heads == ["Sheet", "Cell", "Part", "Text"]
    assert [line[:3] for line in lines] == [
        ["T", "B2", f"{number} of {len(lines)}"] for number in range(1, len(lines) + 1)
    ]
    parts = [line[3].replace(" [a]", "") for line in lines]
    # Only the line break or the space between two parts is left out.
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", f"before{text}after[b]")
    assert first_lines.startswith("before " + text[:10].strip())


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["of", "victim", "x" * 24, "a\n\nb", "多" * 9]), max_size=900),
    st.integers(1, 7),
)
def test_rows_are_not_higher_than_excel_allows(words: list[str], wide: int) -> None:
    data = Table(
        "T", columns(**dict.fromkeys("abcdefg"[:wide], "Head")), rows([[" ".join(words)] * wide])
    )
    book = read(write(document(data)))
    for sheet in book.worksheets:
        for number in range(1, sheet.max_row + 1):
            assert (sheet.row_dimensions[number].height or 15) < 409


def test_heading_too_long_for_a_cell_is_refused() -> None:
    data = Table("T", columns(a="A", b="😀" * 16_384), rows([["x", "y"]]))
    with pytest.raises(NpcompareError) as refused:
        write(document(data))
    assert refused.value.message == (
        "the text in row 1, column 2 of the sheet “T” is longer than "
        "the 32,767 characters that Excel allows in a cell"
    )
    assert refused.value.hint == "choose another format, such as html or docx"
    longest = "😀" * 16_383 + "x"
    data = Table("T", columns(a="A", b=longest), rows([["x", "y"]]))
    assert read(write(document(data)))["T"]["B1"].value == longest


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a" * 31, "a" * 31),
        ("a" * 32, "a" * 30 + "…"),
        ("😀" * 15 + "x", "😀" * 15 + "x"),
        ("😀" * 16, "😀" * 15 + "…"),
        ("x" + "😀" * 16, "x" + "😀" * 14 + "…"),
        ("a" * 28 + " 'bcd", "a" * 28 + "…"),
        ("a" * 28 + "X'bcd", "a" * 28 + "X…"),
        ("XaX", "XaX"),
        ("a\t[b]\x1b", "a b <U+001B>"),
    ],
)
def test_long_sheet_name_is_shortened(title: str, name: str) -> None:
    twice = name[:26].rstrip() + "… (2)" if len(title) > 31 and title[0] == "a" else ""
    book = read(write(document(table(title, "x"), *([table(title, "y")] if twice else []))))
    assert book.sheetnames == [name, *([twice] if twice else []), "About"]


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("R&G &[x] & &&\n a", "&LR&& G && [x] && &&&& a"),
        ("a" * 117, "&L" + "a" * 117),
        ("a" * 118, "&L" + "a" * 116 + "…"),
    ],
)
def test_page_header_and_footer_are_escaped_and_short(title: str, head: str) -> None:
    content = xml(write(document(table(title, "x"))), "xl/worksheets/sheet1.xml")
    assert f"<oddHeader>{html.escape(head)}</oddHeader>" in content
    foot = "&amp;Lnpcompare 0&amp;RPage &amp;P of &amp;N"
    assert f"<oddFooter>{foot}</oddFooter>" in content


def test_properties_are_one_line() -> None:
    properties = read(write(document(table("T", "x"), title=" a\n \tb\x1b "))).properties
    assert properties.title == "a b<U+001B>"


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("a\nb", 30),
        ("\n\n", 45),
        ("x" * 60, None),
        ("x" * 61, 30),
        # Three lines of ragged words, although the letters would fit on two.
        (" ".join(["x" * 31] * 3), 45),
        ("多" * 30, 18),
        ("多" * 31, 36),
        ("\u1100" * 30 + "\u1100", 36),
        ("\n".join("x" * 27), 405),
    ],
)
def test_row_is_as_high_as_its_longest_cell(text: str, height: int | None) -> None:
    data = Table("T", columns(a="A", b="B", c="C"), rows([["w" * 60, text, ""]]))
    sheet = read(write(document(data)))["T"]
    assert sheet.row_dimensions[2].height == height


def test_text_of_one_line_too_many_is_in_parts() -> None:
    text = "\n".join(f"{number} {'x' * 50}" for number in range(10, 50))
    long = Cell((Run(text, Tone.QUOTE, ("a",)), Run(" end", marks=("b", "a"))))
    # It would fit a row if its words did not leave ragged lines.
    few = Cell((Run("\n".join([*"y" * 25, " ".join(["x" * 31] * 3)])),))
    body = (cell("Kenya"), long), (cell("\n".join("y" * 27)), few)
    book = read(write(document(Table("T", columns(a="A", b="B"), body))))
    first_lines = "\n".join(text.split("\n")[:12])
    sheet = book["T"]
    assert (
        sheet["B2"].value == f"{first_lines}\n… full text in the sheet “Long texts”, row 2 [a] [b]"
    )
    assert sheet["A3"].value == "\n".join("y" * 27)
    reference = "\n… full text in the sheet “Long texts”, row 4"
    assert sheet["B3"].value == "\n".join("y" * 12) + reference
    heads, *lines = values(book["Long texts"])
    assert heads == ["Sheet", "Cell", "Part", "Text"]
    first, last = (text.split("\n")[:20], text.split("\n")[20:])
    assert lines == [
        ["T", "B2", "1 of 2", "\n".join(first)],
        ["T", "B2", "2 of 2", "\n".join(last) + " [a] end [b] [a]"],
        ["T", "B3", "1 of 2", "\n".join("y" * 20)],
        ["T", "B3", "2 of 2", "\n".join([*"y" * 5, " ".join(["x" * 31] * 3)])],
    ]
    rich = read(write(document(Table("T", columns(a="A", b="B"), body))), rich=True)["T"]
    looks = [
        (part.text, bool(part.font.i), bool(part.font.b), part.font.vertAlign)
        for part in rich["B2"].value
        if isinstance(part, TextBlock)
    ]
    assert looks == [
        ("\n… full text in the sheet “Long texts”, row 2", False, True, None),
        (" [a] [b]", False, False, "superscript"),
    ]
    widths = [round(book["Long texts"].column_dimensions[name].width) for name in "ABD"]
    assert widths == [10, 9, 97]


def test_references_name_the_rows_of_long_texts() -> None:
    early = Cell((Run("early", marks=("c",)), Run("\n".join("y" * 39), marks=("a",))))
    wide = cell("多" * 1800)
    # Together the runs fill the last line, and the cell the lines of a row.
    full = Cell((Run("\n" * 26 + "x" * 30, Tone.QUOTE), Run("y" * 30)))
    data = Table("T", columns(a="A", b="B"), ((early, early), (wide, cell("w" * 60)), (full, full)))
    book = read(write(document(data)))
    sheet = book["T"]
    reference = "\n… full text in the sheet “Long texts”, row"
    first_lines = "early" + "\n".join("y" * 12)
    assert sheet["A2"].value == f"{first_lines}{reference} 2 [c] [a]"
    assert sheet["B2"].value == f"{first_lines}{reference} 4 [c] [a]"
    assert sheet["A3"].value == f"{'多' * 270}{reference} 6"
    assert sheet["A4"].value == sheet["B4"].value == "\n" * 26 + "x" * 30 + "y" * 30
    assert [line[:3] for line in values(book["Long texts"])[1:]] == [
        ["T", name, part] for name in ("A2", "B2", "A3") for part in ("1 of 2", "2 of 2")
    ]
    assert [line[3] for line in values(book["Long texts"])[5:]] == ["多" * 900, "多" * 900]


def test_long_texts_sheet_is_as_wide_as_its_content() -> None:
    title = "A title that needs its room"
    book = read(write(document(Table(title, columns(a="A"), rows([["\n".join("y" * 400)]])))))
    sheet = book["Long texts"]
    assert sheet["C21"].value == "20 of 20"
    assert [round(sheet.column_dimensions[name].width) for name in "ABC"] == [29, 9, 10]


def test_neighbours_in_one_font_are_joined() -> None:
    alike = Cell((Run("a", Tone.STRONG), Run("", Tone.QUOTE), Run("b", Tone.PROBLEM)))
    plain = Cell((Run("a"), Run("b", Tone.SAME), Run("")))
    looks = Cell((Run("_x0041_", Tone.STRONG), Run(" b")))
    mixed = Cell((Run("a", Tone.STRONG), Run(" b", Tone.QUOTE)))
    body = ((alike, plain), (looks, Cell(())), (mixed, mixed))
    content = write(document(Table("T", columns(a="A", b="B"), body)))
    sheet = read(content, rich=True)["T"]
    assert [str(sheet[name].value) for name in ("A2", "B2")] == ["ab", "ab"]
    assert [isinstance(sheet[name].value, CellRichText) for name in ("A2", "B2")] == [False] * 2
    assert [bool(sheet[name].font.b) for name in ("A2", "B2", "A3")] == [True, False, False]
    assert unescaped(sheet["A3"].value) == "_x0041_ b"
    fonts = [(part.text, bool(part.font.b)) for part in sheet["A4"].value]
    assert fonts == [("a", True), (" b", False)]
    assert not sheet["B3"].value
    assert all(sheet[name].alignment.wrap_text for name in ("A2", "B2", "A3", "B3"))


def test_right_to_left_cell_of_several_fonts_is_aligned() -> None:
    mixed = Cell((Run("لا"), Run(" يُعاقَب", Tone.STRONG, ("a",))))
    sheet = read(write(document(Table("T", columns(a="A"), ((mixed,),)))))["T"]
    placed = sheet["A2"].alignment
    assert (placed.readingOrder, placed.wrap_text, placed.vertical) == (2, True, "top")


@pytest.mark.office
def test_libreoffice_prints_all_of_a_long_text(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(write(document(table("T", SECTION))))
    (printed,) = office("pdf", tmp_path, path)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    words = re.findall(r"w[0-9]{4}", text)
    assert set(words) == set(SECTION.split())


@pytest.mark.office
def test_libreoffice_reads_text_like_an_escape(tmp_path: Path) -> None:
    path = tmp_path / "laws.xlsx"
    mixed = Cell((Run("_x0041_", Tone.DELETED), Run(" a_x005F_b", Tone.STRONG)))
    data = Table("T", columns(a="A", b="B"), ((cell("_x0041_ a_x005F_b"), mixed),))
    path.write_bytes(write(document(data)))
    (converted,) = office("csv", tmp_path, path)
    assert converted.read_text().splitlines()[1] == "_x0041_ a_x005F_b,_x0041_ a_x005F_b"


@pytest.mark.slow
def test_same_document_gives_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    data = document(table("T", *WORDS, notes=(("a", "x"),)))
    first = write(data)
    # Times in a ZIP archive have a resolution of two seconds.
    time.sleep(3)
    assert write(data) == first
    properties = read(first).properties
    assert properties.created == datetime(1980, 1, 1)  # noqa: DTZ001
    assert (properties.title, properties.description) == ("Laws", "npcompare 0")


def test_date_is_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    data = document(table("T", "x"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert read(write(data)).properties.created == datetime(2023, 11, 14, 22, 13, 20)  # noqa: DTZ001
    for wrong in ("soon", "9" * 30, "-99999999999999"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        assert read(write(data)).properties.created == datetime(1980, 1, 1)  # noqa: DTZ001


def test_long_titles_are_shortened_to_fit() -> None:
    content = write(document(table("&" * 400, "x"), title="t" * 400))
    assert len(str(read(content).properties.title)) == 255
    head = re.search("<oddHeader>(.*)</oddHeader>", xml(content, "xl/worksheets/sheet1.xml"))
    assert head
    assert 200 < len(html.unescape(head[1])) <= 255


@pytest.mark.parametrize("title", ["R&G", "&[Picture]", "&&G", "&L&R", ""])
def test_title_is_not_a_command_in_the_page_header(title: str) -> None:
    content = xml(write(document(table(title, "x"))), "xl/worksheets/sheet1.xml")
    head = re.search("<oddHeader>&amp;L(.*)</oddHeader>", content)
    header = html.unescape(head[1]).replace("&&", "&").replace("& ", "&") if head else ""
    assert header == title


def test_diff_is_written_as_a_workbook(run: Callable[..., Ran], tmp_path: object) -> None:
    path = f"{tmp_path}/a.xlsx"
    assert run("diff", "kenya", "jamaica", "coe-26", "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[-2:] == ["Notes", "About"]
    first = book.worksheets[0]
    title, headnote = first["A1"].value.split("\n")[:2]
    assert title.startswith("Kenya, section\N{NO-BREAK SPACE}14, compared with")
    assert headnote.startswith("Kenya reaches further in scope; same threshold,")
    assert first["A3"].value == "Scope"


def test_letters_within_a_list_stay_beside_their_names() -> None:
    names = Cell((Run("Kenya", marks=("a",)), Run("; "), Run("Qatar", marks=("b",))))
    body = ((cell("Scope", marks=["a"]), names),)
    notes = (("a", "One."), ("b", "Two."))
    book = read(write(document(Table("T", columns(a="Class", b="Names"), body, notes=notes))))
    assert values(book["T"]) == [
        ["Class", "Names", "Notes"],
        ["Scope", "Kenya [a]; Qatar [b]", "Class: a"],
    ]


def test_lines_that_all_headnotes_have_are_kept() -> None:
    tables = (
        replace(table("S", "x"), subject=subject, headnote=f"All.\n{subject} meets 2.")
        for subject in ("Kenya", "Qatar")
    )
    sheet = read(write(document(*tables))).worksheets[0]
    assert sheet["A1"].value == "All."


def test_column_that_is_alone_is_free_to_scroll() -> None:
    tables = tuple(
        Table("T", columns(**headings), rows([["x"] * len(headings)]))
        for headings in ({"a": "A"}, {"a": "A", "b": "B"})
    )
    book = openpyxl.load_workbook(io.BytesIO(write(Document("T", tables, {}, tables[0]))))
    assert [sheet.freeze_panes for sheet in book.worksheets[:2]] == ["A2", "B2"]


def test_tables_on_several_subjects_share_a_sheet() -> None:
    parts = [
        replace(table("One", "x"), subject="Kenya", sheet="Parts", notes=(("a", "n"),)),
        table("Other", "y"),
        replace(table("Two", "z"), subject="Qatar", sheet="Parts"),
    ]
    marked = Cell((Run("w", marks=("a", "†")),))
    parts[0] = replace(parts[0], rows=((marked, cell("x")),))
    book = read(write(document(*parts)))
    assert book.sheetnames == ["Parts", "Other", "Notes", "About"]
    assert values(book["Parts"]) == [
        ["Provision", "First", "Second", "Notes"],
        ["Kenya", "w [†]", "x", "First: a"],
        ["Qatar", "z", "z", ""],
    ]
    assert values(book["Notes"])[1:] == [["a", "n", "Parts", "One"]]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("12", 12, "0"),
        ("-0.25", -0.25, "0.00"),
        ("85.0%", 0.85, "0.0%"),
        ("1.2345", "1.2345", "General"),
        ("1e5", "1e5", "General"),
        ("٣", "٣", "General"),
        ("", "", "General"),
    ],
)
def test_column_of_numbers_has_numbers(text: str, value: object, shown: str) -> None:
    data = Table("T", number_columns(count="Count"), rows([[text]]))
    place = read(write(document(data)))["T"]["A2"]
    assert (place.value, place.number_format) == (value, shown)


def test_author_and_language_are_properties() -> None:
    content = write(document(table("T", "x")))
    assert read(content).properties.creator == "npcompare"
    assert "en-GB" in xml(content, "docProps/custom.xml")
