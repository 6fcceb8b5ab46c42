"""The commands that publish and compare data: release and changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import (
    CorpusOptions,
    LanguageOptions,
    OutputOptions,
    use_language,
)
from npcompare.cli.output import print_message
from npcompare.errors import ExitCode, NpcompareError
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.analysis.edition_changes import EditionChanges
    from npcompare.analysis.editions import Edition

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
    from npcompare.dataset.corpus_rows import references_left_out
    from npcompare.dataset.folder import check_replaceable, write_folder
    from npcompare.dataset.release import notes_on_missing_files, release_contents, release_of
    from npcompare.law.corpus import ALL_COLLECTIONS

    check_replaceable(folder, force=force)
    data = release_of(corpus_options.load(), collection or ALL_COLLECTIONS)
    count = write_folder(release_contents(data), folder, force=force)
    provisions = counted(len(data.tables["provisions"].rows), "provision")
    print_message(f"wrote {counted(count, 'file')} with {provisions} to {folder}")
    if left_out := references_left_out(data.corpus):
        references = counted(left_out, "reference")
        print_message(f"{references} to provisions of other collections left out")
    for note in notes_on_missing_files(data.corpus):
        print_message(note)


OlderEdition = Annotated[
    Path,
    typer.Argument(metavar="OLD", help="The folder of a release, or of a corpus."),
]
NewerEdition = Annotated[
    Path | None,
    typer.Argument(
        metavar="[NEW]",
        help="Another one. By default, the corpus as it is now.",
        show_default=False,
    ),
]


def changes(
    language_options: LanguageOptions,
    output_options: OutputOptions,
    old: OlderEdition,
    new: NewerEdition = None,
    whats_new: Annotated[
        bool,
        typer.Option("--whats-new", help="Write sentences for readers instead of tables."),
    ] = False,
    relations: Annotated[
        bool,
        typer.Option("--relations", help="List each pair whose relation differs, also on screen."),
    ] = False,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if anything has changed.")
    ] = False,
) -> None:
    """Show what changed in law between two releases, cell by cell.

    Each change has how it was and how it is, with the words and the sources behind it. What differs
    only because the codebook has changed has tables of its own.

    Examples:
      npcompare changes first second
      npcompare changes first second --whats-new -o WHATS-NEW.md
      npcompare changes paper-1.0 paper-1.0 --exit-code
    """
    from npcompare.analysis.edition_changes import edition_changes
    from npcompare.law.folders import layout

    if whats_new:
        _check_prose(output_options)
    else:
        output_options.check()
    result = edition_changes(*_editions(language_options, old, new))
    folder, _ = layout(language_options.corpus)
    use_language(language_options.language, language_options.terms, folder)
    if whats_new:
        from npcompare.dataset.whats_new_text import whats_new_text

        output_options.write_content(whats_new_text(result))
    else:
        _write_tables(result, output_options, with_relations=relations)
    if use_exit_code and result.changes:
        raise typer.Exit(ExitCode.FOUND)


def _editions(options: LanguageOptions, old: Path, new: Path | None) -> tuple[Edition, Edition]:
    """Return the two editions; the newer one is the corpus in use if none is named."""
    from npcompare.dataset.edition_files import corpus_edition, edition_of
    from npcompare.files import show_path

    check_options = options.check_options()
    older = edition_of(old, check_options)
    if new is not None:
        return older, edition_of(new, check_options)
    corpus = CorpusOptions.load(options)
    corpus.require_provisions()
    name = show_path(options.corpus) if options.corpus else "the bundled corpus"
    return older, corpus_edition(corpus, name)


def _check_prose(options: OutputOptions) -> None:
    """Raise NpcompareError if sentences cannot be written as the options say."""
    from npcompare.files import check_writable

    if options.format_name not in (None, "markdown"):
        raise NpcompareError(
            f"--whats-new writes Markdown, not {options.format_name}",
            "leave out --format, or leave out --whats-new for tables",
        )
    if options.output is not None:
        check_writable(options.output, force=options.force)


def _write_tables(result: EditionChanges, options: OutputOptions, *, with_relations: bool) -> None:
    """Write changes as tables; on the screen, pairs of relations are listed on request only."""
    from npcompare.reports import changes_report

    is_for_screen = options.output is None and options.format_name is None
    with_relations = with_relations or not is_for_screen
    options.write(changes_report.changes(result, with_relations=with_relations))
