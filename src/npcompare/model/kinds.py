"""The kinds of dimension that a codebook can declare.

To add a kind, write a subclass of `Scale` and add it to `KINDS`.
"""

from __future__ import annotations

from abc import abstractmethod
from itertools import chain
from typing import TYPE_CHECKING

from npcompare.model.logic import Answer, conjunction, disjunction
from npcompare.model.offences import Offences
from npcompare.model.scale import Scale, Value, Words, has_gap, words_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from npcompare.model.results import LimbValue


class AnyOf(Scale, frozen=True):
    """A set of protections: the more words, the further it reaches.

    A provision reaches whatever at least one of its limbs reaches.
    """

    kind = "any_of"
    is_cumulative = True
    compared_by_stage = False

    def covers(self, a: Value, b: Value) -> Answer:
        """Return whether a has every word of b."""
        a_words, b_words = self._union(a), self._union(b)
        if has_gap(a):
            return Answer.UNKNOWN if b_words - a_words or has_gap(b) else Answer.YES
        if not b_words <= a_words:
            # Words that may mean the same leave open whether b has more than a, unless b has all
            # that a has and another word besides.
            return Answer.NO if self.distinct or a_words < b_words else Answer.UNKNOWN
        return Answer.UNKNOWN if has_gap(b) else Answer.YES

    def key(self, value: Value) -> Hashable:
        """Return the words of all limbs together, and whether any limb is unknown."""
        return self._union(value), has_gap(value)

    def overlaps(self, a: Value, b: Value) -> bool:
        """Return whether a and b have a word in common."""
        return bool(self._union(a) & self._union(b))

    def _union(self, value: Value) -> Words:
        return self.expand(word for limb in value for word in words_of(limb) | limb.implied)


class _LimbByLimb(Scale, frozen=True):
    """A dimension in which each limb has a value of its own: values are not added up."""

    def covers(self, a: Value, b: Value) -> Answer:
        """Return whether each limb of b is covered by at least one limb of a."""
        known = [limb for limb in a if limb.values is not None]
        unknown = [Answer.UNKNOWN] if len(known) < len(a) else []
        return conjunction(
            disjunction(chain((self.limb_covers(limb, b_limb) for limb in known), unknown))
            if b_limb.values is not None
            else (Answer.UNKNOWN if a else Answer.NO)
            for b_limb in b
        )

    @abstractmethod
    def limb_covers(self, a: LimbValue, b: LimbValue) -> Answer:
        """Return whether one limb covers another; the words of both are known."""

    def key(self, value: Value) -> Hashable:
        """Return the different values of the limbs."""
        return frozenset((limb.values, limb.partial) for limb in value)

    def overlaps(self, _a: Value, _b: Value) -> bool:
        """Return no: a value that is not a set has no parts."""
        return False


class AllOf(_LimbByLimb, frozen=True):
    """A list of requirements: the fewer are needed, the further the provision protects."""

    kind = "all_of"

    def limb_covers(self, a: LimbValue, b: LimbValue) -> Answer:
        """Return whether everyone who meets the requirements of b also meets those of a."""
        required_by_a, required_by_b = self._requirements(a), self._requirements(b)
        if self._implies(required_by_b, required_by_a, self.wider):
            # The missing part of a partial text may contain further requirements.
            return Answer.UNKNOWN if a.partial else Answer.YES
        if b.partial:
            return Answer.UNKNOWN
        # If the words may mean the same, the two lists may come to the same; but not if a requires
        # all that b requires and more.
        is_stricter = self._implies(required_by_a, required_by_b, self.wider)
        if is_stricter and self.is_cautious:
            certain = self.wider - self.qualified
            if not self._implies(required_by_a, required_by_b, certain):
                return Answer.UNKNOWN
        return Answer.NO if self.distinct or is_stricter else Answer.UNKNOWN

    def _requirements(self, limb: LimbValue) -> Words:
        return words_of(limb) - {self.empty}

    def _implies(
        self, requirements: Words, implied: Words, wider: frozenset[tuple[str, str]]
    ) -> bool:
        """Return whether everyone who meets the first requirements also meets the second."""
        return all(
            any(word == stricter or (word, stricter) in wider for stricter in requirements)
            for word in implied
        )


class Ladder(_LimbByLimb, frozen=True):
    """Classes in one declared order, from the lowest to the highest."""

    kind = "ladder"
    is_ranked = True

    def limb_covers(self, a: LimbValue, b: LimbValue) -> Answer:
        """Return whether the highest rung of a is at least as high as that of b."""
        if self._rung(a) >= self._rung(b):
            return Answer.YES
        if self.is_cautious and (*self.highest((b,)), *self.highest((a,))) in self.qualified:
            return Answer.UNKNOWN
        return Answer.NO

    def highest(self, value: Value) -> tuple[str, ...]:
        """Return the highest rung of the limbs; nothing if they have no word."""
        rung = max(map(self._rung, value), default=-1)
        return self.ladder[rung : rung + 1] if rung >= 0 else ()

    def steps(self, classes: Iterable[str]) -> Mapping[str, int]:
        """Return the number of the rung of each class."""
        return {word: self.ladder.index(word) + 1 for word in classes}

    def authority_words(self, left: tuple[str, ...], right: tuple[str, ...]) -> Words:
        """Return the lowest and the highest rung, and all between if these two have no order."""
        rungs = [self.ladder.index(word) for word in (*left, *right)]
        if not rungs:
            return frozenset()
        lowest, highest = self.ladder[min(rungs)], self.ladder[max(rungs)]
        if (highest, lowest) in self.declared:
            return frozenset({lowest, highest})
        return frozenset(self.ladder[min(rungs) : max(rungs) + 1])

    def _rung(self, limb: LimbValue) -> int:
        """Return the number of the highest rung; no word at all is below the lowest."""
        return max((self.ladder.index(word) for word in words_of(limb)), default=-1)


class Nominal(_LimbByLimb, frozen=True):
    """Classes without an order: different classes cannot be compared."""

    kind = "nominal"

    def limb_covers(self, a: LimbValue, b: LimbValue) -> Answer:
        """Return yes for equal classes; of different ones it is not declared which covers which."""
        return Answer.YES if words_of(a) == words_of(b) else Answer.UNKNOWN


#: Every kind of dimension, by its name in a codebook.
KINDS: dict[str, type[Scale]] = {
    scale.kind: scale for scale in (Offences, AnyOf, AllOf, Ladder, Nominal)
}
