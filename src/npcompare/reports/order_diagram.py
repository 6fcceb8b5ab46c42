"""The diagram of an order: classes in its boxes, and on its lines in what provisions differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.breadth_order import further_in
from npcompare.charts import Box, Diagram, NameList
from npcompare.messages import deferred, enumerated, message, sentences
from npcompare.model.codebook import class_words
from npcompare.reports.cells import in_words, namer
from npcompare.reports.proposed_coding import marks_of
from npcompare.reports.relation_words import qualified

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.analysis.breadth_order import Order
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification

_NOT_RANKED = deferred("Not ranked: neither broader nor narrower than any other")
_UNKNOWN = deferred("Unknown: not enough is known to compare these with any other")

_PICTURE = deferred(
    "A line leads down from provisions to those that they cover, that is, those beyond which they "
    "protect wherever the two differ. Provisions that are the same share a box."
)
_NO_LINE = deferred(
    "If no line, and no path down along lines, connects two provisions, neither is shown to cover "
    "the other."
)
_NO_LINE_BUT_BESIDE = deferred(
    "If no line, and no path down along lines, connects two provisions, neither is placed above "
    "the other; some nevertheless cover others, as the table shows."
)
_KEY = deferred("In which dimensions the upper provision protects further, by line")

#: Classes in more words than this are given without the categories of offences.
_LONGEST = 64


def diagram_of(codebook: Codebook, ranking: Order) -> Diagram:
    """Return the diagram of an order; one that is too large to be read has only its names."""
    name = namer(ranking.provisions)

    def names(numbers: Iterable[int]) -> tuple[str, ...]:
        provisions = [ranking.provisions[number].provision for number in numbers]
        return tuple(" ".join((name(each), *marks_of(each))) for each in provisions)

    boxes = [(level, group) for level, groups in enumerate(ranking.levels, 1) for group in groups]
    box_of = {group[0]: place for place, (_, group) in enumerate(boxes)}
    pairs = [
        (upper, lower)
        for upper in box_of
        for lower in ranking.positions[upper].next_below
        if lower in box_of
    ]
    no_line = _NO_LINE_BUT_BESIDE if ranking.has_unranked else _NO_LINE
    lists = (_NOT_RANKED, ranking.isolated, False), (_UNKNOWN, ranking.unknown, True)
    diagram = Diagram(
        boxes=tuple(Box(names(group), level) for level, group in boxes),
        lines=tuple((box_of[upper], box_of[lower]) for upper, lower in pairs),
        reading=sentences(dimensions_compared(ranking), message(_PICTURE), message(no_line)),
        lists=tuple(
            NameList(message(heading), names(numbers), is_unknown=is_unknown)
            for heading, numbers, is_unknown in lists
            if numbers
        ),
        line_key=message(_KEY),
    )
    if not diagram.is_readable:
        return diagram
    details = [details_of(codebook, ranking, group) for _, group in boxes]
    return replace(
        diagram,
        boxes=tuple(
            replace(box, details=words) for box, words in zip(diagram.boxes, details, strict=True)
        ),
        line_words=tuple(differences(codebook, ranking, upper, lower) for upper, lower in pairs),
    )


def dimensions_compared(ranking: Order) -> str:
    """Return a sentence that names the dimensions of an order."""
    names = in_words(ranking.dimensions)
    if len(ranking.dimensions) > 1:
        return message("Dimensions compared, taken together: {dimensions}.", dimensions=names)
    return message("Dimension compared: {dimension}.", dimension=names)


def differences(codebook: Codebook, ranking: Order, upper: int, lower: int) -> str:
    """Return the dimensions in which one provision protects further than one that it covers."""
    return enumerated(
        [
            qualified(dimension.label.lower(), hedge) if hedge else dimension.label.lower()
            for dimension, hedge in further_in(codebook, ranking, upper, lower)
        ]
    )


def details_of(codebook: Codebook, ranking: Order, numbers: Iterable[int]) -> str:
    """Return the classes of provisions that are the same, in short."""
    members = [ranking.provisions[number] for number in numbers]
    parts = []
    for dimension in ranking.dimensions:
        words = dict.fromkeys(_classes(codebook, dimension, member) for member in members)
        parts.append(" / ".join(words))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _classes(codebook: Codebook, dimension: Dimension, classification: Classification) -> str:
    """Return the classes of a provision in a dimension, in as few words as are clear."""
    classified = classification.dimensions[dimension.id]
    if not classified.values:
        return message(
            "{dimension} {answer}",
            dimension=dimension.label.lower(),
            answer=dimension.label_of(classified.answers[0]),
        )
    words = class_words(codebook, classified)
    if classified.categories and "\n" not in words and len(words) <= _LONGEST:
        return words
    labels = [dimension.label_of(word).removesuffix("-based") for word in classified.values]
    return enumerated(labels)
