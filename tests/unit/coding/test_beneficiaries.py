"""Who receives a relief: a victim, or somebody else that the sentence names."""

from __future__ import annotations

import pytest
from bundled import CODEBOOK

from npcompare.coding.suggestions import suggest

OF_OTHERS = {
    "subject": "A bailiff or witness who shelters a victim of trafficking shall not be punished.",
    "object": "Where a victim of trafficking is found, the police shall not charge the occupier.",
    "authority": "A police officer who detains a victim of trafficking is not liable.",
    "ensured to another": (
        "The State shall ensure that a witness who helps a victim of trafficking is not punished."
    ),
    "victim besides": "A person who harbours a victim of trafficking commits no offence.",
    "pronoun": "Where a trafficker has paid a victim of trafficking, he shall not be imprisoned.",
    "act of another": "The conviction of the trafficker of a victim shall be expunged.",
    "others after offences": (
        "No son punibles por la tenencia de documentos falsos, por su ingreso irregular al "
        "país o por el ejercicio de la prostitución los clientes de las víctimas de trata."
    ),
    "inverted": "Quedará exento de pena el cliente que denuncie la trata de la víctima.",
    "described by a link": "A trafficker who was compelled to commit it shall not be punished.",
    "relative clause": "Le client qui ignore l'âge de la victime de traite n'est pas punissable.",
}

OF_VICTIMS = {
    "subject": "A victim of trafficking who was hired by an employer shall not be punished.",
    "object": "The police shall not charge a victim of trafficking who assists the occupier.",
    "authority": "A court which convicts a trafficked person shall not pass a sentence.",
    "identity": "A person shall not be prosecuted if the accused is found to be a victim.",
    "pronoun": "Where a person is a victim of trafficking, he shall not be imprisoned.",
    "act of a victim": "An offence committed by a victim of trafficking shall not be punished.",
    "act meant by a pronoun": "Ces actes ne sont pas punis s'ils sont commis par une victime.",
    "act against a victim": "Proceedings against a victim of trafficking shall be discontinued.",
    "penalty": "No penalty shall be imposed on a victim of trafficking.",
    "subject after offences": (
        "No son punibles por la tenencia de documentos falsos, por su ingreso irregular al "
        "país o por el ejercicio de la prostitución las víctimas de trata."
    ),
    "by a court": "The High Court may quash a conviction entered against a victim of trafficking.",
    "a child of the police": "The police shall not hold a child victim of trafficking in custody.",
    "authorities in a list": "La policía y los jueces no podrán detener a la víctima de trata.",
    "acts of victims": "Los hechos en que incurran las víctimas de trata no serán sancionados.",
    "other name": "The State ensures that apprentices who are victims are exempted from liability.",
    "joined names": "The State shall ensure that women and girls who are victims are not punished.",
    "two nouns": "Les personnes victimes de la traite ne peuvent être punies.",
    "after a hyphen": "Article 10 : I - Les victimes de la traite ne sont pas détenues.",
    "inverted": "No serán responsables penal ni civilmente las víctimas de trata.",
    "second predicate": (
        "The State shall ensure that trafficked persons are treated as victims, and are not fined."
    ),
    "sponsor in an offence": (
        "No penalty for working for other than the sponsor shall be imposed upon a victim."
    ),
    "after a clause of time": (
        "A trafficked person who was a minor when such an offence was committed is not liable "
        "to any penalty for it."
    ),
    "pronoun in the relief": (
        "Where the accused is a victim of trafficking, the court shall order that he be discharged."
    ),
    "ensured by an authority": (
        "States should ensure that a victim of trafficking found in the country is not punished."
    ),
    "act without a noun": "Begging done by a victim of trafficking shall not be punishable.",
    "nobody is erased": (
        "The police shall cause to be removed from the records every charge against a victim."
    ),
}

#: Reliefs that are events in the condition of another rule.
EVENTS = {
    "until": "A victim of trafficking may stay until the prosecution is discontinued.",
    "if": "If a victim of trafficking is not prosecuted, the court shall order a refund.",
    "si": "Si la victime de la traite n'est pas poursuivie, le juge ordonne la restitution.",
}


def reliefs(text: str) -> set[str]:
    suggestion = suggest(CODEBOOK, text)
    return {each.value for each in suggestion.proposals if each.field == "relief"}


@pytest.mark.parametrize("name", OF_OTHERS)
def test_relief_of_others_is_not_proposed(name: str) -> None:
    assert not reliefs(OF_OTHERS[name])


@pytest.mark.parametrize("name", OF_VICTIMS)
def test_relief_of_victims_is_proposed(name: str) -> None:
    assert reliefs(OF_VICTIMS[name])


@pytest.mark.parametrize("name", EVENTS)
def test_event_is_no_relief(name: str) -> None:
    assert not reliefs(EVENTS[name])


def test_relief_after_a_short_condition_is_proposed() -> None:
    text = "If the victim of trafficking was compelled, no penalty shall be imposed on the victim."
    assert reliefs(text) == {"no_penalty"}


def test_relief_of_another_besides_a_victim() -> None:
    text = (
        "The witness shall not be imprisoned, and the victim of trafficking shall not be punished."
    )
    assert reliefs(text) == {"no_penalty"}


def test_question_gives_no_relief() -> None:
    assert not reliefs("Is a victim of trafficking exempt from punishment?")
