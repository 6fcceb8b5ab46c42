"""The phrase book: its rules match their own examples, its mistakes are found, its languages."""

from __future__ import annotations

import copy
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, cases

from npcompare import files
from npcompare.coding import phrasebook
from npcompare.coding.patterns import Matcher
from npcompare.coding.phrasebook import Language, phrase_book
from npcompare.coding.sentence_reader import Reader
from npcompare.errors import NpcompareError
from npcompare.law import json_schema
from npcompare.law.yaml_reader import read_yaml
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

BOOK = read_yaml(files.bundled("schemas") / "phrasebook.yaml")
RULES = [
    pytest.param(tag, rule, id=rule["id"])
    for tag, language in BOOK.data["languages"].items()
    for rule in language["rules"]
]


def matching_rules(tag: str, text: str) -> set[str]:
    """Return the ids of the rules that match a text."""
    reader = Reader(text, phrase_book().languages[tag], {})
    return {passage.rule.id for sentence in divide(text) for passage in reader.passages(sentence)}


@pytest.mark.parametrize(("tag", "rule"), RULES)
def test_each_phrase_has_an_example(tag: str, rule: dict[str, Any]) -> None:
    assert min(len(rule["fires"]), len(rule["must_not"])) >= 2
    language = phrase_book().languages[tag]
    grammar = language.grammar
    matcher = Matcher(grammar, [grammar.phrase(text) for text in rule["phrases"]])
    sentences = [[token.word for token in language.tokens(text)] for text in rule["fires"]]
    matching = {number for words in sentences for _, number, _ in matcher.matches(words)}
    assert [text for number, text in enumerate(rule["phrases"]) if number not in matching] == []


@pytest.mark.parametrize(("tag", "rule"), RULES)
def test_rule_matches_its_examples_only(tag: str, rule: dict[str, Any]) -> None:
    missed = [text for text in rule["fires"] if rule["id"] not in matching_rules(tag, text)]
    wrong = [text for text in rule["must_not"] if rule["id"] in matching_rules(tag, text)]
    assert (missed, wrong) == ([], [])


def quotations(provision: Provision, field: str, value: str) -> list[str] | None:
    """Return the words that a provision quotes for a value; None if it is not coded with it."""
    coded = [
        coded_value
        for fields in (provision.coded, *(limb.coded for limb in provision.limbs))
        for coded_value in fields.get(field, ())
        if coded_value.value == value
    ]
    return [words for each in coded for words in each.evidence] if coded else None


@pytest.mark.parametrize(("tag", "rule"), RULES)
def test_source_of_each_rule_is_true(tag: str, rule: dict[str, Any], corpus: Corpus) -> None:
    if rule["source"] == "drafted":
        return
    ((kind, provision_id),) = rule["source"].items()
    provision = next(each for each in corpus.all_provisions() if each.id == provision_id)
    quoted = quotations(provision, rule["field"], rule.get("value", ""))
    if kind == "value":
        assert quoted is not None
    else:
        # A signal has no value that is coded.
        texts = [provision.text.body] if quoted is None and "value" not in rule else quoted
        language = phrase_book().languages[tag]
        matches = [
            match for text in texts or () for match in language.matches(language.tokens(text))
        ]
        assert rule["id"] in {match.rule.id for match in matches}


def test_bundled_phrase_book_has_no_findings(corpus: Corpus) -> None:
    assert BOOK.problems == []
    assert json_schema.SchemaChecker(json_schema.load_schema("phrasebook")).check(BOOK) == []
    assert list(phrasebook.check(BOOK, corpus.codebook)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": "everybody"}, 'persons has no value "everybody"'),
        ({"value": ""}, "persons needs a value"),
        ({"field": "denial"}, 'denial has no value "any_victim"'),
        ({"phrases": [".. victim"]}, '".. victim" must begin with a word'),
        ({"phrases": ["{nobody}"]}, 'there is no set "nobody"'),
        ({"id": "adults"}, 'the rule id "adults" is already in use'),
    ],
)
def test_mistake_in_phrase_book_is_found(
    change: dict[str, Any], message: str, corpus: Corpus
) -> None:
    source = copy.copy(BOOK)
    source.data = copy.deepcopy(BOOK.data)
    source.data["languages"]["en"]["rules"][0].update(change)
    problems = list(phrasebook.check(source, corpus.codebook))
    assert [problem.message for problem in problems] == [message]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"relative": ["who", "of"]}, '"of" cannot be both an empty word and one that is listed'),
        ({"conditional": ["{when}"]}, 'there is no set "when"'),
    ],
)
def test_mistake_in_a_list_of_words_is_found(
    change: dict[str, Any], message: str, corpus: Corpus
) -> None:
    source = copy.copy(BOOK)
    source.data = copy.deepcopy(BOOK.data)
    source.data["languages"]["en"].update(change)
    problems = list(phrasebook.check(source, corpus.codebook))
    assert [problem.message for problem in problems] == [message]


def test_every_core_field_has_rules() -> None:
    for language in BOOK.data["languages"].values():
        fields = {rule["field"] for rule in language["rules"]}
        assert {"persons", "offences.extent", "link", "relief", "force", "conditions"} <= fields


# --- Languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "standard"),
    [
        ("defense", "defence"),
        ("penalized", "penalised"),
        ("Offences", "offense"),
        ("victim's", "victim"),
        ("victim\u2019s", "victim"),
        ("co-operated", "cooperated"),
        ("gaol", "jail"),
        ("shew", "show"),
        ("connexion", "connection"),
    ],
)
def test_spellings_of_a_word_are_normalized(variant: str, standard: str) -> None:
    english = phrase_book().languages["en"]
    assert english.normalize(variant) == english.normalize(standard)


@pytest.mark.parametrize("variant", ["où", "OÙ", unicodedata.normalize("NFD", "où")])
def test_word_that_only_an_accent_tells_apart(variant: str) -> None:
    french = phrase_book().languages["fr"]
    assert french.normalize(variant) == "où" != french.normalize("ou")


@pytest.mark.slow
def test_normalized_words_have_no_space_or_mark() -> None:
    # The regular expressions of patterns.py rely on it.
    english = phrase_book().languages["en"]
    for char in map(chr, range(sys.maxunicode + 1)):
        if char.isalnum():
            word = english.normalize(char)
            assert word, unicodedata.name(char)
            assert not set(word) & set(" !;"), unicodedata.name(char)


def test_elided_french_words_are_split() -> None:
    french = phrase_book().languages["fr"]
    tokens = french.tokens("N\u2019est pas puni l'acte qu'elle a commis, lorsqu'elle était liée.")
    words = [
        *("ne", "est", "pas", "puni", "le", "acte", "que", "il", "a", "commis"),
        *("lorsque", "il", "est", "lié"),
    ]
    assert [token.word for token in tokens] == [french.normalize(word) for word in words]
    assert tokens[0].start == 0
    assert tokens[1].start == 2


@pytest.mark.parametrize(
    ("variant", "standard"),
    [
        ("poursuivies", "poursuivi"),
        ("Commises", "commis"),
        ("détenus", "détenue"),
        ("pénaux", "pénale"),
        ("frauduleuse", "frauduleux"),
        ("privatives", "privatif"),
        ("aux", "à"),
        ("tous", "toute"),
        ("étaient", "est"),
    ],
)
def test_french_forms_of_a_word_are_one(variant: str, standard: str) -> None:
    french = phrase_book().languages["fr"]
    assert french.normalize(variant) == french.normalize(standard)


def test_language_is_detected_from_frequent_words() -> None:
    book = phrase_book()
    assert book.language("The victim shall not be punished.").tag == "en"
    assert book.language("La victime ne peut pas être punie.").tag == "fr"
    assert book.language("La víctima no será sancionada por los delitos.").tag == "es"
    assert book.language("La victime", "en-GB").tag == "en"
    assert book.language("", "").tag == "en"
    with pytest.raises(NpcompareError, match=r'has no language "de-AT" \(German\)'):
        book.language("Das Opfer", "de-AT")
    with pytest.raises(NpcompareError, match='has no language "xx"'):
        book.language("Das Opfer", "xx")


@pytest.mark.parametrize("other", cases("languages"))
def test_other_language_is_refused_by_name(other: dict[str, str]) -> None:
    message = f"seems to be in {other['name']}, a language that the phrase book does not have"
    for form in ("NFC", "NFD"):
        with pytest.raises(NpcompareError, match=message):
            phrase_book().language(unicodedata.normalize(form, other["text"]))


def test_language_of_no_list_is_refused() -> None:
    text = "Ni chosbir dioddefwr masnachu pobl am drosedd os gorfodwyd ef gan arall oherwydd hynny."
    with pytest.raises(NpcompareError, match="seems to be in a language that"):
        phrase_book().language(text)


def test_tags_of_languages_are_unique() -> None:
    book = phrase_book()
    tags = [each.tag for each in (*book.covered, *book.others)]
    assert len(set(tags)) == len(tags)


@pytest.mark.slow
@pytest.mark.parametrize("tag", BOOK.data["languages"])
def test_first_text_is_read_like_the_others(tag: str) -> None:
    drafted = read_yaml(TESTS / "reading" / "tune.yaml").data
    for provision in [each for each in drafted if each["language"] == tag][:8]:
        restricted = Language(tag, BOOK.data["languages"][tag])
        text = provision["text"]
        tokens = restricted.tokens(text)
        first, later = restricted.for_text(text), restricted.for_text(text)
        assert first is not later
        assert later is restricted
        assert [(match.rule, match.first, match.end) for match in first.matches(tokens)] == [
            (match.rule, match.first, match.end) for match in later.matches(tokens)
        ]
        assert first.marks(tokens) == later.marks(tokens)
        assert first.beneficiaries(tokens) == later.beneficiaries(tokens)
