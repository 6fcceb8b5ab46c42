"""Words of a body that its coding does not explain, and words that it does not quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from npcompare.coding.suggestions import read_text
from npcompare.coding.uncoded_words import coded_values, uncoded_passages, unquoted_passages
from npcompare.law.provision_parser import parse_provision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

RULE = "A victim shall not be prosecuted for any offence under threats."
QUOTED = {
    "persons": ("any_victim", "A victim"),
    "relief": ("no_prosecution", "shall not be prosecuted"),
    "link": ("compulsion", "under threats"),
}


def bill(body: str, coded: Mapping[str, tuple[str, str]]) -> Provision:
    """Return a bill with one limb that has a value and its evidence for each field."""
    limb: dict[str, Any] = {
        field: {"value": value, "evidence": words} for field, (value, words) in coded.items()
    }
    return parse_provision(
        {
            "id": "my-bill",
            "jurisdiction": {"name": "Utopia", "code": None, "kind": "state"},
            "instrument": {"title": "Bill", "kind": "bill"},
            "form": "statutory_defence",
            "text": {"status": "verbatim", "language": "en", "body": body},
            "limbs": [limb],
        }
    )


def uncoded(corpus: Corpus, provision: Provision) -> list[str]:
    reading = read_text(corpus.codebook, provision.text.body, "en")
    places = uncoded_passages(provision, coded_values(provision), reading)
    return [reading.suggestion.words(*place) for place in places]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (RULE, ["offence"]),
        # A sentence before the rule is passed over; one after it may limit the rule.
        (f"Owls bark.\n\n{RULE} Frogs croak.", ["offence", "Frogs croak"]),
        # A phrase explains its words for the value that is coded, and for no other.
        (
            f"{RULE[:-1]} as a direct consequence of trafficking.",
            ["offence", "direct consequence of trafficking"],
        ),
        # Another provision that a rule names may be a limit of it.
        (f"{RULE[:-1]} under section 5.", ["offence", "section 5"]),
    ],
)
def test_words_that_no_coded_value_explains(body: str, expected: list[str], corpus: Corpus) -> None:
    assert uncoded(corpus, bill(body, QUOTED)) == expected


@pytest.mark.parametrize(
    ("body", "quoted", "expected"),
    [
        ("Owls of class B bark loudly.", "Owls of class B", ["bark loudly"]),
        ("Owls (frogs, too) bark.", "Owls (", ["frogs, too) bark"]),
        ("Owls  of\nclass B bark.", "of class", ["Owls", "B bark"]),
    ],
)
def test_quotation_ends_with_its_last_word(body: str, quoted: str, expected: list[str]) -> None:
    assert unquoted_passages(bill(body, {"persons": ("any_victim", quoted)})) == expected
