"""The matrix: signs in groups of rows, counts, and what is named below the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import annex

from npcompare.charts import AnswerOverview, CellAnswer

if TYPE_CHECKING:
    from npcompare.document import Table
    from npcompare.law.corpus import Corpus

NAMED = ["kenya", "coe-26", "barbados", "osce-2013", "gambia"]


@pytest.fixture
def table(corpus: Corpus) -> Table:
    (table,) = annex(corpus, NAMED, layout="matrix").tables
    return table


def signs(table: Table) -> dict[str, str]:
    """Return the signs of each row by its key, with a point for a blank cell."""
    return {
        key: "".join(cell.text or "." for cell in row[1:])
        for key, row in zip(table.row_keys, table.rows, strict=True)
    }


def test_rows_have_signs_in_groups_and_counts(table: Table) -> None:
    assert signs(table) == {
        "group states and territories": "01001" + "0120" + "1120" + "200",
        "barbados": "?????" + ".✓.." + "????" + "???",
        "gambia": "....✓" + "..✓." + "✓✓✓." + "✓..",
        "kenya": ".✓..." + "..✓." + "..✓." + "✓..",
        "group organizations": "10000" + "0100" + "0010" + "010",
        "coe-26": "✓––––" + "–✓––" + "––✓–" + "–✓–",
        "total": "11001" + "0220" + "1130" + "210",
    }
    assert table.rows[0][0].text == "States and territories (3)"
    assert isinstance(table.figure, AnswerOverview)
    assert table.figure.group_rows == (0, 4)


def test_classes_are_under_their_dimensions(table: Table) -> None:
    column = table.columns[2]
    assert (column.heading, column.group, column.short) == (
        *("Scope: any offence", "Scope", "any offence"),
    )
    assert list(dict.fromkeys(column.group for column in table.columns[1:])) == [
        *("Scope", "Threshold", "Stage", "Force"),
    ]


def test_key_is_the_headnote(table: Table) -> None:
    assert table.headnote == (
        "4 provisions of 4 jurisdictions, by kind of jurisdiction.\n✓ yes; – no, "
        "according to the full text or a source; blank: not shown by the text or source that is "
        "available; ? unknown."
    )


def test_provision_of_which_nothing_is_known_has_no_row(table: Table) -> None:
    assert table.remarks[1] == (
        "Nothing is known of the scope, threshold, stage and force of 1 provision: Organization "
        "for Security and Cooperation in Europe."
    )


def test_drafter_gets_a_row_for_each_provision(corpus: Corpus) -> None:
    (table,) = annex(corpus, NAMED, layout="matrix", own_columns=("Remarks",)).tables
    assert "osce-2013" in table.row_keys
    assert not any("Nothing is known" in remark for remark in table.remarks)


def test_table_without_known_provisions_keeps_its_rows(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["osce-2013"], layout="matrix").tables
    assert signs(table) == {"osce-2013": "?" * 16, "total": "0" * 16}
    assert table.headnote == "1 provision.\n? unknown."


def test_note_on_all_classes_is_at_the_name(corpus: Corpus) -> None:
    rows = annex(corpus, ["jamaica", "gambia"], layout="matrix").tables[0].rows
    marks = {
        row[0].text: [run.marks for cell in row for run in cell.runs if run.marks] for row in rows
    }
    assert marks["Jamaica, section\N{NO-BREAK SPACE}8"] == [("d",)]
    assert marks["Gambia, article\N{NO-BREAK SPACE}49"] == [("a",), ("b",), ("c",)]


def test_silence_of_a_full_text_has_its_own_sign(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["coe-26"], layout="matrix", columns=("burden",)).tables
    assert set(signs(table)["coe-26"].split(")")) == {"(–", ""}
    assert {cell.answer for cell in table.rows[0][1:]} == {CellAnswer.SILENT}
    assert len(table.rows[0][0].runs[0].marks) == 1
