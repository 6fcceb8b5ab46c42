"""HTML for a notebook: one element, without ids and scripts, in which hostile text is text."""

from __future__ import annotations

from typing import Any

from builders import HOSTILE
from lxml import html
from msgspec.structs import replace

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, rows
from npcompare.formats import html_fragment
from npcompare.text import visible

SMALL = Table(
    "Two laws",
    columns(id="Id", words="Words", sign="Sign"),
    (
        (
            cell("kenya", Tone.STRONG),
            Cell((Run("“shall not”", Tone.QUOTE, ("a",)), Run(" para. 1"))),
            replace(cell("✓"), words="yes"),
        ),
        (cell("egypt"), cell("broader", Tone.BROADER), cell("")),
    ),
    ("A remark.",),
    (("a", "First note."), ("b", "Second\nnote.")),
    headnote="What to know.",
)

TAGS = frozenset(
    [*"div style table caption strong br thead tbody tr th td p sup span".split()]  # noqa: SIM905
)

ARABIC = "لا يُعاقَب الضحية"


def write(*tables: Table, **changes: Any) -> str:
    return html_fragment.write(Document("T", tables, {}, tables[0], **changes))


def parsed(text: str) -> Any:
    return html.fragment_fromstring(text)


def without_spaces(text: str) -> str:
    return "".join(text.split())


def test_fragment_is_one_element() -> None:
    element = parsed(write(SMALL, imprint="npcompare 1"))
    assert (element.tag, element.get("class"), element.get("lang")) == ("div", "npcompare", "en")
    assert [child.tag for child in element] == ["style", "table", "p", "p", "p"]
    (table,) = element.findall("table")
    assert table.find("caption").text_content() == "Two lawsWhat to know."
    assert [head.text for head in table.findall("thead/tr/th")] == ["Id", "Words", "Sign"]
    assert [[part.tag for part in row] for row in table.findall("tbody/tr")] == [
        ["th", "td", "td"],
        ["th", "td", "td"],
    ]
    assert element.findall("p")[-1].text == "npcompare 1"


def test_words_and_signs_are_legible_without_style() -> None:
    text = write(SMALL)
    for part in (
        "<td>“shall not”<sup>a</sup> para. 1</td>",
        '<td title="yes">✓</td>',
        '<td><span class="broader">broader</span></td>',
        "<p><sup>a</sup> First note.<br><sup>b</sup> Second<br>note.</p>",
    ):
        assert part in text
    assert '<span lang="ar" dir="rtl">' in write(
        replace(SMALL, rows=((cell("x"), Cell((Run(ARABIC, Tone.QUOTE, (), "ar"),)), cell("")),))
    )


def test_several_fragments_can_be_in_one_page() -> None:
    tree = parsed(write(SMALL, SMALL))
    assert tree.xpath("//@id | //@href | //@onclick | //script | //link | //img") == []
    captions = [caption.findtext("strong") for caption in tree.iter("caption")]
    assert captions == ["Table 1. Two laws", "Table 2. Two laws"]


def test_group_rows_and_empty_tables_span_all_columns() -> None:
    group = (cell("States"), cell(""), cell(""))
    tree = html.fragment_fromstring(
        write(replace(SMALL, rows=(group, *SMALL.rows), group_rows=(0,)))
    )
    (head,) = tree.xpath("//th[@scope='rowgroup']")
    assert (head.text, head.get("colspan")) == ("States", "3")
    (none,) = parsed(write(replace(SMALL, rows=()))).xpath("//tbody/tr/td")
    assert (none.text, none.get("colspan")) == ("(none)", "3")


def test_hostile_text_is_text_in_every_place() -> None:
    for words in HOSTILE:
        table = Table(
            words,
            columns(a=words, b=words),
            rows([(words, words)]),
            (words,),
            (("a", words),),
            headnote=words,
        )
        tree = parsed(write(table, imprint=words))
        tags = {element.tag for element in tree.iter()}
        assert tags <= TAGS
        tree.remove(tree.find("style"))
        assert without_spaces(tree.text_content()).count(without_spaces(visible(words))) == 9
