"""The dependencies: the lock fits the ranges, and each range has its reason."""

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
FILE: dict[str, Any] = tomllib.loads(TEXT)
PROJECT, GROUPS = FILE["project"], FILE["dependency-groups"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", LOCK, re.MULTILINE)
}


def requirements(*groups: str) -> list[Requirement]:
    """Return the requirements of the program, of its pdf extra and of dependency groups."""
    listed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["pdf"]]
    for group in groups:
        listed += GROUPS[group]
    return [Requirement(line) for line in listed]


def test_lock_has_a_release_in_every_range() -> None:
    for requirement in requirements("dev"):
        locked = LOCKED.get(canonicalize_name(requirement.name))
        assert locked, requirement
        assert requirement.specifier.contains(locked), requirement


def test_lock_has_digests_and_no_addresses() -> None:
    entries = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if not re.match(r"[\w.-]+==[\w.]+", entry)] == []
    assert len(entries) >= len(LOCKED)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|@ ", LOCK)


def test_every_range_has_two_ends_and_a_reason() -> None:
    """Stubs have no upper bound, since they follow the package that they describe."""
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    for requirement in (*requirements("bench", "supply", "dev"), *map(Requirement, extras)):
        operators = {specifier.operator for specifier in requirement.specifier}
        is_stub = requirement.name.startswith("types-") or requirement.name.endswith("-stubs")
        assert operators == ({">="} if is_stub else {">=", "<"}), requirement
    block = re.search(r"^dependencies = \[\n(.*?)^\]", TEXT, re.MULTILINE | re.DOTALL)
    assert block
    for before, line in re.findall(r"^(.*)\n +\"(.*)\",$", block[1], re.MULTILINE):
        assert before.lstrip().startswith("#"), line
