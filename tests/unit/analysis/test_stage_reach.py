"""How far provisions reach along the criminal process, and how certain that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classification import classify
from npcompare.analysis.stage_reach import stage_reach

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

#: For each stage from arrest to records: Y reached, P in part, N not reached, ? not known; with t
#: for words of the text, r for a report and d for a doubtful reading.
EXPECTED = {
    "kenya": "? ? ? Yt ?",
    "gambia": "Pt ? Pt Pt ?",
    "coe-26": "N N N Pt N",
    "asean-14-7": "N N N Pt N",
    "ohchr-principle-7": "Pt Yt Yt Yt N",
    "belgium": "? ? ? Yr ?",
    "eu-directive-8": "? ? Pr Pr ?",
    "us-vacatur-prostitution": "? ? ? ? Pd",
    "barbados": "? ? ? ? ?",
}
SIGNS = {"met": "Y", "partly": "P", "not_met": "N", "unknown": "?"}


@pytest.mark.parametrize("name", EXPECTED)
def test_provision_reaches_the_stages_that_are_shown(name: str, corpus: Corpus) -> None:
    (provision,) = corpus.select([name])
    reach = stage_reach(corpus, [classify(corpus.codebook, provision)])
    steps = [
        SIGNS[step.assessment.status] + (step.certainty or "")[:1]
        for step in reach.steps[provision.id]
    ]
    assert " ".join(steps) == EXPECTED[name]


def test_provisions_that_reach_most_come_first(corpus: Corpus) -> None:
    results = [classify(corpus.codebook, each) for each in corpus.select([*EXPECTED, "qatar"])]
    reach = stage_reach(corpus, results)
    assert [
        (block.effects, [member.provision.id for member in block.members])
        for block in reach.blocks.blocks
    ] == [
        (("operative",), ["gambia", "belgium", "kenya", "qatar", "us-vacatur-prostitution"]),
        (("obligation",), ["eu-directive-8", "asean-14-7", "coe-26"]),
        (("recommendation",), ["ohchr-principle-7"]),
    ]
    assert [member.provision.id for member in reach.blocks.too_little] == ["barbados"]
    assert [reach.reaching(place) for place in range(5)] == [2, 1, 3, 8, 1]
