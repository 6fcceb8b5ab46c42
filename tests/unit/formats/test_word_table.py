"""A table in Word: its heads, its merged cells, the names of its rows, and what notes must know."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm, Pt
from word_files import small_annex

from npcompare.document import Cell, Column, Role, Run, Table, Tone, cell, row_anchor
from npcompare.formats.word import write
from npcompare.formats.word_layout import Area
from npcompare.formats.word_rows import add_row
from npcompare.formats.word_table import AddedTable, add_table

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = Column("state", "State")
STATE = cell("Kenya", Tone.STRONG)
UPRIGHT = tuple(Column(f"c{number}", "Considerations", Role.ANSWER) for number in range(8))
GROUPED = (
    Column("any", "Scope: any", Role.ANSWER, "Scope", "any"),
    Column("listed", "Scope: listed", Role.ANSWER, "Scope", "listed"),
    Column("note", "Note"),
)
#: A row of a table with these columns, and a page of 200 characters and 50 lines.
ROW = (STATE, cell("✓"), cell("–"), cell("x"))
PAGE = Area(Cm(30), Cm(15), 200, 50)
#: A page on which the headings of eight answers must run upwards.
NARROW = Area(Cm(10), Cm(9), 50, 30)


def added(table: Table, area: Area = PAGE, **options: Any) -> tuple[Any, AddedTable]:
    """Return a table as it is added to a file as its second one, and what its notes must know."""
    word = docx.Document(io.BytesIO(write(small_annex())))
    notes = add_table(word, table, 2, area, **options)
    return word.tables[0], notes


def answers(columns: Sequence[Column]) -> Table:
    return Table("Provisions", (NAME, *columns), ((STATE, *[cell("✓")] * len(columns)),))


def texts(row: Any) -> list[str]:
    return [place.xpath("string(.)") for place in row._tr.tc_lst]


def styles_of(row: Any) -> list[str]:
    return [place.paragraphs[0].style.name for place in row.cells]


def row_names(grid: Any) -> list[list[str]]:
    """Return the names of the bookmarks of each row."""
    return [row._tr.xpath(".//w:bookmarkStart/@w:name") for row in grid.rows]


def name(key: str) -> str:
    """Return the name of a row of the second table of a file."""
    return f"_npr2_{row_anchor(key).removeprefix('#')}"


@pytest.mark.parametrize(
    ("heading", "characters"),
    [("x" * 14, 16), ("责任和责任和责任", 18), ("x" * 38, 40), ("x" * 60, 40)],
)
def test_head_is_as_high_as_its_longest_heading(heading: str, characters: int) -> None:
    columns = (*UPRIGHT[:7], Column("c7", heading, Role.ANSWER))
    grid, notes = added(answers(columns), NARROW)
    head, row = grid.rows
    assert head.height_rule == WD_ROW_HEIGHT_RULE.EXACTLY
    assert head.height.cm == pytest.approx(10 / 50 * characters, abs=0.01)
    assert row.height is None
    assert head._tr.xpath(".//w:textDirection/@w:val") == ["btLr"] * 8
    assert styles_of(head) == ["Table head"] * 9
    assert notes == AddedTable("", ends_low=True)


def test_headings_that_have_room_run_from_left_to_right() -> None:
    grid, notes = added(answers(UPRIGHT))
    assert grid.rows[0].height is None
    assert not grid._tbl.xpath(".//w:textDirection | .//w:tcMar")
    assert styles_of(grid.rows[0]) == ["Table head", *["Table answer head"] * 8]
    assert notes == AddedTable("", ends_low=True)


def test_sign_has_narrow_margins_and_a_name_has_not() -> None:
    grid, _ = added(answers(UPRIGHT), NARROW)
    for row in grid.rows:
        widths = [place.xpath("w:tcPr/w:tcMar/*/@w:w") for place in row._tr.tc_lst]
        assert widths == [[], *[["20", "20"]] * 8]
        assert set(row._tr.xpath(".//w:tcMar/*/@w:type")) == {"dxa"}


def test_turned_table_has_numbers_and_a_legend() -> None:
    columns = (Column("law", "Law"), *GROUPED[:2], *UPRIGHT)
    grid, notes = added(answers(columns), NARROW, is_turned=True)
    spanners, heads, row = grid.rows
    numbers = [str(number) for number in range(3, 11)]
    assert texts(spanners) == ["State", "Law", "Scope", *numbers]
    assert texts(heads) == ["", "", "1", "2", *[""] * 8]
    assert texts(row) == ["Kenya", *["✓"] * 11]
    named = ["any", "listed", *["Considerations"] * 8]
    legend = "; ".join(f"{number}\u00a0{words}" for number, words in enumerate(named, 1))
    assert notes == AddedTable(legend, ends_low=True)
    assert not grid._tbl.xpath(".//w:textDirection")
    assert spanners.height is heads.height is None
    assert styles_of(heads) == [*["Table head"] * 2, *["Table answer head"] * 10]


def test_legend_has_whole_headings_without_those_above() -> None:
    columns = (
        Column("any", "any", Role.ANSWER, "Scope", "any offence"),
        Column("listed", "Scope of listed offences", Role.ANSWER, "Scope", "listed"),
        *UPRIGHT,
    )
    grid, notes = added(answers(columns), NARROW, is_turned=True)
    assert texts(grid.rows[0]) == ["State", *(str(number) for number in range(1, 11))]
    assert notes.legend.startswith("1\u00a0any; 2\u00a0Scope of listed offences; 3\u00a0Consider")


def test_turned_table_with_room_has_its_headings() -> None:
    grid, notes = added(answers(UPRIGHT), is_turned=True)
    assert texts(grid.rows[0]) == ["State", *["Considerations"] * 8]
    assert notes == AddedTable("", ends_low=True)


def test_head_without_a_group_is_merged_with_the_row_below() -> None:
    grid, _ = added(Table("Provisions", (NAME, *GROUPED), (ROW,)))
    merged = [
        [place.xpath("boolean(w:tcPr/w:vMerge)") for place in row._tr.tc_lst] for row in grid.rows
    ]
    assert merged == [[True, False, True], [True, False, False, True], [False] * 4]
    assert grid._tbl.xpath(".//w:vMerge/@w:val") == ["restart", "restart"]
    assert [texts(row) for row in grid.rows[:2]] == [
        ["State", "Scope", "Note"],
        ["", "any", "listed", ""],
    ]


def test_rows_are_named_by_their_keys() -> None:
    group = (cell("Europe"), Cell(), Cell(), Cell())
    table = Table(
        *("Provisions", (NAME, *GROUPED), (group, ROW)),
        row_keys=("europe", "kenya"),
        group_rows=(0,),
    )
    grid, _ = added(table)
    assert row_names(grid) == [
        [name("head")],
        [name("subhead")],
        [name("europe") + "g"],
        [name("kenya")],
    ]
    assert texts(grid.rows[2]) == ["Europe"]
    assert grid.rows[2]._tr.xpath(".//w:gridSpan/@w:val") == ["4"]


@pytest.mark.parametrize(
    ("group", "heading", "key"),
    [
        ("Portée", "Portée\u00a0: toute", "spaced subhead"),
        ("范围", "范围\uff1atoute", "wide subhead"),
        ("Scope", "toute", "short subhead"),
    ],
)
def test_second_head_is_named_by_its_colon(group: str, heading: str, key: str) -> None:
    column = Column("any", heading, Role.ANSWER, group, "toute")
    grid, _ = added(Table("Provisions", (NAME, column), ((STATE, cell("✓")),)))
    assert row_names(grid) == [[name("head")], [name(key)], []]


def test_grid_keeps_the_widths_of_its_columns() -> None:
    grid, _ = added(answers(UPRIGHT), NARROW)
    assert grid.autofit is False
    widths = [column.width for column in grid.columns]
    assert sum(widths) == pytest.approx(Cm(10), abs=Pt(9))


@pytest.mark.parametrize(("count", "together"), [(12, range(11)), (13, (0, 11))])
def test_rows_of_half_a_page_stay_together(count: int, together: Sequence[int]) -> None:
    """Twelve rows of a line each, with a blank line, are 24 of the 50 lines of the page."""
    grid, _ = added(Table("Provisions", (NAME, *GROUPED), (ROW,) * count))
    stays = [
        {part.paragraph_format.keep_with_next for place in row.cells for part in place.paragraphs}
        for row in grid.rows[2:]
    ]
    assert stays == [{True} if number in together else {None} for number in range(count)]


@pytest.mark.parametrize(("lines", "ends_low"), [(8, True), (9, False)])
def test_notes_know_whether_the_last_row_is_low(lines: int, ends_low: bool) -> None:
    """A row is low up to a sixth of the 50 lines of the page."""
    words = cell("\n".join(["x"] * lines))
    body = ((STATE, cell("x\n" * 30)), (STATE, words))
    _, notes = added(Table("Provisions", (NAME, Column("law", "Law")), body))
    assert notes == AddedTable("", ends_low=ends_low)


def kept_with_next(grid: Any) -> list[bool]:
    """Return for each row below the head whether it is on one page with what follows."""
    return [
        all(part.paragraph_format.keep_with_next for part in row.cells[0].paragraphs)
        for row in grid.rows[1:]
    ]


@pytest.mark.parametrize(
    ("options", "is_kept"),
    [
        ({}, False),
        ({"notes": (("a", "One."),)}, True),
        ({"revised_notes": (cell("One."),)}, True),
        ({"remarks": ("All.",)}, True),
    ],
)
def test_last_row_is_kept_with_what_is_below(options: dict[str, Any], is_kept: bool) -> None:
    body = ((STATE, cell("x")),) * 30
    grid, _ = added(Table("Provisions", (NAME, Column("law", "Law")), body, **options))
    assert kept_with_next(grid) == [True, *[False] * 27, True, is_kept]


@pytest.mark.parametrize(("text", "is_kept"), [("x\nx", True), ("x\nx\nx", False)])
def test_first_row_of_two_lines_is_not_alone(text: str, is_kept: bool) -> None:
    body = ((STATE, cell(text)), *((STATE, cell("x")),) * 30)
    grid, _ = added(Table("Provisions", (NAME, Column("law", "Law")), body))
    assert kept_with_next(grid)[:2] == [is_kept, False]


def test_row_has_the_properties_that_word_knows() -> None:
    grid, _ = added(Table("Provisions", (NAME, *GROUPED), (ROW,)))
    names = [[part.tag.rpartition("}")[2] for part in row._tr.trPr] for row in grid.rows]
    assert names == [["cantSplit", "tblHeader"], ["cantSplit", "tblHeader"], ["cantSplit"]]
    (first, *_) = grid.rows[2]._tr.tc_lst
    width = grid._tbl.tblGrid.gridCol_lst[0].xpath("string(@w:w)")
    assert first.xpath("w:tcPr/w:tcW[@w:type='dxa']/@w:w") == [width]
    rules = grid.rows[1]._tr.xpath("w:tc/w:tcPr/w:tcBorders/w:bottom/@w:sz")
    assert rules == ["6"] * 4


def test_cell_below_a_column_without_a_width_has_none() -> None:
    grid, _ = added(Table("Provisions", (NAME, *GROUPED), (ROW,)))
    grid._tbl.tblGrid.gridCol_lst[1].attrib.clear()
    row = add_row(grid)
    assert [place.xpath("string(w:tcPr/w:tcW/@w:w)") for place in row._tr.tc_lst][1:2] == ["0"]


def test_cells_have_the_style_of_their_column() -> None:
    columns = (NAME, *GROUPED[1:], Column("count", "Met", Role.NUMBER), Column("source", "Source"))
    europe = (cell("Europe", Tone.STRONG), *[Cell()] * 4)
    asia = (cell("Asia"), *[Cell()] * 4)
    kenya = (STATE, cell("✓"), cell("x"), cell("1"), cell("Act"))
    grid, _ = added(Table("Provisions", columns, (europe, kenya, asia), group_rows=(0, 2)))
    strong, values, plain = map(styles_of, grid.rows[-3:])
    answer = "Table answer"
    assert values == ["Table stub", answer, "Table text", answer, "Table source"]
    assert (strong[0], plain[0]) == ("Table stub", "Table text")


def test_head_of_a_group_that_is_new_is_tracked() -> None:
    new = Cell((Run("Europe", revision=Tone.INSERTED),))
    body = ((new, Cell(), Cell(), Cell()), ROW)
    grid, _ = added(Table("Provisions", (NAME, *GROUPED), body, group_rows=(0,)))
    revisions = [bool(row._tr.xpath("w:trPr/w:ins")) for row in grid.rows]
    assert revisions == [False, False, True, False]
