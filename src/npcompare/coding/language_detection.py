"""Which language a text is in: its script, and the frequent words of languages.

The languages of a script differ in their most frequent words: articles, prepositions and the like.
The language of a text is the one whose frequent words occur most often in it; no model is needed.
See Grefenstette, "Comparing two language identification schemes" (1995).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: How many characters of a text are enough to detect its language.
_SAMPLE = 20_000

#: How many more frequent words of another language a text must have.
_MARGIN = 1

#: A longer text has at least one frequent word of its language in ten.
_SHORT_TEXT = 12
_FEWEST_FREQUENT = 10

_WORD = re.compile(r"[^\W\d_]+")


class FrequentWords(Struct, frozen=True):
    """A language: its name, its scripts as Unicode names them, and its frequent words."""

    tag: str
    name: str
    scripts: frozenset[str]
    words: frozenset[str] = frozenset()


def detected(
    text: str, covered: Sequence[FrequentWords], others: Sequence[FrequentWords]
) -> FrequentWords | None:
    """Return the language of a text, or None if the text is in none of the languages.

    A covered language is preferred to another that fits only a little better. A text without words
    fits the first.
    """
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    letters = _scripts(sample)
    words = Counter(word.casefold() for word in _WORD.findall(sample))

    def fit(language: FrequentWords) -> tuple[int, int]:
        return _sum_of(letters, language.scripts), _sum_of(words, language.words)

    best, other = max(covered, key=fit), max(others, key=fit)
    letters_of_best, words_of_best = fit(best)
    if fit(other) > (letters_of_best, words_of_best + _MARGIN):
        best = other
    letters_of_best, words_of_best = fit(best)
    has_few = bool(best.words) and words_of_best * _FEWEST_FREQUENT < words.total()
    is_unknown = has_few and words.total() >= _SHORT_TEXT
    return None if is_unknown or (bool(letters) and not letters_of_best) else best


def _scripts(text: str) -> Counter[str]:
    """Return how many letters of each script a text has.

    Unicode names a letter after its script: "LATIN SMALL LETTER A".
    """
    scripts = Counter[str]()
    for char, number in Counter(text).items():
        if char.isalpha():
            scripts[unicodedata.name(char, "").partition(" ")[0]] += number
    return scripts


def _sum_of(counts: Counter[str], keys: Iterable[str]) -> int:
    return sum(counts[key] for key in keys)
