"""Text as it is compared and shown: folded white space, visible characters, near words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def fold(text: str) -> str:
    """Return text with each run of white space as one space: line breaks are no words."""
    return " ".join(text.split())


#: A word or sign, and the space between it and the number that it belongs to.
_BEFORE_NUMBER = re.compile(
    r"(\b(?:[Aa]rticles?|[Ss]ections?|[Pp]rinciples?|[Cc]hapters?|[Rr]ules?|[Pp]aras?\.|No\.)|§§?)"
    r" (?=[0-9])"
)


def no_break(text: str) -> str:
    """Return text with a no-break space between "article", "section" and so on and a number."""
    return _BEFORE_NUMBER.sub("\\1\N{NO-BREAK SPACE}", text)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def near(word: str, words: Iterable[str]) -> str:
    """Return the word that was probably meant, or an empty string."""
    from difflib import get_close_matches

    matches = get_close_matches(word.casefold(), list(words), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def suggestion(wanted: str, introduction: str, words: Iterable[str]) -> str:
    """Return a hint for a word there is not: the one probably meant, and all that there are."""
    known = list(words)
    return did_you_mean(wanted, near(wanted, known), introduction, known)


def did_you_mean(wanted: str, meant: str, introduction: str, words: Iterable[str]) -> str:
    """Return the hint where it is known already which word was probably meant, if any was."""
    hint = f"{introduction}: {', '.join(words)}"
    if meant:
        hint = f'did you mean "{meant}"? {hint}'
    letter = foreign(wanted)
    return f"{hint}; {letter}" if letter else hint


def foreign(text: str) -> str:
    """Return a sentence that names the first letter of a text that no id and no word has.

    It may look like another: without its name a Cyrillic "e" cannot be told from a Latin one.
    """
    for character in text:
        if not character.isascii():
            name = unicodedata.name(character, "a character without a name")
            return f'the "{character}" in it is U+{ord(character):04X}, {name}'
    return ""


def is_control(character: str) -> bool:
    """Say whether a character steers a terminal or a reader's eye instead of being read.

    These are the C0 and C1 controls but for tab and line feed, and the overrides and isolates of
    text direction, which can show a reader other words than the file holds.
    """
    if character in "\t\n":
        return False
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        or character in "\ufffe\uffff"
    )


def visible(text: str, *, keep_lines: bool = True) -> str:
    """Return text with each control character written out, so that it cannot act."""
    if text.isprintable():
        return text
    allowed = "\t\n" if keep_lines else ""
    return "".join(
        f"<U+{ord(character):04X}>"
        if is_control(character) or (character in "\t\n" and character not in allowed)
        else character
        for character in text
    )
