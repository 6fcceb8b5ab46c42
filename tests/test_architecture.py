"""The folders of the package: which may import which, and how long a module may be."""

from __future__ import annotations

import ast
import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pytest
from conftest import PACKAGE, TESTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = TESTS.parent
#: The pages that name modules, and names in them.
PAGES = [
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("architecture", "glossary")),
    *sorted((ROOT / "docs" / "explanation").glob("*.md")),
]
MODULE = re.compile(r"`([\w/]+\.py)`")
NAME_IN_MODULE = re.compile(r"`(\w+)`(?:\s(?:in|of)\s|\s\()`([\w/]+\.py)`")

FILES = sorted(PACKAGE.rglob("*.py"))

#: In lines.
LONGEST_MODULE = 420
LONGEST_FUNCTION = 45

#: The modules that every folder may import.
GROUND = {
    "text",
    "errors",
    "messages",
    "files",
    "document",
    "charts",
    "atlas",
    "form",
    "typography",
    "atomic_files",
    "file_names",
    "shell",
    "installation",
    "_version",
}

#: The folders in order: each may import itself and those before it.
ORDER = [
    "readers",
    "model",
    "wording",
    "law",
    "analysis",
    "coding",
    "reports",
    "exchange",
    "dataset",
    "notebook",
    "cli",
]

#: The folders that write documents.
MAY_IMPORT_FORMATS = {"exchange", "dataset", "notebook", "cli"}

#: A format may import what documents are made of, but nothing about law.
FORMATS_MAY_IMPORT = GROUND | {"formats"}

#: What reads documents from outside knows nothing of tables and law.
READERS_MAY_IMPORT = {"errors", "text", "files", "shell", "installation", "readers"}


def name_of(path: Path) -> str:
    """Return the dotted name of a module within the package; "npcompare" for the package."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__") if name != "__init__" else "npcompare"


#: The file of each module.
MODULES = {name_of(path): path for path in FILES}


def imports(path: Path) -> set[str]:
    """Return the modules of the package that a module imports, at its top or in functions."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("npcompare"):
            continue
        parent = (node.module or "").removeprefix("npcompare").removeprefix(".")
        for alias in node.names:
            name = f"{parent}.{alias.name}".removeprefix(".")
            modules.add(name if name in MODULES else parent)
    return modules


@pytest.fixture(scope="module")
def imports_of_modules() -> dict[str, set[str]]:
    """Return the modules that each module imports."""
    return {name: imports(path) for name, path in MODULES.items()}


def folder(module: str) -> str:
    return module.partition(".")[0]


def test_folders_import_only_folders_before_them(imports_of_modules: dict[str, set[str]]) -> None:
    wrong = set()
    for module, imported in imports_of_modules.items():
        if folder(module) in ORDER:
            allowed = {*GROUND, *ORDER[: ORDER.index(folder(module)) + 1]}
            if folder(module) in MAY_IMPORT_FORMATS:
                allowed.add("formats")
            wrong |= {(module, name) for name in imported if folder(name) not in allowed}
    assert wrong == set()


def test_formats_do_not_import_law(imports_of_modules: dict[str, set[str]]) -> None:
    for module, imported in imports_of_modules.items():
        if folder(module) == "formats":
            assert {folder(name) for name in imported} <= FORMATS_MAY_IMPORT, module


def test_readers_import_little(imports_of_modules: dict[str, set[str]]) -> None:
    for module, imported in imports_of_modules.items():
        if folder(module) == "readers":
            assert {folder(name) for name in imported} <= READERS_MAY_IMPORT, module


def test_imports_have_no_circles(imports_of_modules: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(imports_of_modules).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {error.args[1]}")


def test_no_test_module_imports_another() -> None:
    """What several test modules use is in a helper module, whose name does not start with test_."""
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^ *(?:from|import) test_", text, re.MULTILINE), path


def test_module_names_are_unique() -> None:
    names = Counter(path.stem for path in FILES if path.stem not in {"__init__", "__main__"})
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=[name_of(path) for path in FILES])
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(('"""', 'r"""'))
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, (node.name, length)


def top_level_names(path: Path) -> Iterator[str]:
    """Yield the names of the classes, functions and constants of a module."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_pages_name_real_modules(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tests = [*TESTS.glob("*.py"), *TESTS.glob("unit/*/*.py"), *TESTS.glob("[af]*/*.py")]
    paths = [path.as_posix() for path in (*FILES, *tests)]
    modules = {f"/{module}" for module in MODULE.findall(text)}
    assert [module for module in modules if not any(path.endswith(module) for path in paths)] == []
    for name, module in NAME_IN_MODULE.findall(text):
        path = PACKAGE / module if (PACKAGE / module).exists() else ROOT / module
        assert name in top_level_names(path), f"there is no {name} in {module}"
