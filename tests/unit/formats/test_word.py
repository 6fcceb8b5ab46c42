"""Word documents: read back to the same cells, with what a UN or EU editor asks of them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest
from builders import HOSTILE, hostile_document
from conftest import TESTS, office
from docx.oxml.ns import qn
from lxml import etree

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats import word
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.word import write
from npcompare.reports import annex_layouts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def opened(one: Document) -> Any:
    return docx.Document(io.BytesIO(write(one)))


def xml(one: Document) -> str:
    return zipfile.ZipFile(io.BytesIO(write(one))).read("word/document.xml").decode()


def small(*rows: tuple[Cell, ...], **more: Any) -> Document:
    table = Table("Provisions", columns(a="State", b="Words"), rows, **more)
    return Document("Non-punishment", (table,), {}, table, "made with", "Annex II")


ROW = (cell("Kenya", Tone.STRONG), Cell((Run("“shall not be”", Tone.QUOTE, ("a", "b"), "fr-BE"),)))


def test_it_reads_back_to_the_same_cells() -> None:
    word = opened(small(ROW, notes=(("a", "One."), ("b", "Two.")), remarks=("All.",)))
    (table,) = word.tables
    assert [[place.text for place in row.cells] for row in table.rows] == [
        ["State", "Words"],
        ["Kenya", "“shall not be”a, b"],
    ]
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts[0] == "Annex II\nNon-punishment"
    assert texts[1].startswith("Table ")
    assert texts[1].endswith(". Provisions")
    assert texts[2:] == ["a One.", "b Two.", "All.", "made with"]
    assert word.paragraphs[0].style.name == "Heading 1"
    assert word.paragraphs[1].style.name == "Caption"


def test_the_page_is_landscape_a4() -> None:
    (section,) = opened(small(ROW)).sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)


def test_heads_repeat_and_rows_do_not_split() -> None:
    (table,) = opened(small(ROW, ROW)).tables
    flags = [
        [row._tr.trPr.find(qn(f"w:{name}")) is not None for name in ("tblHeader", "cantSplit")]
        for row in table.rows
    ]
    assert flags == [[True, True], [False, True], [False, True]]
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert len(table._tbl.tblPr.findall(qn("w:tblLook"))) == 1
    said = table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    assert said == "2 rows. Columns: State, Words."


def test_rules_only_at_top_bottom_and_under_the_heads() -> None:
    (table,) = opened(small(ROW)).tables
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    kinds = {side.tag.split("}")[1]: side.get(qn("w:val")) for side in borders}
    assert {side for side, kind in kinds.items() if kind == "single"} == {"top", "bottom"}
    assert set(kinds) == {"top", "left", "bottom", "right", "insideH", "insideV"}
    under = [
        [place._tc.tcPr.find(qn("w:tcBorders")) is not None for place in row.cells]
        for row in table.rows
    ]
    assert under == [[True, True], [False, False]]


def test_the_parts_of_a_tables_properties_stand_in_the_order_of_the_format() -> None:
    order = [
        *("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"),
        *("tblCaption", "tblDescription"),
    ]
    (table,) = opened(small(ROW)).tables
    found = [one.tag.split("}")[1] for one in table._tbl.tblPr]
    assert found == [name for name in order if name in found]


def test_the_law_has_its_style_its_language_and_its_direction() -> None:
    arabic = Cell((Run("لا يُعاقَب الضحية", Tone.QUOTE, (), "ar"),))
    (table,) = opened(small(ROW, (cell("Qatar"), arabic))).tables
    french = table.rows[1].cells[1].paragraphs[0].runs[0]
    assert french.style.name == "Law text"
    assert french._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "fr-BE"
    paragraph = table.rows[2].cells[1].paragraphs[0]
    assert paragraph.runs[0].font.rtl is True
    assert paragraph.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None


def test_the_caption_has_a_number_that_word_counts() -> None:
    assert 'w:instr=" SEQ Table \\* ARABIC "' in xml(small(ROW))


def test_redlines_are_seen_and_read() -> None:
    runs = (Run("shall ", Tone.DELETED), Run("may ", Tone.INSERTED), Run("not"))
    (table,) = opened(small((cell("x"), Cell(runs)))).tables
    found = table.rows[1].cells[1].paragraphs[0].runs
    assert [run.text for run in found] == ["[-shall-] ", "{+may+} ", "not"]
    assert [run.font.strike for run in found] == [True, None, None]
    assert [run.font.underline for run in found] == [None, True, None]


def test_lines_become_paragraphs_and_nothing_is_lost() -> None:
    (table,) = opened(small((cell("x"), cell("one\ntwo\n\nthree")))).tables
    assert table.rows[1].cells[1].text == "one\ntwo\n\nthree"


@pytest.mark.parametrize("word", [*HOSTILE, "\ufffe\uffff", "x" * 5000])
def test_hostile_text_stays_text(word: str) -> None:
    from npcompare.text import visible

    found = opened(hostile_document([word]))
    assert found.tables[0].rows[1].cells[1].text == visible(word)


def test_an_empty_table_says_so() -> None:
    assert "(nothing)" in [one.text for one in opened(small()).paragraphs]


def test_the_same_twice_is_the_same_and_has_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(small(ROW))
    assert write(small(ROW)) == first
    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    properties = opened(small(ROW)).core_properties
    assert properties.modified.year == 2023
    assert (properties.title, properties.subject) == ("Non-punishment", "Annex II")
    assert properties.comments == "made with"


def test_the_whole_corpus_goes_into_an_annex(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    assert run("export", "--collection", "all", "--number", "Annex II", "-o", path).code == 0
    word = docx.Document(str(path))
    (table,) = word.tables
    assert [place.text for place in table.rows[0].cells] == [
        "Jurisdiction",
        "Instrument and place",
        "Scope",
        "Threshold",
        "Stage",
        "Relief",
        "Words of the law",
        "Source",
    ]
    names = [row.cells[0].text for row in table.rows[1:]]
    assert names == sorted(names, key=str.casefold)
    statutes = [one for one in (TESTS.parent / "statutes").rglob("*.yaml") if one.stem != "sources"]
    assert len(names) == len(statutes)
    notes = [one.text for one in word.paragraphs if one.style and one.style.name == "Table note"]
    marks = {
        mark
        for row in table.rows[1:]
        for place in row.cells
        for paragraph in place.paragraphs
        for run_ in paragraph.runs
        if run_.font.superscript
        for mark in run_.text.split(", ")
    }
    assert marks == {found[1] for note in notes if (found := re.match(r"([a-z]+) [A-Z]", note))}


def test_a_template_of_the_house_gives_its_styles_and_its_page(tmp_path: Path) -> None:
    from docx.shared import Cm, Pt

    house = docx.Document()
    house.add_paragraph("Delete me.")
    house.styles["Heading 1"].font.size = Pt(20)
    house.sections[0].page_width = Cm(25)
    path = tmp_path / "house.dotx"
    house.save(str(path))
    as_template = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(as_template, "w") as whole:
        for name in parts.namelist():
            content = parts.read(name).replace(b"document.main+xml", b"template.main+xml")
            whole.writestr(name, content)
    path.write_bytes(as_template.getvalue())
    word = opened(small(ROW).but(template=str(path)))
    assert word.paragraphs[0].text == "Annex II\nNon-punishment"
    assert word.styles["Heading 1"].font.size == Pt(20)
    assert round(word.sections[0].page_width.cm) == 25
    assert word.tables[0].rows[1].cells[0].text == "Kenya"


@pytest.mark.parametrize("content", [None, b"no zip", b""])
def test_what_is_no_template(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NpcompareError, match="cannot be read"):
        write(small(ROW).but(template=str(path)))


def test_a_template_without_a_page_is_refused(tmp_path: Path) -> None:
    house = docx.Document()
    body = house.element.body
    body.remove(body.find(qn("w:sectPr")))
    path = tmp_path / "house.docx"
    house.save(str(path))
    with pytest.raises(NpcompareError) as caught:
        write(small(ROW).but(template=str(path)))
    assert caught.value.message == f"the template {path} has no page and styles"
    assert caught.value.hint == "name a Word file, .docx or .dotx"


def test_a_template_is_as_large_as_it_may_be_and_no_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "house.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
    monkeypatch.setattr(word, "_LARGEST", size)
    assert write(small(ROW).but(template=str(path)))
    monkeypatch.setattr(word, "_LARGEST", size - 1)
    with pytest.raises(NpcompareError, match="cannot be read: it is not a Word file") as caught:
        write(small(ROW).but(template=str(path)))
    assert caught.value.hint == "name a Word file, .docx or .dotx"


def properties_of_its_own(content: bytes) -> list[tuple[str, str, str]]:
    """Return number, name and text of each property that a file has of its own."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = etree.fromstring(parts.read("docProps/custom.xml"))
    return [(one.get("pid", ""), one.get("name", ""), one[0].text or "") for one in root]


def test_the_properties_that_a_template_has_of_its_own_stay(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(write(small(ROW).but(recipe={"ids": ["old"]})))
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(changed, "w") as whole:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/custom.xml":
                one = re.search(rb"<property .*</property>", content)
                assert one
                other = one[0].replace(b'"npcompare"', b'"Department"').replace(b"old", b"Law")
                content = content.replace(one[0], one[0] + other)
            whole.writestr(name, content)
    path.write_bytes(changed.getvalue())
    made = write(small(ROW).but(template=str(path), recipe={"b": 1, "a": "é"}))
    assert properties_of_its_own(made) == [
        ("2", "Department", '{"ids": ["Law"]}'),
        ("3", "npcompare", '{"a": "\\u00e9", "b": 1}'),
    ]
    assert read_docx(made).recipe == {"a": "é", "b": 1}
    plain = zipfile.ZipFile(io.BytesIO(write(small(ROW))))
    assert "docProps/custom.xml" not in plain.namelist()


def test_a_property_of_its_own_stands_as_word_asks() -> None:
    with zipfile.ZipFile(io.BytesIO(write(small(ROW).but(recipe={"b": 1})))) as parts:
        held = parts.read("docProps/custom.xml").decode()
        kinds, relations = parts.read("[Content_Types].xml"), parts.read("_rels/.rels")
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    assert held == (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" name="npcompare" pid="2">'
        "<vt:lpwstr>{&quot;b&quot;: 1}</vt:lpwstr></property></Properties>"
    ).replace("&quot;", '"')
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    assert f'PartName="/docProps/custom.xml" ContentType="{kind}"'.encode() in kinds
    assert f'{office}/relationships/custom-properties"'.encode() in relations


def test_the_properties_of_a_file_fit_and_hold_no_controls() -> None:
    long = "\x1b" + "t" * 300
    found = opened(small(ROW).but(title=long, number=long, provenance=long)).core_properties
    cut = "<U+001B>" + "t" * 247
    assert (found.title, found.subject, found.comments) == (cut, cut, cut)
    assert (found.author, found.language, found.last_modified_by) == ("npcompare", "en-GB", "")
    assert found.revision == 1
    assert found.created == found.modified


def test_each_run_stands_as_it_is_meant() -> None:
    runs = (
        Run("a\nb", Tone.STRONG, ("x", "y")),
        Run("q", Tone.QUOTE, (), "fr"),
        Run("لا", language="ar"),
        Run("p"),
    )
    (table,) = opened(small((cell("x"), Cell(runs)))).tables
    first, second = table.rows[1].cells[1].paragraphs
    assert first.style.name == second.style.name == "Normal"
    assert [(run.text, run.bold, run.font.superscript) for run in first.runs] == [("a", True, None)]
    assert [
        (run.text, run.bold, run.style.name, run.font.superscript, run.font.rtl)
        for run in second.runs
    ] == [
        ("b", True, "Default Paragraph Font", None, None),
        ("x, y", None, "Default Paragraph Font", True, None),
        ("q", None, "Law text", None, None),
        ("لا", None, "Default Paragraph Font", None, True),
        ("p", None, "Default Paragraph Font", None, None),
    ]
    spoken = [run._r.find(f".//{qn('w:lang')}") for run in second.runs]
    assert [one if one is None else dict(one.attrib) for one in spoken] == [
        None,
        None,
        {qn("w:val"): "fr"},
        {qn("w:bidi"): "ar"},
        None,
    ]


def test_what_has_no_language_of_its_own_is_english() -> None:
    spoken = opened(small(ROW)).styles["Normal"].element.rPr.find(qn("w:lang"))
    assert dict(spoken.attrib) == {qn("w:val"): "en-GB"}


def test_notes_that_break_lines_keep_their_style() -> None:
    texts = opened(small(ROW, notes=(("a", "One.\nTwo."),))).paragraphs
    notes = [one.text for one in texts if one.style.name == "Table note"]
    assert notes == ["a One.", "Two.", "made with"]


def test_revisions_are_those_of_word_to_the_last_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def new(text: str, *marks: str) -> Run:
        return Run(text, marks=marks, revision=Tone.INSERTED)

    def old(text: str, *marks: str) -> Run:
        return Run(text, marks=marks, revision=Tone.DELETED)

    rows = (
        (cell("Kenya"), Cell((Run("stays "), old("goes", "a"), new("x\ny")))),
        (Cell((new("r"),)), Cell((new("s"),))),
        (Cell((old("t"),)), cell("")),
        (Cell((old("u"),)), Cell((new("v"),))),
    )
    notes = (Cell((old("w"),)), Cell((Run("kept"),)), Cell((new("n"),)), Cell((new("k"), Run("l"))))
    body = opened(small(*rows, revised_notes=notes)).element.body
    said = {qn("w:author"): "npcompare", qn("w:date"): "2023-11-14T22:13:20Z"}
    found, numbers = [], []
    for one in body.iter(qn("w:ins"), qn("w:del")):
        numbers.append(int(one.attrib.pop(qn("w:id"))))
        assert dict(one.attrib) == said
        texts = one.iter(qn("w:t"), qn("w:delText"))
        inner = [(etree.QName(part).localname, part.text) for part in texts]
        above = etree.QName(one.getparent()).localname
        found.append((etree.QName(one).localname, above, inner))
    assert found == [
        # The end of the paragraph stands before what is in it.
        ("ins", "rPr", []),
        ("del", "p", [("delText", "goes")]),
        ("del", "p", [("delText", "a")]),
        ("ins", "p", [("t", "x")]),
        ("ins", "p", [("t", "y")]),
        ("ins", "trPr", []),
        ("ins", "p", [("t", "r")]),
        ("ins", "p", [("t", "s")]),
        ("del", "trPr", []),
        ("del", "p", [("delText", "t")]),
        ("del", "p", [("delText", "u")]),
        ("ins", "p", [("t", "v")]),
        ("del", "rPr", []),
        ("del", "p", [("delText", "w")]),
        ("ins", "rPr", []),
        ("ins", "p", [("t", "n")]),
        ("ins", "p", [("t", "k")]),
    ]
    # Rows are numbered first, then the ends of paragraphs, then what is in them.
    assert numbers == [3, 6, 7, 8, 9, 1, 10, 11, 2, 12, 13, 14, 4, 15, 5, 16, 17]
    assert "npcompare-edit" not in etree.tostring(body).decode()


def test_the_raised_mark_of_a_note_is_known() -> None:
    (table,) = opened(small((cell("x"), Cell((Run("p", marks=("a",)),))))).tables
    runs = table.rows[1].cells[1].paragraphs[0].runs
    assert [(run.text, word.is_mark(run._r)) for run in runs] == [("p", False), ("a", True)]


def test_what_is_no_word_file_is_told_from_one_that_is_too_wide() -> None:
    def refused(content: bytes) -> str:
        with pytest.raises(NpcompareError) as error:
            word.parsed(content)
        return str(error.value)

    assert refused(b"x") == "it is not a Word file"
    assert refused(spanning(64)) == "it holds a table that is wider than Word makes them"
    assert word.parsed(spanning(63)).tables


def spanning(columns: int) -> bytes:
    """Return a Word file with a cell that spans so many columns."""
    made = opened(small(ROW))
    made.tables[0].rows[0].cells[0]._tc.get_or_add_tcPr().grid_span = columns
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


# --- What LibreOffice makes of it ---------------------------------------------------------------

LAYOUTS: dict[str, list[str]] = {
    "annex": ["--collection", "all", "--number", "Annex II"],
    "matrix": ["--collection", "all"],
    "typology": ["--collection", "all"],
    "gaps": ["--collection", "all"],
    "side-by-side": ["kenya", "jamaica", "coe-26"],
    "redline": ["coe-26", "asean-14-7", "kenya"],
    "align": ["coe-26", "asean-14-7", "kenya"],
}


def test_every_layout_is_tried() -> None:
    assert set(LAYOUTS) == set(annex_layouts.LAYOUTS)


def solid(text: str) -> str:
    """Return a text without white space: another program breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def grids(path: Path) -> list[list[list[str]]]:
    """Return the cells of each table, the heads first, without the marks of their notes."""
    return [
        [[one.heading for one in table.columns]]
        + [[place.text for place in row] for row in table.rows]
        for table in read_docx(path.read_bytes()).tables
    ]


def test_libreoffice_prints_every_word_and_repeats_the_heads(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    made = [tmp_path / f"{layout}.docx" for layout in LAYOUTS]
    for path in made:
        assert run("export", *LAYOUTS[path.stem], "--layout", path.stem, "-o", path).code == 0
    for path, printed in zip(made, office("pdf", tmp_path, *made), strict=True):
        pages = [solid(page.extract_text()) for page in pypdf.PdfReader(printed).pages]
        at = 0
        for heads, *rows in grids(path):
            for row in rows:
                # No row is parted by the end of a page, and the heads stand above it.
                words = {word for place in (*heads, *row) for word in place.split()}
                wanted = [n for n in range(at, len(pages)) if all(w in pages[n] for w in words)]
                assert wanted, row
                at = wanted[0]


def test_libreoffice_keeps_it_as_it_is(run: Callable[..., Ran], tmp_path: Path) -> None:
    made = [tmp_path / f"{layout}.docx" for layout in LAYOUTS]
    for path in made:
        assert run("export", *LAYOUTS[path.stem], "--layout", path.stem, "-o", path).code == 0
    for path, saved in zip(made, office("docx", tmp_path, *made), strict=True):
        assert saved.read_bytes() != path.read_bytes()
        assert grids(saved) == grids(path)
        ran = run("verify", saved)
        assert (ran.code, "current: every cell" in ran.out) == (0, True)
