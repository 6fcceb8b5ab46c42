"""The words of a Word file, and what is left out of them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from word_bills import BillMaker, revision, run, word_file

from npcompare.readers.docx_reader import read_docx

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText


def read(body: str, revisions: str = "accepted", styles: str = "", **parts: str) -> DocumentText:
    return read_docx(word_file(body, styles=styles, **parts), "bill.docx", revisions)


def left_out(document: DocumentText) -> dict[str, tuple[int, str]]:
    return {entry.kind: (entry.count, entry.example) for entry in document.left_out}


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def test_white_space_follows_word() -> None:
    body = paragraph(
        "<w:r><w:t> a </w:t><w:t xml:space='preserve'> b  c </w:t><w:tab/><w:t>d</w:t>"
    )
    body = body.replace("</w:p>", "<w:br/><w:t>e\u00a0f</w:t><w:cr/><w:t>g</w:t></w:r></w:p>")
    assert read(body).text == "a b c d e\u00a0f g"


def test_hyphens_are_resolved() -> None:
    body = paragraph(
        "<w:r><w:t>con\u00adse</w:t><w:softHyphen/><w:t>quence, non</w:t><w:noBreakHyphen/>"
        "<w:t>punish\u2011ment</w:t></w:r>"
    )
    assert read(body).text == "consequence, non-punish-ment"


@pytest.mark.parametrize(
    ("paragraph_style", "properties", "text"),
    [
        ("", "<w:vanish/>", ""),
        ("", '<w:vanish w:val="0"/>', "words"),
        ("", '<w:vanish w:val="false"/>', "words"),
        ("", "<w:webHidden/>", ""),
        ("", '<w:rStyle w:val="Hides"/>', ""),
        ("", '<w:rStyle w:val="Heir"/>', ""),
        ("", '<w:rStyle w:val="Hides"/><w:vanish w:val="0"/>', "words"),
        ("HidesAll", "", ""),
        ("HidesAll", '<w:vanish w:val="0"/>', "words"),
        # Two styles that both hide show the text.
        ("HidesAll", '<w:rStyle w:val="Hides"/>', "words"),
    ],
)
def test_hidden_text_is_left_out(paragraph_style: str, properties: str, text: str) -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{name}">{content}</w:style>'
        for kind, name, content in (
            ("character", "Hides", "<w:rPr><w:vanish/></w:rPr>"),
            ("character", "Heir", '<w:basedOn w:val="Hides"/>'),
            ("paragraph", "HidesAll", "<w:rPr><w:vanish/></w:rPr>"),
        )
    )
    style = f'<w:pStyle w:val="{paragraph_style}"/>' if paragraph_style else ""
    shown_mark = '<w:rPr><w:vanish w:val="0"/></w:rPr>'
    body = paragraph(run("words", properties), style + shown_mark) + paragraph(run("End"))
    document = read(body, styles=styles)
    assert document.text == f"{text}\nEnd".lstrip("\n")
    assert left_out(document) == ({} if text else {"hidden text": (1, "words")})


REVISIONS = {
    "paragraph": (
        paragraph(revision("ins", run("new ")) + revision("del", run("old ")) + run("kept")),
        ("new kept", "old kept"),
    ),
    "move": (
        paragraph(revision("moveFrom", run("moved ")) + run("kept"))
        + paragraph(run("then ") + revision("moveTo", run("moved"))),
        ("kept\nthen moved", "moved kept\nthen"),
    ),
    "inserted and deleted again": (
        paragraph(revision("ins", revision("del", run("never "))) + run("kept")),
        ("kept", "kept"),
    ),
    "mark inserted": (
        paragraph(run("first "), "<w:rPr><w:ins w:id='1' w:author='A'/></w:rPr>")
        + paragraph(run("second")),
        ("first\nsecond", "first second"),
    ),
    "mark moved": (
        paragraph(
            revision("moveFrom", run("gone")), "<w:rPr><w:moveFrom w:id='1' w:author='A'/></w:rPr>"
        )
        + paragraph(run("kept")),
        ("kept", "gone\nkept"),
    ),
    "row deleted": (
        "<w:tbl><w:tr><w:trPr><w:del w:id='1' w:author='A'/></w:trPr><w:tc>"
        + paragraph(run("old row"))
        + "</w:tc></w:tr><w:tr><w:trPr><w:ins w:id='1' w:author='A'/></w:trPr><w:tc>"
        + paragraph(run("new row"))
        + "</w:tc></w:tr></w:tbl>",
        ("new row", "old row"),
    ),
    "cell deleted": (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id='1' w:author='A'/></w:tcPr>"
        + paragraph(run("old"))
        + "</w:tc><w:tc><w:tcPr><w:cellIns w:id='1' w:author='A'/></w:tcPr>"
        + paragraph(run("new"))
        + "</w:tc></w:tr></w:tbl>",
        ("new", "old"),
    ),
    "mark deleted at the end of a cell": (
        "<w:tbl><w:tr><w:tc>"
        + paragraph(run("in the cell"), "<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>")
        + "</w:tc></w:tr></w:tbl>"
        + paragraph(run("after")),
        ("in the cell\nafter", "in the cell\nafter"),
    ),
    "formatting": (
        paragraph(
            run(
                "words",
                "<w:b/><w:rPrChange w:id='1' w:author='A'><w:rPr><w:vanish/></w:rPr></w:rPrChange>",
            )
            + run("more")
        ),
        ("wordsmore", "more"),
    ),
}


@pytest.mark.parametrize("name", REVISIONS)
def test_revisions_are_accepted_or_rejected(name: str) -> None:
    body, (accepted, rejected) = REVISIONS[name]
    assert read(body).text == accepted
    assert read(body, "rejected").text == rejected


def test_deleted_words_are_counted() -> None:
    body = paragraph(revision("del", run("may ")) + run("shall") + revision("del", run("must")))
    assert left_out(read(body)) == {"deleted text": (2, "may")}
    body = paragraph(revision("ins", run("may ")) + run("shall"))
    assert left_out(read(body, "rejected")) == {"inserted text": (1, "may")}


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def test_results_of_fields_are_kept_and_codes_counted() -> None:
    nested = FIELD.format("begin") + run(" DATE ", tag="instrText") + FIELD.format("separate")
    nested += run("today") + FIELD.format("end")
    content = run("see ") + FIELD.format("begin") + run(" REF x ", tag="instrText") + nested
    content += FIELD.format("separate") + run("section 12") + FIELD.format("end") + run(" end")
    content += '<w:fldSimple w:instr=" PAGE ">' + run(" 3") + "</w:fldSimple>"
    document = read(paragraph(content))
    assert document.text == "see section 12 end 3"
    assert left_out(document) == {"field code": (3, "DATE")}


def test_fields_that_are_numbers_are_named() -> None:
    content = FIELD.format("begin") + run(" LISTNUM ", tag="instrText") + FIELD.format("end")
    document = read(paragraph(content + run("words")))
    assert left_out(document) == {"number field": (1, "LISTNUM")}


def test_field_that_never_ends_loses_nothing_unsaid() -> None:
    document = read(paragraph(run("a ") + FIELD.format("begin") + run("b")) + paragraph(run("c")))
    assert document.text == "a"
    assert left_out(document) == {"field code": (1, "bc")}


def test_one_branch_of_alternatives_is_read() -> None:
    alternative = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='{}'><w:t>new</w:t></mc:Choice>"
        "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(paragraph(alternative.format("wps"))).text == "new"
    document = read(paragraph(alternative.format("unknown")))
    assert document.text == "old"
    assert left_out(document) == {"content for other programs": (1, "new")}


def test_pictures_and_objects_are_named() -> None:
    content = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="A map"/></wp:inline>'
        '</w:drawing><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' ProgID="Excel.Sheet.12"/></w:object></w:r>'
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r>'
        "<m:t>x=2</m:t></m:r></m:oMath>"
        "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>"
    )
    document = read(paragraph(content) + "<w:altChunk r:id='x'/>")
    assert document.text == "漢"
    assert left_out(document) == {
        "picture": (1, "A map"),
        "embedded object": (1, "Excel.Sheet.12"),
        "formula": (1, "x=2"),
        "ruby annotation": (1, "kan"),
        "document inserted by reference": (1, "altChunk"),
    }


def test_parts_besides_the_body_are_counted() -> None:
    header = paragraph(run("Draft of 1 May"))
    notes = f'<w:endnote w:id="2">{paragraph(run("See the Act."))}</w:endnote>'
    document = read(paragraph(run("Body")), header=header, endnotes=notes, footer=header)
    assert document.text == "Body"
    assert left_out(document) == {
        "endnote": (1, "See the Act."),
        "header": (1, "Draft of 1 May"),
        "footer": (1, "Draft of 1 May"),
    }


def cell(text: str, properties: str = "", content: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}{content}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_cells_are_read_row_by_row() -> None:
    nested = table(cell("inner")) + "<w:p/>"
    rows = (
        cell("a", '<w:gridSpan w:val="2"/>') + cell("b"),
        cell("c", '<w:vMerge w:val="restart"/>') + cell("d", content=nested),
        cell("lost", "<w:vMerge/>") + cell("e"),
    )
    document = read(paragraph(run("before")) + table(*rows) + paragraph(run("after")))
    depths = [(entry.depth, entry.text) for entry in document.paragraphs]
    assert depths == [
        *((0, "before"), (1, "a"), (1, "b"), (1, "c"), (1, "d"), (2, "inner"), (1, "e")),
        (0, "after"),
    ]
    assert left_out(document) == {"text in merged cells": (1, "lost")}


def test_label_in_a_cell_belongs_to_the_next_cell() -> None:
    rows = (
        cell("12.") + cell("A victim", content=paragraph(run("is protected."))),
        cell("(1)") + cell("shall not be"),
        cell("Year") + cell("2026"),
    )
    document = read(table(*rows))
    assert document.text.splitlines() == [
        *("12. A victim", "is protected.", "(1) shall not be", "Year", "2026"),
    ]
    assert [entry.label for entry in document.paragraphs] == ["12.", "", "(1)", "", "2026"]


@pytest.mark.parametrize("suffix", ["docm", "dotx", "strict"])
def test_other_forms_of_word_files(suffix: str) -> None:
    bill = BillMaker(5).make()
    stream = io.BytesIO()
    replacements = {
        "docm": [(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")],
        "dotx": [(b"document.main", b"template.main")],
        "strict": [
            (
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
                b"http://purl.oclc.org/ooxml/wordprocessingml/",
            ),
            (
                b"http://schemas.openxmlformats.org/officeDocument/2006/",
                b"http://purl.oclc.org/ooxml/officeDocument/",
            ),
        ],
    }[suffix]
    with (
        zipfile.ZipFile(io.BytesIO(bill.content)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            for before, after in replacements:
                text = text.replace(before, after)
            new.writestr(name, text)
    document = read_docx(stream.getvalue(), "bill", "accepted")
    assert [(entry.label, entry.text) for entry in document.paragraphs] == bill.accepted
    assert {entry.kind: entry.count for entry in document.left_out} == bill.left_out


def test_long_example_is_shortened() -> None:
    body = paragraph(run("word " * 100, "<w:vanish/>") + run("shown"))
    (entry,) = read(body).left_out
    assert len(entry.example) <= 122
    assert entry.example.endswith("word …")
