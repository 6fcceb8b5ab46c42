"""The passages of a sentence: which rules of the phrase book match it, and where.

This module handles what a single phrase cannot see: each item of a list continues the words before
the list; an exception excludes the offences that it names; some words deny the relief that they
name; and one sentence may offer several alternatives.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.coding.beneficiaries import without_others
from npcompare.coding.borrowed_verbs import without_borrowed_verbs
from npcompare.coding.denied_links import (
    without_borrowed_negations,
    without_denied_links,
    without_wide_links,
)
from npcompare.coding.excluded_offences import (
    with_exceptions,
    without_covered_in_exceptions,
    without_denied,
)
from npcompare.coding.joins import Joins
from npcompare.coding.offence_names import with_names
from npcompare.coding.passages import Passage, SentenceWords
from npcompare.coding.phrase_parts import BARRIER
from npcompare.coding.phrasebook import Mark
from npcompare.model.codebook import FIELDS
from npcompare.model.field_sets import OFFENCE_LISTS, REACHED_OFFENCES
from npcompare.wording.quotations import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.coding.patterns import Token
    from npcompare.coding.phrasebook import Language, RuleMatch
    from npcompare.wording.sentences import Sentence

#: Fields in which a passage gives way to a longer one that contains it.
_EXCLUSIVE = frozenset({"link", "offences.extent", "persons", "burden"})

#: Fields of phrases that name more than their words do elsewhere, and the fields that give way to
#: them: a "minor crime" is no child, "not exceeding" no force, "immigration detention" no offence.
_OFFENCES = frozenset(OFFENCE_LISTS)
_PARTS = {
    **dict.fromkeys(_OFFENCES, _OFFENCES | {"persons", "force"}),
    **dict.fromkeys(("relief", "scope", "link"), _OFFENCES),
    "persons": _OFFENCES | {"offences.extent", "reference"},
    "plain": frozenset({*FIELDS, "about_rule"}),
    "inserted": frozenset({*FIELDS, "about_rule", "about_law"} - {"liability"}),
}

#: A sentence with one of the first fields is read again without the words of the inserted ones, if
#: none of its words states a relief or another subject. Only these fields are then read.
_OF_CORE = frozenset({"persons", "link"})
_INSERTED = frozenset(
    {"link", "compulsion", *REACHED_OFFENCES, "raised_by", "conditions", "inserted"}
)
_STATED = frozenset({"relief", "aside", "denial", "definition", "likewise", "relaxed"})
_READ_IN_CORE = frozenset({"relief", "force"})

#: Fields whose words cannot begin in inserted words, or have words in them.
_NOT_INSERTED = frozenset({"link", "exception", "excepted"})

#: Fields that a negation gives, even one that joins what it negates: "ne sont ni".
_OF_FORCE = frozenset({"force", "no_force"})

#: A sentence on consent to prosecution names what another sentence gives.
_CONSENT = "consent_to_prosecute"

#: The most words between two commas that a sentence is read without.
_ADJUNCT = 10

#: The most characters of a title.
_TITLE = 90

#: How many words before a list are read with each of its items.
_LEAD = 40

#: How many characters into a passage another may begin to be part of it ("a direct ..."), and how
#: long another may be to be part of it elsewhere ("consequence of").
_SHORT_DISTANCE = 20

#: How many of the passages before a passage may contain it.
_NEARBY = 20

#: How many words may be between "any offence" and the law that narrows it.
_NARROWING = 5

#: The end of the last item of a list, before words that are of each item.
_LINE_END = re.compile(r"[,;\u2013\u2014-][^\S\n]*\n")


class Reader:
    """Reads the sentences of one text in one language."""

    def __init__(
        self, text: str, language: Language, exception_words: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Prepare to read sentences, which are places in the text.

        The exception words of a codebook begin a condition, besides those of the phrase book.
        """
        self.text = text
        self.language = language
        self.joins = Joins(text, language)
        self._exceptions = any_of(exception_words.get(language.tag, ()))
        #: The words of the sentences that have been read.
        self._tokens: dict[Sentence, list[Token]] = {}

    def passages(self, sentence: Sentence) -> list[Passage]:
        """Return the passages of a sentence, without those that its own words deny or exclude."""
        tokens = self.tokens(sentence)
        matches = self.language.matches(tokens)
        passages = [self._passage(match, tokens, tokens[match.first].start) for match in matches]
        passages += self._in_items(sentence, tokens)
        read_words = partial(self.words, sentence)
        # The words of a link that is denied are none that are inserted.
        passages = without_denied_links(passages, read_words, self.language)
        passages += self._in_core(passages, tokens)
        if sentence.labels:
            passages = [
                replace(passage, item=_item_number(sentence, passage)) for passage in passages
            ]
            passages = _without_other_items(passages)
        narrow = without_wide_links(without_borrowed_negations(passages, self.language))
        longest = _without_late_definitions(self._without_parts(self._longest(narrow)))
        required = without_denied_links(longest, read_words, self.language)
        named = with_names(required, read_words, self.language)
        applied = with_exceptions(self.text, self.language, sentence, named)
        outside = without_covered_in_exceptions(applied, sentence, read_words, self.language)
        granted = without_denied(outside, self.language)
        own = without_borrowed_verbs(self.text, self.language, granted)
        return without_others(own, read_words, self.language)

    def tokens(self, sentence: Sentence) -> list[Token]:
        """Return the words of a sentence without the labels of its list."""
        if sentence in self._tokens:
            return self._tokens[sentence]
        tokens: list[Token] = []
        start = sentence.start
        for label, after_label in (*sentence.labels, (sentence.end, sentence.end)):
            tokens += self.language.tokens(self.text, start, label)
            start = after_label
        self._tokens[sentence] = tokens
        return tokens

    def words(self, sentence: Sentence) -> SentenceWords:
        """Return the words of a sentence with their marks."""
        tokens = [token for token in self.tokens(sentence) if token.word != BARRIER]
        marks = self.language.marks(tokens)
        starts = [token.start for token in tokens]
        for match in self._exceptions.finditer(self.text, sentence.start, sentence.end):
            first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
            marks.append(Mark("conditional", first, end))
        return SentenceWords(self.text, tokens, marks)

    def conditional_items(self, sentence: Sentence) -> frozenset[int]:
        """Return the numbers of the items of a list that begin with a condition, from 1."""
        ends = [label for label, _ in (*sentence.labels[1:], (sentence.end, sentence.end))]
        items = zip(sentence.labels, ends, strict=True) if sentence.labels else ()
        return frozenset(
            number
            for number, ((_, start), end) in enumerate(items, 1)
            if any(
                mark.kind == "conditional"
                for mark in self.language.marks(self.language.tokens(self.text, start, end), [0])
            )
        )

    def is_short(self, sentence: Sentence) -> bool:
        """Return whether a sentence is as short as a title, and without a word such as "shall"."""
        is_short = sentence.end - sentence.start <= _TITLE
        modal = self.language.modal
        return is_short and not any(token.word in modal for token in self.tokens(sentence))

    def _in_items(self, sentence: Sentence, tokens: list[Token]) -> Iterator[Passage]:
        """Yield the passages of each item of a list, read with the words before its lists."""
        if not sentence.labels:
            return
        starts = [token.start for token in tokens]
        bounds = [bisect_left(starts, label) for label, _ in sentence.labels]
        #: The last words before the list, and of each item that the next item is within.
        leads = [tokens[max(bounds[0] - _LEAD, 0) : bounds[0]]]
        spans = pairwise((*bounds, len(tokens)))
        for depth, (first, end) in zip(sentence.depths, spans, strict=True):
            lead = list(chain.from_iterable(leads[:depth]))
            leads[depth:] = [tokens[max(end - _LEAD, first) : end]]
            combined = [*lead, *tokens[first:end]]
            for match in self.language.matches(combined):
                # A match in the lead alone has been found already, in the whole sentence, where the
                # words of another item may have cancelled it.
                if match.end > len(lead):
                    start = combined[max(match.first, len(lead))].start
                    yield self._passage(match, combined, start)

    def _in_core(self, passages: list[Passage], tokens: list[Token]) -> Iterator[Passage]:
        """Yield the relief of a rule, read without the words of its other passages.

        Long clauses between a subject and its verb may hide the relief that they give: "any charge
        ... for an offence committed as a result of the trafficking shall be withdrawn". So may
        words between commas: "the case will, as a rule, be closed".
        """
        fields = {passage.field for passage in passages}
        is_consent = any(passage.value == _CONSENT for passage in passages)
        if is_consent or fields & _STATED or not fields & _OF_CORE:
            return
        inserted = [passage for passage in passages if passage.field in _INSERTED]
        # The longest match of a gap may extend across a comma, to words of the next clause.
        spans = [self.text[each.start : each.end].partition(",")[0] for each in inserted]
        places = self._between_commas(tokens).union(
            passage.start + offset
            for passage, span in zip(inserted, spans, strict=True)
            for offset in range(len(span))
        )
        core = [
            token
            for token, following in pairwise((*tokens, tokens[-1]))
            # A word that begins an inserted clause goes with it: "which he was compelled to do".
            if token.start not in places
            and not (following.start in places and token.word in self.language.clause_words)
        ]
        if len(core) == len(tokens):
            return
        for match in self.language.matches(core):
            if match.rule.field in _READ_IN_CORE:
                yield self._passage(match, core, core[match.first].start)

    def _passage(self, match: RuleMatch, tokens: Sequence[Token], start: int) -> Passage:
        """Return the passage of a match from a place on, between the conjunctions at its ends."""
        words = tuple(tokens[match.first : match.end])
        own = [word for word in words if word.start >= start]
        following = tokens[match.end :] if match.rule.field in _OF_FORCE else ()
        start, end = self.joins.within(own, following)
        return Passage(match.rule, start, end, matches=((match.number, words),))

    def _between_commas(self, tokens: Sequence[Token]) -> set[int]:
        """Return the places of the words between two commas that begin as an adjunct does."""
        language = self.language
        commas = [
            index
            for index in range(1, len(tokens))
            if "," in self.text[tokens[index - 1].end : tokens[index].start]
        ]
        places: set[int] = set()
        for first, end in pairwise(commas):
            is_adjunct = tokens[first].word in language.empty | language.clause_words
            if is_adjunct and end - first <= _ADJUNCT:
                places.update(token.start for token in tokens[first:end])
        return places

    def _longest(self, passages: list[Passage]) -> list[Passage]:
        """Return the passages that no longer passage of the same field covers."""
        longest: list[Passage] = []
        for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
            before = range(max(len(longest) - _NEARBY, 0), len(longest))
            covering = [index for index in before if self._covers(longest[index], passage)]
            for index in covering:
                if longest[index].value == passage.value:
                    matches = longest[index].matches + passage.matches
                    longest[index] = replace(longest[index], matches=matches)
            if not covering:
                longest.append(passage)
        return longest

    def _without_parts(self, passages: list[Passage]) -> list[Passage]:
        """Return the passages whose words are not a part of a longer phrase: "minor crime"."""
        whole = []
        for index, passage in enumerate(passages):
            near = passages[max(index - _NEARBY, 0) : index + _NEARBY]
            if self._is_inserted(passage, near):
                continue
            outer = [other for other in near if _can_be_part(passage, other)]
            named = passage.named_places(self.language) if outer else set()
            if not any(named < other.named_places(self.language) for other in outer):
                whole.append(passage)
        return whole

    def _is_inserted(self, passage: Passage, near: Sequence[Passage]) -> bool:
        """Return whether most of a link, or a word of an exception, is in words that add nothing.

        "By reason of this section" is no reason, and "not, for any reason" is no exception.
        """
        if passage.field == "aside":
            return self._is_denied(passage, near)
        if passage.field not in _NOT_INSERTED:
            return False
        places = passage.named_places(self.language)
        for neighbour in near:
            if (
                neighbour.field == "inserted"
                and neighbour.start < passage.end
                and passage.start < neighbour.end
            ):
                shared = places & neighbour.named_places(self.language)
                is_most = len(shared) > len(places - shared)
                if is_most or (shared and passage.field != "link"):
                    return True
        return False

    def _is_denied(self, aside: Passage, near: Sequence[Passage]) -> bool:
        """Return whether a relief denies what is said of others: "is not punished, with"."""
        if not self.has_comma(aside):
            return False
        reliefs = [each for each in near if each.field == "relief" and each.start < aside.start]
        if not reliefs or reliefs[-1].end <= aside.start:
            return False
        places = aside.named_places(self.language)
        return min(places) in reliefs[-1].named_places(self.language)

    def _covers(self, outer: Passage, inner: Passage) -> bool:
        """Return whether a passage makes another one within it redundant."""
        if outer.field != inner.field:
            return False
        if not outer.start <= inner.start <= inner.end <= outer.end:
            return False
        if outer.value == inner.value:
            return True
        if outer.field == "persons" and outer.rule.is_weak and not inner.rule.is_weak:
            # "A person under eighteen who was trafficked" is a child.
            return False
        # "A result" is part of "a direct result", but after "or" another link begins.
        is_part = (
            inner.end == outer.end
            or inner.start - outer.start <= _SHORT_DISTANCE
            or inner.end - inner.start <= _SHORT_DISTANCE
        )
        is_alternative = inner.start > outer.start and self.joins.are_between(
            outer.start, inner.start, "or"
        )
        return outer.field in _EXCLUSIVE and is_part and not is_alternative

    def has_condition(self, start: int, end: int) -> bool:
        """Return whether a condition begins between two places: "for any offence, if"."""
        marks = self.language.marks(self.language.tokens(self.text, start, end))
        return any(mark.kind == "conditional" for mark in marks)

    def numbers(self, passage: Passage) -> list[str]:
        """Return the numbers in the words of a passage: "subsection (2)"."""
        return re.findall(r"\d+[A-Za-z]?", self.text[passage.start : passage.end])

    def has_comma(self, passage: Passage) -> bool:
        """Return whether there is a comma among the words of a passage."""
        return "," in self.text[passage.start : passage.end]

    def is_narrowed(self, extent: Passage, named: Sequence[Passage]) -> bool:
        """Return whether the words after "any offence" narrow it: "under the Immigration Act".

        Examples do not: "offences, in particular those against the Immigration Act".
        """
        later = [each for each in named if each.end > extent.end]
        return not self.has_comma(extent) and any(
            self.follows_on(extent, passage, _NARROWING) for passage in later
        )

    def is_flush(self, start: int, end: int) -> bool:
        """Return whether a line ends between two places: words after a list are of each item."""
        return bool(_LINE_END.search(self.text, start, end))

    def follows_on(self, passage: Passage, following: Passage, most_words: int) -> bool:
        """Return whether a passage leads to another within a few words, without a join or comma."""
        if following.start < passage.start:
            return False
        start, end = passage.end, max(following.start, passage.end)
        tokens = self.language.tokens(self.text, start, end)
        joins = self.language.joins["or"] | self.language.joins["and"]
        has_join = any(token.word in joins for token in tokens)
        return len(tokens) <= most_words and not has_join and "," not in self.text[start:end]


def _can_be_part(inner: Passage, outer: Passage) -> bool:
    """Return whether the words of a passage mean nothing by themselves within another."""
    is_weak_person = inner.field == "persons" and inner.rule.is_weak
    return (
        outer.start <= inner.start <= inner.end <= outer.end
        and inner.field in _PARTS.get(outer.field, ())
        and not (is_weak_person and outer.field != "plain")
    )


def _without_late_definitions(passages: list[Passage]) -> list[Passage]:
    """Return the passages without definitions after a relief: "by any of the means"."""
    ends = [passage.end for passage in passages if passage.field == "relief"]
    first = min(ends, default=None)
    return [
        passage
        for passage in passages
        if passage.field != "definition" or first is None or passage.start < first
    ]


def _without_other_items(passages: list[Passage]) -> list[Passage]:
    """Return the passages without those of list items about something else than relief."""
    others = {passage.item for passage in passages if passage.field == "aside" and passage.item}
    has_relief = any(
        passage.field == "relief" and passage.item not in others for passage in passages
    )
    if not has_relief:
        return passages
    return [passage for passage in passages if passage.item not in others]


def _item_number(sentence: Sentence, passage: Passage) -> int:
    """Return the number of the list item that a passage is in; 0 before the list."""
    return sum(after_label < passage.end for _, after_label in sentence.labels)
