"""Texts that are rewritten in order to be read, with the way back to the text as published.

Each rewriting replaces some passages. A place in the last text is traced back through all of them,
so that whatever is found there can be quoted from the text as published, letter for letter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class Replacement(NamedTuple):
    """A passage, by its places, and what replaces it."""

    start: int
    end: int
    replacement: str = ""


class _Rewriting(Struct, frozen=True):
    """Where each passage that was replaced was before, and where its replacement is now."""

    old_starts: tuple[int, ...]
    old_ends: tuple[int, ...]
    new_starts: tuple[int, ...]
    new_ends: tuple[int, ...]
    #: Of each passage, whether nothing replaced it and it followed a word without a space.
    is_attached: tuple[bool, ...]

    def old_start(self, place: int) -> int:
        """Return where a passage that starts at a place started before."""
        index = bisect_right(self.new_starts, place) - 1
        if index < 0:
            return place
        if place < self.new_ends[index]:
            return self.old_starts[index]
        return self.old_ends[index] + place - self.new_ends[index]

    def old_end(self, place: int) -> int:
        """Return where a passage ended before, with the removed marks that followed its last word.

        The number of a footnote is such a mark: without it, the word is not what was published.
        """
        # A passage that was removed at the place itself comes after its last character.
        index = bisect_left(self.new_starts, place) - 1
        if index < 0:
            end = place
        elif place <= self.new_ends[index]:
            end = self.old_ends[index]
        else:
            end = self.old_ends[index] + place - self.new_ends[index]
        index += 1
        while index < len(self.old_starts) and self.old_starts[index] == end:
            if not self.is_attached[index]:
                break
            end = self.old_ends[index]
            index += 1
        return end


class RewrittenText(Struct, frozen=True):
    """A text, and how it was rewritten from the one that was published, the original."""

    original: str
    text: str
    rewritings: tuple[_Rewriting, ...] = ()

    def rewritten(self, edits: Iterable[Replacement]) -> RewrittenText:
        """Return the text with passages replaced; they are in order and do not overlap."""
        pieces: list[str] = []
        places: list[tuple[int, int, int, int, bool]] = []
        end = length = 0
        for edit in edits:
            kept = self.text[end : edit.start]
            length += len(kept)
            new_end = length + len(edit.replacement)
            is_attached = new_end == length and _is_attached(self.text, edit.start)
            places.append((edit.start, edit.end, length, new_end, is_attached))
            pieces += (kept, edit.replacement)
            length, end = new_end, edit.end
        if not places:
            return self
        old_starts, old_ends, new_starts, new_ends, attached = zip(*places, strict=True)
        rewriting = _Rewriting(old_starts, old_ends, new_starts, new_ends, attached)
        text = "".join([*pieces, self.text[end:]])
        return RewrittenText(self.original, text, (*self.rewritings, rewriting))

    def published_places(self, places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Return the places of passages in the text as published."""
        return tuple(self.published(start, end) for start, end in places)

    def published(self, start: int, end: int) -> tuple[int, int]:
        """Return the places of a passage in the text as published."""
        for rewriting in reversed(self.rewritings):
            start, end = rewriting.old_start(start), rewriting.old_end(end)
        # Before an empty passage, something may have been removed.
        return start, max(start, end)


def _is_attached(text: str, place: int) -> bool:
    """Return whether there is no space on either side of a place."""
    return place > 0 and not text[place - 1].isspace() and not text[place : place + 1].isspace()
