"""A coding proposed for the words of a provision, each value with the words that it rests on.

Hides how passages become limbs: a sentence that gives relief is a limb, or several; any other says
more of the limbs before it. Nothing is filled in: a value that no words give is left out, and a
sentence or clause that no rule has met is named as unread.
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

#: The rule that is no phrase: the words were read to their end, and ask for no tie.
NO_LINK = "no-tie-asked"

#: Fields that a sentence without relief says of the limbs before it, and of the whole provision.
_OF_LIMBS = ("compulsion", "tests", "offences.excluded", "conditions", "liability")
_OF_PROVISION = ("burden", "standard")

#: Fields of which a sentence must speak to have been understood.
_UNDERSTOOD = frozenset({"relief", *SIGNALS, *_OF_LIMBS, *_OF_PROVISION})

#: What a sentence speaks of that gives relief.
_GIVING = frozenset({"relief", "likewise"})

#: What a sentence speaks of that bids something although its relief was not understood.
_OF_A_RULE = frozenset({"persons", "link"})

#: What a limb that names no offences shares with the one before it, which it refers back to.
_SHARED = ("offences.extent", "offences.categories", "offences.excluded", "link", "liability")

#: What a limb shares that only says "the same shall apply".
_GIVEN = ("relief", "force", "addressee", "offences.extent", "offences.categories")

#: What a limb, and a clause within it, may hold besides what it is about.
_OUTWARD = ("relief", "force", "persons")

#: How many words may stand between "any offence" and the law that narrows it.
_NARROWING = 5

#: How many limbs back a sentence without relief may speak of.
_REACH = 12


#: How a language is named.
_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Proposal(Struct, frozen=True):
    """A value proposed for a field, and the place in the text, in characters, that it rests on."""

    #: The limb by its number; 0 for what is said of the whole provision.
    limb: int
    field: str
    value: str
    start: int
    end: int
    rule: str


class Reading(Struct, frozen=True):
    """What a text was read as: the proposals, and the places of what was not understood."""

    text: str
    language: str
    proposals: tuple[Proposal, ...]
    unread: tuple[tuple[int, int], ...]

    def words(self, start: int, end: int) -> str:
        """Return the words between two places, each run of white space as one space."""
        return fold(self.text[start:end])


def suggest(codebook: Codebook, text: str, language: str = "") -> Reading:
    """Return the coding that the words of a text propose.

    Raises NpcompareError for a language that the phrase book does not have.
    """
    chosen = phrase_book().language(text, language)
    draft = _Draft(text, chosen, codebook.exception_words.get(chosen.tag, ()))
    for sentence in divide(text):
        draft.read(sentence)
    proposals = tuple(draft.proposals())
    # A quotation mark that closes on a line of its own is nothing to be understood.
    unread = [(start, end) for start, end in draft.unread if re.search(r"\w", text[start:end])]
    return Reading(text, chosen.tag, proposals, tuple(sorted(unread)))


def begun(codebook: Codebook, text: str, language: str = "") -> Reading:
    """Return a reading to begin a file with: in a language that is not read, the words alone.

    Its language is then the one named, or empty. Raises NpcompareError for what names no language.
    """
    if phrase_book().find(text, language) or (language and not _TAG.fullmatch(language)):
        return suggest(codebook, text, language)
    return Reading(text, language, (), ())


def classified(codebook: Codebook, reading: Reading) -> Classification:
    """Return the classes that the proposals give, were they confirmed as they are."""
    limbs: dict[int, dict[str, list[Proposal]]] = defaultdict(lambda: defaultdict(list))
    for one in reading.proposals:
        limbs[one.limb][one.field].append(one)
    whole = limbs.pop(0, {})
    data = {
        "id": "suggested",
        "jurisdiction": {"name": "", "code": None, "kind": "state"},
        "instrument": None,
        "form": None,
        # Whether a text is whole is for the coder to say; till then it is silent on nothing.
        "text": {"status": "excerpt", "complete": False, "body": reading.text},
        "limbs": [_limb_data(reading, found) for _, found in sorted(limbs.items())],
        **{name: _coded(reading, ones) for name, ones in whole.items()},
    }
    return classify(codebook, parse_provision(data))


def _limb_data(reading: Reading, found: Mapping[str, list[Proposal]]) -> dict[str, object]:
    data: dict[str, object] = {
        name: _coded(reading, ones)
        for name, ones in found.items()
        if not name.startswith("offences.")
    }
    if "offences.extent" in found:
        extent = found["offences.extent"][0]
        lists = {
            name: [one.value for one in found[f"offences.{name}"]]
            for name in ("categories", "excluded")
            if f"offences.{name}" in found
        }
        words = reading.words(extent.start, extent.end)
        data["offences"] = {"extent": extent.value, "evidence": words} | lists
    return data


def _coded(reading: Reading, ones: Iterable[Proposal]) -> list[dict[str, str]]:
    return [{"value": one.value, "evidence": reading.words(one.start, one.end)} for one in ones]


class _Limb(Struct):
    """A limb in the making: the passages for each field."""

    section: int
    #: Whether its offences are those of the limb before it: "such an offence".
    refers_back: bool = False
    found: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    #: Whether any clause of it that may hold a tie or a condition was not understood.
    has_unread: bool = False

    def values(self, *names: str) -> set[str]:
        """Return the values found for fields."""
        return {one.value for name in names for one in self.found.get(name, ())}

    def surely(self, name: str) -> list[Passage]:
        """Return the passages of a field that give way to no other."""
        return [one for one in self.found.get(name, ()) if not one.rule.is_weak]

    def take(self, passages: Iterable[Passage]) -> None:
        """Add passages, one for each value, and one more where that is surer."""
        for one in passages:
            held = self.found[one.field]
            if all(
                (each.value, each.rule.is_weak) != (one.value, one.rule.is_weak) for each in held
            ):
                held.append(one)

    def keep(self, name: str, passages: Iterable[Passage]) -> None:
        """Let a field hold these passages and no others; none at all if there are none."""
        self.found.pop(name, None)
        if kept := list(passages):
            self.found[name] = kept


class _Draft:
    """The limbs of one text, made sentence by sentence in their order."""

    def __init__(self, text: str, language: Language, hinges: tuple[str, ...]) -> None:
        self._text = text
        self._reader = Reader(text, language)
        self._turns = any_of(hinges)
        self._limbs: list[_Limb] = []
        self._whole = _Limb(0)
        #: The places of what was not understood.
        self.unread: set[tuple[int, int]] = set()

    def read(self, sentence: Sentence) -> None:
        """Read one sentence: as limbs of its own, or as more of those before it."""
        passages = self._reader.passages(sentence)
        fields = {one.field for one in passages}
        is_bidden = any(one.field == "force" and not one.rule.is_weak for one in passages)
        is_rule = is_bidden and fields >= _OF_A_RULE and "denial" not in fields
        # A heading names what the law is about, and gives nothing.
        is_heading = sentence.is_open and not is_bidden
        if is_heading or not fields & _UNDERSTOOD or (is_rule and not fields & _GIVING):
            self.unread.add((sentence.start, sentence.end))
        if is_heading or "aside" in fields:
            return
        is_lost = _has_lost_exception(fields)
        if is_lost:
            self.unread.add((sentence.start, sentence.end))
        if (is_rule or fields & _GIVING) and "definition" not in fields:
            is_read = self._is_read(sentence, passages) and not is_lost
            for clause in clauses(passages):
                for part in self._reader.alternatives(clause):
                    limb = self._limb(sentence.section, part, has_unread=not is_read)
                    if self._limbs or limb.values("persons", "link"):
                        self._add(limb)
                    else:
                        # Whoever is given this relief, no words say that it is a victim.
                        self.unread.add((sentence.start, sentence.end))
        else:
            self._say_more(sentence.section, passages)
        self._whole.take(one for one in passages if one.field in _OF_PROVISION)

    def proposals(self) -> Iterator[Proposal]:
        """Yield what is proposed, limb by limb, once every sentence is read."""
        for number, limb in enumerate(self._limbs, 1):
            self.unread |= _finish(limb)
            yield from _proposed(number, limb)
        yield from _proposed(0, self._whole)

    def _limb(self, section: int, clause: list[Passage], *, has_unread: bool) -> _Limb:
        refers_back = any(one.field == "reference" for one in clause)
        limb = _Limb(section, refers_back, has_unread=has_unread)
        limb.take(one for one in clause if one.field not in (*SIGNALS, *_OF_PROVISION))
        if any(one.field == "no_force" for one in clause):
            limb.keep("force", ())
        _settle_force(limb)
        _settle_persons(limb)
        self._settle_offences(limb)
        return limb

    def _add(self, limb: _Limb) -> None:
        """Add a limb, or let it say more of the one before, if it is about the same."""
        before = self._limbs[-1] if self._limbs else None
        if before is None:
            self._limbs.append(limb)
            return
        is_bare = not limb.values("link", "offences.categories") and not limb.surely(
            "offences.extent"
        )
        reliefs = limb.values("relief") or before.values("relief")
        if is_bare and not limb.values("persons") and reliefs & before.values("relief"):
            before.take(one for ones in limb.found.values() for one in ones)
            return
        is_own, is_like = bool(limb.values("persons")), not limb.values("relief")
        names_offences = bool(limb.values("offences.extent", "offences.categories"))
        shared = ["persons", *(_GIVEN if is_like else ())]
        # "They shall be discontinued" speaks of what was named; a rule for others does not.
        if limb.refers_back or is_like or not (is_own or names_offences):
            shared += _SHARED
        for name in shared:
            if not limb.values(name):
                self._share(name, limb, before)
        self._limbs.append(limb)

    def _share(self, name: str, limb: _Limb, before: _Limb) -> None:
        """Let a limb have what the one before says, unless its sub-section says it in two ways."""
        beside = [one for one in self._limbs if one.section == before.section]
        if all(one.values(name) == before.values(name) for one in beside):
            limb.take(before.found.get(name, ()))
        else:
            limb.has_unread = True

    def _say_more(self, section: int, passages: list[Passage]) -> None:
        """Let a sentence without relief say more of the limbs of its sub-section, or of all."""
        near = self._limbs[-_REACH:]
        for limb in [one for one in near if one.section == section] or near:
            for one in passages:
                is_apt = one.field != "compulsion" or "compulsion" in limb.values("link")
                if one.field in _OF_LIMBS and is_apt:
                    limb.take([one])

    def _settle_offences(self, limb: _Limb) -> None:
        """Tell any offence from those that are named, and those of a status from both."""
        extents = limb.found.get("offences.extent", [])
        named = limb.found.get("offences.categories", [])
        related = [one for one in extents if one.value == "status_related"]
        wide = [
            one for one in extents if not one.rule.is_weak and not self._is_narrowed(one, named)
        ]
        if related or wide:
            limb.keep("offences.extent", (related or wide)[:1])
            limb.keep("offences.categories", ())
        elif named:
            limb.keep("offences.extent", [named[0].as_field("offences.extent", "listed")])
        else:
            limb.keep("offences.extent", extents[:1])

    def _is_narrowed(self, one: Passage, named: Iterable[Passage]) -> bool:
        """Say whether "any offence" is narrowed by what follows: "under the Immigration Act"."""
        return any(self._reader.follows_on(one, other, _NARROWING) for other in named)

    def _is_read(self, sentence: Sentence, passages: list[Passage]) -> bool:
        """Say whether something was met in each clause that a hinge opens; name the others."""
        inward = [one for one in passages if one.field not in _OUTWARD]
        unread = set()
        turns = self._turns.finditer(self._text, sentence.start, sentence.end)
        for turn in turns:
            stop = re.compile(r"[,;.]").search(self._text, turn.end(), sentence.end)
            end = stop.start() if stop else sentence.end
            if not any(one.start < end and turn.start() < one.end for one in inward):
                unread.add((turn.start(), end))
        self.unread |= unread
        return not unread


def _has_lost_exception(fields: set[str]) -> bool:
    """Say whether a sentence makes an exception of which nothing was understood."""
    told = {"offences.excluded", "conditions", "tests", *_OF_PROVISION}
    return "exception" in fields and not fields & told


def _settle_force(limb: _Limb) -> None:
    """Keep the force that governs: to consider before a choice, and a choice before a duty."""
    for word in ("consideration", "discretionary", "mandatory"):
        if ones := [one for one in limb.found.get("force", ()) if one.value == word]:
            limb.keep("force", ones[:1])
            return


def _settle_persons(limb: _Limb) -> None:
    """Keep adults or children where the words name them, and victims where they do not."""
    if named := [one for one in limb.found.get("persons", ()) if one.value != "any_victim"]:
        limb.keep("persons", named)


def _finish(limb: _Limb) -> set[tuple[int, int]]:
    """Take out of the offences what is excluded, and say if no tie is asked for.

    Where that would leave nothing of a list ("a scheduled offence, except murder"), both are the
    law's own lists and the codebook has one word for them: the exception is returned as unread.
    """
    lost: set[tuple[int, int]] = set()
    named = limb.found.get("offences.categories", ())
    values = {one.value for one in named}
    if values and values <= limb.values("offences.excluded"):
        excluded = limb.found["offences.excluded"]
        lost = {(one.start, one.end) for one in excluded if one.value in values}
        limb.keep("offences.excluded", [one for one in excluded if one.value not in values])
    left_out = limb.values("offences.excluded")
    limb.keep("offences.categories", [one for one in named if one.value not in left_out])
    surely = limb.surely("offences.extent")
    if surely and not limb.values("link") and not limb.has_unread:
        limb.keep("link", [surely[0].as_field("link", "none", NO_LINK)])
    return lost


def _proposed(number: int, limb: _Limb) -> Iterator[Proposal]:
    """Yield each value of a limb once, in the order that fields are shown in."""
    for name in FIELDS:
        surest_last = sorted(limb.found.get(name, ()), key=lambda one: not one.rule.is_weak)
        for value, one in {one.value: one for one in surest_last}.items():
            yield Proposal(number, name, value, one.start, one.end, one.rule.id)
