"""Labels in cells, ambiguous labels, and the hints where a section is missing."""

from __future__ import annotations

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers.outline import Line, outlined, section


def rows(*lines: Line) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in outlined(lines)]


def depths(text: str) -> list[int]:
    return [paragraph.depth for paragraph in outlined(map(Line, text.splitlines()))]


def cell(text: str, row: int, label: str = "") -> Line:
    """Return a line that is alone in its cell, with an automatic label if one is given."""
    place = (1, 0) if label else None
    return Line(text, label, label, place, tables=1, row=row, is_alone=True)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([cell("", 1, "1."), cell("Words", 1)], [("1.", 1, "Words")]),
        ([cell("a", 1, "1."), cell("b", 1)], [("1.", 1, "a"), ("", 1, "b")]),
        ([cell("", 1, "1."), cell("Words", 2)], [("1.", 1, ""), ("", 1, "Words")]),
        ([cell("", 1, "1."), cell("", 1, "2.")], [("1.", 1, ""), ("2.", 1, "")]),
        ([cell("12.", 1), cell("(1)", 1), cell("Words", 1)],
         [("12. (1)", 1, ""), ("", 1, "Words")]),
        ([cell("", 1, "1."), cell("(1)", 1), cell("Words", 1)],
         [("1.", 1, "(1)"), ("", 1, "Words")]),
        ([cell(" 12. ", 1), cell("Words", 1)], [("12.", 1, "Words")]),
        ([cell("12", 1)], [("12", 1, "")]),
        ([cell("", 1, "1.")], [("1.", 1, "")]),
        ([cell("", 1), cell("Words", 1)], [("", 1, "Words")]),
    ],
)  # fmt: skip
def test_label_alone_belongs_to_the_next_cell(
    lines: list[Line], expected: list[tuple[str, int, str]]
) -> None:
    assert rows(*lines) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # (v) comes after (iv), or after (u); else it is one of the list that is open.
        ("(i) a\n(ii) b\n(iii) c\n(iv) d\n(v) e", [1, 1, 1, 1, 1]),
        ("(i) a\n(u) b\n(v) c", [1, 2, 2]),
        ("(s) a\n(v) b", [1, 1]),
        ("(v) a\n(w) b", [1, 2]),
        # (i) begins a list of its own, unless (h) is before it.
        ("(b) a\n(i) b", [1, 2]),
        ("(h) a\n(i) b", [1, 1]),
        ("  (1) a\n  (a) b", [1, 2]),
    ],
)
def test_ambiguous_label_follows_the_one_before(text: str, expected: list[int]) -> None:
    assert depths(text) == expected


def test_typed_label_after_an_automatic_one_is_in_words() -> None:
    lines = [Line(" (a) one", "1.", "1.", (1, 0)), Line("two", "•", "•", (2, 0), is_heading=True)]
    first, second = outlined(lines)
    assert (first.label, first.text, first.path) == ("1.", "(a) one", ("1", "a"))
    assert (second.path, second.depth) == (("1", "a", ""), 3)
    assert (first.is_heading, second.is_heading) == (False, True)


def test_lists_of_other_definitions_are_below() -> None:
    lines = [
        Line("a", "1.", "1.", (1, 2)),
        Line("b", "(a)", "(a)", (2, 0)),
        Line("c", "2.", "1.", (1, 2)),
        Line("d", "A.", "A.", (1, 1)),
    ]
    assert [entry.depth for entry in outlined(lines)] == [1, 2, 1, 1]


def hint(*labels: str, name: str = "99") -> str:
    lines = [Line("", label, "1.", (1, 0)) for label in labels]
    lines += [Line("(a) below")] if labels else [Line("words")]
    with pytest.raises(NpcompareError) as raised:
        section(outlined(lines), name, "a.txt")
    assert raised.value.message == f"there is no section {name} in a.txt"
    return raised.value.hint


def test_hint_names_the_first_sections() -> None:
    assert hint() == "its paragraphs have no numbers"
    assert hint("1.", "2.", "1.") == "it has: 1., 2."
    eight = [f"{number}." for number in range(1, 9)]
    assert hint(*eight) == f"it has: {', '.join(eight)}"
    assert hint(*eight, "9.") == f"it has: {', '.join(eight)} …"
    assert hint("1.", name="") == "it has: 1."


def test_section_ends_at_the_next_of_its_depth() -> None:
    paragraphs = outlined(map(Line, ("1. a", "(a) b", "(b) c", "words", "2. d", "(a) e", "(a) f")))
    assert [entry.text for entry in section(paragraphs, "1(a)", "a.txt")[0]] == ["b"]
    assert [entry.text for entry in section(paragraphs, "1(b)", "a.txt")[0]] == ["c", "words"]
    selected, note = section(paragraphs, "a", "a.txt")
    assert [entry.text for entry in selected] == ["b"]
    assert (
        note == 'a occurs 3 times in a.txt; this is the first; to read the second: --section "a#2"'
    )
