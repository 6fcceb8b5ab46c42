"""Which provision, and which limb, of one edition is the same in another edition.

Every match is symmetric: the older edition and the newer one can change places.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from npcompare.analysis.editions import grouped, items, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from npcompare.analysis.editions import Cell, Edition, Row

    #: The coded fields and values of a limb.
    Content = frozenset[tuple[str, str]]

#: What identifies a provision besides its id.
_PLACE = ("jurisdiction", "jurisdiction_code", "instrument", "pinpoint", "version_of", "enacted")


class Pair(NamedTuple):
    """A provision or limb by its id in the older and in the newer edition; empty if in one only."""

    old: str
    new: str


def matched_provisions(old: Edition, new: Edition) -> tuple[Pair, ...]:
    """Return the provisions of two editions in pairs, by the id in the newer one.

    A provision with another id is the same if one of the two has the other’s id as an alias, or if
    only these two are the same place in the same instrument.
    """
    same = [Pair(name, name) for name in old.provisions if name in new.provisions]
    only_old = {name: row for name, row in old.provisions.items() if name not in new.provisions}
    only_new = {name: row for name, row in new.provisions.items() if name not in old.provisions}
    renamed: list[Pair] = []
    for find in (_by_alias, _by_place):
        for pair in list(find(only_old, only_new)):
            if pair.old in only_old and pair.new in only_new:
                renamed.append(pair)
                del only_old[pair.old], only_new[pair.new]
    pairs = [*same, *renamed, *(Pair(name, "") for name in only_old)]
    pairs += [Pair("", name) for name in only_new]
    return tuple(sorted(pairs, key=lambda pair: (pair.new or pair.old, pair)))


def _by_alias(old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Pair]:
    pairs = {Pair(alias, name) for name, row in new.items() for alias in items(row, "aliases")} | {
        Pair(name, alias) for name, row in old.items() for alias in items(row, "aliases")
    }
    yield from _unambiguous(sorted(pair for pair in pairs if pair.old in old and pair.new in new))


def _by_place(old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Pair]:
    old_names, new_names = _names_by_place(old), _names_by_place(new)
    for place in old_names:
        if len(old_names[place]) == len(new_names.get(place, ())) == 1:
            yield Pair(old_names[place][0], new_names[place][0])


def _names_by_place(rows: Mapping[str, Row]) -> dict[tuple[Cell, ...], list[str]]:
    """Return the ids of provisions by their places; those whose place is not known are left out."""
    names: dict[tuple[Cell, ...], list[str]] = {}
    for name, row in rows.items():
        if row.get("instrument") and row.get("pinpoint"):
            names.setdefault(tuple(row.get(column, "") for column in _PLACE), []).append(name)
    return names


def _unambiguous(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the pairs of which neither side is in another pair."""
    old_counts = Counter(pair.old for pair in pairs)
    new_counts = Counter(pair.new for pair in pairs)
    yield from (pair for pair in pairs if old_counts[pair.old] == new_counts[pair.new] == 1)


def matched_limbs(old: Edition, new: Edition, provision: Pair) -> tuple[Pair, ...]:
    """Return the limbs of a provision in pairs: by name, by content, then by what they share."""
    old_limbs = list(old.of_provision("limbs", provision.old)) if provision.old else []
    new_limbs = list(new.of_provision("limbs", provision.new)) if provision.new else []
    contents = {
        id(row): frozenset(content)
        for edition, name, rows in (
            (old, provision.old, old_limbs),
            (new, provision.new, new_limbs),
        )
        for row, content in _contents(edition, name, rows)
    }
    pairs: list[Pair] = []
    for key in (lambda row: text(row, "name"), lambda row: contents[id(row)]):
        pairs += _take(old_limbs, new_limbs, key)
    pairs += _take_most_similar(old_limbs, new_limbs, contents)
    pairs += _take(old_limbs, new_limbs, lambda row: text(row, "number"))
    pairs += [Pair(text(row, "id"), "") for row in old_limbs]
    pairs += [Pair("", text(row, "id")) for row in new_limbs]
    return tuple(pairs)


def _contents(
    edition: Edition, provision: str, limbs: Sequence[Row]
) -> Iterator[tuple[Row, set[tuple[str, str]]]]:
    """Yield the coded fields and values of each limb."""
    codings = grouped(edition.of_provision("codings", provision), "limb_id")
    for row in limbs:
        own = codings.get(text(row, "id"), ())
        yield row, {(text(coding, "field"), text(coding, "value")) for coding in own}


def _take(
    old_limbs: list[Row], new_limbs: list[Row], key: Callable[[Row], str | Content]
) -> Iterator[Pair]:
    """Yield the limbs with the same key, which only one limb of each side has; remove them."""
    for row in list(old_limbs):
        own_key = key(row)
        old_rows = [each for each in old_limbs if key(each) == own_key]
        new_rows = [each for each in new_limbs if key(each) == own_key]
        if own_key and len(old_rows) == len(new_rows) == 1:
            old_limbs.remove(row)
            new_limbs.remove(new_rows[0])
            yield Pair(text(row, "id"), text(new_rows[0], "id"))


def _take_most_similar(
    old_limbs: list[Row],
    new_limbs: list[Row],
    contents: Mapping[int, Content],
) -> Iterator[Pair]:
    """Yield limbs in the order of how many values they share; remove them."""
    scores = sorted(
        (
            (
                -len(contents[id(old_row)] & contents[id(new_row)]),
                abs(old_place - new_place),
                sorted((old_place, new_place)),
                old_row,
                new_row,
            )
            for old_place, old_row in enumerate(old_limbs)
            for new_place, new_row in enumerate(new_limbs)
        ),
        key=lambda score: score[:3],
    )
    for shared, _, _, old_row, new_row in scores:
        if shared and old_row in old_limbs and new_row in new_limbs:
            old_limbs.remove(old_row)
            new_limbs.remove(new_row)
            yield Pair(text(old_row, "id"), text(new_row, "id"))
