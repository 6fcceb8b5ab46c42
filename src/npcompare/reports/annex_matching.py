"""The tables and columns of a filed annex in the places of those that it would have now.

A file that was edited may have further tables and columns, or lack some, or have them in another
order. Each difference is described, so that the cells can be compared as if it were not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.document import Cell, Column, Role, Run, row_anchor
from npcompare.messages import message
from npcompare.reports.annex_alignment import keys_of_rows, paired_tables, text_of
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.document import Table

#: Headings in annexes of version 0.1, and those that have replaced them.
_FORMER_HEADINGS = {
    "Instrument and place": "Instrument and provision",
    "Words of the law": "Text of the law",
    "Words held": "Text available",
    "Why, and the words": "Reason and words",
    "Speaks to": "Subject",
    "The others": "Other texts",
    "Name": "Id",
    "From": "Source",
}
#: With more rows that have no match, rows are not compared cell by cell.
_MOST_UNUSED = 50

_BASE = re.compile(r"^(.+): the base$")


class ChangedHeading(NamedTuple):
    """A heading in the file and now; one of them is empty if the column is new or deleted."""

    old: str
    new: str


class TablePair(NamedTuple):
    """A table of the file and the one that it would be now; one of them may be missing.

    The rows of the old table have a cell for each column of the new one.
    """

    old: Table | None
    new: Table | None
    headings: tuple[ChangedHeading, ...] = ()
    #: The columns of the new table that the old one lacks.
    missing: frozenset[int] = frozenset()
    #: Whether the columns that both have are in another order.
    is_reordered: bool = False
    #: The words in cells of the old table beyond its last column.
    surplus: tuple[str, ...] = ()

    @property
    def has_no_headings(self) -> bool:
        """Whether the old table lacks its row of headings; those of own columns are known."""
        columns = self.old.columns if self.old else ()
        headings = {column.heading for column in columns if column.role is not Role.OWN}
        return headings == {""}

    @property
    def own_columns(self) -> tuple[int, ...]:
        """The columns of the drafter's own in the new table."""
        columns = self.new.columns if self.new else ()
        return tuple(at for at, column in enumerate(columns) if column.role is Role.OWN)

    @property
    def own_headings(self) -> frozenset[str]:
        """The headings of these columns."""
        columns = self.new.columns if self.new else ()
        return frozenset(visible(columns[at].heading) for at in self.own_columns)


class MatchedTables(NamedTuple):
    """The pairs of tables in their order, and sentences on tables that were not matched."""

    pairs: tuple[TablePair, ...]
    edits: tuple[str, ...]


def matched(old: Sequence[Table], new: Sequence[Table]) -> MatchedTables:
    """Return the tables of a file beside those that it would have now."""
    edits: list[str] = []
    tables = _joined(list(_known(old, new, edits)), new, edits)
    pairs = tuple(_pair(before, after) for before, after in paired_tables(tables, new))
    return MatchedTables(pairs, tuple(edits))


def described(pairs: Sequence[TablePair]) -> Iterator[str]:
    """Yield how the columns of a file differ from those that it would have now."""
    for number, pair in enumerate(pairs, 1):
        for heading in () if pair.has_no_headings else pair.headings:
            yield _described_heading(number, heading)
        for words in pair.surplus:
            yield message(
                "Table {number}: a row has more cells than there are columns: “{words}”.",
                number=number,
                words=words,
            )
        if pair.is_reordered:
            yield message(
                "Table {number}: the columns are in another order in the file.", number=number
            )
        if pair.new is not None and pair.old is None:
            title = visible(pair.new.title)
            yield message("The table “{title}” is missing from the file.", title=title)


def _described_heading(number: int, heading: ChangedHeading) -> str:
    """Return how a heading of the table with a number differs."""
    old, new = heading
    if not old:
        return message(
            "Table {number}: the column “{heading}” is missing from the file.",
            number=number,
            heading=new,
        )
    if not new:
        return message(
            "Table {number}: the file has a column “{heading}” that is not part of the annex; it "
            "was not checked.",
            number=number,
            heading=old,
        )
    return message(
        "Table {number}: the column “{heading}” is headed “{old_heading}” in the file.",
        number=number,
        heading=new,
        old_heading=old,
    )


def anchored(table: Table) -> Table:
    """Return a table whose rows have their anchors as keys, as those of a filed annex do."""
    return replace(table, row_keys=tuple(map(row_anchor, table.row_keys)))


def current_heading(heading: str) -> str:
    """Return a heading as this version writes it, with simple spaces."""
    heading = _BASE.sub(r"\1, base text", fold(visible(heading)))
    return _FORMER_HEADINGS.get(heading, heading)


def _headings(table: Table) -> list[str]:
    return [current_heading(column.heading) for column in table.columns]


def _known(old: Sequence[Table], new: Sequence[Table], edits: list[str]) -> Iterator[Table]:
    """Yield the tables that have at least half of their headings, or a row, of one of the new."""
    known_headings = {heading for table in new for heading in _headings(table)} - {""}
    keys = {key for table in new for key in _first_words(table)}
    fits = [
        2 * sum(heading in known_headings for heading in _headings(table)) >= len(table.columns)
        or bool({_words(table.columns[0].heading), *_first_words(table)} & keys)
        for table in old
    ]
    for table, is_known in zip(old, fits, strict=True):
        if is_known or not any(fits):
            yield table
        else:
            words = [column.heading for column in table.columns]
            words += [cell.text for row in table.rows for cell in row]
            first_words = next(filter(None, map(fold, words)), message("empty"))
            edits.append(
                message(
                    "A table that is not part of the annex is left out: “{words}”.",
                    words=first_words,
                )
            )


def _words(text: str) -> str:
    return fold(visible(text))


def _first_words(table: Table) -> set[str]:
    return {_words(row[0].text) for row in table.rows if row} - {""}


def _joined(old: list[Table], new: Sequence[Table], edits: list[str]) -> list[Table]:
    """Return the tables with the parts of each that was divided put together.

    A later part has no title and no heading of its own: what seems to be its head is a row.
    """
    if len(old) <= len(new):
        return old
    known_headings = {heading for table in new for heading in _headings(table)} - {""}
    tables: list[Table] = []
    for table in old:
        is_part = tables and not table.title and len(table.columns) == len(tables[-1].columns)
        if is_part and _headings(table) == _headings(tables[-1]):
            rows = table.rows
        elif is_part and not known_headings & set(_headings(table)):
            head = tuple(Cell((Run(column.heading),)) for column in table.columns)
            rows = (head, *table.rows)
        else:
            tables.append(table)
            continue
        edits.append(
            message(
                "Table {number} was divided; its parts are read as one table.", number=len(tables)
            )
        )
        notes = (*tables[-1].notes, *table.notes)
        tables[-1] = replace(tables[-1], rows=(*tables[-1].rows, *rows), notes=notes)
    return tables


def _pair(old: Table | None, new: Table | None) -> TablePair:
    """Return a pair of tables, the cells of the old one in the columns of the new one."""
    if old is None or new is None:
        return TablePair(old, new)
    places = _places(_headings(old), _headings(new))
    own_places = {at for at, column in enumerate(new.columns) if column.role is Role.OWN}
    order = [place for at, place in enumerate(places) if place is not None and at not in own_places]
    extra = [at for at in range(len(old.columns)) if at not in places]
    missing = frozenset(at for at, place in enumerate(places) if place is None)
    headings = [ChangedHeading("", visible(new.columns[at].heading)) for at in sorted(missing)]
    renamed: dict[int, int] = {}
    if len(extra) == len(missing):
        renamed = dict(zip(sorted(missing), extra, strict=True))
        missing = frozenset()
        headings = [
            ChangedHeading(visible(old.columns[place].heading), visible(new.columns[at].heading))
            for at, place in renamed.items()
        ]
    else:
        headings += [ChangedHeading(visible(old.columns[at].heading), "") for at in extra]
    places = [renamed.get(at, place) for at, place in enumerate(places)]
    rows = tuple(
        tuple(row[place] if place is not None and place < len(row) else Cell() for place in places)
        for row in old.rows
    )
    surplus = (text_of(content) for row in old.rows for content in row[len(old.columns) :])
    columns = tuple(
        column if place is None else Column(column.key, old.columns[place].heading, column.role)
        for column, place in zip(new.columns, places, strict=True)
    )
    return TablePair(
        replace(old, columns=columns, rows=rows),
        new,
        tuple(headings),
        missing,
        is_reordered=order != sorted(order),
        surplus=tuple(filter(None, map(fold, surplus))),
    )


def _places(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new heading its place among the old ones, each of which is used once."""
    free: dict[str, list[int]] = {}
    for at, heading in enumerate(old):
        free.setdefault(heading, []).append(at)
    return [free[heading].pop(0) if free.get(heading) else None for heading in new]


def matching_rows(pair: TablePair) -> list[tuple[int | None, int | None]]:
    """Return the rows of both tables that have the same key, in the order of the file.

    A row that has only moved is a match.
    """
    old, new = pair.old, pair.new
    if old is None or new is None:
        unmatched: list[tuple[int | None, int | None]] = []
        unmatched += [(at, None) for at in range(len(old.rows))] if old else []
        unmatched += [(None, at) for at in range(len(new.rows))] if new else []
        return unmatched
    old_keys, new_keys = keys_of_rows(old, new)
    free: dict[tuple[str, ...], list[int]] = {}
    for at, key in enumerate(new_keys):
        free.setdefault(key, []).append(at)
    matches: list[tuple[int | None, int | None]] = [
        (at, free[key].pop(0) if free.get(key) else None) for at, key in enumerate(old_keys)
    ]
    matched_rows = {after for _, after in matches}
    unused = [at for at in range(len(new_keys)) if at not in matched_rows]
    if not any(old.row_keys):
        matches = _with_similar(old, new, matches, unused)
    return [*matches, *((None, at) for at in unused)]


def _with_similar(
    old: Table,
    new: Table,
    matches: Sequence[tuple[int | None, int | None]],
    unused: list[int],
) -> list[tuple[int | None, int | None]]:
    """Return matches with those rows matched, too, that have most of their cells in common."""
    all_matches = []
    for before, after in matches:
        if before is not None and after is None and len(unused) <= _MOST_UNUSED:
            texts = [fold(text_of(content)) for content in old.rows[before]]
            for at in unused:
                pairs = zip(
                    texts, (fold(text_of(content)) for content in new.rows[at]), strict=False
                )
                if 2 * sum(text == other for text, other in pairs) > len(texts):
                    after = at  # noqa: PLW2901
                    unused.remove(at)
                    break
        all_matches.append((before, after))
    return all_matches
