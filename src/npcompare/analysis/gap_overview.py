"""Many provisions against one benchmark at a glance: who meets what, and how many do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.provision_blocks import blocks_by_effect
from npcompare.law.benchmark import Element, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification

#: Up to so many provisions can be read one after the other, without an overview.
FEW = 4

#: Of a provision with fewer known elements than these, too little is available for a row.
LEAST_KNOWN = 3

#: The statuses that say something of a provision.
_KNOWN = frozenset({Status.MET, Status.PARTLY, Status.NOT_MET, Status.SILENT})


class OverviewRow(Struct, frozen=True):
    """A provision with its status in each element of an overview."""

    classification: Classification
    statuses: tuple[Status, ...]
    #: Whether the statuses follow from a coding that is only proposed.
    is_proposed: bool = False

    def count(self, status: Status) -> int:
        """Return in how many elements the provision has a status."""
        return self.statuses.count(status)

    @property
    def met(self) -> int:
        """How many elements are met."""
        return self.count(Status.MET)

    @property
    def has_enough(self) -> bool:
        """Whether enough elements are known for a row."""
        return sum(map(_KNOWN.__contains__, self.statuses)) >= LEAST_KNOWN


class OverviewBlock(Struct, frozen=True):
    """The rows of provisions of like effect, those that meet most elements first."""

    #: The effects of the provisions, in the order of the codebook; none if the corpus has none.
    effects: tuple[str, ...]
    rows: tuple[OverviewRow, ...]

    def meeting(self, place: int) -> int:
        """Return how many of the provisions meet the element in a place."""
        return sum(row.statuses[place] is Status.MET for row in self.rows)


class Overview(Struct, frozen=True):
    """Provisions in blocks of like effect, and those that have no row."""

    elements: tuple[Element, ...]
    #: The elements that have no column, because the benchmark leaves them to each State.
    choices: tuple[Element, ...]
    blocks: tuple[OverviewBlock, ...]
    #: The provisions of which too little is available.
    too_little: tuple[Classification, ...]
    #: By effect, what contains no rule: reports that there is none, and findings.
    without_rule: tuple[tuple[str, tuple[Classification, ...]], ...]

    @property
    def rows(self) -> tuple[OverviewRow, ...]:
        """The rows of all blocks."""
        return tuple(row for block in self.blocks for row in block.rows)

    def meeting(self, place: int) -> int:
        """Return how many provisions meet the element in a place."""
        return sum(block.meeting(place) for block in self.blocks)


def overview(
    codebook: Codebook, assessed: Sequence[tuple[Classification, Sequence[Assessment]]]
) -> Overview:
    """Return the overview of provisions with their assessments against one benchmark."""
    elements = [assessment.element for assessment in assessed[0][1]]
    places = [place for place, element in enumerate(elements) if not element.is_choice]
    rows = {
        id(classification): OverviewRow(
            classification,
            tuple(assessments[place].status for place in places),
            any(assessment.is_proposed for assessment in assessments),
        )
        for classification, assessments in assessed
    }
    grouped = blocks_by_effect(
        codebook,
        (row.classification for row in rows.values()),
        lambda member: (rows[id(member)].met,),
        lambda member: rows[id(member)].has_enough,
    )
    return Overview(
        elements=tuple(elements[place] for place in places),
        choices=tuple(element for element in elements if element.is_choice),
        blocks=tuple(
            OverviewBlock(block.effects, tuple(rows[id(member)] for member in block.members))
            for block in grouped.blocks
        ),
        too_little=grouped.too_little,
        without_rule=grouped.without_rule,
    )
