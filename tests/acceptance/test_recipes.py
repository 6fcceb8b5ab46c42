"""The recipes of the page on Excel run."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, needed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

PAGE = TESTS.parent / "docs" / "how-to" / "coding-in-excel.md"


def recipe(language: str) -> str:
    """Return the code in a language on the page."""
    (code,) = re.findall(f"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(code)


@pytest.fixture
def folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run("form", "kenya", "gambia", "coe-26", "-o", "coding.xlsx").code == 0
    assert run("classify", "--format", "csv", "-o", "classes.csv").code == 0
    return tmp_path


def printed(program: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return ran.stdout


@pytest.mark.slow
def test_pandas_reads_the_workbook_and_the_classes(folder: Path) -> None:  # noqa: ARG001
    output = printed(recipe("python"))
    assert re.search(r"mandatory +2\n", output)
    assert re.search(r"discretionary +1\n", output)
    assert "asean-14-7" in output


@pytest.mark.slow
def test_duckdb_reads_the_classes(folder: Path) -> None:
    query = recipe("sql").strip().rstrip(";")
    program = f"import duckdb; print(len(duckdb.sql({query!r}).fetchall()))"
    with (folder / "classes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert int(printed(program)) == len(rows)


@pytest.mark.slow
def test_r_reads_the_workbook_and_the_classes(folder: Path) -> None:
    with (folder / "classes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    program = f'{recipe("r")}\ncat(sum(coding$Force == "mandatory", na.rm = TRUE), nrow(classes))'
    ran = subprocess.run(
        [needed("Rscript"), "-e", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == f"2 {len(rows)}"
