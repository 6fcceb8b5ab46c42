"""Rows of dots: one for each name, in a shape that shows how certain its place is."""

from __future__ import annotations

from itertools import combinations

import pytest
from builders import HOSTILE
from svg_files import SVG, draw, text_areas, texts, titles

from npcompare.charts import Certainty, Dot, DotPlot
from npcompare.document import Document, Table, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, write

DOTS = (
    Dot("Kenya", Certainty.TEXT),
    Dot("Belgium", Certainty.REPORTED),
    Dot("Malawi", Certainty.DOUBTFUL),
    Dot("Bill", Certainty.PROPOSED),
    Dot("Barbados"),
)


def dots(*rows: tuple[Dot, ...], label: str = "duress") -> Document:
    table = Table(
        "Counts",
        columns(dimension="Dimension", cls="Class", count="Provisions"),
        tuple((cell("Threshold"), cell(label), cell(str(len(row)))) for row in rows),
        ("A remark.",),
        figure=DotPlot(
            (label,) * len(rows),
            ("Threshold",) * len(rows),
            rows,
            ((Certainty.TEXT, "words of the text"), (None, "no class")),
        ),
    )
    return Document("Counts", (table,), {}, table, "npcompare 1")


def test_every_dot_has_its_name_as_title() -> None:
    assert titles(draw(dots(DOTS)), "dot") == ["Kenya", "Belgium", "Malawi", "Bill", "Barbados"]


def test_certainty_is_shown_by_shape() -> None:
    groups = [group for group in draw(dots(DOTS)).iter(f"{SVG}g") if group.get("class") == "dot"]
    drawn = []
    for group in groups:
        shape = group[1]
        is_filled = shape.get("fill") != "#ffffff"
        is_dashed = "stroke-dasharray" in shape.attrib
        drawn.append((shape.tag.removeprefix(SVG), is_filled, is_dashed))
    assert drawn == [
        ("circle", True, False),
        ("circle", False, False),
        ("circle", False, True),
        ("rect", False, False),
        ("path", False, False),
    ]


def test_figure_has_labels_numbers_and_legend() -> None:
    words = texts(draw(dots(DOTS, DOTS[:2])))
    for word in ("Threshold", "duress", "5", "2", "words of the text", "no class", "A remark."):
        assert word in words
    assert "Rows of dots. Threshold duress 5; Threshold duress 2." in write(dots(DOTS, DOTS[:2]))


def test_many_dots_go_on_in_a_next_line() -> None:
    root = draw(dots(DOTS[:1] * 100))
    circles = [group[1] for group in root.iter(f"{SVG}g") if group.get("class") == "dot"]
    lines = sorted({int(circle.get("cy", "0")) for circle in circles})
    assert (len(circles), len(lines)) == (100, 3)
    assert max(int(circle.get("cx", "0")) for circle in circles) < 830


def test_dot_stands_for_several_names_of_very_many() -> None:
    root = draw(dots(DOTS[:1] * 1500))
    assert titles(root, "dot") == ["Kenya; Kenya; Kenya"] * 500
    assert "Each dot stands for 3 names or fewer." in texts(root)
    assert "1,500" in texts(root)


def test_large_figure_is_divided_and_repeats_its_group() -> None:
    parts = pages(dots(*[DOTS] * 120), 0)
    assert [picture.part for picture in parts] == ["rows 1 to 59 of 120", "rows 60 to 120 of 120"]
    assert [picture.svg.count(">Threshold</text>") for picture in parts] == [1, 1]


def test_figure_without_rows_is_not_drawn() -> None:
    with pytest.raises(NpcompareError):
        write(dots())


def test_texts_do_not_overlap() -> None:
    areas = [area for area in text_areas(draw(dots(DOTS, DOTS))) if not area.words.isdigit()]
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text(words: str) -> None:
    plain = draw(dots((Dot("word", Certainty.TEXT),), label="word"))
    root = draw(dots((Dot(words, Certainty.TEXT),), label=words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert titles(root, "dot") == [one_line(words)]
    assert titles(root, "row") == [one_line(words)]
