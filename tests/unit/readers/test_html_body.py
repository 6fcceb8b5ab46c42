"""Labels, breaks, cells and lists of HTML pages, as they become paragraphs and depths."""

from __future__ import annotations

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers import html_body
from npcompare.readers.html_body import is_label
from npcompare.readers.html_reader import read_html
from npcompare.readers.paragraphs import DocumentText, LeftOut


def page(body: str, head: str = "") -> DocumentText:
    content = f"<!DOCTYPE html><meta charset=utf-8>{head}<body>{body}</body>".encode()
    return read_html(content, "law.html", "accepted")


def lines(body: str) -> list[str]:
    return page(body).text.splitlines()


def depths(body: str) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in page(body).paragraphs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 26", True),
        ("(1) (a)", True),
        ("(1) a", False),
        ("•", False),
        ("", False),
        ("Article  1" + ".1" * 15, True),
        ("Article   1" + ".1" * 15, False),
    ],
)
def test_label_is_short_and_nothing_else(text: str, expected: bool) -> None:
    assert is_label(text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div><p>12. (1)</p><p>Words</p></div>", ["12. (1) Words"]),
        ("<div><p>(a) (i)</p><p>Words</p></div>", ["(a) (i) Words"]),
        ("<div><p>a)</p><p>Words</p></div>", ["a) Words"]),
        ("<div><p>Article 12</p><p>Words</p></div>", ["Article 12", "Words"]),
        ("<div><div>(1)</div></div><div><div>(2)</div><div>Words</div></div>",
         ["(1)", "(2) Words"]),
        ("<p>\n<b>12</b>Words", ["12 Words"]),
        ("<p>\n<b>12</b>months", ["12months"]),
        ("<p><b>Recommendation 1234.12</b>Words", ["Recommendation 1234.12 Words"]),
        ("<p><b>(1) a</b>b", ["(1) ab"]),
        ("<p><b>•</b>a", ["•a"]),
        ("<p>" + "1 " * 50 + "<b>vic</b>tims", ["1 " * 50 + "victims"]),
        ("<p>12.<br>Words", ["12. Words"]),
        ("<p>a<br> (2) b", ["a", "(2) b"]),
        ("<p><br>a<br>b<br><br>c", ["a b", "c"]),
    ],
)  # fmt: skip
def test_label_is_joined_with_its_words_alone(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize("cell", ["td", "th"])
def test_number_in_a_cell_is_that_of_its_row(cell: str) -> None:
    row = f"<tr><{cell}>12</{cell}><{cell}>Words</{cell}></tr>"
    assert depths(f"<table>{row}</table>") == [("12", 1, "Words")]


def test_number_in_a_row_alone_is_not_joined() -> None:
    table = "<table><tr><td>12</td></tr></table>"
    assert lines(f"{table}<p>Words") == ["12", "Words"]
    assert lines("<table><tr><td>12<tr><td>Words</table>") == ["12", "Words"]


def test_paragraph_after_a_table_is_outside_it() -> None:
    table = "<table><tr><td>a<td>b</table>"
    assert depths(f"{table}<p>c<table><tr><td>{table}</table><p>d") == [
        *(("", 1, "a"), ("", 1, "b"), ("", 0, "c")),
        *(("", 1, "a"), ("", 1, "b"), ("", 0, "d")),
    ]


def test_lists_are_nested_by_their_places_and_looks() -> None:
    body = (
        "<ol><li>one<ol><li>two</ol></ol><p>and<ol><li>three</ol><p>and"
        "<ol type=a><li>four<li></ol><p>end"
    )
    assert depths(body) == [
        ("1.", 1, "one"),
        ("1.", 2, "two"),
        ("", 0, "and"),
        ("1.", 1, "three"),
        ("", 0, "and"),
        ("a.", 2, "four"),
        ("b.", 2, ""),
        ("", 0, "end"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<pre>a\n\nb</pre><p>c\n\nd", ["a", "b", "c d"]),
        ("<pre><p>a\n\nb</p></pre>", ["a", "b"]),
        ("<ol><li><pre>\n\n\nWords</pre></ol>", ["1. Words"]),
    ],
)
def test_only_preformatted_lines_are_kept(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_paragraph_in_a_heading_is_a_heading() -> None:
    body = "<h2><div>Part I</div></h2><p>Words"
    assert [entry.is_heading for entry in page(body).paragraphs] == [True, False]


def test_text_before_the_main_part_is_counted() -> None:
    body = "<hr><div>Menu<main><p>A victim is not punished.</main></div><div></div><div>End</div>"
    document = page(body, "<title>Act</title><style>p {}</style>")
    assert document.text == "A victim is not punished."
    assert document.left_out == (
        LeftOut("style sheet", 1, "p {}"),
        LeftOut("text outside the main part", 2, "Menu"),
    )


def test_page_may_have_as_many_paragraphs_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_body, "_MOST_LINES", 2)
    assert lines("<p>a<p>b") == ["a", "b"]
    with pytest.raises(NpcompareError) as raised:
        page("<p>a<p>b<p>c")
    assert raised.value.message == "law.html was not read: it has more than 2 paragraphs"
