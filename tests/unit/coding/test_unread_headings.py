"""Headings and entries of a list of contents are not listed; what may be a rule is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

RULE = (
    "A victim of trafficking shall not be prosecuted for any offence committed as a direct result "
    "of being trafficked."
)
REGLE = (
    "La victime de la traite n'est pas poursuivie pour les infractions résultant directement de "
    "la traite."
)
REGLA = (
    "La víctima de trata no será procesada por los delitos que sean resultado directo de la trata."
)


def unread(corpus: Corpus, text: str) -> list[str]:
    """Return the passages of a text that are listed as not understood."""
    reading = suggest(corpus.codebook, text)
    return [reading.words(start, end) for start, end in reading.unread]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Protection of victims of trafficking", RULE),
        ("Immunity from prosecution", RULE),
        ("Criminal prosecution of victims", RULE),
        ("Victims not to be prosecuted", RULE),
        ("Protection des victimes", REGLE),
        ("Principe de protection des victimes", REGLE),
        ("Protección de las víctimas", REGLA),
        ("Derechos de las víctimas de trata", REGLA),
    ],
)
@pytest.mark.parametrize("layout", ["{}\n\n{}", "{}\n12. {}", "12. {}\n(1) {}"])
def test_title_of_a_rule_is_not_listed(layout: str, title: str, rule: str, corpus: Corpus) -> None:
    assert unread(corpus, layout.format(title, rule)) == []


@pytest.mark.parametrize(
    "words",
    [
        "Judges free victims of trafficking",
        "Protection of victims of trafficking who cooperate",
        "Protection of victims unless they committed murder",
        "Protection of child victims",
        "Immunity of victims from prosecution for illegal entry",
        "Waiver of fines for victims",
        "Immunity of victims from prosecution subject to section 9",
        "- immunity of victims from punishment",
    ],
)
def test_words_that_may_be_a_rule_are_listed(words: str, corpus: Corpus) -> None:
    assert unread(corpus, f"{words}\n\n{RULE}") == [words.removeprefix("- ")]


def test_title_without_a_rule_below_is_listed(corpus: Corpus) -> None:
    title = "Immunity of victims from prosecution"
    assert unread(corpus, f"{RULE}\n\n{title}") == [title]


@pytest.mark.parametrize(
    ("above", "entry", "label", "rule"),
    [
        ("ARRANGEMENT OF SECTIONS", "Victims immune from punishment for acts", "", RULE),
        ("Table of contents", "Non-punishment of victims ..... 4", "Section ", RULE),
        ("Sommaire", "Non-sanction des victimes de la traite", "Article ", REGLE),
        ("ÍNDICE", "No punibilidad de las víctimas", "Artículo ", REGLA),
    ],
)
def test_entry_of_contents_is_not_listed(
    above: str, entry: str, label: str, rule: str, corpus: Corpus
) -> None:
    entries = [f"{label}{n}. {words}" for n, words in enumerate(("A", "B", entry), 1)]
    rules = [f"{label}{number}. {rule}" for number in range(1, 4)]
    assert unread(corpus, "\n".join([above, *entries, "", *rules])) == []


def test_title_named_in_the_contents_is_not_listed(corpus: Corpus) -> None:
    titles = ["Short title", "Threats to victims", "Non-punishment of victims"]
    entries = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    rules = [f"{title}\n{number}. {RULE}\n" for number, title in enumerate(titles, 1)]
    assert unread(corpus, "\n".join(["CONTENTS", *entries, "", *rules])) == []


def test_numbered_points_are_no_contents(corpus: Corpus) -> None:
    points = "1. Short title\n2. Waiver of fines for victims\n3. Others\n\n"
    assert "Waiver of fines for victims" in unread(corpus, f"{points}1. {RULE}")


@pytest.mark.parametrize("above", ["PART III", "CHAPTER 3"])
def test_title_below_a_number_is_not_listed(above: str, corpus: Corpus) -> None:
    assert unread(corpus, f"{above}\n\nNON-PUNISHMENT OF VICTIMS\n\n{RULE}") == []
    words = "Victims are exempt from punishment"
    assert unread(corpus, f"{above}\n\n{words}\n\n{RULE}") == [words]
