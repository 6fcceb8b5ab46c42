"""The forms of tables in Word, read back: rows of two lines, blocks, and blocks below a head."""

from __future__ import annotations

import pytest

from npcompare.document import Cell, cell, row_anchor
from npcompare.formats.word_anchors import BLOCKS, SHORT_SUBHEAD, STACKED, SUBHEADS, TWO_LINES
from npcompare.formats.word_forms import unfolded, without_head
from npcompare.formats.word_grid import GridRow

HEADINGS = ["State", "Law", "Scope", "Stage", "Force"]


def row(*texts: str, key: str = "", is_merged: bool = False, is_group: bool = False) -> GridRow:
    names = tuple((1, row_anchor(name)) for name in key.split("+") if name)
    return GridRow(tuple(map(cell, texts)), names, is_merged, is_group)


def shown(rows: list[GridRow]) -> list[tuple[str, ...]]:
    return [each.texts for each in rows]


UPPER = row("State", "Law", "", key=TWO_LINES, is_merged=True)
LOWER = row("Scope", "Stage", "Force")
GROUP = row("States", "", "", key="group", is_merged=True, is_group=True)
KENYA = row("Kenya", "", "Act", key="kenya", is_merged=True)
VALUES = row("any", "trial", "may")


def test_rows_of_two_lines_are_read_as_rows() -> None:
    headings, rows = unfolded([UPPER, LOWER, GROUP, KENYA, VALUES])
    assert headings == HEADINGS
    assert shown(rows) == [("States", "", "", "", ""), ("Kenya", "Act", "any", "trial", "may")]
    assert [each.is_merged for each in rows] == [True, False]


def test_names_whose_values_were_deleted_have_none() -> None:
    qatar = row("Qatar", "", "", is_merged=True)
    _, rows = unfolded([UPPER, LOWER, KENYA, qatar, VALUES])
    assert shown(rows) == [("Kenya", "Act", "", "", ""), ("Qatar", "", "any", "trial", "may")]


@pytest.mark.parametrize(
    ("first_rows", "part", "remainder"),
    [
        ([UPPER, LOWER, KENYA, VALUES], [UPPER, LOWER, KENYA, VALUES], [KENYA, VALUES]),
        ([UPPER, LOWER, KENYA, VALUES], [KENYA, VALUES], [KENYA, VALUES]),
        ([row("State", "Kenya", key=BLOCKS)], [row("State", "Kenya")], [row("State", "Kenya")]),
    ],
)
def test_heads_that_a_part_repeats_are_left_out(
    first_rows: list[GridRow], part: list[GridRow], remainder: list[GridRow]
) -> None:
    assert without_head(part, first_rows) == remainder


def test_blocks_are_read_as_rows() -> None:
    blocks = [
        row("States", "", key=f"{BLOCKS}+group", is_merged=True, is_group=True),
        row("State", "Kenya", key="kenya"),
        row("Scope", "any"),
        row("State", "Qatar", key="qatar"),
        row("Stage", "trial"),
        row("Scope", "listed"),
    ]
    headings, rows = unfolded(blocks)
    assert headings == ["State", "Scope", "Stage"]
    assert shown(rows) == [("States", "", ""), ("Kenya", "any", ""), ("Qatar", "listed", "trial")]
    assert [each.names for each in rows] == [
        ((1, row_anchor(key)),) for key in ("group", "kenya", "qatar")
    ]


def test_blocks_below_a_head_of_earlier_files_are_read() -> None:
    head = row("State", "", key=STACKED, is_merged=True)
    blocks = [row("Kenya", "", is_merged=True), row("Scope", "any"), row("Scope", "listed")]
    headings, rows = unfolded([head, *blocks])
    assert (headings, shown(rows)) == (["State", "Scope", "Scope"], [("Kenya", "any", "listed")])
    assert not rows[0].is_merged


def test_cell_that_is_missing_in_a_block_is_empty() -> None:
    damaged = GridRow((cell("Scope"),), (), is_merged=False, is_group=False)
    _, rows = unfolded([row("State", "Kenya", key=BLOCKS), damaged])
    assert rows[0].cells == (cell("Kenya"), Cell())


@pytest.mark.parametrize(
    ("key", "headings"),
    [
        (SUBHEADS[": "], ["State", "Scope: any", "Scope: listed", "Stage: trial", "Note"]),
        (
            SUBHEADS["\uff1a"],
            ["State", "Scope\uff1aany", "Scope\uff1alisted", "Stage\uff1atrial", "Note"],
        ),
        (SHORT_SUBHEAD, ["State", "any", "listed", "trial", "Note"]),
    ],
)
def test_headings_of_two_rows_are_joined(key: str, headings: list[str]) -> None:
    groups = row("State", "Scope", "", "Stage", "Note", key="head")
    heads = row("", "any", "listed", "trial", "", key=key)
    body = row("Kenya", "yes", "no", "yes", "")
    assert unfolded([groups, heads, body]) == (headings, [body])
    assert without_head([groups, heads, body], [groups, heads]) == [body]
    assert without_head([body, body], [groups, heads, body]) == [body, body]


def test_table_with_one_head_is_as_it_is() -> None:
    head, body = row("State", "Scope", key="head"), row("Kenya", "any", key="kenya")
    assert unfolded([head, body]) == (["State", "Scope"], [body])
    assert unfolded([head]) == (["State", "Scope"], [])
    assert without_head([head, body], [head, body]) == [body]
    assert without_head([head, body], [head]) == [body]


@pytest.mark.parametrize(
    "legend",
    [
        "1\u00a0Article 2 of the law; 2\u00a0Stage 1; 3\u00a0Met",
        "1\u00a0Article 2 of the law\u061b 2\u00a0Stage 1\u061b 3\u00a0Met",
        "1 Article 2 of  the law\uff1b2 Stage 1\uff1b3 Met",
    ],
)
def test_numbers_in_heads_have_the_words_of_the_legend(legend: str) -> None:
    head, body = row("State", "1", "2", "3"), row("1", "2", "3", "4")
    headings = ["State", "Article 2 of the law", "Stage 1", "Met"]
    assert unfolded([head, body], legend) == (headings, [body])
    zero = row("0", "1", "2", "3")
    assert unfolded([zero, body], legend) == (["0", *headings[1:]], [body])
    assert unfolded([zero, body]) == (["0", "1", "2", "3"], [body])
    groups = row("State", "Scope", "", "3", key="head")
    heads = row("", "1", " 2 ", "", key=SHORT_SUBHEAD)
    assert unfolded([groups, heads, body], legend) == (headings, [body])


def test_number_before_its_turn_is_part_of_a_heading() -> None:
    head = row("1", "2", "3")
    headings, _ = unfolded([head], "1 Any; 3 or more; 2 Listed; 3 Met")
    assert headings == ["Any; 3 or more", "Listed", "Met"]


def test_column_without_a_heading_has_none() -> None:
    groups, heads = row("", "Scope", key="head"), row("", "any", key=SUBHEADS[": "])
    assert unfolded([groups, heads]) == (["", "Scope: any"], [])


def test_cell_that_is_missing_in_a_head_ends_the_headings() -> None:
    groups, heads = row("State", "Scope", "", key="head"), row("", "any", key=SUBHEADS[": "])
    assert unfolded([groups, heads]) == (["State", "Scope: any"], [])


def test_block_begins_with_a_name_or_the_first_heading() -> None:
    blocks = [
        row("State", "Kenya", key=BLOCKS),
        row("Scope", "any"),
        # The name of this row was lost, and the words of the next two were edited.
        row("State", "Qatar"),
        row("Scope", "listed"),
        row("Country", "Malawi", key="malawi"),
        row("Scope", "all"),
        row("Organizations", "", is_merged=True, is_group=True),
    ]
    names = ((1, row_anchor("malawi")),)
    cells = [("Kenya", "any"), ("Qatar", "listed"), ("Malawi", "all"), ("Organizations", "")]
    headings, rows = unfolded(blocks)
    assert (headings, shown(rows)) == (["State", "Scope"], cells)
    assert [each.names for each in rows] == [(), (), names, ()]
    assert [each.is_merged for each in rows] == [False] * 4
    assert [each.is_group for each in rows] == [False, False, False, True]


def test_blocks_of_a_group_alone_have_no_heading() -> None:
    group = row("States", "", key=BLOCKS, is_merged=True, is_group=True)
    headings, rows = unfolded([group])
    assert (headings, shown(rows)) == ([""], [("States",)])


def test_equal_headings_of_a_block_are_columns_each() -> None:
    head = row("State", "", key=STACKED, is_merged=True)
    kenya, qatar = row("Kenya", "", is_merged=True), row("Qatar", "", is_merged=True)
    elements = [row("Element", text) for text in ("one", "two", "three")]
    headings, rows = unfolded([head, kenya, *elements, qatar, *elements[1:]])
    assert headings == ["State", "Element", "Element", "Element"]
    assert shown(rows) == [("Kenya", "one", "two", "three"), ("Qatar", "two", "three", "")]
