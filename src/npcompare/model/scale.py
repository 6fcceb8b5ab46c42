"""The scale of a dimension: how its words compare, as the codebook declares it.

Every kind of dimension answers one question, "does a cover b?": does provision a protect at least
as far as provision b in this dimension? Asked both ways, the two answers give the relation (see
`model.logic.relation_from`). Which word reaches further than which, and on whose authority, is
declared in the codebook.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct, StructMeta, field

from npcompare.model.results import LimbValue

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from npcompare.model.logic import Answer

#: The value of a provision in one dimension: what each of its limbs provides.
Value = tuple[LimbValue, ...]
Words = frozenset[str]


class _AbstractStructMeta(StructMeta, ABCMeta):
    """Lets a struct have abstract methods."""


class Scale(Struct, frozen=True, metaclass=_AbstractStructMeta):
    """What the codebook declares of a dimension, and what follows when two values are compared.

    Each kind of dimension is a subclass, listed in `model.kinds.KINDS`.
    """

    #: The name of the kind in a codebook.
    kind: ClassVar[str]
    #: Whether the value is all that the limbs reach together, so that the rest of a partial
    #: text may add to it.
    is_cumulative: ClassVar[bool] = False
    #: Whether two provisions are compared only at the offences that both reach.
    compared_by_offence: ClassVar[bool] = True
    #: Whether they are compared only at the stages of the process at which both apply.
    compared_by_stage: ClassVar[bool] = True
    #: Whether the classes are declared in rising order under `ladder`.
    is_ranked: ClassVar[bool] = False
    #: The vocabulary whose words are compared, where that is not the classes themselves.
    vocabulary: ClassVar[str] = ""
    #: The coded fields that list those words: the ones included, then the ones excluded.
    list_fields: ClassVar[tuple[str, ...]] = ()

    #: Whether two different words always mean different things. If not, they may mean the same.
    distinct: bool = True
    #: The words in rising order, for a ladder.
    ladder: tuple[str, ...] = ()
    #: For a word that includes others or is the sum of others: all that it means.
    stands_for: Mapping[str, Words] = field(default_factory=dict)
    #: Pairs of words with a declared order, the wider first.
    declared: frozenset[tuple[str, str]] = frozenset()
    #: The same pairs, closed under transitivity.
    wider: frozenset[tuple[str, str]] = frozenset()
    #: Those of them that are based on a qualified step, such as one that only "may be" broader.
    qualified: frozenset[tuple[str, str]] = frozenset()
    #: Whether a qualified order leaves open that the lower word covers the higher one after all.
    is_cautious: bool = False
    #: The word that means "nothing is required".
    empty: str = ""
    #: Every category of offences that has a word.
    universe: Words = frozenset()
    #: The categories whose content each law defines for itself, such as its own schedule.
    varying: Words = frozenset()

    def __hash__(self) -> int:
        """Return a hash of the fields that differ most from scale to scale."""
        return hash((self.kind, self.ladder, self.universe))

    @abstractmethod
    def covers(self, a: Value, b: Value) -> Answer:
        """Return whether a protects at least as far as b."""

    @abstractmethod
    def key(self, value: Value) -> Hashable:
        """Return all that `covers` uses of a value: values with equal keys get equal answers."""

    @abstractmethod
    def overlaps(self, a: Value, b: Value) -> bool:
        """Return whether a certainly reaches a part of what b reaches; only sets have parts."""

    def authority_words(self, left: tuple[str, ...], right: tuple[str, ...]) -> Words:
        """Return the words whose declared order a relation of these two sets of classes uses."""
        return frozenset((*left, *right))

    def steps(self, classes: Iterable[str]) -> Mapping[str, int]:  # noqa: ARG002 - most have none
        """Return the step of each class in an order, from 1; empty if they have no order.

        A class of a higher step protects further.
        """
        return {}

    def expand(self, words: Iterable[str]) -> Words:
        """Return all that words mean together."""
        return frozenset().union(*(self.stands_for.get(word, {word}) for word in words))


def has_gap(value: Value) -> bool:
    """Return whether the value of at least one limb is unknown."""
    return any(limb.values is None for limb in value)


def words_of(limb: LimbValue) -> Words:
    """Return the words of a limb; none where they are unknown."""
    return limb.values or frozenset()
