"""What an interview shows of one question: the words, what is proposed and why, and the classes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from npcompare.coding.clarity_words import check_request
from npcompare.coding.interview_agenda import (
    Kind,
    as_coded,
    coded_data,
    coded_values,
    parts_of,
    proposals_for,
    single_fields,
    words_of_part,
)
from npcompare.coding.interview_excerpts import excerpt, sentence_places
from npcompare.coding.interview_words import SOURCE
from npcompare.coding.limb_drafts import NO_LINK
from npcompare.coding.new_provision import unique_quotation
from npcompare.coding.phrasebook import phrase_book
from npcompare.law.un_states import united_nations
from npcompare.law.unchecked_data import sequence
from npcompare.model.codebook import FIELDS
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.field_sets import OFFENCE_FIELDS
from npcompare.model.logic import Answer
from npcompare.wording.quotations import Body, normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.interview_agenda import Materials, Topic
    from npcompare.coding.interview_excerpts import Places, Run
    from npcompare.coding.interview_file import InterviewFile
    from npcompare.coding.interview_words import FactWords
    from npcompare.model.codebook import Rule, Term


class Precedent(Struct, frozen=True):
    """A provision with a class, and its words around those that the class is based on."""

    provision: str
    before: str
    words: str
    after: str


class FindPrecedent(Protocol):
    """Finds a precedent for a class of a dimension, or none."""

    def __call__(self, dimension: str, word: str) -> Precedent | None:
        """Return a precedent."""


class Offer(Struct, frozen=True):
    """A value that is proposed, with the words to quote for it and the reason."""

    part: str
    value: str
    label: str
    words: str = ""
    reason: str = ""
    #: The request to check it, if it is not clear.
    check: str = ""


class Choice(Struct, frozen=True):
    """A class that can be chosen by its number."""

    number: int
    word: str
    label: str
    definition: str = ""


class View(Struct, frozen=True):
    """What is shown of one question."""

    name: str
    heading: str
    question: str
    help: str = ""
    excerpt: tuple[Run, ...] = ()
    offers: tuple[Offer, ...] = ()
    #: The classes that the rules of the codebook derive from what is proposed.
    leads_to: tuple[str, ...] = ()
    precedent: Precedent | None = None
    choices: tuple[Choice, ...] = ()
    #: The answer that the file has.
    current: tuple[str, ...] = ()
    #: The keys that are answers, in the order in which they are named.
    keys: tuple[str, ...] = ()


#: The kind of fact that is true or not.
YES_NO = "yes_no"

_GOING = ("b", "s", "x", "?")


class Questions:
    """Makes the views of the questions of one interview."""

    def __init__(self, materials: Materials, body: str, precedent: FindPrecedent) -> None:
        """Prepare to show questions about a text."""
        self._materials = materials
        self._book = materials.codebook
        self._words = materials.words
        self._precedent = precedent
        self.text = unicodedata.normalize("NFC", body)
        self._normal = normal_form(body)
        #: Where quotations are looked up.
        self.body = Body(body)
        self._sentences = sentence_places(self.text, materials.reading)

    def view(self, file: InterviewFile, topic: Topic, part: str = "") -> View:
        """Return what is shown of a question, or of one part of the question on offences."""
        if topic.kind is Kind.FIELD:
            return self._field(file, topic, part or parts_of(topic.field)[0])
        if topic.kind is Kind.FACT:
            return self._fact(file, topic)
        if topic.kind is Kind.PASSAGE:
            runs = self._excerpt([(topic.start, topic.end)])
            return View(
                topic.name,
                self._words.headings["passage"],
                self._words.texts["passage"],
                self._words.texts["passage_help"],
                excerpt=runs,
                keys=("y", "no", "g", *_GOING),
            )
        is_limb = topic.kind is Kind.LIMB and topic.limb is not None
        runs = self._excerpt([], self._of_limb(topic.limb.number)) if is_limb and topic.limb else ()
        limb_id = topic.limb.id if topic.limb else ""
        return View(
            topic.name,
            self._words.headings[str(topic.kind)].replace("{id}", limb_id),
            self._words.texts[str(topic.kind)],
            self._words.texts.get(f"{topic.kind}_help", "").replace("{count}", str(topic.count)),
            excerpt=runs,
            keys=("y", "no", *_GOING),
        )

    # --- Fields ------------------------------------------------------------------------------

    def offers(self, topic: Topic, *parts: str) -> tuple[Offer, ...]:
        """Return what is proposed for parts of a question, each value once."""
        suggestion = self._materials.suggestion
        return tuple(
            Offer(
                proposal.field,
                proposal.value,
                self.label(proposal.field, proposal.value),
                unique_quotation(suggestion, self._normal, proposal),
                self._reason(proposal.rule),
                check_request(proposal),
            )
            for proposal in proposals_for(suggestion, topic)
            if proposal.field in parts
        )

    def label(self, part: str, word: str) -> str:
        """Return the label of a word of a field."""
        return self._book.label(FIELDS[part], word)

    def choices(self, part: str) -> tuple[Choice, ...]:
        """Return the classes of a field with their numbers."""
        return _choices(self._book.vocabulary[FIELDS[part]].values())

    def _reason(self, rule: str) -> str:
        if rule == NO_LINK:
            return self._words.texts["whole_rule"]
        example = phrase_book().example(rule)
        name = f"rule {rule} of the phrase book"
        return f"{name}, as in “{example}”" if example else name

    def _field(self, file: InterviewFile, topic: Topic, part: str) -> View:
        words = self._words.fields[part]
        offers = self.offers(topic, part)
        places = self._proposed_places(topic, part)
        current = tuple(self._current(file, topic, part))
        rules = list(self._rules(file, topic, offers)) if offers else []
        number = topic.limb.number if topic.limb else 0
        is_single = part in (*single_fields(), OFFENCE_FIELDS[0])
        # Of several proposals for a question with one answer, the coder chooses by the number.
        keys = (
            ["a"]
            if offers and not (is_single and len({offer.value for offer in offers}) > 1)
            else []
        )
        keys += ["1", "q", "d", "n"] if part == parts_of(topic.field)[0] else ["1", "q"]
        keys += ["n"] if part == OFFENCE_FIELDS[-1] else []
        keys += ["k"] if current or topic.is_answered else []
        return View(
            topic.name,
            self._heading(topic, part),
            words.ask if offers or current else words.silent,
            excerpt=self._excerpt(places, self._of_limb(number)),
            offers=offers,
            leads_to=tuple(map(self._class_words, rules)),
            precedent=self._found_precedent(part, offers, rules),
            choices=self.choices(part),
            current=current,
            keys=(*keys, *_GOING),
        )

    def _heading(self, topic: Topic, part: str) -> str:
        dimensions = self._book.dimensions.values()
        labels = [each.label.lower() for each in dimensions if each.field == part]
        label = labels[0] if labels else part.replace(".", ": ").replace("_", " ")
        return f"Limb {topic.limb.id}: {label}" if topic.limb else f"Whole provision: {label}"

    def answer_words(self, file: InterviewFile, topic: Topic) -> str:
        """Return the answer that a file has to a question, as one text."""
        if topic.kind is Kind.FIELD:
            parts = parts_of(topic.field)
            if len(parts) > 1 and (coded := coded_data(file, topic.field, topic.limb)):
                return self._offences_words(coded[0])
            return "; ".join(self._current(file, topic, parts[0]))
        if topic.kind is Kind.FACT:
            return "; ".join(self._fact_current(file, topic))
        return ""

    def _offences_words(self, coded: Mapping[str, Any]) -> str:
        """Return the offences that a file codes, each list with its name, and their words."""
        labels = []
        for part in OFFENCE_FIELDS:
            words = ", ".join(self.label(part, word) for word in words_of_part(coded, part))
            name = "excluded: " if part == OFFENCE_FIELDS[-1] else ""
            labels += [name + words] if words else []
        return f"{'; '.join(labels)}{self._doubt_and_quotations(coded)}"

    def _doubt_and_quotations(self, coded: Mapping[str, Any]) -> str:
        evidence = coded.get("evidence", ())
        quoted = [evidence] if isinstance(evidence, str) else sequence(evidence)
        quotation = "; ".join(f"“{words}”" for words in quoted)
        doubt = " (doubtful)" if "doubtful" in coded else ""
        return f"{doubt}: {quotation}" if quotation else doubt

    def _current(self, file: InterviewFile, topic: Topic, part: str) -> Iterator[str]:
        """Yield the answer that the file has, value by value."""
        coded = coded_data(file, topic.field, topic.limb)
        for item in coded:
            for word in words_of_part(item, part):
                yield self.label(part, word) + self._doubt_and_quotations(item)
        if not coded and topic.name in file.answered and part == parts_of(topic.field)[0]:
            yield self._words.keys["n"].name

    def _proposed_places(self, topic: Topic, part: str) -> Places:
        proposals = proposals_for(self._materials.suggestion, topic)
        return [(each.start, each.end) for each in proposals if each.field == part]

    def _of_limb(self, number: int) -> Places:
        """Return the places on which a limb is based; none if there is no such limb."""
        proposals = self._materials.suggestion.proposals
        return [(each.start, each.end) for each in proposals if each.limb == number and number]

    def _excerpt(self, marks: Places, others: Sequence[tuple[int, int]] = ()) -> tuple[Run, ...]:
        """Return the sentences with marked words, or those with other words, or all."""
        wanted = marks or others
        sentences = [
            (start, end)
            for start, end in self._sentences
            if not wanted or any(first < end and start < last for first, last in wanted)
        ]
        return excerpt(self.text, sentences, list(marks))

    # --- Why, and who else has it ------------------------------------------------------------

    def _rules(self, file: InterviewFile, topic: Topic, offers: Sequence[Offer]) -> Iterator[Rule]:
        """Yield the rules of the codebook that apply if what is proposed is accepted."""
        number = topic.limb.number if topic.limb else 0
        proposed: dict[str, list[str]] = {}
        for proposal in self._materials.suggestion.proposals:
            if proposal.limb == number:
                proposed.setdefault(proposal.field, []).append(proposal.value)
        # What is proposed for the question itself comes before what the file has for it.
        own = {offer.part: as_coded(proposed[offer.part]) for offer in offers}
        others = {part: as_coded(words) for part, words in proposed.items()}
        values = {**others, **coded_values(file, topic.limb), **own}
        fields = {offer.part for offer in offers}
        for rule in self._book.rules:
            is_about = any(field in fields for field, _ in leaves(rule.when))
            if is_about and not rule.is_implied and evaluate(rule.when, values)[0] is Answer.YES:
                yield rule

    def _class_words(self, rule: Rule) -> str:
        dimension = self._book.dimensions[rule.dimension]
        place = f" ({rule.source.place})" if rule.source else ""
        because = rule.because.removesuffix(".")
        return f"{dimension.label}: {dimension.label_of(rule.then)}. {because}{place}."

    def _found_precedent(
        self, part: str, offers: Sequence[Offer], rules: Sequence[Rule]
    ) -> Precedent | None:
        """Return a precedent for the first value that is proposed, or for its class."""
        if not offers:
            return None
        dimensions = self._book.dimensions.values()
        for dimension in dimensions:
            if dimension.field == part:
                return self._precedent(dimension.id, offers[0].value)
        return self._precedent(rules[0].dimension, rules[0].then) if rules else None

    # --- Facts -------------------------------------------------------------------------------

    def _fact(self, file: InterviewFile, topic: Topic) -> View:
        fact = self._words.fact(topic.name)
        current = self._fact_current(file, topic)
        offer = self._fact_offer(file, fact)
        keys = {YES_NO: ["y", "no"], SOURCE: ["new"]}.get(fact.answer, [])
        keys += ["a"] if offer else []
        keys += [] if fact.is_required else ["unknown"]
        keys += ["k"] if current else []
        return View(
            topic.name,
            fact.name.replace(".", ": ").replace("_", " ").capitalize(),
            fact.ask,
            fact.help,
            offers=offer,
            choices=self.fact_choices(fact),
            current=current,
            keys=(*keys, *_GOING),
        )

    def _fact_current(self, file: InterviewFile, topic: Topic) -> tuple[str, ...]:
        fact = self._words.fact(topic.name)
        value = file.value(fact.pointer)
        if value is not None:
            return (self._fact_label(fact, value),)
        return (self._words.keys["unknown"].name,) if topic.name in file.answered else ()

    def fact_choices(self, fact: FactWords) -> tuple[Choice, ...]:
        """Return the answers that a question has a list of; none if it has no list."""
        terms = self._book.vocabulary.get(fact.answer, {})
        return _choices(term for word, term in terms.items() if word not in fact.excluded)

    def _fact_label(self, fact: FactWords, value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dict):
            parts = value.items()
            return ", ".join(
                f"para. {part}" if key == "paragraph" else f"{part}" for key, part in parts
            )
        labels = {choice.word: choice.label for choice in self.fact_choices(fact)}
        return labels.get(str(value), str(value))

    def _fact_offer(self, file: InterviewFile, fact: FactWords) -> tuple[Offer, ...]:
        """Return what the names of the United Nations say of the jurisdiction."""
        if fact.name not in {"jurisdiction.code", "jurisdiction.kind"}:
            return ()
        name = str(file.value(("jurisdiction", "name")) or "").casefold()
        for area in united_nations().members:
            if area.name.casefold() == name:
                value, label = (
                    (area.code, area.code) if fact.answer == "code" else ("state", "State")
                )
                return (
                    Offer(fact.name, value, label, reason="Member State of the United Nations"),
                )
        return ()


def _choices(terms: Iterable[Term]) -> tuple[Choice, ...]:
    return tuple(
        Choice(number, term.word, term.label, term.definition)
        for number, term in enumerate(terms, 1)
    )
