"""The limbs of one text, built from its sentences in order.

A sentence that gives relief makes one or more limbs; any other sentence adds to the limbs before
it, or may limit them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from npcompare.coding.alternatives import alternatives, clauses, parts
from npcompare.coding.back_references import (
    SAME_TERMS,
    SUCH_COERCION,
    references_of,
    refers_to_offences,
    taken,
)
from npcompare.coding.covered_offences import CoveredOffences, refers_only
from npcompare.coding.defined_terms import DefinedTerms
from npcompare.coding.limb_additions import LimbAdditions
from npcompare.coding.limb_drafts import LimbDraft, exclude_gravest, settle_duties
from npcompare.coding.limb_merging import extended, merged
from npcompare.coding.named_victims import names_victims
from npcompare.coding.operative_sentences import Coverage, OperativeSentences
from npcompare.coding.paragraph_references import ParagraphReferences
from npcompare.coding.phrasebook import SIGNALS
from npcompare.coding.proof_of_parts import of_one_part
from npcompare.coding.proposals import proposals_of
from npcompare.coding.requirements import Requirements
from npcompare.coding.sentence_content import ADDED_FIELDS, SentenceContent
from npcompare.coding.text_divisions import SentencesOnParts
from npcompare.coding.text_places import referred_articles
from npcompare.coding.unread_headings import UnreadHeadings
from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.model.field_sets import OF_ACTS, REACHED_OFFENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.passages import Passage
    from npcompare.coding.proposals import Proposal
    from npcompare.coding.sentence_reader import Reader
    from npcompare.coding.text_places import TextPlaces
    from npcompare.wording.sentences import Sentence

#: How many of the limbs before it a sentence without relief may add to.
_REACH = 12


class CodingDraft:
    """The limbs of one text, built from its sentences in order."""

    def __init__(self, reader: Reader, places: TextPlaces) -> None:
        self._reader = reader
        self._places = places
        self._operative = OperativeSentences(reader)
        self._terms = DefinedTerms(reader)
        self._on_parts = SentencesOnParts(reader.text)
        self._headings = UnreadHeadings(reader, places, self._on_parts)
        #: The passages of each operative sentence, by its start.
        self.passages: dict[int, list[Passage]] = {}
        self._limbs: list[LimbDraft] = []
        self._by_article: dict[str, list[LimbDraft]] = defaultdict(list)
        #: Of each article, what a sentence about all of it adds to each of its limbs.
        self._of_article: dict[str, list[Passage]] = defaultdict(list)
        #: Of each article, the last relief for persons who are not said to be victims.
        self._petitions: dict[str, LimbDraft] = {}
        #: Of each article, the victims whose relief a later sentence gives.
        self._requests: dict[str, LimbDraft] = {}
        self._whole = LimbDraft()
        #: The article of the last unread sentence that may limit the limbs after it.
        self._limited_article: str | None = None
        self._offences = CoveredOffences(reader)
        self._requirements = Requirements(reader)
        self._additions = LimbAdditions()
        #: Sentences that are not read, their contents, and whether they may limit a limb before.
        self._unread_sentences: list[tuple[Sentence, SentenceContent, bool]] = []
        #: The places of the passages that no rule matched.
        self.unread: set[tuple[int, int]] = set()

    def read(self, sentence: Sentence) -> None:
        """Read one sentence, as new limbs or as additions to the limbs before it."""
        self._headings.add(sentence)
        passages = self._terms.applied(sentence, self._reader.passages(sentence))
        content = SentenceContent.of(
            passages, is_open=sentence.is_open, is_short=self._reader.is_short(sentence)
        )
        is_plain = content.may_be_plain and self._operative.is_plain(sentence, passages)
        if is_plain:
            return
        if sentence.is_apart:
            self._note_apart(sentence, passages, content)
        elif content.is_about_part:
            self._on_parts.add(sentence, passages, content)
        elif not content.is_passed_over:
            self._read_rule(sentence, passages, content)

    def _read_rule(
        self, sentence: Sentence, passages: list[Passage], content: SentenceContent
    ) -> None:
        """Read a sentence that may state a rule, or something about one."""
        limbs: list[LimbDraft] = []
        self._note_request(sentence, passages, content)
        if not content.is_of_others:
            if content.is_rule:
                limbs = self._add_limbs(sentence, passages)
                self._note_open_rule(sentence, limbs)
            else:
                limbs = self._extend_limbs(sentence, passages, content)
            if "scope" in content.fields and not content.is_rule:
                self._note_scope(sentence, passages, limbs)
                return
            if limbs or not self._places.is_act:
                self._whole.add(each for each in passages if each.field in FIELDS_OF_PROVISION)
        if content.is_read and (limbs or content.fields & set(FIELDS_OF_PROVISION)):
            self._operative.add(sentence, passages, limbs, gives_relief=content.is_rule)
            self.passages[sentence.start] = passages
        elif "definition" not in content.fields or content.is_of_rules:
            self._pass_over(sentence, content)

    def _note_apart(
        self, sentence: Sentence, passages: list[Passage], content: SentenceContent
    ) -> None:
        """Note a main clause that is no part of the rule before it, but may say who proves it."""
        of_provision = [each for each in passages if each.field in FIELDS_OF_PROVISION]
        limbs = self._of_subsection(sentence)
        if of_provision and (limbs or not self._places.is_act):
            self._whole.add(of_provision)
            self._operative.add(sentence, of_provision, limbs, gives_relief=False)
            self.passages[sentence.start] = of_provision
        else:
            self._pass_over(sentence, content)

    def _note_scope(
        self, sentence: Sentence, passages: list[Passage], limbs: list[LimbDraft]
    ) -> None:
        """Note a sentence that says which offences its article covers: "relevant offence means"."""
        article = self._places.article(sentence.start)
        addressed = self._references(sentence).among(self._by_article[article])
        self._offences.note(article, passages, addressed, limbs)
        self._operative.add(sentence, passages, limbs, gives_relief=False)
        self.passages[sentence.start] = passages

    def _note_open_rule(self, sentence: Sentence, limbs: list[LimbDraft]) -> None:
        """Note a rule that ends without a full stop: what follows may be a part of it."""
        if sentence.is_open:
            self.unread.add((sentence.start, sentence.end))
            for limb in limbs:
                limb.has_unread = True

    def _note_request(
        self, sentence: Sentence, passages: list[Passage], content: SentenceContent
    ) -> None:
        """Note for whom a later sentence of the article gives relief."""
        if content.is_request and not self._places.is_act:
            named = [each for each in passages if not content.is_heading or each.field == "persons"]
            limb = self._limb(sentence, named)
            self._requests[limb.article] = limb

    def _pass_over(self, sentence: Sentence, content: SentenceContent) -> None:
        """Note a sentence that is not read, and that it may limit the limbs near it."""
        limbs = [] if content.is_heading else self._limited_by(sentence, content)
        for limb in limbs:
            limb.has_unread = True
        if content.is_about_rule and not content.is_heading:
            self._limited_article = self._places.article(sentence.start)
        self._unread_sentences.append((sentence, content, bool(limbs)))

    def _list_unread(self) -> None:
        """List the sentences that are not read: as operative, if they may limit a limb.

        Those on other subjects are left out, except in an article that has a limb.
        """
        articles = {limb.article for limb in self._limbs}
        for sentence, content, is_limit in self._unread_sentences:
            is_of_article = self._places.article(sentence.start) in articles
            if is_limit or (is_of_article and content.is_about_rule and not content.is_heading):
                self._operative.add_unread(sentence)
            elif self._headings.has(sentence, content, self._limbs):
                continue
            elif content.is_of_rules or is_of_article or not articles:
                self.unread.add((sentence.start, sentence.end))

    def conclude(self) -> Coverage:
        """Conclude from silence where all words are understood, and return which words are."""
        for sentence, passages, content in self._on_parts:
            divisions = self._on_parts.divisions(sentence)
            if self._on_parts.limited(divisions, self._limbs) or not content.is_passed_over:
                self._read_rule(sentence, passages, content)
        self._list_unread()
        exclude_gravest(self._limbs)
        for limb in self._limbs:
            limb.settle_exclusions()
            limb.settle_decision()
            limb.settle_needs()
            limb.settle_link()
            limb.settle_victims()
        self._whole.settle_burden()
        settle_duties(self._limbs)
        coverage = self._operative.coverage(self._whole)
        is_removed = [limb.conclude() for limb in self._limbs]
        if any(is_removed):
            # The words of a value that was removed are not understood either.
            coverage = self._operative.coverage(self._whole)
        self.unread |= self._terms.unread.union(coverage.unread)
        # Where all words seem to be understood, a value that is missing shows that some are not.
        self.unread = self.unread or self._operative.without_value()
        return coverage

    def proposals(self) -> Iterator[Proposal]:
        """Return the proposals, limb by limb, after all sentences have been read."""
        return proposals_of(self._limbs, self._whole, self._operative)

    def _add_limbs(self, sentence: Sentence, passages: list[Passage]) -> list[LimbDraft]:
        """Add a limb for each alternative of each clause of a sentence; return those added to."""
        near = self._near(self._places.article(sentence.start))
        if near and any(passage.field == "further" for passage in passages):
            return extended(near, passages)
        limbs: list[LimbDraft] = []
        is_about_rule = any(passage.field == "about_rule" for passage in passages)
        parts_of_sentence = list(self._parts(sentence, passages))
        for number, part in enumerate(parts_of_sentence):
            first = len(limbs)
            for alternative in alternatives(self._reader, part):
                limb = self._limb(sentence, alternative)
                has_petition = limb.article in self._petitions
                is_act = self._places.is_act
                if self._near(limb.article) or names_victims(
                    limb, alternative, is_act=is_act, has_petition=has_petition
                ):
                    limbs += self._add(limb, is_about_rule=is_about_rule)
                elif limb.article in self._requests and limb.values("relief"):
                    limbs += self._add_requested(limb)
                else:
                    # The words do not say that the persons who get this relief are victims.
                    self.unread.add((sentence.start, sentence.end))
                    if limb.values("relief"):
                        self._petitions[limb.article] = limb
            for passage in of_one_part(parts_of_sentence, number):
                self._operative.tie(passage, limbs[first:])
        return limbs

    def _parts(self, sentence: Sentence, passages: list[Passage]) -> Iterator[list[Passage]]:
        """Yield the passages of each rule that a sentence states."""
        for clause in clauses(passages, self._reader.conditional_items(sentence)):
            yield from parts(self._reader, clause)

    def _limb(self, sentence: Sentence, clause: list[Passage]) -> LimbDraft:
        article = self._places.article(sentence.start)
        limb = LimbDraft(
            sentence.section,
            article,
            sentence.start,
            sentence.number,
            refers_back=bool(references_of(clause)),
            refers_to_offences=refers_to_offences(clause),
            refers_only=refers_only(self._reader, clause),
            is_on_same_terms=any(passage.rule.id.endswith(SAME_TERMS) for passage in clause),
            refers_to_compulsion=any(each.rule.id.endswith(SUCH_COERCION) for each in clause),
            is_likewise=any(passage.field in ("likewise", "relaxed") for passage in clause),
            is_relaxed=any(passage.field == "relaxed" for passage in clause),
            has_unread=article == self._limited_article,
            is_of_case=any(passage.field == "about_rule" for passage in clause)
            or self._reader.has_condition(sentence.start, sentence.end),
            requirements=self._requirements.named(clause),
        )
        limb.add(
            passage for passage in clause if passage.field not in (*SIGNALS, *FIELDS_OF_PROVISION)
        )
        if any(passage.field == "no_force" for passage in clause):
            limb.replace("force", ())
        limb.settle_force()
        limb.is_asked = not limb.values("force") and any(
            passage.field == "raised_by" and passage.value == "accused" for passage in clause
        )
        limb.settle_defence()
        limb.settle_duty()
        limb.settle_persons()
        self._offences.settle(limb)
        return limb

    def _add(self, limb: LimbDraft, *, is_about_rule: bool) -> list[LimbDraft]:
        """Add a limb, or merge it into those before if it is about the same relief.

        "The defence is available" is about that of the limb before, whomever it names.
        Return the limbs that have its values then.
        """
        near = self._near(limb.article)
        limb.settle_other_victims(near)
        if near and (limbs := merged(near, limb, is_about_rule=is_about_rule)):
            return limbs
        # "May apply for the conviction to be annulled ... shall grant the application if".
        petition = self._petitions.get(limb.article) if limb.is_likewise else None
        before = near[-1] if near else petition
        if before is None:
            return self._append(limb)
        limb.takes_persons = not limb.values("persons")
        limb.settle_reference(before)
        for name in taken(limb, before):
            if not limb.values(name):
                self._share(name, limb, before)
        if limb.values("offences.extent") != {"listed"}:
            self._offences.settle(limb)
        return self._append(limb)

    def _add_requested(self, limb: LimbDraft) -> list[LimbDraft]:
        """Add a limb with the relief that the request before it asks for."""
        limb.replace("offences.extent", limb.certain("offences.extent"))
        limb.refers_back = limb.has_unread = True
        request = self._requests[limb.article]
        for name in taken(limb, request):
            limb.add(request.passages.get(name, ()) if not limb.values(name) else ())
        return self._append(limb)

    def _append(self, limb: LimbDraft) -> list[LimbDraft]:
        """Add a limb with the offences that its article says it covers, and return it."""
        self._offences.complete(limb)
        self._requirements.complete(limb)
        of_article = self._of_article[limb.article]
        limb.add(passage for passage in of_article if limb.may_take(passage, [limb]))
        self._limbs.append(limb)
        self._by_article[limb.article].append(limb)
        return [limb]

    def _share(self, name: str, limb: LimbDraft, before: LimbDraft) -> None:
        """Copy a field from the limb before, unless others with its relief differ in it."""
        limb.model = before if name in OF_ACTS else limb.model
        siblings = [
            each
            for each in self._limbs
            if each.section == before.section and each.values("relief") & before.values("relief")
        ]
        # Links for different persons or offences are no alternatives.
        kinds = {frozenset(each.values("persons", *REACHED_OFFENCES)) for each in siblings}
        # An exception is not stated of a list of offences that it cannot be about.
        concerned = [each for each in siblings if name != "offences.excluded" or not each.listed]
        if all(sibling.values(name) == before.values(name) for sibling in concerned):
            limb.add(before.passages.get(name, ()))
            if name == "link":
                limb.links = before.links
        elif name == "link" and limb.refers_back and len(kinds) == 1:
            limb.take_alternatives(siblings)
        else:
            limb.has_unread = True

    def _near(self, *articles: str) -> list[LimbDraft]:
        """Return the limbs before a sentence that it may be about, if it is in one of the articles.

        In a provision, these are all limbs; in a whole Act, those of the articles.
        """
        if not self._places.is_act:
            return self._limbs[-_REACH:]
        return [limb for each in sorted({*articles}) for limb in self._by_article[each][-_REACH:]]

    def _of_subsection(self, sentence: Sentence) -> list[LimbDraft]:
        """Return the limbs before a sentence in its sub-section."""
        return [limb for limb in self._limbs[-_REACH:] if limb.section == sentence.section]

    def _limited_by(self, sentence: Sentence, content: SentenceContent) -> list[LimbDraft]:
        """Return the limbs before a sentence that it may limit.

        These are the limbs of its sub-section or, if it speaks of a rule, those of its article; and
        all limbs near it if it makes an exception from other articles.
        """
        if content.is_about_part:
            return self._on_parts.limited(self._on_parts.divisions(sentence), self._limbs)
        near, article = self._near_or_referred(sentence), self._places.article(sentence.start)
        if content.is_about_law:
            return near
        of_article = [limb for limb in near if limb.article == article]
        return self._of_subsection(sentence) or (of_article if content.is_about_rule else [])

    def _near_or_referred(self, sentence: Sentence) -> list[LimbDraft]:
        """Return the limbs near a sentence, and those of the articles that it refers to."""
        words = self._reader.text[sentence.start : sentence.end]
        return self._near(self._places.article(sentence.start), *referred_articles(words))

    def _extend_limbs(
        self, sentence: Sentence, passages: list[Passage], content: SentenceContent
    ) -> list[LimbDraft]:
        """Add a sentence without relief to the limbs of its sub-section, or else to all before.

        Return the limbs that it adds to or may limit.
        """
        article = self._places.article(sentence.start)
        added = [
            passage
            for passage in passages
            if passage.field in ADDED_FIELDS and content.may_add(passage)
        ]
        if any(passage.field == "about_article" for passage in passages):
            self._of_article[article] += added
        references = self._references(sentence)
        if content.is_about_part:
            divisions = self._on_parts.divisions(sentence, references.numbers)
            limbs = self._on_parts.limited(divisions, self._limbs)
            if self._requirements.note(article, passages, limbs, limbs):
                self._additions.forget()
            self._additions.add_to_all(divisions, limbs, passages, added)
            return limbs
        limbs = references.among(self._limited_by(sentence, content))
        of_subsection, near = self._of_subsection(sentence), self._near_or_referred(sentence)
        addressed = references.addressed(of_subsection, near)
        self._requirements.note(article, passages, addressed, limbs)
        last = (of_subsection or near)[-1:]
        section = last[0].section if last else -1
        self._additions.add_to(limbs, addressed, passages, added, section)
        return limbs

    def _references(self, sentence: Sentence) -> ParagraphReferences:
        return ParagraphReferences.of(self._reader.text, sentence)
