"""One mistake a file, with the exact findings beside it; through the API and the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.validation import check_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.corpus import Corpus

FILES = sorted((TESTS / "invalid").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_findings(
    path: Path, corpus: Corpus, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    expected = path.with_suffix(".problems.txt")
    found = check_file(corpus, Path(path.name))
    lines = [line for one in sorted(found) for line in (str(one), f"  hint: {one.hint}")]
    said = "".join(f"{line}\n" for line in lines if line != "  hint: ")
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert f" {path.stem.split('-')[0].upper()} " in said.split("\n")[0]
    ran = run("validate", path.name)
    unreadable = path.stem.startswith("np103")
    assert (ran.code, ran.out) == (2 if unreadable else 1, said)


def test_each_file_has_one_mistake() -> None:
    for path in FILES:
        findings = path.with_suffix(".problems.txt").read_text(encoding="utf-8").splitlines()
        assert len([line for line in findings if not line.startswith("  hint:")]) == 1, path.name
