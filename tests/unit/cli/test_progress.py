"""Long tasks and large corpora: the bar, the option that may stand anywhere, imagined corpora."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from builders import generated_corpora
from conftest import TESTS

from npcompare.cli import progress
from npcompare.errors import Code
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:  # noqa: D102 - it is that of every stream
        return self._is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "patience", "shown"), [(True, -1, True), (True, 60, False), (False, -1, False)]
)
def test_a_bar_is_shown_on_a_terminal_once_it_lasts(
    is_terminal: bool, patience: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Terminal(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_DELAY", patience)
    monkeypatch.setenv("TERM", "xterm")
    assert list(progress.with_progress(iter("abc"), 3)) == ["a", "b", "c"]
    assert ("Checking" in stream.getvalue()) == shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate"], 0),
        (["validate", "tests/invalid/np203-any.yaml"], 1),
        (["nothing"], 2),
        (["show", "nowhere"], 2),
    ],
)
def test_a_process_ends_with_the_code_and_all_it_said(arguments: list[str], code: int) -> None:
    command = [sys.executable, "-m", "npcompare", *arguments]
    ran = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert ran.stderr.endswith("\n")
    assert "Traceback" not in ran.stderr


def test_an_imagined_corpus_is_sound_and_the_same_twice(tmp_path: Path) -> None:
    one, other = (generated_corpora().write(tmp_path / name, 60) for name in ("one", "other"))
    held = load_corpus(one, CheckOptions(use_cache=False))
    assert {problem.code for problem in held.problems} <= {Code.EXCEPTION_UNCODED}
    assert len(held.all_provisions()) == 60
    assert len({len(each.limbs) for each in held.all_provisions()}) >= 4
    lengths = [len(each.text.body.split()) for each in held.all_provisions() if each.text.body]
    assert min(lengths) < 150
    assert max(lengths) > 1000
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_an_imagined_corpus_may_have_faults(tmp_path: Path) -> None:
    held = load_corpus(
        generated_corpora().write(tmp_path / "faulty", 60, 7, 0.5), CheckOptions(use_cache=False)
    )
    found = {problem.code for problem in held.problems}
    assert found >= {Code.EVIDENCE_NOT_FOUND, Code.NOT_A_WORD, Code.MISSING_KEY}
