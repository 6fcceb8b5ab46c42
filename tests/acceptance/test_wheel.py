"""The built wheel, alone in a new environment and an empty folder, does the same job."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

if TYPE_CHECKING:
    from pathlib import Path

ROOT = TESTS.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    subprocess.run([*map(str, command), str(ROOT)], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.slow
def test_wheel_contains_corpus_and_schemas(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert "npcompare/py.typed" in inside
    for folder in ("statutes", "schemas"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"npcompare/{path.relative_to(ROOT).as_posix()}" in inside


@pytest.mark.slow
def test_wheel_works_in_a_new_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
    subprocess.run([str(part) for part in install], check=True, capture_output=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COV", "NPCOMPARE"))
    }

    def outside(program: Path | str, *arguments: str) -> str:
        return subprocess.run(
            [str(program), *arguments],
            cwd=empty,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout

    location = outside(python, "-c", "import npcompare; print(npcompare.__file__)")
    assert str(home) in location
    command = home / "bin" / "npcompare"
    assert outside(command, "validate") == ""
    from_wheel = outside(command, "classify", "--format", "json")
    from_sources = subprocess.run(
        [sys.executable, "-m", "npcompare", "classify", "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout
    assert json.loads(from_wheel) == json.loads(from_sources)
    assert "Jamaica, section\N{NO-BREAK SPACE}8" in outside(
        python, "-m", "npcompare", "diff", "kenya", "jamaica"
    )
    example = str(ROOT / "docs" / "reference" / "example.py")
    assert "overall: incomparable" in outside(python, example)
    # The types that a program of somebody else's is checked against are those of the wheel.
    checks = ["-m", "mypy", "--strict", "--no-incremental", "--config-file=", "--python-executable"]
    assert "no issues" in outside(sys.executable, *checks, str(python), example)
