"""Word files in six languages: tags, East Asian fonts, and tables from right to left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from word_files import opened, small_annex, xml_of

from npcompare.document import Cell, Document, Run, Tone, cell
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.registry import FORMATS, render
from npcompare.formats.word import write
from npcompare.formats.word_xml import element
from npcompare.text import JOINER
from npcompare.text import LEFT_TO_RIGHT_MARK as MARK

if TYPE_CHECKING:
    from pathlib import Path

#: A row with a label, a quotation in English and one in Arabic.
ROW = (
    cell("كينيا (Kenya)", Tone.STRONG),
    Cell((Run("“shall not be”", Tone.QUOTE, ("a",), "en"),)),
)
ARABIC_QUOTATION = Cell((Run("لا يعاقب", Tone.QUOTE, (), "ar"),))


def annex(language: str, *rows: tuple[Cell, ...], **options: Any) -> Document:
    return small_annex(*(rows or (ROW,)), **options).replace(language=language)


def default_languages(word: Any) -> dict[str, str]:
    (language,) = word.styles.element.xpath("w:docDefaults//w:lang")
    return {name.rpartition("}")[2]: value for name, value in language.attrib.items()}


def paragraph(document: Document, words: str) -> str:
    """Return the XML of the paragraph that begins with some words, without bookmarks."""
    body = opened(document).element.body
    for each in body.iter(qn("w:p")):
        if "".join(node.text or "" for node in each.iter(qn("w:t"))).startswith(words):
            text = docx.oxml.xmlchemy.serialize_for_reading(each)
            return re.sub(r"<w:bookmark[^>]*>|\sxmlns:\w+=\"[^\"]*\"|\n\s*", "", text)
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("language", "tag", "expected"),
    [
        ("en", "en-GB", {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA"}),
        ("fr", "fr-FR", {"val": "fr-FR", "eastAsia": "zh-CN", "bidi": "ar-SA"}),
        ("es", "es-ES", {"val": "es-ES", "eastAsia": "zh-CN", "bidi": "ar-SA"}),
        ("ru", "ru-RU", {"val": "ru-RU", "eastAsia": "zh-CN", "bidi": "ar-SA"}),
        ("ar", "ar-SA", {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA"}),
        ("zh", "zh-CN", {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA"}),
    ],
)
def test_file_has_the_tag_of_its_language(
    language: str, tag: str, expected: dict[str, str]
) -> None:
    word = opened(annex(language))
    assert default_languages(word) == expected
    assert word.core_properties.language == tag


@pytest.fixture
def house(tmp_path: Path) -> str:
    """Return the path of a template whose text is in no language."""
    word: Any = docx.Document()
    word.styles.element.xpath("w:docDefaults//w:lang")[0].attrib.clear()
    word.save(tmp_path / "house.docx")
    return str(tmp_path / "house.docx")


@pytest.mark.further
@pytest.mark.parametrize(
    ("language", "attribute"),
    [("fr", 'w:val="fr-FR"'), ("ar", 'w:bidi="ar-SA"'), ("zh", 'w:eastAsia="zh-CN"')],
)
def test_runs_in_a_house_style_have_the_language(language: str, attribute: str, house: str) -> None:
    xml = xml_of(annex(language).replace(template=house))
    assert f"<w:lang {attribute}/>" in xml
    assert xml.count('<w:lang w:val="en-GB"/>') == 1


def test_chinese_text_has_the_font_of_its_script() -> None:
    annex_in_chinese = annex("zh", (cell("“条款”"), ROW[1]))
    xml = paragraph(annex_in_chinese, "“条款”")
    assert '<w:rFonts w:hint="eastAsia"/>' in xml
    assert "eastAsia" not in paragraph(annex_in_chinese, "“shall")


def test_arabic_table_is_mirrored() -> None:
    xml = xml_of(annex("ar"))
    assert xml.count("<w:bidiVisual/>") == 1
    assert re.search(r"<w:tblStyle [^>]*/><w:bidiVisual/><w:tblW", xml)
    assert xml.endswith("<w:bidi/></w:sectPr></w:body></w:document>")
    assert "<w:bidi" not in xml_of(annex("fr", (cell("Kenya"), ROW[1])))


def test_latin_words_in_arabic_are_runs_of_their_own() -> None:
    assert paragraph(annex("ar"), "كينيا") == (
        '<w:p><w:pPr><w:pStyle w:val="TableStub"/><w:bidi/></w:pPr>'
        '<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">كينيا </w:t></w:r>'
        f'<w:r><w:rPr/><w:t xml:space="preserve">{MARK}(Kenya){MARK}</w:t></w:r></w:p>'
    )


def test_english_quotation_in_arabic_runs_from_the_left() -> None:
    xml = paragraph(annex("ar"), "“shall")
    assert "<w:bidi/>" not in xml
    assert "<w:rtl/>" not in xml.replace("<w:rtl/></w:rPr><w:t>a", "")
    assert '<w:lang w:val="en-GB"/>' in xml


def test_quotation_among_arabic_words_keeps_its_marks() -> None:
    quoted = Cell((Run("“act.”", Tone.QUOTE, (), "en"), Run(" نص")))
    xml = paragraph(annex("ar", (cell("x"), quoted)), f"{MARK}“act")
    assert "<w:bidi/>" in xml
    assert re.search(f"<w:r><w:rPr>.*{MARK}“act.”{MARK}</w:t></w:r><w:r>", xml)


def test_marks_of_direction_are_not_read_back() -> None:
    quoted = Cell((Run("“act.”", Tone.QUOTE, (), "en"), Run(" نص")))
    document = annex("ar", (cell("كينيا (Kenya)"), quoted)).replace(recipe={"a": 1})
    (table,) = read_docx(write(document.replace(recipe={"ids": []}))).tables
    assert [cell.text for cell in table.rows[0]] == ["كينيا (Kenya)", "“act.” نص"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_arabic_quotation_runs_from_the_right(language: str) -> None:
    xml = paragraph(annex(language, (cell("x"), ARABIC_QUOTATION)), "لا")
    assert "<w:bidi/>" in xml
    assert "<w:rtl/><w:lang" in xml
    assert '<w:lang w:bidi="ar"/>' in xml


def test_quotation_without_language_is_english_in_arabic() -> None:
    document = annex("ar", (cell("كينيا"), cell("shall not", Tone.QUOTE)))
    content = render(document, FORMATS["docx"])
    assert isinstance(content, bytes)
    assert content[:2] == b"PK"
    from npcompare.formats.language_scripts import in_languages

    assert '<w:lang w:val="en-GB"/>' in paragraph(in_languages(document), "shall")


def test_hostile_directions_stay_in_their_runs() -> None:
    mark = "\N{RIGHT-TO-LEFT MARK}"
    words = f"א\u202e (ltr) <w:p> {mark}كينيا 12 b"
    xml = paragraph(annex("ar", (cell(words), ROW[1])), "א")
    texts = re.findall(r"(<w:rtl/>)?(?:</w:rPr>|<w:rPr/>)<w:t [^>]*>([^<]*)</w:t>", xml)
    assert "".join(text for _, text in texts) == (
        f"א&lt;U+202E&gt; (ltr) &lt;w:p&gt; {mark}كينيا 12 b"
    )
    assert [text for turned, text in texts if not turned] == ["U+202E&gt; (ltr) &lt;w:p", "b"]


@pytest.mark.parametrize(("language", "is_italic"), [("ru", True), ("ar", False), ("zh", False)])
def test_heads_are_bold_in_scripts_without_italics(language: str, is_italic: bool) -> None:
    head = opened(annex(language)).styles["Table head"].font
    assert (bool(head.italic), bool(head.bold), bool(head.cs_bold)) == (
        (True, False, False) if is_italic else (False, True, True)
    )


def test_foot_of_an_arabic_page_is_mirrored() -> None:
    word = opened(annex("ar"))
    feet = word.sections[0].footer.paragraphs
    assert all(foot._p.pPr.find(qn("w:bidi")) is not None for foot in feet)


def test_arabic_letters_have_the_weight_of_latin_ones() -> None:
    styles = opened(annex("ar")).styles
    for style in styles.element.iter(qn("w:style")):
        properties = style.find(qn("w:rPr"))
        names = set() if properties is None else {child.tag for child in properties}
        assert (qn("w:b") in names) == (qn("w:bCs") in names)
        assert (qn("w:sz") in names) <= (qn("w:szCs") in names)


@pytest.mark.further
def test_arabic_letters_are_larger_only_in_our_styles(house: str) -> None:
    sizes = [
        [size.get(qn("w:val")) for size in opened(document).styles["Table text"].element.rPr]
        for document in (annex("ar"), annex("ar").replace(template=house))
    ]
    assert sizes == [["18", "20"], ["18", "18"]]


def test_page_of_a_house_runs_from_the_right(house: str) -> None:
    (section,) = opened(annex("ar").replace(template=house)).sections
    names = [part.tag.rpartition("}")[2] for part in section._sectPr]
    # Word refuses properties in another order.
    assert names == ["footerReference", "pgSz", "pgMar", "cols", "bidi", "docGrid"]


@pytest.mark.further
def test_style_of_a_house_is_completed_for_arabic(house: str) -> None:
    word: Any = docx.Document(house)
    style = word.styles["Normal"].element
    properties = style.get_or_add_rPr()
    for name, size in (("w:b", None), ("w:sz", "24")):
        properties.append(element(name, **({"val": size} if size else {})))
    # Word reads a file with a size that is missing.
    word.styles["Heading 1"].element.rPr.find(qn("w:szCs")).attrib.clear()
    word.save(house)
    styles = opened(annex("ar").replace(template=house)).styles
    completed = styles["Normal"].element.rPr
    assert [(part.tag, part.get(qn("w:val"))) for part in completed] == [
        *((qn("w:b"), None), (qn("w:bCs"), None)),
        *((qn("w:sz"), "24"), (qn("w:szCs"), "24")),
    ]
    assert styles["Heading 1"].element.rPr.find(qn("w:szCs")).get(qn("w:val")) is None


def is_turned(document: Document, words: str) -> bool:
    """Return whether the paragraph that begins with some words runs from right to left."""
    return "<w:bidi/>" in paragraph(document, words)


def test_blanks_between_quotations_are_not_our_own_words() -> None:
    quotation, blank = Run("“act”", Tone.QUOTE, (), "en"), Run(" ")
    words = Cell((quotation, blank, quotation, blank))
    assert not is_turned(annex("ar", (cell("x"), words)), "“act")
    assert is_turned(annex("ar", (cell("x"), Cell((*words.runs, Run("نص"))))), f"{MARK}“act")


def test_untranslated_note_stays_beside_its_letter() -> None:
    notes = {"notes": (("a", "One."),), "remarks": ("All.",), "untranslated": ("One.", "All.")}
    document = annex("ar", **notes)
    assert is_turned(document, f"a{MARK}One")
    assert is_turned(document, f"{MARK}All.")
    assert '<w:lang w:val="en-GB"/>' in paragraph(document, f"{MARK}All.")


def test_note_keeps_the_space_after_untranslated_words() -> None:
    document = annex("fr", notes=(("a", "Voir Act 5 ici."),), untranslated=("Act 5",))
    texts = [paragraph.text for paragraph in opened(document).paragraphs]
    assert "a\tVoir Act 5 ici." in texts


def test_direction_of_a_new_note_is_before_its_revision() -> None:
    letter = Run("", marks=("a",), revision=Tone.INSERTED)
    note = Cell((letter, Run("One.", revision=Tone.INSERTED)))
    xml = paragraph(annex("ar", revised_notes=(note,)), "a")
    assert '<w:pStyle w:val="TableNote"/><w:bidi/><w:rPr><w:ins ' in xml


def test_marks_are_only_at_quotations_from_left_to_right() -> None:
    heading = opened(annex("ar").replace(number="(II)")).paragraphs[0]
    assert heading.text == "(II)\nNon-punishment"
    words = Cell((Run("نص "), Run("“لا يعاقب.”", Tone.QUOTE, (), "ar")))
    assert MARK not in paragraph(annex("ar", (cell("x"), words)), "نص")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh"])
def test_files_in_each_language_are_the_same_twice(language: str) -> None:
    assert write(annex(language)) == write(annex(language))


#: The runs of a Chinese sentence with the numbers of articles and paragraphs.
NUMBERS = ["见", "第~14~条", "第~3", "、40–", "43~段", "。"]


def test_chinese_in_a_house_style_has_its_font_and_numbers(house: str) -> None:
    words = "".join(NUMBERS).replace("~", JOINER)
    document = annex("zh", (cell(words), ROW[1])).replace(template=house)
    (place, quotation) = opened(document).tables[0].rows[1].cells
    runs = place.paragraphs[0]._p.xpath("w:r")
    assert [run.xpath("string(w:t)").replace(JOINER, "~") for run in runs] == NUMBERS
    assert [run.xpath("string(w:rPr/w:lang/@w:eastAsia)") for run in runs] == [
        *("zh-CN", "x-none", "x-none", "zh-CN", "x-none", "zh-CN")
    ]
    assert {run.xpath("string(w:rPr/w:rFonts/@w:hint)") for run in runs} == {"eastAsia"}
    assert not quotation.paragraphs[0]._p.xpath(".//w:rFonts")


def test_line_break_beside_a_joined_number_is_kept() -> None:
    heading = opened(annex("zh").replace(number=f"附件{JOINER}2")).paragraphs[0]
    assert heading.text == f"附件{JOINER}2\nNon-punishment"


def test_joined_numbers_are_runs_in_no_language() -> None:
    words = "见第~14~条第~3、40–43~段。".replace("~", JOINER)
    document = annex("zh", (cell(words), ROW[1]))
    (place, *_) = opened(document).tables[0].rows[1].cells
    runs = place.paragraphs[0]._p.xpath("w:r")
    languages = [run.xpath("string(w:rPr/w:lang/@w:eastAsia)") for run in runs]
    assert [run.xpath("string(w:t)").replace(JOINER, "~") for run in runs] == NUMBERS
    assert languages == ["", "x-none", "x-none", "", "x-none", ""]
    (table,) = read_docx(write(document.replace(recipe={"ids": []}))).tables
    assert table.rows[0][0].text == words.replace(JOINER, "")
