"""Where provisions stand in a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.classification import classify
from npcompare.analysis.profile_places import places, require_few
from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

NAMED = ("kenya", "coe-26", "gambia", "jamaica")


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("scope", (1, 2, 0, 0)),
        ("threshold", (2, 1, 2, 2)),
        ("stage", (0, 0, 1, 0)),
        ("persons", (0, 0, 0, 0)),
        ("force", (2, 1, 2, 2)),
        ("relief", (1, 0, 0, 1)),
        # Only Gambia and the Council of Europe state conditions; the article of the latter is full.
        ("conditions", (None, 0, 0, None)),
        ("burden", (None, None, None, None)),
    ],
)
def test_place_in_each_dimension(
    dimension: str, expected: tuple[int | None, ...], corpus: Corpus
) -> None:
    results = [classify(corpus.codebook, each) for each in corpus.select(list(NAMED))]
    found = places(corpus.codebook, corpus.codebook.dimension(dimension), results)
    assert found.places == expected
    assert found.can_be_compared is (dimension != "burden")
    known = [place for place in expected if place is not None]
    assert max(known, default=0) < found.count


def test_place_of_a_ladder_is_its_rung(corpus: Corpus) -> None:
    results = [classify(corpus.codebook, each) for each in corpus.select(["kenya", "barbados"])]
    found = places(corpus.codebook, corpus.codebook.dimension("force"), results)
    assert found.classes == ("consideration", "discretionary", "mandatory")
    assert (found.count, found.places, found.can_be_compared) == (3, (2, None), False)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_profile_takes_two_to_four_provisions(count: int, corpus: Corpus) -> None:
    names = [*NAMED, "belgium"][:count]
    results = [classify(corpus.codebook, each) for each in corpus.select(names)]
    with pytest.raises(NpcompareError, match="two to four provisions"):
        require_few(results)
