"""The report of `validate`: findings about files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from npcompare.document import Document, Table, columns, rows
from npcompare.reports.records import TOOL, Ordinal, Output, Record, as_data, urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.errors import Problem


class FindingRecord(Record, frozen=True):
    """A finding: its place in a file, what is wrong, and what to do about it."""

    path: str
    line: Ordinal
    column: Ordinal
    code: Annotated[str, Meta(pattern="^NP[0-9]{3}$")]
    message: str
    hint: str
    severity: Literal["error", "warning"]


class FindingsOutput(Output, frozen=True, tag=urn("validate")):
    """The output of `validate`."""

    problems: list[FindingRecord]
    checked: Ordinal


def findings(problems: Sequence[Problem], checked: int) -> Document:
    """Return the findings about files, a row each."""
    values = [
        [
            problem.path,
            str(problem.line),
            str(problem.column),
            str(problem.code),
            problem.message,
            problem.hint,
        ]
        for problem in problems
    ]
    headings = columns(
        path="File", line="Line", column="Column", code="Code", message="Finding", hint="Hint"
    )
    table = Table("Findings", headings, rows(values))
    output = FindingsOutput(
        tool=TOOL, problems=[_record(problem) for problem in problems], checked=checked
    )
    return Document("Findings", (table,), as_data(output), table)


def _record(problem: Problem) -> FindingRecord:
    return FindingRecord(
        path=problem.path,
        line=problem.line,
        column=problem.column,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        severity="warning" if problem.is_warning else "error",
    )
