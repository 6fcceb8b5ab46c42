"""The lists and numbered headings of an OpenDocument text, as they are open where it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.readers.docx_xml import whole_number
from npcompare.readers.odt_styles import OUTLINE, STYLE_NAME, TEXT, ListCounter

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from npcompare.readers.odt_styles import OdtStyles
    from npcompare.readers.outline import Line

_ID = "{http://www.w3.org/XML/1998/namespace}id"


class _List(Struct):
    """An open list: its style, the counter that it shares with those in it, and its level."""

    style: str
    counter: ListCounter | None
    level: int
    #: Whether the next paragraph is the first of an item, and the number that the item sets.
    is_item: bool = False
    start: int | None = None


class OdtLists:
    """The open lists, the innermost last, and the counters that later lists may continue."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._open: list[_List] = []
        self._by_id: dict[str, ListCounter] = {}
        self._by_style: dict[str, ListCounter] = {}
        self._places: dict[str, int] = {}
        self._headings = ListCounter(styles.lists.get(OUTLINE, {}))

    @property
    def is_open(self) -> bool:
        """Whether there is a list around the text."""
        return bool(self._open)

    @property
    def is_item(self) -> bool:
        """Whether the next paragraph is the first of an item."""
        return bool(self._open) and self._open[-1].is_item

    def start(self, element: Element) -> None:
        """Open a list."""
        style = element.get(STYLE_NAME, "")
        if self._open:
            outer = self._open[-1]
            counter = outer.counter
            if style and style != outer.style:
                counter = self._counter(element, style)
            self._open.append(_List(style or outer.style, counter, outer.level + 1))
        else:
            self._open.append(_List(style, self._counter(element, style), 1))
        identifier, current = element.get(_ID), self._open[-1]
        if identifier and current.counter:
            self._by_id[identifier] = current.counter

    def end(self) -> None:
        """Close the innermost list."""
        if self._open:
            self._open.pop()

    def start_item(self, start: int | None = None) -> None:
        """Begin an item of the innermost list, which may set its number."""
        if self._open:
            self._open[-1].is_item = True
            self._open[-1].start = start

    def labelled(self, line: Line, paragraph_style: str) -> Line:
        """Return a line with its label, if it is the first paragraph of an item."""
        current = self._open[-1]
        if not current.is_item:
            return line
        # Only the innermost item has the number, as a list may begin with a list.
        for entry in self._open:
            entry.is_item = False
        style = current.style or self._styles.list_style(paragraph_style)
        if current.counter is None:
            counter = ListCounter(self._styles.lists.get(style, {}))
            for entry in self._open:
                entry.counter = entry.counter or counter
            current.counter = self._by_style[style] = counter
        return self._as_item(line, current.counter, style, current.level, current.start)

    def restored(self, line: Line, paragraph: Element) -> Line:
        """Return a line with its label, for a paragraph that had been deleted from a list."""
        lists = list(paragraph.iterancestors(f"{TEXT}list"))
        style = str(lists[-1].get(STYLE_NAME, "")) if lists else ""
        counter = self._by_style.get(style)
        return self._as_item(line, counter, style, len(lists)) if counter else line

    def heading(self, line: Line, element: Element) -> Line:
        """Return a line with the number of a heading that is in no list."""
        if element.get(f"{TEXT}is-list-header") == "true":
            return line
        level = whole_number(element.get(f"{TEXT}outline-level")) or 1
        restarts = element.get(f"{TEXT}restart-numbering") == "true"
        start = whole_number(element.get(f"{TEXT}start-value"))
        label = self._headings.label(level, start or 1 if restarts else None)
        if not label:
            return line
        return replace(line, label=label, look=self._headings.look(level), place=(0, level))

    def _as_item(
        self, line: Line, counter: ListCounter, style: str, level: int, start: int | None = None
    ) -> Line:
        """Return a line as the next item of a list."""
        label = counter.label(level, start)
        if not label:
            return line
        place = self._places.setdefault(style, len(self._places) + 1)
        return replace(line, label=label, look=counter.look(level), place=(place, level))

    def _counter(self, element: Element, style: str) -> ListCounter | None:
        """Return the counter that a list continues, or a new one; None if its style is not known.

        The list style may be that of its first paragraph.
        """
        counter = self._by_id.get(element.get(f"{TEXT}continue-list", ""))
        if element.get(f"{TEXT}continue-numbering") == "true":
            counter = counter or self._by_style.get(style)
        if counter is None and style:
            counter = ListCounter(self._styles.lists.get(style, {}))
        if counter is not None:
            self._by_style[style] = counter
        return counter
