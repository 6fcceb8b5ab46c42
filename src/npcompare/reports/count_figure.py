"""The figure of counts: a dot for each provision, by its classes in each core dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.analysis.queries import possible_answers
from npcompare.charts import Certainty, Dot, DotPlot
from npcompare.document import (
    Cell,
    Column,
    Role,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    number_columns,
)
from npcompare.law.named_files import row_key
from npcompare.messages import current, deferred, message, number, plural, sentences
from npcompare.model.provision import Basis
from npcompare.reports.cells import finished, namer
from npcompare.reports.proposed_coding import MARK, marks_of
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified

_TITLE = deferred("Provisions by class")

#: What a dot means by how certain its place is; None if there is no class.
_MEANINGS: dict[Certainty | None, str] = {
    Certainty.TEXT: deferred("based on words of the text"),
    Certainty.REPORTED: deferred("reported by a source"),
    Certainty.DOUBTFUL: deferred("doubtful: the words can be read in another way"),
    Certainty.PROPOSED: deferred("proposed by npcompare and not confirmed"),
    None: deferred("no class: the full text is silent, or nothing is known"),
}

_SEVERAL = deferred("A provision with several classes has a dot in the row of each.")

#: What follows the name of a provision whose place is not based on the text alone.
_QUALIFIED = {
    Certainty.REPORTED: deferred("{name} (reported)"),
    Certainty.DOUBTFUL: deferred("{name} (doubtful)"),
    Certainty.PROPOSED: deferred("{name} (proposed)"),
}

_FLAT = "dimension class id certainty"


class _CountRow(NamedTuple):
    """A class, or another answer, and the provisions that have it, the most certain first."""

    dimension: Dimension
    word: str
    members: tuple[tuple[Provision, Certainty | None], ...]

    @property
    def label(self) -> str:
        """The label of the class or the answer."""
        return self.dimension.label_of(self.word)


def counts(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return a row for each class of the core dimensions, with the provisions that have it."""
    name = namer(results)
    rows = [
        _CountRow(dimension, word, _members(results, dimension, word, name))
        for dimension in corpus.codebook.core
        for word in possible_answers(dimension)
    ]
    # A class that no provision has is shown, but not another answer that none has.
    rows = [row for row in rows if row.members or row.word in row.dimension.classes]
    return finished(
        corpus, message(_TITLE), lambda: [_table(rows, name, len(results))], lambda: _flat(rows)
    )


def _members(
    results: Sequence[Classification],
    dimension: Dimension,
    word: str,
    name: Callable[[Provision], str],
) -> tuple[tuple[Provision, Certainty | None], ...]:
    """Return the provisions that have an answer, with the most certain ones first."""
    order = list(_MEANINGS)
    members = [
        (result.provision, _certainty(result.dimensions[dimension.id], word))
        for result in results
        if word in result.dimensions[dimension.id].answers
    ]
    language = current().language
    return tuple(
        sorted(
            members,
            key=lambda member: (order.index(member[1]), row_key(name(member[0]), language)),
        )
    )


def _certainty(classified: Classified, word: str) -> Certainty | None:
    """Return how certain an answer is; None if the text is silent or nothing is known."""
    reasons = [reason for reason in classified.because if reason.value == word]
    if not reasons:
        return None
    bases = {reason.basis for reason in reasons}
    if Basis.PROPOSED in bases:
        return Certainty.PROPOSED
    if any(reason.doubt for reason in reasons):
        return Certainty.DOUBTFUL
    return Certainty.REPORTED if Basis.REPORTED in bases else Certainty.TEXT


def _table(rows: Sequence[_CountRow], name: Callable[[Provision], str], count: int) -> Table:
    certainties = {certainty for row in rows for _, certainty in row.members}
    total = plural("Total: {count} provision.", "Total: {count} provisions.", count)
    return Table(
        message(_TITLE),
        (
            Column("dimension", message("Dimension"), Role.FILTER),
            Column("class", message("Class")),
            *number_columns(count="Provisions"),
            *columns(names="Names"),
        ),
        tuple(
            (
                Cell((Run(row.dimension.label),), values=(row.dimension.label,)),
                cell(capitalized(row.label), Tone.STRONG),
                cell(number(len(row.members))),
                Cell(tuple(_names(row, name))),
            )
            for row in rows
        ),
        (sentences(total, message(_SEVERAL)),),
        figure=DotPlot(
            tuple(row.label for row in rows),
            tuple(row.dimension.label for row in rows),
            tuple(
                tuple(
                    Dot(" ".join((name(provision), *marks_of(provision))), certainty)
                    for provision, certainty in row.members
                )
                for row in rows
            ),
            tuple(
                (certainty, message(meaning))
                for certainty, meaning in _MEANINGS.items()
                if certainty in certainties
            ),
        ),
        row_keys=tuple(f"{row.dimension.id}/{row.word}" for row in rows),
    )


def _names(row: _CountRow, name: Callable[[Provision], str]) -> Iterator[Run]:
    """Yield the names of provisions; what is not based on the text alone says so."""
    separator = current().strong_separator
    end = separator.rstrip()
    space = separator[len(end) :]
    for place, (provision, certainty) in enumerate(row.members):
        words = name(provision)
        if certainty in _QUALIFIED:
            words = message(_QUALIFIED[certainty], name=words)
        marks = (MARK,) if certainty is Certainty.PROPOSED else ()
        yield Run(f"{space if place else ''}{words}", Tone.PLAIN, marks)
        if place + 1 < len(row.members):
            yield Run(end)


def _flat(rows: Sequence[_CountRow]) -> Table:
    values = [
        [row.dimension.id, row.word, provision.id, str(certainty or "")]
        for row in rows
        for provision, certainty in row.members
    ]
    return flat_table(_TITLE, _FLAT, values)
