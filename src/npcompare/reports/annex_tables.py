"""The tables of an annex in each of its layouts, from results worked out before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.classified_corpus import classified_again
from npcompare.analysis.queries import possible_answers
from npcompare.charts import AnswerGrid, CellAnswer
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, cell, flat_table
from npcompare.law.citations import cited
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.provision import Basis
from npcompare.reports import (
    alignment_report,
    classification_report,
    comparison_report,
    gap_report,
)
from npcompare.reports.annex_recipe import known_word
from npcompare.reports.cells import (
    Cells,
    citer,
    dimension_column,
    finished,
    marked,
    namer,
    own_source,
)
from npcompare.reports.effect_words import effect_line
from npcompare.reports.proposed_coding import MARK, marked_text
from npcompare.reports.region_groups import REGION_GROUPS, by_region
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.annex_content import AnnexContent
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified
    from npcompare.reports.annex_recipe import Wish


# --- A row for each provision ------------------------------------------------------------------

#: The heading and relative width of each column that is not a dimension.
_COLUMNS = {
    "jurisdiction": ("Jurisdiction", 4),
    "instrument": ("Instrument and provision", 5),
    "date": ("Date", 3),
    "words": ("Text of the law", 9),
    "source": ("Source", 4),
}
#: The columns unless others are chosen. The recipe of an annex names its columns.
DEFAULT_COLUMNS = (
    *("jurisdiction", "instrument", "scope", "threshold", "stage", "relief", "force"),
    *("words", "source"),
)


def columns_of(codebook: Codebook) -> tuple[str, ...]:
    """Return the columns that the layout with a row for each provision can have."""
    return (*_COLUMNS, *codebook.dimensions)


def provisions_in_rows(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a row for each provision."""
    del content
    book = corpus.codebook
    vocabulary = columns_of(book)
    keys = [known_word("column", key, vocabulary) for key in wish.columns or DEFAULT_COLUMNS]
    headings = tuple(
        Column(key, _COLUMNS[key][0]) if key in _COLUMNS else dimension_column(book.dimensions[key])
        for key in keys
    )
    weights = tuple(_COLUMNS[key][1] if key in _COLUMNS else 4 for key in keys)
    groups = _groups(corpus, results, wish, "Provisions compared")
    cite = citer(results)

    def tables() -> Iterator[Table]:
        for title, members in groups:
            cells = Cells(corpus)
            has_effects = len({member.effect for member in members}) > 1
            row = _row_maker(cells, keys, cite, has_effects=has_effects)
            body = tuple(map(row, classified_again(book, members)))
            yield Table(
                title,
                headings,
                body,
                notes=cells.notes.listed(),
                weights=weights,
                row_keys=tuple(member.provision.id for member in members),
            )

    def flat() -> Table:
        row = _row_maker(Cells(corpus), keys, cite)
        values = (
            [result.provision.id, *map(marked_text, row(result))]
            for result in classified_again(book, results)
        )
        return flat_table(title, " ".join(["id", *keys]), values)

    title = wish.title or book.title
    return finished(corpus, title, tables, flat)


def _groups(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, title: str
) -> list[tuple[str, list[Classification]]]:
    """Return the title and the provisions of each table: one, or one for each class or region."""
    if not wish.group_by:
        return [(wish.title or title, list(results))]
    if wish.group_by in REGION_GROUPS:
        return by_region(results, wish.group_by)
    if near(wish.group_by, REGION_GROUPS) and wish.group_by not in corpus.codebook.dimensions:
        known_word("group", wish.group_by, (*REGION_GROUPS, *corpus.codebook.dimensions))
    dimension = corpus.codebook.dimension(wish.group_by)
    groups = []
    for word in possible_answers(dimension):
        members = [result for result in results if word in result.dimensions[dimension.id].answers]
        if members:
            groups.append((f"{dimension.label}: {dimension.label_of(word)}", members))
    return groups


def _row_maker(
    cells: Cells,
    keys: Sequence[str],
    cite: Callable[[Provision], str],
    *,
    has_effects: bool = False,
) -> Callable[[Classification], tuple[Cell, ...]]:
    """Return a function that makes the cells of a provision.

    The marks of its caveats follow its name, and so does its effect if the provisions of a table
    differ in it.
    """
    places = [key for key in ("instrument", "jurisdiction") if key in keys]
    named_in = places[0] if places else keys[0]

    def row(result: Classification) -> tuple[Cell, ...]:
        contents = {key: _annex_cell(cells, result, key, cite) for key in keys}
        # A text that is not coded has no instrument; its name is in place of the jurisdiction.
        place = places[-1] if places and result.provision.is_proposed else named_in
        contents[place] = marked(contents[place], cells.caveats(result.provision))
        effect = effect_line(cells.book, result.effect) if has_effects and places else ""
        if effect:
            named = contents[named_in]
            contents[named_in] = replace(named, runs=(*named.runs, Run(f"\n{effect}")))
        return tuple(contents[key] for key in keys)

    return row


def _annex_cell(
    cells: Cells, result: Classification, key: str, cite: Callable[[Provision], str]
) -> Cell:
    provision = result.provision
    if key == "jurisdiction":
        return cell(provision.jurisdiction.name, Tone.STRONG)
    if key == "instrument":
        return cell(cite(provision))
    if key == "date":
        return cell(date_of(provision) or "Not available")
    if key == "words":
        return words(provision)
    if key == "source":
        sources = [provision.text.source] if provision.text.source else provision.sources
        citations = "\n".join(cited(cells.corpus, source) for source in sources)
        return cell(citations or own_source(provision))
    return cells.classes(provision, result.dimensions[key])


def date_of(provision: Provision) -> str:
    """Return the day or year of a provision: in force, enacted, or of its instrument."""
    dates = provision.dates
    return dates.get("in_force_from") or dates.get("enacted") or provision.instrument.year


def words(provision: Provision) -> Cell:
    """Return the text of a provision in its language, or that it is not available."""
    text = provision.text
    if not text.body:
        return cell("Text not available", Tone.UNKNOWN)
    body = text.body.strip()
    if text.is_description:
        return cell(f"Described: {body}")
    return Cell((Run(f"“{body}”", Tone.QUOTE, (), text.language),))


# --- Provisions by classes ---------------------------------------------------------------------

_MATRIX_TITLE = "Provisions by classes"

#: The dimension whose classes are also counted in bars.
_BARS = "stage"

_LEGEND = (
    (CellAnswer.YES, "yes"),
    (CellAnswer.NO, "no"),
    (CellAnswer.NOT_SHOWN, "not shown"),
    (CellAnswer.SILENT, "silent"),
    (CellAnswer.UNKNOWN, "unknown"),
)

_ANSWERS = (
    "“✓ yes” means that the provision has the class.",
    "“No” means that the full text does not have the class, or that a source reports none.",
    "“Not shown” means that the part of the text that is available does not have the class.",
    "“Silent” means that the full text does not address the question, as the note explains.",
    "“Unknown” means that nothing is known on the question.",
)


def answer_matrix(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a row for each provision and a column for each class, with the answers."""
    del content
    names = wish.columns or ("scope", "threshold", "stage")
    dimensions = [corpus.codebook.dimension(name) for name in names]
    headings = [Column("provision", "Provision"), *_class_columns(dimensions)]
    bars = tuple(
        f"{dimension.id}-{word}"
        for dimension in dimensions
        if dimension.id == _BARS
        for word in dimension.classes
    )
    name = namer(results)
    weights = (6, *[2] * (len(headings) - 1))
    tables = []
    for title, members in _groups(corpus, results, wish, _MATRIX_TITLE):
        cells = Cells(corpus)
        body = tuple(
            (
                cell(name(member.provision), Tone.STRONG, cells.caveats(member.provision)),
                *(
                    _answer_cell(cells, member, member.dimensions[dimension.id], word)
                    for dimension in dimensions
                    for word in dimension.classes
                ),
            )
            for member in members
        )
        table = Table(title, tuple(headings), body, _ANSWERS, cells.notes.listed(), weights)
        keys = tuple(member.provision.id for member in members)
        tables.append(replace(table, figure=AnswerGrid(_LEGEND, bars), row_keys=keys))
    title = wish.title or _MATRIX_TITLE
    flat = flat_table(title, "id dimension class answer basis", _flat_answers(results, dimensions))
    return finished(corpus, title, tables, flat)


def _class_columns(dimensions: Sequence[Dimension]) -> Iterator[Column]:
    for dimension in dimensions:
        for word, term in dimension.classes.items():
            heading = f"{dimension.label}: {term.label}"
            key = f"{dimension.id}-{word}"
            yield Column(key, heading, Role.ANSWER, dimension.label, term.label)


def _answer_cell(cells: Cells, result: Classification, classified: Classified, word: str) -> Cell:
    answer = _answer(result, classified, word)
    if answer is CellAnswer.YES:
        content = cell("✓ yes", Tone.PLAIN, cells.marks(result.provision, classified, word))
    elif answer is CellAnswer.SILENT:
        content = cells.classes(result.provision, classified)
    else:
        # What a source reports not to exist has a note with the source.
        marks = cells.marks(result.provision, classified) if classified.is_none_reported else []
        marks += [MARK] if classified.basis is Basis.PROPOSED else []
        content = cell(dict(_LEGEND)[answer], Tone.UNKNOWN, marks)
    return Cell(content.runs, answer)


def _answer(result: Classification, classified: Classified, word: str) -> CellAnswer:
    if word in classified.values:
        return CellAnswer.YES
    if classified.basis is Basis.UNKNOWN:
        return CellAnswer.UNKNOWN
    if classified.basis is Basis.SILENT:
        return CellAnswer.SILENT
    is_known = result.provision.text.is_whole or classified.is_none_reported
    return CellAnswer.NO if is_known else CellAnswer.NOT_SHOWN


def _flat_answers(
    results: Sequence[Classification], dimensions: Sequence[Dimension]
) -> list[list[str]]:
    return [
        [
            result.provision.id,
            dimension.id,
            word,
            dict(_LEGEND)[_answer(result, result.dimensions[dimension.id], word)],
            str(result.dimensions[dimension.id].basis),
        ]
        for result in results
        for dimension in dimensions
        for word in dimension.classes
    ]


# --- The other layouts -------------------------------------------------------------------------


def typology(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a table for each dimension: its classes, each with its provisions."""
    del content
    names = [wish.group_by] if wish.group_by else wish.columns or ("scope", "threshold", "stage")
    parts = [
        classification_report.typology(corpus, results, corpus.codebook.dimension(name))
        for name in names
    ]
    title = "Provisions by class"
    tables = [table for part in parts for table in part.tables]
    values = tuple(row for part in parts for row in part.flat.rows)
    return finished(corpus, title, tables, Table(title, parts[0].flat.columns, values))


def gaps(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return the assessment of each provision against the Secretariat's recommendations."""
    del wish
    assert content.benchmark  # noqa: S101 - it is worked out for this layout
    assessed = list(zip(results, content.assessments, strict=True))
    return gap_report.gaps(corpus, content.benchmark, assessed)


def redline(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return the changes from the text of the first provision to that of each other."""
    del wish
    tables = [
        comparison_report.redline_table(comparison, changes)
        for comparison, changes in zip(content.comparisons, content.redlines, strict=True)
    ]
    flat = comparison_report.comparisons(corpus, content.comparisons).flat
    title = f"Changes from the text of {in_sentence(results[0].provision.label)}"
    return finished(corpus, title, tables, flat)


def aligned_texts(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return the text of the first provision phrase by phrase, with the others beside it."""
    del wish
    assert content.collation  # noqa: S101 - it is worked out for this layout
    provisions = [result.provision for result in results]
    return alignment_report.alignment(corpus, content.collation, provisions)
