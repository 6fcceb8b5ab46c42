"""Paragraphs, revisions, cells and drawings of OpenDocument texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from odt_files import NAMES, odt

from npcompare.readers.odt_body import words_of
from npcompare.readers.odt_reader import read_odt

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText

P = "<text:p>{}</text:p>".format
ITEM = "<text:list-item>{}</text:list-item>".format
LIST = '<text:list text:style-name="L">{}</text:list>'.format
START = '<text:change-start text:change-id="{}"/>'.format
END = '<text:change-end text:change-id="{}"/>'.format
HERE = '<text:change text:change-id="{}"/>'.format


def region(identifier: str, change: str, *paragraphs: str, name: str = "xml:id") -> str:
    """Return a change of a kind; what was deleted is in it."""
    content = "".join(map(P, paragraphs))
    return (
        f'<text:changed-region {name}="{identifier}"><text:{change}>{content}</text:{change}>'
        "</text:changed-region>"
    )


def changed(body: str, *regions: str) -> str:
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>{body}"


def read(body: str, revisions: str = "accepted") -> DocumentText:
    return read_odt(odt(body), "bill.odt", revisions)


def lines(body: str, revisions: str = "accepted") -> list[str]:
    return read(body, revisions).text.splitlines()


def left_out(body: str, revisions: str = "accepted") -> list[tuple[str, int, str]]:
    document = read(body, revisions)
    return [(entry.kind, entry.count, entry.example) for entry in document.left_out]


def test_words_of_an_element_end_with_it() -> None:
    xml = "<text:p>a<text:tab/>b<text:s/>c<text:line-break/><text:span>d</text:span>e</text:p>f"
    root = etree.fromstring(f"<office:text {NAMES}>{xml}</office:text>".encode())
    assert words_of(root[0]) == "a b c de"


# --- Paragraphs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (P("a") + "stray" + P("b") + "<text:h>c</text:h>", ["a", "b", "c"]),
        (P("a<text:span>b</text:span>c") + "x<text:section>y" + P("d") + "</text:section>",
         ["abc", "d"]),
        (P("a\nb<text:s text:c='0'/>c"), ["a b c"]),
        (P("12<text:tab/>Words"), ["12 Words"]),
        (P("<text:line-break/>a<text:line-break/>b"), ["a b"]),
        ("<text:table-of-content-source>" + P("x") + "</text:table-of-content-source>" + P("a"),
         ["a"]),
        ("<text:section text:is-hidden='false' text:display='true'>" + P("a") + "</text:section>",
         ["a"]),
        (P("a<text:hidden-text text:is-hidden='false' text:string-value='x'>b</text:hidden-text>"),
         ["ab"]),
        (P("a<text:hidden-paragraph text:is-hidden='false'/>"), ["a"]),
        (P("a<text:hidden-paragraph text:is-hidden='true'/>") + "x" + P("b") + P("c"), ["b", "c"]),
        ("<text:p text:style-name='Gone'>a</text:p>x" + P("b") + P("c"), ["b", "c"]),
        (P("a<draw:frame>x<draw:image/></draw:frame>b"), ["ab"]),
    ],
)  # fmt: skip
def test_paragraphs_have_the_words_in_them(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_label_before_a_tab_is_a_number() -> None:
    (paragraph,) = read(P("12<text:tab/>Words")).paragraphs
    assert (paragraph.label, paragraph.text) == ("12", "Words")


def test_headings_are_told_from_paragraphs() -> None:
    document = read('<text:h text:style-name="Listed">a</text:h>' + P("b"))
    assert [entry.is_heading for entry in document.paragraphs] == [True, False]


NOTE = (
    '<text:note text:note-class="{}"><text:note-citation>7</text:note-citation><text:note-body>'
    "{}</text:note-body></text:note>"
).format
BY = '<creator xmlns="http://purl.org/dc/elements/1.1/">Ann</creator>'
BY += '<date xmlns="http://purl.org/dc/elements/1.1/">2019</date>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (P("a" + NOTE("footnote", P("b") + P("c"))), [("footnote", 1, "b c")]),
        (P("a" + NOTE("endnote", P("b"))), [("endnote", 1, "b")]),
        (P("a" + NOTE("", P("b" + HERE("d")))), [("footnote", 1, "b")]),
        (P("a" + NOTE("", P("b<draw:frame>" + P("c") + "</draw:frame>"))),
         [("footnote", 1, "b c")]),
        (P("a<text:note><text:note-body>" + P("b") + "</text:note-body></text:note>"),
         [("footnote", 1, "b")]),
        (P(f"a<office:annotation>{BY}{P('b')}</office:annotation>"), [("comment", 1, "b")]),
        (P("a<text:ruby>b<text:ruby-text>c</text:ruby-text></text:ruby>"),
         [("ruby annotation", 1, "c")]),
        (P("a<text:script>run()</text:script>"), [("field code", 1, "run()")]),
        (P("a<text:number>1</text:number>"), []),
        (f"<text:table-index-source>{P('x')}</text:table-index-source>{P('a')}", []),
        (P("a<draw:frame>" + P("") + P("") + "</draw:frame>"),
         [("picture", 1, "without a description")]),
        ("<office:forms>" + P("x") + "</office:forms>" + P("a"), []),
        ("<text:section text:is-hidden='true'>" + P("b") + P("c") + "</text:section>",
         [("hidden text", 1, "b c")]),
        ("<text:section text:display='none'>" + P("b") + "</text:section>",
         [("hidden text", 1, "b")]),
        (P("a <text:hidden-paragraph text:is-hidden='true'/>b") + P("c"),
         [("hidden text", 1, "a b")]),
        (P("a<text:hidden-text text:is-hidden='true' text:string-value='b'>c</text:hidden-text>"),
         [("hidden text", 1, "b")]),
        (P("a<draw:frame>" + P("b") + P("c") + "</draw:frame>"), [("text box", 1, "b c")]),
        (P("a<draw:frame draw:name='N'>" + P("") + "<svg:title>T</svg:title></draw:frame>"),
         [("picture", 1, "T")]),
        (P("a<draw:frame draw:name='N'><svg:desc/></draw:frame>"), [("picture", 1, "N")]),
        (P("a<draw:frame/>"), [("picture", 1, "without a description")]),
    ],
)  # fmt: skip
def test_what_is_no_text_of_the_bill_is_counted(
    body: str, expected: list[tuple[str, int, str]]
) -> None:
    assert left_out(body) == expected


# --- Revisions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["xml:id", "text:id"])
def test_deleted_words_are_put_back(name: str) -> None:
    body = changed(P("a " + HERE("d") + "c"), region("d", "deletion", "b ", name=name))
    assert (lines(body), left_out(body)) == (["a c"], [("deleted text", 1, "b")])
    assert (lines(body, "rejected"), left_out(body, "rejected")) == (["a b c"], [])


@pytest.mark.parametrize(
    ("deleted", "body", "accepted", "rejected"),
    [
        (("x", ""), P("a " + HERE("d") + "c"), ["a c"], ["a x", "c"]),
        (("x", "y", "z "), P("a " + HERE("d") + "c"), ["a c"], ["a x", "y", "z c"]),
        (("x", ""), P(HERE("d") + "c"), ["c"], ["x", "c"]),
        (("x", ""), LIST(ITEM(P("a " + HERE("d") + "c"))), ["12. a c"], ["12. a x", "13. c"]),
        (("x", ""), LIST(ITEM(P("a") + P("b " + HERE("d") + "c"))), ["12. a", "b c"],
         ["12. a", "b x", "c"]),
        (("x", ""), LIST(ITEM(P(HERE("d") + "c"))), ["12. c"], ["x", "12. c"]),
        (("x",), P("a" + HERE("unknown") + "b"), ["ab"], ["ab"]),
    ],
)  # fmt: skip
def test_deleted_ends_of_paragraphs_are_put_back(
    deleted: tuple[str, ...], body: str, accepted: list[str], rejected: list[str]
) -> None:
    text = changed(body, region("d", "deletion", *deleted))
    assert (lines(text), lines(text, "rejected")) == (accepted, rejected)


def test_deleted_paragraphs_are_one_passage() -> None:
    text = changed(P("a" + HERE("d")), region("d", "deletion", "x", "y"))
    assert left_out(text) == [("deleted text", 1, "x y")]


def test_deletion_in_a_note_is_not_put_back() -> None:
    text = changed(P("a" + NOTE("", P("b" + HERE("d")))), region("d", "deletion", "x"))
    assert lines(text, "rejected") == ["a"]
    assert left_out(text, "rejected") == [("footnote", 1, "b")]


def test_paragraph_restored_in_a_cell_is_in_it() -> None:
    body = table([P(HERE("d") + "a"), P("b")])
    document = read(changed(body, region("d", "deletion", "x", "")), "rejected")
    assert [(entry.depth, entry.text) for entry in document.paragraphs] == [
        *((1, "x"), (1, "a"), (1, "b")),
    ]


def test_restored_paragraphs_are_said() -> None:
    deleted = changed(P("a" + HERE("d") + "c"), region("d", "deletion", "x", ""))
    assert read(deleted).notes == ()
    (note,) = read(deleted, "rejected").notes
    assert note == (
        "bill.odt: paragraphs that had been deleted are restored; check the numbers near them, "
        "because OpenDocument does not always keep them"
    )


INSERTED = (region("i", "insertion"), region("j", "insertion"), region("f", "format-change"))


@pytest.mark.parametrize(
    ("body", "accepted", "rejected", "inserted"),
    [
        (P("a" + START("i") + "b" + END("i") + "c"), ["abc"], ["ac"], ["b"]),
        (P("a" + START("i") + "b") + P("c" + END("i") + "d") + P("e"), ["ab", "cd", "e"],
         ["ad", "e"], ["bc"]),
        (P("a" + START("i") + "b") + P("c" + END("i")), ["ab", "c"], ["a"], ["bc"]),
        (P("a" + START("i") + "b" + START("j") + "c" + END("j") + "d" + END("i") + "e"),
         ["abcde"], ["ae"], ["bcd"]),
        (P("a" + START("i") + "b" + END("j") + "c" + END("i") + "d"), ["abcd"], ["ad"], ["bc"]),
        (P("a" + START("i") + "b" + END("j")) + P("c" + END("i") + "d"), ["ab", "cd"], ["ad"],
         ["bc"]),
        (P("a" + START("i") + "<draw:frame>" + P("b") + "</draw:frame>" + END("i") + "c"), ["ac"],
         ["ac"], ["b"]),
        (P("a" + START("f") + "b" + END("f") + "c"), ["abc"], ["abc"], []),
        (P("a" + START("x") + "b" + END("x") + "c"), ["abc"], ["abc"], []),
        (P(START("i") + "a" + END("i") + "b" + START("j") + "c" + END("j") + "d"), ["abcd"],
         ["bd"], ["a", "c"]),
        (P("a" + START("i")) + P(NOTE("", P("n")) + "b" + END("i") + "c"), ["a", "bc"], ["ac"],
         ["b"]),
    ],
)  # fmt: skip
def test_insertions_are_kept_or_left_out(
    body: str, accepted: list[str], rejected: list[str], inserted: list[str]
) -> None:
    text = changed(body, *INSERTED)
    assert (lines(text), lines(text, "rejected")) == (accepted, rejected)
    counts = {kind: (count, example) for kind, count, example in left_out(text, "rejected")}
    expected = (len(inserted), inserted[0]) if inserted else None
    assert counts.get("inserted text") == expected


def test_insertion_in_a_note_belongs_to_the_note() -> None:
    note = NOTE("", P("b" + START("i") + "c" + END("i")))
    text = changed(P("a" + note + "d"), *INSERTED)
    assert lines(text, "rejected") == ["ad"]
    assert left_out(text, "rejected") == [("footnote", 1, "bc")]


# --- Tables --------------------------------------------------------------------------------------


def table(*rows: list[str]) -> str:
    cells = [
        "".join(f"<table:table-cell>{content}</table:table-cell>" for content in row)
        for row in rows
    ]
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table>{inner}</table:table>"


def depths(body: str) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in read(body).paragraphs]


def test_number_is_joined_with_the_words_of_its_row() -> None:
    body = table([P("12"), P("a")], [P("13")], [P("b")], [P("14"), P("")]) + P("c")
    assert depths(body) == [
        *(("12", 1, "a"), ("13", 1, ""), ("", 1, "b"), ("14", 1, ""), ("", 0, "c")),
    ]


def test_tables_in_tables_are_deeper() -> None:
    inner = table([P("b"), P("c")])
    assert depths(table([P("a") + inner, P("d")]) + P("e")) == [
        *(("", 1, "a"), ("", 2, "b"), ("", 2, "c"), ("", 1, "d"), ("", 0, "e")),
    ]


def test_words_in_merged_cells_are_counted() -> None:
    row = f"<table:table-cell>{P('a')}</table:table-cell>"
    row += f"<table:covered-table-cell>{P('b')}</table:covered-table-cell>"
    body = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    assert lines(body) == ["a"]
    assert left_out(body) == [("text in merged cells", 1, "b")]


def test_hidden_paragraph_has_no_number() -> None:
    gone = '<text:p text:style-name="Gone">a</text:p>'
    assert lines(LIST(ITEM(gone) + ITEM(P("b")))) == ["12. b"]
    assert lines(LIST(ITEM(gone + P("b")) + ITEM(P("c")))) == ["12. b", "13. c"]


def test_item_may_set_its_number() -> None:
    item = '<text:list-item text:start-value="40"><text:p>b</text:p></text:list-item>'
    assert lines(LIST(ITEM(P("a")) + item)) == ["12. a", "40. b"]
