"""The way in for programs: what is public, typed, and loaded only when it is asked for."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest
from conftest import PACKAGE, TESTS

import npcompare

ROOT = TESTS.parent
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
MODULES = {path.stem for path in PACKAGE.iterdir()}


def alone(program: str) -> str:
    """Return what a program prints that has loaded nothing before."""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return ran.stdout


@pytest.mark.parametrize("name", npcompare.__all__)
def test_a_public_name_is_found_whatever_was_loaded(name: str) -> None:
    assert name not in MODULES
    found = getattr(npcompare, name)
    kept = getattr(npcompare, name)
    assert found is kept
    assert name in dir(npcompare)


def test_the_types_are_those_of_the_places() -> None:
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    typed = dict(re.findall(r"^    from npcompare\.([\w.]+) import (.*)$", text, re.MULTILINE))
    places = vars(npcompare)["_PLACES"]
    assert {place: tuple(names.split(", ")) for place, names in typed.items()} == places
    every = [name for names in places.values() for name in names]
    assert sorted(every) == sorted(npcompare.__all__)


def test_what_there_is_not_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        npcompare.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    ours = 'print(*sorted(one for one in sys.modules if one.startswith("npcompare")))'
    assert alone(f"import sys, npcompare; dir(npcompare); {ours}") == (
        "npcompare npcompare._version\n"
    )
    assert alone(f"import sys; from npcompare import NpcompareError; {ours}") == (
        "npcompare npcompare._version npcompare.errors npcompare.text\n"
    )
    assert "npcompare.formats" not in alone(f"import sys; from npcompare import classify; {ours}")


def test_the_page_names_all_that_is_public_and_calls_it_as_it_is() -> None:
    for name in npcompare.__all__:
        assert re.search(rf"`{name}\b", PAGE), name
    calls = re.findall(r"^\| `(\w+)\(([^`]*)\)` \|", PAGE, flags=re.MULTILINE)
    assert {name for name, _ in calls} == {name for name in npcompare.__all__ if name.islower()}
    for name, told in calls:
        real = inspect.signature(getattr(npcompare, name)).parameters
        named = [one.partition("=")[0] for one in told.split(", ")]
        assert named == list(real)[: len(named)], name
        assert all(one.default is not one.empty for one in list(real.values())[len(named) :]), name


def test_the_first_program_of_the_page_says_what_it_says() -> None:
    first = re.search(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert first
    assert alone(first[1]) == "broader\n"
