"""Where limbs apply: to which offences, and at which stages of the process.

Two provisions can be compared only where both apply. A place is an offence together with a stage.
The offences are the atoms of what limbs can reach: a category that has a word, all offences without
one, or a set whose members are not listed. Whether a limb reaches an atom is often unknown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.model.logic import Answer, conjunction, disjunction
from npcompare.model.offences import (
    ANY_UNLAWFUL_ACT,
    GENERAL,
    LISTED,
    NOT_AN_OFFENCE,
    OTHER,
    Offences,
    UnlistedSet,
)
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.codebook import Codebook
    from npcompare.model.scale import Value, Words


class Area(Struct, frozen=True):
    """Where one limb applies."""

    #: The offences it reaches: those of the limb or, if unknown by limb, of the provision.
    scope: Value
    #: The stages at which it applies; None if the dimension is not compared by stage.
    stage: Value | None


class Part(Struct, frozen=True):
    """One limb of a provision in one dimension: what it provides, and where it applies."""

    value: LimbValue
    area: Area


Parts = tuple[Part, ...]


class UnknownOffences(Struct, frozen=True):
    """The offences that one limb reaches, where nothing is known of them."""

    owner: str
    limb: str


#: Offences that nothing here can divide: a category, an unlisted set, or what is unknown of a limb.
Atom = str | UnlistedSet | UnknownOffences

#: An unlisted set that no limb mentions: how limbs apply to the sets of other provisions.
FOREIGN = UnlistedSet("", frozenset(), frozenset(), "")

#: Whether each of several limbs applies at a place, or one limb at each of several places; None
#: where it may apply.
Presence = tuple[bool | None, ...]

#: What is coded of the offences of a limb: their extent, the categories included and excluded, and
#: whether the list is open.
_CodedOffences = tuple["Words | None", "Words", "Words", bool]


class Ground(Struct, frozen=True):
    """All places where provisions can apply: every offence at every stage."""

    offences: Offences
    stages: tuple[str, ...]

    def without_stages(self) -> Ground:
        """Return the same offences with one stage for all, for what is not compared by stage."""
        return _ground(self.offences, ("",))

    def unnamed_atoms(self, limb: LimbValue) -> set[Atom]:
        """Return the atoms that a limb mentions and that are not categories known to all limbs."""
        atoms: set[Atom] = set(self.offences.unlisted_sets(limb))
        return atoms | {_unknown_offences(limb)} if _is_unknown(limb) else atoms


def ground_of(codebook: Codebook) -> Ground:
    """Return the offences and stages of a codebook."""
    return _ground(codebook.offences, tuple(codebook.stage.classes))


@lru_cache(maxsize=16)
def _ground(offences: Offences, stages: tuple[str, ...]) -> Ground:
    """Return one object for the same ground, so that it is found in caches quickly."""
    return Ground(offences, stages)


@lru_cache(maxsize=2**12)
def presence_by_place(ground: Ground, areas: tuple[Area, ...]) -> frozenset[Presence]:
    """Return which of the limbs apply, for each place; places where that is alike are one."""
    unnamed = {atom for area in areas for limb in area.scope for atom in ground.unnamed_atoms(limb)}
    return frozenset(
        (
            *zip(*(at_named_places(ground, area) for area in areas), strict=True),
            *zip(*(at_places(ground, area, unnamed) for area in areas), strict=True),
        )
    )


def at_named_places(ground: Ground, area: Area) -> Presence:
    """Return where a limb applies: at each category and at all other offences, at each stage."""
    scope = tuple(
        (limb.values, limb.categories, limb.excluded, limb.is_open) for limb in area.scope
    )
    stage = None if area.stage is None else tuple(map(_stages, area.stage))
    return _at_named_places(ground, scope, stage)


@lru_cache(maxsize=2**12)
def _at_named_places(
    ground: Ground, scope: tuple[_CodedOffences, ...], stage: tuple[Words | None, ...] | None
) -> Presence:
    """Return the same from what is coded alone, of which even a large corpus has few variants."""
    reaching = tuple(
        LimbValue("", Basis.TEXT, values, None, categories, excluded, is_open=is_open)
        for values, categories, excluded, is_open in scope
    )
    applying = (
        None
        if stage is None
        else tuple(LimbValue("", Basis.TEXT, values, None) for values in stage)
    )
    atoms: list[Atom] = [*sorted(ground.offences.universe), OTHER, NOT_AN_OFFENCE]
    return at_places(ground, Area(reaching, applying), atoms)


def at_places(ground: Ground, area: Area, atoms: Iterable[Atom]) -> Presence:
    """Return where a limb applies: at each of the atoms, at each stage."""
    reaches = [
        disjunction(_reaches(ground.offences, limb, atom) for limb in area.scope) for atom in atoms
    ]
    applies = [
        Answer.YES
        if area.stage is None
        else disjunction(_applies_at(limb, stage) for limb in area.stage)
        for stage in ground.stages
    ]
    answers = (conjunction((reach, at_stage)) for reach in reaches for at_stage in applies)
    return tuple(None if answer is Answer.UNKNOWN else answer is Answer.YES for answer in answers)


def _stages(limb: LimbValue) -> Words | None:
    """Return the stages at which a limb applies, also those that follow from what it grants."""
    return None if limb.values is None else limb.values | limb.implied


def _applies_at(limb: LimbValue, stage: str) -> Answer:
    stages = _stages(limb)
    if stages is None:
        return Answer.UNKNOWN
    return Answer.YES if stage in stages else Answer.NO


def _is_unknown(limb: LimbValue) -> bool:
    """Return whether nothing is known of the offences that a limb reaches, except that it does."""
    return limb.values is None or (limb.values == {LISTED} and not limb.categories)


def _unknown_offences(limb: LimbValue) -> UnknownOffences:
    return UnknownOffences(limb.owner, limb.limb)


def _reaches(offences: Offences, limb: LimbValue, atom: Atom) -> Answer:
    """Return whether a limb reaches an atom as a whole."""
    if _is_unknown(limb):
        return Answer.YES if atom == _unknown_offences(limb) else Answer.UNKNOWN
    return disjunction(_extends_to(offences, limb, extent, atom) for extent in limb.values or ())


def _extends_to(offences: Offences, limb: LimbValue, extent: str, atom: Atom) -> Answer:
    if atom == NOT_AN_OFFENCE:
        return Answer.YES if extent == ANY_UNLAWFUL_ACT else Answer.NO
    if extent in GENERAL:
        return _any_offence_includes(offences, limb, atom)
    if extent == LISTED and isinstance(atom, str):
        return _list_includes(offences, limb, atom)
    is_own = atom in offences.unlisted_sets(limb) and not limb.excluded
    return Answer.YES if is_own else Answer.UNKNOWN


def _any_offence_includes(offences: Offences, limb: LimbValue, atom: Atom) -> Answer:
    """Return whether "any offence", less what the limb excludes, includes an atom."""
    excluded_sets = offences.unlisted_sets(limb)
    if atom in excluded_sets:
        return Answer.NO
    if not isinstance(atom, str):
        return Answer.UNKNOWN if limb.excluded else Answer.YES
    if atom in offences.expand(limb.excluded - offences.varying):
        return Answer.NO
    # An unlisted set may contain a category, but never all offences without one.
    return Answer.UNKNOWN if excluded_sets and atom != OTHER else Answer.YES


def _list_includes(offences: Offences, limb: LimbValue, category: str) -> Answer:
    """Return whether the list of a limb includes a category."""
    listed = offences.expand(limb.categories - offences.varying)
    if category in listed - offences.expand(limb.excluded - offences.varying):
        return Answer.UNKNOWN if limb.excluded & offences.varying else Answer.YES
    may_include_more = limb.is_open or limb.categories & offences.varying
    return Answer.UNKNOWN if may_include_more else Answer.NO
