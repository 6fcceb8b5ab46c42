"""The order of protective breadth to documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import (
    Beside,
    Box,
    Cell,
    Column,
    Diagram,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
)
from npcompare.model.provision import Basis
from npcompare.model.results import Relation
from npcompare.reports import json_output
from npcompare.reports.cells import MOST_NAMED, finished, in_words, namer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.analysis.breadth_order import Order, Standing
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


def order(corpus: Corpus, found: Order) -> Document:
    """Return the levels, what stands apart, and what is not known; as data, every relation."""
    return finished(
        corpus,
        _TITLE,
        lambda: _tables(found),
        lambda: _flat(found),
        lambda: _order_data(corpus, found),
    )


def _tables(found: Order) -> Iterator[Table]:
    yield _levels(found)
    if found.apart:
        yield _apart(found)
    if found.unknown:
        yield _not_known(found)


def _levels(found: Order) -> Table:
    body = []
    for level, groups in enumerate(found.levels, 1):
        for group in groups:
            for alike in _alike(found, group):
                one = found.standings[alike[0]]
                others = [number for number in group if number not in alike]
                row = (
                    cell(str(level), Tone.STRONG),
                    _provisions(found, alike, others),
                    cell(_names(found, one.below, _BELOW)),
                    *_stands(found, one),
                )
                body.append(row)
    diagram = _diagram(found)
    heads = columns(level="Level", provisions="Provisions", below="Covers, next below")
    remarks = [_over(found) + _READING]
    if found.has_aside:
        remarks.append(_ASIDE)
    if any(one.related[Relation.UNKNOWN] for one in found.standings):
        remarks.append(_SOME_UNKNOWN)
    if any(
        one.related[each].bit_count() > MOST_NAMED for one in found.standings for each in Relation
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
        (*heads, *_heads(found)),
        tuple(body),
        tuple(remarks),
        weights=(2, 9, 5, *_weights(found)),
        diagram=diagram,
    )


def _over(found: Order) -> str:
    together = " taken together" if len(found.dimensions) > 1 else " alone"
    return f"Over {in_words(found.dimensions)}{together}. "


def _alike(found: Order, group: Sequence[int]) -> list[list[int]]:
    """Return equal provisions by how they stand to all others, which need not be one."""
    alike: dict[tuple[object, ...], list[int]] = {}
    own = sum(1 << number for number in group)
    for number in group:
        one = found.standings[number]
        stands = (one.aside, *(held & ~own for held in one.related.values()))
        alike.setdefault(stands, []).append(number)
    return list(alike.values())


def _provisions(found: Order, numbers: Iterable[int], equals: Sequence[int] = ()) -> Cell:
    runs: list[Run] = []
    for number in numbers:
        one = found.provisions[number].provision
        runs += [Run(f"\n{one.id}" if runs else one.id, Tone.STRONG), Run(f": {one.label}")]
    if equals:
        runs.append(Run(f"\nthe same as {_names(found, equals)}"))
    return Cell(tuple(runs))


def _heads(found: Order) -> tuple[Column, ...]:
    heads = columns(incomparable="Incomparable with", unknown="Not known how it stands to")
    if found.has_aside:
        heads = (Column("aside", "Covers, beside the order"), *heads)
    return heads


def _weights(found: Order) -> tuple[int, ...]:
    return (5, 5, 4) if found.has_aside else (5, 4)


def _stands(found: Order, one: Standing) -> Iterator[Cell]:
    if found.has_aside:
        yield cell(_names(found, one.aside))
    yield cell(_names(found, tuple(one.numbers(Relation.INCOMPARABLE))), Tone.INCOMPARABLE)
    yield cell(_names(found, tuple(one.numbers(Relation.UNKNOWN))), Tone.UNKNOWN)


def _names(found: Order, numbers: Sequence[int], most: int = MOST_NAMED) -> str:
    if len(numbers) > most:
        return f"{len(numbers):,} provisions"
    return ", ".join(found.provisions[number].provision.id for number in numbers)


def _apart(found: Order) -> Table:
    body = tuple(
        (_provisions(found, [number]), *_stands(found, found.standings[number]))
        for number in found.apart
    )
    heads = (*columns(provisions="Provision"), *_heads(found))
    return Table(_APART, heads, body, weights=(9, *_weights(found)))


def _not_known(found: Order) -> Table:
    body = tuple(
        (
            _provisions(found, [number]),
            cell(_why(found, found.provisions[number]), Tone.UNKNOWN),
        )
        for number in found.unknown
    )
    return Table(_UNKNOWN, columns(provisions="Provision", why="What is not known"), body)


def _why(found: Order, one: Classification) -> str:
    """Say what of a provision is not known in the dimensions of an order."""
    held = [(each, one.dimensions[each.id]) for each in found.dimensions]
    unknown = [each for each, known in held if known.basis is Basis.UNKNOWN]
    in_part = [
        each
        for each, known in held
        if each not in unknown and any(limb.values is None for limb in known.limbs)
    ]
    said = [f"its {in_words(unknown)}"] if unknown else []
    said += [f"in part its {in_words(in_part)}"] if in_part else []
    return "; ".join(said) or "what would decide it, of it or of the others"


def _diagram(found: Order) -> Diagram:
    name = namer(found.provisions)

    def names(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(name(found.provisions[number].provision) for number in numbers)

    groups = [(level, group) for level, held in enumerate(found.levels, 1) for group in held]
    first = {group[0]: place for place, (_, group) in enumerate(groups)}
    return Diagram(
        boxes=tuple(Box(names(group), level) for level, group in groups),
        lines=tuple(
            (first[number], first[other])
            for number in first
            for other in found.standings[number].below
            if other in first
        ),
        row="level",
        line="covers",
        reading=_over(found) + _PICTURE + (_NO_LINE_BUT_ASIDE if found.has_aside else _NO_LINE),
        apart=tuple(
            Beside(heading, names(numbers), tone)
            for heading, numbers, tone in (
                (_APART, found.apart, Tone.INCOMPARABLE),
                (_UNKNOWN, found.unknown, Tone.UNKNOWN),
            )
            if numbers
        ),
    )


def _flat(found: Order) -> Table:
    """Return a row for each pair of which one is broader or both are the same."""
    values = []
    for number, one in enumerate(found.standings):
        for related in (Relation.SAME, Relation.BROADER):
            for other in one.numbers(related):
                if related is Relation.SAME and other < number:
                    continue
                pair = [found.provisions[each].provision.id for each in (number, other)]
                place = "next" if other in one.below else "beside" if other in one.aside else ""
                levels = [str(found.standings[each].level or "") for each in (number, other)]
                values.append([*pair, str(related), *levels, place])
    keys = "left right relation left_level right_level place"
    return flat_table(_TITLE, keys, values)


def _order_data(corpus: Corpus, found: Order) -> json_output.Record:
    ids = [one.provision.id for one in found.provisions]

    def named(numbers: Iterable[int]) -> list[str]:
        return [ids[number] for number in numbers]

    return json_output.envelope(
        "order",
        corpus=json_output.corpus_of(corpus),
        dimensions=[one.id for one in found.dimensions],
        levels=[[named(group) for group in groups] for groups in found.levels],
        apart=named(found.apart),
        unknown=named(found.unknown),
        provisions=[
            {
                "id": ids[number],
                "jurisdiction": found.provisions[number].provision.jurisdiction.name,
                "citation": found.provisions[number].provision.citation,
                "level": one.level or None,
                "next": named(one.below),
                "beside": named(one.aside),
                **{str(related): named(one.numbers(related)) for related in Relation},
            }
            for number, one in enumerate(found.standings)
        ],
    )
