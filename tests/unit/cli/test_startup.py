"""What each command imports: start-up is measured in modules, which is exact."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builders import HEAVY, RUN_AND_LIST_MODULES, heavy_modules
from conftest import TESTS

from npcompare.coding.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CHECKS = {"yaml", "jsonschema_rs"}
CODERS = [str(TESTS / "coders" / name) for name in ("first", "second")]


def modules_of(*arguments: str) -> set[str]:
    """Return the full names of the modules that a command loads."""
    program = RUN_AND_LIST_MODULES.replace('name.split(".")[0]', "name")
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["diff", "--help"], set()),
        (["nothing"], set()),
        (["classify", "--format", "json"], set()),
        (["diff", "kenya", "jamaica", "--format", "json"], set()),
        (["show", "kenya", "--format", "csv"], set()),
        (["list", "--format", "csv"], set()),
        (["gaps", "kenya", "--format", "csv"], set()),
        (["classify", "--language", "fr", "--format", "json"], set()),
        (["align", "kenya", "coe", "--format", "json"], set()),
        (["clause", "--stage", "records", "--format", "json"], set()),
        (["order", "--format", "json"], set()),
        (["order", "--format", "svg"], {"jinja2"}),
        (["nearest", "kenya", "--format", "csv"], set()),
        (["align", "--help"], set()),
        (["agree", "--help"], set()),
        (["init", "--help"], set()),
        (["code", "--help"], set()),
        (["code", "tests/bills/utopia.yaml"], set()),
        (["form", "--help"], set()),
        (["import", "--help"], set()),
        (["site", "--help"], set()),
        (["release", "--help"], set()),
        (["changes", "--help"], set()),
        (["agree", *CODERS, "--format", "json"], set()),
        (["validate"], set()),
        (["suggest", "tests/bills/clause-12.txt", "--format", "json"], {"re2"}),
        (["diff", "tests/bills/clause-12.txt", "kenya", "-f", "json"], {"re2"}),
        (["classify", "--format", "markdown"], set()),
        (["classify"], {"rich"}),
        (["classify", "--format", "plain"], {"tabulate"}),
        (["validate", "tests/bills/utopia.yaml"], CHECKS | {"re2"}),
        (["--no-cache", "validate"], CHECKS | {"re2"}),
        (["validate", "tests/invalid/np203-any.yaml"], CHECKS | {"jsonschema", "referencing"}),
    ],
)
def test_command_imports_only_what_it_uses(
    arguments: list[str], modules: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The cache then has the results for the bundled corpus and for the corpora of the coders, and
    # after a first run the data that comes with npcompare.
    validate(None, [])
    validate(None, [Path(folder) for folder in CODERS])
    monkeypatch.chdir(TESTS.parent)
    heavy_modules(*arguments)
    # Some releases of jsonschema and rich import difflib.
    assert heavy_modules(*arguments) - {"difflib"} == modules


#: The modules of npcompare that every command needs.
START = {
    *("__main__", "_version", "cli", "cli.application", "cli.leading_options", "cli.main"),
    *("cli.output", "errors", "shell", "text"),
}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["nothing"]])
def test_without_a_command_little_is_imported(arguments: list[str]) -> None:
    modules = modules_of(*arguments)
    assert {name for name in modules if name.startswith("npcompare.")} <= {
        f"npcompare.{name}" for name in START
    }
    assert "msgspec" not in modules


#: Modules that only a document in another language needs, one with East Asian characters, or one
#: with a figure.
OF_OTHER_TABLES = {"charts", "formats.joined_numbers", "formats.language_scripts"}


def test_plain_table_imports_nothing_for_others() -> None:
    validate(None, [])
    modules = {name.removeprefix("npcompare.") for name in modules_of("classify")}
    assert "formats.terminal" in modules
    assert OF_OTHER_TABLES & modules == set()


@pytest.mark.parametrize(
    ("command", "module"),
    [
        (["show", "kenya"], "provision_records"),
        (["diff", "kenya", "jamaica"], "comparison_records"),
    ],
)
def test_table_imports_no_records_of_its_output(command: list[str], module: str) -> None:
    validate(None, [])
    modules = modules_of(*command)
    assert "npcompare.formats.terminal" in modules
    assert f"npcompare.reports.{module}" not in modules


def test_importing_the_package_imports_no_library() -> None:
    program = "import sys, npcompare; print(*sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(ran.stdout.split())


#: Small modules, which together take as long to import as the corpus takes to load.
UNUSED = {"calendar", "csv", "dataclasses", "json", "random", "string", "tempfile"}


@pytest.mark.further
@pytest.mark.parametrize("arguments", [["classify"], ["diff", "kenya", "jamaica"]])
def test_json_output_imports_no_small_module_either(arguments: list[str]) -> None:
    validate(None, [])
    libraries = "import sys, msgspec, typer.core, typer.main; print(*sys.modules)"
    runs = (["-c", RUN_AND_LIST_MODULES, *arguments, "--format", "json"], ["-c", libraries])
    command_modules, library_modules = (
        set(
            subprocess.run(
                [sys.executable, *run], capture_output=True, text=True, check=True
            ).stdout.split()
        )
        for run in runs
    )
    assert "npcompare" in command_modules
    assert UNUSED & (command_modules - library_modules) == set()


#: Modules of npcompare that a run needs only to check files or to write tables for readers.
UNUSED_MODULES = {
    *("law.yaml_reader", "law.yaml_syntax", "law.json_schema", "law.provision_checks"),
    *("law.date_checks", "law.outside_files", "analysis.queries", "charts", "coding.validation"),
    *("reports.annex_tables", "reports.typology_tables"),
}


@pytest.mark.parametrize("arguments", [["classify"], ["diff", "kenya", "jamaica"]])
def test_json_output_imports_no_checks_and_no_queries(arguments: list[str]) -> None:
    validate(None, [])
    program = RUN_AND_LIST_MODULES.replace('name.split(".")[0]', 'name.removeprefix("npcompare.")')
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(ran.stdout.split())
    assert "law.corpus" in modules
    assert UNUSED_MODULES & modules == set()
    # Only a text that is not coded needs the phrase book.
    assert not [name for name in modules if name.startswith("coding.")]


@pytest.mark.parametrize(
    ("command", "maker"),
    [
        (["list"], "provision_list._list"),
        (["show", "kenya"], "provision_report._card"),
        (["diff", "kenya", "jamaica"], "comparison_report._comparison_table"),
        (["gaps", "kenya"], "gap_report._table"),
    ],
)
def test_json_output_makes_no_table(
    command: list[str], maker: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(f"npcompare.reports.{maker}")
    assert run(*command, "--format", "json").code == 0


@pytest.mark.parametrize(
    ("command", "module"),
    [
        ("classify", "look"),
        ("diff", "compare"),
        ("export", "annex"),
        ("validate", "code"),
        ("code", "dialogue"),
        ("import", "workbook"),
        ("site", "website"),
        ("release", "dataset"),
        ("changes", "dataset"),
    ],
)
def test_command_imports_no_other_group(command: str, module: str) -> None:
    program = RUN_AND_LIST_MODULES.replace(
        'name.split(".")[0]', 'name.removeprefix("npcompare.cli.")'
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    groups = {"look", "compare", "annex", "code", "dataset", "dialogue", "website", "workbook"}
    assert groups & set(ran.stdout.split()) == {module}
