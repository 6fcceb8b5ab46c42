"""The interview in the terminal: what is shown for each answer, and what the file has then."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, check_expected
from typed_answers import type_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CLAUSE = """\
(1) A victim of trafficking shall not be prosecuted for, or convicted of, an offence that the victim
committed as a direct consequence of being a victim.

(2) The court may vacate a conviction for such an offence, unless the offence is a violent offence.
"""


@pytest.fixture
def interview(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    """Return a function that runs `npcompare code` with typed answers, 80 columns wide."""
    monkeypatch.chdir(tmp_path)
    Path("clause-12.txt").write_text(CLAUSE, encoding="utf-8")

    def _interview(answers: str, *arguments: str, width: int = 80) -> Ran:
        type_answers(monkeypatch, answers.split("|"))
        monkeypatch.setenv("COLUMNS", str(width))
        return run("code", *arguments)

    return _interview


def test_without_a_terminal_there_is_no_interview(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\n"))
    ran = run("code", "clause-12.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "npcompare: the interview needs a terminal in which answers can be typed\n"
        "  hint: without one, `npcompare new` writes a file for you to fill in\n"
    )


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("accepted", "|".join(["y", *"aan", *"an", *"an", *"an"])),
        ("others", "2|no|n"),
    ],
)
def test_transcript_is_exact(name: str, answers: str, interview: Callable[..., Ran]) -> None:
    ran = interview(answers, "clause-12.txt", "my-bill")
    assert (ran.code, ran.err) == (0, "")
    file = Path("my-bill.yaml").read_text(encoding="utf-8").partition("\n")[2]
    check_expected(
        TESTS / "golden" / f"interview-{name}.txt", f"{ran.out}\n=== my-bill.yaml\n{file}", "golden"
    )
