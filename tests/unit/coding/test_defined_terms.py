"""Terms that a text defines: a rule that uses one excludes what its definition leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

RULE = (
    "A victim of trafficking shall not be prosecuted for {} committed as a direct result of the "
    "trafficking."
)
RULES = {
    "en": RULE,
    "fr": "La victime de la traite n'est pas poursuivie pour {} commise à cause de la traite.",
    "es": "La víctima de trata no será procesada por {} cometido a causa de la trata.",
}


def excluded(text: str, corpus: Corpus, language: str = "en") -> set[str]:
    """Return the offences that are read as excluded."""
    proposals = suggest(corpus.codebook, text, language).proposals
    return {each.value for each in proposals if each.field == "offences.excluded"}


@pytest.mark.parametrize(
    ("language", "definition", "term"),
    [
        ("en", '"Minor offence" means an offence that is not a violent crime.', "a minor offence"),
        ("en", "“Lesser crime” means a crime, except a violent crime.", "lesser crimes"),
        ("fr", "On entend par « infraction mineure » celle qui n'est pas un crime violent.",
         "une infraction mineure"),
        ("es", "Se entiende por «delito menor» todo delito que no sea un delito violento.",
         "un delito menor"),
    ],
)  # fmt: skip
def test_rule_excludes_what_its_term_leaves_out(
    language: str, definition: str, term: str, corpus: Corpus
) -> None:
    rule = RULES[language].format(term)
    assert "violent" not in excluded(rule, corpus, language)
    assert "violent" in excluded(f"{definition} {rule}", corpus, language)


def test_scope_leaves_out_the_offences_it_negates(corpus: Corpus) -> None:
    text = f'"Relevant offence" means an offence which is not a violent crime. {RULE}'
    reading = suggest(corpus.codebook, text.format("a relevant offence"), "en")
    values = {(each.field, each.value) for each in reading.proposals}
    assert ("offences.excluded", "violent") in values
    assert ("offences.extent", "listed") not in values


def test_rule_without_the_term_excludes_nothing(corpus: Corpus) -> None:
    definition = '"Minor offence" means an offence that is not a violent crime.'
    assert excluded(f"{definition} {RULE.format('any offence')}", corpus) == set()


def test_definition_that_is_not_understood_is_listed(corpus: Corpus) -> None:
    definition = '"Minor offence" means an offence that is not wicked.'
    reading = suggest(corpus.codebook, f"{definition} {RULE.format('a minor offence')}", "en")
    assert definition in [reading.words(start, end) for start, end in reading.unread]


def test_definition_without_a_quoted_term_adds_nothing(corpus: Corpus) -> None:
    definition = "A minor offence means an offence that is not a violent crime."
    assert "violent" not in excluded(f"{definition} {RULE.format('any offence')}", corpus)
