"""The command line: parse, call, write, exit. Nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from npcompare.errors import (
    ExitCode,
    NpcompareError,
    ProblemsError,
    counted,
    exit_code,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.corpus import Corpus
    from npcompare.errors import Problem
    from npcompare.table import Document

app = typer.Typer(
    name="npcompare",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[IDS]...",
        help="Ids, aliases, country codes or paths of YAML files; all of the corpus if none.",
        show_default=False,
    ),
]
CorpusFolder = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        metavar="DIR",
        envvar="NPCOMPARE_CORPUS",
        help="The folder of the corpus, instead of the bundled one.",
        show_default=False,
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="terminal, plain, markdown, csv or json; by default as the file's name ends.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that exists.")]


def _version(*, wanted: bool) -> None:
    if wanted:
        from npcompare import __version__

        typer.echo(f"npcompare {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    context: typer.Context,
    corpus: CorpusFolder = None,
    version: Annotated[  # noqa: ARG001 - the callback does its work
        bool,
        typer.Option("--version", callback=lambda value: _version(wanted=value), is_eager=True),
    ] = False,
) -> None:
    """Classify and compare provisions on the non-punishment of trafficking victims.

    Every class can be traced to words of the law or to a paragraph of a source; what is not
    known says so.
    """
    context.obj = corpus


def _load(context: typer.Context, folder: Path | None) -> Corpus:
    from npcompare.corpus import load_corpus

    return load_corpus(folder or context.obj)


def _give(document: Document, name: str | None, output: Path | None, *, force: bool) -> None:
    """Write a document to the file or the screen."""
    from npcompare import writers

    chosen = writers.choose(name, output)
    text = writers.render(document, chosen)
    if output is None:
        sys.stdout.write(text)
    else:
        writers.save(text, output, force=force)
        _say(f"wrote {output}")


def _say(text: str) -> None:
    sys.stderr.write(f"{visible(text)}\n")


@app.command("list")
def list_(
    context: typer.Context,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """List the provisions of the corpus.

    Example: npcompare list
    """
    from npcompare.views import reference

    held = _load(context, corpus)
    _give(reference.listing(held, held.provisions()), name, output, force=force)


@app.command()
def show(
    context: typer.Context,
    ids: Ids = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show provisions: what they are, their words, and how they are coded.

    Example: npcompare show gambia
    """
    from npcompare.views import reference

    held = _load(context, corpus)
    _give(reference.details(held, held.select(ids or [])), name, output, force=force)


@app.command()
def classify(
    context: typer.Context,
    ids: Ids = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIMENSION",
            help="Group by the classes of a dimension: scope, threshold, stage ...",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="For each class, the rule, the limb, the words and the paragraph."
        ),
    ] = False,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Classify provisions by scope, threshold and stage.

    Examples: npcompare classify; npcompare classify --by threshold;
    npcompare classify qatar --explain
    """
    from npcompare.views import classes

    held = _load(context, corpus)
    results = [held.codebook.classify(one) for one in held.select(ids or [])]
    if by is not None and explain:
        raise typer.BadParameter("--by and --explain do not go together")
    if by is not None:
        document = classes.typology(held, results, held.codebook.dimension(by))
    elif explain:
        document = classes.explanation(held, results)
    else:
        document = classes.classification(held, results)
    _give(document, name, output, force=force)


@app.command()
def diff(
    context: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="BASE OTHER...",
            help="Two or more ids or paths of YAML files; the first is compared with the others.",
        ),
    ],
    text: Annotated[
        bool, typer.Option("--text", help="Add the words of the law, compared word by word.")
    ] = False,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Leave out what is the same.")
    ] = False,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 unless all are the same overall.")
    ] = False,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Compare provisions: which protects further, in each dimension and overall.

    Examples: npcompare diff kenya jamaica; npcompare diff my-bill.yaml kenya coe-26 --text
    """
    from npcompare.compare import compare, redlines
    from npcompare.model import Relation
    from npcompare.views import comparison

    if len(ids) < 2:
        raise typer.BadParameter("name two provisions or more", param_hint="BASE OTHER...")
    held = _load(context, corpus)
    base, *others = [held.codebook.classify(one) for one in held.select(ids)]
    results = [compare(held.codebook, base, other) for other in others]
    changes = redlines(results) if text else None
    document = comparison.comparisons(held, results, changes, only_differences=only_differences)
    _give(document, name, output, force=force)
    if use_exit_code and any(one.overall is not Relation.SAME for one in results):
        raise typer.Exit(ExitCode.FOUND)


@app.command()
def validate(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATHS]...", help="Files or folders; the corpus if none.", show_default=False
        ),
    ] = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Check files: their shape, their references, and that every quotation is in the text.

    Example: npcompare validate my-bill.yaml
    """
    from npcompare.corpus import validate as check

    found, checked = check(corpus or context.obj, paths or [])
    if name is None and output is None:
        _print_problems(found, sys.stdout)
    else:
        from npcompare.views import reference

        _give(reference.problems(found, checked), name, output, force=force)
    files = counted(checked, "file")
    _say(f"{counted(len(found), 'finding')} in {files}" if found else f"{files} checked: all well")
    raise typer.Exit(exit_code(found))


def _print_problems(found: Iterable[Problem], stream: Any) -> None:
    for problem in found:
        stream.write(f"{problem}\n")
        if problem.hint:
            stream.write(f"  hint: {visible(problem.hint)}\n")


@app.command()
def codebook(
    context: typer.Context,
    dimension: Annotated[
        str | None,
        typer.Argument(help="One dimension, such as threshold; all if none.", show_default=False),
    ] = None,
    schema: Annotated[
        bool,
        typer.Option("--schema", help="Print the JSON Schema of a provision in these words."),
    ] = False,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show the dimensions, their classes, the rules and the paragraph each rests on.

    Example: npcompare codebook threshold
    """
    from npcompare.views import reference

    held = _load(context, corpus)
    if schema:
        document = reference.provision_schema(held)
        _give(document, name or "json", output, force=force)
        return
    book = held.codebook
    wanted = [book.dimension(dimension)] if dimension else list(book.dimensions.values())
    _give(reference.codebook(held, wanted), name, output, force=force)


def _fail(error: NpcompareError) -> ExitCode:
    if isinstance(error, ProblemsError):
        _print_problems(error.problems, sys.stderr)
    _say(f"npcompare: {error.message}")
    if error.hint:
        _say(f"  hint: {error.hint}")
    return error.exit_code if isinstance(error, ProblemsError) else ExitCode.TROUBLE


def main() -> NoReturn:
    """Run the command line; every mistake of the user's ends in a sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its number, never a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="npcompare")
    except NpcompareError as error:
        sys.exit(_fail(error))
    except BrokenPipeError:
        # The reader (such as `head`) has had enough; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.FINE)
    sys.exit(ExitCode.FINE)
