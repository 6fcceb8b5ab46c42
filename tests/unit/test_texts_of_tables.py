"""The texts of tables: a change of all of them, and no-break spaces."""

from __future__ import annotations

from msgspec.structs import replace

from npcompare.document import Cell, Column, Document, Run, Table, Tone
from npcompare.typography import map_runs, map_texts, typeset

SPACE = "\N{NO-BREAK SPACE}"
PLACE = "article 26"


def table_of(*runs: Run) -> Table:
    cell = Cell(runs)
    return Table(
        PLACE,
        (Column("place", PLACE, short=PLACE),),
        ((cell,),),
        remarks=(PLACE,),
        notes=(("a", PLACE),),
        revised_notes=(cell,),
        revised_remarks=(cell,),
        revised_headnote=(cell,),
        headnote=PLACE,
        subject=PLACE,
    )


def test_change_of_texts_leaves_cells_as_they_are() -> None:
    before = table_of(Run(PLACE))
    table = map_texts(before, str.upper)
    (column,) = table.columns
    texts = (table.title, column.heading, column.short, *table.remarks, table.headnote)
    assert {*texts, table.subject} == {PLACE.upper()}
    assert table.notes == (("a", PLACE.upper()),)
    assert table.rows == before.rows


def test_change_of_runs_includes_what_was_revised() -> None:
    before = table_of(Run(PLACE))
    table = map_runs(before, lambda run: replace(run, text=run.text.upper()))
    cell = Cell((Run(PLACE.upper()),))
    assert table.rows == ((cell,),)
    assert (table.revised_notes, table.revised_remarks) == ((cell,), (cell,))
    assert table.revised_headnote == (cell,)


def test_no_line_of_a_document_ends_before_a_number() -> None:
    table = table_of(Run(PLACE), Run(PLACE, Tone.QUOTE))
    document = typeset(Document(PLACE, (table,), {}, table))
    (made,) = document.tables
    assert {document.title, made.title, made.headnote} == {f"article{SPACE}26"}
    assert [run.text for run in made.rows[0][0].runs] == [f"article{SPACE}26", PLACE]


def test_letters_of_a_run_are_in_order() -> None:
    table = table_of(Run("Act", marks=("c", "a")))
    (made,) = typeset(Document("", (table,), {}, table)).tables
    assert made.rows[0][0].runs == (Run("Act", marks=("a", "c")),)
