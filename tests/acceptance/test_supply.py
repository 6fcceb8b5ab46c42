"""What npcompare is built from: the lock fits the ranges, and each range has its reason."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from conftest import TESTS
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = TESTS.parent
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads(TEXT)["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", LOCK, re.MULTILINE)
}


def needed(*extras: str) -> list[Requirement]:
    """Return what the program needs, and what extras of it do."""
    listed = [*PROJECT["dependencies"]]
    for extra in extras:
        listed += PROJECT["optional-dependencies"][extra]
    return [Requirement(one) for one in listed]


def test_the_lock_has_a_release_in_range_of_all_that_is_needed() -> None:
    found = {one.name: LOCKED.get(canonicalize_name(one.name)) for one in needed("dev", "pdf")}
    assert [name for name, version in found.items() if version is None] == []
    for one in needed("dev", "pdf"):
        assert one.specifier.contains(LOCKED[canonicalize_name(one.name)]), one


def test_the_lock_has_a_digest_of_each_and_names_no_place() -> None:
    entries = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert [re.match(r"[\w.-]+==[\w.]+", one) is None for one in entries] == [False] * len(entries)
    assert len(entries) >= len(LOCKED)
    assert [one for one in entries if "--hash=sha256:" not in one] == []
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|@ ", LOCK)


def test_each_range_has_two_ends_and_a_reason() -> None:
    """Only what describes another package's types goes with it wherever it goes."""
    for one in needed("pdf", "bench", "supply", "dev"):
        operators = {each.operator for each in one.specifier}
        is_stub = one.name.startswith("types-") or one.name.endswith("-stubs")
        assert operators == ({">="} if is_stub else {">=", "<"}), one
    block = re.search(r"^dependencies = \[\n(.*?)^\]", TEXT, re.MULTILINE | re.DOTALL)
    assert block
    for before, line in re.findall(r"^(.*)\n +\"(.*)\",$", block[1], re.MULTILINE):
        assert before.lstrip().startswith("#"), line
