"""The commands that make an annex table and check a filed one: export and verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.annex_options import AnnexOptions, EarlierOptions, Number, Title
from npcompare.cli.option_groups import (
    LanguageOptions,
    OutputOptions,
    SelectionOptions,
    TextOptions,
)
from npcompare.cli.options import Ids
from npcompare.cli.output import print_message
from npcompare.errors import ExitCode, NpcompareError
from npcompare.messages import current, using

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.document import Document, FiledAnnex
    from npcompare.law.corpus import Corpus


def export(
    annex_options: AnnexOptions,
    earlier_options: EarlierOptions,
    corpus_options: SelectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
) -> None:
    """Make an annex table for Word, Excel, PDF or the web.

    The ending of the file name chooses the format. A file that ends in .qdpx is no annex, but has
    texts with their coded words for programs for qualitative data analysis.

    Examples:
      npcompare export -o annex.docx --number "Annex II"
      npcompare export kenya jamaica coe-26 --layout side-by-side -o three.docx
      npcompare export --where effect=operative -o national.docx
    """
    from npcompare.reports import annex_layouts

    if write := output_options.exchange_writer("export"):
        annex_options.require_none()
        earlier_options.require_none()
        corpus = corpus_options.load()
        results = corpus_options.select(text_options.reading(corpus, ids or ()), ids)
        write(results.corpus, [result.provision for result in results])
        return
    earlier = earlier_options.read(output_options, annex_options.own_columns or ())
    annex_options.check(output_options)
    corpus = corpus_options.load()
    earlier.require_language()
    results, matches = corpus_options.selection(text_options.reading(corpus, ids or ()), ids)
    wish = annex_options.wish(results.corpus, corpus_options, earlier, is_named=bool(ids))
    remarks = _remarks(results)
    document = annex_layouts.export(
        results.corpus, list(results), wish, remarks, earlier.with_words, matches=matches
    )
    is_requested = bool(ids or corpus_options.collection or corpus_options.where)
    tracked = earlier.tracked(document, wish, is_requested=is_requested)
    output_options.write(annex_options.dated(tracked))
    _print_remarks(earlier.remarks(document), results)


FigureName = Annotated[
    str,
    typer.Argument(metavar="NAME", help="The figure to draw.", autocompletion=completion.figures),
]


def figure(
    corpus_options: SelectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    name: FigureName,
    ids: Ids = None,
    title: Title = "",
    number: Number = "",
) -> None:
    """Draw a figure of provisions, with its table.

    An .svg file has the figure alone; a Word file, a page or a PDF has the table too. Without -o,
    the table is shown.

    These figures can be drawn:
      gaps      what provisions do of what the background paper asks
      matrix    the classes of scope, threshold, stage and force
      heat-map  the classes of all dimensions, with how far they reach
      stages    how far provisions reach, from arrest to the criminal record
      counts    how many provisions have each class, a dot for each
      profile   two to four provisions, dimension by dimension
      order     from the broadest provision to the narrowest
      map       the threshold of provisions, with a tile for each State
      overlap   which stages and thresholds provisions have together
      timeline  when provisions of each threshold were adopted

    Examples:
      npcompare figure gaps -o figure.docx
      npcompare figure matrix kenya jamaica coe-26 -o figure.svg
      npcompare figure order --where effect=operative -o figure.html
    """
    from npcompare.reports import figures

    output_options.check()
    corpus = text_options.reading(corpus_options.load(), ids or ())
    results, matches = corpus_options.selection(corpus, ids, must_match=True)
    document = figures.figure(corpus, name, list(results), _remarks(results), matches)
    is_headed = bool(title or number)
    title = title or document.title
    output_options.write(document.replace(title=title, number=number, is_headed=is_headed))
    _print_remarks((), results)


def _remarks(results: ClassifiedCorpus) -> tuple[str, ...]:
    """Return the remarks below the annex, whose readers know no ids."""
    from npcompare.reports.law_of_the_day import remarks_on_results

    return remarks_on_results(results, has_ids=False)


def _print_remarks(sentences: Iterable[str], results: ClassifiedCorpus) -> None:
    """Print sentences, and where the provisions named have fuller ones, with how to use them."""
    from npcompare.reports.law_of_the_day import hints_on_named, remarks_on_named

    for sentence in (*sentences, *remarks_on_named(results), *hints_on_named(results)):
        print_message(sentence)


def verify(
    corpus_options: LanguageOptions,
    output_options: OutputOptions,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A .docx, .json or .xlsx file that `npcompare export` wrote."
        ),
    ],
    bills: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[BILLS]...",
            help="The files of bills in the annex that have changed and are in another folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check whether an annex still matches the current provisions.

    Every cell and note that has changed since is listed, and the exit code is then 1. What you
    wrote in a column of your own is not checked. An annex is checked in its own language;
    --language is that of the list.

    Examples:
      npcompare verify annex.docx
      npcompare verify annex.docx ../bills/my-bill.yaml
    """
    from npcompare.cli.annex_files import read_annex, reread
    from npcompare.reports import annex_recipe, annex_verification

    corpus = corpus_options.load_english()
    filed = read_annex(path)
    annex_recipe.require_confirmed(filed.recipe, str(path))
    with using(annex_recipe.catalogue_of_annex(filed.recipe, corpus)):
        corpus, document, missing = _made_again(corpus, filed, path, bills or ())
        made_again = reread(document, path)
    document = annex_verification.verification(corpus, filed, made_again, missing)
    output_options.write(document)
    if document.tables[0].rows:
        raise typer.Exit(ExitCode.FOUND)


def _made_again(
    corpus: Corpus, filed: FiledAnnex, path: Path, bills: Sequence[Path]
) -> tuple[Corpus, Document, list[str]]:
    """Return an annex as it would be now, its corpus, and the provisions that are not found.

    It is made in the language in use.
    """
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.analysis.queries import selected_collections
    from npcompare.reports import annex_layouts, annex_recipe, bill_files

    ids, wish = annex_recipe.asked(filed.recipe)
    corpus = corpus.in_language(current())
    corpus = corpus.named(wish.names or "file", wish.display_names)
    corpus = corpus.with_text_language(wish.text_language)
    corpus = corpus.restricted(wish.collection, wish.as_of)
    corpus = corpus.selecting(selected_collections(corpus, wish.where))
    if wish.collection:
        return corpus, annex_layouts.export(corpus, list(ClassifiedCorpus(corpus)), wish), []
    located = bill_files.located(filed.recipe, ids, bills)
    if not any(located):
        raise NpcompareError(
            f"the bills in {path} have changed or are in another folder: {', '.join(ids)}",
            "add the paths of their files to the command, after that of the annex",
        )
    names = corpus.known_names([*filter(None, located)])
    places = dict(zip(ids, located, strict=True))
    recorded_names = annex_recipe.named(filed.recipe)
    missing = [name for name in recorded_names if places.get(name) not in names]
    document = annex_layouts.export(corpus, list(ClassifiedCorpus(corpus, names)), wish)
    return corpus, document, missing
