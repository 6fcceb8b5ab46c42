"""Results on standard output, messages on standard error, and findings with their hints."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from npcompare.shell import IS_WINDOWS, command
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.errors import Problem


def print_message(text: str) -> None:
    """Print a message to standard error, with control characters made visible."""
    sys.stderr.write(f"{visible(text, keep_lines=False)}\n")


def print_if_taken(provision_id: str, names: Iterable[str]) -> None:
    """Print a message if a corpus has a provision with the id of a new one."""
    if provision_id.casefold() in map(str.casefold, names):
        line = command("npcompare", "show", provision_id)
        print_message(f"the id {provision_id} is in use: see {line}; a new law needs its own")


def print_result(piece: str | bytes, stream: str = "codes") -> bool:
    """Print text, or its bytes in UTF-8; return whether every character is printed as it is.

    A program that reads the output, such as `head`, may stop reading. The rest then goes nowhere,
    so that the exit code says what the command found.
    """
    # A stream in the memory has no encoding.
    encoding = (sys.stdout.encoding or "").lower()
    is_complete = True
    try:
        if encoding == "utf-8" or (encoding and stream == "utf-8" and not sys.stdout.isatty()):
            _write_bytes(piece)
        else:
            text = piece if isinstance(piece, str) else piece.decode()
            text = _json_escaped(text) if encoding and stream == "json" else text
            is_complete = not encoding or _is_in(text, encoding)
            sys.stdout.write(text)
    except OSError as error:
        _discard_if_unread(error)
    return is_complete


def _write_bytes(piece: str | bytes) -> None:
    """Write to a stream in UTF-8, or in UTF-8 to another stream."""
    if isinstance(piece, str) and sys.stdout.encoding.lower() == "utf-8":
        sys.stdout.write(piece)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(piece.encode() if isinstance(piece, str) else piece)


def _json_escaped(text: str) -> str:
    """Return JSON in ASCII: only its strings have other characters, and they have codes there."""
    if text.isascii():
        return text
    units = (
        character
        if character.isascii()
        else "".join(
            f"\\u{unit:04x}" for unit in memoryview(character.encode("utf-16")[2:]).cast("H")
        )
        for character in text
    )
    return "".join(units)


def _is_in(text: str, encoding: str) -> bool:
    """Return whether an encoding has all characters of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


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
