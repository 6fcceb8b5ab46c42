"""The records of `changes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, UnsetType

from npcompare.analysis.change_causes import Cause
from npcompare.analysis.edition_change import Action, ChangeKind
from npcompare.reports.records import (
    TOOL,
    CitationRecord,
    Count,
    Output,
    Record,
    citation_record,
    present,
    urn,
)

if TYPE_CHECKING:
    from npcompare.analysis.edition_change import EditionChange, Side
    from npcompare.analysis.edition_changes import EditionChanges
    from npcompare.analysis.editions import Edition


class EditionRecord(Record, frozen=True):
    """An edition that is compared: a release, or a corpus as it would be released."""

    name: Annotated[str, Meta(description="The folder.")]
    version: Annotated[str | None, Meta(description="The version of the dataset, if it has one.")]
    codebook: Annotated[
        str | None, Meta(description="The version of the codebook, if it is known.")
    ]
    provisions: Count


class SideRecord(Record, frozen=True, kw_only=True):
    """What one edition has, with the words and the sources behind it."""

    values: list[str]
    basis: list[str] | UnsetType = UNSET
    quotations: list[str] | UnsetType = UNSET
    sources: list[CitationRecord] | UnsetType = UNSET
    remarks: Annotated[
        dict[str, list[str]] | UnsetType,
        Meta(description="What else is coded there, by the name of its column."),
    ] = UNSET


class ChangeRecord(Record, frozen=True, kw_only=True):
    """One change."""

    kind: ChangeKind
    action: Action
    subject: Annotated[
        str, Meta(description="The id of the provision, profile, document or part of the codebook.")
    ]
    old_subject: Annotated[
        str | UnsetType, Meta(description="Its id in the older edition, if that is another one.")
    ] = UNSET
    limb: str | UnsetType = UNSET
    field: Annotated[
        str | UnsetType,
        Meta(description="The coded field, dimension or column; for the codebook, the table."),
    ] = UNSET
    other: Annotated[
        str | UnsetType, Meta(description="The provision on the right of a relation.")
    ] = UNSET
    cause: Annotated[
        Cause | UnsetType,
        Meta(
            description=(
                "Why something worked out from the coding differs: the law as it is coded, only "
                "the codebook, both, or another version of the program."
            )
        ),
    ] = UNSET
    old: SideRecord | None
    new: SideRecord | None


class ChangesOutput(Output, frozen=True, tag=urn("changes")):
    """The output of `changes`."""

    old: EditionRecord
    new: EditionRecord
    counts: Annotated[
        dict[ChangeKind, dict[Action, Count]],
        Meta(description="How many changes there are, by what they are about and what was done."),
    ]
    relation_pairs: Annotated[
        int, Meta(ge=0, description="How many pairs of provisions have relations in both editions.")
    ]
    not_compared: Annotated[
        list[str], Meta(description="Tables and columns that only one edition has.")
    ]
    changes: list[ChangeRecord]


def changes_output(result: EditionChanges) -> ChangesOutput:
    """Return the output of `changes`."""
    counts: dict[ChangeKind, dict[Action, int]] = {}
    for change in result.changes:
        actions = counts.setdefault(change.kind, {})
        actions[change.action] = actions.get(change.action, 0) + 1
    return ChangesOutput(
        tool=TOOL,
        old=_edition(result.old),
        new=_edition(result.new),
        counts=counts,
        relation_pairs=result.pairs,
        not_compared=list(result.skipped),
        changes=[_change(result, change) for change in result.changes],
    )


def _edition(edition: Edition) -> EditionRecord:
    return EditionRecord(
        name=edition.name,
        version=edition.version or None,
        codebook=edition.codebook or None,
        provisions=len(edition.provisions),
    )


def _change(result: EditionChanges, change: EditionChange) -> ChangeRecord:
    return ChangeRecord(
        kind=change.kind,
        action=change.action,
        subject=change.subject,
        old_subject=present(change.old_subject),
        limb=present(change.limb),
        field=present(change.field),
        other=present(change.other),
        cause=UNSET if change.cause is None else change.cause,
        old=_side(result.old, change.old),
        new=_side(result.new, change.new),
    )


def _side(edition: Edition, side: Side | None) -> SideRecord | None:
    if side is None:
        return None
    remarks: dict[str, list[str]] = {}
    for name, words in side.remarks:
        remarks.setdefault(name, []).append(words)
    sources = [citation_record(edition, source) for source in side.sources]
    return SideRecord(
        values=list(side.values),
        basis=present(list(side.bases)),
        quotations=present(list(side.quotations)),
        sources=present([source for source in sources if source is not None]),
        remarks=present(remarks),
    )
