"""Messages on standard error, and findings with their hints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.errors import Problem


def print_message(text: str) -> None:
    """Print a message to standard error, with control characters made visible."""
    sys.stderr.write(f"{visible(text, keep_lines=False)}\n")


def print_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Print findings to a stream: one line each, followed by its hint if it has one."""
    for problem in problems:
        stream.write(f"{problem}\n")
        if problem.hint:
            stream.write(f"  hint: {visible(problem.hint, keep_lines=False)}\n")
