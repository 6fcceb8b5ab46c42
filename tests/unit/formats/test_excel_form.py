"""Forms as workbooks, read back by other programs: lists, comments, protection, and the bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from builders import HOSTILE
from conftest import office

from npcompare.errors import NpcompareError
from npcompare.form import Form, FormColumn, FormSheet
from npcompare.formats.excel_form import write_form
from npcompare.text import is_control, visible

if TYPE_CHECKING:
    from pathlib import Path

WORDS = tuple(f"a_rather_long_word_{number}" for number in range(30))
FORM = Form(
    "A form",
    (
        FormSheet(
            "Coding",
            (
                FormColumn("Provision", help="The id.", is_literal=True),
                FormColumn("Force", help="One word.", words="force", is_one_word=True),
                FormColumn("Relief", words="relief", width=30),
                FormColumn("Note", is_hidden=True),
            ),
            (("kenya", "mandatory", "=1+1", ""), ("2019-07-01", "", "007", "")),
            fixed=1,
        ),
        FormSheet("To read", (FormColumn("Text"),), (("words",),), is_read_only=True),
        FormSheet("Hidden", (FormColumn("Text"),), (), is_hidden=True),
    ),
    {"force": ("mandatory", "discretionary"), "relief": WORDS},
)


def book(form: Form = FORM) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_form(form)))


@pytest.mark.further
def test_cells_are_texts() -> None:
    cells = [[cell.value for cell in row] for row in book()["Coding"].iter_rows()]
    assert cells == [
        ["Provision", "Force", "Relief", "Note"],
        ["kenya", "mandatory", "=1+1", None],
        ["2019-07-01", None, "007", None],
    ]
    types = {cell.data_type for row in book()["Coding"].iter_rows() for cell in row if cell.value}
    assert types == {"s"}
    assert book()["Coding"]["A2"].number_format == "@"


def test_lists_offer_the_words() -> None:
    workbook = book()
    force, relief = workbook["Coding"].data_validations.dataValidation
    assert (str(force.sqref), force.type, force.errorStyle) == ("B2:B5001", "list", None)
    assert (str(relief.sqref), relief.errorStyle) == ("C2:C5001", "information")
    for validation, words in ((force, ("mandatory", "discretionary")), (relief, WORDS)):
        name, _, cells = str(validation.formula1).replace("$", "").partition("!")
        offered = [row[0].value for row in workbook[name][cells]]
        assert tuple(offered) == words
    assert workbook["Lists"].sheet_state == "hidden"


def test_headings_have_comments_and_are_protected() -> None:
    sheet = book()["Coding"]
    comments = [cell.comment.text if cell.comment else "" for cell in sheet[1]]
    assert comments == ["The id.", "One word.", "", ""]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert [cell.protection.locked for cell in sheet[1]] == [True] * 4
    assert [cell.protection.locked for cell in sheet[2]][:3] == [False] * 3
    # False means that it is allowed: a row can be added, deleted and sorted, and a column hidden.
    allowed = ("insertRows", "deleteRows", "sort", "autoFilter", "formatColumns", "formatRows")
    assert {name: getattr(sheet.protection, name) for name in allowed} == dict.fromkeys(
        allowed, False
    )
    assert book()["To read"]["A2"].protection.locked


def test_empty_rows_and_columns_are_not_locked() -> None:
    """Excel deletes a row of a protected sheet only if all its cells are unlocked."""
    with zipfile.ZipFile(io.BytesIO(write_form(FORM))) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<dimension ref="A1:[A-E]3"/>', xml)
    assert re.search(r'<col min="5" max="16384" [^>]*style="\d+"', xml)


def test_panes_widths_and_hidden_columns() -> None:
    sheet = book()["Coding"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.column_dimensions["D"].hidden
    assert sheet["C2"].alignment.wrap_text
    assert 30 <= sheet.column_dimensions["C"].width < 32
    assert book()["Hidden"].sheet_state == "hidden"


@pytest.mark.further
def test_same_bytes_come_twice() -> None:
    assert write_form(FORM) == write_form(FORM)


def test_hostile_texts_stay_texts() -> None:
    texts = [text for text in HOSTILE if not any(map(is_control, text))]
    columns = tuple(FormColumn(text, help=text) for text in HOSTILE)
    sheet = FormSheet("A", columns, (tuple((texts * 2)[: len(columns)]),))
    read = book(Form("=1+1", (sheet,), {}))["A"]
    assert [cell.value for cell in read[1]] == [visible(text) for text in HOSTILE]
    assert [cell.value for cell in read[2]] == (texts * 2)[: len(columns)]


def test_text_that_is_too_long_is_refused() -> None:
    sheet = FormSheet("Notes", (FormColumn("Note"),), (("ab",), ("a" * 32_768,)))
    with pytest.raises(NpcompareError, match="the text for Notes!A3 is longer than the 32,767"):
        write_form(Form("", (sheet,), {}))


@pytest.mark.office
def test_libreoffice_keeps_lists_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_form(FORM))
    (saved,) = office("xlsx", tmp_path, path)
    sheet = openpyxl.load_workbook(saved)["Coding"]
    assert [cell.value for cell in sheet[2]][:3] == ["kenya", "mandatory", "=1+1"]
    assert sheet["B1"].comment is not None
    assert len(sheet.data_validations.dataValidation) == 2
    assert sheet.protection.sheet
