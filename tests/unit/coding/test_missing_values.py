"""Nothing is missing in silence: a rule without its offences, link or force is listed as unread."""

from __future__ import annotations

import pytest
from bundled import CODEBOOK

from npcompare.coding.suggestions import Suggestion, suggest


def reading_of(text: str) -> Suggestion:
    return suggest(CODEBOOK, text)


def unread(reading: Suggestion) -> list[str]:
    return [reading.words(*place) for place in reading.unread]


def values(reading: Suggestion, field: str) -> list[tuple[int, str]]:
    return [(each.limb, each.value) for each in reading.proposals if each.field == field]


ACTED = (
    "The court may refrain from imposing a penalty on an adult victim of trafficking who acted "
    "under compulsion."
)
A_AGI = (
    "Le tribunal peut dispenser de peine la victime majeure qui a agi sous la contrainte de "
    "l'exploitant."
)
DE_NO_HABER_SIDO = (
    "El fiscal dispondrá el archivo de las actuaciones seguidas contra quien sea víctima de trata, "
    "si de no haber sido tratada no habría cometido el delito que se le atribuye."
)


@pytest.mark.parametrize(
    ("text", "field"),
    [(ACTED, "offences.extent"), (A_AGI, "offences.extent"), (DE_NO_HABER_SIDO, "link")],
)
def test_rule_without_a_value_is_listed(text: str, field: str) -> None:
    reading = reading_of(text)
    assert values(reading, "relief")
    assert values(reading, field) == []
    assert unread(reading) == [text]


def test_detention_needs_no_offences() -> None:
    reading = reading_of("Victims of trafficking in persons shall not be detained.")
    assert values(reading, "offences.extent") == []
    assert unread(reading) == []


EFFACER = (
    "Les États sont invités à effacer les condamnations prononcées contre les victimes de la "
    "traite pour les infractions qu'elles ont été contraintes de commettre."
)
EXPUNGE = (
    "States are invited to: (a) refrain from prosecuting victims of trafficking for offences "
    "they were compelled to commit; (b) expunge convictions for such offences."
)


@pytest.mark.parametrize("text", [EFFACER, EXPUNGE])
def test_invited_act_is_the_act_itself(text: str) -> None:
    reading = reading_of(text)
    limbs = {limb for limb, _ in values(reading, "relief")}
    assert values(reading, "force") == [(limb, "mandatory") for limb in sorted(limbs)]
    assert unread(reading) == []


def test_lesser_sentence_takes_no_liability() -> None:
    reading = reading_of(
        "Está exenta de responsabilidad penal la víctima de trata de personas que, obligada por "
        "el tratante, comete un delito sancionable con privación de libertad de hasta tres años. "
        "Si el delito tiene prevista una sanción superior, el tribunal puede rebajar hasta la "
        "mitad el límite mínimo de la sanción."
    )
    assert values(reading, "relief") == [(1, "no_liability"), (2, "mitigation")]
    assert values(reading, "liability") == [(1, "criminal")]


RULE = "The prosecutor shall not charge a victim of trafficking with prostitution. "
CHOICE = "The prosecutor may refrain from charging a victim of trafficking with any other offence. "
CONSENT = "A decision to prosecute must be approved by a senior prosecutor."


def test_consent_to_prosecute_is_for_a_choice() -> None:
    decisions = values(reading_of(RULE + CHOICE + CONSENT), "decision")
    assert decisions == [(2, "consent_to_prosecute"), (2, "prosecutor")]


def test_consent_is_for_what_should_not_be_done() -> None:
    decisions = values(reading_of(RULE.replace("shall", "should") + CHOICE + CONSENT), "decision")
    assert (1, "consent_to_prosecute") in decisions
    assert (2, "consent_to_prosecute") in decisions


def test_consent_to_prosecute_may_limit_a_single_rule() -> None:
    assert values(reading_of(RULE + CONSENT), "decision") == [(1, "consent_to_prosecute")]


def test_authorities_of_a_state_are_not_those_that_decide() -> None:
    rule = "authorities have the power to refrain from prosecuting victims of trafficking."
    assert values(reading_of(f"Each Party shall see to it that its {rule}"), "decision") == []
    competent = reading_of(f"Each Party shall see to it that its competent {rule}")
    assert values(competent, "decision") == [(1, "competent_authority")]
