"""A line of a PDF page and its place."""

from __future__ import annotations

from msgspec import Struct

#: How far apart the baselines of one line may be (a raised number), in font sizes.
SAME_LINE = 0.45


class PageLine(Struct, frozen=True):
    """A line of text: its page, its place on it in points, and its font."""

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool = False
    #: The number of its column, counted through the document.
    column: int = 0
