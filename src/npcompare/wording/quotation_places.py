"""Where quoted words are in a text as it was written, with its line breaks and its accents."""

from __future__ import annotations

import re
import unicodedata

from npcompare.text import fold
from npcompare.wording.quotations import places


class QuotationPlaces:
    """A text in which several quotations are looked up."""

    def __init__(self, text: str) -> None:
        """Prepare to look up quotations."""
        self._text = text
        self._body = unicodedata.normalize("NFC", fold(text))
        #: The place of each word in the text; in the folded text, the words have the same order.
        self._words = [match.span() for match in re.finditer(r"\S+", text)]

    def find(self, words: str) -> list[tuple[int, int]]:
        """Return the first and the last place of a quotation, each by its start and its end.

        The words must occur letter for letter and as whole words; white space and the composition
        of accents make no difference. There is one place if they occur once, none if they do not
        occur.
        """
        quotation = unicodedata.normalize("NFC", fold(words))
        starts = places(self._body, quotation) if quotation else []
        return [
            (self._position(start), self._position(start + len(quotation), is_end=True))
            for start in dict.fromkeys(starts[:1] + starts[-1:])
        ]

    def _position(self, position: int, *, is_end: bool = False) -> int:
        """Return the position in the text that a position in the folded text has."""
        number = self._body.count(" ", 0, position)
        offset = position - self._body.rfind(" ", 0, position) - 1
        start, end = self._words[number]
        word = self._text[start:end]
        if unicodedata.is_normalized("NFC", word):
            return start + offset
        # From the end, so that no letter of Hangul is taken apart: its parts are no accents.
        for length in range(len(word), -1, -1):
            is_whole = length == len(word) or not unicodedata.combining(word[length])
            if is_whole and len(unicodedata.normalize("NFC", word[:length])) == offset:
                return start + length
        # The letters of the two words do not correspond one to one.
        return end if is_end else start
