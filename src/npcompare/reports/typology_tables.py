"""The tables of a typology: the classes of a dimension, each with its provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, Run, Table, Tone, cell, columns, flat_table
from npcompare.messages import deferred, enumerated, message
from npcompare.model.provision import NONE_REPORTED
from npcompare.reports.cells import Cells, namer, with_place
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification


def typology_tables(
    corpus: Corpus, results: Sequence[Classification], dimension: Dimension
) -> tuple[Table, Table]:
    """Return the classes of one dimension with their definitions and provisions, and a flat table.

    The flat table has a row for each provision of each class.
    """
    cells = Cells(corpus)
    name = namer(results)
    body = []
    keys = []
    values = []
    members_of = _members(results, dimension, [word for word, _, _ in kinds(corpus, dimension)])
    separator = _separator(max(map(len, members_of.values())))
    for word, label, definition in kinds(corpus, dimension):
        members = members_of[word]
        if not members and word in _WITHOUT_CLASS:
            continue
        names = []
        for member in members:
            provision, classified = member.provision, member.dimensions[dimension.id]
            marks = dict.fromkeys(
                (*cells.caveats(provision), *cells.marks(provision, classified, word))
            )
            names.append(Run(name(provision), marks=tuple(marks)))
            values.append([word, provision.id, names[-1].text, str(classified.basis)])
        listed = _names(names, separator)
        body.append((cell(capitalized(label), Tone.STRONG), cell(definition), listed))
        keys.append(f"{dimension.id}/{word}")
    title = message("Provisions by {dimension}", dimension=dimension.label.lower())
    table = Table(
        title,
        columns(cls="Class", definition="Definition", provisions="Provisions"),
        tuple(body),
        (dimension.question,),
        cells.notes.listed(),
        row_keys=tuple(keys),
    )
    flat = flat_table(title, "class id provision basis", values)
    return table, flat


#: If a class has more provisions than these, all are named one after another, not line by line.
_MOST_LINES = 12


def _members(
    results: Sequence[Classification], dimension: Dimension, words: Iterable[str]
) -> dict[str, list[Classification]]:
    """Return the provisions that have each class or answer."""
    return {
        word: [result for result in results if word in result.dimensions[dimension.id].answers]
        for word in words
    }


def _separator(count: int) -> Run:
    """Return what is between names in a table in which a cell has so many."""
    return Run(enumerated(["", ""], is_strong=True) if count > _MOST_LINES else "\n")


def _names(names: Sequence[Run], separator: Run) -> Cell:
    """Return the names of provisions, each in a line or one after another."""
    if not names:
        return cell(message("None"))
    return Cell((names[0], *(run for name in names[1:] for run in (separator, name))))


_WITHOUT_CLASS = (NONE_REPORTED, "silent", "unknown")

_NONE_REPORTED = deferred("A source reports that there is nothing of the kind.")
#: What is said of a dimension of which a provision has no class.
UNKNOWN = deferred("The full text is not available, or this has not been coded.")


def kinds(corpus: Corpus, dimension: Dimension) -> Iterator[tuple[str, str, str]]:
    """Yield word, label and definition of each class, then of what is absent or unknown."""
    for term in dimension.classes.values():
        yield term.word, term.label, with_place(corpus, term.definition, term.source)
    yield NONE_REPORTED, dimension.label_of(NONE_REPORTED), message(_NONE_REPORTED)
    yield "silent", dimension.label_of("silent"), dimension.silence
    yield "unknown", dimension.label_of("unknown"), message(UNKNOWN)
