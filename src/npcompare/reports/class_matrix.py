"""The layout with a row for each provision and a column for each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import (
    Cell,
    Column,
    Document,
    Role,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
)
from npcompare.messages import deferred, message, number
from npcompare.model.provision import Basis
from npcompare.reports.cells import Cells, finished, namer
from npcompare.reports.folding import is_known, remarks_on_unknown
from npcompare.reports.proposed_coding import MARK
from npcompare.reports.row_groups import by_kind, numbers_of, provision_groups, with_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified
    from npcompare.reports.annex_recipe import Wish


_MATRIX_TITLE = deferred("Provisions by class")

#: The dimensions whose classes are shown unless others are chosen.
DEFAULT_DIMENSIONS = ("scope", "threshold", "stage", "force")

#: The signs of the answers, in the order of the key.
SIGNS = (
    Sign(CellAnswer.YES, "✓", deferred("yes"), deferred("yes"), is_filled=True),
    Sign(
        *(CellAnswer.NO, "–", deferred("no")),
        deferred("no, according to the full text or a source"),
    ),
    Sign(
        *(CellAnswer.NOT_SHOWN, "", deferred("not shown")),
        deferred("not shown by the text or source that is available"),
    ),
    Sign(CellAnswer.SILENT, "(–)", deferred("silent"), deferred("the full text is silent")),
    Sign(CellAnswer.UNKNOWN, "?", deferred("unknown"), deferred("unknown")),
)

#: The answers with their labels in English.
LEGEND = tuple((sign.answer, sign.label) for sign in SIGNS)

_SIGNS = {sign.answer: sign for sign in SIGNS}

_COUNTED = deferred("Provisions with the class")
_COUNTS = deferred("The row of a group and the last row count the provisions that have each class.")


def answer_matrix(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    """Return a row for each provision and a column for each class, with the answers as signs.

    Provisions of which nothing is known are named below the table, unless the drafter has columns
    to write in.
    """
    dimensions = [corpus.codebook.dimension(name) for name in wish.columns or DEFAULT_DIMENSIONS]
    name = namer(results)
    tables = []
    for title, members in provision_groups(corpus, results, wish, message(_MATRIX_TITLE)):
        rows, left_out = with_rows(
            members, lambda member: bool(wish.own_columns) or is_known(member, dimensions)
        )
        unknown = [name(member.provision) for member in left_out]
        matrix = _Matrix(corpus, dimensions, name)
        tables.append(matrix.table(title, rows, remarks_on_unknown(dimensions, unknown)))
    title = wish.title or message(_MATRIX_TITLE)
    flat = flat_table(title, "id dimension class answer basis", _flat_answers(results, dimensions))
    return finished(corpus, title, tables, flat)


class _Matrix:
    """Makes a table of provisions by classes, with a row of counts for each group and for all."""

    def __init__(
        self,
        corpus: Corpus,
        dimensions: Sequence[Dimension],
        name: Callable[[Provision], str],
    ) -> None:
        self._cells = Cells(corpus)
        self._dimensions = dimensions
        self._classes = [
            (dimension.id, word) for dimension in dimensions for word in dimension.classes
        ]
        self._name = name

    def table(self, title: str, members: Sequence[Classification], remarks: Iterable[str]) -> Table:
        """Return the table of provisions, those of States before those of organizations."""
        groups = by_kind(members)
        has_groups = len(groups) > 1
        rows: list[tuple[Cell, ...]] = []
        keys: list[str] = []
        group_rows = []
        for head, group in groups:
            if has_groups:
                group_rows.append(len(rows))
                heading = message("{group} ({count})", group=message(head), count=len(group))
                rows.append(self._counts(heading, group))
                keys.append(f"group {head.lower()}")
            rows += map(self._row, group)
            keys += [member.provision.id for member in group]
        rows.append(self._counts(message(_COUNTED), members))
        legend = _legend(rows)
        figure = AnswerOverview(legend, group_rows=tuple(group_rows), grouped_by=message("Kind"))
        return Table(
            title,
            (*columns(provision="Provision"), *class_columns(self._dimensions)),
            tuple(rows),
            (*[message(_COUNTS)] * has_groups, *remarks),
            self._cells.notes.listed(),
            figure=figure,
            row_keys=(*keys, "total"),
            sheet=title,
            headnote=f"{_opening(members, has_groups=has_groups)}\n{figure.key}",
        )

    def _row(self, member: Classification) -> tuple[Cell, ...]:
        answers = [
            _answer_cell(self._cells, member, member.dimensions[name], word)
            for name, word in self._classes
        ]
        shared = _shared_marks(answers)
        name = cell(
            self._name(member.provision),
            marks=(*self._cells.caveats(member.provision), *shared),
        )
        return (name, *(answer.without_marks(shared) for answer in answers))

    def _counts(self, head: str, members: Sequence[Classification]) -> tuple[Cell, ...]:
        counts = (
            sum(word in member.dimensions[name].values for member in members)
            for name, word in self._classes
        )
        return (
            cell(head, Tone.STRONG),
            *(cell(number(count), Tone.STRONG) for count in counts),
        )


def _shared_marks(answers: Sequence[Cell]) -> tuple[str, ...]:
    """Return the marks that several answers have, and each that is a class or has any mark.

    They are about the provision, so that its name has them.
    """
    marked = [
        [mark for run in answer.runs for mark in run.marks if mark != MARK]
        for answer in answers
        if answer.answer is CellAnswer.YES or any(run.marks for run in answer.runs)
    ]
    if len(marked) < 2:
        return ()
    first, *further = marked
    return tuple(mark for mark in first if all(mark in marks for marks in further))


def _legend(rows: Iterable[Sequence[Cell]]) -> tuple[Sign, ...]:
    """Return the signs that rows have."""
    answers = {content.answer for row in rows for content in row}
    return tuple(
        replace(sign, label=message(sign.label), meaning=message(sign.meaning))
        for sign in SIGNS
        if sign.answer in answers
    )


def _opening(members: Sequence[Classification], *, has_groups: bool) -> str:
    numbers = numbers_of(members)
    if has_groups:
        return message("{numbers}, by kind of jurisdiction.", numbers=numbers)
    return message("{numbers}.", numbers=numbers)


def class_columns(dimensions: Iterable[Dimension]) -> Iterator[Column]:
    """Yield a column of answers for each class."""
    for dimension in dimensions:
        for word, term in dimension.classes.items():
            heading = message("{heading}: {words}", heading=dimension.label, words=term.label)
            key = f"{dimension.id}-{word}"
            yield Column(key, heading, Role.ANSWER, dimension.label, term.label)


def _answer_cell(cells: Cells, result: Classification, classified: Classified, word: str) -> Cell:
    answer = answer_of(result, classified, word)
    if answer is CellAnswer.YES:
        marks = list(cells.marks(result.provision, classified, word))
    elif answer is CellAnswer.SILENT:
        marks = [
            mark for run in cells.classes(result.provision, classified).runs for mark in run.marks
        ]
    else:
        # What a source reports not to exist has a note with the source.
        marks = cells.marks(result.provision, classified) if classified.is_none_reported else []
        marks += [MARK] if classified.basis is Basis.PROPOSED else []
    sign = _SIGNS[answer]
    tone = Tone.PLAIN if answer is CellAnswer.YES else Tone.UNKNOWN
    runs = (Run(sign.sign, tone, tuple(dict.fromkeys(marks))),) if sign.sign or marks else ()
    return Cell(runs, answer, words=message(sign.label))


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
            _SIGNS[answer_of(result, result.dimensions[dimension.id], word)].label,
            str(result.dimensions[dimension.id].basis),
        ]
        for result in results
        for dimension in dimensions
        for word in dimension.classes
    ]
