"""The assessment of a provision against a benchmark: which elements it meets, and which are gaps.

Any provision can serve as a benchmark too: for each dimension the question is then whether the
provision assessed reaches at least as far.

What a provision does is a fact wherever a text or a source shows it. What it does not do is a fact
only if the full text is available in the law's own words; otherwise it is unknown.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.coverage import coverage
from npcompare.law.benchmark import Benchmark, Element, Outcome, Status
from npcompare.model.codebook import PERSONS, class_words
from npcompare.model.conditions import evaluate
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.logic import Answer, conjunction
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification, Classified, LimbValue, Reason

#: The statuses from the worst to the best.
_FROM_WORST_TO_BEST = (
    Status.UNKNOWN,
    Status.SILENT,
    Status.NOT_MET,
    Status.PARTLY,
    Status.POLICY_CHOICE,
    Status.MET,
)

#: For each dimension, the classes that a condition is applied to, each as the reason for it.
_ReasonsByDimension = dict[str, "tuple[Reason, ...]"]


class Assessment(Struct, frozen=True):
    """The status of one element, the explanation, and the classes it is based on."""

    element: Element
    status: Status
    because: str
    reasons: tuple[Reason, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether the element is not met; a choice that is left to States is not a gap."""
        return self.status not in (Status.MET, Status.POLICY_CHOICE)

    @property
    def rank(self) -> int:
        """The place of the status from the worst to the best."""
        return _FROM_WORST_TO_BEST.index(self.status)


def assess(
    codebook: Codebook, classification: Classification, target: Benchmark | Classification
) -> list[Assessment]:
    """Return the status of every element of a benchmark, or of another provision as one."""
    if isinstance(target, Benchmark):
        return [_assess_element(codebook, element, classification) for element in target.elements]
    return _assess_against_provision(codebook, classification, target)


# --- Against a benchmark ------------------------------------------------------------------------


def _assess_element(
    codebook: Codebook, element: Element, classification: Classification
) -> Assessment:
    if element.of == "provision":
        return _apply_outcomes(element, classification, _reasons_of_provision(classification))
    by_person = {
        codebook.label("persons", person): _assess_limbs(element, classification, limbs)
        for person in PERSONS
        if (limbs := _reasons_by_limb(element, classification, person))
    }
    return _joined(element, by_person)


def _joined(element: Element, by_person: dict[str, Assessment]) -> Assessment:
    """Return one assessment for adults and children together."""
    first, *further = by_person.values()
    reasons = tuple(dict.fromkeys(chain.from_iterable(part.reasons for part in by_person.values())))
    if all(other.status is first.status for other in further):
        return replace(first, reasons=reasons)
    because = " ".join(
        f"For {label}: {part.because[:1].lower()}{part.because[1:]}"
        for label, part in by_person.items()
    )
    is_partly_met = any(part.status in (Status.MET, Status.PARTLY) for part in by_person.values())
    worst = min(by_person.values(), key=lambda part: part.rank)
    return Assessment(element, Status.PARTLY if is_partly_met else worst.status, because, reasons)


def _assess_limbs(
    element: Element, classification: Classification, limbs: list[_ReasonsByDimension]
) -> Assessment:
    """Return the best of the limbs if one is enough, and the worst if every limb must do it.

    The assessment includes the reasons of every limb with the same status and explanation.
    """
    assessments = [_apply_outcomes(element, classification, reasons) for reasons in limbs]
    choose = max if element.of == "some_limb" else min
    decisive = choose(assessments, key=lambda assessment: assessment.rank)
    alike = [
        assessment.reasons
        for assessment in assessments
        if (assessment.status, assessment.because) == (decisive.status, decisive.because)
    ]
    return replace(decisive, reasons=tuple(dict.fromkeys(chain.from_iterable(alike))))


def _apply_outcomes(
    element: Element, classification: Classification, reasons: _ReasonsByDimension
) -> Assessment:
    """Return the first outcome whose condition is true, or what applies if none is."""
    may_be_true = False
    for outcome in element.outcomes:
        answer, decisive = evaluate(outcome.when, reasons)
        if answer is Answer.YES:
            return Assessment(
                element, outcome.status, outcome.because, tuple(dict.fromkeys(decisive))
            )
        may_be_true = may_be_true or answer is Answer.UNKNOWN
    if may_be_true or not classification.provision.text.is_whole:
        return Assessment(element, Status.UNKNOWN, _why_unknown(classification))
    if not any(reasons.get(dimension) for dimension in element.dimensions):
        return Assessment(element, Status.SILENT, element.otherwise.because)
    return Assessment(element, element.otherwise.status, element.otherwise.because)


def _why_unknown(classification: Classification) -> str:
    text = classification.provision.text
    if text.is_whole:
        return "The full text is available, but this point has not been coded."
    return {
        "not_held": "The text was not available, and no source consulted addresses this point.",
        "paraphrase": (
            "Only a description of the law was available, and it does not address this point."
        ),
    }.get(
        text.status,
        "The part of the text that was available does not address this point; "
        "the rest was not available.",
    )


def _reasons_of_provision(classification: Classification) -> _ReasonsByDimension:
    """Return the reasons for the classes of all limbs together, in each dimension known."""
    return {
        name: classified.because
        for name, classified in classification.dimensions.items()
        if classified.values or classified.basis is Basis.SILENT
    }


def _reasons_by_limb(
    element: Element, classification: Classification, person: str
) -> list[_ReasonsByDimension]:
    """Return the reasons for the classes of each limb that may protect a person."""
    dimensions = [classification.dimensions[name] for name in element.dimensions]
    names = {limb.limb for classified in dimensions for limb in classified.limbs if limb.limb} or {
        ""
    }
    by_limb = (_reasons_of_limb(dimensions, name, person) for name in sorted(names))
    return [reasons for reasons in by_limb if reasons is not None]


def _reasons_of_limb(
    dimensions: Iterable[Classified], name: str, person: str
) -> _ReasonsByDimension | None:
    """Return the reasons for the classes of one limb; None if it does not protect the person."""
    reasons: _ReasonsByDimension = {}
    may_protect = False
    for classified in dimensions:
        for limb in _values_of_limb(classified, name):
            if limb.persons is not None and person not in limb.persons:
                continue
            may_protect = True
            if limb.values is not None or limb.basis is Basis.SILENT:
                reasons[classified.dimension] = tuple(
                    reason
                    for reason in classified.because
                    if reason.limb == limb.limb and reason.value in (limb.values or ())
                )
    return reasons if may_protect else None


def _values_of_limb(classified: Classified, name: str) -> tuple[LimbValue, ...]:
    """Return the values of one limb, or of the provision as a whole if it has no such limb."""
    values = tuple(limb for limb in classified.limbs if limb.limb == name)
    return values or tuple(limb for limb in classified.limbs if not limb.limb)


# --- Against another provision ------------------------------------------------------------------


def _assess_against_provision(
    codebook: Codebook, classification: Classification, target: Classification
) -> list[Assessment]:
    """Return for each dimension that the target addresses whether the provision reaches as far.

    A dimension that is the finer question under another is covered by that one.
    """
    assessments = []
    for dimension in codebook.dimensions.values():
        if target.dimensions[dimension.id].values and not dimension.under:
            status, because = _status_against(codebook, dimension, classification, target)
            element = _element_from(codebook, dimension, target)
            reasons = classification.dimensions[dimension.id].because
            assessments.append(Assessment(element, status, because, reasons))
    return assessments


def _element_from(codebook: Codebook, dimension: Dimension, target: Classification) -> Element:
    classified = target.dimensions[dimension.id]
    classes = class_words(codebook, classified).replace("\n", "; ")
    return Element(
        id=dimension.id,
        label=dimension.label,
        asks=f"Protects at least as far as {in_sentence(target.provision.label)}: {classes}.",
        source=classified.because[0].source,
        of="provision",
        outcomes=(),
        otherwise=Outcome(Status.UNKNOWN, {}, ""),
    )


def _status_against(
    codebook: Codebook,
    dimension: Dimension,
    classification: Classification,
    target: Classification,
) -> tuple[Status, str]:
    classified, benchmark = (each.dimensions[dimension.id] for each in (classification, target))
    answers = coverage(codebook, dimension, classification, target)
    answer = conjunction(answers)
    if classified.basis is Basis.SILENT:
        status = Status.MET if answer is Answer.YES else Status.SILENT
        return status, dimension.silence
    if classified.basis is Basis.UNKNOWN:
        return Status.UNKNOWN, _why_unknown(classification)
    if answer is Answer.YES:
        return Status.MET, _why_met(dimension, classified, benchmark)
    if answer is Answer.UNKNOWN:
        return (
            Status.UNKNOWN,
            "It is not known which of the two protects further.",
        )
    if Answer.YES in answers or dimension.scale.overlaps(classified.limbs, benchmark.limbs):
        return Status.PARTLY, "The provision covers part of this."
    return _status_if_nothing_covered(dimension, classification)


def _status_if_nothing_covered(
    dimension: Dimension, classification: Classification
) -> tuple[Status, str]:
    if dimension.scale.is_cumulative and not classification.provision.text.is_whole:
        return Status.UNKNOWN, _why_unknown(classification)
    return Status.NOT_MET, "The provision does not protect as far."


def _why_met(dimension: Dimension, classified: Classified, benchmark: Classified) -> str:
    classes = {*classified.values, *benchmark.values}
    authorities = [
        authority
        for authority in dimension.order
        if {authority.wider, authority.narrower} <= classes
    ]
    if classified.values == benchmark.values or not authorities:
        return "The provision protects at least as far."
    sentences = (
        f"{authority.because.removesuffix('.')}"
        f"{f' ({authority.source.place})' if authority.source else ''}."
        for authority in authorities
    )
    return " ".join(["The provision protects further.", *sentences])
