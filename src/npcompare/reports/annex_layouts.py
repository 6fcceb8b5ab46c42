"""Annexes: the layouts there are, and the document of one with its recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from npcompare.analysis import annex_content
from npcompare.analysis.queries import (
    find_matches,
    parse_conditions,
    possible_answers,
    require_match,
)
from npcompare.errors import NpcompareError
from npcompare.law.benchmark import secretariat
from npcompare.messages import current
from npcompare.reports import annex_tables, gap_report
from npcompare.reports.alignment_report import alignment
from npcompare.reports.annex_recipe import Wish, known_word, recipe_record
from npcompare.reports.annex_records import export_output, legislation_records
from npcompare.reports.class_matrix import DEFAULT_DIMENSIONS, answer_matrix
from npcompare.reports.law_of_the_day import with_remarks
from npcompare.reports.own_columns import with_own_columns
from npcompare.reports.proposed_coding import with_proposed
from npcompare.reports.records import as_data
from npcompare.reports.redline_report import redline
from npcompare.reports.selection_report import annex_remarks, selection_data
from npcompare.reports.side_by_side_table import side_by_side
from npcompare.text import no_break
from npcompare.wording.redline import redlines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from npcompare.analysis.queries import Matches
    from npcompare.document import Document, FiledAnnex
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

#: The orders that provisions can be sorted in.
ORDERS = ("name", "date", "class", "given")


class Layout(NamedTuple):
    """How a layout is made, and what it can be asked for."""

    make: Callable[[Corpus, Sequence[Classification], Wish], Document]
    #: The options that the layout takes. Without "sort" provisions stay in the order given.
    takes: tuple[str, ...] = ()
    #: The columns that it has unless others are chosen, if they are part of its recipe.
    columns: tuple[str, ...] = ()
    #: The columns of its flat table that make up the key of a row.
    flat_key: tuple[str, ...] = ()


def _side_by_side(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    compared = annex_content.comparisons(corpus.codebook, results, "the layout side-by-side")
    return side_by_side(corpus, results, compared, wish)


def _gaps(corpus: Corpus, results: Sequence[Classification], _: Wish) -> Document:
    benchmark = secretariat(corpus.codebook)
    assessed = annex_content.assessments(corpus, benchmark, results)
    return gap_report.gaps(corpus, benchmark, assessed)


def _redline(corpus: Corpus, results: Sequence[Classification], _: Wish) -> Document:
    compared = annex_content.comparisons(corpus.codebook, results, "a redline")
    return redline(corpus, list(zip(compared, redlines(compared), strict=True)))


def _aligned(corpus: Corpus, results: Sequence[Classification], _: Wish) -> Document:
    provisions = [result.provision for result in results]
    return alignment(corpus, annex_content.collation(provisions[0], provisions[1:]), provisions)


LAYOUTS = {
    "annex": Layout(
        annex_tables.provisions_in_rows,
        ("columns", "group_by", "sort", "own_columns"),
        annex_tables.DEFAULT_COLUMNS,
        flat_key=("id",),
    ),
    "matrix": Layout(
        answer_matrix,
        ("columns", "group_by", "sort", "own_columns"),
        DEFAULT_DIMENSIONS,
        flat_key=("id",),
    ),
    "typology": Layout(
        annex_tables.typology,
        ("columns", "group_by", "sort", "own_columns"),
    ),
    "side-by-side": Layout(
        _side_by_side,
        ("columns", "detail", "own_columns"),
        flat_key=("dimension",),
    ),
    "gaps": Layout(
        _gaps,
        ("sort", "own_columns"),
        flat_key=("id", "element"),
    ),
    "redline": Layout(_redline),
    "align": Layout(_aligned),
}


def export(  # noqa: PLR0913 - the parts of an annex
    corpus: Corpus,
    results: Sequence[Classification],
    wish: Wish,
    remarks: Sequence[str] = (),
    filed: FiledAnnex | None = None,
    *,
    matches: Matches | None = None,
) -> Document:
    """Return an annex in the layout requested, of the provisions that meet the conditions.

    The remarks and how the provisions were selected are below its last table. The words in its own
    columns are those of the annex that was filed earlier, if there is one. `matches` is how the
    provisions meet the conditions, if that is known already.

    Raises NpcompareError for an unknown layout, column, order or dimension, for an option that the
    layout does not take, and if no provision meets the conditions.
    """
    layout = LAYOUTS[known_word("layout", wish.layout, LAYOUTS)]
    _refuse_unused_options(wish)
    wish = _completed(wish, layout)
    if wish.where and matches is None:
        matches = find_matches(parse_conditions(corpus, wish.where), results)
    results = require_match(matches) if matches else results
    wish = replace(wish, texts=annex_tables.place_of_texts(results, wish))
    ordered = _sorted(corpus, results, wish) if "sort" in layout.takes else list(results)
    remarks = (*remarks, *(annex_remarks(matches) if matches else ()))
    document = with_remarks(layout.make(corpus, ordered, wish), remarks)
    document = with_own_columns(document, wish.own_columns, layout.flat_key, filed)
    selection = selection_data(matches) if matches else {}
    recipe = recipe_record(corpus, results, wish)
    return document.replace(
        title=no_break(wish.title or document.title),
        number=wish.number,
        is_headed=bool(wish.title or wish.number),
        template=wish.template,
        data=lambda: with_proposed(
            as_data(export_output(corpus, wish.layout, ordered, recipe, document.tables))
            | selection,
            corpus,
        ),
        recipe=msgspec.to_builtins(recipe),
        linked_data=lambda: list(map(msgspec.to_builtins, legislation_records(ordered))),
    )


def _completed(wish: Wish, layout: Layout) -> Wish:
    """Return the options with the columns of the layout, and the language and terms in use."""
    return replace(
        wish,
        columns=wish.columns or layout.columns,
        language=current().language,
        terms=current().body,
    )


def _refuse_unused_options(wish: Wish) -> None:
    """Raise NpcompareError for an option that the layout would ignore."""
    default, takes = Wish(), LAYOUTS[wish.layout].takes
    for name in ("columns", "group_by", "sort", "detail", "own_columns"):
        if getattr(wish, name) != getattr(default, name) and name not in takes:
            names = ", ".join(key for key, layout in LAYOUTS.items() if name in layout.takes)
            option = "--column" if name == "own_columns" else f"--{name.replace('_', '-')}"
            raise NpcompareError(
                f"the layout {wish.layout} does not take {option}",
                f"the layouts that take it are: {names}",
            )


def _sorted(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> list[Classification]:
    """Return provisions by jurisdiction; by date or class and then jurisdiction; or as given."""
    if known_word("order", wish.sort, ORDERS) == "given":
        return list(results)
    by_name = sorted(
        results,
        key=lambda result: (
            corpus.naming.sort_key(result.provision.jurisdiction.name),
            result.provision.id,
        ),
    )
    if wish.sort == "date":
        return sorted(by_name, key=lambda result: annex_tables.date_of(result.provision) or "9999")
    if wish.sort == "class":
        scope = corpus.codebook.scope
        words = possible_answers(scope)
        return sorted(
            by_name, key=lambda result: words.index(result.dimensions[scope.id].answers[0])
        )
    return by_name
