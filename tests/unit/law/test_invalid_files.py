"""Files with one mistake, and the exact finding beside each; by the API and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, check_expected

from npcompare.coding.validation import check_file
from npcompare.errors import Code, exit_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus

FILES = sorted((TESTS / "invalid").glob("*.yaml"))

#: The codes that a text file with one provision cannot have; other tests have these findings.
ELSEWHERE = {
    *(Code.NOT_UTF8, Code.TOO_LARGE, Code.UNREADABLE),
    *(Code.RULE_REFERENCE, Code.RULE_EXAMPLE, Code.ORDER),
    *(Code.VERSION_UNKNOWN, Code.VERSIONS_OVERLAP, Code.CIRCULAR_REFERENCE),
    *(Code.TRANSLATION_UNUSED, Code.RELEASE_CHANGED, Code.KNOWN_DIFFERENCE),
    Code.MEANING_CHANGED,
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
    check_expected(path.with_suffix(".problems.txt"), output, "golden")
    ran = run("validate", path.name)
    assert (ran.code, ran.out) == (exit_code(findings), output)


def test_every_code_has_a_file() -> None:
    missing = set(Code) - {code_of(path) for path in FILES} - ELSEWHERE
    assert not missing, "add a file with this one mistake to tests/invalid/"
