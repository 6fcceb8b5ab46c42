"""The kind of dimension that is a set of offences: which offences a provision reaches.

Some offences are named by a category. Others are known only by a description, such as "offences
related to the status of victim" or "the offences in this law's own schedule": an unlisted set. Two
unlisted sets can be told apart only by their description and, where each law defines the content
for itself, by the law.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.model.field_sets import OFFENCE_LISTS
from npcompare.model.logic import Answer, conjunction
from npcompare.model.scale import Scale, Value, Words, has_gap

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from npcompare.model.results import LimbValue

#: Stands for every offence that no category names.
OTHER = ""
#: Stands for every unlawful act that is not an offence.
NOT_AN_OFFENCE = "-"

ANY, ANY_BUT_EXCLUDED, LISTED = "any_offence", "any_but_excluded", "listed_offences"
ANY_UNLAWFUL_ACT = "any_unlawful_act"
#: The classes of limbs that reach whatever they do not exclude.
GENERAL = frozenset({ANY, ANY_BUT_EXCLUDED, ANY_UNLAWFUL_ACT})
#: The words of extents that reach whatever is not excluded.
GENERAL_EXTENTS = frozenset({"any", "any_unlawful_act"})

#: The description of what an open list reaches besides the categories it names.
FURTHER = "further"


class UnlistedSet(Struct, frozen=True):
    """A set of offences known only by its description."""

    #: The class, such as "status_related"; "own" for a category that each law defines itself;
    #: "further" for what an open list reaches besides the categories it names.
    description: str
    categories: Words
    excluded: Words
    #: The law that defines the set; empty where every law means the same by the description.
    owner: str


class Reach(Struct, frozen=True):
    """The offences that a provision reaches, as far as they can be told apart."""

    #: The categories reached, with OTHER for all offences without a category, and NOT_AN_OFFENCE.
    named: Words
    #: Those of them that a list names, so that no unlisted exclusion can remove them.
    listed: Words
    #: The unlisted sets reached.
    unlisted: frozenset[UnlistedSet]
    #: The unlisted sets excluded from what is named, such as those in the law's own schedule.
    unlisted_exclusions: frozenset[UnlistedSet]
    #: Whether the provision may reach more than is known.
    has_gap: bool

    def is_everything(self, universe: Words) -> bool:
        """Return whether no offence is excluded."""
        return universe | {OTHER} <= self.named and not self.unlisted_exclusions


class Offences(Scale, frozen=True):
    """A set of offences; a provision reaches whatever at least one of its limbs reaches."""

    kind = "offences"
    is_cumulative = True
    compared_by_offence = False
    compared_by_stage = False
    vocabulary = "category"
    list_fields = OFFENCE_LISTS

    def covers(self, a: Value, b: Value) -> Answer:
        """Return whether a reaches every offence that b reaches."""
        if _is_known(a) and set(map(_offences_of, a)) == set(map(_offences_of, b)):
            return Answer.YES
        reach_a, reach_b = reach(self, a), reach(self, b)
        return conjunction(
            [
                _covers_named(reach_a, reach_b),
                *self._covers_unlisted(reach_a, reach_b),
                *self._covers_despite_exclusions(reach_a, reach_b),
                Answer.UNKNOWN if reach_b.has_gap else Answer.YES,
            ]
        )

    def key(self, value: Value) -> Hashable:
        """Return what a value reaches, and its limbs where what they reach is unknown."""
        offences = reach(self, value)
        # A value covers itself even if its reach is unknown, so here its limbs matter.
        is_own = offences.has_gap and _is_known(value)
        return offences, frozenset(map(_offences_of, value)) if is_own else None

    def overlaps(self, a: Value, b: Value) -> bool:
        """Return whether a certainly reaches an offence that b reaches."""
        reach_a, reach_b = reach(self, a), reach(self, b)
        # An unlisted set is a part of all offences, whatever is in it.
        is_part_of_all = reach_b.is_everything(self.universe) and reach_a.unlisted
        return bool(reach_a.named & reach_b.named or is_part_of_all)

    def steps(self, classes: Iterable[str]) -> Mapping[str, int]:
        """Return the steps: any offence includes each of the others, any unlawful act these too.

        The others are on one step, although they need not be the same.
        """
        return {word: {ANY_UNLAWFUL_ACT: 3, ANY: 2}.get(word, 1) for word in classes}

    def unlisted_sets(self, limb: LimbValue) -> frozenset[UnlistedSet]:
        """Return the unlisted sets that a limb reaches or excludes."""
        described = (limb.values or frozenset()) - GENERAL - {LISTED}
        return self._own_sets(limb, limb.categories | limb.excluded).union(
            _further_sets(limb),
            (self._described_set(limb, description) for description in described),
        )

    def _covers_unlisted(self, a: Reach, b: Reach) -> list[Answer]:
        if a.is_everything(self.universe):
            return []
        return [_covers_unlisted_set(a, unlisted) for unlisted in b.unlisted]

    def _covers_despite_exclusions(self, a: Reach, b: Reach) -> list[Answer]:
        """Return whether the unlisted exclusions of a leave what b reaches."""
        answers = []
        if a.unlisted_exclusions and b.listed - a.listed:
            answers.append(Answer.UNKNOWN)
        if a.unlisted_exclusions - b.unlisted_exclusions:
            # Part of all offences is certainly excluded, unless another limb of a reaches it.
            # Whether anything less than all offences is affected depends on the law's own list.
            may_be_reached = a.has_gap or a.listed or a.unlisted
            is_short = b.is_everything(self.universe) and not may_be_reached
            answers.append(Answer.NO if is_short else Answer.UNKNOWN)
        return answers

    def reach(self, value: Value) -> Reach:
        """Return the offences that the limbs reach together."""
        listed: set[str] = set()
        unlisted: set[UnlistedSet] = set()
        may_reach_more = has_gap(value)
        for limb in value:
            for extent in limb.values or ():
                if extent == LISTED and self._is_list_unknown(limb):
                    may_reach_more = True
                elif extent == LISTED:
                    categories = self.expand(limb.categories - self.varying)
                    listed |= categories - self.expand(limb.excluded)
                    unlisted |= self._own_sets(limb, limb.categories) | _further_sets(limb)
                elif extent not in GENERAL:
                    unlisted.add(self._described_set(limb, extent))
        remainder, exclusions, is_more = self._all_but_exclusions(value)
        if any(ANY_UNLAWFUL_ACT in (limb.values or ()) for limb in value):
            remainder |= {NOT_AN_OFFENCE}
        return Reach(
            frozenset(listed) | remainder,
            frozenset(listed),
            frozenset(unlisted),
            exclusions,
            may_reach_more or is_more,
        )

    def _is_list_unknown(self, limb: LimbValue) -> bool:
        """Return whether it is unknown of every offence whether it is on the limb's list.

        Where the law excludes what its own schedule lists, no category is certain to remain.
        """
        return not limb.categories or bool(limb.excluded & self.varying)

    def _all_but_exclusions(self, value: Value) -> tuple[Words, frozenset[UnlistedSet], bool]:
        """Return what the limbs for any offence name and exclude, and whether they reach more.

        What one such limb excludes another may reach. Where the limbs exclude different unlisted
        sets, it is unknown how much they reach together.
        """
        limbs = [limb for limb in value if GENERAL & (limb.values or frozenset())]
        if not limbs:
            return frozenset(), frozenset(), False
        excluded = [self.expand(limb.excluded - self.varying) for limb in limbs]
        unlisted = [self._own_sets(limb, limb.excluded) for limb in limbs]
        all_offences = self.universe | {OTHER}
        if len(set(unlisted)) == 1:
            return all_offences - frozenset.intersection(*excluded), unlisted[0], False
        if any(not words and not sets for words, sets in zip(excluded, unlisted, strict=True)):
            return all_offences, frozenset(), False
        return all_offences - frozenset.union(*excluded), frozenset.union(*unlisted), True

    def _described_set(self, limb: LimbValue, description: str) -> UnlistedSet:
        is_own = (limb.categories | limb.excluded) & self.varying
        return UnlistedSet(
            description, limb.categories, limb.excluded, limb.owner if is_own else ""
        )

    def _own_sets(self, limb: LimbValue, categories: Words) -> frozenset[UnlistedSet]:
        """Return an unlisted set for each category whose content the limb's own law defines."""
        return frozenset(
            UnlistedSet("own", frozenset({category}), frozenset(), limb.owner)
            for category in categories & self.varying
        )


def _further_sets(limb: LimbValue) -> frozenset[UnlistedSet]:
    """Return what a limb with an open list reaches besides the categories it names."""
    if not limb.is_open:
        return frozenset()
    return frozenset({UnlistedSet(FURTHER, limb.categories, frozenset(), limb.owner)})


def _covers_unlisted_set(a: Reach, unlisted: UnlistedSet) -> Answer:
    """Return whether a, which does not reach every offence, reaches an unlisted set."""
    if unlisted in a.unlisted:
        return Answer.YES
    # An open list certainly reaches an offence besides the categories that it names.
    is_short = unlisted.description == FURTHER and a.named <= unlisted.categories
    return Answer.NO if is_short and not a.has_gap and not a.unlisted else Answer.UNKNOWN


@lru_cache(maxsize=2**12)
def reach(scale: Offences, value: Value) -> Reach:
    """Return the offences that a value reaches; the same values are asked about many times."""
    return scale.reach(value)


def _is_known(value: Value) -> bool:
    """Return whether the offences of every limb are known, including the content of a list."""
    return all(
        limb.values is not None and (LISTED not in limb.values or limb.categories) for limb in value
    )


def _offences_of(limb: LimbValue) -> tuple[Words | None, Words, Words, bool, str]:
    return limb.values, limb.categories, limb.excluded, limb.is_open, limb.owner


def _covers_named(a: Reach, b: Reach) -> Answer:
    """Return whether a reaches all that b names."""
    missing = b.named - a.named
    if not missing:
        return Answer.YES
    if a.has_gap:
        return Answer.UNKNOWN
    if {OTHER, NOT_AN_OFFENCE} & missing:
        # An unlisted set, whether reached or excluded, is never all remaining offences, and is
        # always a set of offences.
        return Answer.NO
    return Answer.UNKNOWN if a.unlisted or b.unlisted_exclusions else Answer.NO
