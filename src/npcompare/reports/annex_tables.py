"""The tables of an annex in each of its layouts, from results worked out before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.classified_corpus import classified_again
from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell, flat_table
from npcompare.law.citations import cited
from npcompare.law.versions import dates_of, first_date
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.reports import (
    alignment_report,
    classification_report,
    comparison_report,
    gap_report,
)
from npcompare.reports.annex_recipe import known_word
from npcompare.reports.cells import (
    Cells,
    citer,
    dimension_column,
    finished,
    marked,
    own_source,
)
from npcompare.reports.effect_words import effect_line
from npcompare.reports.origin import ORIGIN_KEYS, origin
from npcompare.reports.proposed_coding import marked_text
from npcompare.reports.row_groups import provision_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.analysis.annex_content import AnnexContent
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification
    from npcompare.reports.annex_recipe import Wish


# --- A row for each provision ------------------------------------------------------------------

#: The heading of each column that is not a dimension.
_COLUMNS = {
    "jurisdiction": "Jurisdiction",
    "instrument": "Instrument and provision",
    "date": "Date",
    "words": "Text of the law",
    "source": "Source",
}
#: The columns unless others are chosen. The recipe of an annex names its columns.
DEFAULT_COLUMNS = (
    *("jurisdiction", "instrument", "scope", "threshold", "stage", "relief", "force"),
    *("words", "source"),
)


def columns_of(codebook: Codebook) -> tuple[str, ...]:
    """Return the columns that the layout with a row for each provision can have."""
    return (*_COLUMNS, *codebook.dimensions)


def provisions_in_rows(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a row for each provision."""
    del content
    book = corpus.codebook
    vocabulary = columns_of(book)
    keys = [known_word("column", key, vocabulary) for key in wish.columns or DEFAULT_COLUMNS]
    headings = tuple(
        Column(key, _COLUMNS[key]) if key in _COLUMNS else dimension_column(book.dimensions[key])
        for key in keys
    )
    groups = provision_groups(corpus, results, wish, "Provisions compared")
    cite = citer(results)

    def tables() -> Iterator[Table]:
        for title, members in groups:
            cells = Cells(corpus)
            has_effects = len({member.effect for member in members}) > 1
            row = _row_maker(cells, keys, cite, has_effects=has_effects)
            body = tuple(map(row, classified_again(book, members)))
            yield Table(
                title,
                headings,
                body,
                notes=cells.notes.listed(),
                row_keys=tuple(member.provision.id for member in members),
                subject=title if len(groups) > 1 else "",
                subject_heading="Group",
            )

    def flat() -> Table:
        texts = _text_maker(corpus, keys, cite)
        values = (
            [result.provision.id, *texts(result), result.effect, *origin(result.provision)]
            for result in classified_again(book, results)
        )
        return flat_table(title, " ".join(["id", *keys, "effect", *ORIGIN_KEYS]), values)

    title = wish.title or book.title
    return finished(corpus, title, tables, flat)


def _text_maker(
    corpus: Corpus, keys: Sequence[str], cite: Callable[[Provision], str]
) -> Callable[[Classification], Iterator[str]]:
    """Return a function that makes the texts of a provision's cells."""
    row = _row_maker(Cells(corpus), keys, cite)
    return lambda result: map(marked_text, row(result))


def _row_maker(
    cells: Cells,
    keys: Sequence[str],
    cite: Callable[[Provision], str],
    *,
    has_effects: bool = False,
) -> Callable[[Classification], tuple[Cell, ...]]:
    """Return a function that makes the cells of a provision.

    The marks of its caveats follow its name, and so does its effect if the provisions of a table
    differ in it.
    """
    places = [key for key in ("instrument", "jurisdiction") if key in keys]
    named_in = places[0] if places else keys[0]

    def row(result: Classification) -> tuple[Cell, ...]:
        contents = {key: _annex_cell(cells, result, key, cite) for key in keys}
        # A text that is not coded has no instrument; its name is in place of the jurisdiction.
        place = places[-1] if places and result.provision.is_proposed else named_in
        contents[place] = marked(contents[place], cells.caveats(result.provision))
        effect = effect_line(cells.book, result.effect) if has_effects and places else ""
        if effect:
            named = contents[named_in]
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
        return cell(date_of(provision) or "Not available")
    if key == "words":
        return words(provision)
    if key == "source":
        sources = [provision.text.source] if provision.text.source else provision.sources
        citations = "\n".join(cited(cells.corpus, source) for source in sources)
        return cell(citations or own_source(provision))
    return cells.classes(provision, result.dimensions[key])


def date_of(provision: Provision) -> str:
    """Return the day or year of a provision: in force, enacted, or of its instrument."""
    return first_date(dates_of(provision))[0]


def words(provision: Provision) -> Cell:
    """Return the text of a provision in its language, or that it is not available."""
    text = provision.text
    if not text.body:
        return cell("Text not available", Tone.UNKNOWN)
    body = text.body.strip()
    if text.is_description:
        return cell(f"Described: {body}")
    return Cell((Run(f"“{body}”", Tone.QUOTE, (), text.language),))


# --- The other layouts -------------------------------------------------------------------------


def typology(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return a table for each dimension: its classes, each with its provisions."""
    del content
    names = [wish.group_by] if wish.group_by else wish.columns or ("scope", "threshold", "stage")
    parts = [
        classification_report.typology(corpus, results, corpus.codebook.dimension(name))
        for name in names
    ]
    title = "Provisions by class"
    tables = [table for part in parts for table in part.tables]
    values = tuple(row for part in parts for row in part.flat.rows)
    return finished(corpus, title, tables, Table(title, parts[0].flat.columns, values))


def gaps(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return the assessment of each provision against the Secretariat's recommendations."""
    del wish
    assert content.benchmark  # noqa: S101 - it is worked out for this layout
    assessed = list(zip(results, content.assessments, strict=True))
    return gap_report.gaps(corpus, content.benchmark, assessed)


def redline(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return the changes from the text of the first provision to that of each other."""
    del wish
    tables = [
        comparison_report.redline_table(comparison, changes)
        for comparison, changes in zip(content.comparisons, content.redlines, strict=True)
    ]
    flat = comparison_report.comparisons(corpus, content.comparisons).flat
    title = f"Changes from the text of {in_sentence(results[0].provision.label)}"
    return finished(corpus, title, tables, flat)


def aligned_texts(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, content: AnnexContent
) -> Document:
    """Return the text of the first provision phrase by phrase, with the others beside it."""
    del wish
    assert content.collation  # noqa: S101 - it is worked out for this layout
    provisions = [result.provision for result in results]
    return alignment_report.alignment(corpus, content.collation, provisions)
