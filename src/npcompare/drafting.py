"""The commands for who drafts: `align`, `clause`, `order` and `nearest`. Parse, call, write."""

from __future__ import annotations

from typing import Annotated

import typer

from npcompare import completion
from npcompare.options import CollectionName, CorpusFolder, Day, Force, FormatName, Ids, Output
from npcompare.running import classified, give, load


def _classes(dimension: str) -> typer.models.OptionInfo:
    """Return the option of a dimension: its classes, with commas between."""
    option: typer.models.OptionInfo = typer.Option(
        f"--{dimension}",
        metavar="CLASSES",
        help=f"Classes of {dimension}, with commas between; see `npcompare codebook {dimension}`.",
        show_default=False,
        autocompletion=completion.classes(dimension),
    )
    return option


def align(
    context: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="BASE OTHER...",
            help="Two or more ids or paths of YAML files; the first is the base.",
            autocompletion=completion.ids,
        ),
    ],
    base: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The base text, if not the first.",
            show_default=False,
            autocompletion=completion.ids,
        ),
    ] = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Set the words of provisions side by side, phrase by phrase, to see how others say this.

    Examples: npcompare align coe-26 asean-14-7 ohchr-principle-7;
    npcompare align my-bill.yaml kenya --base kenya -o beside.docx
    """
    from npcompare.views.alignment import alignment

    held = load(context, corpus, as_of=as_of)
    every = held.select(ids)
    chosen = held.find(base) if base else every[0]
    give(alignment(held, chosen, every), name, output, force=force)


def clause(
    context: typer.Context,
    ids: Ids = None,
    scope: Annotated[str | None, _classes("scope")] = None,
    threshold: Annotated[str | None, _classes("threshold")] = None,
    stage: Annotated[str | None, _classes("stage")] = None,
    persons: Annotated[str | None, _classes("persons")] = None,
    relief: Annotated[str | None, _classes("relief")] = None,
    liability: Annotated[str | None, _classes("liability")] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="A class of any dimension: force=mandatory.",
            show_default=False,
            autocompletion=completion.conditions,
        ),
    ] = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show the wordings held for what a clause is to do, each with the provisions it stands in.

    Examples: npcompare clause --threshold causation --scope any_offence;
    npcompare clause --stage prosecution,records --where force=mandatory
    """
    from npcompare import clause as engine
    from npcompare.views import clauses

    held = load(context, corpus, collection, as_of)
    classes = {
        "scope": scope,
        "threshold": threshold,
        "stage": stage,
        "persons": persons,
        "relief": relief,
        "liability": liability,
    }
    asked = engine.asked(held.codebook, classes, where or ())
    found = engine.wordings(held.codebook, asked, classified(held, ids))
    give(clauses.clause(held, found), name, output, force=force)


By = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Dimensions, with commas between; scope, threshold, stage and persons if none.",
        show_default=False,
        autocompletion=completion.dimensions,
    ),
]


def order(
    context: typer.Context,
    ids: Ids = None,
    by: By = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Order provisions by how far they protect; the incomparable and the unknown stand apart.

    Examples: npcompare order; npcompare order my-bill.yaml kenya coe-26 --by scope,threshold;
    npcompare order --collection all -o order.svg
    """
    from npcompare import order as engine
    from npcompare.views import order as views

    held = load(context, corpus, collection, as_of)
    over = engine.dimensions(held.codebook, by)
    found = engine.order(held.codebook, over, classified(held, ids))
    give(views.order(held, found), name, output, force=force)


def nearest(
    context: typer.Context,
    one: Annotated[
        str,
        typer.Argument(
            metavar="ID|FILE",
            help="A provision, or the file of your own bill.",
            autocompletion=completion.ids,
        ),
    ],
    by: By = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many to show.")] = 5,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Find the provisions nearest to one, or to your own bill, and what differs.

    Examples: npcompare nearest kenya; npcompare nearest my-bill.yaml --collection all --limit 3;
    npcompare nearest coe-26 --by threshold,relief,force
    """
    from npcompare import order as engine
    from npcompare.views import order as views

    held = load(context, corpus, collection, as_of)
    over = engine.dimensions(held.codebook, by)
    (own,) = classified(held, [one])
    found = engine.nearest(held.codebook, over, own, classified(held, None))
    give(views.nearest(held, own, over, found, limit), name, output, force=force)
