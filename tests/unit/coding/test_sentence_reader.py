"""What the reader of sentences says of words: conditions, joins, commas, numbers and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import cases

from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.sentence_reader import Reader
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from npcompare.coding.passages import Passage
    from npcompare.wording.sentences import Sentence

RULE = "A victim of trafficking shall not be punished for any offence"


def reader(text: str, **exception_words: tuple[str, ...]) -> Reader:
    """Return the reader of an English text, with the exception words of a codebook by language."""
    return Reader(text, phrase_book().language(text, "en"), exception_words)


def sentences(text: str) -> list[Sentence]:
    return list(divide(text))


def passage(text: str, words: str) -> Passage:
    """Return the passage of the first sentence of a text that has some words."""
    passages = reader(text).passages(sentences(text)[0])
    return next(each for each in passages if text[each.start : each.end] == words)


@pytest.mark.parametrize("case", cases("passages"))
def test_sentence_has_its_passages(case: dict[str, Any]) -> None:
    language = phrase_book().language(case["text"]).for_text(case["text"])
    sentence = sentences(case["text"])[0]
    sentence_reader = Reader(case["text"], language, {})
    passages = []
    for match in sentence_reader.passages(sentence):
        places = match.named_places(language)
        words = [token.word for token in sentence_reader.tokens(sentence) if token.start in places]
        item = f"in item {match.item}" if match.item else ""
        label = " ".join(filter(None, (match.field, match.value, item)))
        passages.append(f"{label}: {' '.join(words)}")
    assert passages == case["passages"]


def conditions(text: str, place: int = 0, **exception_words: tuple[str, ...]) -> list[str]:
    """Return the words that begin a condition in a sentence."""
    words = reader(text, **exception_words).words(sentences(text)[place])
    return [
        " ".join(token.word for token in words.tokens[mark.first : mark.end])
        for mark in words.marks
        if mark.kind == "conditional"
    ]


def test_exception_words_of_a_codebook_begin_a_condition() -> None:
    text = "He is safe barring fraud. She is safe barring fraud, if ill. It is barring fraud."
    assert [conditions(text, place) for place in range(3)] == [[], ["if"], []]
    first_words = [conditions(text, place, en=("barring  fraud",)) for place in range(3)]
    assert first_words == [["barring fraud"], ["if", "barring fraud"], ["barring fraud"]]
    assert conditions(text, 0, fr=("barring fraud",)) == []


def test_words_of_a_sentence_are_without_labels_of_its_list() -> None:
    text = "He shall not be punished:\n(a) for theft;\n(b) for fraud.\nShe shall be."
    (first, second) = sentences(text)
    sentence_reader = reader(text)
    words = [token.word for token in sentence_reader.words(first).tokens]
    assert " ".join(words) == "he shall not be punished for theft for fraud"
    assert [token.word for token in sentence_reader.words(second).tokens] == ["she", "shall", "be"]
    assert sentence_reader.tokens(first) is sentence_reader.tokens(first)


def test_items_that_begin_with_a_condition_are_numbered() -> None:
    text = f"{RULE} or detained:\n(a) for any offence, if compelled;\n(b) if compelled;\n(c) where"
    text += " he is a child.\nShe is safe if compelled."
    listed, plain = sentences(text)
    assert reader(text).conditional_items(listed) == {2, 3}
    assert reader(text).conditional_items(plain) == frozenset()


@pytest.mark.parametrize(
    ("text", "is_short"),
    [
        ("Non-punishment of victims of trafficking", True),
        ("Victims shall be safe", False),
        ("Victims may be safe", False),
        ("x" * 90, True),
        ("x" * 91, False),
    ],
)
def test_title_is_short_and_has_no_modal(text: str, is_short: bool) -> None:
    assert reader(text).is_short(sentences(text)[0]) is is_short
    later = f"{RULE}. {text}"
    assert reader(later).is_short(sentences(later)[1]) is is_short


@pytest.mark.parametrize(
    ("words", "kinds", "is_joined"),
    [
        ("a direct or indirect result", ("or",), True),
        ("a direct result", ("or",), False),
        ("a direct or indirect and sole result", ("or",), False),
        ("or for", ("or", "for"), True),
        ("or", ("or", "for"), False),
        ("for", ("or", "for"), False),
    ],
)
def test_words_are_joined_by_each_kind_and_no_and(
    words: str, kinds: tuple[str, ...], is_joined: bool
) -> None:
    text = f"and {words} and"
    assert reader(text).joins.are_between(4, 4 + len(words), *kinds) is is_joined


@pytest.mark.parametrize(
    ("words", "is_repeated"),
    [("and for", True), ("or for", False), ("and the", False), ("and for the", False), ("", False)],
)
def test_preposition_is_repeated_after_and(words: str, is_repeated: bool) -> None:
    text = f"or {words} or"
    before = passage(RULE, "any offence")
    before = before.__class__(before.rule, 0, 2)
    assert reader(text).joins.repeat_preposition(before, 3 + len(words)) is is_repeated


def test_condition_begins_between_two_places() -> None:
    text = "if ill, for any offence, he is safe if ill"
    assert reader(text).has_condition(0, 3)
    assert not reader(text).has_condition(3, 36)
    assert reader(text).has_condition(3, 42)


def test_numbers_and_commas_are_those_of_a_passage() -> None:
    text = (
        "A victim shall not be punished, under section 5, for an offence in section 12a of Act 3."
    )
    extent = passage(text, "an offence")
    assert reader(text).numbers(extent) == []
    assert not reader(text).has_comma(extent)
    laws = extent.__class__(extent.rule, 32, text.index(" of Act"))
    assert reader(text).numbers(laws) == ["5", "12a"]
    assert reader(text).has_comma(laws)
    assert not reader(text).has_comma(extent.__class__(extent.rule, 32, text.index(", for")))


@pytest.mark.parametrize(
    ("words", "following", "within"),
    [
        ("a result or consequence or", "", "a result or consequence"),
        ("and a result", "", "a result"),
        ("nor shall and", "", "nor shall"),
        ("or", "", "or"),
        ("shall neither nor", "be the victim", "shall neither nor be the victim"),
        ("shall neither or", "be the victim", "shall neither"),
    ],
)
def test_words_are_between_the_joins_at_their_ends(words: str, following: str, within: str) -> None:
    text = f"{words} {following}"
    english = phrase_book().languages["en"]
    tokens = english.tokens(text)
    count = len(words.split())
    start, end = reader(text).joins.within(tokens[:count], tokens[count:])
    assert text[start:end] == within


@pytest.mark.parametrize(
    ("words", "is_narrowed"),
    [
        ("any offence under the Immigration Act", True),
        ("any offence that is contrary to the Immigration Act", True),
        ("any offence that is not contrary to the Immigration Act", False),
        ("any offence, under the Immigration Act", False),
        ("any offence or under the Immigration Act", False),
        ("any offence and under the Immigration Act", False),
    ],
)
def test_law_after_any_offence_narrows_it(words: str, is_narrowed: bool) -> None:
    rule = passage(RULE, "any offence").rule
    make = passage(RULE, "any offence").__class__
    start = words.index("Immigration")
    extent, law = make(rule, 0, len("any offence")), make(rule, start, len(words))
    assert reader(words).is_narrowed(extent, [law]) is is_narrowed
    assert reader(words).is_narrowed(law, [extent]) is False
    assert reader(words).is_narrowed(extent, []) is False
    assert reader(words).is_narrowed(law, [extent, law]) is False


@pytest.mark.parametrize(
    ("text", "is_flush"),
    [
        ("(a) theft,\nif compelled", True),
        ("(a) theft;  \nif compelled", True),
        ("(a) theft \u2014\nif compelled", True),
        ("(a) theft\nif compelled", False),
        ("(a) theft, if compelled", False),
    ],
)
def test_line_that_ends_with_a_comma_ends_a_list(text: str, is_flush: bool) -> None:
    assert reader(text).is_flush(4, len(text)) is is_flush
    assert not reader(text).is_flush(text.index("if"), len(text))
    assert not reader(text).is_flush(4, 9)
