"""The progress bar, and how a process ends."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from conftest import TESTS

from npcompare.cli import progress


class Terminal(io.StringIO):
    """A stream that is a terminal or not."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:  # noqa: D102 - the method of every stream
        return self._is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "delay", "is_shown"), [(True, -1, True), (True, 60, False), (False, -1, False)]
)
def test_bar_appears_on_a_terminal_after_a_delay(
    is_terminal: bool, delay: float, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Terminal(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_DELAY", delay)
    monkeypatch.setenv("TERM", "xterm")
    assert list(progress.with_progress(iter("abc"), 3)) == ["a", "b", "c"]
    assert ("Checking" in stream.getvalue()) == is_shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate"], 0),
        (["validate", "tests/invalid/np203-any.yaml"], 1),
        (["nothing"], 2),
        (["show", "nowhere"], 2),
    ],
)
def test_process_exits_with_code_and_whole_output(arguments: list[str], code: int) -> None:
    command = [sys.executable, "-m", "npcompare", *arguments]
    ran = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert ran.stderr.endswith("\n")
    assert "Traceback" not in ran.stderr
