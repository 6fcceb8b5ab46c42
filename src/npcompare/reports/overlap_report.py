"""The overlap of `figure overlap`: which stages and thresholds provisions have together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.class_overlap import combinations_of
from npcompare.charts import Intersection, SetOverlap, SetRow
from npcompare.document import (
    Cell,
    Column,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    number_columns,
)
from npcompare.messages import current, deferred, enumerated, message, number, plural
from npcompare.reports.cells import Cells, finished, in_words, namer
from npcompare.reports.effect_words import WITHOUT_RULE
from npcompare.reports.order_report import TOO_LARGE
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.analysis.class_overlap import Combination, Combinations
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_DIMENSIONS = ("stage", "threshold")

#: What stands for no class of a dimension.
_NONE = deferred("none")

_READING = deferred(
    "Each provision is counted once, in the combination of all its classes. It is not shown to "
    "have any other class; where only a part of the text was available, it may have one."
)


def overlap(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return the combinations of stages and thresholds, and their table."""
    dimensions = [corpus.codebook.dimension(name) for name in _DIMENSIONS]
    found = combinations_of(dimensions, results)
    title = message("Provisions by {dimensions} together", dimensions=in_words(dimensions))

    def tables() -> Iterator[Table]:
        yield _table(corpus, dimensions, found, title)

    values = (
        [
            *(" ".join(_words(combination, dimension)) for dimension in dimensions),
            str(len(combination.members)),
            " ".join(member.provision.id for member in combination.members),
        ]
        for combination in found.combinations
    )
    flat = flat_table(title, f"{' '.join(_DIMENSIONS)} number provisions", values)
    return finished(corpus, title, tables, flat)


def _words(combination: Combination, dimension: Dimension) -> list[str]:
    return [word for name, word in combination.classes if name == dimension.id]


def _table(
    corpus: Corpus, dimensions: Sequence[Dimension], found: Combinations, title: str
) -> Table:
    cells = Cells(corpus)
    everyone = [member for each in found.combinations for member in each.members]
    name = namer((*everyone, *found.unknown))
    body = tuple(
        (
            *(cell(capitalized(_labels(combination, dimension))) for dimension in dimensions),
            cell(number(len(combination.members)), Tone.STRONG),
            _members(cells, combination.members, name),
        )
        for combination in found.combinations
    )
    figure = _figure(dimensions, found, name)
    return Table(
        title,
        (
            *(Column(dimension.id, dimension.label) for dimension in dimensions),
            *number_columns(number="Number"),
            *columns(provisions="Provisions"),
        ),
        body,
        remarks=tuple(_remarks(found, name, figure)),
        notes=cells.notes.listed(),
        figure=figure,
        row_keys=tuple(
            " ".join(word for _, word in each.classes) or _NONE for each in found.combinations
        ),
        headnote=_opening(found),
    )


def _labels(combination: Combination, dimension: Dimension) -> str:
    labels = list(map(dimension.label_of, _words(combination, dimension)))
    return enumerated(labels, is_strong=True) or message(_NONE)


def _members(
    cells: Cells, members: Iterable[Classification], name: Callable[[Provision], str]
) -> Cell:
    runs: list[Run] = []
    for member in members:
        runs += [Run(current().strong_separator)] * bool(runs)
        runs.append(Run(name(member.provision), marks=cells.caveats(member.provision)))
    return Cell(tuple(runs))


def _opening(found: Combinations) -> str:
    count = sum(len(combination.members) for combination in found.combinations)
    return message(
        "{provisions} in {combinations} of classes, the largest first.",
        provisions=plural("{count} provision", "{count} provisions", count),
        combinations=plural("{count} combination", "{count} combinations", len(found.combinations)),
    )


def _remarks(
    found: Combinations, name: Callable[[Provision], str], figure: SetOverlap
) -> Iterator[str]:
    if found.combinations:
        yield message(_READING)
    if found.unknown:
        names = [name(result.provision) for result in found.unknown]
        yield message(
            "Not counted, because not all of their classes are known ({count}): {names}.",
            count=len(names),
            names=enumerated(names, is_strong=True),
        )
    for effect, members in found.without_rule:
        names = [member.provision.label for member in members]
        yield message(
            "{reason} ({count}): {provisions}.",
            reason=message(WITHOUT_RULE[effect]),
            count=len(names),
            provisions=enumerated(names, is_strong=True),
        )
    if not figure.is_readable:
        yield message(TOO_LARGE)


def _figure(
    dimensions: Sequence[Dimension], found: Combinations, name: Callable[[Provision], str]
) -> SetOverlap:
    classes = [(dimension, word) for dimension in dimensions for word in dimension.classes]
    sets = tuple(
        SetRow(
            dimension.label_of(word),
            dimension.label,
            sum(
                len(combination.members)
                for combination in found.combinations
                if (dimension.id, word) in combination.classes
            ),
        )
        for dimension, word in classes
    )
    intersections = tuple(
        Intersection(
            tuple(
                place
                for place, (dimension, word) in enumerate(classes)
                if (dimension.id, word) in combination.classes
            ),
            tuple(name(member.provision) for member in combination.members),
        )
        for combination in found.combinations
    )
    return SetOverlap(sets, intersections, message("Provisions"), message(_NONE))
