"""Annex tables: the layouts in which classifications go into a document that is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.analysis.gaps import assess
from npcompare.analysis.queries import answers, rows
from npcompare.document import (
    Answer,
    AnswerGrid,
    Cell,
    Column,
    Document,
    Role,
    Run,
    Table,
    Tone,
    cell,
    flat_table,
)
from npcompare.errors import NpcompareError
from npcompare.law.benchmark import secretariat
from npcompare.law.citations import cited
from npcompare.model.provision import Basis
from npcompare.reports import (
    alignment_report,
    classification_report,
    comparison_report,
    gap_report,
)
from npcompare.reports import annex_recipe as recipes
from npcompare.reports.annex_records import export_output, legislation_record
from npcompare.reports.cells import ITSELF, Cells, citer, dimension_column, finished, namer
from npcompare.reports.records import as_data
from npcompare.text import suggestion
from npcompare.wording.redline import redlines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified, Comparison
    from npcompare.reports.annex_recipe import Wish


#: What provisions may be sorted by.
ORDERS = ("name", "date", "class", "given")


def export(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    """Return an annex in the layout wished for.

    Raises NpcompareError for a layout, column, order or dimension that there is not.
    """
    layout = _known("layout", wish.layout, LAYOUTS)
    _refuse_idle(wish)
    is_sorted = "sort" in LAYOUTS[layout].takes
    ordered = _sorted(corpus, results, wish) if is_sorted else list(results)
    document = LAYOUTS[layout].make(corpus, ordered, wish)
    recipe = recipes.recipe(corpus, results, wish)
    return document.replace(
        title=wish.title or document.title,
        number=wish.number,
        is_headed=bool(wish.title or wish.number),
        template=wish.template,
        data=lambda: as_data(export_output(corpus, layout, ordered, recipe, document.tables)),
        recipe=msgspec.to_builtins(recipe),
        linked_data=lambda: [
            msgspec.to_builtins(legislation_record(result.provision)) for result in ordered
        ],
    )


def _known(what: str, wanted: str, known: Iterable[str]) -> str:
    names = list(known)
    if wanted not in names:
        hint = suggestion(wanted, "there are", names)
        raise NpcompareError(f'there is no {what} "{wanted}"', hint)
    return wanted


def _sorted(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> list[Classification]:
    """Return provisions by jurisdiction; by date or class, and then by it; or as they are given."""
    if _known("order", wish.sort, ORDERS) == "given":
        return list(results)
    by_name = sorted(
        results,
        key=lambda one: (one.provision.jurisdiction.name.casefold(), one.provision.id),
    )
    if wish.sort == "date":
        return sorted(by_name, key=lambda one: _date(one.provision) or "9999")
    if wish.sort == "class":
        order = rows(corpus.codebook.scope)
        return sorted(
            by_name,
            key=lambda one: order.index(answers(one.dimensions[corpus.codebook.scope.id])[0]),
        )
    return by_name


def _date(one: Provision) -> str:
    return one.dates.get("in_force_from") or one.dates.get("enacted") or one.instrument.year


# --- A row for each provision ------------------------------------------------------------------

_COLUMNS = {
    "jurisdiction": ("Jurisdiction", 4),
    "instrument": ("Instrument and place", 6),
    "date": ("Date", 3),
    "words": ("Words of the law", 9),
    "source": ("Source", 4),
}
_ANNEX = ("jurisdiction", "instrument", "scope", "threshold", "stage", "relief", "words", "source")


def columns_of(codebook: Codebook) -> tuple[str, ...]:
    """Return the columns that the layout of a row for each provision can have."""
    return (*_COLUMNS, *codebook.dimensions)


def _annex(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    book = corpus.codebook
    known = columns_of(book)
    keys = [_known("column", key, known) for key in wish.columns or _ANNEX]
    heads = tuple(
        Column(key, _COLUMNS[key][0]) if key in _COLUMNS else dimension_column(book.dimensions[key])
        for key in keys
    )
    weights = tuple(_COLUMNS[key][1] if key in _COLUMNS else 4 for key in keys)
    groups = _groups(corpus, results, wish, "Provisions compared")
    cite = citer(results)

    def tables() -> Iterator[Table]:
        for title, members in groups:
            cells = Cells(corpus)
            body = tuple(_annex_row(cells, one, keys, cite) for one in members)
            yield Table(title, heads, body, notes=cells.notes.listed(), weights=weights)

    def flat() -> Table:
        cells = Cells(corpus)
        lines = (
            [one.provision.id, *(each.text for each in _annex_row(cells, one, keys, cite))]
            for one in results
        )
        return flat_table(title, " ".join(["id", *keys]), lines)

    title = wish.title or book.title
    return finished(corpus, title, tables, flat)


def _groups(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, title: str
) -> list[tuple[str, list[Classification]]]:
    """Return the tables wished for: one, or one for each class that has provisions."""
    if not wish.group_by:
        return [(wish.title or title, list(results))]
    dimension = corpus.codebook.dimension(wish.group_by)
    found = []
    for word in rows(dimension):
        members = [one for one in results if word in answers(one.dimensions[dimension.id])]
        if members:
            found.append((f"{dimension.label}: {dimension.label_of(word)}", members))
    return found


def _annex_row(
    cells: Cells, one: Classification, keys: Iterable[str], cite: Callable[[Provision], str]
) -> tuple[Cell, ...]:
    """Return a row; its classes are not held beyond it, since an annex may have many rows."""
    alone = classify(cells.book, one.provision)
    return tuple(_annex_cell(cells, alone, key, cite) for key in keys)


def _annex_cell(
    cells: Cells, one: Classification, key: str, cite: Callable[[Provision], str]
) -> Cell:
    provision = one.provision
    if key == "jurisdiction":
        return cell(provision.jurisdiction.name, Tone.STRONG)
    if key == "instrument":
        return cell(cite(provision))
    if key == "date":
        return cell(_date(provision) or "not held")
    if key == "words":
        return words(provision)
    if key == "source":
        sources = [provision.text.source] if provision.text.source else provision.sources
        citations = "\n".join(cited(cells.corpus, source) for source in sources)
        return cell(citations or ITSELF)
    return cells.classes(provision, one.dimensions[key])


def words(one: Provision) -> Cell:
    """Return the words of a provision in their language, or that they are not held."""
    text = one.text
    if not text.body:
        return cell("not held", Tone.UNKNOWN)
    body = text.body.strip()
    if text.is_description:
        return cell(f"Described: {body}")
    return Cell((Run(f"“{body}”", Tone.QUOTE, (), text.language),))


# --- Provisions by classes ---------------------------------------------------------------------


def _matrix(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    wanted = wish.columns or ("scope", "threshold", "stage")
    dimensions = [corpus.codebook.dimension(name) for name in wanted]
    heads = [Column("provision", "Provision")]
    heads += [
        Column(f"{one.id}-{word}", f"{one.label}: {term.label}", Role.ANSWER, one.label, term.label)
        for one in dimensions
        for word, term in one.classes.items()
    ]
    bars = (f"{one.id}-{word}" for one in dimensions if one.id == _BARS for word in one.classes)
    figure = AnswerGrid(_LEGEND, tuple(bars))
    name = namer(results)
    tables = []
    for title, members in _groups(corpus, results, wish, "Provisions by classes"):
        cells = Cells(corpus)
        body = tuple(
            (
                cell(name(one.provision), Tone.STRONG),
                *(
                    _tick(cells, one, one.dimensions[dimension.id], word)
                    for dimension in dimensions
                    for word in dimension.classes
                ),
            )
            for one in members
        )
        weights = (6, *[2] * (len(heads) - 1))
        table = Table(title, tuple(heads), body, _TICKS, cells.notes.listed(), weights)
        tables.append(replace(table, figure=figure))
    title = wish.title or "Provisions by classes"
    keys = "id dimension class answer basis"
    plain = flat_table(title, keys, _flat_ticks(results, dimensions))
    return finished(corpus, title, tables, plain)


#: The dimension whose classes are also counted in bars.
_BARS = "stage"

_LEGEND = (
    (Answer.YES, "yes"),
    (Answer.NO, "no"),
    (Answer.NOT_SHOWN, "not shown"),
    (Answer.SILENT, "silent"),
    (Answer.UNKNOWN, "unknown"),
)

_TICKS = (
    "✓ yes: the class is given.",
    "no: the complete text does not have it.",
    "not shown: what is held does not have it, and the rest of the text is not held.",
    "silent: the complete text says nothing on the question; the note says what that means.",
    "unknown: nothing is held on the question.",
)


def _tick(cells: Cells, one: Classification, classified: Classified, word: str) -> Cell:
    answer = _answer(one, classified, word)
    if answer is Answer.YES:
        text = cell("✓ yes", Tone.PLAIN, cells.marks(one.provision, classified, word))
    elif answer is Answer.SILENT:
        text = cells.classes(one.provision, classified)
    else:
        text = cell(dict(_LEGEND)[answer], Tone.UNKNOWN)
    return Cell(text.runs, answer)


def _answer(one: Classification, classified: Classified, word: str) -> Answer:
    if word in classified.values:
        return Answer.YES
    if classified.basis is Basis.UNKNOWN:
        return Answer.UNKNOWN
    if classified.basis is Basis.SILENT:
        return Answer.SILENT
    return Answer.NO if one.provision.text.is_whole else Answer.NOT_SHOWN


def _flat_ticks(
    results: Sequence[Classification], dimensions: Sequence[Dimension]
) -> list[list[str]]:
    return [
        [
            one.provision.id,
            dimension.id,
            word,
            dict(_LEGEND)[_answer(one, one.dimensions[dimension.id], word)],
            str(one.dimensions[dimension.id].basis),
        ]
        for one in results
        for dimension in dimensions
        for word in dimension.classes
    ]


# --- The other layouts -------------------------------------------------------------------------


def _typology(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    wanted = [wish.group_by] if wish.group_by else list(wish.columns or _TYPOLOGY)
    parts = [
        classification_report.typology(corpus, results, corpus.codebook.dimension(name))
        for name in wanted
    ]
    return _joined(corpus, "Provisions by class", parts)


_TYPOLOGY = ("scope", "threshold", "stage")


def _joined(corpus: Corpus, title: str, parts: Sequence[Document]) -> Document:
    tables = [table for part in parts for table in part.tables]
    lines = [line for part in parts for line in part.flat.rows]
    flat = Table(title, parts[0].flat.columns, tuple(lines))
    return finished(corpus, title, tables, flat)


def _with_the_first(
    corpus: Corpus, results: Sequence[Classification], what: str
) -> list[Comparison]:
    """Return the first provision compared with each of the others."""
    if len(results) < 2:
        raise NpcompareError(f"{what} needs two provisions or more", "name them")
    return [compare(corpus.codebook, results[0], other) for other in results[1:]]


def _side_by_side(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    book = corpus.codebook
    compared = _with_the_first(corpus, results, "side by side")
    base = results[0]
    wanted = [book.dimension(name).id for name in wish.columns] or list(book.dimensions)
    cells = Cells(corpus)
    body = []
    for which in wanted:
        line = [cell(book.dimensions[which].label, Tone.STRONG)]
        line.append(comparison_report.side(cells, base.provision, base.dimensions[which]))
        for one in compared:
            each = next(found for found in one.dimensions if found.dimension == which)
            head = comparison_report.side(cells, one.right.provision, each.right)
            relation = comparison_report.relation_cell(cells, each)
            line.append(Cell((Run("Relation: "), *relation.runs, Run("\n"), *head.runs)))
        body.append(tuple(line))
    last = [cell("Overall", Tone.STRONG), cell("")]
    last += [cell(one.overall, Tone(one.overall)) for one in compared]
    name = namer(results)
    heads = [Column("dimension", "Dimension")]
    heads += [Column(one.provision.id, name(one.provision)) for one in results]
    first = name(base.provision)
    remark = (
        f"Each relation is that of {first} to the provision of the column: broader means that "
        f"{first} protects further."
    )
    title = f"{first} beside {', '.join(name(one.provision) for one in results[1:])}"
    table = Table(title, tuple(heads), (*body, tuple(last)), (remark,), cells.notes.listed())
    flat = comparison_report.comparisons(corpus, compared).flat
    return finished(corpus, title, [table], flat)


def _gaps(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    del wish
    target = secretariat(corpus.codebook)
    found = [(one, assess(corpus.codebook, one, target)) for one in results]
    return gap_report.gaps(corpus, target, found)


def _redline(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    del wish
    compared = _with_the_first(corpus, results, "a redline")
    tables = [
        comparison_report.redline_table(one, changes)
        for one, changes in zip(compared, redlines(compared), strict=True)
    ]
    flat = comparison_report.comparisons(corpus, compared).flat
    return finished(corpus, f"The words of {results[0].provision.label}", tables, flat)


def _align(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    del wish
    every = [one.provision for one in results]
    return alignment_report.alignment(corpus, every[0], every)


class _Layout(NamedTuple):
    """What makes a layout, and what it can be asked besides.

    One that cannot be asked for them has all columns, or the order of the names given.
    """

    make: Callable[[Corpus, Sequence[Classification], Wish], Document]
    takes: tuple[str, ...] = ()


LAYOUTS = {
    "annex": _Layout(_annex, ("columns", "group_by", "sort")),
    "matrix": _Layout(_matrix, ("columns", "group_by", "sort")),
    "typology": _Layout(_typology, ("columns", "group_by", "sort")),
    "side-by-side": _Layout(_side_by_side, ("columns",)),
    "gaps": _Layout(_gaps, ("sort",)),
    "redline": _Layout(_redline),
    "align": _Layout(_align),
}


def _refuse_idle(wish: Wish) -> None:
    """Raise NpcompareError for a wish that the layout would pass over."""
    usual, takes = recipes.Wish(), LAYOUTS[wish.layout].takes
    for name in ("columns", "group_by", "sort"):
        if getattr(wish, name) != getattr(usual, name) and name not in takes:
            layouts = ", ".join(other for other, one in LAYOUTS.items() if name in one.takes)
            option = f"--{name.replace('_', '-')}"
            message = f"the layout {wish.layout} takes no {option}"
            raise NpcompareError(message, f"the layouts that take it are: {layouts}")
