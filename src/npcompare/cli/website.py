"""The command that makes pages of a whole collection: site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from npcompare.cli.option_groups import OptionGroup, SelectionOptions, TextOptions
from npcompare.cli.options import Force, Ids, OutputPath
from npcompare.cli.output import print_message
from npcompare.errors import NpcompareError
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.analysis.queries import Matches
    from npcompare.atlas import Atlas

_SUFFIXES = (".html", ".htm")

Split = Annotated[
    Path | None,
    typer.Option(
        "--split",
        metavar="DIR",
        help="Write an index, and a page for each provision, into a folder.",
        show_default=False,
    ),
]
SiteTitle = Annotated[
    str, typer.Option("--title", metavar="TEXT", help="The title of the page.", show_default=False)
]
DetailClasses = Annotated[
    bool, typer.Option("--detail", help="Show the classes of the detail dimensions, too.")
]


class SiteOptions(OptionGroup, frozen=True, kw_only=True):
    """What is written, and where."""

    output: OutputPath = None
    split: Split = None
    force: Force = False
    title: SiteTitle = ""
    detail: DetailClasses = False

    def check(self) -> None:
        """Raise NpcompareError if it is not clear what to write, or if it may not be written."""
        from npcompare.files import check_writable

        if (self.output is None) == (self.split is None):
            message = "the page has no name" if self.output is None else "there are two places"
            hint = "add -o atlas.html, or --split atlas for a folder of pages"
            raise NpcompareError(message, hint)
        if self.output is None:
            return
        if self.output.suffix.lower() not in _SUFFIXES:
            raise NpcompareError(
                f'the name "{self.output.name}" is not that of a page',
                "choose a name that ends in .html",
            )
        check_writable(self.output, force=self.force)

    def write(self, atlas: Atlas) -> None:
        """Write the page, or the folder of pages."""
        from npcompare.files import create_folder, save
        from npcompare.formats import atlas_page

        if self.output is not None:
            save(atlas_page.write(atlas), self.output, force=self.force)
            print_message(f"wrote {self.output}")
        if self.split is not None:
            create_folder(dict(atlas_page.write_pages(atlas)), self.split, force=self.force)
            pages = counted(len(atlas.entries), "page")
            print_message(f"wrote {self.split / 'index.html'} and {pages} beside it")


def site(
    site_options: SiteOptions,
    corpus_options: SelectionOptions,
    text_options: TextOptions,
    ids: Ids = None,
) -> None:
    """Make a page for the web that shows a whole collection.

    The page has counts, a map, a timeline, a matrix, the text and the classes of each provision,
    and any two or three side by side. It works without the internet. By default, it has all
    collections.

    Examples:
      npcompare site -o atlas.html
      npcompare site --where effect=operative --title "National law" -o national.html
      npcompare site --split atlas
    """
    from npcompare.law.corpus import ALL_COLLECTIONS

    site_options.check()
    if not (ids or corpus_options.collection):
        corpus_options = replace(corpus_options, collection=ALL_COLLECTIONS)
    corpus = text_options.reading(corpus_options.load(), ids or ())
    results, matches = corpus_options.selection(corpus, ids, with_superseded=True, must_match=True)
    site_options.write(_atlas(results, matches, site_options))


def _atlas(results: ClassifiedCorpus, matches: Matches | None, options: SiteOptions) -> Atlas:
    """Return the provisions as pages show them."""
    from npcompare.reports.atlas_content import atlas
    from npcompare.reports.law_of_the_day import remarks_on_law, superseded_ids
    from npcompare.reports.selection_report import annex_remarks

    remarks = remarks_on_law(results, with_labels=True)
    if matches:
        remarks += annex_remarks(matches)
    return atlas(
        results.corpus,
        list(results),
        superseded_ids(results),
        remarks,
        title=options.title,
        detail=options.detail,
    )
