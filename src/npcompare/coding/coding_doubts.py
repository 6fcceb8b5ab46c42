"""Doubts about a coding: values that `suggest` reads in a text and the coding does not have."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from npcompare.coding.limb_drafts import NO_LINK
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import suggest
from npcompare.errors import Code, Problem
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.coding.suggestions import Proposal, Suggestion
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: The statuses of texts that have the law's own words, even in part or in translation.
_OF_LAW = frozenset({"verbatim", "excerpt", "translation"})


def doubts(
    codebook: Codebook, provision: Provision, read_source: Callable[[], YamlFile]
) -> Iterator[Problem]:
    """Yield a warning for each value that `suggest` proposes and the provision does not code.

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
    coded: dict[str, set[str]] = defaultdict(set)
    for fields in (provision.coded, *(limb.coded for limb in provision.limbs)):
        for field, values in fields.items():
            coded[field] |= {value.value for value in values}
    suggestion = suggest(codebook, provision.text.body, tag)
    locator: _Locator | None = None
    # Several limbs may have a proposal that is based on the same words.
    unique = {
        (proposal.field, proposal.value, proposal.start): proposal
        for proposal in suggestion.proposals
    }
    for proposal in unique.values():
        words = suggestion.words(proposal.start, proposal.end)
        present = _expanded(codebook, proposal.field, coded[proposal.field])
        is_coded = _expanded(codebook, proposal.field, {proposal.value}) <= present
        is_settled = any(
            words in settled.words or settled.words in words for settled in provision.settled
        )
        if is_coded or is_settled or (proposal.rule == NO_LINK and present):
            continue
        coding = f"coded as {', '.join(sorted(present))}" if present else "not coded"
        locator = locator or _Locator(read_source(), suggestion)
        yield Problem(
            locator.display_path,
            *locator.place(proposal),
            Code.READ_OTHERWISE,
            f'`suggest` reads "{words}" as {proposal.field}: {proposal.value}, but it is {coding}',
            "check the coding; if it is right, quote the words under settled with a note",
        )


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

    def __init__(self, source: YamlFile, suggestion: Suggestion) -> None:
        self._source = source
        self.display_path = source.display_path
        self._text = suggestion.text
        #: For each passage looked up, its positions in the text and its places in the file.
        self._places: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}

    def place(self, proposal: Proposal) -> tuple[int, int]:
        """Return the line and column of the words that a proposal is based on."""
        words = " ".join(self._text[proposal.start : proposal.end].split())
        pointer: Pointer = ("text", "body")
        if words not in self._places:
            pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
            starts = [match.start() for match in pattern.finditer(self._text)]
            self._places[words] = starts, list(self._source.places_within(pointer, pattern))
        starts, places = self._places[words]
        index = bisect_left(starts, proposal.start)
        if index < len(places):
            return places[index]
        body = self._source.problem(pointer, Code.READ_OTHERWISE, "")
        return body.line, body.column
