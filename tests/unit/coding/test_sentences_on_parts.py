"""Sentences that limit all rules of a Part: the rules of another Part are not limited."""

from __future__ import annotations

from collections import Counter

import pytest
from bundled import CODEBOOK

from npcompare.coding.limb_drafts import LimbDraft
from npcompare.coding.suggestions import Suggestion, suggest

RULE = "12. A victim of trafficking shall not be punished for any offence.\n"
LIMIT = "13. Nothing in this Part gives a recruiter any advantage.\n"


def reading_of(text: str) -> Suggestion:
    return suggest(CODEBOOK, text)


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


def act_of(rules: int, *limits: str) -> str:
    """Return an Act in which each rule is followed by sentences about the whole Act."""
    limit = "".join(f"\n({number}) {words}" for number, words in enumerate(limits, 2))
    return "\n".join(f"{number}. (1) {RULE[4:-1]}{limit}" for number in range(1, rules + 1))


def test_repeated_exceptions_take_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()

    def count(name: str) -> None:
        method = getattr(LimbDraft, name)

        def counted(limb: LimbDraft, *arguments: object) -> object:
            counts["all"] += 1
            return method(limb, *arguments)

        monkeypatch.setattr(LimbDraft, name, counted)

    count("may_take")
    count("values")
    calls = []
    for rules in (15, 30):
        counts.clear()
        reading = reading_of(act_of(rules, "This Act does not apply to murder."))
        excluded = [each.limb for each in reading.proposals if each.field == "offences.excluded"]
        assert excluded == list(range(1, rules + 1))
        calls.append(counts["all"])
    assert calls[1] < 2.5 * calls[0]


def test_each_limit_of_an_act_is_of_each_rule() -> None:
    limits = ("This Act does not apply to murder.", "This Act does not apply to violent offences.")
    reading = reading_of(act_of(14, *limits))
    excluded = [each for each in reading.proposals if each.field == "offences.excluded"]
    assert Counter(each.value for each in excluded) == {"scheduled": 14, "violent": 14}
    unread = reading_of(act_of(14, *limits, "Nothing in this Act gives a recruiter any advantage."))
    assert len(unread.unread) == 14
    assert not has_no_link(unread)
