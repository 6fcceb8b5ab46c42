"""Texts as they are published: `suggest` reads in them what it reads in a clean text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest
from npcompare.wording.quotations import Body

if TYPE_CHECKING:
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
    assert unicodedata.normalize("NFD", "exonérée de sa responsabilité") in quotations


@pytest.mark.parametrize("number", ["No. 12", "no. 12", "No 12", "n° 12", "Nos. 12 and 13"])
def test_number_of_a_law_is_no_negation(number: str, corpus: Corpus) -> None:
    text = (
        f"In accordance with Act {number} of 2010, victims of trafficking may be prosecuted for "
        "offences that they commit."
    )
    assert suggest(corpus.codebook, text, "en").proposals == ()
