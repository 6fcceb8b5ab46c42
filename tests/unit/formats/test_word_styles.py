"""Styles of Word: those of styles.docx, and those of house templates."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from make_styles import TARGET, packed
from word_files import ROW, opened, repack, small_annex

from npcompare.document import Document, Table, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.word import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return the path at which a test saves a house template."""
    return tmp_path / "house.docx"


def from_template(template: Path) -> Any:
    """Return an annex that is written into a template, opened."""
    return opened(small_annex(ROW).replace(template=str(template)))


def test_styles_docx_is_what_make_styles_makes() -> None:
    assert TARGET.read_bytes() == packed()


def test_table_style_has_the_three_rules() -> None:
    word = opened(small_annex(ROW))
    assert word.tables[0].style.name == "Annex table"
    style = word.styles["Annex table"].element
    rules = [side.tag.split("}")[1] for side in style.xpath("w:tblPr/w:tblBorders/*")]
    assert rules == ["top", "bottom"]
    (under_the_head,) = style.xpath("w:tblStylePr[@w:type='firstRow']/w:tcPr/w:tcBorders/*")
    assert under_the_head.tag == qn("w:bottom")


def test_default_language_is_british_english() -> None:
    (language,) = opened(small_annex(ROW)).styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert language == "en-GB"


def test_template_gives_its_styles_and_its_page(house: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Delete me.")
    word.styles["Heading 1"].font.size = Pt(20)
    word.sections[0].page_width = Cm(25)
    word.save(str(house))
    repack(house, lambda _, part: part.replace(b"document.main+xml", b"template.main+xml"))
    annex = from_template(house)
    assert annex.paragraphs[0].text == "Annex II\nNon-punishment"
    assert annex.styles["Heading 1"].font.size == Pt(20)
    assert round(annex.sections[0].page_width.cm) == 25
    assert annex.tables[0].rows[1].cells[0].text == "Kenya"


@pytest.mark.further
@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_template_with_macros_is_used_without_them(house: Path, kind: str) -> None:
    word = docx.Document()
    word.styles["Heading 1"].font.size = Pt(20)
    word.save(str(house))
    usual = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relationship = b'<Relationship Id="r99" Type="x/vbaProject" Target="vbaProject.bin"/>'

    def with_macros(name: str, part: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            return part.replace(b"</Relationships>", relationship + b"</Relationships>")
        return part.replace(usual, f"vnd.ms-word.{kind}.main+xml".encode())

    repack(house, with_macros)
    with zipfile.ZipFile(house, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macros")
    annex = from_template(house)
    assert annex.styles["Heading 1"].font.size == Pt(20)
    assert not [part for part in annex.part.package.iter_parts() if "vba" in part.partname]


@pytest.mark.further
@pytest.mark.parametrize(
    ("count", "page"),
    [(2, (21.0, 29.7)), (9, (29.7, 21.0))],
)
def test_portrait_page_is_turned_for_a_wide_table(
    house: Path, count: int, page: tuple[float, float]
) -> None:
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    word.save(str(house))
    row = tuple(cell("consideration") for _ in range(count))
    headings = columns(**{f"c{number}": "Force" for number in range(count)})
    table = Table("Provisions", headings, (row,))
    document = Document("Non-punishment", (table,), {}, table, template=str(house))
    section = opened(document).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == page
    is_turned = section.orientation == WD_ORIENT.LANDSCAPE
    assert is_turned is (page[0] > page[1])


@pytest.mark.further
def test_template_style_wins_over_ours(house: Path) -> None:
    word = docx.Document()
    word.styles.add_style("Law text", WD_STYLE_TYPE.CHARACTER).font.bold = True
    word.styles.add_style("Table text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(7)
    word.save(str(house))
    annex = from_template(house)
    assert (annex.styles["Law text"].font.bold, annex.styles["Law text"].font.italic) == (
        True,
        None,
    )
    assert annex.styles["Table text"].font.size == Pt(7)
    # A style that is added is based on the house's.
    assert annex.styles["Table stub"].base_style.font.size == Pt(7)


@pytest.mark.further
def test_styles_that_a_template_lacks_are_added(house: Path) -> None:
    word = docx.Document()
    word.styles["Normal"].element.set(qn("w:styleId"), "Standard")
    our_law = word.styles.add_style("Our law", WD_STYLE_TYPE.CHARACTER)
    our_law.element.set(qn("w:styleId"), "LawText")
    word.styles["Caption"].delete()
    word.save(str(house))
    annex = from_template(house)
    assert annex.styles["Caption"].base_style.style_id == "Standard"
    assert annex.styles["Table head"].base_style.name == "Table text"
    law = annex.styles["Law text"]
    assert (law.style_id, law.font.italic) == ("LawTextX", None)
    assert annex.tables[0].rows[1].cells[1].paragraphs[0].runs[0].style.name == "Law text"
    ids = [style.style_id for style in annex.styles]
    assert len(ids) == len(set(ids))


@pytest.mark.further
def test_template_without_default_styles_is_used(house: Path) -> None:
    word = docx.Document()
    for style in word.styles:
        style.element.attrib.pop(qn("w:default"), None)
    word.save(str(house))
    assert from_template(house).styles["Table text"].base_style is None


def test_template_style_of_another_kind_is_refused(house: Path) -> None:
    word = docx.Document()
    word.styles.add_style("Law text", WD_STYLE_TYPE.PARAGRAPH)
    word.save(str(house))
    with pytest.raises(NpcompareError) as caught:
        from_template(house)
    assert caught.value.message == (
        f"the template {house} cannot be read: its style “Law text” is not a character style"
    )


@pytest.mark.parametrize("content", [None, b"no zip", b""])
def test_template_that_is_not_a_word_file(content: bytes | None, house: Path) -> None:
    if content is not None:
        house.write_bytes(content)
    with pytest.raises(NpcompareError, match="cannot be read") as caught:
        write(small_annex(ROW).replace(template=str(house)))
    assert caught.value.hint == "choose a Word file (.docx or .dotx)"


@pytest.mark.further
def test_template_without_a_page_is_refused(house: Path) -> None:
    word = docx.Document()
    word.element.body.remove(word.element.body.find(qn("w:sectPr")))
    word.save(str(house))
    with pytest.raises(NpcompareError) as caught:
        write(small_annex(ROW).replace(template=str(house)))
    reason = "it has no page setup or no styles"
    assert caught.value.message == f"the template {house} cannot be read: {reason}"


def test_template_without_room_for_a_table_is_refused(house: Path) -> None:
    word = docx.Document()
    page: Any = word.sections[0]
    page.page_width = page.left_margin + page.right_margin + Cm(4.9)
    word.save(str(house))
    with pytest.raises(NpcompareError) as caught:
        write(small_annex(ROW).replace(template=str(house)))
    reason = "its margins leave too little room for a table"
    assert caught.value.message == f"the template {house} cannot be read: {reason}"
    assert caught.value.hint == "make the margins of the template narrower, or its page larger"
