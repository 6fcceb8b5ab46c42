"""What is filed reads as an editor of the United Nations writes it, in each layout and format."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml.ns import qn
from lxml import etree, html

from npcompare import FORMATS, load_corpus, render
from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.document import Role, Tone
from npcompare.reports.annex_layouts import LAYOUTS, export
from npcompare.reports.annex_recipe import Wish
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.document import Cell, Document, Table

#: Layouts that compare each provision with the first one have fewer of them.
FEW = {"side-by-side": 30, "redline": 30, "align": 12}

#: Formats that programs read, and the picture, which has no text of a table.
NOT_FILED = {"json", "ndjson", "csv", "svg"}

#: What no filed text has.
FAULTS = {
    "straight quotation mark": re.compile(r"[\"']"),
    "pilcrow": re.compile("¶"),
    "option of a command": re.compile(r"(?<!\S)--[a-z]"),
    "hash": re.compile(r"sha256|\b(?=[a-f]*[0-9])[0-9a-f]{12,}\b"),
    "path": re.compile(r"\.ya?ml\b|(?<!\S)/(?:home|tmp|usr|work)/"),
    "doubled quotation mark": re.compile("““|””|“[^”]*“"),
    "hyphen in a range": re.compile(
        r"\b(?:paras\.|paragraphs|footnotes|pages|pp\.|Nos\.)\s[0-9]+-[0-9]"
        r"|\b(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}\b"
    ),
    "break before a number": re.compile(
        r"\b(?:[Aa]rticles?|[Ss]ections?|[Pp]aras?\.|[Pp]aragraphs?|[Ff]ootnotes?|No\.) "
        r"(?=\(?[0-9])"
    ),
    "name of a rule": re.compile(r"\b(?:scope|threshold|stage|force|relief)-[a-z]+-[a-z]+"),
}

#: Words that stay as they are in the law.
OF_THE_LAW = {Tone.QUOTE, Tone.INSERTED, Tone.DELETED}


@cache
def document(layout: str) -> Document:
    """Return an annex of the whole corpus in a layout."""
    corpus = load_corpus().restricted("all", "")
    results = list(ClassifiedCorpus(corpus))
    if layout in FEW:
        results = [
            result
            for result in results
            if result.provision.text.body and result.provision.text.language in ("", "en")
        ][: FEW[layout]]
    return export(corpus, results, Wish(layout=layout))


@cache
def ids() -> frozenset[str]:
    """Return the ids that are not words."""
    provisions = ClassifiedCorpus(load_corpus().restricted("all", "")).provisions()
    return frozenset(provision.id for provision in provisions if "-" in provision.id)


@cache
def lower_case_titles() -> tuple[str, ...]:
    """Return the titles of documents that begin with a small letter."""
    titles = [str(entry.get("short", "")) for entry in load_corpus().documents.values()]
    return tuple(no_break(title) for title in titles if title[:1].islower())


def sentences(table: Table) -> Iterator[str]:
    """Yield all texts of a table that are not words of the law."""
    yield from (table.title, *table.headnote.split("\n"))
    # An address in a list of sources may look like a digest.
    yield from (re.sub(r"https?://\S+", "", remark) for remark in table.remarks)
    yield from (text for _, text in table.notes)
    yield from (column.heading for column in table.columns)
    for row in table.rows:
        for cell in row:
            yield "".join(run.text for run in cell.runs if run.tone not in OF_THE_LAW)


def beginnings(cell: Cell) -> Iterator[str]:
    """Yield how each line of a cell begins, unless it begins with words of the law."""
    is_start = True
    for run in cell.runs:
        for number, text in enumerate(run.text.split("\n")):
            is_start = is_start or bool(number)
            if is_start and text and run.tone not in OF_THE_LAW:
                yield text
            is_start = is_start and not text


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_annex_has_no_fault_of_typography(layout: str) -> None:
    faults = [
        (name, text)
        for table in document(layout).tables
        for text in sentences(table)
        for name, fault in FAULTS.items()
        if fault.search(text)
    ]
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_annex_names_provisions_without_ids(layout: str) -> None:
    words = {
        word
        for table in document(layout).tables
        for text in sentences(table)
        for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)
    }
    assert words & ids() == set()


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_items_in_cells_begin_with_a_capital(layout: str) -> None:
    small = {
        text
        for table in document(layout).tables
        # A redline is one text.
        if len(table.columns) > 1
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.role is not Role.ANSWER
        for text in beginnings(cell)
        if text[0].islower() and not text.startswith(lower_case_titles())
    }
    assert small == set()


# --- In files -----------------------------------------------------------------------------------


def docx_text(content: Any, folder: Any) -> str:
    path = folder / "annex.docx"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if is_read(name)]
    nodes = (node for part in parts for node in etree.fromstring(part).iter(qn("w:t")))
    return "\n".join(node.text or "" for node in nodes)


def is_read(name: str) -> bool:
    """Return whether readers see the words in a part of a Word file, other than the provenance."""
    return name == "word/document.xml"


def xlsx_text(content: Any, folder: Any) -> str:
    import openpyxl

    path = folder / "annex.xlsx"
    path.write_bytes(content)
    sheets = [sheet for sheet in openpyxl.load_workbook(path) if sheet.sheet_state == "visible"]
    return "\n".join(
        str(value)
        for sheet in sheets
        if sheet.title != "About"
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )


def html_text(content: Any, _: Any) -> str:
    tree: Any = html.document_fromstring(content)
    return str(tree.find("body/main").text_content())


READERS: dict[str, Callable[[Any, Any], str]] = {
    "docx": docx_text,
    "xlsx": xlsx_text,
    "html": html_text,
    "markdown": lambda content, _: content,
    "plain": lambda content, _: content,
}

IN_FILES = [name for name in FAULTS if "quotation mark" not in name and "break" not in name]


@pytest.mark.parametrize("layout", ["annex", "gaps", "side-by-side", "align"])
@pytest.mark.parametrize("name", READERS)
def test_file_has_no_fault_of_typography(name: str, layout: str, tmp_path: Any) -> None:
    corpus = load_corpus()
    results = list(ClassifiedCorpus(corpus, ["kenya", "jamaica", "gambia", "qatar", "coe-26"]))
    made = export(corpus, results, Wish(layout=layout, title="Provisions", number="Annex II"))
    text = READERS[name](render(made, FORMATS[name]), tmp_path).replace(made.imprint, "")
    assert [fault for fault in IN_FILES if FAULTS[fault].search(text)] == []


def test_every_filed_format_is_read() -> None:
    printed = {"terminal", "latex", "pdf"}
    assert set(FORMATS) - NOT_FILED - printed == set(READERS)
