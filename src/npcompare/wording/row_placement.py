"""Placement of the words of a text in the rows of a base, or between two rows.

Aligned words are placed in the rows of the words that they are aligned with, and all others with
their phrase; a phrase without aligned words is placed on its own. The order of words never changes.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from npcompare.wording.phrases import Phrase, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def place_in_rows(
    rows: Sequence[Phrase], text: Sequence[Phrase], pairs: Sequence[tuple[int, int]]
) -> dict[int, list[Phrase]]:
    """Return the phrases of a text, or parts of them, by slot.

    Args:
        rows: The rows of the base. Slot 2n + 1 is row n; slot 2n is between it and the row before.
        text: The phrases of the text.
        pairs: The aligned words of the base and of the text, by their indexes, in order.
    """
    settled = _without_crossings(rows, text, _without_strays(rows, text, pairs))
    return _Slots(rows, text, settled).phrases()


def _without_strays(
    rows: Sequence[Phrase], text: Sequence[Phrase], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the pairs without those that would split a phrase between rows for little reason.

    A coded phrase belongs to the row with most of its words; part of it is placed in another row
    only for a run of the same words, or a long word. A phrase and a row that are evidence for
    different fields are paired only if half of the words are.
    """
    row_of, phrase_of = _phrase_numbers(rows), _phrase_numbers(text)
    base_words, words = words_of(rows), words_of(text)
    same = {
        (base, position)
        for base, position in pairs
        if base_words[base].plain == words[position].plain
    }
    counts = Counter((phrase_of[position], row_of[base]) for base, position in pairs)
    best_row: dict[int, int] = {}
    for (phrase, row), count in counts.items():
        if phrase not in best_row or count > counts[phrase, best_row[phrase]]:
            best_row[phrase] = row

    def is_kept(base: int, position: int) -> bool:
        phrase, row = phrase_of[position], row_of[base]
        is_same = (base, position) in same
        neighbours = {(base - 1, position - 1), (base + 1, position + 1)}
        if is_same and not same.isdisjoint(neighbours):
            return True
        if _have_different_fields(rows[row], text[phrase]):
            shorter = min(len(rows[row].words), len(text[phrase].words))
            return 2 * counts[phrase, row] >= shorter
        is_weak = base_words[base].is_short or not is_same
        return best_row[phrase] == row or not (text[phrase].fields and is_weak)

    return [pair for pair in pairs if is_kept(*pair)]


def _without_crossings(
    rows: Sequence[Phrase], text: Sequence[Phrase], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs without those that would extend a row across a phrase for another field.

    Of the parts of such a row, the one with most pairs is kept.
    """
    row_of, phrase_of = _phrase_numbers(rows), _phrase_numbers(text)
    for row, group in groupby(pairs, key=lambda pair: row_of[pair[0]]):
        parts: list[list[tuple[int, int]]] = []
        for pair in group:
            last = phrase_of[parts[-1][-1][1]] if parts else 0
            between = text[last + 1 : phrase_of[pair[1]]]
            if not parts or any(_have_different_fields(rows[row], each) for each in between):
                parts.append([])
            parts[-1].append(pair)
        yield from max(parts, key=len)


def _have_different_fields(left: Phrase, right: Phrase) -> bool:
    """Return whether two phrases are evidence for different fields."""
    return bool(left.fields and right.fields) and left.fields.isdisjoint(right.fields)


def _phrase_numbers(text: Iterable[Phrase]) -> list[int]:
    """Return for each word the number of its phrase."""
    return [number for number, phrase in enumerate(text) for _ in phrase.words]


class _Slots:
    """The slot of each word of a text; the numbers never decrease, so that no word is moved."""

    def __init__(
        self, rows: Sequence[Phrase], text: Sequence[Phrase], pairs: Iterable[tuple[int, int]]
    ) -> None:
        self._rows, self._text = rows, text
        self._words = words_of(text)
        self._phrase_of = _phrase_numbers(text)
        self._row_starts = [0, *accumulate(len(row.words) for row in rows)]
        row_of = _phrase_numbers(rows)
        #: For each aligned word, the word of the base that it is aligned with.
        self._base_of = {position: base for base, position in pairs}
        self._slots = [-1] * len(self._words)
        for position, base in self._base_of.items():
            self._slots[position] = 2 * row_of[base] + 1
        for before, after in pairwise([-1, *self._base_of, len(self._words)]):
            if after - before > 1:
                self._fill(before, after)

    def phrases(self) -> dict[int, list[Phrase]]:
        """Return the phrases, or parts of phrases, by slot."""
        by_slot: dict[int, list[Phrase]] = {}
        positions = range(len(self._words))
        for (slot, number), group in groupby(
            positions, key=lambda position: (self._slots[position], self._phrase_of[position])
        ):
            words = tuple(self._words[position] for position in group)
            by_slot.setdefault(slot, []).append(Phrase(words, self._text[number].fields))
        return by_slot

    def _fill(self, before: int, after: int) -> None:
        """Place the words between two aligned words: with one of them, or on their own."""
        first, last = before + 1, after - 1
        has_left, has_right = before >= 0, after < len(self._words)
        if has_left and has_right and self._phrase_of[before] == self._phrase_of[after]:
            split = self._split(before, after)
            self._place(range(first, split), self._slots[before])
            self._place(range(split, after), self._slots[after])
            return
        while has_left and first <= last and self._belongs_to(first, before):
            self._slots[first] = self._slots[before]
            first += 1
        while has_right and last >= first and self._belongs_to(last, after):
            self._slots[last] = self._slots[after]
            last -= 1
        if first <= last:
            row_before = self._slots[before] // 2 if has_left else -1
            row_after = self._slots[after] // 2 if has_right else len(self._rows)
            slot = self._slot_between(first, last, row_before, row_after)
            self._place(range(first, last + 1), slot)

    def _split(self, before: int, after: int) -> int:
        """Return the first of the words between two of one phrase that belongs to the second.

        If only one of the two rows has words that are not aligned, the words between belong there;
        otherwise function words belong to what follows them.
        """
        left, right = self._slots[before] // 2, self._slots[after] // 2
        is_last = self._base_of[before] == self._row_starts[left + 1] - 1
        is_first = self._base_of[after] == self._row_starts[right]
        if is_last != is_first:
            return before + 1 if is_last else after
        content = [
            position for position in range(before + 1, after) if not self._words[position].is_short
        ]
        return max(content, default=before) + 1

    def _belongs_to(self, position: int, neighbour: int) -> bool:
        """Return whether a word has the phrase of its neighbour, or a field of its row."""
        phrase = self._phrase_of[position]
        row = self._rows[self._slots[neighbour] // 2]
        is_same_phrase = phrase == self._phrase_of[neighbour]
        return is_same_phrase or bool(self._text[phrase].fields & row.fields)

    def _slot_between(self, first: int, last: int, row_before: int, row_after: int) -> int:
        """Return the slot of phrases without aligned words, between two rows."""
        if row_before == row_after:
            return 2 * row_before + 1
        phrases = {self._phrase_of[position] for position in range(first, last + 1)}
        is_coded = any(self._text[number].fields for number in phrases)
        between = row_before + 1
        if row_after - row_before == 2 and not (is_coded or self._rows[between].fields):
            # One row is between them, and the text has nothing else for it.
            return 2 * between + 1
        return 2 * row_after if row_after < len(self._rows) or row_before < 0 else 2 * between

    def _place(self, positions: Iterable[int], slot: int) -> None:
        for position in positions:
            self._slots[position] = slot
