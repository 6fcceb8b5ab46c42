"""Results on standard output, messages on standard error, and findings with their hints."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from npcompare.shell import IS_WINDOWS
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.errors import Problem


def print_message(text: str) -> None:
    """Print a message to standard error, with control characters made visible."""
    sys.stderr.write(f"{visible(text, keep_lines=False)}\n")


def print_result(piece: str | bytes) -> None:
    """Print text, or its bytes in UTF-8, to standard output in the encoding of that.

    A program that reads the output, such as `head`, may stop reading. The rest then goes nowhere,
    so that the exit code says what the command found.
    """
    try:
        if isinstance(piece, str):
            sys.stdout.write(piece)
        elif (sys.stdout.encoding or "").lower() == "utf-8":
            sys.stdout.flush()
            sys.stdout.buffer.write(piece)
        else:
            sys.stdout.write(piece.decode())
    except OSError as error:
        _discard_if_unread(error)


def flush_output() -> None:
    """Write what is buffered to standard output, unless nobody reads it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _discard_if_unread(error)


def _discard_if_unread(error: OSError) -> None:
    """Send the rest of the output nowhere if nobody reads it; raise any other error again."""
    # Windows says only that the argument is invalid.
    is_closed = IS_WINDOWS and error.errno == errno.EINVAL
    if not (is_closed or isinstance(error, BrokenPipeError)):
        raise error
    discard_output()


def discard_output() -> None:
    """Send standard output nowhere, so that Python does not fail when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_problems(problems: Iterable[Problem], *, as_result: bool = False) -> None:
    """Print findings: one line each, followed by its hint if it has one."""
    write = print_result if as_result else sys.stderr.write
    for problem in problems:
        write(f"{problem}\n")
        if problem.hint:
            write(f"  hint: {visible(problem.hint, keep_lines=False)}\n")
