"""LaTeX files in six languages: hyphenation, captions, and tables from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typeset import check, compiled

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.formats.latex import write
from npcompare.messages import Catalogue, using

if TYPE_CHECKING:
    from pathlib import Path

ROW = (
    cell("نص (ب)"),
    Cell((Run("shall (1).", Tone.QUOTE, ("a",), "en"),)),
    cell("见：（条款）"),  # noqa: RUF001 - these are signs of Chinese
)

CAPTIONS = {"Table {number}. {title}": "Tableau {number} – {title}"}


def written(language: str) -> str:
    table = Table("T", columns(a="A", b="B", c="C"), (ROW,), ("R",), (("a", "n"),), headnote="H")
    catalogue = Catalogue(language, messages=CAPTIONS)
    with using(catalogue):
        return write(Document("D", (table,), {}, table, "made with"))


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "french"), ("es", "spanish"), ("ru", "russian"), ("zh", "chinese-simplified")],
)
def test_babel_has_the_language(language: str, name: str) -> None:
    assert f"\\babelprovide[import,main]{{{name}}}" in written(language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_english_and_arabic_need_no_babel(language: str) -> None:
    assert "babel" not in written(language)


def test_captions_have_words_of_the_language() -> None:
    text = written("fr")
    assert "\\def\\tablename{Tableau}%\n\\def\\tableseparator{– }%" in text
    assert "\\tablename{" not in written("en")


def test_columns_are_reversed_in_arabic() -> None:
    row = written("ar").split("\\endlastfoot\n")[1].split("\\\\\n\\end{longtable}")[0]
    _, english, label = row.split(" & ")
    assert english == r"\fromleft{}shall (1).\textsuperscript{a}"
    assert label == (r"\righttoleft{\other{نص}{0646,0635} )\other{ب}{0628}(}")
    assert r"\newcolumntype{L}[1]{>{\raggedleft" in written("ar")


NASS = r"\other{نص}{0646,0635}"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((Run("نص\nنص"),), rf"\righttoleft{{{NASS}}}\newline \righttoleft{{{NASS}}}"),
        (
            (Run("نص", Tone.STRONG, ("a",)),),
            rf"\righttoleft{{\textbf{{{NASS}}}\lefttoright{{\textsuperscript{{a}}}}}}",
        ),
        # A quotation among Arabic words keeps its direction and its tone.
        (
            (Run("نص "), Run("shall", Tone.DELETED, (), "en"), Run("12")),
            rf"\righttoleft{{{NASS} \lefttoright{{\sout{{shall}}}}\lefttoright{{12}}}}",
        ),
        (
            (Run("نص"), Run("(1)", Tone.QUOTE, (), "en")),
            rf"\righttoleft{{{NASS}\lefttoright{{(1)}}}}",
        ),
        ((Run("نص", Tone.INSERTED, (), "ar"),), rf"\righttoleft{{\uline{{{NASS}}}}}"),
    ],
)
def test_arabic_lines_run_from_the_right(runs: tuple[Run, ...], expected: str) -> None:
    table = Table("T", columns(a="A"), ((Cell(runs),),))
    with using(Catalogue("ar")):
        text = write(Document("D", (table,), {}, table))
    assert text.split("\\endlastfoot\n")[1].split("\\\\\n\\end{longtable}")[0] == expected


def test_lines_do_not_begin_with_a_sign_of_chinese() -> None:
    row = written("zh").split("\\endlastfoot\n")[1]
    breaks = row.split(" & ")[2].split("\\allowbreak{}")
    assert [part.count("\\other") for part in breaks[:3]] == [2, 2, 2]


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["xelatex", "lualatex"])
@pytest.mark.parametrize("language", ["fr", "es", "ru", "ar", "zh"])
def test_files_are_compiled_in_each_language(engine: str, language: str, tmp_path: Path) -> None:
    check(engine)
    assert "shall(1)" in compiled(engine, written(language), tmp_path)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_files_are_the_same_twice(language: str) -> None:
    assert written(language) == written(language)
