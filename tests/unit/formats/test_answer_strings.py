"""Overviews in plain text: letters over the columns, and the answers of a group in one string."""

from __future__ import annotations

from msgspec.structs import replace

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import Cell, Column, Role, Run, Table, Tone, cell
from npcompare.formats.answer_strings import with_strings
from npcompare.formats.column_widths import column_widths
from npcompare.formats.plain import plain_text

LEGEND = (Sign(CellAnswer.YES, "✓", "met", "met"), Sign(CellAnswer.UNKNOWN, "", "?", "not known"))
YES = Cell((Run("✓"),), CellAnswer.YES)
BLANK = Cell((), CellAnswer.UNKNOWN)


def overview(*names: str, groups: str = "AAB") -> Table:
    """Return an overview of rows that meet the first of three elements, and the last two not."""
    columns = (
        Column("provision", "Provision"),
        *(
            Column(f"e{number}", f"Element {number}", Role.ANSWER, group)
            for number, group in enumerate(groups, 1)
        ),
        Column("met", "Met", Role.NUMBER),
    )
    body = [(cell(name), YES, BLANK, BLANK, cell("1")) for name in names]
    count = [cell(str(number), Tone.STRONG) for number in (len(names), 0, 0)]
    total = (cell("Provisions that meet it", Tone.STRONG), *count, Cell())
    return Table(
        "Overview",
        columns,
        (*body, total),
        headnote="✓ met; blank: not known.",
        figure=AnswerOverview(LEGEND),
    )


def lines(table: Table) -> list[list[str]]:
    return [[plain_text(each).replace("\xa0", " ") for each in row] for row in table.rows]


def test_answers_of_a_group_share_a_column() -> None:
    table = with_strings(overview("Kenya"))
    headings = [column.heading.replace("\xa0", " ") for column in table.columns]
    assert headings == ["Provision", "A\nA B", "B\nC", "Met"]
    assert lines(table) == [
        ["Kenya", "✓ ·", "·", "1"],
        ["Provisions that meet it", "1 0", "0", ""],
    ]
    assert table.headnote == "✓ met; · not known."
    assert table.remarks == ("Columns: A\u00a0Element 1; B\u00a0Element 2; C\u00a0Element 3.",)


def test_numbers_and_signs_are_aligned() -> None:
    table = with_strings(overview(*("abcdefghijkl"), groups="   "))
    assert table.columns[1].heading.replace("\xa0", " ").endswith("A  B C")
    assert [row[1] for row in lines(table)[-2:]] == ["✓  · ·", "12 0 0"]


def test_marks_of_answers_follow_their_group() -> None:
    marked = Cell((Run("✓", marks=("†",)),), CellAnswer.YES)
    table = overview("Kenya")
    table = replace(table, rows=((table.rows[0][0], marked, marked, BLANK, cell("2")),))
    assert lines(with_strings(table)) == [["Kenya", "✓ ✓ [†]", "·", "2"]]


def test_long_word_of_a_name_can_be_broken() -> None:
    name = "Article\xa0943.0583(2)–(5) (a-very-long-identifier-2011)"
    (row, _) = lines(with_strings(overview(name)))
    assert row[0] == "Article 943.0583(2)–(5) (a-very-long-\nidentifier-2011)"
    assert lines(with_strings(overview("Article\xa014")))[0][0] == "Article 14"


def test_other_tables_stay_as_they_are() -> None:
    table = Table("Other", (Column("a", "A", Role.ANSWER),), ((YES,),))
    assert with_strings(table) is table


def test_lines_of_a_heading_are_measured_apart() -> None:
    table = Table("Other", (Column("a", "Ten letter\nand more"),), ())
    assert column_widths(table, 6, plain_text) == [6]
