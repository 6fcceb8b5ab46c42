"""The passages of a text that no answer covers: words that may limit a rule and are not coded."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.coding.coding_doubts import expanded_values
from npcompare.coding.interview_file import completed
from npcompare.coding.new_provision import unique_quotation
from npcompare.coding.proposals import Proposal
from npcompare.coding.suggestions import Suggestion
from npcompare.coding.uncoded_words import uncoded_passages
from npcompare.law.provision_parser import parse_provision
from npcompare.law.yaml_edits import read
from npcompare.messages import main_language
from npcompare.wording.quotation_places import QuotationPlaces
from npcompare.wording.quotations import any_of, normal_form, occurs_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.interview_file import InterviewFile
    from npcompare.coding.suggestions import Reading
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: What ends the words that an exception word begins, and how many words they are at most.
_END = re.compile(r"[.;:,](?=\s|\Z)|\n\s*\n")
_MOST_WORDS = 20

_WORD = re.compile(r"\S+")


class OpenPassage(Struct, frozen=True):
    """A passage with its place in the text, and its words, extended until they occur once."""

    start: int
    end: int
    words: str
    #: Whether the words could be extended so.
    is_unique: bool


def open_passages(
    codebook: Codebook, file: InterviewFile, reading: Reading | None
) -> Iterator[OpenPassage]:
    """Yield the passages that no value and no settled words cover, in order.

    They are those that `validate` warns about: words of operative sentences that the phrase book
    does not explain, and words that often begin an exception. The places are those in the body in
    normal form C.

    Args:
        codebook: The codebook of the provision.
        file: The file of the provision.
        reading: How its body was read; None if the phrase book does not have its language.
    """
    body = unicodedata.normalize("NFC", file.body)
    provision = parse_provision(completed(read(file.text)).data)
    places = list(_exceptions(codebook, provision, body))
    if reading:
        places += uncoded_passages(provision, expanded_values(codebook, provision), reading)
    normal_body = normal_form(body)
    covered = 0
    for start, end in sorted(places):
        if start >= covered:
            covered = end
            proposal = Proposal(0, "", "", start, end, "")
            words = unique_quotation(Suggestion(body, ""), normal_body, proposal)
            yield OpenPassage(start, end, words, occurs_once(normal_body, words))


def _exceptions(codebook: Codebook, provision: Provision, body: str) -> Iterator[tuple[int, int]]:
    """Yield the places of exception words that are not quoted, with the words they begin."""
    language = main_language(provision.text.language)
    words = codebook.exception_words.get(language, ())
    if not words:
        return
    quotations = QuotationPlaces(body)
    quoted = [place for quotation in _quotations(provision) for place in quotations.find(quotation)]
    for match in any_of(words).finditer(body):
        if not any(start <= match.start() < end for start, end in quoted):
            yield match.start(), _end_of_words(body, match.end())


def _quotations(provision: Provision) -> Iterator[str]:
    yield from (settled.words for settled in provision.settled)
    for value in provision.coded_values:
        yield from value.coded.evidence


def _end_of_words(body: str, start: int) -> int:
    """Return where a clause ends, but at most so many words after a place."""
    match = _END.search(body, start)
    end = match.start() if match else len(body)
    ends = [word.end() for word in islice(_WORD.finditer(body, start, end), _MOST_WORDS)]
    return ends[-1] if ends else start
