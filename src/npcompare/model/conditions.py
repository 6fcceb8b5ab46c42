"""The conditions of rules: the six operators, put to values by field.

A condition on a field that is not there is neither true nor false, so that nothing follows from
what is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from npcompare.model.logic import Answer, conjunction, disjunction, negation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class HasValue(Protocol):
    """What conditions can be put to: a coded value, or the reason for a class."""

    @property
    def value(self) -> str:
        """The word that conditions look for."""


V = TypeVar("V", bound=HasValue)


def holds(
    when: Mapping[str, Any], coded: Mapping[str, tuple[V, ...]]
) -> tuple[Answer, tuple[V, ...]]:
    """Say whether a condition holds of values by field, and which of them make it hold.

    A field that is not there makes a condition on it neither true nor false.
    """
    ((operator, operand),) = when.items()
    if operator == "not":
        answer, _ = holds(operand, coded)
        return negation(answer), ()
    if operator in ("all", "any"):
        parts = [holds(part, coded) for part in operand]
        join = conjunction if operator == "all" else disjunction
        answer = join(part for part, _ in parts)
        used = tuple(one for part, ones in parts if part is Answer.YES for one in ones)
        return answer, used if answer is Answer.YES else ()
    ((field, words),) = operand.items()
    values = coded.get(field)
    if values is None:
        return Answer.CANNOT_TELL, ()
    if operator == "equals":
        matched = values if {one.value for one in values} == {words} else ()
    else:
        matched = tuple(one for one in values if one.value in words)
    return (Answer.YES if matched else Answer.NO), matched


def leaves(when: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield each field that a condition looks at, with the words it looks for."""
    for operator, operand in when.items():
        if operator in ("all", "any"):
            for part in operand:
                yield from leaves(part)
        elif operator == "not":
            yield from leaves(operand)
        else:
            for field, words in operand.items():
                yield field, [words] if isinstance(words, str) else words
