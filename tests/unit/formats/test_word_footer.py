"""The foot of the pages in Word: page numbers and provenance, where a house has nothing there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm
from word_files import ROW, opened, small_annex

from npcompare.document import EarlierFile
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.word import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from npcompare.document import Document

OURS = [("Page 1 of 1", "Footer"), ("made with", "Annex provenance")]


def annex(provenance: str = "made with") -> Document:
    return small_annex(ROW, row_keys=("kenya",)).replace(
        recipe={"ids": []}, provenance=lambda: provenance
    )


def lines(footer: Any) -> list[tuple[str, str]]:
    """Return the text and the style of each paragraph of a footer."""
    return [(paragraph.text, paragraph.style.name) for paragraph in footer.paragraphs]


def revised(word: Any, provenance: str = "made now") -> Any:
    """Return an annex that was edited, after a revision."""
    packed = io.BytesIO()
    word.save(packed)
    return opened(annex(provenance).replace(earlier=EarlierFile(packed.getvalue(), True)))


def test_foot_has_page_numbers_and_provenance() -> None:
    (section,) = opened(annex()).sections
    assert lines(section.footer) == OURS
    codes = [node.text for node in section.footer._element.iter(qn("w:instrText"))]
    assert codes == [" PAGE ", " NUMPAGES "]


def test_document_without_provenance_has_no_foot() -> None:
    (section,) = opened(annex("")).sections
    assert section.footer.is_linked_to_previous


def first_page(section: Any) -> Any:
    section.different_first_page_header_footer = True
    return section.first_page_footer


@pytest.mark.further
@pytest.mark.parametrize("choose", [lambda section: section.footer, first_page])
def test_foot_of_a_house_is_kept(choose: Callable[[Any], Any], tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    word = docx.Document()
    choose(word.sections[0]).paragraphs[0].text = "United Nations"
    word.save(str(path))
    written = opened(annex().replace(template=str(path)))
    (section,) = written.sections
    assert [text for text, _ in lines(choose(section))] == ["United Nations"]
    assert "made with" not in section.footer._element.xml
    assert written.core_properties.comments == "made with"


@pytest.mark.further
def test_empty_feet_of_a_house_are_filled(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    word = docx.Document()
    first_page(word.sections[0]).is_linked_to_previous = False
    word.settings.odd_and_even_pages_header_footer = True
    word.sections[0].footer_distance = Cm(0)
    word.save(str(path))
    (section,) = opened(annex().replace(template=str(path))).sections
    for footer in (section.footer, section.first_page_footer, section.even_page_footer):
        assert lines(footer) == OURS
    assert section.footer_distance == section.bottom_margin // 2


def test_revised_annex_has_the_current_provenance() -> None:
    word = revised(opened(annex()))
    assert lines(word.sections[0].footer) == [OURS[0], ("made now", "Annex provenance")]
    assert lines(revised(word, "made later").sections[0].footer)[1][0] == "made later"


def test_foot_that_was_reworded_is_kept() -> None:
    word = opened(annex())
    word.sections[0].footer.paragraphs[1].runs[0].text = "As filed"
    assert [text for text, _ in lines(revised(word).sections[0].footer)] == [
        "Page 1 of 1",
        "As filed",
    ]


def test_later_section_of_ones_own_keeps_the_foot() -> None:
    word = opened(annex())
    word.add_section(WD_SECTION.NEW_PAGE)
    word.add_paragraph("Appendix")
    assert [lines(section.footer)[1][0] for section in revised(word).sections] == ["made now"] * 2


def of_version_1(document: Document) -> Any:
    """Return an annex as version 0.1 wrote it, with the provenance in its last line."""
    from npcompare.formats.word_anchors import mark_part

    word = opened(document)
    word.sections[0].footer.is_linked_to_previous = True
    line = word.add_paragraph("made with", "Table note")
    mark_part(line._p, 0, "madewith")
    return word


def test_line_at_the_end_moves_to_the_foot() -> None:
    word = of_version_1(annex())
    word.add_paragraph("After the line.")
    now = revised(word)
    texts = [paragraph.text for paragraph in now.paragraphs]
    assert ("made with" in texts, "made now" in texts) == (False, False)
    assert texts[-1] == "After the line."
    assert lines(now.sections[0].footer)[1][0] == "made now"


def test_line_at_the_end_is_not_a_note() -> None:
    packed = io.BytesIO()
    of_version_1(annex()).save(packed)
    assert read_docx(packed.getvalue()).tables == read_docx(write(annex())).tables
