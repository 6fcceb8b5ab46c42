"""The layout with a column for each provision: the first is compared with each of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.reports import comparison_report
from npcompare.reports.cells import Cells, caveats, finished, listed, namer, owned
from npcompare.reports.effect_words import note_on_effects
from npcompare.reports.folding import remarks_on_folded, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.annex_content import AnnexContent
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Compared, Comparison
    from npcompare.reports.annex_recipe import Wish


def side_by_side(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a row for each dimension and a column for each provision."""
    book = corpus.codebook
    named = [book.dimension(name) for name in wish.columns]
    dimensions = named or list(book.dimensions.values())
    detail = wish.detail or bool(named)
    kept = shown(dimensions, results, detail=detail)
    cells = Cells(corpus)
    body = (*_rows(cells, results, kept, content.comparisons), _overall(content.comparisons))
    name = namer(results)
    headings = [Column("dimension", "Dimension")]
    headings += [Column(result.provision.id, name(result.provision)) for result in results]
    first, *others = [name(result.provision) for result in results]
    title = f"{first}, compared with {listed([in_sentence(other) for other in others], '; ')}"
    base = results[0].provision
    table = Table(
        title,
        tuple(headings),
        body,
        (
            _reading(in_sentence(first), owned(base)),
            *remarks_on_folded(dimensions, results, detail=detail),
            *caveats((result.provision for result in results), name),
        ),
        cells.notes.listed(),
        headnote=note_on_effects(results),
    )
    flat = comparison_report.comparisons(corpus, content.comparisons).flat
    return finished(corpus, title, [table], flat)


def _reading(first: str, subject: str) -> str:
    """Return how the relations are read."""
    return (
        f"Each relation is that of {first} to the provision in the column: “broader” means that "
        f"{subject} protects further; “narrower” means the reverse."
    )


def _rows(
    cells: Cells,
    results: Sequence[Classification],
    dimensions: Sequence[Dimension],
    comparisons: Sequence[Comparison],
) -> Iterator[tuple[Cell, ...]]:
    base, *others = results
    by_dimension = [
        {outcome.dimension: outcome for outcome in comparison.dimensions}
        for comparison in comparisons
    ]
    for dimension in dimensions:
        yield (
            cell(dimension.label, Tone.STRONG),
            comparison_report.side(cells, base.provision, base.dimensions[dimension.id]),
            *(
                _compared_cell(cells, result.provision, outcomes[dimension.id])
                for result, outcomes in zip(others, by_dimension, strict=True)
            ),
        )


def _overall(comparisons: Sequence[Comparison]) -> tuple[Cell, ...]:
    relations = map(comparison_report.overall_cell, comparisons)
    return (cell("Overall", Tone.STRONG), cell(""), *relations)


def _compared_cell(cells: Cells, provision: Provision, outcome: Compared) -> Cell:
    classes = comparison_report.side(cells, provision, outcome.right)
    relation = comparison_report.relation_cell(cells, outcome)
    return Cell((Run("Relation: "), *relation.runs, Run("\n"), *classes.runs))
