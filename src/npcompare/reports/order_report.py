"""The report of `order`: provisions by how far they protect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

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
    Effect,
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

_TITLE = "Order of protective breadth"
_NOT_RANKED = "Not ranked: neither broader nor narrower than any other"
_UNKNOWN = "Unknown: not enough is known to compare these with any other"

#: A provision may cover more than this; then those next below it are counted, not named.
_MOST_BELOW = 24

_READING = (
    "A provision is placed above another if it is shown to cover it, that is, if it protects "
    "further wherever the two differ. Provisions at level 1 have no other above them; any other "
    "provision is one level below the lowest provision above it. Provisions that are the same "
    "share a row. A higher level does not by itself mean that a provision covers one at a lower "
    "level: it does so only if steps from one provision to the next below lead from the first to "
    "the second."
)
_PICTURE = (
    "A line leads down from provisions to those that they cover, that is, those beyond which they "
    "protect wherever the two differ. Provisions that are the same share a box. If no line, and no "
    "path down along lines, connects two provisions, "
)
_BESIDE = (
    "“Also covers” lists provisions that are narrower than, or the same as, the provision in the "
    "row, although they cover others that it is not shown to cover. In these dimensions one "
    "provision may cover a second, and the second a third, although the first does not cover the "
    "third, because two provisions are compared only where both apply. This does not occur when "
    "scope, threshold, stage and persons are taken together."
)
_NO_LINE = "neither is shown to cover the other."
_NO_LINE_BUT_BESIDE = (
    "neither is placed above the other; some nevertheless cover others, as the table shows."
)
_SOME_UNKNOWN = (
    "Unknown relations are not drawn and are counted neither as the same nor as incomparable, "
    "since they could prove to be either."
)


class StandingRecord(ProvisionRecord, frozen=True):
    """A provision with its effect, its level and its relation to every other."""

    effect: Effect
    level: Annotated[
        Ordinal | None,
        Meta(description="1 is the widest protection; null if the provision is not ranked."),
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


class OrderOutput(CorpusOutput, frozen=True, tag=urn("order")):
    """The output of `order`."""

    dimensions: Annotated[Ids, Meta(description="The dimensions compared, taken together.")]
    levels: Annotated[
        list[Annotated[list[Ids], Meta(min_length=1)]],
        Meta(description="The levels, the widest first; provisions that are the same together."),
    ]
    not_ranked: Annotated[
        list[str],
        Meta(description="Provisions that are neither broader nor narrower than any other."),
    ] = field(name="apart")
    unknown: Annotated[
        list[str], Meta(description="Provisions whose relation to every other is unknown.")
    ]
    provisions: Annotated[list[StandingRecord], Meta(min_length=2)]


def order(corpus: Corpus, ranking: Order) -> Document:
    """Return the levels, the provisions not ranked, and the unknown; as data, every relation."""
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
        yield _not_ranked(ranking)
    if ranking.unknown:
        yield _not_known(ranking)


def _levels(ranking: Order) -> Table:
    body = []
    for level, groups in enumerate(ranking.levels, 1):
        for group in groups:
            for numbers in _alike(ranking, group):
                position = ranking.positions[numbers[0]]
                equals = [number for number in group if number not in numbers]
                row = (
                    cell(str(level), Tone.STRONG),
                    _provisions(ranking, numbers, equals),
                    cell(_ids(ranking, position.next_below, _MOST_BELOW)),
                    *_relation_cells(ranking, position),
                )
                body.append(row)
    diagram = _diagram(ranking)
    return Table(
        "From the broadest protection to the narrowest",
        (
            *columns(level="Level", provisions="Provisions", below="Next below"),
            *_relation_headings(ranking),
        ),
        tuple(body),
        tuple(_remarks(ranking, diagram)),
        weights=(2, 9, 5, *_relation_weights(ranking)),
        figure=diagram,
    )


def _remarks(ranking: Order, diagram: Diagram) -> Iterator[str]:
    yield _dimensions(ranking) + _READING
    if ranking.has_unranked:
        yield _BESIDE
    if any(position.relations[Relation.UNKNOWN] for position in ranking.positions):
        yield _SOME_UNKNOWN
    if any(
        position.relations[relation].bit_count() > MOST_NAMED
        for position in ranking.positions
        for relation in Relation
    ):
        yield f"Where there are more than {MOST_NAMED} provisions, only their number is given."
    if not diagram.is_readable:
        yield (
            "The picture is left out because it would be too large to read. Name fewer provisions "
            "to include it."
        )


def _dimensions(ranking: Order) -> str:
    names = in_words(ranking.dimensions)
    if len(ranking.dimensions) > 1:
        return f"Dimensions compared, taken together: {names}. "
    return f"Dimension compared: {names}. "


def _alike(ranking: Order, group: Sequence[int]) -> list[list[int]]:
    """Return equal provisions grouped by their relations to all others, which may differ."""
    groups: dict[tuple[object, ...], list[int]] = {}
    members = sum(1 << number for number in group)
    for number in group:
        position = ranking.positions[number]
        relations = (position.unranked, *(mask & ~members for mask in position.relations.values()))
        groups.setdefault(relations, []).append(number)
    return list(groups.values())


def _provisions(ranking: Order, numbers: Iterable[int], equals: Sequence[int] = ()) -> Cell:
    runs: list[Run] = []
    for number in numbers:
        provision = ranking.provisions[number].provision
        start = "\n" if runs else ""
        runs += [Run(f"{start}{provision.id}", Tone.STRONG), Run(f": {provision.label}")]
    if equals:
        runs.append(Run(f"\nthe same as {_ids(ranking, equals)}"))
    return Cell(tuple(runs))


def _relation_headings(ranking: Order) -> tuple[Column, ...]:
    headings = columns(incomparable="Incomparable with", unknown="Unknown relation to")
    return (Column("aside", "Also covers"), *headings) if ranking.has_unranked else headings


def _relation_weights(ranking: Order) -> tuple[int, ...]:
    return (5, 5, 4) if ranking.has_unranked else (5, 4)


def _relation_cells(ranking: Order, position: Position) -> Iterator[Cell]:
    if ranking.has_unranked:
        yield cell(_ids(ranking, position.unranked))
    incomparable = tuple(position.related(Relation.INCOMPARABLE))
    yield cell(_ids(ranking, incomparable), Tone.INCOMPARABLE)
    unknown = tuple(position.related(Relation.UNKNOWN))
    yield cell(_ids(ranking, unknown), Tone.UNKNOWN)


def _ids(ranking: Order, numbers: Sequence[int], limit: int = MOST_NAMED) -> str:
    if len(numbers) > limit:
        return f"{len(numbers):,} provisions"
    return ", ".join(ranking.provisions[number].provision.id for number in numbers)


def _not_ranked(ranking: Order) -> Table:
    body = tuple(
        (
            _provisions(ranking, [number]),
            *_relation_cells(ranking, ranking.positions[number]),
        )
        for number in ranking.isolated
    )
    headings = (*columns(provisions="Provision"), *_relation_headings(ranking))
    return Table(_NOT_RANKED, headings, body, weights=(9, *_relation_weights(ranking)))


def _not_known(ranking: Order) -> Table:
    body = tuple(
        (
            _provisions(ranking, [number]),
            cell(_missing(ranking, ranking.provisions[number]), Tone.UNKNOWN),
        )
        for number in ranking.unknown
    )
    return Table(_UNKNOWN, columns(provisions="Provision", why="What is not known"), body)


def _missing(ranking: Order, classification: Classification) -> str:
    """Return what is not known of a provision in the dimensions compared."""
    unknown, partly_unknown = [], []
    for dimension in ranking.dimensions:
        classified = classification.dimensions[dimension.id]
        if classified.basis is Basis.UNKNOWN:
            unknown.append(dimension)
        elif any(limb.values is None for limb in classified.limbs):
            partly_unknown.append(dimension)
    parts = [in_words(unknown)] if unknown else []
    parts += [f"part of {in_words(partly_unknown)}"] if partly_unknown else []
    return "; ".join(parts) or "details, of this provision or of the others, that would decide it"


def _diagram(ranking: Order) -> Diagram:
    name = namer(ranking.provisions)

    def names(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(name(ranking.provisions[number].provision) for number in numbers)

    boxes = [(level, group) for level, groups in enumerate(ranking.levels, 1) for group in groups]
    box_of = {group[0]: place for place, (_, group) in enumerate(boxes)}
    no_line = _NO_LINE_BUT_BESIDE if ranking.has_unranked else _NO_LINE
    return Diagram(
        boxes=tuple(Box(names(group), level) for level, group in boxes),
        lines=tuple(
            (box_of[upper], box_of[lower])
            for upper in box_of
            for lower in ranking.positions[upper].next_below
            if lower in box_of
        ),
        row="level",
        line="covers",
        reading=_dimensions(ranking) + _PICTURE + no_line,
        lists=tuple(
            NameList(heading, names(numbers), tone)
            for heading, numbers, tone in (
                (_NOT_RANKED, ranking.isolated, Tone.INCOMPARABLE),
                (_UNKNOWN, ranking.unknown, Tone.UNKNOWN),
            )
            if numbers
        ),
    )


def _flat(ranking: Order) -> Table:
    """Return a row for each pair in which one is broader or both are the same."""
    ids = [classification.provision.id for classification in ranking.provisions]
    levels = [str(position.level or "") for position in ranking.positions]
    values = []
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
                values.append([*pair, place])
    return flat_table(_TITLE, "left right relation left_level right_level place", values)


def _output(corpus: Corpus, ranking: Order) -> OrderOutput:
    ids = [classification.provision.id for classification in ranking.provisions]

    def named(numbers: Iterable[int]) -> list[str]:
        return [ids[number] for number in numbers]

    def positions() -> Iterator[StandingRecord]:
        for number, position in enumerate(ranking.positions):
            classification = ranking.provisions[number]
            provision = classification.provision
            yield StandingRecord(
                id=provision.id,
                jurisdiction=provision.jurisdiction.name,
                citation=provision.citation,
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

    return OrderOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        dimensions=[dimension.id for dimension in ranking.dimensions],
        levels=[[named(group) for group in groups] for groups in ranking.levels],
        not_ranked=named(ranking.isolated),
        unknown=named(ranking.unknown),
        provisions=stream(positions),
    )
