"""Sentence segmentation: sections, lists, headings, abbreviations and long texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.text import fold
from npcompare.wording.sentences import divide


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line."""
    return [fold(text[sentence.start : sentence.end]) for sentence in divide(text)]


def numbered(text: str) -> list[tuple[str, str]]:
    """Return the number of each sentence with its first word."""
    return [
        (sentence.number, text[sentence.start : sentence.end].split(maxsplit=1)[0])
        for sentence in divide(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("(1) One.\n(2) Two, under section (3).", ["One.", "Two, under section (3)."]),
        (
            "(1) One.\n(2) Two of this section.\n(3) Three.",
            ["One.", "Two of this section.", "Three."],
        ),
        ("1. One\n\n2. Two", ["One", "Two"]),
        ("Art. 12. Un.", ["Un."]),
        ("Art. 3-1. \u2013 I. \u2013 Un.\n« II. \u2013 Deux.", ["Un.", "Deux."]),
        ("No one: (a) may; or (b) shall.", ["No one: (a) may; or (b) shall."]),
        ("One —\n(a) may;\n(b) shall.", ["One — (a) may; (b) shall."]),
        ("He may not, nor shall he be tried.", ["He may not,", "nor shall he be tried."]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        (
            "Victims … go free. He ... goes. It . . . Went.",
            ["Victims … go free.", "He ... goes.", "It . . .", "Went."],
        ),
        ("", []),
    ],
)
def test_text_is_divided_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See s. 4 of Act No. 15. Then", ["See s. 4 of Act No. 15.", "Then"]),
        (
            "Under ss. 3, art. 5, para. (b) or cl. IV. Go",
            ["Under ss. 3, art. 5, para. (b) or cl. IV.", "Go"],
        ),
        ("It, e.g. theft, i.e. stealing. Go", ["It, e.g. theft, i.e. stealing.", "Go"]),
        ("Theft etc. is. Theft etc. Go", ["Theft etc. is.", "Theft etc.", "Go"]),
        ("By Cal. Penal Code and 18 U.S.C. 22. Go", ["By Cal. Penal Code and 18 U.S.C. 22.", "Go"]),
        ("By J. Doe. Under Schedule A. Go", ["By J. Doe.", "Under Schedule A.", "Go"]),
        ("In the state of the art. Go", ["In the state of the art.", "Go"]),
        ("Los Sres. Fiscales. Ir", ["Los Sres. Fiscales.", "Ir"]),
        ("Aged 18. A child. Of 2010. Go", ["Aged 18.", "A child.", "Of 2010.", "Go"]),
        ("L’art. L. 425-1, al. 2, n’est. Va", ["L’art. L. 425-1, al. 2, n’est.", "Va"]),
    ],
)
def test_abbreviations_end_no_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


#: The labels of three items, as laws of many countries have them.
LISTS = [
    ("(a)", "(b)", "(c)"),
    ("(A)", "(B)", "(C)"),
    ("a)", "b)", "c)"),
    ("a.", "b.", "c."),
    ("A.", "B.", "C."),
    ("(i)", "(ii)", "(iii)"),
    ("i)", "ii)", "iii)"),
    ("I.", "II.", "III."),
    ("(1)", "(2)", "(3)"),
    ("1)", "2)", "3)"),
    ("1.", "2.", "3."),
    ("1°", "2°", "3°"),
    ("1º", "2º", "3º"),
    ("1º.-", "2º.-", "3º.-"),
    ("1.-", "2.-", "3.-"),
    ("1.1.", "1.2.", "1.3."),
    ("a -", "b -", "c -"),
    ("\u2022", "\u2022", "\u2022"),
    ("\uf0b7", "\uf0b7", "\uf0b7"),
    ("\u2013", "\u2013", "\u2013"),
    ("-", "-", "-"),
    ("*", "*", "*"),
    ("а)", "б)", "в)"),  # noqa: RUF001 - Cyrillic letters
    ("(α)", "(β)", "(γ)"),  # noqa: RUF001 - Greek letters
    ("(أ)", "(ب)", "(ج)"),
    ("أ-", "ب-", "ج-"),
    ("(\u0661)", "(\u0662)", "(\u0663)"),
]


@pytest.mark.parametrize("names", LISTS, ids=[names[0] for names in LISTS])
@pytest.mark.parametrize(
    "layout", [(":", ";", "."), (" -", ",", ","), (":", "", ""), (":", ".", ".")]
)
def test_items_of_every_kind_continue_the_sentence(
    names: tuple[str, str, str], layout: tuple[str, str, str]
) -> None:
    opening, between, end = layout
    lines = [
        f"{name} item {word}" for name, word in zip(names, ("one", "two", "three"), strict=True)
    ]
    listed = f"{between}\n".join(lines)
    text = f"No victim shall be{opening}\n{listed}{end}"
    (sentence,) = divide(text)
    labels = [text[start:stop].strip(" -") for start, stop in sentence.labels]
    assert labels == [name.strip(" -") for name in names]
    assert sentence.depths == (1, 1, 1)


def test_items_may_follow_in_one_line() -> None:
    for text in (
        "It: a) is; b) was; or c) be.",
        "It (a) is, (b) was or (c) be.",
        "Il : 1° est ; 2° a ; 3° va.",
    ):
        (sentence,) = divide(text)
        assert len(sentence.labels) == 3


def test_lists_may_be_nested_and_start_again() -> None:
    text = (
        "(1) It is not so if\n(a) one:\n(i) x;\n(ii) y; or\n(b) two:\n(i) x;\n– v;\n– w;\n(ii) y.\n"
        "(2) It is: 1) so."
    )
    first, second = divide(text)
    assert first.number == "(1)"
    assert first.items == (
        *("(a)", "(a)(i)", "(a)(ii)", "(b)", "(b)(i)", "(b)(i)", "(b)(i)", "(b)(ii)"),
    )
    assert first.depths == (1, 2, 2, 1, 2, 3, 3, 2)
    assert (second.number, second.items) == ("(2)", ("(1)",))


def test_letter_i_follows_h() -> None:
    letters = ";\n".join(f"({letter}) it" for letter in "abcdefghij")
    (sentence,) = divide(f"It is not:\n{letters}.")
    assert sentence.items == tuple(f"({letter})" for letter in "abcdefghij")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "12.—(1) One. (2) Two.\n13. Three.",
            [("12(1)", "One."), ("12(2)", "Two."), ("13", "Three.")],
        ),
        ("12.(1)(a)One.\n(b)Two.", [("12(1)(a)", "One."), ("12(1)(b)", "Two.")]),
        (
            "Article 5\n1. One.\n2. Two.\nArticle 6\nThree.",
            [("5(1)", "One."), ("5(2)", "Two."), ("6", "Three.")],
        ),
        ("Article (5)\nOne.\nArticle 1er\nTwo.", [("5", "One."), ("1", "Two.")]),
        ("ARTÍCULO 7° — One.\nArtículo 411 nonies.- Two.", [("7", "One."), ("411 nonies", "Two.")]),
        ("Artículo 27 Bis. One.\nArtículo 28 TER.- Two.", [("27 Bis", "One."), ("28 TER", "Two.")]),
        (
            "§ 22-61-101. One.\nSec. 8.11. Two.\n§5. Three.",
            [("22-61-101", "One."), ("8.11", "Two."), ("5", "Three.")],
        ),
        ("1 One is.\n2 Two is.\n2A Three is.", [("1", "One"), ("2", "Two"), ("2A", "Three")]),
        (
            "45\nOne is\n(1)\nTwo is.\n46\nThree is.",
            [("45", "One"), ("45(1)", "Two"), ("46", "Three")],
        ),
        ("7.2 (1) One.\n7.3 Two.", [("7.2(1)", "One."), ("7.3", "Two.")]),
        ("1. One.\nSCHEDULE 2\n1. Two.", [("1", "One."), ("SCHEDULE 2(1)", "Two.")]),
        ("A. One.\nB. Two.", [("A", "One."), ("B", "Two.")]),
    ],
)
def test_sentences_have_the_number_of_their_section(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert numbered(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Under section 3 of the law and section\n4. This is so.",
        "Sections 31, 31A or\n40 of it apply.",
        "It applies to offences under the\nImmigration Act of that State and to others on a list.",
        "An offence under paragraph (a) or\n(b) of this section.",
        "As Article 2 of the\nlaw says, and as in Article 3 of it,\nArticle 4 of it applies.",
        "A victim aged less than\n18 years.",
        "It starts on\n3 January 2027.",
    ],
)
def test_references_and_wrapped_lines_are_no_labels(text: str) -> None:
    found = list(divide(text))
    assert {sentence.number for sentence in found} == {""}
    assert [sentence.labels for sentence in found] == [()] * len(found)
    assert not any(sentence.is_open for sentence in found)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            "PART II – PENALTIES\n\nImmunity of victims\n\nA victim is free.",
            ["PART II – PENALTIES", "Immunity of victims"],
        ),
        ("Immunity of victims\n19. (1) A victim is free.", ["Immunity of victims"]),
        ("12. Victims not to be tried.\n\n(1) A victim is free.", ["Victims not to be tried."]),
        ("§ 5. Defense of victims.\nIt is a defense.", ["Defense of victims."]),
        ("Article 9\n\nPower not to proceed\n\n1. States shall act.", ["Power not to proceed"]),
        (
            "1 Slavery, servitude and labour\n2 Trafficking\n3 Meaning of exploitation\n",
            ["Slavery, servitude and labour", "Trafficking"],
        ),
        ("The title of a law\nwhich is long\n\nIt is so.", ["The title of a law which is long"]),
        ("22-1-1. Petition to vacate.\n22-1-2. Hearing.\n", ["Petition to vacate."]),
        ("Art. 9.- (Exención).- La víctima queda exenta.", ["(Exención).-"]),
        ("The accused\n\n(a) was a victim.", []),
        ("A VICTIM SHALL\nNOT BE TRIED.", []),
    ],
)
def test_headings_are_open(text: str, headings: list[str]) -> None:
    found = [fold(text[each.start : each.end]) for each in divide(text) if each.is_open]
    assert found == headings


@given(st.text(alphabet="(1) a.b;—\n§Art 2.i•–-°:", max_size=60))
def test_sentences_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for sentence in divide(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert len(sentence.labels) == len(sentence.items) == len(sentence.depths)
        end = sentence.end


@pytest.mark.slow
def test_long_sentences_are_split() -> None:
    for text in ("word " * 50_000, "word" * 50_000, "(a) word; " * 20_000):
        lengths = [sentence.end - sentence.start for sentence in divide(text)]
        assert max(lengths) <= 6_000
        assert sum(lengths) >= 0.99 * len(text)
