"""Findings as text, the errors that contain them, and the exit codes that follow from them."""

from __future__ import annotations

import pytest

from npcompare.errors import (
    Code,
    ExitCode,
    NpcompareError,
    Problem,
    ProblemsError,
    exit_code,
    refusals,
)

REFUSED = Problem("b.yaml", 2, 3, Code.UNKNOWN_KEY, "m")
WARNING = Problem("a.yaml", 1, 1, Code.READ_OTHERWISE, "m\t\n")
UNREADABLE = Problem("a.yaml", 1, 1, Code.NOT_YAML, "m")


def test_finding_is_shown_on_one_line() -> None:
    assert str(REFUSED) == "b.yaml:2:3 NP201 m"
    assert str(WARNING) == "a.yaml:1:1 NP602 warning: m<U+0009><U+000A>"


def test_finding_cannot_control_the_terminal() -> None:
    problem = Problem("a.yaml", 1, 1, Code.UNKNOWN_KEY, "\x1b[31m\u202ered\nnext")
    assert str(problem) == "a.yaml:1:1 NP201 <U+001B>[31m<U+202E>red<U+000A>next"


def test_warnings_do_not_refuse_a_file() -> None:
    assert refusals([WARNING, REFUSED, WARNING, UNREADABLE]) == (REFUSED, UNREADABLE)


@pytest.mark.parametrize(
    ("problems", "normal", "strict"),
    [
        ((), ExitCode.FINE, ExitCode.FINE),
        ((WARNING,), ExitCode.FINE, ExitCode.FOUND),
        ((REFUSED,), ExitCode.FOUND, ExitCode.FOUND),
        ((WARNING, REFUSED), ExitCode.FOUND, ExitCode.FOUND),
        ((REFUSED, UNREADABLE), ExitCode.TROUBLE, ExitCode.TROUBLE),
        ((WARNING, REFUSED, UNREADABLE), ExitCode.TROUBLE, ExitCode.TROUBLE),
    ],
)
def test_exit_code_is_that_of_the_worst_finding(
    problems: tuple[Problem, ...], normal: ExitCode, strict: ExitCode
) -> None:
    assert exit_code(problems) is normal
    assert exit_code(problems, strict=True) is strict
    assert ProblemsError(problems).exit_code is normal


def test_error_counts_the_findings_and_their_files() -> None:
    error = ProblemsError((REFUSED,))
    assert str(error) == error.message == "1 finding in 1 file; fix them first"
    assert (error.problems, error.hint) == ((REFUSED,), "")
    error = ProblemsError((WARNING, REFUSED, UNREADABLE))
    assert error.message == "2 findings and 1 warning in 2 files; fix the findings first"
    assert error.problems == (WARNING, REFUSED, UNREADABLE)
    error = ProblemsError((REFUSED,) * 1200 + (WARNING,))
    assert error.message == "1,200 findings and 1 warning in 2 files; fix the findings first"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (f'"{"a" * 297}" is long', f'"{"a" * 297}" is long'),
        (
            f'"{"a" * 20_000}{"b" * 20_000}" is not a date',
            f'"{"a" * 259} … {"b" * 39}" is not a date',
        ),
        (f"“{'a b ' * 10_000}” is read", f"“{'a b ' * 64}a b … {'b a ' * 9}b ” is read"),
        (f"there is no file {'a' * 40_000}", f"there is no file {'a' * 260} … {'a' * 40}"),
        (
            f"the words are: {'word, ' * 10_000}end",
            f"the words are: {'word, ' * 324}w … {'word, ' * 6}end",
        ),
    ],
)
def test_what_is_quoted_is_shortened(message: str, shown: str) -> None:
    problem = Problem("a.yaml", 1, 1, Code.UNKNOWN_KEY, message, message)
    assert (problem.message, problem.hint) == (shown, shown)
    error = NpcompareError(message, message)
    assert (str(error), error.message, error.hint) == (shown, shown, shown)
