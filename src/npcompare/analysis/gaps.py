"""The assessment of a provision against a benchmark: which elements it meets, and which are gaps.

What a provision does is a fact wherever a text or a source shows it. What it does not do is a fact
only if the full text is available in the law's own words, or a source reports it; otherwise it is
unknown. Elements about the State are read from its profile.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.assessment import Assessment, why_absent, why_unknown
from npcompare.analysis.classification import AS_REPORTED
from npcompare.analysis.provision_gaps import assess_against_provision
from npcompare.law.benchmark import STATE, Benchmark, Element, Outcome, Status
from npcompare.law.profiles import find_profile
from npcompare.messages import deferred, message, sentences
from npcompare.model.codebook import PERSONS
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.logic import Answer
from npcompare.model.provision import NONE_REPORTED, Basis
from npcompare.model.results import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.law.profiles import Profile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified, LimbValue

#: By name, what a condition is applied to: the classes in a dimension, or a fact.
_Reasons = dict[str, tuple[Reason, ...]]

#: The fields of limbs that protect a victim; a limb without any of them adds something else.
_PROTECTING = frozenset({"relief", "offences.extent", "link"})

#: The dimension of what a text asks of States besides relief; it is one for all limbs.
_REQUIRES = "requires"

_NO_RULE = deferred("The text contains no rule.")


def assess(
    codebook: Codebook,
    classification: Classification,
    target: Benchmark | Classification,
    profiles: Mapping[str, Profile] | None = None,
) -> list[Assessment]:
    """Return the status of every element of a benchmark, or of another provision as one.

    Args:
        codebook: The codebook.
        classification: The provision to assess.
        target: The benchmark, or the provision used as one.
        profiles: The State profiles by code, for the elements of a benchmark about the State.
    """
    is_proposed = classification.provision.is_proposed
    if isinstance(target, Benchmark):
        assessments = _assess_against_benchmark(codebook, classification, target, profiles or {})
    else:
        assessments = assess_against_provision(codebook, classification, target)
        is_proposed |= target.provision.is_proposed
    if not is_proposed:
        return assessments
    return [replace(each, is_proposed=each.status is not Status.UNKNOWN) for each in assessments]


def _assess_against_benchmark(
    codebook: Codebook,
    classification: Classification,
    target: Benchmark,
    profiles: Mapping[str, Profile],
) -> list[Assessment]:
    jurisdiction = classification.provision.jurisdiction
    profile = find_profile(profiles, jurisdiction.code)
    facts = _facts(codebook, classification)
    subject = _Subject(codebook, classification, profile, facts)
    return [_assess_element(subject, element) for element in target.elements]


class _Subject(Struct, frozen=True):
    """What is assessed: a provision, with its facts and with the profile of its State."""

    codebook: Codebook
    classification: Classification
    profile: Profile | None
    facts: _Reasons

    @property
    def provision(self) -> Provision:
        """The provision."""
        return self.classification.provision

    @property
    def is_finding(self) -> bool:
        """Whether the text contains no rule."""
        return any(fact.value == "finding" for fact in self.facts["effect"])


def _facts(codebook: Codebook, classification: Classification) -> _Reasons:
    """Return the facts of a provision that conditions can refer to besides its classes."""
    provision = classification.provision
    facts = {
        "effect": codebook.effect(provision),
        "form": provision.form,
        "jurisdiction_kind": provision.jurisdiction.kind,
        "text": "whole" if provision.text.is_whole else "partial",
        "list_of_offences": (
            "open" if classification.dimensions[codebook.scope.id].is_open else "closed"
        ),
        "list_of_persons": "open" if classification.dimensions["persons"].is_open else "closed",
    }
    return {name: (_fact(value),) for name, value in facts.items()}


def _fact(value: str) -> Reason:
    """Return a fact in the form of a reason; it has no rule, because nothing proves it."""
    return Reason(value, "", "", Basis.TEXT, "", None, None)


def _assess_element(subject: _Subject, element: Element) -> Assessment:
    if element.of == STATE:
        return _assess_state(subject, element)
    if subject.provision.is_absence:
        scope = subject.classification.dimensions[subject.codebook.scope.id]
        reason = why_absent()
        return _assess_without_rule(subject, element, reason, scope.because)
    if subject.is_finding:
        return _assess_without_rule(subject, element, message(_NO_RULE))
    if element.of == "provision":
        return _apply_outcomes(subject, element, _reasons_of_provision(subject.classification))
    by_person = {
        subject.codebook.label("persons", person): _assess_limbs(subject, element, limbs)
        for person in PERSONS
        if (limbs := _reasons_by_limb(subject, element, person))
    }
    if not by_person:
        return _apply_outcomes(subject, element, {})
    return _joined(element, by_person)


def _assess_without_rule(
    subject: _Subject, element: Element, because: str, proofs: tuple[Reason, ...] = ()
) -> Assessment:
    """Return the status of an element that only the facts can decide; otherwise it is not met."""
    for outcome in element.outcomes:
        is_decided = all(name in subject.facts for name, _ in leaves(outcome.when))
        if not is_decided or evaluate(outcome.when, subject.facts)[0] is not Answer.YES:
            continue
        if outcome.status is Status.NOT_APPLICABLE:
            return Assessment(element, outcome.status, outcome.because)
        return Assessment(element, outcome.status, sentences(because, outcome.because), proofs)
    return Assessment(element, Status.NOT_MET, because, proofs)


# --- The State ----------------------------------------------------------------------------------


def _assess_state(subject: _Subject, element: Element) -> Assessment:
    """Return the status that the profile of the State gives."""
    facts = subject.profile.facts if subject.profile else {}
    reasons = {
        name: (
            Reason(
                value=fact.value,
                rule=AS_REPORTED,
                limb="",
                basis=Basis.REPORTED,
                evidence="",
                source=fact.source,
                authority=None,
                note=fact.note,
                confidence=fact.confidence,
            ),
        )
        for name, fact in facts.items()
    }
    for outcome in element.outcomes:
        answer, decisive = evaluate(outcome.when, {**subject.facts, **reasons})
        if answer is Answer.YES:
            proofs = _proofs(decisive)
            notes = [reason.note for reason in proofs if reason.note]
            whose = _whose_profile(subject, proofs)
            # What exists in a State need not exist in each of its parts.
            is_partly = whose and outcome.status is Status.MET
            status = Status.PARTLY if is_partly else outcome.status
            return Assessment(element, status, sentences(outcome.because, *notes, *whose), proofs)
    if subject.provision.is_proposed:
        because = message("No source was consulted on this point.")
    else:
        because = message("No source consulted addresses this point.")
    return Assessment(element, Status.UNKNOWN, because)


def _whose_profile(subject: _Subject, proofs: tuple[Reason, ...]) -> list[str]:
    """Return a sentence that names the State, if the facts are not those of its part."""
    profile, jurisdiction = subject.profile, subject.provision.jurisdiction
    if not proofs or profile is None or profile.jurisdiction.code == jurisdiction.code:
        return []
    name = in_sentence(profile.jurisdiction.name)
    return [message("This is reported of {name}.", name=name)]


# --- The limbs of a provision -------------------------------------------------------------------


def _joined(element: Element, by_person: dict[str, Assessment]) -> Assessment:
    """Return one assessment for adults and children together.

    If the element does not arise for one of them, only the other counts.
    """
    parts = {
        label: part for label, part in by_person.items() if part.status is not Status.NOT_APPLICABLE
    } or by_person
    first, *further = parts.values()
    reasons = tuple(dict.fromkeys(chain.from_iterable(part.reasons for part in parts.values())))
    if len(parts) == len(by_person) and all(
        (other.status, other.because) == (first.status, first.because) for other in further
    ):
        return replace(first, reasons=reasons)
    because = sentences(
        *(
            message(
                "For {persons}: {statement}",
                persons=label,
                statement=f"{part.because[:1].lower()}{part.because[1:]}",
            )
            for label, part in by_person.items()
        )
    )
    statuses = {part.status for part in parts.values()}
    if len(statuses) == 1:
        return Assessment(element, first.status, because, reasons)
    worst = min(parts.values(), key=lambda part: part.rank)
    is_partly_met = bool(statuses & {Status.MET, Status.PARTLY})
    return Assessment(element, Status.PARTLY if is_partly_met else worst.status, because, reasons)


def _assess_limbs(subject: _Subject, element: Element, limbs: Mapping[str, _Reasons]) -> Assessment:
    """Return the best of the limbs if one is enough, and the worst if every limb must do it.

    The assessment includes the reasons of every limb with the same status and explanation. Limbs
    for which the element does not arise are left out if there are others.
    """
    if element.of == "limbs_together":
        return _apply_outcomes(subject, element, _together(limbs.values()), limbs)
    assessments = [_apply_outcomes(subject, element, reasons, limbs) for reasons in limbs.values()]
    assessments = [
        assessment for assessment in assessments if assessment.status is not Status.NOT_APPLICABLE
    ] or assessments
    decisive = _decisive(element, assessments)
    alike = [
        assessment.reasons
        for assessment in assessments
        if (assessment.status, assessment.because) == (decisive.status, decisive.because)
    ]
    return replace(decisive, reasons=tuple(dict.fromkeys(chain.from_iterable(alike))))


def _decisive(element: Element, assessments: list[Assessment]) -> Assessment:
    """Return the assessment of the limb that decides; one that is unknown may be the best."""
    ranked = sorted(assessments, key=lambda assessment: assessment.rank)
    if element.of != "some_limb":
        return ranked[0]
    is_certain = ranked[-1].status in (Status.MET, Status.PARTLY, Status.POLICY_CHOICE)
    return ranked[-1] if is_certain or ranked[0].status is not Status.UNKNOWN else ranked[0]


def _together(limbs: Iterable[_Reasons]) -> _Reasons:
    together: _Reasons = {}
    for reasons in limbs:
        for name, of_limb in reasons.items():
            together[name] = (*together.get(name, ()), *of_limb)
    return together


def _apply_outcomes(
    subject: _Subject,
    element: Element,
    reasons: _Reasons,
    limbs: Mapping[str, _Reasons] | None = None,
) -> Assessment:
    """Return the first outcome whose condition is true, or what applies if none is."""
    may_be_true = False
    for outcome in element.outcomes:
        answer, decisive = evaluate(outcome.when, {**subject.facts, **reasons})
        if answer is Answer.YES:
            by_limb = [
                {**subject.facts, **(limbs or {}).get(reason.limb, reasons)} for reason in decisive
            ]
            return _with_reservations(element, outcome, _proofs(decisive), by_limb)
        may_be_true = may_be_true or answer is Answer.UNKNOWN
    if element.names.isdisjoint(subject.codebook.dimensions):
        return Assessment(element, element.otherwise.status, element.otherwise.because)
    known = [reason for name in element.names for reason in reasons.get(name, ())]
    absent = tuple(reason for reason in known if reason.value == NONE_REPORTED)
    if may_be_true or not (subject.provision.text.is_whole or absent):
        dimensions = subject.classification.dimensions
        is_in_part = any(dimensions[name].values for name in element.names & dimensions.keys())
        reason = why_unknown(subject.codebook, subject.provision, is_in_part=is_in_part)
        return Assessment(element, Status.UNKNOWN, reason)
    status = element.otherwise.status if set(known) - set(absent) else Status.SILENT
    because = element.otherwise.because
    if absent and not subject.provision.text.is_whole:
        report = message("This is based on a report; the text was not available.")
        because = sentences(because, report)
    return Assessment(element, status, because, absent)


def _proofs(decisive: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons that are more than a fact about the provision, each once."""
    return tuple(dict.fromkeys(reason for reason in decisive if reason.rule))


def _with_reservations(
    element: Element, outcome: Outcome, proofs: tuple[Reason, ...], limbs: Iterable[_Reasons]
) -> Assessment:
    """Return the assessment of an outcome; with a reservation in a limb, it is at most partly met.

    Args:
        element: The element.
        outcome: The outcome whose condition is true.
        proofs: The reasons that make it true.
        limbs: What the reservations are applied to: the limbs that the reasons come from.
    """
    if outcome.status not in (Status.MET, Status.PARTLY):
        return Assessment(element, outcome.status, outcome.because, proofs)
    statements = [outcome.because]
    for reservation in element.reservations:
        for reasons in limbs:
            answer, decisive = evaluate(reservation.when, reasons)
            if answer is Answer.YES and reservation.because not in statements:
                statements.append(reservation.because)
                proofs = tuple(dict.fromkeys((*proofs, *_proofs(decisive))))
    status = Status.PARTLY if len(statements) > 1 else outcome.status
    return Assessment(element, status, sentences(*statements), proofs)


# --- What conditions are applied to -------------------------------------------------------------


def _reasons_of_provision(classification: Classification) -> _Reasons:
    """Return the reasons for the classes of all limbs together, in each dimension known."""
    return {
        name: classified.because
        for name, classified in classification.dimensions.items()
        if classified.has_answer or classified.basis is Basis.SILENT
    }


def _reasons_by_limb(subject: _Subject, element: Element, person: str) -> dict[str, _Reasons]:
    """Return the reasons for the classes of each limb that may protect a person, by limb."""
    dimensions = [
        subject.classification.dimensions[name]
        for name in subject.codebook.dimensions
        if name in element.all_names and name != _REQUIRES
    ]
    names = {limb.limb for classified in dimensions for limb in classified.limbs if limb.limb}
    others = {limb.id for limb in subject.provision.limbs if _PROTECTING.isdisjoint(limb.coded)}
    of_all = _reasons_of_provision(subject.classification).get(_REQUIRES)
    by_limb = {}
    for name in _in_order(subject.provision, (names - others) or names or {""}):
        reasons = _reasons_of_limb(dimensions, name, person)
        if reasons is not None:
            by_limb[name] = reasons if of_all is None else {**reasons, _REQUIRES: of_all}
    return by_limb


def _in_order(provision: Provision, names: Iterable[str]) -> list[str]:
    """Return the names of limbs in the order of the provision."""
    order = [limb.id for limb in provision.limbs]
    return sorted(names, key=lambda name: (order.index(name) if name in order else -1, name))


def _reasons_of_limb(dimensions: Iterable[Classified], name: str, person: str) -> _Reasons | None:
    """Return the reasons for the classes of one limb; None if it does not protect the person."""
    reasons: _Reasons = {}
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
                    if reason.limb == limb.limb
                    and reason.value in (limb.values or (NONE_REPORTED,))
                )
    return reasons if may_protect else None


def _values_of_limb(classified: Classified, name: str) -> tuple[LimbValue, ...]:
    """Return the values of one limb, or of the provision as a whole if it has no such limb."""
    values = tuple(limb for limb in classified.limbs if limb.limb == name)
    return values or tuple(limb for limb in classified.limbs if not limb.limb)
