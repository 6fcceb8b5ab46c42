"""An annex with the changes since an earlier one as revisions, as Word tracks them."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.document import Cell, Document, EarlierFile, Run, Table, Tone, in_order
from npcompare.errors import NpcompareError
from npcompare.law.unchecked_data import mapping
from npcompare.model.results import Edit
from npcompare.reports.annex_alignment import aligned, paired_rows, text_of
from npcompare.reports.annex_matching import anchored, matched
from npcompare.reports.annex_recipe import columns_of, named, require_language
from npcompare.reports.former_forms import has_former_form
from npcompare.reports.note_letters import with_letters_of
from npcompare.text import fold, visible
from npcompare.wording.redline import redline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import FiledAnnex
    from npcompare.reports.annex_matching import TablePair

_NO_TABLE = Table("", (), ())

#: If two lists of lines have more pairs than this, lines are paired in order, not by likeness.
_MOST_PAIRS = 10_000


def tracked(
    document: Document, old: FiledAnnex, *, is_requested: bool = True, keeps_words: bool = True
) -> Document:
    """Return an annex with the changes since an earlier one as revisions.

    Whatever has not changed stays as it is. In a cell or note that has changed, words and marks
    are deleted and inserted, so that rejecting every revision restores the earlier text. Raises
    NpcompareError if the two have different languages, layouts or columns, if the annex is itself a
    redline, or if the earlier annex names provisions and neither they nor a collection were
    requested.

    Args:
        document: The annex as it is now.
        old: The earlier annex.
        is_requested: Whether provisions or a collection were requested.
        keeps_words: Whether a heading that was changed by hand in the earlier annex is kept.
    """
    if not is_requested and (names := named(old.recipe)):
        raise NpcompareError(
            "the earlier annex covers named provisions, this one a whole collection",
            f"name the same provisions: {' '.join(names)}",
        )
    require_language(old.recipe)
    tones = {
        run.tone
        for table in document.tables
        for row in table.rows
        for cell in row
        for run in cell.runs
    }
    if tones & {Tone.INSERTED, Tone.DELETED}:
        raise NpcompareError("a redline cannot show revisions as well", "choose another layout")
    tables = [anchored(table) for table in document.tables]
    pairs = matched(old.tables, tables).pairs
    _refuse_other_layout(pairs, old, document)
    _refuse_other_columns(pairs, old, document)
    earlier = EarlierFile(old.content, keeps_words) if old.content else None
    return document.replace(tables=tuple(map(_revised_table, pairs)), earlier=earlier)


def _refuse_other_layout(pairs: Iterable[TablePair], old: FiledAnnex, document: Document) -> None:
    """Raise NpcompareError if the earlier annex has another layout, or a former form of it."""
    old_layout, new_layout = (
        mapping(recipe.get("wish")).get("layout") for recipe in (old.recipe, document.recipe)
    )
    if old_layout != new_layout:
        raise NpcompareError(
            f"the earlier annex has the layout {old_layout}, this one {new_layout}",
            f"add --layout {old_layout}",
        )
    if has_former_form(old.recipe, pairs):
        raise NpcompareError(
            "an earlier release made the earlier annex, and the layout "
            f"{new_layout} has another form now",
            "leave out --track-changes-from; Word can compare the two files (Review, Compare)",
        )


def _refuse_other_columns(pairs: Iterable[TablePair], old: FiledAnnex, document: Document) -> None:
    """Raise NpcompareError if a table of the earlier annex has other columns than the new one."""
    is_edited = columns_of(old.recipe) == columns_of(document.recipe)
    for pair in pairs:
        changes = [change for change in pair.headings if change.new not in pair.own_headings]
        if not changes or not (pair.old and pair.old.rows and pair.new and pair.new.rows):
            continue
        if not is_edited:
            headings = [visible(column.heading) for table in old.tables for column in table.columns]
            raise NpcompareError(
                f"the earlier annex has other columns: {', '.join(dict.fromkeys(headings))}",
                "use the same --layout and --columns",
            )
        if lacking := [change.new for change in changes if change.new]:
            raise NpcompareError(
                f"columns were deleted or renamed in the earlier annex: {', '.join(lacking)}",
                "undo that in the earlier file, or choose other columns with --columns",
            )
        raise NpcompareError(
            f'the earlier annex has a column that was added by hand: "{changes[0].old}"',
            f'to keep its words, add --column "{changes[0].old}"',
        )


def _revised_table(pair: TablePair) -> Table:
    """Return the new table with its revisions; if there is none, every old row is deleted."""
    before = pair.old or _NO_TABLE
    empty = replace(before, rows=(), notes=(), remarks=(), headnote="")
    table = with_letters_of(before, pair.new or empty)
    new_keys, old_keys = iter(table.row_keys), iter(before.row_keys)
    old_places, new_places = iter(range(len(before.rows))), iter(range(len(table.rows)))
    body: list[tuple[Cell, ...]] = []
    keys: list[str] = []
    groups: list[int] = []
    for _, old_row, new_row in paired_rows(before, table):
        cells = [
            _revised_cell(old_cell, new_cell)
            for old_cell, new_cell in zip_longest(old_row, new_row, fillvalue=Cell())
        ]
        for column in pair.own_columns if old_row and new_row else ():
            # What the drafter writes is not a change of the annex.
            cells[column] = new_row[column]
        is_old_head = bool(old_row) and next(old_places) in before.group_rows
        is_new_head = bool(new_row) and next(new_places) in table.group_rows
        groups += [len(body)] * (is_old_head or is_new_head)
        body.append(tuple(cells))
        old_key = next(old_keys, "") if old_row else ""
        # A row that has moved is deleted in one place, and has its key in the other.
        keys.append(next(new_keys, "") if new_row else "" if old_key in table.row_keys else old_key)
    return replace(
        table,
        rows=tuple(body),
        group_rows=tuple(groups),
        row_keys=tuple(keys) if table.row_keys else (),
        revised_notes=tuple(_revised_notes(before, table)),
        revised_remarks=tuple(_revised_texts(before.remarks, table.remarks)),
        revised_headnote=tuple(_revised_texts([before.headnote], [table.headnote])),
    )


def _revised_cell(before: Cell, after: Cell) -> Cell:
    old_marks, new_marks = (
        in_order([mark for run in cell.runs for mark in run.marks]) for cell in (before, after)
    )
    if old_marks == new_marks and fold(text_of(before)) == fold(text_of(after)):
        return after
    # An earlier file of JSON does not record which word a mark follows.
    are_marks_kept = old_marks == new_marks
    lines = _revised_lines(_lines(before), _lines(after), are_marks_kept=are_marks_kept)
    return replace(after, runs=tuple(lines), answer=None)


class _Line(Struct, frozen=True):
    """A line of a cell, the format of each of its characters, and its marks."""

    text: str
    formats: tuple[Run, ...]
    marks: tuple[str, ...]


_EMPTY_LINE = _Line("", (), ())


def _lines(cell: Cell) -> list[_Line]:
    lines: list[tuple[list[str], list[Run], list[str]]] = [([], [], [])]
    for run in cell.runs:
        run_format = replace(run, text="", marks=())
        for number, text in enumerate(visible(run.text).split("\n")):
            if number:
                lines.append(([], [], []))
            lines[-1][0].append(text)
            lines[-1][1].extend([run_format] * len(text))
        lines[-1][2].extend(run.marks)
    return [_Line("".join(texts), tuple(formats), tuple(marks)) for texts, formats, marks in lines]


def _revised_lines(
    old: Sequence[_Line], new: Sequence[_Line], *, are_marks_kept: bool
) -> Iterator[Run]:
    """Yield the lines of a cell before and after, each with its marks at its end."""
    has_old_line = has_new_line = False
    for before, after in _paired_lines(old, new):
        is_old, is_new = before is not None, after is not None
        if (is_old and has_old_line) or (is_new and has_new_line):
            revision = _revision(is_old=is_old and has_old_line, is_new=is_new and has_new_line)
            yield Run("\n", revision=revision)
        has_old_line, has_new_line = has_old_line or is_old, has_new_line or is_new
        if before and after and fold(before.text) != fold(after.text):
            yield from _revised_words(before.text, after)
        else:
            line = after or before or _EMPTY_LINE
            revision = _revision(is_old=is_old, is_new=is_new)
            yield from _formatted(line.text, line.formats, revision)
        new_marks = (after or _EMPTY_LINE).marks
        old_marks = new_marks if are_marks_kept else (before or _EMPTY_LINE).marks
        yield from _revised_marks(old_marks, new_marks)


def _revision(*, is_old: bool, is_new: bool) -> Tone | None:
    """Return the revision of a part that the earlier annex or this one has."""
    if is_old == is_new:
        return None
    return Tone.DELETED if is_old else Tone.INSERTED


def _paired_lines(
    old: Sequence[_Line], new: Sequence[_Line]
) -> Iterator[tuple[_Line | None, _Line | None]]:
    """Yield the lines that belong together: equal lines, and similar lines between those."""
    old_lines: list[_Line] = []
    new_lines: list[_Line] = []
    texts = [[fold(line.text) for line in lines] for lines in (old, new)]
    for before, after in [*aligned(*texts), (-1, -1)]:
        if before is None or after is None:
            old_lines += [old[before]] if before is not None else []
            new_lines += [new[after]] if after is not None else []
            continue
        yield from _similar_lines(old_lines, new_lines)
        old_lines, new_lines = [], []
        if before >= 0:
            yield old[before], new[after]


def _similar_lines(
    old_lines: Sequence[_Line], new_lines: Sequence[_Line]
) -> Iterator[tuple[_Line | None, _Line | None]]:
    left_over = list(old_lines)
    in_order = len(old_lines) == len(new_lines) or len(old_lines) * len(new_lines) > _MOST_PAIRS
    for line in new_lines:
        matches = (
            index
            for index, candidate in enumerate(left_over)
            if in_order or _is_similar(candidate, line)
        )
        index = next(matches, None)
        if index is None:
            yield None, line
            continue
        yield from ((candidate, None) for candidate in left_over[:index])
        yield left_over[index], line
        del left_over[: index + 1]
    yield from ((candidate, None) for candidate in left_over)


def _is_similar(line: _Line, other_line: _Line) -> bool:
    """Return whether two lines have half of their words or more in common."""
    from difflib import SequenceMatcher

    words, other_words = (re.findall(r"\w+", part.text) for part in (line, other_line))
    return SequenceMatcher(None, words, other_words, autojunk=False).ratio() >= 0.5


def _revised_marks(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    unchanged: tuple[tuple[Sequence[str], Tone | None], ...] = ((after, None),)
    revised = ((before, Tone.DELETED), (after, Tone.INSERTED))
    for marks, revision in unchanged if before == after else revised:
        if marks:
            yield Run("", marks=tuple(marks), revision=revision)


def _revised_words(before: str, after: _Line) -> Iterator[Run]:
    """Yield the words of a line before and after; new words keep their own format."""
    text, formats = after.text, after.formats
    start = end = 0
    for change in redline(before, text):
        if change.edit is Edit.DELETED:
            yield Run(change.text, revision=Tone.DELETED)
            continue
        for word in change.text.split():
            end = text.index(word, end) + len(word)
        # The redline folds white space; the cell keeps its own.
        end += len(text[end:]) - len(text[end:].lstrip())
        revision = Tone.INSERTED if change.edit is Edit.INSERTED else None
        yield from _formatted(text[start:end], formats[start:end], revision)
        if change.text[-1].isspace() and not text[end - 1].isspace():
            yield Run(" ", revision=Tone.DELETED)
        start = end


def _formatted(text: str, formats: Sequence[Run], revision: Tone | None) -> Iterator[Run]:
    """Yield a text in runs of one format each."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or formats[end] != formats[start]:
            yield replace(formats[start], text=text[start:end], revision=revision)
            start = end


def _revised_texts(old: Sequence[str], new: Sequence[str]) -> Iterator[Cell]:
    """Yield each text that is not empty; one that has changed is deleted and inserted."""
    texts = [[fold(visible(text)) for text in side] for side in (old, new)]
    for old_index, new_index in aligned(*texts):
        text = new[new_index] if new_index is not None else old[old_index or 0]
        revision = _revision(is_old=old_index is not None, is_new=new_index is not None)
        if text:
            yield Cell((Run(text, revision=revision),))


def _revised_notes(old: Table, new: Table) -> Iterator[Cell]:
    """Yield each note with its letter as a mark; deleted notes stay in their place."""
    texts = [[fold(visible(text)) for _, text in table.notes] for table in (old, new)]
    for old_index, new_index in aligned(*texts):
        before = None if old_index is None else old.notes[old_index]
        after = None if new_index is None else new.notes[new_index]
        old_letters, new_letters = ([note[0]] if note else [] for note in (before, after))
        revision = _revision(is_old=before is not None, is_new=after is not None)
        text = (after or before or ("", ""))[1]
        marks = _revised_marks(old_letters, new_letters)
        yield Cell((*marks, Run(f" {text}", revision=revision)))
