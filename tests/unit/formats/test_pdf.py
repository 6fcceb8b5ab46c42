"""PDF files: their text read back, hostile text, the page, and the message without Typst."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from builders import annex
from msgspec.structs import replace
from typeset import WORDS, document, small

from npcompare.charts import AnswerOverview
from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell, columns, rows
from npcompare.errors import NpcompareError
from npcompare.formats import pdf
from npcompare.installation import install_hint
from npcompare.reports.annex_layouts import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus


def written(document: Document) -> bytes:
    """Return a document as PDF; skip the test if Typst is not installed."""
    pytest.importorskip("typst")
    return pdf.write(document)


def pages(content: bytes) -> list[Any]:
    pypdf = pytest.importorskip("pypdf")
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def text_of(content: bytes, tmp_path: Path) -> str:
    """Return the text of a PDF file, with one space for each stretch of white space."""
    program = shutil.which("pdftotext")
    if program is None:
        text = "\n".join(page.extract_text() for page in pages(content))
    else:
        path = tmp_path / "read.pdf"
        path.write_bytes(content)
        ran = subprocess.run([program, path, "-"], capture_output=True, check=True)
        text = ran.stdout.decode()
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def one_cell(*runs: Run) -> Document:
    table = Table("T", columns(a="A"), ((Cell(runs),),))
    return Document("T", (table,), {}, table)


def test_all_parts_of_a_document_are_printed(tmp_path: Path) -> None:
    content = written(small())
    assert content.startswith(b"%PDF-")
    text = text_of(content, tmp_path)
    for words in (
        "Annex II Laws & bills Table 1. Scope State Words Gambia",
        "“an act” ¶57a, b",
        "[none] shall may",
        "One remark. a Reported. b 100% doubtful. npcompare 0",
    ):
        assert words in text


def test_page_is_landscape_tagged_and_titled() -> None:
    content = written(small())
    (page,) = pages(content)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Laws & bills"
    assert reader.metadata.author == "npcompare"
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in content


@pytest.mark.parametrize("word", WORDS)
def test_hostile_text_stays_text(word: str) -> None:
    content = written(document([word]))
    assert content.startswith(b"%PDF-")
    for key in (b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile"):
        assert key not in content


def test_typst_code_in_a_text_is_not_run(tmp_path: Path) -> None:
    words = [
        '#panic("no")',
        '#read("/etc/passwd")',
        '#eval("1+1")',
        "$x^2$ *b* _i_ `c` @ref <label>",
        '"); #panic() //',
        "= head",
        "[$] ] } )",
    ]
    table = Table(words[0], columns(a=words[1]), rows([[word] for word in words]), tuple(words))
    text = text_of(written(Document(words[2], (table,), {}, table, words[3])), tmp_path)
    for word in words:
        assert word in text


def test_character_without_a_font_is_a_code_point(tmp_path: Path) -> None:
    content = written(one_cell(Run("a \U000f0000 \u0378 被 z", Tone.QUOTE)))
    text = text_of(content, tmp_path)
    assert "a [U+F0000] [U+0378] " in text
    assert "被" in text or "[U+88AB]" in text
    assert b"pdfuaid:part" in content


def test_characters_reported_one_by_one_are_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported = iter(["\U000f0000", "\u0378"])
    monkeypatch.setattr(pdf, "_characters_in", lambda *_: frozenset(next(reported)))
    content = written(one_cell(Run("a \U000f0000 \u0378 z")))
    assert "a [U+F0000] [U+0378] z" in text_of(content, tmp_path)
    assert b"pdfuaid:part" in content


def test_unreported_character_does_not_stop_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_ATTEMPTS", 1)
    monkeypatch.setattr(pdf, "_characters_in", lambda *_: frozenset())
    content = written(one_cell(Run("\U000f0000")))
    assert content.startswith(b"%PDF-")
    assert b"pdfuaid:part" not in content


def test_control_characters_are_made_visible(tmp_path: Path) -> None:
    text = text_of(written(one_cell(Run("a\x1c"), Run("\x85", Tone.DELETED))), tmp_path)
    assert "a<U+001C><U+0085>" in text


@pytest.mark.slow
def test_many_hostile_texts_fill_several_pages() -> None:
    long = "".join(map(chr, range(0x4E00, 0x4E80)))
    assert len(pages(written(document([*WORDS, long, "long " * 3000, "\n\n"])))) > 3


@pytest.mark.slow
def test_heads_repeat_and_rows_do_not_split(tmp_path: Path) -> None:
    words = " ".join(["word"] * 120)
    values = [[f"start{number} {words} end{number}", "x"] for number in range(40)]
    table = Table("T", columns(a="Left", b="Right"), rows(values))
    printed = pages(written(Document("T", (table,), {}, table)))
    assert len(printed) > 2
    for page in printed:
        text = page.extract_text()
        assert "Left" in text
        assert re.findall(r"start(\d+)", text) == re.findall(r"end(\d+)", text)
    assert "end39" in text_of(written(Document("T", (table,), {}, table)), tmp_path)


@pytest.mark.further
@pytest.mark.parametrize("is_counted", [True, False])
def test_head_of_a_group_is_not_the_last_row_of_a_page(is_counted: bool, tmp_path: Path) -> None:
    heads = rows([["Organizations", "2" if is_counted else ""]])
    # A page has room for about thirty of these rows.
    for before in range(27, 32):
        options: dict[str, Any] = {"group_rows": (before,)}
        if is_counted:
            options = {"figure": AnswerOverview((), group_rows=(before,))}
        body = (*rows([["Kenya", "1"]] * before), *heads, *rows([["ASEAN", "1"]] * 8))
        table = Table("T", columns(a="A", b="B"), body, **options)
        text = text_of(written(Document("D", (table,), {}, table)), tmp_path)
        assert re.search("Organizations( 2)? ASEAN", text), before


@pytest.mark.further
def test_head_of_the_last_group_stays_with_its_rows() -> None:
    # The last two rows are kept with the notes.
    for before in range(20, 32):
        values = [["Kenya", "1"]] * before + [["Organizations", ""], ["ASEAN", "1"], ["EU", "1"]]
        table = Table("T", columns(a="A", b="B"), rows(values), notes=(("a", "note"),) * 3)
        table = replace(table, group_rows=(before,))
        printed = pages(written(Document("D", (table,), {}, table)))
        assert any(re.search(r"Organizations\s+ASEAN", page.extract_text()) for page in printed), (
            before
        )


@pytest.mark.further
@pytest.mark.parametrize("count", [20, 26, 32, 38])
def test_last_row_is_on_the_page_of_the_notes(count: int) -> None:
    # Up to forty notes have room on a page, with a row.
    body = rows([[f"row{number}", "x"] for number in range(45)])
    notes = tuple((str(number), f"note{number}") for number in range(count))
    table = Table("T", columns(a="A", b="B"), body, notes=notes)
    (*_, last) = pages(written(Document("D", (table,), {}, table)))
    assert "row44" in last.extract_text()
    assert re.findall(r"note(\d+)", last.extract_text()) == list(map(str, range(count)))


def test_table_without_rows_says_so(tmp_path: Path) -> None:
    table = Table("T", columns(a="A", b="B"), ())
    assert "(none)" in text_of(written(Document("T", (table,), {}, table)), tmp_path)


def test_empty_document_has_one_page() -> None:
    table = Table("", columns(a=""), ((cell(""),),))
    for empty in (Document("", (table,), {}, table), Document("", (), {}, table)):
        assert len(pages(written(empty))) == 1


def test_forty_columns_are_printed() -> None:
    headings = {f"c{number}": "criminalization" for number in range(40)}
    table = Table("T", columns(**headings), rows([["victimization"] * 40]))
    assert written(Document("T", (table,), {}, table)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("", (None, None)),
        ("fr", ("fr", None)),
        ("en-GB", ("en", "gb")),
        ("zh-Hant-TW", ("zh", "tw")),
        ("de-1996", ("de", None)),
        ("x-private", (None, None)),
        ("klingon", (None, None)),
    ],
)
def test_language_tags_are_split_for_typst(
    tag: str, expected: tuple[str | None, str | None]
) -> None:
    assert pdf._language_and_region(tag) == expected
    assert written(one_cell(Run("x", language=tag))).startswith(b"%PDF-")


#: The data of a run with no properties.
PLAIN = {
    "text": "",
    "long": False,
    "after": "",
    "tone": "plain",
    "rtl": False,
    "lang": None,
    "region": None,
    "marks": "",
}


def test_page_gets_lines_and_runs_of_a_cell() -> None:
    deleted = PLAIN | {"tone": "deleted", "lang": "fr", "region": "be"}
    runs = [
        Run("a\n\nb ", Tone.DELETED, ("x", "\x1b"), "fr-BE"),
        Run("لا", Tone.QUOTE),
        Run(" \x1b", Tone.STRONG),
        Run("e\u0301"),
    ]
    assert pdf._lines(runs, 20) == [
        {"runs": [deleted | {"text": "a", "after": ""}], "rtl": False},
        {"runs": [], "rtl": False},
        {
            "runs": [
                deleted | {"text": "b", "after": " "},
                deleted | {"marks": "x,\u202f<U+001B>"},
                PLAIN | {"text": "لا", "tone": "quote", "rtl": True},
                PLAIN | {"text": " <U+001B>", "tone": "strong"},
                PLAIN | {"text": "é"},
            ],
            "rtl": False,
        },
    ]
    for runs in ([Run("لا"), Run(" b")], [Run("1 "), Run("لا b")]):
        assert pdf._lines(runs, 20)[0]["rtl"] is True


@pytest.mark.parametrize(
    ("word", "printed", "is_long"),
    [
        ("x" * 20, "x" * 20, False),
        # A word with a few letters too many breaks at a syllable, a longer one anywhere.
        ("x" * 21, "x" * 21, True),
        ("x" * 23, "x" * 23, True),
        ("x" * 24, "\u200b".join(["xxxx"] * 6), True),
        ("a " + "x" * 25 + " b", "a " + "\u200b".join([*["xxxx"] * 6, "x"]) + " b", True),
        ("被" * 30, "被" * 30, False),
    ],
)
def test_words_too_long_for_a_column_can_break(word: str, printed: str, is_long: bool) -> None:
    assert pdf._run_data(Run(word), word, 20) == PLAIN | {"text": printed, "long": is_long}


def test_page_gets_lines_of_titles_and_notes() -> None:
    two = [{"runs": [PLAIN | {"text": text}], "rtl": False} for text in ("a", "b <U+001B>")]
    table = Table("T\u2028x", columns(a="A"), (), ("  a\nb \x1b ",), (("\x1b", "a\nb \x1b"),))
    data = pdf._document_data(Document(" a\n  b\x1b", (table,), {}, table, "p\n q", " "))
    assert (data["title"], data["provenance"], data["number"]) == ("a b<U+001B>", "p q", [])
    (printed,) = data["tables"]
    assert (printed["remarks"], printed["notes"]) == ([two], [("<U+001B>", two)])
    assert [line["runs"][0]["text"] for line in printed["title"]] == ["T<U+2028>x"]
    assert [line["runs"][0]["text"] for line in data["heading"]] == ["a", "  b<U+001B>"]
    assert data["foot"] == "p q"
    assert pdf._document_data(Document("", (), {}, table))["title"] == "npcompare"


def test_only_reported_characters_are_replaced() -> None:
    title = Document("T é \U000f0000 被", (), {}, Table("T", (), ()))
    assert pdf._characters_in("no font has \\u{f0000}, é or \u0416", title) == {"\U000f0000", "é"}
    replaced = pdf._with_code_points({"é": ["aéb", ("é被", 1)], "n": None}, frozenset("é"))
    assert replaced == {"é": ["a[U+00E9]\u200bb", ["[U+00E9]\u200b被", 1]], "n": None}
    assert json.loads(pdf._inputs(title, frozenset("被"))["data"])["title"].endswith(
        " [U+88AB]\u200b"
    )


@pytest.mark.slow
def test_same_document_gives_same_bytes() -> None:
    first = written(document(WORDS))
    time.sleep(1.1)
    assert written(document(WORDS)) == first
    assert b"CreationDate" not in first


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_every_layout_is_printed(layout: str, corpus: Corpus, tmp_path: Path) -> None:
    printed = annex(corpus, ["kenya", "jamaica", "coe-26"], layout=layout, number="Annex II")
    text = text_of(written(printed), tmp_path)
    assert "Annex II" in text
    assert "Kenya" in text


def test_message_without_typst_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NpcompareError) as caught:
        pdf.write(small())
    assert caught.value.message == "PDF needs the package typst"
    assert caught.value.hint == install_hint("pdf")


def test_pictures_come_before_their_table(corpus: Corpus, tmp_path: Path) -> None:
    text = text_of(written(annex(corpus, ["kenya", "jamaica"], layout="matrix")), tmp_path)
    assert 0 < text.index("Figure 1.") < text.index("Table 1.")


def test_foot_that_is_one_long_word_is_broken() -> None:
    table = Table("Table", columns(a="A"), ((cell("x"),),))
    content = pdf.write(Document("T", (table,), {}, table, "w" * 500))
    (page,) = pages(content)
    assert page.extract_text().count("w") == 400
    assert "…" in page.extract_text()


def test_heads_above_heads_and_the_foot_are_printed(tmp_path: Path) -> None:
    heads = (
        Column("a", "Provision"),
        Column("b", "Stage: charge", group="Stage", short="Charge"),
        Column("c", "Stage: trial", group="Stage", short="Trial"),
    )
    table = Table("T", heads, rows([["Kenya", "x", "y"]]))
    text = text_of(written(Document("T", (table,), {}, table, "npcompare 1")), tmp_path)
    words = text.split()
    assert words[words.index("Stage") :][:4] == ["Stage", "Provision", "Charge", "Trial"]
    assert words[-6:] == ["npcompare", "1", "Page", "1", "of", "1"]
