"""The figure of a matrix: its marks, its bars, its description, and that nothing overlaps."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pytest
from builders import HOSTILE, annex
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from svg_files import LONG, SVG, draw, text_areas, texts, titles

from npcompare.charts import AnswerGrid, CellAnswer
from npcompare.document import Cell, Column, Document, Role, Run, Table, cell
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import measure, one_line, wrapped
from npcompare.formats.figures.selection import pages, whole, write

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from npcompare.law.corpus import Corpus

KINDS = ("yes", "no", "not shown", "silent", "unknown")
LEGEND = tuple(zip(CellAnswer, KINDS, strict=False))
ANSWERS = {"✓ yes": CellAnswer.YES} | {label: answer for answer, label in LEGEND}


def matrix(*rows: tuple[str, ...], heads: tuple[str, ...] = ()) -> Document:
    """Return a document of one matrix with a bar for every column."""
    heads = heads or tuple(f"Stage: s{number}" for number in range(len(rows[0]) - 1))
    columns = tuple(answer_column(number, head) for number, head in enumerate(heads))
    body = tuple((cell(name), *map(answer_cell, words)) for name, *words in rows)
    grid = AnswerGrid(LEGEND, tuple(column.key for column in columns))
    table = Table("T", (Column("provision", "Provision"), *columns), body, figure=grid)
    return Document("T", (table,), {}, table, "made by hand", "Annex II")


def answer_column(number: int, heading: str) -> Column:
    """Return a column of answers, whose heading names its group before a colon."""
    group, _, short = heading.rpartition(": ")
    return Column(f"answer-{number}", heading, Role.ANSWER, group, short)


def answer_cell(words: str, marks: tuple[str, ...] = ()) -> Cell:
    return replace(cell(words, marks=marks), answer=ANSWERS[words])


def count_marks(root: Element) -> dict[str, int]:
    return {kind: len(titles(root, f"mark-{kind.replace(' ', '-')}")) for kind in KINDS}


SMALL = matrix(
    ("Kenya, section 14", "✓ yes", "not shown", "no"),
    ("Qatar", "✓ yes", "unknown", "silent"),
    ("Utopia", "not shown", "unknown", "✓ yes"),
    heads=("Stage: investigation", "Stage: prosecution", "Scope: any"),
)


def test_every_answer_has_a_mark() -> None:
    root = draw(SMALL)
    assert count_marks(root) == {"yes": 3, "no": 1, "not shown": 2, "silent": 1, "unknown": 2}
    assert len(titles(root, "mark")) == 9
    assert titles(root, "mark")[1] == "Kenya, section 14: Stage: prosecution: not shown"
    assert titles(root, "group") == ["Stage", "Scope"]
    assert titles(root, "row") == ["Kenya, section 14", "Qatar", "Utopia"]
    assert len(titles(root, "key")) == len(KINDS)
    assert set(KINDS) <= set(texts(root))


def test_marks_differ_in_shape() -> None:
    shapes = set()
    for group in draw(SMALL).iter(f"{SVG}g"):
        if group.get("class", "").startswith("key "):
            parts = (
                (
                    part.tag,
                    part.get("stroke-dasharray"),
                    re.sub(r"[-\d., ]", "", part.get("d", "")),
                    (part.text or "").strip(),
                )
                for part in list(group)[:-1]
            )
            shapes.add(tuple(parts))
    assert len(shapes) == len(KINDS)


def test_figure_is_described_in_words() -> None:
    root = draw(SMALL)
    ids = (root.get("aria-labelledby") or "").split()
    elements = {element.get("id"): element.text or "" for element in root}
    assert root.get("role") == "img"
    assert elements[ids[0]] == "Annex II: T"
    assert elements[ids[1]].startswith(
        "A grid of 3 rows and 3 columns: 3 yes, 1 no, 2 not shown, 1 silent, 2 unknown."
    )
    assert "Stage: investigation: 2 yes, 1 not shown." in elements[ids[1]]
    assert {"Annex II", "T", "made by hand"} <= set(texts(root))


def test_bars_are_as_long_as_their_numbers() -> None:
    root = draw(matrix(*[("A", "✓ yes")] * 3, ("B", "no")))
    assert titles(root, "bar") == ["Stage: s0: 3 yes, 1 no"]
    assert titles(root, "part") == ["3 yes", "1 no"]
    (yes,) = (one for one in root.iter(f"{SVG}g") if one.get("class") == "part part-yes")
    (no,) = (one for one in root.iter(f"{SVG}g") if one.get("class") == "part part-no")
    lengths = [int(one.find(f"{SVG}rect").get("width")) for one in (yes, no)]  # type: ignore[union-attr, arg-type]
    assert abs(lengths[0] - 3 * lengths[1]) <= 3


def test_short_part_has_its_number_below() -> None:
    root = draw(matrix(*[("A", "✓ yes")] * 600, ("B", "no")))
    assert texts(root).count("1") == 0
    assert "600 yes, 1 no" in texts(root)


def test_no_bars_without_bar_columns(corpus: Corpus) -> None:
    root = draw(annex(corpus, ["kenya"], layout="matrix", columns=("scope",)))
    assert titles(root, "bar") == []
    assert "Below it," not in root.findtext(f"{SVG}desc", "")


def test_notes_are_marked_and_in_titles() -> None:
    table = replace(
        SMALL.tables[0],
        rows=((cell("A"), *(answer_cell("✓ yes", ("a",)),) * 3),),
        notes=(("a", "It is doubtful."),),
    )
    root = draw(SMALL.replace(tables=(table,)))
    assert titles(root, "mark")[0] == "A: Stage: investigation: yes. Note: It is doubtful."
    assert texts(root).count("*") == 3
    assert any(words.startswith("* see the notes") for words in texts(root))


def test_pages_have_every_row_once_then_the_bars() -> None:
    rows = [(f"Row {number}", "✓ yes") for number in range(5)]
    parts = pages(matrix(*rows), 0, 2)
    assert [one.part for one in parts] == [
        "rows 1 to 2 of 5",
        "rows 3 to 4 of 5",
        "rows 5 to 5 of 5",
        "number of answers",
    ]
    roots = [fromstring(one.svg) for one in parts]  # noqa: S314 - it is our own
    assert [titles(root, "row") for root in roots] == [
        ["Row 0", "Row 1"],
        ["Row 2", "Row 3"],
        ["Row 4"],
        [],
    ]
    assert [titles(root, "bar") for root in roots] == [[], [], [], ["Stage: s0: 5 yes"]]
    assert [one.description for one in parts[2:]] == [
        "A grid of 1 row and 1 column: 1 yes.",
        "A bar for each of these columns. Stage: s0: 5 yes.",
    ]
    assert not any("made by hand" in texts(root) for root in roots)


def test_table_without_figure_is_not_drawn() -> None:
    words = Table("Words", SMALL.tables[0].columns[:2], ((cell("A"), cell("no")),))
    document = SMALL.replace(tables=(words, SMALL.tables[0]))
    assert whole(document, 0) is None
    assert pages(document, 0, 9) == []
    picture = whole(document, 1)
    assert picture is not None
    assert (picture.title, picture.width) == ("Annex II: T: T (table 2 of 2)", 908)


def test_ids_differ_on_one_page() -> None:
    document = SMALL.replace(tables=SMALL.tables * 2)
    pictures = [whole(document, number) for number in (0, 1)]
    ids = [set(re.findall(r' id="([^"]+)"', picture.svg)) for picture in pictures if picture]
    assert len(ids[0]) == len(ids[1]) == 5
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
    yes, no = Cell((Run("✓ oui"),), CellAnswer.YES), Cell((Run("non"),), CellAnswer.NO)
    grid = AnswerGrid(((CellAnswer.YES, "oui"), (CellAnswer.NO, "non")), ("a",))
    table = Table("T", columns, ((cell("Kenya"), yes, no),), figure=grid)
    root = draw(Document("T", (table,), {}, table))
    assert titles(root, "mark") == ["Kenya: Phase : enquête: oui", "Kenya: Phase : procès: non"]
    assert titles(root, "group") == ["Phase"]
    assert {"enquête", "procès", "oui", "non", "1 oui"} <= set(texts(root))
    assert titles(root, "bar") == ["Phase : enquête: 1 oui"]


@pytest.mark.parametrize("rows", [(), ((cell("A"), cell("no")),), ((cell("A"), cell("")),)])
def test_error_without_a_figure(rows: tuple[tuple[Cell, ...], ...]) -> None:
    columns = (Column("a", "A"), Column("b", "B", Role.ANSWER))
    table = Table("T", columns, rows, figure=AnswerGrid(LEGEND))
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
    sample = matrix((words, "✓ yes", "no"), heads=(words, f"{words}: {words}"))
    table = replace(sample.tables[0], title=words, remarks=(words,))
    return Document(words, (table,), {}, table, words, words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    plain, root = draw(hostile("word")), draw(hostile(words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert titles(root, "row") == [one_line(words)]
    assert not {"\x1b", "\x07", "\u202e"} & set(write(hostile(words)))


@given(st.text(max_size=60))
def test_any_text_is_xml(words: str) -> None:
    assert len(titles(draw(hostile(words)), "mark")) == 2


def test_figure_loads_nothing(corpus: Corpus) -> None:
    text = write(annex(corpus, [], layout="matrix"))
    assert re.findall(r"https?:[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|style|image|use|a|foreignObject)\b|href|@import|\son\w+=", text)
    assert set(re.findall(r"url\((.)", text)) == {"#"}


def test_output_is_reproducible(corpus: Corpus) -> None:
    document = annex(corpus, [], layout="matrix")
    assert write(document) == write(document)


def test_marks_equal_the_cells(corpus: Corpus) -> None:
    document = annex(corpus, [], layout="matrix")
    labels = [cell.text.removeprefix("✓ ") for row in document.tables[0].rows for cell in row[1:]]
    assert count_marks(draw(document)) == {kind: labels.count(kind) for kind in KINDS}


@pytest.mark.parametrize("name", ["corpus", "columns", "long", "single"])
def test_no_texts_overlap(name: str, corpus: Corpus) -> None:
    many = ("scope", "threshold", "stage", "force", "burden", "persons")
    document = {
        "corpus": lambda: annex(corpus.restricted("all", ""), [], layout="matrix"),
        "columns": lambda: annex(corpus, [], layout="matrix", columns=many),
        "long": lambda: hostile(LONG),
        "single": lambda: matrix(("A", "no", "no"), heads=("Threshold: any", "Responsibility: x")),
    }[name]()
    root = draw(document)
    areas = text_areas(root)
    for area in areas:
        assert area.left >= 0
        assert area.right <= int(root.get("width", "0")), area
        assert area.bottom <= int(root.get("height", "0")), area
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


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


def test_lines_do_not_end_at_a_no_break_space() -> None:
    words = one_line("Council of Europe,\n article\u00a026")
    assert wrapped(words, measure("Council of Europe, article", 12), 12, 3) == [
        "Council of Europe,",
        "article\u00a026",
    ]


def test_long_legend_takes_several_lines() -> None:
    legend = tuple((answer, f"{label} " * 9) for answer, label in LEGEND)
    table = replace(SMALL.tables[0], figure=AnswerGrid(legend))
    areas = text_areas(draw(SMALL.replace(tables=(table,))))
    assert max(area.right for area in areas) < 908


def test_headings_break_between_words(corpus: Corpus) -> None:
    root = draw(annex(corpus, ["kenya"], layout="matrix"))
    assert {"causation-based", "investigation", "Threshold"} <= set(texts(root))
