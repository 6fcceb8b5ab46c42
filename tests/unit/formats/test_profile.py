"""A profile: marks for a few names in every row, the further right the further they reach."""

from __future__ import annotations

from itertools import combinations

import pytest
from builders import HOSTILE
from svg_files import SVG, draw, text_areas, texts, titles

from npcompare.charts import Profile, ProfileMark, ProfileRow
from npcompare.document import Document, Table, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.figures.selection import pages, write

RUNGS = ("consideration", "discretionary", "mandatory")


def row(*places: int | None, sign: str = "=") -> ProfileRow:
    marks = tuple(ProfileMark(place, f"class {place}") for place in places)
    signs = tuple((first, second, sign) for first, second in combinations(range(len(places)), 2))
    return ProfileRow("Core", RUNGS, marks, signs, ("Kenya reaches further",))


def profile(*rows: ProfileRow, name: str = "Kenya") -> Document:
    last = ProfileRow("", (), (), (), ("Each reaches further",))
    table = Table(
        "Profile",
        columns(dimension="Dimension", a="Kenya", relation="Relation", b="Council"),
        (*[tuple(cell(words) for words in ("Force", "a", "b", "c"))] * len(rows), (cell("All"),)),
        ("A remark.",),
        figure=Profile(
            (name, "Council"), "reaches further", "not known", (("=", "the same"),), (*rows, last)
        ),
    )
    return Document("Profile", (table,), {}, table, "npcompare 1")


def marks(document: Document) -> list[tuple[str, str]]:
    """Return the fill and the letter of each mark."""
    groups = [group for group in draw(document).iter(f"{SVG}g") if group.get("class", "") == "mark"]
    return [(group[1].get("fill", ""), group.findtext(f"{SVG}text", "")) for group in groups]


def paths(document: Document) -> list[str]:
    """Return the lines that join marks."""
    drawn = draw(document).iter(f"{SVG}path")
    return [path.get("d", "") for path in drawn if path.get("stroke-width") == "2"]


def test_mark_has_its_row_name_and_words_as_title() -> None:
    assert titles(draw(profile(row(2, 1))), "mark") == [
        "Force: Council: class 1",
        "Force: Kenya: class 2",
    ]


def test_marks_are_told_apart_by_letter_and_shape() -> None:
    document = profile(row(2, None))
    assert marks(document) == [("#ffffff", "B"), ("#0b4f8a", "A")]
    words = texts(draw(document))
    for word in (
        "reaches further →",
        "not known",
        "mandatory",
        "Kenya reaches further",
        "A remark.",
    ):
        assert word in words


def test_line_joins_marks_of_neighbouring_rows() -> None:
    joined, dashed = paths(profile(row(2, 1), row(0, 1)))
    assert joined.startswith("M")
    assert (joined.count("L"), dashed.count("L")) == (1, 1)


def test_what_is_not_known_is_not_joined() -> None:
    assert [path.count("L") for path in paths(profile(row(2, 1), row(None, 1), row(2, 1)))] == [2]


@pytest.mark.parametrize("sign", ["=", "≠", "?"])
def test_sign_stands_between_marks_at_one_place(sign: str) -> None:
    assert texts(draw(profile(row(1, 1, sign=sign)))).count(sign) == 1 + (sign == "=")
    assert texts(draw(profile(row(1, 2, sign=sign)))).count(sign) == (sign == "=")


def test_mark_further_on_stands_further_right() -> None:
    root = draw(profile(row(0, 1), row(1, 2)))
    letters = [text for text in root.iter(f"{SVG}text") if text.text == "A"][1:]
    first, second = (int(text.get("x", "0")) for text in letters)
    assert first < second


def test_large_figure_is_divided_and_repeats_its_names() -> None:
    parts = pages(profile(*[row(2, 1)] * 40), 0)
    assert [picture.part for picture in parts] == ["rows 1 to 20 of 41", "rows 21 to 41 of 41"]
    assert [picture.svg.count(">Council</text>") for picture in parts] == [1, 1]


def test_description_names_the_letters() -> None:
    assert "A profile of A: Kenya; B: Council. 2 rows;" in write(profile(row(2, 1)))


def test_table_without_rows_is_not_drawn() -> None:
    document = profile()
    table = document.tables[0]
    empty = Document("T", (Table("T", table.columns, (), figure=table.figure),), {}, table)
    with pytest.raises(NpcompareError):
        write(empty)


def test_texts_do_not_overlap() -> None:
    areas = text_areas(draw(profile(row(2, 1), row(1, 1), row(None, None))))
    words = [area for area in areas if area.words != "reaches further →"]
    assert [pair for pair in combinations(words, 2) if pair[0].overlaps(pair[1])] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_stays_text(words: str) -> None:
    plain, root = draw(profile(row(2, 1), name="word")), draw(profile(row(2, 1), name=words))
    assert {node.tag for node in root.iter()} == {node.tag for node in plain.iter()}
    assert one_line(f"Force: {words}: class 2") in titles(root, "mark")
