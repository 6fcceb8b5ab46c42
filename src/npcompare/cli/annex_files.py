"""Annexes that can be read back: Word and JSON files, and workbooks with columns of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.document import Document, FiledAnnex

_WORKBOOK = ".xlsx"


def is_workbook(path: Path) -> bool:
    """Return whether the name of a file is that of a workbook."""
    return path.suffix.lower() == _WORKBOOK


def is_readable(path: Path) -> bool:
    """Return whether the name of a file is that of an annex that can be read back."""
    from npcompare.formats import registry

    return is_workbook(path) or registry.is_readable(path)


def read_annex(path: Path) -> FiledAnnex:
    """Return the annex in a file.

    Raises NpcompareError if `export` did not write it, or if it is larger than any annex.
    """
    from npcompare.formats import registry
    from npcompare.reports.annex_limits import check_size
    from npcompare.reports.own_columns import with_recorded_headings

    if not is_workbook(path):
        return check_size(with_recorded_headings(registry.read(path)), str(path))
    from npcompare.files import read_bytes
    from npcompare.reports.workbook_annex import read_workbook

    content = read_bytes(path, registry.LARGEST_FILE)
    return check_size(read_workbook(content, str(path)), str(path))


def reread(document: Document, path: Path) -> FiledAnnex:
    """Return an annex as it would be read back if it were written to a file with this name."""
    from npcompare.formats import registry

    if not is_workbook(path):
        return registry.reread(document, path)
    from npcompare.reports.workbook_annex import read_workbook

    content = registry.render(document, registry.choose("xlsx", path))
    return read_workbook(content if isinstance(content, bytes) else content.encode(), str(path))
