"""Phrases of the phrase book: what they match, and how the time grows with the text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcompare import files
from npcompare.coding import patterns
from npcompare.coding.patterns import Grammar, Matcher
from npcompare.coding.phrasebook import Language
from npcompare.law.yaml_reader import read_yaml

SETS = {"who": ["victim", "trafficked person"]}
HINGES = {"if", "shall"}
GRAMMAR = Grammar(SETS, HINGES, str.casefold)


def longest_matches(phrases: list[str], words: list[str]) -> dict[tuple[int, int], int]:
    """Return where each phrase matches, by its first word and its index, and where it ends."""
    matcher = Matcher(GRAMMAR, [GRAMMAR.phrase(phrase) for phrase in phrases])
    return {(first, number): end for first, number, end in matcher.matches(words)}


@pytest.mark.parametrize(
    ("phrase", "text", "end"),
    [
        ("shall not", "shall not be", 2),
        ("shall not", "shall be", 0),
        ("prosecut~", "prosecuted", 1),
        ("prosecut~", "he prosecuted", 0),
        ("sha~ not", "shall not", 2),
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
        ("a .. b", "a b b b", 4),
        ("a [b]", "a b", 2),
        ("no", "none", 0),
        ("section #", "section 12a", 2),
        ("section #", "section a12", 0),
        ("d\u00e9lit", "d\u00e9lit", 1),
        ("a.c", "abc", 0),
    ],
)
def test_phrase_matches_as_many_words_as_it_can(phrase: str, text: str, end: int) -> None:
    assert longest_matches([phrase], text.split()).get((0, 0), 0) == end


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        (".. victim", '".. victim" must begin with a word'),
        ("[the] .. victim", '"[the] .. victim" must begin with a word'),
        ("[the]", '"[the]" must begin with a word'),
        ("", '"" must begin with a word'),
        ("{nobody}", 'there is no set "nobody"'),
        ("vi~", '"vi~" must show 3 letters or more'),
        ("the (old law", '"(" is not closed by ")"'),
        ("the (old] law", '"(" is not closed by ")"'),
        ("the old) law", '"the old) law" has a bracket that was not opened'),
        ("the {who law", '"the {who law" has a brace without a name'),
    ],
)
def test_text_that_is_not_a_phrase_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        GRAMMAR.phrase(phrase)


@given(st.text(alphabet="ab~/[](){}|. who", max_size=12))
def test_any_text_is_a_phrase_or_a_value_error(text: str) -> None:
    try:
        GRAMMAR.phrase(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either is right


# --- Compared with a naive matcher --------------------------------------------------------------

#: A phrase as a tree: a word, a gap, an optional part, or alternatives, each with its parts.
WORDS = ["a", "b", "if", "victim"]
LEAVES = st.sampled_from([("word", word) for word in WORDS] + [("gap", ".."), ("gap", "...")])
TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.tuples(st.just("optional"), st.lists(parts, min_size=1, max_size=2)),
        st.tuples(st.just("any"), st.lists(st.lists(parts, min_size=1, max_size=2), max_size=2)),
    ),
    max_leaves=5,
)


def written(parts: Any) -> str:
    """Return parts of a phrase as they are written in the phrase book."""
    texts = []
    for kind, content in parts:
        if kind == "optional":
            texts.append(f"[{written(content)}]")
        elif kind == "any":
            texts.append(f"({' | '.join(map(written, content))})")
        else:
            texts.append(content)
    return " ".join(texts)


def ends(parts: Any, words: list[str], start: int) -> set[int]:
    """Return where parts of a phrase can end that begin at a word, by trying every way."""
    places = {start}
    for kind, content in parts:
        places = {end for place in places for end in _ends(kind, content, words, place)}
    return places


def _ends(kind: str, content: Any, words: list[str], start: int) -> set[int]:
    if kind == "word":
        return {start + 1} if words[start : start + 1] == [content] else set()
    if kind == "optional":
        return {start} | ends(content, words, start)
    if kind == "any":
        alternatives = content or [[]]
        return set().union(*(ends(parts, words, start) for parts in alternatives))
    barriers, longest = ({";"}, 16) if content == "..." else ({";", *HINGES}, 8)
    places = {start}
    for word in words[start : start + longest]:
        if word in barriers:
            break
        places.add(max(places) + 1)
    return places


@settings(deadline=None)
@given(
    st.lists(st.lists(TREES, max_size=3), min_size=1, max_size=3),
    st.lists(st.sampled_from([*WORDS, "c", ";"]), max_size=10),
)
def test_phrases_match_where_a_naive_matcher_does(trees: list[Any], words: list[str]) -> None:
    phrases = [[("word", "a"), *parts] for parts in trees]
    expected = {
        (first, number): max(places)
        for first in range(len(words))
        for number, parts in enumerate(phrases)
        if (places := ends(parts, words, first))
    }
    assert longest_matches([written(parts) for parts in phrases], words) == expected


# --- The words that a phrase names ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "text", "named"),
    [
        ("no .. punished", "no a b punished", [0, 3]),
        ("no ... punished", "no if a punished", [0, 3]),
        # Words that one way to match names are not in a gap.
        ("(no .. | no {who} shall be) punished", "no victim shall be punished", [0, 1, 2, 3, 4]),
        ("a .. b", "a b c b", [0, 1, 3]),
        ("a .. [b] c", "a b c", [0, 1, 2]),
        ("section~ # .. applies", "sections 4 a applies", [0, 1, 3]),
    ],
)
def test_phrase_names_words_outside_its_gaps(phrase: str, text: str, named: list[int]) -> None:
    matcher = Matcher(GRAMMAR, [GRAMMAR.phrase(phrase)])
    words = text.split()
    assert [end for first, _, end in matcher.matches(words) if not first] == [len(words)]
    assert list(matcher.named(0, words)) == named


def ways(parts: Any, words: list[str], start: int) -> set[tuple[int, frozenset[int]]]:
    """Return each way to match: where it ends and which words it names, by trying all of them."""
    found: set[tuple[int, frozenset[int]]] = {(start, frozenset())}
    for kind, content in parts:
        found = {
            (end, named | more)
            for place, named in found
            for end, more in _ways(kind, content, words, place)
        }
    return found


def _ways(kind: str, content: Any, words: list[str], start: int) -> set[tuple[int, frozenset[int]]]:
    if kind == "word":
        return {(end, frozenset([start])) for end in _ends(kind, content, words, start)}
    if kind == "optional":
        return {(start, frozenset[int]()), *ways(content, words, start)}
    if kind == "any":
        return set().union(*(ways(parts, words, start) for parts in content or [[]]))
    return {(end, frozenset()) for end in _ends(kind, content, words, start)}


@settings(deadline=None)
@given(
    st.lists(TREES, max_size=3),
    st.lists(st.sampled_from([*WORDS, "c", ";"]), max_size=8),
)
def test_named_words_are_those_of_a_naive_matcher(trees: list[Any], words: list[str]) -> None:
    parts = [("word", "a"), *trees]
    matcher = Matcher(GRAMMAR, [GRAMMAR.phrase(written(parts))])
    for first, number, end in matcher.matches(words):
        run = words[first:end]
        expected = {place for _, named in ways(parts, run, 0) for place in named}
        assert set(matcher.named(number, run)) == expected


# --- Memory --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_phrase_book_compiles_in_half_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_MEMORY", patterns._MEMORY // 2)
    book = read_yaml(files.bundled("schemas") / "phrasebook.yaml")
    victims = {"en": "victim", "fr": "victime", "es": "víctima"}
    for tag, data in book.data["languages"].items():
        language = Language(tag, data)
        assert language.matches(language.tokens(victims[tag]))
