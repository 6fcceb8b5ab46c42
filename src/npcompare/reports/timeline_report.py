"""The timeline of `figure timeline`: when provisions of each threshold were adopted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis.adoption import adoptions
from npcompare.analysis.queries import possible_answers
from npcompare.charts import Moment, NameList, Shape, Timeline
from npcompare.document import Table, Tone, cell, columns, flat_table
from npcompare.law.versions import DatedBy
from npcompare.messages import deferred, enumerated, message, plural, spoken
from npcompare.reports.cells import Cells, finished, in_words
from npcompare.reports.effect_words import WITHOUT_RULE, effect_line
from npcompare.reports.order_report import TOO_LARGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.adoption import Adoption, Adoptions
    from npcompare.document import Cell, Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification

_DIMENSION = "threshold"

#: What a date is, in a column of its own and before the date.
_DATED_BY = {
    DatedBy.IN_FORCE: (deferred("in force from"), deferred("in force from {date}")),
    DatedBy.ENACTED: (deferred("enacted"), deferred("enacted {date}")),
    DatedBy.INSTRUMENT: (
        deferred("year of the instrument"),
        deferred("year of the instrument {date}"),
    ),
}

#: The shape of each effect, and what the marks of that shape are.
_SHAPES = {
    "operative": Shape.CIRCLE,
    "obligation": Shape.SQUARE,
    "recommendation": Shape.DIAMOND,
    "model": Shape.DIAMOND,
}
_LABELS = {
    Shape.CIRCLE: deferred("operative law of a State or of a part of one"),
    Shape.SQUARE: deferred("obligation of States or authorities"),
    Shape.DIAMOND: deferred("recommendation, guidance or model"),
    Shape.TRIANGLE: deferred("effect not known"),
}

_NOT_DATED = deferred("Without a date, so without a place in time")

_LEFT_OUT = {
    **WITHOUT_RULE,
    "bill": deferred("Bills and texts that are not coded, which are not adopted law"),
}

_DATE_RULE = deferred(
    "Each mark is in its year: that of the entry into force or, if it is not known, of the "
    "enactment or else of the instrument. An article may have been added to its instrument later, "
    "so a mark in the year of the instrument is hollow."
)
_SEVERAL = deferred("A provision with several classes is in the lane of each.")
_UNTIL = deferred(
    "A provision without a bar may or may not still be in force: its last day is not known."
)


def timeline(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return the timeline of the thresholds of provisions, and its table."""
    dimension = corpus.codebook.dimension(_DIMENSION)
    found = adoptions(results)
    title = message("Adoption of provisions by {dimension}", dimension=in_words([dimension]))

    def tables() -> Iterator[Table]:
        yield _table(corpus, dimension, found, title)

    values = (
        [
            *(adoption.result.provision.id, adoption.date, _date_key(adoption), adoption.until),
            *(" ".join(adoption.result.dimensions[dimension.id].answers), adoption.result.effect),
        ]
        for adoption in (*found.dated, *found.undated)
    )
    flat = flat_table(title, f"id date dated_by until {dimension.id} effect", values)
    return finished(corpus, title, tables, flat)


def _date_key(adoption: Adoption) -> str:
    return adoption.dated_by.name.lower() if adoption.dated_by else ""


def _table(corpus: Corpus, dimension: Dimension, found: Adoptions, title: str) -> Table:
    cells = Cells(corpus)
    name = _namer((*found.dated, *found.undated))

    def row(adoption: Adoption) -> tuple[Cell, ...]:
        result = adoption.result
        effect = effect_line(cells.book, result.effect) or cells.book.label("effect", result.effect)
        return (
            cell(spoken(adoption.date), Tone.STRONG)
            if adoption.date
            else cell(message("not known"), Tone.UNKNOWN),
            cell(message(_DATED_BY[adoption.dated_by][0]) if adoption.dated_by else ""),
            cell(name(adoption), marks=cells.caveats(result.provision)),
            cell(effect[:1].upper() + effect[1:]),
            cells.classes(result.provision, result.dimensions[dimension.id]),
            cell(spoken(adoption.until) if adoption.until else ""),
        )

    headings = columns(
        date="Date",
        dated_by="Which date",
        provision="Provision",
        effect="Effect",
        threshold=dimension.label,
        until="In force until",
    )
    figure = _figure(dimension, found, name)
    return Table(
        title,
        headings,
        tuple(row(adoption) for adoption in (*found.dated, *found.undated)),
        remarks=tuple(_remarks(dimension, found, figure)),
        notes=cells.notes.listed(),
        figure=figure,
        row_keys=tuple(adoption.result.provision.id for adoption in (*found.dated, *found.undated)),
        headnote=_opening(found),
    )


def _namer(adoptions_named: Sequence[Adoption]) -> Callable[[Adoption], str]:
    """Return a function that names provisions: with the id if label and date are not enough."""
    count = Counter(
        (adoption.result.provision.label, adoption.date) for adoption in adoptions_named
    )

    def name(adoption: Adoption) -> str:
        provision = adoption.result.provision
        is_single = count[provision.label, adoption.date] == 1
        if is_single:
            return provision.label
        return message("{name} ({detail})", name=provision.label, detail=provision.id)

    return name


def _opening(found: Adoptions) -> str:
    if not found.dated and not found.undated:
        return message("No provision with a date.")
    undated = len(found.undated)
    if not found.dated:
        return plural(
            "No provision with a date; {count} more without a date.",
            "No provision with a date; {count} more without a date.",
            undated,
        )
    years = {"first": str(found.dated[0].year), "last": str(found.dated[-1].year)}
    if not undated:
        return plural(
            "{count} provision with a date, {first} to {last}.",
            "{count} provisions with a date, {first} to {last}.",
            len(found.dated),
            **years,
        )
    return plural(
        "{count} provision with a date, {first} to {last}; {undated} more without a date.",
        "{count} provisions with a date, {first} to {last}; {undated} more without a date.",
        len(found.dated),
        **years,
        undated=undated,
    )


def _remarks(dimension: Dimension, found: Adoptions, figure: Timeline) -> Iterator[str]:
    if found.dated:
        yield message(_DATE_RULE)
        yield message(_UNTIL)
    if any(len(_answers(dimension, adoption)) > 1 for adoption in found.dated):
        yield message(_SEVERAL)
    for effect, members in found.left_out:
        names = [member.provision.label for member in members]
        yield message(
            "{reason} ({count}): {provisions}.",
            reason=message(_LEFT_OUT[effect]),
            count=len(names),
            provisions=enumerated(names, is_strong=True),
        )
    if figure.moments and not figure.is_readable:
        yield message(TOO_LARGE)


def _answers(dimension: Dimension, adoption: Adoption) -> tuple[str, ...]:
    return adoption.result.dimensions[dimension.id].answers


# --- The figure --------------------------------------------------------------------------------


def _figure(dimension: Dimension, found: Adoptions, name: Callable[[Adoption], str]) -> Timeline:
    present = {answer for adoption in found.dated for answer in _answers(dimension, adoption)}
    answers = [
        answer
        for answer in possible_answers(dimension)
        if answer in dimension.classes or answer in present
    ]
    moments = tuple(
        _moment(adoption, name(adoption), lane)
        for lane, answer in enumerate(answers)
        for adoption in found.dated
        if answer in _answers(dimension, adoption)
    )
    undated = tuple(name(adoption) for adoption in found.undated)
    used = {moment.shape for moment in moments}
    return Timeline(
        lanes=tuple(map(dimension.label_of, answers)),
        moments=moments,
        shapes=tuple((shape, message(label)) for shape, label in _LABELS.items() if shape in used),
        vague=message("only the year of the instrument is known"),
        bar=message("in force until a known year"),
        lists=(NameList(message(_NOT_DATED), undated, is_unknown=True),) if undated else (),
    )


def _moment(adoption: Adoption, name: str, lane: int) -> Moment:
    words = message("not known")
    if adoption.dated_by:
        words = message(_DATED_BY[adoption.dated_by][1], date=spoken(adoption.date))
    if adoption.until:
        words = message("{words}, until {date}", words=words, date=spoken(adoption.until))
    return Moment(
        name=name,
        lane=lane,
        year=adoption.year,
        shape=_SHAPES.get(adoption.result.effect, Shape.TRIANGLE),
        words=words,
        last_year=adoption.last_year,
        is_vague=adoption.dated_by is DatedBy.INSTRUMENT,
        key=adoption.result.provision.id,
    )
