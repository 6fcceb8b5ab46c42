"""The headnote of a table: between its title and its rows, in every format with tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from lxml import html
from msgspec.structs import replace

from npcompare.document import Document, Table, columns, rows
from npcompare.formats import excel, html_page, latex, markdown, pdf, plain, terminal, word
from npcompare.formats.annex_reader import read_docx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TITLE, HEADNOTE, WORDS = "Two laws", "The two differ in *effect* & 50%.", "Some words."
PLAIN_TABLE = Table(TITLE, columns(a="Heading"), rows([[WORDS]]))
TABLE = replace(PLAIN_TABLE, headnote=HEADNOTE)
SAMPLE = Document("Laws", (TABLE, TABLE), {}, TABLE)
WITHOUT = Document("Laws", (PLAIN_TABLE, PLAIN_TABLE), {}, TABLE)


def text_of(output: str | Iterable[str]) -> str:
    """Return an output that may be written in parts."""
    return "".join(output)


@pytest.mark.parametrize(
    ("write", "headnote"),
    [
        (plain.write, HEADNOTE),
        (terminal.write, HEADNOTE),
        (markdown.write, "The two differ in \\*effect\\* \\& 50%."),
        (html_page.write, "The two differ in *effect* &amp; 50%."),
        (latex.write, "The two differ in *effect* \\& 50\\%."),
    ],
)
def test_headnote_is_between_title_and_rows(
    write: Callable[[Document], str], headnote: str
) -> None:
    text = text_of(write(SAMPLE))
    assert text.count(headnote) == 2
    assert text.index(TITLE) < text.index(headnote) < text.rindex(WORDS)
    assert headnote not in write(
        Document("Laws", (Table(TITLE, TABLE.columns, TABLE.rows),), {}, TABLE)
    )


def test_page_has_headnote_before_table() -> None:
    page = html.document_fromstring(text_of(html_page.write(SAMPLE)))
    classes = [element.get("class") for element in page.iter("p", "table")]
    assert classes[:2] == ["headnote", None]


def test_word_has_headnote_before_table() -> None:
    content = word.write(SAMPLE)
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    place = paragraphs.index(HEADNOTE)
    assert paragraphs[place - 1] == f"Table 1. {TITLE}"


def test_headnote_does_not_hide_the_title_from_verify() -> None:
    recipe: dict[str, object] = {"ids": [], "wish": {}}
    filed = read_docx(word.write(SAMPLE.replace(recipe=recipe)))
    assert [table.title for table in filed.tables] == [TITLE, TITLE]


def test_excel_has_headnote_in_about() -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel.write(SAMPLE)))
    values = [[cell.value for cell in row] for row in book["About"].rows]
    assert ["Two laws", "Headnote", HEADNOTE] in values


def test_pdf_is_printed_with_headnote() -> None:
    assert pdf.write(SAMPLE).startswith(b"%PDF-")
    assert pdf.write(SAMPLE) != pdf.write(WITHOUT)
