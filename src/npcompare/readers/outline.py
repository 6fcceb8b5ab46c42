"""From lines to paragraphs: labels are nested in the order in which they occur."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.readers.contents_list import contents_list, is_like_a_heading
from npcompare.readers.paragraphs import Paragraph, one_line
from npcompare.readers.typed_labels import label_names, typed_labels
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The most labels that a hint names.
_MOST_NAMED = 8

#: A dash between a label and the words.
_DASH = re.compile(r"(?:[\u2013\u2014\u2015]|-(?= )) ?(?=\S)")

#: A section with a number that says which of several is meant: "12#2".
_NUMBERED = re.compile(r"(?P<label>.*\S)\s*#\s*(?P<number>[1-9]\d{0,3})\s*", re.DOTALL)


class Line(Struct, frozen=True):
    """A paragraph before its depth is known."""

    text: str
    #: The automatic label, as it is named_labels, and what the labels of its level have in common.
    label: str = ""
    look: str = ""
    #: The definition of its list and the level in it; None without an automatic label.
    place: tuple[int, int] | None = None
    #: How many tables are around it.
    tables: int = 0
    #: The row of a table that it is in, counted from 1, and whether it is alone in its cell.
    row: int = 0
    is_alone: bool = False
    is_heading: bool = False
    #: The name of the label, if the document gives it apart from the label.
    name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it has neither a label nor words."""
        return not self.place and not self.label and not one_line(self.text)


class _Rung(Struct, frozen=True):
    """A label that is open: paragraphs after it may belong to it."""

    look: str
    value: int
    name: str
    place: tuple[int, int] | None = None


class Outline:
    """The labels that are open, and the paragraphs so far."""

    def __init__(self) -> None:
        self._rungs: list[_Rung] = []
        self.paragraphs: list[Paragraph] = []

    def add(self, line: Line) -> None:
        """Add a paragraph; one without label and words is left out."""
        text, label, dash = line.text, one_line(line.label), ""
        if label or line.place:
            names = label_names(label)
            name = line.name or (names[-1] if names else "")
            self._open(_Rung(line.look, 0, name, line.place))
            depth = len(self._rungs)
            # A label that was typed after an automatic one is part of the words.
            for typed in typed_labels(text.lstrip()):
                self._open_typed(typed.name, typed.readings)
        else:
            text = text.lstrip()
            end = depth = 0
            for typed in typed_labels(text):
                self._open_typed(typed.name, typed.readings)
                end, depth = typed.end, depth or len(self._rungs)
            label, text = one_line(text[:end]), text[end:]
            depth = depth or line.tables
            if label and (match := _DASH.match(one_line(text))):
                dash = match[0]
        words = one_line(text).removeprefix(dash)
        if label or words:
            path = tuple(rung.name for rung in self._rungs) if label or line.name else ()
            self.paragraphs.append(Paragraph(label, depth, words, path, line.is_heading, dash))

    def _open_typed(self, name: str, readings: Sequence[tuple[str, int]]) -> None:
        """Open a label that was typed, as the next one of a list if it can be."""
        open_rungs = {(rung.look, rung.value) for rung in self._rungs}
        looks = {rung.look for rung in self._rungs}
        look, value = next(
            (reading for reading in readings if (reading[0], reading[1] - 1) in open_rungs),
            next(
                (reading for reading in readings if reading[1] == 1 and reading[0] not in looks),
                next((reading for reading in readings if reading[0] in looks), readings[0]),
            ),
        )
        self._open(_Rung(look, value, name.casefold()))

    def _open(self, rung: _Rung) -> None:
        """Open a label, and close those that it ends: its equals and what is below them."""
        for index in range(len(self._rungs) - 1, -1, -1):
            if _ends(rung, self._rungs[index]):
                del self._rungs[index:]
        self._rungs.append(rung)


def _ends(new: _Rung, old: _Rung) -> bool:
    """Return whether a label ends another: both are equal, or the new one is above in its list."""
    if new.place and old.place and new.place[0] == old.place[0]:
        return new.place[1] <= old.place[1]
    return new.look == old.look


def outlined(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Return paragraphs with their depths.

    A label alone in a cell of a table is that of the words in the next cell.
    """
    outline = Outline()
    waiting: Line | None = None
    for line in lines:
        if line.is_empty:
            continue
        if waiting and waiting.row == line.row and not line.label:
            line = _joined(waiting, line)  # noqa: PLW2901 - the label belongs to the line
        elif waiting:
            outline.add(waiting)
        waiting = None
        if line.is_alone and _is_label_alone(line):
            waiting = line
        else:
            outline.add(line)
    if waiting:
        outline.add(waiting)
    return tuple(outline.paragraphs)


def _is_label_alone(line: Line) -> bool:
    if line.label:
        return not one_line(line.text)
    text = line.text.strip()
    ends = [typed.end for typed in typed_labels(text)]
    return bool(ends) and ends[-1] == len(text)


def _joined(label: Line, line: Line) -> Line:
    """Return the words of a line with the label that is alone in the cell before it."""
    if label.label:
        return replace(label, text=line.text, is_alone=False)
    return replace(line, text=f"{label.text.strip()}\t{line.text}", is_alone=False)


def section(
    paragraphs: Sequence[Paragraph], name: str, path: str
) -> tuple[tuple[Paragraph, ...], str]:
    """Return the paragraphs of a section such as "12(1)", and a note if it occurs repeatedly.

    It ends before the next label that is not below its own, and before a heading without a label.
    The entry of a list of contents is taken only if there is nothing else; "12#2" is the second of
    the others.

    Raises NpcompareError if there is no such section.
    """
    label, number = split_section(name)
    places = _places(paragraphs, label_names(label))
    if not places:
        raise _no_section(paragraphs, label, path)
    if number > len(places):
        hint = f"{label} occurs {'once' if len(places) == 1 else f'{len(places)} times'}"
        raise NpcompareError(f"there is no {name} in {path}", hint)
    index, note = number - 1, ""
    if not number:
        texts = [each for each, place in enumerate(places) if not _is_entry(paragraphs, place)]
        index = texts[0] if texts else 0
        if len(places) > 1:
            option = command("--section", f"{label}#{1 if index else 2}")
            note = f"{label} occurs {len(places)} times in {path}; this is the first"
            note += " with text" if index else ""
            note += f"; to read {'the first' if index else 'the second'}: {option}"
    place = places[index]
    return tuple(paragraphs[place.start : place.stop]), note


def split_section(name: str) -> tuple[str, int]:
    """Return the label of a section, and which of those with this label: 0 if none is chosen."""
    match = _NUMBERED.fullmatch(name)
    return (match["label"], int(match["number"])) if match else (name, 0)


def _places(paragraphs: Sequence[Paragraph], names: tuple[str, ...]) -> list[range]:
    """Return where a section is: the outermost ones, without entries of a list of contents."""
    matches = [
        (depth, index)
        for index, paragraph in enumerate(paragraphs)
        for depth in range(max(paragraph.depth, len(names)), len(paragraph.path) + 1)
        if names and paragraph.path[depth - len(names) : depth] == names
    ]
    if not matches:
        return []
    contents = contents_list(paragraphs)
    # The outermost: section 12 comes before a subsection (12).
    outermost = min(matches)[0]
    below = [
        (depth, index)
        for depth, index in matches
        if index not in contents
        and (depth == outermost or not paragraphs[index].label.startswith("("))
    ]
    matches = below or matches
    outermost = min(matches)[0]
    return [_extent(paragraphs, depth, index) for depth, index in matches if depth == outermost]


def _is_entry(paragraphs: Sequence[Paragraph], place: range) -> bool:
    """Return whether a section can be an entry of a list of contents: a heading without text."""
    first = paragraphs[place.start]
    return len(place) == 1 and not first.label.startswith("(") and is_like_a_heading(first)


def _extent(paragraphs: Sequence[Paragraph], depth: int, first: int) -> range:
    """Return a section: its first paragraph and those below it."""
    end = first + 1
    while end < len(paragraphs) and not _begins_another(paragraphs[end], depth):
        end += 1
    return range(first, end)


def _begins_another(paragraph: Paragraph, depth: int) -> bool:
    if paragraph.path:
        return paragraph.depth <= depth
    return paragraph.is_heading


def _no_section(paragraphs: Sequence[Paragraph], name: str, path: str) -> NpcompareError:
    labels = [
        paragraph.label for paragraph in paragraphs if paragraph.depth == 1 and paragraph.label
    ]
    message = f"there is no section {name} in {path}"
    if not labels:
        return NpcompareError(message, "its paragraphs have no numbers")
    named_labels = ", ".join(dict.fromkeys(labels[:_MOST_NAMED]))
    return NpcompareError(
        message, f"it has: {named_labels}{' …' if len(labels) > _MOST_NAMED else ''}"
    )
