"""The tables of docs/reference/release.md, from schemas/release.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.dataset.tables import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.dataset.tables import Column, Table

MARKER = "<!-- made by `make docs` -->\n"


def with_release_tables(page: str) -> str:
    """Return the page with a section for each table, after its introduction."""
    introduction, marker, _ = page.partition(MARKER)
    assert marker
    return introduction + marker + "".join(map(_section, layout()))


def _section(table: Table) -> str:
    role = f"; in CLDF, it is the {table.role.rpartition('#')[2]}" if table.role else ""
    kind = "derived" if table.is_derived else "coded"
    rows = "".join(
        f"| `{column.name}` | {_type(column)} | {_description(column)} |\n"
        for column in table.columns
    )
    keys = "".join(f"{key}\n" for key in _keys(table))
    return (
        f"\n## {table.file_name}\n\n{table.description} The table is {kind}{role}.\n\n"
        f"| Column | Type | Content |\n| --- | --- | --- |\n{rows}" + (f"\n{keys}" if keys else "")
    )


def _type(column: Column) -> str:
    words = [column.datatype]
    words += [{"\n": "list by lines", ";": "list"}[column.separator]] if column.separator else []
    words += ["required"] if column.is_required else []
    return ", ".join(words)


def _description(column: Column) -> str:
    return column.description + (" It follows from other cells." if column.is_derived else "")


def _keys(table: Table) -> Iterator[str]:
    """Yield a sentence on the tables that the columns refer to."""
    names = [f"`{key.columns[0]}` ({key.table}.csv)" for key in table.foreign_keys]
    if names:
        yield f"These columns name rows of other tables by their ids: {', '.join(names)}."
