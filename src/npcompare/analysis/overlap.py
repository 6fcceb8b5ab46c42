"""Where provisions meet: which of their limbs reach an offence, at which stage of the process.

What two provisions do differently can only be told where both do something. So a dimension other
than scope is compared at each offence, and at each stage, that both reach: a vacatur is no
alternative to a defence, and a rule for immigration offences softens nothing for others. Whether a
limb reaches an offence is often not known; an answer is given only if it stands whatever the truth.

Any number are asked about at once, a bit for each: most of what limbs hold is alike, and what is
alike is compared once.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.coverage_matrix import Row, bits, mask
from npcompare.model.logic import Answer, disjunction
from npcompare.model.offences import OTHER, Offences, UnlistedSet
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from npcompare.model.scale import Scale, Value, Words


class Part(Struct, frozen=True):
    """What one limb holds in the dimension asked about, and where it holds."""

    value: LimbValue
    #: The offences it reaches, as the limb or, failing that, the provision has them.
    scope: Value
    #: The stages it acts at; None where the dimension is not asked by stage.
    stage: Value | None


#: An offence, or a set of them that cannot be told apart: a category, a set without a list, or
#: what one limb reaches of which nothing is known.
Atom = str | tuple[str, str, str] | UnlistedSet

#: What is coded of the offences of a limb: their extent, the categories named and those excluded.
CodedOffences = tuple["Words | None", "Words", "Words"]

#: Whether a limb is at a place, one after the other; None where it may be.
There = tuple[bool | None, ...]


def cover(
    scale: Scale,
    offences: Offences,
    stages: Iterable[str],
    a: tuple[Part, ...],
    b: tuple[Part, ...],
) -> Answer:
    """Say whether the limbs a protect as far as b wherever both reach."""
    return rows(scale, offences, stages, (a, b))[0].answer(1)


def rows(
    scale: Scale, offences: Offences, stages: Iterable[str], sides: Sequence[tuple[Part, ...]]
) -> list[Row]:
    """Return for each set of limbs which of them all it protects as far as, wherever both reach.

    Where it is not known that two meet anywhere, the answer is the one that every way of meeting
    gives, if there is one.
    """
    meetings = _Meetings(scale, len(sides))
    for crowds, owners in _Ground(offences, tuple(stages), sides, meetings).places():
        meetings.add(crowds, owners)
    anywhere = [meetings.crowd((), _values(side)) for side in sides]
    known = _rows_of_the_same(sides)
    told = meetings.rows(anywhere)
    return nobody_is_least(
        sides, [Row(row.yes | same, row.no & ~same) for row, same in zip(told, known, strict=True)]
    )


def nobody_is_least(sides: Sequence[tuple[Part, ...]], found: list[Row]) -> list[Row]:
    """Return rows knowing that whom no limb protects is protected least of all."""
    nobody = mask(number for number, side in enumerate(sides) if not side)
    if not nobody:
        return found
    others = (1 << len(sides)) - 1 & ~nobody
    return [
        Row(row.yes | nobody, row.no & ~nobody) if side else Row(nobody, others)
        for side, row in zip(sides, found, strict=True)
    ]


def _rows_of_the_same(sides: Sequence[tuple[Part, ...]]) -> list[int]:
    """Return for each side those of which it has every limb: wherever these are, it is too."""
    having: dict[Part, int] = {}
    for number, side in enumerate(sides):
        for part in side:
            having[part] = having.get(part, 0) | 1 << number
    found = [0] * len(sides)
    for number, side in enumerate(sides):
        if side and all(part.value.values is not None for part in side):
            has_all = -1
            for part in side:
                has_all &= having[part]
            for other in bits(has_all):
                found[other] |= 1 << number
    return found


def _values(parts: Iterable[Part]) -> Value:
    return tuple(dict.fromkeys(part.value for part in parts))


class _Meetings:
    """Where many sides meet, and what is answered there.

    What a side has at a place is a crowd: the limbs that are there, and those that may be. Crowds
    of which `covers` sees the same are one, and what two of them answer is asked once.
    """

    def __init__(self, scale: Scale, number: int) -> None:
        self._scale = scale
        self._numbers: dict[Hashable, int] = {(None, frozenset()): 0}
        self._crowds: list[tuple[Value, Value]] = [((), ())]
        self._answers: dict[tuple[int, int], Answer] = {}
        #: For each side the others: that it surely meets, and those where a no or a doubt arose.
        self._met, self._no, self._doubt = ([0] * number for _ in range(3))

    def crowd(self, sure: Value, may_be: Value) -> int:
        """Return the number of a crowd; an empty one is 0."""
        seen = (
            self._scale.key(sure) if sure else None,
            frozenset(self._scale.key((one,)) for one in may_be),
        )
        if seen not in self._numbers:
            self._numbers[seen] = len(self._crowds)
            self._crowds.append((sure, may_be))
        return self._numbers[seen]

    def add(self, crowds: Sequence[int], owners: int) -> None:
        """Take up a place: the crowd of each side there; it counts for owners with any other."""
        everyone = _by_crowd(crowds)
        with_owners = {one: found for one, held in everyone.items() if (found := held & owners)}
        known: dict[tuple[int, int], tuple[int, int, int]] = {}
        for number, crowd in enumerate(crowds):
            if not crowd:
                continue
            is_owner = owners >> number & 1
            if (crowd, is_owner) not in known:
                others = everyone if is_owner else with_owners
                known[crowd, is_owner] = self._meeting(crowd, others)
            met, no, doubt = known[crowd, is_owner]
            self._met[number] |= met
            self._no[number] |= no
            self._doubt[number] |= doubt

    def _meeting(self, crowd: int, others: dict[int, int]) -> tuple[int, int, int]:
        met = no = doubt = 0
        for other, held in others.items():
            is_sure = bool(self._crowds[crowd][0] and self._crowds[other][0])
            answer = self._answer(crowd, other)
            if is_sure:
                met |= held
            if answer is Answer.NO and is_sure:
                no |= held
            elif answer is not Answer.YES:
                # Where they may not meet after all, a no decides nothing.
                doubt |= held
        return met, no, doubt

    def rows(self, anywhere: Sequence[int]) -> list[Row]:
        """Return what each side covers; `anywhere` are all the limbs of each, wherever they are."""
        everyone = _by_crowd(anywhere)
        found = []
        for number, crowd in enumerate(anywhere):
            met, no = self._met[number], self._no[number]
            yes = met & ~no & ~self._doubt[number]
            for other, held in everyone.items():
                if apart := held & ~met:
                    answer = self._answer(crowd, other)
                    yes |= apart if answer is Answer.YES else 0
                    no |= apart if answer is Answer.NO else 0
            found.append(Row(yes, no))
        return found

    def _answer(self, one: int, other: int) -> Answer:
        found = self._answers.get((one, other))
        if found is None:
            found = _agreed(self._scale, *self._crowds[one], *self._crowds[other])
            self._answers[one, other] = found
        return found


def _by_crowd(crowds: Sequence[int]) -> dict[int, int]:
    """Return which sides are which crowd; those that are not there are left out."""
    found: dict[int, list[int]] = {}
    for number, crowd in enumerate(crowds):
        if crowd:
            found.setdefault(crowd, []).append(number)
    return {crowd: mask(numbers) for crowd, numbers in found.items()}


def _agreed(scale: Scale, sure_a: Value, open_a: Value, sure_b: Value, open_b: Value) -> Answer:
    """Return the answer that holds whichever of the open limbs are there, if there is one.

    One limb more never makes a cover less, nor b be covered more; so the extremes decide.
    """
    most_a, most_b = (*sure_a, *open_a), (*sure_b, *open_b)
    least_a = [sure_a] if sure_a else [(one,) for one in open_a]
    least_b = [sure_b] if sure_b else [(one,) for one in open_b]
    if all(scale.covers(one, most_b) is Answer.YES for one in least_a):
        return Answer.YES
    if all(scale.covers(most_a, one) is Answer.NO for one in least_b):
        return Answer.NO
    return Answer.CANNOT_TELL


#: Stands for an offence that only some limbs know, to all that do not.
_FOREIGN: Atom = ("foreign", "", "")


class _Ground:
    """The places where limbs may be: which crowd of each side is at each of them."""

    def __init__(
        self,
        offences: Offences,
        stages: tuple[str, ...],
        sides: Sequence[tuple[Part, ...]],
        meetings: _Meetings,
    ) -> None:
        self._offences = offences
        self._sides = sides
        self._meetings = meetings
        self._parts = [part for side in sides for part in side]
        self._stages = stages if any(part.stage is not None for part in self._parts) else ("",)
        self._ends = [0, *accumulate(map(len, sides))]
        self._known: list[dict[There, int]] = [{} for _ in sides]

    def places(self) -> Iterator[tuple[list[int], int]]:
        """Yield the crowd of each side at each different place, and for whom it is one.

        An offence that has a name is a place for all; one that only some limbs know, for their
        sides.
        """
        whole = (1 << len(self._sides)) - 1
        # Most places are alike: the limbs that are there, or may be, are the same ones.
        for column in set(zip(*map(self._named, self._parts), strict=True)):
            yield self._crowds(column), whole
        owners = _owners(self._offences, self._sides)
        if not owners:
            return
        elsewhere = list(map(self._crowds, self._columns(_FOREIGN, self._parts)))
        for atom, numbers in owners.items():
            own = {number: self._columns(atom, self._sides[number]) for number in numbers}
            for place, crowds in enumerate(elsewhere):
                here = list(crowds)
                for number, columns in own.items():
                    here[number] = self._crowd(number, columns[place])
                yield here, mask(numbers)

    def _named(self, part: Part) -> There:
        scope = tuple((one.values, one.categories, one.excluded) for one in part.scope)
        stage = None if part.stage is None else tuple(one.values for one in part.stage)
        return _at_named(self._offences, scope, stage, self._stages)

    def _columns(self, atom: Atom, parts: Iterable[Part]) -> list[There]:
        """Return for each stage which of the limbs are there, of one offence."""
        found = (
            _where(self._offences, one.scope, one.stage, [atom], self._stages) for one in parts
        )
        return list(zip(*found, strict=True))

    def _crowds(self, column: There) -> list[int]:
        return [
            self._crowd(number, column[start:end])
            for number, (start, end) in enumerate(pairwise(self._ends))
        ]

    def _crowd(self, number: int, there: There) -> int:
        known = self._known[number]
        if there not in known:
            here = list(zip(self._sides[number], there, strict=True))
            known[there] = self._meetings.crowd(
                _values(part for part, is_there in here if is_there),
                _values(part for part, is_there in here if is_there is None),
            )
        return known[there]


@lru_cache(maxsize=2**12)
def _at_named(
    offences: Offences,
    scope: tuple[CodedOffences, ...],
    stage: tuple[Words | None, ...] | None,
    stages: tuple[str, ...],
) -> There:
    """Return where a limb is, of all offences that have a name, and of any other.

    Whose the limb is does not count here, so that the limbs of a corpus come to a few.
    """
    atoms: list[Atom] = [*sorted(offences.universe), OTHER]
    reaching = [
        LimbValue("", Basis.TEXT, values, None, categories, excluded)
        for values, categories, excluded in scope
    ]
    acting = None if stage is None else [LimbValue("", Basis.TEXT, one, None) for one in stage]
    return _where(offences, reaching, acting, atoms, stages)


def _where(
    offences: Offences,
    scope: Sequence[LimbValue],
    stage: Sequence[LimbValue] | None,
    atoms: Iterable[Atom],
    stages: tuple[str, ...],
) -> There:
    """Return for each offence and stage whether a limb is there; None where it may be."""
    reached = [disjunction(_reaches(offences, limb, atom) for limb in scope) for atom in atoms]
    acts = [
        Answer.YES if stage is None else disjunction(_acts(limb, one) for limb in stage)
        for one in stages
    ]
    return tuple(_both(one, other) for one in reached for other in acts)


def _both(one: Answer, other: Answer) -> bool | None:
    if Answer.NO in (one, other):
        return False
    return True if one is other is Answer.YES else None


def _acts(limb: LimbValue, stage: str) -> Answer:
    if limb.values is None:
        return Answer.CANNOT_TELL
    return Answer.YES if stage in limb.values else Answer.NO


def _owners(offences: Offences, sides: Sequence[tuple[Part, ...]]) -> dict[Atom, list[int]]:
    """Return the offences, or sets of them, that only some sides know, and these sides."""
    found: dict[Atom, dict[int, None]] = {}
    for number, side in enumerate(sides):
        for limb in {limb for part in side for limb in part.scope}:
            for one in offences.unlisted_sets(limb):
                found.setdefault(one, {})[number] = None
            if _is_gap(limb):
                found.setdefault(_own_gap(limb), {})[number] = None
    return {atom: list(numbers) for atom, numbers in found.items()}


def _is_gap(limb: LimbValue) -> bool:
    """Say whether nothing is known of the offences that a limb reaches, though it reaches some."""
    return limb.values is None or (limb.values == {"listed_offences"} and not limb.categories)


def _own_gap(limb: LimbValue) -> tuple[str, str, str]:
    return ("gap", limb.owner, limb.limb)


def _reaches(offences: Offences, limb: LimbValue, atom: Atom) -> Answer:
    """Say whether a limb reaches an offence, or all of a set that cannot be told apart."""
    if _is_gap(limb):
        return Answer.YES if atom == _own_gap(limb) else Answer.CANNOT_TELL
    return disjunction(_extends(offences, limb, extent, atom) for extent in limb.values or ())


def _extends(offences: Offences, limb: LimbValue, extent: str, atom: Atom) -> Answer:
    mine = offences.unlisted_sets(limb)
    if extent == "any_offence":
        if atom in mine:
            return Answer.NO
        if isinstance(atom, str) and atom in offences.expand(limb.excluded - offences.varying):
            return Answer.NO
        # A list that is taken off is never all there is; whether it holds one offence, who knows.
        is_open = bool(mine) if isinstance(atom, str) else bool(limb.excluded)
        return Answer.CANNOT_TELL if is_open and atom != OTHER else Answer.YES
    if extent == "listed_offences" and isinstance(atom, str):
        named = offences.expand(limb.categories - offences.varying)
        named -= offences.expand(limb.excluded - offences.varying)
        if atom in named:
            return Answer.CANNOT_TELL if limb.excluded & offences.varying else Answer.YES
        return Answer.CANNOT_TELL if limb.categories & offences.varying else Answer.NO
    return Answer.YES if atom in mine and not limb.excluded else Answer.CANNOT_TELL
