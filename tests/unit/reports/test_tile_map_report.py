"""The map of thresholds: its table, its tiles and strips, and what is said below it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.charts import Look, TileMap
from npcompare.law.tile_grid import tile_grid
from npcompare.reports.tile_map_report import tile_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.document import Table
    from npcompare.law.corpus import Corpus

NAMED = [
    *("kenya", "luxembourg-71-2", "chile-none", "germany-154c", "coe-26", "california-236-23"),
    *("taiwan-27", "greece-187b", "greece-323a-8", "tip-protocol-2"),
]


@pytest.fixture(scope="module")
def table(corpus: Corpus) -> Table:
    (only,) = tile_map(corpus, list(ClassifiedCorpus(corpus, NAMED))).tables
    return only


def test_table_has_each_entry_with_provisions(table: Table) -> None:
    assert [" | ".join(cell.text for cell in row[:5]) for row in table.rows] == [
        ("Chile | CL | Member State | No specific provision found | Reported to have none"),
        "Germany | DE | Member State | Not known | Reported",
        "Greece | GR | Member State | Causation-based; status-based | Reported",
        "Kenya | KE | Member State | Causation-based | Coded from text",
        "Luxembourg | LU | Member State | Duress-based; status-based | Reported",
        "United States of America | US | Member State | Only parts of the State, listed below | ",
        (
            "United States of America (California) | US-CA | Part of a State | Duress- and "
            "causation-based | Reported"
        ),
        "Taiwan | TW | Other area | Causation-based | Reported",
        "Council of Europe |  | Organization or body | Duress-based | ",
    ]
    assert table.row_keys[0] == "member CL"


def test_map_has_a_tile_for_each_member_state(table: Table) -> None:
    chart = table.figure
    assert isinstance(chart, TileMap)
    labels = {
        tile.code: "; ".join(chart.legend[key].label for key in tile.keys) for tile in chart.tiles
    }
    assert len(labels) == len(chart.tiles) == 193
    assert labels["LU"] == "duress-based; status-based"
    assert labels["CL"] == "no specific provision found"
    assert labels["US"] == "only parts of the State, listed below"
    assert labels["FR"] == "provisions not shown here"
    assert labels["BR"] == "not looked at"
    assert [key.letter for key in chart.legend if key.look is Look.CLASS] == ["DC", "D", "C", "S"]
    assert [(strip.heading, len(strip.names)) for strip in chart.strips] == [
        ("Parts of States", 1),
        ("Observer States", 2),
        ("Other areas", 1),
        ("International and regional organizations and bodies", 1),
    ]


def test_what_is_not_on_the_map_is_named(table: Table) -> None:
    assert table.headnote == (
        "7 provisions and 1 report that there is none, of 5 Member States, 1 part of a State, "
        "1 other area and 1 organization or body. A darker shade stands for a broader threshold."
    )
    assert "“Causation-based” may be broader than “duress-based” (para.\N{NO-BREAK SPACE}62)." in (
        table.remarks
    )
    assert (
        "Not on the map, because a later provision that is shown replaced them: Greece, "
        "article\N{NO-BREAK SPACE}187B, paragraph\N{NO-BREAK SPACE}3."
    ) in table.remarks
    assert any(remark.startswith("Not looked at (138 Member States): ") for remark in table.remarks)
    assert any(remark.startswith("Taiwan Province of China: The Un") for remark in table.remarks)
    assert table.remarks[-1] == tile_grid().designations


def test_table_for_programs_has_every_state(run: Callable[..., Ran]) -> None:
    output = json.loads(run("figure", "map", *NAMED, "-f", "json").out)
    rows = {row["name"]: row for row in output["rows"]}
    assert len(rows) == 193 + 2 + 3
    assert rows["Luxembourg"] == {
        "code": "LU",
        "name": "Luxembourg",
        "kind": "member",
        "threshold": "duress status",
        "provisions": "luxembourg-71-2",
    }
    assert rows["Brazil"]["threshold"] == "not_examined"


@pytest.mark.parametrize("ending", ["html", "tex", "md", "txt", "svg"])
def test_every_text_format_has_the_designations(
    ending: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / f"map.{ending}"
    assert run("figure", "map", "kenya", "-o", path).code == 0
    words = " ".join(path.read_text(encoding="utf-8").split())
    assert "The designations employed and the arrangement of the tiles do not imply" in words


def test_proposed_coding_is_marked(run: Callable[..., Ran]) -> None:
    ran = run("figure", "map", "kenya", "tests/bills/clause-12.txt", "-f", "plain")
    assert ran.code == 0
    assert "Without a     Duress-based" in ran.out
    assert "[†]" in ran.out
