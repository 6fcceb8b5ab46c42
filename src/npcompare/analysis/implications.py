"""The classes that follow from what provisions grant, where a relation depends on them.

Such classes count in comparisons without being shown. Where they decide, the reader of a relation
needs the rule: a bar to prosecution, for instance, also covers the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.coverage import coverage
from npcompare.model.conditions import evaluate
from npcompare.model.logic import Answer
from npcompare.model.results import Implication
from npcompare.model.scale import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification


def implications(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> tuple[Implication, ...]:
    """Return the classes that follow from others, if the relation in a dimension depends on them.

    It does if, without them, one of the two would no longer cover the other, or would cover it.
    """
    implied = [
        implication
        for provision in (left, right)
        for implication in _implied(codebook, dimension, provision)
    ]
    if not implied:
        return ()
    plain_left, plain_right = (
        _without_implied(codebook, dimension, provision) for provision in (left, right)
    )
    changes = coverage(codebook, dimension, left, right) != coverage(
        codebook, dimension, plain_left, plain_right
    ) or coverage(codebook, dimension, right, left) != coverage(
        codebook, dimension, plain_right, plain_left
    )
    return tuple(implied) if changes else ()


def _implied(
    codebook: Codebook, dimension: Dimension, classification: Classification
) -> Iterator[Implication]:
    """Yield the classes that follow for limbs that do not have them by their own words."""
    limbs = classification.dimensions[dimension.id].limbs
    words = frozenset().union(*(limb.implied - words_of(limb) for limb in limbs))
    provision = classification.provision
    for rule in codebook.implied_rules_of(dimension.id):
        applies = any(evaluate(rule.when, limb.coded)[0] is Answer.YES for limb in provision.limbs)
        if rule.then in words and applies:
            yield Implication(provision, rule.then, rule.because, rule.source)


def _without_implied(
    codebook: Codebook, dimension: Dimension, classification: Classification
) -> Classification:
    """Return a provision with the classes that its words support, and no others."""
    needed = (codebook.scope.id, codebook.stage.id, dimension.id)
    dimensions = {name: classification.dimensions[name] for name in needed}
    classified = dimensions[dimension.id]
    limbs = tuple(replace(limb, implied=frozenset()) for limb in classified.limbs)
    return replace(
        classification, dimensions=dimensions | {dimension.id: replace(classified, limbs=limbs)}
    )
