"""A sentence of law to its passages: which rules of the phrase book it meets, and where.

Hides what a phrase alone cannot see: the things of a list, each of which goes on from the words
before the list; exceptions, in which an offence that is named is one left out; words that deny the
relief they name; and alternatives set side by side in one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.coding.phrasebook import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.patterns import Token
    from npcompare.coding.phrasebook import Language, Rule
    from npcompare.wording.sentences import Sentence

#: Fields of which a passage counts only where no longer one of the field lies over it.
_EXCLUSIVE = frozenset({"link", "offences.extent", "persons", "burden"})

#: Fields that mean within an exception what they mean elsewhere.
_EVERYWHERE = frozenset({*SIGNALS, "offences.excluded", "relief", "force", "burden", "standard"})

#: How many words before a list go with each thing that is listed.
_LEAD = 40

#: How far into a passage, in characters, one that is only a part of it may begin ("a direct ..."),
#: and how long it may be elsewhere in it ("consequence of").
_HEAD = 20

#: How many of the passages before it may lie over a passage.
_NEAR = 20


class Passage(Struct, frozen=True, gc=False):
    """Words that meet a rule: where they stand, and in which thing of a list; 0 if before it."""

    rule: Rule
    start: int
    end: int
    part: int = 0

    @property
    def field(self) -> str:
        """The field that the rule speaks to."""
        return self.rule.field

    @property
    def value(self) -> str:
        """The value that the rule gives."""
        return self.rule.value

    def as_field(self, name: str, value: str = "", rule: str = "") -> Passage:
        """Return the passage as one that speaks to another field."""
        changed = replace(
            self.rule, id=rule or self.rule.id, field=name, value=value or self.rule.value
        )
        return replace(self, rule=changed)


class Reader:
    """Reads the sentences of one text in one language."""

    def __init__(self, text: str, language: Language) -> None:
        """Keep the text that sentences are places of."""
        self._text = text
        self._language = language

    def passages(self, sentence: Sentence) -> list[Passage]:
        """Return what a sentence meets, without what its own words take back."""
        tokens = self._tokens(sentence)
        found = [
            Passage(hit.rule, tokens[hit.first].start, tokens[hit.end - 1].end)
            for hit in self._language.matches(tokens)
        ]
        found += self._in_list(sentence, tokens)
        if sentence.labels:
            found = [replace(one, part=_part(sentence, one)) for one in found]
        return _denied(self._excepted(sentence, self._longest(found)))

    def _tokens(self, sentence: Sentence) -> list[Token]:
        """Return the words of a sentence without the labels of its list."""
        tokens: list[Token] = []
        start = sentence.start
        for label, after in (*sentence.labels, (sentence.end, sentence.end)):
            tokens += self._language.tokens(self._text, start, label)
            start = after
        return tokens

    def _in_list(self, sentence: Sentence, tokens: list[Token]) -> Iterator[Passage]:
        """Yield what each thing of a list says together with the words before the list."""
        if not sentence.labels:
            return
        starts = [token.start for token in tokens]
        places = [bisect_left(starts, label) for label, _ in sentence.labels]
        lead = tokens[max(places[0] - _LEAD, 0) : places[0]]
        for first, last in pairwise((*places, len(tokens))):
            together = [*lead, *tokens[first:last]]
            for hit in self._language.matches(together):
                # What stands in one thing alone may have been taken back by the words of another.
                if hit.end > len(lead):
                    start = together[max(hit.first, len(lead))].start
                    yield Passage(hit.rule, start, together[hit.end - 1].end)

    def _longest(self, passages: list[Passage]) -> list[Passage]:
        """Return passages without those that a longer one of their field lies over."""
        kept: list[Passage] = []
        for one in sorted(passages, key=lambda each: (each.start, -each.end)):
            if not any(self._lies_over(other, one) for other in kept[-_NEAR:]):
                kept.append(one)
        return kept

    def _lies_over(self, one: Passage, other: Passage) -> bool:
        """Say whether a passage says all that another within it does."""
        if one.field != other.field or not one.start <= other.start <= other.end <= one.end:
            return False
        if one.value == other.value:
            return True
        # "A result" is part of "a direct result"; what "or" joins to that is another tie.
        is_part = (
            other.end == one.end
            or other.start - one.start <= _HEAD
            or other.end - other.start <= _HEAD
        )
        apart = other.start > one.start and self.joined(one.start, other.start, "or")
        return one.field in _EXCLUSIVE and is_part and not apart

    def _excepted(self, sentence: Sentence, found: list[Passage]) -> list[Passage]:
        """Return what is met, with the offences that an exception names as excluded."""
        relief = [one.start for one in found if one.field == "relief"]
        spans = [
            (one.start, self._end_of_exception(one.end, sentence.end, relief))
            for one in found
            if one.field == "exception"
        ]
        spans += [(sentence.start, one.start) for one in found if one.field == "excepted"]
        kept = []
        for one in found:
            inside = any(start <= one.start < end for start, end in spans)
            if not inside or one.field in _EVERYWHERE:
                kept.append(one)
            elif one.field == "offences.categories":
                kept.append(one.as_field("offences.excluded"))
        return kept

    def _end_of_exception(self, start: int, end: int, relief: list[int]) -> int:
        """Return where an exception ends: at a semicolon, or a comma that a clause follows.

        One that stands before the relief ends at its first comma.
        """
        for comma in re.compile(r"([,;])\s*(\w+)").finditer(self._text, start, end):
            is_before = bool(relief) and min(relief) > comma.start()
            if comma[1] == ";" or is_before or self._language.is_hinge(comma[2]):
                return comma.start()
        return end

    def alternatives(self, clause: list[Passage]) -> Iterator[list[Passage]]:
        """Yield a clause once for each of the offences, or ties, that it sets side by side."""
        for part in self._parted_offences(clause) or [clause]:
            groups: list[list[Passage]] = []
            links = [one for one in part if one.field == "link"]
            for one in sorted(links, key=lambda each: each.start):
                last = groups[-1][-1] if groups else None
                if last and (one.value == last.value or not self._is_instead(part, last, one)):
                    groups[-1].append(one)
                else:
                    groups.append([one])
            rest = [one for one in part if one.field != "link"]
            yield from ([*rest, *group] for group in groups or [[]])

    def _is_instead(self, clause: list[Passage], last: Passage, one: Passage) -> bool:
        """Say whether a tie is asked for instead of the last one: an "or" leads from that to it.

        An "or" among the ways of compelling ("by threats or violence") leads to no other tie.
        """
        ways = [
            each.end
            for each in clause
            if each.field == "compulsion" and last.end <= each.start and each.end <= one.start
        ]
        return self.joined(max([last.end, *ways]), one.start, "or")

    def _parted_offences(self, clause: list[Passage]) -> list[list[Passage]]:
        """Return the two halves of "for these offences, or for those where ...", or nothing."""
        named = [one for one in clause if one.field == "offences.categories"]
        links = [one.start for one in clause if one.field == "link"]
        for one in clause:
            if one.field != "offences.extent" or one.value != "any" or one.rule.is_weak:
                continue
            before = [each for each in named if each.end <= one.start]
            is_tied = bool(links) and min(links) >= one.start
            if not before or not is_tied:
                continue
            if self.joined(max(each.end for each in before), one.start, "or", "for"):
                offences = ("offences.extent", "offences.categories", "link")
                shared = [each for each in clause if each.field not in offences]
                own = [each for each in clause if each.field in offences]
                return [[*shared, *before], [*shared, *(e for e in own if e.start >= one.start)]]
        return []

    def joined(self, start: int, end: int, *names: str) -> bool:
        """Say whether two places are joined by words of these kinds, and not by "and"."""
        words = {one.word for one in self._language.tokens(self._text, start, end)}
        joins = self._language.joins
        return all(words & joins[name] for name in names) and not words & joins["and"]

    def follows_on(self, one: Passage, other: Passage, most: int) -> bool:
        """Say whether a passage goes straight on to another: within a few words, none a join."""
        if other.start < one.start:
            return False
        start, end = one.end, max(other.start, one.end)
        words = self._language.tokens(self._text, start, end)
        joins = self._language.joins["or"] | self._language.joins["and"]
        apart = {token.word for token in words} & joins
        return len(words) <= most and not apart and "," not in self._text[start:end]


def clauses(passages: list[Passage]) -> Iterator[list[Passage]]:
    """Yield a sentence as one clause, or one for each thing of a list that is a rule of its own.

    It is one if the things of the list speak of different victims, or if each gives relief and asks
    for a tie.
    """
    lead = [one for one in passages if not one.part]
    parts = [
        [one for one in passages if one.part == part]
        for part in sorted({one.part for one in passages if one.part})
    ]
    people = {
        frozenset(one.value for one in part if one.field == "persons" and not one.rule.is_weak)
        for part in parts
    }
    giving = [part for part in parts if _speaks(part, "relief")]
    rules_apart = (
        len(giving) > 1
        and not _speaks(lead, "relief")
        and all(_speaks(part, "link") for part in giving)
    )
    if rules_apart or len(people - {frozenset()}) > 1:
        yield from ([*lead, *part] for part in parts)
    else:
        yield passages


def _speaks(passages: list[Passage], name: str) -> bool:
    return any(one.field == name for one in passages)


def _part(sentence: Sentence, one: Passage) -> int:
    """Return the number of the thing of a list that words stand in, 0 before the list."""
    return sum(after <= one.start for _, after in sentence.labels)


def _denied(passages: list[Passage]) -> list[Passage]:
    """Return passages without the relief and force that the words themselves deny."""
    denials = [(one.start, one.end) for one in passages if one.field == "denial"]
    return [
        one
        for one in passages
        if one.field not in ("relief", "force")
        or not any(start < one.end and one.start < end for start, end in denials)
    ]
