"""The report of `nearest`: the provisions nearest to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from npcompare.document import Cell, Column, Run, Table, Tone, columns, flat_table
from npcompare.messages import enumerated, message, plural
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.provision import Basis
from npcompare.model.results import Relation
from npcompare.reports.cells import MOST_NAMED, Cells, finished, id_and_name, in_words, namer
from npcompare.reports.effect_words import provisions_of
from npcompare.reports.proposed_coding import marks_of, remarks_on_effects
from npcompare.reports.records import (
    TOOL,
    CorpusOutput,
    Count,
    Effect,
    Hedge,
    ProvisionRecord,
    Record,
    corpus_record,
    naming,
    urn,
)
from npcompare.reports.relation_words import READING, parties, reach
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.nearest import Near, Neighbours
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


class RelationRecord(Record, frozen=True):
    """Two provisions in one dimension; the relation is that of the left to the right."""

    relation: Annotated[
        Relation, Meta(description="The relation of the provision asked about to this one.")
    ]
    hedge: Hedge
    left: list[str]
    left_basis: Basis
    right: list[str]
    right_basis: Basis


class NearRecord(ProvisionRecord, frozen=True):
    """A provision near to the one asked about, with the number of dimensions for each answer."""

    effect: Effect
    same: Annotated[Count, Meta(description="Dimensions in which the two are the same.")]
    different: Annotated[Count, Meta(description="Dimensions in which they are known to differ.")]
    unknown: Annotated[Count, Meta(description="Dimensions in which the relation is unknown.")]
    dimensions: Annotated[dict[str, RelationRecord], Meta(min_length=1)]


class NearestOutput(CorpusOutput, frozen=True, tag=urn("nearest")):
    """The output of `nearest`."""

    provision: Annotated[str, Meta(description="The provision asked about.")]
    dimensions: Annotated[list[str], Meta(min_length=1)]
    effects: Annotated[
        list[str],
        Meta(description="The effects of the provisions considered; empty with --across, for all."),
    ]
    nearest: Annotated[list[NearRecord], Meta(description="The nearest first.")]
    omitted: Annotated[Count, Meta(description="Provisions not shown because of the limit.")] = (
        field(name="others")
    )
    unknown: Annotated[
        list[str],
        Meta(description="Provisions left out because every relation to them is unknown."),
    ]


def nearest(corpus: Corpus, neighbours: Neighbours, limit: int) -> Document:
    """Return the provisions nearest to one, with the relation to each in every dimension."""
    target, dimensions = neighbours.target, neighbours.dimensions
    near_known = [near for near in neighbours.near if near.is_known]
    top = near_known[:limit]
    cells = Cells(corpus)
    name = namer([target, *(near.provision for near in neighbours.near)])
    unknown = [near.provision.provision for near in neighbours.near if not near.is_known]
    provision = target.provision
    first_row = (
        Cell(id_and_name(cells, provision, name, "\n")),
        *(cells.classes(provision, target.dimensions[dimension.id]) for dimension in dimensions),
    )
    body = [_row(cells, provision, near, dimensions, name) for near in top]
    title = message("Provisions nearest to {provision}", provision=in_sentence(name(provision)))
    table = Table(
        title,
        (
            *columns(id="Provision"),
            *(Column(dimension.id, dimension.label) for dimension in dimensions),
        ),
        (first_row, *body),
        (
            *remarks_on_effects((provision,)),
            *_effects(corpus, neighbours.effects),
            message(READING),
            *_remarks(dimensions, len(top), len(near_known), [name(each) for each in unknown]),
        ),
        cells.notes.listed(),
    )
    output = NearestOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        provision=provision.id,
        dimensions=[dimension.id for dimension in dimensions],
        effects=list(neighbours.effects),
        nearest=[_record(target, near) for near in top],
        omitted=len(near_known) - len(top),
        unknown=[each.id for each in unknown],
    )
    return finished(corpus, title, [table], _flat(target, dimensions, top), output)


def _flat(target: Classification, dimensions: Sequence[Dimension], top: Sequence[Near]) -> Table:
    values = [
        [
            *(str(place), near.provision.provision.id, dimension.id),
            str(near.relations[dimension.id]),
            "; ".join(target.dimensions[dimension.id].values),
            str(target.dimensions[dimension.id].basis),
            "; ".join(near.provision.dimensions[dimension.id].values),
            str(near.provision.dimensions[dimension.id].basis),
        ]
        for place, near in enumerate(top, 1)
        for dimension in dimensions
    ]
    keys = "place id dimension relation left_values[] left_basis right_values[] right_basis"
    return flat_table("Nearest provisions", keys, values)


def _row(
    cells: Cells,
    target: Provision,
    near: Near,
    dimensions: Sequence[Dimension],
    name: Callable[[Provision], str],
) -> tuple[Cell, ...]:
    provision = near.provision.provision
    counts = [message("the same in {count} of {all}", count=near.same, all=len(dimensions))]
    counts += [message("different in {count}", count=near.different)] if near.different else []
    counts += [message("unknown in {count}", count=near.unknown)] if near.unknown else []
    # Where both are of one jurisdiction, only the place in the law distinguishes them.
    names = parties(target, provision, first=name(target), second=name(provision))
    named = id_and_name(cells, provision, name, "\n")
    row = [Cell((*named, Run(f"\n{enumerated(counts)}")))]
    for dimension in dimensions:
        relation = near.relations[dimension.id]
        classes = cells.classes(provision, near.provision.dimensions[dimension.id])
        words = capitalized(reach(relation, near.hedges.get(dimension.id, ""), names))
        marks = marks_of(target) if relation is not Relation.UNKNOWN else ()
        row.append(Cell((*classes.runs, Run("\n"), Run(words, Tone.ASIDE, marks))))
    return tuple(row)


def _effects(corpus: Corpus, effects: Sequence[str]) -> Iterator[str]:
    """Yield which provisions are considered, if not those of every effect."""
    if effects:
        provisions = provisions_of(corpus.codebook, effects)
        yield message(
            "Only provisions of like effect are considered: {provisions}.", provisions=provisions
        )


def _remarks(
    dimensions: Sequence[Dimension],
    top_count: int,
    known_count: int,
    unknown: Sequence[str],
) -> Iterator[str]:
    yield message(
        "Dimensions compared: {dimensions}. The provisions that are the same in the largest "
        "number of dimensions come first; among these, those known to differ in the smallest "
        "number, and then by short name. Unknown relations are not counted.",
        dimensions=in_words(dimensions),
    )
    if known_count > top_count:
        yield message(
            "Only the nearest {top} of {all} provisions are shown.", top=top_count, all=known_count
        )
    if unknown and len(unknown) <= MOST_NAMED:
        yield plural(
            "Left out because nothing is known in any of these dimensions ({count} provision): "
            "{names}.",
            "Left out because nothing is known in any of these dimensions ({count} provisions): "
            "{names}.",
            len(unknown),
            names=enumerated(unknown, is_strong=True),
        )
    elif unknown:
        yield plural(
            "Left out because nothing is known in any of these dimensions ({count} provision).",
            "Left out because nothing is known in any of these dimensions ({count} provisions).",
            len(unknown),
        )


def _record(target: Classification, near: Near) -> NearRecord:
    return NearRecord(
        **naming(near.provision.provision),
        effect=near.provision.effect,
        same=near.same,
        different=near.different,
        unknown=near.unknown,
        dimensions={
            name: RelationRecord(
                relation=relation,
                hedge=near.hedges.get(name),
                left=list(target.dimensions[name].values),
                left_basis=target.dimensions[name].basis,
                right=list(near.provision.dimensions[name].values),
                right_basis=near.provision.dimensions[name].basis,
            )
            for name, relation in near.relations.items()
        },
    )
