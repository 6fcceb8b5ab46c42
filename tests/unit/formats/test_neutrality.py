"""Formats are independent of the law: they use roles and answers of a table, not its words."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from conftest import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAW = re.compile(
    r"(?i)\b(scope|threshold|stage|persons|compulsion|relief|offence|provision|statute|limb|victim"
    r"|jurisdiction|legislation|trafficking|codebook|article|treaty)s?\b"
)

SOURCES = (".py", ".j2", ".js", ".css")


def literals(path: Path) -> Iterator[str]:
    """Yield the strings of a module that are not docstrings, or the whole of another file."""
    if path.suffix != ".py":
        # HTML has an attribute and an element of these names.
        yield path.read_text(encoding="utf-8").replace("scope", "").replace("article", "")
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in statements
        ):
            yield node.value.replace("\\documentclass[10pt]{article}", "")


def test_formats_contain_no_word_of_the_law() -> None:
    """A format uses the data of a table and not its words, so that labels can be translated."""
    paths = [path for path in (PACKAGE / "formats").rglob("*") if path.suffix in SOURCES]
    assert len(paths) > 15
    legal_words = {path.name: LAW.findall(text) for path in paths for text in literals(path)}
    assert {name: words for name, words in legal_words.items() if words} == {}
