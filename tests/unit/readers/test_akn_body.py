"""Numbers, names by ids, quotation marks and limits of the elements of Akoma Ntoso."""

from __future__ import annotations

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers import akn_body
from npcompare.readers.akn_body import AknBody
from npcompare.readers.akn_reader import read_akoma_ntoso
from npcompare.readers.paragraphs import DocumentText, LeftOut, LeftOutCounts


def read(body: str, declaration: str = "") -> DocumentText:
    content = f"{declaration}<akomaNtoso><act><body>{body}</body></act></akomaNtoso>"
    return read_akoma_ntoso(content.encode(), "act.akn", "accepted")


def rows(body: str) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in read(body).paragraphs]


def paths(body: str) -> list[tuple[tuple[str, ...], str]]:
    return [(entry.path, entry.text) for entry in read(body).paragraphs]


def lines(body: str) -> list[str]:
    return read(body).text.splitlines()


# --- Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>A vic<b>tim</b><br/>is\n\tnot<eol/>liable </p>", ["A victim is not liable"]),
        ("<p>a</p>b<block>c</block><p/>d", ["a", "b", "c", "d"]),
        ("<p>a</p>.<p>b</p>”;", ["a.", "b”;"]),
        ("<p>.</p><p>a</p>", [".", "a"]),
        ("<section><num>1</num><p>.</p></section>", ["1 ."]),
        ("<p>For <quotedText>may</quotedText> read</p>", ["For may read"]),
        ('<p>For <embeddedText startQuote="«" endQuote="»">a</embeddedText> b</p>', ["For «a» b"]),
    ],
)
def test_words_are_those_of_their_paragraph(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize("element", ["quotedStructure", "embeddedStructure"])
def test_marks_of_a_quoted_structure_are_read(element: str) -> None:
    body = f'<p>Insert</p><{element} startQuote="“" endQuote="”"><p>a</p><p>b</p></{element}><p>c'
    assert lines(f"{body}</p>") == ["Insert", "“a", "b”", "c"]


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        ("<section><num>1.</num><p>a</p></section>", ["“1. a”", "b"]),
        ("<section><num>1.</num></section>", ["“1. ”", "b"]),
        ("<num>1.</num>", ["“1. ”", "b"]),
        ("<quotedText startQuote='«' endQuote='»'>a</quotedText>", ["“«a»”", "b"]),
        ("", ["“b"]),
    ],
)
def test_marks_are_around_what_is_quoted(quoted: str, expected: list[str]) -> None:
    body = f'<quotedStructure startQuote="“" endQuote="”">{quoted}</quotedStructure><p>b</p>'
    assert lines(body) == expected


def test_quoted_structure_without_marks_is_read() -> None:
    assert lines("<quotedStructure><p>a</p></quotedStructure><p>b</p>") == ["a", "b"]


# --- Numbers and names ---------------------------------------------------------------------------


def test_depth_counts_the_numbers_around() -> None:
    body = (
        "<part><section><num>1</num><subsection><paragraph><num>(a)</num><p>a</p></paragraph>"
        "</subsection></section></part><section><num>2</num><p>b</p></section>"
    )
    assert rows(body) == [("1", 1, ""), ("(a)", 2, "a"), ("2", 1, "b")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<num>1</num><p>a</p><num>2</num><p>b</p>", [("1", 1, "a"), ("2", 1, "b")]),
        ("<section><num> \n </num><p>a</p></section>", [("", 0, "a")]),
        ("<section><num>Section\n 1</num><p>a</p></section>", [("Section 1", 1, "a")]),
        ("<section><num>1</num><num>2</num><p>a</p></section>", [("1", 1, ""), ("2", 1, "a")]),
        ("<section><num>1</num><ul><li>a</li><li>b</li></ul></section>",
         [("1", 1, ""), ("•", 2, "a"), ("•", 2, "b")]),
        ("<ul><li/><li>a</li></ul><p>b</p>", [("•", 1, "a"), ("", 0, "b")]),
        ("<ul><li>a</li><li/></ul><p>b</p>", [("•", 1, "a"), ("•", 1, "b")]),
        ("<section><num>1</num></section>", [("1", 1, "")]),
        ("<num>1</num>", [("1", 1, "")]),
        ("<ul><li>a</li></ul><section><num>1</num><p>b</p></section>",
         [("•", 1, "a"), ("1", 1, "b")]),
        ("<ul><li>• a</li><li>• b</li></ul>", [("•", 1, "• a"), ("•", 1, "• b")]),
    ],
)  # fmt: skip
def test_number_is_that_of_the_words_after_it(
    body: str, expected: list[tuple[str, int, str]]
) -> None:
    assert rows(body) == expected


@pytest.mark.parametrize(
    ("attribute", "name"),
    [
        ('eId="sec_12A"', "12a"),
        ('id="sec12A"', "12a"),
        ('eId="part_2__sec_12-bis"', "12-bis"),
        ('eId="sec_a"', "a"),
        ('eId="sec_12" id="sec_13"', "12"),
    ],
)
def test_id_names_what_has_no_number(attribute: str, name: str) -> None:
    body = f"<section {attribute}><heading>Victims</heading><p>a</p></section>"
    assert paths(body) == [((name,), "Victims"), ((), "a")]


def test_ids_name_all_that_is_around() -> None:
    body = (
        '<article eId="art_14"><paragraph eId="art_14__para_2"><p>a</p></paragraph><paragraph '
        'eId="art_14__para_3"><p>b</p></paragraph></article><chapter eId="chp_2"><p>c</p></chapter>'
    )
    assert paths(body) == [(("14", "2"), "a"), (("14", "3"), "b"), ((), "c")]


def test_id_names_a_number_that_is_only_a_sign() -> None:
    body = (
        '<part><section eId="sec_12"><num>12</num><paragraph eId="sec_12__para_a"><num>–</num>'
        "<p>a</p></paragraph></section></part><num>–</num><p>b</p>"
    )
    assert paths(body)[:2] == [(("12",), ""), (("12", "a"), "a")]
    assert rows(body)[2] == ("–", 1, "b")


def test_paragraph_in_a_heading_is_a_heading() -> None:
    body = "<heading><p>a</p></heading><p>b</p><crossHeading>c</crossHeading><p>d</p>"
    assert [entry.is_heading for entry in read(body).paragraphs] == [True, False, True, False]


def test_heading_with_the_number_names_its_article() -> None:
    body = (
        '<article eId="art_5"><heading>Article 5</heading><paragraph><num>1</num><p>a</p>'
        "</paragraph></article>"
    )
    assert paths(body) == [(("5",), "Article 5"), (("5", "1"), "a")]


# --- Tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["td", "th"])
def test_number_in_a_cell_is_that_of_its_row(cell: str) -> None:
    row = f"<tr><{cell}><p>12</p></{cell}><{cell}><p>Words</p></{cell}></tr>"
    assert rows(f"<table>{row}</table>") == [("12", 1, "Words")]


def test_number_in_a_row_alone_is_not_joined() -> None:
    row = "<tr><td><p>{}</p></td></tr>".format
    table = f"<table>{row('12')}{row('Words')}{row('13')}</table>"
    assert rows(f"{table}<p>After</p>") == [
        *(("12", 1, ""), ("", 1, "Words"), ("13", 1, ""), ("", 0, "After")),
    ]


# --- What is left out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<authorialNote><p>See sec<b>tion</b> 2.</p><p>And 3.</p></authorialNote>",
         ("footnote", "See section 2. And 3.")),
        ("<note><p>n <note>o</note></p></note>", ("note", "n o")),
        ("<img src='a.png'/>", ("picture", "a.png")),
        ("<img alt='Arms' src='a.png'/>", ("picture", "Arms")),
        ("<img/>", ("picture", "without a description")),
        ("<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math>", ("formula", "x")),
        ("<foreign>x</foreign>", ("formula", "x")),
        ("<del>gone</del>", ("deleted text", "gone")),
    ],
)  # fmt: skip
def test_what_is_left_out_is_counted(element: str, expected: tuple[str, str]) -> None:
    document = read(f"<p>a{element}b</p>")
    assert document.text == "ab"
    assert document.left_out == (LeftOut(expected[0], 1, expected[1]),)


# --- Limits ------------------------------------------------------------------------------------


def started(*tags: str) -> AknBody:
    body = AknBody("act.akn", LeftOutCounts(), accepts=True)
    for tag in tags:
        body.start(tag, {})
    return body


def test_events_are_counted() -> None:
    body = started()
    assert body.events == 0
    body.start("body", {})
    body.start("p", {})
    body.data("a")
    body.comment("why")
    body.end("p")
    assert body.events == 5
    assert [line.text for line in body.close()] == ["a"]


def test_elements_may_be_as_deep_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(akn_body, "_DEEPEST", 2)
    started("body", "p").end("p")
    with pytest.raises(NpcompareError) as raised:
        started("body", "p", "b")
    assert raised.value.message == "act.akn was not read: it is nested too deeply"


def test_elements_may_be_as_many_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(akn_body, "_MOST_ELEMENTS", 2)
    started("body", "p")
    with pytest.raises(NpcompareError) as raised:
        started("body", "p", "b")
    assert raised.value.message == (
        "act.akn was not read: it has more than 2 elements or 100,000 paragraphs"
    )
    assert raised.value.hint == "save the part that you need in a file of its own"


def test_paragraphs_may_be_as_many_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(akn_body, "_MOST_LINES", 2)
    assert lines("<p>a</p><p>b</p><p/>") == ["a", "b"]
    with pytest.raises(NpcompareError, match="or 2 paragraphs"):
        read("<p>a</p><p>b</p><p>c</p><p/>")


def test_document_type_is_refused() -> None:
    with pytest.raises(NpcompareError) as raised:
        read("", '<!DOCTYPE akomaNtoso SYSTEM "akn.dtd">')
    assert raised.value.message == (
        "act.akn was not read: it declares a document type, which could hide other files in it"
    )
