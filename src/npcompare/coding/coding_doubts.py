"""Doubts about a coding: values that `suggest` reads and it lacks, and words not explained."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from npcompare.coding.limb_drafts import NO_LINK
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import read_text
from npcompare.coding.uncoded_words import coded_values, uncoded_passages
from npcompare.errors import Code, Problem
from npcompare.model.codebook import FIELDS
from npcompare.wording.quotations import any_of, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from npcompare.coding.coding_draft import Proposal
    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: The statuses of texts that have the law's own words, even in part or in translation.
_OF_LAW = frozenset({"verbatim", "excerpt", "translation"})

_BODY: Pointer = ("text", "body")

_WORD = re.compile(r"\w+")

_HINT = (
    "include the words in those quoted for a value, or quote them under settled and note why they "
    "need no coding"
)


def doubts(
    codebook: Codebook, provision: Provision, read_source: Callable[[], YamlFile]
) -> Iterator[Problem]:
    """Yield a warning for each value or passage of a text that the provision does not code.

    There is no warning about words that are quoted under "settled", and none about a text that does
    not have the law's own words or is in a language that the phrase book does not have.

    Args:
        codebook: The codebook of the provision.
        provision: The provision.
        read_source: Returns the file of the provision; called only if there is a warning to place.
    """
    tag = provision.text.language.partition("-")[0].casefold()
    if provision.text.status not in _OF_LAW or tag not in phrase_book().languages:
        return
    read = read_text(codebook, unicodedata.normalize("NFC", provision.text.body), tag)
    reading = read.suggestion
    coded = expanded_values(codebook, provision)
    locator = _Locator(read_source, reading)
    proposals = list(_uncoded_proposals(codebook, provision, coded, reading))
    for proposal in proposals:
        present = coded.get(proposal.field, set())
        coding = f"coded as {', '.join(sorted(present))}" if present else "not coded"
        words = reading.words(proposal.start, proposal.end)
        yield locator.problem(
            proposal.start,
            Code.READ_OTHERWISE,
            f'`suggest` reads "{words}" as {proposal.field}: {proposal.value}, but it is {coding}',
            "check the coding; if it is right, quote the words under settled with a note",
        )
    # Words that another warning is about are not reported twice.
    exceptions = any_of(codebook.exception_words.get(tag, ()))
    reported = [(proposal.start, proposal.end) for proposal in proposals]
    for start, end in uncoded_passages(provision, coded, read):
        if not _overlaps(start, end, reported) and not exceptions.search(reading.text, start, end):
            words = shortened(reading.words(start, end))
            message = f'no coded value explains "{words}"'
            yield locator.problem(start, Code.WORDS_UNEXPLAINED, message, _HINT)


def _uncoded_proposals(
    codebook: Codebook, provision: Provision, coded: Mapping[str, set[str]], reading: Suggestion
) -> Iterator[Proposal]:
    """Yield each proposal that the provision neither codes nor settles."""
    # Several limbs may have a proposal that is based on the same words.
    unique = {
        (proposal.field, proposal.value, proposal.start): proposal for proposal in reading.proposals
    }
    for proposal in unique.values():
        words = reading.words(proposal.start, proposal.end)
        present = coded.get(proposal.field, set())
        is_coded = _expanded(codebook, proposal.field, {proposal.value}) <= present
        is_settled = any(
            words in settled.words or settled.words in words for settled in provision.settled
        )
        if not (is_coded or is_settled or (proposal.rule == NO_LINK and present)):
            yield proposal


def _overlaps(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in places)


def expanded_values(codebook: Codebook, provision: Provision) -> dict[str, set[str]]:
    """Return the values coded for each field, with those that they stand for."""
    return {
        field: _expanded(codebook, field, values)
        for field, values in coded_values(provision).items()
    }


def _expanded(codebook: Codebook, field: str, values: set[str]) -> set[str]:
    """Return values, with those that stand for several replaced by them.

    For example, "any_victim" stands for "adult" and "child".
    """
    vocabulary = codebook.vocabulary[FIELDS[field]] if field == "persons" else {}
    return {
        part
        for value in values
        for part in (vocabulary[value].stands_for if vocabulary else {value})
    }


class _Locator:
    """Finds the words of a suggestion in the file that the text comes from."""

    def __init__(self, read_source: Callable[[], YamlFile], suggestion: Suggestion) -> None:
        self._read_source = read_source
        self._text = suggestion.text
        #: For each word looked up, its positions in the text and its places in the file.
        self._places: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}

    @cached_property
    def _source(self) -> YamlFile:
        return self._read_source()

    def problem(self, start: int, code: Code, message: str, hint: str) -> Problem:
        """Return the finding about words of the text that start at a place."""
        line, column = self._place(start)
        return Problem(self._source.display_path, line, column, code, message, hint)

    def _place(self, start: int) -> tuple[int, int]:
        """Return the line and column of the word that starts at a place of the text."""
        word = _WORD.match(self._text, start)
        key = word[0] if word else self._text[start : start + 1]
        if key not in self._places:
            pattern = re.compile(rf"(?<!\w){_in_either_form(key)}(?!\w)")
            starts = [match.start() for match in pattern.finditer(self._text)]
            self._places[key] = starts, list(self._source.places_within(_BODY, pattern))
        starts, places = self._places[key]
        index = bisect_left(starts, start)
        if index < len(places):
            return places[index]
        body = self._source.problem(_BODY, Code.READ_OTHERWISE, "")
        return body.line, body.column


def _in_either_form(word: str) -> str:
    """Return a pattern of a word whose accents may be characters of their own in the file."""
    forms = [(char, unicodedata.normalize("NFD", char)) for char in word]
    return "".join(
        re.escape(char) if char == apart else f"(?:{re.escape(char)}|{re.escape(apart)})"
        for char, apart in forms
    )
