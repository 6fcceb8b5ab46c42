"""How far provisions reach along the criminal process, from arrest to the criminal record.

The benchmark of the Secretariat has an element for each step; its conditions decide which reliefs
reach it, and what is only a part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.gaps import assess
from npcompare.analysis.provision_blocks import Blocks, blocks_by_effect
from npcompare.charts import Certainty
from npcompare.law.benchmark import Status, secretariat
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.law.benchmark import Element
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

#: The elements of the benchmark that are the steps of the process, in their order.
_STEPS = ("arrest-and-detention", "charge", "prosecution", "liability-and-sentence", "records")

_REACHED = frozenset({Status.MET, Status.PARTLY})


class Step(Struct, frozen=True):
    """A step of the process as one provision reaches it."""

    assessment: Assessment

    @property
    def is_reached(self) -> bool:
        """Whether the provision reaches the step, at least in part."""
        return self.assessment.status in _REACHED

    @property
    def certainty(self) -> Certainty | None:
        """How certain it is that the step is reached; None if it is not known to be."""
        reasons = self.assessment.reasons
        if not self.is_reached:
            return None
        if self.assessment.is_proposed:
            return Certainty.PROPOSED
        if any(reason.doubt for reason in reasons):
            return Certainty.DOUBTFUL
        if any(reason.basis is Basis.REPORTED for reason in reasons):
            return Certainty.REPORTED
        return Certainty.TEXT


class StageReach(Struct, frozen=True):
    """The steps of the process that provisions reach."""

    elements: tuple[Element, ...]
    #: The steps of each provision that has a row, by its id.
    steps: Mapping[str, tuple[Step, ...]]
    blocks: Blocks

    def reaching(self, place: int) -> int:
        """Return how many of the provisions in rows reach the step in a place."""
        return sum(
            self.steps[member.provision.id][place].is_reached for member in self.blocks.members
        )


def stage_reach(corpus: Corpus, results: Sequence[Classification]) -> StageReach:
    """Return the steps that provisions reach, those that reach most and the earliest first.

    Provisions of which no step is known to be reached, or not to be, have no row.
    """
    benchmark = secretariat(corpus.codebook)
    by_id = {element.id: element for element in benchmark.elements}
    elements = tuple(by_id[name] for name in _STEPS if name in by_id)
    target = replace(benchmark, elements=elements)
    steps = {}
    for result in results:
        assessments = assess(corpus.codebook, result, target, corpus.profiles)
        steps[result.provision.id] = tuple(map(Step, assessments))

    def rank(result: Classification) -> tuple[int, ...]:
        reached = [step.is_reached for step in steps[result.provision.id]]
        return sum(reached), *reached

    def has_enough(result: Classification) -> bool:
        statuses = {step.assessment.status for step in steps[result.provision.id]}
        return statuses != {Status.UNKNOWN}

    return StageReach(
        elements,
        steps,
        blocks_by_effect(corpus.codebook, results, rank, has_enough),
    )
