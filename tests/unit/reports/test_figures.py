"""The command `figure`: every figure there is, in every format, with its table."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from npcompare.cli.annex import figure as command
from npcompare.formats.registry import FORMATS
from npcompare.reports.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

NAMED = ("kenya", "jamaica", "coe-26", "asean-14-7", "gambia", "barbados")

#: A profile has at most four provisions.
FEW = NAMED[:4]


def named(name: str) -> tuple[str, ...]:
    """Return provisions that a figure takes."""
    return FEW if name == "profile" else NAMED


def test_help_lists_the_figures() -> None:
    listed = re.findall(r"^      ([a-z-]+) {2,}(.+)$", command.__doc__ or "", re.MULTILINE)
    assert listed == [(name, each.summary) for name, each in FIGURES.items()]


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_drawn_with_a_title_and_a_number(name: str, run: Callable[..., Ran]) -> None:
    ran = run(
        "figure", name, *named(name), "--title", "A title", "--number", "Figure 7", "-f", "svg"
    )
    assert ran.code == 0
    assert ran.out.startswith("<svg ")
    assert 'role="img"' in ran.out
    assert ran.out.index(">Figure 7<") < ran.out.index(">A title<")


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("file_format", ["docx", "xlsx", "html", "tex", "pdf", "csv", "md"])
def test_figure_is_written_in_every_format(
    name: str, file_format: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    if file_format == "pdf":
        pytest.importorskip("typst")
    path = tmp_path / f"figure.{file_format}"
    assert run("figure", name, *named(name), "-o", path).code == 0
    assert path.stat().st_size > 100


@pytest.mark.parametrize("name", FIGURES)
def test_figure_has_its_table_on_screen_and_as_data(name: str, run: Callable[..., Ran]) -> None:
    assert "Kenya" in run("figure", name, *named(name)).out
    output = json.loads(run("figure", name, *named(name), "-f", "json").out)
    assert output["figure"] == name
    assert output["provisions"] == list(named(name))
    lines = run("figure", name, *named(name), "-f", "ndjson").out.splitlines()
    assert [json.loads(line) for line in lines] == output["rows"]


@pytest.mark.further
@pytest.mark.parametrize("name", ["gaps", "heat-map", "stages"])
def test_table_says_why_there_is_nothing_to_draw(name: str, run: Callable[..., Ran]) -> None:
    ran = run("figure", name, "oas-2006", "-f", "svg")
    assert (ran.code, "there is nothing to draw" in ran.err) == (2, True)
    assert "Too little is available" in run("figure", name, "oas-2006").out


def test_unknown_figure_gets_a_suggestion(run: Callable[..., Ran]) -> None:
    ran = run("figure", "matrx", "kenya")
    assert ran.code == 2
    assert 'there is no figure "matrx"' in ran.err
    assert 'did you mean "matrix"?' in ran.err


def test_figure_says_how_its_provisions_were_selected(run: Callable[..., Ran]) -> None:
    ran = run("figure", "matrix", *NAMED, "--where", "threshold=duress", "-f", "svg")
    assert "Of 6 provisions, 2 match" in ran.out
    # Two groups of one row each, and the row of counts.
    assert ran.out.count('class="row"') == 2 * 2 + 1


def test_formats_without_figures_say_so(run: Callable[..., Ran]) -> None:
    assert "svg" in FORMATS
    ran = run("classify", "kenya", "-f", "svg")
    assert (ran.code, "run `npcompare figure`" in ran.err) == (2, True)


@pytest.mark.further
def test_details_of_a_wide_heat_map_are_apart(run: Callable[..., Ran]) -> None:
    page = run("figure", "heat-map", "--collection", "all", "-f", "html").out
    assert page.count("<svg ") == 2
    assert "Classes of provisions in matters of detail" in page
    narrow = run("figure", "heat-map", *NAMED, "-f", "html").out
    assert narrow.count("<svg ") == 1


def test_unknown_is_not_counted_as_no(run: Callable[..., Ran]) -> None:
    stages = " ".join(run("figure", "stages", "kenya", "jamaica", "-f", "plain").out.split())
    assert "Of 2 provisions, 0 are known to reach arrest and detention, 0 charge," in stages
    absence = run("gaps", "chile-none", "-f", "plain").out.splitlines()[1]
    assert absence.startswith("Chile is not known to meet any of ")
