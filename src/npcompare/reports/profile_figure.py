"""The profile of a few provisions: where each stands in every dimension, and who is further on."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from npcompare.analysis.comparison import compare
from npcompare.analysis.profile_places import places, require_few
from npcompare.charts import Profile, ProfileMark, ProfileRow
from npcompare.document import Column, Table, Tone, cell
from npcompare.messages import deferred, message
from npcompare.model.codebook import class_words
from npcompare.model.results import Relation
from npcompare.reports import comparison_report
from npcompare.reports.cells import Cells, caveats, finished, in_words, namer
from npcompare.reports.effect_words import note_on_effects
from npcompare.reports.folding import remarks_on_folded, shown
from npcompare.reports.proposed_coding import marks_of
from npcompare.reports.relation_words import READING, Parties, parties
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.profile_places import Places
    from npcompare.document import Cell, Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification, Comparison

_TITLE = deferred("Profile of provisions")

_FURTHER, _UNKNOWN = deferred("reaches further"), deferred("not known")

#: What stands between two provisions at one place.
_SIGNS = {Relation.SAME: "=", Relation.INCOMPARABLE: "≠"}
_NO_SIGN = "?"

_LEGEND = (
    ("=", deferred("the same")),
    ("≠", deferred("neither covers the other")),
    ("?", deferred("not known which reaches further")),
)

_PLACES = deferred(
    "In the figure, a provision stands the further to the right, the further it reaches. The places"
    " of one row do not compare with those of another."
)
_OF_ONE = deferred(
    "Known of at most one of the provisions, so that there is nothing to compare: {dimensions}."
)


def profile(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return a row for each dimension, with the classes of provisions and who reaches further.

    Raises NpcompareError if there are not two to four provisions.
    """
    require_few(results)
    return _Profile(corpus, results).document()


class _Profile:
    """Makes the profile of provisions, of which the first is compared with each of the others."""

    def __init__(self, corpus: Corpus, results: Sequence[Classification]) -> None:
        self.corpus = corpus
        self.book = corpus.codebook
        self.results = results
        self.cells = Cells(corpus)
        name = namer(results)
        self.names = [name(result.provision) for result in results]
        self.comparisons = [compare(self.book, results[0], other) for other in results[1:]]
        self.parties = [_parties(comparison, at) for at, comparison in enumerate(self.comparisons)]
        self.places = {
            dimension.id: places(self.book, dimension, results)
            for dimension in shown(self.book.dimensions.values(), results, detail=False)
        }
        self.dimensions = [
            self.book.dimensions[key] for key, found in self.places.items() if found.can_be_compared
        ]

    def document(self) -> Document:
        """Return the document of the profile."""
        flat = comparison_report.comparisons(self.corpus, self.comparisons).flat
        return finished(self.corpus, message(_TITLE), lambda: [self._table()], flat)

    def _table(self) -> Table:
        relations = [self._relations(dimension) for dimension in self.dimensions]
        rows = [
            self._row(dimension, cells)
            for dimension, cells in zip(self.dimensions, relations, strict=True)
        ]
        overall = [
            comparison_report.overall_cell(comparison, names)
            for comparison, names in zip(self.comparisons, self.parties, strict=True)
        ]
        blank = [cell("")] * (len(self.results) - 1)
        pairs = zip(map(comparison_report.in_column, overall), blank, strict=True)
        last = [content for pair in pairs for content in pair]
        rows.append((cell(message("Overall"), Tone.STRONG), cell(""), *last))
        provisions = (result.provision for result in self.results)
        return Table(
            message(_TITLE),
            tuple(self._columns()),
            tuple(rows),
            (
                message(_PLACES),
                message(READING),
                *self._folded(),
                *caveats(provisions, namer(self.results)),
            ),
            self.cells.notes.listed(),
            figure=Profile(
                tuple(
                    " ".join((name, *marks_of(result.provision)))
                    for name, result in zip(self.names, self.results, strict=True)
                ),
                message(_FURTHER),
                message(_UNKNOWN),
                tuple((sign, message(label)) for sign, label in _LEGEND),
                (
                    *map(self._chart_row, self.dimensions, relations),
                    ProfileRow("", (), (), (), tuple(self._verdict(overall))),
                ),
            ),
            headnote=note_on_effects(list(self.results)),
            row_keys=(*(dimension.id for dimension in self.dimensions), "overall"),
        )

    def _folded(self) -> Iterator[str]:
        """Yield which dimensions have no row."""
        single = [
            self.book.dimensions[key]
            for key, found in self.places.items()
            if not found.can_be_compared
        ]
        if single:
            yield message(_OF_ONE, dimensions=in_words(single))
        yield from remarks_on_folded(
            list(self.book.dimensions.values()), self.results, detail=False
        )

    def _columns(self) -> Iterator[Column]:
        yield Column("dimension", message("Dimension"))
        yield Column(self.results[0].provision.id, self._heading(0))
        for at in range(1, len(self.results)):
            provision = self.results[at].provision
            pair = message("Relation")
            if len(self.results) > 2:
                pair = message("Relation of A and {letter}", letter=_letter(at))
            yield Column(f"relation-{provision.id}", pair)
            yield Column(provision.id, self._heading(at))

    def _heading(self, at: int) -> str:
        """Return the name of a provision; the relations of several call it by its letter."""
        if len(self.names) == 2:
            return self.names[at]
        return message("{heading}: {words}", heading=_letter(at), words=self.names[at])

    def _row(self, dimension: Dimension, relations: Sequence[Cell]) -> tuple[Cell, ...]:
        first, *others = (
            self.cells.classes(result.provision, result.dimensions[dimension.id])
            for result in self.results
        )
        pairs = zip(map(comparison_report.in_column, relations), others, strict=True)
        return (
            cell(dimension.label, Tone.STRONG),
            first,
            *(content for pair in pairs for content in pair),
        )

    def _relations(self, dimension: Dimension) -> list[Cell]:
        """Return the relation of the first provision to each of the others."""
        return [
            comparison_report.relation_cell(
                self.cells, comparison.in_dimension(dimension.id), names
            )
            for comparison, names in zip(self.comparisons, self.parties, strict=True)
        ]

    def _verdict(self, relations: Sequence[Cell]) -> Iterator[str]:
        """Yield the relations as they are printed beside a row."""
        for at, relation in enumerate(relations, 1):
            words = relation.text
            if len(relations) > 1:
                words = message("A and {letter}: {words}", letter=_letter(at), words=words)
            yield capitalized(words)

    def _chart_row(self, dimension: Dimension, relations: Sequence[Cell]) -> ProfileRow:
        found = self.places[dimension.id]
        words = [class_words(self.book, result.dimensions[dimension.id]) for result in self.results]
        signs = tuple(
            (*pair, _SIGNS.get(relation, _NO_SIGN)) for pair, relation in found.relations.items()
        )
        return ProfileRow(
            _group(dimension),
            _ticks(dimension, found, words),
            tuple(map(ProfileMark, found.places, words)),
            signs,
            tuple(self._verdict(relations)),
        )


def _parties(comparison: Comparison, at: int) -> Parties:
    """Return what two provisions are called: by their letters if their names do not tell."""
    left, right = comparison.left.provision, comparison.right.provision
    return parties(left, right, first="A", second=_letter(at + 1))


def _letter(number: int) -> str:
    return ascii_uppercase[number]


def _group(dimension: Dimension) -> str:
    groups = {dimension.core: message("Core"), dimension.is_detail: message("Details")}
    return groups.get(True, message("Further dimensions"))


def _ticks(dimension: Dimension, found: Places, words: Sequence[str]) -> tuple[str, ...]:
    """Return the label of each place: a rung, or the classes of the provisions that stand there."""
    if found.classes:
        return tuple(map(dimension.label_of, found.classes))
    labels: list[list[str]] = [[] for _ in range(found.count)]
    for place, label in zip(found.places, words, strict=True):
        if place is not None and label not in labels[place]:
            labels[place].append(label)
    return tuple(" / ".join(label) for label in labels)
