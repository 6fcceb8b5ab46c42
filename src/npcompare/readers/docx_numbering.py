"""The automatic numbers of a Word file, as Word shows them.

A paragraph refers to a list and a level. Lists that have one definition in common also have their
counters in common, except that a list may start again when it is used for the first time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.readers.docx_xml import W, child, is_on, number, value, whole_number
from npcompare.readers.number_formats import is_known, padded, written
from npcompare.readers.symbols import bullet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from npcompare.readers.docx_styles import Styles

#: The levels of a list.
_LEVELS = 9

#: Formats that a legal level leaves as they are: Word shows "Section 1.01" below "Article I".
_LEGAL_FORMATS = {"decimal", "decimalZero", "none", "bullet"}

_PLACEHOLDER = re.compile(r"%([1-9])")

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Level(Struct, frozen=True):
    """A level of a list."""

    format: str = "decimal"
    #: What is shown, with %1 for the number of the first level, %2 for that of the second.
    text: str = ""
    start: int = 0
    #: The levels, from 1, after which it starts again; None for all before it, 0 for none.
    restarts_after: int | None = None
    #: Whether the numbers of all levels in it are decimal.
    is_legal: bool = False
    is_hidden: bool = False
    #: The style whose paragraphs are of this level.
    style: str = ""
    #: The pattern of a custom format, such as "001, 002, 003, ...".
    pattern: str = ""

    def write(self, count: int, *, as_decimal: bool) -> str:
        """Return a number of this level."""
        if self.pattern:
            return padded(count, self.pattern)
        is_legal = as_decimal and self.format not in _LEGAL_FORMATS
        return written(count, "decimal" if is_legal else self.format)


class List(Struct, frozen=True):
    """A list: the definition whose counters it shares, its levels, and where it starts again."""

    definition: int
    levels: Mapping[int, Level]
    starts: Mapping[int, int]

    def level(self, number: int) -> Level:
        """Return a level; one that is not defined has no number."""
        return self.levels.get(number) or Level(format="none")

    def start(self, number: int) -> int:
        """Return the first number of a level."""
        return self.starts.get(number, self.level(number).start)

    def look(self, number: int) -> str:
        """Return what the labels of a level have in common, such as "(a)" for (a), (b) and (c)."""
        level = self.level(number)
        if level.format == "bullet":
            return level.text
        return _PLACEHOLDER.sub(lambda match: self._example(int(match[1]) - 1), level.text)

    def _example(self, number: int) -> str:
        level = self.level(number)
        return level.write(1, as_decimal=level.is_legal)


class Numbering:
    """The lists of a Word file, and the numbers that their paragraphs have."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read the lists from the root of their part."""
        self._styles = styles
        self._lists = _lists(root, styles)
        self._counters: dict[int, dict[int, int]] = {}
        self._used: set[tuple[int, int]] = set()
        self._places: dict[tuple[str, int | None, int | None], tuple[int, int] | None] = {}
        #: Formats that are not written as Word writes them.
        self.unknown_formats: set[str] = set()

    def place(self, style: str, list_id: int | None, level: int | None) -> tuple[int, int] | None:
        """Return the list and the level of a paragraph; None if it is not numbered.

        Args:
            style: Its style.
            list_id: The list that the paragraph names itself, if any; 0 removes its number.
            level: The level that it names itself, if any.
        """
        key = (style, list_id, level)
        if key not in self._places:
            self._places[key] = self._find_place(*key)
        return self._places[key]

    def _find_place(
        self, style: str, list_id: int | None, level: int | None
    ) -> tuple[int, int] | None:
        chain = list(self._styles.chain(style))
        if list_id is None:
            list_id = next((entry.list_id for entry in chain if entry.list_id is not None), None)
        if not list_id or list_id not in self._lists:
            return None
        if level is None:
            styled = {entry.style: number for number, entry in self._lists[list_id].levels.items()}
            levels = (styled.get(entry.id, entry.level) for entry in chain)
            level = next((number for number in levels if number is not None), 0)
        return list_id, min(max(level, 0), _LEVELS - 1)

    def label(self, list_id: int, level: int) -> str:
        """Count a paragraph of a list, and return its label."""
        numbered_list = self._lists[list_id]
        counters = self._counters.setdefault(numbered_list.definition, {})
        self._count(list_id, level, counters)
        definition = numbered_list.level(level)
        if definition.is_hidden:
            return ""
        if definition.format == "bullet":
            return definition.text
        if not is_known(definition.format):
            self.unknown_formats.add(definition.format)
        return _PLACEHOLDER.sub(
            lambda match: self._number(numbered_list, definition, level, int(match[1]) - 1),
            definition.text,
        ).strip()

    def look(self, list_id: int, level: int) -> str:
        """Return what the labels of a level have in common."""
        return self._lists[list_id].look(level)

    def definition(self, list_id: int) -> int:
        """Return which definition a list is made from."""
        return self._lists[list_id].definition

    def _count(self, list_id: int, level: int, counters: dict[int, int]) -> None:
        """Advance the counter of a level and reset those that start again after it."""
        numbered_list = self._lists[list_id]
        # Word shows the start of a level before that has not occurred yet.
        for before in range(level):
            counters.setdefault(before, numbered_list.start(before))
        starts_again = level in numbered_list.starts and (list_id, level) not in self._used
        self._used.add((list_id, level))
        if starts_again or level not in counters:
            counters[level] = numbered_list.start(level)
        else:
            counters[level] += 1
        for after in range(level + 1, _LEVELS):
            restarts_after = numbered_list.level(after).restarts_after
            if restarts_after is None or level < restarts_after:
                counters.pop(after, None)

    def _number(self, numbered_list: List, definition: Level, level: int, part: int) -> str:
        """Return the number of one of the levels that a label consists of."""
        if part > level:
            return ""
        count = self._counters[numbered_list.definition][part]
        return numbered_list.level(part).write(count, as_decimal=definition.is_legal)


def _lists(root: Element | None, styles: Styles) -> dict[int, List]:
    """Return the lists by id."""
    if root is None:
        return {}
    definitions: dict[int, Element] = {}
    for element in root.iterfind(f"{W}abstractNum"):
        definitions.setdefault(whole_number(element.get(f"{W}abstractNumId")) or 0, element)
    instances: dict[int, Element] = {}
    for element in root.iterfind(f"{W}num"):
        instances.setdefault(whole_number(element.get(f"{W}numId")) or 0, element)
    levels = {key: _levels(element) for key, element in definitions.items()}
    sources = {
        list_id: _definition(element, definitions, instances, styles)
        for list_id, element in instances.items()
    }
    return {
        list_id: _list(instances[list_id], source, levels[source])
        for list_id, source in sources.items()
        if source is not None
    }


def _list(instance: Element, definition: int, levels: Mapping[int, Level]) -> List:
    """Return a list with the levels of its definition, as far as it has no others."""
    levels, starts = dict(levels), {}
    for override in instance.iterfind(f"{W}lvlOverride"):
        level = whole_number(override.get(f"{W}ilvl")) or 0
        if (changed_level := child(override, "lvl")) is not None:
            levels[level] = _level(changed_level)
        if (start := number(override, "startOverride")) is not None:
            starts[level] = start
    return List(definition, levels, starts)


def _definition(
    instance: Element,
    definitions: Mapping[int, Element],
    instances: Mapping[int, Element],
    styles: Styles,
) -> int | None:
    """Return the definition that a list is made from, also by way of a list style."""
    for _ in range(_LEVELS):
        definition = number(instance, "abstractNumId")
        if definition is None or definition not in definitions:
            return None
        link = value(definitions[definition], "numStyleLink")
        if link is None:
            return definition
        linked_lists = (style.list_id for style in styles.chain(link))
        linked_list = next((list_id for list_id in linked_lists if list_id is not None), None)
        if linked_list is None or linked_list not in instances:
            return definition
        instance = instances[linked_list]
    return None


def _levels(definition: Element) -> dict[int, Level]:
    """Return the levels of a definition."""
    levels: dict[int, Level] = {}
    for element in definition.iterfind(f"{W}lvl"):
        levels.setdefault(whole_number(element.get(f"{W}ilvl")) or 0, _level(element))
    return levels


def _level(element: Element) -> Level:
    """Return a level of a list."""
    format_element = _number_format(element)
    number_format = "decimal" if format_element is None else format_element.get(f"{W}val", "")
    text = value(element, "lvlText") or ""
    run_properties = child(element, "rPr")
    if child(element, "lvlPicBulletId") is not None:
        number_format, text = "bullet", "•"
    elif number_format == "bullet":
        fonts = child(run_properties, "rFonts")
        font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
        text = bullet(text.strip(), font)
    return Level(
        format=number_format,
        text=text,
        start=number(element, "start") or 0,
        restarts_after=number(element, "lvlRestart"),
        is_legal=bool(is_on(element, "isLgl")),
        is_hidden=bool(is_on(run_properties, "vanish")),
        style=value(element, "pStyle") or "",
        pattern=format_element.get(f"{W}format", "")
        if format_element is not None and number_format == "custom"
        else "",
    )


def _number_format(level: Element) -> Element | None:
    """Return the element with the format of a level; a newer format is in an alternative."""
    direct = child(level, "numFmt")
    if direct is not None:
        return direct
    for branch in ("Choice", "Fallback"):
        element = level.find(f"{_COMPATIBILITY}AlternateContent/{_COMPATIBILITY}{branch}/{W}numFmt")
        if element is not None:
            return element
    return None
