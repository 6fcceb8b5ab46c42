"""The phrase book: every rule met in its own examples and in no counter-example; the patterns."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare import files
from npcompare.coding import patterns, phrasebook
from npcompare.coding.patterns import Pattern, Token, Trial, Writing
from npcompare.coding.phrasebook import bundled
from npcompare.coding.sentence_reader import Reader
from npcompare.errors import NpcompareError
from npcompare.law import json_schema
from npcompare.law.yaml_reader import read
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

BOOK = read(files.bundled("schemas") / "phrasebook.yaml")
RULES = [
    pytest.param(tag, rule, id=rule["id"])
    for tag, language in BOOK.data["languages"].items()
    for rule in language["rules"]
]


def met(tag: str, text: str) -> set[str]:
    """Return the rules that a text meets."""
    reader = Reader(text, bundled().languages[tag])
    return {one.rule.id for sentence in divide(text) for one in reader.passages(sentence)}


@pytest.mark.parametrize(("tag", "rule"), RULES)
def test_a_rule_is_met_in_its_examples_and_in_no_other(tag: str, rule: dict[str, Any]) -> None:
    assert [text for text in rule["fires"] if rule["id"] not in met(tag, text)] == []
    assert [text for text in rule["must_not"] if rule["id"] in met(tag, text)] == []


def test_the_book_has_no_findings(corpus: Corpus) -> None:
    assert BOOK.problems == []
    assert json_schema.Checker(json_schema.load("phrasebook")).check(BOOK) == []
    assert list(phrasebook.check(BOOK, corpus.codebook)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": "everybody"}, 'persons has no value "everybody"'),
        ({"value": ""}, "persons needs a value"),
        ({"field": "denial"}, 'denial has no value "any_victim"'),
        ({"phrases": [".. victim"]}, '".. victim" must begin with a word'),
        ({"phrases": ["[the]"]}, '"[the]" must begin with a word'),
        ({"phrases": ["{nobody}"]}, 'there is no set "nobody"'),
        ({"phrases": ["vi~"]}, '"vi~" must show 3 letters or more'),
        ({"id": "adults"}, 'a second rule "adults"'),
    ],
)
def test_a_mistake_in_the_book_is_found(
    change: dict[str, Any], message: str, corpus: Corpus
) -> None:
    source = copy.copy(BOOK)
    source.data = copy.deepcopy(BOOK.data)
    source.data["languages"]["en"]["rules"][0].update(change)
    assert [one.message for one in phrasebook.check(source, corpus.codebook)] == [message]


def test_every_field_has_rules() -> None:
    for language in BOOK.data["languages"].values():
        fields = {rule["field"] for rule in language["rules"]}
        assert {"persons", "offences.extent", "link", "relief", "force", "conditions"} <= fields


# --- Patterns -----------------------------------------------------------------------------------

WRITING = Writing({"who": ["victim", "trafficked person"]}, {"if", "shall"}, str.casefold)


def tokens(text: str) -> list[Token]:
    return [Token(word, at, at + 1) for at, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("written", "text", "end"),
    [
        ("shall not", "shall not be", 2),
        ("shall not", "shall be", 0),
        ("prosecut~", "prosecuted", 1),
        ("arrest~/detain~", "detained", 1),
        ("shall [also] not", "shall not", 2),
        ("shall [also] not", "shall also not", 3),
        ("set (aside | right) now", "set right now", 3),
        ("set (aside | right) now", "set now", 0),
        ("the [old | very new] law", "the very new law", 4),
        ("the [old | very new] law", "the law", 2),
        ("the {who} is", "the trafficked person is", 4),
        ("no .. punished", "no a b c d e f g h punished", 10),
        ("no .. punished", "no a b c d e f g h i punished", 0),
        ("no .. punished", "no a if punished", 0),
        ("no ... punished", "no a if punished", 4),
        ("no ... punished", "no a ; punished", 0),
        # The longest reading counts.
        ("a .. b", "a b b b", 4),
        ("a [b]", "a b", 2),
    ],
)
def test_a_phrase_is_met_from_its_first_word(written: str, text: str, end: int) -> None:
    assert tried([WRITING.pattern(written)], text.split())[0].get(0, 0) == end


def tried(phrases: list[Pattern], words: list[str]) -> list[dict[int, int]]:
    """Return for each word the phrases that begin there, each with the place after it."""
    found: list[dict[int, int]] = [{} for _ in words]
    for at, phrase, after in Trial(phrases).matches(words):
        found[at][phrase] = after
    return found


def fits(test: patterns.Test, word: str) -> bool:
    """Say whether a word is one that a phrase may have there."""
    if test.but is not None:
        return word not in test.but
    return word in test.exact or word.startswith(test.beginnings)


def brute(phrase: Pattern, words: list[str]) -> int:
    """Return the place after the longest reading, by walking every path one by one."""
    best = 0
    waiting = [(0, 0)]
    seen = set()
    while waiting:
        state, at = waiting.pop()
        if (state, at) in seen:
            continue
        seen.add((state, at))
        if state == phrase.end:
            best = max(best, at)
        waiting += [(then, at) for then in phrase.free[state]]
        if at < len(words):
            waiting += [
                (then, at + 1) for test, then in phrase.steps[state] if fits(test, words[at])
            ]
    return best


PIECES = st.sampled_from(["a", "b", "a/b", "..", "...", "[a]", "(a | b c)", "{who}", "[b ..]"])


@given(
    st.lists(st.lists(PIECES, max_size=4), min_size=1, max_size=4),
    st.lists(st.sampled_from(["a", "b", "c", "if", ";", "victim"]), max_size=10),
)
def test_phrases_are_met_together_as_the_paths_of_each_say(
    written: list[list[str]], words: list[str]
) -> None:
    phrases = [WRITING.pattern(" ".join(["a", *pieces])) for pieces in written]
    for at, found in enumerate(tried(phrases, words)):
        ends = [brute(phrase, words[at:]) for phrase in phrases]
        assert found == {number: at + end for number, end in enumerate(ends) if end}


def test_a_trial_that_has_forgotten_its_steps_meets_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phrases = [WRITING.pattern(one) for one in ("no .. punished", "no a", "a .. b")]
    words = ["no", "a", "b", "if", "a", "c", "b", ";", "no", "b", "punished"]
    trial = Trial(phrases)
    before = list(trial.matches(words))
    monkeypatch.setattr(patterns, "_MOST_KEPT", 0)
    assert list(trial.matches(words)) == before
    assert before == [(0, 1, 2), (1, 2, 3), (4, 2, 7), (8, 0, 11)]


@given(st.text(alphabet="ab~/[](){}|. who", max_size=12))
def test_any_writing_is_a_phrase_or_a_value_error(written: str) -> None:
    try:
        WRITING.pattern(written)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either is right


# --- Languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
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
def test_spellings_are_one_word(one: str, other: str) -> None:
    english = bundled().languages["en"]
    assert english.word(one) == english.word(other)


def test_french_words_are_told_apart_and_bare() -> None:
    french = bundled().languages["fr"]
    found = french.tokens("N\u2019est pas puni l'acte qu'elle a commis, lorsqu'elle était liée.")
    assert [token.word for token in found] == [
        *("n", "est", "pas", "puni", "l", "acte", "qu", "elle", "a", "commis"),
        *("lorsqu", "elle", "etait", "lie"),
    ]
    assert found[0].start == 0
    assert found[1].start == 2


def test_the_language_is_told_by_its_words() -> None:
    book = bundled()
    assert book.language("The victim shall not be punished.").tag == "en"
    assert book.language("La victime ne peut pas être punie.").tag == "fr"
    assert book.language("La victime", "en-GB").tag == "en"
    with pytest.raises(NpcompareError, match='has no language "de"'):
        book.language("Das Opfer", "de")
    for text in (
        "Das Opfer wird nicht bestraft.",
        "Los tribunales y las víctimas del delito.",
        "La víctima de trata quedará exenta de pena por las infracciones que haya cometido.",
        "A vítima de tráfico de pessoas não será punida pela prática de infrações.",
        "La vittima di tratta di esseri umani non è punibile per i reati commessi.",
    ):
        with pytest.raises(NpcompareError, match="a language that the phrase book does not have"):
            book.language(text)
