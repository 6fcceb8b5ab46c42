"""The figure of stages: how far along the criminal process provisions reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.stage_reach import stage_reach
from npcompare.charts import BarStep, CellAnswer, Certainty, StepBars
from npcompare.document import Cell, Column, Role, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.benchmark import Status
from npcompare.messages import deferred, enumerated, listed, message, plural
from npcompare.reports.cells import Cells, finished, namer
from npcompare.reports.effect_words import group_heading, remarks_without_rows
from npcompare.reports.proposed_coding import MARK
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.stage_reach import StageReach, Step
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_TITLE = deferred("Stages of the criminal process that provisions reach")

_ANSWERS = {
    Status.MET: (CellAnswer.YES, deferred("yes"), Tone.PLAIN),
    Status.PARTLY: (CellAnswer.PARTLY, deferred("in part"), Tone.PLAIN),
    Status.NOT_MET: (CellAnswer.NO, deferred("no"), Tone.PLAIN),
    Status.SILENT: (CellAnswer.SILENT, deferred("silent"), Tone.SILENT),
    Status.NOT_APPLICABLE: (CellAnswer.NOT_APPLICABLE, deferred("not applicable"), Tone.SILENT),
    Status.POLICY_CHOICE: (CellAnswer.CHOICE, deferred("policy choice"), Tone.PLAIN),
    Status.UNKNOWN: (CellAnswer.UNKNOWN, deferred("unknown"), Tone.UNKNOWN),
}

#: What is added to an answer that is not based on words of the law alone, and its meaning.
_CERTAINTIES = {
    Certainty.TEXT: ("", deferred("based on words of the text")),
    Certainty.REPORTED: (deferred("reported"), deferred("reported by a source")),
    Certainty.DOUBTFUL: (
        deferred("doubtful"),
        deferred("doubtful: the words can be read in another way"),
    ),
    Certainty.PROPOSED: (
        deferred("proposed"),
        deferred("proposed by npcompare and not confirmed"),
    ),
}

_MEANINGS = {
    CellAnswer.YES: deferred("reaches the stage"),
    CellAnswer.PARTLY: deferred("reaches it in part, or with reservations"),
    CellAnswer.NO: deferred("does not reach it"),
    CellAnswer.SILENT: deferred("the full text is silent"),
    CellAnswer.NOT_APPLICABLE: deferred("not applicable"),
    CellAnswer.CHOICE: deferred("a policy choice"),
    CellAnswer.UNKNOWN: deferred("not known"),
}

_IN_PART = deferred(
    "“In part” means that the provision covers only a part of what the background paper describes, "
    "such as detention without arrest, or that the relief may be refused or depends on conditions."
)
_UNKNOWN = deferred(
    "“Unknown” is neither a yes nor a no: the text, or the rest of it, was not available."
)

_REACH_IT = deferred("Known to reach it")

_FLAT = "id effect stage status certainty because"


def stages(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return a row for each provision and a column for each stage, and bars of the same."""
    reach = stage_reach(corpus, results)
    name = namer(results)
    return finished(
        corpus, message(_TITLE), lambda: [_table(corpus, reach, name)], lambda: _flat(reach)
    )


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
        message(_TITLE),
        (
            *columns(provision="Provision"),
            *([Column("effect", message("Effect"), Role.FILTER)] if is_grouped else []),
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
    marks = [MARK] if step.assessment.is_proposed else []
    return cell(capitalized(_in_words(step)), _ANSWERS[step.assessment.status][2], marks)


def _in_words(step: Step) -> str:
    """Return the answer, with what it is based on unless that is the text."""
    label = _ANSWERS[step.assessment.status][1]
    qualified = _CERTAINTIES[step.certainty][0] if step.certainty else ""
    return enumerated([message(part) for part in (label, qualified) if part])


def _bar_step(step: Step) -> BarStep:
    return BarStep(_ANSWERS[step.assessment.status][0], step.certainty, _in_words(step))


def _bars(
    bars: Sequence[tuple[BarStep, ...]], groups: Sequence[str], totals: tuple[int, ...]
) -> StepBars:
    """Return the bars with the entries of the legend that they need."""
    answers = {step.answer for bar in bars for step in bar}
    certainties = {step.certainty for bar in bars for step in bar}
    return StepBars(
        tuple(bars),
        tuple(groups),
        message(_REACH_IT),
        totals,
        tuple((answer, message(label)) for answer, label in _MEANINGS.items() if answer in answers),
        tuple(
            (certainty, message(meaning))
            for certainty, (_, meaning) in _CERTAINTIES.items()
            if certainty in certainties
        ),
    )


def _remarks(
    book: Codebook, reach: StageReach, headings: Sequence[str], name: Callable[[Provision], str]
) -> Iterator[str]:
    blocks = reach.blocks
    if rows := len(blocks.members):
        yield from _remarks_on_rows(reach, headings, rows)
    yield from remarks_without_rows(book, blocks.too_little, blocks.without_rule, name)


def _remarks_on_rows(reach: StageReach, headings: Sequence[str], rows: int) -> Iterator[str]:
    """Yield how many provisions reach each stage, and how the answers are read."""
    totals = [reach.reaching(place) for place in range(len(headings))]
    names = [f"{heading[:1].lower()}{heading[1:]}" for heading in headings]
    first = plural(
        "{count} is known to reach {stage}",
        "{count} are known to reach {stage}",
        totals[0],
        stage=names[0],
    )
    others = [
        message("{count} {stage}", count=total, stage=name)
        for total, name in zip(totals[1:], names[1:], strict=True)
    ]
    yield plural(
        "Of {count} provision, {stages}.",
        "Of {count} provisions, {stages}.",
        rows,
        stages=listed([first, *others]),
    )
    yield message(_IN_PART)
    yield message(_UNKNOWN)


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
            reach.blocks.members,
            reach.blocks.too_little,
            *(members for _, members in reach.blocks.without_rule),
        )
        for member in members
        for step in reach.steps[member.provision.id]
    ]
    return flat_table(_TITLE, _FLAT, values)
