"""Pictures in Word: as SVG and PNG together, described in words, and within the page."""

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


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_matrix_has_pictures_with_captions(matrix: Document) -> None:
    content = write(matrix)
    expected = pages(matrix, 0)
    captions = [text for text in paragraphs(content) if text.startswith("Figure")]
    assert [caption.partition(". ")[2] for caption in captions] == [
        f"{matrix.tables[0].title}: {picture.part}" for picture in expected
    ]
    assert len(captions) == 1


def test_pictures_are_described_for_screen_readers(matrix: Document) -> None:
    properties = [shape._inline.docPr for shape in shapes(write(matrix))]
    expected = pages(matrix, 0)
    assert [described.get("descr") for described in properties] == [
        picture.description for picture in expected
    ]
    assert [described.get("title") for described in properties] == [
        picture.title for picture in expected
    ]


def test_picture_is_in_the_file_as_svg_and_png(matrix: Document) -> None:
    content = write(matrix)
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = sorted(name for name in parts.namelist() if name.startswith("word/media/"))
    assert [name.rpartition(".")[2] for name in names] == ["svg", "png"]
    drawings = {parts.read(name).decode() for name in names[:1]}
    assert drawings == {picture.svg for picture in pages(matrix, 0)}
    assert all(parts.read(name).startswith(PNG) for name in names[1:])
    assert parts.read("[Content_Types].xml").count(b"image/svg+xml") == 1
    word = docx.Document(io.BytesIO(content))
    for shape in word.inline_shapes:
        (blip,) = shape._inline.iter(qn("a:blip"))
        targets = [word.part.related_parts[key] for key in blip.xpath(".//@r:embed")]
        assert [part.content_type for part in targets] == ["image/png", "image/svg+xml"]


def test_pictures_fit_the_page(matrix: Document) -> None:
    word = docx.Document(io.BytesIO(write(matrix)))
    page: Any = word.sections[0]
    for shape in word.inline_shapes:
        assert shape.width <= page.page_width - page.left_margin - page.right_margin
        assert shape.height <= page.page_height - page.top_margin - page.bottom_margin


def test_other_tables_have_no_picture(corpus: Corpus) -> None:
    assert len(shapes(write(annex(corpus, ["kenya", "coe-26"])))) == 0


def test_without_fonts_a_sentence_replaces_pictures(
    matrix: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resvg_py

    draw = resvg_py.svg_to_bytes
    monkeypatch.setattr(
        resvg_py, "svg_to_bytes", lambda **options: draw(**options, skip_system_fonts=True)
    )
    word_picture._has_fonts.cache_clear()
    content = write(matrix)
    word_picture._has_fonts.cache_clear()
    assert len(shapes(content)) == 0
    assert paragraphs(content).count(word_picture.NO_FONTS) == 1
