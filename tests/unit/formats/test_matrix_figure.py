"""The figure of a matrix: its signs and words, and that nothing overlaps."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from builders import HOSTILE, annex
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from svg_files import draw, texts, titles

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import Cell, Column, Document, Role, Run, Table, cell
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import measure, one_line, wrapped
from npcompare.formats.figures.selection import pages, whole, write

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

LEGEND = (
    Sign(CellAnswer.YES, "✓", "yes", "yes", is_filled=True),
    Sign(CellAnswer.NO, "–", "no", "no"),
    Sign(CellAnswer.NOT_SHOWN, "", "not shown", "not shown"),
    Sign(CellAnswer.UNKNOWN, "?", "unknown", "unknown"),
)
SIGNS = {sign.label: sign for sign in LEGEND}


def matrix(*rows: tuple[str, ...], heads: tuple[str, ...] = ()) -> Document:
    """Return a document of one matrix, whose last row counts the answers."""
    heads = heads or tuple(f"Stage: s{number}" for number in range(len(rows[0]) - 1))
    columns = tuple(answer_column(number, head) for number, head in enumerate(heads))
    body = tuple((cell(name), *map(answer_cell, words)) for name, *words in rows)
    total = (cell("Total"), *[cell("1")] * len(heads))
    table = Table(
        "T",
        (Column("provision", "Provision"), *columns),
        (*body, total),
        figure=AnswerOverview(LEGEND),
        headnote="Key",
    )
    return Document("T", (table,), {}, table, "made by hand", "Annex II")


def answer_column(number: int, heading: str) -> Column:
    """Return a column of answers, whose heading names its group before a colon."""
    group, _, short = heading.rpartition(": ")
    return Column(f"answer-{number}", heading, Role.ANSWER, group, short)


def answer_cell(label: str) -> Cell:
    return replace(cell(SIGNS[label].sign), answer=SIGNS[label].answer, words=label)


SMALL = matrix(
    ("Kenya, section 14", "yes", "not shown", "no"),
    ("Qatar", "yes", "unknown", "no"),
)


def test_signs_are_those_of_the_legend() -> None:
    root = draw(SMALL)
    assert titles(root, "mark")[:3] == [
        "Kenya, section 14: Stage: s0: yes",
        "Kenya, section 14: Stage: s1: not shown",
        "Kenya, section 14: Stage: s2: no",
    ]
    words = texts(root)
    assert [words.count(sign) for sign in "–?"] == [3, 2]
    assert "no" in words


def test_table_without_figure_is_not_drawn() -> None:
    words = Table("Words", SMALL.tables[0].columns[:2], ((cell("A"), cell("no")),))
    document = SMALL.replace(tables=(words, SMALL.tables[0]))
    assert whole(document, 0) is None
    assert pages(document, 0) == []
    picture = whole(document, 1)
    assert picture is not None
    assert (picture.title, picture.width) == ("Annex II: T: T (table 2 of 2)", 467)


def test_ids_differ_on_one_page() -> None:
    document = SMALL.replace(tables=SMALL.tables * 2)
    pictures = [whole(document, number) for number in (0, 1)]
    ids = [set(re.findall(r' id="([^"]+)"', picture.svg)) for picture in pictures if picture]
    assert len(ids[0]) == len(ids[1]) > 0
    assert not ids[0] & ids[1]


def test_first_figure_of_several_is_written() -> None:
    words = Table("Words", SMALL.tables[0].columns[:2], ((cell("A"), cell("maybe")),))
    root = draw(SMALL.replace(tables=(words, SMALL.tables[0])))
    assert "T (table 2 of 2)" in texts(root)


def test_translated_matrix_keeps_its_figure() -> None:
    """The answers are data, so the words of cells, headings and legend are free."""
    columns = (
        Column("disposition", "Disposition"),
        Column("a", "Phase : enquête", Role.ANSWER, "Phase", "enquête"),
        Column("b", "Phase : procès", Role.ANSWER, "Phase", "procès"),
    )
    yes, no = (
        Cell((Run("✓"),), CellAnswer.YES, words="oui"),
        Cell((Run("–"),), CellAnswer.NO, words="non"),
    )
    legend = (
        Sign(CellAnswer.YES, "✓", "oui", "oui", is_filled=True),
        Sign(CellAnswer.NO, "–", "non", "non"),
    )
    rows = ((cell("Kenya"), yes, no), (cell("Total"), cell("1"), cell("0")))
    table = Table("T", columns, rows, figure=AnswerOverview(legend))
    root = draw(Document("T", (table,), {}, table))
    assert titles(root, "mark") == ["Kenya: Phase : enquête: oui", "Kenya: Phase : procès: non"]
    assert titles(root, "group") == ["Phase"]
    assert {"enquête", "procès", "oui", "non"} <= set(texts(root))


def test_error_without_a_figure() -> None:
    table = Table("T", (Column("a", "A"),), ((cell("A"),),))
    with pytest.raises(NpcompareError, match="this output has no figure") as raised:
        write(Document("T", (table,), {}, table))
    assert "npcompare figure" in raised.value.hint
    with pytest.raises(NpcompareError):
        write(Document("T", (), {}, table))


@pytest.mark.parametrize("layout", ["annex", "typology", "gaps"])
def test_error_for_other_layouts(layout: str, corpus: Corpus) -> None:
    with pytest.raises(NpcompareError):
        write(annex(corpus, ["kenya", "coe-26"], layout=layout))


def hostile(words: str) -> Document:
    sample = matrix((words, "yes", "no"), heads=(words, f"{words}: {words}"))
    table = replace(sample.tables[0], title=words, remarks=(words,))
    return Document(words, (table,), {}, table, words, words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    plain, root = draw(hostile("word")), draw(hostile(words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert titles(root, "row") == [one_line(words), "Total"]
    assert not {"\x1b", "\x07", "\u202e"} & set(write(hostile(words)))


@given(st.text(max_size=60))
def test_any_text_is_xml(words: str) -> None:
    assert len(titles(draw(hostile(words)), "mark")) == 2


def test_figure_loads_nothing(corpus: Corpus) -> None:
    text = write(annex(corpus, [], layout="matrix"))
    assert re.findall(r"https?:[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|style|image|use|a|foreignObject)\b|href|@import|\son\w+=", text)
    assert "url(" not in text


def test_output_is_reproducible(corpus: Corpus) -> None:
    document = annex(corpus, [], layout="matrix")
    assert write(document) == write(document)


def test_marks_equal_the_cells(corpus: Corpus) -> None:
    document = annex(corpus, [], layout="matrix")
    answers = [str(cell.answer) for row in document.tables[0].rows for cell in row if cell.answer]
    root = draw(document)
    assert {answer: len(titles(root, f"mark-{answer}")) for answer in answers} == Counter(answers)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        # The widths of Arial at 100 pixels.
        ("Hamburgefonts", 706),
        ("WWWW", 378),
        ("illicit", 189),
        # Marks have no width, and Chinese characters are as wide as high.
        ("e\u0301\u0302", 56),
        ("被害者", 300),
    ],
)
def test_measure_is_arial_with_an_allowance(text: str, width: int) -> None:
    assert width < measure(text, 100) <= 1.12 * width + 1
    assert measure(text, 100, bold=True) > measure(text, 100)


def test_arabic_letters_are_narrower_since_they_join() -> None:
    assert measure("المسؤولية", 100) == 9 * 66 + 1


def test_lines_do_not_end_at_a_no_break_space() -> None:
    words = one_line("Council of Europe,\n article\u00a026")
    assert wrapped(words, measure("Council of Europe, article", 12), 12, 3) == [
        "Council of Europe,",
        "article\u00a026",
    ]
