"""The provisions nearest to one, to documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, Column, Run, Table, Tone, flat_table
from npcompare.model.results import Relation
from npcompare.reports import json_output
from npcompare.reports.cells import MOST_NAMED, Cells, finished, in_words, namer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.nearest import Near
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_ONE_SIDED = (Relation.BROADER, Relation.NARROWER)


def nearest(
    corpus: Corpus,
    one: Classification,
    over: Sequence[Dimension],
    found: Sequence[Near],
    limit: int,
) -> Document:
    """Return the nearest to a provision, with how it stands to each in every dimension."""
    known = [near for near in found if near.is_known]
    shown = known[:limit]
    unknown = [near.provision.provision.id for near in found if not near.is_known]
    cells = Cells(corpus)
    name = namer([one, *(near.provision for near in found)])
    own = one.provision
    head = (
        Cell((Run(own.id, Tone.STRONG), Run(f"\n{name(own)}"))),
        *(cells.classes(own, one.dimensions[each.id]) for each in over),
    )
    body = [_near(cells, own.id, near, over, name) for near in shown]
    title = f"The nearest to {name(own)}"
    table = Table(
        title,
        (Column("id", "Provision"), *(Column(each.id, each.label) for each in over)),
        (head, *body),
        tuple(_said(own.id, over, len(shown), len(known), unknown)),
        cells.notes.listed(),
    )
    data = json_output.envelope(
        "nearest",
        corpus=json_output.corpus_of(corpus),
        provision=own.id,
        dimensions=[each.id for each in over],
        nearest=[_near_data(one, near) for near in shown],
        others=len(known) - len(shown),
        unknown=unknown,
    )
    return finished(corpus, title, [table], _nearest_flat(one, over, shown), data)


def _nearest_flat(one: Classification, over: Sequence[Dimension], shown: Sequence[Near]) -> Table:
    values = [
        [
            *(str(place), near.provision.provision.id, each.id),
            str(near.relations[each.id]),
            "; ".join(one.dimensions[each.id].values),
            str(one.dimensions[each.id].basis),
            "; ".join(near.provision.dimensions[each.id].values),
            str(near.provision.dimensions[each.id].basis),
        ]
        for place, near in enumerate(shown, 1)
        for each in over
    ]
    keys = "place id dimension relation left_values left_basis right_values right_basis"
    return flat_table("The nearest", keys, values)


def _near(
    cells: Cells,
    own: str,
    near: Near,
    over: Sequence[Dimension],
    name: Callable[[Provision], str],
) -> tuple[Cell, ...]:
    other = near.provision.provision
    counts = [f"the same in {near.same} of {len(over)}"]
    counts += [f"different in {near.different}"] if near.different else []
    counts += [f"not known in {near.unknown}"] if near.unknown else []
    first = Cell((Run(other.id, Tone.STRONG), Run(f"\n{name(other)}\n{', '.join(counts)}")))
    found = [first]
    for each in over:
        related = near.relations[each.id]
        classes = cells.classes(other, near.provision.dimensions[each.id])
        said = f"{own} is {related}" if related in _ONE_SIDED else str(related)
        found.append(Cell((Run(f"{said}:\n", Tone(related)), *classes.runs)))
    return tuple(found)


def _said(
    name: str, over: Sequence[Dimension], shown: int, known: int, unknown: Sequence[str]
) -> Iterator[str]:
    many = f"most of {in_words(over)}" if len(over) > 1 else in_words(over)
    yield (
        f"Nearest first: those that are the same in {many}; of these, those that are known to "
        "differ in fewest; then by id. What is not known counts as neither near nor far."
    )
    yield f"Broader means that {name} protects further, narrower that the other does."
    if known > shown:
        yield f"{shown} of {known} are shown; --limit shows more."
    if unknown:
        names = f": {', '.join(unknown)}" if len(unknown) <= MOST_NAMED else ""
        yield f"Not known in any of these dimensions, and left out, {len(unknown)}{names}."


def _near_data(one: Classification, near: Near) -> json_output.Record:
    other = near.provision
    return {
        "id": other.provision.id,
        "jurisdiction": other.provision.jurisdiction.name,
        "citation": other.provision.citation,
        "same": near.same,
        "different": near.different,
        "unknown": near.unknown,
        "dimensions": {
            name: {
                "relation": related,
                "left": list(one.dimensions[name].values),
                "left_basis": one.dimensions[name].basis,
                "right": list(other.dimensions[name].values),
                "right_basis": other.dimensions[name].basis,
            }
            for name, related in near.relations.items()
        },
    }
