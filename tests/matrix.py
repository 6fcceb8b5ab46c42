"""Run the tests against the built wheel, on the oldest and the newest of all it depends on.

    python tests/matrix.py UV PYTHON[,PYTHON...] [PYTEST ARGUMENT ...]

Each Python gets two environments of its own: the wheel with the oldest releases that pyproject.toml
allows, and with the newest. The tests are copied to a folder without the sources, so that what
they import is the wheel. What is about the sources and how they are built is left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: What the tests read of the clone, beside themselves; not the sources.
BESIDE = (
    *("statutes", "schemas", "benchmarks", "docs", "tools"),
    *("pyproject.toml", "requirements.lock", "Makefile", "LICENSE", ".pre-commit-hooks.yaml"),
)
BUILDS_SOURCES = "tests/acceptance/test_wheel.py"
READ_SOURCES = (
    "tests/acceptance/test_docs.py::test_files_named_in_documents_exist",
    "tests/unit/law/test_translation.py::test_messages_of_the_code_are_listed",
)


def main() -> None:
    """Make the environments, run the tests in each, and print a table."""
    uv, pythons, *options = sys.argv[1:]
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        wheel, tests = _built(uv, Path(folder)), _copied(Path(folder))
        for python in pythons.split(","):
            for age in ("oldest", "newest"):
                home = Path(folder) / f"{Path(python).parts[-1]}-{len(rows)}"
                program = _environment(uv, home, python, wheel, age)
                rows.append((_version(program), age, _outcome(program, tests, options)))
    width = max(len(version) for version, _, _ in rows)
    sys.stdout.writelines(f"{row[0]:{width}}  {row[1]:6}  {row[2]}\n" for row in rows)
    sys.exit(any("failed" in row[2] or "error" in row[2] for row in rows))


def _built(uv: str, folder: Path) -> Path:
    _run(uv, "build", "--quiet", "--wheel", "--out-dir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def _copied(folder: Path) -> Path:
    """Copy the tests and the files that they read to a folder without the sources."""
    away = folder / "away"
    shutil.copytree(
        ROOT / "tests",
        away / "tests",
        symlinks=True,
        ignore=shutil.ignore_patterns("__pycache__", BUILDS_SOURCES),
    )
    for path in [*map(ROOT.joinpath, BESIDE), *ROOT.glob("*.md")]:
        if path.is_dir():
            shutil.copytree(path, away / path.name)
        else:
            shutil.copy(path, away)
    return away


def _environment(uv: str, home: Path, python: str, wheel: Path, age: str) -> Path:
    """Install the wheel, what it needs and what the tests need; return the Python of it all."""
    file = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = file["project"]
    needs = project["dependencies"] + project["optional-dependencies"]["pdf"]
    if age == "oldest":
        # By name: a resolver that is asked for the lowest takes what a wheel needs for indirect.
        needs = [re.sub(">=([^,]+).*", r"==\1", one) for one in needs]
    program = home / "bin" / "python"
    _run(uv, "venv", "--quiet", "--no-project", "--python", python, home)
    install = [uv, "pip", "install", "--quiet", "--python", program]
    _run(*install, wheel, *needs, *file["dependency-groups"]["dev"])
    return program


def _version(program: Path) -> str:
    return _run(program, "-c", "import platform; print(platform.python_version())").strip()


def _outcome(program: Path, tests: Path, options: list[str]) -> str:
    """Return the last line of the tests' report; what failed goes to standard error."""
    location = _run(program, "-c", "import npcompare; print(npcompare.__file__)", at=tests)
    if not Path(location.strip()).is_relative_to(program.parent.parent):
        sys.exit(f"the tests would run against {location}, not against the wheel")
    command = [str(program), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += [word for name in READ_SOURCES for word in ("--deselect", name)] + options
    ran = subprocess.run(
        command, cwd=tests, env=_around(), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.stderr.write(ran.stdout + ran.stderr)
    lines = ran.stdout.strip().splitlines() or [f"error: pytest ended with {ran.returncode}"]
    return re.sub(" in [0-9.]+s.*", "", lines[-1])


def _around() -> dict[str, str]:
    """Return the environment without what leads to another Python or to the sources."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("VIRTUAL_ENV", "PYTHONPATH")
    }


def _run(*command: object, at: Path | None = None) -> str:
    """Run a program; return what it says."""
    words = [str(one) for one in command]
    ran = subprocess.run(words, cwd=at, env=_around(), capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{' '.join(words)}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


if __name__ == "__main__":
    main()
