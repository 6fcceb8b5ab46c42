"""Provisions as classified and as compared: plain, frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from npcompare.model.provision import NONE_REPORTED, Basis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.model.provision import Citation, Provision


class Relation(StrEnum):
    """The relation of the left value to the right one; broader means that it protects further."""

    SAME = "same"
    BROADER = "broader"
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


#: The relation of the right value to the left one.
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
    """Why a limb has a class: the rule that gives it, and the words or source it is based on."""

    value: str
    rule: str
    limb: str
    basis: Basis
    #: The words quoted; empty if the reason is based on a source only.
    evidence: str
    #: The source of the words or, without words, of the value.
    source: Citation | None
    #: The source of the rule or, if there is no rule, of the class.
    authority: Citation | None
    note: str = ""
    confidence: str = ""
    #: What the words could also mean, where the reading is doubtful.
    doubt: str = ""
    #: The language of the words, if they are those of another version than the text.
    language: str = ""


class LimbValue(Struct, frozen=True):
    """The values of one limb in one dimension; `values` is None if they are not known."""

    limb: str
    basis: Basis
    values: frozenset[str] | None
    #: The victims that the limb protects; None if they are not known.
    persons: frozenset[str] | None
    #: For the scope: the categories of offences that are named, and those that are excluded.
    categories: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    #: The id of the provision: what "violent offences" means may differ from law to law.
    owner: str = ""
    #: Whether the unavailable part of the text may contain more.
    partial: bool = False
    #: For the scope: whether the offences named are only examples of a longer list.
    is_open: bool = False
    #: Classes that follow from what the limb grants; they count in comparisons only.
    implied: frozenset[str] = frozenset()


class Classified(Struct, frozen=True):
    """A provision's classes in one dimension, with the reasons for them."""

    dimension: str
    #: The classes, in the order of the codebook; empty if the basis is silent or unknown.
    values: tuple[str, ...]
    basis: Basis
    because: tuple[Reason, ...]
    #: The values of each limb, for comparison.
    limbs: tuple[LimbValue, ...]
    categories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    #: Whether there may be more classes or categories than these.
    is_open: bool = False

    @property
    def is_none_reported(self) -> bool:
        """Whether a source reports that there is nothing of the kind."""
        return not self.values and self.basis is Basis.REPORTED

    @property
    def has_answer(self) -> bool:
        """Whether the text or a source gives an answer, if only that there is nothing."""
        return bool(self.values) or self.is_none_reported

    @property
    def answers(self) -> tuple[str, ...]:
        """The classes, or else "silent", "unknown" or "none_reported"."""
        if self.is_none_reported:
            return (NONE_REPORTED,)
        return self.values or (str(self.basis),)

    @property
    def unknown_limbs(self) -> tuple[str, ...]:
        """The limbs whose class is unknown, if the class of others is known."""
        if not self.values:
            return ()
        return tuple(limb.limb for limb in self.limbs if limb.limb and limb.basis is Basis.UNKNOWN)

    @property
    def differing_limbs(self) -> tuple[LimbValue, ...]:
        """The limbs, if their values differ; otherwise nothing."""
        values = {
            (limb.values, limb.categories, limb.excluded, limb.is_open) for limb in self.limbs
        }
        return self.limbs if len(values) > 1 else ()


class Classification(Struct, frozen=True):
    """A provision with its effect and its classes in every dimension of the codebook."""

    provision: Provision
    dimensions: Mapping[str, Classified]
    #: What kind of norm it is, such as "operative"; "unknown" if neither form nor kind is known.
    effect: str


class Authority(Struct, frozen=True):
    """The order of two classes: which one protects further, why, and the source for that."""

    wider: str
    narrower: str
    because: str
    source: Citation | None
    #: How a relation is qualified that depends on this step, such as "may be".
    hedge: str = ""


class Implication(Struct, frozen=True):
    """A class that follows from what a provision grants, the reason and the source for that."""

    provision: Provision
    value: str
    because: str
    source: Citation | None


class QualifiedRelation(Struct, frozen=True):
    """A relation, and how it is qualified, such as "may be"; most are not."""

    relation: Relation
    hedge: str = ""


class Compared(Struct, frozen=True):
    """Two provisions compared in one dimension."""

    dimension: str
    left: Classified
    right: Classified
    relation: Relation
    #: How it is qualified that one does not cover the other, such as "may be"; empty for most.
    qualification: str = ""
    #: The declared orders that the relation is based on.
    authority: tuple[Authority, ...] = ()
    #: The classes that follow from others, if the relation depends on them.
    implications: tuple[Implication, ...] = ()
    #: The relation for adults and for children; empty for the dimension of persons itself.
    by_person: Mapping[str, QualifiedRelation] = field(default_factory=dict)
    #: The relation on each other reading of doubtful words on which it differs from this one.
    other_readings: tuple[QualifiedRelation, ...] = ()

    @property
    def hedge(self) -> str:
        """How the relation is qualified, such as "may be"; empty for most."""
        return "" if self.relation is Relation.UNKNOWN else self.qualification

    @property
    def places(self) -> list[str]:
        """The places in sources of the orders that the relation is based on, as it is qualified."""
        return [
            step.source.place
            for step in self.authority
            if step.source and bool(step.hedge) == bool(self.hedge)
        ]

    @property
    def differing_by_person(self) -> Mapping[str, QualifiedRelation]:
        """The relation for adults and for children, if the two differ."""
        return self.by_person if len(set(self.by_person.values())) > 1 else {}


class Comparison(Struct, frozen=True):
    """Two provisions compared in every dimension and overall."""

    left: Classification
    right: Classification
    dimensions: tuple[Compared, ...]
    overall: Relation
    #: How the overall relation is qualified, because it depends on a qualified one.
    hedge: str = ""
    #: The overall relation on each other reading of doubtful words on which it differs.
    overall_other_readings: tuple[QualifiedRelation, ...] = ()

    def outcomes(self, *, only_differences: bool) -> list[Compared]:
        """Return the outcome in each dimension, or in those in which the two are not the same."""
        return [
            outcome
            for outcome in self.dimensions
            if not (only_differences and outcome.relation is Relation.SAME)
        ]

    def in_dimension(self, name: str) -> Compared:
        """Return the comparison in one dimension."""
        return next(outcome for outcome in self.dimensions if outcome.dimension == name)
