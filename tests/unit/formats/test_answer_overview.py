"""An overview of answers in each format: signs, upright headings, totals, and the figure."""

from __future__ import annotations

import io
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE, annex
from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from msgspec.structs import replace
from openpyxl import load_workbook
from svg_files import SVG, draw, text_areas, texts, titles

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, cell, columns
from npcompare.formats import excel, html_page, latex, pdf, word
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from npcompare.law.corpus import Corpus

LEGEND = (
    Sign(CellAnswer.YES, "✓", "met", "met", is_filled=True),
    Sign(CellAnswer.PARTLY, "±", "partly met", "partly met", is_filled=True),
    Sign(CellAnswer.NO, "×", "not met", "not met", is_filled=True),  # noqa: RUF001
    Sign(CellAnswer.SILENT, "–", "silent", "the full text is silent"),
    Sign(CellAnswer.NOT_APPLICABLE, "/", "not applicable", "not applicable"),
    Sign(CellAnswer.CHOICE, "c", "choice", "a policy choice"),
    Sign(CellAnswer.UNKNOWN, "", "not known", "not known"),
)
SIGNS = {sign.sign or "?": sign for sign in LEGEND}
GROUPS = ("Persons", "Persons", "Stages")
DETAILS = columns(element="Element", status="Status")


def answers(signs: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            (Run(SIGNS[sign].sign),) if SIGNS[sign].sign else (),
            SIGNS[sign].answer,
            words=SIGNS[sign].label,
        )
        for sign in signs
    )


def counts(heading: str, *numbers: int) -> tuple[Cell, ...]:
    numbered = (cell(str(number), Tone.STRONG) for number in numbers)
    return (cell(heading, Tone.STRONG), *numbered, Cell())


def overview(rows: int = 1, name: str = "Kenya") -> Document:
    """Return an overview of two groups of rows, followed by the details of two provisions."""
    heads = [
        Column(f"e{place}", f"Element {place}", Role.ANSWER, group)
        for place, group in enumerate(GROUPS, 1)
    ]
    table = Table(
        "Overview",
        (Column("provision", "Provision"), *heads, Column("met", "Met", Role.NUMBER)),
        (
            counts("Laws (1)", 1, 0, 0),
            *[(cell(name, marks=["a"]), *answers("✓±?"), cell("1"))] * rows,
            counts("Treaties (1)", 0, 1, 0),
            (cell("Council", marks=["†"]), *answers("×✓–"), cell("1")),  # noqa: RUF001
            counts("Provisions that meet it", 1, 1, 0),
        ),
        ("Too little is available to assess (1): Barbados.",),
        (("a", "A note."),),
        figure=AnswerOverview(LEGEND, group_rows=(0, rows + 1), grouped_by="Effect"),
        headnote="2 provisions.\n✓ met; blank: not known.",
    )
    details = [
        Table(
            f"{place}, assessed",
            DETAILS,
            ((cell("One"), cell("met")),),
            (note,),
            subject=place,
            sheet="Details",
        )
        for place, note in (("Kenya", "Of 1 element: 1 met."), ("Council", "Of 1: 1 met."))
    ]
    return Document("Gaps", (table, *details), {}, table, "npcompare 1")


def figure() -> Element:
    return draw(overview())


def test_figure_has_a_box_or_sign_for_each_answer() -> None:
    assert titles(figure(), "mark") == [
        "Kenya: Element 1: met",
        "Kenya: Element 2: partly met",
        "Kenya: Element 3: not known",
        "Council †: Element 1: not met",
        "Council †: Element 2: met",
        "Council †: Element 3: silent",
    ]


def test_figure_says_in_words_what_it_shows() -> None:
    svg = write(overview())
    assert (
        "A grid of 2 rows and 3 columns. Provisions that meet it: Element 1 1; Element 2 1; "
        "Element 3 0. The table has every answer." in svg
    )
    words_drawn = texts(figure())
    for words in ("Persons", "Stages", "Element 1", "Laws (1)", "Provisions that meet it", "no"):
        assert words in words_drawn
    assert "the full text is silent" in words_drawn
    assert "2 provisions." in words_drawn
    assert not any("blank" in words for words in words_drawn)
    assert "Too little is available to assess (1): Barbados." in words_drawn


def test_long_name_in_a_figure_is_wrapped_and_not_cut() -> None:
    name = " ".join(f"word{number}" for number in range(60))
    words_drawn = " ".join(texts(draw(overview(name=name))))
    assert all(word in words_drawn.split() for word in name.split())
    assert "…" not in words_drawn


@pytest.mark.further
@pytest.mark.parametrize("name", ["overview", "matrix", "all", "columns"])
def test_level_texts_of_a_figure_do_not_overlap(name: str, corpus: Corpus) -> None:
    columns = ("scope", "threshold", "stage", "force", "burden", "persons")
    documents: dict[str, Callable[[], Document]] = {
        "overview": overview,
        "matrix": lambda: annex(corpus, [], layout="matrix"),
        "all": lambda: annex(corpus.restricted("all", ""), [], layout="matrix"),
        "columns": lambda: annex(corpus, [], layout="matrix", columns=columns),
    }
    root = draw(documents[name]())
    heads = {sign.text for group in root.iter(f"{SVG}g") for sign in group if is_head(group)}
    areas = [area for area in text_areas(root) if area.words not in heads]
    width = int(root.get("width", "0"))
    assert [area for area in areas if area.left < 0 or area.right > width] == []
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


def is_head(group: Element) -> bool:
    return group.get("class") == "head"


def test_sixty_rows_are_one_page_and_more_are_divided() -> None:
    assert [picture.part for picture in pages(overview(56), 0)] == ["all rows"]
    parts = [picture.part for picture in pages(overview(100), 0)]
    assert parts == ["rows 1 to 52 of 104", "rows 53 to 104 of 104"]


def test_page_that_is_not_upright_has_fewer_rows() -> None:
    parts = [picture.part for picture in pages(overview(56), 0, is_upright=False)]
    assert parts == ["rows 1 to 30 of 60", "rows 31 to 60 of 60"]


def test_revised_answers_are_not_drawn() -> None:
    document = overview()
    table = document.tables[0]
    row = tuple(replace(each, answer=None) for each in table.rows[1])
    revised = replace(table, rows=(table.rows[0], row, *table.rows[2:]))
    assert pages(document.replace(tables=(revised,)), 0) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_stays_text(words: str) -> None:
    plain, root = draw(overview(name="word")), draw(overview(name=words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert one_line(f"{words}: Element 1: met") in titles(root, "mark")


def test_html_reads_signs_aloud_as_words() -> None:
    page = "".join(html_page.write(overview()))
    sign = '<span aria-hidden="true">±</span><span class="spoken">partly met</span>'
    assert f'data-column="e2">{sign}</td>' in page
    assert 'data-column="e3"><span class="spoken">not known</span></td>' in page
    assert re.search(r'<th scope="colgroup" colspan="2"[^>]*>Persons</th>', page)
    assert '<span class="upright">Element 1</span>' in page
    assert '<li><a href="#table-2">Kenya</a></li>' in page


def test_word_has_the_figure_upright_and_then_the_table() -> None:
    document: Any = WordDocument(io.BytesIO(word.write(overview())))
    portrait, landscape = document.sections
    assert portrait.orientation == WD_ORIENT.PORTRAIT
    assert portrait.page_height > portrait.page_width
    assert landscape.page_width > landscape.page_height
    captions = [part.text for part in document.paragraphs if part.style.name == "Caption"]
    assert captions[:2] == ["Figure 1. Overview: all rows", "Table 1. Overview"]
    annex: Any = WordDocument(io.BytesIO(word.write(overview().replace(recipe={"layout": "gaps"}))))
    assert len(annex.sections) == 1
    spanners, heads = (
        [len(part.findall(f".//{qn('w:textDirection')}")) for part in row._tr.tc_lst]
        for row in document.tables[0].rows[:2]
    )
    assert (spanners, heads) == ([0, 0, 0, 1], [0, 1, 1, 1, 1])


@pytest.mark.further
def test_head_in_word_is_as_high_as_its_headings() -> None:
    def height(heading: str) -> int:
        table = overview().tables[0]
        columns = tuple(
            replace(column, heading=heading, short=heading)
            if column.role is Role.ANSWER
            else column
            for column in table.columns
        )
        document = overview().replace(tables=(replace(table, columns=columns),))
        written: Any = WordDocument(io.BytesIO(word.write(document)))
        return int(written.tables[0].rows[1].height)

    assert height("责任和责任和责任") == height("responsibilities") > height("liability")


@pytest.mark.further
def test_arabic_table_in_word_has_numbers_and_a_legend() -> None:
    document = overview().replace(language="ar", recipe={"layout": "gaps"})
    written: Any = WordDocument(io.BytesIO(word.write(document)))
    spanners, heads = ([part.text for part in row.cells] for row in written.tables[0].rows[:2])
    assert (spanners[0], spanners[4], heads[1:4]) == ("Provision", "4", ["1", "2", "3"])
    assert not list(written.element.body.iter(qn("w:textDirection")))
    legend = "1\u00a0Element 1; 2\u00a0Element 2; 3\u00a0Element 3; 4\u00a0Met"
    assert legend in [part.text.strip("\u200e") for part in written.paragraphs]
    (table, *_) = read_docx(word.write(document)).tables
    headings = ["Provision", "Element 1", "Element 2", "Element 3", "Met"]
    assert [column.heading for column in table.columns] == headings


def test_excel_has_words_numbers_and_two_sheets() -> None:
    book = load_workbook(io.BytesIO(excel.write(overview())))
    assert book.sheetnames == ["Overview", "Details", "Notes", "About"]
    sheet = book["Overview"]
    assert [[part.value for part in row] for row in sheet.iter_rows()] == [
        ["2 provisions.", None, None, None, None, None, None],
        ["Provision", "Effect", "Element 1", "Element 2", "Element 3", "Met", "Notes"],
        ["Kenya", "Laws", "met", "partly met", "", 1, "Provision: a"],
        ["Council [†]", "Treaties", "not met", "met", "silent", 1, ""],
        ["Provisions that meet it", "", 1, 1, 0, "", ""],
        [None] * 7,
        ["Too little is available to assess (1): Barbados.", *[None] * 6],
    ]
    assert sheet.auto_filter.ref == "A2:G4"
    assert [part.alignment.textRotation for part in sheet[2]] == [0, 0, 90, 90, 90, 90, 0]
    assert [[part.value for part in row] for row in book["Details"].iter_rows()] == [
        ["Provision", "Element", "Status"],
        ["Kenya", "One", "met"],
        ["Council", "One", "met"],
        [None] * 3,
        ["Kenya: Of 1 element: 1 met.", None, None],
        ["Council: Of 1: 1 met.", None, None],
    ]


def test_latex_turns_headings_and_spans_groups() -> None:
    text = latex.write(overview())
    assert r"\usepackage{graphicx}" in text
    assert r"\rotatebox{90}{\textit{Element 1}}" in text
    assert r"\multicolumn{2}{c}{\textit{Persons}}" in text
    assert r"\cmidrule(lr){2-3}\cmidrule(lr){4-4}" in text
    # Signs are centred below their headings.
    assert "\n  L{" in text
    assert "\n  C{" in text


@pytest.mark.further
def test_pdf_begins_with_the_figure() -> None:
    from pypdf import PdfReader

    pytest.importorskip("typst")
    first, second, *_ = PdfReader(io.BytesIO(pdf.write(overview(40)))).pages
    assert first.mediabox.height > first.mediabox.width
    assert "Figure\N{NO-BREAK SPACE}1" in first.extract_text()
    assert second.mediabox.width > second.mediabox.height
    assert "Table\N{NO-BREAK SPACE}1" in second.extract_text()
