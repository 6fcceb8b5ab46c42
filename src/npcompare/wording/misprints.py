"""Figures that were printed or scanned into words: numbers of footnotes, and misread letters.

A word is repaired only if the result is a word that is read, so that nothing is invented: what is
not repaired remains a word that is not understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from npcompare.wording.rewriting import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: A number that may be that of a footnote: directly after a word, or after its punctuation; in
#: superior figures; and in square brackets.
_AFTER_WORD = r"(?<![\w.])(?P<word>[^\W\d_]{2,40})(?P<digits>\d{1,3})(?![\w-]|[.,]\d)"
_AFTER_STOP = r"(?<=[^\W\d_]{5}[.,;:])\d{1,2}(?=\s|\Z)"
_SUPERIOR = "(?<=[\\w.,;:)\u201d\u2019\u00bb])[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"
_BRACKETED = r"(?<=[^\W\d_]{3})\[\d{1,3}\]|(?<=[.,;:])\[\d{1,3}\]"
_FOOTNOTE = re.compile(f"{_AFTER_WORD}|{_AFTER_STOP}|{_SUPERIOR}|{_BRACKETED}")

#: Words after which a number is that of a section, and words after which it may be an age.
_BEFORE_SECTIONS = re.compile(
    r"(?:(?:sub-?)?(?:section|paragraph|article)|schedule|clause|chapter|art[ií]culo|alin[eé]a"
    r"|part|title|class|category|degree|level|tier|grade|type|group|item|point|rule|form)s?"
    r"|arts?|paras?|n[oº]s?|ss",
    re.IGNORECASE,
)
_BEFORE_AGES = frozenset(
    {
        *("above", "age", "aged", "attained", "below", "least", "of", "over", "than", "under"),
        *("de", "edad", "mayor", "menor", "moins", "plus"),
    }
)
_AGES = range(10, 26)

#: The number of a section, with the end of its label: in "Article7 (20)", 7 is that of a footnote.
_LABEL_AFTER = re.compile(r"\s\(?\d{1,4}(?:er)?\)?(?:[^\S\n]*\n|\.?[^\S\n]?[\u2013\u2014-])")

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_L = re.compile(r"(?<!\w)(?:\(l\)|1['\u2019](?=[^\W\d_]))|[^\W_]+")

#: What scanners make of letters, and the letters.
_FIGURES = (("1", "l"), ("0", "o"))
_SLIPS = (("rn", "m"), ("m", "rn"))

#: The fewest letters of a word in which letters are repaired, and the most characters of a word.
_SHORTEST, _LONGEST = 3, 40

#: A short word with a figure, such as "1a", and what follows it if it is a word.
_SHORT = re.compile(r"[a-z]1|1[a-z]{1,2}|[a-z]{2}1")
_BEFORE_WORD = re.compile(r"\s[^\W\d_A-Z]")


class Vocabulary(Protocol):
    """The words of one language that are read, and their short forms."""

    short_forms: Mapping[str, str]

    def has_word(self, word: str) -> bool:
        """Return whether a word is one of them."""

    def has_beginning(self, word: str) -> bool:
        """Return whether a word begins as one of them does."""


def footnote_numbers(text: str, vocabulary: Vocabulary) -> Iterator[Replacement]:
    """Yield nothing for numbers of footnotes, and a space before numbers that are none."""
    for match in _FOOTNOTE.finditer(text):
        word, digits = match["word"], match["digits"]
        if not word:
            before = _WORD.findall(text, max(match.start() - _LONGEST, 0), match.start())
            if not (match[0].isascii() and _BEFORE_SECTIONS.fullmatch(before[-1])):
                yield Replacement(match.start(), match.end())
        elif _BEFORE_SECTIONS.fullmatch(word) and _LABEL_AFTER.match(text, match.end()):
            yield Replacement(match.start("digits"), match.end())
        elif _BEFORE_SECTIONS.fullmatch(word) or (
            word.casefold() in _BEFORE_AGES and int(digits) in _AGES
        ):
            yield Replacement(match.start("digits"), match.start("digits"), " ")
        elif digits == "1" and vocabulary.has_word(f"{word}l"):
            # "Pena1" is "pena" with a number, or "penal".
            continue
        elif vocabulary.has_word(word) or vocabulary.has_beginning(word):
            yield Replacement(match.start("digits"), match.end())


def misread_letters(text: str, vocabulary: Vocabulary) -> Iterator[Replacement]:
    """Yield words with a letter that a scanner misread, as they were printed."""
    repaired: dict[str, str] = {}
    if not ("(k)" in text or "(m)" in text):
        # There is no list in which (l) can be a letter.
        repaired["(l)"] = "(1)"
    if vocabulary.has_word("l"):
        # The article before a vowel: "l'infraction".
        repaired |= {"1'": "l'", "1\u2019": "l\u2019"}
    for match in _WORD_OR_L.finditer(text):
        word = match[0]
        if _SHORT.fullmatch(word) and not _BEFORE_WORD.match(text, match.end()):
            continue
        if word not in repaired:
            repaired[word] = _repaired(word, vocabulary)
        if repaired[word] != word:
            yield Replacement(match.start(), match.end(), repaired[word])


def _repaired(word: str, vocabulary: Vocabulary) -> str:
    """Return the only known word of which a scanner makes a word; the word itself if none is."""
    is_short = sum(map(str.isalpha, word)) < _SHORTEST and not _SHORT.fullmatch(word)
    is_numbered = len(word) > _SHORTEST and word.endswith("1") and vocabulary.has_word(word[:-1])
    if is_short or is_numbered or len(word) > _LONGEST or vocabulary.has_word(word):
        return word
    candidates = {word.replace(figure, letter) for figure, letter in _FIGURES} - {word}
    candidates |= {
        word[: match.start()] + printed + word[match.end() :]
        for slip, printed in _SLIPS
        for match in re.finditer(slip, word)
    }
    known = [each for each in candidates if vocabulary.has_word(each)]
    if not known and not vocabulary.has_beginning(word):
        known = [each for each in candidates if vocabulary.has_beginning(each)]
    return known[0] if len(known) == 1 else word
