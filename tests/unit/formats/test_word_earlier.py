"""An annex that is revised in place: what people wrote around its tables stays."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from word_files import ROW, small_annex

from npcompare.document import Cell, EarlierFile, Run, Tone, cell
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.word import write
from npcompare.formats.word_earlier import not_kept
from npcompare.formats.word_xml import append_block, element

if TYPE_CHECKING:
    from collections.abc import Callable

    from npcompare.document import Document

NOTES = (("a", "One."), ("b", "Two."))


def annex(*rows: Any, **options: Any) -> Document:
    keys = tuple(row[0].text for row in rows)
    document = small_annex(*rows, notes=NOTES, remarks=("A remark.",), row_keys=keys, **options)
    return document.replace(recipe={"ids": []})


def edited(*changes: Callable[[Any], object]) -> bytes:
    """Return the Word file of an annex after changes by hand."""
    word = docx.Document(io.BytesIO(write(annex(ROW))))
    for change in changes:
        change(word)
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def revised(content: bytes, *, keeps_words: bool = True) -> Any:
    """Return an edited annex revised by one that has a further row."""
    document = annex(ROW, (cell("Qatar"), cell("may")))
    written = write(document.replace(earlier=EarlierFile(content, keeps_words)))
    assert len(read_docx(written).tables[0].rows) == 2
    return docx.Document(io.BytesIO(written))


def outline(word: Any) -> list[str]:
    """Return the text of each paragraph of a body, and a word for each table."""
    return [
        "".join(node.text or "" for node in block.iter(qn("w:t")))
        if block.tag == qn("w:p")
        else "(table)"
        for block in word.element.body
        if block.tag in (qn("w:p"), qn("w:tbl"))
    ]


#: The parts that npcompare writes.
HEADING, CAPTION, FIRST, SECOND = (
    "Annex IINon-punishment",
    "Table 1. Provisions",
    "aOne.",
    "bTwo.",
)
PARTS = [HEADING, CAPTION, "(table)", "A remark.", FIRST, SECOND]


def before_everything(word: Any) -> None:
    paragraph = word.paragraphs[0].insert_paragraph_before("Read this ")
    paragraph.add_run("first").bold = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def before_notes(word: Any) -> None:
    word.paragraphs[3].insert_paragraph_before("Between.")


def at_the_end(word: Any) -> None:
    word.add_paragraph("After the table.")
    word.add_picture("docs/annex.png", width=Cm(3))


def test_unedited_annex_is_only_revised() -> None:
    assert outline(revised(edited())) == PARTS


def test_text_stays_after_the_part_that_it_followed() -> None:
    word = revised(edited(before_everything, before_notes, at_the_end))
    assert outline(word) == [
        *("Read this first", HEADING, CAPTION, "(table)", "Between.", "A remark."),
        *(FIRST, SECOND, "After the table.", ""),
    ]
    first, *_ = word.paragraphs
    assert (first.alignment, first.runs[1].bold) == (WD_ALIGN_PARAGRAPH.CENTER, True)
    (shape,) = word.inline_shapes
    assert shape.width == Cm(3)


def test_text_stays_through_two_revisions() -> None:
    packed = io.BytesIO()
    revised(edited(before_everything, at_the_end)).save(packed)
    assert outline(revised(packed.getvalue())) == [
        *("Read this first", *PARTS, "After the table.", ""),
    ]


def test_table_of_ones_own_stays() -> None:
    def add_table(word: Any) -> None:
        table = word.add_table(rows=1, cols=1)
        table.cell(0, 0).text = "Contacts"
        word.paragraphs[0]._p.addprevious(table._tbl)

    word = revised(edited(add_table))
    assert outline(word) == ["(table)", *PARTS]
    assert word.tables[0].cell(0, 0).text == "Contacts"


def reword(word: Any) -> None:
    word.paragraphs[0].runs[-1].text = "National laws"
    word.paragraphs[2].runs[0].text = "My own remark."


def test_reworded_heading_is_kept_and_remark_is_told() -> None:
    content = edited(reword)
    expected = ["Annex IINational laws", *PARTS[1:]]
    assert outline(revised(content)) == expected
    assert outline(revised(content, keeps_words=False)) == PARTS
    assert list(not_kept(content)) == [
        "changed words are replaced by the current ones: “My own remark.”"
    ]


def test_accepted_revision_is_not_told_as_reworded() -> None:
    def accept(word: Any) -> None:
        for deleted in list(word.element.body.iter(qn("w:del"))):
            deleted.getparent().remove(deleted)

    note = Cell((Run("One", revision=Tone.DELETED), Run("Two", revision=Tone.INSERTED)))
    document = annex(ROW, revised_notes=(note,), revised_remarks=(note,))
    word = docx.Document(io.BytesIO(write(document)))
    accept(word)
    packed = io.BytesIO()
    word.save(packed)
    assert list(not_kept(packed.getvalue())) == []


def test_part_in_a_content_control_is_recognized() -> None:
    def wrap(word: Any) -> None:
        table = word.tables[0]._tbl
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
        table.addprevious(control)
        control[1].append(table)

    assert outline(revised(edited(wrap))) == PARTS


def test_annex_without_marks_is_written_anew() -> None:
    def remove_marks(word: Any) -> None:
        before_everything(word)
        for mark in list(word.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    content = edited(remove_marks)
    assert outline(revised(content)) == PARTS
    assert list(not_kept(content)) == [
        "the file does not say which parts npcompare wrote; only its tables are revised."
    ]


def test_what_leads_out_of_the_file_is_left_out_and_told() -> None:
    def add_links(word: Any) -> None:
        for address in ("https://example.org/x", "file:///etc/passwd", "\\\\server\\share"):
            key = word.part.relate_to(
                address,
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                is_external=True,
            )
            paragraph = word.add_paragraph()
            link = parse_xml(
                f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>link</w:t></w:r>'
                "</w:hyperlink>"
            )
            paragraph._p.append(link)

    content = edited(add_links)
    word = revised(content)
    assert outline(word) == [*PARTS, "link", "link", "link"]
    external = [value.target_ref for value in word.part.rels.values() if value.is_external]
    assert external == ["https://example.org/x"]
    assert list(not_kept(content)) == ["not in the revised file: link to a file (2)"]


def test_comment_on_replaced_text_is_told() -> None:
    def comment(word: Any) -> None:
        before_everything(word)
        place = word.tables[0].rows[1].cells[1].paragraphs[0]
        word.add_comment(place.runs, text="Is this right?", author="Anna")
        word.add_comment(word.paragraphs[0].runs, text="Keep this.", author="Anna")

    if not hasattr(docx.document.Document, "add_comment"):
        pytest.skip("this release of python-docx writes no comments")
    content = edited(comment)
    assert list(not_kept(content)) == [
        "not in the revised file: a comment on text that is replaced: “Is this right?”"
    ]
    assert [each.text for each in revised(content).comments] == ["Keep this."]


def merge_after_heading(word: Any) -> None:
    """End the mark of the heading in a later paragraph, as Word does when paragraphs change."""
    reword(word)
    heading = word.paragraphs[0]._p
    (end,) = heading.findall(qn("w:bookmarkEnd"))
    heading.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))
    heading.getnext().append(end)


def add_bookmark(word: Any) -> None:
    reword(word)
    start = word.paragraphs[0]._p.find(qn("w:bookmarkStart"))
    start.addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="3"/>'))
    start.addnext(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="3" w:name="_Toc1"/>'))


def lose_end(word: Any) -> None:
    word.add_paragraph()._p.append(
        parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="7000" w:name="_npx"/>')
    )


@pytest.mark.parametrize("change", [merge_after_heading, add_bookmark, lose_end])
def test_every_bookmark_has_its_own_end(change: Callable[[Any], None]) -> None:
    body = revised(edited(change)).element.body
    starts, ends = (
        [mark.get(qn("w:id")) for mark in body.iter(qn(f"w:bookmark{kind}"))]
        for kind in ("Start", "End")
    )
    assert len(set(starts)) == len(starts)
    assert sorted(starts) == sorted(ends)


def test_blocks_of_other_kinds_stay() -> None:
    def add_blocks(word: Any) -> None:
        for tag in ("m:oMathPara", "w:ins"):
            block = f"<{tag} {nsdecls('w', 'm')}><w:p><w:r><w:t>Mine</w:t></w:r></w:p></{tag}>"
            word.element.body.insert(0, parse_xml(block))

    body = revised(edited(add_blocks)).element.body
    assert [node.text for node in body.iter(qn("w:t"))].count("Mine") == 2


def test_long_table_is_not_taken_out_with_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """To take an element out of a document costs the square of what is in it."""

    def add_rows(word: Any) -> None:
        for _ in range(200):
            word.tables[0].add_row()

    content = edited(add_rows)
    taken: list[int] = []
    remove = BaseOxmlElement.remove

    def counting(parent: Any, child: Any) -> None:
        taken.append(sum(1 for _ in child.iterdescendants()))
        remove(parent, child)

    monkeypatch.setattr(BaseOxmlElement, "remove", counting)
    revised(content)
    assert max(taken) < 20


@pytest.mark.parametrize("setup", ["", "<w:sectPr/>", "<w:sectPr/><w:sectPr/>"])
def test_block_is_added_before_the_page_setup(setup: str) -> None:
    body: Any = parse_xml(f"<w:body {nsdecls('w')}><w:p/>{setup}</w:body>")
    append_block(body, element("w:tbl"))
    append_block(body, element("w:p"))
    names = [child.tag.rpartition("}")[2] for child in body]
    assert names == ["p", "tbl", "p"] + ["sectPr"] * setup.count("sectPr")


@pytest.mark.further
def test_work_on_notes_is_in_step_with_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a body are not searched again for each note that is written or revised."""
    searched: list[int] = []
    search = BaseOxmlElement.first_child_found_in

    def counting(parent: Any, *names: str) -> Any:
        searched.append(len(parent))
        return search(parent, *names)

    monkeypatch.setattr(BaseOxmlElement, "first_child_found_in", counting)
    work = []
    for count in (100, 200):
        notes = tuple((f"{number}", "\n".join("ab")) for number in range(count))
        document = small_annex(ROW, notes=notes, row_keys=("kenya",)).replace(recipe={"ids": []})
        content = write(document)
        searched.clear()
        write(document.replace(earlier=EarlierFile(content, keeps_words=False)))
        work.append(sum(searched))
    assert work[1] < 2.2 * work[0]
