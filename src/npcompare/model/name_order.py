"""Keys that sort names in the order of a language, without the data of a collation library.

The alphabets of five languages need few rules. Chinese is sorted by pinyin, which needs a
dictionary: its key only brings names that begin with the same character together.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

#: The script of each language, as the names of Unicode characters begin.
_SCRIPTS = {"ar": "ARABIC", "ru": "CYRILLIC", "zh": "CJK"}

#: Spaces and marks in the order of the Unicode Collation Algorithm, in which all precede letters.
_MARKS = (" \N{NO-BREAK SPACE}", "-\N{EM DASH}\N{EN DASH}", ",،、，", "'’", '"“”', "(（", ")）")  # noqa: RUF001

_MARK_KEYS = {
    ord(mark): chr(place) for place, marks in enumerate(_MARKS, start=1) for mark in marks
}

#: What comes after every letter.
_LAST = "\uffff"

_ALEF = "\N{ARABIC LETTER ALEF}"

#: Letters that are not sorted as the letter without the mark, and those that are sorted as another.
_LETTERS = {
    "ar": {"ء": _ALEF, "آ": 2 * _ALEF, "ؤ": _ALEF, "ئ": _ALEF, "ة": "ت", "ى": "ي"},
    "es": {"ñ": f"n{_LAST}"},
    "ru": {"й": f"и{_LAST}"},
}

#: Letters that have no decomposition.
_LATIN_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}

_ARABIC_ARTICLE = f"{_ALEF}ل"


class NameKey(NamedTuple):
    """A key of a name; names in the script of the language come before all others."""

    is_in_other_script: bool
    letters: str


def name_key(name: str, language: str) -> NameKey:
    """Return the key by which a name is sorted in a language."""
    name = without_article(name, language)
    folded = unicodedata.normalize("NFC", name.casefold())
    own_letters = _LATIN_LETTERS | _LETTERS.get(language, {})
    spelled = "".join(own_letters.get(letter, letter) for letter in folded)
    decomposed = unicodedata.normalize("NFD", spelled.translate(_MARK_KEYS))
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return NameKey(not _is_in_script(name, language), letters)


def without_article(name: str, language: str) -> str:
    """Return a name without the article at its beginning, if the language sorts it so."""
    return name.removeprefix(_ARABIC_ARTICLE) if language == "ar" else name


def _is_in_script(name: str, language: str) -> bool:
    """Return whether the first letter is of the script of a language; true if there is none."""
    first = next((letter for letter in name if letter.isalpha()), "")
    script = _SCRIPTS.get(language, "LATIN")
    return not first or unicodedata.name(first, "").startswith(script)
