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
    from collections.abc import Sequence

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.document import Document, FiledAnnex

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
) -> None:
    """Make an annex table for Word, Excel, PDF or the web.

    The ending of the file name chooses the format.

    Examples:
      npcompare export -o annex.docx --number "Annex II"
      npcompare export kenya jamaica coe-26 --layout side-by-side -o three.docx
      npcompare export --where effect=operative -o national.docx
    """
    from npcompare.reports import annex_layouts, annex_recipe

    earlier = _earlier_annex(template, track_changes_from, output_options)
    results = corpus_options.select(text_options.reading(corpus_options.load(), ids or ()), ids)
    wish = annex_recipe.Wish(
        layout=layout,
        columns=_columns(columns, layout, earlier),
        group_by=group_by,
        sort=sort,
        title=title,
        number=number,
        template=str(template or ""),
        collection="" if ids else results.corpus.collection,
        as_of=results.corpus.as_of,
        names=corpus_options.name_style or "",
        where=tuple(corpus_options.where or ()),
        detail=detail,
    )
    document = annex_layouts.export(results.corpus, list(results), wish, _remarks(results))
    output_options.write(_tracked(document, earlier, corpus_options, ids))
    _point_to_fuller_rows(results)


def _earlier_annex(
    template: Path | None, path: Path | None, output_options: OutputOptions
) -> FiledAnnex | None:
    """Return the earlier annex, if there is one; refuse it and a template without a Word file."""
    _require_word_file(template, path, output_options)
    if path is None:
        return None
    from npcompare.formats import registry

    return registry.read(path)


def _columns(columns: str | None, layout: str, earlier: FiledAnnex | None) -> tuple[str, ...]:
    """Return the columns chosen, or those of an earlier annex in the same layout."""
    if columns:
        return tuple(dict.fromkeys(name.strip() for name in columns.split(",")))
    if earlier is None:
        return ()
    from npcompare.reports import annex_recipe

    _, wish = annex_recipe.asked(earlier.recipe)
    return wish.columns if wish.layout == layout else ()


def _remarks(results: ClassifiedCorpus) -> tuple[str, ...]:
    """Return the remarks below the annex."""
    from npcompare.reports.law_of_the_day import remarks_on_law

    return remarks_on_law(results, with_labels=True)


def _point_to_fuller_rows(results: ClassifiedCorpus) -> None:
    """Print where the provisions that were named have fuller ones."""
    from npcompare.reports.law_of_the_day import remarks_on_named

    for remark in remarks_on_named(results):
        print_message(remark)


def _tracked(
    document: Document,
    earlier: FiledAnnex | None,
    corpus_options: SelectionOptions,
    ids: Sequence[str] | None,
) -> Document:
    """Return a document with its changes since an earlier annex, if there is one."""
    if earlier is None:
        return document
    from npcompare.reports import annex_revisions

    is_requested = bool(ids or corpus_options.collection or corpus_options.where)
    return annex_revisions.tracked(document, earlier, is_requested=is_requested)


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
