"""The languages of documents: how office programs name them, and the fonts of their scripts."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.document import Run
from npcompare.messages import ENGLISH_TAG, main_language
from npcompare.text import LEFT_TO_RIGHT_MARK as MARK
from npcompare.typography import map_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Cell, Document, Table


class Script(StrEnum):
    """The kinds of scripts that Word distinguishes, by its names for them."""

    SIMPLE = "val"
    EAST_ASIAN = "eastAsia"
    COMPLEX = "bidi"


class Language(Struct, frozen=True):
    """A language of documents."""

    #: Its tag with a region, as office programs know it.
    tag: str
    script: Script = Script.SIMPLE
    #: Its name in babel, the package of LaTeX.
    babel: str = ""
    #: The font of its script in workbooks, unless it is the usual one.
    office: str = ""
    #: Fonts of its script that are in Word or free, the best first: with serifs, and without.
    serif: tuple[str, ...] = ()
    sans: tuple[str, ...] = ()


#: Times New Roman and Arial, which all documents have, include the Latin and Cyrillic scripts.
_LANGUAGES = {
    "en": Language("en-GB"),
    "fr": Language("fr-FR", babel="french"),
    "es": Language("es-ES", babel="spanish"),
    "ru": Language("ru-RU", babel="russian"),
    "ar": Language(
        "ar-SA",
        Script.COMPLEX,
        "arabic",
        "Arial",
        ("Amiri", "Noto Naskh Arabic", "Times New Roman"),
        # The first two have Latin letters and brackets, too, which resvg would take from any font.
        ("Tahoma", "DejaVu Sans", "Noto Sans Arabic"),
    ),
    "zh": Language(
        "zh-CN",
        Script.EAST_ASIAN,
        "chinese-simplified",
        "SimSun",
        ("SimSun", "Songti SC", "Noto Serif CJK SC"),
        ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC"),
    ),
}

#: The signs of Chinese with which no line begins, and those with which none ends.
NEVER_FIRST = frozenset("，。、；：？！）》」』”’…")  # noqa: RUF001 - these are the signs
NEVER_LAST = frozenset("（《「『“‘")  # noqa: RUF001 - these are the signs

#: Words and numbers in scripts that run from left to right, with what is between them.
_LEFT_TO_RIGHT = re.compile(
    r"((?:[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])"
    r"(?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[^\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?)"
)

#: A sign and a space, at the beginning of words that follow others.
_SEPARATOR = re.compile(r"[.:;,]\s+")

#: The number that a name begins with, as in "[7] 2 Hare Court", after what is before the name.
_FIRST_NUMBER = re.compile(r"(?:\A|[\]:;.\u061b]\s)([0-9]{1,4}\s)\Z")

_LEADING_NUMBER = re.compile(r"[0-9]+\s")

_ARABIC_COMMA = "\N{ARABIC COMMA}"

#: Signs in pairs, by the first and by the second one.
_CLOSING = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»", '"': '"'}  # noqa: RUF001 - signs
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}

#: How sentences end, and what may be between an end and the next sentence.
_ENDS = (".", "!", "?", "…")
_SIGNS_AND_SPACE = " \N{NO-BREAK SPACE}" + "".join(_CLOSING)

#: The most signs beside words that belong to them, and the most words of what is not a sentence.
_MOST_SIGNS, _NAME_WORDS = 8, 2


def language_of(tag: str) -> Language:
    """Return a language by its BCP 47 tag; one that is not known has its tag alone."""
    return _LANGUAGES.get(main_language(tag)) or Language(tag)


def in_languages(document: Document) -> Document:
    """Return a document in which each quotation has its language.

    In a document in English, one without a language is in English too.
    """
    if document.language == ENGLISH_TAG:
        return document
    return document.replace(
        tables=lambda: tuple(map_runs(table, _with_language) for table in document.tables)
    )


def _with_language(run: Run) -> Run:
    return replace(run, language=ENGLISH_TAG) if run.is_law and not run.language else run


def note_runs(text: str, table: Table) -> Iterator[Run]:
    """Yield the runs of a note or remark; the parts that are not translated are in English."""
    parts = "|".join(map(re.escape, table.untranslated))
    for place, part in enumerate(re.split(f"({parts})", text) if parts else [text]):
        if part:
            yield Run(part, language=ENGLISH_TAG if place % 2 else "")


def is_left_to_right(text: str) -> bool:
    """Return whether a text has letters, and all of them run from left to right."""
    letters = {unicodedata.bidirectional(character) for character in text}
    return "L" in letters and letters.isdisjoint({"R", "AL"}) and _ARABIC_COMMA not in text


def directions(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text that runs from right to left, and whether each runs so itself.

    Brackets and quotation marks around words from left to right are part of them, and so is the end
    of a sentence in such words. A text without letters from right to left is one part.
    """
    place = 0
    if is_left_to_right(text):
        # A sign that is apart from the words belongs to what is before them, such as a number.
        if separator := _SEPARATOR.match(text):
            place = separator.end()
            yield text[:place], True
        yield text[place:], False
        return
    for match in _LEFT_TO_RIGHT.finditer(text):
        start, end = _extended(text, *match.span())
        if start > place:
            yield text[place:start], True
        yield text[start:end], False
        place = end
    if place < len(text):
        yield text[place:], True


def _extended(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a part from left to right begins and ends, with the signs that belong to it.

    So do the digits before it, as in "3(d)".
    """
    is_sentence = _begins_sentence(text, start, end)
    if number := _FIRST_NUMBER.search(text, max(start - _MOST_SIGNS, 0), start):
        start = number.start(1)
    for _ in range(_MOST_SIGNS):
        before, after, words = text[start - 1 : start], text[end : end + 1], text[start:end]
        closing, opening = _CLOSING.get(before, ""), _OPENING.get(after, "")
        stop = end + (after in _ENDS)
        is_end = after in _ENDS and not text[end + 1 : end + 2].isalnum()
        if closing and text[stop : stop + 1] == closing:
            start, end = start - 1, stop + 1
        elif before.isdecimal() or (closing and _is_open(words, closing, before)):
            start -= 1
        elif (opening and _is_open(words, opening, after)) or (is_sentence and is_end):
            end += 1
        else:
            break
    return start, end


def _begins_sentence(text: str, start: int, end: int) -> bool:
    """Return whether words may be whole sentences: they begin one and are more than a name."""
    lead = text[:start].rstrip(_SIGNS_AND_SPACE)
    words = text[start:end].split(maxsplit=_NAME_WORDS)
    is_first = not lead or lead[-1] in {":", *_ENDS}
    return is_first and words[0][0].isupper() and len(words) > _NAME_WORDS


def _is_open(words: str, partner: str, sign: str) -> bool:
    """Return whether one of a pair of signs is in words without the other."""
    if partner == sign:
        return words.count(sign) % 2 == 1
    return words.count(partner) > words.count(sign)


def has_loose_edge(part: str) -> bool:
    """Return whether a part from left to right begins or ends with a sign, which could move.

    So could the number that it begins with.
    """
    if _LEADING_NUMBER.match(part):
        return True
    edges = {unicodedata.bidirectional(character) for character in (*part[:1], *part[-1:])}
    return not edges <= {"L", "EN"}


def row_with_marks(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return a row of a table that runs from right to left with a mark at each loose edge.

    It is for formats that have nothing else to keep a sign beside the words that it belongs to.
    """
    return tuple(
        cell
        if is_left_to_right(cell.text)
        else cell.map_runs(lambda run: replace(run, text=_with_marks(run.text)))
        for cell in row
    )


def _with_marks(text: str) -> str:
    return "".join(
        f"{MARK}{part}{MARK}" if not is_turned and has_loose_edge(part) else part
        for part, is_turned in directions(text)
    )
