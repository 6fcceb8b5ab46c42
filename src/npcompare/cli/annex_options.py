"""The options of an annex: its layout, and the earlier files that it takes over from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import OptionGroup
from npcompare.cli.options import Detail
from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.cli.earlier_annex import EarlierFiles
    from npcompare.cli.option_groups import OutputOptions, SelectionOptions
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.reports.annex_recipe import Wish

Layout = Annotated[
    str,
    typer.Option(
        # Typer 0.27 takes a metavar that is the name in capitals for the name.
        "--layout",
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
        metavar="NAME",
        help="Make one table for each class of a dimension, or for each region or subregion.",
        show_default=False,
        autocompletion=completion.groups,
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
AnnexDate = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="DATE",
        help="The date of the file in its properties, such as 2026-11-30. None by default.",
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


class AnnexOptions(OptionGroup, frozen=True, kw_only=True):
    """What an annex looks like."""

    layout: Layout = "annex"
    columns: Columns = None
    group_by: GroupBy = ""
    sort: Sort = "name"
    title: Title = ""
    number: Number = ""
    template: Template = None
    detail: Detail = False
    own_columns: OwnColumns = None
    date: AnnexDate = None

    def dated(self, document: Document) -> Document:
        """Return a document with the date that is requested, if there is one.

        Raises NpcompareError if it is not a day.
        """
        if self.date is None:
            return document
        from npcompare.law.versions import valid_day

        return document.replace(date=valid_day(self.date))

    def require_none(self) -> None:
        """Raise NpcompareError if there is an option, for a file that is no annex."""
        _require_none(self, AnnexOptions())

    def check(self, output_options: OutputOptions) -> None:
        """Raise NpcompareError for a template without a Word file."""
        if self.template:
            _require_word_file("--template", output_options)

    def wish(
        self,
        corpus: Corpus,
        corpus_options: SelectionOptions,
        earlier: EarlierFiles,
        *,
        is_named: bool,
    ) -> Wish:
        """Return the options of the annex, with those that it takes over from the earlier one.

        Args:
            corpus: The corpus as it is read for the annex.
            corpus_options: How it is read.
            earlier: The earlier annex.
            is_named: Whether the provisions are named one by one.
        """
        from npcompare.reports.annex_recipe import EDITION, Wish

        return Wish(
            layout=self.layout,
            columns=earlier.columns(self.columns, self.layout),
            group_by=self.group_by,
            sort=self.sort,
            title=self.title or earlier.wish.title,
            number=self.number or earlier.wish.number,
            template=str(self.template or ""),
            collection="" if is_named else corpus.collection,
            as_of=corpus.as_of,
            names=corpus_options.name_style or "",
            text_language=corpus.naming.text_language,
            where=tuple(corpus_options.where or ()),
            detail=self.detail,
            texts=earlier.wish.texts if earlier.wish.layout == self.layout else "",
            edition=earlier.wish.edition if earlier.wish.layout == self.layout else EDITION,
            own_columns=earlier.own_columns(self.own_columns or ()),
        )


class EarlierOptions(OptionGroup, frozen=True, kw_only=True):
    """The earlier files of an annex."""

    track_changes_from: EarlierAnnex = None
    columns_from: EarlierWords = None

    def require_none(self) -> None:
        """Raise NpcompareError if there is an earlier file, for a file that is no annex."""
        _require_none(self, EarlierOptions())

    def read(self, output_options: OutputOptions, requested: Sequence[str]) -> EarlierFiles:
        """Return the earlier files.

        Raises NpcompareError if changes are to be tracked in another file than one of Word, and if
        words in a column of one's own would be overwritten.
        """
        from npcompare.cli.earlier_annex import EarlierFiles

        if self.track_changes_from:
            _require_word_file("--track-changes-from", output_options)
        earlier = EarlierFiles.read(self.track_changes_from, self.columns_from)
        earlier.check_overwritten(output_options, requested)
        return earlier


#: The options that are not called like their fields.
_NAMES_OF_OPTIONS = {"own_columns": "column"}


def _require_none(options: OptionGroup, defaults: OptionGroup) -> None:
    for name in options.__struct_fields__:
        if getattr(options, name) != getattr(defaults, name):
            option = f"--{_NAMES_OF_OPTIONS.get(name, name).replace('_', '-')}"
            raise NpcompareError(f"{option} is for annexes only", f"leave out {option}")


def _require_word_file(option: str, output_options: OutputOptions) -> None:
    if output_options.format().name != "docx":
        raise NpcompareError(f"{option} works only for a Word file", "add -o NAME.docx")
