"""What an article requires in sentences of their own."""

from __future__ import annotations

from bundled import CODEBOOK

from npcompare.coding.suggestions import Suggestion, suggest

RULE = "(1) A victim of trafficking shall not be punished for any offence{}.\n"
CONDITIONS = (
    "(2) Condition A is that the person was compelled to do the act.\n"
    "(3) Condition B is that the act was directly related to the trafficking.\n"
)


def read(text: str) -> Suggestion:
    return suggest(CODEBOOK, text, "en")


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


SCOPE = (
    "This section applies to an offence that resulted from the trafficking or that the victim was "
    "compelled to commit.\n"
)


def test_alternative_links_of_offences_make_limbs() -> None:
    before = (
        f"(1) {SCOPE}(2) A victim of trafficking shall not be prosecuted for such an offence.\n"
    )
    after = (
        "(1) A victim of trafficking shall not be prosecuted for an offence to which this section "
        f"applies.\n(2) {SCOPE}"
    )
    for text in (before, after):
        assert links(text) == [{"consequence"}, {"compulsion"}]
        assert read(text).unread == ()
        limbs = read(text).proposals
        first, second = ([each for each in limbs if each.limb == number] for number in (1, 2))
        rules = [[(each.field, each.value) for each in limb] for limb in (first, second)]
        assert rules[0] == [
            ("persons", "any_victim"),
            ("offences.extent", "any"),
            ("link", "consequence"),
            ("relief", "no_prosecution"),
            ("force", "mandatory"),
        ]
        assert [each for each in rules[1] if each[0] != "link"] == [
            each for each in rules[0] if each[0] != "link"
        ]


def test_rule_with_a_link_takes_no_alternative() -> None:
    rule = (
        "(2) A victim of trafficking shall not be punished for an offence connected with the "
        "trafficking.\n"
    )
    assert links(f"(1) {SCOPE}{rule}") == [{"relation"}]


def test_rule_that_refers_back_has_each_alternative() -> None:
    text = (
        f"(1) {SCOPE}(2) A victim of trafficking shall not be prosecuted for such an offence.\n"
        "(3) Where the victim was convicted of such an offence, the court shall vacate the "
        "conviction.\n"
    )
    assert links(text) == [{"consequence"}, {"compulsion"}] * 2


def test_means_belong_to_their_alternative() -> None:
    scope = SCOPE.replace("compelled to", "compelled by threats to")
    rule = "(2) A victim of trafficking shall not be prosecuted for such an offence.\n"
    reading = read(f"(1) {scope}{rule}")
    means = [(each.limb, each.value) for each in reading.proposals if each.field == "compulsion"]
    assert means == [(2, "threats")]
    assert reading.unread == ()


def test_means_of_covered_offences_are_those_of_each_rule() -> None:
    text = (
        "(1) This section applies to an offence that the victim was compelled by threats to commit."
        "\n(2) A victim of trafficking shall not be prosecuted for such an offence.\n"
    )
    means = [(each.limb, each.value) for each in read(text).proposals if each.field == "compulsion"]
    assert means == [(1, "threats")]


def test_definition_of_compulsion_gives_its_means() -> None:
    text = (
        '(1) In this section "compel" includes the use of violence and debt bondage.\n'
        "(2) A victim of trafficking is not liable for any offence that he or she was compelled to "
        "commit.\n(3) A victim shall not be arrested for an offence related to the trafficking.\n"
    )
    means = [(each.limb, each.value) for each in read(text).proposals if each.field == "compulsion"]
    assert means == [(1, "force"), (1, "debt")]
