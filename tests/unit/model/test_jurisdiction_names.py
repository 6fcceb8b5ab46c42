"""The names of jurisdictions as English sentences need them."""

from __future__ import annotations

import pytest

from npcompare.law.un_states import united_nations
from npcompare.model.jurisdiction_names import at_start, in_sentence
from npcompare.model.united_nations import Membership


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kenya, section 14", "Kenya, section 14"),
        ("Gambia", "the Gambia"),
        ("Niger", "the Niger"),
        ("United Kingdom, section 45", "the United Kingdom, section 45"),
        ("Netherlands", "the Netherlands"),
        ("Maldives", "Maldives"),
        ("Solomon Islands", "Solomon Islands"),
        ("South Sudan", "South Sudan"),
        ("Nigeria", "Nigeria"),
        ("State of Palestine", "the State of Palestine"),
        ("United States of America (federal)", "the United States of America (federal)"),
        (
            "Bolivia (Plurinational State of), article 5",
            "the Plurinational State of Bolivia, article 5",
        ),
        ("Netherlands (Kingdom of the)", "the Kingdom of the Netherlands"),
        ("Venezuela (Bolivarian Republic of)", "the Bolivarian Republic of Venezuela"),
        ("Iran (Islamic Republic of)", "the Islamic Republic of Iran"),
        ("Micronesia (Federated States of)", "the Federated States of Micronesia"),
    ],
)
def test_names_with_the_article_in_a_sentence(name: str, expected: str) -> None:
    assert in_sentence(name) == expected


def test_states_take_the_article_as_in_unterm() -> None:
    nations = united_nations()
    states = [area for area in nations.areas.values() if area.membership is not Membership.AREA]
    with_article = {area.code for area in states if in_sentence(area.name).startswith("the ")}
    short_names = "AE BS CD CF CG DO GB GM KM KP KR LA MD MH NE NL PH PS RU SD SY TZ US VA"
    # Their formal names, which a sentence has, begin with it.
    formal_names = "BO FM IR VE"
    assert with_article == {*short_names.split(" "), *formal_names.split(" ")}


def test_title_begins_with_the_article() -> None:
    assert at_start("Gambia, article 49") == "The Gambia, article 49"
    assert at_start("bill.txt") == "bill.txt"
