"""What differs on Windows, as far as it can be tried elsewhere: line ends, drives, no home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.law.folders import schema_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


def with_line_ends_of_windows(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.further
def test_corpus_with_line_ends_of_windows_is_the_same(
    corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    shutil.copy(TESTS.parent / "schemas" / "codebook.yaml", corpus_copy)
    commands = (
        ["classify", "--format", "json"],
        ["show", "--evidence"],
        ["diff", "kenya", "coe-26", "--text"],
        ["validate"],
    )
    before = [run(*command, "--corpus", corpus_copy) for command in commands]
    with_line_ends_of_windows(corpus_copy)
    assert b"\r\n" in (corpus_copy / "kenya.yaml").read_bytes()
    assert [run(*command, "--corpus", corpus_copy) for command in commands] == before


def test_text_with_line_ends_of_windows_is_the_same(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "clause-12.txt"
    shutil.copy(TESTS / "bills" / name, name)
    results = []
    for _ in range(2):
        suggestions, message = run("suggest", name).out, run("new", "bill", "--text", name).err
        results.append((suggestions, message, Path("bill.yaml").read_bytes()))
        Path("bill.yaml").unlink()
        with_line_ends_of_windows(tmp_path)
    assert results[0] == results[1]


def test_no_relative_path_leads_to_another_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    def relpath(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", relpath)
    assert schema_for(Path("bill.yaml")).startswith("file://")


@pytest.mark.slow
def test_nothing_of_the_environment_is_needed(tmp_path: Path) -> None:
    """There may be no home, no cache and no encoding but ASCII."""
    source = Path(sys.modules["npcompare"].__file__ or "").parent.parent
    ran = subprocess.run(
        [sys.executable, "-m", "npcompare", "classify", "kenya", "-f", "csv"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(source), "LC_ALL": "C", "PYTHONUTF8": "0"}
        | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        capture_output=True,
        check=True,
    )
    assert ran.stdout.splitlines()[1].startswith(b"kenya,Kenya,")
    assert (
        ran.stderr.splitlines()
        == [
            "Fuller rows on the same law as Kenya, section\N{NO-BREAK SPACE}14: Kenya, section"
            "\N{NO-BREAK SPACE}14 (kenya-14, from 1 October 2012).".encode()
        ]
        or ran.stderr == b""
    )
