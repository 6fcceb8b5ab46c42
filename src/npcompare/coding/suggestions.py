"""A coding proposed for the text of a provision, each value with the words that it is based on.

No value is invented: a field stays empty if no words give a value, and words that no rule accounts
for are listed as unread. Nothing is concluded from the silence of a rule with such words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.coding.coding_draft import CodingDraft
from npcompare.coding.main_clauses import main_clauses
from npcompare.coding.operative_sentences import Coverage
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.proposals import with_clarity
from npcompare.coding.sentence_reader import Reader
from npcompare.coding.text_places import TextPlaces, text_places
from npcompare.law.provision_parser import parse_provision
from npcompare.text import fold
from npcompare.wording.clean_text import clean_text
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.coding.passages import Passage
    from npcompare.coding.proposals import Proposal
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification
    from npcompare.wording.rewriting import RewrittenText
    from npcompare.wording.sentences import Sentence

#: A language tag.
_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Suggestion(Struct, frozen=True):
    """The coding proposed for a text, and the places of the passages that no rule matched."""

    text: str
    language: str
    proposals: tuple[Proposal, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    coverage: Coverage = Coverage()
    places: TextPlaces = TextPlaces()

    def words(self, start: int, end: int) -> str:
        """Return the words between two places, with each run of white space as one space."""
        return fold(self.text[start:end])


class Reading(Struct, frozen=True):
    """A suggestion, and the sentences of the clean text that it was read from."""

    suggestion: Suggestion
    clean: RewrittenText
    reader: Reader
    sentences: list[Sentence]
    #: The passages of each operative sentence, by its start in the clean text.
    passages: Mapping[int, list[Passage]]


def suggest(codebook: Codebook, text: str, language: str = "") -> Suggestion:
    """Return the coding that the words of a text propose.

    Raises NpcompareError for a language that the phrase book does not have.
    """
    return read_text(codebook, text, language).suggestion


def read_text(codebook: Codebook, text: str, language: str = "") -> Reading:
    """Return the coding that the words of a text propose, with the sentences that were read."""
    book_language = phrase_book().language(text, language)
    clean = clean_text(text, book_language)
    divided = list(divide(clean.text))
    places = text_places(clean.text, divided)
    reader = Reader(clean.text, book_language.for_text(clean.text), codebook.exception_words)
    sentences = [part for each in divided for part in main_clauses(reader, each)]
    draft = CodingDraft(reader, places)
    for sentence in sentences:
        draft.read(sentence)
    coverage = draft.conclude()
    # A closing quotation mark on a line of its own has no words to read.
    unread = [place for place in draft.unread if re.search(r"\w", clean.text[slice(*place)])]
    suggestion = Suggestion(
        text,
        book_language.tag,
        tuple(
            _published(clean, proposal)
            for proposal in with_clarity(draft.proposals(), coverage.sentences)
        ),
        clean.published_places(sorted(unread)),
        replace(
            coverage,
            sentences=clean.published_places(coverage.sentences),
            unread=clean.published_places(coverage.unread),
        ),
        places.published(clean),
    )
    return Reading(suggestion, clean, reader, sentences, draft.passages)


def _published(clean: RewrittenText, proposal: Proposal) -> Proposal:
    """Return a proposal with the places of its words in the text as published."""
    start, end = clean.published(proposal.start, proposal.end)
    return replace(proposal, start=start, end=end)


def suggest_if_possible(codebook: Codebook, text: str, language: str = "") -> Suggestion:
    """Return the coding that a text proposes, or no proposals if its language cannot be read.

    The language of the suggestion is then the one given, or empty. Raises NpcompareError if the
    language given is not a language tag.
    """
    if phrase_book().find(text, language) or (language and not _TAG.fullmatch(language)):
        return suggest(codebook, text, language)
    return Suggestion(text, language)


def classify_suggestion(codebook: Codebook, suggestion: Suggestion) -> Classification:
    """Return the resulting classes, if all proposals are confirmed."""
    return classify(codebook, parse_provision(provision_data(suggestion)))


def provision_data(
    suggestion: Suggestion, provision_id: str = "suggested", name: str = "", pinpoint: str = ""
) -> dict[str, Any]:
    """Return a suggestion as the data of a file, as far as it is known.

    Args:
        suggestion: The suggestion.
        provision_id: The id of the provision.
        name: What stands for the name of the jurisdiction, which a text does not say.
        pinpoint: The place in the instrument.
    """
    limbs: dict[int, dict[str, list[Proposal]]] = defaultdict(lambda: defaultdict(list))
    for proposal in suggestion.proposals:
        limbs[proposal.limb][proposal.field].append(proposal)
    provision_fields = limbs.pop(0, {})
    return {
        "id": provision_id,
        "jurisdiction": {"name": name, "code": None, "kind": ""},
        "instrument": None,
        "pinpoint": pinpoint,
        "form": None,
        # Only a coder can say that a text is complete; until then its silence means nothing.
        "text": {
            "status": "excerpt",
            "complete": False,
            "language": suggestion.language,
            "body": suggestion.text,
        },
        "limbs": [_limb_data(suggestion, fields) for _, fields in sorted(limbs.items())],
        **{
            field: _coded_data(suggestion, proposals)
            for field, proposals in provision_fields.items()
        },
    }


def _limb_data(suggestion: Suggestion, fields: Mapping[str, list[Proposal]]) -> dict[str, object]:
    data: dict[str, object] = {
        field: _coded_data(suggestion, proposals)
        for field, proposals in fields.items()
        if not field.startswith("offences.")
    }
    if "offences.extent" in fields:
        extent = fields["offences.extent"][0]
        lists = {
            name: [proposal.value for proposal in fields[f"offences.{name}"]]
            for name in ("categories", "excluded")
            if f"offences.{name}" in fields
        }
        listed = [fields[f"offences.{name}"] for name in lists]
        proposals = [extent, *(proposal for of_list in listed for proposal in of_list)]
        words = dict.fromkeys(suggestion.words(each.start, each.end) for each in proposals)
        data["offences"] = {"extent": extent.value, "evidence": list(words)} | lists
    return data


def _coded_data(suggestion: Suggestion, proposals: Iterable[Proposal]) -> list[dict[str, str]]:
    return [
        {"value": proposal.value, "evidence": suggestion.words(proposal.start, proposal.end)}
        for proposal in proposals
    ]
