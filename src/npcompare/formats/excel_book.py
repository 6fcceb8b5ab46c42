"""Workbooks, as XlsxWriter makes them: how they are set up, and their formats."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from npcompare.formats.excel_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

#: The most characters that Excel allows in a property, and in the header of a page.
LONGEST_PROPERTY = 255


def write_book(
    fill: Callable[[Workbook], None],
    created: datetime,
    properties: Mapping[str, str],
    *,
    font: str = "",
    is_large: bool = False,
) -> bytes:
    """Return a workbook in which what looks like a number, a formula or an address is a text.

    Args:
        fill: Adds the sheets to the workbook.
        created: When the workbook was made.
        properties: Its properties, by the names that XlsxWriter has for them.
        font: The font of its cells, unless it is the usual one.
        is_large: Whether its rows are written one by one to save memory.
    """
    from contextlib import nullcontext
    from tempfile import TemporaryDirectory

    from xlsxwriter import Workbook

    stream = io.BytesIO()
    options = {
        "in_memory": not is_large,
        "constant_memory": is_large,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": font} if font else {},
    }
    # The rows of a large workbook wait in files, which are removed if the run is interrupted.
    waiting_room = TemporaryDirectory() if is_large else nullcontext()
    with waiting_room as folder, Workbook(stream, options | {"tmpdir": folder}) as book:
        texts = {name: one_line(text, LONGEST_PROPERTY) for name, text in properties.items()}
        book.set_properties({**texts, "created": created})
        fill(book)
    return stream.getvalue()


class FormatCache:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Take the workbook."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """Return the format with some properties, by the names that XlsxWriter has for them."""
        key = tuple(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
