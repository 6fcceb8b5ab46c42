"""The import table of CONTRIBUTING.md against the code, and the size of the rooms."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from conftest import PACKAGE, TESTS

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 580
LONGEST_FUNCTION = 45


def module(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__") if name != "__init__" else "npcompare"


def imports(path: Path) -> set[str]:
    """Return the modules of ours that a module uses, wherever it imports them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "npcompare":
            found |= {one.name for one in node.names if one.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("npcompare."):
            name = (node.module or "").removeprefix("npcompare.")
            inside = {f"{name}.{one.name}" for one in node.names}
            known = {module(each) for each in FILES}
            found |= inside & known or {name}
    return found


def table() -> dict[str, set[str]]:
    """Return the table under "The house" in CONTRIBUTING.md."""
    text = (TESTS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| `([a-z_.]+)` \| .* \|(.*)\|$", text, flags=re.MULTILINE)
    return {name: set(re.findall(r"`([a-z_.]+)`", used)) for name, used in lines}


def test_each_module_uses_what_the_table_says() -> None:
    found = {module(path): imports(path) for path in FILES if path.name != "__main__.py"}
    assert found == table()


def test_imports_run_one_way() -> None:
    order: list[str] = []
    left = {module(path): imports(path) for path in FILES}
    while left:
        free = sorted(name for name, used in left.items() if used <= set(order))
        assert free, f"these import each other: {sorted(left)}"
        order += free
        left = {name: used for name, used in left.items() if name not in free}
    assert order.index("relate") < order.index("codebook") < order.index("corpus")
    assert order.index("corpus") < order.index("cli")


def test_documents_know_no_format_and_formats_no_law() -> None:
    found = {module(path): imports(path) for path in FILES}
    reached = {name: set(used) for name, used in found.items()}
    for _ in reached:
        for name, used in reached.items():
            reached[name] = used.union(*(reached[one] for one in used))
    views = {name for name in found if name.split(".")[0] == "views"}
    writers = {name for name in found if name.split(".")[0] == "writers"}
    below = {"errors", "files", "formats", "saving", "table"}
    assert set().union(*(reached[name] for name in writers)) <= writers | below
    for name in views | {"gate", "corpus", "classes", "comparison", "order", "gaps", "suggestion"}:
        assert not reached[name] & writers, name
    # What law is, is settled before anything is asked of it.
    assert not reached["corpus"] & {*views, "classes", "comparison", "suggestion", "records"}


@pytest.mark.parametrize("path", FILES, ids=[module(path) for path in FILES])
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(('"""', 'r"""'))
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, (node.name, length)
