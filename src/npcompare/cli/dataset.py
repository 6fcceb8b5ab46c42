"""The commands that publish and compare data: release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import CorpusOptions
from npcompare.cli.output import print_message
from npcompare.text import counted

ReleaseFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder to write.", show_default=False)
]
ReplaceRelease = Annotated[
    bool, typer.Option("--force", help="Replace the release that is in the folder.")
]

ReleasedCollection = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="One collection alone, such as paper. By default, all of them.",
        show_default=False,
        autocompletion=completion.collections,
    ),
]


def release(
    corpus_options: CorpusOptions,
    folder: ReleaseFolder,
    collection: ReleasedCollection = None,
    force: ReplaceRelease = False,
) -> None:
    """Write a corpus as a dataset: tables that other programs open.

    The folder has CSV files with a description of each column, and a row for each class that a
    provision has, with the words or the source behind it. What is not known is a row, too. All
    tables are also in a SQLite file and, with the package pyarrow, as Parquet. The same corpus
    gives the same bytes.

    Examples:
      npcompare release paper-1.0 --collection paper
      npcompare release paper-1.0 --collection paper --force
    """
    from npcompare.dataset.folder import check_replaceable, write_folder
    from npcompare.dataset.release import notes_on_missing_files, release_contents, release_of
    from npcompare.law.corpus import ALL_COLLECTIONS

    check_replaceable(folder, force=force)
    data = release_of(corpus_options.load(), collection or ALL_COLLECTIONS)
    count = write_folder(release_contents(data), folder, force=force)
    provisions = counted(len(data.tables["provisions"].rows), "provision")
    print_message(f"wrote {counted(count, 'file')} with {provisions} to {folder}")
    for note in notes_on_missing_files():
        print_message(note)
