"""Rewritten texts: every place leads back to the text as published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.wording.rewriting import Replacement, RewrittenText


def original(text: str) -> RewrittenText:
    """Return a text that has not been rewritten."""
    return RewrittenText(text, text)


@st.composite
def rewritings(draw: st.DrawFn) -> tuple[str, list[list[Replacement]]]:
    """Return a text and two lists of edits, each with small letters for capitals and digits."""
    text = draw(st.text("AB1 -", max_size=30))
    rounds = []
    length = len(text)
    for _ in range(2):
        places = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
        edits = [
            Replacement(start, end, draw(st.text("xyz ", max_size=3)))
            for start, end in zip(places[::2], places[1::2], strict=False)
        ]
        rounds.append(edits)
        length += sum(len(edit.replacement) + edit.start - edit.end for edit in edits)
    return text, rounds


def test_passages_are_replaced() -> None:
    text = original("Act No. 3 &amp; 4").rewritten(
        [Replacement(4, 7, "number"), Replacement(10, 15, "&")]
    )
    assert text.text == "Act number 3 & 4"
    assert text.original == "Act No. 3 &amp; 4"


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("Act", "Act"),
        ("Act number", "Act No."),
        ("number", "No."),
        ("umb", "No."),
        ("3 & 4", "3 &amp; 4"),
        ("& 4", "&amp; 4"),
        ("4", "4"),
    ],
)
def test_words_are_found_as_published(words: str, published: str) -> None:
    source = "Act No. 3 &amp; 4"
    text = original(source).rewritten([Replacement(4, 7, "number"), Replacement(10, 15, "&")])
    start = text.text.index(words)
    assert source[slice(*text.published(start, start + len(words)))] == published


def test_footnote_number_belongs_to_the_word_before() -> None:
    source = "a victim3 is"
    text = original(source).rewritten([Replacement(8, 9)])
    assert text.text == "a victim is"
    assert text.published(2, 8) == (2, 9)
    assert text.published(9, 11) == (10, 12)


def test_removed_line_does_not_belong_to_words_before() -> None:
    source = "do\n12\nit"
    text = original(source).rewritten([Replacement(3, 6)])
    assert text.text == "do\nit"
    assert text.published(0, 2) == (0, 2)
    assert text.published(0, 5) == (0, 8)
    assert text.published(3, 5) == (6, 8)


def test_places_lead_back_through_all_rewritings() -> None:
    source = "prosecu&shy;\ntion of"
    decoded = original(source).rewritten([Replacement(7, 12, "\u00ad")])
    joined = decoded.rewritten([Replacement(7, 9)])
    assert joined.text == "prosecution of"
    assert joined.published(0, 11) == (0, 17)
    assert joined.published_places([(0, 3), (12, 14)]) == ((0, 3), (18, 20))


def test_text_without_edits_stays_the_same() -> None:
    text = original("Act")
    assert text.rewritten([]) is text
    assert text.published(1, 3) == (1, 3)


@given(rewritings())
def test_each_character_has_a_place_in_the_original(
    case: tuple[str, list[list[Replacement]]],
) -> None:
    source, rounds = case
    text = original(source)
    for edits in rounds:
        text = text.rewritten(edits)
    end_before = 0
    for place, character in enumerate(text.text):
        start, end = text.published(place, place + 1)
        assert 0 <= start <= end <= len(source)
        assert end >= end_before
        end_before = end
        if character in "AB1-":
            assert source[start] == character


@given(rewritings())
def test_places_keep_their_order(case: tuple[str, list[list[Replacement]]]) -> None:
    source, rounds = case
    text = original(source)
    for edits in rounds:
        text = text.rewritten(edits)
    starts = [text.published(place, len(text.text))[0] for place in range(len(text.text))]
    assert starts == sorted(starts)
    assert text.published(0, len(text.text))[1] <= len(source)
