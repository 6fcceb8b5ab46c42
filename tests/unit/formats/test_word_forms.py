"""The forms of tables in Word, read back: rows of two lines, blocks, and blocks below a head."""

from __future__ import annotations

import pytest

from npcompare.document import Cell, cell, row_anchor
from npcompare.formats.word_anchors import BLOCKS, STACKED, TWO_LINES
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
