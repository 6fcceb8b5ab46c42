"""One phrase of the phrase book: a row of words with its gaps and choices, met in a text.

Hides how a phrase is written and how it is tried: by stepping through all its readings at once, so
that trying it takes no longer for one text than for another of the same length. Each step is worked
out when a text first takes it, and is remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

#: How many words a gap may hold: one that keeps to its clause, and one that does not.
_GAP, _WIDE_GAP = 8, 16

#: What no gap goes over.
BARRIER = ";"

#: The fewest letters of the beginning of a word.
SHORTEST = 3

#: The number of the states that a phrase is in before its first word; 0 is that of none.
_START = 1

_PIECE = re.compile(r"\.{2,3}|[()\[\]|]|\{[\w-]+\}|[^\s(){}\[\]|]+")


class Token(NamedTuple):
    """A word of a text as phrases know it, and its place in characters."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Test:
    """What one word of a phrase may be."""

    exact: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    #: Words that it may not be, where it may be any other.
    but: frozenset[str] | None = None

    def fits(self, word: str) -> bool:
        """Say whether a word is one of these."""
        if self.but is not None:
            return word not in self.but
        return word in self.exact or word.startswith(self.beginnings)


@dataclass(slots=True, eq=False)
class Pattern:
    """A row of words in all its readings, as steps from one state to the next."""

    steps: list[list[tuple[Test, int]]] = field(default_factory=lambda: [[]])
    #: The states that each may become without a word.
    free: list[list[int]] = field(default_factory=lambda: [[]])
    end: int = 0
    #: The states that the readings are in together, and by the next word, the number of those that
    #: they are in after it.
    _together: list[frozenset[int]] = field(default_factory=list)
    _after: list[dict[str, int]] = field(default_factory=list)
    _numbers: dict[frozenset[int], int] = field(default_factory=dict)
    #: The numbers with which a reading is at its end.
    _ends: set[int] = field(default_factory=set)

    @property
    def openings(self) -> list[Test]:
        """What the first word may be."""
        return [test for state in self.reached({0}) for test, _ in self.steps[state]]

    @property
    def is_anchored(self) -> bool:
        """Whether every reading begins with a word that is named."""
        starts = self.reached({0})
        return self.end not in starts and all(test.but is None for test in self.openings)

    @property
    def tests(self) -> Iterator[Test]:
        """What each word may be, wherever it stands in the phrase."""
        return (test for row in self.steps for test, _ in row)

    def match(self, words: Sequence[str], at: int) -> int:
        """Return the place after the longest reading that begins at a word, or 0."""
        longest, number = 0, _START
        for place in range(at, len(words)):
            # The innermost loop of all reading: a known step is taken without a call.
            known = self._after[number].get(words[place])
            number = self._then(number, words[place]) if known is None else known
            if number in self._ends:
                longest = place + 1
            elif not number:
                break
        return longest

    def may_begin(self, word: str, then: str) -> bool:
        """Say whether a reading ends with a word, or may go on with another after it."""
        number = self._then(_START, word)
        return number in self._ends or bool(self._then(number, then))

    def settle(self) -> None:
        """Take the phrase as it stands: no word is added to it from here on."""
        self._number(set())
        self._number(self.reached({0}))

    def _then(self, number: int, word: str) -> int:
        """Return the number of the states that a word leads to from those of a number."""
        known = self._after[number].get(word)
        if known is None:
            steps = (step for one in self._together[number] for step in self.steps[one])
            states = self.reached({then for test, then in steps if test.fits(word)})
            known = self._after[number][word] = self._number(states)
        return known

    def _number(self, states: set[int]) -> int:
        together = frozenset(states)
        number = self._numbers.setdefault(together, len(self._together))
        if number == len(self._together):
            self._together.append(together)
            self._after.append({})
            if self.end in together:
                self._ends.add(number)
        return number

    def reached(self, states: set[int]) -> set[int]:
        """Return states with all that they may become without a word."""
        found, waiting = set(states), list(states)
        while waiting:
            for one in self.free[waiting.pop()]:
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def state(self) -> int:
        """Add a state and return its number."""
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def step(self, at: int, test: Test) -> int:
        """Add a word after a state and return the state after it."""
        end = self.state()
        self.steps[at].append((test, end))
        return end


class Writing:
    """How phrases are written: the sets they name, their hinges, and how words are spelt."""

    def __init__(
        self,
        sets: Mapping[str, Sequence[str]],
        hinges: Collection[str],
        spell: Callable[[str], str],
    ) -> None:
        """Keep what every phrase of a language is read with."""
        self._sets = sets
        self._hinges = frozenset(hinges)
        self._spell = spell

    def pattern(self, written: str) -> Pattern:
        """Return a phrase from the way it is written; raise ValueError if it cannot be read."""
        made = Pattern()
        made.end = self._row(made, iter(_PIECE.findall(written)), 0)
        if not made.is_anchored:
            raise ValueError(f'"{written}" must begin with a word')
        made.settle()
        return made

    def _row(self, made: Pattern, pieces: Iterator[str], at: int) -> int:
        """Add pieces from a state on, to the end or to a closing bracket; return the last state."""
        start, ends = at, []
        for piece in pieces:
            if piece in (")", "]"):
                break
            if piece == "|":
                ends.append(at)
                at = made.state()
                made.free[start].append(at)
            else:
                at = self._piece(made, pieces, at, piece)
        for end in ends:
            made.free[end].append(at)
        return at

    def _piece(self, made: Pattern, pieces: Iterator[str], at: int, piece: str) -> int:
        if piece in ("(", "["):
            end = self._row(made, pieces, at)
            if piece == "[":
                made.free[at].append(end)
            return end
        if piece.startswith(".."):
            return self._gap(made, at, is_wide=piece == "...")
        if piece.startswith("{"):
            return self._set(made, at, piece[1:-1])
        return made.step(at, self._test(piece))

    def _gap(self, made: Pattern, at: int, *, is_wide: bool) -> int:
        barriers = frozenset({BARRIER})
        any_word = Test(but=barriers if is_wide else barriers | self._hinges)
        end = made.state()
        for _ in range(_WIDE_GAP if is_wide else _GAP):
            made.free[at].append(end)
            at = made.step(at, any_word)
        made.free[at].append(end)
        return end

    def _set(self, made: Pattern, at: int, name: str) -> int:
        if name not in self._sets:
            raise ValueError(f'there is no set "{name}"')
        end = made.state()
        for one in self._sets[name]:
            made.free[self._row(made, iter(_PIECE.findall(one)), at)].append(end)
        return end

    def _test(self, piece: str) -> Test:
        words = piece.split("/")
        beginnings = tuple(self._spell(word[:-1]) for word in words if word.endswith("~"))
        if any(len(word) < SHORTEST for word in beginnings):
            raise ValueError(f'"{piece}" must show {SHORTEST} letters or more')
        return Test(
            frozenset(self._spell(word) for word in words if not word.endswith("~")), beginnings
        )
