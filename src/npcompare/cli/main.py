"""The command line: the commands in their order, and how each run begins and ends."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from npcompare.cli.options import NO_CACHE, CorpusFolder, NoCache
from npcompare.cli.output import print_problems, say
from npcompare.errors import ExitCode, NpcompareError, ProblemsError

#: The commands in the order of the help, each with where it is declared, as "module:function".
COMMANDS = {
    "list": "look:list_",
    "show": "look:show",
    "classify": "look:classify",
    "diff": "compare:diff",
    "align": "compare:align",
    "clause": "compare:clause",
    "order": "compare:order",
    "nearest": "compare:nearest",
    "suggest": "code:suggest",
    "new": "code:new",
    "init": "code:init",
    "agree": "code:agree",
    "export": "annex:export",
    "verify": "annex:verify",
    "gaps": "compare:gaps",
    "stats": "look:stats",
    "proof": "look:proof",
    "validate": "code:validate",
    "codebook": "look:codebook",
}

#: How many spaces of a file's name are thought of.
_MOST_SPACES = 8


class _Group(TyperGroup):
    """The commands; an option of all of them may stand after the command's name too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bring the option before the name; what follows "--" is left as it is."""
        ended = args.index("--") if "--" in args else len(args)
        if NO_CACHE in args[:ended]:
            kept = [one for one in args[:ended] if one != NO_CACHE]
            args = [NO_CACHE, *kept, *args[ended:]]
        return super().parse_args(ctx, args)


def _version(*, wanted: bool) -> None:
    if wanted:
        from npcompare._version import __version__

        typer.echo(f"npcompare {__version__}")
        raise typer.Exit


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


def application(arguments: list[str]) -> typer.Typer:
    """Return the application with no command but the one that is asked for, where one is.

    To load and build them all takes longer than most of them run.
    """
    app = typer.Typer(
        name="npcompare",
        cls=_Group,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_start)
    asked = _command_of(arguments)
    for name in [asked] if asked in COMMANDS else COMMANDS:
        module, _, function = COMMANDS[name].partition(":")
        app.command(name)(getattr(import_module(f"npcompare.cli.{module}"), function))
    return app


def _command_of(arguments: list[str]) -> str:
    """Return the first argument that is no option and no option's value."""
    left = iter(arguments)
    for one in left:
        if one == "--corpus":
            next(left, "")
        elif not one.startswith("-"):
            return one
    return ""


def _fail(error: NpcompareError) -> ExitCode:
    if isinstance(error, ProblemsError):
        print_problems(error.problems, sys.stderr)
    say(f"npcompare: {error.message}")
    if error.hint:
        say(f"  hint: {error.hint}")
    return error.exit_code if isinstance(error, ProblemsError) else ExitCode.TROUBLE


def main() -> NoReturn:
    """Run the command line; every mistake of the user's ends in a sentence and exit code 2."""
    try:
        _run()
    except SystemExit as ended:
        if ended.code == ExitCode.TROUBLE and (remedy := _slip(sys.argv[1:])):
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
            application(sys.argv[1:])(prog_name="npcompare")
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


def _slip(arguments: list[str]) -> str:
    """Return what to do about a command line as a word processor leaves it; nothing if it is none.

    It turns quotation marks and hyphens into others, and names with spaces fall apart without them.
    """
    for one in arguments:
        if one[:1] in {"\u201c", "\u201d", "\u201e", "\u00ab", "\u2018", "\u2019"}:
            return f'quote with the straight mark ": in {one} it is a typographic one'
        if one[:1] in {"\u2013", "\u2014"}:
            return f'begin an option with two hyphens: "--{one[1:]}"'
    for start in range(len(arguments)):
        for end in range(start + 2, min(start + 2 + _MOST_SPACES, len(arguments) + 1)):
            name = " ".join(arguments[start:end])
            is_new = (
                arguments[start - 1] in {"-o", "--output"} and not Path(arguments[start]).suffix
            )
            if os.path.isfile(name) or (is_new and Path(name).suffix):  # noqa: PTH113 - never raises
                return f'put a name with spaces in quotation marks: "{name}"'
    return ""
