"""Tables as pictures in SVG: which of them can be one, by itself or on the pages of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import MAX_BOXES, MAX_LINES, MAX_LISTED, Diagram
from npcompare.errors import NpcompareError
from npcompare.formats.figures import answer_matrix, hasse_diagram

if TYPE_CHECKING:
    from npcompare.document import Document
    from npcompare.formats.figures.canvas import Picture

_ID = "npcompare-figure"


def write(document: Document) -> str:
    """Return a picture of the first table that can be one: a matrix of answers, or a diagram.

    Raises NpcompareError if there is none, or if it could not be read.
    """
    for table in document.tables:
        if isinstance(table.figure, Diagram) and not table.figure.is_readable:
            raise NpcompareError(
                "a picture of so many could not be read",
                f"name fewer: it may have {MAX_BOXES} boxes, {MAX_LINES} lines and "
                f"{MAX_LISTED} names beside them; or give another format",
            )
    for number in range(len(document.tables)):
        if found := whole(document, number):
            return found.svg
    raise NpcompareError(
        "a picture needs the layout matrix, or an order",
        "give `export --layout matrix`, or `order`",
    )


def whole(document: Document, number: int) -> Picture | None:
    """Return one table of a document as a picture, or nothing if it cannot be one."""
    name = f"{_ID}-{number}"
    return hasse_diagram.whole(document, number, name) or answer_matrix.whole(
        document, number, name
    )


def pages(document: Document, number: int, most: int) -> list[Picture]:
    """Return one table of a document as pictures for pages: a diagram, or so many rows of a matrix.

    Titles and provenance are left to the pages. Returns nothing if it cannot be a picture.
    """
    name = f"{_ID}-{number}"
    if found := hasse_diagram.page(document, number, name):
        return [found]
    return answer_matrix.pages(document, number, most, name)
