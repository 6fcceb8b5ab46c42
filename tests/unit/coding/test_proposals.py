"""coding/proposals.py: which proposed values are clear."""

from __future__ import annotations

from npcompare.coding.proposals import Proposal, Unclear, with_clarity

#: The places of two sentences.
SENTENCES = ((0, 50), (60, 90))


def proposal(limb: int, field: str, start: int, value: str = "") -> Proposal:
    return Proposal(limb, field, value, start, start + 5, "rule")


PERSONS, RELIEF = proposal(1, "persons", 0), proposal(1, "relief", 20)


def clear(*proposals: Proposal) -> list[bool]:
    return [each.is_clear for each in with_clarity(proposals, SENTENCES)]


def reasons(*proposals: Proposal) -> list[tuple[Unclear | None, tuple[int, ...]]]:
    return [(each.unclear, each.from_limbs) for each in with_clarity(proposals, SENTENCES)]


def test_rule_in_one_sentence_is_clear() -> None:
    assert clear(PERSONS, proposal(1, "link", 30), RELIEF) == [True, True, True]


def test_value_of_another_sentence_is_less_certain() -> None:
    assert clear(PERSONS, proposal(1, "link", 70), RELIEF) == [True, False, True]


def test_rule_that_names_no_person_is_less_certain() -> None:
    assert clear(proposal(1, "persons", 70), proposal(1, "link", 30)) == [False, False]
    assert clear(proposal(1, "link", 30), RELIEF) == [False, False]


def test_persons_concluded_from_the_link_are_not_named() -> None:
    link = proposal(1, "link", 0)
    assert clear(PERSONS, link, RELIEF) == [False, False, False]
    assert clear(PERSONS, proposal(1, "persons", 8), link, RELIEF) == [False, False, True, True]


def test_second_value_of_a_field_is_less_certain() -> None:
    second = proposal(1, "relief", 40, "no_penalty")
    assert clear(PERSONS, RELIEF, second) == [True, False, False]


def test_two_rules_in_a_sentence_are_less_certain() -> None:
    other = proposal(2, "relief", 40)
    assert clear(PERSONS, RELIEF, proposal(2, "persons", 0), other) == [False] * 4
    assert (
        clear(PERSONS, RELIEF, proposal(2, "persons", 60), proposal(2, "relief", 70)) == [True] * 4
    )


def test_last_sentence_with_relief_states_the_rule() -> None:
    later = proposal(1, "relief", 70, "no_penalty")
    persons = proposal(1, "persons", 60)
    assert clear(persons, RELIEF, later, proposal(1, "force", 80)) == [True, False, False, True]


def test_value_of_the_provision_is_less_certain() -> None:
    assert clear(PERSONS, RELIEF, proposal(0, "burden", 30)) == [True, True, False]


def test_reason_names_the_limb_a_value_is_from() -> None:
    first, second = proposal(1, "link", 30), proposal(2, "link", 30)
    later = proposal(2, "persons", 60), second, proposal(2, "relief", 70)
    assert reasons(PERSONS, first, RELIEF, *later)[3:] == [
        (None, ()),
        (Unclear.OTHER_SENTENCE, (1,)),
        (None, ()),
    ]


def test_reason_for_a_sentence_without_relief() -> None:
    other = reasons(PERSONS, RELIEF, proposal(1, "offences.excluded", 70))
    assert other[-1] == (Unclear.OTHER_SENTENCE, ())
    assert reasons(PERSONS) == [(Unclear.NO_RELIEF, ())]


def test_reasons_of_the_sentence_and_the_field() -> None:
    link, other = proposal(1, "link", 30), proposal(2, "relief", 40)
    assert reasons(link, RELIEF) == [(Unclear.NO_PERSONS, ())] * 2
    assert reasons(PERSONS, RELIEF, other) == [(Unclear.SHARED_SENTENCE, ())] * 3
    second = proposal(1, "relief", 70, "no_penalty")
    assert (
        reasons(RELIEF, second, proposal(1, "persons", 60))[:2] == [(Unclear.FURTHER_VALUE, ())] * 2
    )
    assert reasons(proposal(0, "burden", 30)) == [(Unclear.WHOLE_PROVISION, ())]
