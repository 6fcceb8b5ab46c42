"""The commands that make an annex table and check a filed one: export and verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import (
    CorpusOptions,
    OutputOptions,
    SelectionOptions,
    TextOptions,
)
from npcompare.cli.options import Detail, Ids
from npcompare.cli.output import print_message
from npcompare.errors import ExitCode, NpcompareError

if TYPE_CHECKING:
    from npcompare.analysis.classified_corpus import ClassifiedCorpus

Layout = Annotated[
    str,
    typer.Option(
        metavar="LAYOUT",
        help="annex, matrix, typology, side-by-side, gaps, redline or align.",
        autocompletion=completion.layouts,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Columns or dimensions, separated by commas: jurisdiction,scope,words.",
        show_default=False,
        autocompletion=completion.columns,
    ),
]
GroupBy = Annotated[
    str,
    typer.Option(
        metavar="DIMENSION",
        help="Make one table for each class of a dimension.",
        show_default=False,
        autocompletion=completion.dimensions,
    ),
]
Sort = Annotated[
    str,
    typer.Option(
        metavar="ORDER",
        help="The order of rows: name, date, class or given.",
        autocompletion=completion.orders,
    ),
]
Title = Annotated[
    str,
    typer.Option(metavar="TEXT", help="The title above the table.", show_default=False),
]
Number = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help='The number above the title, such as "Annex II".',
        show_default=False,
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A Word file of your organization, for its styles.",
        show_default=False,
    ),
]
EarlierAnnex = Annotated[
    Path | None,
    typer.Option(
        metavar="OLD.docx|OLD.json",
        help="An earlier annex. Changes since then become tracked changes in Word.",
        show_default=False,
    ),
]
OwnColumns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="HEADING",
        help="Add an empty column of your own, such as Remarks. What you write in it is kept.",
        show_default=False,
    ),
]
EarlierWords = Annotated[
    Path | None,
    typer.Option(
        metavar="OLD",
        help="Keep the words that an earlier annex has in columns of your own.",
        show_default=False,
    ),
]


def export(
    corpus_options: SelectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
    layout: Layout = "annex",
    columns: Columns = None,
    group_by: GroupBy = "",
    sort: Sort = "name",
    title: Title = "",
    number: Number = "",
    template: Template = None,
    detail: Detail = False,
    track_changes_from: EarlierAnnex = None,
    own_columns: OwnColumns = None,
    columns_from: EarlierWords = None,
) -> None:
    """Make an annex table for Word, Excel, PDF or the web.

    The ending of the file name chooses the format.

    Examples:
      npcompare export -o annex.docx --number "Annex II"
      npcompare export kenya jamaica coe-26 --layout side-by-side -o three.docx
      npcompare export --where effect=operative -o national.docx
    """
    from npcompare.cli.earlier_annex import EarlierFiles
    from npcompare.reports import annex_layouts, annex_recipe

    _require_word_file(template, track_changes_from, output_options)
    earlier = EarlierFiles.read(track_changes_from, columns_from)
    results = corpus_options.select(text_options.reading(corpus_options.load(), ids or ()), ids)
    wish = annex_recipe.Wish(
        layout=layout,
        columns=earlier.columns(columns, layout),
        group_by=group_by,
        sort=sort,
        title=title or earlier.wish.title,
        number=number or earlier.wish.number,
        template=str(template or ""),
        collection="" if ids else results.corpus.collection,
        as_of=results.corpus.as_of,
        names=corpus_options.name_style or "",
        where=tuple(corpus_options.where or ()),
        detail=detail,
        own_columns=earlier.own_columns(own_columns or ()),
    )
    earlier.check_overwritten(output_options)
    document = annex_layouts.export(
        results.corpus, list(results), wish, _remarks(results), earlier.with_words
    )
    is_requested = bool(ids or corpus_options.collection or corpus_options.where)
    output_options.write(
        earlier.tracked(document, is_requested=is_requested, keeps_words=not (title or number))
    )
    for sentence in earlier.remarks(document):
        print_message(sentence)
    _point_to_fuller_rows(results)


def _remarks(results: ClassifiedCorpus) -> tuple[str, ...]:
    """Return the remarks below the annex."""
    from npcompare.reports.law_of_the_day import remarks_on_law

    return remarks_on_law(results, with_labels=True)


def _point_to_fuller_rows(results: ClassifiedCorpus) -> None:
    """Print where the provisions that were named have fuller ones."""
    from npcompare.reports.law_of_the_day import remarks_on_named

    for remark in remarks_on_named(results):
        print_message(remark)


def _require_word_file(
    template: Path | None, earlier: Path | None, output_options: OutputOptions
) -> None:
    """Refuse --template and --track-changes-from if the annex is not a Word file."""
    if not (earlier or template) or output_options.format().name == "docx":
        return
    name = "--track-changes-from" if earlier else "--template"
    raise NpcompareError(f"{name} works only for a Word file", "add -o NAME.docx")


def verify(
    corpus_options: CorpusOptions,
    output_options: OutputOptions,
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A .docx or .json file that `npcompare export` wrote."),
    ],
) -> None:
    """Check whether an annex still matches the current provisions.

    Every cell and note that has changed since is listed, and the exit code is then 1.

    Example:
      npcompare verify annex.docx
    """
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.analysis.queries import selected_collections
    from npcompare.formats import registry
    from npcompare.reports import annex_layouts, annex_recipe, annex_verification

    filed = registry.read(path)
    annex_recipe.require_confirmed(filed.recipe, str(path))
    ids, wish = annex_recipe.asked(filed.recipe)
    corpus = corpus_options.load().named(wish.names or "file")
    corpus = corpus.restricted(wish.collection, wish.as_of)
    corpus = corpus.selecting(selected_collections(corpus, wish.where))
    names = None if wish.collection else corpus.known_names(ids)
    current = annex_layouts.export(corpus, list(ClassifiedCorpus(corpus, names or ())), wish)
    recorded_names = [] if names is None else annex_recipe.named(filed.recipe)
    missing = [name for name in recorded_names if name not in (names or ())]
    reread = registry.reread(current, path)
    document = annex_verification.verification(corpus, filed, reread, missing)
    output_options.write(document)
    if document.tables[0].rows:
        raise typer.Exit(ExitCode.FOUND)
