"""What must be known of lists and tables before they are read, because it comes later in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.readers.html_lists import LISTS
from npcompare.readers.typed_labels import typed_labels

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The most characters in which a label is looked for.
_LONGEST_LABEL = 40


class _OpenList:
    """A list that is open: its items that have words, and those of them with a typed label."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.count = self.with_words = self.with_labels = 0


class _OpenTable:
    """A table that is open: the cells of its current row, and whether a row has several."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.cells = 0
        self.has_columns = False
        self.is_layout = element.get("role", "") in {"presentation", "none"}


class ListsAndTables:
    """The lists and tables of a page."""

    def __init__(self) -> None:
        #: The items that are not there, because all their words are deleted.
        self.gone: set[Element] = set()
        #: How many items each list has.
        self.counts: dict[Element, int] = {}
        #: The lists whose numbers are typed in their items, so that their own are not shown.
        self.typed: set[Element] = set()
        #: The tables that only place text on the page.
        self.layout_tables: set[Element] = set()
        self._lists: list[_OpenList] = []
        self._tables: list[_OpenTable] = []
        #: The first pieces of text in each item that is open, and its list.
        self._items: list[tuple[list[str], _OpenList | None]] = []

    def start(self, element: Element, tag: str) -> None:
        """Open a list, an item or a part of a table."""
        if tag in LISTS:
            self._lists.append(_OpenList(element))
        elif tag == "li":
            self._items.append(([], self._lists[-1] if self._lists else None))
        elif tag == "table":
            for outer in self._tables:
                outer.is_layout = True
            self._tables.append(_OpenTable(element))
        elif tag == "tr" and self._tables:
            self._tables[-1].cells = 0
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1].cells += 1
            self._tables[-1].has_columns |= self._tables[-1].cells > 1

    def text(self, text: str) -> None:
        """Take text: the first pieces of an item may be its label."""
        if self._items and sum(map(len, pieces := self._items[-1][0])) < _LONGEST_LABEL:
            pieces.append(text[: _LONGEST_LABEL * 2])

    def end(self, element: Element, tag: str, *, is_gone: bool) -> None:
        """Close an element; it may be gone, because all its words are deleted."""
        if tag == "li" and self._items:
            self._end_item(element, is_gone=is_gone)
        elif tag in LISTS and self._lists:
            current = self._lists.pop()
            self.counts[element] = current.count
            if current.with_words and current.with_words == current.with_labels:
                self.typed.add(element)
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            if table.is_layout or not table.has_columns:
                self.layout_tables.add(element)

    def _end_item(self, element: Element, *, is_gone: bool) -> None:
        pieces, owner = self._items.pop()
        if is_gone:
            self.gone.add(element)
        if owner is None or is_gone:
            return
        owner.count += 1
        if pieces:
            owner.with_words += 1
            owner.with_labels += _begins_with_label(pieces)


def _begins_with_label(pieces: list[str]) -> bool:
    """Return whether text begins with a typed label, also one in an element of its own."""
    for joint in ("", "\t"):
        label = next(typed_labels(joint.join(pieces).lstrip()), None)
        if label and label.name:
            return True
    return False
