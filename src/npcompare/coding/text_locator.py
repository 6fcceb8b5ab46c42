"""The places of words of a text in the file of its provision."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from npcompare.errors import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.yaml_reader import Pointer, YamlFile

_WORD = re.compile(r"\w+")


class TextLocator:
    """Finds the words of a suggestion in the file that the text comes from."""

    def __init__(
        self, read_source: Callable[[], YamlFile], body: Pointer, suggestion: Suggestion
    ) -> None:
        """Take the file, which is read if needed, and the place of the text in it."""
        self._read_source = read_source
        self._body = body
        self._text = suggestion.text
        #: For each word looked up, its positions in the text and its places in the file.
        self._places: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}

    @cached_property
    def _source(self) -> YamlFile:
        return self._read_source()

    def problem(self, start: int, code: Code, message: str, hint: str) -> Problem:
        """Return the finding about words of the text that start at a place."""
        line, column = self._place(start)
        return Problem(self._source.display_path, line, column, code, message, hint)

    def _place(self, start: int) -> tuple[int, int]:
        """Return the line and column of the word that starts at a place of the text."""
        word = _WORD.match(self._text, start)
        key = word[0] if word else self._text[start : start + 1]
        if key not in self._places:
            pattern = re.compile(rf"(?<!\w){_in_either_form(key)}(?!\w)")
            starts = [match.start() for match in pattern.finditer(self._text)]
            self._places[key] = starts, list(self._source.places_within(self._body, pattern))
        starts, places = self._places[key]
        index = bisect_left(starts, start)
        if index < len(places):
            return places[index]
        body = self._source.problem(self._body, Code.READ_OTHERWISE, "")
        return body.line, body.column


def _in_either_form(word: str) -> str:
    """Return a pattern of a word whose accents may be characters of their own in the file."""
    forms = [(char, unicodedata.normalize("NFD", char)) for char in word]
    return "".join(
        re.escape(char) if char == decomposed else f"(?:{re.escape(char)}|{re.escape(decomposed)})"
        for char, decomposed in forms
    )
