"""The whole Acts of tests/reading/acts: their shape, their coding, and their damaged copies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import damage
import pytest
from acts import errors, figures_of, limbs_by_section, load_act
from conftest import TESTS

from npcompare.coding.suggestions import suggest
from npcompare.coding.text_places import referred_articles
from npcompare.law.yaml_reader import read_yaml
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from acts import Act

    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.corpus import Corpus

ACTS = TESTS / "reading" / "acts"

#: How each Act begins a section, with its number as the only group.
SECTIONS = {
    "african-commonwealth": re.compile(r"^(\d+)\. ", re.MULTILINE),
    "gulf-translation": re.compile(r"^Article \((\d+)\)$", re.MULTILINE),
    "ley-hispana": re.compile(r"^Artículo (\d+)\.- ", re.MULTILINE),
    "loi-federale": re.compile(r"^Art\. (\d+)(?:er)?\. ", re.MULTILINE),
    "loi-francophone": re.compile(r"^Article (\d+)(?:er)?$", re.MULTILINE),
    "south-asian": re.compile(r"^(\d+)\. ", re.MULTILINE),
    "uk-modern-slavery": re.compile(r"^(\d{1,3}) [A-Z]", re.MULTILINE),
    "us-state-chapter": re.compile(r"^§ (\d+-\d+-\d+)\. ", re.MULTILINE),
}
NAMES = sorted(SECTIONS)

#: What the first schedule or annex begins with.
SCHEDULE = re.compile(r"^(?:FIRST SCHEDULE|SCHEDULE|ANNEXE|ANEXO)\b", re.MULTILINE)

_ENDS = (".txt", ".yaml")

PARTS_OF_ACT = {"language", "manner", "rules", "traps"}
PARTS_OF_RULE = {"section", "words", "read_with", "limbs", "raised_by", "burden", "standard", "why"}
PARTS_OF_TRAP = {"section", "words", "kind"}


def text_of(act: str) -> str:
    """Return the text of an Act."""
    return (ACTS / f"{act}.txt").read_text(encoding="utf-8")


def coding_of(act: str) -> dict[str, Any]:
    """Return the coding of an Act; the file has no findings."""
    file = read_yaml(ACTS / f"{act}.yaml")
    assert file.problems == []
    coding: dict[str, Any] = file.data
    return coding


def section_texts(act: str, text: str) -> dict[str, str]:
    """Return the text of each section by its number, without the contents and the schedules."""
    schedule = SCHEDULE.search(text)
    end_of_sections = schedule.start() if schedule else len(text)
    matches = list(SECTIONS[act].finditer(text, 0, end_of_sections))
    ends = [match.start() for match in matches[1:]] + [end_of_sections]
    # A number that occurs twice is first in the table of contents.
    return {match[1]: text[match.start() : end] for match, end in zip(matches, ends, strict=True)}


def folded(text: str) -> str:
    """Return a text with one space for all white space."""
    return " ".join(text.split())


def test_each_act_has_a_text_and_a_coding() -> None:
    files = sorted(path.name for path in ACTS.iterdir())
    assert files == sorted(["README.md", *(f"{act}{end}" for act in NAMES for end in _ENDS)])
    languages = sorted(coding_of(act)["language"] for act in NAMES)
    assert languages == ["en", "en", "en", "en", "en", "es", "fr", "fr"]


@pytest.mark.parametrize("act", NAMES)
def test_act_has_a_hundred_sections(act: str) -> None:
    numbers = list(section_texts(act, text_of(act)))
    assert 100 <= len(numbers) <= 110
    if act != "us-state-chapter":
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("act", NAMES)
def test_act_is_written_as_a_clean_text(act: str) -> None:
    text = text_of(act)
    assert max(map(len, text.splitlines())) <= 92
    assert damage.SOFT_HYPHEN not in text
    assert damage.NO_BREAK_SPACE not in text
    assert not re.search(r"&\w+;|[ \t]$|\{|\}|%", text, re.MULTILINE)


@pytest.mark.parametrize("act", NAMES)
def test_coding_has_two_to_four_rules(act: str) -> None:
    coding = coding_of(act)
    assert set(coding) == PARTS_OF_ACT
    assert 2 <= len(coding["rules"]) <= 4
    for rule in coding["rules"]:
        assert {"section", "words", "limbs"} <= set(rule) <= PARTS_OF_RULE
        assert rule["limbs"]
    for trap in coding["traps"]:
        assert set(trap) == PARTS_OF_TRAP


@pytest.mark.parametrize("part", ["rules", "traps"])
@pytest.mark.parametrize("act", NAMES)
def test_six_words_occur_once_in_their_section(act: str, part: str) -> None:
    text = text_of(act)
    sections = section_texts(act, text)
    for entry in coding_of(act)[part]:
        assert len(entry["words"].split()) == 6
        assert folded(text).count(entry["words"]) == 1, entry
        assert entry["words"] in folded(sections[entry["section"]]), entry


@pytest.mark.parametrize("act", NAMES)
def test_sections_that_complete_a_rule_exist(act: str) -> None:
    sections = section_texts(act, text_of(act))
    for rule in coding_of(act)["rules"]:
        for number in rule.get("read_with", []):
            assert number in sections
            assert number != rule["section"]


@pytest.mark.parametrize("act", NAMES)
def test_rules_are_coded_with_codebook_values(act: str, corpus: Corpus) -> None:
    for rule in coding_of(act)["rules"]:
        whole = {name: rule[name] for name in ("raised_by", "burden", "standard") if name in rule}
        for limb in rule["limbs"]:
            assert {"persons", "offences.extent", "link", "relief", "force"} <= set(limb)
        for fields in (whole, *rule["limbs"]):
            for name, values in fields.items():
                assert len(values) == len(set(values)) > 0
                assert set(values) <= set(corpus.codebook.vocabulary[FIELDS[name]])


@pytest.mark.parametrize("act", NAMES)
def test_categories_are_coded_for_lists_only(act: str) -> None:
    for rule in coding_of(act)["rules"]:
        for limb in rule["limbs"]:
            is_list = limb["offences.extent"] == ["listed"]
            assert is_list == ("offences.categories" in limb)


# --- Damaged copies -----------------------------------------------------------------------------


def test_page_heads_come_after_every_page() -> None:
    text = "An Act\none\ntwo\nthree\nfour\n"
    assert damage.page_heads(text, 2) == ("An Act\none\n1\nAn Act\ntwo\nthree\n2\nAn Act\nfour\n")


def test_long_words_are_divided_at_the_end_of_lines() -> None:
    text = "the victim was\ncompelled to do it\n\nprosecution is barred\n(1) prosecution\n"
    assert damage.divided_words(text, hyphen="-") == (
        "the victim was comp-\nelled to do it\n\nprosecution is barred\n(1) prosecution\n"
    )


def test_footnote_digits_follow_words() -> None:
    text = "No victim shall be tried for an offence"
    assert damage.footnote_digits(text, every=2) == "No victim shall1 be tried for an offence2"


def test_no_break_spaces_come_before_numbers() -> None:
    assert damage.no_break_spaces("Under section 3 or (a)") == "Under section\u00a03 or (a)"


def test_quotes_become_curly() -> None:
    assert damage.curly_quotes("\"victim\" of the State's 'own'") == (
        "“victim” of the State’s \u2018own’"
    )


def test_signs_become_entities() -> None:
    assert damage.html_entities("“A” & § 3 – l’article\u00a02") == (
        "&ldquo;A&rdquo; &amp; &sect; 3 &ndash; l&rsquo;article&nbsp;2"
    )


def test_labels_lose_their_space() -> None:
    assert damage.labels_without_space("4. (1) A person (2) is\n  (a) free") == (
        "4. (1)A person (2) is\n  (a)free"
    )


def test_headings_become_capitals() -> None:
    text = "Penalties\n1. A person is liable.\n\nNo fee\n2. No fee is due.\n"
    assert damage.capital_headings(text) == (
        "PENALTIES\n1. A person is liable.\n\nNO FEE\n2. No fee is due.\n"
    )


def test_letters_are_misread_in_turn() -> None:
    assert damage.scanning_slips("crime liable return form last", every=1) == (
        "crirne 1iable retum forrn 1ast"
    )


def test_digit_of_label_is_misread() -> None:
    assert damage.label_slips("(1) and (1) and (2)", every=2) == "(1) and (l) and (2)"


@pytest.mark.parametrize("copy", sorted(damage.COPIES))
@pytest.mark.parametrize("act", NAMES)
def test_copies_are_the_same_each_time(act: str, copy: str) -> None:
    text = text_of(act)
    damaged = damage.COPIES[copy](text)
    assert damaged == damage.COPIES[copy](text) != text


@pytest.mark.parametrize("copy", sorted(damage.COPIES))
def test_each_copy_damages_every_rule_of_an_act(copy: str) -> None:
    act = "african-commonwealth"
    text = text_of(act)
    damaged = folded(damage.COPIES[copy](text))
    sections = section_texts(act, text)
    for rule in coding_of(act)["rules"]:
        assert folded(sections[rule["section"]]) not in damaged


def test_a_page_ends_within_a_rule() -> None:
    act = "african-commonwealth"
    text = damage.page_heads(text_of(act))
    sections = section_texts(act, text)
    assert "REPUBLIC OF ZAMVURA" in sections["99"]


def test_french_copy_has_decomposed_accents() -> None:
    damaged = damage.COPIES["web"](text_of("loi-francophone"))
    assert "pénalement" not in damaged
    assert "pe\u0301nalement" in damaged


# --- How well the Acts are read -----------------------------------------------------------------


@pytest.fixture(scope="module")
def readings(corpus: Corpus) -> dict[str, tuple[Act, Suggestion]]:
    """Return each Act with its reading."""
    acts = [load_act(ACTS / f"{name}.txt") for name in NAMES]
    return {act.name: (act, suggest(corpus.codebook, act.text, act.language)) for act in acts}


@pytest.mark.slow
def test_at_most_one_limb_in_twenty_is_false(readings: dict[str, tuple[Act, Suggestion]]) -> None:
    figures = [figures_of(*reading) for reading in readings.values()]
    false = [
        (name, section)
        for name, reading in readings.items()
        for section, line in errors(*reading)
        if line.startswith("limb false")
    ]
    assert 20 * len(false) <= sum(each.proposed for each in figures), false


@pytest.mark.slow
def test_every_rule_is_found(readings: dict[str, tuple[Act, Suggestion]]) -> None:
    missed = {
        (name, section)
        for name, (act, reading) in readings.items()
        for section in act.rules
        if section not in limbs_by_section(reading)
    }
    assert missed == set()


@pytest.mark.slow
def test_no_value_of_an_act_is_missed_in_silence(
    readings: dict[str, tuple[Act, Suggestion]],
) -> None:
    assert all(figures_of(*reading).silent == 0 for reading in readings.values())


# --- Which rule a sentence is about -------------------------------------------------------------

RULE = (
    "A victim of trafficking shall not be prosecuted for any offence committed as a direct result "
    "of being trafficked."
)


def act_with(**sections: str) -> str:
    """Return an Act of twenty sections, some with the words given: "s7" for those of section 7."""
    other = "The Minister may appoint inspectors."
    return "\n\n".join(f"{n}. {sections.get(f's{n}', other)}" for n in range(1, 21))


def limbs_of(text: str, corpus: Corpus) -> list[set[tuple[str, str]]]:
    """Return the values of each limb that is read in an English text."""
    proposals = suggest(corpus.codebook, text, "en").proposals
    numbers = sorted({each.limb for each in proposals if each.limb})
    return [{(p.field, p.value) for p in proposals if p.limb == n} for n in numbers]


@pytest.mark.parametrize(
    "words",
    [
        "This section does not apply to an offence in Schedule 2.",
        "A person shall be detained with the approval of the Attorney General.",
        "No costs shall be awarded unless the person reports the offence to the police.",
        "The prosecution bears the burden of proof beyond reasonable doubt.",
        "The proceedings shall be discontinued.",
    ],
)
def test_sentence_of_another_section_adds_nothing(words: str, corpus: Corpus) -> None:
    alone = suggest(corpus.codebook, act_with(s4=RULE), "en").proposals
    beside = suggest(corpus.codebook, act_with(s4=RULE, s5=words, s15=words), "en").proposals
    assert [(p.limb, p.field, p.value) for p in beside] == [
        (p.limb, p.field, p.value) for p in alone
    ]


def test_sentence_adds_to_the_section_it_names(corpus: Corpus) -> None:
    exclusion = "Section 4 does not apply to an offence in Schedule 2."
    first, second = limbs_of(act_with(s4=RULE, s9=RULE, s15=exclusion), corpus)
    assert ("offences.excluded", "scheduled") in first
    assert ("offences.excluded", "scheduled") not in second


@pytest.mark.parametrize(
    "words",
    [
        "A victim is not liable for the costs of interpretation.",
        "No fee may be charged to a victim for medical treatment.",
        "A person charged with buying sexual services from an adult shall not be prosecuted.",
        "A person who makes a victim withdraw a complaint commits an offence and is liable.",
        "A sentence shall not be reduced because the victim was not prosecuted for an offence.",
        "A clerk is immune from criminal liability for a report made in good faith.",
    ],
)
def test_relief_for_others_makes_no_limb_in_an_act(words: str, corpus: Corpus) -> None:
    assert limbs_of(act_with(s4=words), corpus) == []
    assert len(limbs_of(act_with(s4=RULE, s9=words), corpus)) == 1


def test_petition_takes_relief_from_sentence_before(corpus: Corpus) -> None:
    words = (
        "(1) A person convicted of soliciting may apply for the conviction to be disregarded.\n"
        "(2) The Registrar shall grant the application if the offence was connected with the "
        "applicant's having been a victim of trafficking."
    )
    (limb,) = limbs_of(act_with(s4=words), corpus)
    assert {
        ("relief", "expungement"),
        ("link", "relation"),
        ("offences.categories", "prostitution"),
    } <= limb


def test_schedule_begins_below_its_heading_in_capitals(corpus: Corpus) -> None:
    text = f"{act_with(s4=RULE)}\n\nSCHEDULE 1\nACTS OF VICTIMS LEFT OUT\n1 Murder.\n"
    reading = suggest(corpus.codebook, text, "en")
    assert reading.places.subsection(text.index("Murder")) == "SCHEDULE 1(1)"


def test_numbered_paragraphs_are_one_provision(corpus: Corpus) -> None:
    text = f"1. {RULE}\n\n2. This rule does not apply to an offence in Schedule 2."
    assert ("offences.excluded", "scheduled") in limbs_of(text, corpus)[0]


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("sections 4, 7A and 9(2) to 12", {"4", "7A", "9", "12"}),
        ("section 22-61-305 or section 5", {"22-61-305", "5"}),
        ("à l'article 60 et aux articles 61 et 62", {"60", "61", "62"}),
        ("en los artículos 8 y 9", {"8", "9"}),
        ("not fewer than 12 sections", set()),
    ],
)
def test_numbers_of_referred_articles(words: str, articles: set[str]) -> None:
    assert referred_articles(words) == articles


def test_section_sign_in_an_article_begins_a_paragraph(corpus: Corpus) -> None:
    text = (
        "Art. 4. § 1er. La victime n'encourt aucune peine.\n"
        "§ 2. Le paragraphe 1er ne s'applique pas au meurtre.\n\n"
        "Art. 5. Le Roi fixe la date.\n"
    )
    places = suggest(corpus.codebook, text, "fr").places
    starts = [text.index(words) for words in ("La victime", "Le paragraphe", "Le Roi")]
    assert [places.subsection(start) for start in starts] == ["4(1)", "4(2)", "5"]


def test_sub_section_with_a_hyphen_is_one_word(corpus: Corpus) -> None:
    exclusion = "(2) Nothing in sub-section (1) applies to an offence in Schedule 2."
    (limb,) = limbs_of(act_with(s4=f"(1) {RULE}\n{exclusion}"), corpus)
    assert ("offences.excluded", "scheduled") in limb
