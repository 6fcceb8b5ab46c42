"""The styles of a Word file, as far as they decide on numbers and on hidden text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.readers.docx_xml import W, child, hides, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

#: How many styles may be based on each other.
_LONGEST_CHAIN = 64

#: The greatest level of an outline; level 9 is that of the text.
_DEEPEST_OUTLINE = 8


class Style(Struct, frozen=True):
    """A style: what it says itself, and the style that it is based on."""

    id: str
    based_on: str
    #: The list and the level of its paragraphs; None if it does not say.
    list_id: int | None
    level: int | None
    is_hidden: bool | None
    outline_level: int | None


class Styles:
    """The styles of a Word file by id."""

    def __init__(self, root: Element | None) -> None:
        """Read the styles from the root of their part."""
        self._styles: dict[str, Style] = {}
        self._is_hidden_by_default = bool(hides(child(root, "docDefaults", "rPrDefault", "rPr")))
        self._hiding: dict[tuple[str, str], bool] = {}
        self._headings: dict[str, bool] = {}
        #: The style of paragraphs that name none.
        self.default = ""
        for element in [] if root is None else root.iterfind(f"{W}style"):
            style = _style(element)
            self._styles.setdefault(style.id, style)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {
                "1",
                "true",
                "on",
            }:
                self.default = self.default or style.id

    def chain(self, name: str) -> Iterator[Style]:
        """Yield a style and those that it is based on, the nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.based_on

    def is_hidden(self, paragraph_style: str, character_style: str) -> bool:
        """Return whether the text of two styles is hidden: one that hides twice does not."""
        names = (paragraph_style, character_style)
        if names not in self._hiding:
            self._hiding[names] = self._hides(*names)
        return self._hiding[names]

    def _hides(self, paragraph_style: str, character_style: str) -> bool:
        by_paragraph = self._first_hidden(paragraph_style)
        by_character = self._first_hidden(character_style)
        if by_paragraph is None and by_character is None:
            return self._is_hidden_by_default
        return bool(by_paragraph) != bool(by_character)

    def is_heading(self, name: str) -> bool:
        """Return whether a style is that of a heading."""
        if name not in self._headings:
            levels = [style.outline_level for style in self.chain(name)]
            level = next((level for level in levels if level is not None), None)
            self._headings[name] = level is not None and 0 <= level <= _DEEPEST_OUTLINE
        return self._headings[name]

    def _first_hidden(self, name: str) -> bool | None:
        answers = (style.is_hidden for style in self.chain(name))
        return next((is_hidden for is_hidden in answers if is_hidden is not None), None)


def _style(element: Element) -> Style:
    list_properties = child(element, "pPr", "numPr")
    return Style(
        id=str(element.get(f"{W}styleId", "")),
        based_on=value(element, "basedOn") or "",
        list_id=number(list_properties, "numId"),
        level=number(list_properties, "ilvl"),
        is_hidden=hides(child(element, "rPr")),
        outline_level=number(element, "pPr", "outlineLvl"),
    )
