"""The tables of an annex in each of its layouts, from results worked out before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.classified_corpus import classified_again
from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell, flat_table
from npcompare.law.citations import cited
from npcompare.law.versions import dates_of, first_date
from npcompare.messages import (
    deferred,
    enumerated,
    in_quotation_marks,
    message,
    number,
    spaced_brackets,
    spoken,
)
from npcompare.reports.annex_recipe import COLUMN, EDITION, FORMER, TABLE, known_word
from npcompare.reports.cells import (
    Cells,
    citer,
    dimension_column,
    finished,
    marked,
)
from npcompare.reports.effect_words import effect_line
from npcompare.reports.folding import is_known, remarks_on_absences, remarks_on_unknown
from npcompare.reports.long_texts import FEWEST_COLUMNS, is_long, table_of_texts
from npcompare.reports.origin import ORIGIN_KEYS, origin
from npcompare.reports.proposed_coding import marked_text, marks_of
from npcompare.reports.row_groups import by_kind, numbers_of, provision_groups, with_rows
from npcompare.reports.source_cells import SourceList, source_cell, sources_of_text
from npcompare.reports.text_cells import text_cell
from npcompare.reports.typology_tables import typology_tables
from npcompare.text import has_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Citation, Provision
    from npcompare.model.results import Classification
    from npcompare.reports.annex_recipe import Wish


# --- A row for each provision ------------------------------------------------------------------

#: The heading of each column that is not a dimension.
_COLUMNS = {
    "jurisdiction": deferred("Jurisdiction"),
    "instrument": deferred("Instrument and provision"),
    "date": deferred("Date"),
    "words": deferred("Text of the law"),
    "source": deferred("Source"),
}

#: The columns unless others are chosen. The recipe of an annex names its columns.
DEFAULT_COLUMNS = (
    *("jurisdiction", "instrument", "scope", "threshold", "stage", "relief", "force"),
    *("words", "source"),
)


def columns_of(codebook: Codebook) -> tuple[str, ...]:
    """Return the columns that the layout with a row for each provision can have."""
    return (*_COLUMNS, *codebook.dimensions)


def provisions_in_rows(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    """Return a row for each provision."""
    book = corpus.codebook
    vocabulary = columns_of(book)
    keys = [known_word("column", key, vocabulary) for key in wish.columns or DEFAULT_COLUMNS]
    has_texts_apart = wish.texts == TABLE
    groups = provision_groups(corpus, results, wish, message("Provisions compared"))
    cite = citer(results)
    annex = _AnnexTables(corpus, keys, cite, wish)

    def tables() -> Iterator[Table]:
        for title, members in groups:
            table = annex.table(title, members)
            yield replace(
                table, subject=title if len(groups) > 1 else "", subject_heading=message("Group")
            )
        if has_texts_apart:
            yield _texts(results, cite)

    def flat() -> Table:
        texts = _text_maker(corpus, keys, cite)
        values = (
            [result.provision.id, *texts(result), result.effect, *origin(result.provision)]
            for result in classified_again(book, results)
        )
        return flat_table(title, " ".join(["id", *keys, "effect", *ORIGIN_KEYS]), values)

    title = wish.title or book.title
    return finished(corpus, title, tables, flat)


class _AnnexTables:
    """Makes the tables of an annex, with the rows of States before those of organizations."""

    def __init__(
        self, corpus: Corpus, keys: Sequence[str], cite: Callable[[Provision], str], wish: Wish
    ) -> None:
        self._corpus = corpus
        self._cite = cite
        self._wish = wish
        self._has_texts_apart = wish.texts == TABLE
        self._keys = [key for key in keys if not (self._has_texts_apart and key == "words")]
        dimensions = corpus.codebook.dimensions
        self._dimensions = [dimensions[key] for key in self._keys if key in dimensions]
        self._is_current = wish.edition == EDITION

    def table(self, title: str, members: Sequence[Classification]) -> Table:
        """Return the table of provisions; those of which nothing is known are named below it."""
        has_sources = "source" in self._keys and self._wish.texts != FORMER
        in_rows, left_out = with_rows(members, self._has_row)
        is_grouped = self._is_current and self._wish.sort != "given"
        groups = by_kind(in_rows) if is_grouped else [("", in_rows)]
        in_order = [*(member for _, group in groups for member in group), *left_out]
        sources = SourceList(self._corpus, in_order, self._dimensions)
        is_listed = has_sources and self._is_current
        cells = Cells(self._corpus, has_sources=has_sources)
        row = _row_maker(
            cells,
            self._keys,
            self._cite,
            sources.cite_in_cell if is_listed else partial(cited, self._corpus),
            has_effects=len({member.effect for member in members}) > 1,
            is_current=self._is_current,
        )
        rows: list[tuple[Cell, ...]] = []
        row_keys: list[str] = []
        group_rows: list[int] = []
        for head, group in groups:
            if head:
                group_rows.append(len(rows))
                row_keys.append(f"group {head.lower()}")
                rows.append(_group_row(message(head), len(self._keys)))
            rows += map(row, classified_again(self._corpus.codebook, group))
            row_keys += [member.provision.id for member in group]
        return Table(
            title,
            tuple(_headings(self._corpus.codebook, self._keys)),
            tuple(rows),
            (
                *self._remarks_on_texts(left_out, sources),
                *(sources.remarks() if is_listed else ()),
                *remarks_on_absences(self._dimensions, in_rows),
            ),
            notes=cells.notes.listed(),
            row_keys=tuple(row_keys),
            headnote=message("{provisions}.", provisions=numbers_of(in_rows))
            if self._is_current and len(in_rows) > 1
            else "",
            group_rows=tuple(group_rows),
        )

    def _remarks_on_texts(
        self, left_out: Iterable[Classification], sources: SourceList
    ) -> Iterator[str]:
        """Yield where the texts are, and of which provisions nothing is known."""
        if self._has_texts_apart:
            yield _see_texts()
        unknown = [self._named(member, sources) for member in left_out]
        yield from remarks_on_unknown(self._dimensions, unknown)

    def _has_row(self, member: Classification) -> bool:
        """Return whether a provision has a row: unless all that is said there is "unknown"."""
        if not self._is_current or self._wish.own_columns or not self._dimensions:
            return True
        has_text = "words" in self._keys and bool(member.provision.text.body)
        return has_text or is_known(member, self._dimensions)

    def _named(self, member: Classification, sources: SourceList) -> str:
        """Return the name of a provision without a row, and where it is reported."""
        provision = member.provision
        places = enumerated(sources_of_text(provision, sources.cite), is_strong=True)
        return f"{_full_name(provision, self._cite)}{spaced_brackets(places)}"


def _group_row(head: str, width: int) -> tuple[Cell, ...]:
    return (cell(head, Tone.STRONG), *[Cell()] * (width - 1))


def _text_maker(
    corpus: Corpus, keys: Sequence[str], cite: Callable[[Provision], str]
) -> Callable[[Classification], Iterator[str]]:
    """Return a function that makes the texts of a provision's cells."""
    row = _row_maker(Cells(corpus, is_flat=True), keys, cite, partial(cited, corpus))
    return lambda result: map(marked_text, row(result))


def _headings(book: Codebook, keys: Iterable[str]) -> Iterator[Column]:
    for key in keys:
        if key in _COLUMNS:
            yield Column(key, message(_COLUMNS[key]))
        else:
            yield dimension_column(book.dimensions[key])


#: The title of the table of texts.
_TEXTS = deferred("Texts of the law")


def _see_texts() -> str:
    """Return where the other tables refer to that of the texts."""
    title = in_quotation_marks(message(_TEXTS))
    return message("The texts are in the table {title}.", title=title)


#: The most provisions whose texts are not available that are named below the table of texts.
_MOST_NAMED = 10

#: With more rows than these, a column that is mostly empty is left out.
_MANY_ROWS = 20


def place_of_texts(results: Sequence[Classification], wish: Wish) -> str:
    """Return where an annex has its texts: as in an earlier one, or as they require.

    They follow in a table of their own if one of them is long, or if the column would be mostly
    empty in a long table.
    """
    if wish.texts or wish.layout != "annex":
        return wish.texts
    has_room = "words" not in wish.columns or len(wish.columns) < FEWEST_COLUMNS
    texts = [result.provision.text.body for result in results]
    held = sum(map(bool, texts))
    is_sparse = len(texts) > _MANY_ROWS and 0 < held < len(texts) / 3
    is_apart = not has_room and (is_sparse or any(map(is_long, texts)))
    return TABLE if is_apart else COLUMN


def _texts(results: Sequence[Classification], cite: Callable[[Provision], str]) -> Table:
    """Return the table of the texts, and which are not available."""
    rows = [
        (provision.id, _named(provision, cite), text_cell(provision))
        for provision in (result.provision for result in results)
        if provision.text.body
    ]
    missing = [result.provision for result in results if not result.provision.text.body]
    headings = message("Provision"), message(_COLUMNS["words"])
    table = table_of_texts(message(_TEXTS), headings, rows)
    if not missing:
        return table
    return replace(table, remarks=(_not_available(missing, cite),))


def _not_available(provisions: Sequence[Provision], cite: Callable[[Provision], str]) -> str:
    """Return that texts are not available; of many only how many, as their rows say so too."""
    if len(provisions) > _MOST_NAMED:
        return message(
            "Other provisions whose texts are not available: {count}.",
            count=number(len(provisions)),
        )
    names = enumerated([_full_name(provision, cite) for provision in provisions], is_strong=True)
    return message("Texts not available: {provisions}.", provisions=names)


def _full_name(provision: Provision, cite: Callable[[Provision], str]) -> str:
    return message(
        "{jurisdiction}, {instrument}",
        jurisdiction=provision.jurisdiction.name,
        instrument=cite(provision),
    )


def _named(provision: Provision, cite: Callable[[Provision], str]) -> Cell:
    name = Run(provision.jurisdiction.name, Tone.STRONG, marks_of(provision))
    return Cell((name, Run(f"\n{cite(provision)}")))


def _row_maker(  # noqa: PLR0913 - the parts of a row
    cells: Cells,
    keys: Sequence[str],
    cite: Callable[[Provision], str],
    cite_source: Callable[[Citation], str],
    *,
    has_effects: bool = False,
    is_current: bool = True,
) -> Callable[[Classification], tuple[Cell, ...]]:
    """Return a function that makes the cells of a provision.

    The marks of its caveats follow its name, and so does its effect if the provisions of a table
    differ in it.
    """
    places = [key for key in ("instrument", "jurisdiction") if key in keys]
    named_in = places[0] if places else keys[0]

    def row(result: Classification) -> tuple[Cell, ...]:
        contents = {
            key: _annex_cell(cells, result, key, cite)
            for key in keys
            if key not in {"words", "source"}
        }
        if "words" in keys:
            contents["words"] = text_cell(
                result.provision, is_flat=cells.is_flat, names_excerpts=is_current
            )
        if "source" in keys:
            contents["source"] = _source_cell(cells, result, keys, cite_source)
        # A text that is not coded has no instrument; its name is in place of the jurisdiction.
        place = places[-1] if places and result.provision.is_proposed else named_in
        contents[place] = marked(contents[place], cells.caveats(result.provision))
        effect = effect_line(cells.book, result.effect) if has_effects and places else ""
        named = contents[named_in]
        if effect and not has_word(named.text, effect):
            contents[named_in] = replace(named, runs=(*named.runs, Run(f"\n{effect}")))
        return tuple(contents[key] for key in keys)

    return row


def _annex_cell(
    cells: Cells, result: Classification, key: str, cite: Callable[[Provision], str]
) -> Cell:
    provision = result.provision
    if key == "jurisdiction":
        return cell(provision.jurisdiction.name, Tone.STRONG)
    if key == "instrument":
        return cell(cite(provision))
    if key == "date":
        date = date_of(provision)
        return cell((date if cells.is_flat else spoken(date)) if date else message("Not available"))
    return cells.classes(provision, result.dimensions[key])


def _source_cell(
    cells: Cells, result: Classification, keys: Sequence[str], cite: Callable[[Citation], str]
) -> Cell:
    if not cells.has_sources:
        return cell("\n".join(sources_of_text(result.provision, cite)))
    dimensions = [cells.book.dimensions[key] for key in keys if key in cells.book.dimensions]
    return source_cell(cite, result, dimensions, is_text_shown="words" in keys)


def date_of(provision: Provision) -> str:
    """Return the day or year of a provision: in force, enacted, or of its instrument."""
    return first_date(dates_of(provision))[0]


# --- A table for each dimension ----------------------------------------------------------------


def typology(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> Document:
    """Return a table for each dimension: its classes, each with its provisions."""
    names = [wish.group_by] if wish.group_by else wish.columns or ("scope", "threshold", "stage")
    dimensions = map(corpus.codebook.dimension, names)
    parts = [typology_tables(corpus, results, dimension) for dimension in dimensions]
    title = message("Provisions by class")
    tables = [table for table, _ in parts]
    values = tuple(row for _, flat in parts for row in flat.rows)
    return finished(corpus, title, tables, Table(title, parts[0][1].columns, values))
