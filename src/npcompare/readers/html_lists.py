"""The numbers and bullets of HTML lists, as a browser shows them."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.readers.number_formats import roman, written
from npcompare.text import in_letters

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

#: The elements that are lists.
LISTS = frozenset({"ol", "ul", "menu", "dir"})

_BULLETS = ("disc", "circle", "square")
_SIGNS = {
    "disc": "•",
    "circle": "\N{WHITE BULLET}",
    "square": "▪",
    "disclosure-open": "▾",
    "disclosure-closed": "▸",
}
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"

#: The zero of the digits of other scripts.
_ZEROS = {
    "arabic-indic": 0x660,
    "persian": 0x6F0,
    "devanagari": 0x966,
    "bengali": 0x9E6,
    "thai": 0xE50,
    "gujarati": 0xAE6,
    "gurmukhi": 0xA66,
    "kannada": 0xCE6,
    "khmer": 0x17E0,
    "lao": 0xED0,
    "malayalam": 0xD66,
    "mongolian": 0x1810,
    "myanmar": 0x1040,
    "oriya": 0xB66,
    "tamil": 0xBE6,
    "telugu": 0xC66,
    "tibetan": 0xF20,
}
#: Formats that Word has as well, by its names, and what is after their numbers.
_AS_IN_WORD = {
    "hebrew": ("hebrew1", "."),
    "cjk-decimal": ("decimal", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "japanese-informal": ("japaneseCounting", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
}

_CJK_DIGITS = {ord("0") + digit: sign for digit, sign in enumerate("〇一二三四五六七八九")}

_DECLARATION = re.compile(r"(?:\A|;)\s*list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_INTEGER = re.compile(r"[ \t\n\f\r]*([+-]?[0-9]{1,9})(?![0-9])")
_GREATEST_ROMAN = 3999


class Marker(Struct, frozen=True):
    """The label of an item, and what the labels of its list have in common."""

    label: str
    look: str
    place: tuple[int, int]


class _List(Struct):
    """An open list: the format of its labels, and the number of its next item."""

    family: int
    format_name: str
    number: int
    step: int = 1
    is_typed: bool = False


class HtmlLists:
    """The open lists, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_List] = []
        self._families = 0
        #: The formats of numbers that are not known and are written as 1, 2, 3.
        self.unknown_formats: set[str] = set()

    def start(self, element: Element, count: int, *, is_typed: bool) -> None:
        """Open a list.

        Args:
            element: The list.
            count: How many items it has; only a reversed list needs it.
            is_typed: Whether its numbers are typed in its items, and shown instead of its own.
        """
        if not self._open:
            self._families += 1
        is_reversed = element.tag == "ol" and element.get("reversed") is not None
        first = _integer(element.get("start")) if element.tag == "ol" else None
        if first is None:
            first = count if is_reversed else 1
        step = -1 if is_reversed else 1
        format_name = list_style(element) or self._default(element)
        self._open.append(_List(self._families, format_name, first, step, is_typed))

    def _default(self, element: Element) -> str:
        """Return the format of a list without a style of its own."""
        if element.tag == "ol":
            return _TYPES.get(element.get("type", "").strip(), "decimal")
        if (name := element.get("type", "").strip().casefold()) in (*_BULLETS, "none"):
            return name
        return _BULLETS[min(len(self._open), len(_BULLETS) - 1)]

    def end(self) -> None:
        """Close the innermost list."""
        if self._open:
            self._open.pop()

    def item(self, element: Element) -> Marker | None:
        """Return the label of an item, and count it; None if no label is shown."""
        if not self._open:
            return Marker("•", "•", (0, 0))
        current = self._open[-1]
        value = _integer(element.get("value"))
        number = current.number if value is None else value
        current.number = number + current.step
        type_name = element.get("type", "").strip()
        format_name = list_style(element) or _TYPES.get(type_name, "") or current.format_name
        if current.is_typed or format_name == "none":
            return None
        place = (current.family, len(self._open))
        if sign := _SIGNS.get(format_name):
            return Marker(sign, sign, place)
        if string := _STRING.fullmatch(format_name):
            sign = (string[1] or string[2] or "").strip()
            return Marker(sign, sign, place) if sign else None
        label, is_known = marker(number, format_name)
        if not is_known:
            self.unknown_formats.add(format_name)
        return Marker(label, marker(1, format_name)[0], place)


def list_style(element: Element) -> str:
    """Return the format that the style attribute of an element sets; empty if none."""
    name = ""
    for match in _DECLARATION.finditer(element.get("style", "")):
        value = re.sub(r"!\s*important", "", match[1], flags=re.IGNORECASE).strip()
        if string := _STRING.search(value):
            name = string[0]
            continue
        words = [
            word
            for word in value.casefold().split()
            if word not in {"inside", "outside", "inherit", "initial", "unset"}
            and not word.startswith("url(")
        ]
        name = words[0] if words else name
    return name


def marker(number: int, format_name: str) -> tuple[str, bool]:
    """Return a number as the label of an item, and whether its format is known."""
    if format_name == "cjk-decimal" and number >= 0:
        return str(number).translate(_CJK_DIGITS) + "、", True
    if named := _AS_IN_WORD.get(format_name):
        return (written(number, named[0]) if number > 0 else str(number)) + named[1], True
    if zero := _ZEROS.get(format_name):
        digits = {ord(str(digit)): chr(zero + digit) for digit in range(10)}
        return f"{str(number).translate(digits)}.", True
    write = _WRITERS.get(format_name)
    return f"{write(number) if write else number}.", write is not None


def _alphabetic(number: int, letters: str = ascii_lowercase) -> str:
    return in_letters(number, letters) or str(number)


def _roman(number: int) -> str:
    return roman(number) if 1 <= number <= _GREATEST_ROMAN else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda number: f"{number:02}",
    "lower-roman": _roman,
    "upper-roman": lambda number: _roman(number).upper(),
    **dict.fromkeys(("lower-alpha", "lower-latin"), _alphabetic),
    **dict.fromkeys(("upper-alpha", "upper-latin"), lambda number: _alphabetic(number).upper()),
    "lower-greek": lambda number: _alphabetic(number, _GREEK),
}


def _integer(text: str | None) -> int | None:
    """Return the number at the start of an attribute, as HTML reads it; None if it has none."""
    match = _INTEGER.match(text or "")
    return int(match[1]) if match else None
