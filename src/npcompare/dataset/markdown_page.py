"""Pages in Markdown from the files in `templates/`.

Texts from a corpus are escaped before they are put into a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.coding.file_templates import fill_template
from npcompare.formats.markdown import escaped
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def fill_page(name: str, **values: Any) -> bytes:
    """Return a page with values filled in; numbers have separators of thousands."""
    numbered = {key: number(value) if _is_number(value) else value for key, value in values.items()}
    return fill_template(name, "dataset", **numbered).encode()


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def number(count: int) -> str:
    """Return a number with separators of thousands."""
    return f"{count:,}"


def text(words: object) -> str:
    """Return words on one line, with nothing in them that Markdown or HTML would act on."""
    return escaped(" ".join(str(words).split()))


def code(words: object) -> str:
    """Return words on one line as code, in which Markdown acts on nothing."""
    return f"`{visible(' '.join(str(words).split()), keep_lines=False).replace('`', chr(39))}`"


def literal(words: str) -> str:
    """Return words as a block that is shown as it is, line by line."""
    lines = visible(words).strip("\n").split("\n")
    longest = max(len(line) - len(line.lstrip("~")) for line in (line.strip() for line in lines))
    fence = "~" * (longest + 3)
    return "\n".join([fence, *lines, fence])


def table(headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table whose texts are Markdown; columns of numbers end on the right."""
    body = list(rows)
    places = range(len(headings))
    is_number = [any(_is_number(row[place]) for row in body) for place in places]
    lines = [
        list(headings),
        ["---:" if is_number[place] else "---" for place in places],
        *([f"{part:,}" if isinstance(part, int) else part for part in row] for row in body),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
