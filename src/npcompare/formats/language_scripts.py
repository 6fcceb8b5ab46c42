"""The languages of documents: how office programs name them, and the fonts of their scripts."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.document import Tone
from npcompare.messages import ENGLISH_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Cell, Document, Run, Table


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
        ("Noto Sans Arabic", "Tahoma"),
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

#: The tones of the words of a law.
_LAW = frozenset({Tone.QUOTE, Tone.INSERTED, Tone.DELETED})

#: Words and numbers in scripts that run from left to right, with what is between them.
_LEFT_TO_RIGHT = re.compile(
    r"((?:[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])"
    r"(?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[^\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?)"
)


def language_of(tag: str) -> Language:
    """Return a language by its BCP 47 tag; one that is not known has its tag alone."""
    return _LANGUAGES.get(tag.partition("-")[0].lower()) or Language(tag)


def in_languages(document: Document) -> Document:
    """Return a document in which each quotation has its language.

    In a document in English, one without a language is in English too.
    """
    if document.language == ENGLISH_TAG:
        return document
    return document.replace(tables=lambda: tuple(map(_with_languages, document.tables)))


def _with_languages(table: Table) -> Table:
    rows = tuple(tuple(map(_cell, row)) for row in table.rows)
    return replace(table, rows=rows)


def _cell(cell: Cell) -> Cell:
    return replace(cell, runs=tuple(map(_run, cell.runs)))


def _run(run: Run) -> Run:
    is_marked = run.language or run.tone not in _LAW
    return run if is_marked else replace(run, language=ENGLISH_TAG)


def is_left_to_right(text: str) -> bool:
    """Return whether a text has letters, and all of them run from left to right."""
    letters = {unicodedata.bidirectional(character) for character in text}
    return "L" in letters and letters.isdisjoint({"R", "AL"})


def directions(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text that runs from right to left, and whether each runs so itself.

    A part that runs from left to right begins with a letter and ends with a letter or a digit.
    """
    for number, part in enumerate(_LEFT_TO_RIGHT.split(text)):
        if part:
            yield part, number % 2 == 0
