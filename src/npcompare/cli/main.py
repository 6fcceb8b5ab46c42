"""How a run of the command line begins and ends: streams, errors and exit codes."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from npcompare.cli.application import application
from npcompare.cli.output import discard_output, flush_output, print_message, print_problems
from npcompare.errors import ExitCode, NpcompareError, ProblemsError
from npcompare.shell import option, quoted

#: The most spaces in a file name for which `_hint_for_typing` looks.
_MAX_SPACES = 8

#: The hyphen of the keyboard, and the hyphens and dashes that Word and web pages put in its place.
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"


def main() -> NoReturn:
    """Run the command line; a mistake of the user ends in one sentence and exit code 2."""
    try:
        _run()
    except SystemExit as end:
        if end.code == ExitCode.TROUBLE and (hint := _hint_for_typing(sys.argv[1:])):
            print_message(f"  hint: {hint}")
        raise


def _run() -> NoReturn:
    # A stream that the shell has closed is None; what is written to it is discarded.
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its number, never a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    stdout = sys.stdout
    try:
        try:
            application()(prog_name="npcompare")
        except SystemExit:
            # typer puts another stream there if nobody reads the help or the version.
            if sys.stdout is not stdout:
                sys.exit(ExitCode.FINE)
            raise
        finally:
            flush_output()
    except NpcompareError as error:
        sys.exit(_report(error))
    except OSError as error:
        # A name that is too long, a folder without permission, a disk that is full.
        place = f"{error.filename}: " if error.filename else ""
        print_message(f"npcompare: {place}{error.strerror or 'cannot be read or written'}")
        with suppress(OSError):
            discard_output()
        sys.exit(ExitCode.TROUBLE)
    sys.exit(ExitCode.FINE)


def _report(error: NpcompareError) -> ExitCode:
    """Print an error with its findings and its hint, and return the exit code."""
    if isinstance(error, ProblemsError):
        print_problems(error.problems)
    print_message(f"npcompare: {error.message}")
    if error.hint:
        print_message(f"  hint: {error.hint}")
    return error.exit_code if isinstance(error, ProblemsError) else ExitCode.TROUBLE


def _hint_for_typing(arguments: list[str]) -> str:
    """Return a hint if a command line looks as if Word had changed it, or an empty string.

    Word replaces straight quotation marks and hyphens by typographic ones, and a file name with
    spaces falls apart if it is not in quotation marks.
    """
    for argument in arguments:
        if argument[:1] in {"\u201c", "\u201d", "\u201e", "\u00ab", "\u2018", "\u2019"}:
            return f'use straight quotation marks ("): those in {argument} are typographic'
        name = argument.lstrip(_DASHES)
        if name and not argument[: len(argument) - len(name)].isascii():
            mark = option(name.partition("=")[0])
            return f"write the option with plain hyphens: {mark}; Word replaces them by dashes"
    for start in range(len(arguments)):
        for end in range(start + 2, min(start + 2 + _MAX_SPACES, len(arguments) + 1)):
            name = " ".join(arguments[start:end])
            is_output = (
                arguments[start - 1] in {"-o", "--output"} and not Path(arguments[start]).suffix
            )
            if os.path.isfile(name) or (is_output and Path(name).suffix):  # noqa: PTH113 - never raises
                return f"put a file name with spaces in quotation marks: {quoted(name)}"
    return ""
