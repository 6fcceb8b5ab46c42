"""Two classified provisions to a comparison, dimension by dimension; and their redline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.codebook import PERSONS
from npcompare.model import (
    Change,
    Classification,
    Classified,
    Compared,
    Comparison,
    Edit,
    LimbValue,
    Relation,
)
from npcompare.relate import Answer, Value, covers, every, relation
from npcompare.source import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.codebook import Codebook, Dimension
    from npcompare.model import Authority

#: A word, or a single mark of punctuation, with the space after it.
_TOKEN = re.compile(r"(\w+|[^\w\s])(\s*)")


def compare(codebook: Codebook, left: Classification, right: Classification) -> Comparison:
    """Return how the left provision stands to the right: broader protects further."""
    compared = []
    forth, back = [], []
    for dimension in codebook.dimensions.values():
        here, there = left.dimensions[dimension.id], right.dimensions[dimension.id]
        answers = both_ways(codebook, dimension, left, right)
        ahead = every(answer for answer, _ in answers)
        behind = every(answer for _, answer in answers)
        if dimension.core:
            forth.append(ahead)
            back.append(behind)
        related = relation(ahead, behind)
        compared.append(
            Compared(
                dimension=dimension.id,
                left=here,
                right=there,
                relation=related,
                authority=_authority(dimension, here, there, related),
                by_person=_by_person(answers),
            )
        )
    return Comparison(left, right, tuple(compared), relation(every(forth), every(back)))


def both_ways(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> list[tuple[Answer, Answer]]:
    """Return whether left covers right, and right left: for adults, then for children.

    In the dimension of persons itself there is one pair of answers.
    """
    return [
        (_covers(dimension, one, other), _covers(dimension, other, one))
        for one, other in _values(codebook, dimension, left, right)
    ]


def _covers(dimension: Dimension, one: Value, other: Value) -> Answer:
    """Say whether one covers the other; whom no limb protects is protected least of all."""
    if not other:
        return Answer.YES
    return covers(dimension.scale, one, other) if one else Answer.NO


def _values(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> list[tuple[Value, Value]]:
    """Return the pairs of values to compare: one for adults and one for children.

    Who is protected is one question; it is not split by its own answer.
    """
    if dimension.field == "persons":
        return [(left.dimensions[dimension.id].limbs, right.dimensions[dimension.id].limbs)]
    return [
        (
            _for_person(codebook, dimension, left, person),
            _for_person(codebook, dimension, right, person),
        )
        for person in PERSONS
    ]


def _by_person(answers: list[tuple[Answer, Answer]]) -> dict[str, Relation]:
    if len(answers) == 1:
        return {}
    return {
        person: relation(ahead, behind)
        for person, (ahead, behind) in zip(PERSONS, answers, strict=True)
    }


def _for_person(
    codebook: Codebook, dimension: Dimension, one: Classification, person: str
) -> Value:
    """Return what the limbs that protect a person hold; none where no limb does."""
    limbs = tuple(
        limb
        for limb in one.dimensions[dimension.id].limbs
        if limb.persons is None or person in limb.persons
    )
    if not dimension.mildest:
        return limbs
    scope = next(each for each in codebook.dimensions.values() if each.scale.kind == "offences")
    reach = {limb.limb: limb for limb in one.dimensions[scope.id].limbs}

    def open_to(limb: LimbValue) -> list[LimbValue]:
        """Return the limbs that a victim protected by this one may rely on in its place."""
        mine = reach.get(limb.limb)
        return [
            other
            for other in limbs
            if other is limb
            or (
                mine is not None
                and other.limb in reach
                and covers(scope.scale, (reach[other.limb],), (mine,)) is Answer.YES
            )
        ]

    return tuple(_mildest(dimension, open_to(limb)) for limb in limbs)


def _mildest(dimension: Dimension, limbs: list[LimbValue]) -> LimbValue:
    ladder = dimension.scale.ladder
    known = [limb for limb in limbs if limb.values is not None]
    best = max(
        known,
        key=lambda limb: max((ladder.index(word) for word in limb.values or ()), default=-1),
        default=limbs[0],
    )
    if len(known) == len(limbs) or ladder[-1] in (best.values or ()):
        return best
    return next(limb for limb in limbs if limb.values is None)


def _authority(
    dimension: Dimension, left: Classified, right: Classified, related: Relation
) -> tuple[Authority, ...]:
    """Return the declared orders that a relation rests on."""
    if related in (Relation.SAME, Relation.UNKNOWN):
        return ()
    if dimension.scale.ladder:
        rungs = [dimension.scale.ladder.index(word) for word in left.values + right.values]
        steps = set(dimension.scale.ladder[min(rungs) : max(rungs) + 1]) if rungs else set()
        return tuple(one for one in dimension.order if {one.wider, one.narrower} <= steps)
    return tuple(
        one for one in dimension.order if {one.wider, one.narrower} <= {*left.values, *right.values}
    )


def redlines(results: Iterable[Comparison]) -> dict[str, tuple[Change, ...] | None]:
    """Return the redline from each left text to its right one, None where one is not held."""
    found: dict[str, tuple[Change, ...] | None] = {}
    for one in results:
        left, right = one.left.provision.text.body, one.right.provision.text.body
        found[one.right.provision.id] = redline(left, right) if left and right else None
    return found


def redline(left: str, right: str) -> tuple[Change, ...]:
    """Return the changes, word by word, that turn the left text into the right.

    What is not inserted reads as the left text, what is not deleted as the right one, white space
    aside. A lone word that stays between two changes is shown as changed with them, since a
    reader follows whole phrases.
    """
    from difflib import SequenceMatcher

    old, new = _TOKEN.findall(fold(left)), _TOKEN.findall(fold(right))
    matcher = SequenceMatcher(
        None, [word for word, _ in old], [word for word, _ in new], autojunk=False
    )
    runs: list[tuple[list[tuple[str, str]], list[tuple[str, str]], bool]] = []
    blocks = matcher.get_opcodes()
    for number, (tag, from_old, to_old, from_new, to_new) in enumerate(blocks):
        kept = tag == "equal" and not (to_old - from_old == 1 and 0 < number < len(blocks) - 1)
        if kept or not runs or runs[-1][2]:
            runs.append((old[from_old:to_old], new[from_new:to_new], kept))
        else:
            runs[-1][0].extend(old[from_old:to_old])
            runs[-1][1].extend(new[from_new:to_new])
    return tuple(change for run in runs for change in _changes(*run))


def _changes(
    old: list[tuple[str, str]],
    new: list[tuple[str, str]],
    kept: bool,  # noqa: FBT001
) -> list[Change]:
    if kept:
        pairs = zip(old, new, strict=True)
        # Of two ways to space a word, the one that keeps it apart from the next.
        return [Change(Edit.SAME, _joined([(one, a or b) for (one, a), (_, b) in pairs]))]
    found = [(Edit.DELETED, _joined(old)), (Edit.INSERTED, _joined(new))]
    return [Change(edit, text) for edit, text in found if text]


def _joined(tokens: list[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in tokens)
