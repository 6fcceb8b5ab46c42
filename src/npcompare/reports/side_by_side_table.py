"""The layout with a column for each provision: the first is compared with each of the others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.reports import comparison_report
from npcompare.reports.cells import Cells, caveats, finished, listed, namer, owned
from npcompare.reports.effect_words import note_on_effects
from npcompare.reports.folding import remarks_on_folded, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.annex_content import AnnexContent
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Compared, Comparison
    from npcompare.reports.annex_recipe import Wish


#: The most provisions in one table; more would be too narrow to read on a page.
_MOST_PROVISIONS = 4

#: The key of the row of the overall relation.
_OVERALL = "overall"


def side_by_side(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a row for each dimension and a column for each provision.

    More than four provisions are divided among several tables, each with the first provision.
    """
    book = corpus.codebook
    named = [book.dimension(name) for name in wish.columns]
    dimensions = named or list(book.dimensions.values())
    detail = wish.detail or bool(named)
    name = namer(results)
    remarks = tuple(remarks_on_folded(dimensions, results, detail=detail))
    shown_dimensions = shown(dimensions, results, detail=detail)
    tables = [
        _panel(corpus, shown_dimensions, comparisons, name, remarks)
        for comparisons in _panels(content.comparisons)
    ]
    title = _title([name(result.provision) for result in results])
    flat = comparison_report.comparisons(corpus, content.comparisons).flat
    return finished(corpus, title, tables, flat)


def _panels(comparisons: Sequence[Comparison]) -> Iterator[Sequence[Comparison]]:
    """Yield the comparisons with the first provision in parts of nearly the same size."""
    count = -(-len(comparisons) // (_MOST_PROVISIONS - 1))
    ends = [len(comparisons) * number // count for number in range(count + 1)]
    for start, end in pairwise(ends):
        yield comparisons[start:end]


def _title(names: Sequence[str]) -> str:
    first, *other_names = names
    return f"{first}, compared with {listed([in_sentence(other) for other in other_names], '; ')}"


def _panel(
    corpus: Corpus,
    dimensions: Sequence[Dimension],
    comparisons: Sequence[Comparison],
    name: Callable[[Provision], str],
    remarks: Sequence[str],
) -> Table:
    """Return the table of the first provision and those that it is compared with in it."""
    results = [comparisons[0].left, *(comparison.right for comparison in comparisons)]
    cells = Cells(corpus)
    body = (*_rows(cells, results, dimensions, comparisons), _overall(comparisons))
    headings = [Column("dimension", "Dimension")]
    headings += [Column(result.provision.id, name(result.provision)) for result in results]
    base = results[0].provision
    return Table(
        _title([name(result.provision) for result in results]),
        tuple(headings),
        body,
        (
            _reading(in_sentence(name(base)), owned(base)),
            *remarks,
            *caveats((result.provision for result in results), name),
        ),
        cells.notes.listed(),
        headnote=note_on_effects(results),
        row_keys=(*(dimension.id for dimension in dimensions), _OVERALL),
    )


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
