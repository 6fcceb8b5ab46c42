"""Sentence segmentation: numbered sub-sections, lists, abbreviations and long texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.wording.sentences import divide


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("See s. 4 of Act No. 15. Then", ["See s. 4 of Act No. 15.", "Then"]),
        ("(1) One.\n(2) Two, under section (3).", ["One.", "Two, under section (3)."]),
        ("1. One\n\n2. Two", ["One", "Two"]),
        ("Art. 12. Un.", ["Un."]),
        ("Art. 3-1. \u2013 I. \u2013 Un.\n« II. \u2013 Deux.", ["Un.", "Deux."]),
        ("No one: (a) may; or (b) shall.", ["No one: (a) may; or (b) shall."]),
        ("One —\n(a) may;\n(b) shall.", ["One —\n(a) may;\n(b) shall."]),
        ("", []),
    ],
)
def test_text_is_divided_into_sentences(text: str, sentences: list[str]) -> None:
    assert [text[sentence.start : sentence.end] for sentence in divide(text)] == sentences


@given(st.text(alphabet="(1) a.b;—\n§Art 2.i", max_size=60))
def test_sentences_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for sentence in divide(text):
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end


def test_long_sentences_are_split() -> None:
    for text in ("word " * 50_000, "word" * 50_000, "(a) word; " * 20_000):
        lengths = [sentence.end - sentence.start for sentence in divide(text)]
        assert max(lengths) <= 6_000
        assert sum(lengths) >= 0.99 * len(text)
