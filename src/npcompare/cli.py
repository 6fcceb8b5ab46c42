"""The command line: parse, call, write, exit. Nothing else."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from npcompare import coding, completion, drafting
from npcompare.errors import (
    ExitCode,
    NpcompareError,
    ProblemsError,
    counted,
    exit_code,
    refusals,
    visible,
)
from npcompare.options import (
    Against,
    CollectionName,
    Columns,
    CorpusFolder,
    Day,
    EarlierAnnex,
    Force,
    FormatName,
    Group,
    GroupBy,
    Ids,
    Layout,
    NoCache,
    Number,
    Output,
    SomeIds,
    Sort,
    Template,
    Title,
    narrowed,
    slip,
)
from npcompare.running import classified, give, load, means, results, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.errors import Problem
    from npcompare.gaps import Benchmark
    from npcompare.model import Classification

app = typer.Typer(
    name="npcompare",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from npcompare import __version__

        typer.echo(f"npcompare {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    context: typer.Context,
    corpus: CorpusFolder = None,
    no_cache: NoCache = False,
    version: Annotated[  # noqa: ARG001 - the callback does its work
        bool,
        typer.Option("--version", callback=lambda value: _version(wanted=value), is_eager=True),
    ] = False,
) -> None:
    """Classify and compare provisions on the non-punishment of trafficking victims.

    Every class can be traced to words of the law or to a paragraph of a source; what is not
    known says so.
    """
    context.obj = corpus, no_cache


@app.command("list")
def list_(
    context: typer.Context,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="Only those with a class (threshold=duress) or without (stage!=records).",
            show_default=False,
            autocompletion=completion.conditions,
        ),
    ] = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """List the provisions of the corpus, or those that meet conditions.

    Examples: npcompare list --collection all;
    npcompare list --where threshold=duress --where stage!=records
    """
    from npcompare.views import reference

    held = load(context, corpus, collection, as_of)
    if where:
        from npcompare.views import survey

        document = survey.matching(held, where)
    else:
        document = reference.listing(held, held.provisions())
    give(document, name, output, force=force)


@app.command()
def show(
    context: typer.Context,
    ids: Ids = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Mark each coded phrase in the words of the law.")
    ] = False,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show provisions: what they are, their words, and how they are coded.

    Examples: npcompare show gambia; npcompare show gambia --evidence
    """
    from npcompare.views import reference

    held = load(context, corpus, collection, as_of)
    shown = reference.evidence if evidence else reference.details
    give(shown(held, held.select(ids or [])), name, output, force=force)


@app.command("classify")
def classify_(
    context: typer.Context,
    ids: Ids = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIMENSION",
            help="Group by the classes of a dimension: scope, threshold, stage ...",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="For each class, the rule, the limb, the words and the paragraph."
        ),
    ] = False,
    collection: CollectionName = None,
    as_of: Day = None,
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

    held = load(context, corpus, collection, as_of)
    if by is not None and explain:
        raise typer.BadParameter("--by and --explain do not go together")
    if by is not None:
        document = classes.typology(held, classified(held, ids), held.codebook.dimension(by))
    elif explain:
        document = classes.explanation(held, classified(held, ids))
    else:
        document = classes.classification(held, results(held, ids))
    give(document, name, output, force=force)


@app.command()
def diff(
    context: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="BASE OTHER...",
            help="Two or more ids or paths of YAML files; the first is compared with the others.",
            autocompletion=completion.ids,
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
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Compare provisions: which protects further, in each dimension and overall.

    Examples: npcompare diff kenya jamaica; npcompare diff my-bill.yaml kenya coe-26 --text;
    npcompare diff belgium@2020-01-01 belgium@2026-06-01
    """
    from npcompare.comparison import compare, redlines
    from npcompare.model import Relation
    from npcompare.views import comparison

    if len(ids) < 2:
        raise typer.BadParameter("name two provisions or more", param_hint="BASE OTHER...")
    held = load(context, corpus, as_of=as_of)
    base, *others = classified(held, ids)
    results = [compare(held.codebook, base, other) for other in others]
    changes = redlines(results) if text else None
    document = comparison.comparisons(held, results, changes, only_differences=only_differences)
    give(document, name, output, force=force)
    if use_exit_code and any(one.overall is not Relation.SAME for one in results):
        raise typer.Exit(ExitCode.FOUND)


app.command()(drafting.align)
app.command()(drafting.clause)
app.command()(drafting.order)
app.command()(drafting.nearest)
app.command()(coding.suggest)
app.command()(coding.new)
app.command()(coding.init)
app.command()(coding.agree)


@app.command()
def export(
    context: typer.Context,
    ids: Ids = None,
    layout: Layout = "annex",
    columns: Columns = None,
    group_by: GroupBy = "",
    sort: Sort = "name",
    title: Title = "",
    number: Number = "",
    template: Template = None,
    track_changes_from: EarlierAnnex = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Make an annex table: a Word document, a workbook, a web page, LaTeX, or text.

    Examples: npcompare export -o annex.docx --number "Annex II";
    npcompare export kenya jamaica coe-26 --layout side-by-side -o three.docx
    """
    from npcompare.views import annex, revision

    if track_changes_from and (output is None or output.suffix.lower() != ".docx"):
        raise typer.BadParameter("revisions need a Word file", param_hint="--track-changes-from")
    held = load(context, corpus, collection, as_of)
    wish = annex.Wish(
        layout=layout,
        columns=tuple(map(str.strip, columns.split(","))) if columns else (),
        group_by=group_by,
        sort=sort,
        title=title,
        number=number,
        template=str(template or ""),
        collection="" if ids else held.collection,
        as_of=held.as_of,
    )
    made = annex.export(held, classified(held, ids), wish)
    if track_changes_from:
        from npcompare.writers import read

        made = revision.tracked(made, read(track_changes_from), asked=bool(ids or collection))
    give(made, name, output, force=force)


@app.command()
def verify(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .docx or .json file that `export` wrote.")
    ],
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Say whether an annex is current, or which of its cells and notes have changed since.

    Example: npcompare verify annex.docx
    """
    from npcompare import writers
    from npcompare.views import annex, revision

    filed = writers.read(path)
    ids, wish = annex.asked(filed.recipe)
    held = load(context, corpus, wish.collection or None, wish.as_of or None)
    wanted = None if wish.collection else held.known(ids)
    made = annex.export(held, classified(held, wanted), wish)
    lost = [] if wanted is None else [one for one in annex.named(filed.recipe) if one not in wanted]
    document = revision.verification(held, filed, writers.reread(made, path), lost)
    give(document, name, output, force=force)
    if document.tables[0].rows:
        raise typer.Exit(ExitCode.FOUND)


@app.command()
def gaps(
    context: typer.Context,
    ids: SomeIds,
    against: Against = None,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if any element is open.")
    ] = False,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Hold provisions against a benchmark, element by element: what is met, what is open.

    Examples: npcompare gaps my-bill.yaml; npcompare gaps my-bill.yaml --against coe-26
    """
    from npcompare import gaps as engine
    from npcompare.views import survey

    held = load(context, corpus, as_of=as_of)
    book = held.codebook
    target: Benchmark | Classification = engine.secretariat(book)
    if against is not None:
        target = engine.benchmark(book, Path(against)) or classified(held, [against])[0]
    results = [(one, engine.assess(book, one, target)) for one in classified(held, ids)]
    give(survey.gaps(held, target, results), name, output, force=force)
    if use_exit_code and any(
        each.status not in engine.CLOSED for _, found in results for each in found
    ):
        raise typer.Exit(ExitCode.FOUND)


@app.command()
def stats(
    context: typer.Context,
    dimensions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DIMENSION [DIMENSION]]",
            help="One dimension, or two to be crossed; scope, threshold and stage if none.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Count the provisions of each class; the silent and the unknown are counted too.

    Example: npcompare stats threshold stage --collection all
    """
    from npcompare.views import survey

    held = load(context, corpus, collection, as_of)
    book = held.codebook
    wanted = [book.dimension(one) for one in dimensions or ()]
    if len(wanted) > 2:
        raise typer.BadParameter("name two dimensions at most", param_hint="DIMENSION")
    results = classified(held, None)
    every = wanted or [one for one in book.dimensions.values() if one.core]
    give(survey.statistics(held, results, every), name, output, force=force)


@app.command()
def proof(
    context: typer.Context,
    ids: Ids = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Count what the cells rest on: quoted words, a source, silence, or nothing that is known.

    Example: npcompare proof --collection all
    """
    from npcompare.views import survey

    held = load(context, corpus, collection, as_of)
    results = classified(held, ids)
    give(survey.proof(held, results), name, output, force=force)


@app.command()
def validate(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATHS]...", help="Files or folders; the corpus if none.", show_default=False
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Check files: their shape, their references, and that every quotation is in the text.

    A warning asks for a second look, such as at an "unless" that nothing rests on, and refuses
    nothing.

    Example: npcompare validate my-bill.yaml
    """
    from npcompare.corpus import validate as check

    found, checked = check(corpus or context.obj[0], paths or [], means(context))
    if name is None and output is None:
        _print_problems(found, sys.stdout)
    else:
        from npcompare.views import reference

        give(reference.problems(found, checked), name, output, force=force)
    say(_summary(found, checked))
    raise typer.Exit(exit_code(found, strict=strict))


def _summary(found: tuple[Problem, ...], checked: int) -> str:
    files = counted(checked, "file")
    refused = len(refusals(found))
    parts = [counted(refused, "finding")] if refused else []
    if len(found) > refused:
        parts.append(counted(len(found) - refused, "warning"))
    return f"{' and '.join(parts)} in {files}" if parts else f"{files} checked: all well"


def _print_problems(found: Iterable[Problem], stream: Any) -> None:
    for problem in found:
        stream.write(f"{problem}\n")
        if problem.hint:
            stream.write(f"  hint: {visible(problem.hint, keep_lines=False)}\n")


@app.command()
def codebook(
    context: typer.Context,
    dimension: Annotated[
        str | None,
        typer.Argument(
            help="One dimension, such as threshold; all if none.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
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

    if schema and dimension:
        raise typer.BadParameter("--schema is of all dimensions", param_hint="DIMENSION")
    held = load(context, corpus)
    if schema:
        document = reference.provision_schema(held)
        give(document, name or "json", output, force=force)
        return
    book = held.codebook
    wanted = [book.dimension(dimension)] if dimension else list(book.dimensions.values())
    give(reference.codebook(held, wanted), name, output, force=force)


def _fail(error: NpcompareError) -> ExitCode:
    if isinstance(error, ProblemsError):
        _print_problems(error.problems, sys.stderr)
    say(f"npcompare: {error.message}")
    if error.hint:
        say(f"  hint: {error.hint}")
    return error.exit_code if isinstance(error, ProblemsError) else ExitCode.TROUBLE


def main() -> NoReturn:
    """Run the command line; every mistake of the user's ends in a sentence and exit code 2."""
    try:
        _run()
    except SystemExit as ended:
        if ended.code == ExitCode.TROUBLE and (remedy := slip(sys.argv[1:])):
            say(f"  hint: {remedy}")
        raise


def _run() -> NoReturn:
    # Where a stream was closed by the shell, what is said to it goes nowhere.
    nowhere = io.StringIO()
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its number, never a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            narrowed(app, sys.argv[1:])(prog_name="npcompare")
        finally:
            sys.stdout.flush()
    except NpcompareError as error:
        sys.exit(_fail(error))
    except BrokenPipeError:
        # The reader (such as `head`) has had enough; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.FINE)
    except OSError as error:
        # A name too long, a folder that may not be entered, a disk that is full.
        where = f"{error.filename}: " if error.filename else ""
        say(f"npcompare: {where}{error.strerror or 'cannot be read or written'}")
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.TROUBLE)
    sys.exit(ExitCode.FINE)
