"""The report of `order`: provisions by how far they protect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from npcompare.document import (
    Box,
    Cell,
    Column,
    Diagram,
    NameList,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
)
from npcompare.model.provision import Basis
from npcompare.model.results import Relation
from npcompare.reports.cells import MOST_NAMED, finished, in_words, namer
from npcompare.reports.records import (
    TOOL,
    CorpusOutput,
    Ordinal,
    ProvisionRecord,
    corpus_record,
    stream,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.analysis.breadth_order import Order, Position
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

#: So many of those next below are named, since an order is read by them.
_BELOW = 24

_TITLE = "Order of protective breadth"
_APART = "Apart: these stand above no other and below none"
_UNKNOWN = "Not known: how these stand to any other"

_READING = (
    "A provision stands above another that it is shown to cover: it protects further wherever the "
    "two differ. Those of level 1 stand below none, and each other one level under the lowest of "
    "those above it; in one row stand those that are the same. That one level is higher than "
    "another says nothing of two provisions unless steps to what is next below lead from one to "
    "the other."
)
_PICTURE = (
    "A line leads down from provisions to those that they cover: they protect further wherever the "
    "two differ. In one box stand those that are the same. Where no line, and no way down along "
    "lines, leads from one to another, "
)
_ASIDE = (
    "Beside the order stands what a provision is broader than, or the same as, without being so of "
    "all that the other is: in these dimensions to cover is not handed on, since two provisions "
    "are compared only where both reach. Over scope, threshold, stage and persons together it is."
)
_NO_LINE = "it is not shown that either covers the other."
_NO_LINE_BUT_ASIDE = (
    "neither stands above the other; some cover others all the same, which the table names."
)
_SOME_UNKNOWN = (
    "What is not known is neither drawn nor counted as the same or as incomparable: it could be "
    "decided either way."
)


class StandingRecord(ProvisionRecord, frozen=True):
    """A provision with its level and its relation to every other."""

    level: Annotated[
        Ordinal | None,
        Meta(description="1 is the widest protection; null if the provision is not ranked."),
    ]
    next: Annotated[list[str], Meta(description="The provisions next below it in the order.")]
    beside: Annotated[
        list[str],
        Meta(description="Provisions that it covers although the order does not place it above."),
    ]
    same: list[str]
    broader: Annotated[list[str], Meta(description="Provisions that it is broader than.")]
    narrower: Annotated[list[str], Meta(description="Provisions that it is narrower than.")]
    incomparable: list[str]
    unknown: Annotated[list[str], Meta(description="Provisions to which its relation is unknown.")]


Ids = Annotated[list[str], Meta(min_length=1)]


class OrderOutput(CorpusOutput, frozen=True, tag=urn("order")):
    """The output of `order`."""

    dimensions: Annotated[Ids, Meta(description="The dimensions compared, taken together.")]
    levels: Annotated[
        list[Annotated[list[Ids], Meta(min_length=1)]],
        Meta(description="The levels, the widest first; provisions that are the same together."),
    ]
    apart: Annotated[
        list[str],
        Meta(description="Provisions that are neither broader nor narrower than any other."),
    ]
    unknown: Annotated[
        list[str], Meta(description="Provisions whose relation to every other is unknown.")
    ]
    provisions: Annotated[list[StandingRecord], Meta(min_length=2)]


def order(corpus: Corpus, ranking: Order) -> Document:
    """Return the levels, what stands apart, and what is not known; as data, every relation."""
    return finished(
        corpus,
        _TITLE,
        lambda: _tables(ranking),
        lambda: _flat(ranking),
        lambda: _output(corpus, ranking),
    )


def _tables(ranking: Order) -> Iterator[Table]:
    yield _levels(ranking)
    if ranking.isolated:
        yield _apart(ranking)
    if ranking.unknown:
        yield _not_known(ranking)


def _levels(ranking: Order) -> Table:
    body = []
    for level, groups in enumerate(ranking.levels, 1):
        for group in groups:
            for alike in _alike(ranking, group):
                one = ranking.positions[alike[0]]
                others = [number for number in group if number not in alike]
                row = (
                    cell(str(level), Tone.STRONG),
                    _provisions(ranking, alike, others),
                    cell(_names(ranking, one.next_below, _BELOW)),
                    *_stands(ranking, one),
                )
                body.append(row)
    diagram = _diagram(ranking)
    heads = columns(level="Level", provisions="Provisions", below="Covers, next below")
    remarks = [_over(ranking) + _READING]
    if ranking.has_unranked:
        remarks.append(_ASIDE)
    if any(one.relations[Relation.UNKNOWN] for one in ranking.positions):
        remarks.append(_SOME_UNKNOWN)
    if any(
        one.relations[each].bit_count() > MOST_NAMED
        for one in ranking.positions
        for each in Relation
    ):
        remarks.append(f"More than {MOST_NAMED} are counted; --format json names them all.")
    if not diagram.is_readable:
        remarks.append(
            "The picture is left out: it would hold more than can be read. Name fewer provisions "
            "to have it."
        )
    title = "From the widest protection down"
    return Table(
        title,
        (*heads, *_heads(ranking)),
        tuple(body),
        tuple(remarks),
        weights=(2, 9, 5, *_weights(ranking)),
        figure=diagram,
    )


def _over(ranking: Order) -> str:
    together = " taken together" if len(ranking.dimensions) > 1 else " alone"
    return f"Over {in_words(ranking.dimensions)}{together}. "


def _alike(ranking: Order, group: Sequence[int]) -> list[list[int]]:
    """Return equal provisions by how they stand to all others, which need not be one."""
    alike: dict[tuple[object, ...], list[int]] = {}
    own = sum(1 << number for number in group)
    for number in group:
        one = ranking.positions[number]
        stands = (one.unranked, *(held & ~own for held in one.relations.values()))
        alike.setdefault(stands, []).append(number)
    return list(alike.values())


def _provisions(ranking: Order, numbers: Iterable[int], equals: Sequence[int] = ()) -> Cell:
    runs: list[Run] = []
    for number in numbers:
        one = ranking.provisions[number].provision
        runs += [Run(f"\n{one.id}" if runs else one.id, Tone.STRONG), Run(f": {one.label}")]
    if equals:
        runs.append(Run(f"\nthe same as {_names(ranking, equals)}"))
    return Cell(tuple(runs))


def _heads(ranking: Order) -> tuple[Column, ...]:
    heads = columns(incomparable="Incomparable with", unknown="Not known how it stands to")
    if ranking.has_unranked:
        heads = (Column("aside", "Covers, beside the order"), *heads)
    return heads


def _weights(ranking: Order) -> tuple[int, ...]:
    return (5, 5, 4) if ranking.has_unranked else (5, 4)


def _stands(ranking: Order, one: Position) -> Iterator[Cell]:
    if ranking.has_unranked:
        yield cell(_names(ranking, one.unranked))
    yield cell(_names(ranking, tuple(one.related(Relation.INCOMPARABLE))), Tone.INCOMPARABLE)
    yield cell(_names(ranking, tuple(one.related(Relation.UNKNOWN))), Tone.UNKNOWN)


def _names(ranking: Order, numbers: Sequence[int], most: int = MOST_NAMED) -> str:
    if len(numbers) > most:
        return f"{len(numbers):,} provisions"
    return ", ".join(ranking.provisions[number].provision.id for number in numbers)


def _apart(ranking: Order) -> Table:
    body = tuple(
        (_provisions(ranking, [number]), *_stands(ranking, ranking.positions[number]))
        for number in ranking.isolated
    )
    heads = (*columns(provisions="Provision"), *_heads(ranking))
    return Table(_APART, heads, body, weights=(9, *_weights(ranking)))


def _not_known(ranking: Order) -> Table:
    body = tuple(
        (
            _provisions(ranking, [number]),
            cell(_why(ranking, ranking.provisions[number]), Tone.UNKNOWN),
        )
        for number in ranking.unknown
    )
    return Table(_UNKNOWN, columns(provisions="Provision", why="What is not known"), body)


def _why(ranking: Order, one: Classification) -> str:
    """Say what of a provision is not known in the dimensions of an order."""
    held = [(each, one.dimensions[each.id]) for each in ranking.dimensions]
    unknown = [each for each, known in held if known.basis is Basis.UNKNOWN]
    in_part = [
        each
        for each, known in held
        if each not in unknown and any(limb.values is None for limb in known.limbs)
    ]
    said = [f"its {in_words(unknown)}"] if unknown else []
    said += [f"in part its {in_words(in_part)}"] if in_part else []
    return "; ".join(said) or "what would decide it, of it or of the others"


def _diagram(ranking: Order) -> Diagram:
    name = namer(ranking.provisions)

    def names(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(name(ranking.provisions[number].provision) for number in numbers)

    groups = [(level, group) for level, held in enumerate(ranking.levels, 1) for group in held]
    first = {group[0]: place for place, (_, group) in enumerate(groups)}
    return Diagram(
        boxes=tuple(Box(names(group), level) for level, group in groups),
        lines=tuple(
            (first[number], first[other])
            for number in first
            for other in ranking.positions[number].next_below
            if other in first
        ),
        row="level",
        line="covers",
        reading=_over(ranking)
        + _PICTURE
        + (_NO_LINE_BUT_ASIDE if ranking.has_unranked else _NO_LINE),
        lists=tuple(
            NameList(heading, names(numbers), tone)
            for heading, numbers, tone in (
                (_APART, ranking.isolated, Tone.INCOMPARABLE),
                (_UNKNOWN, ranking.unknown, Tone.UNKNOWN),
            )
            if numbers
        ),
    )


def _flat(ranking: Order) -> Table:
    """Return a row for each pair of which one is broader or both are the same."""
    values = []
    for number, one in enumerate(ranking.positions):
        for related in (Relation.SAME, Relation.BROADER):
            for other in one.related(related):
                if related is Relation.SAME and other < number:
                    continue
                pair = [ranking.provisions[each].provision.id for each in (number, other)]
                place = (
                    "next" if other in one.next_below else "beside" if other in one.unranked else ""
                )
                levels = [str(ranking.positions[each].level or "") for each in (number, other)]
                values.append([*pair, str(related), *levels, place])
    keys = "left right relation left_level right_level place"
    return flat_table(_TITLE, keys, values)


def _output(corpus: Corpus, ranking: Order) -> OrderOutput:
    ids = [classification.provision.id for classification in ranking.provisions]

    def named(numbers: Iterable[int]) -> list[str]:
        return [ids[number] for number in numbers]

    def standings() -> Iterator[StandingRecord]:
        for number, standing in enumerate(ranking.positions):
            provision = ranking.provisions[number].provision
            yield StandingRecord(
                id=provision.id,
                jurisdiction=provision.jurisdiction.name,
                citation=provision.citation,
                level=standing.level or None,
                next=named(standing.next_below),
                beside=named(standing.unranked),
                same=named(standing.related(Relation.SAME)),
                broader=named(standing.related(Relation.BROADER)),
                narrower=named(standing.related(Relation.NARROWER)),
                incomparable=named(standing.related(Relation.INCOMPARABLE)),
                unknown=named(standing.related(Relation.UNKNOWN)),
            )

    return OrderOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        dimensions=[dimension.id for dimension in ranking.dimensions],
        levels=[[named(group) for group in groups] for groups in ranking.levels],
        apart=named(ranking.isolated),
        unknown=named(ranking.unknown),
        provisions=stream(standings),
    )
