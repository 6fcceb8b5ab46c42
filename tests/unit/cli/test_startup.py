"""Start-up as a set of modules, never a stopwatch: what each command may and may not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from builders import HEAVY, RUN_AND_LIST_MODULES, heavy_modules
from conftest import TESTS

from npcompare.coding.validation import validate

CHECKS = {"yaml", "jsonschema_rs"}
CODERS = [str(TESTS / "coders" / one) for one in ("first", "second")]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["diff", "--help"], set()),
        (["nothing"], set()),
        (["classify", "--format", "json"], set()),
        (["diff", "kenya", "jamaica", "--format", "json"], set()),
        (["show", "kenya", "--format", "csv"], set()),
        (["align", "kenya", "coe", "--format", "json"], set()),
        (["clause", "--stage", "records", "--format", "json"], set()),
        (["order", "--format", "json"], set()),
        (["order", "--format", "svg"], {"jinja2"}),
        (["nearest", "kenya", "--format", "csv"], set()),
        (["align", "--help"], set()),
        (["agree", "--help"], set()),
        (["init", "--help"], set()),
        (["agree", *CODERS, "--format", "json"], set()),
        (["validate"], set()),
        (["suggest", "tests/bills/clause-12.txt", "--format", "json"], CHECKS | {"re2"}),
        (["classify", "--format", "markdown"], set()),
        (["classify"], {"rich"}),
        (["classify", "--format", "plain"], {"tabulate"}),
        (["validate", "tests/bills/utopia.yaml"], CHECKS | {"re2"}),
        (["--no-cache", "validate"], CHECKS | {"re2"}),
        (["validate", "tests/invalid/np203-any.yaml"], CHECKS | {"jsonschema", "referencing"}),
    ],
)
def test_a_command_loads_only_what_it_uses(
    arguments: list[str], wanted: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # From here on the bundled corpus has been checked once, and so have those of the coders.
    validate(None, [])
    validate(None, [Path(one) for one in CODERS])
    monkeypatch.chdir(TESTS.parent)
    found = heavy_modules(*arguments)
    # jsonschema and rich bring difflib along in some of their releases.
    assert found - {"difflib"} == wanted


def test_the_package_alone_loads_nothing() -> None:
    program = "import sys, npcompare; print(*sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(ran.stdout.split())


#: Small ones, which together take as long to load as the corpus.
SPARED = {"csv", "dataclasses", "json", "random", "tempfile"}


@pytest.mark.parametrize("arguments", [["classify"], ["diff", "kenya", "jamaica"]])
def test_data_for_programs_spares_even_the_small_modules(arguments: list[str]) -> None:
    validate(None, [])
    brought = "import sys, msgspec, typer.core, typer.main; print(*sys.modules)"
    runs = (["-c", RUN_AND_LIST_MODULES, *arguments, "--format", "json"], ["-c", brought])
    ours, theirs = (
        set(
            subprocess.run(
                [sys.executable, *run], capture_output=True, text=True, check=True
            ).stdout.split()
        )
        for run in runs
    )
    assert "npcompare" in ours
    assert SPARED & (ours - theirs) == set()


@pytest.mark.parametrize(
    ("command", "wanted"),
    [("classify", "look"), ("diff", "compare"), ("export", "annex"), ("validate", "code")],
)
def test_a_command_loads_no_other_commands(command: str, wanted: str) -> None:
    program = RUN_AND_LIST_MODULES.replace(
        'name.split(".")[0]', 'name.removeprefix("npcompare.cli.")'
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"look", "compare", "annex", "code"} & set(ran.stdout.split()) == {wanted}
