"""The figures that `npcompare figure` makes, each with the table that shows the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET, UnsetType, field

from npcompare.analysis import breadth_order
from npcompare.analysis.annex_content import assessments
from npcompare.law.benchmark import secretariat
from npcompare.reports import class_matrix, count_figure, gap_report, order_report, stage_figure
from npcompare.reports.annex_recipe import Wish, known_word
from npcompare.reports.heat_map_figure import heat_map
from npcompare.reports.law_of_the_day import with_remarks
from npcompare.reports.overlap_report import overlap
from npcompare.reports.profile_figure import profile
from npcompare.reports.proposed_coding import with_proposed
from npcompare.reports.records import TOOL, CorpusOutput, as_data, corpus_record, urn
from npcompare.reports.selection_report import annex_remarks, selection_data
from npcompare.reports.tile_map_report import tile_map
from npcompare.reports.timeline_report import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from npcompare.analysis.queries import Matches
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification


class FigureOutput(CorpusOutput, frozen=True, tag=urn("figure")):
    """The output of `figure`: the rows of its flat table."""

    figure: str
    title: str
    provisions: list[str]
    rows: list[dict[str, str]]
    conditions: list[str] | UnsetType = field(name="where", default=UNSET)
    unknown_ids: list[str] | UnsetType = field(name="open", default=UNSET)


class Figure(NamedTuple):
    """A figure: what it shows, and what makes a document of it."""

    summary: str
    make: Callable[[Corpus, Sequence[Classification]], Document]


def figure(
    corpus: Corpus,
    name: str,
    results: Sequence[Classification],
    remarks: Sequence[str] = (),
    matches: Matches | None = None,
) -> Document:
    """Return the document of a figure, whose first table with a figure is drawn.

    The remarks and how the provisions were selected are below its last table.

    Raises NpcompareError if there is no such figure, or if it cannot show these provisions.
    """
    document = FIGURES[known_word("figure", name, FIGURES)].make(corpus, results)
    remarks = (*remarks, *(annex_remarks(matches) if matches else ()))
    selection = selection_data(matches) if matches else {}
    return with_remarks(document, remarks).replace(
        data=lambda: with_proposed(
            as_data(_output(corpus, name, results, document)) | selection, corpus
        ),
    )


def _output(
    corpus: Corpus, name: str, results: Sequence[Classification], document: Document
) -> FigureOutput:
    flat = document.flat
    # The line on proposed codings is in the data once.
    keys = [column.key for column in flat.columns if column.key != "headnote"]
    return FigureOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        figure=name,
        title=document.title,
        provisions=[result.provision.id for result in results],
        rows=[{key: cell.text for key, cell in zip(keys, row, strict=False)} for row in flat.rows],
    )


def _gaps(corpus: Corpus, results: Sequence[Classification]) -> Document:
    target = secretariat(corpus.codebook)
    return gap_report.gaps_at_a_glance(corpus, target, assessments(corpus, target, results))


def _matrix(corpus: Corpus, results: Sequence[Classification]) -> Document:
    return class_matrix.answer_matrix(corpus, results, Wish(layout="matrix"))


def _order(corpus: Corpus, results: Sequence[Classification]) -> Document:
    dimensions = corpus.codebook.core
    orders = breadth_order.orders_by_effect(corpus.codebook, dimensions, results)
    return order_report.order(corpus, orders)


#: The figures by name.
FIGURES = {
    "gaps": Figure("what provisions do of what the background paper asks", _gaps),
    "matrix": Figure("the classes of scope, threshold, stage and force", _matrix),
    "heat-map": Figure("the classes of all dimensions, with how far they reach", heat_map),
    "stages": Figure(
        "how far provisions reach, from arrest to the criminal record", stage_figure.stages
    ),
    "counts": Figure("how many provisions have each class, a dot for each", count_figure.counts),
    "profile": Figure("two to four provisions, dimension by dimension", profile),
    "order": Figure("from the broadest provision to the narrowest", _order),
    "map": Figure("the threshold of provisions, with a tile for each State", tile_map),
    "overlap": Figure("which stages and thresholds provisions have together", overlap),
    "timeline": Figure("when provisions of each threshold were adopted", timeline),
}
