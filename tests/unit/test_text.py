"""Text: folding, counting, suggestions for a misspelt word, and control characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.messages import Catalogue, using
from npcompare.text import (
    alphabetical,
    beginning,
    counted,
    did_you_mean,
    fold,
    foreign,
    in_letters,
    is_control,
    near,
    no_break,
    number_in_letters,
    roman_value,
    suggestion,
    visible,
)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_count_has_the_noun_in_singular_or_plural() -> None:
    assert [counted(number, "law") for number in (0, 1, 1000)] == ["0 laws", "1 law", "1,000 laws"]


@pytest.mark.parametrize(
    ("word", "match"),
    [
        ("KENIA", "kenya"),
        ("keny", "kenya"),
        ("jamaica 8", "jamaica-8-1"),
        ("from", "form"),
        ("England", "england-and-wales-s45"),
        ("gazette-2019", ""),
        ("united states", ""),
        ("and", ""),
        ("nigeria", ""),
        ("united", ""),
        ("ukgaz", ""),
        ("kexxa", ""),
        ("-", ""),
    ],
)
def test_misspelling_or_beginning_is_suggested(word: str, match: str) -> None:
    names = [
        *("keyed", "kenya", "form", "georgia-15", "uganda-11-1", "rwanda-gazette-39-2018"),
        *("united-arab-emirates-21", "United Kingdom", "england-and-wales-s45", "jamaica-8-1"),
    ]
    assert near(word, iter(names)) == match


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("United  STATES", ["united-states-1", "United States (Iowa)"]),
        ("united", ["united-states-1", "United States (Iowa)", "united"]),
        ("unit", []),
        ("states", []),
        ("", []),
    ],
)
def test_beginning_consists_of_whole_words(word: str, names: list[str]) -> None:
    assert beginning(word, iter(["united-states-1", "United States (Iowa)", "united"])) == names


def test_hint_has_the_match_the_words_and_foreign_letters() -> None:
    letter = 'the "\u0435" in it is U+0435, CYRILLIC SMALL LETTER IE'
    words = ["kenya", "malta"]
    assert suggestion("x", "there are", iter(words)) == "there are: kenya, malta"
    hint = 'did you mean "kenya"? there are: kenya, malta'
    assert suggestion("kenia", "there are", iter(words)) == hint
    assert suggestion("k\u0435nya", "there are", iter(words)) == f"{hint}; {letter}"
    assert did_you_mean("\u0435", "", "there is", ["b"]) == f"there is: b; {letter}"
    assert did_you_mean("a", "b", "there is", ["b"]) == 'did you mean "b"? there is: b'


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("kenya-14", ""),
        ("k\u0435nya", 'the "\u0435" in it is U+0435, CYRILLIC SMALL LETTER IE'),
        ("kenya\ue000\u00e9", 'the "\ue000" in it is U+E000, a character without a name'),
    ],
)
def test_letter_of_another_script_is_named(word: str, hint: str) -> None:
    assert foreign(word) == hint


def test_control_characters_are_made_visible() -> None:
    ranges = [(0, 8), (11, 31), (0x7F, 0x9F), (0x2028, 0x202E), (0x2066, 0x2069)]
    controls = {code for first, last in ranges for code in range(first, last + 1)}
    controls |= {*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)}
    controls |= {plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)}
    assert {code for code in range(0x110000) if is_control(chr(code))} == controls
    assert visible("a\tb\nc\x1b\u202e") == "a\tb\nc<U+001B><U+202E>"
    assert visible("a\tb\nc", keep_lines=False) == "a<U+0009>b<U+000A>c"
    assert visible("X\x1bX", keep_lines=False) == "X<U+001B>X"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("section 14", "section\N{NO-BREAK SPACE}14"),
        ("subsection (9)", "subsection\N{NO-BREAK SPACE}(9)"),
        ("§§ 1 to 3", "§§\N{NO-BREAK SPACE}1 to 3"),
        ("the article is", "the article is"),
    ],
)
def test_numbers_stay_with_their_nouns(text: str, expected: str) -> None:
    assert no_break(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "au paragraphe 12 (par. 62)", "au paragraphe~12 (par.~62)"),
        ("es", "el artículo 8 (párrs. 3 y 4)", "el artículo~8 (párrs.~3 y 4)"),
        ("ru", "в пункте 12 раздела 8", "в пункте~12 раздела~8"),
        ("ar", "في الفقرة 12 والمادة 8", "في الفقرة~12 والمادة~8"),
        ("zh", "第12段", "第12段"),
    ],
)
def test_numbers_stay_with_nouns_in_each_language(language: str, text: str, expected: str) -> None:
    with using(Catalogue(language=language)):
        assert no_break(text) == expected.replace("~", "\N{NO-BREAK SPACE}")


def test_no_line_ends_beside_french_signs() -> None:
    with using(Catalogue(language="fr")):
        assert no_break("« texte » ; portée : article 14") == (
            "«\N{NO-BREAK SPACE}texte\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}; "
            "portée\N{NO-BREAK SPACE}: article\N{NO-BREAK SPACE}14"
        )
    assert no_break("portée : a") == "portée : a"


def test_names_are_sorted_as_english_names() -> None:
    names = ["Zambia", "Østland", "Czechia", "Łódź", "Åland", "Tuvalu", "Türkiye", "Côte d’Ivoire"]
    assert sorted(names, key=alphabetical) == [
        *("Åland", "Côte d’Ivoire", "Czechia", "Łódź", "Østland", "Türkiye", "Tuvalu", "Zambia"),
    ]


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (702, "zz"), (703, "aaa")],
)
def test_numbers_in_letters(number: int, letters: str) -> None:
    assert in_letters(number) == letters
    assert number_in_letters(letters) == number_in_letters(letters.upper()) == number


def test_numbers_below_one_have_no_letters() -> None:
    assert (in_letters(0), in_letters(-1)) == ("", "")


def test_numbers_in_other_letters() -> None:
    assert [in_letters(number, "xyz") for number in (3, 4, 12)] == ["z", "xx", "zz"]


@pytest.mark.parametrize(
    ("letters", "number"),
    [
        ("i", 1),
        ("iv", 4),
        ("XIX", 19),
        ("xlix", 49),
        ("Lxxxix", 89),
        ("xc", 0),
        ("iix", 0),
        ("", 0),
    ],
)
def test_roman_numerals_up_to_89(letters: str, number: int) -> None:
    assert roman_value(letters) == number
