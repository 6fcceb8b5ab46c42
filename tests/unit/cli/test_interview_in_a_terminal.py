"""The keys of the interview work in a real terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PACKAGE

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

CLAUSE = "A victim of trafficking shall not be prosecuted for an offence.\n"
PROMPT = b"> "


class Shell:
    """A command that runs in a pseudo-terminal."""

    def __init__(self, *arguments: str) -> None:
        """Start the command."""
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "NO_COLOR": "1"}
        self._terminal, inside = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "npcompare", *arguments],
            env=environment,
            stdin=inside,
            stdout=inside,
            stderr=inside,
        )
        os.close(inside)
        self._unread = b""

    def read(self, end: bytes = PROMPT) -> str:
        """Return the output up to some bytes, or up to its end if there are none."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (end and self._unread.endswith(end)):
            if select.select([self._terminal], [], [], 0.1)[0]:
                try:
                    piece = os.read(self._terminal, 65536)
                except OSError:
                    break
                if not piece:
                    break
                self._unread += piece
        output, self._unread = self._unread, b""
        return output.decode().replace("\r\n", "\n")

    def type(self, keys: str) -> str:
        """Type keys, and return the output up to the next prompt."""
        os.write(self._terminal, keys.encode())
        return self.read()

    def end(self, keys: str = "") -> tuple[str, int]:
        """Type keys, or interrupt the command; return the rest of the output and the exit code."""
        if keys:
            os.write(self._terminal, keys.encode())
        else:
            # The prompt is printed a moment before the command waits for keys.
            time.sleep(1)
            self._process.send_signal(signal.SIGINT)
        output = self.read(b"")
        os.close(self._terminal)
        return output, self._process.wait(60)


@pytest.mark.slow
def test_keys_work_in_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clause.txt").write_text(CLAUSE, encoding="utf-8")
    shell = Shell("code", "clause.txt")
    assert "Which victims does this rule protect?" in shell.read()
    assert "Type a letter or a number" in shell.type("\n")
    assert "Noted: any victim" in shell.type("a\n")
    assert "Your answer so far: any victim" in shell.type("b\n")
    output, code = shell.end("\x04")
    assert (code, "To go on: npcompare code clause.yaml" in output) == (0, True)
    shell = Shell("code", "clause.yaml")
    assert "Which offences does this rule cover?" in shell.read()
    # Lines that are pasted together are one answer, and here not a valid one.
    assert "This is not an answer" in shell.type("an\noffence\na\n")
    output, code = shell.end()
    assert (code, "Stopped; every answer is in clause.yaml." in output) == (130, True)
    assert "\x1b" not in output
    assert "persons: {value: any_victim" in Path("clause.yaml").read_text(encoding="utf-8")
