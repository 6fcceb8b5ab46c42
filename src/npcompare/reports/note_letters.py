"""The letters of notes in a later annex: a note that an earlier one had keeps its letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import in_order
from npcompare.reports.doubts import current_note
from npcompare.text import fold, in_letters, number_of_letter, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from npcompare.document import Cell, Table

#: Notes with this share of words in common, or more, are the same note in other words.
_LEAST_ALIKE = 0.5

#: With more notes than this without a match, their words are not compared.
_MOST_COMPARED = 100


def with_letters_of(old: Table, new: Table) -> Table:
    """Return a new table in which each note of the old one keeps its letter.

    New notes have the letters after the last one of the old table, so that no letter of a note that
    was deleted is used again.
    """
    if not old.notes or not new.notes:
        return new
    old_letters = _kept_letters(old.notes, new.notes)
    last = max((number_of_letter(mark) for mark, _ in old.notes), default=0)
    letters: dict[str, str] = {}
    for mark, _ in new.notes:
        if mark not in old_letters:
            last += 1
        letters[mark] = old_letters.get(mark) or in_letters(last)
    notes = [(letters[mark], text) for mark, text in new.notes]
    notes.sort(key=lambda note: number_of_letter(note[0]))
    rows = tuple(tuple(_relettered(content, letters) for content in row) for row in new.rows)
    return replace(new, rows=rows, notes=tuple(notes))


def _kept_letters(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the old letter of each new note that is the same as an old one, by its letter."""
    free = {mark: fold(visible(text)) for mark, text in old if number_of_letter(mark)}
    waiting = {mark: fold(visible(text)) for mark, text in new}
    old_letters: dict[str, str] = {}
    for is_same in (str.__eq__, is_same_note, _is_alike):
        if is_same is _is_alike and len(free) * len(waiting) > _MOST_COMPARED**2:
            break
        old_letters |= _pairs(free, waiting, is_same)
    return old_letters


def _pairs(
    free: dict[str, str], waiting: dict[str, str], is_same: Callable[[str, str], bool]
) -> dict[str, str]:
    """Return the old letter by the new one of each pair of notes, and take them out of both."""
    pairs = {}
    for mark, text in list(waiting.items()):
        match = next((old_mark for old_mark, words in free.items() if is_same(words, text)), None)
        if match is not None:
            pairs[mark] = match
            del waiting[mark], free[match]
    return pairs


def is_same_note(old: str, new: str) -> bool:
    """Return whether a note is the same; in old annexes it follows the name of a jurisdiction."""
    old = current_note(old)
    return bool(new) and (old == new or old.endswith(f": {new}"))


def _is_alike(old: str, new: str) -> bool:
    from difflib import SequenceMatcher

    words, new_words = (re.findall(r"\w+", text) for text in (old, new))
    return SequenceMatcher(None, words, new_words, autojunk=False).ratio() >= _LEAST_ALIKE


def _relettered(content: Cell, letters: Mapping[str, str]) -> Cell:
    return content.map_runs(
        lambda run: replace(run, marks=in_order([letters.get(mark, mark) for mark in run.marks]))
    )
