"""Collation: the phrases of a base text beside the words that other texts have in their place.

The method is that of critical editions (see Dekker and others, "Computer-supported collation of
modern manuscripts: CollateX", Digital Scholarship in the Humanities 30, 2015): words are
normalized, each text is aligned with the base, and the words in one place form a passage. Phrases
that are evidence for the same field belong together even if they share no word.

Each text is aligned with the base alone, so that the order of the other texts makes no difference.
No text is rearranged: where a text deals with a matter elsewhere, the collation says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.wording.phrases import Phrase, letters_of, phrases, words_of
from npcompare.wording.row_placement import place_in_rows
from npcompare.wording.word_alignment import pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.model.provision import Provision
    from npcompare.wording.phrases import Word

#: The most words of a text: a longer one is not one provision, and would take too long.
_MOST_WORDS = 10_000

#: How many common words in a row may form a passage.
_RUN = 4

#: The fewest words of a part of a phrase.
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that each text has in one place, as written, with the fields they prove."""

    #: By name of the text; without the texts that have nothing in this place.
    words: Mapping[str, str]
    #: By name of the text.
    fields: Mapping[str, frozenset[str]]

    @property
    def all_fields(self) -> frozenset[str]:
        """Return the fields that the words of any text are evidence for."""
        return frozenset().union(*self.fields.values())


class Kind(StrEnum):
    """How a reading differs from that of the base."""

    BASE = "base"
    SAME = "same"
    #: Only in punctuation and capital letters.
    MARKS = "marks"
    OTHER = "other"
    #: The base has nothing in this place.
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that some texts have in one place, letter for letter, and how they differ."""

    words: str
    names: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Collation:
    """The passages of texts, side by side; in order they are each text, word for word."""

    base: str
    #: The other texts that are available, called witnesses in critical editions, as they are shown.
    witnesses: tuple[str, ...]
    passages: tuple[Passage, ...]

    def readings(self, passage: Passage) -> tuple[Reading, ...]:
        """Return the readings of a passage: the base's, those that are the same, and others."""
        base_words = passage.words.get(self.base)
        names_of: dict[str, list[str]] = {}
        for name in self.witnesses:
            if name in passage.words:
                names_of.setdefault(passage.words[name], []).append(name)
        readings = [
            Reading(words, tuple(names), _kind(base_words, words))
            for words, names in names_of.items()
        ]
        readings.sort(key=lambda reading: list(Kind).index(reading.kind))
        if base_words is not None:
            readings.insert(0, Reading(base_words, (self.base,), Kind.BASE))
        return tuple(readings)

    def among(self, names: Collection[str]) -> Collation:
        """Return the collation of some of the texts, with the base among them."""
        passages = (
            Passage(
                {name: words for name, words in passage.words.items() if name in names},
                {name: fields for name, fields in passage.fields.items() if name in names},
            )
            for passage in self.passages
        )
        witnesses = tuple(name for name in self.witnesses if name in names)
        return Collation(self.base, witnesses, tuple(each for each in passages if each.words))

    def elsewhere(self, passage: Passage, name: str) -> tuple[int, ...]:
        """Return the numbers, from 1, of the other passages in which a text has the same fields."""
        fields = passage.all_fields
        return tuple(
            number
            for number, candidate in enumerate(self.passages if fields else (), 1)
            if candidate is not passage and not fields.isdisjoint(candidate.fields.get(name, ()))
        )


def _kind(base_words: str | None, words: str) -> Kind:
    if base_words is None:
        return Kind.ADDITION
    if base_words == words:
        return Kind.SAME
    return Kind.MARKS if _letters(base_words) == _letters(words) else Kind.OTHER


def _letters(words: str) -> list[str]:
    """Return words without punctuation and capital letters."""
    return [letters for word in words.split() if (letters := letters_of(word))]


def collate(base: Provision, witnesses: Iterable[Provision]) -> Collation:
    """Return the texts of other provisions beside that of a base.

    Texts that are not available are left out. Raises NpcompareError if a text is too long.
    """
    available = {
        provision.id: _provision_phrases(provision)
        for provision in witnesses
        if provision.text.body
    }
    return align(base.id, _provision_phrases(base), available)


def _provision_phrases(provision: Provision) -> tuple[Phrase, ...]:
    number = provision.text.body.count(" ")
    if number > _MOST_WORDS:
        raise NpcompareError(
            f"the text of {provision.id} is too long to compare: about {number:,} words",
            f"code the relevant articles as separate provisions of at most {_MOST_WORDS:,} words",
        )
    return phrases(provision)


def align(
    name: str, base: Sequence[Phrase], witnesses: Mapping[str, Sequence[Phrase]]
) -> Collation:
    """Return the phrases of other texts, by name, beside those of a base."""
    texts = {witness: witnesses[witness] for witness in sorted(witnesses)}
    pairs_of = {witness: pairs(base, text) for witness, text in texts.items()}
    rows = _divide_rows(base, texts, pairs_of)
    placed_in = {
        witness: place_in_rows(rows, text, pairs_of[witness]) for witness, text in texts.items()
    }
    passages: list[Mapping[str, Phrase]] = []
    for slot in range(2 * len(rows) + 1):
        parts_of = {witness: slots[slot] for witness, slots in placed_in.items() if slot in slots}
        if slot % 2:
            phrase_of = {witness: _concatenated(parts) for witness, parts in parts_of.items()}
            passages.append({name: rows[slot // 2], **phrase_of})
        else:
            passages += _additions(parts_of)
    return Collation(name, tuple(texts), tuple(map(_passage, _merged(passages))))


def _passage(phrase_of: Mapping[str, Phrase]) -> Passage:
    return Passage(
        {
            name: "".join(word.original for word in phrase.words).strip()
            for name, phrase in phrase_of.items()
        },
        {name: phrase.fields for name, phrase in phrase_of.items()},
    )


# --- From pairs of words to passages ------------------------------------------------------------


def _divide_rows(
    base: Sequence[Phrase],
    witnesses: Mapping[str, Sequence[Phrase]],
    pairs_of: Mapping[str, Sequence[tuple[int, int]]],
) -> list[Phrase]:
    """Return the phrases of the base, the uncoded ones divided where other texts require it.

    They require it where a run of common words begins or ends, and where their own coding does.
    """
    boundaries: set[int] = set()
    words = words_of(base)
    for name, text in witnesses.items():
        ends = accumulate(len(phrase.words) for phrase in text)
        coded = {
            end
            for (phrase, following), end in zip(pairwise(text), ends, strict=False)
            if phrase.fields or following.fields
        }
        for start, other_start, length in _common_runs(words, words_of(text), pairs_of[name]):
            if length >= _RUN:
                boundaries |= {start, start + length}
                boundaries |= {
                    start + step for step in range(length) if other_start + step in coded
                }
    return [
        part
        for phrase, start in zip(base, _phrase_starts(base), strict=True)
        for part in _split(phrase, start, boundaries)
    ]


def _phrase_starts(text: Sequence[Phrase]) -> list[int]:
    """Return the index of the first word of each phrase."""
    return [0, *accumulate(len(phrase.words) for phrase in text)][: len(text)]


def _common_runs(
    left: Sequence[Word], right: Sequence[Word], aligned: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the start in both texts, and the length, of each run of common words."""
    first = length = 0
    for number, (left_index, right_index) in enumerate(aligned):
        is_next = number and aligned[number - 1] == (left_index - 1, right_index - 1)
        is_same = left[left_index].plain == right[right_index].plain
        if length and not (is_next and is_same):
            yield (*aligned[first], length)
            length = 0
        if is_same:
            first = first if length else number
            length += 1
    if length:
        yield (*aligned[first], length)


def _split(phrase: Phrase, start: int, boundaries: Iterable[int]) -> Iterator[Phrase]:
    """Yield the parts of an uncoded phrase between boundaries, without very short parts."""
    words = phrase.words
    ends = [] if phrase.fields else sorted(boundary - start for boundary in boundaries)
    part_start = 0
    for end in ends:
        if end - part_start >= _LEAST_WORDS and len(words) - end >= _LEAST_WORDS:
            yield Phrase(words[part_start:end])
            part_start = end
    yield Phrase(words[part_start:], phrase.fields)


def _concatenated(parts: Iterable[Phrase]) -> Phrase:
    first, *following = parts
    return sum(following, first)


def _additions(parts_of: Mapping[str, Sequence[Phrase]]) -> list[dict[str, Phrase]]:
    """Return the additions of texts in one place; similar additions are in one row."""
    rows: list[dict[str, Phrase]] = []
    for name, parts in parts_of.items():
        start, pending = 0, list[Phrase]()
        for part in parts:
            similar = (
                index
                for index in range(start, len(rows))
                if _is_similar(part, rows[index].values())
            )
            index = next(similar, None)
            if index is None:
                pending.append(part)
                continue
            rows[index][name] = part
            rows[index:index] = [{name: each} for each in pending]
            start, pending = index + len(pending) + 1, []
        rows += [{name: each} for each in pending]
    return rows


def _is_similar(phrase: Phrase, row: Iterable[Phrase]) -> bool:
    """Return whether a phrase has a field, or all words, in common with a row."""
    forms = [word.form for word in phrase.words]
    return any(
        phrase.fields & similar.fields or forms == [word.form for word in similar.words]
        for similar in row
    )


def _merged(passages: Sequence[Mapping[str, Phrase]]) -> list[Mapping[str, Phrase]]:
    """Return the passages, neighbours merged if they are uncoded and the same in all texts."""
    merged: list[Mapping[str, Phrase]] = []
    for passage in passages:
        if merged and _can_merge(merged[-1], passage):
            merged[-1] = {name: merged[-1][name] + phrase for name, phrase in passage.items()}
        else:
            merged.append(passage)
    return merged


def _can_merge(last: Mapping[str, Phrase], passage: Mapping[str, Phrase]) -> bool:
    phrases = [*last.values(), *passage.values()]
    if last.keys() != passage.keys() or any(phrase.fields for phrase in phrases):
        return False
    if any(phrase.ends_sentence for phrase in last.values()):
        return False
    return _is_unanimous(last) and _is_unanimous(passage)


def _is_unanimous(passage: Mapping[str, Phrase]) -> bool:
    """Return whether all texts have the same words in a passage."""
    wordings = {tuple(word.plain for word in phrase.words) for phrase in passage.values()}
    return len(wordings) == 1
