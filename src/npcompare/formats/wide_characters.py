"""The characters of East Asian scripts, which are twice as wide as letters.

Most texts have none. They are found by their first one before any expression with all of them is
compiled, which takes longer than most tables take to be written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining

#: The characters, between which a line can be broken, as the inside of a set in an expression.
EAST_ASIAN = (
    "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_FIRST = "\u2e80"

#: The characters that may not be as wide as a letter: all from the first combining mark on.
_MAY_DIFFER = re.compile("[^\0-\u02ff]")


def is_wide(character: str) -> bool:
    """Return whether a character is twice as wide as a letter."""
    return character >= _FIRST and bool(re.match(f"[{EAST_ASIAN}]", character))


def has_wide(text: str) -> bool:
    """Return whether a text has a wide character."""
    return _may_have_wide(text) and bool(re.search(f"[{EAST_ASIAN}]", text))


def _may_have_wide(text: str) -> bool:
    return max(_MAY_DIFFER.findall(text), default="") >= _FIRST


def unbroken(text: str, compounds: str = "") -> list[str]:
    """Return what is kept on one line: words, and runs of up to four wide characters.

    Args:
        text: The text.
        compounds: An expression for the parts of compounds after which a line can end.
    """
    pattern = r"[^ \n]+"
    if _may_have_wide(text):
        pattern = rf"[{EAST_ASIAN}]{{1,4}}|[^ \n{EAST_ASIAN}]+"
    return re.findall(f"{compounds}|{pattern}" if compounds else pattern, text)


def cell_count(text: str) -> int:
    """Return the length of a text: wide characters count as two, marks as none."""
    return len(text) + sum(map(_extra_cells, _MAY_DIFFER.findall(text)))


@lru_cache(maxsize=2**12)
def _extra_cells(character: str) -> int:
    return is_wide(character) - bool(combining(character))
