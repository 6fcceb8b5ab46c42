"""The redline of two texts: phrases stay together, and no word is lost."""

from __future__ import annotations

import re
from difflib import Match, SequenceMatcher
from typing import TYPE_CHECKING

import pytest
from conftest import provision
from hypothesis import given
from hypothesis import strategies as st

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.model.results import Change, Edit
from npcompare.wording.redline import redline, redlines

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.wording.bounded_matching import BoundedMatcher


def test_redline_keeps_phrases_together() -> None:
    assert redline(
        "The victim shall not be liable to arrest.", "The victim may not be liable to detention."
    ) == (
        Change(Edit.SAME, "The victim "),
        Change(Edit.DELETED, "shall "),
        Change(Edit.INSERTED, "may "),
        Change(Edit.SAME, "not be liable to "),
        Change(Edit.DELETED, "arrest"),
        Change(Edit.INSERTED, "detention"),
        Change(Edit.SAME, "."),
    )


def test_single_word_between_changes_is_part_of_them() -> None:
    assert redline("criminal and civil liability", "penal and administrative liability") == (
        Change(Edit.DELETED, "criminal and civil "),
        Change(Edit.INSERTED, "penal and administrative "),
        Change(Edit.SAME, "liability"),
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a b", "a c", "=a |-b|+c"),
        ("b a", "c a", "-b |+c |=a"),
        ("a x b", "c x d", "-a x b|+c x d"),
        ("x y", "x", "=x |-y"),
        ("x", "x y", "=x |+y"),
        ("", "x", "+x"),
        ("", "", ""),
    ],
)
def test_redline_of_short_texts(left: str, right: str, expected: str) -> None:
    signs = {Edit.SAME: "=", Edit.DELETED: "-", Edit.INSERTED: "+"}
    changes = [signs[change.edit] + change.text for change in redline(left, right)]
    assert "|".join(changes) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("(1) A. (2) B.", "(1) A.\n\n(2) B.", "=(1) A. |+¶ |=(2) B."),
        ("(1) A.\n(2) B.", "(1) A. (2) B.", "=(1) A. |-¶ |=(2) B."),
        ("one\ntwo three", "one two three", "=one two three"),
        ("a ¶ b", "a ¶ b", "=a ¶ b"),
    ],
)
def test_mark_of_a_paragraph_is_part_of_the_text(left: str, right: str, expected: str) -> None:
    signs = {Edit.SAME: "=", Edit.DELETED: "-", Edit.INSERTED: "+"}
    changes = [signs[change.edit] + change.text for change in redline(left, right)]
    assert "|".join(changes) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("被害人不应被起诉。", "被害人不得被起诉。", "=被害人不|-应|+得|=被起诉。"),
        ("किसी अपराध के लिए", "किसी अपराधों के लिए", "=किसी |-अपराध |+अपराधों |=के लिए"),
        ("ผู้เสียหายไม่ต้องรับโทษ", "ผู้เสียหายไม่รับโทษ", "=ผู้เสียหายไม่|-ต้อง|=รับโทษ"),
        ("re\u0301sume\u0301 fait", "r\u00e9sum\u00e9 dit", "=re\u0301sume\u0301 |-fait|+dit"),
        ("résumé fait", "résumés fait", "-résumé |+résumés |=fait"),
        ("re\u0301sume\u0301 fait", "re\u0301sume\u0301 dit", "=re\u0301sume\u0301 |-fait|+dit"),
    ],
)
def test_word_of_other_scripts_is_not_divided(left: str, right: str, expected: str) -> None:
    signs = {Edit.SAME: "=", Edit.DELETED: "-", Edit.INSERTED: "+"}
    changes = [signs[change.edit] + change.text for change in redline(left, right)]
    assert "|".join(changes) == expected


def test_redline_of_long_texts_still_finds_common_words() -> None:
    long = "of the law " * 200
    assert redline(long, f"new {long}") == (
        Change(Edit.INSERTED, "new "),
        Change(Edit.SAME, long.rstrip()),
    )


def test_redline_of_equal_texts_has_no_change() -> None:
    assert redline("the\n same  words", "the same words") == (Change(Edit.SAME, "the same words"),)


TEXTS = st.lists(
    st.sampled_from(["a", "victim", "shall", "not", ",", ".", "be", "(a)", "“", "ضحية"]),
    max_size=14,
).map(" ".join)


@given(TEXTS, TEXTS)
def test_redline_loses_nothing(left: str, right: str) -> None:
    changes = redline(left, right)

    def text_without(edit: Edit) -> str:
        parts = (change.text for change in changes if change.edit is not edit)
        return re.sub(r"\s", "", "".join(parts))

    assert text_without(Edit.INSERTED) == re.sub(r"\s", "", left)
    assert text_without(Edit.DELETED) == re.sub(r"\s", "", right)


def test_no_redline_without_both_texts(corpus: Corpus) -> None:
    kenya, treaty = (classify(corpus.codebook, corpus.find(name)) for name in ("kenya", "coe-26"))
    without_text = classify(corpus.codebook, provision({}))
    pairs = [
        (kenya, treaty),
        (kenya, without_text),
        (without_text, kenya),
        (without_text, without_text),
    ]
    texts = (kenya.provision.text.body, treaty.provision.text.body)
    results = redlines(compare(corpus.codebook, *pair) for pair in pairs)
    assert results == [redline(*texts), None, None, None]


@pytest.mark.parametrize(
    ("left", "right"),
    [("a b ", "b a a "), ("a ", "a "), ("被害人不应", "人害被不应"), ("a b c d ", "d c b a ")],
)
def test_redline_of_texts_that_repeat_is_bounded(
    left: str, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would take cubic time; words that are not found again are deleted and inserted."""
    limit, steps = 1_000_000, list[int]()
    find = SequenceMatcher.find_longest_match

    def counting(self: BoundedMatcher, *place: int) -> Match:
        steps.append(limit - self._steps)
        return find(self, *place)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counting)
    monkeypatch.setattr("npcompare.wording.bounded_matching.MOST_STEPS", limit)
    old, new = left * 1_000, f"{right * 700}end"
    changes = redline(old, new)
    assert max(steps, default=0) <= limit
    for text, left_out in ((old, Edit.INSERTED), (new, Edit.DELETED)):
        words = "".join(change.text for change in changes if change.edit is not left_out)
        assert words.split() == text.split()


def test_redline_without_steps_has_the_same_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npcompare.wording.bounded_matching.MOST_STEPS", 0)
    assert redline("the victim may go", "the victim shall go") == (
        Change(Edit.SAME, "the victim "),
        Change(Edit.DELETED, "may go"),
        Change(Edit.INSERTED, "shall go"),
    )
