"""Overviews in plain text: the answers of neighbouring columns in one string, with letters above.

No screen has room for a heading over each of twenty signs. A letter stands for the column, and the
letters are explained under the table.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Column, Role, Run
from npcompare.messages import enumerated, message
from npcompare.text import CAPITALS, LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.document import Table

#: The letters of columns; a table of more answers than these is printed as any other.
_LETTERS = CAPITALS + LETTERS

#: Shown for an answer that has no sign, so that the eye can follow the row.
_NO_SIGN = "·"

#: A longer word of a name may be broken at a no-break space or after a hyphen.
_LONGEST_WORD = 18

#: Between two signs, and after a letter that is explained; no line may end there.
_SPACE = "\N{NO-BREAK SPACE}"


def with_strings(table: Table) -> Table:
    """Return an overview with one column for each group of answers; any other table as it is."""
    places = [at for at, column in enumerate(table.columns) if column.role is Role.ANSWER]
    if not 0 < len(places) <= len(_LETTERS):
        return table
    from npcompare.charts import Sign, SignTable

    overview = table.figure
    if not isinstance(overview, SignTable):
        return table
    letters = dict(zip(places, _LETTERS, strict=False))
    groups = [
        list(members) for _, members in groupby(places, key=lambda at: table.columns[at].group)
    ]
    widths = _widths(table, places)
    before, after = table.columns[: places[0]], table.columns[places[-1] + 1 :]
    headings = [_heading(table, members, letters, widths) for members in groups]
    body = tuple(
        (
            *map(_breakable, row[: places[0]]),
            *(_string(row, members, widths) for members in groups),
            *row[places[-1] + 1 :],
        )
        for row in table.rows
    )
    headnote = table.headnote
    for sign in overview.legend:
        if not sign.sign:
            meaning = sign.meaning if isinstance(sign, Sign) else sign.label
            blank = message("blank: {meaning}", meaning=meaning)
            headnote = headnote.replace(blank, f"{_NO_SIGN} {meaning}")
    return replace(
        table,
        columns=(*before, *headings, *after),
        rows=body,
        headnote=headnote,
        remarks=(_key(table, groups, letters), *table.remarks),
    )


def _key(table: Table, groups: Sequence[Sequence[int]], letters: dict[int, str]) -> str:
    """Return what the letters stand for, under the headings of groups if these are part of it."""
    columns = {at: table.columns[at] for members in groups for at in members}
    if any(column.heading == (column.short or column.heading) for column in columns.values()):
        named = (f"{letters[at]}{_SPACE}{column.heading}" for at, column in columns.items())
        return message("Columns: {names}.", names=enumerated(list(named), is_strong=True))
    return " ".join(
        message(
            "{heading}: {names}.",
            heading=columns[members[0]].group,
            names=enumerated(
                [f"{letters[at]}{_SPACE}{columns[at].short}" for at in members], is_strong=True
            ),
        )
        for members in groups
    )


def _breakable(name: Cell) -> Cell:
    """Return the name of a row as it is broken in a narrow column."""
    return Cell(tuple(replace(run, text=_broken(run.text)) for run in name.runs))


def _broken(text: str) -> str:
    return " ".join(map(_broken_word, text.split(" ")))


def _broken_word(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    lines = word.replace(_SPACE, " ").split(" ")
    return " ".join(map(_broken_at_hyphens, lines))


def _broken_at_hyphens(word: str) -> str:
    end = word.rfind("-", 0, _LONGEST_WORD) + 1
    if len(word) <= _LONGEST_WORD or not end:
        return word
    return f"{word[:end]}\n{_broken_at_hyphens(word[end:])}"


def _widths(table: Table, places: Sequence[int]) -> dict[int, int]:
    """Return how many characters the longest text of each column has: a sign or a number."""
    return {at: max([1, *(len(row[at].text) for row in table.rows)]) for at in places}


def _heading(
    table: Table, members: Sequence[int], letters: dict[int, str], widths: dict[int, int]
) -> Column:
    names = _SPACE.join(letters[at].ljust(widths[at], _SPACE) for at in members)
    group = table.columns[members[0]].group
    return Column(table.columns[members[0]].key, f"{group}\n{names}" if group else names)


def _string(row: Sequence[Cell], members: Sequence[int], widths: dict[int, int]) -> Cell:
    """Return the answers of a group, each below its letter, and after them all their marks."""
    runs: list[Run] = []
    for at in members:
        runs += [replace(run, marks=()) for run in row[at].runs] or [Run(_NO_SIGN)]
        if at != members[-1]:
            runs.append(Run(_SPACE * (widths[at] - len(row[at].text or _NO_SIGN) + 1)))
    marks = dict.fromkeys(mark for at in members for run in row[at].runs for mark in run.marks)
    return Cell((*runs, Run("", marks=tuple(marks))) if marks else tuple(runs))
