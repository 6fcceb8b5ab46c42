"""Benchmarks: what provisions are assessed against, read from a file.

A benchmark is data: elements, each with the paragraph it is based on and with conditions on the
classes of a provision, on the provision itself, or on what is known of its State.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.errors import Code, NpcompareError
from npcompare.law import json_schema
from npcompare.law.bundled_data import bundled_data
from npcompare.law.codebook_parser import source_of
from npcompare.law.profiles import FACTS
from npcompare.law.translation import translated
from npcompare.law.yaml_reader import read_yaml
from npcompare.messages import ENGLISH, current
from npcompare.model.conditions import leaves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Citation


class Status(StrEnum):
    """What a provision does about one element of a benchmark."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    #: The benchmark leaves the choice to each State.
    POLICY_CHOICE = "policy_choice"
    #: It does not arise for a provision of this kind.
    NOT_APPLICABLE = "not_applicable"
    #: The full text does not address it.
    SILENT = "silent"
    #: The available text and sources do not show it.
    UNKNOWN = "unknown"


#: The elements that are about the State, not about the provision.
STATE = "state"


class Outcome(Struct, frozen=True):
    """A status, the condition under which it is given, and the reason to state."""

    status: Status
    when: Mapping[str, Any]
    because: str


class Reservation(Struct, frozen=True):
    """A condition under which relief is not certain, and the reason to state."""

    when: Mapping[str, Any]
    because: str


class Element(Struct, frozen=True):
    """One requirement of a benchmark."""

    id: str
    label: str
    #: The requirement, as a sentence.
    asks: str
    source: Citation | None
    #: What is assessed: "provision", "some_limb", "every_limb", "limbs_together" or "state".
    of: str
    #: The first outcome whose condition is true gives the status.
    outcomes: tuple[Outcome, ...]
    #: The outcome for a full text where no condition is true.
    otherwise: Outcome
    #: Under any of these conditions the element is at most partly met.
    reservations: tuple[Reservation, ...] = ()
    #: The label at the head of a narrow column; empty if it is the same.
    short: str = ""
    #: What the element is about, as the common heading of neighbouring elements.
    group: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether the element is never met, because the benchmark leaves it to each State."""
        statuses = {outcome.status for outcome in self.outcomes}
        return Status.POLICY_CHOICE in statuses and not statuses & {Status.MET, Status.PARTLY}

    @property
    def names(self) -> frozenset[str]:
        """The dimensions and facts that decide whether the element is met, if it applies."""
        outcomes = [each for each in self.outcomes if each.status is not Status.NOT_APPLICABLE]
        return frozenset(name for outcome in outcomes for name, _ in leaves(outcome.when))

    @property
    def all_names(self) -> frozenset[str]:
        """All dimensions and facts that the outcomes and the reservations refer to."""
        conditions = [outcome.when for outcome in self.outcomes]
        conditions += [reservation.when for reservation in self.reservations]
        return frozenset(name for condition in conditions for name, _ in leaves(condition))


class Benchmark(Struct, frozen=True):
    """A list of requirements for provisions."""

    id: str
    title: str
    elements: tuple[Element, ...]


def secretariat(codebook: Codebook) -> Benchmark:
    """Return the benchmark of what the Secretariat's background paper recommends.

    Raises NpcompareError if the codebook, such as an older one, lacks words that it needs.
    """
    data = bundled_data("secretariat.benchmark", "benchmark")
    missing = dict.fromkeys(word for _, _, word, _ in _unknown_words(data, codebook))
    if missing:
        raise NpcompareError(
            "the codebook of this corpus lacks words that the benchmark of the background paper "
            f"needs: {', '.join(missing)}",
            "use --against with a provision or a benchmark file, or use the codebook of npcompare",
        )
    return _parse(data)


def benchmark(codebook: Codebook, path: Path) -> Benchmark | None:
    """Return the benchmark in a file; None if the file does not contain one.

    Raises ProblemsError if the benchmark in the file has findings.
    """
    source = read_yaml(path) if path.is_file() else None
    if source is None or not (isinstance(source.data, dict) and "elements" in source.data):
        return None
    return _checked(source, codebook)


def _checked(source: YamlFile, codebook: Codebook) -> Benchmark:
    json_schema.require_valid(source, "benchmark", lambda valid: _problems(valid, codebook))
    return _parse(source.data)


def facts_of_provisions(codebook: Codebook) -> dict[str, Collection[str]]:
    """Return each fact of a provision that conditions can refer to besides the dimensions."""
    effects = dict.fromkeys(effect for effect, _ in codebook.effects)
    return {
        "effect": [*effects, "unknown"],
        "form": codebook.vocabulary["form"],
        "jurisdiction_kind": codebook.vocabulary["jurisdiction_kind"],
        "text": ["whole", "partial"],
        "list_of_offences": ["open", "closed"],
        "list_of_persons": ["open", "closed"],
    }


def _problems(source: YamlFile, codebook: Codebook) -> Iterator[Problem]:
    """Yield a finding for each taken id, and for what does not exist in a condition."""
    numbers: dict[str, int] = {}
    for number, element in enumerate(source.data["elements"]):
        first = numbers.setdefault(element["id"], number)
        if first != number:
            message = f'"{element["id"]}" is already the id of element {first + 1}'
            pointer: Pointer = ("elements", number, "id")
            yield source.problem(pointer, Code.ID_TAKEN, message, "choose another id")
    for pointer, place, word, words in _unknown_words(source.data, codebook):
        message = f'{place} refers to the unknown "{word}"'
        hint = f"the known words are: {', '.join(words)}"
        yield source.problem(pointer, Code.RULE_REFERENCE, message, hint)


def _unknown_words(
    data: Mapping[str, Any], codebook: Codebook
) -> Iterator[tuple[Pointer, str, str, Collection[str]]]:
    """Yield each name or word in a condition that does not exist, with its place and the others.

    The place is given as a pointer and in words.
    """
    dimensions = {name: dimension.classes for name, dimension in codebook.dimensions.items()}
    facts = facts_of_provisions(codebook)
    for pointer, condition, place, is_of_state in _conditions(data):
        known_names = {**facts, **(FACTS if is_of_state else dimensions)}
        for name, words in leaves(condition):
            known_words = known_names.get(name, known_names)
            for word in words if name in known_names else [name]:
                if word not in known_words:
                    yield pointer, place, word, known_words


def _conditions(
    data: Mapping[str, Any],
) -> Iterator[tuple[Pointer, Mapping[str, Any], str, bool]]:
    """Yield each condition with its place, also in words, and whether it is about the State."""
    for number, reservation in enumerate(data.get("reservations", ())):
        yield ("reservations", number, "when"), reservation["when"], "a reservation", False
    for number, element in enumerate(data["elements"]):
        for outcome_number, outcome in enumerate(element["outcomes"]):
            pointer: Pointer = ("elements", number, "outcomes", outcome_number, "when")
            place = f'the element "{element["id"]}"'
            yield pointer, outcome["when"], place, element["of"] == STATE


def _parse(data: Mapping[str, Any]) -> Benchmark:
    """Return a benchmark in the language in use."""
    english = _parse_english(data)
    return english if current() is ENGLISH else translated(english, current())


def _parse_english(data: Mapping[str, Any]) -> Benchmark:
    default_source = source_of(data)
    reservations = tuple(
        Reservation(reservation["when"], reservation["because"])
        for reservation in data.get("reservations", ())
    )
    return Benchmark(
        id=data["id"],
        title=data["title"],
        elements=tuple(
            _parse_element(element, default_source, reservations) for element in data["elements"]
        ),
    )


def _parse_element(
    data: Mapping[str, Any],
    default_source: Citation | None,
    reservations: tuple[Reservation, ...],
) -> Element:
    return Element(
        id=data["id"],
        label=data["label"],
        asks=data["asks"],
        source=source_of(data) or default_source,
        of=data["of"],
        outcomes=tuple(map(_parse_outcome, data["outcomes"])),
        otherwise=_parse_outcome(data["otherwise"]),
        reservations=reservations if data.get("with_reservations") else (),
        short=data.get("short", ""),
        group=data.get("group", ""),
    )


def _parse_outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(Status(data["status"]), data.get("when", {}), data["because"])
