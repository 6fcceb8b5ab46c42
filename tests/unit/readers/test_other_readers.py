"""The same bills in other readers, which show the same numbers and words but for known limits."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

import pytest
from conftest import office
from docx2python import docx2python
from word_bills import SCHEMES, BillMaker

from npcompare.readers.docx_reader import read_docx

if TYPE_CHECKING:
    from pathlib import Path

#: How many bills are read, and how many LibreOffice converts at once; each form of link occurs with
#: each scheme of numbers.
BILLS, BATCH = 320, 40

#: What LibreOffice 7.4 writes in another way: numerals that a legal level shows as digits, a label
#: that names a level twice, and the first letter of the abjad.
DIFFERENCES = [
    (r"Section \d+\.\d+", r"Section [IVX]+\.\d+"),
    (r"Clause \d+\(\d+\)", r"Clause \d+\(%1%\)"),
    ("\\(\u0623\\)", "\\(\u0627\\)"),
]

#: The beginning of a paragraph: its label and its first word.
START = re.compile(r"(.*?)\s*The (word\d+)")


def is_same(label: str, libreoffice_label: str) -> bool:
    """Return whether two labels are the same, or differ in a known way."""
    return label == libreoffice_label or any(
        re.fullmatch(pattern, label) and re.fullmatch(libreoffice_pattern, libreoffice_label)
        for pattern, libreoffice_pattern in DIFFERENCES
    )


@pytest.mark.slow
@pytest.mark.office
def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    assert BILLS % (len(SCHEMES) * 4 * 2) == 0
    bills, texts = [], []
    for first in range(0, BILLS, BATCH):
        paths = []
        for seed in range(first, first + BATCH):
            bills.append(BillMaker(seed, with_revisions=False, with_asides=False).make())
            paths.append(tmp_path / f"bill{seed}.docx")
            paths[-1].write_bytes(bills[-1].content)
        texts += office("txt", tmp_path, *paths)
    count, different = 0, []
    for bill, text in zip(bills, texts, strict=True):
        starts = map(START.match, text.read_text("utf-8-sig").splitlines())
        labels = {start[2]: start[1].strip() for start in starts if start}
        for label, words in bill.accepted:
            if start := START.match(words):
                count += 1
                if not is_same(label, labels.get(start[2], "")):
                    different.append((label, labels.get(start[2])))
    assert different == []
    assert count > 15_000


#: A word of a bill, which occurs once in it.
WORD = re.compile(r"word\d+")


@pytest.mark.slow
def test_words_are_those_of_docx2python() -> None:
    """It also shows what is hidden or beside the text; these words must be left out and counted."""
    for seed in range(BILLS):
        bill = BillMaker(seed).make()
        words = WORD.findall(read_docx(bill.content, "bill.docx", "accepted").text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with docx2python(io.BytesIO(bill.content)) as document:
                shown = set(WORD.findall(document.text))
        assert len(words) == len(set(words))
        assert shown.issuperset(words)
        assert bill.left_out or shown == set(words)
