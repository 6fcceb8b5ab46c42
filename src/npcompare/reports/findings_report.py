"""The report of `validate`: findings about files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from npcompare.document import Document, Table, columns, rows
from npcompare.reports.records import TOOL, Ordinal, Output, Record, as_data, present, urn

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
    severity: Literal["error", "warning", "remark"]


class FindingsOutput(Output, frozen=True, tag=urn("validate")):
    """The output of `validate`."""

    problems: list[FindingRecord]
    checked: Ordinal
    #: Findings that state a fact, such as a known difference between versions.
    remarks: list[FindingRecord] | UnsetType = UNSET


def findings(
    problems: Sequence[Problem], checked: int, remarks: Sequence[Problem] = ()
) -> Document:
    """Return the findings about files, a row each; those that state a fact are in a second table.

    Args:
        problems: The errors and warnings.
        checked: How many files were checked.
        remarks: The findings that ask for nothing.
    """
    table = _table("Findings", problems)
    tables = (table, *([_table("Remarks", remarks)] if remarks else []))
    output = FindingsOutput(
        tool=TOOL,
        problems=list(map(_record, problems)),
        checked=checked,
        remarks=present(list(map(_record, remarks))),
    )
    return Document("Findings", tables, as_data(output), _table("Findings", [*problems, *remarks]))


def _table(title: str, problems: Sequence[Problem]) -> Table:
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
    return Table(title, headings, rows(values))


def _record(problem: Problem) -> FindingRecord:
    return FindingRecord(
        path=problem.path,
        line=problem.line,
        column=problem.column,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        severity=_severity(problem),
    )


def _severity(problem: Problem) -> Literal["error", "warning", "remark"]:
    if problem.is_remark:
        return "remark"
    return "warning" if problem.is_warning else "error"
