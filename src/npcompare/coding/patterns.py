"""The phrases of the phrase book: rows of words with gaps and choices, met in a text.

Hides how a phrase is written and how phrases are tried: by stepping through all readings of all of
them at once, so that it takes no longer for one text than for another of the same length, nor for
more phrases. Each step is worked out when a text first takes it, and is remembered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

#: How many words a gap may hold: one that keeps to its clause, and one that does not.
_GAP, _WIDE_GAP = 8, 16

#: What no gap goes over.
BARRIER = ";"

#: The fewest letters of the beginning of a word.
SHORTEST = 3

#: The numbers of no state at all, and of the states of all phrases before their first word.
_NOWHERE, _START = 0, 1

#: How many steps are remembered; a text that takes more begins anew.
_MOST_KEPT = 2**18

_PIECE = re.compile(r"\.{2,3}|[()\[\]|]|\{[\w-]+\}|[^\s(){}\[\]|]+")


class Token(Struct, frozen=True, gc=False):
    """A word of a text as phrases know it, and its place in characters."""

    word: str
    start: int
    end: int


class Test(Struct, frozen=True):
    """What one word of a phrase may be."""

    exact: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    #: Words that it may not be, where it may be any other.
    but: frozenset[str] | None = None


class Pattern(Struct, eq=False):
    """A row of words in all its readings, as steps from one state to the next; 0 is the first."""

    steps: list[list[tuple[Test, int]]] = field(default_factory=lambda: [[]])
    #: The states that each may become without a word.
    free: list[list[int]] = field(default_factory=lambda: [[]])
    end: int = 0

    @property
    def is_anchored(self) -> bool:
        """Whether every reading begins with a word that is named."""
        starts = _reached(self.free, 0)
        openings = [test for state in starts for test, _ in self.steps[state]]
        return self.end not in starts and all(test.but is None for test in openings)

    @property
    def tests(self) -> Iterator[Test]:
        """What each word may be, wherever it stands in the phrase."""
        return (test for row in self.steps for test, _ in row)

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


def _reached(free: Sequence[Sequence[int]], state: int) -> set[int]:
    """Return a state with all that it may become without a word."""
    found, waiting = {state}, [state]
    while waiting:
        for one in free[waiting.pop()]:
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


class _Steps:
    """Steps filed by the words that they ask for."""

    def __init__(self, steps: Iterable[tuple[Test, int]]) -> None:
        """File each step by its words, by the first letters of those that begin so, or apart."""
        self._exact: dict[str, list[int]] = {}
        self._begun: dict[str, list[tuple[str, int]]] = {}
        self._open: list[tuple[frozenset[str], int]] = []
        #: Where any word leads that no step asks for or bars; None until that is known.
        self.otherwise: int | None = None
        for test, then in steps:
            if test.but is not None:
                self._open.append((test.but, then))
            for word in test.exact:
                self._exact.setdefault(word, []).append(then)
            for start in test.beginnings:
                self._begun.setdefault(start[:SHORTEST], []).append((start, then))
        self._barred = frozenset().union(*(but for but, _ in self._open))

    def names(self, word: str) -> bool:
        """Say whether a step asks for a word, or for such as begin like it, or bars it."""
        return word in self._exact or word[:SHORTEST] in self._begun or word in self._barred

    def after(self, word: str) -> list[int]:
        """Return the states that a word leads to."""
        begun = self._begun.get(word[:SHORTEST], ())
        return [
            *self._exact.get(word, ()),
            *(then for start, then in begun if word.startswith(start)),
            *(then for but, then in self._open if word not in but),
        ]


class Trial:
    """Phrases that are tried together."""

    def __init__(self, phrases: Iterable[Pattern]) -> None:
        """Join the states of phrases into one row of states."""
        self._steps: list[list[tuple[Test, int]]] = []
        self._free: list[list[int]] = []
        #: The phrase, by its place among them, that ends with a state.
        self._ending: dict[int, int] = {}
        starts = []
        for number, phrase in enumerate(phrases):
            first = len(self._steps)
            starts.append(first)
            self._steps += [[(test, first + then) for test, then in row] for row in phrase.steps]
            self._free += [[first + one for one in row] for row in phrase.free]
            self._ending[first + phrase.end] = number
        #: What states may become without a word, as far as that was asked.
        self._known: dict[int, frozenset[int]] = {}
        self._first = frozenset().union(*map(self._reached, starts))
        self._forget()

    def _reached(self, state: int) -> frozenset[int]:
        """Return a state with all that it may become without a word."""
        found = self._known.get(state)
        if found is None:
            found = self._known[state] = frozenset(_reached(self._free, state))
        return found

    def _forget(self) -> None:
        """Begin anew: the sets of states that readings are in together, by the numbers they get."""
        self._together: list[frozenset[int]] = []
        #: By each number and the next word, the number after it.
        self._after: list[dict[str, int]] = []
        #: The phrases that end with the states of a number, and its steps once one is taken.
        self._ended: list[tuple[int, ...]] = []
        self._steps_of: list[_Steps | None] = []
        self._numbers: dict[frozenset[int], int] = {}
        self._kept = 0
        self._number(frozenset())
        self._number(self._first)

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield where phrases are met: the place of the first word, which phrase, the place after.

        A phrase is told by its place among those that are tried. Of its readings that begin at one
        word the longest counts.
        """
        if self._kept > _MOST_KEPT:
            self._forget()
        # The innermost loop of all reading: a known step is taken without a call.
        after, ended, most = self._after, self._ended, len(words)
        begun = after[_START]
        for at, first in enumerate(words):
            if begun.get(first) == _NOWHERE:
                continue
            found: dict[int, int] = {}
            number = _START
            for place in range(at, most):
                word = words[place]
                known = after[number].get(word)
                number = self._then(number, word) if known is None else known
                if number == _NOWHERE:
                    break
                for one in ended[number]:
                    found[one] = place + 1
            for one in sorted(found):
                yield at, one, found[one]

    def _then(self, number: int, word: str) -> int:
        """Return the number of the states that a word leads to from those of a number."""
        steps = self._steps_of[number]
        if steps is None:
            states = self._together[number]
            steps = _Steps(step for state in states for step in self._steps[state])
            self._steps_of[number] = steps
        named = steps.names(word)
        if named or steps.otherwise is None:
            reached = map(self._reached, steps.after(word))
            found = self._number(frozenset().union(*reached))
        else:
            found = steps.otherwise
        if not named:
            steps.otherwise = found
        self._after[number][word] = found
        self._kept += 1
        return found

    def _number(self, states: frozenset[int]) -> int:
        number = self._numbers.setdefault(states, len(self._together))
        if number == len(self._together):
            self._together.append(states)
            self._after.append({})
            self._steps_of.append(None)
            ending = self._ending
            self._ended.append(tuple(sorted(ending[one] for one in states if one in ending)))
        return number


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
        #: What words may be, by how that is written: most stand in many phrases.
        self._tests: dict[str, Test] = {}

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
        if piece not in self._tests:
            self._tests[piece] = self._read_test(piece)
        return self._tests[piece]

    def _read_test(self, piece: str) -> Test:
        words = piece.split("/")
        beginnings = tuple(self._spell(word[:-1]) for word in words if word.endswith("~"))
        if any(len(word) < SHORTEST for word in beginnings):
            raise ValueError(f'"{piece}" must show {SHORTEST} letters or more')
        return Test(
            frozenset(self._spell(word) for word in words if not word.endswith("~")), beginnings
        )
