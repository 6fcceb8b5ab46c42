"""The cells with the names of what they refer to, in one table: a row for each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.dataset.tables import Table, layout
from npcompare.dataset.value_rows import Context, value_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.dataset.coded_rows import Cells
    from npcompare.dataset.tables import Column, Row
    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus

#: The columns: their names, and the tables of a release that they are from with the names there.
CELL_COLUMNS = (
    ("provision_id", "values", "provision_id"),
    ("jurisdiction", "provisions", "jurisdiction"),
    ("jurisdiction_code", "provisions", "jurisdiction_code"),
    ("collection", "provisions", "collection"),
    ("effect", "provisions", "effect"),
    ("in_force_from", "provisions", "in_force_from"),
    ("in_force_to", "provisions", "in_force_to"),
    ("fuller", "provisions", "fuller"),
    ("dimension_id", "values", "dimension_id"),
    ("dimension", "dimensions", "name"),
    ("value", "values", "value"),
    # What is not a class has its word again.
    ("label", "classes", "name"),
    ("basis", "values", "basis"),
    ("is_complete", "values", "is_complete"),
    ("persons", "values", "persons"),
    ("categories", "values", "categories"),
    ("excluded", "values", "excluded"),
    ("quotations", "values", "quotations"),
    ("rules", "values", "rules"),
    ("source", "values", "source"),
    ("places", "values", "places"),
    ("as_at", "values", "as_at"),
    ("confidence", "values", "confidence"),
    ("doubt", "values", "doubt"),
    ("note", "values", "note"),
)


def cells_table(corpus: Corpus, files: Iterable[CheckedFile]) -> Table:
    """Return the cells of provisions, in the order of these and of the codebook."""
    return Table(
        name="cells",
        description="The cells: one row for each class that a provision has in a dimension.",
        is_derived=True,
        columns=tuple(_columns()),
        primary_key=("provision_id", "dimension_id", "value"),
        rows=tuple(row for file in files for row in _rows(corpus, file)),
    )


def _columns() -> Iterator[Column]:
    """Yield the columns as they are in a release, with the names that they have here."""
    tables = {table.name: table for table in layout()}
    for name, table, source in CELL_COLUMNS:
        column = tables[table].columns[tables[table].place(source)]
        yield replace(column, name=name)


def _rows(corpus: Corpus, file: CheckedFile) -> Iterator[Row]:
    """Yield the rows of a provision."""
    if file.provision is None:
        return
    result = classify(corpus.codebook, file.provision)
    provision = file.provision
    jurisdiction, dates = provision.jurisdiction, provision.dates
    facts: Cells = {
        "jurisdiction": jurisdiction.name,
        "jurisdiction_code": jurisdiction.code or None,
        "collection": file.collection,
        "effect": result.effect,
        "in_force_from": dates.get("in_force_from"),
        "in_force_to": dates.get("in_force_to"),
        "fuller": provision.fuller,
    }
    for table, cells in value_rows(result, Context({}, corpus.documents)):
        if table == "values":
            dimension = corpus.codebook.dimensions[str(cells["dimension_id"])]
            value = str(cells["value"])
            is_class = value in dimension.classes
            names: Cells = {
                "dimension": dimension.label,
                "label": dimension.classes[value].label if is_class else value,
            }
            row = {**facts, **names, **cells}
            yield tuple(row.get(name) for name, _, _ in CELL_COLUMNS)
