"""The targets by name: each takes bytes and raises where something does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import files, written

if TYPE_CHECKING:
    from collections.abc import Callable

TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": files.reader,
    "validator": files.validator,
    "suggest": files.suggestion,
    "filed-json": files.filed_json,
    "filed-docx": files.filed_docx,
    "pack": files.pack,
    "plain": written.plain_text,
    "terminal": written.screen,
    "markdown": written.markdown,
    "csv": written.comma,
    "json": written.data,
    "ndjson": written.lines,
    "html": written.page,
    "latex": written.tex,
    "svg": written.picture,
    "diagram": written.boxes_and_lines,
    "docx": written.office_word,
    "xlsx": written.workbook,
    "pdf": written.print_out,
}
