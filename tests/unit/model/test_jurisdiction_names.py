"""The names of jurisdictions as English sentences need them."""

from __future__ import annotations

import pytest

from npcompare.model.jurisdiction_names import in_sentence


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kenya, section 14", "Kenya, section 14"),
        ("Gambia", "the Gambia"),
        ("Niger", "the Niger"),
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
