"""Three-valued logic: what several answers give together."""

from __future__ import annotations

import pytest

from npcompare.model.logic import Answer, consensus, negation

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([YES], YES),
        ([NO, NO], NO),
        ([UNKNOWN, UNKNOWN], UNKNOWN),
        ([YES, NO], UNKNOWN),
        ([YES, UNKNOWN], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_consensus_is_an_answer_given_by_all(answers: list[Answer], expected: Answer) -> None:
    assert consensus(answers) is expected


def test_negation_leaves_the_unknown_unknown() -> None:
    assert [negation(answer) for answer in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]
