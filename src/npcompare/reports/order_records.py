"""The records of `order`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from npcompare.document import flat_table
from npcompare.model.results import Relation
from npcompare.reports.records import (
    TOOL,
    CorpusOutput,
    Effect,
    Ordinal,
    ProvisionRecord,
    Record,
    corpus_record,
    naming,
    stream,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from npcompare.analysis.breadth_order import Order, Orders
    from npcompare.document import Table
    from npcompare.law.corpus import Corpus


class StandingRecord(ProvisionRecord, frozen=True):
    """A provision with its effect, its level and its relation to every other."""

    effect: Effect
    level: Annotated[
        Ordinal | None,
        Meta(
            description=(
                "1 is the widest protection in the group; null if the provision is not ranked."
            )
        ),
    ]
    next: Annotated[list[str], Meta(description="The provisions next below it in the order.")]
    also_covers: Annotated[
        list[str],
        Meta(description="Provisions that it covers although the order does not place it above."),
    ] = field(name="beside")
    same: list[str]
    broader: Annotated[list[str], Meta(description="Provisions that it is broader than.")]
    narrower: Annotated[list[str], Meta(description="Provisions that it is narrower than.")]
    incomparable: list[str]
    unknown: Annotated[list[str], Meta(description="Provisions to which its relation is unknown.")]


Ids = Annotated[list[str], Meta(min_length=1)]


Levels = Annotated[
    list[Annotated[list[Ids], Meta(min_length=1)]],
    Meta(description="The levels, the widest first; provisions that are the same together."),
]
NotRanked = Annotated[
    list[str],
    Meta(description="Provisions that are neither broader nor narrower than any other."),
]
UnknownOnly = Annotated[
    list[str], Meta(description="Provisions whose relation to every other is unknown.")
]


class GroupRecord(Record, frozen=True):
    """The order of provisions of like effect."""

    effects: Annotated[
        list[str],
        Meta(description="The effects in the group; empty with --across, for every effect."),
    ]
    levels: Levels
    not_ranked: NotRanked = field(name="apart")
    unknown: UnknownOnly


class NotComparedRecord(Record, frozen=True):
    """Provisions that are not compared, as no other is known to be of like effect."""

    effects: list[str]
    provisions: Ids


class OrderOutput(CorpusOutput, frozen=True, tag=urn("order")):
    """The output of `order`: a group for each effect, or one group with `--across`.

    Levels and relations are those within a group. Bills are in the group of operative provisions.
    The keys levels, apart and unknown are those of the first group.
    """

    dimensions: Annotated[Ids, Meta(description="The dimensions compared, taken together.")]
    levels: Levels
    not_ranked: NotRanked = field(name="apart")
    unknown: UnknownOnly
    groups: Annotated[list[GroupRecord], Meta(min_length=1)]
    not_compared: list[NotComparedRecord]
    provisions: Annotated[
        list[StandingRecord], Meta(min_length=2, description="The provisions of all groups.")
    ]


def order_output(corpus: Corpus, result: Orders) -> OrderOutput:
    """Return the output of `order`."""
    groups = [_group(ranking) for ranking in result.orders]
    return OrderOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        dimensions=[dimension.id for dimension in result.dimensions],
        levels=groups[0].levels,
        not_ranked=groups[0].not_ranked,
        unknown=groups[0].unknown,
        groups=groups,
        not_compared=[
            NotComparedRecord(list(group.effects), [part.provision.id for part in group.members])
            for group in result.not_compared
        ],
        provisions=stream(
            lambda: (record for ranking in result.orders for record in _standings(ranking))
        ),
    )


def _group(ranking: Order) -> GroupRecord:
    named = _by_id(ranking)
    return GroupRecord(
        effects=list(ranking.effects),
        levels=[[named(group) for group in groups] for groups in ranking.levels],
        not_ranked=named(ranking.isolated),
        unknown=named(ranking.unknown),
    )


def _by_id(ranking: Order) -> Callable[[Iterable[int]], list[str]]:
    """Return a function that gives the ids of provisions from their numbers."""
    ids = [classification.provision.id for classification in ranking.provisions]
    return lambda numbers: [ids[number] for number in numbers]


def _standings(ranking: Order) -> Iterator[StandingRecord]:
    named = _by_id(ranking)
    for classification, position in zip(ranking.provisions, ranking.positions, strict=True):
        yield StandingRecord(
            **naming(classification.provision),
            effect=classification.effect,
            level=position.level or None,
            next=named(position.next_below),
            also_covers=named(position.unranked),
            same=named(position.related(Relation.SAME)),
            broader=named(position.related(Relation.BROADER)),
            narrower=named(position.related(Relation.NARROWER)),
            incomparable=named(position.related(Relation.INCOMPARABLE)),
            unknown=named(position.related(Relation.UNKNOWN)),
        )


def flat_order(title: str, result: Orders) -> Table:
    """Return a row for each pair in which one is broader or both are the same."""
    values = (pair for ranking in result.orders for pair in _flat_pairs(ranking))
    keys = "left right relation left_level right_level place left_effect right_effect"
    return flat_table(title, keys, values)


def _flat_pairs(ranking: Order) -> Iterator[list[str]]:
    ids = [classification.provision.id for classification in ranking.provisions]
    levels = [str(position.level or "") for position in ranking.positions]
    effects = [classification.effect for classification in ranking.provisions]
    for left, position in enumerate(ranking.positions):
        for relation in (Relation.SAME, Relation.BROADER):
            for right in position.related(relation):
                if relation is Relation.SAME and right < left:
                    continue
                place = (
                    "next"
                    if right in position.next_below
                    else "beside"
                    if right in position.unranked
                    else ""
                )
                pair = [ids[left], ids[right], str(relation), levels[left], levels[right]]
                yield [*pair, place, effects[left], effects[right]]
