"""The command that brings files of an earlier version into the form of today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli.leading_options import CorpusFolder
from npcompare.cli.option_groups import OptionGroup
from npcompare.cli.output import print_message, print_problems, print_result
from npcompare.errors import ExitCode, exit_code, refusals
from npcompare.shell import command
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.coding.migration import ChangedFile, Migration


class CodebookOptions(OptionGroup, frozen=True, kw_only=True):
    """The corpus whose codebook applies."""

    corpus: CorpusFolder = None


def migrate(
    codebook_options: CodebookOptions,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Files, or the folders of corpora. By default, the corpus.",
            show_default=False,
        ),
    ] = None,
    is_to_write: Annotated[
        bool, typer.Option("--write", help="Change the files; otherwise only show what changes.")
    ] = False,
    read_again: Annotated[
        bool,
        typer.Option("--read-again", help="List codings of codebook 1 to read again, always."),
    ] = False,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if a file has to be changed.")
    ] = False,
) -> None:
    """Bring files of an earlier version into the form of today.

    Shows what would change, line by line, and writes nothing without --write. Only words that have
    a new name or a field of their own are changed; comments and layout are kept. What a person
    must decide is listed.

    Examples:
      npcompare migrate my-bill.yaml
      npcompare migrate my-bill.yaml --write
    """
    from npcompare.coding.migration import migration, write

    corpus = codebook_options.corpus
    migrated = migration(corpus, paths or [], read_again=read_again, is_written=is_to_write)
    if is_to_write:
        write(migrated.changes)
        for change in migrated.changes:
            print_message(f"changed {change.path}")
    else:
        print_result("".join(_difference(migrated.changes)))
    print_problems(migrated.problems)
    _print_summary(migrated, paths or [corpus or Path()], corpus, is_written=is_to_write)
    differs = ExitCode.FOUND if use_exit_code and migrated.changes else ExitCode.FINE
    raise typer.Exit(max(exit_code(migrated.problems), differs))


def _difference(changes: Sequence[ChangedFile]) -> Iterator[str]:
    """Yield the lines of a unified difference, which `git apply` reads, too."""
    from difflib import unified_diff

    from npcompare.files import show_path
    from npcompare.text import visible

    for change in changes:
        before, after = (
            content.decode("utf-8-sig").splitlines(keepends=True)
            for content in (change.before, change.after)
        )
        path = visible(show_path(change.path), keep_lines=False)
        for line in unified_diff(before, after, f"a/{path}", f"b/{path}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _print_summary(
    migrated: Migration, paths: Sequence[Path], corpus: Path | None, *, is_written: bool
) -> None:
    """Print what was done, what is left to do, and the next command."""
    files = counted(migrated.checked, "file")
    open_count = len(refusals(migrated.problems))
    warning_count = len(migrated.problems) - open_count
    if not migrated.changes and not migrated.problems:
        print_message(f"{files} checked: nothing to migrate from 0.1.0 or 0.2.0")
        return
    count = len(migrated.changes)
    verb = "changed" if is_written else "to change"
    parts = [f"{count} of {files} {verb}"]
    parts += [f"{counted(open_count, 'word')} to move by hand"] if open_count else []
    parts += [f"{counted(warning_count, 'coding')} to read again"] if warning_count else []
    print_message("; ".join(parts))
    options = ("--corpus", corpus) if corpus else ()
    if count and not is_written:
        next_command = command("npcompare", "migrate", *paths, *options, "--write")
        print_message(f"to change them: {next_command}")
    elif not migrated.has_benchmark:
        print_message(f"next: {command('npcompare', 'validate', *paths, *options)}")
