"""Sentences that limit all rules of a Part: the rules of another Part are not limited."""

from __future__ import annotations

import pytest

from npcompare.coding.suggestions import Suggestion, suggest
from npcompare.law.corpus import load_corpus

RULE = "12. A victim of trafficking shall not be punished for any offence.\n"
LIMIT = "13. Nothing in this Part gives a recruiter any advantage.\n"


def reading_of(text: str) -> Suggestion:
    return suggest(load_corpus().codebook, text)


def has_no_link(reading: Suggestion) -> bool:
    return any((each.field, each.value) == ("link", "none") for each in reading.proposals)


@pytest.mark.parametrize(
    ("heading", "is_limited"),
    [
        ("", True),
        ("PART IV\nFINAL PROVISIONS\n", False),
        ("Part 4 \N{EM DASH} Final provisions\n", False),
        ("CHAPTER 4\nFINAL PROVISIONS\n", True),
        ("Part III of the Code\n", True),
    ],
)
def test_limit_is_of_the_rules_of_its_part(heading: str, is_limited: bool) -> None:
    reading = reading_of(f"PART III\nVICTIMS\n{RULE}\n{heading}{LIMIT}")
    assert has_no_link(reading) is not is_limited


@pytest.mark.parametrize("heading", ["PART III\nVICTIMS", "Chapter 2 - Protection of victims"])
def test_numbered_heading_is_not_listed(heading: str) -> None:
    reading = reading_of(f"{heading}\n{RULE}")
    assert reading.unread == ()


def test_act_is_limited_as_a_whole() -> None:
    limit = LIMIT.replace("Part", "Act")
    reading = reading_of(f"PART III\nVICTIMS\n{RULE}\nPART IV\nFINAL PROVISIONS\n{limit}")
    assert not has_no_link(reading)


def test_exception_of_a_part_is_of_each_of_its_rules() -> None:
    reading = reading_of(
        "PART III\nVICTIMS\n10. This Part does not apply to murder.\n"
        f"{RULE}13. The court shall exempt a victim of trafficking from punishment for any "
        "offence.\nPART IV\nCHILDREN\n14. A child victim shall not be prosecuted for any offence.\n"
    )
    excluded = [each.limb for each in reading.proposals if each.field == "offences.excluded"]
    assert excluded == [1, 2]
