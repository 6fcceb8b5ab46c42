"""Who acts, who decides, and which sentences give no relief to a victim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

FOR_ANY_OFFENCE = "for any offence committed as a direct result of being trafficked"


def read_values(corpus: Corpus, text: str, *fields: str) -> set[tuple[int, str, str]]:
    """Return limb, field and value of the proposals for some fields."""
    proposals = suggest(corpus.codebook, text, "en").proposals
    return {(each.limb, each.field, each.value) for each in proposals if each.field in fields}


@pytest.mark.parametrize(
    ("rule", "decides"),
    [
        ("The court may discharge a victim of trafficking without penalty", {"court"}),
        ("The court shall vacate the conviction of a victim of trafficking", {"court"}),
        ("The prosecutor shall consider not prosecuting a victim of trafficking", {"prosecutor"}),
        # An authority that is only forbidden to act decides nothing.
        ("No court shall punish a victim of trafficking", set()),
        ("A police officer shall not arrest a victim of trafficking", set()),
        ("Each Party may refrain from punishing a victim of trafficking", set()),
    ],
)
def test_authority_that_is_to_act_decides(rule: str, decides: set[str], corpus: Corpus) -> None:
    text = f"{rule} {FOR_ANY_OFFENCE}."
    assert len(read_values(corpus, text, "addressee")) == 1
    assert {value for _, _, value in read_values(corpus, text, "decision")} == decides


@pytest.mark.parametrize(
    ("start", "force", "duty"),
    [
        (
            "Each Party shall ensure that a victim of trafficking is not punished",
            "mandatory",
            "shall",
        ),
        ("States should refrain from punishing a victim of trafficking", "mandatory", "should"),
        ("Invites Governments to consider not punishing victims", "consideration", "encouraged"),
        ("Prosecutors should not prosecute a victim of trafficking", "mandatory", "should"),
    ],
)
def test_duty_is_apart_from_force(start: str, force: str, duty: str, corpus: Corpus) -> None:
    values = read_values(corpus, f"{start} {FOR_ANY_OFFENCE}.", "force", "duty")
    assert values == {(1, "force", force), (1, "duty", duty)}


def test_duty_is_that_of_the_words_before_the_relief(corpus: Corpus) -> None:
    text = (
        "The Assembly: (a) Urges Governments not to punish victims of trafficking for unlawful "
        "acts; (b) Encourages Governments to train judges."
    )
    assert read_values(corpus, text, "duty") == {(1, "duty", "should")}


def test_other_rules_of_guidance_are_duties(corpus: Corpus) -> None:
    text = (
        f"Prosecutors should consider not prosecuting a victim of trafficking {FOR_ANY_OFFENCE}. "
        "They must not charge a child who is a victim of trafficking for any offence."
    )
    assert read_values(corpus, text, "duty") == {(1, "duty", "should"), (2, "duty", "shall")}
    statute = text.replace("should", "must")
    assert read_values(corpus, statute, "duty") == set()


def test_defence_is_mandatory(corpus: Corpus) -> None:
    text = f"A victim of trafficking may plead a defence to a charge {FOR_ANY_OFFENCE}."
    assert read_values(corpus, text, "relief", "force") == {
        (1, "relief", "defence"),
        (1, "force", "mandatory"),
    }


def test_evidential_burden_is_no_legal_burden(corpus: Corpus) -> None:
    text = (
        "It is a defence for an accused who is a victim of trafficking to show that he was "
        "compelled to commit the offence. The accused has shown this if sufficient evidence is "
        "adduced to raise an issue and the prosecution does not disprove it."
    )
    assert read_values(corpus, text, "burden", "raised_by") == {
        (0, "raised_by", "accused"),
        (0, "burden", "evidential"),
        (0, "burden", "prosecution"),
    }


@pytest.mark.parametrize(
    "duty",
    [
        "The prosecutor shall verify whether the person has the status of a victim of trafficking.",
        "The motion must be made in the course of the year after the person ceased to be a victim.",
    ],
)
def test_duty_without_an_offence_is_no_rule(duty: str, corpus: Corpus) -> None:
    rule = f"The court may vacate the conviction of a victim of trafficking {FOR_ANY_OFFENCE}."
    assert {limb for limb, _, _ in read_values(corpus, f"{rule} {duty}", "relief", "force")} == {1}
