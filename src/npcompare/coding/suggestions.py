"""A coding proposed for the text of a provision, each value with the words that it is based on.

A sentence that gives relief makes one or more limbs; any other sentence adds to the limbs before
it. No value is invented: a field stays empty if no words give a value, and a sentence or clause
that no rule matches is listed as unread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.coding.limb_drafts import LimbDraft
from npcompare.coding.operative_sentences import Coverage, OperativeSentences
from npcompare.coding.phrasebook import SIGNALS, phrase_book
from npcompare.coding.sentence_content import (
    ADDED_FIELDS,
    FIELDS_OF_PROVISION,
    SentenceContent,
)
from npcompare.coding.sentence_reader import Reader, clauses
from npcompare.coding.text_places import TextPlaces, text_places
from npcompare.law.provision_parser import parse_provision
from npcompare.model.codebook import FIELDS
from npcompare.text import fold
from npcompare.wording.clean_text import clean_text
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.phrasebook import Language
    from npcompare.coding.sentence_reader import Passage
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification
    from npcompare.wording.rewriting import RewrittenText
    from npcompare.wording.sentences import Sentence

#: What a limb that refers back to the offences of the limb before it takes from that limb.
_REFERRED = ("offences.extent", "offences.categories", "offences.excluded", "link", "liability")

#: What a limb that says "the same shall apply" takes from the limb before it.
_REPEATED = ("relief", "force", "addressee", "offences.extent", "offences.categories")

#: How many words may be between "any offence" and the law that narrows it.
_NARROWING = 5

#: How many of the limbs before it a sentence without relief may add to.
_REACH = 12

#: A language tag.
_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Proposal(Struct, frozen=True):
    """A value proposed for a field, and where in the text, in characters, its words are."""

    #: The number of the limb, from 1; 0 for the whole provision.
    limb: int
    field: str
    value: str
    start: int
    end: int
    rule: str


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


def suggest(codebook: Codebook, text: str, language: str = "") -> Suggestion:
    """Return the coding that the words of a text propose.

    Raises NpcompareError for a language that the phrase book does not have.
    """
    book_language = phrase_book().language(text, language)
    clean = clean_text(text, book_language)
    sentences = list(divide(clean.text))
    places = text_places(clean.text, sentences)
    exception_words = codebook.exception_words.get(book_language.tag, ())
    draft = _Draft(clean.text, book_language, places, exception_words)
    for sentence in sentences:
        draft.read(sentence)
    coverage = draft.conclude()
    # A closing quotation mark on a line of its own has no words to read.
    unread = [place for place in draft.unread if re.search(r"\w", clean.text[slice(*place)])]
    return Suggestion(
        text,
        book_language.tag,
        tuple(_published(clean, proposal) for proposal in draft.proposals()),
        clean.published_places(sorted(unread)),
        replace(
            coverage,
            sentences=clean.published_places(coverage.sentences),
            unread=clean.published_places(coverage.unread),
        ),
        places.published(clean),
    )


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
    limbs: dict[int, dict[str, list[Proposal]]] = defaultdict(lambda: defaultdict(list))
    for proposal in suggestion.proposals:
        limbs[proposal.limb][proposal.field].append(proposal)
    provision_fields = limbs.pop(0, {})
    data = {
        "id": "suggested",
        "jurisdiction": {"name": "", "code": None, "kind": "state"},
        "instrument": None,
        "form": None,
        # Only a coder can say that a text is complete; until then its silence means nothing.
        "text": {"status": "excerpt", "complete": False, "body": suggestion.text},
        "limbs": [_limb_data(suggestion, fields) for _, fields in sorted(limbs.items())],
        **{
            field: _coded_data(suggestion, proposals)
            for field, proposals in provision_fields.items()
        },
    }
    return classify(codebook, parse_provision(data))


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
        words = suggestion.words(extent.start, extent.end)
        data["offences"] = {"extent": extent.value, "evidence": words} | lists
    return data


def _coded_data(suggestion: Suggestion, proposals: Iterable[Proposal]) -> list[dict[str, str]]:
    return [
        {"value": proposal.value, "evidence": suggestion.words(proposal.start, proposal.end)}
        for proposal in proposals
    ]


class _Draft:
    """The limbs of one text, built from its sentences in order."""

    def __init__(
        self, text: str, language: Language, places: TextPlaces, exception_words: tuple[str, ...]
    ) -> None:
        self._reader = Reader(text, language)
        self._places = places
        self._operative = OperativeSentences(text, language, self._reader, exception_words)
        self._limbs: list[LimbDraft] = []
        self._whole = LimbDraft()
        #: The article of the last unread sentence that may limit the limbs after it.
        self._limited_article: str | None = None
        #: Sentences on other subjects, which are listed in an article that has a limb.
        self._others: list[Sentence] = []
        #: The places of the passages that no rule matched.
        self.unread: set[tuple[int, int]] = set()

    def read(self, sentence: Sentence) -> None:
        """Read one sentence, as new limbs or as additions to the limbs before it."""
        passages = self._reader.passages(sentence)
        content = SentenceContent.of(passages, is_open=sentence.is_open)
        if content.is_passed_over:
            return
        limbs: list[LimbDraft] = []
        if not content.is_of_others:
            self._whole.add(passage for passage in passages if passage.field in FIELDS_OF_PROVISION)
            if content.is_rule:
                limbs = self._add_limbs(sentence, passages)
            else:
                limbs = self._extend_limbs(sentence, passages, content)
        if content.is_read and (limbs or content.fields & set(FIELDS_OF_PROVISION)):
            self._operative.add(sentence, passages, limbs, gives_relief=content.is_rule)
        elif content.is_of_rules:
            self.unread.add((sentence.start, sentence.end))
            self._end_silence(sentence, content)
        elif "definition" not in content.fields:
            self._others.append(sentence)
            self._end_silence(sentence, content)

    def _end_silence(self, sentence: Sentence, content: SentenceContent) -> None:
        """Note that an unread sentence may limit the limbs near it."""
        if content.is_heading:
            return
        for limb in self._limited_by(sentence, content):
            limb.has_unread = True
        if content.is_about_rule:
            self._limited_article = self._places.article(sentence.start)

    def conclude(self) -> Coverage:
        """Conclude from silence where all words are understood, and return which words are."""
        for limb in self._limbs:
            limb.settle_exclusions()
        coverage = self._operative.coverage(self._whole)
        is_removed = [limb.conclude() for limb in self._limbs]
        if any(is_removed):
            # The words of a value that was removed are not understood either.
            coverage = self._operative.coverage(self._whole)
        self.unread |= set(coverage.unread)
        articles = {limb.article for limb in self._limbs}
        self.unread |= {
            (sentence.start, sentence.end)
            for sentence in self._others
            if not articles or self._places.article(sentence.start) in articles
        }
        return coverage

    def proposals(self) -> Iterator[Proposal]:
        """Yield the proposals, limb by limb, after all sentences have been read."""
        for number, limb in enumerate(self._limbs, 1):
            yield from _proposals_of(number, limb)
        yield from _proposals_of(0, self._whole)

    def _add_limbs(self, sentence: Sentence, passages: list[Passage]) -> list[LimbDraft]:
        """Add a limb for each alternative of each clause of a sentence; return those added to."""
        added: list[LimbDraft] = []
        for clause in clauses(passages):
            for alternative in self._reader.alternatives(clause):
                limb = self._limb(sentence, alternative)
                if self._limbs or limb.values("persons", "link"):
                    added.append(self._add(limb))
                else:
                    # The words do not say that the persons who get this relief are victims.
                    self.unread.add((sentence.start, sentence.end))
        return added

    def _limb(self, sentence: Sentence, clause: list[Passage]) -> LimbDraft:
        article = self._places.article(sentence.start)
        limb = LimbDraft(
            sentence.section,
            article,
            refers_back=any(passage.field == "reference" for passage in clause),
            has_unread=article == self._limited_article,
        )
        limb.add(
            passage for passage in clause if passage.field not in (*SIGNALS, *FIELDS_OF_PROVISION)
        )
        if any(passage.field == "no_force" for passage in clause):
            limb.replace("force", ())
        limb.settle_force()
        limb.settle_persons()
        self._settle_offences(limb)
        return limb

    def _add(self, limb: LimbDraft) -> LimbDraft:
        """Add a limb, or merge it into the limb before if it is about the same relief.

        Return the limb that has its values then.
        """
        before = self._limbs[-1] if self._limbs else None
        if before is None:
            self._limbs.append(limb)
            return limb
        is_bare = not limb.values("link", "offences.categories") and not limb.certain(
            "offences.extent"
        )
        reliefs = limb.values("relief") or before.values("relief")
        if is_bare and not limb.values("persons") and reliefs & before.values("relief"):
            before.add(passage for passages in limb.passages.values() for passage in passages)
            return before
        has_persons, is_likewise = bool(limb.values("persons")), not limb.values("relief")
        has_offences = bool(limb.values("offences.extent", "offences.categories"))
        shared = ["persons", *(_REPEATED if is_likewise else ())]
        # "They shall be discontinued" is about the offences before; a rule for others is not.
        if limb.refers_back or is_likewise or not (has_persons or has_offences):
            shared += _REFERRED
        for name in shared:
            if not limb.values(name):
                self._share(name, limb, before)
        self._limbs.append(limb)
        return limb

    def _share(self, name: str, limb: LimbDraft, before: LimbDraft) -> None:
        """Copy a field from the limb before, unless the limbs of its sub-section differ in it."""
        limb.model = before
        siblings = [each for each in self._limbs if each.section == before.section]
        if all(sibling.values(name) == before.values(name) for sibling in siblings):
            limb.add(before.passages.get(name, ()))
        else:
            limb.has_unread = True

    def _of_subsection(self, sentence: Sentence) -> list[LimbDraft]:
        """Return the limbs before a sentence in its sub-section."""
        return [limb for limb in self._limbs[-_REACH:] if limb.section == sentence.section]

    def _limited_by(self, sentence: Sentence, content: SentenceContent) -> list[LimbDraft]:
        """Return the limbs before a sentence that it may limit.

        These are the limbs of its sub-section or, if it speaks of a rule, those of its article; and
        all limbs near it if it makes an exception from other articles.
        """
        if content.is_about_law:
            return self._limbs[-_REACH:]
        article = self._places.article(sentence.start)
        of_article = [limb for limb in self._limbs[-_REACH:] if limb.article == article]
        of_subsection = self._of_subsection(sentence)
        return of_subsection or (of_article if content.is_about_rule else [])

    def _extend_limbs(
        self, sentence: Sentence, passages: list[Passage], content: SentenceContent
    ) -> list[LimbDraft]:
        """Add a sentence without relief to the limbs of its sub-section, or else to all before.

        Return the limbs that it adds to or may limit.
        """
        limbs = self._limited_by(sentence, content)
        for limb in self._of_subsection(sentence) or self._limbs[-_REACH:]:
            values = [
                passage
                for passage in passages
                if passage.field in ADDED_FIELDS
                and (passage.field != "compulsion" or "compulsion" in limb.values("link"))
            ]
            limb.add(values)
            if values and limb not in limbs:
                limbs.append(limb)
        return limbs

    def _settle_offences(self, limb: LimbDraft) -> None:
        """Decide between any offence, the offences named, and offences related to a status."""
        extents = limb.passages.get("offences.extent", [])
        named = limb.passages.get("offences.categories", [])
        related = [passage for passage in extents if passage.value == "status_related"]
        wide = [
            passage
            for passage in extents
            if not passage.rule.is_weak and not self._is_narrowed(passage, named)
        ]
        if related or wide:
            limb.replace("offences.extent", (related or wide)[:1])
            limb.replace("offences.categories", ())
        elif named:
            limb.replace("offences.extent", [named[0].as_field("offences.extent", "listed")])
        else:
            limb.replace("offences.extent", extents[:1])

    def _is_narrowed(self, extent: Passage, named: Iterable[Passage]) -> bool:
        """Return whether the words after "any offence" narrow it: "under the Immigration Act"."""
        return any(self._reader.follows_on(extent, passage, _NARROWING) for passage in named)


def _proposals_of(number: int, limb: LimbDraft) -> Iterator[Proposal]:
    """Yield each value of a limb once, in the order in which fields are shown."""
    for name in FIELDS:
        passages = limb.passages.get(name, ())
        # A certain passage replaces a weak one for the same value.
        by_certainty = sorted(passages, key=lambda passage: not passage.rule.is_weak)
        for value, passage in {each.value: each for each in by_certainty}.items():
            yield Proposal(number, name, value, passage.start, passage.end, passage.rule.id)
