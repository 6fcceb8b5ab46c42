"""What Word shows of a paragraph, a cell or an alternative, and what is counted instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from word_bills import NAMES, revision, run, with_parts, word_file

from npcompare.readers.docx_reader import read_docx

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText

HIDDEN = "<w:vanish/>"
INSERTED, DELETED, MOVED_TO = (
    f"<w:{name} w:id='1' w:author='A'/>" for name in ("ins", "del", "moveTo")
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
    'w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


def read(body: str, revisions: str = "accepted", styles: str = "") -> DocumentText:
    content = word_file(body, numbering=NUMBERING, styles=styles)
    return read_docx(content, "bill.docx", revisions)


def lines(body: str, revisions: str = "accepted") -> list[str]:
    return read(body, revisions).text.splitlines()


def left_out(body: str, revisions: str = "accepted") -> list[tuple[str, int, str]]:
    document = read(body, revisions)
    return [(entry.kind, entry.count, entry.example) for entry in document.left_out]


def depths(body: str) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in read(body).paragraphs]


def p(content: str, properties: str = "", mark: str = "") -> str:
    """Return a paragraph with properties of its own and of its mark."""
    mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{mark}</w:pPr>{content}</w:p>"


def numbered(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


# --- Characters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:r><w:t>a</w:t><w:ptab/><w:t>b</w:t></w:r>", "a b"),
        ("<w:r><w:t> a </w:t></w:r><w:r><w:t>\n\t b</w:t></w:r>", "ab"),
        ('<w:r><w:t xml:space="default"> a </w:t><w:t>b</w:t></w:r>', "ab"),
        ('<w:r><w:t/><w:sym w:font="Symbol" w:char="F061"/></w:r>', "\u03b1"),
        ('<w:r><w:sym w:font="Symbol" w:char="f062"/></w:r>', "\u03b2"),
        ("<w:r><w:t>XI\u00a0</w:t><w:t>X</w:t></w:r>", "XI\u00a0X"),
        ('<w:r><w:sym w:font="Symbol" w:char="61"/><w:sym w:char="000041"/></w:r>', "\u03b1A"),
        (f"<w:r><w:rPr>{HIDDEN}</w:rPr><w:t>a</w:t></w:r><w:t>b</w:t>", "b"),
    ],
)
def test_characters_are_those_that_word_shows(content: str, expected: str) -> None:
    assert read(p(content)).text == expected


@pytest.mark.parametrize(
    ("symbol", "example"),
    [
        ('w:font="Symbol" w:char="xyz"', "Symbol xyz"),
        ('w:font="Symbol" w:char="0000061"', "Symbol 0000061"),
        ('w:font="Symbol" w:char="61g"', "Symbol 61g"),
        ('w:font="Symbol" w:char="X61"', "Symbol X61"),
        ('w:font="Symbol"', "Symbol"),
        ('w:char="10"', "10"),
    ],
)
def test_unknown_symbol_is_counted(symbol: str, example: str) -> None:
    assert left_out(p(f"<w:r><w:sym {symbol}/></w:r>")) == [("symbol", 1, example)]


def test_white_space_may_be_kept_in_all_of_a_part() -> None:
    body = p('<w:r><w:t>a </w:t><w:t>b</w:t><w:t xml:space="default"> c</w:t></w:r>')
    assert lines(body) == ["abc"]
    part = f'<w:document {NAMES} xml:space="preserve"><w:body>{body}</w:body></w:document>'
    content = with_parts(word_file(""), {"word/document.xml": part})
    assert read_docx(content, "bill.docx", "accepted").text == "a bc"


# --- What is left out ----------------------------------------------------------------------------


PICTURE = '<w:r><w:drawing><wp:docPr name="P"/></w:drawing></w:r>'
BOX = f"<w:txbxContent>{p(run('b'))}{p(run('c', HIDDEN), mark=DELETED)}</w:txbxContent>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<w:r><w:pict>{BOX}</w:pict></w:r>", [("text box", 1, "b c")]),
        ("<w:r><w:pict/></w:r>", [("picture", 1, "without a description")]),
        ('<w:r><w:pict><v:shape alt="A map"/></w:pict></w:r>', [("picture", 1, "A map")]),
        ('<w:r><w:pict><v:imagedata title="Arms"/></w:pict></w:r>', [("picture", 1, "Arms")]),
        ('<w:r><w:drawing><wp:docPr name="P" title="T" descr=""/></w:drawing></w:r>',
         [("picture", 1, "T")]),
        (PICTURE, [("picture", 1, "P")]),
        (f"<w:r><w:pict><w:txbxContent>{p(PICTURE + run('b'))}</w:txbxContent></w:pict></w:r>",
         [("text box", 1, "b")]),
        ("<w:r><w:object/></w:r>", [("embedded object", 1, "of unknown kind")]),
        ("<w:r><w:object><v:OLEObject/></w:object></w:r>",
         [("embedded object", 1, "of unknown kind")]),
        ('<w:r><w:object><v:OLEObject ProgID=""/></w:object></w:r>',
         [("embedded object", 1, "of unknown kind")]),
        ("<w:subDoc/>", [("document inserted by reference", 1, "subDoc")]),
        (run("XE", tag="instrText"), [("field code", 1, "XE")]),
        ("<w:r><w:instrText/></w:r>", []),
        (revision("del", run("PAGE", tag="delInstrText")), [("deleted text", 1, "PAGE")]),
        ("<w:fldSimple/>", []),
        (revision("del", '<w:fldSimple w:instr="PAGE">' + run("3") + "</w:fldSimple>"),
         [("deleted text", 1, "3")]),
        ("<w:r><w:fldChar/></w:r>", []),
    ],
)  # fmt: skip
def test_what_is_no_text_is_counted(content: str, expected: list[tuple[str, int, str]]) -> None:
    assert left_out(p(content)) == expected


def alternatives(*choices: tuple[str, str], fallback: str = "") -> str:
    branches = "".join(
        f"<mc:Choice{f' Requires={needs!r}' if needs else ''}>{run(text)}</mc:Choice>"
        for needs, text in choices
    )
    last = f"<mc:Fallback>{run(fallback)}</mc:Fallback>" if fallback else ""
    return f"<mc:AlternateContent>{branches}{last}</mc:AlternateContent>"


OTHERS = "content for other programs"


@pytest.mark.parametrize(
    ("content", "text", "counted"),
    [
        (alternatives(("wps", "a"), ("wps", "b"), fallback="c"), "a", []),
        (alternatives(("v", "a"), ("wps", "b"), fallback="c"), "b", [(OTHERS, 1, "a")]),
        (alternatives(("wps a", "a"), fallback="c"), "a", []),
        (alternatives(("wps v", "a"), fallback="c"), "c", [(OTHERS, 1, "a")]),
        (alternatives(("unknown", "a")), "", [(OTHERS, 1, "a")]),
        (alternatives(("", "a"), fallback="c"), "a", []),
        (alternatives(fallback="c") + alternatives(("a", "d"), fallback="e"), "cd", []),
        (alternatives(("wps", "a")) + run("f"), "af", []),
    ],
)
def test_first_branch_that_word_knows_is_read(
    content: str, text: str, counted: list[tuple[str, int, str]]
) -> None:
    assert (read(p(content)).text, left_out(p(content))) == (text, counted)


# --- Paragraphs ----------------------------------------------------------------------------------


def test_paragraphs_have_their_own_properties() -> None:
    body = p(run("a"), numbered(0)) + f"<w:p>{run('b')}</w:p>" + p(run("c"), numbered(1))
    assert depths(body) == [("1.", 1, "a"), ("", 0, "b"), ("(a)", 2, "c")]


@pytest.mark.parametrize(
    ("properties", "is_heading"),
    [
        ('<w:outlineLvl w:val="0"/>', True),
        ('<w:outlineLvl w:val="8"/>', True),
        ('<w:outlineLvl w:val="9"/>', False),
        ('<w:pStyle w:val="Head"/>', True),
        ('<w:pStyle w:val="Head"/><w:outlineLvl w:val="9"/>', False),
        ("", False),
    ],
)
def test_heading_is_told_by_its_level_or_style(properties: str, is_heading: bool) -> None:
    style = '<w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    (paragraph,) = read(p(run("a"), properties), styles=f"{style}</w:style>").paragraphs
    assert paragraph.is_heading is is_heading


FORMER = f"<w:pPrChange w:id='1' w:author='A'><w:pPr>{numbered(1)}</w:pPr></w:pPrChange>"
NEW = numbered(0).replace("</w:numPr>", f"{INSERTED}</w:numPr>")


@pytest.mark.parametrize(
    ("properties", "accepted", "rejected"),
    [
        (numbered(0) + FORMER, "1.", "(a)"),
        (FORMER, "", "(a)"),
        (NEW, "1.", ""),
        (numbered(0), "1.", "1."),
    ],
)
def test_number_is_that_of_the_revision(properties: str, accepted: str, rejected: str) -> None:
    body = p(run("a"), properties)
    labels = [read(body, name).paragraphs[0].label for name in ("accepted", "rejected")]
    assert labels == [accepted, rejected]


@pytest.mark.parametrize(
    ("mark", "accepted", "rejected"),
    [
        (DELETED, ["1. ab"], ["1. a", "2. b"]),
        (INSERTED, ["1. a", "2. b"], ["1. ab"]),
        (MOVED_TO, ["1. a", "2. b"], ["1. ab"]),
        # The words before a hidden mark are shown with the number before them.
        (HIDDEN, ["1. ab"], ["1. ab"]),
    ],
)
def test_paragraph_without_its_mark_goes_on(
    mark: str, accepted: list[str], rejected: list[str]
) -> None:
    body = p(run("a"), numbered(0), mark) + p(run("b"), numbered(0))
    assert (lines(body), lines(body, "rejected")) == (accepted, rejected)


def test_number_before_hidden_marks_is_the_first() -> None:
    head = p(run(" "), numbered(1), HIDDEN)
    body = head + p(run("a"), numbered(0), HIDDEN) + p(run("b"), numbered(1), HIDDEN)
    assert lines(body + p(run("c")) + p(run("d"), numbered(0))) == ["1. abc", "2. d"]


def test_mark_that_is_hidden_and_deleted_is_gone() -> None:
    body = p(run("a"), numbered(0), HIDDEN + DELETED) + p(run("b"), numbered(1))
    assert lines(body) == ["(a) ab"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(run("a"), numbered(0), DELETED), ["1. a"]),
        (p(run("a"), mark=HIDDEN) + table(row(cell(p(run("b"))))), ["a", "b"]),
        (table(row(cell(p(run("a"), mark=DELETED)), cell(p(run("b"))))), ["a", "b"]),
        (p(run(" "), mark=DELETED) + table(row(cell(p(run("b"))))), ["b"]),
        (p(run("a"), numbered(0), HIDDEN) + table(row(cell(p(run("b"))))) + p(run("c")),
         ["1. a", "b", "c"]),
    ],
)  # fmt: skip
def test_words_before_the_end_of_a_cell_are_kept(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


# --- Tables --------------------------------------------------------------------------------------


def test_number_is_joined_with_the_words_of_its_row() -> None:
    body = table(
        row(cell(p(run("12"))), cell(p(run("a")))),
        row(cell(p(run("13")))),
        row(cell(p(run("b")))),
        row(cell(p(run("14")), p(""))),
    )
    assert depths(body + p(run("c"))) == [
        *(("12", 1, "a"), ("13", 1, ""), ("", 1, "b"), ("14", 1, ""), ("", 0, "c")),
    ]


def test_text_box_in_a_cell_does_not_end_it() -> None:
    inner = table(row(cell(p(run("x")))))
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    body = table(row(cell(p(run("a"), mark=HIDDEN), p(box + run("b"))), cell(p(run("c")))))
    assert depths(body) == [("", 1, "ab"), ("", 1, "c")]
    assert left_out(body) == [("text box", 1, "x")]


@pytest.mark.parametrize(
    ("properties", "is_shown"),
    [
        ("<w:vMerge/>", False),
        ('<w:vMerge w:val="continue"/>', False),
        ('<w:vMerge w:val="restart"/>', True),
        ("<w:hMerge/>", False),
        ('<w:hMerge w:val="continue"/>', False),
        ('<w:hMerge w:val="restart"/>', True),
        ("", True),
    ],
)
def test_merged_cells_have_no_text(properties: str, is_shown: bool) -> None:
    body = table(row(cell(p(run("a"), mark=""), properties=properties)))
    assert lines(body) == (["a"] if is_shown else [])
    assert left_out(body) == ([] if is_shown else [("text in merged cells", 1, "a")])


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (row(cell(p(run("a"))), properties=DELETED), [("deleted text", 1, "a")], []),
        (row(cell(p(run("a"))), properties=INSERTED), [], [("inserted text", 1, "a")]),
        (row(cell(p(run("a")), properties="<w:cellDel/>")), [("deleted text", 1, "a")], []),
        (row(cell(p(run("a")), properties="<w:cellIns/>")), [], [("inserted text", 1, "a")]),
    ],
)
def test_rows_and_cells_are_revised(
    body: str, accepted: list[tuple[str, int, str]], rejected: list[tuple[str, int, str]]
) -> None:
    assert left_out(table(body)) == accepted
    assert left_out(table(body), "rejected") == rejected
