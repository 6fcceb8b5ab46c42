"""The widths of columns from their contents, by the automatic table layout algorithm of CSS 2.1.

Section 17.5.2.2 of CSS 2.1 gives each column a minimum, its longest word, and a maximum, its
longest line; a heading above several columns widens all of them by the same amount. CSS does not
say how a line is divided between the two. Here the cells of a row become about as high as each
other: columns get the widths at which no cell has more than so many lines, for the least number
that the line has room for. What is left is shared out in proportion to the difference from the
maximum, as in RFC 1942. If a line has room for all maxima, it is shared out in proportion to these.
Width is then moved between columns, by hill climbing, for as long as the whole table becomes lower:
one long cell does not make all other rows high. On a screen, that is done only if it saves much.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from math import ceil, sqrt
from typing import TYPE_CHECKING, NamedTuple

from npcompare.document import Role, Tone
from npcompare.formats.headings import is_upright, label, spanners
from npcompare.formats.row_heights import height, lowest
from npcompare.formats.wide_characters import cell_count, is_wide, unbroken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from npcompare.document import Cell, Column, Run, Table

#: The number of characters on a line of a landscape page, approximately.
PAGE_LINE = 150

#: A longer word, such as an address, may be broken if it would take too much of a line.
LONGEST_WORD = 34

#: What words that are never broken may take of a line, if they are longer.
_MOST_FOR_LONG_WORDS = 0.5

#: The widths of narrow, wide and other letters in print, and of the space on both sides of a
#: column, in characters of a line.
_NARROW, _WIDE, _OTHER, _PADDING = 0.6, 1.4, 0.93, 1.5
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("fijlrtI.,;:-/()[]’'\N{NO-BREAK SPACE}"), frozenset("mw")

#: The width of a symbol, such as a tick, which is often in another font.
_SYMBOL = 1.6

#: How much wider the bold type of headings is.
_BOLD = 1.12

#: The parts of compounds after which a line can end: in print, and on a screen, where they may be
#: shorter.
_PRINTED_PART = r"[A-Za-z]{3,}-(?=[A-Za-z]{2,})"
_SCREEN_PART = r"[A-Za-z]{2,}-(?=[A-Za-z]{2,})"

#: Letters as wide as those of a note mark, which are so much smaller: a usual one and a wide one.
_MARK_LETTER, _WIDE_MARK_LETTER = ".", "a"

#: Among so many of the words with the most letters is the one that is widest.
_CANDIDATES = 20

#: The maximum of a column that the reader writes in.
_ROOM_TO_WRITE = 30


#: What the end of a line leaves free on average, since it ends after a word.
_RAGGED = 3

#: The lines of a page from which the height of a cell counts less.
_LONG_CELL = 2

#: On a screen, width is moved between columns only if the table then has less than this part of its
#: lines: to count lines without dividing words is not exact.
_MUCH_LOWER = 0.75

#: The rows whose heights are looked at.
_MOST_ROWS = 150

#: More than the error of a sum of widths.
_ROUNDING = 1e-6


class _Contents(NamedTuple):
    """What a column has to show, in characters of a line."""

    word: float
    #: The longest line, and the characters of the longest cell.
    line: float
    cell: float


def column_widths(
    table: Table,
    line: int,
    show: Callable[[Cell], str],
    measure: Callable[[str], int] = len,
    *,
    breaks_compounds: bool = False,
) -> list[int] | None:
    """Return the widths of columns in lines of characters; no column is wider than its texts.

    Returns None if not even the longest words fit the line.

    Args:
        table: The table.
        line: The most characters of a line, without the spaces between columns.
        show: Returns the text that is shown for a cell.
        measure: Returns the width of a text in characters of a line.
        breaks_compounds: Whether a line can end after the hyphen of a compound.
    """
    split = partial(unbroken, compounds=_SCREEN_PART if breaks_compounds else "")
    contents = []
    for place, column in enumerate(table.columns):
        cells = [column.heading, *(show(row[place]) for row in table.rows)]
        words = map(measure, _longest_words(cells, split))
        contents.append(_measured(max(words, default=1), cells, measure, column))
    minima = _minima(contents, line, LONGEST_WORD)
    if sum(minima) > line:
        return None
    maxima = [max(column.line, minimum) for column, minimum in zip(contents, minima, strict=True)]
    if sum(maxima) <= line:
        return list(map(int, maxima))
    widths = _in_whole(_shared_out(contents, minima, maxima, line))
    lengths = [
        [[measure(part) for part in show(cell).split("\n")] for cell in column]
        for column in zip(*table.rows[:_MOST_ROWS], strict=True)
    ]
    if lengths:
        lower = lowest(lengths, widths, minima, 0)
        if height(lengths, lower, 0) < _MUCH_LOWER * height(lengths, widths, 0):
            widths = [int(min(pair)) for pair in zip(lower, maxima, strict=True)]
    return widths


def column_shares(table: Table, line: int = PAGE_LINE) -> list[int]:
    """Return the widths of columns in print, which fill the line; more if not even words fit."""
    contents = _printed(table)
    minima = _printed_minima(contents, line)
    if sum(minima) >= line:
        return minima
    maxima = [max(column.line, minimum) for column, minimum in zip(contents, minima, strict=True)]
    widths = _shared_out(contents, minima, maxima, line)
    signs = [place for place, column in enumerate(table.columns) if is_upright(table, column)]
    if signs:
        # Signs are in columns of the same width.
        mean = sum(widths[place] for place in signs) / len(signs)
        width = max(mean, *(minima[place] for place in signs))
        widths = [width if place in signs else shared for place, shared in enumerate(widths)]
    elif table.rows and sum(maxima) > line:
        columns = zip(*table.rows[:_MOST_ROWS], strict=True)
        lengths = [[_line_lengths(cell) for cell in column] for column in columns]
        widths = lowest(lengths, widths, minima, _PADDING + 1)
    return _in_whole(widths)


def word_widths(table: Table) -> list[float]:
    """Return the width of the widest word of each column in print, without space beside it."""
    return [column.word - _PADDING for column in _printed(table)]


def fits(table: Table, line: int) -> bool:
    """Return whether a table fits a printed line without a broken word."""
    return sum(_printed_minima(_printed(table), line)) <= line


def _printed_minima(contents: Sequence[_Contents], line: int) -> list[int]:
    return list(map(ceil, _minima(contents, line, LONGEST_WORD + _PADDING)))


def _printed(table: Table) -> list[_Contents]:
    """Return the contents of columns in print; headings that run upwards need no width."""
    contents = []
    for place, column in enumerate(table.columns):
        heading = "" if is_upright(table, column) else label(column)
        cells = [heading, *(_printed_text(row[place]) for row in table.rows)]
        head_words = (_printed_width(word) * _BOLD for word in _split(heading))
        words = (*map(_printed_width, _longest_words(cells[1:], _split)), *head_words)
        words += tuple(_printed_width(word) * _BOLD for word in _strong_words(table, place))
        measured = _measured(max(words, default=1), cells, cell_count, column)
        contents.append(_Contents(*(width + _PADDING for width in measured)))
    _widen_for_spanners(table, contents)
    return contents


def _widen_for_spanners(table: Table, contents: list[_Contents]) -> None:
    """Widen the columns below a heading that is wider than they are together."""
    first = 0
    for group, size in spanners(table):
        members = contents[first : first + size]
        word = max((_printed_width(word) * _BOLD for word in _split(group)), default=0)
        extra = [
            max(need + _PADDING - sum(widths), 0) / size
            for need, widths in (
                (word, (member.word for member in members)),
                (cell_count(group), (member.line for member in members)),
            )
        ]
        contents[first : first + size] = [
            _Contents(member.word + extra[0], member.line + extra[1], member.cell + extra[1])
            for member in members
        ]
        first += size


def _measured(
    word: float, cells: Sequence[str], measure: Callable[[str], int], column: Column
) -> _Contents:
    lengths = [[measure(line) for line in text.split("\n")] for text in cells]
    least = _ROOM_TO_WRITE if column.role is Role.OWN else 1
    longest = max(*map(max, lengths), least)
    return _Contents(word, longest, max(*map(sum, lengths), longest))


def _minima(contents: Sequence[_Contents], line: int, longest: float) -> list[float]:
    """Return the width of each column that its longest word needs."""
    words = [column.word for column in contents]
    if sum(words) <= _MOST_FOR_LONG_WORDS * line:
        return words
    return [min(word, longest) for word in words]


def _shared_out(
    contents: Sequence[_Contents], minima: Sequence[float], maxima: Sequence[float], line: int
) -> list[float]:
    """Return widths that fill a line: between minima and maxima, or in proportion to maxima."""
    if sum(maxima) <= line:
        return [line * maximum / sum(maxima) for maximum in maxima]
    widths = _balanced(contents, minima, maxima, line)
    spare = line - sum(widths)
    usable = sum(maxima) - sum(widths)
    return [
        width + (maximum - width) * spare / usable
        for width, maximum in zip(widths, maxima, strict=True)
    ]


def _balanced(
    contents: Sequence[_Contents], minima: Sequence[float], maxima: Sequence[float], line: int
) -> list[float]:
    """Return the widths at which cells have the least number of lines that fits.

    Of a cell with more than some lines of the page, only the square root counts, so that one long
    text does not make all other columns narrow.
    """
    long = _LONG_CELL * line
    areas = [min(column.cell, sqrt(long * max(column.cell, long))) for column in contents]
    for lines in range(1, ceil(max(areas)) + 1):
        widths = [
            min(max(area / lines + _RAGGED, minimum), maximum)
            for area, minimum, maximum in zip(areas, minima, maxima, strict=True)
        ]
        if sum(widths) <= line:
            return widths
    return list(minima)


def _line_lengths(cell: Cell) -> list[int]:
    return [cell_count(line) for line in _printed_text(cell).split("\n")]


def _in_whole(widths: Iterable[float]) -> list[int]:
    """Return widths as whole numbers with the same sum, none of them less by one or more."""
    ends = [0, *(int(end + _ROUNDING) for end in accumulate(widths))]
    return [end - start for start, end in pairwise(ends)]


def _printed_text(cell: Cell) -> str:
    """Return the text of a cell with the letters of its notes, which are part of the last word."""
    return "".join(f"{run.text}{_marks(run)}" for run in cell.runs)


def _marks(run: Run) -> str:
    # A comma and a space that are so small are as wide as one narrow letter.
    return "".join(map(_mark_letter, run.mark_text.replace(",\u202f", ",")))


def _mark_letter(letter: str) -> str:
    if letter == " ":
        return letter
    return _WIDE_MARK_LETTER if letter in _WIDE_LETTERS else _MARK_LETTER


def _strong_words(table: Table, place: int) -> list[str]:
    """Return the longest words of a column that are in bold type."""
    runs = (run for row in table.rows for run in row[place].runs if run.tone is Tone.STRONG)
    return _longest_words((f"{run.text}{_marks(run)}" for run in runs), _split)


def _longest_words(texts: Iterable[str], split: Callable[[str], list[str]]) -> list[str]:
    """Return those of the words among which is the widest."""
    words = {word for text in texts for word in split(text)}
    return sorted(words, key=lambda word: (len(word), word))[-_CANDIDATES:]


def _split(text: str) -> list[str]:
    return unbroken(text, _PRINTED_PART)


def _printed_width(word: str) -> float:
    """Return the width of a word in print, in characters of a line."""
    return sum(map(_letter_width, word))


@lru_cache(maxsize=2**12)
def _letter_width(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if is_wide(letter):
        return 2
    if unicodedata.combining(letter):
        return 0
    if unicodedata.category(letter) == "So":
        return _SYMBOL
    return _WIDE if letter in _WIDE_LETTERS or letter.isupper() else _OTHER
