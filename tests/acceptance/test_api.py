"""The interface for programs: its names, its types, and what is imported when."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest
from conftest import PACKAGE, TESTS

import npcompare

PAGE = (TESTS.parent / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
MODULES = {path.stem for path in PACKAGE.iterdir()}


def output_of(program: str) -> str:
    """Return the output of a Python program in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return process.stdout


@pytest.mark.parametrize("name", npcompare.__all__)
def test_public_name_is_found(name: str) -> None:
    assert name not in MODULES
    assert getattr(npcompare, name) is getattr(npcompare, name)
    assert name in dir(npcompare)


def test_types_and_modules_agree() -> None:
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    imports = re.findall(
        r"^    from npcompare\.([\w.]+) import (\([^)]*\)|.*)$", text, re.MULTILINE
    )
    modules = {name: module for module, names in imports for name in re.findall(r"\w+", names)}
    assert modules == vars(npcompare)["_MODULES"]
    assert list(vars(npcompare)["_MODULES"]) == npcompare.__all__


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        npcompare.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_a_module_is_imported_on_first_use() -> None:
    modules = 'print(*sorted(name for name in sys.modules if name.startswith("npcompare")))'
    assert output_of(f"import sys, npcompare; dir(npcompare); {modules}") == (
        "npcompare npcompare._version\n"
    )
    assert output_of(f"import sys; from npcompare import NpcompareError; {modules}") == (
        "npcompare npcompare._version npcompare.errors npcompare.text\n"
    )
    output = output_of(f"import sys; from npcompare import classify; {modules}")
    assert "npcompare.formats" not in output


def test_page_describes_every_public_name() -> None:
    for name in npcompare.__all__:
        assert re.search(rf"`{name}\b", PAGE), name
    calls = re.findall(r"^\| `(\w+)\(([^`]*)\)` \|", PAGE, flags=re.MULTILINE)
    assert {name for name, _ in calls} == {name for name in npcompare.__all__ if name.islower()}
    for name, arguments in calls:
        parameters = list(inspect.signature(getattr(npcompare, name)).parameters.values())
        described = [argument.partition("=")[0] for argument in arguments.split(", ")]
        count = len(described)
        assert described == [parameter.name for parameter in parameters[:count]], name
        assert all(parameter.default is not parameter.empty for parameter in parameters[count:])


def test_first_program_of_the_page_runs() -> None:
    program = re.search(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert program
    assert output_of(program[1]) == "incomparable\n"


def test_program_in_another_language_runs() -> None:
    _, _, after = PAGE.partition("## Tables in another language\n")
    program, output = re.findall(r"```(?:python|text)\n(.*?)```", after, flags=re.DOTALL)[:2]
    assert output_of(program).rstrip() == output.rstrip()
