"""The agenda of an interview: its questions in order, and which of them are open.

The agenda follows from the file and the proposals alone. First come the rules one after another
with the questions that every comparison needs and those that have a proposal, then the provision as
a whole, the details, the words that no answer covers, and what the text cannot answer.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.law.json_schema import load_schema
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.law.value_checks import words_of
from npcompare.model.conditions import evaluate
from npcompare.model.field_sets import OFFENCE_FIELDS
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis, Coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.coding.interview_file import InterviewFile
    from npcompare.coding.interview_words import InterviewWords
    from npcompare.coding.open_passages import OpenPassage
    from npcompare.coding.proposals import Proposal
    from npcompare.coding.suggestions import Reading, Suggestion
    from npcompare.law.yaml_reader import Pointer
    from npcompare.model.codebook import Codebook

#: The field that is asked in up to three parts.
OFFENCES = "offences"

DETAILS, FURTHER, PASSAGES = "details", "further", "passages"

#: The kinds of jurisdictions that have no ISO code.
_ORGANIZATION = "organization"


class Kind(StrEnum):
    """What a question is about."""

    LIMB = "limb"
    FIELD = "field"
    FURTHER = "further"
    DETAILS = "details"
    PASSAGE = "passage"
    FACT = "fact"


class Topic(Struct, frozen=True):
    """One question of the agenda."""

    name: str
    kind: Kind
    #: The field, with the limb it is of; the limb is None for the provision as a whole.
    field: str = ""
    limb: LimbPlace | None = None
    #: The words of a passage, and whether the text has them only once.
    words: str = ""
    is_unique: bool = True
    start: int = 0
    end: int = 0
    #: How many questions on details are open.
    count: int = 0
    is_answered: bool = False


class LimbPlace(Struct, frozen=True):
    """A limb of the file, or one that is proposed."""

    id: str
    #: Its position in the file; where it is only proposed, the position after the last one.
    index: int
    #: The number of the limb in the proposals; 0 if none of them is for it.
    number: int = 0
    is_in_file: bool = False

    @property
    def name(self) -> str:
        """How the limb is named in questions: "limb-2", or its own id."""
        return f"limb-{self.id}" if self.id.isdecimal() else self.id

    @property
    def pointer(self) -> Pointer:
        """The place of the limb in the file."""
        return ("limbs", self.index)


class Materials(Struct, frozen=True):
    """What an interview asks with: the codebook, the questions and what is proposed."""

    codebook: Codebook
    words: InterviewWords
    #: What is proposed; nothing for a coder who must not see proposals.
    suggestion: Suggestion
    #: How the text was read; None if the phrase book does not have its language.
    reading: Reading | None = None


def limb_places(file: InterviewFile, suggestion: Suggestion) -> list[LimbPlace]:
    """Return the limbs of a file, and those that are proposed and not in it yet."""
    numbers = sorted({proposal.limb for proposal in suggestion.proposals if proposal.limb})
    ids = [str(limb.get("id", index)) for index, limb in enumerate(file.limbs, 1)]
    is_by_position = len(ids) == len(numbers) and not any(each.isdecimal() for each in ids)
    places = []
    for index, limb_id in enumerate(ids):
        number = int(limb_id) if limb_id.isdecimal() and int(limb_id) in numbers else 0
        number = numbers[index] if is_by_position else number
        places.append(LimbPlace(limb_id, index, number, is_in_file=True))
    if not ids or any(limb_id.isdecimal() for limb_id in ids):
        new = [number for number in numbers if str(number) not in ids]
        places += [LimbPlace(str(number), len(ids), number) for number in new]
    places = places or [LimbPlace("1", 0)]
    if all(place.id.isdecimal() for place in places):
        places.sort(key=lambda place: int(place.id))
    return places


def agenda(
    file: InterviewFile,
    materials: Materials,
    *,
    with_details: bool,
    passages: Sequence[OpenPassage] = (),
) -> list[Topic]:
    """Return the questions of an interview in order, with those that are answered.

    Args:
        file: The file of the provision.
        materials: The codebook, the questions and the proposals.
        with_details: Whether the coder goes on with the details.
        passages: The words that no answer covers.
    """
    return list(_Agenda(file, materials).topics(passages, with_details=with_details))


class _Agenda:
    """Decides which questions a file gives rise to."""

    def __init__(self, file: InterviewFile, materials: Materials) -> None:
        self._file = file
        self._materials = materials
        self._limbs = limb_places(file, materials.suggestion)

    def topics(self, passages: Sequence[OpenPassage], *, with_details: bool) -> Iterator[Topic]:
        """Yield the questions in order."""
        rejected = [limb for limb in self._limbs if self._is_rejected(limb)]
        details = []
        for limb in self._limbs:
            if len(self._limbs) > 1 and limb.number:
                is_answered = limb.is_in_file or limb in rejected
                yield Topic(limb.name, Kind.LIMB, limb=limb, is_answered=is_answered)
            if limb in rejected:
                continue
            for field in FIELDS_OF_LIMB:
                topic = self._field(field, limb)
                if not self._applies(topic):
                    continue
                if self._is_detail(topic):
                    details.append(topic)
                else:
                    yield topic
        yield Topic(FURTHER, Kind.FURTHER, is_answered=self._is_logged(FURTHER))
        yield from (self._field(field, None) for field in FIELDS_OF_PROVISION)
        if any(not topic.is_answered for topic in details):
            is_answered = with_details or self._is_logged(DETAILS)
            count = sum(not topic.is_answered for topic in details)
            yield Topic(DETAILS, Kind.DETAILS, count=count, is_answered=is_answered)
        yield from (topic for topic in details if with_details or topic.is_answered)
        yield from self._passages(passages)
        yield from self._facts()

    def _is_logged(self, name: str) -> bool:
        return name in self._file.answered

    def _is_rejected(self, limb: LimbPlace) -> bool:
        return not limb.is_in_file and self._is_logged(limb.name)

    def _field(self, field: str, limb: LimbPlace | None) -> Topic:
        name = f"{limb.name}.{field}" if limb else field
        is_answered = self._is_logged(name) or bool(coded_data(self._file, field, limb))
        return Topic(name, Kind.FIELD, field, limb, is_answered=is_answered)

    def _applies(self, topic: Topic) -> bool:
        """Return whether a question on a field is asked: its condition is met, or it has values."""
        words = self._materials.words.fields.get(topic.field)
        if words is None or not words.when or topic.is_answered or self._is_proposed(topic):
            return True
        values = coded_values(self._file, topic.limb)
        return evaluate(words.when, values)[0] is Answer.YES

    def _is_proposed(self, topic: Topic) -> bool:
        return bool(proposals_for(self._materials.suggestion, topic))

    def _is_detail(self, topic: Topic) -> bool:
        """Return whether a field is asked with the details: unless it is proposed."""
        if topic.field == OFFENCES or self._is_proposed(topic):
            return False
        dimensions = self._materials.codebook.dimensions.values()
        return all(each.is_detail for each in dimensions if each.field == topic.field)

    def _passages(self, passages: Sequence[OpenPassage]) -> Iterator[Topic]:
        for passage in passages:
            name = f"{PASSAGES}.{passage.start}"
            if not self._is_logged(name):
                yield Topic(
                    name,
                    Kind.PASSAGE,
                    words=passage.words,
                    is_unique=passage.is_unique,
                    start=passage.start,
                    end=passage.end,
                )

    def _facts(self) -> Iterator[Topic]:
        kind = self._file.value(("instrument", "kind"))
        has_code = _ORGANIZATION not in str(self._file.value(("jurisdiction", "kind")))
        for fact in self._materials.words.facts:
            is_moot = (
                (fact.name == "jurisdiction.code" and not has_code)
                or (fact.name.startswith("instrument.") and self._has_no_instrument(fact.name))
                or kind in fact.unless_kind
            )
            if not is_moot:
                is_answered = self._file.value(fact.pointer) is not None
                yield Topic(
                    fact.name,
                    Kind.FACT,
                    is_answered=is_answered or self._is_logged(fact.name),
                )

    def _has_no_instrument(self, name: str) -> bool:
        return self._is_logged("instrument.kind") and name != "instrument.kind"


# --- What is coded and what is proposed -----------------------------------------------------------


def field_pointer(field: str, limb: LimbPlace | None) -> Pointer:
    """Return the place of a field in the file."""
    return (*limb.pointer, field) if limb else (field,)


def coded_data(file: InterviewFile, field: str, limb: LimbPlace | None) -> list[Mapping[str, Any]]:
    """Return the mappings that code a field in a file."""
    if limb and not limb.is_in_file:
        return []
    value = file.value(field_pointer(field, limb))
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def parts_of(field: str) -> tuple[str, ...]:
    """Return the fields that one question is about."""
    return OFFENCE_FIELDS if field == OFFENCES else (field,)


def words_of_part(coded: Mapping[str, Any], part: str) -> list[str]:
    """Return the words that one mapping codes for a field."""
    if part in OFFENCE_FIELDS:
        value = coded.get(part.removeprefix("offences."))
        return [value] if isinstance(value, str) else [str(word) for word in sequence(value)]
    return [str(word) for word in words_of(coded)]


def coded_values(file: InterviewFile, limb: LimbPlace | None) -> dict[str, tuple[Coded, ...]]:
    """Return what a file codes for a limb, by field, as conditions take it."""
    values: dict[str, tuple[Coded, ...]] = {}
    for field in FIELDS_OF_LIMB if limb else FIELDS_OF_PROVISION:
        coded = coded_data(file, field, limb)
        for part in parts_of(field):
            words = [word for item in coded for word in words_of_part(item, part)]
            if words:
                values[part] = as_coded(words)
    return values


def as_coded(words: list[str]) -> tuple[Coded, ...]:
    """Return words as values that conditions can be applied to."""
    return tuple(Coded(word, Basis.TEXT, (), None) for word in dict.fromkeys(words))


def proposals_for(suggestion: Suggestion, topic: Topic) -> list[Proposal]:
    """Return what is proposed for a question on a field."""
    number = topic.limb.number if topic.limb else 0
    if topic.limb and not number:
        return []
    parts = parts_of(topic.field)
    return [each for each in suggestion.proposals if each.limb == number and each.field in parts]


@cache
def single_fields() -> frozenset[str]:
    """Return the fields of a limb that have one value at most."""
    properties = mapping(load_schema("provision")["definitions"]["limb"])["properties"]
    return frozenset(
        name for name, schema in properties.items() if "/one_" in mapping(schema).get("$ref", "")
    )
