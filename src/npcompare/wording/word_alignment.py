"""Two texts to the words of them that belong together; hides the dynamic programme.

What the coding proves comes first: words of phrases that one field rests on, though they differ.
Then come the same words, the longer the better: a short one counts only where more is shared. Marks
are never looked at. Of all ways to pair words in their order the one that is worth most is taken.
"""

from __future__ import annotations

from itertools import accumulate
from math import isqrt
from typing import TYPE_CHECKING

from npcompare.wording.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.wording.phrases import Phrase, Word

#: What two phrases of one field are worth to one another, in letters of words they share.
_ANCHOR = 100

#: What a letter of a word that both texts have is worth, so that finer differences can count.
_LETTER = 4

#: Pairs of words beyond which alike runs are fixed first, and then so many pairs either side of
#: the straight line between them looked at.
_MOST_PAIRS = 1_000_000

#: Words in a row that are alike enough to be fixed.
_RUN = 4


def pairs(base: Sequence[Phrase], other: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Return pairs of places of words that belong together, both rising."""
    left, right = words_of(base), words_of(other)
    if [word.written for word in left] == [word.written for word in right]:
        return [(at, at) for at in range(len(left))]
    worth = _Worth(base, other)
    found: list[tuple[int, int]] = []
    at = (0, 0)
    for start, end, length in [*_fixed(left, right), (len(left), len(right), 0)]:
        found += _best(worth, at, (start, end))
        found += [(start + step, end + step) for step in range(length)]
        at = (start + length, end + length)
    return found


def _fixed(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Return the long runs of words that two long texts share; of short texts none."""
    if len(left) * len(right) <= _MOST_PAIRS:
        return []
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [one.form for one in left], [one.form for one in right])
    return [(one.a, one.b, one.size) for one in matcher.get_matching_blocks() if one.size >= _RUN]


class _Worth:
    """What each word of one text is worth to each of another."""

    def __init__(self, base: Sequence[Phrase], other: Sequence[Phrase]) -> None:
        self._base, self._other = base, other
        self._left, self._right = words_of(base), words_of(other)
        self._phrase_of = [at for at, phrase in enumerate(base) for _ in phrase.words]
        self._ends = [0, *accumulate(len(phrase.words) for phrase in other)]
        self._places: dict[str, list[int]] = {}
        for at, word in enumerate(self._right):
            self._places.setdefault(word.form, []).append(at)
        self._of_phrases: dict[int, tuple[list[int], list[int]]] = {}

    def row(self, at: int) -> list[int]:
        """Return what a word of the base is worth to each word of the other text."""
        word, number = self._left[at], self._phrase_of[at]
        if number not in self._of_phrases:
            self._of_phrases = {number: self._to_phrases(self._base[number])}
        anchors, shares = self._of_phrases[number]
        worth = list(anchors)
        for place in self._places.get(word.form, ()):
            letters = 1 if word.is_short else len(word.form)
            # Of two spellings of a word, the same one is the nearer.
            same = word.plain == self._right[place].plain
            worth[place] += (_LETTER * letters + same) * shares[place]
        return worth

    def _to_phrases(self, mine: Phrase) -> tuple[list[int], list[int]]:
        """Return by word of the other text what fields are worth, and what share letters count."""
        anchors, shares = [], []
        for theirs in self._other:
            # By the mean of their lengths no phrase is worth more to others than to itself.
            length = isqrt(len(mine.words) * len(theirs.words) * 10_000)
            anchor = 300 * _LETTER * _ANCHOR // length if mine.fields & theirs.fields else 0
            short, telling = _shares(mine, theirs)
            anchors += [anchor] * len(theirs.words)
            shares += [short if word.is_short else telling for word in theirs.words]
        return anchors, shares


def _shares(mine: Phrase, theirs: Phrase) -> tuple[int, int]:
    """Return how much a short word, and how much any other, counts in two phrases: up to three.

    A short word counts only in phrases that have more in common; any word counts less where the
    coding says that the phrases speak of different things.
    """
    if mine.fields & theirs.fields:
        return 3, 3
    if mine.fields and theirs.fields:
        return 0, 1
    telling = {word.form for word in mine.words if not word.is_short}
    forms = [[word.form for word in one.words] for one in (mine, theirs)]
    return (3 if not telling.isdisjoint(forms[1]) or forms[0] == forms[1] else 0), 3


def _best(worth: _Worth, start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the pairs between two places that are worth most together, by dynamic programming."""
    (top, left), (bottom, right) = start, end
    height, width = bottom - top, right - left
    if not (height and width):
        return []
    reach = width if height * width <= _MOST_PAIRS else _MOST_PAIRS // height
    line = [0] * (width + 1)
    steps: list[bytearray] = []
    for at in range(height):
        middle = at * width // height
        columns = range(max(0, middle - reach), min(width, middle + reach))
        line, taken = _line(worth.row(top + at)[left:right], line, columns)
        steps.append(taken)
    found = []
    at, place = height, width
    while at and place:
        step = steps[at - 1][place - 1]
        if step == _PAIR:
            found.append((top + at - 1, left + place - 1))
        at -= step in (_PAIR, _UP)
        place -= step in (_PAIR, _BACK)
    return found[::-1]


_UP, _BACK, _PAIR = range(3)


def _line(
    worth: Sequence[int], above: Sequence[int], columns: range
) -> tuple[list[int], bytearray]:
    """Return the next line of the table of best worths, and the steps that lead to it."""
    line = list(above)
    steps = bytearray(len(worth))
    best = line[columns.start]
    for place in columns:
        value, step = above[place + 1], _UP
        if best > value:
            value, step = best, _BACK
        if worth[place] and (paired := above[place] + worth[place]) >= value:
            value, step = paired, _PAIR
        line[place + 1] = best = value
        steps[place] = step
    # Beyond the columns looked at, nothing is better than what stands before it.
    for place in range(columns.stop, len(worth)):
        if line[place + 1] < best:
            line[place + 1] = best
            steps[place] = _BACK
    return line, steps
