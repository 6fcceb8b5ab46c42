"""The report of `verify`: cells and notes of an annex that no longer match the current data."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from npcompare.document import Cell, Document, Table, columns, rows
from npcompare.law.unchecked_data import mapping
from npcompare.messages import deferred, enumerated, in_quotation_marks, message
from npcompare.reports.annex_alignment import is_same_item, text_of
from npcompare.reports.annex_matching import described, matched, matching_rows
from npcompare.reports.annex_recipe import named
from npcompare.reports.cells import finished
from npcompare.reports.former_forms import has_former_form
from npcompare.reports.note_letters import is_same_note, with_letters_of
from npcompare.reports.own_columns import with_own_roles
from npcompare.reports.records import TOOL, CorpusOutput, Record, corpus_record, urn
from npcompare.shell import command
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from npcompare.document import FiledAnnex
    from npcompare.law.corpus import Corpus
    from npcompare.reports.annex_matching import TablePair

    #: Row, column, text in the file, current text.
    ChangedCell = tuple[str, str, str, str]

_NO_TABLE = Table("", (), ())

#: The number of words shown before and after a change in a cell.
_CONTEXT = 12


class ChangedCellRecord(Record, frozen=True):
    """A cell that has changed; for a note, `row` is its letter and `column` is "Note"."""

    table: int
    row: str
    column: str
    old: str
    new: str


class VerifyOutput(CorpusOutput, frozen=True, tag=urn("verify")):
    """The output of `verify`."""

    made_from: str
    changes: list[ChangedCellRecord] = field(name="changed")
    has_former_form: Annotated[
        Literal[True] | UnsetType,
        Meta(
            description="An earlier release made the annex, and its layout has another form now, "
            "so that its cells are not listed."
        ),
    ] = UNSET


def verification(
    corpus: Corpus, old: FiledAnnex, new: FiledAnnex, missing: Sequence[str] = ()
) -> Document:
    """Return which cells and notes of an annex do not match the current data.

    Args:
        corpus: The current corpus.
        old: The annex as it was filed.
        new: The same annex as it would be read back if it were written now.
        missing: The provisions of the old annex that are no longer found by their names.
    """
    # A file does not say which columns are the drafter's own; the recipe does.
    tables = matched(old.tables, [with_own_roles(table, old.recipe) for table in new.tables])
    is_former = has_former_form(old.recipe, tables.pairs)
    changes = [] if is_former else list(_changes(tables.pairs))
    output = _output(corpus, old, changes, is_former=is_former)
    headings = columns(
        table="Table", row="Row", column="Column", old="In the file", new="Current data"
    )
    values = [
        [str(number), row, column, *_around_change(before, after)]
        for number, (row, column, before, after) in changes
    ]
    if is_former:
        values = [[message("All"), "", "", message(_FORMER), message(_PRESENT)]]
        remarks = list(_remarks_on_form(old.recipe))
    else:
        is_same_corpus = output.made_from == corpus.digest()
        remarks = [
            *old.edits,
            *tables.edits,
            *described(tables.pairs),
            *_remarks_on_rows(tables.pairs),
            *_remarks(missing, has_changed=bool(changes), is_same_corpus=is_same_corpus),
        ]
    table = Table(message("Cells that have changed"), headings, rows(values), tuple(remarks))
    return finished(corpus, table.title, [table], table, output)


def _output(
    corpus: Corpus,
    old: FiledAnnex,
    changes: Sequence[tuple[int, ChangedCell]],
    *,
    is_former: bool,
) -> VerifyOutput:
    return VerifyOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        made_from=str(old.recipe.get("digest")),
        changes=[
            ChangedCellRecord(table=number, row=row, column=column, old=before, new=after)
            for number, (row, column, before, after) in changes
        ],
        has_former_form=is_former or UNSET,
    )


def _changes(pairs: Sequence[TablePair]) -> Iterator[tuple[int, ChangedCell]]:
    """Yield each change with the number of its table."""
    for number, pair in enumerate(pairs, 1):
        for change in (*_changed_columns(pair), *_changed_cells(pair), *_changed_notes(pair)):
            yield number, change


_FORMER = deferred("Form of an earlier release")
_PRESENT = deferred("Present form")


def _remarks_on_form(recipe: Mapping[str, Any]) -> Iterator[str]:
    """Yield that an annex has another form now, and how it can be checked."""
    layout = str(mapping(recipe.get("wish")).get("layout"))
    yield message(
        "An earlier release made this annex, and the layout {layout} has another form now. Most "
        "cells differ for this reason, and they are not listed.",
        layout=layout,
    )
    yield message(
        "To check the annex, make it again in another file with {command}, and compare the two.",
        command=f"`{command('npcompare', 'export', *named(recipe), '--layout', layout)}`",
    )


def _remarks(missing: Sequence[str], *, has_changed: bool, is_same_corpus: bool) -> Iterator[str]:
    if not has_changed:
        yield message("Up to date: every cell matches the current data.")
    if missing:
        yield message(
            "Not found in this folder and therefore left out: {names}. Run verify in the folder in "
            "which export was run. For a bill in another folder that has changed, add its path to "
            "the command, after that of the annex.",
            names=enumerated(missing),
        )
    elif not is_same_corpus:
        yield message("The corpus has changed since the annex was made.")
    elif has_changed:
        yield message(
            "The corpus has not changed since the annex was made: these cells were edited."
        )


def _changed_columns(pair: TablePair) -> Iterator[ChangedCell]:
    """Yield the headings that were changed, and the order of the columns if it was."""
    for old, new in pair.headings:
        if new and new not in pair.own_headings:
            yield message("Headings"), new, old, new
    if pair.is_reordered and pair.old and pair.new:
        before, after = (
            "; ".join(visible(column.heading) for column in table.columns)
            for table in (pair.old, pair.new)
        )
        yield message("Headings"), message("Order"), before, after


def _changed_cells(pair: TablePair) -> Iterator[ChangedCell]:
    old, new = pair.old or _NO_TABLE, pair.new or _NO_TABLE
    headings = [column.heading for column in (new.columns or old.columns)]
    left_out = {*pair.own_columns, *pair.missing}
    for before, after in matching_rows(pair):
        old_row = old.rows[before] if before is not None else ()
        new_row = new.rows[after] if after is not None else ()
        name = _name(new_row or old_row)
        pairs = zip_longest(old_row, new_row, fillvalue=Cell())
        for index, (old_text, new_text) in enumerate(map(_texts, pairs)):
            if index not in left_out and not is_same_item(old_text, new_text):
                heading = headings[index] if index < len(headings) else str(index + 1)
                yield name, heading, old_text, new_text


def _remarks_on_rows(pairs: Sequence[TablePair]) -> Iterator[str]:
    """Yield which rows only the file has, or only the current data."""
    for number, pair in enumerate(pairs, 1):
        if pair.old is None or pair.new is None:
            continue
        matches = matching_rows(pair)
        inserted = [
            pair.old.rows[before]
            for before, after in matches
            if after is None and before is not None
        ]
        deleted = [
            pair.new.rows[after]
            for before, after in matches
            if before is None and after is not None
        ]
        for rows_of_one, sentence in ((inserted, _ONLY_IN_FILE), (deleted, _MISSING_FROM_FILE)):
            if rows_of_one:
                names = [in_quotation_marks(_name(row)) for row in rows_of_one]
                yield message(sentence, number=number, rows=enumerated(names, is_strong=True))


_ONLY_IN_FILE = deferred("Table {number}: these rows are only in the file: {rows}.")
_MISSING_FROM_FILE = deferred("Table {number}: these rows are missing from the file: {rows}.")


def _name(row: Sequence[Cell]) -> str:
    """Return the words by which a row is named: those of its first cell that has any."""
    return next(filter(None, map(text_of, row)), "")


def _texts(cells: tuple[Cell, Cell]) -> tuple[str, str]:
    return text_of(cells[0]), text_of(cells[1])


def _changed_notes(pair: TablePair) -> Iterator[ChangedCell]:
    """Yield the notes that only one of the tables has."""
    old = pair.old or _NO_TABLE
    new = with_letters_of(old, pair.new or _NO_TABLE)
    old_notes, new_notes = (
        {letter: fold(text) for letter, text in table.notes} for table in (old, new)
    )
    old_only = _only_in_first(old_notes, new_notes, is_same_note)
    new_only = _only_in_first(
        new_notes, old_notes, lambda text, old_text: is_same_note(old_text, text)
    )
    for letter in sorted({*old_only, *new_only}, key=lambda letter: (len(letter), letter)):
        yield letter, message("Note"), old_only.get(letter, ""), new_only.get(letter, "")


def _only_in_first(
    notes: Mapping[str, str], other_notes: Mapping[str, str], is_same: Callable[[str, str], bool]
) -> dict[str, str]:
    texts = set(other_notes.values())
    return {
        mark: text
        for mark, text in notes.items()
        if text not in texts and not any(is_same(text, other_text) for other_text in texts)
    }


def _around_change(*texts: str) -> Iterator[str]:
    """Yield both texts from a few words before their first difference to a few after the last."""
    words = [re.split(r"(?<=\s)(?=\S)", text) for text in texts]
    common_start = _common_length(*words)
    common_end = _common_length(*(text_words[common_start:][::-1] for text_words in words))
    start = max(common_start - _CONTEXT, 0)
    for text_words in words:
        end = len(text_words) - max(common_end - _CONTEXT, 0)
        prefix = "… " if start else ""
        suffix = " …" if end < len(text_words) else ""
        yield f"{prefix}{''.join(text_words[start:end]).strip()}{suffix}"


def _common_length(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the number of words that two texts have in common at their start."""
    for index, (word, other_word) in enumerate(zip(first, second, strict=False)):
        if word.strip() != other_word.strip():
            return index
    return min(len(first), len(second))
