"""What changed between two editions of a dataset, cell by cell.

Each change has a side for either edition, so that the changes from the newer edition to the older
one are the same with their sides exchanged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.change_causes import OVERALL, Causes
from npcompare.analysis.coding_changes import coding_changes, text_changes
from npcompare.analysis.edition_change import (
    Action,
    ChangeKind,
    Side,
    change_of,
    class_side,
)
from npcompare.analysis.edition_matching import Pair, matched_provisions
from npcompare.analysis.editions import citation, grouped, items, text
from npcompare.analysis.row_changes import (
    rows_of_bibliography,
    rows_of_codebook,
    rows_of_profiles,
    rows_of_provision,
)
from npcompare.model.results import CONVERSE, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.analysis.edition_change import EditionChange
    from npcompare.analysis.editions import Edition, Row

    #: Each relation by the two provisions and the dimension.
    Relations = Mapping[tuple[str, str, str], Side]

#: The field of a change of what kind of norm a provision is.
EFFECT = "effect"

#: Columns of a provision that are worked out, or are compared as a part of others.
_WORKED_OUT = frozenset({"id", "name", EFFECT, "is_multilingual"})
_SUCCESSION = "succeeds"
_REFERENCES = frozenset({"version_of", _SUCCESSION, "fuller"})

_RELATION = re.compile(rf"\b(?:{'|'.join(Relation)})\b")

#: What is compared of the cells of a dimension; the proof of a class is that of coded values.
_CLASS_COLUMNS = ("value", "basis", "is_complete", "persons", "categories", "excluded")


class EditionChanges(Struct, frozen=True):
    """Everything that changed between two editions."""

    old: Edition
    new: Edition
    changes: tuple[EditionChange, ...]
    #: Tables and columns that only one edition has, so that they were not compared.
    skipped: tuple[str, ...]
    #: How many pairs of provisions have relations in both editions.
    pairs: int

    def of(self, *kinds: ChangeKind) -> tuple[EditionChange, ...]:
        """Return the changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)


def edition_changes(old: Edition, new: Edition) -> EditionChanges:
    """Return what changed from an older edition to a newer one."""
    old, new, skipped = _aligned(old, new)
    causes = Causes(old, new)
    provisions = matched_provisions(old, new)
    in_both = [pair for pair in provisions if pair.old and pair.new]
    ids = {pair.old: pair.new for pair in in_both}
    old_relations, new_relations = (
        _relations(old, ids),
        _relations(new, {name: name for name in ids.values()}),
    )
    changes = [
        *(change for pair in provisions for change in _provision_changes(old, new, pair)),
        *(change for pair in in_both for change in _changes_within(old, new, pair, ids, causes)),
        *rows_of_profiles(old, new),
        *rows_of_bibliography(old, new),
        *_relation_changes(old_relations, new_relations, in_both, causes),
        *rows_of_codebook(old, new),
    ]
    pairs = _overall_pairs(old_relations) & _overall_pairs(new_relations)
    return EditionChanges(old, new, tuple(changes), skipped, len(pairs))


def _aligned(old: Edition, new: Edition) -> tuple[Edition, Edition, tuple[str, ...]]:
    """Return two editions with the tables and columns that both have, and what is left out."""
    columns: dict[str, list[str]] = {}
    skipped: list[str] = []
    for table in dict.fromkeys((*old.columns, *new.columns)):
        if table not in old.columns or table not in new.columns:
            skipped.append(table)
            continue
        both = [name for name in old.columns[table] if name in new.columns[table]]
        columns[table] = both
        names = dict.fromkeys((*old.columns[table], *new.columns[table]))
        skipped += [f"{table}.{name}" for name in names if name not in both]
    editions = [
        replace(
            edition,
            columns=columns,
            tables={
                table: [{name: row[name] for name in names} for row in edition.tables[table]]
                for table, names in columns.items()
            },
        )
        for edition in (old, new)
    ]
    return editions[0], editions[1], tuple(sorted(skipped))


# --- Provisions --------------------------------------------------------------------------------


def _provision_changes(old: Edition, new: Edition, pair: Pair) -> Iterator[EditionChange]:
    """Yield that a provision is new, gone or has another id."""
    if pair.old == pair.new:
        return
    sides = [
        _provision_side(edition.provisions[name]) if name else None
        for edition, name in ((old, pair.old), (new, pair.new))
    ]
    change = change_of(ChangeKind.PROVISION, pair, *sides)
    yield replace(change, action=Action.RENAMED) if pair.old and pair.new else change


def _provision_side(row: Row) -> Side:
    """Return the id of a provision, with the provision that it replaced."""
    remarks = ((_SUCCESSION, text(row, _SUCCESSION)),) if text(row, _SUCCESSION) else ()
    return Side((text(row, "id"),), remarks=remarks)


def _changes_within(
    old: Edition, new: Edition, pair: Pair, ids: Mapping[str, str], causes: Causes
) -> Iterator[EditionChange]:
    """Yield the changes of a provision that both editions have."""
    yield from _detail_changes(old, new, pair, ids)
    yield from text_changes(old, new, pair)
    yield from coding_changes(old, new, pair)
    yield from rows_of_provision(old, new, pair)
    yield from _class_changes(old, new, pair, causes)


def _detail_changes(
    old: Edition, new: Edition, pair: Pair, ids: Mapping[str, str]
) -> Iterator[EditionChange]:
    """Yield the changes of facts about a provision as a whole."""
    old_row, new_row = old.provisions[pair.old], new.provisions[pair.new]
    for column in new.columns["provisions"]:
        if column in _WORKED_OUT or column.startswith(f"{_SUCCESSION}_"):
            continue
        old_items = items(old_row, column)
        if column in _REFERENCES:
            old_items = tuple(ids.get(name, name) for name in old_items)
        sides = [_detail(row, column) for row in (old_row, new_row)]
        is_changed = old_items != items(new_row, column)
        if column == _SUCCESSION:
            is_changed = is_changed or replace(sides[0], values=()) != replace(sides[1], values=())
        if is_changed:
            yield replace(change_of(ChangeKind.DETAIL, pair, *sides), field=column)


def _detail(row: Row, column: str) -> Side:
    if column != _SUCCESSION:
        return Side(items(row, column))
    cited = citation(row, f"{_SUCCESSION}_")
    because = text(row, f"{_SUCCESSION}_because")
    return Side(
        items(row, column),
        sources=(cited,) if cited else (),
        remarks=(("because", because),) if because else (),
    )


# --- Classes -----------------------------------------------------------------------------------


def _class_changes(
    old: Edition, new: Edition, pair: Pair, causes: Causes
) -> Iterator[EditionChange]:
    """Yield the changes of the effect and of the classes in the dimensions of both codebooks."""
    effects = [
        Side(items(edition.provisions[name], EFFECT))
        for edition, name in ((old, pair.old), (new, pair.new))
    ]
    if effects[0] != effects[1]:
        change = change_of(ChangeKind.CLASS, pair, *effects)
        yield replace(change, field=EFFECT, cause=causes.of_effect(pair))
    old_cells, new_cells = (
        grouped(edition.of_provision("values", name), "dimension_id")
        for edition, name in ((old, pair.old), (new, pair.new))
    )
    for dimension in new.dimensions:
        if dimension in old.dimensions:
            old_rows, new_rows = old_cells.get(dimension, []), new_cells.get(dimension, [])
            if _classes(old_rows) != _classes(new_rows):
                sides = class_side(old, old_rows), class_side(new, new_rows)
                change = change_of(ChangeKind.CLASS, pair, *sides)
                cause = causes.of_class(pair, dimension)
                yield replace(change, field=dimension, cause=cause)


def _classes(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return sorted(tuple(text(row, column) for column in _CLASS_COLUMNS) for row in rows)


# --- Relations ---------------------------------------------------------------------------------


def _relation_changes(
    old: Relations, new: Relations, in_both: Sequence[Pair], causes: Causes
) -> Iterator[EditionChange]:
    """Yield the changes of relations between provisions that both editions have."""
    pairs = {pair.new: pair for pair in in_both}
    for key in sorted(old.keys() & new.keys()):
        sides = old[key], new[key]
        if sides[0] != sides[1]:
            left, right, dimension = key
            change = change_of(ChangeKind.RELATION, pairs[left], *sides)
            cause = causes.of_relation(pairs[left], pairs[right], dimension)
            yield replace(change, field=dimension, other=right, cause=cause)


def _relations(edition: Edition, ids: Mapping[str, str]) -> Relations:
    """Return the relation of each pair of provisions in each dimension, by their newer ids.

    The first of the two ids is on the left.
    """
    relations = {}
    for row in edition.rows("relations"):
        left, right = ids.get(text(row, "left_id")), ids.get(text(row, "right_id"))
        if not left or not right:
            continue
        is_turned = left > right
        if is_turned:
            left, right = right, left
        # Other readings differ with the doubts, which are among the coded values.
        columns = ("hedge", "adults", "children")
        relations[left, right, text(row, "dimension_id") or OVERALL] = Side(
            (_turned(text(row, "relation")) if is_turned else text(row, "relation"),),
            remarks=tuple(
                (name, _turned(text(row, name)) if is_turned else text(row, name))
                for name in columns
                if text(row, name)
            ),
        )
    return relations


def _turned(words: str) -> str:
    """Return relations as those of the right provision to the left one."""
    return _RELATION.sub(lambda match: str(CONVERSE[Relation(match[0])]), words)


def _overall_pairs(relations: Relations) -> set[tuple[str, str]]:
    """Return the pairs of provisions that have an overall relation."""
    return {(left, right) for left, right, dimension in relations if dimension == OVERALL}
