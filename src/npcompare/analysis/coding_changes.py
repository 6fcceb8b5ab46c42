"""Changes of the texts, limbs and coded values of a provision between two editions."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.change_causes import Cause
from npcompare.analysis.edition_change import ChangeKind, Side, change_of, coding_side, row_side
from npcompare.analysis.edition_matching import Pair, matched_limbs
from npcompare.analysis.editions import CITATION_COLUMNS, citation, grouped, items, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.analysis.edition_change import EditionChange
    from npcompare.analysis.editions import Edition, Row

#: What is compared of a text besides its source.
_TEXT_COLUMNS = ("body", "status", "complete", "language", "note", "misprints")
_SOURCE = "source"


# --- Texts -------------------------------------------------------------------------------------


def text_changes(old: Edition, new: Edition, provision: Pair) -> Iterator[EditionChange]:
    """Yield the changes of the texts of a provision, column by column."""
    old_rows = list(old.of_provision("texts", provision.old))
    new_rows = list(new.of_provision("texts", provision.new))
    for old_row, new_row in _paired_texts(old_rows, new_rows):
        if old_row is None or new_row is None:
            sides = [_whole_text(row) for row in (old_row, new_row)]
            yield change_of(ChangeKind.TEXT, provision, *sides)
            continue
        for column in _TEXT_COLUMNS:
            if items(old_row, column) != items(new_row, column):
                values = (Side(items(row, column)) for row in (old_row, new_row))
                change = change_of(ChangeKind.TEXT, provision, *values)
                yield replace(change, field=column)
        if any(old_row.get(column) != new_row.get(column) for column in CITATION_COLUMNS):
            sources = (
                Side((), sources=tuple(filter(None, [citation(row)]))) for row in (old_row, new_row)
            )
            change = change_of(ChangeKind.TEXT, provision, *sources)
            yield replace(change, field=_SOURCE)


def _whole_text(row: Row | None) -> Side | None:
    return None if row is None else row_side(row, ("body",))


def _paired_texts(
    old_rows: list[Row], new_rows: list[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the texts of both editions in pairs: by language, then in their order."""
    for row in list(old_rows):
        rows = [each for each in new_rows if each.get("language") == row.get("language")]
        if rows:
            old_rows.remove(row)
            new_rows.remove(rows[0])
            yield row, rows[0]
    yield from zip_longest(old_rows, new_rows)


# --- Limbs and coded values --------------------------------------------------------------------


def coding_changes(old: Edition, new: Edition, provision: Pair) -> Iterator[EditionChange]:
    """Yield the changes of the limbs of a provision and of its coded values, limb by limb."""
    names = [_limb_names(old, provision.old), _limb_names(new, provision.new)]
    old_codings = grouped(old.of_provision("codings", provision.old), "limb_id")
    new_codings = grouped(new.of_provision("codings", provision.new), "limb_id")
    for limb in (Pair("", ""), *matched_limbs(old, new, provision)):
        is_limb = bool(limb.old or limb.new)
        name = names[1].get(limb.new) or names[0].get(limb.old, "")
        if is_limb:
            yield from _limb_change(old, new, provision, limb, name)
        old_rows = old_codings.get(limb.old, []) if limb.old or not is_limb else []
        new_rows = new_codings.get(limb.new, []) if limb.new or not is_limb else []
        old_fields, new_fields = grouped(old_rows, "field"), grouped(new_rows, "field")
        for field in sorted({*old_fields, *new_fields}):
            rows = old_fields.get(field, []), new_fields.get(field, [])
            for change in _field_changes(old, new, provision, *rows):
                yield replace(change, limb=name, field=field)


def _limb_names(edition: Edition, provision: str) -> dict[str, str]:
    return {
        text(row, "id"): text(row, "name") or text(row, "number")
        for row in edition.of_provision("limbs", provision)
    }


def _limb_change(
    old: Edition, new: Edition, provision: Pair, limb: Pair, name: str
) -> Iterator[EditionChange]:
    """Yield the change of a limb itself: that it is new or gone, or its name or its note."""
    rows = [
        next((row for row in edition.of_provision("limbs", owner) if text(row, "id") == own), None)
        for edition, owner, own in ((old, provision.old, limb.old), (new, provision.new, limb.new))
    ]
    sides = [None if row is None else Side(items(row, "name"), remarks=_note(row)) for row in rows]
    if sides[0] != sides[1]:
        yield replace(change_of(ChangeKind.LIMB, provision, *sides), limb=name)


def _note(row: Row) -> tuple[tuple[str, str], ...]:
    return (("note", text(row, "note")),) if text(row, "note") else ()


def _field_changes(
    old: Edition, new: Edition, provision: Pair, old_rows: list[Row], new_rows: list[Row]
) -> Iterator[EditionChange]:
    """Yield the changes of the values of one field; one value for another is one change."""
    old_values, new_values = grouped(old_rows, "value"), grouped(new_rows, "value")
    for value, old_same in old_values.items():
        for row, match in zip(old_same, new_values.get(value, ()), strict=False):
            sides = coding_side(old, row), coding_side(new, match)
            if sides[0] != sides[1]:
                change = change_of(ChangeKind.CODING, provision, *sides)
                yield replace(change, cause=Cause.LAW)
    old_rows, new_rows = _unmatched(old_values, new_values), _unmatched(new_values, old_values)
    if len(old_rows) == len(new_rows) == 1:
        pairs: Sequence[tuple[Row | None, Row | None]] = [(old_rows[0], new_rows[0])]
    else:
        pairs = [*((row, None) for row in old_rows), *((None, row) for row in new_rows)]
    for old_row, new_row in pairs:
        sides_of_change = (
            None if old_row is None else coding_side(old, old_row),
            None if new_row is None else coding_side(new, new_row),
        )
        change = change_of(ChangeKind.CODING, provision, *sides_of_change)
        yield replace(change, cause=_cause(old, new, old_row, new_row, change))


def _unmatched(rows: Mapping[str, list[Row]], others: Mapping[str, list[Row]]) -> list[Row]:
    """Return the rows of each value that has fewer rows on the other side."""
    return [row for value, same in rows.items() for row in same[len(others.get(value, ())) :]]


def _cause(
    old: Edition, new: Edition, old_row: Row | None, new_row: Row | None, change: EditionChange
) -> Cause:
    """Return why a coded value differs: a word that only one codebook has is of the codebook.

    If the proof differs as well, the law has been read again.
    """
    is_gone = old_row is not None and not _has_word(new, old_row)
    is_new = new_row is not None and not _has_word(old, new_row)
    if not (is_gone or is_new):
        return Cause.LAW
    has_same_proof = (
        change.old is not None
        and change.new is not None
        and _proof(change.old) == _proof(change.new)
    )
    return Cause.CODEBOOK if has_same_proof else Cause.LAW_AND_CODEBOOK


def _has_word(edition: Edition, row: Row) -> bool:
    word = text(row, "word_id")
    return not word or word in edition.word_ids


def _proof(side: Side) -> tuple[object, ...]:
    return side.bases, side.quotations, side.sources
