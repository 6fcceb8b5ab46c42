"""Where a coding and the words it is of part: what the phrase book reads otherwise in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import NO_TIE, suggest
from npcompare.errors import Code, Problem
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.coding.suggestions import Proposal, Reading
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: Texts that are the law's own words, if perhaps in part or in translation.
_OF_LAW = frozenset({"verbatim", "excerpt", "translation"})


def doubts(codebook: Codebook, one: Provision, read: Callable[[], YamlFile]) -> Iterator[Problem]:
    """Yield a warning for each value that the words of a provision propose and it does not code.

    Its file is read for the place of a warning, and only if there is one.

    Words that are settled are not asked about again, nor texts that are not the law's own words or
    in a language that the phrase book does not have.
    """
    tag = one.text.language.partition("-")[0].casefold()
    if one.text.status not in _OF_LAW or tag not in phrase_book().languages:
        return
    coded: dict[str, set[str]] = defaultdict(set)
    for fields in (one.coded, *(limb.coded for limb in one.limbs)):
        for name, ones in fields.items():
            coded[name] |= {value.value for value in ones}
    reading = suggest(codebook, one.text.body, tag)
    finder: _Finder | None = None
    # Several limbs may rest on the same words.
    once = {(each.field, each.value, each.start): each for each in reading.proposals}
    for each in once.values():
        words = reading.words(each.start, each.end)
        held = _meant(codebook, each.field, coded[each.field])
        is_known = _meant(codebook, each.field, {each.value}) <= held
        is_settled = any(words in put.words or put.words in words for put in one.settled)
        if is_known or is_settled or (each.rule == NO_TIE and held):
            continue
        instead = f"it is coded as {', '.join(sorted(held))}" if held else "nothing codes it"
        finder = finder or _Finder(read(), reading)
        yield Problem(
            finder.shown,
            *finder.place(each),
            Code.READ_OTHERWISE,
            f'"{words}" reads as {each.field}: {each.value}, and {instead}',
            "look again; if the coding stands, quote the words under settled with a note",
        )


def _meant(codebook: Codebook, name: str, values: set[str]) -> set[str]:
    """Return values with each that is the sum of others as these: any victim is adult and child."""
    known = codebook.vocabulary[FIELDS[name]] if name == "persons" else {}
    return {word for value in values for word in (known[value].stands_for if known else {value})}


class _Finder:
    """Finds the words of a reading in the file that they come from."""

    def __init__(self, source: YamlFile, reading: Reading) -> None:
        self._source = source
        self.shown = source.display_path
        self._text = reading.text
        #: For each passage that was sought, where it begins in the text, and where in the file.
        self._found: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}

    def place(self, one: Proposal) -> tuple[int, int]:
        """Return line and column of the words that a proposal rests on."""
        words = " ".join(self._text[one.start : one.end].split())
        pointer: Pointer = ("text", "body")
        if words not in self._found:
            pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
            starts = [found.start() for found in pattern.finditer(self._text)]
            self._found[words] = starts, list(self._source.places_within(pointer, pattern))
        starts, places = self._found[words]
        nth = bisect_left(starts, one.start)
        if nth < len(places):
            return places[nth]
        start = self._source.problem(pointer, Code.READ_OTHERWISE, "")
        return start.line, start.column
