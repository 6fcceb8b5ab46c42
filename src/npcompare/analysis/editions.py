"""Editions of a dataset that are compared: the rows of their tables, found by provision.

An edition is a release, or a corpus as it would be released. Every cell is a text, or several where
the column has items; an empty cell is an empty text.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.model.provision import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Cell = str | tuple[str, ...]
    Row = Mapping[str, Cell]

#: The columns of a citation.
CITATION_COLUMNS = ("source_id", "paragraph", "footnote", "pinpoint")

#: The tables of the codebook.
CODEBOOK_TABLES = ("dimensions", "classes", "orders", "rules", "words")


class Edition(Struct, frozen=True, dict=True):
    """One edition: its tables, and what it is called."""

    #: The folder, as the user named it.
    name: str
    #: The version of the dataset; empty if it has none.
    version: str
    #: The version of the codebook.
    codebook: str
    tables: Mapping[str, Sequence[Row]]
    #: The columns of each table.
    columns: Mapping[str, Sequence[str]]

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table; none if the edition does not have it."""
        return self.tables.get(table, ())

    @cached_property
    def provisions(self) -> Mapping[str, Row]:
        """The rows of the provisions by id."""
        return {text(row, "id"): row for row in self.rows("provisions")}

    @cached_property
    def documents(self) -> Mapping[str, Row]:
        """The documents of the bibliography by id."""
        return {text(row, "id"): row for row in self.rows("sources")}

    @cached_property
    def dimensions(self) -> Mapping[str, Row]:
        """The dimensions of the codebook by id."""
        return {text(row, "id"): row for row in self.rows("dimensions")}

    @cached_property
    def class_names(self) -> Mapping[tuple[str, str], str]:
        """The label of each class by its dimension and its word."""
        return {
            (text(row, "dimension_id"), text(row, "class")): text(row, "name")
            for row in self.rows("classes")
        }

    @cached_property
    def word_names(self) -> Mapping[tuple[str, str], str]:
        """The label of each word of the codebook by its vocabulary and the word."""
        return {
            (text(row, "vocabulary"), text(row, "word")): text(row, "name")
            for row in self.rows("words")
        }

    @cached_property
    def word_ids(self) -> frozenset[str]:
        """The ids of the words of the codebook."""
        return frozenset(text(row, "id") for row in self.rows("words"))

    @cached_property
    def quotations(self) -> Mapping[str, Sequence[Row]]:
        """The quotations of each coded value by the id of its row."""
        return grouped(self.rows("quotations"), "coding_id")

    @cached_property
    def texts(self) -> Mapping[str, Row]:
        """The texts by id."""
        return {text(row, "id"): row for row in self.rows("texts")}

    @cached_property
    def reasons(self) -> Mapping[str, Sequence[Row]]:
        """The reasons for each cell by the id of its row."""
        return grouped(self.rows("reasons"), "value_id")

    def of_provision(self, table: str, provision: str) -> Sequence[Row]:
        """Return the rows of a table about one provision."""
        if table not in self._by_provision:
            self._by_provision[table] = grouped(self.rows(table), "provision_id")
        return self._by_provision[table].get(provision, ())

    @cached_property
    def _by_provision(self) -> dict[str, Mapping[str, Sequence[Row]]]:
        return {}


def text(row: Row, column: str) -> str:
    """Return the text of a cell; empty if there is no such column."""
    cell = row.get(column, "")
    return cell if isinstance(cell, str) else "; ".join(cell)


def items(row: Row, column: str) -> tuple[str, ...]:
    """Return the items of a cell."""
    cell = row.get(column, ())
    return cell if isinstance(cell, tuple) else (cell,) if cell else ()


def grouped(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by the text of one of their columns."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(text(row, column), []).append(row)
    return groups


def citation(row: Row, prefix: str = "") -> Citation | None:
    """Return the citation in the columns of a row; None if no document is cited."""
    ref, *places = (text(row, f"{prefix}{column}") for column in CITATION_COLUMNS)
    return Citation(ref, *places) if ref else None
