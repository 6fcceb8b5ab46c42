"""Where each word of a text goes among the rows of a base: into one of them, or between two.

Paired words go into the rows of the words they are paired with. All others go with the phrase they
are of; whole phrases that nothing is paired with stand alone. No word changes its order.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from npcompare.wording.phrases import Phrase, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def placed(
    rows: Sequence[Phrase], text: Sequence[Phrase], pairs: Sequence[tuple[int, int]]
) -> dict[int, list[Phrase]]:
    """Return the phrases of a text, or parts of them, by their seats among the rows of a base.

    Seat 2n + 1 is in row n, seat 2n is between it and the row before it. `pairs` are the places of
    words of the base and of the text that belong together, both rising.
    """
    settled = _unparted(rows, text, _untorn(rows, text, pairs))
    return _Seats(rows, text, settled).phrases()


def _untorn(
    rows: Sequence[Phrase], text: Sequence[Phrase], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return pairs without stray ones, by which a phrase would be torn between rows.

    A phrase that fields rest on goes to the row with most of its words; some of it goes to another
    row only by a run of the same words, or a long word. What the coding says speaks of different
    things is together only if half of the words are.
    """
    row_of, phrase_of = _numbered(rows), _numbered(text)
    left, right = words_of(rows), words_of(text)
    same = {(at, place) for at, place in found if left[at].plain == right[place].plain}
    ties = Counter((phrase_of[place], row_of[at]) for at, place in found)
    best: dict[int, int] = {}
    for (phrase, row), number in ties.items():
        if phrase not in best or number > ties[phrase, best[phrase]]:
            best[phrase] = row

    def holds(at: int, place: int) -> bool:
        phrase, row = phrase_of[place], row_of[at]
        is_same = (at, place) in same
        if is_same and not same.isdisjoint({(at - 1, place - 1), (at + 1, place + 1)}):
            return True
        if _are_at_odds(rows[row], text[phrase]):
            fewer = min(len(rows[row].words), len(text[phrase].words))
            return 2 * ties[phrase, row] >= fewer
        tears = bool(text[phrase].fields) and (left[at].is_short or not is_same)
        return best[phrase] == row or not tears

    return [pair for pair in found if holds(*pair)]


def _unparted(
    rows: Sequence[Phrase], text: Sequence[Phrase], found: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs without those by which a row would reach over what speaks of something else.

    Where it would, the part with most pairs stays.
    """
    row_of, phrase_of = _numbered(rows), _numbered(text)
    for row, group in groupby(found, key=lambda pair: row_of[pair[0]]):
        parts: list[list[tuple[int, int]]] = []
        for pair in group:
            last = phrase_of[parts[-1][-1][1]] if parts else 0
            between = text[last + 1 : phrase_of[pair[1]]]
            if not parts or any(_are_at_odds(rows[row], each) for each in between):
                parts.append([])
            parts[-1].append(pair)
        yield from parts[max(range(len(parts)), key=lambda at: len(parts[at]))]


def _are_at_odds(one: Phrase, other: Phrase) -> bool:
    """Say whether the coding says that two phrases speak of different things."""
    return bool(one.fields and other.fields) and one.fields.isdisjoint(other.fields)


def _numbered(text: Iterable[Phrase]) -> list[int]:
    """Return for each word the number of its phrase."""
    return [number for number, phrase in enumerate(text) for _ in phrase.words]


class _Seats:
    """The seat of each word of a text; the numbers never fall, so that no word is moved."""

    def __init__(
        self, rows: Sequence[Phrase], text: Sequence[Phrase], pairs: Iterable[tuple[int, int]]
    ) -> None:
        self._rows, self._text = rows, text
        self._words = words_of(text)
        self._phrase_of = _numbered(text)
        self._starts = [0, *accumulate(len(row.words) for row in rows)]
        row_of = _numbered(rows)
        #: By place of a word, that of the word of the base which it is paired with.
        self._base_at = {place: at for at, place in pairs}
        self._seats = [-1] * len(self._words)
        for place, at in self._base_at.items():
            self._seats[place] = 2 * row_of[at] + 1
        for before, after in pairwise([-1, *self._base_at, len(self._words)]):
            if after - before > 1:
                self._fill(before, after)

    def phrases(self) -> dict[int, list[Phrase]]:
        """Return by seat the phrases, or parts of phrases, that go there."""
        found: dict[int, list[Phrase]] = {}
        places = range(len(self._words))
        for (seat, number), group in groupby(
            places, key=lambda at: (self._seats[at], self._phrase_of[at])
        ):
            words = tuple(self._words[at] for at in group)
            found.setdefault(seat, []).append(Phrase(words, self._text[number].fields))
        return found

    def _fill(self, before: int, after: int) -> None:
        """Seat the words between two that are seated: with either one's phrase, or alone."""
        first, last = before + 1, after - 1
        has_left, has_right = before >= 0, after < len(self._words)
        if has_left and has_right and self._phrase_of[before] == self._phrase_of[after]:
            cut = self._cut(before, after)
            self._seat(range(first, cut), self._seats[before])
            self._seat(range(cut, after), self._seats[after])
            return
        while has_left and first <= last and self._goes_with(first, before):
            self._seats[first] = self._seats[before]
            first += 1
        while has_right and last >= first and self._goes_with(last, after):
            self._seats[last] = self._seats[after]
            last -= 1
        if first <= last:
            above = self._seats[before] // 2 if has_left else -1
            below = self._seats[after] // 2 if has_right else len(self._rows)
            self._seat(range(first, last + 1), self._alone(first, last, above, below))

    def _cut(self, before: int, after: int) -> int:
        """Return from where on words between two of one phrase go with the second of them.

        Where the row of one has words that nothing is paired with, and that of the other has
        none, they stand in the place of those; else short words lead on to what follows them.
        """
        left, right = self._seats[before] // 2, self._seats[after] // 2
        is_last = self._base_at[before] == self._starts[left + 1] - 1
        is_first = self._base_at[after] == self._starts[right]
        if is_last != is_first:
            return before + 1 if is_last else after
        telling = [at for at in range(before + 1, after) if not self._words[at].is_short]
        return max(telling, default=before) + 1

    def _goes_with(self, at: int, seated: int) -> bool:
        """Say whether a word is of the phrase of one beside it, or speaks to what its row does."""
        phrase = self._phrase_of[at]
        row = self._rows[self._seats[seated] // 2]
        return phrase == self._phrase_of[seated] or bool(self._text[phrase].fields & row.fields)

    def _alone(self, first: int, last: int, above: int, below: int) -> int:
        """Return the seat of phrases that nothing is paired with, between two rows."""
        if above == below:
            return 2 * above + 1
        phrases = {self._phrase_of[at] for at in range(first, last + 1)}
        coded = any(self._text[one].fields for one in phrases)
        if below - above == 2 and not (coded or self._rows[above + 1].fields):
            # They stand in the place of the one row that the text has nothing else for.
            return 2 * (above + 1) + 1
        return 2 * below if below < len(self._rows) or above < 0 else 2 * (above + 1)

    def _seat(self, places: Iterable[int], seat: int) -> None:
        for at in places:
            self._seats[at] = seat
