"""Text in Word: the direction of each line, East Asian quotations, and lines of a new note."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import nsmap, qn
from lxml import etree
from word_files import opened, small_annex

from npcompare.document import Cell, Run, Tone, cell
from npcompare.formats.word_xml import append_block, discard, element, run_of


def paragraphs(*runs: Run) -> list[Any]:
    """Return the paragraphs that a cell with some runs is written as."""
    (table,) = opened(small_annex((cell("x"), Cell(runs)))).tables
    return list(table.rows[1].cells[1].paragraphs)


def directions(*runs: Run) -> list[tuple[str, bool]]:
    """Return the text of each line of a cell, and whether it runs from right to left."""
    return [(line.text, line._p.pPr.find(qn("w:bidi")) is not None) for line in paragraphs(*runs)]


def test_each_line_runs_as_its_own_words_do() -> None:
    assert directions(Run("لا\nno\nنعم")) == [("لا", True), ("no", False), ("نعم", True)]


def test_line_runs_as_its_first_words_do() -> None:
    assert directions(Run("لا", Tone.STRONG), Run(" no")) == [("لا no", True)]
    assert directions(Run("no", Tone.STRONG), Run(" لا")) == [("no لا", False)]


@pytest.mark.parametrize(
    ("language", "style", "tag"),
    [
        ("zh", "Law text upright", {"eastAsia": "zh-CN"}),
        ("zh-Hant-TW", "Law text upright", {"eastAsia": "zh-Hant-TW"}),
        ("ZH-TW", "Law text upright", {"eastAsia": "ZH-TW"}),
        ("ja", "Law text upright", {"eastAsia": "ja-JP"}),
        ("ko", "Law text upright", {"eastAsia": "ko-KR"}),
        ("en", "Law text", {"val": "en-GB"}),
        ("mn-Mong-CN", "Law text", {"val": "mn-Mong-CN"}),
    ],
)
def test_east_asian_quotation_is_upright(language: str, style: str, tag: dict[str, str]) -> None:
    (line,) = paragraphs(Run("“act”", Tone.QUOTE, (), language))
    (run,) = line.runs
    assert run.style.name == style
    named = run._r.rPr.find(qn("w:lang")).attrib
    assert {key.rpartition("}")[2]: value for key, value in named.items()} == tag
    fonts = run._r.rPr.find(qn("w:rFonts"))
    hint = None if fonts is None else fonts.get(qn("w:hint"))
    assert hint == ("eastAsia" if "eastAsia" in tag else None)


def test_tab_of_a_line_of_a_new_note_is_new() -> None:
    letter = Run("", marks=("a",), revision=Tone.INSERTED)
    note = Cell((letter, Run("One.\nTwo.", revision=Tone.INSERTED)))
    body = opened(small_annex((cell("x"), cell("y")), revised_notes=(note,))).element.body
    texts = [
        "".join(run.xpath("string(w:t)") or "\t" for run in inserted.iter(qn("w:r")))
        for inserted in body.iter(qn("w:ins"))
        if inserted.getparent().tag == qn("w:p")
    ]
    assert texts == ["a", "\t", "One.", "\t", "Two."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a b", ["a b"]),
        (" a", ["[ a]"]),
        ("a ", ["[a ]"]),
        ("a\tb\n\nc\r d", ["a", "tab", "b", "br", "br", "c", "br", "[ d]"]),
        ("", []),
    ],
)
def test_space_at_the_ends_of_a_text_is_kept(text: str, parts: list[str]) -> None:
    """Word removes it, unless the element says that it is to be preserved: here in brackets."""
    run = run_of(text)
    contents = []
    for part in run:
        space = part.get("{http://www.w3.org/XML/1998/namespace}space")
        words = part.text or part.tag.rpartition("}")[2]
        contents.append(f"[{words}]" if space == "preserve" else words)
    assert contents == parts
    assert "".join(map(str, run)) == text.replace("\r", "\n")


def test_properties_of_a_run_are_before_its_text() -> None:
    run = run_of("a", [element("w:b"), element("w:lang", val="fr")])
    assert [part.tag for part in run] == [qn("w:rPr"), qn("w:t")]
    assert [part.tag for part in run.rPr] == [qn("w:b"), qn("w:lang")]
    assert run.rPr[1].attrib == {qn("w:val"): "fr"}


def test_element_has_the_prefix_of_word() -> None:
    xml = etree.tostring(element("w:lang", val="fr")).decode()
    assert xml == f'<w:lang xmlns:w="{nsmap["w"]}" w:val="fr"/>'


def test_block_is_added_before_the_page_setup() -> None:
    body = element("w:body")
    first, setup, table = element("w:p"), element("w:sectPr"), element("w:tbl")
    append_block(body, first)
    assert list(body) == [first]
    body.append(setup)
    append_block(body, table)
    assert list(body) == [first, table, setup]


def test_discarded_blocks_are_gone_with_their_content() -> None:
    body, paragraph, removed = element("w:body"), element("w:p"), element("w:tbl")
    removed.append(element("w:tr"))
    body.extend((removed, paragraph))
    discard(body, [removed])
    assert (list(body), list(removed)) == ([paragraph], [])
