"""The phrase book: how statutes put things, as data that a lawyer can read and mend.

Hides the languages: how their words are told apart and spelt alike, and where phrases are looked
for. How a phrase is written is said at the head of `schemas/phrasebook.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare import files
from npcompare.coding.patterns import SHORTEST, Token, Trial, Writing
from npcompare.errors import Code, NpcompareError, Problem
from npcompare.law import json_schema
from npcompare.law.yaml_reader import read
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.patterns import Pattern, Test
    from npcompare.law.yaml_reader import Pointer, Source
    from npcompare.model.codebook import Codebook

#: Fields of a rule that are no coded field but signals to the reader of a text; see `reading`.
SIGNALS = frozenset(
    {
        *("exception", "excepted", "definition", "aside", "denial", "no_force", "reference"),
        "likewise",
    }
)

#: A word, or what no gap goes over.
_TOKEN = re.compile(r"(?:[Cc][Oo]-)?[^\W_]+(?:['\u2019][^\W_]+)*|;")

#: The same where French may join an article or pronoun to the next word, which is one of its own.
_JOINED_TOKEN = re.compile(
    rf"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['\u2019](?=[^\W_])|{_TOKEN.pattern}", re.IGNORECASE
)
_JOINT = re.compile("['\u2019]")

#: How much of a text its language is told by.
_ENOUGH = 20_000

#: How many words are remembered in the way that phrases know them.
_MOST_WORDS = 2**15

#: What no text and no phrase holds as a word.
_ANY_OTHER = "\0"


class Rule(Struct, frozen=True):
    """A way of putting one value of one field, or a signal."""

    id: str
    field: str
    #: Empty for a signal.
    value: str
    #: Whether it gives way to any other rule of its field, as "an offence" does to those named.
    weak: bool
    phrases: tuple[Pattern, ...]
    #: Patterns that, standing in the same sentence, take it back.
    unless: tuple[Pattern, ...]


class Hit(Struct, frozen=True, gc=False):
    """A rule met in a text: the places of its first word and of what follows its last."""

    rule: Rule
    first: int
    last: int


class Language:
    """The phrases of one language, ready to be met in a text."""

    def __init__(self, tag: str, data: Mapping[str, Any]) -> None:
        """Prepare the phrases of a checked book."""
        self.tag = tag
        self.frequent = frozenset(data["frequent"])
        #: Words that join alternatives, words that join what holds together, and prepositions.
        self.joins = {name: frozenset(data[name]) for name in ("or", "and", "for")}
        self._known: dict[str, str] = {}
        self._endings = tuple(dict(data.get("endings", {})).items())
        self._spellings = {
            _bare(written): _bare(other) for written, other in data.get("spellings", {}).items()
        }
        self._hinges = frozenset(map(self.word, data["hinges"]))
        self.writing = Writing(data.get("sets", {}), self._hinges, self.word)
        self.rules = tuple(self._rule(one) for one in data["rules"])
        #: The words that some phrase tells from others, and the beginnings of such words.
        self._told: set[str] = set()
        self._told_beginnings: dict[str, tuple[str, ...]] = {}
        for test in {test for one in self._phrases() for test in one.tests}:
            self._tell(test)
        #: The rule of each phrase that is tried, and whether the phrase takes it back.
        self._tried = [
            (rule, is_back)
            for rule in self.rules
            for phrases, is_back in ((rule.phrases, False), (rule.unless, True))
            for _ in phrases
        ]

    @cached_property
    def _trial(self) -> Trial:
        return Trial(self._phrases())

    def _rule(self, data: Mapping[str, Any]) -> Rule:
        phrases, unless = (
            tuple(map(self.writing.pattern, data.get(key, ()))) for key in ("phrases", "unless")
        )
        name, value = data["field"], data.get("value", "")
        return Rule(data["id"], name, value, data.get("weak", False), phrases, unless)

    def _phrases(self) -> Iterator[Pattern]:
        return (each for one in self.rules for each in (*one.phrases, *one.unless))

    def _tell(self, test: Test) -> None:
        self._told |= test.exact | (test.but or frozenset())
        for start in test.beginnings:
            letters = start[:SHORTEST]
            known = self._told_beginnings.get(letters, ())
            self._told_beginnings[letters] = tuple({*known, start})

    def _as_told(self, word: str) -> str:
        """Return a word, or one that stands for all that no phrase tells from each other.

        So what is remembered of phrases does not grow with the words of all the texts there are.
        """
        if word in self._told:
            return word
        starts = self._told_beginnings.get(word[:SHORTEST])
        return word if starts and word.startswith(starts) else _ANY_OTHER

    def tokens(self, text: str, start: int = 0, end: int | None = None) -> list[Token]:
        """Return the words of a stretch of a text, and its barriers."""
        last = len(text) if end is None else end
        known = self._known
        pattern = _JOINED_TOKEN if _JOINT.search(text, start, last) else _TOKEN
        # Each word of every text comes by here: one that is remembered is not asked for again.
        return [
            Token(known.get(one[0]) or self.word(one[0]), one.start(), one.end())
            for one in pattern.finditer(text, start, last)
        ]

    def word(self, written: str) -> str:
        """Return a word as phrases know it: bare of case, accents, possession and spelling."""
        word = self._known.get(written)
        if word is None:
            word = self._spelt(_bare(written).removesuffix("'s").strip("'"))
            # What is remembered does not grow with the words of all the texts there are.
            if len(self._known) < _MOST_WORDS:
                self._known[written] = word
        return word

    def _spelt(self, word: str) -> str:
        for ending, other in self._endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                word = word.removesuffix(ending) + other
                break
        return self._spellings.get(word, word)

    def is_hinge(self, written: str) -> bool:
        """Say whether a clause turns at a word."""
        return self.word(written) in self._hinges

    def meet(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return every rule that is met in a sentence, in the order of the text."""
        found: dict[tuple[str, int], Hit] = {}
        taken_back = set()
        told = [self._as_told(token.word) for token in tokens]
        for at, number, end in self._trial.matches(told):
            rule, is_back = self._tried[number]
            if is_back:
                taken_back.add(rule.id)
            elif (rule.id, at) not in found or end > found[rule.id, at].last:
                found[rule.id, at] = Hit(rule, at, end)
        return [hit for hit in found.values() if hit.rule.id not in taken_back]


def _bare(written: str) -> str:
    """Return a word without case, accents and hyphens."""
    plain = unicodedata.normalize("NFKD", written.casefold().replace("\u2019", "'"))
    return "".join(one for one in plain if one != "-" and not unicodedata.combining(one))


class PhraseBook(Struct, frozen=True):
    """The languages of the book, by their tags."""

    languages: Mapping[str, Language]
    #: Frequent words of other languages.
    others: frozenset[str]

    def language(self, text: str, wanted: str = "") -> Language:
        """Return the language asked for, or the one whose frequent words the text has most of.

        Raises NpcompareError for one that the book does not have, named or told by the words.
        """
        if found := self.find(text, wanted):
            return found
        known = ", ".join(self.languages)
        if wanted:
            raise NpcompareError(f'the phrase book has no language "{wanted}"', f"it has: {known}")
        raise NpcompareError(
            "the text seems to be in a language that the phrase book does not have",
            f"it has: {known}; if the text is in one of them, name it with --language; of any "
            "other, npcompare new takes the words and leaves the coding to you",
        )

    def find(self, text: str, wanted: str = "") -> Language | None:
        """Return the same language, or None for one that the book does not have.

        Words that are frequent in others too do not tell it from those.
        """
        if wanted:
            return self.languages.get(wanted.partition("-")[0].casefold())
        words = re.findall(r"\w+", text[:_ENOUGH].casefold())

        def count(frequent: frozenset[str]) -> int:
            return sum(word in frequent for word in words)

        found = max(self.languages.values(), key=lambda one: count(one.frequent))
        every = frozenset[str]().union(*(one.frequent for one in self.languages.values()))
        own = count(found.frequent - self.others)
        return None if count(self.others - every) > own + 1 else found


@cache
def bundled() -> PhraseBook:
    """Return the phrase book that travels with npcompare; raise ProblemsError on findings in it."""
    source = read(files.bundled("schemas") / "phrasebook.yaml")
    json_schema.require(source, "phrasebook")
    languages = {tag: Language(tag, data) for tag, data in source.data["languages"].items()}
    return PhraseBook(languages, frozenset(source.data["others"]))


def check(source: Source, codebook: Codebook) -> Iterator[Problem]:
    """Yield what is wrong with a phrase book beyond its shape: ids, values and phrases."""
    ids: set[str] = set()
    for tag, data in source.data["languages"].items():
        writing = Language(tag, {**data, "rules": []}).writing
        for index, one in enumerate(data["rules"]):
            pointer = ("languages", tag, "rules", index)
            if one["id"] in ids:
                yield source.problem(pointer, Code.RULE_REFERENCE, f'a second rule "{one["id"]}"')
            ids.add(one["id"])
            yield from _check_value(source, codebook, pointer, one)
            for text in (*one["phrases"], *one.get("unless", ())):
                try:
                    writing.pattern(text)
                except ValueError as error:
                    yield source.problem(pointer, Code.RULE_REFERENCE, str(error))


def _check_value(
    source: Source, codebook: Codebook, pointer: Pointer, one: Mapping[str, Any]
) -> Iterator[Problem]:
    name, value = one["field"], one.get("value", "")
    known: Iterable[str] = codebook.vocabulary[FIELDS[name]] if name in FIELDS else ()
    if (name in SIGNALS) is bool(value) or (value and value not in known):
        message = f'{name} has no value "{value}"' if value else f"{name} needs a value"
        yield source.problem(pointer, Code.RULE_REFERENCE, message)
