"""Generated bills: every number is right, and no word is lost without being counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from word_bills import BillMaker, WordBill

from npcompare.readers.docx_reader import read_docx

if TYPE_CHECKING:
    from npcompare.readers.paragraphs import DocumentText

#: How many bills the quick and the slow test read.
FEW, MANY = 24, 480


def pairs(document: DocumentText) -> list[tuple[str, str]]:
    return [(paragraph.label, paragraph.text) for paragraph in document.paragraphs]


def check(bill: WordBill) -> None:
    accepted = read_docx(bill.content, "bill.docx", "accepted")
    assert pairs(accepted) == bill.accepted
    assert pairs(read_docx(bill.content, "bill.docx", "rejected")) == bill.rejected
    assert {entry.kind: entry.count for entry in accepted.left_out} == bill.left_out


@pytest.mark.parametrize("seed", range(FEW))
def test_numbers_and_words_of_a_few_bills(seed: int) -> None:
    check(BillMaker(seed * 7).make())


@pytest.mark.slow
def test_numbers_and_words_of_many_bills() -> None:
    features: set[str] = set()
    for seed in range(MANY):
        bill = BillMaker(seed).make()
        check(bill)
        features |= bill.features
    assert len(features) > 20
