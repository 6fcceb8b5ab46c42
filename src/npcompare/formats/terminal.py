"""Tables for the screen, in colour and as wide as it is; colour only repeats what words say."""

from __future__ import annotations

import io
import shutil
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING

from npcompare.document import Tone
from npcompare.formats.answer_strings import with_strings
from npcompare.formats.narrow_screens import fitted
from npcompare.formats.plain import bracketed, is_long, plain_text
from npcompare.messages import message
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from npcompare.document import Cell, Document, Table
    from npcompare.formats.narrow_screens import FittedTable

_STYLES = {
    Tone.STRONG: "bold",
    Tone.QUOTE: "italic",
    Tone.SAME: "green",
    Tone.BROADER: "bold cyan",
    Tone.NARROWER: "bold magenta",
    Tone.INCOMPARABLE: "bold yellow",
    Tone.UNKNOWN: "dim",
    Tone.SILENT: "dim",
    Tone.PROBLEM: "bold red",
    Tone.INSERTED: "green underline",
    Tone.DELETED: "red strike",
    Tone.ASIDE: "cyan",
}

#: The style of the names above values.
_NAME = "bold"

#: The style of a label, which is unlike that of any value.
_LABEL = "blue"

#: Rich breaks lines at no-break spaces too, so this noncharacter takes their place until the lines
#: are broken. `visible` shows noncharacters by their numbers, so no other text can contain it.
_UNBREAKABLE = "\ufdd0"

#: The width if the output is not a terminal.
_WIDTH = 100


def write(document: Document) -> str:
    """Return the tables for the terminal that this program runs in."""
    from rich.console import Console

    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    stream = io.StringIO()
    console = Console(
        file=stream,
        force_terminal=sys.stdout.isatty(),
        width=max(width, 20),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for line in document.heading:
        console.print(_text(line, "bold"))
    if document.heading:
        console.print()
    for table in document.tables:
        _print(console, with_strings(table))
    if document.imprint:
        console.print(_text(document.imprint, "dim"))
    lines = stream.getvalue().replace(_UNBREAKABLE, "\N{NO-BREAK SPACE}").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _print(console: Console, table: Table) -> None:
    console.print(_text(table.title, "bold"))
    if table.headnote:
        console.print(_text(table.headnote))
    grid = fitted(table, lambda count: console.width - 1 - 2 * count, plain_text, _width)
    if not table.rows:
        console.print(_text(f"\n{message('(none)')}"))
    elif grid:
        _print_grid(console, grid)
    else:
        _print_stacked(console, table)
    for remark in table.remarks:
        console.print(_text(remark))
    for letter, note in table.notes:
        console.print(_text(f"[{letter}] {note}"))
    console.print()


def _width(text: str) -> int:
    """Return the width of a text on the screen, at most.

    A zero-width joiner puts the next character into its own cell of the screen, but not if a line
    is broken there; so each character is counted separately.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    if "\u200d" in text:
        return sum(map(cell_len, text))
    return cell_len(text)


def _print_grid(console: Console, fit: FittedTable) -> None:
    """Print a table with columns; a blank line divides rows, if most are longer than a line.

    Names are printed over the whole width, above the values.
    """
    from rich.text import Text

    table, widths, names = fit
    long_rows = sum(is_long(map(plain_text, row), widths, _width) for row in table.rows)
    is_spaced = 2 * long_rows > len(table.rows)
    grid = _Grid(console, widths)
    grid.lines.append(Text())
    for place, row in enumerate((None, *table.rows)):
        if place > 1 and is_spaced:
            grid.lines.append(Text())
        if names:
            grid.print_name(names[place])
        if row is None:
            grid.add_headings([_text(column.heading) for column in table.columns])
        elif not (names and place - 1 in table.group_rows):
            grid.add_row([_cell(console, cell) for cell in row])
    grid.lines.append(Text())
    grid.print_lines()


class _Grid:
    """The lines of a table, which are printed together; rich prints a table cell by cell."""

    def __init__(self, console: Console, widths: Sequence[int]) -> None:
        self._console = console
        self._widths = widths
        self.lines: list[Text] = []

    def print_lines(self) -> None:
        """Print the lines so far."""
        from rich.text import Text

        self._console.print(Text("\n").join(self.lines), soft_wrap=True)
        self.lines = []

    def print_name(self, name: Cell) -> None:
        """Print a name over the whole width."""
        from rich.padding import Padding

        if self.lines:
            self.print_lines()
        self._console.print(Padding(_cell(self._console, name), (0, 1)), style=_NAME)

    def add_headings(self, headings: Sequence[Text]) -> None:
        """Add headings, which end on the same line, and a rule below them."""
        from rich.text import Text

        columns = self._wrapped(headings)
        height = max(map(len, columns))
        for lines in columns:
            lines[:0] = [None] * (height - len(lines))
        self._add(columns, _NAME)
        rule = "\u2500" if _has_lines() else "-"
        self.lines.append(Text(f" {rule * (sum(self._widths) + 2 * len(self._widths) - 2)}"))

    def add_row(self, cells: Sequence[Text]) -> None:
        """Add the lines of a row."""
        self._add(self._wrapped(cells), "")

    def _wrapped(self, cells: Sequence[Text]) -> list[list[Text | None]]:
        """Return the lines of each cell, as wide as its column."""
        return [
            [*cell.wrap(self._console, width, justify="left", overflow="fold")]
            for cell, width in zip(cells, self._widths, strict=True)
        ]

    def _add(self, columns: Sequence[Sequence[Text | None]], style: str) -> None:
        """Add lines that have the next line of each column, until all columns have ended."""
        from rich.text import Text

        for parts in zip_longest(*columns):
            line = Text(" ")
            for place, (part, width) in enumerate(zip(parts, self._widths, strict=True), 1):
                gap = " " if place < len(parts) else ""
                if part is None:
                    line.append(" " * width + gap, style)
                else:
                    part.stylize(style)
                    line.append_text(part).append(gap, style)
                line.append(gap)
            self.lines.append(line)


def _has_lines() -> bool:
    """Return whether the screen or the pipe can show lines, which older encodings lack."""
    try:
        "\u2500".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _print_stacked(console: Console, table: Table) -> None:
    """Print each row as a list of headings and cells, for a terminal too narrow for columns."""
    from rich.table import Table as RichTable

    longest = max(_width(visible(column.heading)) for column in table.columns)
    label_width = min(longest, console.width // 3)
    for place, row in enumerate(table.rows):
        console.print()
        if place in table.group_rows:
            console.print(_cell(console, row[0]))
            continue
        lines = RichTable.grid(padding=(0, 2, 0, 0))
        if label_width:
            lines.add_column(style=_LABEL, overflow="fold", width=label_width)
        lines.add_column(overflow="fold")
        for column, cell in zip(table.columns, row, strict=True):
            if cell.runs:
                labels = [_text(column.heading)] if label_width else []
                lines.add_row(*labels, _cell(console, cell))
        console.print(lines)
    console.print()


def _cell(console: Console, cell: Cell) -> Text:
    """Return a cell; where there are no styles, deleted and inserted words are in brackets."""
    from rich.text import Text

    text = Text()
    is_plain = console.color_system is None
    for run in cell.runs:
        words = bracketed(run) if is_plain else run.text
        text.append(_kept(words), "" if is_plain else _STYLES.get(run.tone, ""))
        for mark in run.marks:
            text.append(_kept(f" [{mark}]"), "" if is_plain else "dim")
    return text


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(_kept(words), style=style)


def _kept(words: str) -> str:
    """Return words with control characters made visible, and no-break spaces kept by rich."""
    return visible(words).replace("\N{NO-BREAK SPACE}", _UNBREAKABLE)
