"""The figure of stages: how far along the criminal process provisions reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.stage_reach import stage_reach
from npcompare.charts import BarStep, CellAnswer, Certainty, StepBars
from npcompare.document import Cell, Column, Role, Run, Table, Tone, cell, flat_table
from npcompare.law.benchmark import Status
from npcompare.messages import listed
from npcompare.reports.cells import Cells, finished, namer
from npcompare.reports.effect_words import group_heading, remarks_without_rows
from npcompare.reports.proposed_coding import MARK
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.stage_reach import StageReach, Step
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_TITLE = "Stages of the criminal process that provisions reach"

_ANSWERS = {
    Status.MET: (CellAnswer.YES, "yes", Tone.PLAIN),
    Status.PARTLY: (CellAnswer.PARTLY, "in part", Tone.PLAIN),
    Status.NOT_MET: (CellAnswer.NO, "no", Tone.PLAIN),
    Status.SILENT: (CellAnswer.SILENT, "silent", Tone.SILENT),
    Status.NOT_APPLICABLE: (CellAnswer.NOT_APPLICABLE, "not applicable", Tone.SILENT),
    Status.POLICY_CHOICE: (CellAnswer.CHOICE, "policy choice", Tone.PLAIN),
    Status.UNKNOWN: (CellAnswer.UNKNOWN, "unknown", Tone.UNKNOWN),
}

#: What is added to an answer that is not based on words of the law alone, and its meaning.
_CERTAINTIES = {
    Certainty.TEXT: ("", "based on words of the text"),
    Certainty.REPORTED: ("reported", "reported by a source"),
    Certainty.DOUBTFUL: ("doubtful", "doubtful: the words can be read in another way"),
    Certainty.PROPOSED: ("proposed", "proposed by npcompare and not confirmed"),
}

_MEANINGS = {
    CellAnswer.YES: "reaches the stage",
    CellAnswer.PARTLY: "reaches it in part, or with reservations",
    CellAnswer.NO: "does not reach it",
    CellAnswer.SILENT: "the full text is silent",
    CellAnswer.NOT_APPLICABLE: "not applicable",
    CellAnswer.CHOICE: "a policy choice",
    CellAnswer.UNKNOWN: "not known",
}

_IN_PART = (
    "“In part” means that the provision covers only a part of what the background paper describes, "
    "such as detention without arrest, or that the relief may be refused or depends on conditions."
)
_UNKNOWN = "“Unknown” is neither a yes nor a no: the text, or the rest of it, was not available."

_REACH_IT = "Known to reach it"

_FLAT = "id effect stage status certainty because"


def stages(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return a row for each provision and a column for each stage, and bars of the same."""
    reach = stage_reach(corpus, results)
    name = namer(results)
    return finished(corpus, _TITLE, lambda: [_table(corpus, reach, name)], lambda: _flat(reach))


def _table(corpus: Corpus, reach: StageReach, name: Callable[[Provision], str]) -> Table:
    book, cells = corpus.codebook, Cells(corpus)
    is_grouped = len(reach.blocks.blocks) > 1
    body: list[tuple[Cell, ...]] = []
    bars, groups, keys = [], [], []
    for block in reach.blocks.blocks:
        heading = group_heading(book, block.effects)
        for member in block.members:
            provision = member.provision
            steps = reach.steps[provision.id]
            named = cell(name(provision), marks=cells.caveats(provision))
            effect = [Cell((Run(heading),), values=(heading,))] if is_grouped else []
            body.append((named, *effect, *map(_cell, steps)))
            bars.append(tuple(map(_bar_step, steps)))
            groups.append(heading if is_grouped else "")
            keys.append(provision.id)
    headings = [element.short or element.label for element in reach.elements]
    totals = tuple(map(reach.reaching, range(len(headings))))
    return Table(
        _TITLE,
        (
            Column("provision", "Provision"),
            *([Column("effect", "Effect", Role.FILTER)] if is_grouped else []),
            *(
                Column(element.id, heading)
                for element, heading in zip(reach.elements, headings, strict=True)
            ),
        ),
        tuple(body),
        tuple(_remarks(book, reach, headings, name)),
        cells.notes.listed(),
        figure=_bars(bars, groups, totals),
        row_keys=tuple(keys),
    )


def _cell(step: Step) -> Cell:
    _, label, tone = _ANSWERS[step.assessment.status]
    qualified = _CERTAINTIES[step.certainty][0] if step.certainty else ""
    marks = [MARK] if step.assessment.is_proposed else []
    return cell(", ".join(filter(None, (label, qualified))), tone, marks)


def _bar_step(step: Step) -> BarStep:
    return BarStep(_ANSWERS[step.assessment.status][0], step.certainty)


def _bars(
    bars: Sequence[tuple[BarStep, ...]], groups: Sequence[str], totals: tuple[int, ...]
) -> StepBars:
    """Return the bars with the entries of the legend that they need."""
    answers = {step.answer for bar in bars for step in bar}
    certainties = {step.certainty for bar in bars for step in bar}
    return StepBars(
        tuple(bars),
        tuple(groups),
        _REACH_IT,
        totals,
        tuple((answer, label) for answer, label in _MEANINGS.items() if answer in answers),
        tuple(
            (certainty, meaning)
            for certainty, (_, meaning) in _CERTAINTIES.items()
            if certainty in certainties
        ),
    )


def _remarks(
    book: Codebook, reach: StageReach, headings: Sequence[str], name: Callable[[Provision], str]
) -> Iterator[str]:
    blocks = reach.blocks
    if rows := sum(len(block.members) for block in blocks.blocks):
        yield from _remarks_on_rows(reach, headings, rows)
    yield from remarks_without_rows(book, blocks.too_little, blocks.without_rule, name)


def _remarks_on_rows(reach: StageReach, headings: Sequence[str], rows: int) -> Iterator[str]:
    """Yield how many provisions reach each stage, and how the answers are read."""
    totals = [reach.reaching(place) for place in range(len(headings))]
    reached = [
        f"{total:,} {heading[:1].lower()}{heading[1:]}"
        for total, heading in zip(totals, headings, strict=True)
    ]
    verb = "is known to reach" if totals[0] == 1 else "are known to reach"
    reached[0] = reached[0].replace(" ", f" {verb} ", 1)
    yield f"Of {counted(rows, 'provision')}, {listed(reached)}."
    yield _IN_PART
    yield _UNKNOWN


def _flat(reach: StageReach) -> Table:
    values = [
        [
            member.provision.id,
            member.effect,
            step.assessment.element.id,
            str(step.assessment.status),
            str(step.certainty or ""),
            step.assessment.because,
        ]
        for members in (
            *(block.members for block in reach.blocks.blocks),
            reach.blocks.too_little,
            *(members for _, members in reach.blocks.without_rule),
        )
        for member in members
        for step in reach.steps[member.provision.id]
    ]
    return flat_table(_TITLE, _FLAT, values)
