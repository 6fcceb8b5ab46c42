"""The diagram of an order: what is drawn, what is told, that nothing lies over another."""

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
from test_figures import LONG, SVG, boxes, titles, written

from npcompare.analysis.breadth_order import order
from npcompare.analysis.classification import classify
from npcompare.document import (
    MAX_BOXES,
    MAX_LINES,
    MAX_LISTED,
    Box,
    Column,
    Diagram,
    Document,
    NameList,
    Table,
    Tone,
)
from npcompare.errors import NpcompareError
from npcompare.formats import html_page, word
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, whole, write
from npcompare.reports import order_report as views

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
    *beside: NameList,
    reading: str = "Read so.",
) -> Diagram:
    """Return a diagram of rows of boxes, each of the names that its words are."""
    held = [
        Box(tuple(words.split(" + ")), row)
        for row, boxes_ in enumerate(rows, 1)
        for words in boxes_
    ]
    return Diagram(tuple(held), tuple(lines), "level", "covers", reading, beside)


def read(found: Document) -> Element:
    return fromstring(write(found))  # noqa: S314 - it is our own


SMALL = diagram(
    [["Kenya + Belgium"], ["Jamaica", "Qatar"], ["Utopia"]],
    [(0, 1), (0, 2), (2, 3)],
    NameList("Apart", ("Gambia",), Tone.INCOMPARABLE),
    NameList("Not known", ("Barbados", "Egypt"), Tone.UNKNOWN),
)


def test_a_box_for_each_and_a_line_for_each() -> None:
    root = read(document(SMALL))
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
    words = written(root)
    assert words.count("?") == 2
    assert [one for one in words if one.startswith("Level")] == ["Level 1", "Level 2", "Level 3"]
    assert {"Kenya", "Belgium", "T", "Apart", "Not known", "Read so.", "made by hand"} <= set(words)


def test_it_is_told_in_words() -> None:
    root = read(document(SMALL, number="Annex II"))
    ids = (root.get("aria-labelledby") or "").split()
    told = {one.get("id"): one.text or "" for one in root}
    assert root.get("role") == "img"
    assert told[ids[0]] == "Annex II: T"
    assert told[ids[1]] == (
        "A diagram with 3 lines. A line leads down from a box that covers another. "
        "Level 1: Kenya and Belgium, covers Jamaica; Qatar. Level 2: Jamaica. "
        "Level 2: Qatar, covers Utopia. Level 3: Utopia. Apart: Gambia. "
        "Not known: Barbados, Egypt."
    )


def rectangles(root: Element) -> dict[str, tuple[int, int, int, int]]:
    """Return left, top, right and bottom of each box."""
    found = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") in ("box", "listed incomparable", "listed unknown"):
            one = group.find(f"{SVG}rect")
            assert one is not None
            x, y, width, height = (int(one.get(name, "")) for name in ("x", "y", "width", "height"))
            found[group.findtext(f"{SVG}title", "")] = (x, y, x + width, y + height)
    return found


Point = tuple[float, float]


def drawn(root: Element) -> list[tuple[str, list[Point]]]:
    """Return each line as points along it, however it bends."""
    found = []
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "line":
            continue
        path = group.find(f"{SVG}path")
        assert path is not None
        points: list[Point] = []
        for mark, numbers in re.findall(r"([MVC])([^MVC]*)", path.get("d", "")):
            given_ = [float(one) for one in numbers.split()]
            if mark == "M":
                points.append((given_[0], given_[1]))
                continue
            x, y = points[-1]
            bend = [(x, y), (x, given_[0]), (x, given_[0]), (x, given_[0])]
            if mark == "C":
                bend[1:] = list(zip(given_[::2], given_[1::2], strict=True))
            for step in range(1, 41):
                t = step / 40
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                points.append(
                    (
                        sum(w * px for w, (px, _) in zip(weights, bend, strict=True)),
                        sum(w * py for w, (_, py) in zip(weights, bend, strict=True)),
                    )
                )
        found.append((group.findtext(f"{SVG}title", ""), points))
    return found


def check_lines(root: Element, found: Diagram) -> None:
    """Check that each line leads down, from the foot of its box to the head of the other."""
    drawn_boxes = rectangles(root)
    held = [drawn_boxes[f"Level {box.row}: {' and '.join(box.names)}"] for box in found.boxes]
    for (high, low), (told, points) in zip(found.lines, drawn(root), strict=True):
        assert all(after[1] > before[1] - 0.001 for before, after in pairwise(points))
        (x, y), (to_x, to_y) = points[0], points[-1]
        assert y == held[high][3]
        assert to_y == held[low][1]
        assert abs(x - (held[high][0] + held[high][2]) / 2) <= 1
        assert abs(to_x - (held[low][0] + held[low][2]) / 2) <= 1
        for number, (left, top, right, bottom) in enumerate(held):
            if number in (high, low):
                continue
            assert not any(left < px < right and top < py < bottom for px, py in points), told


def check_apart(root: Element) -> None:
    """Check that no box lies over another, nor any text, and that all is on the sheet."""
    width, height = (int(root.get(name, "")) for name in ("width", "height"))
    found = list(rectangles(root).values())
    for one, other in combinations(found, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for left, top, right, bottom in found:
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
    texts = boxes(root)
    for text, other_text in combinations(texts, 2):
        apart = (
            text[2] <= other_text[0]
            or other_text[2] <= text[0]
            or text[3] <= other_text[1]
            or other_text[3] <= text[1]
        )
        assert apart, (text[4], other_text[4])
    assert all(text[2] <= width and text[3] <= height for text in texts)


def ordered(corpus: Corpus, by: str | None, ids: list[str] | None = None) -> Document:
    held = corpus.restricted("all", "")
    results = [classify(held.codebook, one) for one in held.select(ids or [])]
    return views.order(held, order(held.codebook, held.codebook.chosen(by), results))


@pytest.mark.parametrize("by", [None, "scope", "scope,threshold", "stage", "persons", "relief"])
def test_lines_pass_no_box_and_nothing_lies_over_another(by: str | None, corpus: Corpus) -> None:
    one = ordered(corpus, by)
    found = one.tables[0].figure
    assert isinstance(found, Diagram)
    assert found.lines
    check_lines(read(one), found)
    check_apart(read(one))


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
    return diagram(rows, lines, NameList("Apart", ("A", "B"), Tone.INCOMPARABLE))


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_any_diagram_is_laid_out(found: Diagram) -> None:
    root = read(document(found))
    check_lines(root, found)
    check_apart(root)


def hostile(words: str) -> Document:
    held = (Box((words,), 1), Box((words, words), 2))
    beside = (NameList(words, (words,), Tone.UNKNOWN),)
    return document(Diagram(held, ((0, 1),), words[:6], words, words, beside), words, words)


@pytest.mark.parametrize("words", [*HOSTILE, LONG, ""])
def test_hostile_text_stays_text(words: str) -> None:
    plain, root = read(hostile("word")), read(hostile(words))
    assert {one.tag for one in root.iter()} <= {one.tag for one in plain.iter()}
    shown = one_line(words)
    assert titles(root, "listed") == [shown]
    assert len(titles(root, "box")) == 2
    assert not {"\x1b", "\x07", "\u202e"} & set(write(hostile(words)))
    check_apart(root)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_xml(words: str) -> None:
    assert len(titles(read(hostile(words)), "box")) == 2


def page_of(one: Document) -> str:
    return "".join(html_page.write(one))


def test_what_is_too_much_is_no_picture() -> None:
    names = [f"N{number}" for number in range(MAX_BOXES + 1)]
    boxes_ = document(diagram([names], []))
    lines = document(
        diagram(
            [names[:20], names[20:40]],
            [(a, b) for a in range(20) for b in range(20, 40)][: MAX_LINES + 1],
        )
    )
    beside = document(
        diagram([["A"]], [], NameList("Apart", ("B",) * (MAX_LISTED + 1), Tone.INCOMPARABLE))
    )
    for one in (boxes_, lines, beside):
        assert whole(one, 0) is None
        assert pages(one, 0, 16) == []
        with pytest.raises(NpcompareError, match="too large to read") as raised:
            write(one)
        assert raised.value.hint.startswith(
            "name fewer: a figure has at most 40 boxes, 80 lines and 80"
        )
        assert "<svg" not in page_of(one)
    assert titles(read(document(diagram([names[1:]], []))), "box")


def test_an_order_without_levels_shows_what_stands_apart(corpus: Corpus) -> None:
    one = ordered(corpus, None, ["gambia", "us-vacatur-broad", "barbados"])
    root = read(one)
    assert titles(root, "box") == []
    assert titles(root, "listed") == [
        "Gambia, article\N{NO-BREAK SPACE}49",
        "United States of America (states with broader vacatur)",
        "Barbados",
    ]
    assert pages(one, 0, 16) == []


def test_it_stands_on_web_pages_and_in_word(corpus: Corpus) -> None:
    one = ordered(corpus, None, ["kenya", "coe-26", "qatar", "barbados"])
    drawn_ = whole(one, 0)
    assert drawn_ is not None
    assert page_of(one).count("<svg") == 1
    assert drawn_.svg in page_of(one)
    (shape,) = docx.Document(io.BytesIO(word.write(one))).inline_shapes
    (page,) = pages(one, 0, 16)
    assert shape._inline.docPr.get("descr") == page.description == drawn_.description
    assert "Barbados" in titles(read(one), "unknown")
    assert "listed" not in page.svg


def test_the_same_twice(corpus: Corpus) -> None:
    assert write(ordered(corpus, None)) == write(ordered(corpus, None))


def test_it_asks_nothing_of_the_network(corpus: Corpus) -> None:
    text = write(ordered(corpus, None))
    assert re.findall(r"https?:[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|style|image|use|a|foreignObject)\b|href|@import|\son\w+=", text)


def test_the_command_writes_it(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "order.svg"
    ran = run("order", "kenya", "coe-26", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    assert titles(fromstring(path.read_text()), "line") == [  # noqa: S314 - it is our own
        "Kenya, section\N{NO-BREAK SPACE}14, covers Council of Europe, article\N{NO-BREAK SPACE}26"
    ]
    assert run("nearest", "kenya", "-f", "svg").code == 2
