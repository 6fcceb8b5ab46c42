"""Depths and sections: labels are nested in the order in which they occur."""

from __future__ import annotations

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers.outline import Line, outlined, section
from npcompare.readers.typed_labels import label_names, typed_labels


def depths(text: str) -> list[tuple[str, int]]:
    paragraphs = outlined(Line(line) for line in text.splitlines())
    return [(paragraph.label, paragraph.depth) for paragraph in paragraphs]


BILL = """Preamble
12. Non-punishment
(1) A victim
(a) of trafficking, or
(b) of slavery,
(i) as an adult,
(ii) as a child,
(c) is protected.
The court decides.
(2) Subsection two
13. (1) Next
(2) and two"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words", [("", 0)]),
        ("12.\tWords\n13.\tWords", [("12.", 1), ("13.", 1)]),
        ("12\tWords\n(1) Words", [("12", 1), ("(1)", 2)]),
        ("(h) a\n(i) b\n(j) c", [("(h)", 1), ("(i)", 1), ("(j)", 1)]),
        ("(a) a\n(i) b\n(ii) c\n(b) d", [("(a)", 1), ("(i)", 2), ("(ii)", 2), ("(b)", 1)]),
        ("(u) a\n(v) b", [("(u)", 1), ("(v)", 1)]),
        ("(z) a\n(aa) b", [("(z)", 1), ("(aa)", 1)]),
        ("1. a\n1.1 b\n1.1.1 c\n2. d", [("1.", 1), ("1.1", 2), ("1.1.1", 3), ("2.", 1)]),
        ("Article 26\nArticle 27 – Title", [("Article 26", 1), ("Article 27", 1)]),
        ("Section 12 of the Act applies.", [("", 0)]),
        ("12 months later", [("", 0)]),
        ("12.—(1) A victim", [("12.—(1)", 1)]),
        ("§ 5 Words\n(1) a", [("§ 5", 1), ("(1)", 2)]),
        ("• a\n• b\n– c", [("•", 1), ("•", 1), ("–", 2)]),
        ("I. a\nA. b\n1) c\nII. d", [("I.", 1), ("A.", 2), ("1)", 3), ("II.", 1)]),
        ("Artículo 4. Texto\na) uno", [("Artículo 4.", 1), ("a)", 2)]),
    ],
)
def test_typed_labels_are_nested(text: str, expected: list[tuple[str, int]]) -> None:
    assert depths(text) == expected


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("PART I — PRELIMINARY", "PART I", "PRELIMINARY"),
        ("Article 27 – Title", "Article 27", "Title"),
        ("Article 5 - Title", "Article 5", "Title"),
        ("12. —A victim", "12.", "A victim"),
        ("(a) – of trafficking", "(a)", "of trafficking"),
        ("PART I —", "PART I", "—"),
        ("12. -5 degrees", "12.", "-5 degrees"),
        ("– a dash – in a list", "–", "a dash – in a list"),
        ("Words — and a dash", "", "Words — and a dash"),
    ],
)
def test_dash_after_a_label_is_not_in_the_text(line: str, label: str, text: str) -> None:
    (paragraph,) = outlined([Line(line)])
    assert (paragraph.label, paragraph.text, paragraph.line) == (label, text, line)


def test_words_are_kept_with_their_labels() -> None:
    paragraphs = outlined(Line(line) for line in BILL.splitlines())
    assert "\n".join(paragraph.line for paragraph in paragraphs) == BILL


@pytest.mark.parametrize(
    ("name", "first", "count"),
    [
        ("12", "12. Non-punishment", 9),
        ("12(1)", "(1) A victim", 7),
        ("section 12(1)(b)", "(b) of slavery,", 3),
        ("s. 12 (1) (b) (ii)", "(ii) as a child,", 1),
        ("12(2)", "(2) Subsection two", 1),
        ("13", "13. (1) Next", 2),
        ("13(1)", "13. (1) Next", 1),
        ("(1)(c)", "(c) is protected.", 2),
    ],
)
def test_section_is_found_by_its_labels(name: str, first: str, count: int) -> None:
    paragraphs, note = section(outlined(Line(line) for line in BILL.splitlines()), name, "a.txt")
    assert (paragraphs[0].line, len(paragraphs), note) == (first, count, "")


def test_repeated_section_is_said() -> None:
    paragraphs = outlined([Line("1. a"), Line("2. b"), Line("1. c")])
    selected, note = section(paragraphs, "1", "a.docx")
    assert [paragraph.text for paragraph in selected] == ["a"]
    assert (
        note == '1 occurs 2 times in a.docx; this is the first; to read the second: --section "1#2"'
    )


def test_heading_ends_a_section() -> None:
    lines = [Line("1. a"), Line("words"), Line("Heading", is_heading=True), Line("2. b")]
    selected, _ = section(outlined(lines), "1", "a.docx")
    assert [paragraph.text for paragraph in selected] == ["a", "words"]


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ("1. a\n2. b", "3", "it has: 1., 2."),
        ("1. a", "", "it has: 1."),
        ("words", "1", "its paragraphs have no numbers"),
        ("\n".join(f"{number}. a" for number in range(1, 11)), "1(4)", "it has: 1., 2., 3."),
    ],
)
def test_missing_section_names_those_there_are(text: str, name: str, hint: str) -> None:
    with pytest.raises(NpcompareError) as caught:
        section(outlined(Line(line) for line in text.splitlines()), name, "a.txt")
    assert caught.value.message == f"there is no section {name} in a.txt"
    assert caught.value.hint.startswith(hint)


def test_automatic_and_typed_labels_share_depths() -> None:
    lines = [
        Line("Title", "1.", "1.", (1, 0)),
        Line("(a) typed"),
        Line("words", "(b)", "(a)", (2, 0)),
        Line("words", "2.", "1.", (1, 0)),
        Line("words", "2.1", "1.1", (1, 1)),
    ]
    assert [paragraph.depth for paragraph in outlined(lines)] == [1, 2, 2, 1, 2]


def test_names_of_labels_and_references() -> None:
    assert label_names("Section 12(1)(a)") == ("12", "1", "a")
    assert label_names("12.—(1)") == ("12", "1")
    assert label_names("Article II.") == ("ii",)
    assert label_names("§ 5") == ("5",)
    assert label_names("•") == ()
    assert [label.name for label in typed_labels("12.—(1) (a) words (b)")] == ["12", "1", "a"]
