"""PDF files in six languages: tags, fonts and directions."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.formats.pdf import _document_data, write

ROW = (
    cell("كينيا (Kenya)"),
    cell("legislation.gov.uk, section 45 (1)."),
    Cell((Run("shall not.", Tone.QUOTE, ("a",), "en"),)),
    Cell((Run("条款", Tone.QUOTE, (), "zh"),)),
)


def document(language: str) -> Document:
    table = Table("条", columns(a="A", b="B", c="C", d="D"), (ROW,), ("R",), (("a", "n"),))
    return Document("D", (table,), {}, table, "made with", language=language)


@pytest.mark.parametrize(
    ("language", "region", "is_turned", "is_east_asian"),
    [
        ("en", "gb", False, False),
        ("fr", "fr", False, False),
        ("es", "es", False, False),
        ("ru", "ru", False, False),
        ("ar", "sa", True, False),
        ("zh", "cn", False, True),
    ],
)
def test_page_has_its_language(
    language: str, region: str, is_turned: bool, is_east_asian: bool
) -> None:
    data = _document_data(document(language))
    assert (data["lang"], data["region"]) == (language, region)
    assert (data["rtl"], data["cjk"]) == (is_turned, is_east_asian)


def directions(language: str) -> list[tuple[bool, bool]]:
    """Return the directions of the line and of the first run of each cell."""
    (row,) = _document_data(document(language))["tables"][0]["rows"]
    return [(lines[0]["rtl"], lines[0]["runs"][0]["rtl"]) for lines in row]


def test_own_words_run_from_the_right_in_arabic() -> None:
    assert directions("ar") == [(True, True), (True, False), (False, False), (False, False)]
    assert directions("en") == [(True, True), (False, False), (False, False), (False, False)]


@pytest.mark.parametrize("language", ["fr", "es", "ru", "ar", "zh"])
def test_files_are_the_same_twice(language: str) -> None:
    content = write(document(language))
    assert content == write(document(language))
    catalogue: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert catalogue["/Lang"].partition("-")[0] == language


def test_arabic_and_latin_lines_of_a_row_are_level() -> None:
    table = Table("T", columns(a="A", b="B"), ((cell("كينيا"), cell("Criminal Code")),))
    content = write(Document("D", (table,), {}, table, language="ar"))
    lines: dict[str, float] = {}

    def visit(text: str, matrix: Any, *_: Any) -> None:
        if text.strip():
            lines[text.strip()] = matrix[5]

    pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=visit)
    assert lines["كينيا"] == pytest.approx(lines["Criminal Code"], abs=0.1)
