"""What `diff` writes for programs: its records, and a table with one value in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, UnsetType

from npcompare.document import flat_table
from npcompare.model.provision import Basis
from npcompare.model.results import Edit, Relation
from npcompare.reports.cells import quotations
from npcompare.reports.records import (
    TOOL,
    AuthorityRecord,
    CitationRecord,
    CorpusOutput,
    Effect,
    Hedge,
    Record,
    authority_record,
    citation_record,
    corpus_record,
    present,
    proofs,
    stream,
    urn,
)
from npcompare.reports.relation_words import relation_words
from npcompare.reports.version_records import VersionDifferenceRecord, version_differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import Table
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Change, Classified, Compared, Comparison, QualifiedRelation

OtherReadings = Annotated[
    list[Relation],
    Meta(description="The relations on other readings of doubtful words, if they differ."),
]
OtherHedges = Annotated[
    list[str | None],
    Meta(description="How each of the relations on other readings is qualified."),
]


class WordsRecord(Record, frozen=True):
    """Words that a class is based on, or a source without words."""

    evidence: str | None
    source: CitationRecord | None


class ComparedRecord(Record, frozen=True, kw_only=True):
    """Two provisions in one dimension; the relation is that of the left to the right."""

    left: list[str]
    right: list[str]
    relation: Relation
    hedge: Hedge
    other_readings: OtherReadings | UnsetType = UNSET
    other_hedges: OtherHedges | UnsetType = UNSET
    left_basis: Basis
    right_basis: Basis
    left_categories: list[str] | UnsetType = UNSET
    right_categories: list[str] | UnsetType = UNSET
    left_excluded: list[str] | UnsetType = UNSET
    right_excluded: list[str] | UnsetType = UNSET
    left_words: list[WordsRecord]
    right_words: list[WordsRecord]
    authority: list[AuthorityRecord] | UnsetType = UNSET
    by_person: dict[str, Relation] | UnsetType = UNSET


class ChangeRecord(Record, frozen=True):
    """A run of words that both texts have, or only the left or the right."""

    op: Edit
    text: str


class RedlineRecord(Record, frozen=True):
    """The texts of two provisions compared; null if they are not both available in one language."""

    left_status: str
    right_status: str
    changes: list[ChangeRecord] | None


class ComparisonRecord(Record, frozen=True):
    """Two provisions compared; `hedge` is that of the overall relation."""

    left: str
    right: str
    left_effect: Effect
    right_effect: Effect
    dimensions: dict[str, ComparedRecord]
    overall: Relation
    hedge: Hedge
    overall_other_readings: OtherReadings | UnsetType = UNSET
    overall_other_hedges: OtherHedges | UnsetType = UNSET
    text: RedlineRecord | UnsetType = UNSET
    version_differences: Annotated[
        dict[str, list[VersionDifferenceRecord]] | UnsetType,
        Meta(description="By id, where the versions of a text in several languages differ."),
    ] = UNSET


class DiffOutput(CorpusOutput, frozen=True, tag=urn("diff")):
    """The output of `diff`."""

    comparisons: list[ComparisonRecord]


def diff_output(
    corpus: Corpus,
    results: Sequence[Comparison],
    changes: Sequence[Sequence[Change] | None] | None,
    *,
    only_differences: bool,
) -> DiffOutput:
    """Return the output of `diff`; `changes` has the redline of each pair, if there are any."""

    def records() -> Iterator[ComparisonRecord]:
        for number, comparison in enumerate(results):
            outcomes = comparison.outcomes(only_differences=only_differences)
            redline = UNSET if changes is None else _redline(comparison, changes[number])
            yield _record(corpus, comparison, outcomes, redline)

    return DiffOutput(tool=TOOL, corpus=corpus_record(corpus), comparisons=stream(records))


def _record(
    corpus: Corpus,
    comparison: Comparison,
    outcomes: Sequence[Compared],
    redline: RedlineRecord | UnsetType,
) -> ComparisonRecord:
    return ComparisonRecord(
        left=comparison.left.provision.id,
        right=comparison.right.provision.id,
        left_effect=comparison.left.effect,
        right_effect=comparison.right.effect,
        dimensions={outcome.dimension: _compared(corpus, outcome) for outcome in outcomes},
        overall=comparison.overall,
        hedge=comparison.hedge or None,
        overall_other_readings=_relations(comparison.overall_other_readings),
        overall_other_hedges=_hedges(comparison.overall_other_readings),
        text=redline,
        version_differences=present(_version_differences(corpus, comparison)),
    )


def _version_differences(
    corpus: Corpus, comparison: Comparison
) -> dict[str, list[VersionDifferenceRecord]]:
    provisions = (comparison.left.provision, comparison.right.provision)
    return {
        provision.id: records
        for provision in provisions
        if (records := version_differences(corpus, provision))
    }


def _compared(corpus: Corpus, outcome: Compared) -> ComparedRecord:
    left, right = outcome.left, outcome.right
    return ComparedRecord(
        left=list(left.values),
        right=list(right.values),
        relation=outcome.relation,
        hedge=outcome.hedge or None,
        other_readings=_relations(outcome.other_readings),
        other_hedges=_hedges(outcome.other_readings),
        left_basis=left.basis,
        right_basis=right.basis,
        left_categories=present(list(left.categories)),
        right_categories=present(list(right.categories)),
        left_excluded=present(list(left.excluded)),
        right_excluded=present(list(right.excluded)),
        left_words=_words(corpus, left),
        right_words=_words(corpus, right),
        authority=present([authority_record(corpus, reason) for reason in outcome.authority]),
        by_person=present(
            {person: part.relation for person, part in outcome.differing_by_person.items()}
        ),
    )


def _relations(readings: Sequence[QualifiedRelation]) -> list[Relation] | UnsetType:
    return present([reading.relation for reading in dict.fromkeys(readings)])


def _hedges(readings: Sequence[QualifiedRelation]) -> list[str | None] | UnsetType:
    return present([reading.hedge or None for reading in dict.fromkeys(readings)])


def _words(corpus: Corpus, classified: Classified) -> list[WordsRecord]:
    return [
        WordsRecord(evidence=evidence or None, source=citation_record(corpus, source))
        for evidence, source, _ in proofs(classified)
    ]


def _redline(comparison: Comparison, changes: Sequence[Change] | None) -> RedlineRecord:
    return RedlineRecord(
        left_status=comparison.left.provision.text.status,
        right_status=comparison.right.provision.text.status,
        changes=None
        if changes is None
        else [ChangeRecord(op=change.edit, text=change.text) for change in changes],
    )


def flat_comparisons(compared: Iterable[tuple[Comparison, Sequence[Compared]]]) -> Table:
    """Return a row for each dimension of each pair, and for the pair overall."""
    values = []
    for comparison, outcomes in compared:
        values += [_flat_compared(comparison, outcome) for outcome in outcomes]
        pair = [comparison.left.provision.id, comparison.right.provision.id]
        overall = str(comparison.overall)
        readings = _flat_readings(comparison.overall_other_readings)
        hedge = comparison.hedge
        values.append([*pair, "overall", "", "", "", overall, "", "", "", "", hedge, readings])
    keys = (
        "left right dimension left_values[] left_basis left_words[|] relation "
        "right_values[] right_basis right_words[|] authority hedge other_readings"
    )
    return flat_table("Comparison", keys, values)


def _flat_compared(comparison: Comparison, outcome: Compared) -> list[str]:
    left, right = outcome.left, outcome.right
    return [
        comparison.left.provision.id,
        comparison.right.provision.id,
        outcome.dimension,
        "; ".join(left.values),
        str(left.basis),
        quotations(left),
        str(outcome.relation),
        "; ".join(right.values),
        str(right.basis),
        quotations(right),
        "; ".join(str(step.source) for step in outcome.authority if step.source),
        outcome.hedge,
        _flat_readings(outcome.other_readings),
    ]


def _flat_readings(readings: Iterable[QualifiedRelation]) -> str:
    words = (relation_words(reading.relation, reading.hedge) for reading in readings)
    return "; ".join(dict.fromkeys(words))
