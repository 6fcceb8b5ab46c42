"""Functions on text: white space, control characters, plurals, and the most similar word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The letters of the alphabet. The module `string`, which has them, compiles an expression at once.
LETTERS = "abcdefghijklmnopqrstuvwxyz"
CAPITALS = LETTERS.upper()

#: The invisible mark that has the direction of words from left to right.
LEFT_TO_RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}"

#: The invisible character at which no line ends.
JOINER = "\N{WORD JOINER}"


def fold(text: str) -> str:
    """Return text with each run of white space, such as a line break, as one space."""
    return " ".join(text.split())


def without_marks(text: str) -> str:
    """Return text without the invisible characters that files have for direction and lines."""
    return text.replace(LEFT_TO_RIGHT_MARK, "").replace(JOINER, "")


#: A word or sign in English, and the space between it and the number that it belongs to.
_BEFORE_NUMBER = (
    r"(\b(?:[Aa]rticles?|[Ss]ections?|[Ss]ubsections?|[Pp]aragraphs?|[Cc]lauses?|[Pp]rinciples?"
    r"|[Cc]hapters?|[Rr]ules?(?= [0-9])|[Ff]ootnotes?|[Pp]aras?\.|[Aa]rts?\.|Nos?\.)|§§?)"
    r" (?=\(?[0-9])"
)

#: In other languages, the words of places that their numbers follow.
_PLACES = {
    "fr": r"[Pp]ar\.|[Aa]rt\.|[Aa]rticles?|[Pp]aragraphes?|[Nn]otes?",
    "es": r"[Pp]árrs?\.|[Aa]rts?\.|[Aa]rtículos?|[Pp]árrafos?|[Nn]otas?",
    "ru": r"[Пп]\.|[Пп]ункт\w*|[Сс]тать\w*|[Рр]аздел\w*|[Пп]римечани\w*",  # noqa: RUF001 - Russian
    "ar": r"\w*(?:الفقر(?:ة|ات|تان|تين)|الماد(?:ة|تان|تين)|المواد|القسم|البند|الحاشية)",
}

#: Other spaces at which no line ends: in French, those beside its signs of two parts and its
#: quotation marks.
_NO_BREAKS = {"fr": r"(?<=«) | (?=[»:;?!])"}


#: First parts of compounds, which keep their hyphen at the end of a line.
FIRST_PARTS = frozenset(
    {
        *("anti", "co", "cross", "ex", "ill", "mid", "multi", "non", "post", "pre", "quasi", "re"),
        *("self", "semi", "sub", "vice", "well", "twenty", "thirty", "forty", "fifty", "sixty"),
        *("seventy", "eighty", "ninety", "au", "là", "celui", "celle", "ceux", "celles", "ci"),
        *("demi", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "quatre", "lui"),
        *("elle", "elles", "eux", "peut", "sous", "vis", "rendez"),
    }
)


def no_break(text: str) -> str:
    """Return text with a no-break space between "article", "section" and so on and the number.

    The rules of English apply in each language, because titles of documents are in English; those
    of the language in use apply too.
    """
    from npcompare.messages import current

    return _no_break(text, current().language)


@lru_cache(maxsize=2**12)
def _no_break(text: str, language: str) -> str:
    text = re.sub(_BEFORE_NUMBER, "\\1\N{NO-BREAK SPACE}", text)
    if language in _PLACES:
        pattern = rf"(\b(?:{_PLACES[language]})) (?=\(?[0-9])"
        text = re.sub(pattern, "\\1\N{NO-BREAK SPACE}", text)
    if language in _NO_BREAKS:
        text = re.sub(_NO_BREAKS[language], "\N{NO-BREAK SPACE}", text)
    return text


def capitalized(text: str) -> str:
    """Return text in which each line begins with a capital, as items in a cell are written.

    A name with a dot in it, such as that of a file or a site, keeps its small letter.
    """
    return "\n".join(
        line if re.match(_NAME_WITH_DOT, line) else line[:1].upper() + line[1:]
        for line in text.split("\n")
    )


_NAME_WITH_DOT = r"\S+\.[a-z]"


#: Letters that no accent is taken off, with those of which English takes them for variants.
_LIKE = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "æ": "ae",
        "œ": "oe",
    }
)


def alphabetical(name: str) -> str:
    """Return a name as English names are sorted: without regard to case and accents."""
    folded = name.casefold()
    if folded.isascii():
        return folded
    letters = unicodedata.normalize("NFD", folded.translate(_LIKE))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def has_word(text: str, word: str) -> bool:
    """Return whether a text has a word or several, with capitals or without."""
    return bool(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless the number is one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell in a workbook, such as "F7"; rows and columns count from 1."""
    return f"{in_letters(column, CAPITALS)}{row}"


def in_letters(number: int, letters: str = LETTERS) -> str:
    """Return a number in bijective numeration: a to z, aa, ab; empty if it is less than 1."""
    written = ""
    while number > 0:
        number, place = divmod(number - 1, len(letters))
        written = letters[place] + written
    return written


def number_in_letters(letters: str) -> int:
    """Return the number that is written in letters from a to z, or from A to Z: 27 for "aa"."""
    number = 0
    for letter in letters.lower():
        number = number * 26 + LETTERS.index(letter) + 1
    return number


def number_of_letter(mark: str) -> int:
    """Return the number of a letter, counted from 1; a mark that is not one has 0."""
    is_letter = mark.isascii() and mark.isalpha() and mark.islower()
    return number_in_letters(mark) if is_letter else 0


_ROMAN = r"(x{0,3}|xl|lx{0,3})(ix|iv|v?i{0,3})"
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def roman_value(letters: str) -> int:
    """Return the value of a Roman numeral up to 89, in any case; 0 for other letters."""
    match = re.fullmatch(_ROMAN, letters.lower())
    return 10 * _TENS.index(match[1]) + _UNITS.index(match[2]) if match else 0


def near(word: str, words: Iterable[str]) -> str:
    """Return the word that another is probably meant to be, or an empty string if none is.

    It is a misspelling of that word, or the whole words with which only that word begins.
    """
    from difflib import get_close_matches

    key = _joined(word)
    by_key = {_joined(known): known for known in words}
    close = get_close_matches(key, by_key, cutoff=0.6)
    # Letters in another order are the most usual slip.
    swapped = [known for known in close if sorted(known) == sorted(key)]
    if matches := swapped or get_close_matches(key, close, cutoff=0.8):
        return by_key[matches[0]]
    longer = beginning(word, by_key.values())
    return longer[0] if len(longer) == 1 else ""


def beginning(word: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with the whole words of another, as "United States" does."""
    key = _joined(word)
    return [name for name in names if key and f"{_joined(name)}-".startswith(f"{key}-")]


def _joined(text: str) -> str:
    """Return a text in small letters, with a hyphen for all that is between its words."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def suggestion(word: str, introduction: str, words: Iterable[str]) -> str:
    """Return a hint for an unknown word: the most similar known word, and all known words."""
    known_words = list(words)
    return did_you_mean(word, near(word, known_words), introduction, known_words)


def did_you_mean(word: str, match: str, introduction: str, words: Iterable[str]) -> str:
    """Return a hint for an unknown word: the match, if there is one, and all known words."""
    hint = f"{introduction}: {', '.join(words)}"
    if match:
        hint = f'did you mean "{match}"? {hint}'
    letter = foreign(word)
    return f"{hint}; {letter}" if letter else hint


def foreign(text: str) -> str:
    """Return a remark with the name of the first character that is not ASCII, if there is one.

    It may look like another: only the name distinguishes a Cyrillic "e" from a Latin one.
    """
    for character in text:
        if not character.isascii():
            name = unicodedata.name(character, "a character without a name")
            return f'the "{character}" in it is U+{ord(character):04X}, {name}'
    return ""


def is_right_to_left(text: str) -> bool:
    """Return whether a text runs from right to left, by its first letter that has a direction."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


#: The most characters of a word or of words in quotation marks in a message, and of a message.
_LONGEST_QUOTED, _LONGEST_MESSAGE = 300, 2_000

#: The end of what is shortened is shown, too.
_END = 40

_LONG = re.compile(
    rf'"[^"]{{{_LONGEST_QUOTED},}}"|“[^“”]{{{_LONGEST_QUOTED},}}”|\S{{{_LONGEST_QUOTED},}}'
)


def bounded(text: str) -> str:
    """Return a message in which what it quotes of files has a bounded length.

    Of a cell or value that is longer, the beginning and the end are shown.
    """
    if len(text) < _LONGEST_QUOTED:
        return text
    text = _LONG.sub(lambda match: _shortened(match[0], _LONGEST_QUOTED), text)
    return _shortened(text, _LONGEST_MESSAGE)


def _shortened(text: str, length: int) -> str:
    """Return the beginning and the end of a text with an ellipsis between, if it is longer."""
    if len(text) <= length:
        return text
    return f"{text[: length - _END].rstrip()} … {text[-_END:].lstrip()}"


def is_control(character: str) -> bool:
    """Return whether a character controls a terminal or the direction of text.

    These are the C0 and C1 controls except tab and line feed, the line and paragraph separators,
    surrogates, noncharacters, and the overrides and isolates of text direction, which can make a
    reader see other words than the file contains.
    """
    if character in "\t\n":
        return False
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        or "\ufdd0" <= character <= "\ufdef"
        or ord(character) & 0xFFFE == 0xFFFE
    )


def visible(text: str, *, keep_lines: bool = True) -> str:
    """Return text with each control character replaced by its code, such as <U+001B>."""
    allowed = "\t\n" if keep_lines else ""
    # Most texts contain nothing else that is not printable, and this test is fast.
    printable = text
    for character in (*allowed, "\N{NO-BREAK SPACE}"):
        printable = printable.replace(character, " ")
    if printable.isprintable():
        return text
    return "".join(
        f"<U+{ord(character):04X}>"
        if is_control(character) or (character in "\t\n" and character not in allowed)
        else character
        for character in text
    )
