"""Lists of Word files that lack a part, or have one that is rare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from word_bills import run, word_file

from npcompare.readers.docx_reader import read_docx

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText


def level(number: int, content: str) -> str:
    return f'<w:lvl w:ilvl="{number}">{content}</w:lvl>'


def shown(text: str, number_format: str = "decimal", start: int = 1) -> str:
    """Return what a level contains: its start, its format and its text."""
    return (
        f'<w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/>'
    )


def definition(*levels: str, number: int = 1) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def numbered_list(number: int, defined_by: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{defined_by}"/></w:num>'


def document(
    numbering: str, *places: tuple[int, int], styles: str = "", typed: str = ""
) -> DocumentText:
    """Return a document with a paragraph for each list and level, and one with a typed label."""
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr>{run('Words')}</w:p>"
        for number, ilvl in places
    )
    body += f"<w:p>{run(typed)}</w:p>"
    return read_docx(word_file(body, numbering=numbering, styles=styles), "a.docx", "accepted")


ALTERNATIVE = (
    "<mc:AlternateContent>{}<mc:Fallback><w:numFmt w:val='lowerRoman'/></mc:Fallback>"
    "</mc:AlternateContent><w:lvlText w:val='%1.'/>"
).format
FONTS = '<w:rPr><w:rFonts w:hAnsi="Courier New"/></w:rPr>'


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        # Without a start, Word counts from 0; without a format, in figures.
        ('<w:lvlText w:val="%1."/>', ["0.", "1."]),
        ('<w:start w:val="1"/>' + ALTERNATIVE(""), ["i.", "ii."]),
        ('<w:start w:val="1"/>' + ALTERNATIVE("<mc:Choice Requires='w14'/>"), ["i.", "ii."]),
        (shown("-", "bullet"), ["-", "-"]),
        (shown("o", "bullet") + FONTS, ["\N{WHITE BULLET}", "\N{WHITE BULLET}"]),
        (shown("", "bullet") + '<w:lvlPicBulletId w:val="0"/>', ["•", "•"]),
        # The number of a level below is not shown.
        (shown("%1%3)"), ["1)", "2)"]),
    ],
)
def test_level_may_lack_a_part(content: str, labels: list[str]) -> None:
    numbering = definition(level(0, content)) + numbered_list(1, 1)
    read = document(numbering, (1, 0), (1, 0))
    assert [paragraph.label for paragraph in read.paragraphs] == labels
    assert read.notes == ()


def test_level_without_a_definition_has_no_number() -> None:
    numbering = definition(level(0, shown("%1."))) + numbered_list(1, 1)
    read = document(numbering, (1, 0), (1, 3), (1, 0))
    assert [paragraph.label for paragraph in read.paragraphs] == ["1.", "", "2."]
    assert read.notes == ()


def test_level_below_the_last_is_the_last() -> None:
    levels = [level(7, shown("%8.")), level(8, shown("%9)"))]
    numbering = definition(*levels) + numbered_list(1, 1)
    read = document(numbering, (1, 7), (1, 8), (1, 12))
    assert [paragraph.label for paragraph in read.paragraphs] == ["1.", "1)", "2)"]


def test_definitions_and_lists_may_have_the_number_0() -> None:
    numbering = definition(level(0, shown("%1.")), number=0)
    numbering += definition(level(0, shown("(%1)")), number=1)
    numbering += numbered_list(0, 0) + numbered_list(1, 1) + numbered_list(2, 0)
    read = document(numbering, (1, 0), (2, 0), (0, 0))
    assert [paragraph.label for paragraph in read.paragraphs] == ["(1)", "1.", ""]


@pytest.mark.parametrize(
    ("abstract", "labels"),
    [
        # The definition, the style or the list of the style is missing.
        ("", ["", "1."]),
        ('<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="No"/></w:abstractNum>',
         ["", "1."]),
        ('<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Far"/></w:abstractNum>',
         ["", "1."]),
    ],
)  # fmt: skip
def test_list_without_a_definition_has_no_numbers(abstract: str, labels: list[str]) -> None:
    style = '<w:style w:type="numbering" w:styleId="Far"><w:pPr><w:numPr><w:numId w:val="9"/>'
    numbering = definition(level(0, shown("%1."))) + abstract
    numbering += numbered_list(1, 1) + numbered_list(2, 2)
    read = document(numbering, (2, 0), (1, 0), styles=f"{style}</w:numPr></w:pPr></w:style>")
    assert [paragraph.label for paragraph in read.paragraphs] == labels


def test_depths_follow_the_levels_and_looks_of_lists() -> None:
    numbering = definition(level(0, shown("%1.")), level(1, shown("%2.")))
    numbering += definition(level(0, shown("(%1)")), number=2)
    numbering += numbered_list(1, 1) + numbered_list(2, 2)
    read = document(numbering, (1, 0), (1, 1), (1, 0), (2, 0), (2, 0))
    assert [(paragraph.label, paragraph.depth) for paragraph in read.paragraphs] == [
        *(("1.", 1), ("1.", 2), ("2.", 1), ("(1)", 2), ("(2)", 2)),
    ]


@pytest.mark.parametrize(
    ("text", "number_format", "typed"),
    [
        ("%1.%2", "decimal", "1.2 Words"),
        ("(%2)", "lowerLetter", "(b) Words"),
        ("%2)", "lowerRoman", "ii) Words"),
        ("•", "bullet", "• Words"),
    ],
)
def test_typed_label_goes_on_with_an_automatic_list(
    text: str, number_format: str, typed: str
) -> None:
    levels = level(0, shown("%1.")), level(1, shown(text, number_format))
    read = document(definition(*levels) + numbered_list(1, 1), (1, 0), (1, 1), typed=typed)
    assert [paragraph.depth for paragraph in read.paragraphs] == [1, 2, 2]
