"""Which offences a text names or excludes, in drafted sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

RULE = (
    "A victim of trafficking is not liable for an offence that the victim was compelled to commit."
)


def offences(corpus: Corpus, text: str) -> set[str]:
    """Return the persons and offences proposed for the limbs of a text."""
    return {
        f"{each.field.removeprefix('offences.')}: {each.value}"
        for each in suggest(corpus.codebook, text).proposals
        if each.field == "persons" or each.field.startswith("offences.")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A victim is not liable for a minor crime that the victim was compelled to commit.",
            {"persons: any_victim", "extent: any", "excluded: gravest"},
        ),
        (
            "A child victim is not liable for an act punished by not more than a year in prison.",
            {"persons: child", "extent: any", "excluded: gravest"},
        ),
        (
            f"{RULE} This section does not apply to a violent felony.",
            {"persons: any_victim", "extent: any", "excluded: violent"},
        ),
        (
            f"{RULE} This section does not apply to a crime against a child.",
            {"persons: any_victim", "extent: any", "excluded: violent_against_children"},
        ),
    ],
)
def test_short_phrase_gives_way_to_longer(text: str, expected: set[str], corpus: Corpus) -> None:
    assert offences(corpus, text) == expected


@pytest.mark.parametrize(
    ("offence", "is_any"),
    [
        ("an offence", True),
        ("a charge of an offence", True),
        ("an offence. The offence charged must be proved", True),
        ("offences, in particular offences against the immigration laws,", True),
        ("a relevant offence", False),
        ("an offence under the Wildlife Act", False),
        ("conduct that amounts to a maritime offence", False),
    ],
)
def test_words_beside_an_offence_may_narrow_it(offence: str, is_any: bool, corpus: Corpus) -> None:
    text = f"A victim of trafficking is not liable for {offence} if the victim was compelled."
    assert ("extent: any" in offences(corpus, text)) == is_any


@pytest.mark.parametrize(
    ("exception", "excluded"),
    [
        (", unless the offence caused the death of another person", "violent"),
        (". Nothing in this section shall apply to murder", "scheduled"),
        (". Subsection (1) does not apply where the offence is one punishable by death", "gravest"),
        (". Subsection (1) does not protect a victim who recruits another person", "trafficking_"),
    ],
)
def test_exception_names_what_it_excludes(exception: str, excluded: str, corpus: Corpus) -> None:
    text = f"{RULE.removesuffix('.')}{exception}."
    found = offences(corpus, text)
    assert any(value.startswith(f"excluded: {excluded}") for value in found)
    assert "extent: listed" not in found
