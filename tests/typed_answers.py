"""A terminal in which a test types the answers of an interview."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest


class Terminal:
    """Standard input that is a terminal; it shows what is typed, as a terminal does."""

    def __init__(self, answers: Iterable[str]) -> None:
        self._answers = list(answers)

    def isatty(self) -> bool:
        """Return that it is a terminal."""
        return True

    def reconfigure(self, **_: Any) -> None:
        """Accept any treatment of characters that cannot be decoded."""

    def readline(self) -> str:
        """Return the next answer; at the end, nothing."""
        if not self._answers:
            return ""
        answer = self._answers.pop(0)
        if answer == "^C":
            raise KeyboardInterrupt
        sys.stdout.write(f"{answer}\n")
        return f"{answer}\n"


def type_answers(monkeypatch: pytest.MonkeyPatch, answers: Iterable[str]) -> None:
    """Let the next command read these answers."""
    monkeypatch.setattr(sys, "stdin", Terminal(answers))
    monkeypatch.setattr("npcompare.cli.dialogue._is_waiting", lambda: False)
