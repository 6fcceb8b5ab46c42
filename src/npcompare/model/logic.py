"""Three-valued logic: answers that may be unknown, and the relation that two answers give.

The connectives are those of Kleene's strong three-valued logic (S. C. Kleene, Introduction to
Metamathematics, 1952, section 64): an answer is given only if it stays the same whichever way each
unknown answer turns out.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from npcompare.model.results import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable


class Answer(Enum):
    """The answer to a question such as "does a cover b?"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def conjunction(answers: Iterable[Answer]) -> Answer:
    """Return the three-valued AND: one no decides; of no answers at all, yes."""
    result = Answer.YES
    for answer in answers:
        if answer is Answer.NO:
            return Answer.NO
        if answer is Answer.UNKNOWN:
            result = Answer.UNKNOWN
    return result


def disjunction(answers: Iterable[Answer]) -> Answer:
    """Return the three-valued OR: one yes decides; of no answers at all, no."""
    result = Answer.NO
    for answer in answers:
        if answer is Answer.YES:
            return Answer.YES
        if answer is Answer.UNKNOWN:
            result = Answer.UNKNOWN
    return result


def consensus(answers: Iterable[Answer]) -> Answer:
    """Return the answer that every possibility gives; if they differ or there is none, unknown."""
    different = set(answers)
    return different.pop() if len(different) == 1 else Answer.UNKNOWN


def negation(answer: Answer) -> Answer:
    """Return the three-valued NOT: an unknown answer stays unknown."""
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, answer)


def relation_from(a_covers_b: Answer, b_covers_a: Answer) -> Relation:
    """Return the relation of a to b that follows from the question asked both ways."""
    if Answer.UNKNOWN in (a_covers_b, b_covers_a):
        return Relation.UNKNOWN
    if a_covers_b is Answer.YES:
        return Relation.SAME if b_covers_a is Answer.YES else Relation.BROADER
    return Relation.NARROWER if b_covers_a is Answer.YES else Relation.INCOMPARABLE
