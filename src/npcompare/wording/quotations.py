"""Words quoted from a body: where they stand, which were meant if nowhere, and what none quotes.

Hides in what two texts may differ and be the same words (white space, and how an accent is put on
its letter), where a word ends, and how long is looked for what was meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from npcompare.text import fold, near

if TYPE_CHECKING:
    from collections.abc import Iterator

#: In how many places words are looked for, and how far about them a passage goes.
MOST_PLACES, _PASSAGE = 1000, 200

#: Typographic marks, and the plain ones of a keyboard.
_PLAIN_MARKS = str.maketrans(
    "\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----"
)

#: Words sought times words there are, beyond which looking for the nearest takes too long.
_TOO_LONG = 400_000

#: The same for all the quotations of one file.
_MOST_COMPARED = 10 * _TOO_LONG

#: How many passages are compared letter by letter when looking for the nearest words.
_CANDIDATES = 60

#: Scripts written without spaces, in which a word does not end where a letter meets a letter.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


class Body:
    """The body of a provision: what of it is quoted, and what is not."""

    def __init__(self, text: str) -> None:
        """Take the body as its file has it."""
        self._folded = fold(text)
        self._normal = unicodedata.normalize("NFC", self._folded)
        #: The parts of it that are quoted.
        self._quoted: list[tuple[int, int]] = []
        #: How many more words may be compared in search of those that were meant.
        self._patience = _MOST_COMPARED
        self._length = self._normal.count(" ") + 1

    def quote(self, words: str) -> int:
        """Return in how many places words stand, if no more than MOST_PLACES; they are quoted."""
        wanted = _normal(words)
        there = list(islice(_standing(self._normal, wanted), MOST_PLACES + 1))
        self._quoted += [(start, start + len(wanted)) for start in there]
        return len(there)

    def where_to_look(self, words: str) -> str:
        """Return a hint at what was meant by words that do not stand in the body."""
        close = _nearest(self._folded, words) if self._patience > 0 else ""
        self._patience -= min(len(words.split()) * self._length, _TOO_LONG)
        if not close:
            return "copy the words from the body, letter for letter"
        # A mark that differs alone cannot be seen.
        if close.translate(_PLAIN_MARKS) == fold(words).translate(_PLAIN_MARKS).rstrip(",.;:"):
            return "a quotation mark or a dash is another in the body: copy it from there"
        return f'the nearest words in the body are "{shortened(close)}"'

    def unquoted(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
        """Yield what a pattern finds where nothing is quoted.

        That is its number among all that the pattern finds, its words, and the passage about them.
        """
        quoted = sorted(self._quoted)
        at = reach = 0
        for nth, found in enumerate(pattern.finditer(self._normal)):
            while at < len(quoted) and quoted[at][0] < found.end():
                reach = max(reach, quoted[at][1])
                at += 1
            if reach <= found.start():
                yield nth, found[0], _around(self._normal, *found.span())


def places(body: str, words: str) -> list[int]:
    """Return where words stand in a folded body, letter for letter and as whole words."""
    return list(_standing(unicodedata.normalize("NFC", body), _normal(words)))


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some words, whatever white space is in them; of none, nothing."""
    if not words:
        return re.compile("(?!)")
    listed = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    # Most words of a text are passed by at their first letter.
    letters = re.escape("".join(sorted({word.split()[0][0] for word in words})))
    return re.compile(rf"\b(?=[{letters}])(?:{listed})\b", re.IGNORECASE)


def is_unspaced(character: str) -> bool:
    """Say whether a character is of a script in which no space stands between words."""
    return unicodedata.name(character, "").startswith(_UNSPACED)


def shortened(words: str) -> str:
    """Return words as a message quotes them: the beginning, where there are many."""
    return words if len(words) <= 60 else words[:57].rstrip() + "..."


def _around(body: str, start: int, end: int) -> str:
    """Return a passage of the body with the words about it, cut between words."""
    before = body[max(0, start - _PASSAGE) : start].split(" ")[-4:]
    after = body[end : end + _PASSAGE].split(" ")[:6]
    return " ".join(before) + body[start:end] + " ".join(after)


def _standing(haystack: str, needle: str) -> Iterator[int]:
    start = haystack.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not (_is_inside(haystack, start) or _is_inside(haystack, end)):
            yield start
        start = haystack.find(needle, start + 1)


def _nearest(body: str, words: str) -> str:
    """Return the words of the body that come nearest to words that do not stand in it."""
    from difflib import SequenceMatcher

    wanted = _normal(words).split(" ")
    there = body.split(" ")
    if len(wanted) * len(there) > _TOO_LONG:
        return ""
    if len(wanted) == 1:
        lower = {word.casefold().strip(".,;:()"): word for word in reversed(there)}
        return lower.get(near(wanted[0], lower), "")
    count = Counter(word.casefold() for word in wanted)
    windows = [there[at : at + len(wanted)] for at in range(max(1, len(there) - len(wanted) + 1))]
    shared = [sum((count & Counter(word.casefold() for word in one)).values()) for one in windows]
    most = max(shared)
    if most < len(wanted) / 2:
        return ""
    # Of the windows that share most words, give or take one, the one that is spelt most alike.
    close = [
        " ".join(one) for one, number in zip(windows, shared, strict=True) if number + 1 >= most
    ]
    matcher = SequenceMatcher(None, b=" ".join(wanted), autojunk=False)

    def likeness(one: str) -> float:
        matcher.set_seq1(one)
        return matcher.ratio()

    return max(close[:_CANDIDATES], key=likeness).rstrip(",.;:")


def _normal(words: str) -> str:
    return unicodedata.normalize("NFC", fold(words))


def _is_inside(text: str, at: int) -> bool:
    """Say whether a place in a text is inside a word."""
    if not 0 < at < len(text):
        return False
    return all(one.isalnum() and not is_unspaced(one) for one in text[at - 1 : at + 1])
