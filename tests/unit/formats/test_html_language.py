"""Pages in six languages: tags, directions, and words in another direction."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.formats.html_page import write

#: A label with a Latin name, one that has no Arabic letter, and quotations in both directions.
ROW = (
    cell("كينيا (Kenya)", Tone.STRONG),
    cell("legislation.gov.uk, section 45 (1)."),
    Cell((Run("“shall not.”", Tone.QUOTE, ("a",), "en"),)),
    Cell((Run("لا يعاقب", Tone.QUOTE, ("a",), "ar"),)),
)


def page(language: str, *rows: tuple[Cell, ...]) -> Any:
    table = Table("T", columns(a="A", b="B", c="C", d="D"), rows or (ROW,), notes=(("a", "n"),))
    document = Document("D", (table,), {}, table, language=language)
    return html.fromstring("".join(write(document)).encode())


def body_cells(language: str, *rows: tuple[Cell, ...]) -> list[str]:
    """Return the contents of the cells of the first row."""
    cells = page(language, *rows).xpath("//tbody/tr[1]/*")
    return [
        (each.text or "") + "".join(html.tostring(child, encoding="unicode") for child in each)
        for each in cells
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "zh"])
def test_page_has_its_language(language: str) -> None:
    assert dict(page(language).attrib) == {"lang": language}


def test_arabic_page_runs_from_the_right() -> None:
    assert dict(page("ar").attrib) == {"lang": "ar", "dir": "rtl"}


def test_words_against_the_page_are_isolated() -> None:
    label, source, english, arabic = body_cells("ar")
    assert label == '<strong>كينيا <bdi dir="ltr">(Kenya)</bdi></strong>'
    assert source == '<bdi dir="ltr">legislation.gov.uk, section 45 (1).</bdi>'
    assert english.startswith('<q lang="en" dir="ltr" class="alone">“shall not.”<sup>')
    assert english.endswith("</sup></q>")
    assert arabic.startswith('<q lang="ar" dir="rtl">لا يعاقب</q><sup>')


def test_arabic_words_in_an_english_page_are_marked() -> None:
    label, source, english, arabic = body_cells("en")
    assert label == '<strong dir="rtl">كينيا (Kenya)</strong>'
    assert source == "legislation.gov.uk, section 45 (1)."
    assert english.startswith('<q lang="en" dir="ltr">“shall not.”</q><sup>')
    assert arabic.startswith('<q lang="ar" dir="rtl" class="alone">لا يعاقب<sup>')


def test_quotation_among_other_words_is_on_their_line() -> None:
    quotation = Run("“shall not”", Tone.QUOTE, (), "en")
    alone = Cell((Run("لا عقوبة\n"), quotation, Run("\n(الفقرة 8)")))
    among = Cell((Run("لا عقوبة\n"), quotation, Run(" (الفقرة 8)")))
    element = '<q lang="en" dir="ltr"{}>“shall not”</q>'
    first, second, *_ = body_cells("ar", (alone, among, *ROW[2:]))
    assert first == "لا عقوبة<br>" + element.format(' class="alone"') + "<br>(الفقرة 8)"
    assert second == "لا عقوبة<br>" + element.format("") + " (الفقرة 8)"


def test_mark_of_a_chinese_word_is_on_its_line() -> None:
    row = (cell("基础", marks=("a",)), cell("base", marks=("a",)), *ROW[2:])
    chinese, english, *_ = body_cells("zh", row)
    assert chinese.startswith("基础\u2060<sup>")
    assert english.startswith("base<sup>")


def test_hostile_directions_cannot_leave_their_cell() -> None:
    (first, *_), text = (
        body_cells("ar", (cell("abc\u202e\u2067 x"), *ROW[1:])),
        "abc&lt;U+202E&gt;&lt;U+2067&gt; x",
    )
    assert first == f'<bdi dir="ltr">{text}</bdi>'


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_pages_are_the_same_twice(language: str) -> None:
    assert html.tostring(page(language)) == html.tostring(page(language))
