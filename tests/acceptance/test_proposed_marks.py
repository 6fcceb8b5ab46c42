"""A coding that is only proposed: every format has the line under the title, and the mark."""

from __future__ import annotations

import io
import json
import re
from functools import partial
from typing import TYPE_CHECKING

import docx
import openpyxl
import pypdf
import pytest
from conftest import TESTS
from lxml import etree, html

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.coding.uncoded_texts import TextChoice, read_uncoded
from npcompare.formats.registry import FORMATS, render
from npcompare.law.corpus import load_corpus
from npcompare.reports.annex_layouts import LAYOUTS, export
from npcompare.reports.annex_recipe import Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.law.outside_files import UncodedText

LINE = "Coding proposed by npcompare and not confirmed: clause-12.txt."
CLAUSE = str(TESTS / "bills" / "clause-12.txt")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return the bundled corpus, which reads texts."""
    corpus = load_corpus()

    def read(path: Path) -> UncodedText:
        return read_uncoded(corpus.codebook, path, TextChoice())[0]

    return corpus.reading_texts(read)


def annex(corpus: Corpus, layout: str) -> Document:
    return export(corpus, list(ClassifiedCorpus(corpus, [CLAUSE, "kenya"])), Wish(layout=layout))


def of_word(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def of_workbook(content: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    # The first row has the line, and the second the headings.
    assert str(sheet["A1"].value).startswith(f"† {LINE}")
    return "\n".join(str(cell.value) for row in sheet for cell in row)


def of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(page.extract_text() for page in pages).replace("\u200b", "")


def of_page(content: bytes) -> str:
    return str(html.document_fromstring(content).xpath("string(//main)"))


def of_figure(content: bytes) -> str:
    texts = etree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
    return "\n".join(str(text.text) for text in texts)


#: How the text of a format is read, if it is not a text itself.
READERS: dict[str, Callable[[bytes], str]] = {
    "docx": of_word,
    "xlsx": of_workbook,
    "pdf": of_pdf,
    "html": of_page,
    "svg": of_figure,
}


def text_of(document: Document, name: str) -> str:
    """Return the text of a document in a format, with single spaces."""
    written = render(document, FORMATS[name])
    content = written.encode() if isinstance(written, str) else written
    text = READERS.get(name, partial(bytes.decode, encoding="utf-8"))(content)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_the_line_and_the_marks(name: str, corpus: Corpus) -> None:
    document = annex(corpus, "matrix")
    text = text_of(document, name)
    assert LINE in text
    rows = [row for row in document.tables[0].rows if "clause-12.txt" in row[0].text]
    marked = [cell for row in rows for cell in row if any("†" in run.marks for run in cell.runs)]
    assert [row[1:] for row in rows] == [tuple(marked[1:])]
    if name in {"csv", "ndjson"}:
        assert re.sub(LINE, "", text).count("proposed") == len(marked) - 1
    elif name in {"terminal", "plain", "svg"}:
        # The signs of a group have their marks together, or those of a row are beside its name.
        assert len(re.findall("†", text)) >= 2
    else:
        assert len(re.findall("†", text)) >= len(marked) + 1


@pytest.mark.parametrize("name", ["plain", "csv"])
def test_redline_of_texts_is_silent_on_codings(name: str, corpus: Corpus) -> None:
    """No class is in it, so that no coding has to be confirmed; its data have the codings."""
    text = text_of(annex(corpus, "redline"), name)
    assert LINE not in text
    assert "not understood" not in text
    assert LINE in text_of(annex(corpus, "redline"), "json")


@pytest.mark.parametrize("layout", sorted({*LAYOUTS} - {"redline"}))
@pytest.mark.parametrize("name", ["plain", "csv", "json"])
def test_each_layout_has_the_line(name: str, layout: str, corpus: Corpus) -> None:
    assert LINE in text_of(annex(corpus, layout), name)


@pytest.mark.parametrize("layout", sorted({*LAYOUTS} - {"redline"}))
def test_each_layout_has_the_mark(layout: str, corpus: Corpus) -> None:
    document = annex(corpus, layout)
    marks = [
        {mark for row in table.rows for cell in row for run in cell.runs for mark in run.marks}
        for table in document.tables
    ]
    assert any("†" in marks_of_table for marks_of_table in marks)
    for table, marks_of_table in zip(document.tables, marks, strict=True):
        assert table.headnote.startswith(f"† {LINE}") == ("†" in marks_of_table)


def test_table_without_the_mark_has_no_line(corpus: Corpus) -> None:
    results = list(ClassifiedCorpus(corpus, [CLAUSE, "kenya"]))
    titles = {
        table.title: table.headnote.startswith(f"† {LINE}")
        for table in export(corpus, results, Wish(group_by="threshold")).tables
    }
    assert titles == {
        "Threshold: duress-based": True,
        "Threshold: causation-based": False,
        "Texts of the law": True,
    }


def test_json_of_an_annex_says_what_is_proposed(corpus: Corpus) -> None:
    data = json.loads(text_of(annex(corpus, "annex"), "json"))
    assert list(data)[:6] == ["schema", "tool", "corpus", "headnote", "proposed", "layout"]
    assert data["recipe"]["proposed"] == ["tests/bills/clause-12.txt"]
    dimensions = data["classifications"][0]["dimensions"].values()
    assert {part["basis"] for part in dimensions} == {"proposed", "unknown"}
    assert [each["name"] for each in data["legislation"]] == [
        "Counter-Trafficking in Persons Act, section 14"
    ]


def test_nothing_is_said_if_nothing_is_proposed() -> None:
    document = annex_of_files()
    assert not any("†" in table.headnote for table in document.tables)
    assert "headnote" not in document.data
    assert "headnote" not in [column.key for column in document.flat.columns]


def annex_of_files() -> Document:
    """Return an annex of coded provisions alone."""
    corpus = load_corpus()
    return export(corpus, list(ClassifiedCorpus(corpus, ["kenya", "jamaica"])), Wish())


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("diff", CLAUSE, "kenya"), "On the proposed coding, "),
        (("gaps", CLAUSE), "On the proposed coding, clause-12.txt meets "),
    ],
)
def test_summary_is_on_the_proposed_coding(
    command: tuple[str, ...], sentence: str, run: Callable[..., Ran]
) -> None:
    lines = run(*command, "-f", "plain").out.splitlines()
    assert lines[1].startswith(f"† {LINE}")
    assert lines[2].startswith(sentence)
