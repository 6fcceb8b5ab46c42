"""Tables on narrow screens: words broken at hyphens, and the second column below the first."""

from __future__ import annotations

from npcompare.document import Cell, Column, Role, Run, Table, cell, columns
from npcompare.formats.narrow_screens import FittedTable, fitted
from npcompare.formats.plain import plain_text


def fit(table: Table, width: int) -> FittedTable | None:
    return fitted(table, lambda count: width - 2 * count, plain_text, len)


def shown(table: FittedTable | None) -> list[list[str]]:
    assert table is not None
    return [[plain_text(value) for value in row] for row in table.table.rows]


HEADS = columns(id="Id", name="Name", stage="Stage", threshold="Class")
STAGE = "interdenominationally"
ROW = (cell("vacatur"), cell("Counterrevolutionaries"), cell(STAGE), cell("Causation-based"))


def test_table_that_fits_stays_as_it_is() -> None:
    table = Table("T", HEADS, (ROW,))
    assert fit(table, 73) == FittedTable(table, [7, 22, 21, 15])


def test_compounds_are_broken_after_hyphens() -> None:
    narrow = fit(Table("T", HEADS, (ROW,)), 72)
    assert shown(narrow) == [["vacatur", "Counterrevolutionaries", STAGE, "Causation-\nbased"]]


def test_words_that_fit_are_not_broken() -> None:
    row = (*ROW[:3], cell("well-known\nwell-known"))
    narrow = fit(Table("T", HEADS, (ROW, row)), 72)
    assert [row[3] for row in shown(narrow)] == ["Causation-\nbased", "well-known\nwell-known"]


def test_second_column_goes_below_the_first() -> None:
    narrow = fit(Table("T", HEADS, (ROW,)), 65)
    assert narrow is not None
    assert [column.heading for column in narrow.table.columns] == ["Id\nName", "Stage", "Class"]
    assert shown(narrow) == [["vacatur\nCounterrevolutionaries", STAGE, "Causation-based"]]


def test_same_words_are_not_repeated_below() -> None:
    narrow = fit(Table("T", HEADS, ((ROW[1], *ROW[1:]),)), 65)
    assert shown(narrow) == [["Counterrevolutionaries", STAGE, "Causation-based"]]


def test_numbers_are_no_names() -> None:
    numbers = (HEADS[0], Column("count", "Counted", role=Role.NUMBER), *HEADS[2:])
    row = (cell("Counterrevolutionaries"), cell("1"), cell(STAGE), cell("Causation-based"))
    table = Table("T", numbers, (row,))
    assert fit(table, 73) is not None
    assert fit(table, 65) is None


WIDE = columns(id="Id", name="Name", scope="Scope", stage="Stage", force="Force")
WORDS = (*(cell(letter * 20) for letter in "xyz"),)


def test_names_go_above_the_other_columns() -> None:
    row = (cell("kenya"), cell("Kenya, section 14 of the Act"), *WORDS)
    fit_table = fit(Table("T", WIDE, (row, (row[1], row[1], *WORDS))), 66)
    assert fit_table is not None
    assert [column.heading for column in fit_table.table.columns] == ["Scope", "Stage", "Force"]
    assert [names.text for names in fit_table.names] == [
        "Id  Name",
        "kenya  Kenya, section 14 of the Act",
        "Kenya, section 14 of the Act",
    ]
    assert shown(fit_table) == [["x" * 20, "y" * 20, "z" * 20]] * 2


def test_names_are_not_above_long_texts() -> None:
    row = (cell("kenya"), cell("Kenya"), *WORDS[:2], cell("shall not be punished " * 12))
    assert fit(Table("T", WIDE, (row,)), 66) is None


def test_rows_that_would_be_too_high_are_not_fitted() -> None:
    words = cell("shall not be punished " * 20)
    assert fit(Table("T", HEADS, ((*ROW[:3], words),)), 60) is None


def test_column_of_the_reader_stays_a_column() -> None:
    heads = (HEADS[0], Column("own", "Remarks", Role.OWN), *HEADS[2:])
    assert fit(Table("T", heads, (ROW,)), 65) is None


def test_marks_of_notes_stay_with_their_words() -> None:
    marked = Cell((Run("Causation-based", marks=("a",)),))
    narrow = fit(Table("T", HEADS, ((*ROW[:3], marked),)), 72)
    assert shown(narrow)[0][3] == "Causation-\nbased [a]"
