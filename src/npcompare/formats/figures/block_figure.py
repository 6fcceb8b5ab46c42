"""Figures that are drawn as one block: whole with titles and remarks, or alone for pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from npcompare.formats.figures.canvas import (
    Caption,
    Sheet,
    caption_title,
    draw,
    one_line,
    one_line_each,
    titles,
)
from npcompare.formats.figures.row_figure import Drawer, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from npcompare.document import Document, Table
    from npcompare.formats.figures.canvas import Picture


class BlockFigure(ABC):
    """A figure of a table that is drawn as one block."""

    template: ClassVar[str]
    #: What the figure is called in a caption, after the title of the table.
    part: str

    @property
    @abstractmethod
    def width(self) -> int:
        """The width between the margins."""

    @property
    @abstractmethod
    def description(self) -> str:
        """The figure in words."""

    @property
    def notice(self) -> str:
        """What is printed in the figure itself, wherever it is shown."""
        return ""

    @property
    def low_parts(self) -> Sequence[BlockFigure]:
        """The figure in parts for pages that are not upright, on which it would be too small."""
        return (self,)

    @abstractmethod
    def place(self, sheet: Sheet) -> Mapping[str, object]:
        """Place the figure on a sheet; return what the template draws."""


def block_drawer(figure_of: Callable[[Table], BlockFigure | None]) -> Drawer:
    """Return what draws the figures that a function makes of tables."""

    def whole(document: Document, number: int, name: str) -> Picture | None:
        figure = figure_of(document.tables[number])
        return _whole(figure, document, number, name) if figure else None

    def pages(document: Document, number: int, name: str, page: Page) -> list[Picture]:
        figure = figure_of(document.tables[number])
        if figure is None:
            return []
        parts = figure.low_parts if page is Page.LOW else (figure,)
        return [
            _alone(part, document, number, f"{name}-{place}") for place, part in enumerate(parts)
        ]

    return Drawer(whole, pages)


def _whole(figure: BlockFigure, document: Document, number: int, name: str) -> Picture:
    """Return a figure with titles, remarks and provenance."""
    table = document.tables[number]
    sheet = Sheet(figure.width)
    sheet.write_titles(titles(document, number))
    sheet.write_headnote(one_line_each(table.headnote))
    drawing = figure.place(sheet)
    sheet.write_remarks((*table.remarks, document.imprint))
    caption = Caption(name, caption_title(document, number), figure.description)
    return draw(figure.template, sheet, caption, **drawing)


def _alone(figure: BlockFigure, document: Document, number: int, name: str) -> Picture:
    """Return a figure without titles and remarks, which are printed around it."""
    sheet = Sheet(figure.width)
    drawing = figure.place(sheet)
    if figure.notice:
        sheet.y += 8
        sheet.write(one_line(figure.notice), 12)
    title = caption_title(document, number)
    caption = Caption(name, title, figure.description, figure.part)
    return draw(figure.template, sheet, caption, **drawing)
