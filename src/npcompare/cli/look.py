"""The commands that show a corpus: list, show, classify, stats, proof and codebook."""

from __future__ import annotations

from typing import Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.options import CollectionName, CorpusFolder, Day, Force, FormatName, Ids, Output
from npcompare.cli.output import classified, give, load, named, results


def list_(
    context: typer.Context,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="Only those with a class (threshold=duress) or without (stage!=records).",
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
    """List the provisions of the corpus, or those that meet conditions.

    Examples: npcompare list --collection all;
    npcompare list --where threshold=duress --where stage!=records
    """
    held = load(context, corpus, collection, as_of)
    if where:
        from npcompare.analysis import queries as engine
        from npcompare.reports import query_report

        conditions = [engine.condition(held.codebook, one) for one in where]
        found = engine.where(conditions, results(held, None))
        document = query_report.matching(held, conditions, found)
    else:
        from npcompare.reports import provision_report

        document = provision_report.listing(held, held.provisions())
    give(document, name, output, force=force)


def show(
    context: typer.Context,
    ids: Ids = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Mark each coded phrase in the words of the law.")
    ] = False,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show provisions: what they are, their words, and how they are coded.

    Examples: npcompare show gambia; npcompare show gambia --evidence
    """
    if evidence:
        from npcompare.reports.evidence_report import evidence as shown
    else:
        from npcompare.reports.provision_report import details as shown

    held = load(context, corpus, collection, as_of)
    give(shown(held, held.select(named(held, ids, collection))), name, output, force=force)


def classify(
    context: typer.Context,
    ids: Ids = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIMENSION",
            help="Group by the classes of a dimension: scope, threshold, stage ...",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="For each class, the rule, the limb, the words and the paragraph."
        ),
    ] = False,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Classify provisions by scope, threshold and stage.

    Examples: npcompare classify; npcompare classify --by threshold;
    npcompare classify qatar --explain
    """
    from npcompare.reports import classification_report

    held = load(context, corpus, collection, as_of)
    if by is not None and explain:
        raise typer.BadParameter("--by and --explain do not go together")
    wanted = named(held, ids, collection)
    if by is not None:
        document = classification_report.typology(
            held, classified(held, wanted), held.codebook.dimension(by)
        )
    elif explain:
        document = classification_report.explanation(held, classified(held, wanted))
    else:
        document = classification_report.classification(held, results(held, wanted))
    give(document, name, output, force=force)


def stats(
    context: typer.Context,
    dimensions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DIMENSION [DIMENSION]]",
            help="One dimension, or two to be crossed; scope, threshold and stage if none.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Count the provisions of each class; the silent and the unknown are counted too.

    Example: npcompare stats threshold stage --collection all
    """
    from npcompare.reports import query_report

    held = load(context, corpus, collection, as_of)
    book = held.codebook
    wanted = [book.dimension(one) for one in dimensions or ()]
    if len(wanted) > 2:
        raise typer.BadParameter("name two dimensions at most", param_hint="DIMENSION")
    results = classified(held, None)
    every = wanted or book.core
    give(query_report.statistics(held, results, every), name, output, force=force)


def proof(
    context: typer.Context,
    ids: Ids = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Count what the cells rest on: quoted words, a source, silence, or nothing that is known.

    Example: npcompare proof --collection all
    """
    from npcompare.reports import query_report

    held = load(context, corpus, collection, as_of)
    results = classified(held, named(held, ids, collection))
    give(query_report.proof(held, results), name, output, force=force)


def codebook(
    context: typer.Context,
    dimension: Annotated[
        str | None,
        typer.Argument(
            help="One dimension, such as threshold; all if none.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    schema: Annotated[
        bool,
        typer.Option("--schema", help="Print the JSON Schema of a provision in these words."),
    ] = False,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show the dimensions, their classes, the rules and the paragraph each rests on.

    Example: npcompare codebook threshold
    """
    from npcompare.reports import codebook_report as views

    if schema and dimension:
        raise typer.BadParameter("--schema is of all dimensions", param_hint="DIMENSION")
    held = load(context, corpus)
    if schema:
        document = views.provision_schema(held)
        give(document, name or "json", output, force=force)
        return
    book = held.codebook
    wanted = [book.dimension(dimension)] if dimension else list(book.dimensions.values())
    give(views.codebook(held, wanted), name, output, force=force)
