"""The fuzz targets by name: each takes bytes and raises an error if a property fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import readers, writers

if TYPE_CHECKING:
    from collections.abc import Callable

TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": readers.reader,
    "validator": readers.validator,
    "suggest": readers.suggestion,
    "filed-json": readers.filed_json,
    "filed-docx": readers.filed_docx,
    "pack": readers.pack,
    "plain": writers.plain_text,
    "terminal": writers.screen,
    "markdown": writers.markdown,
    "csv": writers.comma,
    "json": writers.data,
    "ndjson": writers.lines,
    "html": writers.page,
    "latex": writers.tex,
    "svg": writers.picture,
    "charts": writers.row_figures,
    "blocks": writers.block_figures,
    "diagram": writers.boxes_and_lines,
    "docx": writers.office_word,
    "xlsx": writers.workbook,
    "pdf": writers.print_out,
}
