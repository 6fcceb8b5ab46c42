"""The lines of a text, and which of their breaks end a paragraph.

In a text that is broken into lines of one width, a line ends where the next word does not fit. A
break where it does fit is deliberate: the line is a heading, or the last of its paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How many lines before and after a line show how wide lines are, the least width of lines, and how
#: much of the width a line with the next word may fill if its end is deliberate.
_NEARBY, _NARROWEST, _FULL = 3, 40, 0.8

#: The end of a sentence, that of a clause, and that of words that go on. A hyphen after a letter is
#: part of a word.
_CLOSED = re.compile(r"[.!?\u061f][\u201d\u2019\u00bb\"')\]]*\Z")
_CLAUSE_END = re.compile(
    r"(?:[.!?:;\u061b\u061f\u2013\u2014]|(?<!\w)-)[\u201d\u2019\u00bb\"')\]]*\Z"
)
_CONTINUED = re.compile(
    r"(?:[,;:\u060c\u061b\u2013\u2014]|(?<!\w)-|\b(?:and|or|et|ou|y|e|o|u))[\u201d\u00bb\"]?\Z",
    re.IGNORECASE,
)

#: A last word after which a line does not end deliberately: "the", "of", "de".
_SHORT_WORD = re.compile(r"(?<!\S)[^\W\d_A-Z]{1,3}\Z")


class Line(Struct, frozen=True):
    """A line that is not empty, by its places, without surrounding white space."""

    start: int
    end: int
    words: str
    #: Whether an empty line or the beginning of the text is before it.
    begins_paragraph: bool

    @property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_CLOSED.search(self.words))

    @property
    def ends_clause(self) -> bool:
        """Whether it ends as a sentence does, or with a colon, a semicolon or a dash."""
        return bool(_CLAUSE_END.search(self.words))

    @property
    def is_continued(self) -> bool:
        """Whether it ends with a comma, a colon, a dash or a conjunction."""
        return bool(_CONTINUED.search(self.words))


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not empty."""
    start, begins_paragraph = 0, True
    for row in text.split("\n"):
        words = row.strip()
        if words:
            first = start + len(row) - len(row.lstrip())
            yield Line(first, first + len(words), words, begins_paragraph)
        begins_paragraph = not words
        start += len(row) + 1


def ends_paragraph(rows: Sequence[Line], number: int) -> bool:
    """Return whether the words up to the break after a line are a whole, such as a heading."""
    if number + 1 >= len(rows):
        return True
    row, following = rows[number], rows[number + 1]
    if row.is_continued or row.is_closed:
        return row.is_closed
    if following.words[0].islower() or following.words[0].isdigit():
        return False
    if row.words.isupper() and following.words.isupper() and not following.begins_paragraph:
        return False
    return is_deliberate(rows, number)


def is_deliberate(rows: Sequence[Line], number: int) -> bool:
    """Return whether the next word would have fitted in a line, so that its break is deliberate."""
    row, following = rows[number], rows[number + 1]
    if _SHORT_WORD.search(row.words):
        return False
    nearby = rows[max(number - _NEARBY, 0) : number + _NEARBY + 1]
    width = max(_NARROWEST, *(len(line.words) for line in nearby))
    filled = len(row.words) + 1 + len(following.words.split(None, 1)[0])
    return filled <= (width if following.begins_paragraph else _FULL * width)
