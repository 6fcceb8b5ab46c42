"""A section that is also listed in a list of contents is read where it has text."""

from __future__ import annotations

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers.contents_list import contents_list
from npcompare.readers.outline import Line, outlined, section

BODY = """PART I — PRELIMINARY
1. This Act may be cited as the Trafficking Act.
PART III — VICTIMS
12. (1) A victim shall not be prosecuted.
(2) A child is protected.
13. A court may quash."""


def read(text: str, name: str = "12") -> tuple[str, str]:
    """Return the text of a section, and the note on it."""
    paragraphs, note = section(outlined(map(Line, text.splitlines())), name, "a.txt")
    return "|".join(paragraph.text for paragraph in paragraphs), note


@pytest.mark.parametrize(
    "contents",
    [
        "Arrangement of clauses\n1. Short title\n12. Non-punishment\n13. Vacatur",
        "ARRANGEMENT OF SECTIONS\n1. Short title.\n12. Non-punishment.\n13. Vacatur.",
        "Contents\n1. Short title\t3\n12. Non-punishment ....... 7\n13. Vacatur\t8",
        "CONTENTS\n12\tNon-punishment\n13\tVacatur",
        "PART I — PRELIMINARY\n1. Short title\nPART III — VICTIMS\n12. Non-punishment\n13. Vacatur",
        "1. Short title\n12. Non-punishment\n13. Vacatur",
        "1. Short title\t1\n12. Non-punishment\t4\n13. Vacatur\t5\nA Bill for an Act.",
    ],
)
def test_entry_of_contents_is_not_the_section(contents: str) -> None:
    expected = "A victim shall not be prosecuted.|A child is protected."
    assert read(f"{contents}\n{BODY}") == (expected, "")
    assert read(f"{contents}\n{BODY}", "13") == ("A court may quash.", "")


def test_section_of_one_sentence_is_read() -> None:
    text = "ARRANGEMENT OF CLAUSES\n12. Non-punishment\t7\n12. A victim shall not be prosecuted."
    assert read(text) == ("A victim shall not be prosecuted.", "")


def test_lone_heading_gives_way_to_text_aloud() -> None:
    note = "12 occurs 2 times in a.txt; this is the first with text; to read the first: --section "
    text = "12. Non-punishment 7\n12. A victim shall not be prosecuted."
    assert read(text) == ("A victim shall not be prosecuted.", f'{note}"12#1"')
    assert read(text, "12#1") == ("Non-punishment 7", "")


def test_one_of_several_sections_is_chosen() -> None:
    text = "12. Words here.\n13. Other words.\n12. Words there.\n12. Last words."
    note = '12 occurs 3 times in a.txt; this is the first; to read the second: --section "12#2"'
    assert read(text) == ("Words here.", note)
    assert read(text, "12#2") == ("Words there.", "")
    assert read(text, "section 12 # 3 ") == ("Last words.", "")
    for name, count, times in (("12#4", 4, "3 times"), ("13#2", 2, "once")):
        with pytest.raises(NpcompareError) as raised:
            read(text, name)
        assert raised.value.message == f"there is no {name[:2]}#{count} in a.txt"
        assert raised.value.hint == f"{name[:2]} occurs {times}"


def test_contents_alone_are_read() -> None:
    assert read("Contents\n1. Short title\n12. Non-punishment") == ("Non-punishment", "")
    text = "Contents\n12. Non-punishment\n1. a.\n(12) Subsection.\n1. b."
    assert read(text)[0] == "Non-punishment"


def test_repeated_list_is_no_list_of_contents() -> None:
    for text in (
        "1. Words.\n2. Words.\n3. Words.\n1. Words.",
        "1. a\n2. b\n1. c",
        "1. a\n(a) b\n2. c\n(a) d\n(a) e",
        "• a\n• b\n• c\n• d",
        "Arrangement of flowers\n12. Rose\n12. Tulip",
        "12. Contents\n13. b\n12. c",
    ):
        assert not contents_list(outlined(map(Line, text.splitlines())))
