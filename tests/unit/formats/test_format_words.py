"""The words that formats add to a document are messages, in the language of the document."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from lxml import html
from pseudo import PseudoCatalogue, pseudo
from word_files import opened, small_annex

from npcompare.document import Cell, Column, Document, Role, Run, Table, cell
from npcompare.formats.html_page import write as write_html
from npcompare.formats.pdf import _document_data
from npcompare.formats.registry import FORMATS, render
from npcompare.messages import message, using

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _pseudo_language() -> Iterator[None]:
    with using(PseudoCatalogue()):
        yield


def document(rows: int = 9) -> Document:
    """Return three tables without any Latin letter."""
    columns = (Column("1", "甲"), Column("2", "乙", Role.FILTER), Column("3", ""))
    body = tuple(
        (cell(f"{place}"), Cell((Run("乙", marks=("a",)),), values=("乙",)), cell("丙"))
        for place in range(rows)
    )
    table = Table("庚", columns, body, ("丁",), (("a", "戊"),), headnote="己")
    return Document("辛", (table, table, table), {}, table, "壬")


def english(texts: list[str]) -> list[str]:
    return [text for text in texts if re.search("[A-Za-z]{3}", text)]


@pytest.mark.parametrize("rows", [0, 9])
def test_page_has_no_words_in_english(rows: int) -> None:
    page: Any = html.fromstring("".join(write_html(document(rows))).encode())
    attributes = [
        value
        for element in page.iter("*")
        for name, value in element.items()
        if name == "aria-label"
    ]
    texts = [text for text in page.xpath("//body//text()[not(parent::script)]") if text.strip()]
    assert english([*texts, *attributes]) == []


def test_script_has_the_words_of_the_page() -> None:
    script = "".join(write_html(document())).rpartition("<script>")[2]
    match = re.search("const WORDS = ({.*});", script)
    assert match
    words = json.loads(match[1])
    assert words["rows"] == pseudo("{shown} of {all} rows shown")
    assert english([re.sub(r"\{\w+\}", "", text) for text in words.values()]) == []


@pytest.mark.parametrize("name", ["plain", "terminal", "markdown"])
@pytest.mark.parametrize("rows", [0, 9])
def test_text_formats_have_no_words_in_english(name: str, rows: int) -> None:
    text = render(document(rows), FORMATS[name])
    assert isinstance(text, str)
    assert english(re.sub(r"</?\w+>", "", text).split("\n")) == []


def test_workbook_has_no_words_in_english() -> None:
    content = render(document(), FORMATS["xlsx"])
    assert isinstance(content, bytes)
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    texts = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert english([*book.sheetnames, *(str(text or "") for text in texts)]) == []
    assert book.sheetnames[-2:] == [pseudo("Notes"), pseudo("About")]
    assert book.worksheets[0].oddFooter.right.text == f"{pseudo('Page')} &P {pseudo('of')} &N"


def test_words_of_word_files_are_messages() -> None:
    word = opened(document())
    texts = [paragraph.text for paragraph in word.paragraphs]
    texts += [paragraph.text for paragraph in word.sections[0].footer.paragraphs]
    assert english(texts) == []
    assert pseudo("Table {number}. {title}").format(number=1, title="庚") in texts
    assert pseudo("Page {number} of {count}").format(number=1, count=1) in texts


def test_words_of_pdf_files_are_messages() -> None:
    words: Any = _document_data(document())["words"]
    assert words["none"] == pseudo("(none)")
    assert words["page"] == [(pseudo("Page "), "number"), (pseudo(" of "), "count")]


def test_captions_are_read_in_any_language() -> None:
    from npcompare.formats.annex_reader import _read_tables

    word = opened(small_annex((cell("1"), cell("2"))))
    assert word.paragraphs[1].text == f"{pseudo('Table')} 1. Provisions"
    tables, _ = _read_tables(word)
    assert [table.title for table in tables] == ["Provisions"]
    assert message("(none)") == pseudo("(none)")
