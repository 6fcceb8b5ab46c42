"""The results that a layout of an annex presents besides the classes of the provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.comparison import compare
from npcompare.analysis.gaps import assess
from npcompare.errors import NpcompareError
from npcompare.law.benchmark import Benchmark, secretariat
from npcompare.wording.collation import Collation, collate
from npcompare.wording.redline import redlines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.analysis.assessment import Assessment
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Change, Classification, Comparison


class AnnexContent(Struct, frozen=True):
    """What has been worked out for a layout; the parts that it does not present are empty."""

    #: The first provision compared with each of the others.
    comparisons: tuple[Comparison, ...] = ()
    #: For each comparison its redline; None if the texts are not both available in one language.
    redlines: tuple[tuple[Change, ...] | None, ...] = ()
    benchmark: Benchmark | None = None
    #: For each provision the assessments of the benchmark's elements.
    assessments: tuple[tuple[Assessment, ...], ...] = ()
    collation: Collation | None = None


def classes_only(corpus: Corpus, results: Sequence[Classification]) -> AnnexContent:
    """Return nothing besides the classes."""
    del corpus, results
    return AnnexContent()


def comparisons(corpus: Corpus, results: Sequence[Classification]) -> AnnexContent:
    """Return the comparisons of the first provision with the others."""
    return AnnexContent(comparisons=_compared(corpus.codebook, results, "the layout side-by-side"))


def redlined_comparisons(corpus: Corpus, results: Sequence[Classification]) -> AnnexContent:
    """Return the comparisons of the first provision with the others, and their redlines."""
    compared = _compared(corpus.codebook, results, "a redline")
    return AnnexContent(comparisons=compared, redlines=tuple(redlines(compared)))


def _compared(
    codebook: Codebook, results: Sequence[Classification], layout: str
) -> tuple[Comparison, ...]:
    if len(results) < 2:
        raise NpcompareError(f"{layout} needs at least two provisions", "name another provision")
    return tuple(compare(codebook, results[0], other) for other in results[1:])


def gaps(corpus: Corpus, results: Sequence[Classification]) -> AnnexContent:
    """Return the assessment of each provision against the Secretariat's recommendations."""
    book = corpus.codebook
    benchmark = secretariat(book)
    assessments = (tuple(assess(book, result, benchmark, corpus.profiles)) for result in results)
    return AnnexContent(benchmark=benchmark, assessments=tuple(assessments))


def collated(corpus: Corpus, results: Sequence[Classification]) -> AnnexContent:
    """Return the texts of the provisions aligned with that of the first."""
    del corpus
    base, *others = (result.provision for result in results)
    return AnnexContent(collation=collation(base, others))


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
