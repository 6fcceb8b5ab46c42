"""Write schemas/labels/messages.yaml: the English messages of the code, for translators.

A message is the text in a call of `message`, `deferred` or `plural`. `make messages` runs this; a
test compares the file with the code.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(__file__).parent.parent / "src" / "npcompare"
LISTED = PACKAGE.parent.parent / "schemas" / "labels" / "messages.yaml"

#: The functions of `npcompare.messages` with a message, and its place among their arguments.
PLACES = {"message": 0, "deferred": 0, "plural": 1}

#: The functions whose named arguments are headings, which they translate.
HEADINGS = {"columns", "number_columns"}

_IN_TEMPLATE = re.compile(r'\b(message|plural)\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?')

HEAD = """\
# The English messages of the code by module, for those who translate them; `make messages` writes
# this file. A message with {count} has a form for each plural category of a language.
"""


def messages(path: Path) -> Iterator[str]:
    """Yield the messages of a module; raise ValueError for one that is not written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in HEADINGS:
            yield from _texts(path, [keyword.value for keyword in node.keywords])
        elif node.func.id in PLACES:
            place = PLACES[node.func.id]
            yield from _texts(path, node.args[place : place + 1])


def _texts(path: Path, nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            raise ValueError(f"{path}:{node.lineno}: a message cannot be an f-string")  # noqa: TRY004 - a fault of the text
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value


def template_messages(path: Path) -> Iterator[str]:
    """Yield the messages of a template."""
    for function, first, second in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
        yield second if function == "plural" else first


def listing() -> str:
    """Return the contents of the file."""
    import yaml

    by_module: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        read = {".py": messages, ".j2": template_messages}.get(path.suffix)
        if read and (texts := sorted(set(read(path)))):
            by_module[path.relative_to(PACKAGE).with_suffix("").as_posix()] = texts
    return HEAD + yaml.safe_dump(by_module, allow_unicode=True, width=100, sort_keys=False)


if __name__ == "__main__":
    LISTED.write_text(listing(), encoding="utf-8")
