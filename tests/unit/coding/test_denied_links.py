"""Links that the words before them deny, or except from the rule."""

from __future__ import annotations

import pytest
from bundled import CODEBOOK

from npcompare.coding.suggestions import suggest

RULE = "A victim of trafficking shall not be punished for an offence"

NOT_REQUIRED = {
    "negation": f"{RULE} even if the offence was not the result of any coercion.",
    "without": f"{RULE} that was committed without any coercion.",
    "in no way": f"{RULE} that is in no way connected with the trafficking.",
    "exception": f"{RULE}, except an offence that was a natural consequence of the trafficking.",
    "clause": "La víctima de trata no será penada, salvo que el delito derive de la explotación.",
    "French": "La victime de la traite n'est pas punissable, sauf si l'acte est lié à la traite.",
}

REQUIRED = {
    "exception and negation": f"{RULE} unless it was not a direct result of the trafficking.",
    "offence excepted": f"{RULE} other than murder which was a direct result of the trafficking.",
    "relief": "The penalties do not apply to an offence that was a direct result of trafficking.",
}


def values(text: str, *fields: str) -> set[str]:
    proposals = suggest(CODEBOOK, text).proposals
    return {each.value for each in proposals if each.field in fields}


@pytest.mark.parametrize("name", NOT_REQUIRED)
def test_denied_or_excepted_link_is_not_proposed(name: str) -> None:
    text = NOT_REQUIRED[name]
    assert values(text, "relief") == {"no_penalty"}
    assert values(text, "link", "compulsion") == set()


@pytest.mark.parametrize("name", REQUIRED)
def test_link_of_the_rule_is_proposed(name: str) -> None:
    assert values(REQUIRED[name], "link") == {"direct_result"}


def test_negation_of_a_link_gives_no_relief() -> None:
    text = "A victim of trafficking had no choice but to commit it, and he shall be punished."
    assert values(text, "relief") == set()


def test_denied_link_is_not_left_out_to_find_relief() -> None:
    text = "La víctima de trata que delinca sin haber sido obligada será sancionada."
    assert values(text, "relief") == set()
