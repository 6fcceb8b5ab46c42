"""The heat map: the classes of many provisions in every dimension, as signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from npcompare.analysis.class_steps import STEPS, step
from npcompare.analysis.provision_blocks import blocks_by_effect
from npcompare.charts import CellAnswer, HeatMap, SignKey
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
from npcompare.messages import deferred, enumerated, message, number, plural
from npcompare.model.codebook import class_words
from npcompare.model.provision import Basis
from npcompare.reports.cells import Cells, finished, in_words, namer
from npcompare.reports.effect_words import group_heading, remarks_without_rows
from npcompare.reports.proposed_coding import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.analysis.provision_blocks import Blocks
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified

_TITLE = deferred("Classes of provisions in all dimensions")

_DETAILS_TITLE = deferred("Classes of provisions in matters of detail")

#: More columns do not fit a page beside the names of provisions.
_MOST_COLUMNS = 20

_APART = deferred("Details are in a table and a figure of their own.")

_KNOWN = deferred("Provisions with a known class")

_SIGNS = deferred(
    "Numbers are the steps of an order: a higher one reaches further; letters are classes; "
    "– the full text is silent; 0 none is reported; blank: not known."
)
_COUNTS = deferred(
    "The row of a group and the last row count the provisions with a known class in each dimension."
)
_SHADES = deferred(
    "The darker a box, the further the highest class reaches or, in a set, the more classes there "
    "are. Two boxes of one shade need not be the same."
)

_NONE, _SILENT = "0", "–"

_FLAT = "id effect dimension classes basis sign"


def heat_map(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return a row for each provision and a column for each dimension, with signs for classes."""
    return finished(
        corpus,
        message(_TITLE),
        lambda: _tables(corpus, results),
        lambda: _flat(corpus.codebook, results),
    )


def _tables(corpus: Corpus, results: Sequence[Classification]) -> list[Table]:
    """Return one table or, if it would be too wide for a page, one for the details too."""
    blocks, name = _blocks(corpus.codebook, results), namer(results)
    members = blocks.members
    dimensions = [
        dimension
        for dimension in corpus.codebook.dimensions.values()
        if any(member.dimensions[dimension.id].has_answer for member in members)
    ]
    if len(dimensions) <= _MOST_COLUMNS:
        return [_HeatTable(Cells(corpus), blocks, name, dimensions).table(message(_TITLE))]
    core = [dimension for dimension in dimensions if not dimension.is_detail]
    details = [dimension for dimension in dimensions if dimension.is_detail]
    whole = _HeatTable(Cells(corpus), blocks, name, core, has_details_apart=True)
    apart = _HeatTable(Cells(corpus), blocks, name, details)
    return [
        whole.table(message(_TITLE)),
        replace(apart.table(message(_DETAILS_TITLE)), sheet=message("Details")),
    ]


class _Row(NamedTuple):
    """A row: its cells, how dark the box of each dimension is, and its key."""

    cells: tuple[Cell, ...]
    shades: tuple[int, ...]
    key: str
    is_group: bool = False


class _HeatTable(NamedTuple):
    """What the table of a heat map has: all of its parts depend on the provisions with rows."""

    cells: Cells
    blocks: Blocks
    #: How provisions are named.
    name: Callable[[Provision], str]
    #: The dimensions that have columns.
    dimensions: Sequence[Dimension]
    #: Whether the details are in a table of their own.
    has_details_apart: bool = False

    @property
    def is_grouped(self) -> bool:
        """Whether the provisions are in groups by effect."""
        return len(self.blocks.blocks) > 1

    def table(self, title: str) -> Table:
        """Return the table."""
        rows = list(self._rows())
        return Table(
            title,
            (
                *columns(provision="Provision"),
                *map(_column, self.dimensions),
                *number_columns(known="Known"),
            ),
            tuple(row.cells for row in rows),
            tuple(self._remarks()),
            self.cells.notes.listed(),
            figure=HeatMap(
                tuple(self._legend(rows)),
                tuple(row.shades for row in rows),
                tuple(each.id for each in self.dimensions if _is_requirement(each)),
                group_rows=tuple(place for place, row in enumerate(rows) if row.is_group),
                grouped_by=message("Effect"),
            ),
            row_keys=tuple(row.key for row in rows),
            headnote=f"{self._opening()}\n{message(_SIGNS)}",
        )

    def _rows(self) -> Iterator[_Row]:
        for block in self.blocks.blocks:
            if self.is_grouped:
                heading = message(
                    "{group} ({count})",
                    group=group_heading(self.cells.book, block.effects),
                    count=len(block.members),
                )
                key = f"group {' '.join(block.effects)}"
                yield self._counts(heading, block.members, key, is_group=True)
            yield from map(self._row, block.members)
        yield self._counts(message(_KNOWN), self.blocks.members, "total")

    def _row(self, member: Classification) -> _Row:
        """Return the row of a provision."""
        provision = member.provision
        pairs = [(dimension, member.dimensions[dimension.id]) for dimension in self.dimensions]
        cells = (
            cell(self.name(provision), marks=self.cells.caveats(provision)),
            *(_sign_cell(self.cells.book, *pair) for pair in pairs),
            cell(number(_known(member))),
        )
        return _Row(cells, tuple(step(*pair) for pair in pairs), provision.id)

    def _counts(
        self, heading: str, members: Sequence[Classification], key: str, *, is_group: bool = False
    ) -> _Row:
        """Return a row that counts the provisions with a known class."""
        numbers = [
            sum(member.dimensions[dimension.id].has_answer for member in members)
            for dimension in self.dimensions
        ]
        counts = (cell(number(count), Tone.STRONG) for count in numbers)
        cells = (cell(heading, Tone.STRONG), *counts, Cell())
        return _Row(cells, (0,) * len(numbers), key, is_group)

    def _opening(self) -> str:
        count = len(self.blocks.members)
        if self.is_grouped:
            return plural(
                "{count} provision, by effect, with those of which most is known first.",
                "{count} provisions, by effect, with those of which most is known first.",
                count,
            )
        return plural(
            "{count} provision, with those of which most is known first.",
            "{count} provisions, with those of which most is known first.",
            count,
        )

    def _legend(self, rows: Iterable[_Row]) -> Iterator[SignKey]:
        """Yield the entries that the rows need."""
        yield SignKey("1", 1, message("reaches least far, or few classes"))
        yield SignKey("2", 2, "")
        yield SignKey("3", 3, "")
        yield SignKey("4", STEPS, message("reaches furthest, or most classes"))
        if any(map(_is_requirement, self.dimensions)):
            requirements = message("requirements: with more of them, it reaches less far")
            yield SignKey("A", 0, requirements, is_hatched=True)
        yield SignKey("A", 0, message("classes without an order"))
        signs = {content.text for row in rows for content in row.cells[1:-1] if content.answer}
        for sign, label in (
            (_SILENT, message("the full text is silent")),
            (_NONE, message("none is reported")),
        ):
            if sign in signs:
                yield SignKey(sign, 0, label, is_class=False)
        if "" in signs:
            yield SignKey("", 0, message("not known"), is_class=False)

    def _hidden(self) -> list[Dimension]:
        """Return the dimensions of which no class is known."""
        known = [member.dimensions for member in self.blocks.members]
        return [
            dimension
            for dimension in self.cells.book.dimensions.values()
            if not any(classes[dimension.id].has_answer for classes in known)
        ]

    def _remarks(self) -> Iterator[str]:
        members = self.blocks.members
        yield message(_SHADES)
        if self.is_grouped:
            yield message(_COUNTS)
        for dimension in self.dimensions:
            present = {
                word for member in members for word in member.dimensions[dimension.id].values
            }
            classes = [
                f"{sign} {dimension.label_of(word)}"
                for word, sign in _signs(dimension).items()
                if word in present
            ]
            if classes:
                yield message(
                    "{heading}: {names}.",
                    heading=dimension.label,
                    names=enumerated(classes, is_strong=True),
                )
        if self.has_details_apart:
            yield message(_APART)
        elif hidden := self._hidden():
            yield message("No class is known here of {dimensions}.", dimensions=in_words(hidden))
        too_little, without_rule = self.blocks.too_little, self.blocks.without_rule
        yield from remarks_without_rows(self.cells.book, too_little, without_rule, self.name)


def _blocks(book: Codebook, results: Sequence[Classification]) -> Blocks:
    def has_enough(result: Classification) -> bool:
        return _known(result) > 0

    return blocks_by_effect(book, results, lambda result: (_known(result),), has_enough)


def _known(result: Classification) -> int:
    """Return in how many dimensions a class is known."""
    return sum(classified.has_answer for classified in result.dimensions.values())


def _is_requirement(dimension: Dimension) -> bool:
    """Return whether the classes are requirements, of which more protect less."""
    return dimension.scale.kind == "all_of"


def _column(dimension: Dimension) -> Column:
    groups = {dimension.core: message("Core"), dimension.is_detail: message("Details")}
    group = groups.get(True, message("Further dimensions"))
    return Column(dimension.id, dimension.label, Role.ANSWER, group, dimension.label)


def _signs(dimension: Dimension) -> dict[str, str]:
    """Return the sign of each class: the number of its rung, or else a letter."""
    if dimension.scale.is_ranked:
        return {word: str(rung) for word, rung in dimension.scale.steps(dimension.classes).items()}
    return {word: _letter(number) for number, word in enumerate(dimension.classes)}


def _letter(number: int) -> str:
    """Return A to Z, then a to z; a vocabulary with more words repeats them."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return letters[number % len(letters)]


def _sign(dimension: Dimension, classified: Classified) -> str:
    if classified.is_none_reported:
        return _NONE
    if classified.basis is Basis.SILENT:
        return _SILENT
    signs = _signs(dimension)
    separator = "," if dimension.scale.is_ranked else ""
    return separator.join(sorted(signs[word] for word in classified.values if word in signs))


def _sign_cell(book: Codebook, dimension: Dimension, classified: Classified) -> Cell:
    sign = _sign(dimension, classified)
    marks = (MARK,) if classified.basis is Basis.PROPOSED else ()
    runs = (Run(sign, Tone.SILENT if sign == _SILENT else Tone.PLAIN, marks),) if sign else ()
    return Cell(runs, _answer(classified), words=class_words(book, classified))


def _answer(classified: Classified) -> CellAnswer:
    if classified.values:
        return CellAnswer.YES
    if classified.is_none_reported:
        return CellAnswer.NO
    return CellAnswer.SILENT if classified.basis is Basis.SILENT else CellAnswer.UNKNOWN


def _flat(book: Codebook, results: Sequence[Classification]) -> Table:
    values = [
        [
            result.provision.id,
            result.effect,
            dimension.id,
            " ".join(classified.answers),
            str(classified.basis),
            _sign(dimension, classified),
        ]
        for result in results
        for dimension in book.dimensions.values()
        for classified in (result.dimensions[dimension.id],)
    ]
    return flat_table(_TITLE, _FLAT, values)
