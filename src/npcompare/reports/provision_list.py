"""The report of `list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from npcompare.document import Column, Document, Table, cell, columns, rows
from npcompare.messages import message
from npcompare.reports.cells import Cells, finished
from npcompare.reports.law_of_the_day import (
    in_force_word,
    is_undated,
    remarks_on_dates,
    undated_title,
)
from npcompare.reports.origin import ORIGIN_KEYS, origin
from npcompare.reports.provision_records import list_output
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


class Selection(NamedTuple):
    """The answer to conditions that were put to provisions."""

    #: For each id that matches, how.
    matches: Mapping[str, str]
    #: The sentences below the table.
    remarks: tuple[str, ...]
    #: The conditions as they were written.
    conditions: list[str]
    #: The ids for which it is unknown whether they match.
    unknown_ids: list[str]


def listing(
    corpus: Corpus, provisions: Sequence[Provision], selection: Selection | None = None
) -> Document:
    """Return a list of provisions, a row each; with a selection, how each matches."""
    title = message("{title}: provisions", title=corpus.codebook.title)
    return finished(
        corpus,
        title,
        lambda: _lists(corpus, title, provisions, selection),
        lambda: _flat_list(corpus, title, provisions, selection),
        lambda: list_output(
            corpus,
            provisions,
            selection.matches if selection else {},
            selection.conditions if selection else UNSET,
            selection.unknown_ids if selection else UNSET,
        ),
    )


def _lists(
    corpus: Corpus, title: str, provisions: Sequence[Provision], selection: Selection | None
) -> list[Table]:
    """Return the list for readers; the undated provisions have one of their own."""
    undated = [provision for provision in provisions if is_undated(corpus, provision)]
    tables = [_list(corpus, undated_title(corpus), undated, selection)] if undated else []
    dated = [provision for provision in provisions if not is_undated(corpus, provision)]
    if dated or not undated:
        tables.insert(0, _list(corpus, title, dated, selection))
    remarks = selection.remarks if selection else ()
    tables[0] = replace(tables[0], remarks=(*remarks, *remarks_on_dates(corpus, dated)))
    return tables


def _flat_list(
    corpus: Corpus, title: str, provisions: Sequence[Provision], selection: Selection | None
) -> Table:
    flat = _list(corpus, title, provisions, selection, is_flat=True)
    flat = _with_effects(corpus, flat, provisions)
    if not corpus.as_of:
        return flat
    words = [str(in_force_word(corpus, provision)) for provision in provisions]
    return replace(
        flat,
        columns=(*flat.columns, Column("in_force", "In force")),
        rows=tuple((*row, cell(word)) for row, word in zip(flat.rows, words, strict=True)),
    )


def _list(
    corpus: Corpus,
    title: str,
    provisions: Sequence[Provision],
    selection: Selection | None,
    *,
    is_flat: bool = False,
) -> Table:
    """Return the list; for programs, with labels in the case of the codebook and without marks."""
    in_case: Callable[[str], str] = str if is_flat else capitalized
    headings = columns(
        id="Id",
        jurisdiction="Jurisdiction",
        citation="Instrument and provision",
        form="Form",
        text="Text",
    )
    book = corpus.codebook
    cells = Cells(corpus)
    body = []
    for provision in provisions:
        match = [cell(selection.matches[provision.id])] if selection else []
        body.append(
            (
                cell(provision.id),
                *match,
                cell(provision.jurisdiction.name),
                cell(provision.citation, marks=() if is_flat else cells.caveats(provision)),
                cell(in_case(book.label("form", provision.form))),
                cell(in_case(book.label("text_status", provision.text.status))),
            )
        )
    if selection:
        headings = (headings[0], *columns(match="Match"), *headings[1:])
    return Table(title, headings, tuple(body), notes=cells.notes.listed())


def _with_effects(corpus: Corpus, table: Table, provisions: Sequence[Provision]) -> Table:
    """Return the list for programs: with effects and origins of provisions, and without notes."""
    values = rows(
        (corpus.codebook.effect(provision), *origin(provision)) for provision in provisions
    )
    more_columns = (Column(key, key) for key in ("effect", *ORIGIN_KEYS))
    return Table(
        table.title,
        (*table.columns, *more_columns),
        tuple((*row, *more) for row, more in zip(table.rows, values, strict=True)),
    )
