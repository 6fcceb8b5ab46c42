"""One phrase of the phrase book: a row of words with its gaps and choices, met in a text.

Hides how a phrase is written and how it is tried: by stepping through all its readings at once, so
that trying it takes no longer for one text than for another of the same length.
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

    @property
    def openings(self) -> list[Test]:
        """What the first word may be."""
        return [test for state in self.reached({0}) for test, _ in self.steps[state]]

    @property
    def is_anchored(self) -> bool:
        """Whether every reading begins with a word that is named."""
        starts = self.reached({0})
        return self.end not in starts and all(test.but is None for test in self.openings)

    def match(self, tokens: Sequence[Token], at: int) -> int:
        """Return the place after the longest reading that begins at a word, or 0."""
        longest = 0
        states = self.reached({0})
        while states and at < len(tokens):
            word = tokens[at].word
            at += 1
            states = self.reached(
                {then for one in states for test, then in self.steps[one] if test.fits(word)}
            )
            if self.end in states:
                longest = at
        return longest

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
