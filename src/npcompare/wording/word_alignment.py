"""Alignment of the words of two texts, by evidence of the same field and by similar words.

This is the global alignment of Needleman and Wunsch, "A General Method Applicable to the Search for
Similarities in the Amino Acid Sequence of Two Proteins", Journal of Molecular Biology 48 (1970),
without a gap penalty. Words score if their phrases are evidence for the same field, even if they
differ; and if they are the same, by their length. Function words count only in phrases that have
more in common, and punctuation never counts.

Long texts are first divided at their long common runs, and the table is limited to a band about the
diagonal (Fickett, "Fast optimal alignment", Nucleic Acids Research 12, 1984).
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from npcompare.wording.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.wording.phrases import Phrase, Word

#: The score of two phrases for the same field, in letters of common words.
_FIELD_SCORE = 100

#: The score of a letter of a common word; more than 1, so that smaller differences can count.
_LETTER_SCORE = 4

#: The most cells of a table; larger texts are divided at common runs, and then get a band.
_MOST_CELLS = 1_000_000

#: How many common words in a row divide a long text.
_RUN = 4

#: The steps of the table: a word of the base alone, a word of the witness alone, or a pair.
_UP, _BACK, _PAIR = range(3)


def pairs(base: Sequence[Phrase], witness: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Return the pairs of aligned words by their indexes, in the order of both texts."""
    left, right = words_of(base), words_of(witness)
    if [word.original for word in left] == [word.original for word in right]:
        return [(index, index) for index in range(len(left))]
    scores = _Scores(base, witness)
    result: list[tuple[int, int]] = []
    start = (0, 0)
    for left_end, right_end, length in [*_common_runs(left, right), (len(left), len(right), 0)]:
        result += _align(scores, start, (left_end, right_end))
        result += [(left_end + step, right_end + step) for step in range(length)]
        start = (left_end + length, right_end + length)
    return result


def _common_runs(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Return the long common runs of two long texts: their starts and length; none if short."""
    if len(left) * len(right) <= _MOST_CELLS:
        return []
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [word.form for word in left], [word.form for word in right])
    return [
        (block.a, block.b, block.size)
        for block in matcher.get_matching_blocks()
        if block.size >= _RUN
    ]


class _Scores:
    """The similarity of each word of the base to each word of a witness."""

    def __init__(self, base: Sequence[Phrase], witness: Sequence[Phrase]) -> None:
        self._base, self._witness = base, witness
        self._left, self._right = words_of(base), words_of(witness)
        self._phrase_of = [number for number, phrase in enumerate(base) for _ in phrase.words]
        self._positions: dict[str, list[int]] = {}
        for position, word in enumerate(self._right):
            self._positions.setdefault(word.form, []).append(position)
        #: The scores of the current phrase of the base, by its number.
        self._current: dict[int, tuple[list[int], list[int]]] = {}

    def row(self, index: int) -> list[int]:
        """Return the scores of a word of the base with each word of the witness."""
        word, number = self._left[index], self._phrase_of[index]
        if number not in self._current:
            self._current = {number: self._phrase_scores(self._base[number])}
        field_scores, weights = self._current[number]
        scores = list(field_scores)
        for position in self._positions.get(word.form, ()):
            letters = 1 if word.is_short else len(word.form)
            # The same spelling is more similar than a variant.
            is_same = word.plain == self._right[position].plain
            scores[position] += (_LETTER_SCORE * letters + is_same) * weights[position]
        return scores

    def _phrase_scores(self, phrase: Phrase) -> tuple[list[int], list[int]]:
        """Return the score for the fields, and the weight of letters, by word of the witness."""
        scores, weights = [], []
        for candidate in self._witness:
            # By the geometric mean of the lengths, no phrase is more similar to another than to
            # itself.
            length = isqrt(len(phrase.words) * len(candidate.words) * 10_000)
            has_field = phrase.fields & candidate.fields
            score = 300 * _LETTER_SCORE * _FIELD_SCORE // length if has_field else 0
            short_weight, weight = _weights(phrase, candidate)
            scores += [score] * len(candidate.words)
            weights += [short_weight if word.is_short else weight for word in candidate.words]
        return scores, weights


def _weights(left: Phrase, right: Phrase) -> tuple[int, int]:
    """Return the weight of a function word, and of any other word, common to two phrases: 0 to 3.

    A function word counts only in phrases that have more in common. Any word counts less if the
    phrases are evidence for different fields.
    """
    if left.fields & right.fields:
        return 3, 3
    if left.fields and right.fields:
        return 0, 1
    content = {word.form for word in left.words if not word.is_short}
    left_forms, right_forms = ([word.form for word in phrase.words] for phrase in (left, right))
    return (3 if not content.isdisjoint(right_forms) or left_forms == right_forms else 0), 3


def _align(scores: _Scores, start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the best alignment between two places by dynamic programming."""
    (top, left), (bottom, right) = start, end
    height, width = bottom - top, right - left
    if not (height and width):
        return []
    reach = width if height * width <= _MOST_CELLS else _MOST_CELLS // height
    best = [0] * (width + 1)
    steps: list[bytearray] = []
    for row in range(height):
        middle = row * width // height
        columns = range(max(0, middle - reach), min(width, middle + reach))
        best, row_steps = _next_row(scores.row(top + row)[left:right], best, columns)
        steps.append(row_steps)
    return [(top + row, left + column) for row, column in _trace_back(steps, height, width)]


def _trace_back(steps: Sequence[bytearray], row: int, column: int) -> list[tuple[int, int]]:
    """Return the pairs on the path from the last cell of the table to the first, in order."""
    path = []
    while row and column:
        step = steps[row - 1][column - 1]
        if step == _PAIR:
            path.append((row - 1, column - 1))
        row -= step in (_PAIR, _UP)
        column -= step in (_PAIR, _BACK)
    return path[::-1]


def _next_row(
    scores: Sequence[int], previous: Sequence[int], columns: range
) -> tuple[list[int], bytearray]:
    """Return the next row of the table of best scores, and the steps that lead to them."""
    row = list(previous)
    steps = bytearray(len(scores))
    best = row[columns.start]
    for column in columns:
        value, step = previous[column + 1], _UP
        if best > value:
            value, step = best, _BACK
        if scores[column] and (paired := previous[column] + scores[column]) >= value:
            value, step = paired, _PAIR
        row[column + 1] = best = value
        steps[column] = step
    # To the right of the band, no value may be less than the last one in it.
    for column in range(columns.stop, len(scores)):
        if row[column + 1] < best:
            row[column + 1] = best
            steps[column] = _BACK
    return row, steps
