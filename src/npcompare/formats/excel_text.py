"""Text in a workbook: the fragments of a cell that share a font, and lengths as Excel counts."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from npcompare.document import Tone
from npcompare.messages import plain_figures
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.document import Cell, Run


#: A number, its decimals and a percent sign; Excel is exact to 15 digits.
_NUMBER = re.compile(r"(-?[0-9]{1,12}(?:\.([0-9]{1,3}))?)(%)?")


class Font(Enum):
    """The fonts in a workbook; the values are the properties that XlsxWriter has for them."""

    PLAIN = None
    BOLD = ("bold", 1)
    UNDERLINED = ("underline", 1)
    STRUCK = ("font_strikeout", 1)
    RAISED = ("font_script", 1)
    QUIET = ("font_color", "#404040")


_TONE_FONTS = {
    Tone.STRONG: Font.BOLD,
    Tone.PROBLEM: Font.BOLD,
    Tone.INSERTED: Font.UNDERLINED,
    Tone.DELETED: Font.STRUCK,
    Tone.ASIDE: Font.QUIET,
}


class Number(NamedTuple):
    """A number and the format in which Excel shows it."""

    value: float
    format: str


class Fragment(NamedTuple):
    """A text in one font."""

    font: Font
    text: str


def fragments(cell: Cell) -> list[Fragment]:
    """Return the texts of a cell; neighbours in the same font are merged."""
    merged: list[Fragment] = []
    for run in cell.runs:
        for fragment in _run_fragments(run):
            if merged and merged[-1].font is fragment.font:
                merged[-1] = Fragment(fragment.font, merged[-1].text + fragment.text)
            else:
                merged.append(fragment)
    return merged


def joined(texts: Iterable[Fragment]) -> str:
    """Return the text of fragments."""
    return "".join(fragment.text for fragment in texts)


def _run_fragments(run: Run) -> Iterator[Fragment]:
    """Yield a run's text, and its marks in brackets, which stay when the text is copied."""
    if run.text:
        yield Fragment(_TONE_FONTS.get(run.tone, Font.PLAIN), visible(run.text))
    if run.marks:
        yield Fragment(Font.RAISED, visible("".join(f" [{mark}]" for mark in run.marks)))


def cell_text(cell: Cell) -> str:
    """Return the text of a cell as a workbook shows it, with the marks of its notes."""
    return joined(fragments(cell))


def parsed(text: str) -> Number | None:
    """Return the number that is all of a text: 12, -0.25 or 85.0%; None if it is another.

    The text has the signs of the language in use; Excel shows those of its reader.
    """
    match = _NUMBER.fullmatch(plain_figures(text))
    if match is None:
        return None
    figure, decimals, percent = match.groups()
    places = len(decimals or "")
    shown = f"0.{'0' * places}" if places else "0"
    if percent:
        return Number(round(float(figure) / 100, places + 2), f"{shown}%")
    return Number(float(figure), shown)


def utf16_length(text: str) -> int:
    """Return the length of a text as Excel counts it, in code units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, length: int) -> str:
    """Return a text of at most a length as Excel counts it, with an ellipsis where it is cut."""
    if utf16_length(text) <= length:
        return text
    text = text[: length - 1]
    while utf16_length(text) > length - 1:
        text = text[:-1]
    return f"{text.rstrip(' ' + chr(39))}…"


def one_line(text: str, length: int) -> str:
    """Return a text as one line of at most a length as Excel counts it."""
    return shortened(re.sub(r"\s+", " ", visible(text)).strip(), length)
