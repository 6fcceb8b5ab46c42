"""Bars over steps: what is drawn for each answer and how certain it is."""

from __future__ import annotations

from itertools import combinations

import pytest
from builders import HOSTILE
from svg_files import SVG, draw, text_areas, texts, titles

from npcompare.charts import BarStep, CellAnswer, Certainty, StepBars
from npcompare.document import Document, Table, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, write

STEPS = (
    BarStep(CellAnswer.YES, Certainty.TEXT, "yes"),
    BarStep(CellAnswer.PARTLY, Certainty.REPORTED, "in part, reported"),
    BarStep(CellAnswer.UNKNOWN, words="unknown"),
)
WORDS = ("Yes", "In part, reported", "Unknown")


def bars(rows: int = 1, name: str = "Kenya") -> Document:
    table = Table(
        "Stages",
        columns(provision="Provision", effect="Effect", a="Arrest", b="Charge", c="Records"),
        tuple((cell(name), cell("Laws"), *map(cell, WORDS)) for _ in range(rows)),
        ("A remark.",),
        figure=StepBars(
            (STEPS,) * rows,
            ("Laws",) * rows,
            "Provisions that reach it",
            (rows, rows, 0),
            ((CellAnswer.YES, "reaches it"), (CellAnswer.UNKNOWN, "not known")),
            ((Certainty.TEXT, "words of the text"), (Certainty.REPORTED, "reported")),
        ),
    )
    return Document("Stages", (table,), {}, table, "npcompare 1")


def test_every_step_has_its_words_as_title() -> None:
    assert titles(draw(bars()), "step") == [
        "Kenya: Arrest: yes",
        "Kenya: Charge: in part, reported",
        "Kenya: Records: unknown",
    ]


def test_certainty_is_shown_by_a_word() -> None:
    words = texts(draw(bars()))
    for word in ("text", "reported", "?", "Laws", "Arrest", "A remark.", "npcompare 1"):
        assert word in words


def test_bar_in_part_is_lower_than_a_whole_one() -> None:
    root = draw(bars())
    groups = [group for group in root.iter(f"{SVG}g") if "step" in group.get("class", "")]
    boxes = [group.find(f"{SVG}rect") for group in groups]
    assert [None if box is None else box.get("height") for box in boxes] == ["20", "12", None]


def test_description_has_the_totals() -> None:
    assert (
        "Bars in 1 row and 3 steps. Provisions that reach it: Arrest 1; Charge 1; Records 0."
        in (write(bars()))
    )


def test_large_figure_is_divided_and_repeats_its_heads() -> None:
    parts = pages(bars(90), 0)
    assert [picture.part for picture in parts] == ["rows 1 to 44 of 90", "rows 45 to 90 of 90"]
    assert [picture.svg.count(">Arrest</text>") for picture in parts] == [1, 1]
    assert [picture.svg.count(">Laws</text>") for picture in parts] == [1, 1]


def test_figure_without_rows_is_not_drawn() -> None:
    assert pages(bars(0), 0) == []
    with pytest.raises(NpcompareError):
        write(bars(0))


def test_texts_do_not_overlap() -> None:
    areas = text_areas(draw(bars(3)))
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_stays_text(words: str) -> None:
    plain, root = draw(bars(name="word")), draw(bars(name=words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert one_line(f"{words}: Arrest: yes") in titles(root, "step")
