"""The picture of the matrix: what is drawn, what is told, and that nothing lies over another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

import pytest
from builders import HOSTILE, annex
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from npcompare.document import Answer, AnswerGrid, Cell, Column, Document, Role, Run, Table, cell
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import measure, one_line, wrapped
from npcompare.formats.figures.selection import pages, whole, write

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("yes", "no", "not shown", "silent", "unknown")
LEGEND = tuple(zip(Answer, KINDS, strict=True))
ANSWERS = {"✓ yes": Answer.YES} | {label: answer for answer, label in LEGEND}


def matrix(*rows: tuple[str, ...], heads: tuple[str, ...] = ()) -> Document:
    """Return a document of one matrix whose columns are all stages."""
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


def read(document: Document) -> Element:
    return fromstring(write(document))  # noqa: S314 - it is our own


def titles(root: Element, name: str) -> list[str]:
    """Return what is told of each group of a class."""
    found = (group for group in root.iter(f"{SVG}g") if name in group.get("class", "").split())
    return [group.findtext(f"{SVG}title", "") for group in found]


def written(root: Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def marks(root: Element) -> dict[str, int]:
    return {kind: len(titles(root, f"mark-{kind.replace(' ', '-')}")) for kind in KINDS}


SMALL = matrix(
    ("Kenya, section 14", "✓ yes", "not shown", "no"),
    ("Qatar", "✓ yes", "unknown", "silent"),
    ("Utopia", "not shown", "unknown", "✓ yes"),
    heads=("Stage: investigation", "Stage: prosecution", "Scope: any"),
)


def test_a_mark_for_each_answer() -> None:
    root = read(SMALL)
    assert marks(root) == {"yes": 3, "no": 1, "not shown": 2, "silent": 1, "unknown": 2}
    assert len(titles(root, "mark")) == 9
    assert titles(root, "mark")[1] == "Kenya, section 14: Stage: prosecution: not shown"
    assert titles(root, "group") == ["Stage", "Scope"]
    assert titles(root, "row") == ["Kenya, section 14", "Qatar", "Utopia"]
    assert len(titles(root, "key")) == len(KINDS)
    assert set(KINDS) <= set(written(root))


def test_marks_are_told_by_shape() -> None:
    shapes = set()
    for group in read(SMALL).iter(f"{SVG}g"):
        if group.get("class", "").startswith("key "):
            drawn = (
                (
                    one.tag,
                    one.get("stroke-dasharray"),
                    re.sub(r"[-\d., ]", "", one.get("d", "")),
                    (one.text or "").strip(),
                )
                for one in list(group)[:-1]
            )
            shapes.add(tuple(drawn))
    assert len(shapes) == len(KINDS)


def test_it_is_told_in_words() -> None:
    root = read(SMALL)
    ids = (root.get("aria-labelledby") or "").split()
    told = {one.get("id"): one.text or "" for one in root}
    assert root.get("role") == "img"
    assert told[ids[0]] == "Annex II: T"
    assert told[ids[1]].startswith(
        "A grid of 3 rows and 3 columns: 3 yes, 1 no, 2 not shown, 1 silent, 2 unknown."
    )
    assert "Stage: investigation: 2 yes, 1 not shown." in told[ids[1]]
    assert {"Annex II", "T", "made by hand"} <= set(written(root))


def test_the_bars_are_as_long_as_their_numbers() -> None:
    root = read(matrix(*[("A", "✓ yes")] * 3, ("B", "no")))
    assert titles(root, "bar") == ["Stage: s0: 3 yes, 1 no"]
    assert titles(root, "part") == ["3 yes", "1 no"]
    (yes,) = (one for one in root.iter(f"{SVG}g") if one.get("class") == "part part-yes")
    (no,) = (one for one in root.iter(f"{SVG}g") if one.get("class") == "part part-no")
    lengths = [int(one.find(f"{SVG}rect").get("width")) for one in (yes, no)]  # type: ignore[union-attr, arg-type]
    assert abs(lengths[0] - 3 * lengths[1]) <= 3


def test_a_part_too_short_for_its_number_is_told_below() -> None:
    root = read(matrix(*[("A", "✓ yes")] * 600, ("B", "no")))
    assert written(root).count("1") == 0
    assert "600 yes, 1 no" in written(root)


def test_no_chart_without_stages(corpus: Corpus) -> None:
    root = read(annex(corpus, ["kenya"], layout="matrix", columns=("scope",)))
    assert titles(root, "bar") == []
    assert "Below it," not in root.findtext(f"{SVG}desc", "")


def test_notes_are_marked_and_told() -> None:
    table = replace(
        SMALL.tables[0],
        rows=((cell("A"), *(answer_cell("✓ yes", ("a",)),) * 3),),
        notes=(("a", "It is doubtful."),),
    )
    root = read(SMALL.replace(tables=(table,)))
    assert titles(root, "mark")[0] == "A: Stage: investigation: yes. Note: It is doubtful."
    assert written(root).count("*") == 3
    assert any(words.startswith("* see the notes") for words in written(root))


def test_pages_hold_every_row_once_and_then_the_stages() -> None:
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
    assert not any("made by hand" in written(root) for root in roots)


def test_what_is_no_matrix_is_no_picture() -> None:
    words = Table("Words", SMALL.tables[0].columns[:2], ((cell("A"), cell("no")),))
    document = SMALL.replace(tables=(words, SMALL.tables[0]))
    assert whole(document, 0) is None
    assert pages(document, 0, 9) == []
    found = whole(document, 1)
    assert found is not None
    assert (found.title, found.width) == ("Annex II: T: T (table 2 of 2)", 908)


def test_ids_are_told_apart_in_one_page() -> None:
    document = SMALL.replace(tables=SMALL.tables * 2)
    pictures = [whole(document, number) for number in (0, 1)]
    ids = [set(re.findall(r' id="([^"]+)"', one.svg)) for one in pictures if one]
    assert len(ids[0]) == len(ids[1]) == 5
    assert not ids[0] & ids[1]


def test_the_first_matrix_of_several() -> None:
    other = Table("Words", SMALL.tables[0].columns[:2], ((cell("A"), cell("maybe")),))
    root = read(SMALL.replace(tables=(other, SMALL.tables[0])))
    assert "T (table 2 of 2)" in written(root)


def test_translated_matrix_keeps_its_figure() -> None:
    """The answers are data, so the words of cells, headings and legend are free."""
    columns = (
        Column("disposition", "Disposition"),
        Column("a", "Phase : enquête", Role.ANSWER, "Phase", "enquête"),
        Column("b", "Phase : procès", Role.ANSWER, "Phase", "procès"),
    )
    yes, no = Cell((Run("✓ oui"),), Answer.YES), Cell((Run("non"),), Answer.NO)
    grid = AnswerGrid(((Answer.YES, "oui"), (Answer.NO, "non")), ("a",))
    table = Table("T", columns, ((cell("Kenya"), yes, no),), figure=grid)
    root = read(Document("T", (table,), {}, table))
    assert titles(root, "mark") == ["Kenya: Phase : enquête: oui", "Kenya: Phase : procès: non"]
    assert titles(root, "group") == ["Phase"]
    assert {"enquête", "procès", "oui", "non", "1 oui"} <= set(written(root))
    assert titles(root, "bar") == ["Phase : enquête: 1 oui"]


@pytest.mark.parametrize("rows", [(), ((cell("A"), cell("no")),), ((cell("A"), cell("")),)])
def test_no_picture_without_a_matrix(rows: tuple[tuple[Cell, ...], ...]) -> None:
    columns = (Column("a", "A"), Column("b", "B", Role.ANSWER))
    table = Table("T", columns, rows, figure=AnswerGrid(LEGEND))
    with pytest.raises(NpcompareError, match="only a matrix or an order") as raised:
        write(Document("T", (table,), {}, table))
    assert "export --layout matrix" in raised.value.hint
    with pytest.raises(NpcompareError):
        write(Document("T", (), {}, table))


@pytest.mark.parametrize("layout", ["annex", "typology", "gaps"])
def test_no_picture_of_another_layout(layout: str, corpus: Corpus) -> None:
    with pytest.raises(NpcompareError):
        write(annex(corpus, ["kenya", "coe-26"], layout=layout))


def hostile(words: str) -> Document:
    one = matrix((words, "✓ yes", "no"), heads=(words, f"{words}: {words}"))
    table = replace(one.tables[0], title=words, remarks=(words,))
    return Document(words, (table,), {}, table, words, words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    plain, root = read(hostile("word")), read(hostile(words))
    assert {one.tag for one in root.iter()} == {one.tag for one in plain.iter()}
    assert titles(root, "row") == [one_line(words)]
    assert not {"\x1b", "\x07", "\u202e"} & set(write(hostile(words)))


@given(st.text(max_size=60))
def test_any_text_is_xml(words: str) -> None:
    assert len(titles(read(hostile(words)), "mark")) == 2


def test_it_asks_nothing_of_the_network(corpus: Corpus) -> None:
    text = write(annex(corpus, [], layout="matrix"))
    assert re.findall(r"https?:[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|style|image|use|a|foreignObject)\b|href|@import|\son\w+=", text)
    assert set(re.findall(r"url\((.)", text)) == {"#"}


def test_the_same_twice(corpus: Corpus) -> None:
    document = annex(corpus, [], layout="matrix")
    assert write(document) == write(document)


def test_it_counts_what_the_matrix_says(corpus: Corpus) -> None:
    document = annex(corpus, [], layout="matrix")
    said = [
        "".join(run.text for run in one.runs).removeprefix("✓ ")
        for row in document.tables[0].rows
        for one in row[1:]
    ]
    assert marks(read(document)) == {kind: said.count(kind) for kind in KINDS}


def boxes(root: Element) -> list[tuple[float, float, float, float, str]]:
    """Return about where each text stands."""
    found = []
    for one in root.iter(f"{SVG}text"):
        size, words = int(one.get("font-size", "0")), one.text or ""
        wide = measure(words, size, bold="font-weight" in one.attrib)
        x, y = float(one.get("x", "0")), float(one.get("y", "0"))
        left = x - wide / 2 if one.get("text-anchor") == "middle" else x
        found.append((left, y - 0.75 * size, left + wide, y + 0.2 * size, words))
    return found


LONG = "A provision of a very long name indeed, article 1000000000000000000000000000000000 " * 3


@pytest.mark.parametrize("name", ["corpus", "columns", "long", "single"])
def test_no_text_lies_over_another(name: str, corpus: Corpus) -> None:
    many = ("scope", "threshold", "stage", "force", "burden", "persons")
    document = {
        "corpus": lambda: annex(corpus.restricted("all", ""), [], layout="matrix"),
        "columns": lambda: annex(corpus, [], layout="matrix", columns=many),
        "long": lambda: hostile(LONG),
        "single": lambda: matrix(("A", "no", "no"), heads=("Threshold: any", "Responsibility: x")),
    }[name]()
    root = read(document)
    found = boxes(root)
    for number, (left, top, right, bottom, words) in enumerate(found):
        assert left >= 0
        assert right <= int(root.get("width", "0")), words
        assert bottom <= int(root.get("height", "0")), words
        for other in found[number + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (words, other[4])


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
    found = boxes(read(SMALL.replace(tables=(table,))))
    assert max(right for _, _, right, _, _ in found) < 908


def test_heads_break_between_words(corpus: Corpus) -> None:
    root = read(annex(corpus, ["kenya"], layout="matrix"))
    assert {"causation-based", "investigation", "Threshold"} <= set(written(root))
