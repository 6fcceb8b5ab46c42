"""The commands that compare provisions: diff, gaps, order, nearest, align and clause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import (
    CollectionOptions,
    DatedOptions,
    OutputOptions,
    TextOptions,
)
from npcompare.cli.options import Detail, Dimensions, Ids
from npcompare.errors import ExitCode, NpcompareError
from npcompare.readers.endings import is_text_path

if TYPE_CHECKING:
    from npcompare.law.benchmark import Benchmark
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification


BaseAndOthers = Annotated[
    list[str],
    typer.Argument(
        metavar="BASE OTHER...",
        help="Two or more provisions, or documents. The first is compared with each of the others.",
        autocompletion=completion.ids,
    ),
]


def diff(
    corpus_options: DatedOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: BaseAndOthers,
    text: Annotated[
        bool, typer.Option("--text", help="Add the texts of the law, compared word by word.")
    ] = False,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Leave out the dimensions that are the same.")
    ] = False,
    detail: Detail = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 unless all are the same overall.")
    ] = False,
) -> None:
    """Compare provisions: which protects further, in each dimension.

    `npcompare compare` is the same command.

    Examples:
      npcompare diff kenya jamaica
      npcompare diff "Clause 12.docx" kenya coe-26 --text
      npcompare diff belgium@2020-01-01 belgium@2026-12-01
    """
    from npcompare.analysis.classification import classify
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.analysis.comparison import compare
    from npcompare.model.results import Relation
    from npcompare.reports.comparison_report import comparisons

    if len(ids) < 2:
        raise NpcompareError("one provision cannot be compared", "name at least two provisions")
    corpus = text_options.reading(corpus_options.load(), ids)
    base, *classifications = (classify(corpus.codebook, each) for each in corpus.select(ids))
    results = [compare(corpus.codebook, base, classification) for classification in classifications]
    if text:
        from npcompare.wording.redline import redlines
    changes = redlines(results) if text else None
    document = comparisons(
        corpus, results, changes, only_differences=only_differences, detail=detail
    )
    output_options.write_results(document, ClassifiedCorpus(corpus, ids))
    if exit_code and any(result.overall is not Relation.SAME for result in results):
        raise typer.Exit(ExitCode.FOUND)


Against = Annotated[
    str | None,
    typer.Option(
        metavar="ID|FILE",
        help="A provision or a benchmark file, instead of the benchmark of the Secretariat.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]

Assessed = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[IDS...]",
        help="Provisions, such as the file of your bill, coded or in Word; or use --collection.",
        autocompletion=completion.ids,
    ),
]
DetailsOfMany = Annotated[
    bool,
    typer.Option(
        "--detail", help="Show on the screen, too, the details of more than four provisions."
    ),
]


def gaps(
    corpus_options: CollectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Assessed = None,
    against: Against = None,
    detail: DetailsOfMany = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if any element is not met.")
    ] = False,
) -> None:
    """Check provisions against a benchmark, element by element.

    The result says which elements are met and which are open, with the words behind each answer.
    More than four provisions begin with an overview: a row for each, with totals.

    Examples:
      npcompare gaps my-bill.yaml
      npcompare gaps "Clause 12.docx" --section "12(1)"
      npcompare gaps my-bill.yaml --against coe-26
      npcompare gaps --collection all -o gaps.docx
    """
    from npcompare.analysis.gaps import assess
    from npcompare.reports import gap_report

    if not ids and not corpus_options.collection:
        raise NpcompareError(
            "no provision is named", "name provisions, or a collection with --collection"
        )
    corpus = text_options.reading(corpus_options.load(), [*(ids or ()), against])
    book = corpus.codebook
    target = _target(corpus, against)
    named = corpus_options.select(corpus, ids)
    results = [
        (classification, assess(book, classification, target, corpus.profiles))
        for classification in named
    ]
    is_for_screen = output_options.output is None and output_options.format().name == "terminal"
    document = gap_report.gaps(corpus, target, results, with_details=detail or not is_for_screen)
    output_options.write_results(document, named)
    if exit_code and any(
        assessment.is_gap for _, assessments in results for assessment in assessments
    ):
        raise typer.Exit(ExitCode.FOUND)


def _target(corpus: Corpus, against: str | None) -> Benchmark | Classification:
    """Return what provisions are assessed against: the one named, or the bundled benchmark."""
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.law.benchmark import benchmark, secretariat

    if against is None:
        return secretariat(corpus.codebook)
    target = None if is_text_path(against) else benchmark(corpus.codebook, Path(against))
    return target or next(iter(ClassifiedCorpus(corpus, [against])))


Across = Annotated[
    bool, typer.Option("--across", help="Include provisions of every effect, side by side.")
]


def order(
    corpus_options: CollectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
    by: Dimensions = None,
    across: Across = False,
) -> None:
    """Order provisions from the broadest to the narrowest.

    Laws and bills are ranked together; obligations, recommendations and models each have a table of
    their own. Provisions that cannot be compared with any other are listed separately, and so are
    those of which too little is known.

    Examples:
      npcompare order
      npcompare order my-bill.yaml kenya coe-26 --by scope,threshold
      npcompare order --collection all -o order.html
      npcompare order kenya coe-26 jamaica --across
    """
    from npcompare.analysis import breadth_order
    from npcompare.reports import order_report

    corpus = text_options.reading(corpus_options.load(), ids or ())
    dimensions = corpus.codebook.chosen(by)
    results = corpus_options.select(corpus, ids)
    classifications = list(results)
    # Without effects in the codebook, none is known to be like another; nor is that of a text.
    if across or corpus.proposed or not corpus.codebook.effects:
        ranking = breadth_order.order(corpus.codebook, dimensions, classifications)
        orders = breadth_order.Orders(dimensions, (ranking,))
    else:
        orders = breadth_order.orders_by_effect(corpus.codebook, dimensions, classifications)
    output_options.write_results(order_report.order(corpus, orders), results)


def nearest(
    corpus_options: CollectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    provision: Annotated[
        str,
        typer.Argument(
            metavar="ID|FILE",
            help="A provision, such as the file of your bill, coded or in Word.",
            autocompletion=completion.ids,
        ),
    ],
    by: Dimensions = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many to show.")] = 5,
    across: Across = False,
) -> None:
    """Find the provisions that are most similar to one provision.

    Only provisions of like effect are considered: laws and bills, obligations, recommendations, or
    models. The dimensions in which they differ are shown.

    Examples:
      npcompare nearest kenya
      npcompare nearest my-bill.yaml --collection all --limit 3
      npcompare nearest coe-26 --by threshold,relief,force
    """
    from npcompare.analysis import nearest as engine
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.reports import nearest_report

    corpus = text_options.reading(corpus_options.load(), [provision])
    dimensions = corpus.codebook.chosen(by)
    results = ClassifiedCorpus(corpus, [provision], with_collection=True)
    base, *classifications = results
    across = across or base.provision.is_proposed or not corpus.codebook.effects
    neighbours = engine.nearest(corpus.codebook, dimensions, base, classifications, across=across)
    document = nearest_report.nearest(corpus, neighbours, limit)
    output_options.write_results(document, results)


def align(
    corpus_options: DatedOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="BASE OTHER...",
            help="Two or more provisions, or one in several languages. The others are aligned with "
            "the first.",
            autocompletion=completion.ids,
        ),
    ],
    base: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The provision to align the others with, if it is not the first.",
            show_default=False,
            autocompletion=completion.ids,
        ),
    ] = None,
) -> None:
    """Show provisions side by side, aligned phrase by phrase.

    One provision in several languages is shown with its versions side by side.

    Examples:
      npcompare align coe-26 asean-14-7 ohchr-principle-7
      npcompare align my-bill.yaml kenya --base kenya -o beside.docx
    """
    from npcompare.analysis.annex_content import collation
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.model.language_versions import versions_apart
    from npcompare.reports.alignment_report import alignment

    corpus = text_options.reading(corpus_options.load(), [*ids, base])
    named = ClassifiedCorpus(corpus, ids)
    provisions = named.named
    if len(provisions) == 1 and not base and provisions[0].language_versions:
        provisions = versions_apart(provisions[0])
    base_provision = corpus.find(base) if base else provisions[0]
    texts = collation(base_provision, provisions)
    document = alignment(corpus, texts, [base_provision, *provisions])
    output_options.write_results(document, named)


def _classes(dimension: str) -> typer.models.OptionInfo:
    """Return the option that takes classes of a dimension."""
    option: typer.models.OptionInfo = typer.Option(
        f"--{dimension}",
        metavar="CLASSES",
        help=f"Classes of {dimension}, separated by commas; see `npcompare codebook {dimension}`.",
        show_default=False,
        autocompletion=completion.classes(dimension),
    )
    return option


ClauseConditions = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        help="A class of any dimension, such as force=mandatory, or a fact: region=africa.",
        show_default=False,
        autocompletion=completion.conditions,
    ),
]
Effects = Annotated[
    str,
    typer.Option(
        "--effect",
        metavar="EFFECTS",
        help="The effects of the provisions, or any. Bills count as operative.",
        autocompletion=completion.effects,
    ),
]


def clause(
    corpus_options: CollectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
    scope: Annotated[str | None, _classes("scope")] = None,
    threshold: Annotated[str | None, _classes("threshold")] = None,
    stage: Annotated[str | None, _classes("stage")] = None,
    persons: Annotated[str | None, _classes("persons")] = None,
    relief: Annotated[str | None, _classes("relief")] = None,
    liability: Annotated[str | None, _classes("liability")] = None,
    conditions: ClauseConditions = None,
    effect: Effects = "operative",
) -> None:
    """Find the wording that laws use for a given purpose.

    Name the classes that the clause should have. Only words of the provisions are shown, and only
    of provisions with the effect that the clause is to have.

    Examples:
      npcompare clause --threshold causation --scope any_offence
      npcompare clause --stage prosecution,records --where force=mandatory
      npcompare clause --threshold causation --effect any
    """
    from npcompare.analysis import precedents
    from npcompare.reports import precedent_report

    corpus = text_options.reading(corpus_options.load(), ids or ())
    corpus = corpus_options.in_collections(corpus, conditions or ())
    classes = {
        "scope": scope,
        "threshold": threshold,
        "stage": stage,
        "persons": persons,
        "relief": relief,
        "liability": liability,
    }
    request = precedents.clause_request(corpus, classes, conditions or (), effect)
    # A row with less detail may have the words of the law that the fuller one lacks.
    results = corpus_options.select(corpus, ids, with_superseded=True)
    wordings = precedents.find_wordings(corpus.codebook, request, results)
    document = precedent_report.clause(corpus, wordings)
    output_options.write_results(document, results)
