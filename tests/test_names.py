"""Names say what they hold: how many bindings are called by a pronoun or a bare participle.

`python tests/test_names.py [FOLDER ...]` lists them. A binding is a parameter or any name that is
assigned to, except in a comprehension on one line.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent

VAGUE_NAMES = frozenset(
    """
    one ones other others another each every everyone everything it they them mine theirs
    ours his her what who whom whose which this that these those all any some both none
    either neither such here there where elsewhere apart beside above below ahead behind
    forth back again own anew yet more most less rest whole thing things something nothing
    whatever found held said asked told given made taken wanted meant known kept shown seen
    written drawn chosen done gone met used needed added changed closed opened barred linked
    compared judged ended begun built covered filled lost brought sought bound hidden spared
    """.split()  # noqa: SIM905 - a list of words reads best as one text
)

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

#: The share of vague names, in per cent, that each folder may have.
ALLOWED = {"src": 1.0, "tests": 1.0, "benchmarks": 1.0, "docs": 1.0}

#: The longest name of a test after `test_`.
LONGEST_TEST_NAME = 50


def python_files(folder: Path) -> list[Path]:
    """Return the Python files of a folder, without those of installed packages."""
    return [path for path in sorted(folder.rglob("*.py")) if "node_modules" not in path.parts]


def bindings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name and line of each binding."""
    skipped = set(_targets_of_short_comprehensions(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if node not in skipped:
                yield name, node.lineno
            case ast.arg(arg=name) if name not in ("self", "cls"):
                yield name, node.lineno
            case ast.ExceptHandler(name=str(name)):
                yield name, node.lineno


def _targets_of_short_comprehensions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, COMPREHENSIONS) and node.end_lineno == node.lineno:
            for generator in node.generators:
                yield from ast.walk(generator.target)


def vague_names(folder: Path) -> tuple[list[str], int]:
    """Return the vague bindings of a folder, as "path:line: name", and how many bindings it has."""
    vague, count = [], 0
    for path in python_files(folder):
        for name, line in bindings(ast.parse(path.read_text(encoding="utf-8"))):
            count += 1
            if name.removeprefix("_") in VAGUE_NAMES:
                vague.append(f"{path}:{line}: {name}")
    return vague, count


def test_bindings_are_found_wherever_they_are_made() -> None:
    code = """
def f(self, a, *b, c=1, **d):
    e, (g, *h) = 1, (2, 3)
    for i in a: k: int = 0
    with x as l: pass
    try: pass
    except E as m: n += (o := 1)
    [p for p in a]
    [
        q for q in a
    ]
"""
    assert sorted(name for name, _ in bindings(ast.parse(code))) == list("abcdeghiklmnoq")


@pytest.mark.parametrize("folder", ALLOWED)
def test_few_bindings_have_vague_names(folder: str) -> None:
    vague, count = vague_names(ROOT / folder)
    assert 100 * len(vague) / count < ALLOWED[folder], vague


def test_test_names_are_short() -> None:
    names = [
        name
        for path in python_files(ROOT / "tests")
        for name in re.findall(r"^ *def test_(\w+)", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(names) > 2_000
    assert [name for name in names if len(name) > LONGEST_TEST_NAME] == []


if __name__ == "__main__":
    for argument in sys.argv[1:] or ALLOWED:
        listed, number = vague_names(ROOT / argument)
        sys.stdout.write("".join(f"{line}\n" for line in listed))
        sys.stdout.write(f"{argument}: {len(listed)} of {number}\n")
