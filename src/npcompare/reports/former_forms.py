"""Annexes of earlier releases whose layout has another form now, so that few cells match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.unchecked_data import mapping
from npcompare.reports.annex_alignment import is_same_item, text_of
from npcompare.reports.annex_matching import matching_rows
from npcompare.reports.annex_recipe import EDITION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from npcompare.reports.annex_matching import TablePair

#: The layouts that had another form in the first edition, which is not made any more.
_CHANGED = ("matrix", "typology", "side-by-side", "gaps", "align")


def has_former_form(recipe: Mapping[str, Any], pairs: Iterable[TablePair]) -> bool:
    """Return whether an annex of an earlier edition has less than half of the present cells.

    Args:
        recipe: The recipe of the annex.
        pairs: Its tables beside those that it would have now.
    """
    wish = mapping(recipe.get("wish"))
    if wish.get("edition") == EDITION or wish.get("layout") not in _CHANGED:
        return False
    counts = [_cells(pair) for pair in pairs]
    return 2 * sum(same for same, _ in counts) < sum(total for _, total in counts)


def _cells(pair: TablePair) -> tuple[int, int]:
    """Return how many cells are the same in both tables, and how many the present one has."""
    if pair.new is None:
        return 0, 0
    left_out = {*pair.own_columns, *pair.missing}
    same = sum(
        is_same_item(text_of(old), text_of(new))
        for before, after in (matching_rows(pair) if pair.old else ())
        if before is not None and after is not None and pair.old
        for at, (old, new) in enumerate(
            zip(pair.old.rows[before], pair.new.rows[after], strict=False)
        )
        if at not in left_out
    )
    return same, len(pair.new.rows) * (len(pair.new.columns) - len(pair.own_columns))
