"""Tables for the screen, in colour and as wide as it is; colour only repeats what words say."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

from npcompare.document import Tone
from npcompare.formats.answer_strings import with_strings
from npcompare.formats.narrow_screens import fitted
from npcompare.formats.plain import NAMES_ABOVE, bracketed, is_long, plain_text
from npcompare.messages import message
from npcompare.text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable
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
    from rich.cells import cell_len

    if "\u200d" in text:
        return sum(map(cell_len, text))
    return cell_len(text)


def _print_grid(console: Console, fit: FittedTable) -> None:
    """Print a table with columns; names are printed over the whole width, above the values."""
    from rich.padding import Padding

    with console.capture() as capture:
        console.print(_grid(console, fit))
    names = iter(fit.names)
    for line in capture.get().splitlines():
        if NAMES_ABOVE in line:
            console.print(Padding(_cell(console, next(names)), (0, 1)), style=_NAME)
        else:
            console.file.write(f"{line}\n")


def _grid(console: Console, fit: FittedTable) -> RichTable:
    """Return a table with columns; a blank line divides rows, if most are longer than a line."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    table, widths, names = fit
    above = f"{NAMES_ABOVE}\n" if names else ""
    rule = box.SIMPLE_HEAD
    if not _has_lines():
        rule = box.Box(str(rule).replace("\u2500", "-"), ascii=True)
    texts = ([plain_text(cell) for cell in row] for row in table.rows)
    long_rows = sum(is_long(row, widths, _width) for row in texts)
    leading = 1 if 2 * long_rows > len(table.rows) else 0
    grid = RichTable(
        box=rule, padding=(0, 1), collapse_padding=True, pad_edge=False, leading=leading
    )
    headings = [_text(column.heading) for column in table.columns]
    heights = [len(text.wrap(console, width)) for text, width in zip(headings, widths, strict=True)]
    for heading, height, width in zip(headings, heights, widths, strict=True):
        # Headings end on the same line, so only those with the most lines begin on the first one.
        first = above if height == max(heights) else ""
        grid.add_column(Text(first).append_text(heading), overflow="fold", width=width)
    for place, row in enumerate(table.rows):
        if names and place in table.group_rows:
            grid.add_row(NAMES_ABOVE)
        else:
            grid.add_row(*(Text(above).append_text(_cell(console, cell)) for cell in row))
    return grid


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
    for run in cell.runs:
        words = bracketed(run) if console.color_system is None else run.text
        text.append_text(_text(words, _STYLES.get(run.tone, "")))
        for mark in run.marks:
            text.append_text(_text(f" [{mark}]", "dim"))
    return text


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(words).replace("\N{NO-BREAK SPACE}", _UNBREAKABLE), style=style)
