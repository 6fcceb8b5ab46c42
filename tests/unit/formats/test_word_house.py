"""A house template that defines every style of an annex: nothing in the annex has another look."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from word_files import opened

from npcompare.charts import Box, CellAnswer, Diagram
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, cell
from npcompare.formats import word_styles as styles
from npcompare.formats.word import write

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = (
    *(styles.HEADING, styles.CAPTION, styles.TEXT, styles.HEAD, styles.SPANNER),
    *(styles.ANSWER_HEAD, styles.STUB, styles.ANSWER, styles.SOURCE, styles.NOTE),
    *(styles.REMARK, styles.HEADNOTE, styles.FIGURE, styles.FOOTER, styles.PROVENANCE),
)
CHARACTERS = (
    *(styles.MARK, styles.STRONG, styles.LAW, styles.UPRIGHT_LAW, styles.ASIDE),
    *(styles.INSERTED, styles.DELETED),
)

#: What of a paragraph or a run is not a look: its style, language, script and place in the text.
NOT_LOOKS = {
    *("pStyle", "rStyle", "lang", "rtl", "bidi", "keepNext", "rFonts", "ins", "del", "rPr"),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a template in which each style of an annex has a colour of its own."""
    word = docx.Document()
    kinds = dict.fromkeys(PARAGRAPHS, WD_STYLE_TYPE.PARAGRAPH)
    kinds |= dict.fromkeys(CHARACTERS, WD_STYLE_TYPE.CHARACTER)
    for number, (name, kind) in enumerate(kinds.items(), 1):
        style: Any = word.styles[name] if name in word.styles else word.styles.add_style(name, kind)
        style.font.color.rgb = RGBColor(number, number, number)
        style.font.size = Pt(9)
    word.styles.add_style(styles.TABLE, WD_STYLE_TYPE.TABLE)
    path = tmp_path / "house.docx"
    word.save(str(path))
    return path


def full_annex(house: Path) -> Document:
    """Return an annex with everything that an annex can have."""
    columns = (
        Column("state", "State"),
        Column("words", "Words"),
        Column("source", "Source"),
        Column("stage-a", "Stage: a", Role.ANSWER, "Stage", "a"),
        Column("stage-b", "Stage: b", Role.ANSWER, "Stage", "b"),
    )
    words = (
        Run("law", Tone.QUOTE, ("a",), "fr"),
        Run("被害人", Tone.QUOTE, (), "zh"),
        Run("الضحية", Tone.QUOTE, (), "ar"),
        Run("strong", Tone.STRONG),
        Run("aside", Tone.ASIDE),
        Run("new", Tone.INSERTED),
        Run("old", Tone.DELETED),
    )
    answers = (Cell((Run("yes"),), CellAnswer.YES), Cell((Run("no"),), CellAnswer.NO))
    row = (cell("Kenya", Tone.STRONG), Cell(words), cell("para. 1"), *answers)
    figure = Diagram((Box(("Kenya",), 1),), (), "How to read it.")
    table = Table(
        "Provisions",
        columns,
        (row,),
        remarks=("A remark.",),
        notes=(("a", "A note."),),
        figure=figure,
        headnote="A headnote.",
    )
    return Document("Laws", (table,), {}, table, "made with", "Annex II", template=str(house))


def stories(word: Any) -> list[Any]:
    return [word.element.body, word.sections[0].footer._element]


def test_every_style_of_an_annex_is_that_of_the_house(house: Path) -> None:
    word = opened(full_annex(house))
    names = {style.style_id: style.name for style in word.styles}
    used = {
        names[mark.get(qn("w:val"))]
        for story in stories(word)
        for mark in story.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    }
    assert used == {*PARAGRAPHS, *CHARACTERS, styles.TABLE}
    colours = {word.styles[name].font.color.rgb for name in (*PARAGRAPHS, *CHARACTERS)}
    assert len(colours) == len(PARAGRAPHS) + len(CHARACTERS)


@pytest.mark.further
def test_nothing_has_a_look_besides_its_style(house: Path) -> None:
    word = opened(full_annex(house))
    properties = {
        child.tag.split("}")[1]
        for story in stories(word)
        for paragraph in story.iter(qn("w:p"))
        for holder in paragraph.iter(qn("w:pPr"), qn("w:rPr"))
        for child in holder
    }
    assert properties <= NOT_LOOKS
    cells = {
        child.tag.split("}")[1]
        for holder in word.element.body.iter(qn("w:tcPr"), qn("w:tblPr"))
        for child in holder
    }
    assert cells <= {
        *("tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription"),
        *("tcW", "gridSpan", "vMerge"),
    }
    paragraphs = [each for story in stories(word) for each in story.iter(qn("w:p"))]
    assert all(each.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None for each in paragraphs)


@pytest.mark.further
def test_captions_stay_above_whatever_the_house_says(house: Path) -> None:
    captions = [
        paragraph.paragraph_format.keep_with_next
        for paragraph in opened(full_annex(house)).paragraphs
        if paragraph.style.name in {styles.CAPTION, styles.HEADNOTE}
    ]
    assert captions == [True] * 3


@pytest.mark.further
def test_fonts_of_scripts_are_those_of_the_style(house: Path) -> None:
    """Only the hint for punctuation in an East Asian text is in a run."""
    fonts = opened(full_annex(house)).element.body.findall(f".//{qn('w:rFonts')}")
    assert [dict(each.attrib) for each in fonts] == [{qn("w:hint"): "eastAsia"}]


@pytest.mark.further
def test_text_is_in_english_in_a_house_of_another_language(house: Path) -> None:
    word = docx.Document(str(house))
    (language,) = word.styles.element.xpath("w:docDefaults//w:lang")
    language.set(qn("w:val"), "fr-FR")
    word.save(str(house))
    body = opened(full_annex(house)).element.body
    languages = [
        (run.text, {key.split("}")[1]: value for key, value in mark.attrib.items()})
        for run in body.iter(qn("w:r"))
        for mark in run.iter(qn("w:lang"))
        if run.text
    ]
    assert ("Kenya", {"val": "en-GB"}) in languages
    assert ("Provisions", {"val": "en-GB"}) not in languages  # it follows a number
    assert (". Provisions", {"val": "en-GB"}) in languages
    assert ("law", {"val": "fr"}) in languages
    assert ("被害人", {"eastAsia": "zh-CN"}) in languages
    assert ("الضحية", {"bidi": "ar"}) in languages


@pytest.mark.further
def test_house_template_opens_in_current_mode_of_word(house: Path) -> None:
    word = docx.Document(str(house))
    for compat in list(word.settings.element.iter(qn("w:compat"))):
        compat.getparent().remove(compat)
    word.save(str(house))
    written = docx.Document(io.BytesIO(write(full_annex(house))))
    (setting,) = written.settings.element.iter(qn("w:compatSetting"))
    assert (setting.get(qn("w:name")), setting.get(qn("w:val"))) == ("compatibilityMode", "15")
    names = [part.partname for part in written.part.package.iter_parts()]
    assert not [name for name in names if "thumbnail" in name]
