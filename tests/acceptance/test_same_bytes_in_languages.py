"""The same files twice in each language, by two runs that order sets and hashes differently."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from npcompare.law.translation import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = ("docx", "pdf", "html", "xlsx", "svg", "tex")

#: Writes a table with its figure in each format, in the language and folder that are named.
WRITE = """
import sys
from npcompare.cli.application import application
from npcompare.messages import current, using

language, folder, *endings = sys.argv[1:]
for ending in endings:
    with using(current()):
        arguments = ["figure", "matrix", "kenya", "jamaica", "coe-26", "--language", language]
        path = f"{folder}/figure.{ending}"
        application()([*arguments, "-o", path], standalone_mode=False)
"""


def written(language: str, folder: Path, seed: int) -> dict[str, bytes]:
    """Return the files that a run with a seed for hashes writes, by their endings."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    arguments = [sys.executable, "-c", WRITE, language, str(folder), *ENDINGS]
    subprocess.run(arguments, check=True, env=environment, capture_output=True, timeout=120)
    return {path.suffix[1:]: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_files_in_each_language_are_the_same_twice(language: str, tmp_path: Path) -> None:
    first = written(language, tmp_path / "first", 1)
    assert {*ENDINGS} <= first.keys()
    assert written(language, tmp_path / "second", 2) == first
