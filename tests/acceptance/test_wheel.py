"""The built wheel, alone in a new environment and an empty folder, does the same job."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import TESTS

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
    assert "npcompare/CHANGELOG.md" in inside


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


#: The programs that install a command with an environment of its own, and where they are to put it.
TOOLS = {
    "pipx": (["pipx", "install"], "PIPX_HOME", "PIPX_BIN_DIR"),
    "uv": (["uv", "tool", "install"], "UV_TOOL_DIR", "UV_TOOL_BIN_DIR"),
}


@pytest.mark.slow
@pytest.mark.parametrize("tool", TOOLS)
def test_hint_on_pdf_fits_the_installation(tool: str, wheel: Path, tmp_path: Path) -> None:
    """The command in the hint installs Typst where this npcompare finds it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    if shutil.which(tool, path=path) is None:
        pytest.skip(f"{tool} is not installed")
    install, folder, commands = TOOLS[tool]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PATH": path, folder: str(tmp_path / "of Ana")}
    environment[commands] = str(tmp_path / "commands")

    def done(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which(command[0], path=path) or "", *map(str, command[1:])],
            cwd=tmp_path,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )

    assert done(*install, wheel).returncode == 0
    export = (tmp_path / "commands" / "npcompare", "export", "kenya", "-o", "annex.pdf")
    hint = done(*export).stderr.partition("hint: install it with: ")[2]
    assert done(*shlex.split(hint)).returncode == 0, hint
    assert done(*export).returncode == 0
    assert (tmp_path / "annex.pdf").read_bytes().startswith(b"%PDF")
