"""The words of a text that a question shows: sentences, or what surrounds the marked words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.coding.suggestions import Reading

#: How many characters of a text are shown, and how many on either side of marked words in a
#: sentence that is longer.
_MOST_CHARACTERS = 900
_CONTEXT = 160

#: The labels of a sentence, such as "12. (1)(a)", are shown with it.
_LONGEST_LABEL = 12

#: In place of words that are not shown.
LEFT_OUT = "[...]"


class Run(Struct, frozen=True):
    """Words of an excerpt, and whether they are marked."""

    text: str
    is_marked: bool = False


#: Places in a text: the first character, and the one after the last.
Places = list[tuple[int, int]]


def sentence_places(text: str, reading: Reading | None) -> Places:
    """Return the places of the sentences of a text, with the labels before them."""
    if reading is None:
        places = [(sentence.start, sentence.end) for sentence in divide(text)]
    else:
        places = [reading.clean.published(each.start, each.end) for each in reading.sentences]
    return [(_start_of_label(text, start), end) for start, end in places]


def _start_of_label(text: str, start: int) -> int:
    """Return where the label before a sentence begins, if it is alone before it in its line."""
    line_start = text.rfind("\n", 0, start) + 1
    return line_start if start - line_start <= _LONGEST_LABEL else start


def excerpt(text: str, sentences: Sequence[tuple[int, int]], marks: Places) -> tuple[Run, ...]:
    """Return sentences with marked words, shortened if they are long.

    Args:
        text: The text.
        sentences: The places of the sentences to show, in order.
        marks: The places of the words to mark.
    """
    merged_marks = _merged(marks)
    parts = _merged([*sentences, *merged_marks])
    if sum(end - start for start, end in parts) > _MOST_CHARACTERS:
        parts = _shortened(text, parts, merged_marks)
    runs: list[Run] = []
    shown_until = 0
    for start, end in parts:
        if text[shown_until:start].strip():
            runs.append(Run(LEFT_OUT))
            shown_until = start
        # With the white space between two sentences.
        runs += _runs(text, shown_until, end, merged_marks)
        shown_until = end
    if text[shown_until:].strip() and any(end == shown_until for _, end in parts):
        is_whole = any(end == shown_until for _, end in sentences)
        runs += [] if is_whole else [Run(LEFT_OUT)]
    return tuple(runs)


def _runs(text: str, start: int, end: int, marks: Places) -> Iterator[Run]:
    for first, last in marks:
        if start <= first < end:
            # White space alone separates two marks.
            if first > start:
                yield Run(text[start:first])
            yield Run(text[first:last], is_marked=True)
            start = last
    if text[start:end].strip():
        yield Run(text[start:end])


def _shortened(text: str, parts: Places, marks: Places) -> Places:
    """Return the parts around the marks, or the beginning of the first part if there are none."""
    if not marks:
        start, end = parts[0]
        return [(start, _at_space(text, min(end, start + _MOST_CHARACTERS), 1))]
    around = [
        (
            max(_at_space(text, max(first - _CONTEXT, 0), -1), _start_of_part(parts, first)),
            min(_at_space(text, last + _CONTEXT, 1), _end_of_part(parts, last)),
        )
        for first, last in marks
    ]
    return _merged(around)


def _start_of_part(parts: Places, place: int) -> int:
    return next((start for start, end in parts if start <= place < end), place)


def _end_of_part(parts: Places, place: int) -> int:
    return next((end for start, end in parts if start < place <= end), place)


def _at_space(text: str, place: int, step: int) -> int:
    """Return the nearest place between two words in one direction, within a few characters."""
    for position in range(place, place + step * _CONTEXT, step):
        if not 0 < position < len(text) or text[position].isspace():
            return max(0, min(position, len(text)))
    return place


def _merged(places: Sequence[tuple[int, int]]) -> Places:
    """Return places in order, those that overlap or touch as one."""
    merged: Places = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
