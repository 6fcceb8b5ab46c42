"""Figures that are drawn row by row: whole with their titles, or in parts of rows for pages."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from bisect import bisect_left
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from npcompare.formats.figures.canvas import (
    MARGIN,
    Caption,
    Paragraph,
    Sheet,
    caption_title,
    draw,
    one_line,
    titles,
    wrapped,
)
from npcompare.messages import message, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from npcompare.document import Document, Table
    from npcompare.formats.figures.canvas import Picture


class Page(StrEnum):
    """What a figure is parted for: pages of A4, or a screen that shows it in one part."""

    UPRIGHT = "upright"
    LOW = "low"
    SCREEN = "screen"


#: The greatest height of the rows on a page, on which they can still be read.
_HEIGHTS = {Page.UPRIGHT: 1250, Page.LOW: 560, Page.SCREEN: sys.maxsize}

#: The size of type of a name, the height of its lines, and of a row beside its lines.
_TYPE, _LINE, _BESIDE = 13, 14, 4

#: The height of the heading of a group.
_HEADING = 26

#: The most lines of a name.
_NAME_LINES = 12


class Drawer(NamedTuple):
    """The functions that draw the figure of a table: on one sheet, and in parts for pages.

    They take the document, the number of the table, and the name with which ids begin; the second
    one also takes the page. If the table cannot be drawn, they return None or nothing.
    """

    whole: Callable[[Document, int, str], Picture | None]
    pages: Callable[[Document, int, str, Page], list[Picture]]


class RowFigure(ABC):
    """A figure of a table, with a place for each of its rows."""

    template: ClassVar[str]
    #: The widths of the names of the rows.
    names: ClassVar[int] = 330

    def __init__(self, table: Table, groups: Sequence[str] = ()) -> None:
        """Take a table and, if its rows are in groups, the heading of the group of each row."""
        self.table = table
        self.groups = [one_line(group) for group in groups] or [""] * len(table.rows)

    @property
    @abstractmethod
    def width(self) -> int:
        """The width between the margins."""

    @property
    @abstractmethod
    def description(self) -> str:
        """The figure in words."""

    @property
    def headnote(self) -> str:
        """What readers of the figure must know first."""
        return self.table.headnote

    def is_head(self, place: int) -> bool:  # noqa: ARG002 - figures without groups have no heads
        """Return whether a row heads others, so that it is not the last one of a page."""
        return False

    def is_strong(self, place: int) -> bool:  # noqa: ARG002 - most rows are not
        """Return whether the name of a row is printed in bold."""
        return False

    def name(self, place: int) -> Paragraph:
        """Return the name of a row, below the top of the sheet, with the marks without a note."""
        cell = self.table.rows[place][0]
        marks = [mark for run in cell.runs for mark in run.marks if not mark.isalpha()]
        return self.label(" ".join((cell.text, *marks)), is_strong=self.is_strong(place))

    def label(self, words: str, *, is_strong: bool = False) -> Paragraph:
        """Return words as the name of a row."""
        name = one_line(words)
        lines = wrapped(name, self.names - 14, _TYPE, _NAME_LINES, bold=is_strong) or [""]
        return Paragraph(name, lines, MARGIN + 4, _LINE, _TYPE, _LINE, is_strong)

    def height(self, place: int) -> int:
        """Return the height of a row of the table."""
        return _BESIDE + _LINE * len(self.name(place).lines)

    def full_height(self, place: int) -> int:
        """Return the height of a row with the heading of the group that it begins."""
        is_first = not place or self.groups[place] != self.groups[place - 1]
        return self.height(place) + (_HEADING if self.groups[place] and is_first else 0)

    def place_group(self, sheet: Sheet, part: Sequence[int], place: int) -> list[Paragraph]:
        """Place the heading of the group that a row begins, or that goes on there on a new page."""
        group = self.groups[place]
        if not group or (place != part[0] and group == self.groups[place - 1]):
            return []
        sheet.y += _HEADING
        lines = wrapped(group, sheet.inner - 8, _TYPE, 1, bold=True)
        return [Paragraph(group, lines, MARGIN + 4, sheet.y - 8, _TYPE, _LINE, bold=True)]

    @abstractmethod
    def place(self, sheet: Sheet, part: Sequence[int]) -> Mapping[str, object]:
        """Place heads, some rows and the legend on a sheet; return what the template draws."""


def counted_rows(count: int) -> str:
    """Return a number of rows in words."""
    return plural("{count} row", "{count} rows", count)


def row_drawer(figure_of: Callable[[Table], RowFigure | None]) -> Drawer:
    """Return what draws the figures that a function makes of tables."""

    def whole(document: Document, number: int, name: str) -> Picture | None:
        figure = figure_of(document.tables[number])
        return _whole(figure, document, number, name) if figure else None

    def pages(document: Document, number: int, name: str, page: Page) -> list[Picture]:
        figure = figure_of(document.tables[number])
        return list(_pages(figure, document, number, name, page)) if figure else []

    return Drawer(whole, pages)


def _whole(figure: RowFigure, document: Document, number: int, name: str) -> Picture:
    """Return a figure with titles, remarks and provenance."""
    table = document.tables[number]
    sheet = Sheet(figure.width)
    sheet.write_titles(titles(document, number))
    drawing = figure.place(sheet, range(len(table.rows)))
    sheet.write_remarks((*figure.headnote.split("\n"), *table.remarks, document.imprint))
    caption = Caption(name, caption_title(document, number), figure.description)
    return draw(figure.template, sheet, caption, **drawing)


def _pages(
    figure: RowFigure, document: Document, number: int, name: str, page: Page
) -> Iterator[Picture]:
    """Yield a figure in parts without titles, each with its heads, that fit a page."""
    parts = list(_parts(figure, _HEIGHTS[page]))
    for place, part in enumerate(parts):
        sheet = Sheet(figure.width)
        drawing = figure.place(sheet, part)
        words = message("all rows")
        if len(parts) > 1:
            words = message(
                "rows {first} to {last} of {count}",
                first=part[0] + 1,
                last=part[-1] + 1,
                count=len(figure.table.rows),
            )
        title = caption_title(document, number)
        caption = Caption(f"{name}-{place}", title, figure.description, words)
        yield draw(figure.template, sheet, caption, **drawing)


def _parts(figure: RowFigure, most: int) -> Iterator[list[int]]:
    """Yield the places of the rows of each page; a row that heads others is not the last one."""
    heights = [figure.full_height(place) for place in range(len(figure.table.rows))]
    if not heights:
        return
    # Of the least number of pages, none has more rows than it must.
    count = len(list(_filled(figure, heights, most)))
    lowest = bisect_left(
        range(most), 1, key=lambda page: len(list(_filled(figure, heights, page))) <= count
    )
    yield from _filled(figure, heights, lowest)


def _filled(figure: RowFigure, heights: Sequence[int], page: int) -> Iterator[list[int]]:
    """Yield the places of the rows of pages of a height, each as full as it can be."""
    part: list[int] = []
    height = 0
    for place, row_height in enumerate(heights):
        needed = row_height
        if figure.is_head(place) and place + 1 < len(heights):
            needed += heights[place + 1]
        if part and height + needed > page:
            yield part
            part, height = [], 0
        part.append(place)
        height += row_height
    yield part
