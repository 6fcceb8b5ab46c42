"""The phrase book: phrases of statutes and what they mean, as data that a lawyer can edit.

Each language has its own way to split a text into words and to normalize them. The head of
`schemas/phrasebook.yaml` describes how a phrase is written.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.language_detection import FrequentWords, detected
from npcompare.coding.patterns import Grammar, Matcher, Token
from npcompare.coding.phrase_parts import any_phrase
from npcompare.coding.word_normalizer import WordNormalizer
from npcompare.errors import Code, NpcompareError, Problem
from npcompare.law.bundled_data import bundled_data
from npcompare.messages import main_language
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.phrase_parts import Phrase
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

#: Names that a rule may have in place of a coded field: signals to `sentence_reader`.
SIGNALS = frozenset(
    {
        *("exception", "excepted", "definition", "aside", "denial", "no_force", "reference"),
        *("likewise", "further", "about_rule", "about_article", "about_law", "about_part"),
        *("plain", "inserted", "scope", "defined", "relaxed", "requirement", "required"),
    }
)

#: The kinds of words that no reading may pass over in silence: those that begin a condition or a
#: relative clause, and signals; and the beginnings of main clauses.
CLAUSES = ("conditional", "relative")
MAIN = "main_clauses"
MARKS = (
    *CLAUSES,
    *(MAIN, "compulsion", "cause", "exception", "clausal", "negation", "denying"),
)

#: The kinds of words from which it is seen who receives a relief.
PERSONS = ("victims", "persons", "pronouns", "others", "authorities")
BENEFICIARIES = (*PERSONS, "acts", "before", "prepositions", "identity", "events", "receives")

#: A word, or a barrier.
_TOKEN = re.compile(r"(?:(?:[Cc][Oo]|[Ss][Uu][Bb])-)?[^\W_]+(?:['\u2019][^\W_]+)*|;")

#: The same where French elides an article or pronoun before the next word, a word of its own.
_ELIDED_TOKEN = re.compile(
    rf"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['\u2019](?=[^\W_])|{_TOKEN.pattern}", re.IGNORECASE
)
_APOSTROPHE = re.compile("['\u2019]")

#: What has phrases in a rule; a word of a phrase; and the fewest letters of the beginning of a word
#: that say which word it is.
_PHRASE_KEYS = ("phrases", "unless")
_PHRASE_WORD = re.compile(r"(?<![{\w])[^\W\d_]+(?:['\u2019][^\W\d_]+)*~?(?![}\w])")
_LONG_BEGINNING = 5


class PhraseRule(Struct, frozen=True):
    """A rule of the phrase book: its phrases give one value of one field, or a signal."""

    id: str
    field: str
    #: Empty for a signal.
    value: str
    #: Whether it gives way to any other rule of its field, as "an offence" does to named offences.
    is_weak: bool = False


class RuleMatch(Struct, frozen=True, gc=False):
    """A rule that matches a sentence: the indexes of the first word, and after the last one."""

    rule: PhraseRule
    #: The number of its phrases in the matcher.
    number: int
    first: int
    end: int


class Mark(Struct, frozen=True, gc=False):
    """Words of a kind in MARKS: the indexes of the first word, and after the last one."""

    kind: str
    first: int
    end: int


class Language:
    """The rules of one language, and how its words are normalized."""

    def __init__(
        self, tag: str, data: Mapping[str, Any], vocabulary: frozenset[str] | None = None
    ) -> None:
        """Prepare to match the rules of a phrase book that has been checked.

        With a vocabulary, only phrases that a text of these words can contain are matched.
        """
        self.tag = tag
        self._data = data
        #: Whether it has been used for a text.
        self._is_used = False
        #: Conjunctions of alternatives, other conjunctions, and prepositions.
        self.joins = {name: frozenset(data[name]) for name in ("or", "and", "for")}
        self._normalizer = WordNormalizer(data)
        self.hinges = frozenset(map(self.normalize, data["hinges"]))
        self.grammar = Grammar(data.get("sets", {}), self.hinges, self.normalize, vocabulary)
        #: Words that carry no condition: articles, prepositions, auxiliaries, pronouns.
        self.empty = frozenset(map(self.normalize, data["empty"]))
        #: Nouns that the title of a rule may have: "protection".
        self.titles = frozenset(map(self.normalize, data.get("titles", ())))
        #: Words at which a clause turns that begin no clause: "shall", "may".
        self.modal = self.hinges - self.empty - self._words_of(data, *CLAUSES)
        #: Words at which a clause turns that begin one: "if", "which".
        self.clause_words = self.hinges - self.modal
        #: Words that negate: "not", "nor".
        self.negations = frozenset(map(self.normalize, data["signals"]["negation"]))
        #: Words before what was mentioned already: "the offence".
        self.definite = frozenset(map(self.normalize, data.get("definite", ())))
        #: Words after which a word with a capital is a name: "of Utopia".
        self.places = frozenset(map(self.normalize, data.get("places", ())))
        #: The phrases of each kind in MARKS.
        self.mark_texts = {**{kind: data[kind] for kind in (*CLAUSES, MAIN)}, **data["signals"]}
        self._beneficiaries: Mapping[str, Sequence[str]] = data.get("beneficiaries", {})
        self._rules = data["rules"]
        #: Short forms and the words that they stand for.
        self.short_forms: Mapping[str, str] = data.get("short_forms", {})
        self._phrase_texts = [
            *(text for phrases in data.get("sets", {}).values() for text in phrases),
            *(text for rule in self._rules for key in _PHRASE_KEYS for text in rule.get(key, ())),
        ]

    def for_text(self, text: str) -> Language:
        """Return the language to read a text with.

        To compile all phrases takes longer than to read one text, so for the first text only those
        are compiled that it can contain. If more texts follow, all of them are, once.
        """
        if self._is_used:
            return self
        self._is_used = True
        words = frozenset(token.word for token in self.tokens(text))
        return Language(self.tag, self._data, words)

    def _words_of(self, data: Mapping[str, Any], *kinds: str) -> set[str]:
        return {
            self.normalize(word) for kind in kinds for text in data[kind] for word in text.split()
        }

    @cached_property
    def _vocabulary(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The normalized words of its phrases, and the beginnings of words."""
        pieces = {piece for text in self._phrase_texts for piece in _PHRASE_WORD.findall(text)}
        truncated = {piece for piece in pieces if piece.endswith("~")}
        words = {*(pieces - truncated), *self.empty, *self.hinges}
        beginnings = {self.normalize(piece.removesuffix("~")) for piece in truncated}
        return (
            frozenset(map(self.normalize, {*words, *self._normalizer.variants})),
            tuple(each for each in beginnings if len(each) >= _LONG_BEGINNING),
        )

    def has_word(self, word: str) -> bool:
        """Return whether a word is part of its phrases."""
        return self.normalize(word) in self._vocabulary[0]

    def has_beginning(self, word: str) -> bool:
        """Return whether a word of letters begins as its phrases say."""
        return word.isalpha() and self.normalize(word).startswith(self._vocabulary[1])

    @cached_property
    def _matcher(self) -> tuple[Matcher, list[tuple[PhraseRule, bool]]]:
        """The matcher, and for each of its phrases the rule and whether it cancels the rule.

        All phrases of a rule are one phrase to the matcher, which then finds the longest of them.
        """
        phrases: list[Phrase] = []
        owners: list[tuple[PhraseRule, bool]] = []
        for data in self._rules:
            rule = PhraseRule(
                data["id"], data["field"], data.get("value", ""), data.get("weak", False)
            )
            for key, cancels in (("phrases", False), ("unless", True)):
                if texts := data.get(key):
                    phrases.append(any_phrase([self.grammar.phrase(text) for text in texts]))
                    owners.append((rule, cancels))
        return Matcher(self.grammar, phrases), owners

    @cached_property
    def _mark_matcher(self) -> Matcher:
        """The matcher of each kind in MARKS."""
        return self._matcher_of(MARKS, self.mark_texts)

    @cached_property
    def _beneficiary_matcher(self) -> Matcher:
        """The matcher of each kind in BENEFICIARIES."""
        return self._matcher_of(BENEFICIARIES, self._beneficiaries)

    def _matcher_of(self, kinds: Sequence[str], texts_of: Mapping[str, Sequence[str]]) -> Matcher:
        """Return a matcher that has one phrase for all phrases of each kind."""
        phrase = self.grammar.phrase
        return Matcher(
            self.grammar, [any_phrase([phrase(text) for text in texts_of[kind]]) for kind in kinds]
        )

    def tokens(self, text: str, start: int = 0, end: int | None = None) -> list[Token]:
        """Return the words of a part of a text, and its barriers."""
        last = len(text) if end is None else end
        normal_words, normal = self._normalizer.known, self._normalizer.normal
        pattern = _ELIDED_TOKEN if _APOSTROPHE.search(text, start, last) else _TOKEN
        # This runs for each word of every text, so it saves a call for words it has seen.
        return [
            Token(normal_words.get(match[0]) or normal(match[0]), match.start(), match.end())
            for match in pattern.finditer(text, start, last)
        ]

    def normalize(self, word: str) -> str:
        """Return a word without case, accents, possessive and variant spelling."""
        return self._normalizer.normal(word)

    def example(self, rule_id: str) -> str:
        """Return the first sentence in which a rule must match, or an empty string."""
        rules = (rule for rule in self._rules if rule["id"] == rule_id)
        return next((str(rule["fires"][0]) for rule in rules if rule.get("fires")), "")

    def is_hinge(self, word: str) -> bool:
        """Return whether a clause turns at a word."""
        return self.normalize(word) in self.hinges

    def matches(self, tokens: Sequence[Token]) -> list[RuleMatch]:
        """Return each rule that matches a sentence, in the order of the text."""
        matcher, owners = self._matcher
        matches = []
        cancelled = set()
        for first, number, end in matcher.matches([token.word for token in tokens]):
            rule, cancels = owners[number]
            if cancels:
                cancelled.add(rule.id)
            else:
                matches.append(RuleMatch(rule, number, first, end))
        return [match for match in matches if match.rule.id not in cancelled]

    def named(self, number: int, words: Sequence[str]) -> tuple[int, ...]:
        """Return the indexes of the words of a match that its phrase names, outside its gaps."""
        return self._matcher[0].named(number, words)

    def marks(self, tokens: Sequence[Token], places: Iterable[int] | None = None) -> list[Mark]:
        """Return the marks of a sentence, in the order of the text.

        If places are given, only those that begin with the words at these indexes.
        """
        return _marks(self._mark_matcher, MARKS, tokens, places)

    def beneficiaries(self, tokens: Sequence[Token]) -> list[Mark]:
        """Return the words from which it is seen who receives a relief."""
        if not self._beneficiaries:
            return []
        return _marks(self._beneficiary_matcher, BENEFICIARIES, tokens)


def _marks(
    matcher: Matcher,
    kinds: Sequence[str],
    tokens: Sequence[Token],
    places: Iterable[int] | None = None,
) -> list[Mark]:
    """Return the words of each kind, in the order of the text."""
    found = matcher.matches([token.word for token in tokens], places)
    return [Mark(kinds[number], first, end) for first, number, end in found]


class PhraseBook(Struct, frozen=True):
    """The languages of the phrase book, by their tags."""

    languages: Mapping[str, Language]
    #: The same languages, and those that it does not cover, by their frequent words.
    covered: tuple[FrequentWords, ...]
    others: tuple[FrequentWords, ...]

    def language(self, text: str, tag: str = "") -> Language:
        """Return the language with a tag or, without a tag, the language of the text.

        Raises NpcompareError for a language that the phrase book does not have.
        """
        if language := self.find(text, tag):
            return language
        tags = ", ".join(self.languages)
        if tag:
            names = {each.tag: f" ({each.name})" for each in self.others}
            name = names.get(main_language(tag), "")
            raise NpcompareError(
                f'the phrase book has no language "{tag}"{name}', f"its languages are: {tags}"
            )
        raise NpcompareError(
            f"the text seems to be in {self.other_language(text)} "
            "that the phrase book does not have",
            f"its languages are: {tags}; if the text is in one of them, add --text-language; "
            "for a text in another language, `npcompare new` writes a file for you to code",
        )

    def find(self, text: str, tag: str = "") -> Language | None:
        """Return the same language, or None if the phrase book does not have it."""
        if not tag:
            language = detected(text, self.covered, self.others)
            tag = language.tag if language else ""
        return self.languages.get(main_language(tag))

    def example(self, rule_id: str) -> str:
        """Return a sentence in which a rule matches; empty for what is no rule of the book."""
        examples = (language.example(rule_id) for language in self.languages.values())
        return next(filter(None, examples), "")

    def other_language(self, text: str) -> str:
        """Return how to call the language of a text that the phrase book does not have."""
        language = detected(text, self.covered, self.others)
        return f"{language.name}, a language" if language else "a language"


@cache
def phrase_book() -> PhraseBook:
    """Return the bundled phrase book; raise ProblemsError if it has findings."""
    book = bundled_data("phrasebook")
    languages = {tag: Language(tag, data) for tag, data in book["languages"].items()}
    covered = [{**data, "tag": tag, "name": tag} for tag, data in book["languages"].items()]
    return PhraseBook(
        languages,
        tuple(map(_frequent_words, covered)),
        tuple(map(_frequent_words, book["others"])),
    )


def _frequent_words(data: Mapping[str, Any]) -> FrequentWords:
    scripts, words = data.get("scripts", ["LATIN"]), data.get("frequent", ())
    return FrequentWords(data["tag"], data["name"], frozenset(scripts), frozenset(words))


def check(source: YamlFile, codebook: Codebook) -> Iterator[Problem]:
    """Yield the findings about a phrase book that its schema cannot express."""
    ids: set[str] = set()
    for tag, data in source.data["languages"].items():
        language = Language(tag, data)
        grammar = language.grammar
        yield from _check_marks(source, tag, language)
        for index, rule in enumerate(data["rules"]):
            pointer = ("languages", tag, "rules", index)
            if rule["id"] in ids:
                message = f'the rule id "{rule["id"]}" is already in use'
                yield source.problem(pointer, Code.RULE_REFERENCE, message)
            ids.add(rule["id"])
            yield from _check_value(source, codebook, pointer, rule)
            for text in (*rule["phrases"], *rule.get("unless", ())):
                try:
                    grammar.phrase(text)
                except ValueError as error:
                    yield source.problem(pointer, Code.RULE_REFERENCE, str(error))


def _check_marks(source: YamlFile, tag: str, language: Language) -> Iterator[Problem]:
    """Yield the findings about the words that are listed unless a value is based on them."""
    for kind, texts in language.mark_texts.items():
        keys = (kind,) if kind in (*CLAUSES, MAIN) else ("signals", kind)
        for index, text in enumerate(texts):
            pointer: Pointer = ("languages", tag, *keys, index)
            try:
                language.grammar.phrase(text)
            except ValueError as error:
                yield source.problem(pointer, Code.RULE_REFERENCE, str(error))
                continue
            if language.normalize(text) in language.empty:
                message = f'"{text}" cannot be both an empty word and one that is listed'
                yield source.problem(pointer, Code.RULE_REFERENCE, message)


def _check_value(
    source: YamlFile, codebook: Codebook, pointer: Pointer, rule: Mapping[str, Any]
) -> Iterator[Problem]:
    field, value = rule["field"], rule.get("value", "")
    vocabulary: Iterable[str] = codebook.vocabulary[FIELDS[field]] if field in FIELDS else ()
    if (field in SIGNALS) is bool(value) or (value and value not in vocabulary):
        message = f'{field} has no value "{value}"' if value else f"{field} needs a value"
        yield source.problem(pointer, Code.RULE_REFERENCE, message)
