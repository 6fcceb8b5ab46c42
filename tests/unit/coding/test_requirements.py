"""What an article requires in sentences of their own."""

from __future__ import annotations

from npcompare.coding.suggestions import Suggestion, suggest
from npcompare.law.corpus import load_corpus

RULE = "(1) A victim of trafficking shall not be punished for any offence{}.\n"
CONDITIONS = (
    "(2) Condition A is that the person was compelled to do the act.\n"
    "(3) Condition B is that the act was directly related to the trafficking.\n"
)


def read(text: str) -> Suggestion:
    return suggest(load_corpus().codebook, text, "en")


def links(text: str) -> list[set[str]]:
    """Return the links of each limb."""
    proposals = read(text).proposals
    numbers = sorted({each.limb for each in proposals if each.limb})
    return [
        {each.value for each in proposals if each.limb == number and each.field == "link"}
        for number in numbers
    ]


def test_named_conditions_belong_to_their_rules() -> None:
    text = (
        "(1) It is a defence for an adult who is charged with an offence to show that conditions "
        f"A and B are met.\n{CONDITIONS}"
        "(4) It is a defence for a child who is charged with an offence to show that condition B "
        "is met.\n"
    )
    assert links(text) == [{"compulsion", "direct_relation"}, {"direct_relation"}]
    assert not read(text).unread


def test_condition_that_is_not_stated_is_unread() -> None:
    text = RULE.format(" if conditions A and C are met") + CONDITIONS
    suggestion = read(text)
    assert links(text) == [{"compulsion"}]
    assert "if conditions A and C are met" in [
        suggestion.words(*each) for each in suggestion.unread
    ]


def test_conditions_of_a_rule_may_follow_it() -> None:
    text = RULE.format(" if the conditions in subsection (2) are met") + (
        "(2) The conditions are that the victim was compelled to commit the offence and that the "
        "offence was a direct consequence of the trafficking.\n"
    )
    assert links(text) == [{"compulsion", "direct_consequence"}]


def test_rule_may_apply_only_with_a_link() -> None:
    only = (
        "(2) Subsection (1) applies only where the offence was a direct result of the trafficking."
    )
    assert links(RULE.format("") + only) == [{"direct_result"}]


def test_further_application_is_unread() -> None:
    also = "(2) Subsection (1) also applies where the victim was compelled."
    assert links(RULE.format("") + also) == [set()]
    assert read(RULE.format("") + also).unread


def test_alternative_requirements_are_unread() -> None:
    either = (
        "(2) Subsection (1) applies only where the victim was compelled to commit the offence or "
        "the offence was a direct result of the trafficking."
    )
    assert links(RULE.format("") + either) == [set()]
    assert read(RULE.format("") + either).unread


def test_link_of_covered_offences_is_that_of_each_rule() -> None:
    text = (
        "(1) This section applies to an offence that was connected with the offender having been "
        "trafficked.\n(2) The court shall reduce the sentence for the offence.\n"
        "(3) If the offender was a child, the court must not impose a sentence of imprisonment.\n"
    )
    assert links(text) == [{"relation"}, {"relation"}]


def test_definition_of_compulsion_gives_its_means() -> None:
    text = (
        '(1) In this section "compel" includes the use of violence and debt bondage.\n'
        "(2) A victim of trafficking is not liable for any offence that he or she was compelled to "
        "commit.\n(3) A victim shall not be arrested for an offence related to the trafficking.\n"
    )
    means = [(each.limb, each.value) for each in read(text).proposals if each.field == "compulsion"]
    assert means == [(1, "force"), (1, "debt")]
