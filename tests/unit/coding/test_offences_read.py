"""Which offences a text names or excludes, in drafted sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

RULE = (
    "A victim of trafficking is not liable for an offence that the victim was compelled to commit."
)


def offences(corpus: Corpus, text: str, limb: int = 0) -> set[str]:
    """Return the persons and offences proposed for a limb of a text, or for all limbs."""
    return {
        f"{each.field.removeprefix('offences.')}: {each.value}"
        for each in suggest(corpus.codebook, text).proposals
        if each.field == "persons" or each.field.startswith("offences.")
        if limb in (0, each.limb)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A victim is not liable for a minor crime that the victim was compelled to commit.",
            {"persons: any_victim", "extent: any", "excluded: gravest"},
        ),
        (
            "A child victim is not liable for an act punished by not more than a year in prison.",
            {"persons: child", "extent: any", "excluded: gravest"},
        ),
        (
            f"{RULE} This section does not apply to a violent felony.",
            {"persons: any_victim", "extent: any", "excluded: violent"},
        ),
        (
            f"{RULE} This section does not apply to a crime against a child.",
            {"persons: any_victim", "extent: any", "excluded: violent_against_children"},
        ),
    ],
)
def test_short_phrase_gives_way_to_longer(text: str, expected: set[str], corpus: Corpus) -> None:
    assert offences(corpus, text) == expected


@pytest.mark.parametrize(
    ("offence", "is_any"),
    [
        ("an offence", True),
        ("a charge of an offence", True),
        ("an offence. The offence charged must be proved", True),
        ("offences, in particular offences against the immigration laws,", True),
        ("a relevant offence", False),
        ("an offence under the Wildlife Act", False),
        ("conduct that amounts to a maritime offence", False),
    ],
)
def test_words_beside_an_offence_may_narrow_it(offence: str, is_any: bool, corpus: Corpus) -> None:
    text = f"A victim of trafficking is not liable for {offence} if the victim was compelled."
    assert ("extent: any" in offences(corpus, text)) == is_any


@pytest.mark.parametrize(
    ("exception", "excluded"),
    [
        (", unless the offence caused the death of another person", "violent"),
        (". Nothing in this section shall apply to murder", "scheduled"),
        (". Subsection (1) does not apply where the offence is one punishable by death", "gravest"),
        (". Subsection (1) does not protect a victim who recruits another person", "trafficking_"),
    ],
)
def test_exception_names_what_it_excludes(exception: str, excluded: str, corpus: Corpus) -> None:
    text = f"{RULE.removesuffix('.')}{exception}."
    found = offences(corpus, text)
    assert any(value.startswith(f"excluded: {excluded}") for value in found)
    assert "extent: listed" not in found


@pytest.mark.parametrize(
    "denial",
    [
        "A conviction for murder may not be vacated under this section.",
        "Nothing in this section prevents the prosecution of a victim for murder.",
    ],
)
def test_relief_denied_for_offences_excludes_them(denial: str, corpus: Corpus) -> None:
    expected = {"persons: any_victim", "extent: any", "excluded: scheduled"}
    assert offences(corpus, f"{RULE} {denial}") == expected


def test_exception_limits_the_subsection_it_names(corpus: Corpus) -> None:
    text = (
        "5. (1) A victim of trafficking shall not be detained for any offence.\n"
        "(2) A victim of trafficking shall not be punished for any offence resulting from it.\n"
        "(3) Subsection (2) does not apply to murder.\n"
    )
    assert "excluded: scheduled" not in offences(corpus, text, 1)
    assert "excluded: scheduled" in offences(corpus, text, 2)


def test_exception_before_relief_lists_offences(corpus: Corpus) -> None:
    text = "For an offence, other than murder, manslaughter or arson, no victim shall be punished."
    expected = {"persons: any_victim", "extent: any", "excluded: scheduled"}
    assert offences(corpus, text) == expected


DEFENCE = "It is a defence to a relevant offence that the accused was a victim who was compelled."
MEANING = "“Relevant offence” means prostitution, or a drug offence other than smuggling of drugs."


@pytest.mark.parametrize(
    "text",
    [
        f"5. (1) {DEFENCE}\n(2) {MEANING}\n",
        f"5. (1) {MEANING}\n(2) {DEFENCE}\n",
    ],
)
def test_offences_may_be_defined_elsewhere(text: str, corpus: Corpus) -> None:
    expected = {"persons: any_victim", "extent: listed"}
    expected |= {"categories: prostitution", "categories: drugs"}
    assert offences(corpus, text) == expected


def test_undefined_offences_are_not_any(corpus: Corpus) -> None:
    assert offences(corpus, f"5. (1) {DEFENCE}\n") == {"persons: any_victim"}


def test_items_may_name_offences_and_any_other(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking shall not be prosecuted for—\n"
        "(a) unlawful entry; or\n"
        "(b) any other offence, not being murder, that is a result of the trafficking.\n"
    )
    first = {"persons: any_victim", "extent: listed", "categories: immigration"}
    assert offences(corpus, text, 1) == first
    assert offences(corpus, text, 2) == {
        "persons: any_victim",
        "extent: any",
        "excluded: scheduled",
    }


def test_such_an_offence_is_one_of_those_named(corpus: Corpus) -> None:
    text = (
        "5. (1) A child victim of trafficking shall not be punished for prostitution.\n"
        "(2) The court may vacate the conviction of an adult victim for such an offence.\n"
    )
    expected = {"persons: adult", "extent: listed", "categories: prostitution"}
    assert offences(corpus, text, 2) == expected


def test_prescribed_offences_are_those_defined(corpus: Corpus) -> None:
    text = (
        "12. A victim of trafficking is not liable for a prescribed offence that the victim was "
        "compelled to commit. In this section, prescribed offence means an offence against "
        "section 4 of the Immigration Act."
    )
    assert offences(corpus, text) == {
        "persons: any_victim",
        "extent: listed",
        "categories: immigration",
    }


def test_bounds_of_an_unread_rule_limit_no_other(corpus: Corpus) -> None:
    text = (
        f"{RULE} If the victim has been forced to commit an offence punishable with imprisonment "
        "not exceeding three years, the magistrate shall ponder the matter."
    )
    assert offences(corpus, text, 1) == {"persons: any_victim", "extent: any"}


def test_exception_ends_at_the_verb_of_the_relief(corpus: Corpus) -> None:
    text = (
        "A person convicted of any offence other than murder may move to set aside the judgment on "
        "the ground that he was a victim of trafficking."
    )
    assert offences(corpus, text) == {"persons: any_victim", "extent: any", "excluded: scheduled"}


def test_details_of_an_exception_narrow_nothing(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking is not liable for an offence, other than a violent crime as "
        "listed in section 571 of the Statutes, that the victim was compelled to commit."
    )
    assert offences(corpus, text) == {"persons: any_victim", "extent: any", "excluded: violent"}


def test_unread_exception_narrows_an_offence(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking is not liable for an offence, other than an astonishing one, "
        "that the victim was compelled to commit."
    )
    assert offences(corpus, text) == {"persons: any_victim"}


def test_words_after_a_list_are_of_all_its_items(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking shall not be liable for\n"
        "(a) any offence relating to migration; or\n"
        "(b) any other criminal offence,\n"
        "that was the direct result of being trafficked.\n"
    )
    assert offences(corpus, text) == {"persons: any_victim", "extent: any"}


def test_such_acts_are_those_of_the_rule_before(corpus: Corpus) -> None:
    text = (
        "1. Trafficked persons shall not be punished for unlawful acts that they were compelled to "
        "commit.\n2. The court shall vacate convictions of trafficked persons for such acts.\n"
    )
    expected = {"persons: any_victim", "extent: any_unlawful_act"}
    assert offences(corpus, text, 2) == expected


def test_other_victims_than_children_are_adults(corpus: Corpus) -> None:
    rule = "Any other victim of trafficking shall not be punished for an offence under duress."
    child = "A child victim of trafficking shall not be punished for any offence.\n"
    assert offences(corpus, f"1. {child}2. {rule}\n", 2) == {"persons: adult", "extent: any"}
    assert offences(corpus, f"1. {rule}\n") == {"persons: any_victim", "extent: any"}


def test_lesser_relief_excludes_the_gravest_offences(corpus: Corpus) -> None:
    rule = "A victim of trafficking is not punished for an offence that results from trafficking. "
    text = f"{rule}If the offence is a felony, the penalty shall be reduced by half."
    expected = {"persons: any_victim", "extent: any", "excluded: gravest"}
    assert offences(corpus, text, 1) == expected
    without_felony = f"{rule}In other cases the penalty shall be reduced by half."
    assert offences(corpus, without_felony, 1) == {"persons: any_victim", "extent: any"}


def test_child_in_words_of_a_victim_is_a_child(corpus: Corpus) -> None:
    text = "Any prosecution of a child victim of trafficking for an offence shall be stayed."
    assert offences(corpus, text) == {"persons: child", "extent: any"}


def test_consent_to_a_relief_narrows_no_offence(corpus: Corpus) -> None:
    text = (
        "The prosecutor may, subject to the approval of the Attorney General or a deputy, refrain "
        "from prosecuting a victim of trafficking for an offence that results from the trafficking."
    )
    assert offences(corpus, text) == {"persons: any_victim", "extent: any"}


def test_prosecution_under_an_act_names_its_offences(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking is not liable to prosecution under the Immigration Act for "
        "anything done as a result of the trafficking."
    )
    expected = {"persons: any_victim", "extent: listed", "categories: immigration"}
    assert offences(corpus, text) == expected
    without_act = text.replace(" under the Immigration Act", "")
    assert offences(corpus, without_act) == {"persons: any_victim", "extent: any"}


@pytest.mark.parametrize(
    "victim",
    [
        "being a victim of an offence against section 12 (trafficking in persons)",
        "having been the victim of an offence under section 4",
        "being a victim of the offence referred to in article 5",
    ],
)
def test_offence_suffered_is_not_covered(victim: str, corpus: Corpus) -> None:
    text = f"A victim shall not be punished for illegal entry that resulted from {victim}."
    expected = {"persons: any_victim", "extent: listed", "categories: immigration"}
    assert offences(corpus, text) == expected


@pytest.mark.parametrize(
    ("offence", "category"),
    [
        ("an offence against section 70 (unlawful entry) of the Act", "immigration"),
        ("an offence under section 7 (working without a permit)", "unauthorized_work"),
        ("prostitution under section 712-1200", "prostitution"),
        ("an offence under section 12", "scheduled"),
        ("an offence under section 12 (as amended)", "scheduled"),
    ],
)
def test_words_beside_a_section_name_the_offence(
    offence: str, category: str, corpus: Corpus
) -> None:
    text = f"A victim of trafficking shall not be prosecuted for {offence}."
    assert offences(corpus, text) == {
        "persons: any_victim",
        "extent: listed",
        f"categories: {category}",
    }


@pytest.mark.parametrize(
    ("offence", "extent"),
    [
        ("an offence under the Immigration Act, the Passports Act or any other law", "any"),
        ("an offence under the Immigration Act or any other written law", "any"),
        ("a contravention of the Immigration Ordinance or any other law", "any"),
        ("an offence of prostitution under the Penal Code or any other law", "listed"),
        ("an offence under the Passports Act or any other law on travel documents", "listed"),
        ("any act done, if such act constitutes an offence under the Immigration Act", "listed"),
        ("any act that constitutes an offence", "any"),
    ],
)
def test_end_of_a_list_decides_the_extent(offence: str, extent: str, corpus: Corpus) -> None:
    text = f"A victim of trafficking shall not be prosecuted for {offence}."
    assert f"extent: {extent}" in offences(corpus, text)
    assert len([each for each in offences(corpus, text) if each.startswith("extent")]) == 1


def test_excluded_offence_is_understood(corpus: Corpus) -> None:
    excepted = "This section does not apply to an offence that is triable only on indictment."
    text = f"A victim of trafficking is not liable for an offence. {excepted}"
    assert "extent: any" in offences(corpus, text)
    assert not suggest(corpus.codebook, text).unread


@pytest.mark.parametrize(
    ("following", "links"),
    [
        ("If that person is a child, the court shall not punish him for the offence.", 2),
        ("If that person is a child, he shall not be detained for the criminal offence.", 2),
        ("A child shall not be punished for the offence of unlawful entry.", 1),
    ],
)
def test_offence_mentioned_before_has_its_link(following: str, links: int, corpus: Corpus) -> None:
    proposals = suggest(corpus.codebook, f"{RULE} {following}").proposals
    compelled = [each.limb for each in proposals if each.value == "compulsion"]
    assert len(compelled) == links


def test_reference_takes_each_alternative_link(corpus: Corpus) -> None:
    text = (
        "(1) A victim of trafficking is not liable for illegal entry that was the direct result "
        "of, or incident to, the trafficking.\n(2) A minor victim shall not be detained for such "
        "a violation."
    )
    proposals = suggest(corpus.codebook, text).proposals
    links = {each.limb: each.value for each in proposals if each.field == "link"}
    assert list(links.values()) == ["direct_result", "incident"] * 2


def test_later_relief_takes_the_means_of_the_rule(corpus: Corpus) -> None:
    text = (
        "No prosecution shall lie against a victim of trafficking for any act done under threats "
        "of the trafficker. The court shall discharge a victim who was charged with it."
    )
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.limb for each in proposals if each.value == "threats"] == [1, 2]


def test_pronoun_is_a_person_recognized_before(corpus: Corpus) -> None:
    text = (
        "A person recognized as a victim of trafficking shall be exempt from administrative "
        "liability for illegal entry. He or she shall also be exempt from criminal liability for "
        "an offence committed as a result of the trafficking."
    )
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.limb for each in proposals if each.field == "status_required"] == [1, 2]


def test_offence_that_an_act_arose_from_is_not_covered(corpus: Corpus) -> None:
    text = (
        "A victim shall not be punished for illegal entry if it arose from one of the crimes "
        "provided for in Articles 2 and 3 of this Law."
    )
    expected = {"persons: any_victim", "extent: listed", "categories: immigration"}
    assert offences(corpus, text) == expected


NO_OFFENCE = {
    "en": "A victim of trafficking is not liable for any offence",
    "en, except": "{en}. This section does not apply to",
    "fr": "La victime de la traite n'est punissable pour aucune infraction",
    "fr, except": "{fr}. Le présent article ne s'applique pas",
    "es": "La víctima de trata no será sancionada por ningún delito",
    "es, except": "{es}. Este artículo no se aplica a los",
}


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("en, except", " (a) [murder; (b) rape; or (c) an offence of terrorism]."),
        ("en, except", "\n(a) [murder;\n(b) theft; or\n(c) rape]."),
        ("en, except", "\n(a) [murder;\n(b) theft;\n\nor\n\n(c) rape]."),
        ("en, except", " an [offence of (i) murder, (ii) rape or (iii) torture]."),
        ("en, except", "\n- [murder;\n- theft; or\n- rape]."),
        ("en", ", other than\n(a) [murder;\n(b) theft; or\n(c) rape]."),
        ("en", " (other than (a) [murder; or (b) theft]) even for illegal entry."),
        ("en", " (a) other than [murder]; (b) of soliciting; or (c) of illegal entry."),
        ("fr, except", " [au : a) meurtre ; b) viol ; ou c) terrorisme]."),
        ("es, except", " delitos de: a) [homicidio; b) secuestro; o c) tortura]."),
    ],
)
def test_items_of_an_exception_are_quoted(start: str, words: str, corpus: Corpus) -> None:
    before, quoted, after = words.replace("]", "[").split("[")
    rule = NO_OFFENCE[start].format_map(NO_OFFENCE)
    reading = suggest(corpus.codebook, rule + before + quoted + after)
    excluded = [each for each in reading.proposals if each.field == "offences.excluded"]
    quotations = {reading.words(each.start, each.end) for each in excluded}
    assert quotations == {" ".join(quoted.split())}
