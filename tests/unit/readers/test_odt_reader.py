"""OpenDocument texts: lists, revisions, and what is left out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import office
from odt_files import odt
from word_bills import SCHEMES, BillMaker

from npcompare.errors import NpcompareError
from npcompare.readers.document_kinds import document_kind
from npcompare.readers.odt_reader import read_odt

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.readers.paragraphs import DocumentText


def read(body: str, revisions: str = "accepted", styles: str = "") -> DocumentText:
    return read_odt(odt(body, styles), "bill.odt", revisions)


def left_out(document: DocumentText) -> dict[str, tuple[int, str]]:
    return {entry.kind: (entry.count, entry.example) for entry in document.left_out}


def item(content: str) -> str:
    return f"<text:list-item>{content}</text:list-item>"


def listed(*items: str, attributes: str = 'text:style-name="L"') -> str:
    return f"<text:list {attributes}>{''.join(items)}</text:list>"


P = "<text:p>{}</text:p>".format


def test_items_have_the_numbers_of_their_levels() -> None:
    inner = listed(item(P("c")), item(P("d") + listed(item(P("e")), attributes="")), attributes="")
    body = listed(item(P("a")), item(P("b") + P("more") + inner), item(P("f")))
    assert read(body).text.splitlines() == [
        *("12. a", "13. b", "more", "(a) c", "(b) d", "13.b.1 e", "14. f"),
    ]


def test_lists_continue_or_start_again() -> None:
    body = "".join(
        [
            listed(item(P("a")), attributes='text:style-name="L" xml:id="one"'),
            listed(item(P("b"))),
            listed(item(P("c")), attributes='text:style-name="L" text:continue-numbering="true"'),
            listed(item(P("d")), attributes='text:style-name="L" text:continue-list="one"'),
            listed('<text:list-item text:start-value="40"><text:p>e</text:p></text:list-item>'),
            listed("<text:list-header><text:p>f</text:p></text:list-header>"),
            listed(item(listed(item(P("g")), attributes=""))),
            listed(item('<text:p text:style-name="Listed">h</text:p>'), attributes=""),
        ]
    )
    assert read(body).text.splitlines() == [
        *("12. a", "12. b", "13. c", "13. d", "40. e", "f", "(a) g", "12. h"),
    ]


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="I" style:num-prefix="Part "/><text:outline-level-style text:level="2" '
        'style:num-format="1" style:num-suffix="."/></text:outline-style>'
    )
    heading = '<text:h text:outline-level="{}"{}>{}</text:h>'.format
    body = heading(1, "", "a") + heading(2, "", "b") + heading(2, "", "c") + heading(1, "", "d")
    body += heading(1, ' text:is-list-header="true"', "e")
    body += heading(1, ' text:restart-numbering="true" text:start-value="7"', "f")
    assert read(body, styles=outline).text.splitlines() == [
        *("Part I a", "1. b", "2. c", "Part II d", "e", "Part VII f"),
    ]


def test_white_space_and_fields_are_text() -> None:
    content = 'a  b\n c<text:s text:c="3"/>d<text:tab/>e<text:line-break/>f'
    content += "<text:soft-page-break/>g <text:bookmark-ref>12</text:bookmark-ref>"
    content += "<text:span>h</text:span><text:a><text:span>i</text:span></text:a>"
    assert read(P(content)).text == "a b c d e fg 12hi"


CHANGES = """<text:tracked-changes>
<text:changed-region xml:id="i"><text:insertion/></text:changed-region>
<text:changed-region xml:id="j"><text:insertion/></text:changed-region>
<text:changed-region text:id="d"><text:deletion><text:p>may </text:p></text:deletion>
</text:changed-region><text:changed-region xml:id="e"><text:deletion><text:list
 text:style-name="L"><text:list-item><text:p>gone</text:p></text:list-item></text:list><text:p/>
</text:deletion></text:changed-region></text:tracked-changes>"""
START, END = '<text:change-start text:change-id="{}"/>', '<text:change-end text:change-id="{}"/>'
INSERTED, DELETED = (f"{START}{{}}{END}", '<text:change text:change-id="{}"/>')


def test_revisions_are_accepted_or_rejected() -> None:
    content = DELETED.format("d") + INSERTED.format("i", "shall ", "i") + "not"
    document = read(CHANGES + P(content))
    assert document.text == "shall not"
    assert left_out(document) == {"deleted text": (1, "may")}
    document = read(CHANGES + P(content), "rejected")
    assert document.text == "may not"
    assert left_out(document) == {"inserted text": (1, "shall")}


def test_deleted_table_does_not_change_depths() -> None:
    table = "<table:table><table:table-row><table:table-cell><text:p>gone</text:p>"
    table += "</table:table-cell></table:table-row></table:table>"
    region = f"<text:changed-region xml:id='t'><text:deletion>{table}</text:deletion>"
    changes = f"<text:tracked-changes>{region}</text:changed-region></text:tracked-changes>"
    document = read(f"{changes}<text:p>Before<text:change text:change-id='t'/> after</text:p>")
    assert [(each.depth, each.text) for each in document.paragraphs] == [(0, "Before after")]
    assert left_out(document) == {"deleted text": (1, "gone")}


def test_inserted_and_deleted_items_change_the_numbers() -> None:
    inserted = item(P(START.format("i") + "new")) + item(P(END.format("i") + "b"))
    body = CHANGES + listed(item(P("a")), inserted, item(P(DELETED.format("e") + "c")))
    assert read(body).text == "12. a\n13. new\n14. b\n15. c"
    document = read(body, "rejected")
    assert document.text == "12. a\n13. b\n14. gone\n15. c"
    assert document.notes[0].startswith("bill.odt: paragraphs that had been deleted are restored")


def test_change_that_never_ends_loses_nothing_unsaid() -> None:
    document = read(CHANGES + P("a" + START.format("j") + "b") + P("c"), "rejected")
    assert (document.text, left_out(document)) == ("a", {"inserted text": (1, "bc")})


def test_text_beside_the_provisions_is_counted() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>See the Act.</text:p></text:note-body></text:note>"
    ).format
    content = "a" + note("footnote") + note("endnote")
    content += "<office:annotation><text:p>Why?</text:p></office:annotation>"
    content += '<text:span text:style-name="Heir">secret</text:span>'
    content += (
        '<text:hidden-text text:is-hidden="true" text:string-value="hidden">x</text:hidden-text>'
    )
    content += "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
    content += '<draw:frame draw:name="P"><draw:image/><svg:desc>A map</svg:desc></draw:frame>b'
    body = P(content) + '<text:section text:display="none"><text:p>annex</text:p></text:section>'
    body += '<text:p text:style-name="Gone">gone</text:p>'
    master = (
        "<style:header><text:p>Draft</text:p></style:header><style:footer><text:p/></style:footer>"
    )
    document = read(body, styles=master)
    assert document.text == "ab"
    assert left_out(document) == {
        "footnote": (1, "See the Act."),
        "endnote": (1, "See the Act."),
        "comment": (1, "Why?"),
        "hidden text": (4, "secret"),
        "text box": (1, "box"),
        "picture": (1, "A map"),
        "header": (1, "Draft"),
    }


def test_cells_are_read_row_by_row() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    rows = [cell("12.") + cell("A victim"), cell("b") + "<table:covered-table-cell/>"]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    document = read(f"<table:table>{table}</table:table>")
    assert [(entry.label, entry.depth, entry.text) for entry in document.paragraphs] == [
        ("12.", 1, "A victim"),
        ("", 1, "b"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (odt("", **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "a.odt is encrypted"),
        (odt("<text:p>"), "a.odt is damaged: its part content.xml is not well-formed XML"),
        (odt("<text:span>" * 300 + "</text:span>" * 300), "nested too deeply"),
        (odt(P("")).replace(b"content.xml", b"konzent.xml"), "it has no document part"),
        (odt(P("")).replace(b"office:text>", b"office:xxxx>"), "content.xml"),
    ],
)
def test_damaged_file_is_a_sentence(content: bytes, message: str) -> None:
    with pytest.raises(NpcompareError) as caught:
        read_odt(content, "a.odt", "accepted")
    assert message in caught.value.message


def test_kind_is_told_by_the_content() -> None:
    assert document_kind(odt(""), "a") == "an OpenDocument text"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert document_kind(stream.getvalue(), "a") == "an OpenDocument spreadsheet"


#: What LibreOffice 7.4 does not take over from Word: that a legal level shows numerals as digits.
UNCONVERTED = "Section "


@pytest.mark.slow
@pytest.mark.office
def test_converted_bills_keep_numbers_and_words(tmp_path: Path) -> None:
    bills, paths = [], []
    for seed in range(len(SCHEMES) * 8):
        bills.append(BillMaker(seed, with_revisions=False, with_asides=False).make())
        paths.append(tmp_path / f"bill{seed}.docx")
        paths[-1].write_bytes(bills[-1].content)
    for bill, path in zip(bills, office("odt", tmp_path, *paths), strict=True):
        document = read_odt(path.read_bytes(), "bill.odt", "accepted")
        pairs = [(entry.label, entry.text) for entry in document.paragraphs]
        for (label, text), (expected_label, expected_text) in zip(
            pairs, bill.accepted, strict=True
        ):
            assert text == expected_text
            assert label == expected_label or label.startswith(UNCONVERTED)
