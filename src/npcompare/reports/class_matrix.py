"""The layout with a row for each provision and a column for each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.charts import AnswerGrid, CellAnswer
from npcompare.document import Cell, Column, Document, Role, Table, Tone, cell, flat_table
from npcompare.model.provision import Basis
from npcompare.reports.cells import Cells, finished, namer
from npcompare.reports.proposed_coding import MARK
from npcompare.reports.row_groups import provision_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.annex_content import AnnexContent
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification, Classified
    from npcompare.reports.annex_recipe import Wish


_MATRIX_TITLE = "Provisions by classes"

#: The dimension whose classes are also counted in bars.
_BARS = "stage"

LEGEND = (
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
    headings = [Column("provision", "Provision"), *class_columns(dimensions)]
    bars = tuple(
        f"{dimension.id}-{word}"
        for dimension in dimensions
        if dimension.id == _BARS
        for word in dimension.classes
    )
    name = namer(results)
    tables = []
    for title, members in provision_groups(corpus, results, wish, _MATRIX_TITLE):
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
        table = Table(title, tuple(headings), body, _ANSWERS, cells.notes.listed())
        keys = tuple(member.provision.id for member in members)
        tables.append(replace(table, figure=AnswerGrid(LEGEND, bars), row_keys=keys))
    title = wish.title or _MATRIX_TITLE
    flat = flat_table(title, "id dimension class answer basis", _flat_answers(results, dimensions))
    return finished(corpus, title, tables, flat)


def class_columns(dimensions: Sequence[Dimension]) -> Iterator[Column]:
    """Yield a column of answers for each class."""
    for dimension in dimensions:
        for word, term in dimension.classes.items():
            heading = f"{dimension.label}: {term.label}"
            key = f"{dimension.id}-{word}"
            yield Column(key, heading, Role.ANSWER, dimension.label, term.label)


def _answer_cell(cells: Cells, result: Classification, classified: Classified, word: str) -> Cell:
    answer = answer_of(result, classified, word)
    if answer is CellAnswer.YES:
        content = cell("✓ yes", Tone.PLAIN, cells.marks(result.provision, classified, word))
    elif answer is CellAnswer.SILENT:
        content = cells.classes(result.provision, classified)
    else:
        # What a source reports not to exist has a note with the source.
        marks = cells.marks(result.provision, classified) if classified.is_none_reported else []
        marks += [MARK] if classified.basis is Basis.PROPOSED else []
        content = cell(dict(LEGEND)[answer], Tone.UNKNOWN, marks)
    return Cell(content.runs, answer)


def answer_of(result: Classification, classified: Classified, word: str) -> CellAnswer:
    """Return whether a provision has a class, as far as is known."""
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
            dict(LEGEND)[answer_of(result, result.dimensions[dimension.id], word)],
            str(result.dimensions[dimension.id].basis),
        ]
        for result in results
        for dimension in dimensions
        for word in dimension.classes
    ]
