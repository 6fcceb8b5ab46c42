"""Clean texts: what printers, web pages and scanners added is read as if it were not there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.coding.phrasebook import Language, phrase_book
from npcompare.text import fold
from npcompare.wording.clean_text import clean_text
from npcompare.wording.rewriting import RewrittenText


def language(tag: str = "en") -> Language:
    return phrase_book().languages[tag]


def clean(text: str, tag: str = "en") -> str:
    """Return a text as it is read."""
    return clean_text(text, language(tag)).text


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("the victim&rsquo;s act &amp; deed", "the victim’s act & deed"),
        ("&sect;&nbsp;5 of &#8220;it&#x201d;", "Section\u00a05 of “it”"),
        ("<p class=x>A <b>victim</b><sup>3</sup><br/>is</p>", "\nA victim\nis\n"),
        ("is:<ul><li>a;</li><li>b.</li></ul> 5 < 6 <x>", "is:\n\n\u2022 a;\n\u2022 b.\n 5 < 6 <x>"),
        ("AT&T and &unknown; and &;", "AT&T and &unknown; and &;"),
        ("a&#8;b&#10;c", "ab\nc"),
        ("pe\u0301nale de\u0301ja\u0300", "pénale déjà"),
        ("\u0301a", "\u0301a"),
        ("vic\u200btim \ufeffof\u2060", "victim of"),
        ("traf\u00adficked per\u00ad\n   sons", "trafficked persons"),
        ("the victim\u02bcs and l\u00b4infraction", "the victim’s and l’infraction"),
        ("shall be prosecu-\n  tion", "shall be prosecution"),
        ("the prosecu1-\ntion and the prose\u00ad\ncution", "the prosecution\nand the prosecution"),
        ("self-\nincrimination", "self-incrimination"),
        ("Anti-\nTrafficking", "Anti-Trafficking"),
        ("re-\nsult", "result"),
        ("the work-\nplace is a work-place", "the work-place\nis a work-place"),
        ("the vulner-\nable; vulnerable", "the vulnerable;\nvulnerable"),
        ("victim -\nwas 12-\n13", "victim -\nwas 12-\n13"),
    ],
)
def test_marks_that_were_added_are_not_read(published: str, text: str) -> None:
    assert clean(published) == text


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("a victim3 shall12 not", "a victim shall not"),
        ("a victim\u00b3, an offence.\u2074\u2075 It", "a victim, an offence. It"),
        ("victim[4] of an offence.[5]", "victim of an offence."),
        ("trafficking.7 The offence,8 if", "trafficking. The offence, if"),
        ("a class1 felony, part2", "a class 1 felony, part 2"),
        ("under section12 or article.5", "under section 12 or article.5"),
        ("Article7 (20)\nIn Article7 (20)", "Article (20)\nIn Article 7 (20)"),
        ("aged18 and under16, and under3", "aged 18 and under 16, and under"),
        ("Gazette7 of Zamvura3", "Gazette7 of Zamvura3"),
        ("victim3.5 and 12 victims", "victim3.5 and 12 victims"),
    ],
)
def test_footnote_numbers_are_not_read(published: str, text: str) -> None:
    assert clean(published) == text


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("is 1iable for a crirne", "is liable for a crime"),
        ("the govemment of the victirn", "the government of the victim"),
        ("crimina1 direct1y wil1 i11egal", "criminal directly will illegal"),
        ("the 1st and the 10th", "the 1st and the 10th"),
        ("a lantem alarm in 1O1 rooms", "a lantem alarm in 1O1 rooms"),
        ("(l) A person; (2) a", "(1) A person; (2) a"),
        ("(k) a; (l) b", "(k) a; (l) b"),
    ],
)
def test_letters_are_repaired_where_it_is_safe(published: str, text: str) -> None:
    assert clean(published) == text


@pytest.mark.parametrize(
    ("published", "text", "tag"),
    [
        ("de 1’infraction, pénalernent", "de l’infraction, pénalement", "fr"),
        ("1e jour où i1 fut, 1es uns, 1er et 1re", "le jour où il fut, les uns, 1er et 1re", "fr"),
        ("1a víctima de1 delito, art. 1a)", "la víctima del delito, artículo 1a)", "es"),
        ("la pena1 o penal2", "la pena1 o penal", "es"),
        ("1os fines, e1 fin, 1º", "los fines, el fin, 1º", "es"),
    ],
)
def test_articles_are_repaired(published: str, text: str, tag: str) -> None:
    assert clean(published, tag) == text


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("Act No. 12 of 2010", "Act number 12 of 2010"),
        ("Law No.(23), Nos 3 and 4", "Law number (23), number 3 and 4"),
        (
            "no. 3, N° 4, nº5, No 12 and \u2116 6",
            "number 3, number 4, number 5, number 12 and number 6",
        ),
        ("by law no 12 of 2010", "by law number 12 of 2010"),
        ("No. No one. No 12 may", "No. No one. No 12 may"),
        ("under § 5-37-2 and §§ 3, 4", "under section 5-37-2 and section 3, 4"),
        ("§ 5. Title", "Section 5. Title"),
        ("in s. 775(1)(b), ss. 3 and s 45", "in section 775(1)(b), sections 3 and section 45"),
        (
            "Art. 12, arts 3, para. (b), cl. 4, Sch. 2",
            "Article 12, articles 3, paragraph (b), clause 4, Schedule 2",
        ),
        ("e.g. theft, i.e. e. g. theft", "for example theft, namely for example theft"),
        ("the victim's. The art. The arts", "the victim's. The art. The arts"),
    ],
)
def test_short_forms_are_written_out(published: str, text: str) -> None:
    assert clean(published) == text


def test_french_short_forms_are_written_out() -> None:
    published = "la loi n° 12, l’art. L. 425-1, al. 2"
    assert clean(published, "fr") == "la loi numéro 12, l’article L. 425-1, alinéa 2"


def test_plain_text_stays_as_it_is() -> None:
    text = "A victim shall not be punished for an offence.\n\n(1) No one (a) may; or\n- may not.\n"
    assert clean_text(text, language()) == RewrittenText(text, text)


@given(st.text(alphabet="vic tim\u00ad\u200b-\n1l(&#;e\u0301’", max_size=60))
def test_letters_are_found_as_published(published: str) -> None:
    result = clean_text(published, language())
    for place, character in enumerate(result.text):
        start, end = result.published(place, place + 1)
        assert 0 <= start < end <= len(published)
        original = unicodedata.normalize("NFC", published[start:end])
        assert original.startswith(character) or {original[0], character} == {"1", "l"}


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned(published: str) -> None:
    result = clean_text(published, language())
    assert result.original == published
    start, end = result.published(0, len(result.text))
    assert fold(published[start:end]) in fold(published)
