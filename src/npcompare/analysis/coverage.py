"""The question behind every relation: whether provision a covers provision b in a dimension.

To cover is to protect at least as far.

This is the plain path for two provisions; docs/explanation/algebra.md explains it in words. What
is unknown is tried in every way it may turn out, and an answer is given only if every way leads to
it.

`coverage_matrix` answers the same question for many provisions at once.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.overlap import Area, Ground, Part, Parts, ground_of, presence_by_place
from npcompare.model.codebook import PERSONS
from npcompare.model.logic import Answer, conjunction, consensus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification, Classified, LimbValue
    from npcompare.model.scale import Scale, Value

#: The most limbs without stated persons that are tried in every way; each doubles the number.
_MOST_OPEN_LIMBS = 6


def coverage(
    codebook: Codebook, dimension: Dimension, a: Classification, b: Classification
) -> tuple[Answer, ...]:
    """Return whether a covers b in a dimension: for adults, then for children.

    In the dimension of persons there is one answer: who is protected is a single question.
    """
    if dimension.field == "persons":
        return (
            dimension.scale.covers(
                a.dimensions[dimension.id].limbs, b.dimensions[dimension.id].limbs
            ),
        )
    # Most provisions do not distinguish persons, and then one answer is that for all.
    is_alike = all(_is_alike_for_persons(each.dimensions[dimension.id]) for each in (a, b))
    persons = PERSONS[:1] if is_alike else PERSONS
    answers = [_covers_for(codebook, dimension, person, a, b) for person in persons]
    answers *= len(PERSONS) // len(persons)
    return (
        if_persons_unstated(answers)
        if states_no_persons(b.dimensions[dimension.id])
        else tuple(answers)
    )


def _covers_for(
    codebook: Codebook, dimension: Dimension, person: str, a: Classification, b: Classification
) -> Answer:
    """Return whether a covers b for adults, or for children."""
    ground = ground_of(codebook)
    return consensus(
        covers_where_both_apply(dimension.scale, ground, a_parts, b_parts)
        for a_parts in readings(codebook, dimension, a, person)
        for b_parts in readings(codebook, dimension, b, person)
    )


def states_no_persons(classified: Classified) -> bool:
    """Return whether no limb states which persons it protects."""
    return all(limb.persons is None for limb in classified.limbs)


def _is_alike_for_persons(classified: Classified) -> bool:
    """Return whether each limb protects all persons, or does not state which ones."""
    return all(
        limb.persons is None or limb.persons.issuperset(PERSONS) for limb in classified.limbs
    )


def if_persons_unstated(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers where b does not state whether it protects adults, children or both.

    Then b may not protect the persons for whom it is not covered, so "no" is certain only if the
    answer is "no" for all persons.
    """
    by_person = tuple(answers)
    if all(answer is Answer.NO for answer in by_person):
        return by_person
    return tuple(Answer.UNKNOWN if answer is Answer.NO else answer for answer in by_person)


# --- Which limbs protect a person ---------------------------------------------------------------


def readings(
    codebook: Codebook, dimension: Dimension, classification: Classification, person: str
) -> Iterator[Parts]:
    """Yield each set of limbs that may be the ones that protect a person.

    There are several where some limbs state their persons and others do not, and none where those
    others are too many for every combination to be tried. Where no limb states its persons, no
    distinction is known, and all limbs are taken for all persons.
    """
    limbs = classification.dimensions[dimension.id].limbs
    if states_no_persons(classification.dimensions[dimension.id]):
        yield _parts(codebook, dimension, classification, limbs)
        return
    certain = [limb for limb in limbs if limb.persons is not None and person in limb.persons]
    possible = [limb for limb in limbs if limb.persons is None]
    if len(possible) > _MOST_OPEN_LIMBS:
        return
    for possible_limbs in subsets(possible):
        reading = [limb for limb in limbs if limb in certain or limb in possible_limbs]
        yield _parts(codebook, dimension, classification, reading)


def subsets(limbs: list[LimbValue]) -> Iterator[tuple[LimbValue, ...]]:
    """Yield every subset, from none to all."""
    return chain.from_iterable(combinations(limbs, size) for size in range(len(limbs) + 1))


def _parts(
    codebook: Codebook,
    dimension: Dimension,
    classification: Classification,
    limbs: Iterable[LimbValue],
) -> Parts:
    """Return limbs with the offences they reach and, if it matters, the stages they apply at."""
    scope = classification.dimensions[codebook.scope.id]
    stage = classification.dimensions[codebook.stage.id]
    # Where none is known for a limb, the value is that of the provision.
    scope_values, stage_values = _by_limb(scope), _by_limb(stage)
    return tuple(
        Part(
            limb,
            Area(
                scope_values.get(limb.limb, scope.limbs),
                stage_values.get(limb.limb, stage.limbs)
                if dimension.scale.compared_by_stage
                else None,
            ),
        )
        for limb in limbs
    )


def _by_limb(classified: Classified) -> dict[str, Value]:
    """Return the values in a dimension by the limb."""
    values: dict[str, Value] = {}
    for value in classified.limbs:
        values[value.limb] = (*values.get(value.limb, ()), value)
    return values


# --- Whether some limbs cover others ------------------------------------------------------------


def covers_where_both_apply(scale: Scale, ground: Ground, a: Parts, b: Parts) -> Answer:
    """Return whether the limbs of a protect at least as far as those of b, wherever both apply.

    Without limbs of b there is nothing to cover; without limbs of a nothing is covered.
    """
    if not b:
        return Answer.YES
    if not a:
        return Answer.NO
    if not scale.compared_by_offence:
        return scale.covers(Present.anywhere(a).possible, Present.anywhere(b).possible)
    if has_every_limb(a, b):
        return Answer.YES
    return _covers_at_places(
        scale, ground if scale.compared_by_stage else ground.without_stages(), a, b
    )


def _covers_at_places(scale: Scale, ground: Ground, a: Parts, b: Parts) -> Answer:
    answers = [
        (covers_at_place(scale, a_here, b_here), bool(a_here.certain and b_here.certain))
        for a_here, b_here in _meetings(ground, a, b)
    ]
    if any(is_certain for _, is_certain in answers):
        return conjunction(
            # Where they may not meet after all, a does not certainly fall short.
            answer if is_certain or answer is Answer.YES else Answer.UNKNOWN
            for answer, is_certain in answers
        )
    # They may not meet anywhere, so only an answer that is the same at every place counts.
    return covers_at_place(scale, Present.anywhere(a), Present.anywhere(b))


def _meetings(ground: Ground, a: Parts, b: Parts) -> Iterator[tuple[Present, Present]]:
    """Yield the limbs of a and of b at each place where both apply, perhaps or certainly."""
    for presence in presence_by_place(ground, tuple(part.area for part in (*a, *b))):
        a_here = Present.at(a, presence[: len(a)])
        b_here = Present.at(b, presence[len(a) :])
        if a_here.is_possible and b_here.is_possible:
            yield a_here, b_here


def shortfalls(
    scale: Scale, ground: Ground, a: Parts, b: Parts
) -> Iterator[tuple[Present, Present]]:
    """Yield the limbs of a and of b at each place that decides that a does not cover b."""
    if not scale.compared_by_stage:
        ground = ground.without_stages()
    certain = [here for here in _meetings(ground, a, b) if here[0].certain and here[1].certain]
    for a_here, b_here in certain or [(Present.anywhere(a), Present.anywhere(b))]:
        if covers_at_place(scale, a_here, b_here) is Answer.NO:
            yield a_here, b_here


def has_every_limb(a: Parts, b: Parts) -> bool:
    """Return whether a consists of all limbs of b, with known values, and perhaps more."""
    return set(b) <= set(a) and all(part.value.values is not None for part in b)


class Present(Struct, frozen=True):
    """The limbs of a provision at one place."""

    #: Those that certainly apply there.
    certain: Value
    #: Those that may apply there.
    possible: Value

    @classmethod
    def at(cls, parts: Parts, presence: Iterable[bool | None]) -> Present:
        """Return the limbs at the place where they are present in this way."""
        limbs = list(zip(parts, presence, strict=True))
        return cls(
            tuple([part.value for part, applies in limbs if applies]),
            tuple([part.value for part, applies in limbs if applies is None]),
        )

    @classmethod
    def anywhere(cls, parts: Parts) -> Present:
        """Return the limbs at a place of which nothing is known."""
        return cls((), tuple([part.value for part in parts]))

    @property
    def is_possible(self) -> bool:
        """Whether any limb may apply there."""
        return bool(self.certain or self.possible)

    @property
    def all(self) -> Value:
        """All limbs that apply there, perhaps or certainly."""
        return (*self.certain, *self.possible)

    @property
    def fewest(self) -> list[Value]:
        """The smallest sets of limbs that may be all that apply there."""
        return [self.certain] if self.certain else [(limb,) for limb in self.possible]


def covers_at_place(scale: Scale, a: Present, b: Present) -> Answer:
    """Return whether a covers b at one place, whichever of the possible limbs apply there.

    A further limb of a never makes it cover less, and a further limb of b never makes it covered
    more. So the extremes decide: the fewest limbs of a against all of b, and the reverse.
    """
    if all(scale.covers(limbs, b.all) is Answer.YES for limbs in a.fewest):
        return Answer.YES
    if all(scale.covers(a.all, limbs) is Answer.NO for limbs in b.fewest):
        return Answer.NO
    return Answer.UNKNOWN
