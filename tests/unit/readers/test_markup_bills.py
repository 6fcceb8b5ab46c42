"""Bills as pages and in Akoma Ntoso: every number is right, and no word is lost unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markup_bills import AknAct, ListPage, MarkupBill, TypedPage

from npcompare.readers.akn_reader import read_akoma_ntoso
from npcompare.readers.html_reader import read_html

if TYPE_CHECKING:
    from npcompare.readers.document_kinds import Reader
    from npcompare.readers.paragraphs import DocumentText

FEW, MANY = 12, 320


def pairs(document: DocumentText) -> list[tuple[str, str]]:
    return [(paragraph.label, paragraph.text) for paragraph in document.paragraphs]


def check(bill: MarkupBill, read: Reader, *, has_depths: bool = True) -> None:
    accepted = read(bill.content, "bill", "accepted")
    assert pairs(accepted) == bill.accepted
    assert pairs(read(bill.content, "bill", "rejected")) == bill.rejected
    assert {entry.kind: entry.count for entry in accepted.left_out} == bill.left_out
    assert not has_depths or [entry.depth for entry in accepted.paragraphs] == bill.depths


def check_all(seed: int) -> None:
    check(ListPage(seed).make_page(), read_html)
    # A typed (i) may be a letter, too.
    check(TypedPage(seed).make_page(), read_html, has_depths=False)
    check(AknAct(seed).make_act(), read_akoma_ntoso)


@pytest.mark.parametrize("seed", range(FEW))
def test_numbers_and_words_of_a_few_bills(seed: int) -> None:
    check_all(seed * 7)


@pytest.mark.slow
def test_numbers_and_words_of_many_bills() -> None:
    for seed in range(MANY):
        check_all(seed)
