"""What a workbook with columns of the drafter's own holds besides its tables: keys and its recipe.

Each sheet has a hidden last column with the keys of the rows, which are sorted with them. A hidden
sheet has the recipe, in cells of a limited length.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import KEY_HEADING, RECIPE_SHEET, Cell, Column, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.workbook import Workbook

    from npcompare.document import Table

#: The most characters of the recipe in a cell; Excel allows 32,767.
_PART = 30_000


def with_keys(table: Table) -> Table:
    """Return a table with its own columns, with a last column of the keys of its rows."""
    keys = table.row_keys or ("",) * len(table.rows)
    rows = tuple((*row, Cell((Run(key),))) for row, key in zip(table.rows, keys, strict=True))
    column = Column("row-key", f"{KEY_HEADING}{table.title}")
    return replace(table, columns=(*table.columns, column), rows=rows)


def is_key_column(column: Column) -> bool:
    """Return whether a column has the keys of rows."""
    return column.heading.startswith(KEY_HEADING)


def add_recipe(book: Workbook, recipe: Mapping[str, Any]) -> None:
    """Add a hidden sheet with a recipe."""
    sheet = book.add_worksheet(RECIPE_SHEET)
    text = json.dumps(recipe, sort_keys=True)
    starts = range(0, len(text), _PART)
    for row, start in enumerate(starts):
        sheet.write_string(row, 0, text[start : start + _PART])
    sheet.very_hidden()
