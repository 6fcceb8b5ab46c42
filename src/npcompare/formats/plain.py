"""Cells as plain text: how wide, how shared out, how parted; and the format that is no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Tone
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.document import Document, Run, Table

_PLAIN_LINE = 100

#: How many characters stand on a line of a landscape page, near enough to share it out.
PAGE_LINE = 150

#: The longest word that a column is kept wide enough for.
_LONGEST_WORD = 34

#: The redline without colour: as word-by-word comparisons have long been printed.
_BRACKETS = {Tone.DELETED: ("[-", "-]"), Tone.INSERTED: ("{+", "+}")}

#: Where a cell that is too long is best broken: after a sentence, else after a word.
_SENTENCE, _WORD = re.compile(r"(?<=[.;:]) "), re.compile(" ")


def bracketed(run: Run) -> str:
    """Return a run's text, with brackets around what is deleted or inserted."""
    before, after = _BRACKETS.get(run.tone, ("", ""))
    words = run.text.rstrip()
    return f"{before}{words}{after}{run.text[len(words) :]}" if words else run.text


def plain_text(cell: Cell) -> str:
    """Return a cell as plain text, its marks in square brackets."""
    return visible("".join(bracketed(run) + _marks(run) for run in cell.runs))


def _marks(run: Run) -> str:
    return "".join(f" [{mark}]" for mark in run.marks)


def column_widths(table: Table, line: int, measure: Callable[[str], int] = len) -> list[int] | None:
    """Return how wide each column is so that the table fits a line and no word is cut.

    What a column needs beyond its longest word is shared out by how much each could use. Returns
    None where even the longest words do not fit.
    """
    least, most = [], []
    for number, column in enumerate(table.columns):
        lines = [column.heading]
        for row in table.rows:
            lines += plain_text(row[number]).split("\n")
        most.append(max(measure(one) for one in lines))
        words = [word for one in lines for word in one.split()]
        least.append(max((min(measure(word), _LONGEST_WORD) for word in words), default=1))
    spare = line - sum(least)
    if spare < 0:
        return None
    wanted = sum(most) - sum(least)
    if wanted <= spare:
        return most
    return [low + (high - low) * spare // wanted for low, high in zip(least, most, strict=True)]


def column_shares(table: Table) -> list[int]:
    """Return what share of a printed page's line each column gets: by weight, or by its texts.

    No word of a head is broken where the widest column has room to give.
    """
    if not table.weights:
        widths = column_widths(table, PAGE_LINE)
        # A table without a single word still has columns.
        return widths if widths and any(widths) else [1] * len(table.columns)
    shares = [PAGE_LINE * weight // sum(table.weights) for weight in table.weights]
    for number, column in enumerate(table.columns):
        # A head is bold, and there is room at both sides of it.
        longest = 2 + max(map(len, re.split(r"[\s-]", column.heading)))
        widest = shares.index(max(shares))
        given = min(longest - shares[number], shares[widest] - PAGE_LINE // len(shares))
        if given > 0:
            shares[number] += given
            shares[widest] -= given
    return shares


def pieces(cell: Cell, line: int, most: int, measure: Callable[[str], int] = len) -> Iterator[Cell]:
    """Yield a cell in pieces of about as many lines as may be, for formats that break no row.

    `line` is what a line holds, by the measure given. Pieces end after a sentence, else a word;
    the line break that a piece would begin with is left out.
    """
    held: list[Run] = []
    full = used = 0
    for run in cell.runs:
        is_begun = False
        for text in _parts(run.text, max(line * most // 4, line), measure):
            is_break = text == "\n"
            more = 0 if is_break else measure(text)
            if held and full + (used + more) // line + is_break >= most:
                yield Cell(tuple(held))
                held, full, used, is_begun = [], 0, 0, False
                if is_break:
                    continue
            if is_break:
                full, used = full + used // line + 1, 0
            used += more
            before = held.pop().text if is_begun else ""
            held.append(replace(run, text=before + text, marks=()))
            is_begun = True
        if run.marks:
            held.append(replace(run, text=""))
    yield Cell(tuple(held))


def _parts(text: str, most: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Yield a text in parts that, but for the line breaks, are no longer than that."""
    for part in re.split("(\n)", text):
        rest = part
        while measure(rest) > most:
            window = rest[: max(most * len(rest) // measure(rest), 1)]
            ends = [
                found.end()
                for pattern in (_WORD, _SENTENCE)
                for found in pattern.finditer(window, len(window) // 2)
            ]
            at = ends[-1] if ends else len(window)
            yield rest[:at]
            rest = rest[at:]
        if rest:
            yield rest


def write(document: Document) -> str:
    """Return the tables as plain text, wrapped, with rules of hyphens."""
    parts = [_plain_table(table) for table in document.tables]
    if document.provenance:
        parts.append(visible(document.provenance))
    return "\n\n".join(parts) + "\n"


def _plain_table(table: Table) -> str:
    from tabulate import tabulate

    lines = [visible(table.title), ""]
    if table.rows:
        # Two spaces stand between columns; a table of many columns is wider than the line.
        room = _PLAIN_LINE - 2 * (len(table.columns) - 1)
        widths = column_widths(table, room) or [_LONGEST_WORD] * len(table.columns)
        lines.append(
            tabulate(
                [[plain_text(cell) for cell in row] for row in table.rows],
                headers=[visible(column.heading) for column in table.columns],
                tablefmt="simple",
                # Section 1.10 is not the number 1.1.
                disable_numparse=True,
                maxcolwidths=widths,
            )
        )
    else:
        lines.append("(none)")
    below = [*table.remarks, *(f"[{letter}] {text}" for letter, text in table.notes)]
    if below:
        lines += ["", *(_wrapped(line) for line in below)]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n"))


def _wrapped(line: str) -> str:
    import textwrap

    return textwrap.fill(visible(line), _PLAIN_LINE, break_long_words=False, break_on_hyphens=False)
