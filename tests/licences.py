"""The licences of what npcompare needs: from the metadata of installed packages, as SPDX names."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING, Any

from conftest import TESTS
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = TESTS.parent
PAGE = ROOT / "docs" / "reference" / "licences.md"
_PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
#: The packages of the lock, with their releases; of several for different Pythons, all.
LOCKED: dict[str, set[str]] = {}
for _name, _version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", _LOCK, re.MULTILINE):
    LOCKED.setdefault(canonicalize_name(_name), set()).add(_version)

#: What packages write that do not give the SPDX name.
_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License": "ISC",
    "LGPLv3+": "LGPL-3.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}

#: The packages whose metadata has no licence, or another one than their own text of it.
_READ = {"polars": "MIT", "polars-runtime-32": "MIT", "resvg-py": "MIT", "shellingham": "ISC"}

#: The extras that install packages which are in the lock.
EXTRAS = ("pdf", "pdf-in", "parquet", "pandas", "polars")

#: Under these, a program may be given away with what it needs, and keep its own licence.
PERMISSIVE = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "PSF-2.0"}
    | {"Zlib"}
)


def installed_licence(name: str) -> str | None:
    """Return the licence of a package; None if the release in the lock is not installed."""
    try:
        found_version, package = metadata.version(name), metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if found_version not in LOCKED.get(name, ()):
        return None
    classifiers = [
        classifier.rpartition(" :: ")[2]
        for classifier in package.get_all("Classifier") or ()
        if classifier.startswith("License :: OSI Approved :: ")
    ]
    licence = package["License-Expression"] or package["License"] or " OR ".join(classifiers)
    licence = _READ.get(name) or licence.strip()
    return _SPDX.get(licence, licence)


def needed_by() -> dict[str, list[str]]:
    """Return the packages that are installed with npcompare, each with what installs it.

    That is "npcompare" itself, or the extras that add it.
    """
    project = _PROJECT["project"]
    program = _closure(project["dependencies"])
    users = {name: ["npcompare"] for name in program}
    for extra in EXTRAS:
        for name in _closure(project["optional-dependencies"][extra]) - program:
            users[name] = [*users.get(name, []), extra]
    return users


def _closure(lines: Iterable[str]) -> set[str]:
    """Return the packages that requirements install on this system, with those that they need."""
    names: set[str] = set()
    open_lines = list(lines)
    while open_lines:
        requirement = Requirement(open_lines.pop())
        name = canonicalize_name(requirement.name)
        if name in names or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        names.add(name)
        open_lines += metadata.requires(name) or ()
    return names


def rows_of(page: str) -> dict[str, tuple[str, str]]:
    """Return the packages of the page, each with its licence and what installs it."""
    rows = re.findall(r"^\| ([\w-]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    return {name: (licence, user) for name, licence, user in rows if name not in ("Package", "---")}


def licences_page(page: str) -> str:
    """Return the page with its tables made again; packages that are not installed keep a row."""
    known, users = rows_of(page), needed_by()
    parts = {True: "", False: ""}
    for name in sorted(LOCKED):
        licence = installed_licence(name) or known.get(name, ("", ""))[0]
        user = ", ".join(users.get(name, ["tests and tools"]))
        parts[name in users] += f"| {name} | {licence} | {user} |\n"
    for is_needed, lines in parts.items():
        marker = "needed" if is_needed else "tools"
        head = f"<!-- {marker} -->\n| Package | Licence | Installed by |\n| --- | --- | --- |\n"
        before, _, after = page.partition(head)
        page = before + head + lines + re.sub(r"\A(?:\|.*\n)*", "", after)
    return page
