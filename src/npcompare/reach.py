"""Where two provisions meet: which of their limbs reach an offence, at which stage of the process.

What two provisions do differently can only be told where both do something. So a dimension other
than scope is compared at each offence, and at each stage, that both reach: a vacatur is no
alternative to a defence, and a rule for immigration offences softens nothing for others. Whether a
limb reaches an offence is often not known; an answer is given only if it stands whatever the truth.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.relate import OTHER, Answer, OpenSet, covers, every, expand, open_sets, some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.model import LimbValue
    from npcompare.relate import Scale, Value

#: With more limbs than this of which it is not known whether they are there, nothing is told.
_MOST_OPEN = 8


class Part(Struct, frozen=True):
    """What one limb holds in the dimension asked about, and where it holds."""

    value: LimbValue
    #: The offences it reaches, as the limb or, failing that, the provision has them.
    scope: Value
    #: The stages it acts at; None where the dimension is not asked by stage.
    stage: Value | None


#: An offence, or a set of them that cannot be told apart: a category, a set without a list, or
#: what one limb reaches of which nothing is known.
Atom = str | tuple[str, str, str] | OpenSet


def cover(
    scale: Scale, offences: Scale, stages: Iterable[str], a: tuple[Part, ...], b: tuple[Part, ...]
) -> Answer:
    """Say whether the limbs a protect as far as b wherever both reach.

    Where it is not known that they meet anywhere, the answer is the one that every way of meeting
    gives, if there is one.
    """
    if not b:
        return Answer.YES
    if not a:
        # Whom no limb protects is protected least of all.
        return Answer.NO
    if all(part.value.values is not None and part in a for part in b):
        # Wherever a limb of b is, the same limb of a is too.
        return Answer.YES
    anyhow = _agreed(scale, (), _values(a), (), _values(b))
    if anyhow is not Answer.CANNOT_TELL or len(_values(a)) == len(_values(b)) == 1:
        return anyhow
    answers = []
    meet = False
    for sure_a, open_a, sure_b, open_b in _patterns(offences, tuple(stages), a, b):
        if (sure_a or open_a) and (sure_b or open_b):
            answer = _agreed(scale, sure_a, open_a, sure_b, open_b)
            is_sure = bool(sure_a and sure_b)
            # Where they may not meet after all, a no decides nothing.
            answers.append(answer if is_sure or answer is Answer.YES else Answer.CANNOT_TELL)
            meet = meet or is_sure
    return every(answers) if meet else anyhow


def _values(parts: Iterable[Part]) -> Value:
    return tuple(dict.fromkeys(part.value for part in parts))


def _agreed(scale: Scale, sure_a: Value, open_a: Value, sure_b: Value, open_b: Value) -> Answer:
    """Return the answer that holds whichever of the open limbs are there, if there is one."""
    if len(open_a) + len(open_b) > _MOST_OPEN:
        return Answer.CANNOT_TELL
    found = {
        covers(scale, (*sure_a, *more_a), (*sure_b, *more_b))
        for more_a, more_b in product(_subsets(open_a), _subsets(open_b))
        if (sure_a or more_a) and (sure_b or more_b)
    }
    return found.pop() if len(found) == 1 else Answer.CANNOT_TELL


def _subsets(limbs: Value) -> Iterator[Value]:
    return chain.from_iterable(combinations(limbs, size) for size in range(len(limbs) + 1))


def _patterns(
    offences: Scale, stages: tuple[str, ...], a: tuple[Part, ...], b: tuple[Part, ...]
) -> set[tuple[Value, Value, Value, Value]]:
    """Return each different way in which limbs of the two meet: those sure to, those that may."""
    by_stage = stages if any(part.stage is not None for part in (*a, *b)) else ("",)
    atoms = _atoms(offences, (*a, *b))
    rows = [_where(offences, part, atoms, by_stage) for part in (*a, *b)]
    found = set()
    # Most places are alike: the limbs that are there, or may be, are the same ones.
    for there in set(zip(*rows, strict=True)):
        sides = (list(zip(a, there, strict=False)), list(zip(b, there[len(a) :], strict=True)))
        sure_a, open_a, sure_b, open_b = (
            _values(part for part, is_there in side if is_there is wanted)
            for side in sides
            for wanted in (True, None)
        )
        found.add((sure_a, open_a, sure_b, open_b))
    return found


def _where(
    offences: Scale, part: Part, atoms: list[Atom], stages: tuple[str, ...]
) -> list[bool | None]:
    """Return for each offence and stage whether a limb is there; None where it may be."""
    reached = [some(_reaches(offences, limb, atom) for limb in part.scope) for atom in atoms]
    acts = [
        Answer.YES if part.stage is None else some(_acts(limb, stage) for limb in part.stage)
        for stage in stages
    ]
    return [_both(one, other) for one in reached for other in acts]


def _both(one: Answer, other: Answer) -> bool | None:
    if Answer.NO in (one, other):
        return False
    return True if one is other is Answer.YES else None


def _acts(limb: LimbValue, stage: str) -> Answer:
    if limb.values is None:
        return Answer.CANNOT_TELL
    return Answer.YES if stage in limb.values else Answer.NO


def _atoms(offences: Scale, parts: Iterable[Part]) -> list[Atom]:
    limbs = list(dict.fromkeys(limb for part in parts for limb in part.scope))
    unlisted = dict.fromkeys(one for limb in limbs for one in open_sets(offences, limb))
    unknown = [_own_gap(limb) for limb in limbs if _is_gap(limb)]
    return [*sorted(offences.universe), OTHER, *unlisted, *unknown]


def _is_gap(limb: LimbValue) -> bool:
    """Say whether nothing is known of the offences that a limb reaches, though it reaches some."""
    return limb.values is None or (limb.values == {"listed_offences"} and not limb.categories)


def _own_gap(limb: LimbValue) -> tuple[str, str, str]:
    return ("gap", limb.owner, limb.limb)


def _reaches(offences: Scale, limb: LimbValue, atom: Atom) -> Answer:
    """Say whether a limb reaches an offence, or all of a set that cannot be told apart."""
    if _is_gap(limb):
        return Answer.YES if atom == _own_gap(limb) else Answer.CANNOT_TELL
    return some(_extends(offences, limb, extent, atom) for extent in limb.values or ())


def _extends(offences: Scale, limb: LimbValue, extent: str, atom: Atom) -> Answer:
    mine = open_sets(offences, limb)
    if extent == "any_offence":
        if atom in mine:
            return Answer.NO
        if isinstance(atom, str) and atom in expand(offences, limb.excluded - offences.varying):
            return Answer.NO
        # A list that is taken off is never all there is; whether it holds one offence, who knows.
        is_open = bool(mine) if isinstance(atom, str) else bool(limb.excluded)
        return Answer.CANNOT_TELL if is_open and atom != OTHER else Answer.YES
    if extent == "listed_offences" and isinstance(atom, str):
        named = expand(offences, limb.categories - offences.varying)
        named -= expand(offences, limb.excluded - offences.varying)
        if atom in named:
            return Answer.CANNOT_TELL if limb.excluded & offences.varying else Answer.YES
        return Answer.CANNOT_TELL if limb.categories & offences.varying else Answer.NO
    return Answer.YES if atom in mine and not limb.excluded else Answer.CANNOT_TELL
