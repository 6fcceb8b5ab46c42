"""Plain text, and what other formats share with it: the texts and the pieces of cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Role, Tone
from npcompare.formats.answer_strings import with_strings
from npcompare.formats.narrow_screens import fitted
from npcompare.formats.wide_characters import EAST_ASIAN, has_wide
from npcompare.messages import message
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.document import Document, Run, Table
    from npcompare.formats.narrow_screens import FittedTable

_PLAIN_LINE = 100

#: How a redline shows changes without colour, as in the output of wdiff.
_BRACKETS = {Tone.DELETED: ("[-", "-]"), Tone.INSERTED: ("{+", "+}")}

#: The most characters of a heading on one line, where rows are lists of headings and cells.
_LONGEST_LABEL = 28

#: Fills a row that is blank, which tabulate would leave out. `visible` shows noncharacters by their
#: numbers, so no text can contain it.
_BLANK = "\ufdd0"

#: Stands for a comma while a table is made: tabulate fails on some numbers that have one.
_COMMA = "\ufdd2"

#: Stands in the line of a table, while it is made, that names take the place of.
_NAMES_ABOVE = "\ufdd1"

#: Where a long cell is cut: after a sentence if possible, else after a word.
_SENTENCE, _WORD = re.compile(r"(?<=[.;:]) "), re.compile(" ")


def bracketed(run: Run) -> str:
    """Return the text of a run, with brackets around deleted or inserted words."""
    opening, closing = _BRACKETS.get(run.tone, ("", ""))
    words = run.text.rstrip()
    return f"{opening}{words}{closing}{run.text[len(words) :]}" if words else run.text


def plain_text(cell: Cell) -> str:
    """Return a cell as plain text, with its marks in square brackets."""
    return visible("".join(bracketed(run) + _marks(run) for run in cell.runs))


def _marks(run: Run) -> str:
    return "".join(f" [{mark}]" for mark in run.marks)


def pieces(
    cell: Cell, line: int, lines: int, measure: Callable[[str], int] = len
) -> Iterator[Cell]:
    """Yield a cell in pieces of about that many lines, for formats that cannot break a row.

    `line` is the length of a line by the measure. A piece ends after a sentence if possible, else
    after a word; a line break at the start of a piece is left out.
    """
    piece: list[Run] = []
    #: The lines that the piece fills, and the length of its last line.
    full_lines = length = 0
    for run in cell.runs:
        is_started = False
        for text in _parts(run.text, max(line * lines // 4, line), measure):
            is_break = text == "\n"
            extra = 0 if is_break else measure(text)
            if piece and full_lines + (length + extra) // line + is_break >= lines:
                yield Cell(tuple(piece))
                piece, full_lines, length, is_started = [], 0, 0, False
                if is_break:
                    continue
            if is_break:
                full_lines, length = full_lines + length // line + 1, 0
            length += extra
            previous = piece.pop().text if is_started else ""
            piece.append(replace(run, text=previous + text, marks=()))
            is_started = True
        if run.marks:
            text = piece.pop().text if is_started else ""
            piece.append(replace(run, text=text))
    yield Cell(tuple(piece))


def _parts(text: str, length: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Yield the lines of a text in parts of limited length, and the breaks between them."""
    for remainder in re.split("(\n)", text):
        while measure(remainder) > length:
            window = remainder[: max(length * len(remainder) // measure(remainder), 1)]
            ends = [
                match.end()
                for pattern in (_WORD, _SENTENCE)
                for match in pattern.finditer(window, len(window) // 2)
            ]
            end = ends[-1] if ends else len(window)
            yield remainder[:end]
            remainder = remainder[end:]  # noqa: PLW2901
        if remainder:
            yield remainder


def write(document: Document) -> str:
    """Return the tables as plain text, wrapped, with rules of hyphens."""
    parts = ["\n".join(map(visible, document.heading))] if document.heading else []
    parts += [
        _plain_table(document.caption(place), with_strings(table))
        for place, table in enumerate(document.tables)
    ]
    if document.imprint:
        parts.append(visible(document.imprint))
    return "\n\n".join(parts) + "\n"


def _plain_table(caption: str, table: Table) -> str:
    lines = [_wrapped(caption)]
    lines += [_wrapped(line) for line in table.headnote.split("\n") if line]
    lines.append("")
    if table.rows:
        # There are two spaces between columns.
        grid = fitted(table, lambda count: _PLAIN_LINE - 2 * (count - 1), plain_text, _cells)
        lines.append(_grid(grid) if grid else _stacked(table))
    else:
        lines.append(message("(none)"))
    notes = [*table.remarks, *(f"[{letter}] {text}" for letter, text in table.notes)]
    if notes:
        lines += ["", *map(_wrapped, notes)]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n"))


def _grid(fit: FittedTable) -> str:
    """Return a table with columns; a blank line divides rows, if most are longer than a line."""
    from tabulate import SEPARATING_LINE, tabulate

    table, widths, names = fit
    above = f"{_NAMES_ABOVE}\n" if names else ""
    body = [
        [
            _NAMES_ABOVE if names and place in table.group_rows else above + _safe(plain_text(cell))
            for cell in row
        ]
        for place, row in enumerate(table.rows)
    ]
    if 2 * sum(is_long(row, widths, _cells) for row in body) > len(body):
        blank = [_BLANK] * len(widths)
        body = [line for row in body for line in (row, blank)][:-1]
    # Headings that tabulate has as such make their columns wider. Without them, there is a rule
    # above the first row and below the last one.
    headings = [above + _safe(visible(column.heading)) for column in table.columns]
    grid = tabulate(
        [headings, SEPARATING_LINE, *body],
        tablefmt="simple",
        # Section 1.10 must not become the number 1.1.
        disable_numparse=True,
        maxcolwidths=widths,
        # An id is whole on its line, so that it can be copied.
        break_on_hyphens=False,
    )
    _, *lines, _ = grid.replace(_COMMA, ",").split("\n")
    remaining = iter(names)
    return "\n".join(
        _wrapped(plain_text(next(remaining))) if _NAMES_ABOVE in line else line.replace(_BLANK, "")
        for line in lines
    )


def is_long(row: Iterable[str], widths: Sequence[int], measure: Callable[[str], int]) -> bool:
    """Return whether a row of texts is longer than a line in columns of these widths."""
    return any(
        "\n" in text or measure(text) > width for text, width in zip(row, widths, strict=True)
    )


def _stacked(table: Table) -> str:
    """Return each row as a list of headings and cells, for a table that is wider than a line."""
    from tabulate import tabulate

    labels = [visible(column.heading) for column in table.columns]
    label_width = min(max(map(_cells, labels)), _LONGEST_LABEL)
    widths = [label_width, _PLAIN_LINE - label_width - 2]
    blocks = []
    for place, row in enumerate(table.rows):
        if place in table.group_rows:
            blocks.append(plain_text(row[0]))
            continue
        pairs = [
            [label, _safe(plain_text(cell))]
            for label, column, cell in zip(labels, table.columns, row, strict=True)
            if cell.runs or column.role is Role.OWN
        ]
        block = tabulate(
            pairs,
            tablefmt="plain",
            disable_numparse=True,
            maxcolwidths=widths,
            break_on_hyphens=False,
        )
        blocks.append(block.replace(_COMMA, ","))
    return "\n\n".join(blocks)


def _safe(text: str) -> str:
    """Return the text of a cell as tabulate accepts it; it fails on a line break alone."""
    return text.replace(",", _COMMA) if text.strip() else ""


def _cells(text: str) -> int:
    """Return the width of a text in cells of a line; a letter of an East Asian script takes two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    # It does not measure characters without a known width.
    width = wcswidth(text)
    return width if width >= 0 else len(text)


def _wrapped(line: str) -> str:
    """Return a text in lines, which also end between the characters of an East Asian script."""
    import textwrap

    if has_wide(line):
        return "\n".join(_wide_lines(visible(line)))
    return textwrap.fill(visible(line), _PLAIN_LINE, break_long_words=False, break_on_hyphens=False)


def _wide_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with wide characters, whose signs stay beside them."""
    from npcompare.formats.language_scripts import NEVER_FIRST, NEVER_LAST

    before, after = ("".join(sorted(signs)) for signs in (NEVER_LAST, NEVER_FIRST))
    part_pattern = rf"\s*[{before}]*(?:[{EAST_ASIAN}]|[^\s{EAST_ASIAN}]+)[{after}]*"
    line = ""
    for part in re.findall(part_pattern, text):
        if line.strip() and _cells(line + part.rstrip()) > _PLAIN_LINE:
            yield line.rstrip()
            line = part.lstrip()
        else:
            line += part
    if line:
        yield line.rstrip()
