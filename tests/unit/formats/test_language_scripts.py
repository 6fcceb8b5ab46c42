"""The parts of a text in Arabic that run from left to right, with the signs that belong to them."""

from __future__ import annotations

import pytest

from npcompare.formats.language_scripts import directions, has_loose_edge, is_left_to_right


def parts(text: str) -> list[str]:
    """Return the parts of a text that run from left to right."""
    return [part for part, is_turned in directions(text) if not is_turned]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A name in a sentence leaves the full stop to the sentence.
        ("القانون Trafficking in Persons Act.", ["Trafficking in Persons Act"]),
        ("كينيا (kenya-14، من 1 تشرين)", ["kenya-14"]),
        ("npcompare 0.2.0؛ دليل", ["npcompare 0.2.0"]),
        ("Law No. 15 on Trafficking، ", ["Law No. 15 on Trafficking"]),
        # A sign before a title belongs to the number before it, and a number to its name.
        (". Non-punishment", ["Non-punishment"]),
        ("المصادر: [7] 2 Hare Court, The golden thread", ["2 Hare Court, The golden thread"]),
        ("المادة 2 Act", ["Act"]),
        # Signs in pairs belong to the words between them or beside them.
        ('عبارة "act" في', ['"act"']),
        ('نص "victim of trafficking." (باللغة)', ['"victim of trafficking."']),
        ("نص (see “act”) نص", ["(see “act”)"]),
        ("نص (Prevention and) Act، المادة 4", ["(Prevention and) Act"]),
        ('نص "نص act" نص', ["act"]),
        # Sentences keep their ends, also among sentences in Arabic.
        ("مشكوك فيه: “Shall not” expresses a duty.", ["“Shall not” expresses a duty."]),
        ("The paper is silent. مشكوك فيه: It may.", ["The paper is silent.", "It may"]),
        # A text without an Arabic letter is one part.
        ("“Shall not” expresses a duty. (1)", ["“Shall not” expresses a duty. (1)"]),
        # A number and its parts are one.
        ("الفقرات 3(d)–(e) و57–58", ["3(d)–(e)"]),
        ("57، 58", []),
        ("", []),
    ],
)
def test_words_keep_the_signs_that_belong_to_them(text: str, expected: list[str]) -> None:
    assert parts(text) == expected
    assert "".join(part for part, _ in directions(text)) == text


@pytest.mark.parametrize(
    ("part", "is_loose"),
    [
        ("Act", False),
        ("Act 5", False),
        ("5 Act", True),
        ("Act.", True),
        ("(Act", True),
        (" Act", True),
        ("", False),
    ],
)
def test_signs_at_an_edge_are_loose(part: str, is_loose: bool) -> None:
    assert has_loose_edge(part) is is_loose


def test_arabic_comma_runs_from_the_right() -> None:
    assert is_left_to_right("Act, 5")
    assert not is_left_to_right("Act، 5")


def test_many_signs_take_no_longer() -> None:
    text = "نص" + "(" * 50_000 + "a" + ")" * 50_000
    assert "".join(part for part, _ in directions(text)) == text
