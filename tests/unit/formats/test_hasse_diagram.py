"""Hasse diagrams: boxes, lines, descriptions, and that nothing overlaps."""

from __future__ import annotations

import io
import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

import docx
import pytest
from builders import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from svg_files import LONG, SVG, Area, draw, text_areas, texts, titles

from npcompare.analysis.breadth_order import Orders, order
from npcompare.analysis.classification import classify
from npcompare.charts import MAX_BOXES, MAX_LINES, MAX_LISTED, Box, Diagram, NameList
from npcompare.document import Column, Document, Table
from npcompare.errors import NpcompareError
from npcompare.formats import html_page, word
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import inline, pages, whole, write
from npcompare.reports import order_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus


def document(diagram: Diagram, title: str = "T", number: str = "") -> Document:
    table = Table(title, (Column("a", "A"),), (), figure=diagram)
    return Document(title, (table,), {}, table, "made by hand", number)


def diagram(
    rows: list[list[str]],
    lines: list[tuple[int, int]],
    *lists: NameList,
    reading: str = "Read so.",
) -> Diagram:
    """Return a diagram of rows of boxes; names in one box are joined with plus signs."""
    boxes = tuple(
        Box(tuple(words.split(" + ")), number)
        for number, row in enumerate(rows, 1)
        for words in row
    )
    return Diagram(boxes, tuple(lines), reading, lists)


SMALL = diagram(
    [["Kenya + Belgium"], ["Jamaica", "Qatar"], ["Utopia"]],
    [(0, 1), (0, 2), (2, 3)],
    NameList("Apart", ("Gambia",)),
    NameList("Not known", ("Barbados", "Egypt"), is_unknown=True),
)


def test_every_box_and_line_is_drawn() -> None:
    root = draw(document(SMALL))
    assert titles(root, "box") == [
        "Level 1: Kenya and Belgium",
        "Level 2: Jamaica",
        "Level 2: Qatar",
        "Level 3: Utopia",
    ]
    assert titles(root, "line") == [
        "Kenya and Belgium, covers Jamaica",
        "Kenya and Belgium, covers Qatar",
        "Qatar, covers Utopia",
    ]
    assert titles(root, "listed") == ["Gambia", "Barbados", "Egypt"]
    assert titles(root, "unknown") == ["Barbados", "Egypt"]
    words = texts(root)
    assert words.count("?") == 2
    assert [line for line in words if line.startswith("Level")] == ["Level 1", "Level 2", "Level 3"]
    assert {"Kenya", "Belgium", "T", "Apart", "Not known", "Read so.", "made by hand"} <= set(words)


def test_diagram_is_described_in_words() -> None:
    root = draw(document(SMALL, number="Annex II"))
    ids = (root.get("aria-labelledby") or "").split()
    elements = {element.get("id"): element.text or "" for element in root}
    assert root.get("role") == "img"
    assert elements[ids[0]] == "Annex II: T"
    assert elements[ids[1]] == (
        "A diagram with 3 lines. A line leads down from a box that covers another. "
        "Level 1: Kenya and Belgium, covers Jamaica; Qatar. Level 2: Jamaica. "
        "Level 2: Qatar, covers Utopia. Level 3: Utopia. Apart: Gambia. "
        "Not known: Barbados, Egypt."
    )


DETAILED = replace(
    SMALL,
    boxes=tuple(replace(box, details=f"Details {box.row}") for box in SMALL.boxes),
    line_words=("scope", "threshold (may be), stage", "force"),
    line_key="In what they differ",
)


def test_details_are_in_boxes_and_words_on_lines() -> None:
    root = draw(document(DETAILED))
    assert titles(root, "box")[:2] == [
        "Level 1: Kenya and Belgium: Details 1",
        "Level 2: Jamaica: Details 2",
    ]
    assert titles(root, "line")[1] == "Kenya and Belgium, covers Qatar: threshold (may be), stage"
    assert titles(root, "words") == ["scope", "threshold (may be), stage", "force"]
    assert {"Details 1", "scope", "threshold (may be),", "stage"} <= set(texts(root))
    assert "In what they differ" not in texts(root)
    assert (
        "Level 1: Kenya and Belgium (Details 1), covers Jamaica: scope; Qatar: threshold (may be), "
        "stage. Level 2: Jamaica (Details 2)." in write(document(DETAILED))
    )


def test_words_without_room_are_numbered_and_listed() -> None:
    lines = [(high, low) for high in range(5) for low in range(5, 10)]
    rows = [[f"A{place}" for place in range(5)], [f"B{place}" for place in range(4)]]
    rows[1].append("B4 + B5 + B6")
    crowded = replace(
        diagram(rows, lines), line_words=("scope, force",) * 25, line_key="In what they differ"
    )
    root = draw(document(crowded))
    assert "In what they differ" in texts(root)
    assert "1 A0, covers B0: scope, force" in texts(root)
    assert "25 A4, covers B4 and 2 others: scope, force" in texts(root)
    numbers = {words for words in texts(root) if words.isdigit()}
    assert len(numbers) > 15
    check_areas(root)


def rectangles(root: Element) -> dict[str, Area]:
    """Return the area of each box and listed name by its title."""
    areas = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") in ("box", "listed incomparable", "listed unknown"):
            rect = group.find(f"{SVG}rect")
            assert rect is not None
            x, y, width, height = (int(rect.get(key, "")) for key in ("x", "y", "width", "height"))
            title = group.findtext(f"{SVG}title", "")
            areas[title] = Area(x, y, x + width, y + height, title)
    return areas


Point = tuple[float, float]


def curves(root: Element) -> list[tuple[str, list[Point]]]:
    """Return each line as points along it."""
    lines = []
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "line":
            continue
        path = group.find(f"{SVG}path")
        assert path is not None
        points: list[Point] = []
        for mark, numbers in re.findall(r"([MVC])([^MVC]*)", path.get("d", "")):
            values = [float(number) for number in numbers.split()]
            if mark == "M":
                points.append((values[0], values[1]))
                continue
            x, y = points[-1]
            bend = [(x, y), (x, values[0]), (x, values[0]), (x, values[0])]
            if mark == "C":
                bend[1:] = list(zip(values[::2], values[1::2], strict=True))
            for step in range(1, 41):
                t = step / 40
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                points.append(
                    (
                        sum(w * px for w, (px, _) in zip(weights, bend, strict=True)),
                        sum(w * py for w, (_, py) in zip(weights, bend, strict=True)),
                    )
                )
        lines.append((group.findtext(f"{SVG}title", ""), points))
    return lines


def check_lines(root: Element, diagram: Diagram) -> None:
    """Check that each line leads down from one box to another and passes no third one."""
    by_title = rectangles(root)
    areas = [
        by_title[
            ": ".join(filter(None, (f"Level {box.row}", " and ".join(box.names), box.details)))
        ]
        for box in diagram.boxes
    ]
    for (upper, lower), (title, points) in zip(diagram.lines, curves(root), strict=True):
        assert all(after[1] > before[1] - 0.001 for before, after in pairwise(points))
        (x, y), (to_x, to_y) = points[0], points[-1]
        assert y == areas[upper].bottom
        assert to_y == areas[lower].top
        assert abs(x - (areas[upper].left + areas[upper].right) / 2) <= 1
        assert abs(to_x - (areas[lower].left + areas[lower].right) / 2) <= 1
        for number, area in enumerate(areas):
            if number not in (upper, lower):
                assert not any(
                    area.left < px < area.right and area.top < py < area.bottom for px, py in points
                ), title


def check_areas(root: Element) -> None:
    """Check that no boxes and no texts overlap, and that all are on the sheet."""
    width, height = (int(root.get(name, "")) for name in ("width", "height"))
    for areas in (list(rectangles(root).values()), text_areas(root)):
        assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []
        assert all(area.right <= width and area.bottom <= height for area in areas)
        assert all(area.left >= 0 and area.top >= 0 for area in areas)


def ordered(corpus: Corpus, by: str | None, ids: list[str] | None = None) -> Document:
    """Return the order of provisions of every effect; those of the paper if none are named."""
    book = corpus.codebook
    dimensions = book.chosen(by)
    results = [classify(book, provision) for provision in corpus.select(ids or [])]
    return order_report.order(corpus, Orders(dimensions, (order(book, dimensions, results),)))


@pytest.mark.parametrize("by", [None, "scope", "scope,threshold", "stage", "force", "relief"])
def test_lines_and_boxes_do_not_overlap(by: str | None, corpus: Corpus) -> None:
    ranking = ordered(corpus, by)
    figure = ranking.tables[0].figure
    assert isinstance(figure, Diagram)
    assert figure.lines
    check_lines(draw(ranking), figure)
    check_areas(draw(ranking))


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    sizes = draw(st.lists(st.integers(1, 7), min_size=1, max_size=5))
    names = iter(range(100))
    rows = [[f"N{next(names)}" for _ in range(size)] for size in sizes]
    places = [row for row, size in enumerate(sizes) for _ in range(size)]
    possible = [
        (high, low)
        for high, low in combinations(range(len(places)), 2)
        if places[high] < places[low]
    ]
    lines = draw(st.lists(st.sampled_from(possible), max_size=20, unique=True)) if possible else []
    figure = diagram(rows, lines, NameList("Apart", ("A", "B")))
    if not draw(st.booleans()):
        return figure
    details = draw(st.sampled_from(["Any offence", "Any offence · causation · mandatory " * 3]))
    words = draw(st.sampled_from(["scope", "scope, threshold (may be), stage, persons and force"]))
    return replace(
        figure,
        boxes=tuple(replace(box, details=details.strip()) for box in figure.boxes),
        line_words=(words,) * len(lines),
        line_key="In what they differ",
    )


@pytest.mark.further
@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_any_diagram_has_a_layout(figure: Diagram) -> None:
    root = draw(document(figure))
    check_lines(root, figure)
    check_areas(root)


def hostile(words: str) -> Document:
    boxes = (Box((words,), 1, words), Box((words, words), 2))
    lists = (NameList(words, (words,), is_unknown=True),)
    figure = Diagram(boxes, ((0, 1),), words, lists, (words,), words)
    return document(figure, words, words)


@pytest.mark.parametrize("words", [*HOSTILE, LONG, ""])
def test_hostile_text_stays_text(words: str) -> None:
    plain, root = draw(hostile("word")), draw(hostile(words))
    assert {node.tag for node in root.iter()} <= {node.tag for node in plain.iter()}
    assert titles(root, "listed") == [one_line(words)]
    assert len(titles(root, "box")) == 2
    assert not {"\x1b", "\x07", "\u202e"} & set(write(hostile(words)))
    check_areas(root)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_xml(words: str) -> None:
    assert len(titles(draw(hostile(words)), "box")) == 2


def page_of(document_: Document) -> str:
    return "".join(html_page.write(document_))


def test_too_large_diagram_is_refused() -> None:
    names = [f"N{number}" for number in range(MAX_BOXES + 1)]
    boxes = document(diagram([names], []))
    lines = document(
        diagram(
            [names[:20], names[20:40]],
            [(a, b) for a in range(20) for b in range(20, 40)][: MAX_LINES + 1],
        )
    )
    names_beside = document(diagram([["A"]], [], NameList("Apart", ("B",) * (MAX_LISTED + 1))))
    for sample in (boxes, lines, names_beside):
        assert whole(sample, 0) is None
        assert pages(sample, 0) == []
        with pytest.raises(NpcompareError, match="too large to read") as raised:
            write(sample)
        assert raised.value.hint.startswith(
            "name fewer: a figure has at most 40 boxes, 80 lines and 80"
        )
        assert "<svg" not in page_of(sample)
    assert titles(draw(document(diagram([names[1:]], []))), "box")


def test_order_without_levels_has_lists_only(corpus: Corpus) -> None:
    sample = ordered(corpus, None, ["gambia", "us-vacatur-broad", "barbados"])
    root = draw(sample)
    assert titles(root, "box") == []
    assert titles(root, "listed") == [
        "Gambia, article\N{NO-BREAK SPACE}49",
        "United States of America (states with broader vacatur)",
        "Barbados",
    ]
    assert pages(sample, 0) == []


def test_diagram_is_in_html_and_word(corpus: Corpus) -> None:
    sample = ordered(corpus, None, ["kenya", "coe-26", "qatar", "barbados"])
    picture = inline(sample, 0)
    assert picture is not None
    assert page_of(sample).count("<svg") == 1
    assert picture.svg in page_of(sample)
    (shape,) = docx.Document(io.BytesIO(word.write(sample))).inline_shapes
    (page,) = pages(sample, 0)
    assert shape._inline.docPr.get("descr") == page.description == picture.description
    assert "Barbados" in titles(draw(sample), "unknown")
    assert "listed" not in page.svg


def test_output_is_reproducible(corpus: Corpus) -> None:
    assert write(ordered(corpus, None)) == write(ordered(corpus, None))


def test_figure_loads_nothing(corpus: Corpus) -> None:
    text = write(ordered(corpus, None))
    assert re.findall(r"https?:[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|style|image|use|a|foreignObject)\b|href|@import|\son\w+=", text)


def test_order_command_writes_svg(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "order.svg"
    ran = run("order", "kenya", "jamaica", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    assert titles(fromstring(path.read_text()), "line") == [  # noqa: S314 - it is our own
        "Kenya, section\N{NO-BREAK SPACE}14, covers Jamaica, section\N{NO-BREAK SPACE}8: scope"
    ]
    assert run("nearest", "kenya", "-f", "svg").code == 2
