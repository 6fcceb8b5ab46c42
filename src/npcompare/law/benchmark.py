"""Benchmarks: what provisions are assessed against, read from a file.

A benchmark is data: elements, each with the paragraph it is based on and with conditions on the
classes of a provision.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.errors import Code
from npcompare.files import bundled
from npcompare.law import json_schema
from npcompare.law.codebook_parser import source_of
from npcompare.law.yaml_reader import read_yaml
from npcompare.model.conditions import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
    #: The full text does not address it.
    SILENT = "silent"
    #: The available text and sources do not show it.
    UNKNOWN = "unknown"


class Outcome(Struct, frozen=True):
    """A status, the condition under which it is given, and the reason to state."""

    status: Status
    when: Mapping[str, Any]
    because: str


class Element(Struct, frozen=True):
    """One requirement of a benchmark."""

    id: str
    label: str
    #: The requirement, as a sentence.
    asks: str
    source: Citation | None
    #: What is assessed: "provision", "some_limb" or "every_limb".
    of: str
    #: The first outcome whose condition is true gives the status.
    outcomes: tuple[Outcome, ...]
    #: The outcome for a full text where no condition is true.
    otherwise: Outcome

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that the conditions refer to."""
        return frozenset(name for outcome in self.outcomes for name, _ in leaves(outcome.when))


class Benchmark(Struct, frozen=True):
    """A list of requirements for provisions."""

    id: str
    title: str
    elements: tuple[Element, ...]


def secretariat(codebook: Codebook) -> Benchmark:
    """Return the benchmark of what the Secretariat's background paper recommends."""
    return _checked(read_yaml(bundled("schemas") / "secretariat.benchmark.yaml"), codebook)


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


def _problems(source: YamlFile, codebook: Codebook) -> Iterator[Problem]:
    """Yield a finding for each dimension or class that the codebook does not have."""
    for number, element in enumerate(source.data["elements"]):
        for outcome_number, outcome in enumerate(element["outcomes"]):
            pointer: Pointer = ("elements", number, "outcomes", outcome_number, "when")
            for name, words in leaves(outcome["when"]):
                dimension = codebook.dimensions.get(name)
                known = dimension.classes if dimension else codebook.dimensions
                for word in words if dimension else [name]:
                    if word not in known:
                        message = f'the element "{element["id"]}" refers to the unknown "{word}"'
                        hint = f"the known words are: {', '.join(known)}"
                        yield source.problem(pointer, Code.RULE_REFERENCE, message, hint)


def _parse(data: Mapping[str, Any]) -> Benchmark:
    default_source = source_of(data)
    return Benchmark(
        id=data["id"],
        title=data["title"],
        elements=tuple(_parse_element(element, default_source) for element in data["elements"]),
    )


def _parse_element(data: Mapping[str, Any], default_source: Citation | None) -> Element:
    return Element(
        id=data["id"],
        label=data["label"],
        asks=data["asks"],
        source=source_of(data) or default_source,
        of=data["of"],
        outcomes=tuple(map(_parse_outcome, data["outcomes"])),
        otherwise=_parse_outcome(data["otherwise"]),
    )


def _parse_outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(Status(data["status"]), data.get("when", {}), data["because"])
