"""Nouns for persons and acts in a sentence, and the choice among nouns that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Mention(Struct, frozen=True, gc=False):
    """A noun for a person or an act: its kind, its place in its clause, and its words."""

    kind: str
    role: str
    #: The indexes of the first word, of the noun itself, and after the last word.
    first: int
    noun: int
    end: int


def longest_nouns(nouns: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the nouns that are not part of a longer one, in order."""
    last_end = 0
    for first, end, kind in sorted(nouns, key=lambda noun: (noun[0], -noun[1])):
        if first >= last_end:
            yield first, end, kind
            last_end = end
