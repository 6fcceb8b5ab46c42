"""The figures of `agree` in other languages, on the screen and in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from builders import CODERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def test_figures_have_the_signs_of_the_language(run: Callable[..., Ran]) -> None:
    text = run("agree", *CODERS, "--language", "fr", "-f", "plain").out
    assert "100,0\N{NO-BREAK SPACE}%" in text
    assert "1,000" in text
    assert "%" not in text.replace("\N{NO-BREAK SPACE}%", "")


def test_figures_in_a_workbook_are_numbers(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "agreement.xlsx"
    run("agree", *CODERS, "--language", "fr", "-o", str(path))
    cells = [
        (cell.value, cell.number_format)
        for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()
        for cell in row
    ]
    assert (1, "0.0%") in cells
    assert (1, "0.000") in cells
