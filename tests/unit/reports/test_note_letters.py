"""The letters of notes in a tracked revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders import annex
from openpyxl import load_workbook

from npcompare.document import Table, cell, columns
from npcompare.reports.note_letters import is_same_note, with_letters_of
from npcompare.text import in_letters, number_of_letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus


def table(*notes: str) -> Table:
    """Return a table with a row for each note, which has its mark."""
    letters = [in_letters(number) for number in range(1, len(notes) + 1)]
    body = tuple((cell("x", marks=[mark, "†"]),) for mark in letters)
    return Table("T", columns(name="Name"), body, notes=tuple(zip(letters, notes, strict=True)))


@pytest.mark.parametrize(
    ("old", "new", "letters"),
    [
        (["One.", "Two."], ["One.", "Two."], "ab"),
        (["One.", "Two."], ["Two.", "One."], "ba"),
        (["One.", "Two.", "Three."], ["Three."], "c"),
        (["One.", "Two."], ["Two.", "Another note."], "bc"),
        (["Kenya: One.", "Two."], ["Two.", "One."], "ba"),
        (["A reading of the words.", "Two."], ["Two.", "Another reading of the words."], "ba"),
        ([], ["One."], "a"),
    ],
)
def test_note_keeps_its_letter(old: list[str], new: list[str], letters: str) -> None:
    revised = with_letters_of(table(*old), table(*new))
    assert [row[0].runs[0].marks for row in revised.rows] == [(mark, "†") for mark in letters]
    assert [mark for mark, _ in revised.notes] == sorted(letters)
    assert {text for _, text in revised.notes} == set(new)


@pytest.mark.parametrize(("mark", "number"), [("a", 1), ("z", 26), ("aa", 27), ("1", 0), ("", 0)])
def test_letters_are_numbered(mark: str, number: int) -> None:
    assert number_of_letter(mark) == number


def test_former_words_for_a_doubt_are_the_same_note() -> None:
    assert is_same_note("This reading is doubtful. It may.", "Doubtful: It may.")
    assert not is_same_note("This reading is doubtful. It may.", "Doubtful: It must.")


@pytest.mark.parametrize("layout", ["matrix", "side-by-side"])
def test_letters_in_a_cell_are_in_order(layout: str, corpus: Corpus) -> None:
    names = ["kenya", "coe-26", "asean-14-7", "ohchr-guideline-4-5"]
    table, *_ = annex(corpus, names, layout=layout).tables
    runs = [run for row in table.rows for content in row for run in content.runs]
    marks = [list(map(number_of_letter, run.marks)) for run in runs if len(run.marks) > 1]
    assert marks
    assert marks == list(map(sorted, marks))


def test_earlier_workbook_may_have_letters_in_another_order(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "annex.xlsx"
    names = ("kenya", "coe-26", "asean-14-7", "ohchr-guideline-4-5")
    run("export", *names, "--layout", "matrix", "--column", "Remarks", "-o", path)
    book = load_workbook(path)
    cells: Any = (place for row in book.worksheets[0].iter_rows() for place in row)
    (place,) = (place for place in cells if ": c, f" in str(place.value))
    place.value = place.value.replace(": c, f", ": f, c")
    book.save(path)
    assert run("verify", path).code == 0
