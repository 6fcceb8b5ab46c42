"""A heat map: signs in boxes whose shades show how far answers reach."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from builders import HOSTILE
from svg_files import SVG, draw, text_areas, texts, titles

from npcompare.charts import CellAnswer, HeatMap, SignKey
from npcompare.document import Cell, Column, Document, Role, Run, Table, cell
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, write

LEGEND = (
    SignKey("1", 1, "reaches least far"),
    SignKey("A", 0, "requirements", is_hatched=True),
    SignKey("–", 0, "silent", is_class=False),
    SignKey("", 0, "not known", is_class=False),
)


def answer(sign: str, words: str, kind: CellAnswer = CellAnswer.YES) -> Cell:
    return Cell((Run(sign),) if sign else (), kind, words=words)


def heat_map(rows: int = 1, name: str = "Kenya", sign: str = "4") -> Document:
    body = (
        cell(name),
        answer(sign, "status"),
        answer("AB", "force; threats"),
        answer("–", "silent", CellAnswer.SILENT),
        answer("", "unknown", CellAnswer.UNKNOWN),
    )
    heads = [
        Column(key, heading, Role.ANSWER, group)
        for key, heading, group in (
            ("threshold", "Threshold", "Core"),
            ("tests", "Further tests", "Details"),
            ("burden", "Burden", "Details"),
            ("standard", "Standard", "Details"),
        )
    ]
    total = (cell("Known"), *(cell(str(number)) for number in (rows, rows, 0, 0)))
    table = Table(
        "Classes",
        (Column("provision", "Provision"), *heads),
        (*[body] * rows, total),
        ("Threshold: 4 status.",),
        figure=HeatMap(LEGEND, (*[(4, 0, 0, 0)] * rows, (0, 0, 0, 0)), ("tests",)),
        headnote="1 provision.\n– silent; blank: not known.",
    )
    return Document("Classes", (table,), {}, table, "npcompare 1")


def test_every_answer_has_its_words_as_title() -> None:
    assert titles(draw(heat_map()), "mark") == [
        "Kenya: Threshold: status",
        "Kenya: Further tests: force; threats",
        "Kenya: Burden: silent",
        "Kenya: Standard: unknown",
    ]


def test_box_has_a_sign_besides_its_shade() -> None:
    root = draw(heat_map())
    groups = [group for group in root.iter(f"{SVG}g") if "mark" in group.get("class", "").split()]
    drawn = [
        (
            box.get("fill") if (box := group.find(f"{SVG}rect")) is not None else None,
            group.findtext(f"{SVG}text"),
        )
        for group in groups
    ]
    assert drawn == [
        ("#0b3a66", "4"),
        ("url(#npcompare-figure-0-hatched)", "AB"),
        (None, "–"),
        (None, None),
    ]


def test_shades_are_told_apart_in_grey() -> None:
    shades = ("#ffffff", "#e3edf7", "#a9c8e6", "#2f74b3", "#0b3a66")
    greys = [
        sum(
            weight * int(shade[at : at + 2], 16)
            for weight, at in ((0.299, 1), (0.587, 3), (0.114, 5))
        )
        for shade in shades
    ]
    assert greys == sorted(greys, reverse=True)
    assert min(first - second for first, second in pairwise(greys)) > 15


def test_figure_explains_signs_in_its_legend_alone() -> None:
    words = texts(draw(heat_map()))
    for word in ("reaches least far", "requirements", "silent", "not known", "Core", "Details"):
        assert word in words
    assert "1 provision." in words
    assert not any("blank" in word for word in words)
    assert "A grid of 1 row and 4 columns" in write(heat_map())


def test_long_sign_widens_its_column() -> None:
    areas = [area for area in text_areas(draw(heat_map(sign="ABCDEFGH"))) if area.top > 200]
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


def test_large_map_is_divided_for_pages() -> None:
    parts = pages(heat_map(200), 0)
    assert [picture.part for picture in parts] == [
        "rows 1 to 67 of 201",
        "rows 68 to 134 of 201",
        "rows 135 to 201 of 201",
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    plain, root = draw(heat_map(name="word", sign="A")), draw(heat_map(name=words, sign="A"))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert one_line(f"{words}: Threshold: status") in titles(root, "mark")
    assert draw(heat_map(sign=words)) is not None
