"""Akoma Ntoso: numbers, names by ids, quoted structures, revisions, and what is left out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers.akn_reader import read_akoma_ntoso
from npcompare.readers.document_kinds import read_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from npcompare.readers.paragraphs import DocumentText

VERSION_3 = ' xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
VERSION_2 = ' xmlns="http://www.akomantoso.org/2.0"'


def act(body: str, namespace: str = VERSION_3) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><akomaNtoso{namespace}><act><meta><identification>'
        f"<FRBRalias value='lost'/></identification></meta><body>{body}</body></act></akomaNtoso>"
    ).encode()


def read(body: str, revisions: str = "accepted") -> DocumentText:
    return read_akoma_ntoso(act(body), "act.akn", revisions)


def rows(document: DocumentText) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in document.paragraphs]


def left_out(document: DocumentText) -> dict[str, tuple[int, str]]:
    return {entry.kind: (entry.count, entry.example) for entry in document.left_out}


SECTION = """<section eId="sec_12"><num>12.</num><heading>Non-punishment</heading>
<subsection eId="sec_12__subsec_1"><num>(1)</num><intro><p>A victim is not liable for—</p></intro>
<paragraph eId="sec_12__subsec_1__para_a"><num>(a)</num><content><p>theft;</p></content></paragraph>
<paragraph eId="sec_12__subsec_1__para_b"><num>(b)</num><content><blockList>
<listIntroduction>other offences:</listIntroduction><item><num>(i)</num><p>fraud;</p></item>
<item><num>(ii)</num><p>use of a <term>document</term>.</p></item></blockList></content></paragraph>
</subsection><subsection><num>(2)</num><content><p>The court decides.</p></content></subsection>
</section>"""


def test_numbers_and_depths_are_those_of_the_elements() -> None:
    part = f"<part><num>Part II</num><heading>Victims</heading>{SECTION}</part>"
    assert rows(read(part)) == [
        ("Part II", 1, "Victims"),
        ("12.", 2, "Non-punishment"),
        ("(1)", 3, "A victim is not liable for—"),
        ("(a)", 4, "theft;"),
        ("(b)", 4, "other offences:"),
        ("(i)", 5, "fraud;"),
        ("(ii)", 5, "use of a document."),
        ("(2)", 3, "The court decides."),
    ]
    assert [entry.is_heading for entry in read(part).paragraphs][:3] == [True, True, False]


@pytest.mark.parametrize("namespace", [VERSION_2, VERSION_3, ""])
def test_section_is_found_in_each_version(namespace: str, tmp_path: Path) -> None:
    path = tmp_path / "act.xml"
    path.write_bytes(act(SECTION, namespace))
    document = read_document(path, section="12(1)(b)")
    assert document.text == "(b) other offences:\n(i) fraud;\n(ii) use of a document."


@pytest.mark.parametrize(
    ("article", "paragraph"),
    [
        ('eId="art_14"', 'eId="art_14__para_2"'),
        ('id="art14"', 'id="art14-par2"'),
        ('eId="chp_2__art_14"', 'eId="art_14__para_2"'),
    ],
)
def test_element_without_a_number_is_named_by_its_id(
    article: str, paragraph: str, tmp_path: Path
) -> None:
    path = tmp_path / "act.xml"
    path.write_bytes(
        act(
            f"<article {article}><heading>Victims</heading><paragraph eId='x_1'><content><p>One."
            f"</p></content></paragraph><paragraph {paragraph}><content><p>Two.</p></content>"
            "</paragraph></article><article eId='art_15-bis'><content><p>Three.</p></content>"
            "</article>"
        )
    )
    assert read_document(path, section="article 14(2)").text == "Two."
    assert read_document(path, section="14").text == "Victims\nOne.\nTwo."
    assert read_document(path, section="15-bis").text == "Three."


def test_quoted_structure_keeps_its_words_below() -> None:
    body = (
        "<section><num>3</num><content><p>After section 11 insert—<mod><quotedStructure "
        'startQuote="“" endQuote="”"><section eId="q"><num>11A.</num><heading>Victims</heading>'
        "<subsection><num>(1)</num><content><p>A court shall vacate a conviction.</p></content>"
        '</subsection></section></quotedStructure></mod>.</p><p>For <quotedText startQuote="«" '
        'endQuote="»">may</quotedText> substitute “shall”.</p></content></section>'
    )
    assert rows(read(body)) == [
        ("3", 1, "After section 11 insert—"),
        ("“11A.", 2, "Victims"),
        ("(1)", 3, "A court shall vacate a conviction.”."),
        ("", 0, "For «may» substitute “shall”."),
    ]


def test_revisions_are_accepted_or_rejected() -> None:
    body = "<section><num>1</num><content><p>It <del>may</del><ins>shall</ins> be.</p></content>"
    body += "</section>"
    assert read(body).text == "1 It shall be."
    assert left_out(read(body)) == {"deleted text": (1, "may")}
    assert read(body, "rejected").text == "1 It may be."
    assert left_out(read(body, "rejected")) == {"inserted text": (1, "shall")}


def test_notes_pictures_and_remarks_are_counted() -> None:
    body = (
        "<section><num>1<authorialNote><p>See 2.</p></authorialNote></num><content><p>Words"
        "<noteRef href='#n' marker='1'/><img alt='Arms' src='a.png'/><remark>[sic]</remark>"
        "<!-- why --> and<eol/>more.</p><toc><tocItem>1 Words</tocItem></toc>"
        "<foreign><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math></foreign>"
        "</content></section>"
    )
    document = read(body)
    assert rows(document) == [("1", 1, "Words and more.")]
    assert left_out(document) == {
        "footnote": (1, "See 2."),
        "footnote reference": (1, "without a description"),
        "picture": (1, "Arms"),
        "editorial remark": (1, "[sic]"),
        "comment": (1, "why"),
        "table of contents": (1, "1 Words"),
        "formula": (1, "x"),
    }


def test_tables_lists_and_preface_are_read() -> None:
    body = (
        "<section><num>1</num><content><p>Fees:</p><table><tr><th><p>a</p></th><th>b</th></tr><tr>"
        "<td><p>(a)</p></td><td><p>ten</p></td></tr></table><ul><li>one</li></ul></content>"
        "</section>"
    )
    content = act(body).replace(b"<body>", b"<preface><p>An <b>Act</b></p></preface><body>")
    assert rows(read_akoma_ntoso(content, "a", "accepted")) == [
        ("", 0, "An Act"),
        ("1", 1, "Fees:"),
        ("", 1, "a"),
        ("", 1, "b"),
        ("(a)", 2, "ten"),
        ("•", 3, "one"),
    ]


def test_portion_is_read() -> None:
    content = (
        f"<akomaNtoso{VERSION_3}><portion includedIn='#x'><meta/><portionBody>{SECTION}"
        "</portionBody></portion></akomaNtoso>"
    )
    document = read_akoma_ntoso(content.encode("utf-16"), "a", "accepted")
    assert document.paragraphs[0].line == "12. Non-punishment"


ENTITIES = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def test_label_is_cleaned_as_words_are() -> None:
    document = read(
        "<section><num>Sec\u00adtion\u2011 1.</num><content><p>x</p></content></section>"
    )
    assert rows(document) == [("Section- 1.", 1, "x")]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities": (
        lambda: act("&e;").replace(b"<akomaNtoso", f"{ENTITIES}<akomaNtoso".encode()),
        "declares a document type",
    ),
    "entity without a declaration": (lambda: act("<p>&e;</p>"), "is not well-formed XML"),
    "truncated": (lambda: act(SECTION)[:-30], "is not well-formed XML"),
    "unknown encoding": (lambda: act("").replace(b"UTF-8", b"x-9"), "is not well-formed XML"),
    "large": (lambda: act("x" * 13 * 1024**2), "is larger than 12 MB"),
    "deep": (lambda: act("<p>" * 90_000), "is nested too deeply"),
    "elements": (lambda: act("<p/>" * 300_000), "more than 250,000 elements"),
    "paragraphs": (lambda: act("<p>x</p>" * 110_000), "or 100,000 paragraphs"),
    "attributes": (
        lambda: act("<p " + " ".join(f"a{number}=''" for number in range(250_000)) + "/>"),
        "too many attributes",
    ),
    "empty": (lambda: act(""), "contains no text"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    make, sentence = HOSTILE[name]
    path = tmp_path / "act.akn"
    path.write_bytes(make())
    start = time.process_time()
    with pytest.raises(NpcompareError) as caught:
        read_document(path)
    assert time.process_time() - start < 10
    assert sentence in caught.value.message
