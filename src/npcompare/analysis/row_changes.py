"""Changes of rows that belong to a provision, a profile, the bibliography or the codebook."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.analysis.edition_change import PLACING_COLUMNS, ChangeKind, change_of, row_side
from npcompare.analysis.edition_matching import Pair
from npcompare.analysis.editions import grouped, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.edition_change import EditionChange, Side
    from npcompare.analysis.editions import Cell, Edition, Row

    #: The cells of a row by column.
    Content = frozenset[tuple[str, Cell]]


class RowTable(NamedTuple):
    """A table whose rows are compared one by one."""

    kind: ChangeKind
    table: str
    #: What identifies a row among those of its subject; rows with the same key are in order.
    key: tuple[str, ...]
    #: The columns with what the row says.
    values: tuple[str, ...]
    #: The column that names what is different, as the field of the change; empty if none does.
    field: str = ""


#: The tables of a provision, in the order in which changes are listed.
_OF_PROVISION = (
    RowTable(ChangeKind.REPORTED, "reported", ("dimension_id",), ("classes",), "dimension_id"),
    RowTable(ChangeKind.DECISION, "decisions", ("case",), ("case", "note")),
    RowTable(ChangeKind.WORDING, "wordings", ("language", "limb", "field"), ("words",), "field"),
    RowTable(ChangeKind.NOTE, "notes", ("kind",), ("note",), "kind"),
    RowTable(ChangeKind.SETTLED, "settled", ("words",), ("words", "note")),
    RowTable(ChangeKind.CITATION, "citations", ("source_id",), ()),
)
#: The tables of a profile, by the field that their changes have; that of a fact is its name.
_OF_PROFILE = {
    "": RowTable(ChangeKind.FACT, "facts", ("fact",), ("value",), "fact"),
    "note": RowTable(ChangeKind.FACT, "notes", ("kind",), ("note",)),
    "source": RowTable(ChangeKind.FACT, "citations", ("source_id",), ()),
}
_SOURCES = RowTable(ChangeKind.SOURCE, "sources", ("id",), ("title",))

#: The parts of the codebook.
_CODEBOOK = (
    RowTable(ChangeKind.CODEBOOK, "dimensions", ("id",), ("name", "description"), ""),
    RowTable(ChangeKind.CODEBOOK, "classes", ("id",), ("name", "description")),
    RowTable(ChangeKind.CODEBOOK, "orders", ("id",), ("because",)),
    RowTable(ChangeKind.CODEBOOK, "rules", ("id",), ("condition", "class", "because")),
    RowTable(ChangeKind.CODEBOOK, "words", ("id",), ("name", "description")),
)


def rows_of_provision(old: Edition, new: Edition, provision: Pair) -> Iterator[EditionChange]:
    """Yield the changes of what is coded for a provision beside its texts and its values."""
    for table in _OF_PROVISION:
        old_rows = old.of_provision(table.table, provision.old)
        new_rows = new.of_provision(table.table, provision.new)
        yield from _changes(table, provision, old_rows, new_rows)


def rows_of_profiles(old: Edition, new: Edition) -> Iterator[EditionChange]:
    """Yield the changes of the profiles of States."""
    for field, table in _OF_PROFILE.items():
        groups = [
            grouped(
                [row for row in edition.rows(table.table) if row.get("profile_id")], "profile_id"
            )
            for edition in (old, new)
        ]
        for name in sorted({*groups[0], *groups[1]}):
            rows = [group.get(name, []) for group in groups]
            for change in _changes(table, Pair(name, name), *rows):
                yield replace(change, field=change.field or field)


def rows_of_bibliography(old: Edition, new: Edition) -> Iterator[EditionChange]:
    """Yield the changes of the documents."""
    for name in sorted({*old.documents, *new.documents}):
        rows = [
            [edition.documents[name]] if name in edition.documents else [] for edition in (old, new)
        ]
        yield from _changes(_SOURCES, Pair(name, name), *rows)


def rows_of_codebook(old: Edition, new: Edition) -> Iterator[EditionChange]:
    """Yield the changes of the codebook; words that are classes of a dimension count once."""
    shown = {text(row, "field") for edition in (old, new) for row in edition.rows("dimensions")}
    for table in _CODEBOOK:
        groups = [
            {
                text(row, "id"): row
                for row in edition.rows(table.table)
                if table.table != "words" or text(row, "vocabulary") not in shown
            }
            for edition in (old, new)
        ]
        for name in sorted({*groups[0], *groups[1]}):
            rows = [[group[name]] if name in group else [] for group in groups]
            for change in _changes(table, Pair(name, name), *rows):
                yield replace(change, field=table.table)


def _changes(
    table: RowTable, subject: Pair, old_rows: Sequence[Row], new_rows: Sequence[Row]
) -> Iterator[EditionChange]:
    """Yield the changes of rows about one subject."""
    for old_row, new_row in _paired(table, old_rows, new_rows):
        sides = [_side(table, row) for row in (old_row, new_row)]
        change = change_of(table.kind, subject, *sides)
        row = new_row if new_row is not None else old_row
        if table.field and row is not None:
            change = replace(change, field=text(row, table.field))
        yield change


def _side(table: RowTable, row: Row | None) -> Side | None:
    """Return what a row says, without what the field of the change says."""
    if row is None:
        return None
    side = row_side(row, table.values)
    return replace(side, remarks=tuple(each for each in side.remarks if each[0] != table.field))


def _paired(
    table: RowTable, old_rows: Sequence[Row], new_rows: Sequence[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield rows that differ: with the same key in pairs, otherwise alone."""
    contents = [Counter(map(_content, rows)) for rows in (old_rows, new_rows)]
    both = contents[0] & contents[1]
    groups = [_by_key(_without(rows, both), table.key) for rows in (old_rows, new_rows)]
    for key in sorted({*groups[0], *groups[1]}):
        yield from zip_longest(*(group.get(key, []) for group in groups))


def _without(rows: Sequence[Row], contents: Counter[Content]) -> list[Row]:
    """Return rows without those that have some contents, as many of each as there are."""
    left = Counter(contents)
    kept = []
    for row in rows:
        content = _content(row)
        if left[content]:
            left[content] -= 1
        else:
            kept.append(row)
    return kept


def _content(row: Row) -> Content:
    return frozenset(each for each in row.items() if each[0] not in PLACING_COLUMNS)


def _by_key(rows: Sequence[Row], key: tuple[str, ...]) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(text(row, column) for column in key), []).append(row)
    return groups
