"""The commands that compare provisions: diff, gaps, order, nearest, align and clause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.options import (
    Against,
    CollectionName,
    CorpusFolder,
    Day,
    Force,
    FormatName,
    Ids,
    Output,
    SomeIds,
)
from npcompare.cli.output import classified, give, load, named
from npcompare.errors import ExitCode

if TYPE_CHECKING:
    from npcompare.law.benchmark import Benchmark
    from npcompare.model.results import Classification


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


BaseAndOthers = Annotated[
    list[str],
    typer.Argument(
        metavar="BASE OTHER...",
        help="Two or more ids or paths of YAML files; the first is compared with the others.",
        autocompletion=completion.ids,
    ),
]


def diff(
    context: typer.Context,
    ids: BaseAndOthers,
    text: Annotated[
        bool, typer.Option("--text", help="Add the words of the law, compared word by word.")
    ] = False,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Leave out what is the same.")
    ] = False,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 unless all are the same overall.")
    ] = False,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Compare provisions: which protects further, in each dimension and overall.

    Examples: npcompare diff kenya jamaica; npcompare diff my-bill.yaml kenya coe-26 --text;
    npcompare diff belgium@2020-01-01 belgium@2026-06-01
    """
    from npcompare.analysis.comparison import compare
    from npcompare.model.results import Relation
    from npcompare.reports import comparison_report

    if len(ids) < 2:
        raise typer.BadParameter("name two provisions or more", param_hint="BASE OTHER...")
    held = load(context, corpus, as_of=as_of)
    base, *others = classified(held, ids)
    results = [compare(held.codebook, base, other) for other in others]
    if text:
        from npcompare.wording.redline import redlines
    changes = redlines(results) if text else None
    document = comparison_report.comparisons(
        held, results, changes, only_differences=only_differences
    )
    give(document, name, output, force=force)
    if use_exit_code and any(one.overall is not Relation.SAME for one in results):
        raise typer.Exit(ExitCode.FOUND)


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
    from npcompare.reports.alignment_report import alignment

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
    from npcompare.analysis import precedents as engine
    from npcompare.reports import precedent_report

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
    found = engine.wordings(held.codebook, asked, classified(held, named(held, ids, collection)))
    give(precedent_report.clause(held, found), name, output, force=force)


By = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Dimensions, with commas between; scope, threshold, stage and persons if none.",
        show_default=False,
        autocompletion=completion.several_dimensions,
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
    from npcompare.analysis import breadth_order as engine
    from npcompare.reports import order_report as views

    held = load(context, corpus, collection, as_of)
    over = held.codebook.chosen(by)
    found = engine.order(held.codebook, over, classified(held, named(held, ids, collection)))
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
    from npcompare.analysis import nearest as engine
    from npcompare.reports import nearest_report as views

    held = load(context, corpus, collection, as_of)
    over = held.codebook.chosen(by)
    (own,) = classified(held, [one])
    found = engine.nearest(held.codebook, over, own, classified(held, None))
    give(views.nearest(held, own, over, found, limit), name, output, force=force)


def gaps(
    context: typer.Context,
    ids: SomeIds,
    against: Against = None,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if any element is open.")
    ] = False,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Hold provisions against a benchmark, element by element: what is met, what is open.

    Examples: npcompare gaps my-bill.yaml; npcompare gaps my-bill.yaml --against coe-26
    """
    from npcompare.analysis.gaps import assess
    from npcompare.law.benchmark import benchmark, secretariat
    from npcompare.reports import gap_report as views

    held = load(context, corpus, as_of=as_of)
    book = held.codebook
    target: Benchmark | Classification = secretariat(book)
    if against is not None:
        target = benchmark(book, Path(against)) or classified(held, [against])[0]
    results = [(one, assess(book, one, target)) for one in classified(held, ids)]
    give(views.gaps(held, target, results), name, output, force=force)
    if use_exit_code and any(
        assessment.is_gap for _, assessments in results for assessment in assessments
    ):
        raise typer.Exit(ExitCode.FOUND)
