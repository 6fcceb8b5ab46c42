"""Page numbers and running heads: which lines a printer added."""

from __future__ import annotations

import pytest

from npcompare.wording.page_heads import page_heads

TITLE = "Trafficking in Persons Act"
LINES = ["a victim is not liable", "for an offence that", "the victim was compelled", "to commit"]


def without_heads(text: str) -> str:
    """Return a text without the lines that a printer added."""
    kept, end = [], 0
    for start, stop in page_heads(text):
        kept.append(text[end:start])
        end = stop
    return "".join([*kept, text[end:]])


def pages(*heads: str) -> str:
    """Return the same lines after each head, with a title before them."""
    body = "\n".join(LINES)
    return f"{TITLE}\n\n{body}\n" + "".join(f"{head}\n{body}\n" for head in heads)


@pytest.mark.parametrize(
    "heads",
    [
        (f"1\n{TITLE}", f"2\n{TITLE}"),
        (f"\n{TITLE}\n1\n",),
        (f"{TITLE} 1", f"{TITLE} 2", f"{TITLE} 3"),
        (f"1   {TITLE}", f"2   {TITLE}", f"3   {TITLE}"),
        ("1\nLaws of Zamvura", "2\nLaws of Zamvura", "3\nLaws of Zamvura"),
        ("Page 1 of 3", "Page 2 of 3"),
        ("- 1 -", "– 2 –"),
        ("1", "2"),
    ],
)
def test_heads_within_a_sentence_are_found(heads: tuple[str, ...]) -> None:
    body = "\n".join(LINES)
    expected = f"{TITLE}\n\n" + f"{body}\n" * (len(heads) + 1)
    assert without_heads(pages(*heads)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1\nShort title\nThis Act may be cited.\n2\nPurpose\nIt is this.\n",
        "Article 1\nA victim\nis immune\nArticle 2\nA victim\nis free\nArticle 3\nA victim\nis\n",
        "under section\n12\nof the Act\n",
        "or\n(a) it\n\nor\n(b) that\n\nor\n",
        f"{TITLE}\n\nBy the {TITLE}\nit is\n{TITLE}\n",
        "a term of\n12 months\nand\n",
    ],
)
def test_lines_of_the_law_are_kept(text: str) -> None:
    assert without_heads(text) == text


def test_blank_lines_between_sections_are_kept() -> None:
    text = f"{TITLE}\n\n1. One is so.\n\n12\n{TITLE}\n\n2. Two is so.\n"
    assert without_heads(text) == f"{TITLE}\n\n1. One is so.\n\n\n2. Two is so.\n"
