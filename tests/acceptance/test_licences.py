"""The licences of all dependencies are listed, and those of what is installed fit ours."""

from __future__ import annotations

import re

from conftest import check_expected
from licences import EXTRAS, LOCKED, PAGE, PERMISSIVE, licences_page, needed_by, rows_of

TEXT = PAGE.read_text(encoding="utf-8")


def test_page_has_the_licences_of_the_lock() -> None:
    """Of packages in other releases than those of the lock, the page is believed."""
    check_expected(PAGE, licences_page(TEXT), "docs")
    assert sorted(rows_of(TEXT)) == sorted(LOCKED)
    assert all(licence.strip() for licence, _ in rows_of(TEXT).values())


def test_installed_packages_are_permissive() -> None:
    """A choice of licences is as good as one of them, and all of several must be."""
    rows = rows_of(TEXT)
    for name in needed_by():
        licence, _ = rows[name]
        parts = [set(part.split(" OR ")) for part in licence.split(" AND ")]
        assert all(part & PERMISSIVE for part in parts), (name, licence)


def test_packages_of_tools_are_not_installed() -> None:
    tools = {name for name, (_, user) in rows_of(TEXT).items() if user == "tests and tools"}
    assert not tools & set(needed_by())
    strict = {name for name in tools if re.search(r"\bL?GPL", rows_of(TEXT)[name][0])}
    assert strict == {"krippendorff", "cobalt"}
    for name in strict:
        assert f"`{name}`" in TEXT


def test_every_extra_is_covered() -> None:
    users = {user for listed in needed_by().values() for user in listed}
    assert users == {"npcompare", *EXTRAS}
