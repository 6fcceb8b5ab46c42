"""`export --group-by region`: a table for each region, with its own notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

IDS = ("kenya", "gambia", "jamaica", "coe-26", "qatar", TESTS / "bills" / "arcadia.yaml")


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (
            "region",
            [
                *("Africa", "Americas", "Asia"),
                *("International and regional organizations", "Region not known"),
            ],
        ),
        (
            "subregion",
            [
                *("Caribbean", "Eastern Africa", "Western Africa", "Western Asia"),
                *("International and regional organizations", "Region not known"),
            ],
        ),
    ],
)
def test_regions_are_heads_of_tables(kind: str, titles: list[str], run: Callable[..., Ran]) -> None:
    tables = json.loads(run("export", *IDS, "--group-by", kind, "-f", "json").out)["tables"]
    assert [table["title"] for table in tables] == titles
    notes = {table["title"]: [note["letter"] for note in table["notes"]] for table in tables}
    assert notes["International and regional organizations"] == ["a"]
    assert sum(len(table["rows"]) for table in tables) == len(IDS)


def test_annex_by_region_is_up_to_date_when_made(run: Callable[..., Ran], tmp_path: object) -> None:
    path = f"{tmp_path}/annex.docx"
    assert run("export", *IDS[:5], "--group-by", "region", "-o", path).code == 0
    assert run("verify", path).code == 0


def test_unknown_group_is_refused(run: Callable[..., Ran]) -> None:
    ran = run("export", "--group-by", "regoin")
    assert ran.code == 2
    assert ran.err.startswith(
        'npcompare: there is no group "regoin"\n  hint: did you mean "region"?'
    )
