"""Tables as data frames of pandas or polars, with the types and the order of their values."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from npcompare.dataset.value_rows import RELIABILITY
from npcompare.errors import NpcompareError
from npcompare.installation import install_hint
from npcompare.model.provision import NONE_REPORTED, Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from npcompare.dataset.tables import Column, Table
    from npcompare.model.codebook import Codebook


def orders(codebook: Codebook, collections: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the values of columns of cells that have an order: that of the codebook."""
    dimensions = codebook.dimensions.values()
    without_class = (NONE_REPORTED, str(Basis.SILENT), str(Basis.UNKNOWN))
    words = [word for dimension in dimensions for word in dimension.classes]
    labels = [term.label for dimension in dimensions for term in dimension.classes.values()]
    return {
        "collection": tuple(collections),
        "effect": _once(*codebook.vocabulary["effect"], "unknown"),
        "dimension_id": tuple(dimension.id for dimension in dimensions),
        "dimension": _once(*(dimension.label for dimension in dimensions)),
        "value": _once(*words, *without_class),
        "label": _once(*labels, *without_class),
        "basis": tuple(map(str, Basis)),
        "confidence": RELIABILITY,
    }


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def data_frame(table: Table, order: Mapping[str, Sequence[str]], library: str = "") -> Any:
    """Return a table as a data frame.

    Raises NpcompareError if the library is not installed, or not one of pandas and polars.

    Args:
        table: The table.
        order: The values of columns that have an order, which they are sorted and grouped by.
        library: "pandas" or "polars"; by default the one that is installed.
    """
    if library and library not in _MAKERS:
        raise NpcompareError(
            f'there are no data frames of "{library}"', f"choose one of: {', '.join(_MAKERS)}"
        )
    names = [library] if library else list(_MAKERS)
    installed = next((name for name in names if find_spec(name)), "")
    if not installed:
        missing = f"{library} is not" if library else "neither pandas nor polars is"
        raise NpcompareError(f"{missing} installed", install_hint(names[0]))
    return _MAKERS[installed](table, order)


def _pandas(table: Table, order: Mapping[str, Sequence[str]]) -> Any:
    import pandas as pd

    def series(column: Column, values: list[Any]) -> Any:
        if column.separator:
            return pd.Series(list(map(list, values)), dtype="object")
        if column.name in order:
            return pd.Series(pd.Categorical(values, _ordered(order[column.name], values)))
        kinds = {"integer": "Int64", "boolean": "bool" if column.is_required else "boolean"}
        return pd.Series(values, dtype=kinds.get(column.datatype, "string"))

    return pd.DataFrame({column.name: series(column, values) for column, values in _columns(table)})


def _polars(table: Table, order: Mapping[str, Sequence[str]]) -> Any:
    import polars as pl

    def series(column: Column, values: list[Any]) -> Any:
        kinds: dict[str, Any] = {"integer": pl.Int64, "boolean": pl.Boolean}
        kind: Any = kinds.get(column.datatype, pl.String)
        if column.separator:
            return pl.Series(column.name, list(map(list, values)), dtype=pl.List(kind))
        if column.name in order:
            kind = pl.Enum(_ordered(order[column.name], values))
        return pl.Series(column.name, values, dtype=kind)

    return pl.DataFrame([series(column, values) for column, values in _columns(table)])


def _ordered(order: Sequence[str], values: Sequence[str | None]) -> list[str]:
    """Return the values that have an order, then any others."""
    return list(dict.fromkeys((*order, *filter(None, values))))


def _columns(table: Table) -> list[tuple[Column, list[Any]]]:
    """Return each column with its values."""
    return [
        (column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)
    ]


#: What makes the data frames of each library; the first one that is installed is the default.
_MAKERS: dict[str, Callable[[Table, Mapping[str, Sequence[str]]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
}
