"""Annexes read back: those of this version, of the version before, and edited ones."""

from __future__ import annotations

import io

import docx
import pytest
from conftest import TESTS
from word_files import ROW, opened, small_annex

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.annex_reader import read_docx, read_json
from npcompare.formats.word import write

RECIPE = {"ids": ["kenya"]}


def test_word_file_reads_back_to_its_cells() -> None:
    notes = (("a", "One."), ("b", "Two."))
    annex = read_docx(write(small_annex(ROW, notes=notes).replace(recipe=RECIPE)))
    (table,) = annex.tables
    assert annex.recipe == RECIPE
    assert (table.title, table.notes) == ("Provisions", notes)
    assert [column.heading for column in table.columns] == ["State", "Words"]
    (row,) = table.rows
    assert [place.text for place in row] == ["Kenya", "“shall not be”"]
    assert row[1].runs[-1].marks == ("a", "b")


def test_heading_of_an_earlier_version_is_read_as_now() -> None:
    earlier = "Deleted words are shown as [-…-], inserted words as {+…+}"
    table = Table("Changes", columns(a=earlier), ((cell("x"),),))
    document = Document("Changes", (table,), {}, table, recipe=RECIPE)
    (read,) = read_docx(write(document)).tables
    assert read.columns[0].heading == "Text, with deleted and inserted words marked"


def test_tracked_changes_are_accepted() -> None:
    words = Cell((Run("old", revision=Tone.DELETED), Run("new", revision=Tone.INSERTED)))
    deleted_row = (Cell((Run("Qatar", revision=Tone.DELETED),)), cell(""))
    document = small_annex((cell("Kenya"), words), deleted_row).replace(recipe=RECIPE)
    annex = read_docx(write(document))
    assert [[place.text for place in row] for row in annex.tables[0].rows] == [["Kenya", "new"]]


def test_marks_that_word_split_into_runs_are_read() -> None:
    word = opened(small_annex(ROW).replace(recipe=RECIPE))
    paragraph = word.tables[0].rows[1].cells[1].paragraphs[0]
    paragraph.runs[-1].text = "a,"
    paragraph.add_run(" b", "Note mark")
    packed = io.BytesIO()
    word.save(packed)
    (row,) = read_docx(packed.getvalue()).tables[0].rows
    assert [mark for run in row[1].runs for mark in run.marks] == ["a", "b"]


def test_annex_of_version_0_1_is_read() -> None:
    """Until version 0.1 note marks were superscript by themselves, without a style."""
    annex = read_docx((TESTS / "annexes" / "version-0.1.docx").read_bytes())
    (table,) = annex.tables
    assert annex.recipe["ids"] == ["kenya", "jamaica", "gambia", "coe-26"]
    assert table.title == "Non-punishment of victims of trafficking in persons"
    assert [letter for letter, _ in table.notes] == ["a", "b", "c", "d", "e"]
    (council, *_) = table.rows
    assert council[2].text == "any offence"
    assert council[2].runs[-1].marks == ("a",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        b'{"recipe": {}, "tables": [1]}',
        b'{"recipe": {}, "tables": [{"title": "", "columns": [], "rows": [[{}]], "notes": []}]}',
    ],
    ids=["empty", "list", "deep", "no table", "cell without column"],
)
def test_other_json_is_refused(content: bytes) -> None:
    with pytest.raises(NpcompareError, match=r"^it was not written by `npcompare export`$"):
        read_json(content)


def test_word_file_without_recipe_is_refused() -> None:
    with pytest.raises(NpcompareError, match=r"^the file does not record how it was made$"):
        read_docx(write(small_annex(ROW)))


def test_word_file_with_damaged_recipe_is_refused() -> None:
    word = opened(small_annex(ROW).replace(recipe=RECIPE))
    (part,) = [part for part in word.part.package.iter_parts() if "custom" in part.partname]
    part._blob = part.blob.replace(b"kenya", b'"')
    packed = io.BytesIO()
    word.save(packed)
    with pytest.raises(NpcompareError, match=r"^it was not written by `npcompare export`$"):
        read_docx(packed.getvalue())


def test_paragraphs_between_tables_are_not_notes() -> None:
    word = docx.Document(io.BytesIO(write(small_annex(ROW).replace(recipe=RECIPE))))
    word.add_paragraph("A remark of the editor.")
    packed = io.BytesIO()
    word.save(packed)
    assert read_docx(packed.getvalue()).tables[0].notes == ()
