"""The commands for coding: suggest, new, validate, agree and init."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli.options import CorpusFolder, Force, FormatName, Language, Output
from npcompare.cli.output import give, load, means, print_problems, ready, say
from npcompare.errors import ExitCode, NpcompareError, exit_code, refusals
from npcompare.files import create_coded_file, create_files
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.coding.agreement import Agreement
    from npcompare.errors import Problem
    from npcompare.law.checking import Means
    from npcompare.law.corpus import Corpus

#: The provision that a new corpus begins with.
_EXAMPLE = "coe-26"

_FOLDER = "The folder of one coder: a file for each provision, as --corpus takes it."


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
    from npcompare.coding.validation import validate as check

    found, checked = check(corpus or context.obj[0], paths or [], means(context))
    if name is None and output is None:
        print_problems(found, sys.stdout)
    else:
        from npcompare.reports.findings_report import findings

        give(findings(found, checked), name, output, force=force)
    say(_summary(found, checked))
    raise typer.Exit(exit_code(found, strict=strict))


def _summary(found: tuple[Problem, ...], checked: int) -> str:
    files = counted(checked, "file")
    refused = len(refusals(found))
    parts = [counted(refused, "finding")] if refused else []
    if len(found) > refused:
        parts.append(counted(len(found) - refused, "warning"))
    return f"{' and '.join(parts)} in {files}" if parts else f"{files} checked: all well"


def suggest(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A plain text, UTF-8; - reads what is piped in.")
    ],
    language: Language = "",
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Read the words of a provision and propose its coding, each value with its words.

    What no words give is left out, and sentences that were not understood are named.

    Example: npcompare suggest clause-12.txt
    """
    from npcompare.coding import suggestions as engine
    from npcompare.files import read_text
    from npcompare.reports import suggestion_report

    text = read_text(path)
    held = load(context, corpus)
    reading = engine.suggest(held.codebook, text, language)
    one = engine.classified(held.codebook, reading)
    give(suggestion_report.suggestions(held, reading, one), name, output, force=force)


def new(
    context: typer.Context,
    provision: Annotated[str, typer.Argument(metavar="ID", help="The id of the provision.")],
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="FILE|-",
            help="Its words, as a plain text; what they propose stands in the file as comments.",
            show_default=False,
        ),
    ] = None,
    language: Language = "",
    corpus: CorpusFolder = None,
    output: Output = None,
) -> None:
    """Begin the file of a provision: its words, what they propose, and what is to be filled in.

    A file that exists is kept, whatever it is.

    Example: npcompare new utopia --text clause-12.txt
    """
    from npcompare.coding import suggestions as engine
    from npcompare.coding.new_provision import skeleton
    from npcompare.files import read_text
    from npcompare.law.folders import schema_for

    path = output or Path(f"{provision}.yaml")
    held = load(context, corpus)
    reading = engine.begun(held.codebook, read_text(text), language) if text else None
    create_coded_file(skeleton(held.codebook, provision, reading, schema_for(path)), path)
    say(f"wrote {path}; next: fill in what is empty, then npcompare validate {path}")


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the corpus, new or already there.")
    ],
    bundled_codebook: Annotated[
        bool,
        typer.Option(
            "--bundled-codebook",
            help="Code in the codebook that comes with npcompare, instead of a copy in the corpus.",
        ),
    ] = False,
) -> None:
    """Begin a corpus of your own: a codebook, an example, a bibliography and checks for git.

    Nothing that exists is written over.

    Example: npcompare init my-corpus
    """
    from npcompare.coding.new_corpus import starter

    for path in create_files(starter(_EXAMPLE, codebook=not bundled_codebook), folder):
        say(f"wrote {path}")
    say(f"next: read {folder / 'README.md'}, then npcompare validate {folder}")


ToAdjudicate = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.yaml",
        help="Write the disagreements into a file, each with a place for the decision.",
        show_default=False,
    ),
]
Adjudicated = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.yaml",
        help="Such a file, filled in: show what is settled and what is open.",
        show_default=False,
    ),
]


def agree(
    context: typer.Context,
    first: Annotated[Path, typer.Argument(metavar="DIR_A", help=_FOLDER)],
    second: Annotated[Path, typer.Argument(metavar="DIR_B", help="The folder of the other.")],
    adjudicate: ToAdjudicate = None,
    adjudicated: Adjudicated = None,
    use_exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="Exit with 1 if there are disagreements not settled."),
    ] = False,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Compare two coders' folders: agreement, alpha and AC1 by dimension, each disagreement.

    Examples: npcompare agree first second; npcompare agree first second --adjudicate settle.yaml;
    npcompare agree first second --adjudicated settle.yaml --exit-code
    """
    from npcompare.coding import adjudication
    from npcompare.reports import agreement_report

    corpora, result = _compared((first, second), means(context))
    book, names = corpora[0].codebook, _names(first, second)
    decisions = adjudication.read_decisions(adjudicated, book) if adjudicated else None
    ready(name, output, force=force)
    if adjudicate:
        text = adjudication.adjudication_file(corpora, names, result.disagreements, decisions or {})
        _write_down(text, adjudicate, (first, second), force=force)
    give(agreement_report.agreement(corpora, names, result, decisions), name, output, force=force)
    if use_exit_code and adjudication.unsettled(result.disagreements, decisions or {}):
        raise typer.Exit(ExitCode.FOUND)


def _compared(folders: tuple[Path, Path], means: Means) -> tuple[tuple[Corpus, Corpus], Agreement]:
    """Return what the two have coded, every coded field a dimension, and how far they agree."""
    from msgspec.structs import replace

    from npcompare.analysis.classification import classify
    from npcompare.coding.agreement import agree, variables
    from npcompare.law.corpus import load_together

    loaded = load_together(folders, means)
    book = variables(loaded[0].codebook)
    a, b = (replace(one, codebook=book) for one in loaded)
    coded = ([classify(book, one) for one in held.every()] for held in (a, b))
    return (a, b), agree(book, *coded)


def _names(first: Path, second: Path) -> tuple[str, str]:
    """Return the names of the folders, or their paths where the names are the same."""
    a, b = (folder.resolve().name for folder in (first, second))
    return (a, b) if a != b else (str(first), str(second))


def _write_down(text: str, path: Path, folders: tuple[Path, Path], *, force: bool) -> None:
    """Write the file of adjudication, but not among the provisions, where it would be refused."""
    from npcompare.coding import adjudication

    for folder in folders:
        if path.resolve().is_relative_to(folder.resolve()):
            raise NpcompareError(
                f"{path} would be taken for a provision of {folder}", "write it beside the folders"
            )
    create_coded_file(text, path, mark=adjudication.MARK, force=force)
    say(f"wrote {path}")
