"""The conditions of rules: seven operators, applied to coded values by field.

If a field is not coded, a condition on it is neither true nor false, so that nothing follows from
what is unknown. Only `coded` and `has` ask about the coding itself: they are then false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from npcompare.model.logic import Answer, conjunction, disjunction, negation
from npcompare.model.provision import NONE_REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class HasValue(Protocol):
    """What a condition can be applied to: a coded value, or the reason for a class."""

    @property
    def value(self) -> str:
        """The word that conditions look for."""


V = TypeVar("V", bound=HasValue)


def evaluate(
    condition: Mapping[str, Any], values_by_field: Mapping[str, tuple[V, ...]]
) -> tuple[Answer, tuple[V, ...]]:
    """Return whether a condition is true, and the values that make it true.

    Args:
        condition: one operator with its operand, such as `{"in": {"link": ["none"]}}`; the operands
            of `all`, `any` and `not` are conditions.
        values_by_field: the coded values; a field that is missing is unknown, and an empty one is
            known to have no value.

    """
    ((operator, operand),) = condition.items()
    if operator == "not":
        answer, _ = evaluate(operand, values_by_field)
        return negation(answer), ()
    if operator in ("all", "any"):
        parts = [evaluate(part, values_by_field) for part in operand]
        connective = conjunction if operator == "all" else disjunction
        answer = connective(part_answer for part_answer, _ in parts)
        decisive = tuple(
            value for part_answer, values in parts if part_answer is Answer.YES for value in values
        )
        return answer, decisive if answer is Answer.YES else ()
    if operator == "coded":
        matching = tuple(
            value for value in values_by_field.get(operand, ()) if value.value != NONE_REPORTED
        )
        return (Answer.YES if matching else Answer.NO), matching
    ((field, words),) = operand.items()
    if operator == "has" and field not in values_by_field:
        return Answer.NO, ()
    values = values_by_field.get(field)
    if values is None:
        return Answer.UNKNOWN, ()
    if operator == "equals":
        matching = values if {value.value for value in values} == {words} else ()
    else:
        matching = tuple(value for value in values if value.value in words)
    return (Answer.YES if matching else Answer.NO), matching


def leaves(condition: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield each field that a condition refers to, with the words it looks for."""
    for operator, operand in condition.items():
        if operator in ("all", "any"):
            for part in operand:
                yield from leaves(part)
        elif operator == "not":
            yield from leaves(operand)
        elif operator == "coded":
            yield operand, []
        else:
            for field, words in operand.items():
                yield field, [words] if isinstance(words, str) else words
