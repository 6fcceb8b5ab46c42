"""The report of `order`: provisions of like effect by how far they protect."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import (
    Cell,
    Column,
    Run,
    Table,
    Tone,
    cell,
    columns,
    number_columns,
)
from npcompare.messages import deferred, enumerated, message, plural, sentences
from npcompare.model.provision import Basis
from npcompare.model.results import Relation
from npcompare.reports.cells import MOST_NAMED, Cells, clause, finished, id_and_name, in_words
from npcompare.reports.effect_words import provisions_of
from npcompare.reports.fuller_rows import remarks_on_same_law
from npcompare.reports.order_diagram import (
    details_of,
    diagram_of,
    differences,
    dimensions_compared,
)
from npcompare.reports.order_records import flat_order, order_output
from npcompare.reports.proposed_coding import remarks_on_effects
from npcompare.reports.relation_words import protects_further
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from npcompare.analysis.breadth_order import Order, Orders, Position
    from npcompare.charts import Diagram
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification

_TITLE = deferred("Order of protective breadth")
_NOT_COMPARED = deferred("Not compared with others")

#: Why provisions of some effects are not compared.
_REASONS = {
    "none": deferred("No specific provision is reported."),
    "finding": deferred("A finding contains no rule."),
    "unknown": deferred("The effect of these is not known."),
}
_SINGLE = deferred("No other provision here is of this effect.")

#: The dimensions, as a rule not compared, in which provisions that are the same often differ.
_OFTEN_DIFFERENT = ("relief", "tests", "conditions", "burden")

#: A provision may cover more than this; then those next below it are counted, not named.
_MOST_BELOW = 24

_READING = deferred(
    "A provision is placed above another if it is shown to cover it, that is, if it protects "
    "further wherever the two differ. Provisions at level 1 have no other above them; any other "
    "provision is one level below the lowest provision above it. Provisions that are the same "
    "share a row. A higher level does not by itself mean that a provision covers one at a lower "
    "level: it does so only if steps from one provision to the next below lead from the first to "
    "the second."
)
_FOLLOWED = deferred(
    "Each provision that is next below is followed by the dimensions in which the upper provision "
    "protects further."
)
_BESIDE = deferred(
    "“Also covers” lists provisions that are narrower than, or the same as, the provision in the "
    "row, although they cover others that it is not shown to cover. In these dimensions one "
    "provision may cover a second, and the second a third, although the first does not cover the "
    "third, because two provisions are compared only where both apply. This does not occur when "
    "scope, threshold, stage and persons are taken together."
)
_SOME_UNKNOWN = deferred(
    "Unknown relations are not drawn and are counted neither as the same nor as incomparable, "
    "since they could prove to be either."
)

TOO_LARGE = deferred(
    "The picture is left out because it would be too large to read. Name fewer provisions to "
    "include it."
)


def order(corpus: Corpus, result: Orders) -> Document:
    """Return the levels, the provisions not ranked, and the unknown; as data, every relation."""
    return finished(
        corpus,
        message(_TITLE),
        lambda: _tables(corpus, result),
        lambda: flat_order(message(_TITLE), result),
        lambda: order_output(corpus, result),
    )


def _tables(corpus: Corpus, result: Orders) -> Iterator[Table]:
    for ranking in result.orders:
        diagram = diagram_of(corpus.codebook, ranking)
        first_table, *tables = _tables_of(corpus, ranking, diagram)
        remarks = tuple(_remarks(corpus, ranking, diagram))
        yield replace(first_table, remarks=remarks, figure=diagram)
        yield from tables
    if result.not_compared:
        yield _not_compared(corpus, result)


def _tables_of(corpus: Corpus, ranking: Order, diagram: Diagram) -> Iterator[Table]:
    """Yield the tables of one order."""
    if ranking.levels:
        yield _levels(corpus, ranking, is_small=diagram.is_readable)
    if ranking.isolated:
        yield _not_ranked(corpus, ranking)
    if ranking.unknown:
        yield _not_known(corpus, ranking)


def _provisions_named(corpus: Corpus, ranking: Order) -> str:
    """Return what the provisions of an order are called at the start of a title."""
    if not ranking.effects:
        return message("Provisions")
    provisions = provisions_of(corpus.codebook, ranking.effects)
    return f"{provisions[0].upper()}{provisions[1:]}"


def _levels(corpus: Corpus, ranking: Order, *, is_small: bool) -> Table:
    """Return a row for provisions of a level that are the same, and in a small order why."""
    cells = Cells(corpus)
    body = []
    for level, groups in enumerate(ranking.levels, 1):
        for group in groups:
            for numbers in _alike(ranking, group):
                position = ranking.positions[numbers[0]]
                equals = [number for number in group if number not in numbers]
                provisions = _provisions(cells, ranking, numbers, equals)
                if is_small:
                    details = details_of(cells.book, ranking, numbers)
                    provisions = Cell((*provisions.runs, Run(f"\n{details}")))
                row = (
                    cell(str(level), Tone.STRONG),
                    provisions,
                    cell(_below(cells.book, ranking, numbers[0], is_small=is_small)),
                    *_relation_cells(ranking, position),
                )
                body.append(row)
    return Table(
        message(
            "{provisions}, from the broadest protection to the narrowest",
            provisions=_provisions_named(corpus, ranking),
        ),
        (
            *number_columns(level="Level"),
            *columns(provisions="Provisions", below="Next below"),
            *_relation_headings(ranking),
        ),
        tuple(body),
        notes=cells.notes.listed(),
    )


def _below(book: Codebook, ranking: Order, number: int, *, is_small: bool) -> str:
    """Return what is next below a provision and, in a small order, in what it protects less."""
    below = ranking.positions[number].next_below
    if not is_small or len(below) > _MOST_BELOW:
        return _ids(ranking, below, _MOST_BELOW)
    names = [
        message(
            "{heading}: {words}",
            heading=ranking.provisions[lower].provision.id,
            words=differences(book, ranking, number, lower),
        )
        for lower in below
    ]
    return enumerated(names, is_strong=True)


def _remarks(corpus: Corpus, ranking: Order, diagram: Diagram) -> Iterator[str]:
    reading = [message(_READING)] if ranking.levels else []
    yield sentences(dimensions_compared(ranking), *reading)
    provisions = [classification.provision for classification in ranking.provisions]
    yield from remarks_on_effects(provisions)
    yield from remarks_on_same_law(corpus, provisions)
    if ranking.levels and (
        in_part := sum(not each.text.is_whole and not each.is_proposed for each in provisions)
    ):
        yield plural(
            "Of {count} provision only a part or a description of the text was available; what "
            "the rest may except or require is not known.",
            "Of {count} provisions only a part or a description of the text was available; what "
            "the rest may except or require is not known.",
            in_part,
        )
    yield from _other_differences(corpus.codebook, ranking)
    if diagram.lines and diagram.is_readable:
        yield message(_FOLLOWED)
    if ranking.has_unranked:
        yield message(_BESIDE)
    if ranking.levels:
        if any(position.relations[Relation.UNKNOWN] for position in ranking.positions):
            yield message(_SOME_UNKNOWN)
        yield from _hedges(ranking)
        yield from _doubts(ranking)
    if any(
        position.relations[relation].bit_count() > MOST_NAMED
        for position in ranking.positions
        for relation in Relation
    ):
        yield message(
            "Where there are more than {count} provisions, only their number is given.",
            count=MOST_NAMED,
        )
    if not diagram.is_readable:
        yield message(TOO_LARGE)


def _other_differences(codebook: Codebook, ranking: Order) -> Iterator[str]:
    """Yield that the same provisions may differ in what is not compared, if any are the same."""
    others = [
        codebook.dimensions[name]
        for name in _OFTEN_DIFFERENT
        if name in codebook.dimensions and codebook.dimensions[name] not in ranking.dimensions
    ]
    if others and any(position.equals for position in ranking.positions):
        yield message(
            "Provisions that are the same in the dimensions compared may still differ in others, "
            "such as {dimensions}.",
            dimensions=in_words(others),
        )


def _hedges(ranking: Order) -> Iterator[str]:
    """Yield which steps between classes of the provisions are qualified."""
    for dimension in ranking.dimensions:
        classes = {
            word
            for classification in ranking.provisions
            for word in classification.dimensions[dimension.id].values
        }
        yield from hedges(dimension, classes)


def hedges(dimension: Dimension, classes: Collection[str]) -> Iterator[str]:
    """Yield which steps between some classes of a dimension are qualified."""
    for step in dimension.order:
        if step.hedge and step.wider in classes and step.narrower in classes:
            wider, narrower = (dimension.label_of(word) for word in (step.wider, step.narrower))
            sentence = protects_further(wider, narrower, step.hedge)
            if step.source:
                statement = clause(sentence)
                sentence = message(
                    "{statement} ({place}).", statement=statement, place=step.source.place
                )
            yield sentence


def _doubts(ranking: Order) -> Iterator[str]:
    """Yield the provisions with doubtful readings, on which their places depend."""
    doubtful = []
    for classification in ranking.provisions:
        dimensions = [
            dimension
            for dimension in ranking.dimensions
            if any(reason.doubt for reason in classification.dimensions[dimension.id].because)
        ]
        if dimensions:
            doubtful.append(
                message(
                    "{name} ({detail})",
                    name=classification.provision.id,
                    detail=in_words(dimensions),
                )
            )
    if doubtful:
        names = enumerated(doubtful, is_strong=True)
        yield message(
            "Some readings are doubtful; on the other reading the place could differ: {names}.",
            names=names if len(doubtful) <= _MOST_BELOW else _counted(len(doubtful)),
        )


def _counted(number: int) -> str:
    return plural("{count} provision", "{count} provisions", number)


def _alike(ranking: Order, group: Sequence[int]) -> list[list[int]]:
    """Return equal provisions grouped by their relations to all others, which may differ."""
    groups: dict[tuple[object, ...], list[int]] = {}
    members = sum(1 << number for number in group)
    for number in group:
        position = ranking.positions[number]
        relations = (position.unranked, *(mask & ~members for mask in position.relations.values()))
        groups.setdefault(relations, []).append(number)
    return list(groups.values())


def _provisions(
    cells: Cells, ranking: Order, numbers: Iterable[int], equals: Sequence[int] = ()
) -> Cell:
    runs: list[Run] = []
    for number in numbers:
        provision = ranking.provisions[number].provision
        runs += [Run("\n")] * bool(runs)
        runs += id_and_name(
            cells, provision, attrgetter("label"), message("{heading}: ", heading="")
        )
    if equals:
        runs.append(Run("\n" + message("the same as {names}", names=_ids(ranking, equals))))
    return Cell(tuple(runs))


def _relation_headings(ranking: Order) -> tuple[Column, ...]:
    headings = columns(incomparable="Incomparable with", unknown="Unknown relation to")
    return (*columns(aside="Also covers"), *headings) if ranking.has_unranked else headings


def _relation_cells(ranking: Order, position: Position) -> Iterator[Cell]:
    if ranking.has_unranked:
        yield cell(_ids(ranking, position.unranked))
    incomparable = tuple(position.related(Relation.INCOMPARABLE))
    yield cell(_ids(ranking, incomparable), Tone.INCOMPARABLE)
    unknown = tuple(position.related(Relation.UNKNOWN))
    yield cell(_ids(ranking, unknown), Tone.UNKNOWN)


def _ids(ranking: Order, numbers: Sequence[int], limit: int = MOST_NAMED) -> str:
    if len(numbers) > limit:
        return _counted(len(numbers))
    return enumerated([ranking.provisions[number].provision.id for number in numbers])


def _not_ranked(corpus: Corpus, ranking: Order) -> Table:
    cells = Cells(corpus)
    body = tuple(
        (
            _provisions(cells, ranking, [number]),
            *_relation_cells(ranking, ranking.positions[number]),
        )
        for number in ranking.isolated
    )
    headings = (*columns(provisions="Provision"), *_relation_headings(ranking))
    return Table(
        message(
            "{provisions} not ranked: neither broader nor narrower than any other",
            provisions=_provisions_named(corpus, ranking),
        ),
        headings,
        body,
        notes=cells.notes.listed(),
    )


def _not_known(corpus: Corpus, ranking: Order) -> Table:
    cells = Cells(corpus)
    body = tuple(
        (
            _provisions(cells, ranking, [number]),
            cell(_missing(ranking, ranking.provisions[number]), Tone.UNKNOWN),
        )
        for number in ranking.unknown
    )
    headings = columns(provisions="Provision", why="What is not known")
    title = message(
        "{provisions} of which not enough is known to compare them with any other",
        provisions=_provisions_named(corpus, ranking),
    )
    return Table(title, headings, body, notes=cells.notes.listed())


def _not_compared(corpus: Corpus, result: Orders) -> Table:
    """Return a row for each effect of which no two provisions can be compared."""
    cells = Cells(corpus)
    separator = enumerated(("", ""))
    body = []
    for group in result.not_compared:
        effect = group.effects[0]
        is_known = effect != Basis.UNKNOWN
        label = corpus.codebook.label("effect", effect) if is_known else message("unknown")
        runs: list[Run] = []
        for member in group.members:
            marks = cells.caveats(member.provision)
            runs += [Run(separator)] * bool(runs) + [Run(member.provision.id, marks=marks)]
        reason = message(_REASONS.get(effect, _SINGLE))
        body.append((cell(capitalized(label), Tone.STRONG), Cell(tuple(runs)), cell(reason)))
    headings = columns(effect="Effect", provisions="Provisions", why="Reason")
    notes = cells.notes.listed()
    return Table(message(_NOT_COMPARED), headings, tuple(body), notes=notes)


def _missing(ranking: Order, classification: Classification) -> str:
    """Return what is not known of a provision in the dimensions compared."""
    unknown, partly_unknown = [], []
    for dimension in ranking.dimensions:
        classified = classification.dimensions[dimension.id]
        if classified.basis is Basis.UNKNOWN:
            unknown.append(dimension)
        elif any(limb.values is None for limb in classified.limbs):
            partly_unknown.append(dimension)
    parts = [in_words(unknown)] if unknown else []
    if partly_unknown:
        parts.append(message("part of {dimensions}", dimensions=in_words(partly_unknown)))
    if not parts:
        return message("details, of this provision or of the others, that would decide it")
    return enumerated(parts, is_strong=True)
