"""Which of many provisions each one covers: bit-set rows of a Boolean matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.model.logic import Answer

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from npcompare.model.scale import Scale, Value


class Row(Struct, frozen=True):
    """Bit sets over provisions: those that one covers; if neither bit is set, it is unknown."""

    yes: int
    no: int

    def answer(self, number: int) -> Answer:
        """Return whether the provision of this number is covered."""
        if self.yes >> number & 1:
            return Answer.YES
        return Answer.NO if self.no >> number & 1 else Answer.CANNOT_TELL


def mask(numbers: Iterable[int]) -> int:
    """Return the bit set of numbers."""
    bit_set = 0
    for number in numbers:
        bit_set |= 1 << number
    return bit_set


def bits(bit_set: int) -> Iterator[int]:
    """Yield the numbers in a bit set."""
    while bit_set:
        lowest = bit_set & -bit_set
        yield lowest.bit_length() - 1
        bit_set ^= lowest


def matrix(scale: Scale, values: Sequence[Value]) -> list[Row]:
    """Return for each value which of them all it covers; values with equal keys are asked once."""
    numbers_by_key: dict[Hashable, list[int]] = {}
    for number, value in enumerate(values):
        numbers_by_key.setdefault(scale.key(value), []).append(number)
    groups = [(values[numbers[0]], mask(numbers), numbers) for numbers in numbers_by_key.values()]
    rows = [Row(0, 0)] * len(values)
    for value, _, numbers in groups:
        answers = [(scale.covers(value, other), others) for other, others, _ in groups]
        row = Row(
            sum(others for answer, others in answers if answer is Answer.YES),
            sum(others for answer, others in answers if answer is Answer.NO),
        )
        for number in numbers:
            rows[number] = row
    return rows
