"""A coding proposed for the text of a provision, each value with the words that it is based on.

A sentence that gives relief makes one or more limbs; any other sentence adds to the limbs before
it. No value is invented: a field stays empty if no words give a value, and a sentence or clause
that no rule matches is listed as unread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

from npcompare.analysis.classification import classify
from npcompare.coding.phrasebook import SIGNALS, phrase_book
from npcompare.coding.sentence_reader import Reader, clauses
from npcompare.law.provision_parser import parse_provision
from npcompare.model.codebook import FIELDS
from npcompare.text import fold
from npcompare.wording.quotations import any_of
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.phrasebook import Language
    from npcompare.coding.sentence_reader import Passage
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification
    from npcompare.wording.sentences import Sentence

#: The rule without a phrase: the text was read to its end, and requires no link.
NO_LINK = "no-tie-asked"

#: Fields that a sentence without relief adds to the limbs before it, or to the whole provision.
_CONDITIONS = ("conditions", "cooperation", "status_required", "decision")
_OF_LIMBS = ("compulsion", "tests", "offences.excluded", *_CONDITIONS, "liability")
_OF_PROVISION = ("raised_by", "burden", "standard")

#: A sentence counts as read if it has one of these fields or signals.
_MEANINGFUL = frozenset({"relief", *SIGNALS, *_OF_LIMBS, *_OF_PROVISION})

#: The fields and signals of a sentence that gives relief.
_GIVES_RELIEF = frozenset({"relief", "likewise"})

#: The fields of a rule about victims, even if its relief was not recognized.
_RULE_FIELDS = frozenset({"persons", "link"})

#: What a limb that refers back to the offences of the limb before it takes from that limb.
_REFERRED = ("offences.extent", "offences.categories", "offences.excluded", "link", "liability")

#: What a limb that says "the same shall apply" takes from the limb before it.
_REPEATED = ("relief", "force", "addressee", "offences.extent", "offences.categories")

#: Fields that say nothing about the content of a clause within a limb.
_OUTER = ("relief", "force", "persons")

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
    proposals: tuple[Proposal, ...]
    unread: tuple[tuple[int, int], ...]

    def words(self, start: int, end: int) -> str:
        """Return the words between two places, with each run of white space as one space."""
        return fold(self.text[start:end])


def suggest(codebook: Codebook, text: str, language: str = "") -> Suggestion:
    """Return the coding that the words of a text propose.

    Raises NpcompareError for a language that the phrase book does not have.
    """
    book_language = phrase_book().language(text, language)
    draft = _Draft(text, book_language, codebook.exception_words.get(book_language.tag, ()))
    for sentence in divide(text):
        draft.read(sentence)
    proposals = tuple(draft.proposals())
    # A closing quotation mark on a line of its own has no words to read.
    unread = [(start, end) for start, end in draft.unread if re.search(r"\w", text[start:end])]
    return Suggestion(text, book_language.tag, proposals, tuple(sorted(unread)))


def suggest_if_possible(codebook: Codebook, text: str, language: str = "") -> Suggestion:
    """Return the coding that a text proposes, or no proposals if its language cannot be read.

    The language of the suggestion is then the one given, or empty. Raises NpcompareError if the
    language given is not a language tag.
    """
    if phrase_book().find(text, language) or (language and not _TAG.fullmatch(language)):
        return suggest(codebook, text, language)
    return Suggestion(text, language, (), ())


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


class _Limb(Struct):
    """A limb under construction, with the passages of each field."""

    section: int
    #: Whether it refers back to the offences of the limb before it: "such an offence".
    refers_back: bool = False
    passages: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    #: Whether no rule matched one of its clauses, which may contain a link or a condition.
    has_unread: bool = False

    def values(self, *fields: str) -> set[str]:
        """Return the values of fields."""
        return {passage.value for name in fields for passage in self.passages.get(name, ())}

    def certain(self, name: str) -> list[Passage]:
        """Return the passages of a field that do not give way to others."""
        return [passage for passage in self.passages.get(name, ()) if not passage.rule.is_weak]

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages, at most one weak and one certain passage for each value."""
        for passage in passages:
            present = self.passages[passage.field]
            key = (passage.value, passage.rule.is_weak)
            if key not in [(each.value, each.rule.is_weak) for each in present]:
                present.append(passage)

    def replace(self, name: str, passages: Iterable[Passage]) -> None:
        """Replace the passages of a field."""
        self.passages.pop(name, None)
        if new := list(passages):
            self.passages[name] = new


class _Draft:
    """The limbs of one text, built from its sentences in order."""

    def __init__(self, text: str, language: Language, hinges: tuple[str, ...]) -> None:
        self._text = text
        self._reader = Reader(text, language)
        self._hinges = any_of(hinges)
        self._limbs: list[_Limb] = []
        self._whole = _Limb(0)
        #: The places of the passages that no rule matched.
        self.unread: set[tuple[int, int]] = set()

    def read(self, sentence: Sentence) -> None:
        """Read one sentence, as new limbs or as additions to the limbs before it."""
        passages = self._reader.passages(sentence)
        fields = {passage.field for passage in passages}
        has_force = any(
            passage.field == "force" and not passage.rule.is_weak for passage in passages
        )
        is_rule = has_force and fields >= _RULE_FIELDS and "denial" not in fields
        # A heading names the subject of the law, and gives no relief.
        is_heading = sentence.is_open and not has_force
        if is_heading or not fields & _MEANINGFUL or (is_rule and not fields & _GIVES_RELIEF):
            self.unread.add((sentence.start, sentence.end))
        if is_heading or "aside" in fields:
            return
        has_unread_exception = _has_unread_exception(fields)
        if has_unread_exception:
            self.unread.add((sentence.start, sentence.end))
        if (is_rule or fields & _GIVES_RELIEF) and "definition" not in fields:
            is_read = self._is_read(sentence, passages) and not has_unread_exception
            self._add_limbs(sentence, passages, has_unread=not is_read)
        else:
            self._extend_limbs(sentence.section, passages)
        self._whole.add(passage for passage in passages if passage.field in _OF_PROVISION)

    def proposals(self) -> Iterator[Proposal]:
        """Yield the proposals, limb by limb, after all sentences have been read."""
        for number, limb in enumerate(self._limbs, 1):
            self.unread |= _finish(limb)
            yield from _proposals_of(number, limb)
        yield from _proposals_of(0, self._whole)

    def _add_limbs(self, sentence: Sentence, passages: list[Passage], *, has_unread: bool) -> None:
        """Add a limb for each alternative of each clause of a sentence."""
        for clause in clauses(passages):
            for alternative in self._reader.alternatives(clause):
                limb = self._limb(sentence.section, alternative, has_unread=has_unread)
                if self._limbs or limb.values("persons", "link"):
                    self._add(limb)
                else:
                    # The words do not say that the persons who get this relief are victims.
                    self.unread.add((sentence.start, sentence.end))

    def _limb(self, section: int, clause: list[Passage], *, has_unread: bool) -> _Limb:
        refers_back = any(passage.field == "reference" for passage in clause)
        limb = _Limb(section, refers_back, has_unread=has_unread)
        limb.add(passage for passage in clause if passage.field not in (*SIGNALS, *_OF_PROVISION))
        if any(passage.field == "no_force" for passage in clause):
            limb.replace("force", ())
        _settle_force(limb)
        _settle_persons(limb)
        self._settle_offences(limb)
        return limb

    def _add(self, limb: _Limb) -> None:
        """Add a limb, or merge it into the limb before if it is about the same relief."""
        before = self._limbs[-1] if self._limbs else None
        if before is None:
            self._limbs.append(limb)
            return
        is_bare = not limb.values("link", "offences.categories") and not limb.certain(
            "offences.extent"
        )
        reliefs = limb.values("relief") or before.values("relief")
        if is_bare and not limb.values("persons") and reliefs & before.values("relief"):
            before.add(passage for passages in limb.passages.values() for passage in passages)
            return
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

    def _share(self, name: str, limb: _Limb, before: _Limb) -> None:
        """Copy a field from the limb before, unless the limbs of its sub-section differ in it."""
        siblings = [each for each in self._limbs if each.section == before.section]
        if all(sibling.values(name) == before.values(name) for sibling in siblings):
            limb.add(before.passages.get(name, ()))
        else:
            limb.has_unread = True

    def _extend_limbs(self, section: int, passages: list[Passage]) -> None:
        """Add a sentence without relief to the limbs of its sub-section, or else to all before."""
        near = self._limbs[-_REACH:]
        for limb in [each for each in near if each.section == section] or near:
            for passage in passages:
                applies = passage.field != "compulsion" or "compulsion" in limb.values("link")
                if passage.field in _OF_LIMBS and applies:
                    limb.add([passage])

    def _settle_offences(self, limb: _Limb) -> None:
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

    def _is_read(self, sentence: Sentence, passages: list[Passage]) -> bool:
        """Return whether a rule matched each clause after a hinge; list the others as unread."""
        inner = [passage for passage in passages if passage.field not in _OUTER]
        unread = set()
        for hinge in self._hinges.finditer(self._text, sentence.start, sentence.end):
            stop = re.compile(r"[,;.]").search(self._text, hinge.end(), sentence.end)
            end = stop.start() if stop else sentence.end
            if not any(passage.start < end and hinge.start() < passage.end for passage in inner):
                unread.add((hinge.start(), end))
        self.unread |= unread
        return not unread


def _has_unread_exception(fields: set[str]) -> bool:
    """Return whether a sentence makes an exception whose content no rule matched."""
    contents = {"offences.excluded", "tests", *_CONDITIONS, *_OF_PROVISION}
    return "exception" in fields and not fields & contents


def _settle_force(limb: _Limb) -> None:
    """Keep the weakest force of a limb, which governs the others."""
    for force in ("consideration", "discretionary", "mandatory"):
        passages = [each for each in limb.passages.get("force", ()) if each.value == force]
        if passages:
            limb.replace("force", passages[:1])
            return


def _settle_persons(limb: _Limb) -> None:
    """Keep adults or children if the words name them, and otherwise victims."""
    persons = limb.passages.get("persons", ())
    if named := [passage for passage in persons if passage.value != "any_victim"]:
        limb.replace("persons", named)


def _finish(limb: _Limb) -> set[tuple[int, int]]:
    """Remove the excluded offences from those named, and propose "no link" if none is required.

    If that would leave nothing ("a scheduled offence, except murder"), both are listed in the law
    itself and the codebook has one value for them: the exception is returned as unread.
    """
    unread: set[tuple[int, int]] = set()
    named = limb.passages.get("offences.categories", ())
    values = {passage.value for passage in named}
    if values and values <= limb.values("offences.excluded"):
        excluded = limb.passages["offences.excluded"]
        unread = {(passage.start, passage.end) for passage in excluded if passage.value in values}
        limb.replace("offences.excluded", [each for each in excluded if each.value not in values])
    excluded_values = limb.values("offences.excluded")
    limb.replace(
        "offences.categories", [each for each in named if each.value not in excluded_values]
    )
    extents = limb.certain("offences.extent")
    if extents and not limb.values("link") and not limb.has_unread:
        limb.replace("link", [extents[0].as_field("link", "none", NO_LINK)])
    return unread


def _proposals_of(number: int, limb: _Limb) -> Iterator[Proposal]:
    """Yield each value of a limb once, in the order in which fields are shown."""
    for name in FIELDS:
        passages = limb.passages.get(name, ())
        # A certain passage replaces a weak one for the same value.
        by_certainty = sorted(passages, key=lambda passage: not passage.rule.is_weak)
        for value, passage in {each.value: each for each in by_certainty}.items():
            yield Proposal(number, name, value, passage.start, passage.end, passage.rule.id)
