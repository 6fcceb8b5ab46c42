"""Quotations: whole words in every script, normal forms, and characters that are not visible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.wording.quotation_places import QuotationPlaces
from npcompare.wording.quotations import Body, normal_form, spans


@pytest.mark.parametrize(
    ("body", "words", "count"),
    [
        ("अपराध और अपराधों", "अपराध", 1),
        ("पीड़ितों", "पीड़ित", 0),
        ("মামলা মামলার", "মামলা", 1),
        ("குற்றம் குற்றங்கள்", "குற்றம்", 1),
        ("می\u200cشود شود", "شود", 1),
        ("ผู้เสียหายไม่ต้องรับโทษ", "ไม่ต้อง", 1),
        ("被害人不应被起诉", "不应", 1),
        ("n\u2019est pas", "est pas", 1),
        ("offence offences", "offence", 1),
    ],
)
def test_quotation_is_of_whole_words_in_every_script(body: str, words: str, count: int) -> None:
    assert Body(body).quote(words) == count


@pytest.mark.parametrize(
    ("body", "words", "hint"),
    [
        ("of tr\u00adade, who", "of trade", 'the body: soft hyphen: "of tr<U+00AD>ade"'),
        ("victim of", "victim\u200b of", 'the evidence: zero width space: "victim<U+200B> of"'),
        (
            "victim\ufeff is",
            "victim is",
            'the body: zero width no-break space: "victim<U+FEFF> is"',
        ),
    ],
)
def test_invisible_character_is_named(body: str, words: str, hint: str) -> None:
    place, name, shown = hint.split(": ")
    assert Body(body).hint_for_missing(words) == (
        f"{place} has a character that is not visible, {name}: delete it in {shown}"
    )


LETTERS = st.text(st.sampled_from("aéñ ,e\u0301o\u0308"), max_size=20)


@given(LETTERS, st.sampled_from(["déjà", "a", "éé"]), LETTERS)
def test_places_are_those_of_the_text_as_written(before: str, words: str, after: str) -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, f"{before} {words}, {after}")
        for start, end in QuotationPlaces(text).find(words):
            assert normal_form(text[start:end]) == words


def test_letters_of_hangul_are_not_taken_apart() -> None:
    text = unicodedata.normalize("NFD", "(가) 각가, 나")
    places = [QuotationPlaces(text).find(words)[0] for words in ("가", "각가")]
    assert [normal_form(text[start:end]) for start, end in places] == ["가", "각가"]


def test_span_has_the_length_of_the_normal_form() -> None:
    body = normal_form("une conséquence directe, même")
    words = unicodedata.normalize("NFD", "conséquence\n directe")
    assert [body[slice(*span)] for span in spans(body, words)] == ["conséquence directe"]
