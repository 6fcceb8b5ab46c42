"""Automatic numbers as Word shows them, list by list."""

from __future__ import annotations

import pytest
from word_bills import NUMBERS, run, word_file

from npcompare.readers.docx_reader import read_docx
from npcompare.readers.number_formats import written


def level(number: int, text: str, number_format: str = "decimal", extra: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(*levels: str, number: int = 1) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def numbered_list(number: int, override: str = "", defined_by: int = 1) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{defined_by}"/>{override}</w:num>'


def start_override(number: int, start: int, extra: str = "") -> str:
    override = f'<w:startOverride w:val="{start}"/>{extra}'
    return f'<w:lvlOverride w:ilvl="{number}">{override}</w:lvlOverride>'


def paragraphs(places: str) -> str:
    """Return a paragraph for each place "list.level"; a mark is after an exclamation mark."""
    body = ""
    for place in places.split():
        number, ilvl = place.split(".")
        numbering = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>'
        body += f"<w:p><w:pPr>{numbering}</w:pPr>{run('Words')}</w:p>"
    return body


def labels(numbering: str, body: str, styles: str = "", revisions: str = "accepted") -> list[str]:
    content = word_file(body, numbering=numbering, styles=styles)
    document = read_docx(content, "bill.docx", revisions)
    return [paragraph.label for paragraph in document.paragraphs]


LEGAL = definition(level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3"))


@pytest.mark.parametrize(
    ("lists", "places", "expected"),
    [
        # A level that has not occurred yet is shown with its start.
        (numbered_list(1), "1.1 1.1 1.0 1.1", "1.1 1.2 2. 2.1"),
        (numbered_list(1), "1.0 1.2 1.1 1.2", "1. 1.1.1 1.2 1.2.1"),
        # Lists of one definition continue each other.
        (numbered_list(1) + numbered_list(2), "1.0 2.0 1.0 2.1 1.1", "1. 2. 3. 3.1 3.2"),
        # A list that starts again does so when it first occurs, and only then.
        (
            numbered_list(1) + numbered_list(2, start_override(0, 5)),
            "1.0 1.0 2.0 2.0 1.0 2.0",
            "1. 2. 5. 6. 7. 8.",
        ),
        (
            numbered_list(1) + numbered_list(2, start_override(1, 5)),
            "1.0 1.1 2.1 2.1 1.0 1.1",
            "1. 1.1 1.5 1.6 2. 2.1",
        ),
        # A level may be another one in a list, and start again there.
        (
            numbered_list(1)
            + numbered_list(2, start_override(0, 4, level(0, "X%1", "upperRoman"))),
            "1.0 1.0 2.0 2.1 1.0",
            "1. 2. XIV IV.1 5.",
        ),
    ],
)
def test_lists_share_counters_and_start_again(lists: str, places: str, expected: str) -> None:
    assert labels(LEGAL + lists, paragraphs(places)) == expected.split()


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", "1. (a) (i) (b) (i) 2. (a) (i)"),
        ('<w:lvlRestart w:val="0"/>', "1. (a) (i) (b) (ii) 2. (a) (iii)"),
        ('<w:lvlRestart w:val="1"/>', "1. (a) (i) (b) (ii) 2. (a) (i)"),
    ],
)
def test_level_restarts_after_the_level_it_names(restart: str, expected: str) -> None:
    levels = (
        level(0, "%1."),
        level(1, "(%2)", "lowerLetter"),
        level(2, "(%3)", "lowerRoman", restart),
    )
    body = paragraphs("1.0 1.1 1.2 1.1 1.2 1.0 1.1 1.2")
    assert labels(definition(*levels) + numbered_list(1), body) == expected.split()


def test_legal_level_shows_digits_for_numerals() -> None:
    levels = (
        level(0, "Article %1.", "upperRoman"),
        level(1, "Section %1.%2", "decimalZero", "<w:isLgl/>"),
        level(2, "%1.%3", "lowerLetter"),
    )
    written_labels = labels(definition(*levels) + numbered_list(1), paragraphs("1.0 1.0 1.1 1.2"))
    assert written_labels == ["Article I.", "Article II.", "Section 2.01", "II.a"]


def test_custom_format_pads_with_zeros() -> None:
    choice = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/>'
        "</w:lvl>"
    )
    written_labels = labels(definition(choice) + numbered_list(1), paragraphs("1.0 1.0"))
    assert written_labels == ["009", "010"]


def test_unknown_format_is_decimal_and_said() -> None:
    numbering = definition(level(0, "%1.", "bahtText")) + numbered_list(1)
    document = read_docx(word_file(paragraphs("1.0"), numbering=numbering), "b.docx", "accepted")
    assert [paragraph.label for paragraph in document.paragraphs] == ["1."]
    assert document.notes == (
        "b.docx: the numbers of a list are in the format bahtText, shown here as 1, 2, 3",
    )


def test_level_without_number_counts_all_the_same() -> None:
    hidden_level = level(0, "%1.", extra="").replace(
        "</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>"
    )
    numbering = definition(hidden_level, level(1, "%1.%2")) + numbered_list(1)
    assert labels(numbering, paragraphs("1.0 1.0 1.1")) == ["", "", "2.1"]
    without_number = definition(level(0, "", "none"), level(1, "%1%2.")) + numbered_list(1)
    assert labels(without_number, paragraphs("1.0 1.1 1.1")) == ["", "1.", "2."]


@pytest.mark.parametrize(
    ("sign", "font", "bullet"),
    [
        *(("\uf0b7", "Symbol", "•"), ("o", "Courier New", "◦"), ("\uf0a7", "Wingdings", "▪")),
        *(("-", "Calibri", "-"), ("\uf021", "Webdings", "•"), ("–", "Times", "–")),
    ],
)
def test_bullets_are_characters(sign: str, font: str, bullet: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl>'
    numbering = definition(level(0, sign, "bullet").replace("</w:lvl>", fonts)) + numbered_list(1)
    assert labels(numbering, paragraphs("1.0 1.0")) == [bullet, bullet]


def test_picture_bullet_is_a_dot() -> None:
    picture = level(0, "", "bullet", '<w:lvlPicBulletId w:val="0"/>')
    assert labels(definition(picture) + numbered_list(1), paragraphs("1.0")) == ["•"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="D"><w:basedOn w:val="A"/><w:pPr><w:numPr>'
    '<w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
)


@pytest.mark.parametrize(
    ("style", "direct", "expected"),
    [
        ("A", "", "1."),
        ("B", "", "1.1"),
        ("C", "", "1.1.1"),
        ("D", "", ""),
        ("Loop", "", ""),
        ("Nowhere", "", ""),
        ("A", '<w:numId w:val="0"/>', ""),
        ("A", '<w:ilvl w:val="2"/>', "1.1.1"),
        ("C", '<w:numId w:val="2"/>', "1.1.1"),
        ("A", '<w:numId w:val="99"/>', ""),
        ("A", '<w:ilvl w:val="2000"/>', ""),
        ("A", '<w:numId w:val="many"/>', "1."),
    ],
)
def test_number_comes_from_style_or_paragraph(style: str, direct: str, expected: str) -> None:
    styled_level = level(1, "%1.%2", extra='<w:pStyle w:val="B"/>')
    numbering = definition(level(0, "%1."), styled_level, level(2, "%1.%2.%3"))
    numbering += numbered_list(1) + numbered_list(2)
    numbers = f"<w:numPr>{direct}</w:numPr>" if direct else ""
    body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbers}</w:pPr>{run("Words")}</w:p>'
    assert labels(numbering, body, STYLES) == [expected]


def test_list_style_leads_to_the_definition() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + definition('<w:styleLink w:val="L"/>', level(0, "(%1)", "lowerLetter"), number=2)
        + '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="M"/></w:abstractNum>'
        + numbered_list(1)
        + numbered_list(2, defined_by=2)
        + numbered_list(3, defined_by=3)
    )
    styles = "".join(
        f'<w:style w:type="numbering" w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="{number}"'
        "/></w:numPr></w:pPr></w:style>"
        for name, number in (("L", 2), ("M", 3))
    )
    # The third list leads to itself.
    assert labels(numbering, paragraphs("1.0 1.0 3.0"), styles) == ["(a)", "(b)", ""]


def marked(number: str, mark: str, content: str) -> str:
    properties = (
        f"<w:pPr><w:numPr><w:numId w:val='{number}'/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>"
    )
    return f"<w:p>{properties}{content}</w:p>"


def test_deleted_mark_does_not_use_up_a_number() -> None:
    deleted = "<w:del w:id='1' w:author='A'/>"
    body = (
        marked("1", "", run("One"))
        + marked("1", deleted, f"<w:del w:id='2' w:author='A'>{run('lost', tag='delText')}</w:del>")
        + marked("1", deleted, run("Two "))
        + marked("1", "", run("and two"))
        + marked("1", "", run("Three"))
    )
    numbering = definition(level(0, "%1.")) + numbered_list(1)
    document = read_docx(word_file(body, numbering=numbering), "b.docx", "accepted")
    assert document.text == "1. One\n2. Two and two\n3. Three"
    document = read_docx(word_file(body, numbering=numbering), "b.docx", "rejected")
    assert document.text == "1. One\n2. lost\n3. Two\n4. and two\n5. Three"


def test_hidden_mark_keeps_the_number_before_it() -> None:
    hidden_mark = "<w:vanish/><w:specVanish/>"
    body = marked("1", hidden_mark, run("Heading. ")) + f"<w:p>{run('Words.')}</w:p>"
    body += marked("1", "", run("Next"))
    numbering = definition(level(0, "%1.")) + numbered_list(1)
    document = read_docx(word_file(body, numbering=numbering), "b.docx", "accepted")
    assert document.text == "1. Heading. Words.\n2. Next"


def test_rejected_change_restores_the_numbering() -> None:
    earlier = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    change = f'<w:pPrChange w:id="1" w:author="A">{earlier}</w:pPrChange>'
    body = f"<w:p><w:pPr>{change}</w:pPr>{run('Words')}</w:p>"
    inserted = '<w:numPr><w:numId w:val="1"/><w:ins w:id="1" w:author="A"/></w:numPr>'
    body += f"<w:p><w:pPr>{inserted}</w:pPr>{run('Words')}</w:p>"
    numbering = definition(level(0, "%1.")) + numbered_list(1)
    assert labels(numbering, body) == ["", "1."]
    assert labels(numbering, body, revisions="rejected") == ["1.", ""]


@pytest.mark.parametrize("number_format", NUMBERS)
def test_formats_write_the_listed_numbers(number_format: str) -> None:
    written_labels = [
        written(number, number_format) for number in range(1, len(NUMBERS[number_format]) + 1)
    ]
    assert written_labels == NUMBERS[number_format]


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        (1994, "upperRoman", "MCMXCIV"),
        (703, "lowerLetter", "a" * 28),
        (101, "cardinalText", "One hundred one"),
        (1120, "ordinalText", "One thousand one hundred twentieth"),
        (111, "ordinal", "111th"),
        (101, "chineseCounting", "一○一"),
        (101, "chineseCountingThousand", "一百零一"),
        (2010, "chineseCountingThousand", "二千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (111, "japaneseCounting", "百十一"),
        (15, "hebrew1", "\u05d8\u05d5"),
        (321, "hebrew1", "שכא"),
        (5, "chicago", "**"),
        (11, "ideographTraditional", "11"),
        (31, "hex", "1F"),
        (3, "numberInDash", "- 3 -"),
        (12, "thaiNumbers", "๑๒"),
        (0, "lowerRoman", "0"),
        (99999, "lowerRoman", "99999"),
        (3, "none", ""),
    ],
)
def test_other_formats(number: int, number_format: str, expected: str) -> None:
    assert written(number, number_format) == expected
