"""Word documents: the layout that UN and EU editors require, and what LibreOffice makes of it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest
from builders import HOSTILE, hostile_document
from conftest import office
from docx.oxml.ns import qn
from word_files import ROW, opened, small_annex, xml_of

from npcompare.document import Cell, Run, Tone, cell
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.word import write
from npcompare.law.corpus import load_corpus
from npcompare.reports import annex_layouts
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def text_of(paragraph: Any) -> str:
    """Return the text of a paragraph with that of its fields, which python-docx leaves out."""
    return "".join(paragraph._p.xpath(".//w:t/text()"))


def test_annex_has_heading_caption_table_and_notes() -> None:
    notes = (("a", "One."), ("b", "Two."))
    word = opened(small_annex(ROW, notes=notes, remarks=("All.",)))
    (table,) = word.tables
    assert [[place.text for place in row.cells] for row in table.rows] == [
        ["State", "Words"],
        ["Kenya", "“shall not be”a,\u202fb"],
    ]
    assert [(text_of(paragraph), paragraph.style.name) for paragraph in word.paragraphs] == [
        ("Annex IINon-punishment", "Heading 1"),
        ("Table 1. Provisions", "Caption"),
        ("All.", "Table remark"),
        ("aOne.", "Table note"),
        ("bTwo.", "Table note"),
    ]
    assert [paragraph.text for paragraph in word.paragraphs[3:5]] == ["a\tOne.", "b\tTwo."]


def test_page_is_landscape_a4() -> None:
    (section,) = opened(small_annex(ROW)).sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)


def test_heads_repeat_and_rows_do_not_split() -> None:
    (table,) = opened(small_annex(ROW, ROW)).tables
    flags = [
        [row._tr.trPr.find(qn(f"w:{name}")) is not None for name in ("tblHeader", "cantSplit")]
        for row in table.rows
    ]
    assert flags == [[True, True], [False, True], [False, True]]


@pytest.mark.parametrize(
    ("rows", "description"),
    [
        ([ROW], "1 row. Columns: State, Words."),
        ([ROW, ROW], "2 rows. Columns: State, Words."),
    ],
)
def test_table_is_described_for_screen_readers(
    rows: list[tuple[Cell, ...]], description: str
) -> None:
    (table,) = opened(small_annex(*rows)).tables
    properties = table._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Provisions"
    assert properties.find(qn("w:tblDescription")).get(qn("w:val")) == description
    look = properties.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_table_properties_are_in_schema_order() -> None:
    """Word refuses a file whose table properties are not in the order of the schema."""
    order = ("tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption", "tblDescription")
    (table,) = opened(small_annex(ROW)).tables
    names = [element.tag.split("}")[1] for element in table._tbl.tblPr]
    assert names == [name for name in order if name in names]


def test_columns_share_the_line_by_contents() -> None:
    word = opened(small_annex((cell("Gambia"), cell("word " * 90))))
    (table,) = word.tables
    line = word.sections[0].page_width - 2 * word.sections[0].left_margin
    for row in table.rows:
        widths = [place.width / line for place in row.cells]
        assert widths == pytest.approx([0.05, 0.95], abs=0.01)


def test_law_text_has_style_language_and_direction() -> None:
    arabic = Cell((Run("لا يُعاقَب الضحية", Tone.QUOTE, (), "ar"),))
    (table,) = opened(small_annex(ROW, (cell("Qatar"), arabic))).tables
    french = table.rows[1].cells[1].paragraphs[0].runs[0]
    assert french.style.name == "Law text"
    assert french._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "fr-BE"
    paragraph = table.rows[2].cells[1].paragraphs[0]
    assert paragraph.runs[0].font.rtl is True
    assert paragraph.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None


def test_captions_are_numbered_by_fields() -> None:
    annex = small_annex(ROW)
    (table,) = annex.tables
    two = annex.replace(tables=(table, table))
    assert xml_of(two).count("> SEQ Table \\* ARABIC <") == 2
    captions = [each for each in opened(two).paragraphs if each.style.name == "Caption"]
    expected = ["Table 1. Provisions", "Table 2. Provisions"]
    # The number is also read by programs that do not know fields.
    assert [each.text for each in captions] == [text_of(each) for each in captions] == expected


def test_redline_is_tracked_changes() -> None:
    runs = (Run("shall ", Tone.DELETED), Run("may\n", Tone.INSERTED), Run("not"))
    document = small_annex((cell("x"), Cell(runs)))
    (table,) = opened(document).tables
    first, second = table.rows[1].cells[1].paragraphs
    (deleted,), (inserted,) = (first._p.xpath(f"w:{kind}") for kind in ("del", "ins"))
    old, new = (each.find(qn("w:r")) for each in (deleted, inserted))
    assert (old.find(qn("w:delText")).text, old.style) == ("shall ", "DeletedText")
    assert (new.text, new.style) == ("may", "InsertedText")
    assert {each.get(qn("w:author")) for each in (deleted, inserted)} == {"npcompare"}
    assert len(first._p.xpath("w:pPr/w:rPr/w:ins")) == 1
    assert [run.text for run in second.runs] == ["not"]
    assert read_docx(write(document.replace(recipe={"ids": []}))).tables[0].rows[0][1].text == (
        "may\nnot"
    )


def test_redline_of_an_earlier_version_is_read_as_now() -> None:
    runs = (Run("shall ", Tone.DELETED), Run("may ", Tone.INSERTED), Run("not"))
    content = write(small_annex((cell("x"), Cell(runs))).replace(recipe={"ids": []}))
    word = docx.Document(io.BytesIO(content))
    for kind, text in (("del", "[-shall-] "), ("ins", "{+may+} ")):
        (revision,) = word.element.body.xpath(f".//w:{kind}")
        run = revision.find(qn("w:r"))
        run.text = text
        revision.addprevious(run)
        revision.getparent().remove(revision)
    packed = io.BytesIO()
    word.save(packed)
    assert read_docx(packed.getvalue()).tables == read_docx(content).tables


def test_lines_become_paragraphs() -> None:
    (table,) = opened(small_annex((cell("x"), cell("one\ntwo\n\nthree")))).tables
    assert table.rows[1].cells[1].text == "one\ntwo\n\nthree"


def test_lines_of_a_note_keep_its_style() -> None:
    paragraphs = opened(small_annex(ROW, notes=(("a", "One.\nTwo."),))).paragraphs
    notes = [paragraph.text for paragraph in paragraphs if paragraph.style.name == "Table note"]
    assert notes == ["a\tOne.", "\tTwo."]


def test_each_run_has_the_style_of_its_tone() -> None:
    runs = (
        Run("a\nb", Tone.STRONG, ("x", "y")),
        Run("q", Tone.QUOTE, (), "fr"),
        Run("لا", language="ar"),
        Run("p"),
    )
    (table,) = opened(small_annex((cell("x"), Cell(runs)))).tables
    first, second = table.rows[1].cells[1].paragraphs
    assert first.style.name == second.style.name == "Table text"
    assert [(run.text, run.style.name) for run in first.runs] == [("a", "Strong")]
    plain = "Default Paragraph Font"
    assert [(run.text, run.style.name, run.font.rtl) for run in second.runs] == [
        ("b", "Strong", None),
        ("x,\u202fy", "Note mark", None),
        ("q", "Law text", None),
        ("لا", plain, True),
        ("p", plain, None),
    ]
    languages = [run._r.find(f".//{qn('w:lang')}") for run in second.runs]
    assert [None if language is None else dict(language.attrib) for language in languages] == [
        None,
        None,
        {qn("w:val"): "fr"},
        {qn("w:bidi"): "ar"},
        None,
    ]


def test_strong_first_cell_is_the_stub() -> None:
    """Bold on bold is not bold in Word: in a stub, only the paragraph's style is bold."""
    half = Cell((Run("Kenya", Tone.STRONG), Run(", section 14")))
    (table,) = opened(small_annex(ROW, (half, cell("x", Tone.STRONG)))).tables
    heads, (stub, _), (mixed, strong) = (
        [place.paragraphs[0] for place in row.cells] for row in table.rows
    )
    assert [paragraph.style.name for paragraph in heads] == ["Table head"] * 2
    assert (stub.style.name, stub.runs[0].style.name) == ("Table stub", "Default Paragraph Font")
    assert (mixed.style.name, mixed.runs[0].style.name) == ("Table text", "Strong")
    assert (strong.style.name, strong.runs[0].style.name) == ("Table text", "Strong")


@pytest.mark.parametrize("word", [*HOSTILE, "\ufffe\uffff", "x" * 5000])
def test_hostile_text_stays_text(word: str) -> None:
    (table,) = opened(hostile_document([word])).tables
    assert table.rows[1].cells[1].text == visible(word)


def test_table_without_rows_says_so() -> None:
    assert "(none)" in [paragraph.text for paragraph in opened(small_annex()).paragraphs]


def test_same_document_gives_same_bytes() -> None:
    first = write(small_annex(ROW))
    assert write(small_annex(ROW)) == first
    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_whole_corpus_goes_into_an_annex(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    assert run("export", "--collection", "all", "--number", "Annex II", "-o", path).code == 0
    word = docx.Document(str(path))
    table, texts = word.tables
    heads, *rows = [[place.text for place in row.cells] for row in table.rows]
    assert heads[0] == "Jurisdiction"
    assert [place.text for place in texts.rows[0].cells] == ["Provision", "Text of the law"]
    names = [row[0] for row in rows]
    organizations = names.index("Organizations")
    groups = names[1:organizations], names[organizations + 1 :]
    assert names[0] == "States and territories"
    assert [sorted(group, key=str.casefold) for group in groups] == list(groups)
    remarks = " ".join(paragraph.text for paragraph in word.paragraphs)
    (unknown,) = re.findall(r"Nothing is known of .*? of (\d+) provisions:", remarks)
    count = len(load_corpus().restricted("all").provisions())
    assert sum(map(len, groups)) + int(unknown) == count
    annex = read_docx(path.read_bytes())
    marks = {
        mark
        for row in annex.tables[0].rows
        for place in row
        for run in place.runs
        for mark in run.marks
    }
    assert marks == {letter for letter, _ in annex.tables[0].notes}


# --- What LibreOffice makes of it ---------------------------------------------------------------

LAYOUTS: dict[str, list[str]] = {
    "annex": ["--collection", "all", "--number", "Annex II"],
    "matrix": ["--collection", "all"],
    # A class of the whole corpus has more provisions than a page has room for.
    "typology": ["--collection", "paper"],
    "gaps": ["--collection", "all"],
    "side-by-side": ["kenya", "jamaica", "coe-26"],
    "redline": ["coe-26", "asean-14-7", "kenya"],
    "align": ["coe-26", "asean-14-7", "kenya"],
}


def test_every_layout_is_tried() -> None:
    assert set(LAYOUTS) == set(annex_layouts.LAYOUTS)


@pytest.fixture
def exported(run: Callable[..., Ran], tmp_path: Path) -> list[Path]:
    """Export an annex in each layout and return the paths."""
    paths = [tmp_path / f"{layout}.docx" for layout in LAYOUTS]
    for path in paths:
        assert run("export", *LAYOUTS[path.stem], "--layout", path.stem, "-o", path).code == 0
    return paths


def without_space(text: str) -> str:
    """Return a text without white space: another program breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def grids(path: Path) -> list[list[list[str]]]:
    """Return the cells of each table, the heads first, without the marks of their notes."""
    return [
        [[column.heading for column in table.columns]]
        + [[place.text for place in row] for row in table.rows]
        for table in read_docx(path.read_bytes()).tables
    ]


def whole_rows(path: Path) -> list[list[bool]]:
    """Return for each row of each table, without the heads, whether it stays on one page."""
    return [
        [
            row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            for row in table.rows
            if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
        ]
        for table in docx.Document(str(path)).tables
    ]


@pytest.mark.office
def test_libreoffice_prints_every_row_under_heads(exported: list[Path], tmp_path: Path) -> None:
    for path, printed in zip(exported, office("pdf", tmp_path, *exported), strict=True):
        pages = [without_space(page.extract_text()) for page in pypdf.PdfReader(printed).pages]
        current = 0
        for (heads, *rows), flags in zip(grids(path), whole_rows(path), strict=True):
            for row, is_whole in zip(rows, flags, strict=True):
                # A row that is not high is on one page, and the heads are above each row.
                places = [heading.replace(": ", " ") for heading in heads]
                # The mark of a note is printed between a name and the semicolon after it.
                words = {word for place in (*places, *row) for word in re.split(r"[\s;]+", place)}
                # Without a font for Chinese, a printed page does not have these words as text.
                words = {word for word in words if not re.search("[\u4e00-\u9fff]", word)}
                complete = [
                    number
                    for number in range(current, len(pages))
                    if all(word in pages[number] for word in words)
                ]
                assert complete or not is_whole, row
                current = complete[0] if complete else current


@pytest.mark.office
def test_annex_saved_by_libreoffice_still_verifies(
    exported: list[Path], run: Callable[..., Ran], tmp_path: Path
) -> None:
    for path, saved in zip(exported, office("docx", tmp_path, *exported), strict=True):
        assert saved.read_bytes() != path.read_bytes()
        assert grids(saved) == grids(path)
        assert run("verify", saved).code == 0
