"""The redline of two texts: phrases stay together, and no word is lost."""

from __future__ import annotations

import re
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


def test_redline_takes_a_lone_word_into_the_change() -> None:
    assert redline("criminal and civil liability", "penal and administrative liability") == (
        Change(Edit.DELETED, "criminal and civil "),
        Change(Edit.INSERTED, "penal and administrative "),
        Change(Edit.SAME, "liability"),
    )


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
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
def test_redline_of_little(left: str, right: str, wanted: str) -> None:
    signs = {Edit.SAME: "=", Edit.DELETED: "-", Edit.INSERTED: "+"}
    found = [signs[change.edit] + change.text for change in redline(left, right)]
    assert "|".join(found) == wanted


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

    def reading(leave_out: Edit) -> str:
        kept = (change.text for change in changes if change.edit is not leave_out)
        return re.sub(r"\s", "", "".join(kept))

    assert reading(Edit.INSERTED) == re.sub(r"\s", "", left)
    assert reading(Edit.DELETED) == re.sub(r"\s", "", right)


def test_where_a_text_is_not_held_there_is_no_redline(corpus: Corpus) -> None:
    one, other = (classify(corpus.codebook, corpus.find(name)) for name in ("kenya", "coe-26"))
    bare = classify(corpus.codebook, provision({}))
    pairs = [(one, other), (one, bare), (bare, one), (bare, bare)]
    texts = (one.provision.text.body, other.provision.text.body)
    found = redlines(compare(corpus.codebook, *pair) for pair in pairs)
    assert found == [redline(*texts), None, None, None]
