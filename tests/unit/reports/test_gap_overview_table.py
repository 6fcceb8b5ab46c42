"""The overview of gaps as a table, and what a document of many provisions has besides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from builders import annex, json_output

from npcompare.charts import AnswerOverview, CellAnswer
from npcompare.law.translation import catalogue_of
from npcompare.messages import using

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.document import Table
    from npcompare.law.corpus import Corpus

NAMED = ["kenya", "coe-26", "barbados", "asean-14-7", "gambia"]


@pytest.fixture
def table(corpus: Corpus) -> Table:
    return annex(corpus, NAMED, layout="gaps").tables[0]


def test_rows_have_signs_and_totals(table: Table) -> None:
    assert isinstance(table.figure, AnswerOverview)
    assert table.figure.group_rows == (0, 3)
    assert table.row_keys == (
        *("group operative", "kenya", "gambia", "group obligation", "asean-14-7", "coe-26"),
        "total",
    )
    texts = {
        key: " ".join(cell.text or "?" for cell in row)
        for key, row in zip(table.row_keys, table.rows, strict=True)
    }
    assert texts["group obligation"] == f"Obligations (2) {'2 0 0 2 2' + ' 0' * 15} ?"
    assert texts["kenya"] == (
        "Kenya, section\N{NO-BREAK SPACE}14 ✓ ? ? ✓ ✓ ? ✓ / ? ? ? ✓ ? ? ? ? ? ? ? ? 5"
    )
    assert texts["coe-26"] == (
        "Council of Europe, article\N{NO-BREAK SPACE}26 ✓ – – ✓ ✓ – × – × × × ± – × / – – / / / 3"  # noqa: RUF001
    )
    assert texts["total"].startswith("Provisions that meet it 4 0 0 3 4 0 1 0")
    assert table.rows[1][1].answer is CellAnswer.YES


def test_what_has_no_row_or_column_is_named(table: Table) -> None:
    assert table.headnote == (
        "4 provisions, by effect, with those that meet most elements first.\n✓ met; ± partly met; "
        "× not met; – silent, according to the full text or a source; / not applicable; "  # noqa: RUF001
        "blank: not known."
    )
    assert table.remarks == (
        "The row of a group and the last row count the provisions that meet each element.",
        "“Scope chosen” and “Threshold chosen” are policy choices, so they have no column.",
        "Too little is available to assess (1): Barbados.",
    )


def test_details_follow_the_overview_of_more_than_four(corpus: Corpus) -> None:
    tables = annex(corpus, NAMED, layout="gaps").tables
    assert [bool(each.subject) for each in tables] == [False, *[True] * 5]
    tables = annex(corpus, NAMED[:4], layout="gaps").tables
    assert [bool(each.subject) for each in tables] == [True] * 4


@pytest.mark.further
def test_screen_has_the_overview_alone(run: Callable[..., Ran]) -> None:
    ran = run("gaps", *NAMED)
    assert "add --detail, or write the result to a file" in ran.out
    assert "Reason and words" not in ran.out
    detailed = run("gaps", *NAMED, "--detail").out
    assert "add --detail" not in detailed
    assert detailed.count("Reason and words") == len(NAMED)
    assert run("gaps", *NAMED, "-f", "plain").out.count("Reason and words") == len(NAMED)


@pytest.mark.further
def test_collection_or_provisions_must_be_named(run: Callable[..., Ran]) -> None:
    ran = run("gaps")
    assert (ran.code, "no provision is named" in ran.err) == (2, True)
    output = json_output(run("gaps", "--collection", "paper", "-f", "json"), "gaps")
    assert len(output["gaps"]) == 39


def test_json_has_the_overview(run: Callable[..., Ran]) -> None:
    overview = json_output(run("gaps", *NAMED, "-f", "json"), "gaps")["overview"]
    assert overview["elements"][0] == {
        "id": "adults-and-children",
        "label": "Adults and children",
        "met": 4,
    }
    assert [row["id"] for row in overview["provisions"]] == [
        *("kenya", "gambia", "asean-14-7", "coe-26")
    ]
    assert overview["provisions"][2] == {
        "id": "asean-14-7",
        "effect": "obligation",
        "met": 3,
        "partly": 1,
        "not_met": 5,
        "silent": 6,
        "not_applicable": 5,
        "policy_choice": 0,
        "unknown": 0,
    }
    assert overview["too_little_available"] == ["barbados"]
    output = json.loads(run("gaps", *NAMED[:4], "-f", "json").out)
    assert "overview" not in output


def test_another_provision_gives_the_columns(run: Callable[..., Ran]) -> None:
    out = run("gaps", *NAMED, "--against", "coe-26", "-f", "markdown").out
    assert "| Provision | Scope | Threshold | Stage |" in out
    assert "policy choices, so" not in out


def test_proposed_answers_have_the_mark(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = "A victim shall not be punished for an offence that he or she was compelled to commit."
    (tmp_path / "law.txt").write_text(words, encoding="utf-8")
    out = run("gaps", "law.txt", *NAMED[:4], "-f", "markdown").out
    (row,) = [line for line in out.splitlines() if line.startswith("| law.txt")]
    assert "✓<sup>†</sup>" in row


def test_groups_begin_with_a_capital(corpus: Corpus) -> None:
    with using(catalogue_of("ru")):
        table = annex(corpus, NAMED, layout="gaps").tables[0]
    groups = dict.fromkeys(column.group for column in table.columns)
    assert list(groups)[-1] == "Государство"
