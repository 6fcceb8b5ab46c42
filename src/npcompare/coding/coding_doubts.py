"""Doubts about a coding: values that `suggest` reads and it lacks, and words not explained."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from npcompare.coding.limb_drafts import NO_LINK
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import read_text
from npcompare.coding.text_locator import TextLocator
from npcompare.coding.uncoded_words import coded_values, uncoded_passages
from npcompare.errors import Code
from npcompare.messages import main_language
from npcompare.model.codebook import FIELDS
from npcompare.wording.quotations import any_of, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.suggestions import Reading, Suggestion
    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: The statuses of texts that have the law's own words, even in part or in translation.
_OF_LAW = frozenset({"verbatim", "excerpt", "translation"})

_HINT = (
    "include the words in those quoted for a value, or quote them under settled and note why they "
    "need no coding"
)

_READ_HINT = "check the coding; if it is right, quote the words under settled with a note"
_UNCLEAR_HINT = (
    "this reading is not clear, so compare it with the words; if the coding is right, quote them "
    "under settled with a note"
)


def doubts(
    codebook: Codebook,
    provision: Provision,
    read_source: Callable[[], YamlFile],
    pointer: Pointer = ("text", "body"),
    reported: Collection[tuple[str, str]] = (),
) -> Iterator[Problem]:
    """Yield a warning for each value or passage of a text that the provision does not code.

    There is no warning about words that are quoted under "settled", and none about a text that does
    not have the law's own words or is in a language that the phrase book does not have.

    Args:
        codebook: The codebook of the provision.
        provision: The provision.
        read_source: Returns the file of the provision; called only if there is a warning to place.
        pointer: The place of the text in the file.
        reported: The fields and values of which there is a finding already.
    """
    read = read_version(codebook, provision)
    if read is None:
        return
    reading = read.suggestion
    coded = expanded_values(codebook, provision)
    locator = TextLocator(read_source, pointer, reading)
    proposals = list(_uncoded_proposals(codebook, provision, coded, reading))
    for proposal in proposals:
        if (proposal.field, proposal.value) in reported:
            continue
        words = reading.words(proposal.start, proposal.end)
        coding = _coding(coded.get(proposal.field, set()))
        message = (
            f'`suggest` reads "{words}" as {proposal.field}: {proposal.value}, but it is {coding}'
        )
        hint = _READ_HINT if proposal.is_clear else _UNCLEAR_HINT
        yield locator.problem(proposal.start, Code.READ_OTHERWISE, message, hint)
    # Words that another warning is about are not reported twice.
    exceptions = any_of(codebook.exception_words.get(reading.language, ()))
    warned = [(proposal.start, proposal.end) for proposal in proposals]
    for start, end in uncoded_passages(provision, coded, read):
        if not _overlaps(start, end, warned) and not exceptions.search(reading.text, start, end):
            message = f'no coded value explains "{shortened(reading.words(start, end))}"'
            yield locator.problem(start, Code.WORDS_UNEXPLAINED, message, _HINT)


def _coding(values: set[str]) -> str:
    return f"coded as {', '.join(sorted(values))}" if values else "not coded"


def read_version(codebook: Codebook, provision: Provision) -> Reading | None:
    """Return how the text of a provision is read; None if it cannot be or is not the law's own."""
    tag = main_language(provision.text.language)
    if provision.text.status not in _OF_LAW or tag not in phrase_book().languages:
        return None
    return read_text(codebook, unicodedata.normalize("NFC", provision.text.body), tag)


def _uncoded_proposals(
    codebook: Codebook, provision: Provision, coded: Mapping[str, set[str]], reading: Suggestion
) -> Iterator[Proposal]:
    """Yield each proposal that the provision neither codes nor settles."""
    # Several limbs may have a proposal that is based on the same words; it may be clear for one.
    unique: dict[tuple[str, str, int], Proposal] = {}
    for proposal in reading.proposals:
        key = (proposal.field, proposal.value, proposal.start)
        if key not in unique or proposal.is_clear:
            unique[key] = proposal
    for proposal in unique.values():
        words = reading.words(proposal.start, proposal.end)
        present = coded.get(proposal.field, set())
        is_coded = values_stood_for(codebook, proposal.field, {proposal.value}) <= present
        if not (is_coded or is_settled(provision, words) or (proposal.rule == NO_LINK and present)):
            yield proposal


def is_settled(provision: Provision, words: str) -> bool:
    """Return whether words are quoted under "settled", or have words in them that are."""
    return any(words in settled.words or settled.words in words for settled in provision.settled)


def _overlaps(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in places)


def expanded_values(codebook: Codebook, provision: Provision) -> dict[str, set[str]]:
    """Return the values coded for each field, with those that they stand for."""
    return {
        field: values_stood_for(codebook, field, values)
        for field, values in coded_values(provision).items()
    }


def values_stood_for(codebook: Codebook, field: str, values: set[str]) -> set[str]:
    """Return values of a field, with those that stand for several replaced by them.

    For example, "any_victim" stands for "adult" and "child".
    """
    vocabulary = codebook.vocabulary[FIELDS[field]] if field == "persons" else {}
    return {
        part
        for value in values
        for part in (vocabulary[value].stands_for if vocabulary else {value})
    }
