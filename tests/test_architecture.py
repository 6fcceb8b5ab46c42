"""The rooms of the package: which folder may import which, and how long a module may be."""

from __future__ import annotations

import ast
import re
from collections import Counter
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
LONGEST_MODULE = 580
LONGEST_FUNCTION = 47

#: The folders from the ground up: each may import itself and those before it.
GROUND = {"text", "errors", "files", "document", "_version"}
ORDER = ["model", "wording", "law", "analysis", "coding", "reports", "cli"]

#: What formats may import besides themselves: a format knows documents, and no law.
FORMATS_MAY_IMPORT = GROUND | {"formats"}

#: The imports that still run back up, each to be removed.
BACK_UP: set[tuple[str, str]] = set()


def name_of(path: Path) -> str:
    """Return a module's dotted name below the package; the package itself is "npcompare"."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__") if name != "__init__" else "npcompare"


def imports(path: Path) -> set[str]:
    """Return the modules of the package that a module imports, wherever it imports them."""
    known = {name_of(file) for file in FILES}
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("npcompare"):
            continue
        parent = (node.module or "").removeprefix("npcompare").removeprefix(".")
        for alias in node.names:
            name = f"{parent}.{alias.name}".removeprefix(".")
            modules.add(name if name in known else parent)
    return modules


IMPORTS = {name_of(path): imports(path) for path in FILES}


def folder(module: str) -> str:
    return module.partition(".")[0]


def test_folders_import_only_folders_below_them() -> None:
    wrong = set()
    for module, imported in IMPORTS.items():
        if folder(module) in ORDER:
            allowed = {*GROUND, *ORDER[: ORDER.index(folder(module)) + 1]}
            if folder(module) == "cli":
                allowed.add("formats")
            wrong |= {(module, name) for name in imported if folder(name) not in allowed}
    assert wrong == BACK_UP


def test_formats_know_documents_and_no_law() -> None:
    for module, imported in IMPORTS.items():
        if folder(module) == "formats":
            assert {folder(name) for name in imported} <= FORMATS_MAY_IMPORT, module


def test_no_modules_import_each_other() -> None:
    left = dict(IMPORTS)
    while left:
        free = {name for name, imported in left.items() if not imported & left.keys() - {name}}
        assert free, f"these import each other: {sorted(left)}"
        left = {name: imported for name, imported in left.items() if name not in free}


def test_no_two_modules_have_the_same_name() -> None:
    names = Counter(path.stem for path in FILES if path.stem not in {"__init__", "__main__"})
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=[name_of(path) for path in FILES])
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(('"""', 'r"""'))
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
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
