"""Tables of Word files read as Word shows them, whatever is around or in their cells."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from npcompare.formats.word_grid import RunStyles, read_rows


def element(name: str, *content: str, properties: str = "") -> str:
    """Return the XML of an element, with its properties first."""
    within = f"<w:{name}Pr>{properties}</w:{name}Pr>" if properties else ""
    return f"<w:{name}>{within}{''.join(content)}</w:{name}>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(*content: str, properties: str = "") -> str:
    paragraphs = (
        content if content and content[0].startswith("<") else (element("p", *map(run, content)),)
    )
    return element("tc", *paragraphs, properties=properties)


def row(*cells: str, properties: str = "") -> str:
    return element("tr", *cells, properties=properties)


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


A, B, C = map(cell, "ABC")
DELETED_END = element("p", run("a"), properties="<w:rPr><w:del/></w:rPr>")
TEXT_BOX = f"<w:pict><w:txbxContent>{element('p', run('b'))}</w:txbxContent></w:pict>"

CASES = {
    "plain": (row(A, B), [("A", "B")]),
    "grid before": (row(A, B, properties="<w:gridBefore w:val='1'/>"), [("", "A", "B")]),
    "grid after": (row(A, properties="<w:gridAfter w:val='2'/>"), [("A", "", "")]),
    "row in a control": (control(row(A)), [("A",)]),
    "cell in a control": (row(A, control(B), C), [("A", "B", "C")]),
    "paragraph in a control": (
        row(cell(control(element("p", run("x"))), element("p"))),
        [("x\n",)],
    ),
    "run in a control": (row(cell(element("p", control(run("x"))))), [("x",)]),
    "span": (row(cell(element("p"), properties="<w:gridSpan w:val='2'/>"), B), [("", "", "B")]),
    "too wide": (
        row(cell(element("p"), properties="<w:gridSpan w:val='999999'/>")),
        [("",) * 63],
    ),
    "merged down": (
        row(cell("x", properties="<w:vMerge w:val='restart'/>"))
        + row(cell("y", properties="<w:vMerge/>")),
        [("x",), ("",)],
    ),
    "deleted row": (row(A, properties="<w:del/>") + row(B), [("B",)]),
    "revision": (
        row(cell(element("p", element("del", run("a")), element("ins", run("b"))))),
        [("b",)],
    ),
    "move": (
        row(
            cell(element("p", element("moveFrom", run("a")))),
            cell(element("p", element("moveTo", run("a")))),
        ),
        [("", "a")],
    ),
    "joined paragraphs": (row(cell(DELETED_END, element("p", run("b")))), [("ab",)]),
    "text box": (row(cell(element("p", element("r", "<w:t>a</w:t>", TEXT_BOX)))), [("a",)]),
    "nested table": (row(cell(element("tbl", row(A)), element("p"))), [("A\n",)]),
}


@pytest.mark.parametrize(("xml", "expected"), CASES.values(), ids=CASES)
def test_table_is_read_as_word_shows_it(xml: str, expected: list[tuple[str, ...]]) -> None:
    table = parse_xml(f"<w:tbl {nsdecls('w')}>{xml}</w:tbl>")
    assert [each.texts for each in read_rows(table, RunStyles("NoteMark"))] == expected


def test_raised_words_are_marks_of_notes() -> None:
    properties = "<w:vertAlign w:val='superscript'/>"
    raised = element("r", "<w:t>a, b</w:t>", properties=properties)
    styled = element("r", "<w:t>c</w:t>", properties="<w:rStyle w:val='NoteMark'/>")
    xml = row(cell(element("p", run("x"), raised, styled)))
    (only,) = read_rows(parse_xml(f"<w:tbl {nsdecls('w')}>{xml}</w:tbl>"), RunStyles("NoteMark"))
    assert [run.marks for run in only.cells[0].runs] == [(), ("a", "b"), ("c",)]
