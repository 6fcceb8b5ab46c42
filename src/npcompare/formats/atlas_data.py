"""The data of the script of an atlas, as small as they can be in plain text.

Most of what the script needs is in the page: names, rows, lists and parts. The data add the kinds
of each entry, and what is said of each pair.
"""

from __future__ import annotations

import re
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

from npcompare.document import row_anchor
from npcompare.messages import current, deferred, message
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.atlas import Atlas, Entry

#: A key that can be a part of an address and of the name of a file.
_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

#: The characters that stand for numbers: printable, and plain in JSON and in scripts.
DIGITS = "".join(map(chr, range(35, 127))).translate({ord(sign): None for sign in "&'<>\\"})

#: The words of the script. In braces are names of values, which it fills in.
_WORDS = {
    "shown": deferred("{shown} of {total} shown."),
    "selected": deferred("{shown} of {total} shown ({conditions})."),
    "headed": deferred("{heading}: {words}"),
    "pair": deferred("{first} and {second}: {words}"),
    "unknown": deferred("unknown"),
    "unavailable": deferred("not available"),
    "none": deferred("none"),
    "question": deferred("Question"),
    "compared": deferred("Compared"),
    "text": deferred("Text"),
    "notes": deferred("Notes"),
    "sources": deferred("Sources"),
    "beside": deferred("Side by side"),
    "besideNames": deferred("{names} side by side."),
    "chooseMore": deferred("Choose one or two more."),
    "first": deferred("First"),
    "second": deferred("Second"),
    "third": deferred("Third (optional)"),
    "csv": deferred("Download CSV"),
    "json": deferred("Download JSON"),
    "besideTable": deferred("side by side"),
    "allShown": deferred("all that are shown"),
    "copy": deferred("Copy"),
    "copied": deferred("Copied"),
    "copyOf": deferred("Copy: citation of {name}"),
    "coded": deferred("{citation}; coded as {key} in {provenance}"),
    "add": deferred("Add to side by side"),
    "addOf": deferred("Add to side by side: {name}"),
    "showOnly": deferred("Show only these in the whole page"),
}

#: What is said of one entry and another, in each respect.
_Phrases = tuple[str, ...]


def anchor(entry: Entry) -> str:
    """Return the name of an entry in addresses; other names on the page have a low line."""
    return entry.key if _PLAIN.fullmatch(entry.key) else f"x{row_anchor(entry.key)[1:]}"


def script_data(atlas: Atlas, *, has_parts: bool) -> dict[str, Any]:
    """Return the data that the script selects and compares by.

    Without parts, the classes in words are among the data; with them, they are in the parts.
    """
    return {
        "words": {name: visible(message(words)) for name, words in _WORDS.items()},
        "separators": [current().list_separator, current().strong_separator],
        "provenance": visible(atlas.provenance),
        "columns": [column.key for column in atlas.columns if not column.group],
        "facets": [
            [facet.key, visible(facet.heading), [kind.key for kind in facet.kinds]]
            for facet in atlas.facets
        ],
        "entries": [_entry_data(atlas, entry) for entry in atlas.entries],
        "classes": [] if has_parts else [_class_data(entry) for entry in atlas.entries],
        "digits": DIGITS,
        **_pair_data(atlas),
    }


def _entry_data(atlas: Atlas, entry: Entry) -> list[str]:
    """Return the numbers of kinds, facet by facet, and the key if it is not in the address."""
    kinds = " ".join(
        "".join(
            DIGITS[number]
            for number, kind in enumerate(facet.kinds)
            if kind.key in entry.kinds[facet.key]
        )
        for facet in atlas.facets
    )
    return [kinds] if anchor(entry) == entry.key else [kinds, entry.key]


def _class_data(entry: Entry) -> list[list[str]]:
    """Return for each question that is a facet its heading and the classes in words."""
    return [
        [visible(row[0].text), visible(row[1].text)]
        for key, row in zip(entry.table.row_keys, entry.table.rows, strict=True)
        if key
    ]


# --- Pairs -------------------------------------------------------------------------------------


def _pair_data(atlas: Atlas) -> dict[str, Any]:
    """Return what is said of each pair of entries.

    Entries of which the same is said beside every other are one group, so that what is said of
    pairs of groups is enough. Each of these has the number of a combination of phrases, one for
    each respect, and each phrase the numbers of its fragments.
    """
    if not atlas.pairings:
        return {"pairings": []}
    pairs = _Pairs(atlas)
    groups = pairs.groups()
    representatives = [groups.index(number) for number in range(max(groups) + 1)]
    combinations: dict[_Phrases, int] = {}
    numbers = []
    for number, another in combinations_with_replacement(range(len(representatives)), 2):
        first = representatives[number]
        second = representatives[another]
        if number == another:
            members = [place for place, group in enumerate(groups) if group == number]
            second = members[min(1, len(members) - 1)]
        combination = pairs.phrases(first, second) if first != second else ()
        numbers.append(combinations.setdefault(combination, len(combinations)))
    phrases: list[dict[str, int]] = [{} for _ in atlas.pairings]
    columns: list[list[int]] = [[] for _ in atlas.pairings]
    for combination in combinations:
        for place, known in enumerate(phrases):
            phrase = combination[place] if combination else ""
            columns[place].append(known.setdefault(phrase, len(known)))
    fragments: dict[str, int] = {}
    return {
        "groups": _in_digits(groups),
        "pairs": _in_digits(numbers),
        "combinations": [_in_digits(column) for column in columns],
        "pairings": [
            [
                visible(pairing.heading),
                [
                    [fragments.setdefault(part, len(fragments)) for part in phrase.split("; ")]
                    for phrase in known
                ],
            ]
            for pairing, known in zip(atlas.pairings, phrases, strict=True)
        ],
        "fragments": list(map(visible, fragments)),
    }


class _Pairs:
    """The phrases on each pair of entries, which name the first one {0} and the second one {1}."""

    def __init__(self, atlas: Atlas) -> None:
        self._size = len(atlas.entries)
        self._phrases: list[_Phrases] = [
            tuple(
                pairing.phrases[number]
                for pairing, number in zip(atlas.pairings, numbers, strict=True)
            )
            for numbers in zip(*(pairing.numbers for pairing in atlas.pairings), strict=True)
        ]

    def phrases(self, first: int, second: int) -> _Phrases:
        """Return the phrases on a pair of entries."""
        if first < second:
            place = first * self._size - first * (first + 1) // 2 + second - first - 1
            return self._phrases[place]
        return tuple(_exchanged(phrase) for phrase in self.phrases(second, first))

    def groups(self) -> list[int]:
        """Return for each entry the number of its group."""
        first_members: list[int] = []
        groups = []
        for entry in range(self._size):
            number = next(
                (
                    number
                    for number, member in enumerate(first_members)
                    if self._are_alike(entry, member)
                ),
                len(first_members),
            )
            if number == len(first_members):
                first_members.append(entry)
            groups.append(number)
        return groups

    def _are_alike(self, first: int, second: int) -> bool:
        """Return whether the same is said of two entries beside every other, and both ways."""
        return self.phrases(first, second) == self.phrases(second, first) and all(
            self.phrases(first, entry) == self.phrases(second, entry)
            for entry in range(self._size)
            if entry not in (first, second)
        )


def _exchanged(phrase: str) -> str:
    """Return a phrase with the two names exchanged."""
    return phrase.replace("{0}", "{2}").replace("{1}", "{0}").replace("{2}", "{1}")


def _in_digits(numbers: Sequence[int]) -> tuple[int, str]:
    """Return how many digits each number has, and the numbers, the lowest digit first."""
    width = 1
    while len(DIGITS) ** width <= max(numbers):
        width += 1
    digits = "".join(
        DIGITS[number // len(DIGITS) ** power % len(DIGITS)]
        for number in numbers
        for power in range(width)
    )
    return width, digits
