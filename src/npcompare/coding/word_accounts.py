"""Which words of a sentence are accounted for, and which are not understood.

Every word of a sentence that adds to a rule is in one of three groups: a phrase on which a value is
based names it; it is empty, because it can carry no condition; or it is not understood. Words that
begin a clause are understood with their clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.coding.phrasebook import CLAUSES
from npcompare.law.provision_parser import FIELDS_OF_PROVISION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from npcompare.coding.passages import Passage, SentenceWords
    from npcompare.coding.phrasebook import Language

#: Fields that say nothing about the conditions of a rule. No condition or signal word is understood
#: because a value of these is based on it; nor because of a weak passage.
_OUTER = frozenset({"relief", "force", "no_force", "addressee", "liability"})

#: Fields that can be the content of an exception. A link cannot: "unless compelled" is no link.
CONTENTS_OF_EXCEPTION = frozenset(
    {
        *("offences.excluded", "tests", "conditions", "cooperation", "status_required"),
        *("decision", *FIELDS_OF_PROVISION, "reference"),
    }
)

#: Fields on which no negation is based: "is not" gives force to any rule.
_FORCES = frozenset({"force", "no_force"})

_EXTENT = "offences.extent"

#: Words for what is excepted: acts, and persons who are excepted whatever they did.
_ACTS = frozenset({"acts"})
_PERSONS = frozenset({"persons", "others", "victims"})

#: The signals of words that add nothing to any value.
_NEUTRAL = frozenset({"plain", "inserted"})

#: What separates clauses within a sentence, besides the words that begin a clause.
_PUNCTUATION = re.compile(r"[,;:.()\[\]\u2013\u2014]")

_OPENING = "(["

#: A word written as a name, what is before a word that may have a capital for another reason, and
#: the share of such words above which they are no names: one in three.
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+")
_BREAK = re.compile(r"[^\s,'\u2019-]|\n")
_MOST_NAMES = 3

#: What ends the words that belong to a noun.
_CLAUSE_END = re.compile("[.;]")


class Clause(Struct, frozen=True):
    """A part of a sentence without punctuation: the indexes of its first word and after its last.

    A condition, a relative clause or a passage in brackets is listed as a whole, unless words of it
    are quoted.
    """

    first: int
    end: int
    #: "conditional" or "relative", by the words that begin it; "bracket" after a bracket; or empty.
    kind: str
    #: The index after the words that begin it.
    content: int


class WordAccount(Struct, frozen=True):
    """How many words of a sentence are understood or empty, and where those are that are not."""

    words: int = 0
    covered: int = 0
    empty: int = 0
    unread: tuple[tuple[int, int], ...] = ()
    #: Whether words not understood may narrow "an offence": an exception, or words beside it.
    may_narrow: bool = False


def account(
    words: SentenceWords,
    language: Language,
    understood: Sequence[Passage],
    quoted: Collection[int] = (),
) -> WordAccount:
    """Return which words of a sentence are accounted for.

    Args:
        words: The words.
        language: Their language.
        understood: The passages on which a value is based, and the signals that are understood.
        quoted: The places of words that are accounted for in any case.
    """
    return _Account(words, language, understood, quoted).result()


class _Account:
    """The words of one sentence, by their indexes."""

    def __init__(
        self,
        words: SentenceWords,
        language: Language,
        understood: Sequence[Passage],
        quoted: Collection[int],
    ) -> None:
        self._text = words.text
        self._language = language
        self._tokens = words.tokens
        self._marks = words.marks
        self._starts = [token.start for token in self._tokens]
        self._offences = self._mentions(understood)
        self._quoted = {index for index, token in enumerate(self._tokens) if token.start in quoted}
        #: Words on which values are based that can explain a condition or a signal.
        self._inner = self._quoted | self._named(
            each for each in understood if each.field not in _OUTER and not each.rule.is_weak
        )
        self._limits = self._quoted | self._named(
            each for each in understood if each.field in CONTENTS_OF_EXCEPTION
        )
        self._excepted = self._named(
            each for each in understood if each.field in CONTENTS_OF_EXCEPTION - {"reference"}
        )
        self._exceptions = self._marked("exception")
        self._clausal = self._marked("clausal")
        self._plain = self._named(each for each in understood if each.field in _NEUTRAL)
        signals = self._marked("compulsion", "cause", "exception")
        negations = self._marked("negation") - signals
        self._covered = (
            self._quoted
            | (self._named(understood) - signals - negations)
            | (self._inner & signals)
            | (self._named(each for each in understood if each.field not in _FORCES) & negations)
        )
        begins = self._marked(*CLAUSES)
        # "Not guilty of an offence if" does not explain the condition that follows.
        self._covered -= self._marked("conditional") - self._inner
        self._begins = begins - self._covered
        empty = self._in(language.empty)
        self._names = self._proper_names() - self._covered - begins - empty
        self._modal = self._in(language.hinges) - begins - empty
        self._empty = empty - self._covered - signals - negations - begins

    def _mentions(self, understood: Sequence[Passage]) -> list[Passage]:
        """Return the passages of which the words beside them may narrow the offences.

        "The offence" only refers to those mentioned before.
        """
        mentions = [each for each in understood if each.field == _EXTENT and each.rule.is_weak]
        return [each for each in mentions if each is mentions[0] or not self._is_definite(each)]

    def _in(self, words: Collection[str]) -> set[int]:
        return {index for index, token in enumerate(self._tokens) if token.word in words}

    def _proper_names(self) -> set[int]:
        """Return the words written as names within a sentence: "a court of Utopia".

        They carry no condition, but may narrow the offences beside them. Where many words have
        capitals, as in a title, none of them is known to be a name.
        """
        capitals = [
            index
            for index in range(1, len(self._tokens))
            if _NAME.fullmatch(self._text, self._tokens[index].start, self._tokens[index].end)
            and not _BREAK.search(self._before(index))
        ]
        names: set[int] = set()
        if _MOST_NAMES * len(capitals) > len(self._tokens):
            return names
        for index in capitals:
            is_place = self._tokens[index - 1].word in self._language.places or index - 1 in names
            if is_place and not self._language.has_word(self._tokens[index].word):
                names.add(index)
        return names

    def _named(self, passages: Iterable[Passage]) -> set[int]:
        places = set().union(*(passage.named_places(self._language) for passage in passages))
        return {index for index, token in enumerate(self._tokens) if token.start in places}

    def _marked(self, *kinds: str) -> set[int]:
        return {
            index
            for mark in self._marks
            if mark.kind in kinds
            for index in range(mark.first, mark.end)
        }

    def result(self) -> WordAccount:
        """Return the account, clause by clause."""
        unread: list[tuple[int, int]] = []
        conditions: set[int] = set()
        exceptions: set[int] = set()
        clauses = list(self._clauses())
        for number, clause in enumerate(clauses):
            if self._is_understood(clause, islice(clauses, number + 1, None)):
                self._covered |= self._begins & set(range(clause.first, clause.end))
                continue
            indexes = set(range(clause.first, clause.end))
            is_whole = clause.kind and not indexes & self._quoted
            unread += [(clause.first, clause.end)] if is_whole else self._runs(clause)
            if clause.kind == "conditional":
                conditions |= indexes
            if self._narrows(clause):
                exceptions |= indexes & self._exceptions
        narrowing = set(range(len(self._tokens))) - self._covered - self._empty - conditions
        return WordAccount(
            len(self._tokens),
            len(self._covered),
            len(self._empty | self._names),
            tuple(
                (self._tokens[first].start, self._tokens[end - 1].end)
                for first, end in self._joined(unread)
            ),
            bool(exceptions) or any(self._is_beside(each, narrowing) for each in self._offences),
        )

    def _narrows(self, clause: Clause) -> bool:
        """Return whether an exception may narrow the offences.

        "Unless the prosecutor consents" and "does not apply to an organizer" are about no act. What
        "other than a violent crime as listed in section 5" leaves out is known, and "subject to the
        approval of the Minister" leaves out nothing.
        """
        if self._excepted & set(range(clause.first, clause.end)):
            return False
        content = self._tokens[clause.content : clause.end]
        kinds = {mark.kind for mark in self._language.beneficiaries(content)}
        if kinds & _ACTS or "it" in {token.word for token in content}:
            return True
        return clause.first not in self._clausal and not kinds & _PERSONS

    def _is_definite(self, passage: Passage) -> bool:
        """Return whether a passage begins with, or follows, a word such as "the" or "that"."""
        index = bisect_left(self._starts, passage.start)
        nearby = self._tokens[max(index - 1, 0) : index + 1]
        return any(token.word in self._language.definite for token in nearby)

    def _is_beside(self, passage: Passage, words: set[int]) -> bool:
        """Return whether some words precede the noun of a passage directly, or follow it.

        Those that follow have only plain words between, and neither the end of the clause nor a
        verb such as "may".
        """
        first = bisect_left(self._starts, passage.start)
        if {first - 2, first} & self._empty == {first - 2} and first - 1 in words:
            return True
        between = self._empty | self._plain
        for index in range(bisect_left(self._starts, passage.end), len(self._tokens)):
            if _CLAUSE_END.search(self._before(index)) or index in self._modal:
                return False
            if index in words:
                return True
            if index not in between:
                return False
        return False

    def _clauses(self) -> Iterator[Clause]:
        """Yield the clauses: they begin at punctuation, at labels and at words of their own."""
        begins = {mark.first: mark for mark in reversed(self._marks) if mark.kind in CLAUSES}
        first, kind, content = 0, "", 0
        for index in range(len(self._tokens)):
            between = self._before(index)
            mark = begins.get(index)
            if index and index >= content and (mark or _PUNCTUATION.search(between)):
                yield Clause(first, index, kind, content)
                first, kind, content = index, "", index
            if mark and index == first:
                kind, content = mark.kind, mark.end
            elif any(bracket in between for bracket in _OPENING):
                kind = "bracket"
        if self._tokens:
            yield Clause(first, len(self._tokens), kind, content)

    def _before(self, index: int) -> str:
        """Return the text between a word and the one before it."""
        start = self._tokens[index - 1].end if index else self._tokens[0].start
        return self._text[start : self._tokens[index].start]

    def _is_understood(self, clause: Clause, following: Iterable[Clause]) -> bool:
        """Return whether every word of a clause is accounted for, and a condition is based on it.

        The content of a condition may follow a comma: "if, in fact, ...".
        """
        words = set(range(clause.first, clause.end))
        if words - self._covered - self._empty - self._names - self._begins:
            return False
        if clause.kind != "conditional" or clause.first not in self._begins:
            return True
        explanations = self._limits if clause.first in self._exceptions else self._inner
        for part in chain([clause], following):
            content = set(range(part.content, part.end)) - self._empty
            if content or (part is not clause and part.kind == "conditional"):
                return bool(content & explanations)
        return False

    def _runs(self, clause: Clause) -> Iterator[tuple[int, int]]:
        """Yield each run of words that are not understood, with the empty words within it.

        A word that begins the clause is no run by itself.
        """
        run: list[int] = []
        for index in range(clause.first, clause.end + 1):
            if index == clause.end or index in self._covered:
                if not set(run) <= self._begins:
                    yield run[0], run[-1] + 1
                run = []
            elif index not in self._empty | self._names:
                run.append(index)

    def _joined(self, unread: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return runs in order, those with at most empty words between them as one.

        A condition is apart. A preposition before a relative clause is part of it.
        """
        begins = {mark.first: mark.kind for mark in self._marks if mark.kind in CLAUSES}
        joined: list[tuple[int, int]] = []
        for begin, end in unread:
            kind = begins.get(begin, "")
            first = begin - (kind == "relative" and self._has_preposition(begin))
            if joined and kind != "conditional" and self._empty >= set(range(joined[-1][1], first)):
                joined[-1] = joined[-1][0], end
            else:
                joined.append((first, end))
        return joined

    def _has_preposition(self, index: int) -> bool:
        """Return whether a preposition is right before a word: "for which"."""
        return (
            index - 1 in self._empty
            and self._tokens[index - 1].word in self._language.joins["for"]
            and not _PUNCTUATION.search(self._before(index))
        )
