"""Overlaps of sets: bars, marks and lines, what is too large, and hostile names."""

from __future__ import annotations

from itertools import combinations

import pytest
from builders import HOSTILE
from svg_files import LONG, SVG, draw, text_areas, texts, titles

from npcompare.charts import MAX_INTERSECTIONS, Intersection, SetOverlap, SetRow
from npcompare.document import Column, Document, Table
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, whole, write


def document(*intersections: Intersection, label: str = "A") -> Document:
    sets = (SetRow(label, "Letters", 3), SetRow("B", "Letters", 1), SetRow("1", "Numbers", 2))
    chart = SetOverlap(sets, intersections, "Laws", "none")
    table = Table("Sets", (Column("a", "A"),), (), ("A remark.",), figure=chart)
    return Document("Sets", (table,), {}, table, "made by hand")


SMALL = document(
    Intersection((0, 2), ("Kenya", "Jamaica")),
    Intersection((1,), ("Qatar",)),
    Intersection((), ("Z",)),
)


def test_each_set_and_column_says_what_it_shows() -> None:
    root = draw(SMALL)
    assert titles(root, "set") == ["A: 3", "B: 1", "1: 2"]
    assert titles(root, "column") == ["A + 1: 2: Kenya; Jamaica", "B: 1: Qatar", "none: 1: Z"]
    assert {"Letters", "Numbers", "Laws", "A", "B"} <= set(texts(root))


def test_overlap_is_described_in_words() -> None:
    assert (
        "An overlap of sets of laws. A 3, B 1, 1 2. A + 1: 2: Kenya; Jamaica. B: 1: Qatar. "
        "none: 1: Z." in write(SMALL)
    )


def test_marks_of_a_column_are_joined_by_a_line() -> None:
    columns = [group for group in draw(SMALL).iter(f"{SVG}g") if group.get("class") == "column"]
    marks = [
        [(mark.get("r"), mark.get("fill")) for mark in column.iter(f"{SVG}circle")]
        for column in columns
    ]
    ring, filled = ("3", "#ffffff"), ("8", "#0b4f8a")
    assert marks == [[ring, filled, filled], [ring, ring, filled], [ring, ring, ring]]
    assert [len(list(column.iter(f"{SVG}path"))) for column in columns] == [1, 0, 0]


def test_bars_are_as_high_as_their_numbers() -> None:
    columns = [group for group in draw(SMALL).iter(f"{SVG}g") if group.get("class") == "column"]
    heights = [next(column.iter(f"{SVG}rect")).get("height") for column in columns]
    assert heights == ["130", "65", "65"]


def test_texts_of_an_overlap_do_not_overlap() -> None:
    many = [Intersection((number % 3,), ("Law",) * (9 - number % 9)) for number in range(40)]
    areas = text_areas(draw(document(*many, label=LONG)))
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


def test_overlap_without_columns_is_not_drawn() -> None:
    assert whole(document(), 0) is None


def test_too_many_columns_are_refused() -> None:
    many = [Intersection((0,), ("Law",))] * (MAX_INTERSECTIONS + 1)
    with pytest.raises(NpcompareError, match="too large to read") as error:
        write(document(*many))
    assert error.value.hint == (
        "name fewer: an overlap has at most 40 columns; or choose another format"
    )
    assert pages(document(*many), 0) == []


def test_page_has_no_titles_or_remarks() -> None:
    (picture,) = pages(SMALL, 0, is_upright=False)
    assert picture.part == "the overlap"
    assert "A remark." not in picture.svg


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_stays_text(words: str) -> None:
    plain, root = (
        draw(document(Intersection((0,), (name,)), label=name)) for name in ("word", words)
    )
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert titles(root, "column") == [one_line(f"{words}: 1: {words}")]
