"""How a sentence is divided into limbs, and which values belong to which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

VICTIM = "A victim of trafficking shall not be prosecuted for"

REDUCE_OR_NONE = (
    "The court may reduce the sentence of a victim of trafficking where the offence was related to "
    "the trafficking, and shall impose no sentence where the victim was compelled to commit the "
    "offence."
)


def limbs(corpus: Corpus, text: str, *fields: str) -> list[list[str]]:
    """Return the values of some fields that are proposed for each limb of a text in English."""
    proposals = suggest(corpus.codebook, text, "en").proposals
    numbers = sorted({each.limb for each in proposals if each.limb})
    return [
        [each.value for each in proposals if each.limb == number and each.field in fields]
        for number in numbers
    ]


def test_means_belong_to_the_limb_of_compulsion(corpus: Corpus) -> None:
    text = (
        f"{VICTIM} an offence that was incidental to the trafficking, or that was committed under "
        "threats made by the trafficker."
    )
    fields = ("link", "compulsion", "compelled_by")
    assert limbs(corpus, text, *fields) == [["incident"], ["compulsion", "threats", "trafficker"]]


def test_later_words_on_compulsion_reach_its_limb(corpus: Corpus) -> None:
    text = (
        f"(1) {VICTIM} an offence that he was compelled to commit or that was a direct result of "
        "the trafficking.\n"
        "(2) He may have been compelled by another person or by his circumstances."
    )
    assert limbs(corpus, text, "link", "compelled_by") == [
        ["compulsion", "circumstances", "trafficker"],
        ["direct_result"],
    ]


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("in the course of, or by reason of, his being trafficked", ["in_process", "consequence"]),
        ("as a direct result of, or incident to, the trafficking", ["direct_result", "incident"]),
        ("as a result of, or in connection with, the trafficking", ["consequence", "relation"]),
    ],
)
def test_links_with_a_common_object_are_two_limbs(
    words: str, links: list[str], corpus: Corpus
) -> None:
    text = f"{VICTIM} any offence committed {words}."
    assert limbs(corpus, text, "link") == [[link] for link in links]


def test_item_for_any_other_offence_has_the_link(corpus: Corpus) -> None:
    text = (
        f"{VICTIM}\n(a) prostitution; or\n"
        "(b) any other offence committed as a direct result of the trafficking."
    )
    assert limbs(corpus, text, "offences.extent", "link") == [
        ["listed", "none"],
        ["any", "direct_result"],
    ]


def test_items_with_relief_of_their_own_are_limbs(corpus: Corpus) -> None:
    text = (
        "The Parties shall:\n"
        "(a) not prosecute victims for offences committed in the course of the trafficking; and\n"
        "(b) set aside the convictions of victims for such offences."
    )
    assert limbs(corpus, text, "relief", "link") == [
        ["in_process", "no_prosecution"],
        ["in_process", "vacatur"],
    ]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("A child victim shall not be detained.", ["none"]),
        ("A child victim shall not be detained when the moon is full.", []),
    ],
)
def test_relief_for_any_reason_requires_no_link(
    text: str, links: list[str], corpus: Corpus
) -> None:
    assert limbs(corpus, text, "link") == [links]


def test_compulsion_that_need_not_be_shown_is_no_link(corpus: Corpus) -> None:
    text = "A child victim shall not be prosecuted for any offence. Compulsion is not required."
    assert limbs(corpus, text, "link", "compulsion") == [["none"]]


def test_items_that_differ_in_force_are_limbs(corpus: Corpus) -> None:
    text = (
        "Where a victim of trafficking is convicted of an offence committed under coercion by the "
        "trafficker, the court:\n"
        "(a) shall not impose imprisonment; and\n(b) may order that no punishment be imposed."
    )
    assert limbs(corpus, text, "relief", "force", "link", "compelled_by") == [
        ["compulsion", "trafficker", "no_imprisonment", "mandatory"],
        ["compulsion", "trafficker", "no_penalty", "discretionary"],
    ]


def test_limb_that_refers_back_takes_who_compelled(corpus: Corpus) -> None:
    text = (
        f"(1) {VICTIM} an offence that the trafficker compelled him to commit.\n"
        "(2) The court may vacate a conviction for such an offence."
    )
    assert limbs(corpus, text, "link", "compelled_by") == [["compulsion", "trafficker"]] * 2


@pytest.mark.parametrize(
    ("later", "links"),
    [
        ("An officer shall take a child referred to in subsection (1) to the gardener.", ["none"]),
        ("A child referred to in subsection (1) must have been compelled to act.", []),
        ("Subsection (1) is for the gardener's children.", []),
    ],
)
def test_mention_of_a_rule_is_no_limit_of_it(later: str, links: list[str], corpus: Corpus) -> None:
    text = f"(1) A child victim shall not be prosecuted for any offence.\n(2) {later}"
    assert limbs(corpus, text, "link") == [links]


def test_list_of_clauses_with_full_stops_is_one_sentence(corpus: Corpus) -> None:
    text = (
        "The court shall set aside the conviction of a victim of trafficking if the victim proves "
        "both of the following:\n(1) That he or she was coerced into committing the offence.\n"
        "(2) That the coercion was a direct result of his or her being a victim of trafficking in "
        "persons within the country or abroad."
    )
    assert limbs(corpus, text, "link") == [["compulsion", "direct_result"]]


def test_last_item_after_and_has_the_link(corpus: Corpus) -> None:
    text = (
        f"{VICTIM} (a) immigration offences; (b) prostitution; and (c) any other offence that is a "
        "direct result of the trafficking."
    )
    assert limbs(corpus, text, "offences.extent", "link") == [
        ["listed", "none"],
        ["any", "direct_result"],
    ]


def test_items_of_other_force_and_offences_are_rules(corpus: Corpus) -> None:
    text = (
        "States should:\n(a) ensure that victims of trafficking are not arrested for prostitution;"
        "\n(b) consider not punishing victims for unlawful acts related to the trafficking."
    )
    assert limbs(corpus, text, "offences.extent", "link", "force") == [
        ["listed", "none", "mandatory"],
        ["any_unlawful_act", "relation", "consideration"],
    ]


def test_link_that_the_accused_must_prove(corpus: Corpus) -> None:
    text = (
        "(1) A victim of trafficking may petition the court to vacate a conviction for an offence."
        "\n(2) The petitioner bears the burden of proving that the petitioner acted because of "
        "threats made by the trafficker."
    )
    fields = ("link", "compulsion", "compelled_by")
    assert limbs(corpus, text, *fields) == [["compulsion", "threats", "trafficker"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{VICTIM} illegal entry, nor punished for an offence that he was compelled to commit.",
            [["no_prosecution", "none"], ["no_penalty", "compulsion"]],
        ),
        (
            REDUCE_OR_NONE,
            [["mitigation", "relation"], ["no_penalty", "compulsion"]],
        ),
        (
            f"{VICTIM} or punished for an offence that he was compelled to commit.",
            [["no_penalty", "no_prosecution", "compulsion"]],
        ),
    ],
)
def test_reliefs_with_limits_of_their_own_are_limbs(
    text: str, expected: list[list[str]], corpus: Corpus
) -> None:
    assert [sorted(each) for each in limbs(corpus, text, "relief", "link")] == [
        sorted(limb) for limb in expected
    ]


def test_items_that_begin_with_a_condition_are_limbs(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking shall not be prosecuted for an offence:\n(a) when the offence was "
        "ordered by the trafficker;\n(b) when the offence was part of the trafficking scheme; "
        "and\n(c) when the victim was compelled to commit it."
    )
    assert limbs(corpus, text, "link") == [["at_direction"], ["part_of_scheme"], ["compulsion"]]


def test_adults_and_children_with_links_are_limbs(corpus: Corpus) -> None:
    text = (
        "An adult victim who was compelled to commit the offence, and a child victim who committed "
        "it as a direct consequence of the exploitation, shall not be convicted of the offence."
    )
    assert limbs(corpus, text, "persons", "link") == [
        ["adult", "compulsion"],
        ["child", "direct_consequence"],
    ]


def test_status_offences_and_others_are_two_limbs(corpus: Corpus) -> None:
    text = (
        f"{VICTIM} status-related offences and for other unlawful acts that he committed as a "
        "direct consequence of the trafficking."
    )
    assert limbs(corpus, text, "offences.extent", "link") == [
        ["status_related", "relation"],
        ["any_unlawful_act", "direct_consequence"],
    ]


def test_later_relief_has_the_link_of_the_first(corpus: Corpus) -> None:
    text = (
        "(1) A victim of trafficking shall not be charged with an offence committed as a direct "
        "result of the trafficking.\n(2) If a charge has already been brought, the prosecutor "
        "shall withdraw it.\n(3) If the victim has already been convicted, the court shall set "
        "the conviction aside."
    )
    assert limbs(corpus, text, "relief", "link") == [
        ["direct_result", "no_charge"],
        ["direct_result", "discontinuance"],
        ["direct_result", "vacatur"],
    ]


def test_another_authority_has_a_limb_of_its_own(corpus: Corpus) -> None:
    text = (
        "The prosecutor may terminate the proceedings against a victim of trafficking if the "
        "offence was a result of the trafficking. The court may terminate the proceedings on the "
        "same ground."
    )
    assert limbs(corpus, text, "addressee") == [["prosecutor"], ["court"]]


def test_such_an_offence_is_that_of_the_last_rule(corpus: Corpus) -> None:
    text = (
        "A trafficked person:\n(a) shall not be detained for an offence under the Aliens Act;\n"
        "(b) shall not be punished for any offence that he was compelled to commit; and\n"
        "(c) may ask the court to quash a conviction for such an offence, which the court may do."
    )
    assert limbs(corpus, text, "link")[1:] == [["compulsion"], ["compulsion"]]


@pytest.mark.parametrize(
    ("variation", "expected"),
    [
        (
            (
                "In the case of a child it is enough that the act was committed in the course of "
                "the trafficking."
            ),
            ["child", "in_process", "no_penalty", "mandatory"],
        ),
        (
            "Where the victim is a child, it is not necessary to show compulsion.",
            ["child", "none", "no_penalty", "mandatory"],
        ),
        (
            (
                "Where the victim is a child, it is not necessary to show compulsion. The child "
                "shall not be prosecuted for any offence connected with the trafficking."
            ),
            ["child", "relation", "no_prosecution", "mandatory"],
        ),
    ],
)
def test_rule_is_relaxed_for_children(variation: str, expected: list[str], corpus: Corpus) -> None:
    text = (
        "(1) An adult victim of trafficking shall not be punished for any offence that he was "
        f"compelled to commit.\n(2) {variation}"
    )
    fields = ("persons", "link", "relief", "force")
    assert limbs(corpus, text, *fields) == [
        ["adult", "compulsion", "no_penalty", "mandatory"],
        expected,
    ]


def test_pronouns_do_not_join_two_links(corpus: Corpus) -> None:
    text = (
        f"{VICTIM} an offence if it was because the victim had been trafficked that he or she was "
        "compelled to commit it."
    )
    assert limbs(corpus, text, "link") == [["consequence", "compulsion"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "shall vacate the conviction and may expunge the record",
            [["vacatur", "mandatory"], ["expungement", "discretionary"]],
        ),
        (
            "may vacate the conviction and shall seal the record",
            [["vacatur", "discretionary"], ["expungement", "mandatory"]],
        ),
        (
            "shall vacate the conviction and shall seal the record",
            [["vacatur", "expungement", "mandatory"]],
        ),
    ],
)
def test_verbs_with_another_force_are_two_limbs(
    words: str, expected: list[list[str]], corpus: Corpus
) -> None:
    text = (
        "A victim of trafficking may petition the court for vacatur of a conviction for an offence "
        f"that was a result of the trafficking. The court {words}."
    )
    assert [sorted(limb) for limb in limbs(corpus, text, "relief", "force")] == [
        sorted(limb) for limb in expected
    ]


@pytest.mark.parametrize(
    "words", ["and for their participation in", "and for taking part in", "and for"]
)
def test_link_is_of_the_second_kind_of_act_only(words: str, corpus: Corpus) -> None:
    text = (
        f"{VICTIM} irregular entry {words} unlawful activities that are a direct consequence of "
        "the trafficking."
    )
    assert limbs(corpus, text, "offences.extent", "link") == [
        ["listed", "none"],
        ["any_unlawful_act", "direct_consequence"],
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            "Where the victim has been convicted, the court may vacate the conviction.",
            ["any", "compulsion", "threats", "vacatur"],
        ),
        ("Such workers shall not be detained.", ["no_detention"]),
    ],
)
def test_later_rule_takes_what_it_is_about(
    second: str, expected: list[str], corpus: Corpus
) -> None:
    text = f"(1) {VICTIM} an offence committed under threats.\n\n(2) {second}"
    fields = ("offences.extent", "link", "compulsion", "relief")
    assert sorted(limbs(corpus, text, *fields)[1]) == sorted(expected)


def test_facts_and_the_rule_on_them_are_one_limb(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking who has been coerced by the trafficker into committing an offence "
        "may be left with no real choice. Prosecutors should consider whether the public interest "
        "requires the prosecution of the victim for that offence."
    )
    assert limbs(corpus, text, "link", "relief", "force", "addressee") == [
        ["compulsion", "no_prosecution", "consideration", "prosecutor"]
    ]


@pytest.mark.parametrize(
    ("words", "count"), [("dans le pays où elle se trouve", 1), ("ou qu'elle a commise", 2)]
)
def test_french_where_joins_no_alternatives(words: str, count: int, corpus: Corpus) -> None:
    text = (
        "La victime de la traite n'est pas punie pour une infraction qu'elle a été contrainte de "
        f"commettre {words} en raison de la traite."
    )
    assert {each.limb for each in suggest(corpus.codebook, text).proposals} == {
        *range(1, count + 1)
    }


def test_alternatives_after_who_ordered_the_act_are_limbs(corpus: Corpus) -> None:
    text = (
        "If the offence was committed by order of the trafficker, or that it was a part of the "
        "trafficking scheme is shown, the court must impose a less severe sentence on the victim."
    )
    assert limbs(corpus, text, "link") == [["at_direction"], ["part_of_scheme"]]
