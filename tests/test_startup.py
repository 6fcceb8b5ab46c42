"""Start-up as a set of modules, never a stopwatch: what each command may and may not load."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import TESTS

HEAVY = {
    *("yaml", "jsonschema", "referencing", "rich", "tabulate", "difflib", "pydantic", "click"),
    *("docx", "lxml", "xlsxwriter", "jinja2", "typst"),
}

PROGRAM = """
import contextlib, io, sys
from npcompare.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def loaded(*arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    return HEAVY & set(ran.stdout.split())


CHECKS = {"yaml", "jsonschema", "referencing"}
CODERS = [str(TESTS / "coders" / one) for one in ("first", "second")]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["diff", "--help"], set()),
        (["nothing"], set()),
        (["classify", "--format", "json"], CHECKS),
        (["diff", "kenya", "jamaica", "--format", "json"], CHECKS),
        (["show", "kenya", "--format", "csv"], CHECKS),
        (["align", "kenya", "coe", "--format", "json"], CHECKS),
        (["clause", "--stage", "records", "--format", "json"], CHECKS),
        (["align", "--help"], set()),
        (["agree", "--help"], set()),
        (["agree", *CODERS, "--format", "json"], CHECKS),
        (["validate"], CHECKS),
        (["suggest", "tests/bills/clause-12.txt", "--format", "json"], CHECKS),
        (["classify", "--format", "markdown"], CHECKS),
        (["classify"], CHECKS | {"rich"}),
        (["classify", "--format", "plain"], CHECKS | {"tabulate"}),
    ],
)
def test_a_command_loads_only_what_it_uses(arguments: list[str], wanted: set[str]) -> None:
    found = loaded(*arguments)
    # jsonschema and rich bring difflib along in some of their releases.
    assert found - {"difflib"} == wanted


def test_the_package_alone_loads_nothing() -> None:
    program = "import sys, npcompare; print(*sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(ran.stdout.split())
