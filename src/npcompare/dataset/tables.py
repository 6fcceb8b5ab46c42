"""The tables of a release: their layout from `schemas/release.yaml`, and their rows."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from npcompare.coding.double_coding import load_double_coding
from npcompare.dataset.packed_rows import PackedRows
from npcompare.law.bundled_data import bundled_data
from npcompare.law.checking import DEFAULT_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from npcompare.coding.double_coding import DoubleCoding
    from npcompare.dataset.coded_rows import Cells, Value
    from npcompare.law.corpus import Corpus

    Row = tuple[Value, ...]

#: What the prefixes of properties stand for.
NAMESPACES = {
    "cldf": "http://cldf.clld.org/v1.0/terms.rdf#",
    "dc": "http://purl.org/dc/terms/",
}


class Column(Struct, frozen=True):
    """A column: what its cells contain."""

    name: str
    description: str
    #: "string", "integer", "boolean", "date" (of which only the year may be known), "uri", "json".
    datatype: str = "string"
    is_required: bool = False
    #: Whether, in a coded table, the cells follow from others, so that no import reads them.
    is_derived: bool = False
    #: What is between the items of a cell; empty if a cell has one value only.
    separator: str = ""
    #: The address of the term of CLDF or Dublin Core with this meaning; empty if there is none.
    property_url: str = ""


class ForeignKey(Struct, frozen=True):
    """Columns whose cells name rows of another table by its primary key."""

    columns: tuple[str, ...]
    table: str


class Table(Struct, frozen=True):
    """A table with its rows, whose values are in the order of the columns."""

    name: str
    description: str
    #: Whether the table is worked out from the coded ones, so that no import reads it.
    is_derived: bool
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    #: The address of the component of CLDF that it is; empty if it is none.
    role: str = ""
    rows: Collection[Row] = ()

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def single_keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys whose columns have one value in each cell."""
        lists = {column.name for column in self.columns if column.separator}
        return tuple(key for key in self.foreign_keys if lists.isdisjoint(key.columns))

    def row_of(self, cells: Cells) -> Row:
        """Return a row from its cells by column; those that are left out are empty."""
        if unknown := cells.keys() - {column.name for column in self.columns}:
            raise KeyError(f"{self.name} has no column {min(unknown)}")
        return tuple(
            cells.get(column.name, () if column.separator else None) for column in self.columns
        )

    def records(self) -> Iterator[Cells]:
        """Yield each row as its cells by column."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def place(self, column: str) -> int:
        """Return the place of a column in the rows, from 0."""
        return next(place for place, each in enumerate(self.columns) if each.name == column)


class Release(Struct, frozen=True, dict=True):
    """What every file of a release is made from."""

    corpus: Corpus
    #: The tables by name, in their order.
    tables: Mapping[str, Table]
    #: The names of the files that a release can have, without README and checksums.
    file_names: frozenset[str]

    @property
    def title(self) -> str:
        """The title of the dataset; if the corpus has none, that of its codebook."""
        dataset = self.corpus.dataset
        return dataset.title if dataset else self.corpus.codebook.title

    @cached_property
    def double_coding(self) -> DoubleCoding | None:
        """The part of the corpus that was coded twice; None if there is none."""
        return load_double_coding(self.corpus, DEFAULT_OPTIONS)


@cache
def layout() -> tuple[Table, ...]:
    """Return the tables of every release, without rows; raise ProblemsError on findings."""
    return tuple(map(_table, bundled_data("release")["tables"]))


def release_tables(corpus: Corpus) -> tuple[Table, ...]:
    """Return the tables of the release of a corpus.

    Raises ProblemsError if a file of the corpus is refused.
    """
    from npcompare.dataset.corpus_rows import corpus_rows

    rows = {table.name: PackedRows() for table in layout()}
    tables = {table.name: table for table in layout()}
    for name, cells in corpus_rows(corpus):
        rows[name].append(tables[name].row_of(cells))
    return tuple(replace(table, rows=rows[table.name]) for table in layout())


def _table(data: Mapping[str, Any]) -> Table:
    return Table(
        name=data["name"],
        description=data["description"].strip(),
        is_derived=data["kind"] == "derived",
        columns=tuple(map(_column, data["columns"])),
        primary_key=tuple(data["primary_key"]),
        foreign_keys=tuple(
            ForeignKey(tuple(key["columns"]), key["table"]) for key in data.get("foreign_keys", ())
        ),
        role=f"{NAMESPACES['cldf']}{data['role']}" if "role" in data else "",
    )


def _column(data: Mapping[str, Any]) -> Column:
    prefix, _, term = data.get("property", "").partition(":")
    return Column(
        name=data["name"],
        description=data["description"],
        datatype=data.get("type", "string"),
        is_required=data.get("required", False),
        is_derived=data.get("derived", False),
        separator=data.get("separator", ""),
        property_url=f"{NAMESPACES[prefix]}{term}" if term else "",
    )
