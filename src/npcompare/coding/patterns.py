"""Phrases of the phrase book as regular expressions, and where they occur in a sentence.

A phrase is a sequence of words with gaps and alternatives; the head of `schemas/phrasebook.yaml`
describes how it is written. The words of a sentence are joined into one string, each with a space
before it. A hinge word, at which a clause turns, also gets a mark, because RE2 has no look-ahead
that could exclude hinges from a gap.

RE2 (https://github.com/google/re2) simulates a finite automaton and never backtracks, so that the
time grows linearly with the length of a text, whatever the text is. See Cox, "Regular Expression
Matching in the Wild" (2010).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol, cast

from msgspec import Struct

from npcompare.coding.phrase_parts import (
    EMPTY,
    HINGE,
    NEVER,
    Phrase,
    Words,
    any_number,
    any_phrase,
    gap,
    one_word,
    places_of,
    word_beginning,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

#: A word with any number of further letters, and a number, as they are written in a phrase.
_TRUNCATED, _NUMBER = "~", "#"

#: The fewest letters that a truncated word must show.
SHORTEST = 3

#: How many bytes RE2 may use for one automaton; when they are used up it discards the states it has
#: built. Its own limit of 8 MiB is too low for the largest expressions.
_MEMORY = 2**28

#: For how many runs of words the named words are kept, so that memory does not grow with the text.
_MOST_RUNS = 2**14

_PIECE = re.compile(r"\.{2,3}|[()\[\]|]|\{[\w-]+\}|[^\s(){}\[\]|]+")
_CLOSING = {"(": ")", "[": "]"}


class Token(Struct, frozen=True, gc=False):
    """A normalized word of a text, and its place in characters."""

    word: str
    start: int
    end: int


class Grammar:
    """Reads phrases as they are written in the phrase book of one language."""

    def __init__(
        self,
        sets: Mapping[str, Sequence[str]],
        hinges: Collection[str],
        normalize: Callable[[str], str],
        vocabulary: Collection[str] | None = None,
    ) -> None:
        """Prepare to read phrases.

        Args:
            sets: The phrases that `{name}` stands for, by name.
            hinges: The normalized words that no narrow gap crosses.
            normalize: Returns a word in the form in which words are compared.
            vocabulary: All words of the text in which the phrases will be looked for, if it is
                known. A phrase with other words is then NEVER found, and takes no time.
        """
        self._vocabulary = vocabulary
        self._sets = sets
        self.hinges = hinges
        self._normalize = normalize
        #: What has been read before: most words and all sets are part of many phrases.
        self._words: dict[str, Phrase] = {}
        self._named: dict[str, Phrase] = {}

    def phrase(self, text: str) -> Phrase:
        """Return a phrase read from its text; raise ValueError if it is not a phrase."""
        phrase = self._sequence(text)
        if phrase.can_be_empty or phrase.can_begin_with_gap:
            raise ValueError(f'"{text}" must begin with a word')
        return phrase

    def marked(self, word: str) -> str:
        """Return a normalized word as regular expressions see it: with the mark of a hinge."""
        return HINGE + word if word in self.hinges else word

    def _sequence(self, text: str) -> Phrase:
        pieces = _PIECE.findall(text)
        if "".join(pieces) != "".join(text.split()):
            raise ValueError(f'"{text}" has a brace without a name')
        remaining = iter(pieces)
        phrase, closing = self._alternatives(remaining)
        if closing or next(remaining, None):
            raise ValueError(f'"{text}" has a bracket that was not opened')
        return phrase

    def _alternatives(self, pieces: Iterator[str]) -> tuple[Phrase, str]:
        """Return what pieces mean up to a closing bracket or their end, and that bracket."""
        alternatives = [EMPTY]
        for piece in pieces:
            if piece in _CLOSING.values():
                return any_phrase(alternatives), piece
            if piece == "|":
                alternatives.append(EMPTY)
            else:
                alternatives[-1] += self._piece(piece, pieces)
        return any_phrase(alternatives), ""

    def _piece(self, piece: str, pieces: Iterator[str]) -> Phrase:
        if piece in _CLOSING:
            phrase, closing = self._alternatives(pieces)
            if closing != _CLOSING[piece]:
                raise ValueError(f'"{piece}" is not closed by "{_CLOSING[piece]}"')
            return phrase.optional() if piece == "[" else phrase
        if piece.startswith(".."):
            return gap(is_wide=piece == "...")
        if piece.startswith("{"):
            return self._set(piece[1:-1])
        if piece not in self._words:
            self._words[piece] = any_phrase([self._word(word) for word in piece.split("/")])
        return self._words[piece]

    def _set(self, name: str) -> Phrase:
        if name not in self._named:
            if name not in self._sets:
                raise ValueError(f'there is no set "{name}"')
            self._named[name] = any_phrase([self._sequence(text) for text in self._sets[name]])
        return self._named[name]

    def _word(self, text: str) -> Phrase:
        if text == _NUMBER:
            return any_number()
        word = self._normalize(text.removesuffix(_TRUNCATED))
        if not text.endswith(_TRUNCATED):
            is_possible = self._vocabulary is None or word in self._vocabulary
            return one_word(word, is_hinge=word in self.hinges) if is_possible else NEVER
        if len(word) < SHORTEST:
            raise ValueError(f'"{text}" must show {SHORTEST} letters or more')
        return word_beginning(word) if self._has_beginning(word) else NEVER

    def _has_beginning(self, letters: str) -> bool:
        words = self._vocabulary
        return words is None or any(word.startswith(letters) for word in words)


class _Regex(Protocol):
    """What is used of a compiled regular expression of re2, which has no type hints."""

    def match(self, text: bytes, pos: int) -> re.Match[bytes] | None:
        """Return the match that begins at a place."""


class _RegexSet(Protocol):
    """What is used of a compiled set of regular expressions of re2."""

    def Match(self, text: memoryview) -> list[int] | None:  # noqa: N802
        """Return the numbers of the expressions that match at the beginning of a text."""


class Matcher:
    """Finds phrases in sentences; what it has to compile, it compiles when it first needs it."""

    def __init__(self, grammar: Grammar, phrases: Sequence[Phrase]) -> None:
        """Prepare to find phrases, which matches refer to by their index."""
        self._grammar = grammar
        self._phrases = phrases
        # A phrase ends where a word does.
        self._expressions = [f"{phrase.regex} ".encode() for phrase in phrases]
        self._regexes: dict[int, _Regex] = {}
        self._named: dict[tuple[int, tuple[str, ...]], tuple[int, ...]] = {}

    def matches(
        self, words: Sequence[str], places: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Yield each match: the index of its first word, of the phrase, and after its last word.

        A phrase matches at most once from a word on, over as many words as possible. If places are
        given, only matches that begin with the words at these indexes are yielded.
        """
        encoded = [f" {self._grammar.marked(word)}".encode() for word in words]
        offsets = [0, *accumulate(map(len, encoded))]
        text = b"".join([*encoded, b" "])
        view, match_any = memoryview(text), self._set.Match
        # The set knows which phrases match, and each phrase alone where its longest match ends.
        for first in range(len(words)) if places is None else places:
            for number in sorted(match_any(view[offsets[first] :]) or ()):
                if match := self._regex(number).match(text, offsets[first]):
                    yield first, number, bisect_left(offsets, match.end() - 1)

    def named(self, number: int, words: Sequence[str]) -> tuple[int, ...]:
        """Return which words of a match a phrase names; the others are in its gaps.

        A shorter match of the phrase within the longest one names words, too.
        """
        key = (number, tuple(words))
        places = self._named.get(key)
        if places is None:
            phrase, run = self._phrases[number], Words(words, self._grammar.hinges)
            _, named = phrase.named(run, 1, phrase.ends(run, 1))
            places = places_of(named)
            if len(self._named) < _MOST_RUNS:
                self._named[key] = places
        return places

    @cached_property
    def _set(self) -> _RegexSet:
        import re2

        regex_set = re2.Set.MatchSet(_options())
        for expression in self._expressions:
            regex_set.Add(expression)
        regex_set.Compile()
        return cast("_RegexSet", regex_set)

    def _regex(self, number: int) -> _Regex:
        if number not in self._regexes:
            import re2

            self._regexes[number] = re2.compile(self._expressions[number], _options())
        return self._regexes[number]


def _options() -> Any:
    import re2

    options = re2.Options()
    options.longest_match = True
    options.never_capture = True
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
