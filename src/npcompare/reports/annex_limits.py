"""How much a filed annex may contain: anyone may have written the file that it is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.law.unchecked_data import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from npcompare.document import FiledAnnex, Table

#: The most columns of a table in Word, and the most conditions of an annex.
_MOST_COLUMNS = 63
_MOST_CONDITIONS = 100

#: The most provisions of an annex, and the most rows, notes and lines of text in all its tables. An
#: annex of ten thousand provisions in its longest layout has fewer.
MOST_IDS = 20_000
MOST_ROWS = 30_000
_MOST_NOTES = 60_000
_MOST_LINES = 1_000_000

#: The most lines of one cell: each is compared with those of the cell as it is now.
MOST_LINES_OF_CELL = 5_000

#: The most characters of a title, a number and every other option.
_LONGEST_OPTION = 10_000


def check_size(annex: FiledAnnex, path: str) -> FiledAnnex:
    """Return an annex; raise NpcompareError if it has more of something than any annex has."""
    excess = _excess_of_recipe(annex.recipe) or _excess_of_tables(annex)
    if excess:
        raise NpcompareError(f"the annex {path} cannot be read: it has {excess}")
    return annex


def _excess_of_recipe(recipe: Mapping[str, Any]) -> str:
    """Return what a recipe has too much of; empty if nothing."""
    wish = mapping(recipe.get("wish"))
    counts = {
        f"more than {_MOST_COLUMNS} columns": (
            len(sequence(wish.get("columns"))) + len(sequence(wish.get("own_columns"))),
            _MOST_COLUMNS,
        ),
        f"more than {_MOST_CONDITIONS} conditions": (
            len(sequence(wish.get("where"))),
            _MOST_CONDITIONS,
        ),
        f"more than {MOST_IDS:,} provisions": (
            max(len(sequence(recipe.get(key))) for key in ("ids", "files", "proposed")),
            MOST_IDS,
        ),
        f"more than {MOST_IDS:,} names": (len(mapping(wish.get("display_names"))), MOST_IDS),
    }
    for name, (count, limit) in counts.items():
        if count > limit:
            return name
    texts = [*wish.values(), *sequence(wish.get("where")), *sequence(wish.get("columns"))]
    is_long = any(isinstance(text, str) and len(text) > _LONGEST_OPTION for text in texts)
    return f"an option of more than {_LONGEST_OPTION:,} characters" if is_long else ""


def _excess_of_tables(annex: FiledAnnex) -> str:
    """Return what the tables of an annex have too much of; empty if nothing."""
    if sum(len(table.rows) for table in annex.tables) > MOST_ROWS:
        return f"more than {MOST_ROWS:,} rows"
    if sum(len(table.notes) for table in annex.tables) > _MOST_NOTES:
        return f"more than {_MOST_NOTES:,} notes"
    lines = [count for table in annex.tables for count in _lines(table)]
    if max(lines, default=0) > MOST_LINES_OF_CELL:
        return f"a cell with more than {MOST_LINES_OF_CELL:,} lines"
    return f"more than {_MOST_LINES:,} lines" if sum(lines) > _MOST_LINES else ""


def _lines(table: Table) -> list[int]:
    """Return how many lines of text each cell of a table has."""
    return [
        sum(run.text.count("\n") for run in cell.runs) + 1
        for row in table.rows
        for cell in row
        if cell.runs
    ]
