"""Annexes in Excel: what the drafter writes in a column of her own is read back and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docx
import pytest
from openpyxl import load_workbook

from npcompare.errors import NpcompareError
from npcompare.reports.workbook_annex import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

COMMAND = ("export", "kenya", "jamaica", "gambia", "--columns", "jurisdiction,scope")


@pytest.fixture
def workbook(run: Callable[..., Ran], tmp_path: Path) -> Path:
    path = tmp_path / "annex.xlsx"
    assert run(*COMMAND, "--column", "Remarks", "-o", path).code == 0
    return path


def change(path: Path, edit: Callable[[Any], None]) -> None:
    book = load_workbook(path)
    edit(book)
    book.save(path)


def write_words(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["C5"] = "=Ask Nairobi"
    sheet["C5"].data_type = "s"
    sheet["C4"] = "Two\nlines"


def sort_rows(book: Any) -> None:
    write_words(book)
    sheet = book.worksheets[0]
    rows = [[place.value for place in row] for row in sheet.iter_rows(min_row=3, max_row=5)]
    for number, row in enumerate(reversed(rows), 3):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
            sheet.cell(number, column).data_type = "s"


def rename_sheet(book: Any) -> None:
    write_words(book)
    book.worksheets[0].title = "Our annex"


def test_keys_and_recipe_are_hidden(workbook: Path) -> None:
    book = load_workbook(workbook)
    sheet = book.worksheets[0]
    assert [place.value for place in sheet[2]] == [
        *("Jurisdiction", "Scope", "Remarks", "Notes", "npcompare: Provisions compared"),
    ]
    assert [place.value for place in sheet["E"][2:]] == [
        *("gambia", "jamaica", "kenya", None),
        *["npcompare: remark"] * (sheet.max_row - 6),
    ]
    assert sheet["A7"].value.startswith("Fuller rows on the same law")
    assert sheet.column_dimensions["E"].hidden
    assert sheet.column_dimensions["C"].width > 30
    assert book["npcompare"].sheet_state == "veryHidden"


def test_workbook_without_own_columns_has_neither(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    run(*COMMAND, "-o", path)
    book = load_workbook(path)
    assert book.sheetnames == ["Provisions compared", "Notes", "About"]
    assert len(book.worksheets[0][1]) == 3
    ran = run("verify", path)
    assert (ran.code, "does not record how it was made" in ran.err) == (2, True)


@pytest.mark.parametrize("edit", [write_words, sort_rows, rename_sheet])
def test_words_are_accepted_and_kept(
    edit: Callable[[Any], None], workbook: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    change(workbook, edit)
    ran = run("verify", workbook)
    assert (ran.code, "Up to date" in ran.out) == (0, True), ran.out
    path = tmp_path / "annex.docx"
    assert run(*COMMAND, "--columns-from", workbook, "-o", path).code == 0
    table = docx.Document(str(path)).tables[0]
    assert {row.cells[0].text: row.cells[2].text for row in table.rows[1:]} == {
        "Gambia": "",
        "Jamaica": "Two\nlines",
        "Kenya": "=Ask Nairobi",
    }


def test_changed_cell_is_reported(workbook: Path, run: Callable[..., Ran]) -> None:
    def edit(book: Any) -> None:
        book.worksheets[0]["B5"] = "every offence"

    change(workbook, edit)
    ran = run("verify", workbook, "-f", "csv")
    assert ran.out.splitlines()[1] == "1,Kenya,Scope,every offence,Any offence"


def test_deleted_row_is_told_with_its_words(
    workbook: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    change(workbook, write_words)
    path = tmp_path / "new.xlsx"
    ran = run("export", "kenya", "--columns-from", workbook, "-o", path)
    message = "the row is no longer in the annex: “Jamaica”, Remarks: “Two / lines”"
    assert f"{workbook}: {message}\n" in ran.err
    assert load_workbook(path).worksheets[0]["J2"].value == "=Ask Nairobi"


def test_words_in_the_column_of_notes_are_reported(run: Callable[..., Ran], tmp_path: Path) -> None:
    path, new = tmp_path / "annex.xlsx", tmp_path / "new.xlsx"
    wish = (*COMMAND[:3], "gambia", *COMMAND[4:])
    run(*wish, "--column", "Remarks", "-o", path)

    def write(book: Any) -> None:
        sheet = book.worksheets[0]
        assert (sheet["D2"].value, sheet["D3"].value) == ("Notes", "Scope: a")
        sheet["D3"] = "Scope: a; ask Banjul"

    change(path, write)
    ran = run(*wish, "--columns-from", path, "-o", new)
    sentence = "words in the column of notes are not kept: “Gambia”: “Scope: a; ask Banjul”"
    assert f"{path}: {sentence}\n" in ran.err
    ran = run(*wish, "--columns-from", path, "-o", path, "--force")
    assert (ran.code, "cannot be kept there: “Gambia”" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("language", "prompt"),
    [
        (
            "en",
            (
                "npcompare fills this column: what you write here is not kept. Write in a column "
                "of your own (--column)."
            ),
        ),
        (
            "fr",
            (
                "Colonne remplie par npcompare\N{NO-BREAK SPACE}: ce que vous y écrivez n’est pas "
                "conservé. Écrivez dans une colonne à vous (--column)."
            ),
        ),
    ],
)
def test_column_of_notes_says_that_words_are_not_kept(
    language: str, prompt: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "annex.xlsx"
    run(*COMMAND, "--language", language, "-o", path)
    (shown,) = load_workbook(path).worksheets[0].data_validations.dataValidation
    assert (str(shown.sqref), shown.prompt) == ("C3:C5", prompt)


@pytest.mark.further
def test_columns_of_npcompare_are_no_edits(run: Callable[..., Ran], tmp_path: Path) -> None:
    path, new = tmp_path / "annex.xlsx", tmp_path / "new.xlsx"
    wish = ("export", "kenya-14", "jamaica", "coe-26", "--layout", "side-by-side")
    run(*wish, "--column", "Remarks", "-o", path)
    sheet = load_workbook(path).worksheets[0]
    below = "A10:F10"
    assert (str(sheet.merged_cells), sheet["F2"].value) == (f"A1:G1 {below}", "Notes")
    assert run(*wish, "--columns-from", path, "-o", new).err == f"wrote {new}\n"
    assert "merged" not in run("verify", path).out

    def merge(book: Any) -> None:
        book.worksheets[0].merge_cells("B3:B4")

    change(path, merge)
    assert "Cells were merged in the sheet" in run("verify", path).out


def test_words_without_the_row_of_headings_are_safe(
    workbook: Path, run: Callable[..., Ran]
) -> None:
    """The remarks below the table have a hidden key, which is no heading."""

    def spoil(book: Any) -> None:
        write_words(book)
        book.worksheets[0].delete_rows(2)

    change(workbook, spoil)
    before = workbook.read_bytes()
    ran = run(*COMMAND, "-o", workbook, "--force")
    assert (ran.code, ran.err) == (
        2,
        (
            f"npcompare: {workbook} has columns of your own (Remarks) whose headings were deleted; "
            "it was not overwritten\n"
            "  hint: put the row of headings back in the file, or choose another name\n"
        ),
    )
    ran = run(*COMMAND, "--columns-from", workbook, "-o", workbook, "--force")
    assert (ran.code, "their words cannot be kept" in ran.err) == (2, True)
    assert workbook.read_bytes() == before


def test_column_of_ones_own_may_be_deleted(
    workbook: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    change(workbook, lambda book: book.worksheets[0].delete_cols(3))
    ran = run(*COMMAND, "--columns-from", workbook, "-o", tmp_path / "new.xlsx")
    assert (ran.code, ran.err.splitlines()[0]) == (0, f"wrote {tmp_path / 'new.xlsx'}")
    # The column of notes is none of one's own.
    assert run(*COMMAND, "-o", workbook, "--force").code == 0


def test_words_below_a_changed_heading_are_safe(workbook: Path, run: Callable[..., Ran]) -> None:
    def rename(book: Any) -> None:
        write_words(book)
        book.worksheets[0]["C2"] = "Advice"

    change(workbook, rename)
    ran = run(*COMMAND, "-o", workbook, "--force")
    assert ran.code == 2
    assert f"{workbook} has words in a column of your own (Advice)" in ran.err


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook"])
def test_other_file_is_refused(content: bytes) -> None:
    with pytest.raises(NpcompareError):
        read_workbook(content, "annex.xlsx")
