"""Findings about files, the errors that stop a run, and exit codes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple, Self

from npcompare.text import bounded, cell_name, counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExitCode(IntEnum):
    """The exit codes of every command."""

    FINE = 0
    #: Problems were found, or with --exit-code differences.
    FOUND = 1
    #: Wrong usage, or the command cannot go on.
    TROUBLE = 2


class Code(StrEnum):
    """The kinds of findings, by what they are about. A code is never reused for another kind.

    Each code is given by a check: most in `law`, those of proposals and forms in `coding`, those of
    releases in `dataset`.
    """

    # The bytes and the YAML of a file.
    NOT_UTF8 = "NP101"
    TOO_LARGE = "NP102"
    NOT_YAML = "NP103"
    DUPLICATE_KEY = "NP104"
    NOT_PLAIN = "NP105"
    CONTROL_CHARACTER = "NP106"
    UNREADABLE = "NP107"

    # The shape of the data: keys, types and words of the vocabulary.
    UNKNOWN_KEY = "NP201"
    MISSING_KEY = "NP202"
    NOT_A_WORD = "NP203"
    WRONG_TYPE = "NP204"
    WRONG_FORM = "NP205"
    WRONG_COUNT = "NP206"
    NO_CODING = "NP207"

    # The codebook, and values that contradict each other.
    RULE_REFERENCE = "NP301"
    RULE_EXAMPLE = "NP302"
    ORDER = "NP303"
    CODING_CONFLICT = "NP304"

    # Ids, sources and versions.
    ID_NOT_FILE_NAME = "NP401"
    ID_TAKEN = "NP402"
    SOURCE_UNKNOWN = "NP403"
    VERSION_UNKNOWN = "NP404"
    VERSIONS_OVERLAP = "NP405"
    CIRCULAR_REFERENCE = "NP406"

    # The proof of values.
    EVIDENCE_NOT_FOUND = "NP501"
    EVIDENCE_AMBIGUOUS = "NP502"
    NO_PROOF = "NP503"
    NO_BODY = "NP504"

    # Doubts about a coding, a translation, a release or an old file, listed in WARNING_CODES.
    EXCEPTION_UNCODED = "NP601"
    READ_OTHERWISE = "NP602"
    WORDS_UNEXPLAINED = "NP603"
    VERSIONS_DIFFER = "NP604"
    TRANSLATION_UNUSED = "NP606"
    RELEASE_CHANGED = "NP607"
    MEANING_CHANGED = "NP608"

    # What a reader should know, and nobody has to act on. They are listed in REMARK_CODES.
    KNOWN_DIFFERENCE = "NP605"


#: A file with one of these could not be read, so nothing else in it was checked.
UNREADABLE_CODES = frozenset({Code.NOT_UTF8, Code.TOO_LARGE, Code.NOT_YAML, Code.UNREADABLE})

#: A file with only these is accepted, but should be read again.
WARNING_CODES = frozenset(
    {
        *(Code.EXCEPTION_UNCODED, Code.READ_OTHERWISE, Code.WORDS_UNEXPLAINED),
        *(Code.VERSIONS_DIFFER, Code.TRANSLATION_UNUSED, Code.RELEASE_CHANGED),
        Code.MEANING_CHANGED,
    }
)

#: These are facts about the law; no setting makes them a reason to refuse a file.
REMARK_CODES = frozenset({Code.KNOWN_DIFFERENCE})


class _Finding(NamedTuple):
    """The fields of a finding."""

    path: str
    line: int
    column: int
    code: Code
    message: str
    hint: str = ""
    #: The sheet of a workbook; empty for any other file.
    sheet: str = ""


class Problem(_Finding):
    """One finding about a file: its place, its message, and a hint on what to do.

    Lines and columns count from 1; in a workbook they are the row and the column of a cell.
    Findings sort by place. What the message and the hint quote is shortened.
    """

    __slots__ = ()

    def __new__(  # noqa: PLR0913, PLR0917 - the fields of a finding
        cls,
        path: str,
        line: int,
        column: int,
        code: Code,
        message: str,
        hint: str = "",
        sheet: str = "",
    ) -> Self:
        """Return a finding."""
        return super().__new__(
            cls, path, line, column, code, bounded(message), bounded(hint), sheet
        )

    @property
    def is_warning(self) -> bool:
        """Whether the file is accepted in spite of the finding."""
        return self.code in WARNING_CODES

    @property
    def is_remark(self) -> bool:
        """Whether the finding states a fact and does not ask for anything."""
        return self.code in REMARK_CODES

    def __str__(self) -> str:
        """Return the finding as one line that is safe to print."""
        place = f"{self.path}:{self.line}:{self.column}"
        if self.sheet:
            place = f"{self.path}:{self.sheet}!{cell_name(self.line, self.column)}"
        kind = "warning: " if self.is_warning else "remark: " if self.is_remark else ""
        return visible(f"{place} {self.code} {kind}{self.message}", keep_lines=False)


class NpcompareError(Exception):
    """The run cannot go on. The user gets a sentence, and a hint if there is one."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Store the sentence and the hint separately, for the command line to print."""
        self.message = bounded(message)
        self.hint = bounded(hint)
        super().__init__(self.message)


class ProblemsError(NpcompareError):
    """The files that a command needs have findings, which the error contains."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Count the findings and their files in the message."""
        files = counted(len({problem.path for problem in problems}), "file")
        warnings = sum(problem.is_warning for problem in problems)
        errors = counted(len(problems) - warnings, "finding")
        if warnings and warnings < len(problems):
            counts = f"{errors} and {counted(warnings, 'warning')} in {files}"
            super().__init__(f"{counts}; fix the findings first")
        else:
            super().__init__(f"{counted(len(problems), 'finding')} in {files}; fix them first")
        self.problems = problems

    @property
    def exit_code(self) -> ExitCode:
        """The exit code for the findings: an unreadable file is trouble."""
        return exit_code(self.problems)


def exit_code(problems: tuple[Problem, ...], *, strict: bool = False) -> ExitCode:
    """Return the exit code for a list of findings; warnings count only if `strict`."""
    if any(problem.code in UNREADABLE_CODES for problem in problems):
        return ExitCode.TROUBLE
    counted_problems = without_remarks(problems) if strict else refusals(problems)
    return ExitCode.FOUND if counted_problems else ExitCode.FINE


def refusals(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the findings that cause a file to be refused: all except warnings and remarks."""
    return tuple(problem for problem in problems if not (problem.is_warning or problem.is_remark))


def without_remarks(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the findings that ask for something: errors and warnings."""
    return tuple(problem for problem in problems if not problem.is_remark)
