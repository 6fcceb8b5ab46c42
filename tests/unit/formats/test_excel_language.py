"""Workbooks in six languages: tags, fonts, and sheets from right to left."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.formats.excel import write
from npcompare.messages import Catalogue, using

ROW = (
    cell("كينيا (Kenya)"),
    Cell((Run("shall not (1).", Tone.QUOTE, (), "en"),)),
    cell("12 (1)"),
)


def document(language: str) -> Document:
    table = Table("T", columns(a="A", b="B", c="C"), (ROW,))
    return Document("D", (table,), {}, table, "made with", language=language)


def book(language: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write(document(language))))


@pytest.mark.parametrize(
    ("language", "tag", "font"),
    [
        ("en", "en-GB", "Calibri"),
        ("fr", "fr-FR", "Calibri"),
        ("es", "es-ES", "Calibri"),
        ("ru", "ru-RU", "Calibri"),
        ("ar", "ar-SA", "Arial"),
        ("zh", "zh-CN", "SimSun"),
    ],
)
def test_workbook_has_tag_and_font_of_its_language(language: str, tag: str, font: str) -> None:
    workbook = book(language)
    assert workbook.custom_doc_props["Language"].value == tag
    assert {each.font.name for row in workbook.worksheets[0].iter_rows() for each in row} == {font}


def test_arabic_sheets_run_from_the_right() -> None:
    assert all(sheet.sheet_view.rightToLeft for sheet in book("ar"))
    assert not any(sheet.sheet_view.rightToLeft for sheet in book("fr"))


def test_numbers_of_arabic_pages_have_no_words_beside_them() -> None:
    """LibreOffice sets the words and the numbers of a foot from left to right."""
    feet = {sheet.oddFooter.right.text for sheet in book("ar")}
    assert feet == {"&P/&N"}


def test_column_of_groups_has_a_heading_of_the_language() -> None:
    table = Table("T", columns(a="A"), ((cell("G"),), (cell("x"),)), group_rows=(0,))
    with using(Catalogue(language="fr", messages={"Group": "Groupe"})):
        sheet = openpyxl.load_workbook(
            io.BytesIO(write(Document("D", (table,), {}, table, "made with", language="fr")))
        ).worksheets[0]
        assert "Groupe" in [each.value for row in sheet.iter_rows(max_row=4) for each in row]


@pytest.mark.parametrize(("language", "orders"), [("ar", [2, 1, 2]), ("en", [2, 0, 0])])
def test_cells_have_the_direction_of_their_words(language: str, orders: list[int]) -> None:
    row = book(language).worksheets[0][2]
    assert [int(each.alignment.readingOrder or 0) for each in row] == orders


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_workbooks_are_the_same_twice(language: str) -> None:
    assert write(document(language)) == write(document(language))


def test_signs_stay_beside_words_in_arabic() -> None:
    words = Cell((Run('"act."', Tone.QUOTE, (), "en"), Run(" نص")))
    table = Table("T", columns(a="A"), ((words,),))
    content = write(Document("D", (table,), {}, table, language="ar"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet["A2"].value == '\u200e"act."\u200e نص'
