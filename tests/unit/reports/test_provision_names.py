"""Names of provisions in tables: no two are the same, and none is an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bundled import CORPUS

from npcompare.reports.cells import provision_namer

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


def test_names_tell_all_provisions_apart() -> None:
    provisions = CORPUS.all_provisions()
    names = list(map(provision_namer(provisions), provisions))
    assert len(set(names)) == len(provisions)
    assert "Kenya, section\N{NO-BREAK SPACE}14 (excerpt)" in names
    assert "Kenya, section\N{NO-BREAK SPACE}14 (from 1 October 2012)" in names


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr", "ru", "zh"])
def test_no_name_in_a_table_is_an_id(run: Callable[..., Ran], language: str) -> None:
    options = ("--collection", "all", "--layout", "matrix", "--language", language)
    table = run("export", *options, "-f", "md").out
    ids = [provision.id for provision in CORPUS.all_provisions()]
    assert [name for name in ids if f"({name})" in table] == []
