r"""The language of a LaTeX file: hyphenation, the words of captions, and tables from right to left.

XeLaTeX and LuaLaTeX load babel for hyphenation; pdfLaTeX does not. In Arabic the columns of tables
are in reverse order, and each line is set from right to left by \righttoleft, so that no package
for the direction of whole documents is needed, on which the two engines differ.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import TABLE_CAPTION, Run
from npcompare.formats.language_scripts import Script, directions, language_of
from npcompare.messages import ENGLISH_TAG, current, deferred, divided
from npcompare.text import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from npcompare.document import Document, Table

#: The name of the language in babel is put between these.
_BABEL = (
    "\\ifPDFTeX\\else\\IfFileExists{babel.sty}{\\usepackage{babel}\\babelprovide[import,main]{",
    "}}{}\\fi\n",
)

#: Latin words and numbers, which run from left to right in any text.
_LEFT_TO_RIGHT = re.compile(
    r"([0-9A-Za-z\u00c0-\u024f](?:[\x20-\u024f]*[0-9A-Za-z\u00c0-\u024f])?)"
)


#: Signs that are mirrored in a text from right to left.
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def loaded(document: Document) -> str:
    """Return the packages for the language of a document; in English, none."""
    language = language_of(document.language)
    # Arabic has no hyphenation, and babel would load a package for its direction.
    is_loaded = language.babel and not document.is_right_to_left
    return language.babel.join(_BABEL) if is_loaded else ""


def captions(document: Document, escape: Callable[[str], str]) -> str:
    """Return the definitions of the words of captions; in English, none.

    Args:
        document: The document.
        escape: Returns a text as it is written in LaTeX.
    """
    if document.language == ENGLISH_TAG:
        return ""
    definitions = "\n".join(_definitions(escape))
    return f"\\AtBeginDocument{{%\n{definitions}\n}}\n"


def _definitions(escape: Callable[[str], str]) -> Iterator[str]:
    figure = deferred("Figure {number}. {title}")
    for kind, english in (("table", TABLE_CAPTION), ("figure", figure)):
        (before, _), (between, _), *_ = divided(english)
        yield f"\\def\\{kind}name{{{escape(before.strip())}}}%"
        yield f"\\def\\{kind}separator{{{escape(between.strip())} }}%"


def head_style() -> str:
    """Return the command for headings: scripts without italics have bold ones."""
    is_simple = language_of(current().language).script is Script.SIMPLE
    return r"\textit" if is_simple else r"\textbf"


def is_turned() -> bool:
    """Return whether the language in use runs from right to left."""
    return current().is_right_to_left


def mirrored(table: Table) -> Table:
    """Return a table with its columns in reverse order, if the language runs from right to left."""
    if not is_turned():
        return table
    return replace(
        table,
        columns=table.columns[::-1],
        rows=tuple(row[::-1] for row in table.rows),
    )


def line_runs(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the lines of a cell, each with its runs; marks are in a run without text."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                parts.append([])
            if text:
                parts[-1].append(replace(run, text=text, marks=()))
        if run.marks:
            parts[-1].append(replace(run, text=""))
    return parts


def is_quotation(line: Iterable[Run]) -> bool:
    """Return whether all words of a line are quoted in a language that runs from left to right."""
    words = [run for run in line if run.text.strip()]
    return bool(words) and all(run.language and not is_right_to_left(run.text) for run in words)


def turned_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text from right to left, and whether each runs from left to right.

    Numbers do, as Latin words do.
    """
    if not is_turned():
        yield from _with_numbers(text)
        return
    for part, is_turned_part in directions(text):
        if is_turned_part:
            # XeTeX reverses the order of signs, and leaves each as it is.
            yield from (
                (words if is_left else words.translate(_MIRRORED), is_left)
                for words, is_left in _with_numbers(part)
            )
        else:
            yield part, True


def _with_numbers(text: str) -> Iterator[tuple[str, bool]]:
    parts = _LEFT_TO_RIGHT.split(text)
    return ((part, number % 2 == 1) for number, part in enumerate(parts) if part)
