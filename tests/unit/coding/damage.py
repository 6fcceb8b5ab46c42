"""Copies of a text as they come from printers, web pages and scanners: the same damage each time.

Each kind of damage is one function, so that a test can show which of them a reader does not bear.
`COPIES` combines them into the three copies in which the texts of laws usually arrive.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOFT_HYPHEN = "\u00ad"
NO_BREAK_SPACE = "\u00a0"

#: A label at the start of a line, such as (1), (a), 12., § 3-1., 1°, a) or –.
_LABEL = re.compile(r"\s*(?:[§–•]|\(?\w{1,3}[.)°]|\d)")
#: A word that a printer may divide: eight letters or more, possibly with a sign of punctuation.
_LONG_WORD = re.compile(r"[^\W\d_]{8,}[,;.]?")
_WORD = re.compile(r"[^\W\d_]{4,}")
#: A word in small letters that a scanner may misread.
_SLIPPERY = re.compile(r"\b[a-zà-ÿ]*(?:l|m|rn)[a-zà-ÿ]*\b")
_SLIPS = (("l", "1"), ("m", "rn"), ("rn", "m"))
_FIRST_LABEL = re.compile(r"\(1\)")
_LABEL_WITH_SPACE = re.compile(r"^(\s*(?:\d+\. )?\(\w{1,3}\)) (?=\w)", re.MULTILINE)
_NUMBER_AFTER_WORD = re.compile(r"(?<=[^\W\d_]) (?=\(?\d)")
_ENTITIES = str.maketrans(
    {
        "“": "&ldquo;",
        "”": "&rdquo;",
        "\u2018": "&lsquo;",
        "’": "&rsquo;",
        "—": "&mdash;",
        "–": "&ndash;",
        "§": "&sect;",
        "«": "&laquo;",
        "»": "&raquo;",
        "°": "&deg;",
        NO_BREAK_SPACE: "&nbsp;",
    }
)


def page_heads(text: str, lines: int = 50) -> str:
    """Insert a page number and the running head after so many lines, as printed pages have."""
    rows = text.splitlines()
    head = next((row for row in rows if row.strip()), "")
    pages = [rows[start : start + lines] for start in range(0, len(rows), lines)]
    joined = list(pages[0]) if pages else []
    for number, page in enumerate(pages[1:], start=1):
        joined += [str(number), head, *page]
    return "\n".join(joined) + "\n"


def divided_words(text: str, hyphen: str = SOFT_HYPHEN, every: int = 1) -> str:
    """Divide the long words that begin a line: the first half and a hyphen end the line before."""
    rows = text.splitlines()
    divisible = 0
    for number in range(1, len(rows)):
        before, row = rows[number - 1], rows[number]
        word, _, rest = row.lstrip().partition(" ")
        if not before.strip() or not rest or _LABEL.match(row) or not _LONG_WORD.fullmatch(word):
            continue
        divisible += 1
        if divisible % every == 0:
            middle = len(word) // 2
            indent = row[: len(row) - len(row.lstrip())]
            rows[number - 1] = f"{before} {word[:middle]}{hyphen}"
            rows[number] = f"{indent}{word[middle:]} {rest}"
    return "\n".join(rows) + "\n"


def footnote_digits(text: str, every: int = 25) -> str:
    """Put the number of a footnote directly after every so many words of four letters or more."""
    numbers = _numbers_of_hits(every)

    def numbered(match: re.Match[str]) -> str:
        number = next(numbers)
        return f"{match[0]}{number}" if number else match[0]

    return _WORD.sub(numbered, text)


def _numbers_of_hits(every: int) -> Iterator[int]:
    """Yield 0 for each word, and 1, 2, 3 ... for every so many of them."""
    count = 0
    while True:
        count += 1
        yield 0 if count % every else count // every


def no_break_spaces(text: str) -> str:
    """Put a no-break space between a word and the number after it, as in "section 3"."""
    return _NUMBER_AFTER_WORD.sub(NO_BREAK_SPACE, text)


def curly_quotes(text: str) -> str:
    """Turn straight quotation marks and apostrophes into curly ones."""
    text = re.sub(r'"(?=\w)', "“", text).replace('"', "”")
    return re.sub(r"(?<!\w)'(?=\w)", "\u2018", text).replace("'", "’")


def html_entities(text: str) -> str:
    """Write signs as HTML entities, as text copied from the source of a page has them."""
    return html.escape(text, quote=False).translate(_ENTITIES)


def labels_without_space(text: str) -> str:
    """Remove the space after a bracketed label at the start of a line: "(1)A person"."""
    return _LABEL_WITH_SPACE.sub(r"\1", text)


def decomposed(text: str) -> str:
    """Write each accent as a sign of its own, after its letter."""
    return normalize("NFD", text)


def capital_headings(text: str) -> str:
    """Write headings in capitals: short lines after an empty one that end without punctuation."""
    rows = text.splitlines()
    return (
        "\n".join(
            row.upper() if _is_heading(rows[number - 1] if number else "", row) else row
            for number, row in enumerate(rows)
        )
        + "\n"
    )


def _is_heading(before: str, row: str) -> bool:
    is_short = 0 < len(row) <= 75
    return is_short and not before.strip() and row[-1] not in ".,;:—–" and row.isprintable()


def scanning_slips(text: str, every: int = 8) -> str:
    """Misread a letter of every so many words as a scanner does: l as 1, m as rn or rn as m."""
    numbers = _numbers_of_hits(every)

    def misread(match: re.Match[str]) -> str:
        number = next(numbers)
        possible = [slip for slip in _SLIPS if slip[0] in match[0]]
        return match[0].replace(*possible[number % len(possible)], 1) if number else match[0]

    return _SLIPPERY.sub(misread, text)


def label_slips(text: str, every: int = 5) -> str:
    """Misread the digit of every so many "(1)" as the letter l."""
    numbers = _numbers_of_hits(every)
    return _FIRST_LABEL.sub(lambda match: "(l)" if next(numbers) else match[0], text)


def _copy(*kinds: Callable[[str], str]) -> Callable[[str], str]:
    def damaged(text: str) -> str:
        for kind in kinds:
            text = kind(text)
        return text

    return damaged


def _hard_hyphens(text: str) -> str:
    return divided_words(text, hyphen="-")


#: Each name of a copy with the function that makes it of a clean text.
COPIES: dict[str, Callable[[str], str]] = {
    "printed": _copy(divided_words, page_heads, footnote_digits, no_break_spaces),
    "web": _copy(curly_quotes, labels_without_space, no_break_spaces, html_entities, decomposed),
    "scanned": _copy(_hard_hyphens, page_heads, capital_headings, scanning_slips, label_slips),
}

#: Each name of a kind of damage, with the function that does it to a clean text.
KINDS: dict[str, Callable[[str], str]] = {
    "soft hyphens": divided_words,
    "hyphens": _hard_hyphens,
    "page heads": page_heads,
    "footnotes": footnote_digits,
    "no-break spaces": no_break_spaces,
    "quotes": curly_quotes,
    "entities": html_entities,
    "labels": labels_without_space,
    "accents": decomposed,
    "headings": capital_headings,
    "letters": scanning_slips,
    "label letters": label_slips,
    **COPIES,
}
