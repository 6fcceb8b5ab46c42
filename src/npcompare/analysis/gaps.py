"""A provision against a benchmark, element by element: what it meets, and what it leaves open.

A benchmark is data: elements with the paragraph each rests on, and conditions on the classes of a
provision. Any provision can stand as a benchmark too; then each dimension asks whether the other
reaches at least as far.

What a provision does is a fact wherever it is shown. What it does not do is a fact only of a
complete text in the law's own words; of any other, what is not shown is unknown.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.comparison import both_ways
from npcompare.errors import Code
from npcompare.files import bundled
from npcompare.law import json_schema
from npcompare.law.codebook_parser import citation, source_of
from npcompare.law.yaml_reader import read
from npcompare.model.codebook import PERSONS, class_words
from npcompare.model.conditions import holds, leaves
from npcompare.model.logic import Answer, conjunction
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, Source
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Citation
    from npcompare.model.results import Classification, Classified, LimbValue, Reason


class Status(StrEnum):
    """What a provision does about one element of a benchmark."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    #: The benchmark leaves it to each State.
    POLICY_CHOICE = "policy_choice"
    #: The complete text says nothing of it.
    SILENT = "silent"
    #: It is not shown by what is held.
    UNKNOWN = "unknown"


#: The statuses that are no gap.
CLOSED = frozenset({Status.MET, Status.POLICY_CHOICE})


class Outcome(Struct, frozen=True):
    """If the condition holds, the status is given."""

    status: Status
    when: Mapping[str, Any]
    because: str


class Element(Struct, frozen=True):
    """One thing a benchmark asks for."""

    id: str
    label: str
    asks: str
    source: Citation | None
    #: What is looked at: "provision", "some_limb" or "every_limb".
    of: str
    outcomes: tuple[Outcome, ...]
    #: What holds of a complete text where no condition does.
    otherwise: Outcome


class Benchmark(Struct, frozen=True):
    """What provisions are held against."""

    id: str
    title: str
    elements: tuple[Element, ...]


class Assessment(Struct, frozen=True):
    """The status of one element, why, and the classes it rests on with their proof."""

    element: Element
    status: Status
    because: str
    reasons: tuple[Reason, ...] = ()


# --- The benchmark as data ---------------------------------------------------------------------


def secretariat(codebook: Codebook) -> Benchmark:
    """Return what the Secretariat's background paper recommends."""
    return _checked(read(bundled("schemas") / "secretariat.benchmark.yaml"), codebook)


def benchmark(codebook: Codebook, path: Path) -> Benchmark | None:
    """Return the benchmark in a file; None if the file holds none.

    Raises ProblemsError on findings in a file that does.
    """
    source = read(path) if path.is_file() else None
    if source is None or not (isinstance(source.data, dict) and "elements" in source.data):
        return None
    return _checked(source, codebook)


def _checked(source: Source, codebook: Codebook) -> Benchmark:
    json_schema.require(source, "benchmark", lambda held: _check(held, codebook))
    return _build(source.data)


def _check(source: Source, codebook: Codebook) -> Iterator[Problem]:
    for index, element in enumerate(source.data["elements"]):
        for number, outcome in enumerate(element["outcomes"]):
            pointer: Pointer = ("elements", index, "outcomes", number, "when")
            for name, words in leaves(outcome["when"]):
                dimension = codebook.dimensions.get(name)
                known = dimension.classes if dimension else codebook.dimensions
                for word in words if dimension else [name]:
                    if word not in known:
                        message = f'the element "{element["id"]}" looks for the unknown "{word}"'
                        hint = f"there are: {', '.join(known)}"
                        yield source.problem(pointer, Code.RULE_REFERENCE, message, hint)


def _build(data: Mapping[str, Any]) -> Benchmark:
    return Benchmark(
        id=data["id"],
        title=data["title"],
        elements=tuple(
            Element(
                id=one["id"],
                label=one["label"],
                asks=one["asks"],
                source=source_of(one) or (citation(data["source"]) if "source" in data else None),
                of=one["of"],
                outcomes=tuple(
                    Outcome(Status(each["status"]), each["when"], each["because"])
                    for each in one["outcomes"]
                ),
                otherwise=Outcome(
                    Status(one["otherwise"]["status"]), {}, one["otherwise"]["because"]
                ),
            )
            for one in data["elements"]
        ),
    )


# --- A provision against it --------------------------------------------------------------------

#: What conditions are put to: for each dimension its classes, each with the reason for it.
_Classes = dict[str, "tuple[Reason, ...]"]


def assess(
    codebook: Codebook, one: Classification, target: Benchmark | Classification
) -> list[Assessment]:
    """Return the status of every element of a benchmark, or of another provision, for one."""
    if isinstance(target, Benchmark):
        return [_assess(element, codebook, one) for element in target.elements]
    return _against(codebook, one, target)


def _assess(element: Element, codebook: Codebook, one: Classification) -> Assessment:
    if element.of == "provision":
        return _outcome(element, one, _together(one))
    found = {
        codebook.label("persons", person): _of_limbs(element, one, limbs)
        for person in PERSONS
        if (limbs := _limbs(element, one, person))
    }
    first, *others = found.values()
    reasons = tuple(dict.fromkeys(reason for each in found.values() for reason in each.reasons))
    if all(other.status is first.status for other in others):
        return replace(first, reasons=reasons)
    said = " ".join(f"For {who}: {_lowered(each.because)}" for who, each in found.items())
    helped = any(each.status in (Status.MET, Status.PARTLY) for each in found.values())
    worst = min((each.status for each in found.values()), key=_RANK.index)
    return Assessment(element, Status.PARTLY if helped else worst, said, reasons)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


#: From the least to the most.
_RANK = (
    Status.UNKNOWN,
    Status.SILENT,
    Status.NOT_MET,
    Status.PARTLY,
    Status.POLICY_CHOICE,
    Status.MET,
)


def _of_limbs(element: Element, one: Classification, limbs: list[_Classes]) -> Assessment:
    """Return the best of the limbs where one is enough, the worst where each must do it.

    It rests on the words of every limb of which the same is to be said.
    """
    found = [_outcome(element, one, classes) for classes in limbs]
    choose = max if element.of == "some_limb" else min
    chosen = choose(found, key=lambda each: _RANK.index(each.status))
    said = (chosen.status, chosen.because)
    like = [each.reasons for each in found if (each.status, each.because) == said]
    return replace(chosen, reasons=tuple(dict.fromkeys(chain.from_iterable(like))))


def _outcome(element: Element, one: Classification, classes: _Classes) -> Assessment:
    is_open = False
    for outcome in element.outcomes:
        answer, used = holds(outcome.when, classes)
        if answer is Answer.YES:
            reasons = tuple(dict.fromkeys(used))
            return Assessment(element, outcome.status, outcome.because, reasons)
        is_open = is_open or answer is Answer.CANNOT_TELL
    text = one.provision.text
    if is_open or not text.is_whole:
        return Assessment(element, Status.UNKNOWN, _why_unknown(one))
    asked = {name for outcome in element.outcomes for name, _ in leaves(outcome.when)}
    if all(not classes.get(name) for name in asked):
        return Assessment(element, Status.SILENT, element.otherwise.because)
    return Assessment(element, element.otherwise.status, element.otherwise.because)


def _why_unknown(one: Classification) -> str:
    text = one.provision.text
    if text.is_whole:
        return "The text is held, and this is not coded."
    return {
        "not_held": "No text is held, and no source that is held says so.",
        "paraphrase": "Only a description is held, and it does not say so.",
    }.get(text.status, "The words held do not show it, and the rest of the text is not held.")


def _together(one: Classification) -> _Classes:
    """Return the classes of all limbs together."""
    found: _Classes = {}
    for name, classified in one.dimensions.items():
        if classified.values or classified.basis is Basis.SILENT:
            found[name] = classified.because
    return found


def _limbs(element: Element, one: Classification, person: str) -> list[_Classes]:
    """Return the classes of each limb that may protect a person."""
    asked = {name for outcome in element.outcomes for name, _ in leaves(outcome.when)}
    looked_at = [one.dimensions[name] for name in asked]
    names = {limb.limb for each in looked_at for limb in each.limbs if limb.limb} or {""}
    return [
        classes
        for name in sorted(names)
        if (classes := _of_limb(looked_at, name, person)) is not None
    ]


def _of_limb(looked_at: Iterable[Classified], name: str, person: str) -> _Classes | None:
    """Return the classes of one limb; None if it certainly does not protect the person."""
    found: _Classes = {}
    protects = False
    for classified in looked_at:
        for limb in _parts(classified, name):
            if limb.persons is not None and person not in limb.persons:
                continue
            protects = True
            if limb.values is not None or limb.basis is Basis.SILENT:
                found[classified.dimension] = tuple(
                    reason
                    for reason in classified.because
                    if reason.limb == limb.limb and reason.value in (limb.values or ())
                )
    return found if protects else None


def _parts(classified: Classified, name: str) -> tuple[LimbValue, ...]:
    """Return what is held of one limb, or of the provision as a whole where it has no limbs."""
    found = tuple(limb for limb in classified.limbs if limb.limb == name)
    return found or tuple(limb for limb in classified.limbs if not limb.limb)


# --- A provision against another provision -----------------------------------------------------


def _against(codebook: Codebook, one: Classification, other: Classification) -> list[Assessment]:
    """Return for each dimension of which the other speaks whether this one reaches as far."""
    found = []
    for dimension in codebook.dimensions.values():
        theirs = other.dimensions[dimension.id]
        # What is the finer question under another is answered there.
        if theirs.values and not dimension.under:
            status, because = _reaches(codebook, dimension, one, other)
            element = _element(codebook, dimension, other)
            reasons = one.dimensions[dimension.id].because
            found.append(Assessment(element, status, because, reasons))
    return found


def _element(codebook: Codebook, dimension: Dimension, other: Classification) -> Element:
    theirs = other.dimensions[dimension.id]
    labels = class_words(codebook, theirs).replace("\n", "; ")
    return Element(
        id=dimension.id,
        label=dimension.label,
        asks=f"At least as far as {other.provision.label}: {labels}.",
        source=theirs.because[0].source,
        of="provision",
        outcomes=(),
        otherwise=Outcome(Status.UNKNOWN, {}, ""),
    )


def _reaches(
    codebook: Codebook, dimension: Dimension, one: Classification, other: Classification
) -> tuple[Status, str]:
    ours, theirs = one.dimensions[dimension.id], other.dimensions[dimension.id]
    forth = [answer for answer, _ in both_ways(codebook, dimension, one, other)]
    answer = conjunction(forth)
    if ours.basis is Basis.SILENT:
        status = Status.MET if answer is Answer.YES else Status.SILENT
        return status, dimension.silence
    if ours.basis is Basis.UNKNOWN:
        return Status.UNKNOWN, _why_unknown(one)
    if answer is Answer.YES:
        return Status.MET, _why_met(dimension, ours, theirs)
    if answer is Answer.CANNOT_TELL:
        return Status.UNKNOWN, "How the two stand to each other is not known or not declared."
    is_part = Answer.YES in forth or dimension.scale.overlaps(ours.limbs, theirs.limbs)
    return _falls_short(dimension, one, is_part=is_part)


def _falls_short(dimension: Dimension, one: Classification, *, is_part: bool) -> tuple[Status, str]:
    if is_part:
        return Status.PARTLY, "It reaches a part of that."
    if dimension.scale.is_cumulative and not one.provision.text.is_whole:
        return Status.UNKNOWN, _why_unknown(one)
    return Status.NOT_MET, "It does not reach as far."


def _why_met(dimension: Dimension, ours: Classified, theirs: Classified) -> str:
    used = {*ours.values, *theirs.values}
    said = [
        f"{one.because.removesuffix('.')}{f' ({one.source.place})' if one.source else ''}."
        for one in dimension.order
        if {one.wider, one.narrower} <= used
    ]
    if ours.values == theirs.values or not said:
        return "It reaches as far."
    return " ".join(["It reaches further.", *said])
