"""Texts as they are published: `suggest` reads in them what it reads in a clean text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import damage
import pytest
from conftest import TESTS, yaml_data

from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import suggest
from npcompare.wording.quotations import Body

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.corpus import Corpus

RULE = (
    "A victim of trafficking shall not be prosecuted for any offence committed as a direct result "
    "of being trafficked."
)
FRENCH_RULE = (
    "Une personne victime de la traite n’est pas poursuivie à raison d’une infraction commise en "
    "conséquence directe de la traite. Elle peut être exonérée de sa responsabilité pénale."
)


def values(reading: Suggestion) -> list[tuple[int, str, str]]:
    """Return limb, field and value of each proposal."""
    return [(each.limb, each.field, each.value) for each in reading.proposals]


def counted(reading: Suggestion) -> Counter[tuple[str, str]]:
    """Return how many limbs have each field and value."""
    return Counter((each.field, each.value) for each in reading.proposals)


@pytest.mark.parametrize(
    "text",
    [
        RULE.replace("trafficking", "traf\u00adficking").replace("offence", "of\u00adfence"),
        RULE.replace("prosecuted", "prosecu\u00ad\nted").replace("committed", "com-\n   mitted"),
        RULE.replace("victim", "victim3").replace("offence", "offence\u00b9"),
        RULE.replace("offence ", "offence&nbsp;").replace("any", "an&#121;"),
        RULE.replace("result", "resu1t").replace("committed", "cornmitted"),
        RULE.replace("victim", "vic\u200btim").upper(),
        f"Trafficking Act\n\n{RULE}".replace("for any", "for\n12\nTrafficking Act\nany"),
    ],
)
def test_marks_in_a_text_change_no_value(text: str, corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, text, "en")
    assert values(reading) == values(suggest(corpus.codebook, RULE, "en")) != []
    body = Body(text)
    for proposal in reading.proposals:
        assert body.quote(reading.words(proposal.start, proposal.end)) == 1


def test_decomposed_accents_change_no_value(corpus: Corpus) -> None:
    text = unicodedata.normalize("NFD", FRENCH_RULE)
    reading = suggest(corpus.codebook, text, "fr")
    assert values(reading) == values(suggest(corpus.codebook, FRENCH_RULE, "fr"))
    quotations = [reading.words(each.start, each.end) for each in reading.proposals]
    assert unicodedata.normalize("NFD", "exonérée de sa responsabilité pénale") in quotations


@pytest.mark.parametrize("number", ["No. 12", "no. 12", "No 12", "n° 12", "Nos. 12 and 13"])
def test_number_of_a_law_is_no_negation(number: str, corpus: Corpus) -> None:
    text = (
        f"In accordance with Act {number} of 2010, victims of trafficking may be prosecuted for "
        "offences that they commit."
    )
    assert suggest(corpus.codebook, text, "en").proposals == ()


def test_nothing_is_concluded_from_a_rule_without_an_end(corpus: Corpus) -> None:
    rule = "A victim of trafficking shall not be punished for any offence"
    assert (1, "link", "none") in values(suggest(corpus.codebook, f"(1) {rule}.\n\n(2) No.", "en"))
    reading = suggest(corpus.codebook, f"(1) {rule}\n\n(2) No.", "en")
    assert (1, "relief", "no_penalty") in values(reading)
    assert (1, "link", "none") not in values(reading)
    assert rule in [reading.words(start, end) for start, end in reading.unread]


LISTS = {
    "letters": ("a.", "b.", "c."),
    "brackets": ("(a)", "(b)", "(c)"),
    "numbers": ("1°", "2°", "3°"),
    "roman": ("(i)", "(ii)", "(iii)"),
    "bullets": ("\u2022", "\u2022", "\u2022"),
    "dashes": ("\u2013", "\u2013", "\u2013"),
    "cyrillic": ("а)", "б)", "в)"),  # noqa: RUF001 - Cyrillic letters
    "arabic": ("أ-", "ب-", "ج-"),
}


@pytest.mark.parametrize("names", LISTS.values(), ids=LISTS)
def test_every_item_of_a_list_is_read(names: tuple[str, str, str], corpus: Corpus) -> None:
    acts = zip(names, ("prosecuted;", "detained; or", "punished,"), strict=True)
    items = "\n".join(f"{name} {act}" for name, act in acts)
    text = (
        f"A victim of trafficking shall not be:\n{items}\nfor any offence committed as a direct "
        "result of being trafficked."
    )
    reading = suggest(corpus.codebook, text, "en")
    reliefs = {each.value for each in reading.proposals if each.field == "relief"}
    assert reliefs == {"no_prosecution", "no_detention", "no_penalty"}
    assert {each.limb for each in reading.proposals} == {1}


# --- Damaged copies of drafted texts ------------------------------------------------------------

#: Each kind of damage. A page has few lines, so that one ends within most texts.
DAMAGE: dict[str, Callable[[str], str]] = {
    "soft hyphens": damage.divided_words,
    "hyphens": lambda text: damage.divided_words(text, hyphen="-"),
    "page heads": lambda text: damage.page_heads(text, lines=10),
    "footnotes": lambda text: damage.footnote_digits(text, every=4),
    "no-break spaces": damage.no_break_spaces,
    "quotes": damage.curly_quotes,
    "entities": damage.html_entities,
    "labels": damage.labels_without_space,
    "accents": damage.decomposed,
    "headings": damage.capital_headings,
    "capitals": str.upper,
    "letters": lambda text: damage.scanning_slips(text, every=4),
    "label letters": lambda text: damage.label_slips(text, every=1),
    **damage.COPIES,
}

DRAFTED = [
    provision
    for path in ("cases/drafted-tune.yaml", "reading/tune.yaml")
    for provision in yaml_data(TESTS / path)
    if provision["language"] in phrase_book().languages
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_loses_nothing_in_silence(kind: str, corpus: Corpus) -> None:
    """Each value of the clean text is read in the damaged one, or more words are unread."""
    for provision in DRAFTED:
        text = f"TRAFFICKING IN PERSONS ACT\n\n{provision['text']}"
        clean = suggest(corpus.codebook, text, provision["language"])
        damaged = suggest(corpus.codebook, DAMAGE[kind](text), provision["language"])
        if values(damaged) == values(clean):
            continue
        # Without the link of an alternative, that limb is not found: the next has its number.
        assert counted(damaged) <= counted(clean), provision["name"]
        assert unread_words(damaged) > unread_words(clean), provision["name"]


ACTS = sorted((TESTS / "reading" / "acts").glob("*.txt"))


@pytest.mark.slow
@pytest.mark.parametrize("copy", damage.COPIES)
@pytest.mark.parametrize("path", ACTS, ids=[path.stem for path in ACTS])
def test_damaged_act_loses_nothing_in_silence(path: Path, copy: str, corpus: Corpus) -> None:
    coding = yaml_data(path.with_suffix(".yaml"))
    text = path.read_text(encoding="utf-8")
    clean = suggest(corpus.codebook, text, coding["language"])
    damaged = suggest(corpus.codebook, damage.COPIES[copy](text), coding["language"])
    clean_values, damaged_values = counted(clean), counted(damaged)
    assert damaged_values <= clean_values
    assert damaged_values == clean_values or unread_words(damaged) > unread_words(clean)


def unread_words(reading: Suggestion) -> int:
    """Return how many words are listed as not understood."""
    return sum(len(reading.words(start, end).split()) for start, end in reading.unread)
