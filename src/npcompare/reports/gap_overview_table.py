"""The overview of gaps as one table: provisions in rows, the elements of a benchmark in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import Cell, Column, Role, Run, Table, Tone, cell
from npcompare.law.benchmark import Status
from npcompare.messages import listed
from npcompare.reports.cells import Cells
from npcompare.reports.effect_words import group_heading, remarks_without_rows
from npcompare.reports.proposed_coding import MARK
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from npcompare.analysis.gap_overview import Overview, OverviewRow
    from npcompare.law.benchmark import Element
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: For each status the answer that it is, its sign, its label in the legend, and its tone.
_SIGNS = {
    Status.MET: (Sign(CellAnswer.YES, "✓", "met", "met", is_filled=True), Tone.SAME),
    Status.PARTLY: (
        Sign(CellAnswer.PARTLY, "±", "partly met", "partly met", is_filled=True),
        Tone.INCOMPARABLE,
    ),
    Status.NOT_MET: (
        Sign(CellAnswer.NO, "×", "not met", "not met", is_filled=True),  # noqa: RUF001
        Tone.PROBLEM,
    ),
    Status.SILENT: (Sign(CellAnswer.SILENT, "–", "silent", "the full text is silent"), Tone.SILENT),
    Status.NOT_APPLICABLE: (
        Sign(CellAnswer.NOT_APPLICABLE, "/", "not applicable", "not applicable"),
        Tone.SILENT,
    ),
    Status.POLICY_CHOICE: (
        Sign(CellAnswer.CHOICE, "c", "choice", "a policy choice"),
        Tone.PLAIN,
    ),
    Status.UNKNOWN: (Sign(CellAnswer.UNKNOWN, "", "not known", "not known"), Tone.UNKNOWN),
}

_TITLE = "Overview of the provisions assessed against"
_MEET_IT = "Provisions that meet it"
_COUNTS = "The row of a group and the last row count the provisions that meet each element."


def overview_table(
    corpus: Corpus, overview: Overview, name: Callable[[Provision], str], against: str
) -> Table:
    """Return a row for each provision and a column for each element, with signs and totals.

    Args:
        corpus: The corpus.
        overview: The provisions with their statuses.
        name: How provisions are named.
        against: What they were assessed against, as the end of a title.
    """
    cells = Cells(corpus)
    body: list[tuple[Cell, ...]] = []
    group_rows = []
    keys = []
    for block in overview.blocks:
        if len(overview.blocks) > 1:
            group_rows.append(len(body))
            places = range(len(overview.elements))
            heading = f"{group_heading(corpus.codebook, block.effects)} ({len(block.rows):,})"
            body.append(_counts(heading, map(block.meeting, places)))
            keys.append(f"group {' '.join(block.effects)}")
        body += [_row(cells, row, name) for row in block.rows]
        keys += [row.classification.provision.id for row in block.rows]
    places = range(len(overview.elements))
    body.append(_counts(_MEET_IT, map(overview.meeting, places)))
    figure = AnswerOverview(_legend(overview), group_rows=tuple(group_rows), grouped_by="Effect")
    return Table(
        f"{_TITLE}{against}",
        (
            Column("provision", "Provision"),
            *map(_column, overview.elements),
            Column("met", "Met", Role.NUMBER),
        ),
        tuple(body),
        tuple(_remarks(corpus.codebook, overview, name)),
        cells.notes.listed(),
        figure=figure,
        row_keys=(*keys, "total"),
        headnote=f"{_opening(overview)}.\n{figure.key}",
    )


def status_word(status: Status) -> str:
    """Return the label of a status."""
    return "partly met" if status is Status.PARTLY else str(status).replace("_", " ")


def _column(element: Element) -> Column:
    heading = element.short or element.label
    return Column(element.id, heading, Role.ANSWER, element.group, heading)


def _counts(heading: str, numbers: Iterable[int]) -> tuple[Cell, ...]:
    counts = (cell(f"{number:,}", Tone.STRONG) for number in numbers)
    return (cell(heading, Tone.STRONG), *counts, Cell())


def _row(cells: Cells, row: OverviewRow, name: Callable[[Provision], str]) -> tuple[Cell, ...]:
    provision = row.classification.provision
    marks = (MARK,) if row.is_proposed else ()
    return (
        cell(name(provision), marks=cells.caveats(provision)),
        *(_answer(status, marks) for status in row.statuses),
        cell(f"{row.met:,}", marks=marks),
    )


def _answer(status: Status, marks: tuple[str, ...]) -> Cell:
    sign, tone = _SIGNS[status]
    runs = (Run(sign.sign, tone, marks),) if sign.sign else ()
    return Cell(runs, sign.answer, words=sign.label)


def _legend(overview: Overview) -> tuple[Sign, ...]:
    """Return the signs that the rows have."""
    present = {status for row in overview.rows for status in row.statuses}
    return tuple(sign for status, (sign, _) in _SIGNS.items() if status in present)


def _opening(overview: Overview) -> str:
    provisions = counted(len(overview.rows), "provision")
    kinds = "by effect, " if len(overview.blocks) > 1 else ""
    return f"{provisions}, {kinds}with those that meet most elements first"


def _remarks(book: Codebook, overview: Overview, name: Callable[[Provision], str]) -> Iterator[str]:
    if len(overview.blocks) > 1:
        yield _COUNTS
    if overview.choices:
        labels = listed([f"“{element.label}”" for element in overview.choices])
        is_one = len(overview.choices) == 1
        are, have = (
            ("is a policy choice", "it has") if is_one else ("are policy choices", "they have")
        )
        yield f"{labels} {are}, so {have} no column."
    yield from remarks_without_rows(book, overview.too_little, overview.without_rule, name)
