"""Which reported values the words of a text have, limb by limb, with their quotations."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.new_provision import unique_quotation
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.model.field_sets import OFFENCE_PARTS
from npcompare.wording.quotations import normal_form, occurs_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.suggestions import Suggestion

#: The beginning of the name of a class that a source states, before that of its dimension.
CLASS = "class: "

_PERSONS = "persons"


class MatchOutcome(StrEnum):
    """What was found for a value."""

    CONFIRMED = "confirmed"
    #: It is a class, which has no words of its own, or a part of offences, of which another part
    #: was not found.
    KEPT = "found, but kept as reported"
    MISSING = "not found"
    OTHER = "the text has another value"
    ADDED = "only in the text"


class MatchedValue(Struct, frozen=True):
    """A value, what was found for it, and the words."""

    limb: str
    field: str
    value: str
    outcome: MatchOutcome
    #: The words of the text; of the other value if the text has another one.
    words: str = ""
    #: The values that the text has instead.
    other_values: tuple[str, ...] = ()


class LimbMatch(Struct, frozen=True):
    """A reported limb, or the whole provision without a name, and what the text has for it."""

    name: str
    #: Its fields and values as they are reported.
    reported: frozenset[tuple[str, str]]
    #: The proposals by field.
    proposals: Mapping[str, tuple[Proposal, ...]]


class TextMatcher:
    """Looks reported values up in the words of a text."""

    def __init__(self, suggestion: Suggestion) -> None:
        self._suggestion = suggestion
        self._body = normal_form(suggestion.text)
        by_limb: dict[int, dict[str, list[Proposal]]] = defaultdict(lambda: defaultdict(list))
        for proposal in suggestion.proposals:
            by_limb[proposal.limb][proposal.field].append(proposal)
        self._by_limb = {
            number: {field: tuple(values) for field, values in fields.items()}
            for number, fields in by_limb.items()
        }

    def limb(self, name: str, data: Any, number: int | None) -> LimbMatch:
        """Return a reported limb with a proposed one; the whole provision has the number 0."""
        proposals = {} if number is None else self._by_limb.get(number, {})
        return LimbMatch(name, frozenset(values_of_limb(data)), proposals)

    def quotation(self, proposal: Proposal) -> str:
        """Return the words of a proposal as the text has them once; empty if it cannot be told."""
        words = unique_quotation(self._suggestion, self._body, proposal)
        return words if occurs_once(self._body, words) else ""

    def matches(self, limbs: Iterable[Any]) -> tuple[dict[int, int], list[int]]:
        """Return the proposed limb of each reported limb by its index, and those of no limb.

        A pair shares the most values. A proposed limb belongs to one reported limb, unless a
        reported limb is left over that shares values with it and is not for other persons. If there
        is one of each, they belong together.
        """
        values = [values_of_limb(limb) for limb in limbs]
        numbers = [number for number in sorted(self._by_limb) if number]
        if len(values) == len(numbers) == 1:
            return {0: numbers[0]}, []
        scores = sorted(
            (
                (-score, index, number)
                for index, reported in enumerate(values)
                for number in numbers
                if (score := self._score(reported, number))
            ),
        )
        pairs: dict[int, int] = {}
        for is_second in (False, True):
            for _, index, number in scores:
                if index not in pairs and (is_second or number not in pairs.values()):
                    pairs[index] = number
        return pairs, [number for number in numbers if number not in pairs.values()]

    def _score(self, reported: set[tuple[str, str]], number: int) -> int:
        """Return how many values a reported and a proposed limb share; 0 for other persons."""
        proposed = {
            (field, proposal.value)
            for field, proposals in self._by_limb[number].items()
            for proposal in proposals
        }
        persons, proposed_persons = (
            {value for field, value in pairs if field == _PERSONS} for pairs in (reported, proposed)
        )
        if persons and proposed_persons and not persons & proposed_persons:
            return 0
        return len(reported & proposed)

    def match(self, field: str, value: str, limb: LimbMatch) -> MatchedValue:
        """Return what the words of a limb have for a value."""
        proposals = limb.proposals.get(field, ())
        proposal = next((each for each in proposals if each.value == value), None)
        if proposal and (words := self.quotation(proposal)):
            return MatchedValue(limb.name, field, value, MatchOutcome.CONFIRMED, words)
        # If the text has one of several values, the other_values are only missing.
        if proposals and not any((field, each.value) in limb.reported for each in proposals):
            names = tuple(each.value for each in proposals)
            words = self.quotation(proposals[0])
            return MatchedValue(limb.name, field, value, MatchOutcome.OTHER, words, names)
        return MatchedValue(limb.name, field, value, MatchOutcome.MISSING)

    def added(self, limb: LimbMatch) -> Iterator[MatchedValue]:
        """Yield the values that the words of a limb have and the reported limb lacks."""
        for field, proposals in limb.proposals.items():
            for proposal in proposals:
                if (field, proposal.value) not in limb.reported:
                    words = self.quotation(proposal)
                    yield MatchedValue(limb.name, field, proposal.value, MatchOutcome.ADDED, words)


def items_of(data: Any) -> list[Mapping[str, Any]]:
    """Return the coded items of a field, which may be one or a list."""
    return [mapping(item) for item in (sequence(data) if isinstance(data, list) else [data])]


def values_of_item(field: str, item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the fields and values of a coded item; offences have up to three fields."""
    if field == "offences":
        return [
            (f"offences.{name}", str(value))
            for name in OFFENCE_PARTS
            for value in ([item[name]] if name == "extent" else sequence(item.get(name)))
            if name in item
        ]
    values = sequence(item.get("values")) or [item.get("value")]
    return [(field, str(value)) for value in values if value is not None]


def values_of_limb(limb: Any) -> set[tuple[str, str]]:
    """Return the fields and values of a limb, or of a provision as a whole."""
    data = mapping(limb)
    return {
        pair
        for field in (*FIELDS_OF_LIMB, *FIELDS_OF_PROVISION)
        if field in data
        for item in items_of(data[field])
        for pair in values_of_item(field, item)
    }
