"""Proposals for sentences in Spanish: rules for victims, and sentences that resemble them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import cases
from reading import coded

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


@pytest.mark.parametrize("case", cases("spanish"))
def test_spanish_sentences_are_read(case: dict[str, Any], corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, case["text"])
    assert reading.language == "es"
    values = {(each.limb, each.field, each.value) for each in reading.proposals}
    assert values == coded(case)
