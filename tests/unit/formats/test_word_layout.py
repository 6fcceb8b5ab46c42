"""The form of tables in Word: heads of groups, heads that run upwards, and stacks of blocks."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from word_files import ROW, opened, small_annex

from npcompare.charts import AnswerOverview
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, cell
from npcompare.formats import word_layout, word_styles, word_table
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.word import write
from npcompare.formats.word_layout import Area
from npcompare.text import in_letters

if TYPE_CHECKING:
    from pathlib import Path

NAME = Column("state", "State")
STATE = cell("Kenya", Tone.STRONG)
GROUPED = tuple(
    Column(f"{group}-{short}", f"{group}: {short}", Role.ANSWER, group, short)
    for group, short in (("Scope", "any"), ("Scope", "listed"), ("Stage", "records"))
)


def document(columns: tuple[Column, ...], *rows: tuple[Cell, ...], **options: Any) -> Document:
    table = Table("Provisions", columns, rows, **options)
    return Document("Laws", (table,), {}, table, recipe={"ids": []})


def page(tmp_path: Path, width: float, height: float) -> str:
    """Return the path of a template with pages of a size and margins of 2 cm."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    path = tmp_path / "house.docx"
    word.save(str(path))
    return str(path)


def headings(content: bytes) -> list[str]:
    return [column.heading for column in read_docx(content).tables[0].columns]


def texts(row: Any) -> list[str]:
    return [place.xpath("string(.)") for place in row._tr.tc_lst]


def has(row: Any, name: str) -> bool:
    return row._tr.find(f"{qn('w:trPr')}/{qn(name)}") is not None


def styles_of(row: Any) -> list[str]:
    return [place.paragraphs[0].style.name for place in row.cells]


def test_shared_headings_are_printed_once_above() -> None:
    annex = document((NAME, *GROUPED), (STATE, cell("yes"), cell("no"), cell("yes")))
    (table,) = opened(annex).tables
    spanners, heads, body = table.rows
    assert texts(spanners) == ["State", "Scope", "Stage"]
    assert texts(heads) == ["", "any", "listed", "records"]
    assert [has(row, "w:tblHeader") for row in table.rows] == [True, True, False]
    assert spanners._tr.xpath("w:tc/w:tcPr/w:gridSpan/@w:val") == ["2"]
    assert table._tbl.xpath(".//w:vMerge/@w:val") == ["restart"]
    assert styles_of(spanners) == ["Table head", *["Table spanner"] * 3]
    assert styles_of(heads)[1:] == ["Table answer head"] * 3
    assert styles_of(body) == ["Table stub", *["Table answer"] * 3]
    assert headings(write(annex)) == ["State", "Scope: any", "Scope: listed", "Stage: records"]


@pytest.mark.parametrize("colon", ["\N{NO-BREAK SPACE}: ", "\N{FULLWIDTH COLON}"])
def test_shared_headings_have_the_colon_of_a_language(colon: str) -> None:
    columns = (
        NAME,
        Column("x", f"范围{colon}任何", Role.ANSWER, "范围", "任何"),
        Column("y", f"范围{colon}列举", Role.ANSWER, "范围", "列举"),
    )
    annex = document(columns, (STATE, cell("yes"), cell("no")))
    (table,) = opened(annex).tables
    assert [texts(row) for row in table.rows[:2]] == [["State", "范围"], ["", "任何", "列举"]]
    assert headings(write(annex)) == ["State", f"范围{colon}任何", f"范围{colon}列举"]


def test_rule_below_both_heads_is_of_the_style() -> None:
    annex = document((NAME, *GROUPED), (STATE, *[cell("yes")] * 3))
    (table,) = opened(annex).tables
    (rule, *_) = table.rows[1]._tr.xpath("w:tc/w:tcPr/w:tcBorders/w:bottom")
    assert rule.get(qn("w:sz")) == "6"


def test_own_heading_below_a_shared_one_is_read_back() -> None:
    columns = (NAME, Column("e1", "Element 1", Role.ANSWER, "Persons", "Element 1"))
    assert headings(write(document(columns, (STATE, cell("yes"))))) == ["State", "Element 1"]


def test_part_of_a_divided_table_repeats_both_heads() -> None:
    annex = document((NAME, *GROUPED), *[(STATE, *[cell(word)] * 3) for word in ("yes", "no")])
    word = opened(annex.replace(tables=[annex.tables[0]]))
    table = word.tables[0]._tbl
    second: Any = deepcopy(table)
    for row, place in ((table, 3), (second, 2)):
        row.remove(row.tr_lst[place])
    table.addnext(second)
    packed = io.BytesIO()
    word.save(packed)
    assert [row[1].text for row in read_docx(packed.getvalue()).tables[0].rows] == ["yes", "no"]


@pytest.mark.further
def test_long_headings_of_answers_run_upwards(tmp_path: Path) -> None:
    columns = tuple(Column(f"c{number}", "Considerations", Role.ANSWER) for number in range(8))
    annex = document((NAME, *columns), (STATE, *[cell("no")] * 8))
    (table,) = opened(annex.replace(template=page(tmp_path, 14, 13))).tables
    assert len(table._tbl.xpath("w:tr[1]//w:textDirection")) == 8
    assert headings(write(annex)) == ["State", *["Considerations"] * 8]


@pytest.mark.further
def test_word_of_a_shared_heading_is_not_broken(tmp_path: Path) -> None:
    group = "Considerations"
    columns = tuple(
        Column(f"c{number}", f"{group}: {words} of them", Role.ANSWER, group, f"{words} of them")
        for number, words in enumerate(["two", "all"])
    )
    many = (Column(f"e{number}", f"Obligations {number}", Role.ANSWER) for number in range(22))
    annex = document((NAME, *columns, *many), (STATE, *[cell("✓")] * 24))
    (table,) = opened(annex.replace(template=page(tmp_path, 21, 29))).tables
    widths = [int(width) for width in table._tbl.xpath("w:tblGrid/w:gridCol/@w:w")]
    # The letters are half as wide as high, which is 9 points; widths are in twentieths of a point.
    assert sum(widths[1:3]) > len(group) * 0.5 * 9 * 20 > 2 * widths[3]


LONG = tuple(Column(f"c{number}", f"Consideration {number}") for number in range(9))


@pytest.mark.further
def test_row_of_too_wide_a_table_is_a_block(tmp_path: Path) -> None:
    row = (STATE, *(cell(f"discretionary {number}") for number in range(9)))
    annex = document((NAME, *LONG), row, row, row_keys=("kenya", "qatar"))
    stacked = annex.replace(template=page(tmp_path, 14, 13))
    (table,) = opened(stacked).tables
    assert [texts(each) for each in table.rows[:2]] == [
        ["State", "Kenya"],
        ["Consideration 0", "discretionary 0"],
    ]
    assert len(table.rows) == 2 * 10
    assert table._tbl.xpath("w:tblPr/w:tblLook/@w:firstRow") == ["0"]
    assert not any(has(row, "w:tblHeader") for row in table.rows)
    filed, level = (read_docx(write(each)) for each in (stacked, annex))
    assert filed.tables == level.tables
    assert filed.edits == ()


def test_group_of_blocks_is_read_back(tmp_path: Path) -> None:
    group = (cell("States", Tone.STRONG), *[Cell()] * 9)
    row = (STATE, *(cell(f"discretionary {number}") for number in range(9)))
    annex = document((NAME, *LONG), group, row, row_keys=("group", "kenya"), group_rows=(0,))
    stacked = annex.replace(template=page(tmp_path, 14, 13))
    assert read_docx(write(stacked)).tables == read_docx(write(annex)).tables


LAW = Column("law", "Law")
SOURCE = Column("source", "Source")
NAMED = (NAME, LAW, *LONG[:5], SOURCE)
LONG_ROW = (STATE, cell("An Act to prevent trafficking"), *[cell("discretionary")] * 6)


@pytest.mark.further
def test_names_are_above_where_columns_are_too_many(tmp_path: Path) -> None:
    annex = document(NAMED, LONG_ROW, LONG_ROW, row_keys=("kenya", "qatar"), notes=(("a", "One."),))
    folded = annex.replace(template=page(tmp_path, 19, 13))
    (table,) = opened(folded).tables
    heads, subheads, names, values, *_ = table.rows
    assert texts(heads) == ["State", "Law"]
    assert texts(subheads) == [*(f"Consideration {number}" for number in range(5)), "Source"]
    assert [has(row, "w:tblHeader") for row in table.rows] == [True, True, *[False] * 4]
    assert texts(names) == ["Kenya", "An Act to prevent trafficking"]
    assert styles_of(values) == [*["Table text"] * 5, "Table source"]
    assert [kept(row) for row in table.rows[2:]] == [{True}] * 4
    assert read_docx(write(folded)).tables == read_docx(write(annex)).tables


@pytest.mark.further
def test_names_are_above_if_the_table_is_then_much_lower(tmp_path: Path) -> None:
    words = cell("shall not be punished " * 8)
    row = (*LONG_ROW[:6], words, cell("Kenya Law"))
    template = page(tmp_path, 22.5, 18)
    counts = [
        len(opened(document(NAMED, *rows).replace(template=template)).tables[0].columns)
        for rows in ([LONG_ROW] * 3, [row] * 3)
    ]
    assert counts == [8, 6]


@pytest.mark.slow
def test_text_of_a_house_is_smaller_before_rows_are_divided(tmp_path: Path) -> None:
    annex = document(NAMED, LONG_ROW)
    sizes = {}
    for width in (25, 22.5, 21):
        word = opened(annex.replace(template=page(tmp_path, width, 18)))
        size = word.styles["Table text"].font.size.pt
        sizes[width] = (size, len(word.tables[0].columns))
    assert sizes == {25: (9, 8), 22.5: (8, 8), 21: (9, 6)}


@pytest.mark.further
def test_text_in_a_style_of_the_house_keeps_its_size(tmp_path: Path) -> None:
    template = page(tmp_path, 22.5, 18)
    word = docx.Document(template)
    word.styles.add_style("Table text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(9)
    word.save(template)
    word = opened(document(NAMED, LONG_ROW).replace(template=template))
    assert word.styles["Table text"].font.size == Pt(9)


@pytest.mark.further
def test_empty_cells_and_notes_of_blocks_are_read_back(tmp_path: Path) -> None:
    marked = Cell((Run("may", marks=("a",)), Run("\nor not")))
    annex = document((NAME, *LONG), (STATE, marked, *[Cell()] * 8), notes=(("a", "One."),))
    stacked = annex.replace(template=page(tmp_path, 14, 13))
    assert read_docx(write(stacked)).tables == read_docx(write(annex)).tables


def test_more_columns_than_word_allows_are_blocks() -> None:
    columns = tuple(Column(f"c{number}", f"h{number}") for number in range(64))
    annex = document(columns, tuple(cell(str(number)) for number in range(64)))
    assert len(opened(annex).tables[0].columns) == 2
    assert headings(write(annex)) == [f"h{number}" for number in range(64)]


@pytest.mark.further
@pytest.mark.parametrize(("width", "is_turned"), [(21, True), (11, False)])
def test_page_is_turned_only_if_the_table_then_fits(
    width: float, is_turned: bool, tmp_path: Path
) -> None:
    row = (STATE, *(cell("discretionary") for _ in range(7)))
    annex = document((NAME, *LONG[:7]), row).replace(template=page(tmp_path, width, width * 1.41))
    (section,) = opened(annex).sections
    assert (section.orientation == WD_ORIENT.LANDSCAPE) is is_turned


def test_high_row_may_break_and_others_may_not() -> None:
    words = cell("shall not be punished " * 120)
    (table,) = opened(small_annex(ROW, (cell("x"), words), ROW)).tables
    assert [has(row, "w:cantSplit") for row in table.rows] == [True, True, False, True]


def kept(row: Any) -> set[bool | None]:
    return {
        paragraph.paragraph_format.keep_with_next
        for place in row.cells
        for paragraph in place.paragraphs
    }


@pytest.mark.parametrize(
    ("lines", "is_whole", "is_kept_together"), [(20, True, None), (60, False, True)]
)
def test_name_of_a_high_row_is_on_one_page(
    lines: int, is_whole: bool, is_kept_together: bool | None
) -> None:
    """Half of a name says nothing; Word keeps it together even where its row is divided."""
    row = (cell("Name\n" * 15 + "Name"), cell("x\n" * lines + "x"))
    (table,) = opened(document((Column("a", "A"), Column("b", "B")), row)).tables
    assert has(table.rows[1], "w:cantSplit") == is_whole
    paragraphs = table.rows[1].cells[0].paragraphs
    assert {part.paragraph_format.keep_together for part in paragraphs} == {is_kept_together}


def test_row_that_counts_those_below_is_kept_with_them() -> None:
    figure = AnswerOverview(legend=(), group_rows=(0, 20))
    row = (STATE, *[cell("1")] * 3)
    (table,) = opened(document((NAME, *GROUPED), *[row] * 40, figure=figure)).tables
    heads = [place for place, row in enumerate(table.rows[2:]) if kept(row) == {True}]
    # The last row, too, is not alone on a page.
    assert heads == [0, 20, 38]


@pytest.mark.parametrize(
    ("options", "last"),
    [({}, None), ({"notes": (("a", "One."),)}, True), ({"remarks": ("All.",)}, True)],
)
def test_last_rows_are_kept_with_the_notes(options: dict[str, Any], last: bool | None) -> None:
    (table,) = opened(small_annex(*[ROW] * 30, **options)).tables
    assert [kept(row) for row in table.rows] == [
        *({None}, {True}, *[{None}] * 27),
        *({True}, {last}),
    ]


@pytest.mark.parametrize(("count", "is_kept"), [(10, True), (40, None)])
def test_few_notes_are_on_one_page(count: int, is_kept: bool | None) -> None:
    notes = tuple((in_letters(number), "word " * 12) for number in range(1, count + 1))
    word = opened(small_annex(*[ROW] * 30, remarks=("All.",), notes=notes))
    foot = word.paragraphs[-count - 1 :]
    assert [paragraph.style.name for paragraph in foot] == ["Table remark"] + ["Table note"] * count
    kept_paragraphs = [paragraph.paragraph_format.keep_with_next for paragraph in foot]
    assert kept_paragraphs == [is_kept] * count + [None]


def test_short_table_is_on_one_page() -> None:
    (table,) = opened(small_annex(ROW, ROW)).tables
    assert [kept(row) for row in table.rows] == [{None}, {True}, {None}]


def test_headings_that_run_upwards_have_room_for_a_line(tmp_path: Path) -> None:
    columns = tuple(Column(f"c{number}", "Considerations", Role.ANSWER) for number in range(8))
    annex = document((NAME, *columns), (STATE, *[cell("A")] * 8))
    (table,) = opened(annex.replace(template=page(tmp_path, 14, 13))).tables
    widths = [column.width for column in table.columns]
    assert min(widths) >= Cm(0.6)
    assert sum(widths) == pytest.approx(Cm(10), rel=0.001)
    assert styles_of(table.rows[0]) == ["Table head"] * 9


SIGNS = tuple(Column(f"c{number}", "Considerations", Role.ANSWER) for number in range(16))
LONG_NAME = cell("Association of Southeast Asian Nations, article 14, paragraph 7")


@pytest.mark.further
def test_signs_leave_room_for_names_on_a_portrait_page(tmp_path: Path) -> None:
    ticks = [Cell((Run("✓", marks=("aa",)),))] * 16
    annex = document((NAME, *SIGNS), (LONG_NAME, *ticks)).replace(template=page(tmp_path, 21, 29.7))
    word = opened(annex)
    assert word.sections[0].orientation == WD_ORIENT.PORTRAIT
    (table,) = word.tables
    assert table.columns[0].width >= Cm(5.5)
    margins = {margin.get(qn("w:w")) for margin in table._tbl.iter(qn("w:left"), qn("w:right"))}
    assert margins == {"20"}


@pytest.mark.further
def test_page_is_turned_for_crowded_names(tmp_path: Path) -> None:
    columns = (NAME, *SIGNS, *SIGNS[:8])
    annex = document(columns, (LONG_NAME, *[cell("?")] * 24))
    (section,) = opened(annex.replace(template=page(tmp_path, 21, 29.7))).sections
    assert section.orientation == WD_ORIENT.LANDSCAPE


def test_lines_of_a_row_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are counted for the layout; when that is known, once more for all that needs them."""
    table = small_annex(*[ROW] * 9).tables[0]
    word = docx.Document(io.BytesIO(write(small_annex())))
    area = Area.of(word_styles.text_area(word), Pt(9), is_house_font=False)
    layout = word_layout.laid_out(table, area)
    counted: list[object] = []
    count = word_layout.line_counts

    def counting(cells: Any, widths: Any, room: Area) -> list[int]:
        counted.append(cells)
        return count(cells, widths, room)

    monkeypatch.setattr(word_table, "laid_out", lambda *_: layout)
    for module in (word_layout, word_table):
        monkeypatch.setattr(module, "line_counts", counting, raising=False)
    word_table.add_table(word, table, 1, area)
    assert counted == list(table.rows)
