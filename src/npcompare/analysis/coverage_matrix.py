"""Which of many provisions each one covers: the question of `coverage`, for all pairs at once.

The answers are kept as two Boolean matrices, one for yes and one for no, whose rows are bit sets
over the provisions (as in H. S. Warren, "A modification of Warshall's algorithm for the transitive
closure of binary relations", Communications of the ACM 18, 1975). So one operation on integers
combines a provision with all others. Most of what limbs provide is alike, and what is alike is
compared once.

A test holds that every pair gets the answer that `coverage` gives.
"""

from __future__ import annotations

from functools import reduce
from itertools import accumulate, pairwise
from operator import and_, or_
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.coverage import Present, covers_at_place, readings, states_no_persons
from npcompare.analysis.overlap import (
    FOREIGN,
    Atom,
    Ground,
    Part,
    Parts,
    Presence,
    at_named_places,
    at_places,
    ground_of,
)
from npcompare.model.codebook import PERSONS
from npcompare.model.logic import Answer

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification
    from npcompare.model.scale import Scale, Value


class Row(Struct, frozen=True):
    """What one provision covers, as bit sets over all; where neither bit is set, it is unknown."""

    yes: int
    no: int

    def answer(self, number: int) -> Answer:
        """Return whether the provision of this number is covered."""
        if self.yes >> number & 1:
            return Answer.YES
        return Answer.NO if self.no >> number & 1 else Answer.UNKNOWN


Matrix = list[Row]


def bit_set(numbers: Iterable[int]) -> int:
    """Return a set of numbers as the bits of an integer."""
    result = 0
    for number in numbers:
        result |= 1 << number
    return result


def members(bits: int) -> Iterator[int]:
    """Yield the numbers in a bit set, in rising order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def coverage_matrix(
    codebook: Codebook, dimensions: Iterable[Dimension], provisions: Sequence[Classification]
) -> Matrix:
    """Return for each provision which of them all it covers, in all the dimensions together."""
    matrices = [
        matrix
        for dimension in dimensions
        for matrix in matrices_by_person(codebook, dimension, provisions)
    ]
    return [_conjunction(rows) for rows in zip(*matrices, strict=True)]


def _conjunction(rows: Iterable[Row]) -> Row:
    """Return the three-valued AND of rows: one no decides, and yes needs every yes."""
    all_rows = list(rows)
    return Row(
        reduce(and_, (row.yes for row in all_rows)), reduce(or_, (row.no for row in all_rows))
    )


def matrices_by_person(
    codebook: Codebook, dimension: Dimension, provisions: Sequence[Classification]
) -> list[Matrix]:
    """Return a matrix for adults and one for children; for the dimension of persons only one."""
    classified = [provision.dimensions[dimension.id] for provision in provisions]
    if dimension.field == "persons":
        return [_matrix_of_values(dimension.scale, [each.limbs for each in classified])]
    matrices = [_matrix_for(codebook, dimension, person, provisions) for person in PERSONS]
    unstated = bit_set(number for number, each in enumerate(classified) if states_no_persons(each))
    # As in `coverage.if_persons_unstated`: of these, no is certain only if it is no for everyone.
    no_for_all = [reduce(and_, (row.no for row in rows)) for rows in zip(*matrices, strict=True)]
    return [
        [
            Row(row.yes, row.no & ~unstated | certain)
            for row, certain in zip(matrix, no_for_all, strict=True)
        ]
        for matrix in matrices
    ]


def _matrix_for(
    codebook: Codebook, dimension: Dimension, person: str, provisions: Sequence[Classification]
) -> Matrix:
    """Return which provisions each covers for adults, or for children, on every reading of both."""
    by_provision = [list(readings(codebook, dimension, each, person)) for each in provisions]
    ends = [0, *accumulate(map(len, by_provision))]
    numbers = [range(start, end) for start, end in pairwise(ends)]
    matrix = matrix_of_parts(
        dimension.scale, ground_of(codebook), [parts for each in by_provision for parts in each]
    )
    if all(len(each) == 1 for each in numbers):
        return matrix
    columns = [bit_set(each) for each in numbers]

    def in_every_reading(rows: list[int]) -> int:
        common = reduce(and_, rows, -1 if rows else 0)
        return bit_set(
            number for number, bits in enumerate(columns) if bits and bits & common == bits
        )

    return [
        Row(
            in_every_reading([matrix[number].yes for number in each]),
            in_every_reading([matrix[number].no for number in each]),
        )
        for each in numbers
    ]


def _matrix_of_values(scale: Scale, values: Sequence[Value]) -> Matrix:
    """Return for each value which of all it covers; values with equal keys are compared once."""
    numbers_by_key: dict[Hashable, list[int]] = {}
    for number, value in enumerate(values):
        numbers_by_key.setdefault(scale.key(value), []).append(number)
    classes = [
        (values[numbers[0]], numbers, bit_set(numbers)) for numbers in numbers_by_key.values()
    ]
    matrix = [Row(0, 0)] * len(values)
    for value, numbers, _ in classes:
        answers = [(scale.covers(value, covered), bits) for covered, _, bits in classes]
        row = Row(
            sum(bits for answer, bits in answers if answer is Answer.YES),
            sum(bits for answer, bits in answers if answer is Answer.NO),
        )
        for number in numbers:
            matrix[number] = row
    return matrix


# --- Where both apply ---------------------------------------------------------------------------


def matrix_of_parts(scale: Scale, ground: Ground, sides: Sequence[Parts]) -> Matrix:
    """Return for each set of limbs which of them all it covers: `covers_where_both_apply`."""
    if scale.compared_by_offence:
        if not scale.compared_by_stage:
            ground = ground.without_stages()
        pairs = _Pairs(_Encounters(scale), len(sides))
        for states, owners in _States(ground, sides, pairs.encounters).by_place():
            pairs.add(states, owners)
        rows = pairs.rows([pairs.encounters.number(Present.anywhere(side)) for side in sides])
        subsets = _subsets(sides)
        matrix = [
            Row(row.yes | subset_bits, row.no & ~subset_bits)
            for row, subset_bits in zip(rows, subsets, strict=True)
        ]
    else:
        matrix = _matrix_of_values(scale, [tuple(part.value for part in side) for side in sides])
    return _with_empty_sides(matrix, sides)


def _with_empty_sides(matrix: Matrix, sides: Sequence[Parts]) -> Matrix:
    """Return the matrix where a side without limbs covers nothing and is covered by all."""
    empty = bit_set(number for number, side in enumerate(sides) if not side)
    not_empty = (1 << len(sides)) - 1 & ~empty
    return [
        Row(row.yes | empty, row.no & ~empty) if side else Row(empty, not_empty)
        for row, side in zip(matrix, sides, strict=True)
    ]


def _subsets(sides: Sequence[Parts]) -> list[int]:
    """Return for each side the sides whose limbs it all has: `coverage.has_every_limb`."""
    with_part: dict[Part, int] = {}
    for number, side in enumerate(sides):
        for part in side:
            with_part[part] = with_part.get(part, 0) | 1 << number
    subsets = [0] * len(sides)
    for number, side in enumerate(sides):
        if side and all(part.value.values is not None for part in side):
            for superset in members(reduce(and_, (with_part[part] for part in side))):
                subsets[superset] |= 1 << number
    return subsets


#: The number of the state in which no limb of a side is present.
_ABSENT = 0


class _Encounters:
    """What sides can have present at places, by number, and which covers which.

    States of which a scale sees the same are one, and two of them are compared once.
    """

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._numbers: dict[Hashable, int] = {(None, frozenset()): _ABSENT}
        self._states = [Present((), ())]
        self._answers: dict[tuple[int, int], Answer] = {}

    def number(self, present: Present) -> int:
        """Return the number of a state."""
        key = (
            self._scale.key(present.certain) if present.certain else None,
            frozenset(self._scale.key((limb,)) for limb in present.possible),
        )
        if key not in self._numbers:
            self._numbers[key] = len(self._states)
            self._states.append(present)
        return self._numbers[key]

    def is_certain(self, a: int, b: int) -> bool:
        """Return whether two sides in these states certainly meet."""
        return bool(self._states[a].certain and self._states[b].certain)

    def answer(self, a: int, b: int) -> Answer:
        """Return whether one state covers another."""
        answer = self._answers.get((a, b))
        if answer is None:
            answer = covers_at_place(self._scale, self._states[a], self._states[b])
            self._answers[a, b] = answer
        return answer


class _Pairs:
    """What the places added so far show about every pair of sides."""

    def __init__(self, encounters: _Encounters, size: int) -> None:
        self.encounters = encounters
        #: For each side the others: those that it certainly meets, those that it certainly does
        #: not cover somewhere, and those of which that is unknown.
        self._meeting, self._no, self._unknown = ([0] * size for _ in range(3))

    def add(self, states: Sequence[int], owners: int) -> None:
        """Add a place with the state of each side there.

        It counts for the pairs in which at least one side is among the owners of the place.
        """
        by_state = _sides_by_state(states)
        owners_by_state = {
            state: bits & owners for state, bits in by_state.items() if bits & owners
        }
        meetings: dict[tuple[int, int], tuple[int, int, int]] = {}
        for number, state in enumerate(states):
            if state == _ABSENT:
                continue
            is_owner = owners >> number & 1
            if (state, is_owner) not in meetings:
                meetings[state, is_owner] = self._meet(
                    state, by_state if is_owner else owners_by_state
                )
            meeting, no, unknown = meetings[state, is_owner]
            self._meeting[number] |= meeting
            self._no[number] |= no
            self._unknown[number] |= unknown

    def _meet(self, state: int, sides_by_state: Mapping[int, int]) -> tuple[int, int, int]:
        meeting = no = unknown = 0
        for other_state, bits in sides_by_state.items():
            is_certain = self.encounters.is_certain(state, other_state)
            answer = self.encounters.answer(state, other_state)
            if is_certain:
                meeting |= bits
            if answer is Answer.NO and is_certain:
                no |= bits
            elif answer is not Answer.YES:
                unknown |= bits
        return meeting, no, unknown

    def rows(self, anywhere: Sequence[int]) -> Matrix:
        """Return what each side covers; of those it may not meet, by its state anywhere."""
        by_state = _sides_by_state(anywhere)
        matrix = []
        for number, state in enumerate(anywhere):
            meeting, no = self._meeting[number], self._no[number]
            yes = meeting & ~no & ~self._unknown[number]
            for other_state, bits in by_state.items():
                if not_meeting := bits & ~meeting:
                    answer = self.encounters.answer(state, other_state)
                    yes |= not_meeting if answer is Answer.YES else 0
                    no |= not_meeting if answer is Answer.NO else 0
            matrix.append(Row(yes, no))
        return matrix


def _sides_by_state(states: Sequence[int]) -> dict[int, int]:
    """Return for each state the sides in it; those that are absent are left out."""
    numbers: dict[int, list[int]] = {}
    for number, state in enumerate(states):
        if state != _ABSENT:
            numbers.setdefault(state, []).append(number)
    return {state: bit_set(sides) for state, sides in numbers.items()}


class _States:
    """The state of each side at every place."""

    def __init__(self, ground: Ground, sides: Sequence[Parts], encounters: _Encounters) -> None:
        self._ground = ground
        self._sides = sides
        self._encounters = encounters
        self._parts = [part for side in sides for part in side]
        self._ends = [0, *accumulate(map(len, sides))]
        self._known: list[dict[Presence, int]] = [{} for _ in sides]

    def by_place(self) -> Iterator[tuple[list[int], int]]:
        """Yield the state of each side at each different place, and the owners of the place.

        A category is a place of everyone; an atom that only some limbs mention, of their sides.
        """
        all_sides = (1 << len(self._sides)) - 1
        # Most places are alike: the same limbs apply, or may apply, there.
        columns = (at_named_places(self._ground, part.area) for part in self._parts)
        for presence in set(zip(*columns, strict=True)):
            yield self._states(presence), all_sides
        owners = self._owners()
        if not owners:
            return
        foreign_states = list(map(self._states, self._presence_at(FOREIGN, self._parts)))
        for atom, numbers in owners.items():
            by_owner = {number: self._presence_at(atom, self._sides[number]) for number in numbers}
            for place, states in enumerate(foreign_states):
                with_owners = list(states)
                for number, by_stage in by_owner.items():
                    with_owners[number] = self._state(number, by_stage[place])
                yield with_owners, bit_set(numbers)

    def _owners(self) -> dict[Atom, list[int]]:
        """Return the atoms that only some sides mention, and these sides."""
        numbers: dict[Atom, dict[int, None]] = {}
        for number, side in enumerate(self._sides):
            for limb in {limb for part in side for limb in part.area.scope}:
                for atom in self._ground.unnamed_atoms(limb):
                    numbers.setdefault(atom, {})[number] = None
        return {atom: list(sides) for atom, sides in numbers.items()}

    def _presence_at(self, atom: Atom, parts: Iterable[Part]) -> list[Presence]:
        """Return for each stage which of the limbs apply to an atom."""
        return list(
            zip(*(at_places(self._ground, part.area, [atom]) for part in parts), strict=True)
        )

    def _states(self, presence: Presence) -> list[int]:
        return [
            self._state(number, presence[start:end])
            for number, (start, end) in enumerate(pairwise(self._ends))
        ]

    def _state(self, number: int, presence: Presence) -> int:
        states = self._known[number]
        if presence not in states:
            states[presence] = self._encounters.number(Present.at(self._sides[number], presence))
        return states[presence]
