"""What the figures share: text that is measured, wrapped and made safe, and the sheet it is on.

A figure is laid out here in Python, where texts can be measured, and drawn by a template beside
this file, `NAME.svg.j2`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.formats.language_scripts import NEVER_FIRST
from npcompare.formats.resources import read_resource
from npcompare.messages import message
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from npcompare.document import Document

#: Sans-serif fonts with the widths of Arial, and one that most systems have.
FONT = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

MARGIN = 24

#: The least width of a figure, which its titles need.
LEAST_WIDTH = 860

#: The most lines of a paragraph; longer texts are cut.
_MAX_LINES = 4

#: The most lines of a remark under a figure, which names many.
_REMARK_LINES = 60

#: The spaces at which a line may end.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")

#: The widths of characters in Arial, in thousandths of the size of the type.
_WIDTHS = {
    character: width
    for width, characters in {
        191: "'",
        222: "ijl",
        278: " !,./:;I[\\]ft|",
        333: "()-`r{}",
        389: '"*',
        500: "Jcksvxyz^",
        556: "#$0123456789?L_abdeghnopqu",
        611: "FTZ+<=>~",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        889: "%",
        944: "W",
        1015: "@",
    }.items()
    for character in characters
}
_WIDE, _OTHER = 1000, 720

#: The width of an Arabic letter among others, which join: few words have wider ones on average.
_ARABIC = 600

#: How much wider the estimate is than Arial, and than Arial in bold: a fallback font may be wider.
_ALLOWANCE, _BOLD_ALLOWANCE = 110, 120


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure in SVG, its title, its description in words, and its size in pixels."""

    svg: str
    title: str
    #: The part of the table that it shows, such as "rows 1 to 16 of 26".
    part: str
    description: str
    width: int
    height: int


class Paragraph(NamedTuple):
    """Lines of text, the first of which has its baseline at (x, y).

    The title is the whole text, which a reader sees when pointing at the lines.
    """

    title: str
    lines: list[str]
    x: int
    y: int
    size: int = 12
    leading: int = 15
    bold: bool = False


@dataclass(slots=True)
class Sheet:
    """The sheet of a figure, which is filled from top to bottom."""

    #: The width between the margins.
    inner: int
    #: How far it is filled.
    y: int = MARGIN
    paragraphs: list[Paragraph] = field(default_factory=list)

    def write(
        self, text: str, size: int, *, bold: bool = False, max_lines: int = _MAX_LINES
    ) -> None:
        """Add a paragraph across the sheet."""
        lines = wrapped(text, self.inner, size, max_lines, bold=bold)
        leading = size + 4
        first = self.y + leading
        self.paragraphs.append(Paragraph(text, lines, MARGIN, first, size, leading, bold))
        self.y += leading * len(lines) + 4

    def write_titles(self, titles: Sequence[str]) -> None:
        """Add the titles at the top."""
        for number, title in enumerate(titles):
            self.write(title, 20 if number == 0 else 15, bold=True)
        self.y += 12

    def write_headnote(self, lines: Sequence[str]) -> None:
        """Add what readers must know first, below the titles."""
        for line in lines:
            self.write(line, 12)
        self.y += 8 if lines else 0

    def write_remarks(self, texts: Iterable[str]) -> None:
        """Add a line for each text that has words, below the drawing."""
        self.y += 8
        for line in filter(None, map(one_line, texts)):
            self.write(line, 12, max_lines=_REMARK_LINES)


class Caption(NamedTuple):
    """How a figure is named: the start of its ids, its title, its description and its part."""

    name: str
    title: str
    description: str
    part: str = ""


def draw(template: str, sheet: Sheet, caption: Caption, **layout: Any) -> Picture:
    """Return the figure that a template draws."""
    width, height = sheet.inner + 2 * MARGIN, sheet.y + MARGIN
    svg = (
        _environment()
        .get_template(template)
        .render(
            layout,
            caption=caption,
            paragraphs=sheet.paragraphs,
            width=width,
            height=height,
            font=FONT,
            margin=MARGIN,
        )
    )
    return Picture(svg, caption.title, caption.part, caption.description, width, height)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(lambda name: read_resource(f"figures/{name}")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.globals["message"] = message
    return environment


def titles(document: Document, number: int) -> tuple[str, ...]:
    """Return the titles of the figure of a table: those of the document, and its own."""
    table = document.tables[number]
    several = len(document.tables) > 1
    table_title = table.title if table.title != document.title else ""
    if several:
        table_title = message(
            "{title} (table {number} of {count})",
            title=table.title,
            number=number + 1,
            count=len(document.tables),
        )
    return tuple(filter(None, map(one_line, (document.number, document.title, table_title))))


def caption_title(document: Document, number: int) -> str:
    """Return the titles of the figure of a table in one line."""
    return reduce(headed, titles(document, number) or ("",))


def headed(heading: str, words: str) -> str:
    """Return words after their heading."""
    return message("{heading}: {words}", heading=heading, words=words)


def one_line(text: str) -> str:
    """Return a text as one line without control characters; no-break spaces are kept."""
    return _SPACES.sub(" ", visible(text)).strip(" ")


def one_line_each(text: str) -> tuple[str, ...]:
    """Return the lines of a text that have words, without control characters."""
    return tuple(filter(None, map(one_line, text.split("\n"))))


def measure(text: str, size: int, *, bold: bool = False) -> int:
    """Return an estimate of the width of a text, rather too wide than too narrow.

    The fonts of the reader are not known, so the widths are those of Arial with an allowance.
    """
    thousandths = sum(map(_width, unicodedata.normalize("NFD", text)))
    return thousandths * size * (_BOLD_ALLOWANCE if bold else _ALLOWANCE) // 100_000 + 1


def _width(character: str) -> int:
    if unicodedata.category(character).startswith("M"):
        return 0
    if "\u0600" <= character <= "\u06ff":
        return _ARABIC
    is_wide = unicodedata.east_asian_width(character) in "WF"
    return _WIDTHS.get(character, _WIDE if is_wide else _OTHER)


def wrapped(text: str, room: int, size: int, max_lines: int, *, bold: bool = False) -> list[str]:
    """Return a text in lines that fit the room; beyond the last line it is cut with "…"."""

    def fits(line: str) -> bool:
        return measure(line, size, bold=bold) <= room

    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if fits(longer):
            lines[-1] = longer
            continue
        lines.append("")
        for character in word:
            if lines[-1] and not fits(lines[-1] + character):
                is_kept = character in NEVER_FIRST and len(lines[-1]) > 1
                lines.append(lines[-1][-1] if is_kept else "")
                lines[-2] = lines[-2][:-1] if is_kept else lines[-2]
            lines[-1] += character
    lines = [line for line in lines if line]
    if len(lines) > max_lines:
        last = lines[max_lines - 1]
        while last and not fits(f"{last}…"):
            last = last[:-1]
        lines[max_lines - 1 :] = [f"{last.rstrip()}…"]
    return lines


def place_keys(sheet: Sheet, labels: Iterable[str], sample: int) -> list[tuple[int, int]]:
    """Return the corner of each entry of a legend, in as many lines as they need.

    Args:
        sheet: The sheet, which is filled to the end of the legend.
        labels: The label of each entry.
        sample: The width of what is drawn before a label.
    """
    left = MARGIN + 4
    x, y = left, sheet.y
    places = []
    for label in labels:
        width = measure(label, 12) + sample + 20
        if x > left and x + width > MARGIN + sheet.inner:
            x, y = left, y + 24
        places.append((x, y))
        x += width
    sheet.y = y + 24
    return places
