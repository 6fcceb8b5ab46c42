"""Files with one mistake, and the exact finding beside each; by the API and the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.coding.validation import check_file
from npcompare.errors import Code, ExitCode, Problem, ProblemsError, exit_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus

FILES = sorted((TESTS / "invalid").glob("*.yaml"))

#: The codes that a text file with one provision cannot have; other tests have these findings.
ELSEWHERE = {
    *(Code.NOT_UTF8, Code.TOO_LARGE, Code.UNREADABLE),
    *(Code.RULE_REFERENCE, Code.RULE_EXAMPLE, Code.ORDER),
    *(Code.VERSION_UNKNOWN, Code.VERSIONS_OVERLAP),
}


def code_of(path: Path) -> Code:
    """Return the code that the name of a file begins with, such as np501."""
    return Code(path.stem.split("-")[0].upper())


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_file_gives_the_expected_finding(
    path: Path, corpus: Corpus, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    findings = check_file(corpus, Path(path.name))
    assert [finding.code for finding in findings] == [code_of(path)]
    (finding,) = findings
    output = f"{finding}\n" + (f"  hint: {finding.hint}\n" if finding.hint else "")
    expected = path.with_suffix(".problems.txt")
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":
        expected.write_text(output, encoding="utf-8")
    assert expected.exists(), f"`make golden` writes {expected.name}"
    assert output == expected.read_text(encoding="utf-8")
    ran = run("validate", path.name)
    assert (ran.code, ran.out) == (exit_code(findings), output)


def test_every_code_has_a_file() -> None:
    missing = set(Code) - {code_of(path) for path in FILES} - ELSEWHERE
    assert not missing, "add a file with this one mistake to tests/invalid/"


def problem(code: Code, message: str = "No.") -> Problem:
    return Problem("a.yaml", 3, 7, code, message)


REFUSED, WARNED, UNREAD = Code.UNKNOWN_KEY, Code.READ_OTHERWISE, Code.NOT_YAML


def test_finding_is_shown_on_one_line() -> None:
    assert str(problem(REFUSED, "a\nb\tc")) == "a.yaml:3:7 NP201 a<U+000A>b<U+0009>c"
    assert str(problem(WARNED)) == "a.yaml:3:7 NP602 warning: No."


@pytest.mark.parametrize(
    ("codes", "code", "strict"),
    [
        ([], ExitCode.FINE, ExitCode.FINE),
        ([WARNED], ExitCode.FINE, ExitCode.FOUND),
        ([REFUSED], ExitCode.FOUND, ExitCode.FOUND),
        ([WARNED, REFUSED], ExitCode.FOUND, ExitCode.FOUND),
        ([REFUSED, UNREAD], ExitCode.TROUBLE, ExitCode.TROUBLE),
    ],
)
def test_warnings_change_the_exit_code_only_if_strict(
    codes: list[Code], code: ExitCode, strict: ExitCode
) -> None:
    problems = tuple(map(problem, codes))
    assert exit_code(problems) is code
    assert exit_code(problems, strict=True) is strict
    assert ProblemsError(problems).exit_code is code


def test_error_counts_the_findings_and_their_files() -> None:
    error = ProblemsError((problem(REFUSED),))
    assert str(error) == "1 finding in 1 file; fix them first"
    assert error.problems == (problem(REFUSED),)
    many = [problem(REFUSED)] * 1200 + [Problem("b.yaml", 1, 1, WARNED, "")]
    assert str(ProblemsError(tuple(many))) == "1,201 findings in 2 files; fix them first"
