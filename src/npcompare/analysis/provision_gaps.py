"""The assessment of a provision against another one: whether it reaches at least as far.

The question is asked in each dimension that the other provision addresses. A dimension that only
describes another in more detail is left out if its words have no order. Where the other dimension
is a ladder, such as the threshold of the link, it decides if the two are on different rungs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.analysis.assessment import Assessment, why_absent, why_unknown
from npcompare.analysis.coverage import coverage
from npcompare.analysis.shortfall import covering
from npcompare.errors import NpcompareError
from npcompare.law.benchmark import Element, Outcome, Status
from npcompare.messages import enumerated, message, sentences
from npcompare.model.codebook import class_words
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.kinds import Nominal
from npcompare.model.logic import Answer, conjunction
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification

#: What a text can ask of States besides relief; no rule on victims can contain it.
_REQUIRES = "requires"
_ADDRESSED_TO_STATES = frozenset({"obligation", "recommendation"})


def assess_against_provision(
    codebook: Codebook, classification: Classification, target: Classification
) -> list[Assessment]:
    """Return for each dimension that the target addresses whether the provision reaches as far.

    Raises NpcompareError if the target is a report that there is no specific provision.
    """
    if target.provision.is_absence:
        raise NpcompareError(
            f"{target.provision.id} has no specific provision to compare with",
            "name another provision after --against",
        )
    return [
        _assess_dimension(codebook, dimension, classification, target)
        for dimension in _dimensions(codebook, target)
    ]


def _dimensions(codebook: Codebook, target: Classification) -> Iterator[Dimension]:
    """Yield the dimensions that the target addresses and in which more or less can be said."""
    for dimension in codebook.dimensions.values():
        is_finer = bool(dimension.under) or dimension.is_detail
        if is_finer and isinstance(dimension.scale, Nominal):
            continue
        if target.dimensions[dimension.id].values:
            yield dimension


def _assess_dimension(
    codebook: Codebook, dimension: Dimension, classification: Classification, target: Classification
) -> Assessment:
    element = _element_from(codebook, dimension, target)
    provision = classification.provision
    because = classification.dimensions[dimension.id].because
    if provision.is_absence:
        return Assessment(element, Status.NOT_MET, why_absent(), because)
    if dimension.id == _REQUIRES and codebook.effect(provision) not in _ADDRESSED_TO_STATES:
        reason = message("The provision is not addressed to States.")
        return Assessment(element, Status.NOT_APPLICABLE, reason)
    decisive = dimension
    if dimension.under and codebook.dimensions[dimension.under].scale.is_ranked:
        ladder = codebook.dimensions[dimension.under]
        if _is_strict(codebook, ladder, classification, target):
            decisive = ladder
    status, statements = _status_against(codebook, decisive, classification, target)
    reason = sentences(*statements)
    if decisive is not dimension:
        verdict = re.split(r"\.(?: |$)|。", statements[0], maxsplit=1)[0]
        reason = message(
            "The {dimension} decides: {verdict}.",
            dimension=decisive.label.lower(),
            verdict=f"{verdict[:1].lower()}{verdict[1:]}",
        )
        because = (*because, *classification.dimensions[decisive.id].because)
    return Assessment(element, status, reason, because)


def _element_from(codebook: Codebook, dimension: Dimension, target: Classification) -> Element:
    classified = target.dimensions[dimension.id]
    classes = enumerated(class_words(codebook, classified).split("\n"), is_strong=True)
    return Element(
        id=dimension.id,
        label=dimension.label,
        asks=message(
            "Protects at least as far as {provision}: {classes}.",
            provision=in_sentence(target.provision.label),
            classes=classes,
        ),
        source=classified.because[0].source,
        of="provision",
        outcomes=(),
        otherwise=Outcome(Status.UNKNOWN, {}, ""),
    )


def _is_strict(
    codebook: Codebook, dimension: Dimension, classification: Classification, target: Classification
) -> bool:
    """Return whether one of the two certainly protects further than the other."""
    covers = conjunction(coverage(codebook, dimension, classification, target))
    is_covered = conjunction(coverage(codebook, dimension, target, classification))
    return {covers, is_covered} == {Answer.YES, Answer.NO}


def _status_against(
    codebook: Codebook, dimension: Dimension, classification: Classification, target: Classification
) -> tuple[Status, list[str]]:
    """Return the status in a dimension, and sentences that say why: the verdict comes first."""
    classified = classification.dimensions[dimension.id]
    benchmark = target.dimensions[dimension.id]
    answers = coverage(codebook, dimension, classification, target)
    answer = conjunction(answers)
    if classified.basis is Basis.SILENT:
        status = Status.MET if answer is Answer.YES else Status.SILENT
        return status, [dimension.silence]
    # Where one limb reaches as far, it does not matter what is not known of the others.
    if classified.basis is Basis.UNKNOWN and answer is not Answer.YES:
        return Status.UNKNOWN, [why_unknown(codebook, classification.provision)]
    if answer is Answer.YES:
        return Status.MET, _why_met(codebook, dimension, classification, target)
    if answer is Answer.UNKNOWN:
        return Status.UNKNOWN, [message("It is not known which of the two protects further.")]
    if Answer.YES in answers or dimension.scale.overlaps(classified.limbs, benchmark.limbs):
        return Status.PARTLY, [message("The provision covers part of this.")]
    return _status_if_nothing_covered(codebook, dimension, classification, target)


def _status_if_nothing_covered(
    codebook: Codebook, dimension: Dimension, classification: Classification, target: Classification
) -> tuple[Status, list[str]]:
    provision = classification.provision
    if dimension.scale.is_cumulative and not provision.text.is_whole:
        return Status.UNKNOWN, [why_unknown(codebook, provision)]
    hedge, orders = _orders(codebook, dimension, classification, target)
    if not hedge:
        return Status.NOT_MET, [message("The provision does not protect as far.")]
    return Status.NOT_MET, [message("The provision may not protect as far."), *orders]


def _why_met(
    codebook: Codebook, dimension: Dimension, classification: Classification, target: Classification
) -> list[str]:
    hedge, orders = _orders(codebook, dimension, target, classification)
    if not orders:
        return [message("The provision protects at least as far.")]
    if hedge:
        return [message("The provision may protect further."), *orders]
    return [message("The provision protects further."), *orders]


def _orders(
    codebook: Codebook, dimension: Dimension, a: Classification, b: Classification
) -> tuple[str, list[str]]:
    """Return how it is qualified that a does not protect as far as b, and the reasons for it."""
    shortfall = covering(codebook, dimension, a, b)
    return shortfall.qualification, [
        message(
            "{statement} ({place}).",
            statement=step.because.removesuffix(".").removesuffix("。"),
            place=step.source.place,
        )
        if step.source
        else step.because
        for step in shortfall.steps
    ]
