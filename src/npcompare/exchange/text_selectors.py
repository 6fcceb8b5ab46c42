"""Places in a text as the Web Annotation Data Model of the W3C describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.wording.quotation_places import QuotationPlaces
from npcompare.wording.quotations import is_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How many characters around a quotation are given, and how many more until a word ends.
_CONTEXT, _WORD = 32, 32


class QuotedText:
    """A text of which quotations are looked up."""

    def __init__(self, text: str) -> None:
        """Prepare to look up quotations."""
        self._text = text
        self._places = QuotationPlaces(text)

    def selectors(self, words: str) -> Sequence[dict[str, Any]]:
        """Return two selectors of the first place of a quotation; none if it does not occur.

        The first one quotes the words with enough of the text around them to make the place unique.
        The second one counts characters (Unicode code points), from zero.
        """
        places = self._places.find(words)
        if not places:
            return ()
        start, end = places[0]
        before, after = self._context(start, end)
        return (
            {
                "type": "TextQuoteSelector",
                "exact": self._text[start:end],
                "prefix": self._text[before:start],
                "suffix": self._text[end:after],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        )

    def _context(self, start: int, end: int) -> tuple[int, int]:
        """Return where a context begins and ends that makes a place unique."""
        reach = _CONTEXT
        while True:
            before = self._word_start(start - reach)
            after = max(end, self._word_end(end + reach))
            passage = self._text[before:after]
            if self._text.find(passage, self._text.find(passage) + 1) < 0:
                return before, after
            reach *= 2

    def _word_start(self, position: int) -> int:
        """Return where the word at a position begins, or a letter if the word is too long."""
        if position <= 0:
            return 0
        for candidate in range(position, max(0, position - _WORD), -1):
            if self._text[candidate - 1].isspace():
                return candidate
        return self._letter_start(position)

    def _word_end(self, position: int) -> int:
        """Return where the word at a position ends, or a letter if the word is too long."""
        if position >= len(self._text):
            return len(self._text)
        for candidate in range(position, min(len(self._text), position + _WORD)):
            if self._text[candidate].isspace():
                return candidate
        return self._letter_start(position)

    def _letter_start(self, position: int) -> int:
        """Return where the letter at a position begins: before its accents."""
        while position > 0 and is_mark(self._text[position]):
            position -= 1
        return position
