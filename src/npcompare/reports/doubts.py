"""Readings that are doubtful: the note that gives the other one, and what "doubtful" means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.messages import deferred, message, sentences

if TYPE_CHECKING:
    from npcompare.document import Document, Table

#: How the part of a note begins that gives the other reading, now and in earlier annexes.
_OPENING = deferred("Doubtful:")
_FORMER_OPENING = "This reading is doubtful."

#: What is said once in a table with such notes.
MEANING = deferred("“Doubtful” in a note means that another reading is possible.")


def note_with_doubt(note: str, doubt: str) -> str:
    """Return the note on a reading, followed by what the words could also mean."""
    return sentences(note, *((message(_OPENING), doubt) if doubt else ()))


def current_note(note: str) -> str:
    """Return a note of an earlier annex as this version words it."""
    return note.replace(_FORMER_OPENING, _OPENING)


def with_meaning(document: Document) -> Document:
    """Return a document in which each table with several doubtful readings says what that means."""
    return document.replace(tables=lambda: tuple(map(_with_meaning, document.tables)))


def _with_meaning(table: Table) -> Table:
    opening, meaning = message(_OPENING), message(MEANING)
    if meaning in table.remarks or sum(opening in text for _, text in table.notes) < 2:
        return table
    return replace(table, remarks=(*table.remarks, meaning))
