"""The layout with a column for each provision: the first is compared with each of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell, columns
from npcompare.messages import deferred, in_brackets, message, plural
from npcompare.model.jurisdiction_names import at_start, in_sentence
from npcompare.model.provision import Basis
from npcompare.model.results import Relation
from npcompare.reports import comparison_report
from npcompare.reports.cells import Cells, caveats, finished, in_words, namer, panels
from npcompare.reports.effect_words import note_on_effects
from npcompare.reports.folding import remarks_on_folded, shown
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.relation_words import READING, parties, summary
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Compared, Comparison
    from npcompare.reports.annex_recipe import Wish
    from npcompare.reports.relation_words import Parties

_NO_RELATION = deferred(
    "Where a class is unknown and no relation is given, the relation is unknown."
)

#: The key of the row of the overall relation.
_OVERALL = "overall"


def side_by_side(
    corpus: Corpus,
    results: Sequence[Classification],
    comparisons: Sequence[Comparison],
    wish: Wish,
) -> Document:
    """Return a row for each dimension and a column for each provision.

    More than four provisions are divided among several tables, each with the first provision. The
    dimensions outside the core are in tables of their own, unless dimensions are named.
    """
    book = corpus.codebook
    named = [book.dimension(name) for name in wish.columns]
    dimensions = named or list(book.dimensions.values())
    detail = wish.detail or bool(named)
    name = namer(results)
    remarks = tuple(remarks_on_folded(dimensions, results, detail=detail))
    shown_dimensions = shown(dimensions, results, detail=detail)
    core = named or [dimension for dimension in shown_dimensions if dimension.core]
    further = [dimension for dimension in shown_dimensions if dimension not in core]
    parts = list(panels(comparisons))
    side_by_side_panels = [_Panel(corpus, part, name) for part in parts]
    tables = [panel.core(core, () if further else remarks) for panel in side_by_side_panels]
    if further:
        tables += [panel.details(further, remarks) for panel in side_by_side_panels]
    names = [name(result.provision) for result in results]
    title = _title(names) if len(parts) == 1 else _title_of_many(names)
    flat = comparison_report.comparisons(corpus, comparisons).flat
    return with_texts_apart(finished(corpus, title, tables, flat))


def _title(names: Sequence[str]) -> str:
    first, *other_names = names
    return comparison_report.title(at_start(first), list(map(in_sentence, other_names)))


def _title_of_many(names: Sequence[str]) -> str:
    """Return the title of several tables, each of which names its own provisions."""
    first, *others = names
    return plural(
        "{first}, compared with {count} provision",
        "{first}, compared with {count} provisions",
        len(others),
        first=at_start(first),
    )


class _Panel:
    """The first provision and those that it is compared with in one table."""

    def __init__(
        self,
        corpus: Corpus,
        comparisons: Sequence[Comparison],
        name: Callable[[Provision], str],
    ) -> None:
        self._corpus = corpus
        self._comparisons = comparisons
        self._results = [comparisons[0].left, *(comparison.right for comparison in comparisons)]
        self._name = name
        base = self._results[0].provision
        self._parties = [
            parties(base, comparison.right.provision, second=message("this provision"))
            for comparison in comparisons
        ]
        self._title = _title([name(result.provision) for result in self._results])

    def core(self, dimensions: Sequence[Dimension], remarks: Sequence[str]) -> Table:
        """Return the table of the core, with the overall relations."""
        table = self._table(self._title, dimensions, remarks)
        core = cell(in_brackets(in_words(self._corpus.codebook.core)))
        overall = map(_overall, self._comparisons, self._parties)
        last_row = (cell(message("Overall"), Tone.STRONG), core, *overall)
        lines = [note_on_effects(self._results)]
        if len(self._comparisons) == 1:
            lines.insert(0, summary(self._corpus.codebook, self._comparisons[0], self._parties[0]))
        return replace(
            table,
            rows=(*table.rows, last_row),
            row_keys=(*table.row_keys, _OVERALL),
            headnote="\n".join(filter(None, lines)),
            sheet=message("Comparison"),
        )

    def details(self, dimensions: Sequence[Dimension], remarks: Sequence[str]) -> Table:
        """Return the table of further dimensions."""
        table = self._table(message("Details: {title}", title=self._title), dimensions, remarks)
        return replace(table, sheet=message("Details"))

    def _table(self, title: str, dimensions: Sequence[Dimension], remarks: Sequence[str]) -> Table:
        cells = Cells(self._corpus)
        provisions = [result.provision for result in self._results]
        body = tuple(self._row(cells, dimension) for dimension in dimensions)
        headings = [*columns(dimension="Dimension")]
        headings += [Column(each.id, self._name(each)) for each in provisions]
        return Table(
            title,
            tuple(headings),
            body,
            (
                message(READING),
                *[message(_NO_RELATION)] * any(map(self._lacks_relation, dimensions)),
                *remarks,
                *caveats(provisions, self._name, self._corpus),
            ),
            cells.notes.listed(),
            row_keys=tuple(dimension.id for dimension in dimensions),
        )

    def _lacks_relation(self, dimension: Dimension) -> bool:
        return any(
            _is_without_relation(comparison.in_dimension(dimension.id))
            for comparison in self._comparisons
        )

    def _row(self, cells: Cells, dimension: Dimension) -> tuple[Cell, ...]:
        base = self._results[0]
        return (
            cell(dimension.label, Tone.STRONG),
            comparison_report.side(cells, base.provision, base.dimensions[dimension.id]),
            *(
                _compared_cell(cells, dimension, comparison, names)
                for comparison, names in zip(self._comparisons, self._parties, strict=True)
            ),
        )


def _compared_cell(
    cells: Cells, dimension: Dimension, comparison: Comparison, names: Parties
) -> Cell:
    """Return the classes of a provision, below them who reaches further, and the words quoted."""
    outcome = comparison.in_dimension(dimension.id)
    provision = comparison.right.provision
    classes = cells.classes(provision, outcome.right)
    proofs = cells.proofs(provision, outcome.right)
    if _is_without_relation(outcome):
        return Cell((*classes.runs, *proofs))
    relation = comparison_report.relation_cell(cells, outcome, names, is_beside_classes=True)
    return Cell((*classes.runs, Run("\n"), *map(_aside, relation.runs), *proofs))


def _is_without_relation(outcome: Compared) -> bool:
    """Return whether nothing is known of one of two provisions, so that no relation can be."""
    is_unknown = outcome.relation is Relation.UNKNOWN and not outcome.other_readings
    return is_unknown and Basis.UNKNOWN in (outcome.left.basis, outcome.right.basis)


def _aside(relation: Run) -> Run:
    """Return a relation in the tone of what is said beside classes, with a capital."""
    return replace(relation, text=capitalized(relation.text), tone=Tone.ASIDE)


def _overall(comparison: Comparison, names: Parties) -> Cell:
    return Cell(tuple(map(_aside, comparison_report.overall_cell(comparison, names).runs)))
