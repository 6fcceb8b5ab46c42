"""Findings about files to documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Document, Table, columns, rows
from npcompare.reports import json_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.errors import Problem


def findings(found: Sequence[Problem], checked: int) -> Document:
    """Return the findings about files, a row each."""
    values = [
        [one.path, str(one.line), str(one.column), str(one.code), one.message, one.hint]
        for one in found
    ]
    heads = columns(
        path="File", line="Line", column="Column", code="Code", message="Finding", hint="Hint"
    )
    table = Table("Findings", heads, rows(values))
    return Document("Findings", (table,), _data(found, checked), table)


def _data(found: Iterable[Problem], checked: int) -> json_output.Record:
    """Return the output of `validate`."""
    return json_output.envelope(
        "validate",
        problems=[
            {
                "path": one.path,
                "line": one.line,
                "column": one.column,
                "code": one.code,
                "message": one.message,
                "hint": one.hint,
                "severity": "warning" if one.is_warning else "error",
            }
            for one in found
        ],
        checked=checked,
    )
