"""Page numbers and running heads within a text, as copies of printed laws have them.

A line with nothing but a number may be the number of a section instead. It is the number of a page
if a running head is beside it, or if it interrupts a sentence. A running head is the title of the
text, or a line that occurs several times beside such numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from npcompare.wording.labels import is_reference
from npcompare.wording.lines import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A line with the number of a page, and one that can be nothing else.
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|p[áa]gina|p[áa]g\.)\s?\d{1,4}(?:\s?(?:of|/|sur|de)\s?\d{1,4})?"
    r"|[\u2013\u2014-]\s?\d{1,4}\s?[\u2013\u2014-]",
    re.IGNORECASE,
)

#: The number of a page before or after a running head of several words.
_AT_EDGE = re.compile(r"\A\d{1,4}\s+(?=\S)|(?<=\S)\s+\d{1,4}\Z")

#: The number of a footnote directly after a word.
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{2})\d{1,3}(?!\w)")

#: The end of a heading that has a number of its own: "Part Two, Section 12".
_NUMBERED = re.compile(
    r"\b(?:section|article|part|chapter|title|clause|schedule|annex|book|partie|chapitre|titre|livre"
    r"|art[ií]culo|cap[ií]tulo|t[ií]tulo|libro|secci[oó]n)s?\Z",
    re.IGNORECASE,
)

#: How often a running head occurs if it is not the title, its most characters, and the fewest words
#: of one with a number in it.
_RECURRENCES, _LONGEST, _FEWEST_WORDS = 3, 120, 3

#: How many characters before a number are examined.
_CONTEXT = 40

#: The fewest lines from one page number to the next.
_PAGE = 4


def page_heads(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the lines that a printer added to each page, with their line breaks."""
    pages = _Pages(text)
    rows = pages.rows
    first = 0
    while first < len(rows):
        end = first
        while end < len(rows) and pages.is_added(end):
            end += 1
        if end > first:
            is_interruption = end < len(rows) and rows[end].words[0].islower()
            start = text.rfind("\n", 0, rows[first].start) + 1
            if is_interruption and first:
                start = text.find("\n", rows[first - 1].end) + 1
            break_after = text.find("\n", rows[end - 1].end)
            if is_interruption:
                break_after = text.rfind("\n", 0, rows[end].start)
            yield start, len(text) if break_after < 0 else break_after + 1
        first = max(end, first + 1)


class _Pages:
    """The lines of a text, and what is known of its pages."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.rows = list(lines(text))
        count = len(self.rows)
        self._numbers = {
            index for index in range(count) if _NUMBER.fullmatch(self.rows[index].words)
        }
        self._page_numbers = {
            index for index in range(count) if _PAGE_NUMBER.fullmatch(self.rows[index].words)
        }
        self._interrupting = {index for index in self._numbers if self._interrupts(index)}
        if len(self._interrupting) > 1 and 3 * len(self._interrupting) > len(self._numbers):
            self._interrupting = self._numbers
        self._heads = [self._head(index) for index in range(count)]
        self._added_heads = self._find_heads()

    def is_added(self, index: int) -> bool:
        """Return whether a line was added by a printer."""
        if index in self._page_numbers or index in self._added_heads:
            return True
        if index not in self._numbers:
            return False
        return index in self._interrupting or bool({index - 1, index + 1} & self._added_heads)

    def _head(self, index: int) -> str:
        """Return the words that a line would have as a running head; empty if it cannot be one."""
        words = self._words(index)
        if len(words) > _LONGEST or words[0].islower() or index in self._numbers:
            return ""
        head = _AT_EDGE.sub("", words)
        if head != words and (len(head.split()) < _FEWEST_WORDS or _NUMBERED.search(head)):
            return ""
        return head

    def _find_heads(self) -> set[int]:
        """Return the lines that are running heads; the first occurrence of the title is none."""
        beside = {
            index
            for index in range(len(self.rows))
            if self._heads[index] and (self._has_number(index) or self._is_beside_number(index))
        }
        counts = Counter(self._heads[index] for index in beside)
        title = self._title()
        return {
            index
            for index in beside
            if (index and self._heads[index] == title) or counts[self._heads[index]] >= _RECURRENCES
        }

    def _title(self) -> str:
        """Return the first line if it is alone in its paragraph or the next one begins anew."""
        if len(self.rows) < 2:
            return ""
        following = self.rows[1]
        is_alone = following.begins_paragraph or not following.words[0].islower()
        return self._heads[0] if is_alone else ""

    def _has_number(self, index: int) -> bool:
        return self._heads[index] != self._words(index)

    def _words(self, index: int) -> str:
        """Return the words of a line without numbers of footnotes."""
        return _FOOTNOTE.sub("", " ".join(self.rows[index].words.split()))

    def _is_beside_number(self, index: int) -> bool:
        return any(
            place in self._page_numbers
            or (place in self._numbers and not self._numbers & _near(place))
            for place in (index - 1, index + 1)
        )

    def _interrupts(self, index: int) -> bool:
        """Return whether a number is in the middle of a sentence, and not part of a reference."""
        if not 0 < index < len(self.rows) - 1:
            return False
        before, following = self.rows[index - 1], self.rows[index + 1]
        return (
            not before.ends_clause
            and following.words[0].islower()
            and not is_reference(f"{before.words[-_CONTEXT:]} ")
        )


def _near(place: int) -> set[int]:
    """Return the lines that are too near to one with a page number to have one, too."""
    return {place + distance for distance in range(-_PAGE, _PAGE + 1) if distance}
