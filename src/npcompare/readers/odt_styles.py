"""The styles of an OpenDocument text: lists with their levels, and hidden text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.readers.docx_xml import whole_number
from npcompare.readers.number_formats import written
from npcompare.text import in_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, STYLE = f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}", f"{_NAMES}style:1.0}}"
TABLE, DRAW = f"{_NAMES}table:1.0}}", f"{_NAMES}drawing:1.0}}"
_LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

STYLE_NAME = f"{TEXT}style-name"

#: The list style of numbered headings.
OUTLINE = "Outline"

#: How many styles may be based on each other.
_LONGEST_CHAIN = 64

#: The formats of numbers, by how OpenDocument writes them.
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "": "none", "1st": "ordinal", "First": "ordinalText", "One": "cardinalText",
    "01, 02, 03, ...": "decimalZero",
    "أ, ب, ت, ...": "arabicAlpha",
    "\u0627, ب, ج, ...": "arabicAbjad", "أ, ب, ج, ...": "arabicAbjad",
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified", "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac", "א, ב, ג, ...": "hebrew1",
}  # fmt: skip

#: How LibreOffice begins the format of Russian letters, in capitals and small letters.
_RUSSIAN = {"\u0430, \u0431": "russianLower", "\u0410, \u0411": "russianUpper"}

_PLACEHOLDER = re.compile(r"%(\d+)%")


class ListLevel(Struct, frozen=True):
    """A level of a list style."""

    format: str = "none"
    prefix: str = ""
    suffix: str = ""
    #: How many levels are shown, with its own; the pattern, if there is one, says it exactly.
    shown_levels: int = 1
    pattern: str = ""
    start: int = 1
    bullet: str = ""
    #: Whether letters after z are doubled: aa, bb. Else they go on as aa, ab.
    is_doubled: bool = False

    def write(self, count: int) -> str:
        """Return a number of this level."""
        if self.format in {"lowerLetter", "upperLetter"} and not self.is_doubled:
            letters = in_letters(count)
            return letters.upper() if self.format == "upperLetter" else letters
        return written(count, self.format)


class OdtStyles:
    """The styles of a text by name."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        """Read the styles from the roots of their parts."""
        self.lists: dict[str, Mapping[int, ListLevel]] = {}
        self._styles: dict[tuple[str, str], Element] = {}
        for root in roots:
            if root is None:
                continue
            for element in root.iter(f"{TEXT}list-style"):
                self.lists[element.get(f"{STYLE}name", "")] = _levels(element)
            for element in root.iter(f"{TEXT}outline-style"):
                self.lists[OUTLINE] = _levels(element)
            for element in root.iter(f"{STYLE}style"):
                names = (element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", ""))
                self._styles.setdefault(names, element)

    def chain(self, family: str, name: str) -> Iterable[Element]:
        """Yield a style and those that it is based on, the nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")

    def is_hidden(self, family: str, name: str) -> bool:
        """Return whether a style hides its text."""
        for style in self.chain(family, name):
            for properties in style.iterfind(f"{STYLE}text-properties"):
                display = properties.get(f"{TEXT}display")
                if display:
                    return display == "none"
        return False

    def list_style(self, name: str) -> str:
        """Return the list style of a paragraph style; empty if it has none."""
        names = (style.get(f"{STYLE}list-style-name") for style in self.chain("paragraph", name))
        return next((str(list_name) for list_name in names if list_name is not None), "")


def _levels(list_style: Element) -> dict[int, ListLevel]:
    """Return the levels of a list style by number, from 1."""
    return {
        number: _level(element)
        for element in list_style
        if (number := whole_number(element.get(f"{TEXT}level")))
    }


def _level(element: Element) -> ListLevel:
    tag = str(element.tag)
    if tag == f"{TEXT}list-level-style-bullet":
        sign = element.get(f"{TEXT}bullet-char", "•")
        return ListLevel(bullet="•" if "\ue000" <= sign[:1] <= "\uf8ff" else sign)
    if tag == f"{TEXT}list-level-style-image":
        return ListLevel(bullet="•")
    written_format = element.get(f"{STYLE}num-format", "")
    return ListLevel(
        format=_FORMATS.get(written_format) or _RUSSIAN.get(written_format[:4], "decimal"),
        prefix=element.get(f"{STYLE}num-prefix", ""),
        suffix=element.get(f"{STYLE}num-suffix", ""),
        shown_levels=whole_number(element.get(f"{TEXT}display-levels")) or 1,
        pattern=element.get(f"{_LIBREOFFICE}num-list-format", ""),
        start=1 if (start := whole_number(element.get(f"{TEXT}start-value"))) is None else start,
        is_doubled=element.get(f"{STYLE}num-letter-sync") == "true",
    )


class ListCounter:
    """The numbers of one list, or of the headings."""

    def __init__(self, levels: Mapping[int, ListLevel]) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def label(self, level: int, start: int | None = None) -> str:
        """Count an item of a level, which may set its number, and return its label."""
        definition = self._level(level)
        for before in range(1, level):
            self._counts.setdefault(before, self._level(before).start)
        if start is not None:
            self._counts[level] = start
        else:
            self._counts[level] = self._counts.get(level, definition.start - 1) + 1
        for after in [number for number in self._counts if number > level]:
            del self._counts[after]
        if definition.bullet:
            return definition.bullet
        if definition.pattern:
            return _PLACEHOLDER.sub(lambda match: self._number(int(match[1])), definition.pattern)
        if definition.format == "none":
            return f"{definition.prefix}{definition.suffix}".strip()
        first = max(level - definition.shown_levels + 1, 1)
        numbers = filter(None, map(self._number, range(first, level + 1)))
        return f"{definition.prefix}{'.'.join(numbers)}{definition.suffix}".strip()

    def look(self, level: int) -> str:
        """Return what the labels of a level have in common."""
        definition = self._level(level)
        if definition.bullet:
            return definition.bullet
        first = ListCounter(self._levels)
        return first.label(level, 1)

    def _level(self, number: int) -> ListLevel:
        return self._levels.get(number) or ListLevel()

    def _number(self, level: int) -> str:
        return self._level(level).write(self._counts.get(level, self._level(level).start))
