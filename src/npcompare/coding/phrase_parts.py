"""The parts that a phrase consists of: words, gaps, sequences and choices.

Each part is a regular expression, with which RE2 finds where a phrase occurs. RE2 does not say
which words of an occurrence the phrase names and which are in its gaps. A part answers that by
itself, for the few words of one occurrence.

It treats a set of places among the words as a number with a bit for each place, as in Baeza-Yates
and Gonnet, "A New Approach to Text Searching" (1992). Going forward, it computes where the part can
end; going backward from there, which words it names on the way. The time is linear in the number
of words and of parts.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: The token that no gap crosses.
BARRIER = ";"

#: The mark before a hinge word. No normalized word contains it.
HINGE = "!"

#: A gap of up to 8 words within a clause, and one of up to 16 words within a sentence.
_NARROW, _WIDE = 8, 16
_NARROW_GAP = f"(?: [^ {HINGE}{BARRIER}][^ ]*){{0,{_NARROW}}}"
_WIDE_GAP = f"(?: [^ {BARRIER}][^ ]*){{0,{_WIDE}}}"


class Words:
    """A few words as sets of places: for each word, the places where it is."""

    def __init__(self, words: Sequence[str], hinges: Collection[str]) -> None:
        """Prepare to look up words; hinges are the words that no narrow gap crosses."""
        self.places: dict[str, int] = {}
        for place, word in enumerate(words):
            self.places[word] = self.places.get(word, 0) | 1 << place
        everything = (1 << len(words)) - 1
        #: Where choices can end, by choice and starts.
        self.known_ends: dict[tuple[int, int], int] = {}
        #: The places that a wide gap can cross, and those that a narrow one can cross.
        self.in_sentence = everything & ~self.places.get(BARRIER, 0)
        self.in_clause = self.in_sentence & ~_union(
            places for word, places in self.places.items() if word in hinges
        )

    def beginning_with(self, letters: str) -> int:
        """Return the places of the words that begin with some letters; without letters, a digit."""
        return _union(
            places
            for word, places in self.places.items()
            if (word.startswith(letters) if letters else "0" <= word[0] <= "9")
        )


class Phrase(Struct, frozen=True):
    """A phrase, or a part of one."""

    regex: str = ""
    can_be_empty: bool = True
    can_begin_with_gap: bool = False

    def __add__(self, following: Phrase) -> Phrase:
        """Return the phrase followed by another."""
        if self is NEVER or following is NEVER:
            return NEVER
        parts = (*self.parts(), *following.parts())
        return parts[0] if len(parts) == 1 else _Sequence.of(parts)

    def optional(self) -> Phrase:
        """Return the phrase as one that may be absent."""
        return any_phrase([EMPTY, self])

    def parts(self) -> tuple[Phrase, ...]:
        """Return the phrases that follow one another in this one."""
        return (self,)

    def ends(self, words: Words, starts: int) -> int:
        """Return the places at which the phrase can end if it starts at one of some places."""
        raise NotImplementedError

    def named(self, words: Words, starts: int, ends: int) -> tuple[int, int]:
        """Return where the phrase starts if it ends at one of some places, and the words it names.

        The starts are some of those given. Words in gaps are not named.
        """
        raise NotImplementedError


class _Word(Phrase, frozen=True):
    """A word."""

    text: str = ""

    def ends(self, words: Words, starts: int) -> int:
        return (starts & words.places.get(self.text, 0)) << 1

    def named(self, words: Words, starts: int, ends: int) -> tuple[int, int]:
        named = starts & (ends >> 1) & words.places.get(self.text, 0)
        return named, named


class _WordBeginning(Phrase, frozen=True):
    """Any word that begins with some letters or, without letters, with a digit."""

    letters: str = ""

    def ends(self, words: Words, starts: int) -> int:
        return (starts & words.beginning_with(self.letters)) << 1

    def named(self, words: Words, starts: int, ends: int) -> tuple[int, int]:
        named = starts & (ends >> 1) & words.beginning_with(self.letters)
        return named, named


class _Gap(Phrase, frozen=True):
    """Up to some number of words of any kind."""

    is_wide: bool = False

    def ends(self, words: Words, starts: int) -> int:
        crossed = words.in_sentence if self.is_wide else words.in_clause
        for _ in range(_WIDE if self.is_wide else _NARROW):
            starts |= (starts & crossed) << 1
        return starts

    def named(self, words: Words, starts: int, ends: int) -> tuple[int, int]:
        crossed = words.in_sentence if self.is_wide else words.in_clause
        for _ in range(_WIDE if self.is_wide else _NARROW):
            ends |= (ends >> 1) & crossed
        return starts & ends, 0


class _Sequence(Phrase, frozen=True):
    """Phrases that follow one another."""

    members: tuple[Phrase, ...] = ()

    @classmethod
    def of(cls, members: tuple[Phrase, ...]) -> Phrase:
        """Return phrases as one; it begins with a gap if what is before the gap may be absent."""
        begins_with_gap = False
        for member in members:
            begins_with_gap = begins_with_gap or member.can_begin_with_gap
            if not member.can_be_empty:
                break
        return cls(
            "".join(member.regex for member in members),
            all(member.can_be_empty for member in members),
            begins_with_gap,
            members,
        )

    def parts(self) -> tuple[Phrase, ...]:
        return self.members

    def ends(self, words: Words, starts: int) -> int:
        for member in self.members:
            if not starts:
                break
            starts = member.ends(words, starts)
        return starts

    def named(self, words: Words, starts: int, ends: int) -> tuple[int, int]:
        before = []
        for member in self.members:
            before.append(starts)
            starts = member.ends(words, starts)
        ends &= starts
        all_named = 0
        for member, starts_of_member in zip(reversed(self.members), reversed(before), strict=True):
            ends, named = member.named(words, starts_of_member, ends)
            all_named |= named
        return ends, all_named


#: The phrase without words, and the one that no words match, since no word contains a NUL.
EMPTY: Phrase = _Sequence()
NEVER: Phrase = Phrase(r"\x00", can_be_empty=False)


class _Choice(Phrase, frozen=True):
    """One of several phrases."""

    members: tuple[Phrase, ...] = ()

    def ends(self, words: Words, starts: int) -> int:
        # A set of phrases is part of many phrases.
        key = id(self), starts
        ends = words.known_ends.get(key)
        if ends is None:
            ends = words.known_ends[key] = _union(
                member.ends(words, starts) for member in self.members
            )
        return ends

    def named(self, words: Words, starts: int, ends: int) -> tuple[int, int]:
        all_starts = all_named = 0
        for member in self.members:
            if member.ends(words, starts) & ends:
                member_starts, named = member.named(words, starts, ends)
                all_starts |= member_starts
                all_named |= named
        return all_starts, all_named


def one_word(text: str, *, is_hinge: bool) -> Phrase:
    """Return the phrase of a normalized word."""
    mark = HINGE if is_hinge else ""
    return _Word(f" {mark}{re.escape(text)}", can_be_empty=False, text=text)


def word_beginning(letters: str) -> Phrase:
    """Return the phrase of any word that begins with some letters."""
    regex = f" {HINGE}?{re.escape(letters)}[^ ]*"
    return _WordBeginning(regex, can_be_empty=False, letters=letters)


def any_number() -> Phrase:
    """Return the phrase of any word that begins with a digit."""
    return _WordBeginning(" [0-9][^ ]*", can_be_empty=False)


def gap(*, is_wide: bool) -> Phrase:
    """Return the phrase of up to 8 words of the same clause, or up to 16 of the same sentence."""
    return _Gap(_WIDE_GAP if is_wide else _NARROW_GAP, can_begin_with_gap=True, is_wide=is_wide)


def any_phrase(phrases: Sequence[Phrase]) -> Phrase:
    """Return a phrase that matches where any of several does."""
    phrases = [phrase for phrase in phrases if phrase is not NEVER] or [NEVER]
    if len(phrases) == 1:
        return phrases[0]
    return _Choice(
        f"(?:{'|'.join(phrase.regex for phrase in phrases)})",
        any(phrase.can_be_empty for phrase in phrases),
        any(phrase.can_begin_with_gap for phrase in phrases),
        tuple(phrases),
    )


def places_of(bits: int) -> tuple[int, ...]:
    """Return the places in a set of places."""
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


def _union(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)
