"""The overview of gaps as one table: provisions in rows, the elements of a benchmark in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import (
    Cell,
    Column,
    Role,
    Run,
    Table,
    Tone,
    cell,
    columns,
    number_columns,
)
from npcompare.law.benchmark import Status
from npcompare.messages import (
    deferred,
    in_quotation_marks,
    listed,
    message,
    number,
    plural,
    spaced_brackets,
)
from npcompare.reports.cells import Cells
from npcompare.reports.effect_words import group_heading, remarks_without_rows
from npcompare.reports.proposed_coding import MARK
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from npcompare.analysis.gap_overview import Overview, OverviewRow
    from npcompare.law.benchmark import Element
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: For each status the answer that it is, its sign, its label in a cell and in the legend, and its
#: tone.
_SIGNS = {
    Status.MET: (
        *(CellAnswer.YES, "✓", deferred("met"), deferred("met")),
        Tone.SAME,
    ),
    Status.PARTLY: (
        *(CellAnswer.PARTLY, "±", deferred("partly met"), deferred("partly met")),
        Tone.INCOMPARABLE,
    ),
    Status.NOT_MET: (
        *(CellAnswer.NO, "×", deferred("not met"), deferred("not met")),  # noqa: RUF001
        Tone.PROBLEM,
    ),
    Status.SILENT: (
        *(CellAnswer.SILENT, "–", deferred("silent")),
        deferred("silent, according to the full text or a source"),
        Tone.SILENT,
    ),
    Status.NOT_APPLICABLE: (
        *(CellAnswer.NOT_APPLICABLE, "/", deferred("not applicable"), deferred("not applicable")),
        Tone.SILENT,
    ),
    Status.POLICY_CHOICE: (
        *(CellAnswer.CHOICE, "c", deferred("choice"), deferred("a policy choice")),
        Tone.PLAIN,
    ),
    Status.UNKNOWN: (
        *(CellAnswer.UNKNOWN, "", deferred("not known"), deferred("not known")),
        Tone.UNKNOWN,
    ),
}

#: The statuses whose signs a figure fills, so that the eye finds them first.
_FILLED = frozenset({Status.MET, Status.PARTLY, Status.NOT_MET})

#: The label of each status in a table with reasons.
_LABELS = {
    Status.MET: deferred("met"),
    Status.PARTLY: deferred("partly met"),
    Status.NOT_MET: deferred("not met"),
    Status.POLICY_CHOICE: deferred("policy choice"),
    Status.NOT_APPLICABLE: deferred("not applicable"),
    Status.SILENT: deferred("silent"),
    Status.UNKNOWN: deferred("unknown"),
}

_MEET_IT = deferred("Provisions that meet it")
_COUNTS = deferred(
    "The row of a group and the last row count the provisions that meet each element."
)


def overview_table(
    corpus: Corpus, overview: Overview, name: Callable[[Provision], str], title: str
) -> Table:
    """Return a row for each provision and a column for each element, with signs and totals.

    Args:
        corpus: The corpus.
        overview: The provisions with their statuses.
        name: How provisions are named.
        title: The title of the table.
    """
    cells = Cells(corpus)
    body: list[tuple[Cell, ...]] = []
    group_rows = []
    keys = []
    for block in overview.blocks:
        if len(overview.blocks) > 1:
            group_rows.append(len(body))
            places = range(len(overview.elements))
            heading = group_heading(corpus.codebook, block.effects)
            heading = f"{heading}{spaced_brackets(number(len(block.rows)))}"
            body.append(_counts(heading, map(block.meeting, places)))
            keys.append(f"group {' '.join(block.effects)}")
        body += [_row(cells, row, name) for row in block.rows]
        keys += [row.classification.provision.id for row in block.rows]
    places = range(len(overview.elements))
    body.append(_counts(message(_MEET_IT), map(overview.meeting, places)))
    figure = AnswerOverview(
        _legend(overview), group_rows=tuple(group_rows), grouped_by=message("Effect")
    )
    return Table(
        title,
        (
            *columns(provision="Provision"),
            *map(_column, overview.elements),
            *number_columns(met="Met"),
        ),
        tuple(body),
        tuple(_remarks(corpus.codebook, overview, name)),
        cells.notes.listed(),
        figure=figure,
        row_keys=(*keys, "total"),
        headnote=f"{_opening(overview)}\n{figure.key}",
    )


def status_word(status: Status) -> str:
    """Return the label of a status."""
    return message(_LABELS[status])


def _column(element: Element) -> Column:
    heading = element.short or element.label
    return Column(element.id, heading, Role.ANSWER, capitalized(element.group), heading)


def _counts(heading: str, numbers: Iterable[int]) -> tuple[Cell, ...]:
    all_counts = (cell(number(count), Tone.STRONG) for count in numbers)
    return (cell(heading, Tone.STRONG), *all_counts, Cell())


def _row(cells: Cells, row: OverviewRow, name: Callable[[Provision], str]) -> tuple[Cell, ...]:
    provision = row.classification.provision
    marks = (MARK,) if row.is_proposed else ()
    return (
        cell(name(provision), marks=cells.caveats(provision)),
        *(_answer(status, marks) for status in row.statuses),
        cell(number(row.met), marks=marks),
    )


def _answer(status: Status, marks: tuple[str, ...]) -> Cell:
    answer, sign, label, _, tone = _SIGNS[status]
    runs = (Run(sign, tone, marks),) if sign else ()
    return Cell(runs, answer, words=message(label))


def _legend(overview: Overview) -> tuple[Sign, ...]:
    """Return the signs that the rows have."""
    present = {status for row in overview.rows for status in row.statuses}
    return tuple(
        Sign(answer, sign, message(label), message(meaning), is_filled=status in _FILLED)
        for status, (answer, sign, label, meaning, _) in _SIGNS.items()
        if status in present
    )


def _opening(overview: Overview) -> str:
    count = len(overview.rows)
    if len(overview.blocks) > 1:
        return plural(
            "{count} provision, by effect, with those that meet most elements first.",
            "{count} provisions, by effect, with those that meet most elements first.",
            count,
        )
    return plural(
        "{count} provision, with those that meet most elements first.",
        "{count} provisions, with those that meet most elements first.",
        count,
    )


def _remarks(book: Codebook, overview: Overview, name: Callable[[Provision], str]) -> Iterator[str]:
    if len(overview.blocks) > 1:
        yield message(_COUNTS)
    if overview.choices:
        yield plural(
            "{elements} is a policy choice, so it has no column.",
            "{elements} are policy choices, so they have no column.",
            len(overview.choices),
            elements=listed([in_quotation_marks(element.label) for element in overview.choices]),
        )
    yield from remarks_without_rows(book, overview.too_little, overview.without_rule, name)
