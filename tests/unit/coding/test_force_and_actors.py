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


@pytest.mark.parametrize(
    "sentence",
    [
        "A victim of trafficking shall not be required to discontinue any proceedings.",
        "There shall be no charge for medical treatment of a victim of trafficking.",
        (
            "A conviction of the trafficker shall not be set aside because the victim was not "
            "prosecuted."
        ),
        "No person who was not at the time a victim shall be granted immunity from prosecution.",
        "No statement of a victim of trafficking shall be used to prosecute the victim.",
        "No filing fee may be charged for the motion of a victim of trafficking.",
        "An official who causes a victim to be punished shall be dismissed from the service.",
        "Where proceedings against a victim are withdrawn, the court shall order his release.",
    ],
)
def test_sentence_on_something_else_gives_no_relief(sentence: str, corpus: Corpus) -> None:
    assert [each for each in suggest(corpus.codebook, sentence, "en").proposals if each.limb] == []
    rule = f"A victim of trafficking shall not be arrested {FOR_ANY_OFFENCE}."
    assert read_values(corpus, f"{rule} {sentence}", "relief") == {(1, "relief", "no_arrest")}


PETITION = (
    "A person convicted of prostitution as a direct result of being trafficked may petition the "
    "court to vacate the conviction."
)


@pytest.mark.parametrize(
    ("answer", "force"),
    [
        ("The court may grant the petition.", "discretionary"),
        ("The court shall vacate the conviction if the petitioner was a victim.", "mandatory"),
    ],
)
def test_petition_and_its_answer_are_one_limb(answer: str, force: str, corpus: Corpus) -> None:
    values = read_values(
        corpus, f"{PETITION} {answer}", "relief", "force", "link", "decision", "raised_by"
    )
    assert values == {
        (0, "raised_by", "accused"),
        (1, "relief", "vacatur"),
        (1, "force", force),
        (1, "link", "direct_result"),
        (1, "decision", "court"),
    }


def test_alternatives_of_a_petition_stay_apart(corpus: Corpus) -> None:
    text = (
        "A person may petition the court to vacate a conviction for an offence that was a direct "
        "result of, or related to, the trafficking of the person. The court may grant the petition."
    )
    assert read_values(corpus, text, "link", "force") == {
        (1, "link", "direct_result"),
        (1, "force", "discretionary"),
        (2, "link", "relation"),
        (2, "force", "discretionary"),
    }


def test_further_relief_follows_the_relief_before(corpus: Corpus) -> None:
    text = (
        f"The court may vacate the conviction of a victim of trafficking {FOR_ANY_OFFENCE}. Where "
        "the court grants the motion, it must also direct that the record be sealed."
    )
    assert read_values(corpus, text, "relief", "force") == {
        (1, "relief", "vacatur"),
        (1, "relief", "expungement"),
        (1, "force", "discretionary"),
    }


def test_what_is_not_needed_is_not_required(corpus: Corpus) -> None:
    text = (
        f"A victim of trafficking shall not be arrested {FOR_ANY_OFFENCE}. This section applies "
        "whether or not the person (a) has been certified as a victim; or (b) is willing to give "
        "evidence."
    )
    assert read_values(corpus, text, "status_required", "cooperation") == {
        (1, "status_required", "none"),
        (1, "cooperation", "expressly_irrelevant"),
    }


def test_other_force_after_a_choice_is_a_rule_of_its_own(corpus: Corpus) -> None:
    text = (
        "Where a victim of trafficking committed a crime as a result of the trafficking, the "
        "punishment may be reduced. If he has reported it to the police, the punishment shall be "
        "reduced."
    )
    assert read_values(corpus, text, "relief", "force") == {
        (1, "relief", "mitigation"),
        (1, "force", "discretionary"),
        (2, "relief", "mitigation"),
        (2, "force", "mandatory"),
    }
