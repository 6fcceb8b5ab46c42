"""HTML pages: their main part, numbers, revisions, encodings, and what is left out."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.readers.html_body import HtmlBody
from npcompare.readers.html_reader import read_html
from npcompare.readers.paragraphs import LeftOutCounts

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText


def page(body: str, revisions: str = "accepted") -> DocumentText:
    content = f"<!DOCTYPE html><meta charset=utf-8><body>{body}</body>".encode()
    return read_html(content, "law.html", revisions)


def lines(body: str, revisions: str = "accepted") -> list[str]:
    return page(body, revisions).text.splitlines()


def left_out(document: DocumentText) -> dict[str, tuple[int, str]]:
    return {entry.kind: (entry.count, entry.example) for entry in document.left_out}


RULE = "A victim of trafficking is not liable for an offence that a trafficker compelled."


# --- Paragraphs and numbers --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a<p>b<div>c<div>d</div>e</div>f", ["a", "b", "c", "d", "e", "f"]),
        ("<p>a <b>b</b><i>c</i>\n\n d&nbsp;e&#8217;s&hellip;", ["a bc d\u00a0e’s…"]),
        ("<p>traf&shy;ficking\u200b, non\u2011cash<wbr>less", ["trafficking, non-cashless"]),
        ("<p>&nbsp;<p>\u00a0 a &nbsp; b", ["a b"]),
        ("<p>a<br>b<br><br>c<br>(2) d", ["a b", "c", "(2) d"]),
        ("<p><q>a</q><p>b<hr>c", ["“a”", "b", "c"]),
        ("<span style='display:block'>a</span><div style='display: inline'>b</div>c", ["a", "bc"]),
        ("<pre>12. In this Act\n\n  (a) b\n  (b) c\n</pre>", ["12. In this Act", "(a) b", "(b) c"]),
        ("<details><summary>a</summary>b</details>", ["a", "b"]),
        ("<p>a&#1;b\x02c&#x92;s", ["abc’s"]),
    ],
)
def test_paragraphs_are_those_of_the_page(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p><span>(1)</span><span>A victim", "(1) A victim"),
        ("<p><b>12</b>Non-punishment", "12 Non-punishment"),
        ("<p><span class='LegP1No'>45</span> defence", "45 defence"),
        ("<h3><a name=s1></a><b>12.</b>Title</h3>", "12. Title"),
        ("<p><b>12</b>&nbsp; Words", "12 Words"),
        ("<p><b>Section 12.</b>Words", "Section 12. Words"),
        ("<p><span>(a)</span>the court", "(a) the court"),
        ("<div><div>(1)</div><div>Words</div></div>", "(1) Words"),
        ("<div><p>1.</p><p>Words</p></div>", "1. Words"),
        ("<div><div class=num>45</div><div>Words</div></div>", "45 Words"),
        ("<dl><dt>(a)<dd>Words</dl>", "(a) Words"),
        ("<table><tr><td>12.<td>Words</table>", "12. Words"),
        ("<table><tr><td><p>12.</p><td><div>Words</div></table>", "12. Words"),
    ],
)
def test_label_in_an_element_of_its_own_is_one(body: str, expected: str) -> None:
    (paragraph,) = page(body).paragraphs
    assert (paragraph.line, paragraph.depth) == (expected, 1)
    assert paragraph.text == expected.removeprefix(paragraph.label).strip() != expected


@pytest.mark.parametrize(
    "body",
    [
        "<p><b>12</b> months",
        "<p><span>1</span><sup>st</sup> offence",
        "<p><b>12</b>, and 13",
        "<p>within <b>12</b>Days",
    ],
)
def test_number_in_bold_type_is_no_label(body: str) -> None:
    assert [paragraph.label for paragraph in page(body).paragraphs] == [""]


def test_headings_and_pages_numbers_stay_alone() -> None:
    body = "<h2>Article 26</h2><p>Non-punishment</p><p>12</p><p>Words</p><div>(1)</div>"
    assert lines(f"<div>{body}</div><p>Words") == [
        *("Article 26", "Non-punishment", "12", "Words", "(1)", "Words"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=12><li>a<li value=20>b<li>c</ol>", ["12. a", "20. b", "21. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ol reversed start=9 type=i><li>a<li>b</ol>", ["ix. a", "viii. b"]),
        ("<ol type=a start=26><li>a<li>b</ol>", ["z. a", "aa. b"]),
        ("<ol type=A><li>a<li type=I>b<li>c</ol>", ["A. a", "II. b", "C. c"]),
        ("<ol type=a start=0><li>a</ol>", ["0. a"]),
        ("<ol start=-1 style='list-style-type:decimal-leading-zero'><li>a<li>b<li>c",
         ["-1. a", "00. b", "01. c"]),
        ("<ol start=4000 type=I><li>a</ol>", ["4000. a"]),
        ("<ol style='list-style: lower-greek inside'><li>a<li>b</ol>", ["\u03b1. a", "\u03b2. b"]),
        ("<ol style='list-style-type: thai !important'><li>a</ol>", ["๑. a"]),
        ("<ol style='list-style-type:hebrew' start=15><li>a</ol>", ["\u05d8\u05d5. a"]),
        ("<ol><li style='list-style-type:upper-roman'>a</ol>", ["I. a"]),
        ("<ol style='list-style:none'><li>a</ol>", ["a"]),
        ("<ul style='list-style-type: \"– \"'><li>a</ul>", ["– a"]),
        ("<ul><li>a<ul><li>b<ul><li>c</ul></ul></ul>", ["• a", "◦ b", "▪ c"]),
        ("<ul type=square><li>a</ul><li>b", ["▪ a", "• b"]),
        ("<ol><li><ol type=a><li>a<li>b</ol><li>c</ol>", ["1.", "a. a", "b. b", "2. c"]),
        ("<ol><li><p>a</p><p>b</p><li><img alt=''><li>c</ol>", ["1. a", "b", "2.", "3. c"]),
        ("<ol><li>a<li hidden>b<li style='display:none'>c<li>d</ol>", ["1. a", "2. d"]),
        ("<ol><div><li>a</div><div><li>b</div></ol>", ["1. a", "2. b"]),
        ("<ul><li>(a) a<li><span>(b)</span>b</ul>", ["(a) a", "(b) b"]),
        ("<ol><li>(1) a<li>(2) b<ol><li>c</ol></ol>", ["(1) a", "(2) b", "1. c"]),
    ],
)  # fmt: skip
def test_lists_have_the_labels_of_a_browser(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_unknown_format_of_numbers_is_said() -> None:
    document = page("<ol style='list-style-type:dozenal'><li>a</ol>")
    assert document.text == "1. a"
    assert document.notes == (
        "law.html: the numbers of a list are in the format dozenal, shown here as 1, 2, 3",
    )


def test_depths_follow_lists_and_typed_labels() -> None:
    body = (
        "<h2>Part I</h2><p>12. <b>Victims</b><p>(1) Rule<ol type=a><li>a<ol type=i><li>b</ol>"
        "<li>c</ol><p>(2) Rule<table><tr><td>x<td>y</table>"
    )
    rows = [(entry.label, entry.depth, entry.path) for entry in page(body).paragraphs]
    assert rows == [
        ("Part I", 1, ("i",)),
        ("12.", 2, ("i", "12")),
        ("(1)", 3, ("i", "12", "1")),
        ("a.", 4, ("i", "12", "1", "a")),
        ("i.", 5, ("i", "12", "1", "a", "i")),
        ("b.", 4, ("i", "12", "1", "b")),
        ("(2)", 3, ("i", "12", "2")),
        ("", 1, ()),
        ("", 1, ()),
    ]
    assert [entry.is_heading for entry in page(body).paragraphs][:2] == [True, False]


def test_layout_tables_add_no_depth() -> None:
    inner = "<table><tr><td>a<td>b</table>"
    body = f"<table><tr><td>menu<td>c{inner}</table><table role=presentation><tr><td>d<td>e</table>"
    rows = [(entry.depth, entry.text) for entry in page(body).paragraphs]
    assert rows == [(0, "menu"), (0, "c"), (1, "a"), (1, "b"), (0, "d"), (0, "e")]


# --- Revisions ---------------------------------------------------------------------------------


def test_revisions_are_accepted_or_rejected() -> None:
    body = "<p>A victim <del>may</del><s>could</s><ins>shall</ins> not be punished."
    document = page(body)
    assert document.text == "A victim shall not be punished."
    assert left_out(document) == {"deleted text": (2, "may")}
    document = page(body, "rejected")
    assert document.text == "A victim maycould not be punished."
    assert left_out(document) == {"inserted text": (1, "shall")}


def test_item_without_words_left_has_no_number() -> None:
    body = "<ol><li>a<li><del>b</del><li><ins>c</ins><li><del>d</del> e</ol>"
    assert lines(body) == ["1. a", "2. c", "3. e"]
    assert lines(body, "rejected") == ["1. a", "2. b", "3. d e"]


# --- What is left out --------------------------------------------------------------------------


def test_what_is_beside_the_text_is_counted() -> None:
    body = (
        "<!-- why --><script>let a = 1;</script><style>p {}</style><div class='cookie-bar'>We use "
        "cookies.</div><header>Gazette</header><nav>Home</nav><aside>Related</aside>"
        f"<p>{RULE}<img src=a.png alt='Arms'><svg><title>x</title></svg></p><p hidden>secret</p>"
        "<p style='display:none'>b</p><span aria-hidden=true>c</span><form>Search <input name=q> "
        "<button>Go</button></form><noscript>Scripts are off</noscript><iframe src=x.html></iframe>"
        "<div class='breadcrumb'>Home / Acts</div><footer>Copyright</footer>"
    )
    document = page(body)
    assert document.text == RULE
    assert left_out(document) == {
        "comment": (1, "why"),
        "script": (1, "let a = 1;"),
        "style sheet": (1, "p {}"),
        "cookie notice": (1, "We use cookies."),
        "header": (1, "Gazette"),
        "navigation": (2, "Home"),
        "sidebar": (1, "Related"),
        "picture": (2, "Arms"),
        "hidden text": (3, "secret"),
        "form": (1, "Search Go"),
        "text without scripts": (1, "Scripts are off"),
        "embedded object": (1, "x.html"),
        "footer": (1, "Copyright"),
    }


@pytest.mark.parametrize(
    "body",
    [
        "<div>Menu</div><main>{}</main><div>More</div>",
        "<div>Menu</div><div><p>News</p><div role=main>{}</div> loose </div>",
        "<p>Menu</p><article>{}</article><p>More</p>",
    ],
)
def test_main_part_is_read_alone(body: str) -> None:
    document = page(body.format(f"<header><h1>12. Victims</h1></header><p>{RULE}"))
    assert document.text == f"12. Victims\n{RULE}"
    assert set(left_out(document)) == {"text outside the main part"}


def test_frame_around_all_words_is_read() -> None:
    body = f"<form id=aspnetForm><div id=sidebar><p>{RULE}</p></div><input name=x></form>"
    document = page(body)
    assert document.text == RULE
    assert left_out(document) == {"form field": (1, "x")}


def test_small_article_is_not_the_main_part() -> None:
    assert lines(f"<article>News</article><p>{RULE}") == ["News", RULE]


def test_table_of_contents_is_left_out() -> None:
    body = "<ul><li><a href='#s1'>12. Victims</a><li><a href='#s2'>13. Courts</a></ul>"
    document = page(f"{body}<h2 id=s1>12. Victims</h2><p>{RULE}<a href='#s2'>13</a>")
    assert document.paragraphs[0].line == "12. Victims"
    assert left_out(document) == {"table of contents": (1, "12. Victims 13. Courts")}


@pytest.mark.parametrize(
    "reference",
    [
        "<sup><a href='#f1'>1</a></sup>",
        "<a href='#f1'><sup>1</sup></a>",
        "<sup>[<a href='#f1'>1</a>]</sup>",
        "<a href='#f1' role='doc-noteref'>1</a>",
        "<a href='#f1' class='footnoteRef'>1</a>",
    ],
)
@pytest.mark.parametrize(
    "note",
    [
        "<p id=f1><sup><a href='#r1'>1</a></sup> See the Act.</p>",
        "<p><a name=f1></a>1 See the Act.</p>",
        "<ol><li id=f1>See the Act.</li></ol>",
    ],
)
def test_footnotes_and_references_are_left_out(reference: str, note: str) -> None:
    document = page(f"<p>{RULE[:-1]}{reference}.</p>{note}")
    assert document.text == RULE
    assert {kind: count for kind, (count, _) in left_out(document).items()} == {
        "footnote reference": 1,
        "footnote": 1,
    }
    assert left_out(document)["footnote"][1].endswith("See the Act.")


def test_superscript_without_a_link_is_text() -> None:
    assert lines("<p>the 1<sup>st</sup> offence") == ["the 1st offence"]


# --- Encodings ---------------------------------------------------------------------------------

TEXT = "<p>La victime n’est pas punie."
READ = "La victime n’est pas punie."
META = "<meta charset='{}'>"
HTTP_EQUIV = "<meta http-equiv=Content-Type content='text/html; charset={}'>"


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-8"),
        (META.format("utf-8"), "utf-8"),
        (META.format("iso-8859-1"), "cp1252"),
        (HTTP_EQUIV.format("windows-1252"), "cp1252"),
        (META.format("utf-16"), "utf-8"),
        ("<?xml version='1.0' encoding='latin1'?><html>", "cp1252"),
        (META.format("GB2312"), "gb18030"),
        (META.format("nonsense"), "utf-8"),
        (META.format("rot13"), "utf-8"),
    ],
)
def test_encoding_is_found_as_in_browsers(declaration: str, encoding: str) -> None:
    content = f"{declaration}{TEXT}".encode(encoding)
    document = read_html(content, "a.html", "accepted")
    assert (document.text, document.notes) == (READ, ())


def test_concluded_encoding_is_said() -> None:
    document = read_html(f"<html>{TEXT}".encode("cp1252"), "a.html", "accepted")
    assert (document.text, document.notes) == (
        READ,
        ("a.html is not in UTF-8 and declares no encoding; it was read as Windows-1252",),
    )


def test_characters_outside_the_encoding_are_said() -> None:
    content = META.format("utf-8").encode() + TEXT.encode("cp1252")
    document = read_html(content, "a.html", "accepted")
    assert document.text == READ.replace("’", "\ufffd")
    assert document.notes == (
        "a.html: some characters are not in the encoding UTF-8 and are shown as \ufffd",
    )
    content = META.format("utf-8").encode() + "<p>\ufffd".encode()
    assert read_html(content, "a.html", "accepted").notes == ()


@pytest.mark.parametrize(
    "start", ["<title>x</title><main>", "<nav>x</nav><main>", "<html><head><section>", "<main>"]
)
def test_page_without_a_body_is_read(start: str) -> None:
    content = f"<!doctype html><meta charset=utf-8>{start}<p>{RULE}".encode()
    assert read_html(content, "a.html", "accepted").text == RULE


# --- No words are lost -------------------------------------------------------------------------

#: How an element is opened and closed; what is in it is read, or passages.
ELEMENTS = [
    *("p", "div", "span", "b", "ul", "ol", "li", "table", "tr", "td", "section", "h2", "pre"),
    *("a href='#x'", "sup", "del", "ins", "nav", "main", "article", "form", "div hidden", "dl"),
    *("dt", "header", "div id=sidebar", "div class=cookies", "button", "blockquote", "center"),
]
TREES = st.recursive(
    st.just("word"),
    lambda parts: st.tuples(st.sampled_from(ELEMENTS), st.lists(parts, max_size=4)),
    max_leaves=25,
)


@given(tree=TREES, revisions=st.sampled_from(["accepted", "rejected"]))
def test_every_word_is_read_once_or_counted(tree: object, revisions: str) -> None:
    count = 0

    def write(part: object) -> str:
        nonlocal count
        if isinstance(part, tuple):
            name, parts = part
            return f"<{name}>{' '.join(map(write, parts))}</{name.split()[0]}>"
        count += 1
        return f"w{count}w"

    passages: list[str] = []
    add = LeftOutCounts.add

    def recorded(self: LeftOutCounts, kind: str, text: str) -> None:
        passages.append(text)
        add(self, kind, text)

    with patch.object(LeftOutCounts, "add", recorded):
        document = page(f"<p>{RULE}</p>{write(tree)}", revisions)
    words = re.findall(r"w\d+w", f"{document.text} {' '.join(passages)}")
    assert Counter(words) == Counter(f"w{number}w" for number in range(1, count + 1))


@pytest.mark.further
def test_many_line_breaks_take_no_more_than_their_length() -> None:
    start = time.process_time()
    body = HtmlBody("page.html", LeftOutCounts(), accepts=True)
    (paragraph,) = body._paragraphs("word of it\n " * 150_000)
    assert paragraph.count("word") == 150_000
    assert time.process_time() - start < 4
