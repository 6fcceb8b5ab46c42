"""Pictures in Word: as SVG and PNG together, told in words, and left out only where they must."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from builders import annex
from docx.oxml.ns import qn

from npcompare.formats import word_picture
from npcompare.formats.figures.selection import pages
from npcompare.formats.word import write

if TYPE_CHECKING:
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def matrix(corpus: Corpus) -> Document:
    return annex(corpus, ["kenya", "coe-26", "gambia"], layout="matrix")


def shapes(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content)).inline_shapes


def test_the_pictures_of_a_matrix_stand_under_it_and_are_told(matrix: Document) -> None:
    found = [shape._inline.docPr for shape in shapes(write(matrix))]
    expected = pages(matrix, 0, 16)
    assert [one.get("descr") for one in found] == [one.description for one in expected]
    assert [one.get("title") for one in found] == ["Provisions by classes"] * 2
    assert found[0].get("descr").startswith("A grid of 3 rows and 10 columns: ")
    texts = [one.text for one in docx.Document(io.BytesIO(write(matrix))).paragraphs]
    captions = [text for text in texts if text.startswith("Figure")]
    assert [caption.partition(". ")[2] for caption in captions] == [
        "Provisions by classes: rows 1 to 3 of 3",
        "Provisions by classes: the answers at each stage",
    ]


def test_each_is_there_as_svg_and_as_png(matrix: Document) -> None:
    content = write(matrix)
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = sorted(name for name in parts.namelist() if name.startswith("word/media/"))
    assert [name.rpartition(".")[2] for name in names] == ["svg", "svg", "png", "png"]
    svg = {parts.read(name).decode() for name in names[:2]}
    assert svg == {one.svg for one in pages(matrix, 0, 16)}
    assert all(parts.read(name).startswith(PNG) for name in names[2:])
    assert parts.read("[Content_Types].xml").count(b"image/svg+xml") == 2
    word = docx.Document(io.BytesIO(content))
    for shape in word.inline_shapes:
        (blip,) = shape._inline.iter(qn("a:blip"))
        targets = [word.part.related_parts[each] for each in blip.xpath(".//@r:embed")]
        assert [part.content_type for part in targets] == ["image/png", "image/svg+xml"]


def test_they_fit_the_page(matrix: Document) -> None:
    word = docx.Document(io.BytesIO(write(matrix)))
    page: Any = word.sections[0]
    for shape in word.inline_shapes:
        assert shape.width <= page.page_width - page.left_margin - page.right_margin
        assert shape.height <= page.page_height - page.top_margin - page.bottom_margin


def test_other_tables_have_no_picture(corpus: Corpus) -> None:
    assert len(shapes(write(annex(corpus, ["kenya", "coe-26"])))) == 0


def test_without_fonts_it_is_left_out_and_said(
    matrix: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resvg_py

    draw = resvg_py.svg_to_bytes
    monkeypatch.setattr(
        resvg_py, "svg_to_bytes", lambda **given: draw(**given, skip_system_fonts=True)
    )
    word_picture._has_fonts.cache_clear()
    content = write(matrix)
    word_picture._has_fonts.cache_clear()
    assert len(shapes(content)) == 0
    texts = [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
    assert texts.count(word_picture.NO_FONTS) == 2
