"""Texts to a collation: the phrases of a base text, and what each other text has in their places.

As collation is done in the editing of texts: words are cut and put to one form, each text is
aligned with the base, and what stands in one place is set in one passage. What the coding proves
comes first: phrases that one field rests on belong together though they share no word. Then come
words, the longer the better; marks are never aligned. Each text is aligned with the base alone, so
that the order of the others changes nothing, and no text is ever put into another order: what
stands elsewhere is said to stand there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.wording.phrases import Phrase, bare, phrases, words_of
from npcompare.wording.row_placement import placed
from npcompare.wording.word_alignment import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.model.provision import Provision
    from npcompare.wording.phrases import Word

#: Words of a text beyond which it is no provision, and would keep a reader waiting.
_LONGEST = 10_000

#: So many of the same words in a row may be a passage of their own.
_RUN = 4

#: Fewer words than this are no piece of a phrase.
_PIECE = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in one place of each text that has it: words as written, and the coded fields."""

    #: The words by name of the text; a text that has nothing in this place is left out.
    words: Mapping[str, str]
    #: By name of the text, the fields that its words prove.
    fields: Mapping[str, frozenset[str]]

    @property
    def all_fields(self) -> frozenset[str]:
        """Return what the words of any text prove."""
        return frozenset().union(*self.fields.values())


class Kind(StrEnum):
    """How a wording stands to that of the base."""

    BASE = "base"
    SAME = "same"
    #: Marks and capitals alone differ.
    MARKS = "marks"
    OTHER = "other"
    #: The base has nothing in this place.
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that texts have in one place, letter for letter, and how they stand to the base's."""

    words: str
    names: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Collation:
    """The passages of texts set side by side; read in order they are each text, word for word."""

    base: str
    #: The others whose words are held, in the order in which they are shown.
    others: tuple[str, ...]
    passages: tuple[Passage, ...]

    def readings(self, passage: Passage) -> tuple[Reading, ...]:
        """Return the wordings of a passage: the base's, those that are the same, and others."""
        mine = passage.words.get(self.base)
        found: dict[str, list[str]] = {}
        for name in self.others:
            if name in passage.words:
                found.setdefault(passage.words[name], []).append(name)
        every = [Reading(words, tuple(names), _kind(mine, words)) for words, names in found.items()]
        every.sort(key=lambda one: list(Kind).index(one.kind))
        first = [] if mine is None else [Reading(mine, (self.base,), Kind.BASE)]
        return (*first, *every)

    def elsewhere(self, passage: Passage, name: str) -> tuple[int, ...]:
        """Return in which passages, counted from 1, a text speaks to what this one speaks to."""
        asked = passage.all_fields
        return tuple(
            number
            for number, one in enumerate(self.passages if asked else (), 1)
            if one is not passage and not asked.isdisjoint(one.fields.get(name, ()))
        )


def _kind(mine: str | None, words: str) -> Kind:
    if mine is None:
        return Kind.ADDITION
    if mine == words:
        return Kind.SAME
    return Kind.MARKS if _letters(mine) == _letters(words) else Kind.OTHER


def _letters(words: str) -> list[str]:
    """Return words without marks and capitals."""
    return [letters for word in words.split() if (letters := bare(word))]


def collate(base: Provision, others: Iterable[Provision]) -> Collation:
    """Return the words of others set beside those of a base whose words are held.

    Texts that are not held are left out. Raises NpcompareError where a text is too long.
    """
    held = {one.id: _phrases(one) for one in others if one.text.body}
    return align(base.id, _phrases(base), held)


def _phrases(one: Provision) -> tuple[Phrase, ...]:
    number = one.text.body.count(" ")
    if number > _LONGEST:
        raise NpcompareError(
            f"{one.id} has some {number} words, too many to be set beside others",
            f"hold the articles that matter as provisions of their own, of up to {_LONGEST} words",
        )
    return phrases(one)


def align(name: str, base: Sequence[Phrase], others: Mapping[str, Sequence[Phrase]]) -> Collation:
    """Return the phrases of others, by name, set beside those of a base."""
    others = {other: others[other] for other in sorted(others)}
    paired = {other: pairs(base, theirs) for other, theirs in others.items()}
    rows = _recut(base, others, paired)
    seated = {other: placed(rows, theirs, paired[other]) for other, theirs in others.items()}
    passages: list[Mapping[str, Phrase]] = []
    for seat in range(2 * len(rows) + 1):
        here = {other: found[seat] for other, found in seated.items() if seat in found}
        if seat % 2:
            readings = {other: _joined(parts) for other, parts in here.items()}
            passages.append({name: rows[seat // 2], **readings})
        else:
            passages += _additions(here)
    return Collation(name, tuple(others), tuple(_passage(one) for one in _merged(passages)))


def _passage(phrase_of: Mapping[str, Phrase]) -> Passage:
    return Passage(
        {
            name: "".join(word.written for word in one.words).strip()
            for name, one in phrase_of.items()
        },
        {name: one.fields for name, one in phrase_of.items()},
    )


# --- From pairs of words to passages ------------------------------------------------------------


def _recut(
    base: Sequence[Phrase],
    others: Mapping[str, Sequence[Phrase]],
    paired: Mapping[str, Sequence[tuple[int, int]]],
) -> list[Phrase]:
    """Return the phrases of the base, those that nothing rests on cut where the others ask for it.

    They ask where a run of the same words begins or ends, and where their own coding begins.
    """
    cuts: set[int] = set()
    words = words_of(base)
    for name, theirs in others.items():
        coded = {
            end
            for (one, other), end in zip(
                pairwise(theirs), accumulate(len(each.words) for each in theirs), strict=False
            )
            if one.fields or other.fields
        }
        for start, place, length in _runs(words, words_of(theirs), paired[name]):
            if length >= _RUN:
                cuts |= {start, start + length}
                cuts |= {start + step for step in range(length) if place + step in coded}
    return [
        piece
        for phrase, at in zip(base, _at(base), strict=True)
        for piece in _split(phrase, at, cuts)
    ]


def _at(text: Sequence[Phrase]) -> list[int]:
    """Return at which word each phrase begins."""
    return [0, *accumulate(len(one.words) for one in text)][: len(text)]


def _runs(
    left: Sequence[Word], right: Sequence[Word], found: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield where runs of the same words begin in two texts, and how long they are."""
    start = length = 0
    for number, (at, place) in enumerate(found):
        goes_on = number and found[number - 1] == (at - 1, place - 1)
        same = left[at].plain == right[place].plain
        if length and not (goes_on and same):
            yield (*found[start], length)
            length = 0
        if same:
            start = start if length else number
            length += 1
    if length:
        yield (*found[start], length)


def _split(phrase: Phrase, at: int, cuts: Iterable[int]) -> Iterator[Phrase]:
    """Yield the pieces of a phrase that nothing rests on, none of them a word or two."""
    words = phrase.words
    inside = [] if phrase.fields else sorted(one - at for one in cuts)
    start = 0
    for end in inside:
        if end - start >= _PIECE and len(words) - end >= _PIECE:
            yield Phrase(words[start:end])
            start = end
    yield Phrase(words[start:], phrase.fields)


def _joined(parts: Iterable[Phrase]) -> Phrase:
    first, *more = parts
    return sum(more, first)


def _additions(added: Mapping[str, Sequence[Phrase]]) -> list[dict[str, Phrase]]:
    """Return what texts add in one place: what one field rests on, or the same words, together."""
    rows: list[dict[str, Phrase]] = []
    for name, parts in added.items():
        start, waiting = 0, list[Phrase]()
        for one in parts:
            found = (at for at in range(start, len(rows)) if _alike(rows[at].values(), one))
            at = next(found, None)
            if at is None:
                waiting.append(one)
                continue
            rows[at][name] = one
            rows[at:at] = [{name: each} for each in waiting]
            start, waiting = at + len(waiting) + 1, []
        rows += [{name: each} for each in waiting]
    return rows


def _alike(others: Iterable[Phrase], one: Phrase) -> bool:
    forms = [word.form for word in one.words]
    return any(
        one.fields & other.fields or forms == [word.form for word in other.words]
        for other in others
    )


def _merged(passages: Sequence[Mapping[str, Phrase]]) -> list[Mapping[str, Phrase]]:
    """Return passages, neighbours that nothing rests on made one where the texts do not part."""
    found: list[Mapping[str, Phrase]] = []
    for one in passages:
        if found and _goes_on(found[-1], one):
            found[-1] = {name: found[-1][name] + phrase for name, phrase in one.items()}
        else:
            found.append(one)
    return found


def _goes_on(last: Mapping[str, Phrase], one: Mapping[str, Phrase]) -> bool:
    every = [*last.values(), *one.values()]
    if last.keys() != one.keys() or any(phrase.fields for phrase in every):
        return False
    if any(phrase.ends for phrase in last.values()):
        return False
    return all(
        len({tuple(word.plain for word in phrase.words) for phrase in each.values()}) == 1
        for each in (last, one)
    )
