"""Figures of tables, as SVG: the format `svg`, and figures inside other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.charts import MAX_BOXES, MAX_LINES, MAX_LISTED, Diagram
from npcompare.errors import NpcompareError
from npcompare.formats.figures import answer_grid, answer_overview, hasse_diagram

if TYPE_CHECKING:
    from npcompare.document import Document
    from npcompare.formats.figures.canvas import Picture

_ID = "npcompare-figure"


def write(document: Document) -> str:
    """Return the figure of the first table that has one.

    Raises NpcompareError if no table has a figure, or if a diagram is too large to be read.
    """
    for table in document.tables:
        if isinstance(table.figure, Diagram) and not table.figure.is_readable:
            raise NpcompareError(
                "the figure would be too large to read",
                f"name fewer: a figure has at most {MAX_BOXES} boxes, {MAX_LINES} "
                f"lines and {MAX_LISTED} other names; or choose another format",
            )
    for number in range(len(document.tables)):
        if picture := whole(document, number):
            return picture.svg
    raise NpcompareError(
        "only a matrix, an order or an overview of gaps can be drawn as a figure",
        "run `export --layout matrix`, `order`, or `gaps` of more than four provisions, or choose "
        "another format",
    )


def whole(document: Document, number: int) -> Picture | None:
    """Return the figure of a table, or None if it has none."""
    name = f"{_ID}-{number}"
    return (
        hasse_diagram.whole(document, number, name)
        or answer_grid.whole(document, number, name)
        or answer_overview.whole(document, number, name)
    )


def pages(document: Document, number: int, rows: int, *, is_upright: bool = True) -> list[Picture]:
    """Return the figure of a table in parts for pages: a diagram, or some rows each.

    Titles and provenance are printed by the pages. Returns nothing if the table has no figure.
    """
    name = f"{_ID}-{number}"
    if picture := hasse_diagram.page(document, number, name):
        return [picture]
    return answer_grid.pages(document, number, rows, name) or answer_overview.pages(
        document, number, name, is_upright=is_upright
    )
