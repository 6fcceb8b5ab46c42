"""Provisions as classified and as compared: plain, frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.model.provision import Citation, Provision


class Relation(StrEnum):
    """How the left value stands to the right: broader means that it protects further."""

    SAME = "same"
    BROADER = "broader"
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


#: How the right value stands to the left.
CONVERSE = {
    Relation.SAME: Relation.SAME,
    Relation.BROADER: Relation.NARROWER,
    Relation.NARROWER: Relation.BROADER,
    Relation.INCOMPARABLE: Relation.INCOMPARABLE,
    Relation.UNKNOWN: Relation.UNKNOWN,
}


class Edit(StrEnum):
    """What a redline does with a run of words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


class Change(Struct, frozen=True):
    """A run of words of a redline."""

    edit: Edit
    text: str


class Reason(Struct, frozen=True):
    """Why a class was given: the rule that fired, on which limb, resting on which words."""

    value: str
    rule: str
    limb: str
    basis: Basis
    #: The words quoted; empty where a source alone says so.
    evidence: str
    source: Citation | None
    #: The authority of the rule itself.
    authority: Citation | None
    note: str = ""
    confidence: str = ""


class LimbValue(Struct, frozen=True):
    """What one limb holds in one dimension; `values` is None where that is not known."""

    limb: str
    basis: Basis
    values: frozenset[str] | None
    #: The victims the limb protects; None where that is not known.
    persons: frozenset[str] | None
    #: For the scope: the categories named and those excluded.
    categories: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    #: Whose limb it is: categories whose line each law draws for itself are this law's own.
    owner: str = ""
    #: Whether more may stand in the part of the text that is not held.
    partial: bool = False


class Classified(Struct, frozen=True):
    """A provision's classes in one dimension, with the trail that leads to them."""

    dimension: str
    #: The classes, in the codebook's order; empty where silent or unknown.
    values: tuple[str, ...]
    basis: Basis
    because: tuple[Reason, ...]
    #: What each limb holds, for comparison.
    limbs: tuple[LimbValue, ...]
    categories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def unknown_limbs(self) -> tuple[str, ...]:
        """The limbs whose class is not known although that of others is."""
        if not self.values:
            return ()
        return tuple(one.limb for one in self.limbs if one.limb and one.basis is Basis.UNKNOWN)

    @property
    def differing_limbs(self) -> tuple[LimbValue, ...]:
        """The limbs one by one, where they do not all hold the same."""
        held = {(one.values, one.categories, one.excluded) for one in self.limbs}
        return self.limbs if len(held) > 1 else ()


class Classification(Struct, frozen=True):
    """A provision with its classes in every dimension of the codebook."""

    provision: Provision
    dimensions: Mapping[str, Classified]


class Authority(Struct, frozen=True):
    """Why one class reaches further than another, and who says so."""

    wider: str
    narrower: str
    because: str
    source: Citation | None


class Compared(Struct, frozen=True):
    """Two provisions in one dimension."""

    dimension: str
    left: Classified
    right: Classified
    relation: Relation
    #: The declared orders the relation rests on.
    authority: tuple[Authority, ...] = ()
    #: The relation for adults and for children; empty for the dimension of persons itself.
    by_person: Mapping[str, Relation] = field(default_factory=dict)


class Comparison(Struct, frozen=True):
    """Two provisions, dimension by dimension and in all."""

    left: Classification
    right: Classification
    dimensions: tuple[Compared, ...]
    overall: Relation
