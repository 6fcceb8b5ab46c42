"""The results that a layout of an annex presents besides the classes of the provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.comparison import compare
from npcompare.analysis.gaps import assess
from npcompare.errors import NpcompareError
from npcompare.wording.collation import collate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.law.benchmark import Benchmark
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Comparison
    from npcompare.wording.collation import Collation


def comparisons(
    codebook: Codebook, results: Sequence[Classification], layout: str
) -> list[Comparison]:
    """Return the first provision compared with each of the others, for a layout that is named.

    Raises NpcompareError if there are no others.
    """
    if len(results) < 2:
        raise NpcompareError(f"{layout} needs at least two provisions", "name another provision")
    return [compare(codebook, results[0], other) for other in results[1:]]


def assessments(
    corpus: Corpus, benchmark: Benchmark, results: Sequence[Classification]
) -> list[tuple[Classification, Sequence[Assessment]]]:
    """Return each provision with its assessments against a benchmark."""
    return [
        (result, assess(corpus.codebook, result, benchmark, corpus.profiles)) for result in results
    ]


def collation(base: Provision, others: Sequence[Provision]) -> Collation:
    """Return texts aligned with a base text.

    Raises NpcompareError if there are no others, or the text of the base is not available.
    """
    others = [provision for provision in others if provision.id != base.id]
    if not others:
        raise NpcompareError("an alignment needs at least two provisions", "name another provision")
    if not base.text.body:
        raise NpcompareError(
            f"the text of {base.id} is not available, so nothing can be aligned with it",
            "put another provision first, or name it with --base",
        )
    return collate(base, others)
