"""Timelines: marks in their years and lanes, labels that do not meet, and what is too large."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from builders import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from svg_files import LONG, SVG, draw, text_areas, texts, titles

from npcompare.charts import MAX_MOMENTS, Moment, NameList, Shape, Timeline
from npcompare.document import Column, Document, Table
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, whole, write

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SHAPES = tuple((shape, f"a {shape}") for shape in Shape)


def document(*moments: Moment, lists: tuple[NameList, ...] = ()) -> Document:
    chart = Timeline(("One", "Two"), moments, SHAPES, "vague year", "until", lists)
    table = Table("Time", (Column("a", "A"),), (), ("A remark.",), figure=chart)
    return Document("Time", (table,), {}, table, "made by hand")


SMALL = document(
    Moment("Kenya", 0, 2010, Shape.CIRCLE, "enacted 2010"),
    Moment("Council", 1, 2005, Shape.SQUARE, "year of the instrument 2005", is_vague=True),
    Moment("Greece", 1, 2013, Shape.CIRCLE, "in force from 2013, until 2019", 2019),
    lists=(NameList("Without a date", ("Barbados",)),),
)


def shapes(root: Element) -> list[Element]:
    """Return the shape of each mark, which follows its bar if it has one."""
    groups = (group for group in root.iter(f"{SVG}g") if "mark" in group.get("class", ""))
    return [[part for part in group if part.tag != f"{SVG}text"][-1] for group in groups]


def test_each_mark_says_what_it_shows() -> None:
    root = draw(SMALL)
    assert titles(root, "mark") == [
        "One: Kenya, enacted 2010",
        "Two: Council, year of the instrument 2005",
        "Two: Greece, in force from 2013, until 2019",
    ]
    for words in ("2005", "2019", "One", "a circle", "vague year", "until", "Kenya"):
        assert words in texts(root)
    assert "Without a date (1): Barbados." in texts(root)


def test_timeline_is_described_in_words() -> None:
    assert (
        "A timeline of 3 marks. One: 2010 Kenya. Two: 2005 Council; 2013 Greece. "
        "Without a date: Barbados." in write(SMALL)
    )


def test_vague_marks_are_hollow() -> None:
    fills = [shape.get("fill") for shape in shapes(draw(SMALL))]
    assert fills == ["#0b4f8a", "#ffffff", "#0b4f8a"]


def test_marks_of_one_year_are_in_rows_of_their_own() -> None:
    moments = [Moment(f"Law {number}", 0, 2010, Shape.CIRCLE, "") for number in range(30)]
    circles = shapes(draw(document(*moments)))
    assert len({circle.get("cx") for circle in circles}) == 1
    assert len({circle.get("cy") for circle in circles}) == 30


NAMES = st.sampled_from(["Kenya", "Greece, article 187B", LONG, f"{LONG}, section 1", "W" * 60])


@given(
    st.lists(
        st.builds(
            Moment,
            NAMES,
            st.integers(0, 1),
            st.integers(1990, 2030),
            st.sampled_from(Shape),
            st.just("words"),
            st.one_of(st.none(), st.integers(2030, 2040)),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_labels_never_meet(moments: list[Moment]) -> None:
    areas = text_areas(draw(document(*moments)))
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


def test_end_of_a_long_name_is_kept() -> None:
    name = "Conference of the Parties to a Convention with a Long Name, article 26"
    shown = texts(draw(document(Moment(name, 0, 2010, Shape.CIRCLE, ""))))
    (label,) = [words for words in shown if words.startswith("Conference")]
    assert label.endswith("…, article 26")


def test_timeline_without_marks_is_not_drawn() -> None:
    assert whole(document(), 0) is None
    assert pages(document(), 0) == []


def test_too_many_marks_are_refused() -> None:
    moments = [Moment("Law", 0, 2010, Shape.CIRCLE, "")] * (MAX_MOMENTS + 1)
    with pytest.raises(NpcompareError, match="too large to read") as error:
        write(document(*moments))
    assert (
        error.value.hint == "name fewer: a timeline has at most 200 marks; or choose another format"
    )
    assert pages(document(*moments), 0) == []


def test_page_has_no_titles_or_remarks() -> None:
    (picture,) = pages(SMALL, 0)
    assert picture.part == "the timeline"
    assert "A remark." not in picture.svg
    assert ">Without a date (1): Barbados.<" in picture.svg


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_stays_text(words: str) -> None:
    plain, root = (
        draw(document(Moment(name, 0, 2010, Shape.CIRCLE, "in words"))) for name in ("word", words)
    )
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert titles(root, "mark") == [one_line(f"One: {words}, in words")]


def test_low_pages_have_some_lanes_each() -> None:
    moments = [
        Moment(f"Law {number}", lane, 2010, Shape.CIRCLE, "")
        for lane in (0, 1)
        for number in range(20)
    ]
    document_of_two = document(*moments, lists=(NameList("Without a date", ("Barbados",)),))
    first, second = pages(document_of_two, 0, is_upright=False)
    assert (first.part, second.part) == ("One", "Two")
    assert ">Without a date (1): Barbados.<" in second.svg
    assert ">Without a date (1): Barbados.<" not in first.svg
    assert [picture.part for picture in pages(SMALL, 0, is_upright=False)] == ["the timeline"]
